"""The ids that data lack, given and written: each edit keeps every comment, quote and line of the file.

An id says which thing something is, whatever its number and words become. It is given once and never used again.
"""

from __future__ import annotations

import io
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from generator.model.plan import Plan
from generator.model.walk import plan_records
from generator.read.plan import REQUIRED
from generator.read.tree import SourceTree

_WIDE = 100_000  # no line is broken anew


def ids_of(plan: Plan) -> set[str]:
    """Every id that a record of a plan has."""
    return {identity for record in plan_records(plan) if (identity := getattr(record, "id", None))}


def give_ids(tree: SourceTree, plan: Plan, used: set[str]) -> dict[str, bytes]:
    """The files of a plan that lack ids, with them; `used` are ids that other versions have had."""
    giver = _Giver({*used, *ids_of(plan)})
    changed: dict[str, bytes] = {}
    edits: dict[str, Callable[[Any], None]] = {
        "plan.yml": giver.head, "agencies.yml": giver.seats, "places.yml": giver.designations,
        **dict.fromkeys(plan.head.sections, giver.clause),
    }  # fmt: skip
    for name, edit in edits.items():
        if name in tree.names() or name in REQUIRED:
            before = giver.given
            content = _edited(tree.read(name), edit)
            if giver.given != before:
                changed[name] = content
    return changed


def _edited(raw: bytes, edit: Callable[[Any], None]) -> bytes:
    text = raw.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in text else "\n"
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text.replace("\r\n", "\n"))
    edit(data)
    out = io.StringIO()
    yaml.dump(data, out)
    mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
    return (mark + out.getvalue().replace("\n", newline)).encode()


@dataclass
class _Giver:
    taken: set[str]
    given: int = field(default=0)

    def head(self, data: Any) -> None:
        """Preamble and recipients."""
        self._paragraphs(data.get("preamble", ()), "mo-dau")
        for item in data["recipients"]["items"]:
            self._give(item, _numbered("noi-nhan"))

    def seats(self, data: Any) -> None:
        """Seats of steering bodies."""
        for agency in data["agencies"]:
            for seat in agency.get("members", ()):
                self._give(seat, _numbered(f"{agency['id']}-thanh-vien"))

    def designations(self, data: Any) -> None:
        """What the plan makes of places."""
        for place in data["places"]:
            for item in place.get("designations", ()):
                self._give(item, _numbered(f"{place['id']}-{item['kind']}"))

    def clause(self, data: Any) -> None:
        """Paragraphs and statements of a clause and of all inside it."""
        self._paragraphs(data.get("paragraphs", ()), str(data["id"]))
        for inner in data.get("clauses", ()):
            self.clause(inner)

    def _paragraphs(self, paragraphs: Any, above: str) -> None:
        for paragraph in paragraphs:
            self._give(paragraph, _numbered(above))
            statements = paragraph["statements"]
            for index, statement in enumerate(statements):
                if not isinstance(statement, CommentedMap):
                    statements[index] = CommentedMap(text=statement)
                self._give(statements[index], _lettered(str(paragraph["id"])))

    def _give(self, record: Any, names: Iterator[str]) -> None:
        if "id" not in record:
            identity = next(name for name in names if name not in self.taken)
            record.insert(0, "id", identity)
            self.taken.add(identity)
            self.given += 1


def _numbered(stem: str) -> Iterator[str]:
    return (f"{stem}-{number}" for number in range(1, 100_000))


def _lettered(stem: str) -> Iterator[str]:
    yield from (f"{stem}{letter}" for letter in string.ascii_lowercase)
    yield from _numbered(f"{stem}z")
