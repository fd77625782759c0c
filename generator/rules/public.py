"""The public's plan: the whole plan without anything marked internal, or known only through it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from generator.model import types as model
from generator.model.plan import Plan
from generator.model.scalars import LinkedText
from generator.model.topic import Topic
from generator.model.walk import names_in, texts_of, walk_records
from generator.words.links import Emphasis, Link, Plain, Strong

R = TypeVar("R", bound=model.Record)
Name = tuple[str, str]  # a kind and an id
_TELLING = 12  # characters; a shorter text, such as "và", tells nothing


def public_plan(plan: Plan, topics: Iterable[Topic] = ()) -> Plan:
    """The plan as the public build knows it: no trace of internal clauses, statements and `topics`.

    Agencies, places, instruments and the like that only they lead to go too, and so do references to what is gone.
    """
    topics = tuple(topics)
    shown = _without_internal(plan)
    gone = _gone(plan, shown, topics)
    if shown == plan and not gone:
        return plan

    def kept(kind: str, records: Iterable[R]) -> tuple[R, ...]:
        return tuple(r for r in records if (kind, getattr(r, "id")) not in gone)  # noqa: B009 - Record has no id

    hidden = Counter(_issued(plan)) - Counter(_issued(shown))
    return replace(
        shown,
        sections=tuple(_without_references(section, shown, gone) for section in shown.sections),
        agencies=tuple(_public_agency(agency, gone) for agency in kept("agency", shown.agencies)),
        groups=tuple(_update(g, members=_among("agency", g.members, gone)) for g in kept("group", plan.groups)),
        targets=tuple(_public_target(t, shown) for t in kept("target", plan.targets)),
        deadlines=tuple(_public_deadline(d, shown) for d in kept("deadline", plan.deadlines)),
        instruments=kept("instrument", plan.instruments),
        places=tuple(_public_place(place, shown, gone) for place in kept("place", plan.places)),
        source=_public_source(plan.source, list(hidden)) if plan.source else None,
    )


def _without_internal(plan: Plan) -> Plan:
    """The plan without what is marked, and without the phases and seats that rest on it."""
    sections = tuple(_public_clause(section) for section in plan.sections if section.audience == "public")
    files = (f for f, s in zip(plan.head.sections, plan.sections, strict=True) if s.audience == "public")
    head = _update(plan.head, preamble=_public_paragraphs(plan.head.preamble), sections=tuple(files))
    shown = replace(plan, head=head, sections=sections)
    phases = tuple(phase for phase in head.phases if _stands(shown, phase.clause))
    agencies = tuple(_update(a, members=tuple(m for m in a.members if _stands(shown, m.clause))) for a in plan.agencies)
    return replace(shown, head=_update(head, phases=phases), agencies=agencies)


def _gone(plan: Plan, shown: Plan, topics: tuple[Topic, ...]) -> set[Name]:
    """What the whole plan leads to and the shown one does not, and the targets whose clause is gone."""
    public = tuple(topic for topic in topics if topic.audience == "public")
    gone = _led_to(plan, topics) - _led_to(shown, public)
    homes = {("agency", p.agency) for p in plan.places if p.agency and ("place", p.id) in gone}
    homes -= {("agency", p.agency) for p in plan.places if p.agency and ("place", p.id) not in gone}
    gone |= homes - _led_to(shown, public)
    return gone | {("target", t.id) for t in plan.targets if not _stands(shown, t.clause)}


def _led_to(plan: Plan, topics: tuple[Topic, ...]) -> set[Name]:
    """Everything that the texts, the head and the topics refer to, and what those records refer to in turn.

    A place does not lead to its agency: that a district has a committee says nothing of what the plan asks of it.
    """
    kinds: tuple[tuple[str, dict[str, model.Record]], ...] = (
        ("agency", {**plan.agency}), ("group", {**plan.group}), ("instrument", {**plan.instrument}),
    )  # fmt: skip
    records = {(kind, identity): record for kind, known in kinds for identity, record in known.items()}
    waiting = [name for record in (plan.head, *plan.sections, *topics) for name in _names_below(record)]
    found: set[Name] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _names_below(records[name]) if name in records else ()
    return found


def _names_below(record: model.Record) -> list[Name]:
    return [name for inner in walk_records(record) for name in names_in(inner)]


def _public_clause(clause: model.Clause) -> model.Clause:
    clauses = tuple(_public_clause(inner) for inner in clause.clauses if inner.audience == "public")
    return _update(clause, paragraphs=_public_paragraphs(clause.paragraphs), clauses=clauses)


def _public_paragraphs(paragraphs: tuple[model.Paragraph, ...]) -> tuple[model.Paragraph, ...]:
    shown = []
    for paragraph in paragraphs:
        statements = tuple(s for s in paragraph.statements if s.audience == "public")
        if statements:
            shown.append(_update(paragraph, statements=statements))
    return tuple(shown)


def _without_references(clause: model.Clause, shown: Plan, gone: set[Name]) -> model.Clause:
    """The clause with what its text and its duties say of tasks and targets that are gone removed."""

    def standing(tasks: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(task for task in tasks if _stands(shown, task))

    def statement(s: model.Statement) -> model.Statement:
        return _update(
            s,
            text=_unlinked(s.text, gone),
            implements=standing(s.implements),
            partly=standing(s.partly),
            targets=_among("target", s.targets, gone),
        )

    paragraphs = tuple(_update(p, statements=tuple(map(statement, p.statements))) for p in clause.paragraphs)
    heading = _unlinked(clause.heading, gone) if clause.heading else None
    clauses = tuple(_without_references(inner, shown, gone) for inner in clause.clauses)
    return _update(clause, heading=heading, paragraphs=paragraphs, clauses=clauses)


def _unlinked(text: LinkedText, gone: set[Name]) -> LinkedText:
    """The text with links to what is gone as plain words."""

    def node(inline: Any) -> Any:
        if isinstance(inline, Emphasis | Strong):
            return replace(inline, children=tuple(map(node, inline.children)))
        lost = isinstance(inline, Link) and any((inline.scheme, target) in gone for target in inline.targets)
        return Plain(inline.label) if lost else inline

    return LinkedText(tuple(map(node, text.nodes)))


def _public_agency(agency: model.Agency, gone: set[Name]) -> model.Agency:
    parent = agency.parent if ("agency", agency.parent) not in gone else None
    return _update(agency, parent=parent, successors=_among("agency", agency.successors, gone))


def _public_target(target: model.Target, shown: Plan) -> model.Target:
    return _update(target, served_by=tuple(s for s in target.served_by if s in shown.statement))


def _public_deadline(deadline: model.Deadline, shown: Plan) -> model.Deadline:
    return _update(deadline, clause=deadline.clause if _stands(shown, deadline.clause) else None)


def _public_place(place: model.Place, shown: Plan, gone: set[Name]) -> model.Place:
    agency = place.agency if ("agency", place.agency) not in gone else None
    return _update(place, agency=agency, designations=tuple(d for d in place.designations if _stands(shown, d.clause)))


def _public_source(source: model.SourceNotes, hidden: list[str]) -> model.SourceNotes:
    """The notes without the anomalies that quote, or are quoted by, what is hidden."""

    def quotes(anomaly: model.Anomaly) -> bool:
        words = " ".join((anomaly.as_issued, anomaly.reading, anomaly.note or ""))
        return any(anomaly.as_issued in text or (len(text) > _TELLING and text in words) for text in hidden)

    return _update(source, anomalies=tuple(a for a in source.anomalies if not quotes(a)))


def _issued(plan: Plan) -> list[str]:
    """Every text of the plan as issued."""
    records = (record for part in (plan.head, *plan.sections) for record in walk_records(part))
    return [text.as_issued() for record in records for _, text in texts_of(record)]


def _among(kind: str, ids: tuple[str, ...], gone: set[Name]) -> tuple[str, ...]:
    return tuple(i for i in ids if (kind, i) not in gone)


def _stands(plan: Plan, provision: str | None) -> bool:
    """True if a provision is in the plan, or none is named."""
    return provision is None or provision in plan.clause or provision in plan.paragraph or provision in plan.statement


def _update(record: R, **fields: Any) -> R:
    return record.model_copy(update=fields)
