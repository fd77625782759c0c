"""What people have changed in a build, or put into it: copied beside it before the next build takes its place."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.publish.manifest import NAME, digest_bytes, is_dropping


def keep_aside(out: Path, listed: Mapping[str, str], *, internal: bool = False) -> list[Path]:
    """Copy what is not as the build made it (`listed` are its digests) to a folder beside it; gives the copies.

    A report form is filled in where it stands: the next build would take it away. What was copied before with the same
    bytes is not copied again. A link is copied as a link. What an internal build held stands in a folder of its own.
    """
    aside = out.parent / (f"{out.name}-giu-lai-noi-bo" if internal else f"{out.name}-giu-lai")
    new: list[Path] = []
    copies: list[Path] = []
    for path in _changed(out, listed):
        where = path.relative_to(out)
        known = next((copy for copy in _copies(aside, where) if _same(copy, path)), None)
        copies += [known] if known else []
        new += [] if known else [where]
    if new:
        number = next(n for n in itertools.count(1) if not (aside / str(n)).exists())
        for where in new:
            copy = aside / str(number) / where
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(out / where, copy, follow_symlinks=False)
            copies.append(copy)
    return sorted(copies)


def _changed(out: Path, listed: Mapping[str, str]) -> Iterator[Path]:
    for above, folders, names in os.walk(out):
        links = [name for name in folders if Path(above, name).is_symlink()]
        for path in (Path(above, name) for name in sorted((*names, *links))):
            where = path.relative_to(out).as_posix()
            if where == NAME or is_dropping(path.name):
                continue
            if path.is_symlink() or listed.get(where) != digest_bytes(path.read_bytes()):
                yield path


def _copies(aside: Path, where: Path) -> Iterator[Path]:
    """The copies of a file that were made before."""
    for number in itertools.count(1):
        folder = aside / str(number)
        if not folder.exists():
            return
        if (folder / where).is_symlink() or (folder / where).is_file():
            yield folder / where


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return one.read_bytes() == other.read_bytes()
