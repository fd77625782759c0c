"""The small plan of tests/plans/nho in memory, with files or pieces of them replaced."""

from pathlib import Path

from generator.read.plan import load_plan
from generator.read.tree import DictTree

FOLDER = Path(__file__).parent / "plans" / "nho"
FILES = {p.relative_to(FOLDER).as_posix(): p.read_text(encoding="utf-8") for p in sorted(FOLDER.rglob("*.yml"))}


def small_tree(files=None, **replace):
    """The plan's files; `files` replaces whole ones, `replace` is {name: (old, new)} with `_` for `.` in names."""
    changed = {**FILES, **(files or {})}
    for name, (old, new) in replace.items():
        path = next(p for p in changed if p.replace("/", "_").replace(".", "_") == name)
        assert old in changed[path], f"{old!r} is not in {path}"
        changed[path] = changed[path].replace(old, new)
    return DictTree(changed)


def load_small(files=None, **replace):
    return load_plan(small_tree(files, **replace))
