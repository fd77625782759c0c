"""Rules that need a plan's yesterday: ids that come back, and duties that an agency's end leaves to nobody. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.model import types as model
from generator.model.plan import Plan
from generator.model.walk import plan_records, reference_kinds
from generator.read.plan import Loaded

_ACTORS = ("by", "with_", "over", "to", "via")


def check_versions(loaded: Loaded, before: Sequence[Plan], day: dt.date | None) -> Iterator[Diagnostic]:
    """`before` are the frozen versions, oldest first; `day` is when the plan as it is now takes effect, if known."""
    yield from _reused(loaded, before)
    yield from _without_owner(loaded, before[-1] if before else None)
    yield from _ended(loaded, day)


def _reused(loaded: Loaded, before: Sequence[Plan]) -> Iterator[Diagnostic]:
    """An id that a version has left out means what it meant: it never comes back for another thing."""
    if len(before) < 1:
        return
    known = [_kinds_by_id(plan) for plan in before]
    last = known[-1]
    for record in plan_records(loaded.plan):
        identity = getattr(record, "id", None)
        if not isinstance(identity, str):
            continue
        space = _space(record)
        if (space, identity) in last:
            if last[space, identity] is not type(record):
                message = f"mã '{identity}' ở phiên bản trước là của thứ khác loại"
                yield Diagnostic(loaded.spans.of(record, "id"), "reused-id", message, "đặt mã khác")
        elif any((space, identity) in earlier for earlier in known):
            message = f"mã '{identity}' đã bỏ ở một phiên bản trước, nay dùng lại"
            yield Diagnostic(loaded.spans.of(record, "id"), "reused-id", message, "đặt mã khác")


def _without_owner(loaded: Loaded, last: Plan | None) -> Iterator[Diagnostic]:
    """A duty that had an owner has one still, or is taken out of the text."""
    owned = {item.statement.id for item in last.duties if item.statement.by} if last else set()
    for item in loaded.plan.duties:
        statement = item.statement
        if statement.id in owned and not statement.by:
            message = f"nhiệm vụ '{statement.id}' trước có người làm, nay không giao cho ai"
            yield Diagnostic(loaded.spans.of(statement), "duty-without-owner", message, "ghi 'by', hoặc bỏ câu này")


def _ended(loaded: Loaded, day: dt.date | None) -> Iterator[Diagnostic]:
    """An agency that is no more does nothing, receives nothing, sits nowhere."""
    plan = loaded.plan
    gone = {a.id: a for a in plan.agencies if a.valid_to and (day is None or a.valid_to < day)}
    for record in plan_records(plan):
        if isinstance(record, model.Agency):  # parent and successors tell where it stood
            continue
        for name, info in type(record).model_fields.items():
            if "agency" not in reference_kinds(info):
                continue
            value = getattr(record, name)
            for index, identity in enumerate(value if isinstance(value, tuple) else (value,)):
                if identity in gone:
                    heirs = gone[identity].successors
                    hint = f"cơ quan kế nhiệm: {', '.join(heirs)}" if heirs else "giao cho cơ quan khác, hoặc bỏ"
                    place = (info.alias or name, index) if isinstance(value, tuple) else (info.alias or name,)
                    message = f"'{identity}' không còn từ sau ngày {gone[identity].valid_to:%d/%m/%Y}"
                    yield Diagnostic(loaded.spans.of(record, *place), "ended-agency", message, hint)


def _space(record: model.Record) -> str:
    """Ids of clauses, paragraphs and statements are of one space, those of agencies and groups too."""
    if isinstance(record, model.Clause | model.Paragraph | model.Statement):
        return "provision"
    return "actor" if isinstance(record, model.Agency | model.Group) else type(record).__name__


def _kinds_by_id(plan: Plan) -> dict[tuple[str, str], type[model.Record]]:
    records = ((record, getattr(record, "id", None)) for record in plan_records(plan))
    return {(_space(record), identity): type(record) for record, identity in records if isinstance(identity, str)}
