"""Where source files come from: a folder on disk, or a dict in a test. Paths use `/` and never leave the tree."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

_READINGS = 20
MAX_BYTES = 5_000_000  # a plan's largest file is some 100 KB; 50 MB of YAML is a mistake, not a plan


class SourceTree(Protocol):
    """A read-only tree of files, named by relative paths such as `sections/01-i.yml`."""

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""

    def read(self, name: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError, or FileTooLargeError beyond MAX_BYTES."""

    def label(self, name: str) -> str:
        """How a file is named in a message to the user."""


class FileTooLargeError(OSError):
    """A source file is larger than any real one."""


class DiskTree:
    """The files below a folder; hidden files are left out."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        files = (path.relative_to(self._root) for path in self._root.rglob("*") if path.is_file())
        return tuple(sorted(_composed(p) for p in files if not any(part.startswith(".") for part in p.parts)))

    def read(self, name: str) -> bytes:
        """A file's bytes; a folder, or a path that leaves the tree, is not found."""
        path = self._root / name
        if not path.exists():  # a Mac may have written its name decomposed
            path = next((p for p in self._root.rglob("*") if _composed(p.relative_to(self._root)) == name), path)
        if not path.is_file() or not path.resolve().is_relative_to(self._root.resolve()):
            raise FileNotFoundError(name)
        if path.stat().st_size > MAX_BYTES:
            raise FileTooLargeError(name)
        return path.read_bytes()

    def label(self, name: str) -> str:
        """The path as the user would type it."""
        return (self._root / name).as_posix()


def _composed(path: Path) -> str:
    """A relative path as the data write it: letters with their marks in one character."""
    return unicodedata.normalize("NFC", path.as_posix())


class Snapshot:
    """Every file of another tree as it was at one moment, in memory: nobody can edit it while it is being used."""

    def __init__(self, label: Callable[[str], str], files: Mapping[str, bytes | None]) -> None:
        """`files` are bytes by name, None for a file beyond MAX_BYTES."""
        self._files = files
        self.label = label

    @classmethod
    def of(cls, tree: SourceTree) -> Snapshot:
        """A tree's files now. Read until two readings agree, so that an edit is in it whole or not at all."""
        before = _read_all(tree)
        for _ in range(_READINGS):
            after = _read_all(tree)
            if after == before:
                break
            before = after
        return cls(tree.label, before)

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(sorted(self._files))

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        content = self._files.get(name, b"")
        if name not in self._files:
            raise FileNotFoundError(name)
        if content is None:
            raise FileTooLargeError(name)
        return content

    def digest(self) -> str:
        """One SHA-256 for all names and bytes."""
        whole = hashlib.sha256()
        for name in self.names():
            content = self._files[name]
            whole.update(f"{name}\0{-1 if content is None else len(content)}\0".encode("utf-8", "surrogateescape"))
            whole.update(content or b"")
        return whole.hexdigest()


def _read_all(tree: SourceTree) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    for name in tree.names():
        try:
            files[name] = tree.read(name)
        except FileTooLargeError:
            files[name] = None
        except FileNotFoundError:  # went away just now, or leads out of the tree: it is not there
            continue
    return files


class Changed:
    """Another tree with one file changed."""

    def __init__(self, tree: SourceTree, name: str, content: bytes) -> None:
        self._tree, self._name, self._content = tree, name, content
        self.label = tree.label

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(sorted({*self._tree.names(), self._name}))

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        return self._content if name == self._name else self._tree.read(name)


class DictTree:
    """Files in memory, for tests and for frozen revisions."""

    def __init__(self, files: Mapping[str, bytes | str], label: str = "data") -> None:
        self._files = {n: b.encode() if isinstance(b, str) else b for n, b in files.items()}
        self._label = label

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(sorted(self._files))

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        if name not in self._files:
            raise FileNotFoundError(name)
        if len(self._files[name]) > MAX_BYTES:
            raise FileTooLargeError(name)
        return self._files[name]

    def label(self, name: str) -> str:
        """The label of the tree, then the path."""
        return f"{self._label}/{name}"
