"""A version of the plan, frozen: its files copied below data/revisions/, with a seal; whole or not at all."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from generator.cli.identities import give_ids, ids_of
from generator.cli.replacing import replace_file
from generator.model.revision import Revision
from generator.model.scalars import UNKNOWN
from generator.project import Project
from generator.read.plan import load_plan
from generator.read.tree import Changed, SourceTree
from generator.read.versions import DATA, FOLDER, RECORD, SEAL, History, is_frozen, seal_of

_HEAD = """# yaml-language-server: $schema=../../schema/revision.json
# Phiên bản đã chốt. Không sửa tệp nào trong thư mục này.
"""


@dataclass(frozen=True)
class Frozen:
    """What was frozen: the version, how many files, and the files of data/ that were given ids first."""

    revision: Revision
    files: int
    given: tuple[str, ...]


def write_ids(folder: Path, tree: SourceTree, history: History) -> tuple[SourceTree, tuple[str, ...]]:
    """Give the data the ids they lack, no id of any version again: the data after it, and the files changed."""
    used = {identity for version in history.versions for identity in ids_of(version.plan)}
    changed = give_ids(tree, load_plan(tree).plan, used)
    for name, content in changed.items():
        tree = Changed(tree, name, content)
    load_plan(tree)  # as it will be read, before it is written
    for name, content in changed.items():
        replace_file(folder / name, content)
    return tree, tuple(sorted(changed))


def freeze(folder: Path, project: Project, revision: Revision) -> Frozen:
    """Freeze what data/ holds now as `revision`, after the last version. `folder` is data/ on disk."""
    last = project.history.versions[-1] if project.history.versions else None
    tree, given = write_ids(folder, project.data, project.history)
    revision = revision.changed(follows=last.id if last else None, follows_seal=last.seal if last else None)
    files = {f"{DATA}/{name}": tree.read(name) for name in tree.names() if is_frozen(name)}
    files[RECORD] = record_of(revision.model_dump())
    whole = {**files, SEAL: seal_of(files)}
    home = folder / FOLDER
    beside = home / f".{revision.id}"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for name, content in whole.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        beside.rename(home / revision.id)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    (folder / RECORD).unlink(missing_ok=True)
    return Frozen(revision, len(files), given)


def record_of(values: Mapping[str, Any]) -> bytes:
    """The file of a version's record: what is not known says so."""
    unknown = dict.fromkeys(("number", "date", "decision", "effective"), UNKNOWN)
    known = {key: value for key, value in values.items() if value not in (None, [], ())}
    shown = {key: {**unknown, **known}[key] for key in Revision.model_fields if key in known or key in unknown}
    out = io.StringIO()
    writer = YAML()
    writer.width = 100_000
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(shown, out)
    return (_HEAD + out.getvalue()).encode()
