"""manifest.json: every file of a build with its SHA-256, what it was made from, and for whom. Bytes and values only."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"
GENERATOR = "kehoach"


@dataclass(frozen=True)
class Entry:
    """A file: its digest, the fingerprint of what it was made from, and the fingerprint's parts by name."""

    sha256: str
    fingerprint: str
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Manifest:
    """What a build says of itself.

    `made_with` is what all files share (program, faces, tools, readers), `records` the digest of each record of the
    data that its readers know, under the name by which it is spoken of.
    """

    head: Mapping[str, str]
    made_with: Mapping[str, str]
    records: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, by path."""
        return {path: entry.sha256 for path, entry in self.files.items()}

    def to_json(self) -> bytes:
        """The manifest's bytes: the same for the same build."""
        value = {
            "generator": GENERATOR,
            **self.head,
            "made_with": dict(self.made_with),
            "records": dict(self.records),
            "files": {
                path: {"sha256": entry.sha256, "fingerprint": entry.fingerprint, **entry.parts}
                for path, entry in sorted(self.files.items())
            },
        }
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a build, or None where there is none, or one that is not ours or is damaged."""
    try:
        return _manifest(json.loads((folder / NAME).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def is_foreign(folder: Path) -> bool:
    """True for a folder whose files no build has made: it has no manifest, or somebody else's.

    A damaged manifest may be ours: whoever replaces the folder keeps all its files aside.
    """
    try:
        value = json.loads((folder / NAME).read_bytes())
    except (ValueError, RecursionError):
        return False
    except OSError:
        return True
    fields = value.keys() if isinstance(value, dict) else set()
    return not ("files" in fields and ("generator" in fields or {"edition", "tools", "sources"} <= fields))


def is_dropping(name: str) -> bool:
    """True for a file that programs leave behind by themselves: locks of Word, thumbnails, folder settings."""
    return name.startswith(("~$", "._")) or name.lower() in ("thumbs.db", "desktop.ini", ".ds_store")


def digest_bytes(content: bytes) -> str:
    """The SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below a folder, by its path with `/`, but for links, the manifest and droppings."""
    digests: dict[str, str] = {}
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(above, name)
            where = path.relative_to(folder).as_posix()
            if where != NAME and not is_dropping(name) and path.is_file() and not path.is_symlink():
                digests[where] = digest_bytes(path.read_bytes())
    return digests


@dataclass(frozen=True)
class Differences:
    """What differs between a folder and its manifest: paths, sorted."""

    altered: list[str]
    added: list[str]
    lost: list[str]

    @property
    def any(self) -> bool:
        """True if anything differs."""
        return bool(self.altered or self.added or self.lost)


def compare_folder(folder: Path, manifest: Manifest) -> Differences:
    """Hold a build, or a copy of one, against its manifest."""
    now = digest_files(folder)
    both = now.keys() & manifest.files.keys()
    return Differences(
        altered=sorted(path for path in both if now[path] != manifest.files[path].sha256),
        added=sorted(now.keys() - both),
        lost=sorted(manifest.files.keys() - both),
    )


def _manifest(value: Any) -> Manifest | None:
    if value.pop("generator") != GENERATOR:
        return None
    files, made_with, records = value.pop("files"), value.pop("made_with"), value.pop("records")
    entries = {str(path): _entry(dict(entry)) for path, entry in files.items()}
    return Manifest({str(k): str(v) for k, v in value.items()}, dict(made_with), dict(records), entries)


def _entry(value: dict[str, str]) -> Entry:
    return Entry(str(value.pop("sha256")), str(value.pop("fingerprint")), value)
