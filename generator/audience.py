"""The public's plan: the whole plan without anything marked internal, or known only through it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from generator import model
from generator.plan import Plan
from generator.walk import used_ids

R = TypeVar("R", bound=model.Record)


def public_plan(plan: Plan) -> Plan:
    """The plan as the public build knows it: no trace of internal clauses and statements.

    Agencies, places and the like that only internal text refers to go too, and so do references to what is gone.
    """
    sections = tuple(_public_clause(section) for section in plan.sections if section.audience == "public")
    shown = replace(plan, sections=sections)
    if shown.sections == plan.sections:
        return plan
    gone = used_ids(plan) - used_ids(replace(shown, targets=(), places=_without_marks(plan.places)))
    internal = [item.statement.text.as_issued() for item in plan.located if item.internal]

    def kept(kind: str, records: Iterable[R]) -> tuple[R, ...]:
        return tuple(r for r in records if (kind, getattr(r, "id")) not in gone)  # noqa: B009 - Record has no id

    agencies = kept("agency", plan.agencies)
    return replace(
        shown,
        sections=tuple(_without_tasks(section, shown) for section in sections),
        agencies=tuple(_public_agency(agency, agencies, shown) for agency in agencies),
        groups=tuple(_update(g, members=_among(g.members, agencies)) for g in kept("group", plan.groups)),
        targets=tuple(_public_target(t, shown) for t in plan.targets if _stands(shown, t.clause)),
        deadlines=tuple(
            _update(d, clause=d.clause if d.clause and _stands(shown, d.clause) else None)
            for d in kept("deadline", plan.deadlines)
        ),
        instruments=kept("instrument", plan.instruments),
        places=tuple(_public_place(place, shown) for place in kept("place", plan.places)),
        source=_public_source(plan.source, internal) if plan.source else None,
    )


def _public_clause(clause: model.Clause) -> model.Clause:
    paragraphs = []
    for paragraph in clause.paragraphs:
        statements = tuple(s for s in paragraph.statements if s.audience == "public")
        if statements:
            paragraphs.append(_update(paragraph, statements=statements))
    clauses = tuple(_public_clause(inner) for inner in clause.clauses if inner.audience == "public")
    return _update(clause, paragraphs=tuple(paragraphs), clauses=clauses)


def _without_tasks(clause: model.Clause, shown: Plan) -> model.Clause:
    """The clause with its duties' references to tasks that are gone removed."""

    def statement(s: model.Statement) -> model.Statement:
        stands: Callable[[str], bool] = lambda task: _stands(shown, task)  # noqa: E731
        return _update(s, implements=tuple(filter(stands, s.implements)), partly=tuple(filter(stands, s.partly)))

    paragraphs = tuple(_update(p, statements=tuple(map(statement, p.statements))) for p in clause.paragraphs)
    return _update(clause, paragraphs=paragraphs, clauses=tuple(_without_tasks(c, shown) for c in clause.clauses))


def _public_agency(agency: model.Agency, agencies: tuple[model.Agency, ...], shown: Plan) -> model.Agency:
    seats = tuple(seat for seat in agency.members if _stands(shown, seat.clause))
    parent = agency.parent if agency.parent and _among((agency.parent,), agencies) else None
    return _update(agency, members=seats, parent=parent, successors=_among(agency.successors, agencies))


def _public_target(target: model.Target, shown: Plan) -> model.Target:
    return _update(target, served_by=tuple(s for s in target.served_by if s in shown.statement))


def _public_place(place: model.Place, shown: Plan) -> model.Place:
    return _update(place, designations=tuple(d for d in place.designations if _stands(shown, d.clause)))


def _public_source(source: model.SourceNotes, internal: list[str]) -> model.SourceNotes:
    anomalies = tuple(a for a in source.anomalies if not any(a.as_issued in text for text in internal))
    return _update(source, anomalies=anomalies)


def _without_marks(places: tuple[model.Place, ...]) -> tuple[model.Place, ...]:
    return tuple(_update(place, agency=None, designations=()) for place in places)


def _among(ids: tuple[str, ...], agencies: tuple[model.Agency, ...]) -> tuple[str, ...]:
    known = {agency.id for agency in agencies}
    return tuple(i for i in ids if i in known)


def _stands(plan: Plan, provision: str) -> bool:
    return provision in plan.clause or provision in plan.paragraph or provision in plan.statement


def _update(record: R, **fields: Any) -> R:
    return record.model_copy(update=fields)
