"""What people have changed in a build, or put into it: copied beside it before the next build takes its place."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.publish.manifest import NAME, digest_bytes


def keep_aside(out: Path, listed: Mapping[str, str]) -> list[Path]:
    """Copy what is not as the build made it (`listed` are its digests) to a folder beside it; gives the copies.

    A report form is filled in where it stands: the next build would take it away.
    """
    changed = [
        path
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and not _passing(path)
        and path != out / NAME
        and listed.get(path.relative_to(out).as_posix()) != digest_bytes(path.read_bytes())
    ]
    if not changed:
        return []
    number = next(n for n in itertools.count(1) if not _aside(out, n).exists())
    copies = [_aside(out, number) / path.relative_to(out) for path in changed]
    for path, copy in zip(changed, copies, strict=True):
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    return copies


def _aside(out: Path, number: int) -> Path:
    return out.parent / f"{out.name}-giu-lai" / str(number)


def _passing(path: Path) -> bool:
    """True for what programs leave behind by themselves: lock files of Word, lists of thumbnails."""
    return path.is_symlink() or path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")
