"""A folder as git has it at a revision. git is asked, never written to."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.read.tree import DictTree


def read_revision(folder: Path, revision: str) -> DictTree | None:
    """The files below a folder at a revision of git, or None if there is no git, no repository or no such revision."""
    if revision.startswith("-"):
        return None
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        return None
    name = commit.decode().strip()
    listed = _git(folder, "ls-tree", "-r", "-z", "--name-only", name, ".") or b""
    paths = [path for path in listed.decode("utf-8", "surrogateescape").split("\0") if path]
    asked = "".join(f"{name}:./{path}\n" for path in paths if "\n" not in path)
    said = _git(folder, "cat-file", "--batch", given=asked.encode("utf-8", "surrogateescape")) or b""
    files: dict[str, bytes] = {}
    for path in paths:
        head, _, said = said.partition(b"\n")
        size = int(head.split()[-1])
        files[path] = said[:size]
        said = said[size + 1 :]
    return DictTree(files, f"{revision}:{folder.as_posix()}")


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    try:
        run = subprocess.run(["git", "-C", str(folder), *arguments], input=given, capture_output=True, check=False)
    except OSError:
        return None
    return run.stdout if run.returncode == 0 else None
