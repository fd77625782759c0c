"""manifest.json: every file of a build, what it was made from and for whom; what of the last may or must be kept."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.publish.transaction import MANIFEST
from generator.read.tree import DiskTree, FileTooLargeError

_TOOLS = ("jinja2", "mkdocs", "mkdocs-material", "pypandoc_binary", "typst")


@dataclass(frozen=True)
class Readers:
    """For whom a build is: `public` or `internal`, and whether drafts are left out."""

    audience: str
    approved_only: bool


def digest_folder(label: str, folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that may be read, by its path after a label."""
    tree = DiskTree(folder)
    digests = {}
    for name in tree.names() if folder.is_dir() else ():
        try:
            digests[f"{label}/{name}"] = hashlib.sha256(tree.read(name)).hexdigest()
        except (FileTooLargeError, FileNotFoundError):
            continue  # whoever needs it says so
    return digests


def make_manifest(folder: Path, readers: Readers, head: Mapping[str, Any], sources: Mapping[str, str]) -> bytes:
    """The manifest of what stands in a folder. `sources` are digests; what its readers may not know is not named."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        **head,
        "audience": readers.audience,
        "approved_only": readers.approved_only,
        "tools": {name: version(name) for name in _TOOLS},
        "sources": dict(sorted(sources.items())),
        "files": {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files},
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def keep_aside(out: Path) -> list[Path]:
    """Copy what people have changed in the last build, or put into it, to a folder beside it; gives the copies.

    A report form is filled in where it stands: the next build would take it away. What was kept of an internal build
    has a folder of its own, which says so: the next build may be the public's.
    """
    listed = _listed(out)
    changed = [
        path
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and not _passing(path)
        and path != out / MANIFEST
        and listed.get(path.relative_to(out).as_posix()) != hashlib.sha256(path.read_bytes()).hexdigest()
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
    name = f"{out.name}-giu-lai-noi-bo" if _is_internal(out) else f"{out.name}-giu-lai"
    return out.parent / name / str(number)


def _is_internal(out: Path) -> bool:
    try:
        return bool(json.loads((out / MANIFEST).read_bytes())["audience"] == "internal")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _passing(path: Path) -> bool:
    """True for what programs leave behind by themselves: lock files of Word, lists of thumbnails."""
    return path.is_symlink() or path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")


def _listed(out: Path) -> dict[str, str]:
    """The digests of a build's files as its manifest has them; none if it cannot be read."""
    try:
        files = json.loads((out / MANIFEST).read_bytes())["files"]
        return {str(path): str(digest) for path, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def was_for(out: Path, readers: Readers) -> bool:
    """True if the build in a folder says that it was made for these readers."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        return Readers(manifest["audience"], manifest["approved_only"]) == readers
    except (OSError, ValueError, KeyError, TypeError):
        return False
