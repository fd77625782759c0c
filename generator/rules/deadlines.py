"""Rules about when things are due, how much is aimed at, and lists that say a thing twice → diagnostics. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator

from generator.diagnostics import Diagnostic
from generator.model import types as model
from generator.model.walk import plan_records, reference_kinds
from generator.read.plan import Loaded


def _times(loaded: Loaded) -> Iterator[Diagnostic]:
    for deadline in loaded.plan.deadlines:
        for key, message in _time_faults(deadline):
            yield Diagnostic(loaded.spans.of(deadline, key), "bad-deadline", message)


def _time_faults(deadline: model.Deadline) -> Iterator[tuple[str, str]]:
    if deadline.from_ is not None and deadline.to is not None and deadline.from_ > deadline.to:
        yield "to", "'to' trước 'from'"
    if deadline.kind == "recurring" and deadline.every is None:
        yield "kind", "việc định kỳ phải có 'every' (month, quarter, half-year, year); không rõ thì kind: unspecified"
    if deadline.kind == "once" and deadline.year is None:
        yield "kind", "việc một lần phải có 'year'; không rõ thì kind: unspecified"
    if isinstance(deadline.day, int):
        if deadline.kind == "once" and deadline.month is None:
            yield "day", "có 'day' thì phải có 'month'"
        elif deadline.month and deadline.day > calendar.monthrange(deadline.year or 2023, deadline.month)[1]:
            yield "day", f"tháng {deadline.month} không có ngày {deadline.day}"


def _bounds(loaded: Loaded) -> Iterator[Diagnostic]:
    """A comparison has what it compares with."""
    needed = {"decrease-between": ("lower", "upper"), "increase-between": ("lower", "upper"), "none": ()}
    for target in loaded.plan.targets:
        for key in needed.get(target.operator, ("lower",)):
            if getattr(target, key) is None:
                span = loaded.spans.of(target, "operator")
                yield Diagnostic(span, "missing-bound", f"phép so '{target.operator}' phải có '{key}'")


def _twice(loaded: Loaded) -> Iterator[Diagnostic]:
    """A list of ids names each once; a statement does not carry out itself."""
    for record in plan_records(loaded.plan):
        for name, info in type(record).model_fields.items():
            ids = getattr(record, name)
            if not reference_kinds(info) or not isinstance(ids, tuple):
                continue
            for index, identity in enumerate(ids):
                span = loaded.spans.of(record, info.alias or name, index)
                if identity in ids[:index]:
                    yield Diagnostic(span, "named-twice", f"'{identity}' đã có trong danh sách này")
                elif name in ("implements", "partly", "successors") and identity == getattr(record, "id", None):
                    yield Diagnostic(span, "reference-cycle", f"'{identity}' trỏ về chính nó")


DEADLINE_RULES: tuple[Callable[[Loaded], Iterable[Diagnostic]], ...] = (_times, _bounds, _twice)
