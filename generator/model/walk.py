"""Walking a plan: every record of it, the texts a record holds, and what refers to what. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from generator.model import types as model
from generator.model.plan import Plan
from generator.words.links import Text

Path = tuple[str | int, ...]


def reference_kinds(info: FieldInfo) -> tuple[str, ...]:
    """The kinds of records whose ids a field holds; empty for a field that refers to nothing."""
    return next((m.kinds for m in info.metadata if isinstance(m, model.Ref)), ())


def is_quoted(info: FieldInfo) -> bool:
    """True for a field that holds words of the plan's text."""
    return any(isinstance(m, model.Quoted) for m in info.metadata)


def is_internal(value: Any) -> bool:
    """True for a record or a note that is marked so."""
    return getattr(value, "audience", "public") == "internal"


def walk_records(record: model.Record) -> Iterator[model.Record]:
    """A record and every record below it."""
    yield record
    for name in type(record).model_fields:
        for inner, _ in records_in(getattr(record, name), ()):
            yield from walk_records(inner)


def plan_records(plan: Plan) -> Iterator[model.Record]:
    """Every record of a plan."""
    parts: tuple[tuple[model.Record, ...], ...] = (
        (plan.head,), plan.sections, plan.agencies, plan.groups, plan.targets, plan.deadlines, plan.instruments,
        plan.places, (plan.source,) if plan.source else (),
    )  # fmt: skip
    for part in parts:
        for record in part:
            yield from walk_records(record)


def texts_of(record: model.Record) -> Iterator[tuple[str, Text]]:
    """The linked texts that are fields of this very record, by the field's key."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Text):
            yield name, value


def records_in(value: Any, path: Path) -> Iterator[tuple[model.Record, Path]]:
    """The records that a field's value holds directly, with their paths."""
    if isinstance(value, model.Record):
        yield value, path
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, model.Record):
                yield item, (*path, index)


def names_in(record: model.Record) -> Iterator[tuple[str, str]]:
    """Everything that the fields and texts of this very record refer to, as (kind, id)."""
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        ids = value if isinstance(value, tuple) else (value,) if value is not None else ()
        yield from ((kind, i) for kind in reference_kinds(info) for i in ids)
    for _, text in texts_of(record):
        yield from ((link.scheme, target) for link in text.links() for target in link.targets)


def names_below(record: model.Record) -> list[tuple[str, str]]:
    """Everything that a record and the records below it refer to, as (kind, id)."""
    return [name for inner in walk_records(record) for name in names_in(inner)]


def used_ids(plan: Plan) -> set[tuple[str, str]]:
    """Everything that something in the plan refers to, as (kind, id)."""
    return {name for record in plan_records(plan) for name in names_in(record)}
