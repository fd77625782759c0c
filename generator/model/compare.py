"""Two versions of a plan → what changed, by id: nothing is guessed from text. Pure.

A change of a link, of a note, or of how a misprint is read is no change of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.model import types as model
from generator.model.change import Change
from generator.model.plan import Plan, paragraph_text
from generator.words.difference import moved

R = TypeVar("R")
_DUTY_FIELDS = ("by", "with_", "over", "to", "via", "role", "force", "address", "deadline", "places", "targets")
_TARGET_FIELDS = ("indicator", "operator", "lower", "upper", "unit", "baseline", "text")
_DEADLINE_FIELDS = ("label", "kind", "every", "from_", "to", "at", "year", "month", "day")
_SEAT_FIELDS = ("role", "who", "office")
_HEAD_FIELDS = ("type", "subject", "short_title", "issuer", "period", "phases")


def compare_plans(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every change from one version of a plan to the next, in the order of the new one, what is gone first."""
    return tuple(_Comparison(old, new).all())


def ended(plan: Plan) -> dict[str, model.Agency]:
    """The agencies that are no more, by id: those whose last day is known."""
    return {agency.id: agency for agency in plan.agencies if agency.valid_to is not None}


@dataclass(frozen=True)
class _Node:
    """A clause or paragraph in its place: what holds it, its number or bullet, its words."""

    what: str
    above: str
    number: str
    text: str
    clause: str
    chain: tuple[model.Clause, ...]
    paragraph: model.Paragraph | None = None


@dataclass(frozen=True)
class _Comparison:
    old: Plan
    new: Plan

    @property
    def _both_ways(self) -> tuple[tuple[Plan, Plan], tuple[Plan, Plan]]:
        return (self.old, self.new), (self.new, self.old)

    def all(self) -> Iterator[Change]:
        """Every change."""
        yield from self._head()
        yield from self._agencies()
        yield from self._nodes()
        yield from self._duties()
        yield from self._records("target", self.old.target, self.new.target, _TARGET_FIELDS)
        yield from self._records("deadline", self.old.deadline, self.new.deadline, _DEADLINE_FIELDS)
        old, new = self.old, self.new
        yield from self._records("seat", _seats(old, new), _seats(new, old), _SEAT_FIELDS)
        places = _designations(old, new), _designations(new, old)
        yield from self._records("designation", places[0], places[1], ("kind", "clause"))
        yield from self._groups()
        yield from self._recipients()

    # The text

    def _nodes(self) -> Iterator[Change]:
        old, new = (_nodes_of(plan, other) for plan, other in self._both_ways)
        for identity in old.keys() - new.keys():
            if old[identity].above not in old.keys() - new.keys():  # what goes with what holds it is not told twice
                yield self._gone(identity, old[identity])
        shifted = _moved_among(old, new)
        for identity, node in new.items():
            if identity not in old:
                if node.above not in new.keys() - old.keys():
                    yield self._come(identity, node)
                continue
            before = old[identity]
            about = (node.clause, self._touched(before, node))
            if identity in shifted or before.above != node.above:
                yield Change("moved", _what(node), identity, "", before.above, node.above, *about)
            if before.number != node.number:
                yield Change("renumbered", _what(node), identity, "number", before.number, node.number, *about)
            if before.text != node.text:
                what = "heading" if node.what == "clause" else _what(node)
                yield _change("reworded", what, identity, "", before.text, node.text, *about)

    def _gone(self, identity: str, node: _Node) -> Change:
        agencies = _parties(self.old, _statements_below(node))
        return Change("removed", _what(node), identity, "", node.text, "", node.clause, agencies)

    def _come(self, identity: str, node: _Node) -> Change:
        agencies = _parties(self.new, _statements_below(node))
        return Change("added", _what(node), identity, "", "", node.text, node.clause, agencies)

    def _touched(self, before: _Node, after: _Node) -> tuple[str, ...]:
        """Those with a part in the duties whose words changed; if none did, in any duty of the node before or after."""
        old, new = _statements_below(before), _statements_below(after)
        words = [{s.id: s.text.reading() for s in side if s.is_duty} for side in (old, new)]
        differ = {i for i in {**words[0], **words[1]} if words[0].get(i) != words[1].get(i)}
        if differ and before.paragraph is not None:
            old, new = ([s for s in side if s.id in differ] for side in (old, new))
        return _union(_parties(self.old, old), _parties(self.new, new))

    # Who does what

    def _duties(self) -> Iterator[Change]:
        old, new = ({item.statement.id or "": item for item in plan.duties} for plan in (self.old, self.new))
        for identity, item in old.items():
            if identity not in new:
                agencies = _parties(self.old, [item.statement])
                said = item.statement.text.reading()
                yield Change("removed", "duty", identity, "", said, "", item.clause.id, agencies)
        for identity, item in new.items():
            agencies = _parties(self.new, [item.statement])
            if identity not in old:
                said = item.statement.text.reading()
                yield Change("added", "duty", identity, "", "", said, item.clause.id, agencies)
                continue
            before = old[identity]
            agencies = _union(_parties(self.old, [before.statement]), agencies)
            if before.clause.id != item.clause.id:
                yield Change("moved", "duty", identity, "", before.clause.id, item.clause.id, item.clause.id, agencies)
            for field in _DUTY_FIELDS:
                first, second = (getattr(i.statement, field) for i in (before, item))
                if first != second:
                    kind = "reassigned" if field in ("by", "with_", "over", "to", "via") else "changed"
                    name = field.rstrip("_")
                    values = _value(first), _value(second)
                    yield _change(kind, "duty", identity, name, *values, item.clause.id, agencies)

    # Records

    def _records(
        self, what: Any, old: Mapping[str, Any], new: Mapping[str, Any], fields: Sequence[str]
    ) -> Iterator[Change]:
        for identity in (*(i for i in old if i not in new), *new):
            first, second = old.get(identity), new.get(identity)
            record = second if second is not None else first
            about = (_clause_of(record), self._about(what, identity, first, second))
            if first is None or second is None:
                said = ("", _shown(second)) if first is None else (_shown(first), "")
                yield _change("added" if first is None else "removed", what, identity, "", *said, *about)
                continue
            for field in fields:
                before, after = getattr(first, field), getattr(second, field)
                if before != after:
                    yield Change("changed", what, identity, field.rstrip("_"), _value(before), _value(after), *about)

    def _about(self, what: str, identity: str, first: Any, second: Any) -> tuple[str, ...]:
        """Who is touched by a change of a target, deadline, seat or designation."""
        found: list[str] = []
        for plan, record in ((self.old, first), (self.new, second)):
            if record is None:
                continue
            if what == "deadline":
                found += _parties(plan, [item.statement for item in plan.duties_due.get(identity, ())])
            elif what == "target":
                serving = (item.statement for item in plan.duties)
                serve = [s for s in serving if identity in s.targets or s.id in record.served_by]
                found += _parties(plan, serve, owners=True)
            elif what == "seat":
                body, member = record.body, record.member
                found += [
                    body.id,
                    *(agency for agency in plan.seats if any(s.member is member for s in plan.seats[agency])),
                ]
            elif what == "designation" and record.agency:
                found.append(record.agency)
        return tuple(dict.fromkeys(found))

    def _groups(self) -> Iterator[Change]:
        for identity, group in self.new.group.items():
            before = self.old.group.get(identity)
            if before is None:
                yield Change("added", "group", identity, "", "", group.name, "", group.members)
                continue
            if before.name != group.name:
                yield Change("renamed", "group", identity, "name", before.name, group.name, "", group.members)
            yield from (
                Change("left", "group", identity, "members", member, "", "", (member,))
                for member in before.members
                if member not in group.members
            )
            yield from (
                Change("joined", "group", identity, "members", "", member, "", (member,))
                for member in group.members
                if member not in before.members
            )
        for identity, group in self.old.group.items():
            if identity not in self.new.group:
                yield Change("removed", "group", identity, "", group.name, "", "", group.members)

    def _recipients(self) -> Iterator[Change]:
        old, new = (_keyed(p.head.recipients.items, q.head.recipients.items) for p, q in self._both_ways)
        for identity in (*(i for i in old if i not in new), *new):
            first, second = old.get(identity), new.get(identity)
            before, after = (_recipient(item) if item else "" for item in (first, second))
            if before != after:
                kind = "added" if first is None else "removed" if second is None else "reworded"
                yield _change(kind, "recipient", identity, "", before, after)

    # The plan itself, and the bodies

    def _head(self) -> Iterator[Change]:
        for field in _HEAD_FIELDS:
            before, after = getattr(self.old.head, field), getattr(self.new.head, field)
            if _said(before) != _said(after):
                yield Change("changed", "head", self.new.head.id, field, _said(before), _said(after))
        signed = [
            tuple(str(getattr(plan.head.signature, name) or "") for name in ("authority", "position", "name"))
            for plan in (self.old, self.new)
        ]
        if signed[0] != signed[1]:
            yield Change("changed", "signature", self.new.head.id, "", signed[0], signed[1])

    def _agencies(self) -> Iterator[Change]:
        gone_before, gone = ended(self.old), ended(self.new)
        for identity, agency in self.old.agency.items():
            after = self.new.agency.get(identity)
            if identity in gone_before:
                continue
            if after is None or identity in gone:
                heirs = after.successors if after else ()
                kind = "split" if len(heirs) > 1 else "merged" if heirs else "dissolved"
                yield _change(kind, "agency", identity, "successors", agency.name, heirs, "", (identity, *heirs))
            elif after.name != agency.name:
                yield Change("renamed", "agency", identity, "name", agency.name, after.name, "", (identity,))
        for identity, agency in self.new.agency.items():
            if identity not in self.old.agency and identity not in gone:
                yield Change("added", "agency", identity, "", "", agency.name, "", (identity,))


def _change(kind: Any, *more: Any) -> Change:
    return Change(kind, *more)


def _what(node: _Node) -> Any:
    return node.what


def _nodes_of(plan: Plan, other: Plan) -> dict[str, _Node]:
    """Every clause and paragraph by id, in the plan's order. A paragraph without id is known by its place."""
    found: dict[str, _Node] = {}
    for key, paragraph in _keyed(plan.head.preamble, other.head.preamble).items():
        text = paragraph_text(paragraph).reading()
        found[f"preamble{key}" if key[0] == "#" else key] = _Node("preamble", "", "", text, "", (), paragraph)
    for identity, chain in plan.clause.items():
        clause = chain[-1]
        heading = clause.heading.reading() if clause.heading else ""
        above = chain[-2].id if len(chain) > 1 else ""
        found[identity] = _Node("clause", above, clause.number or "", heading, identity, chain)
        for index, paragraph in enumerate(clause.paragraphs):
            text, key = paragraph_text(paragraph).reading(), paragraph.id or f"{identity}#{index}"
            found[key] = _Node("paragraph", identity, paragraph.marker or "", text, identity, chain, paragraph)
    return found


def _moved_among(old: Mapping[str, _Node], new: Mapping[str, _Node]) -> set[str]:
    """The clauses and paragraphs that stand elsewhere among their old brothers."""
    found: set[str] = set()
    below: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for side, nodes in enumerate((old, new)):
        for identity, node in nodes.items():
            other = (new, old)[side].get(identity)
            if other is not None and other.above == node.above:
                kind = "clause" if node.what == "clause" else "text"
                below.setdefault((node.above, kind), ([], []))[side].append(identity)
    for before, after in below.values():
        found |= moved(before, after)
    return found


def _statements_below(node: _Node) -> list[model.Statement]:
    """A paragraph's statements; of a clause, all in it and below it."""
    if node.paragraph is not None:
        return list(node.paragraph.statements)
    inner = (paragraph for clause in node.chain[-1].walk() for paragraph in clause.paragraphs)
    return [statement for paragraph in inner for statement in paragraph.statements]


def _parties(plan: Plan, statements: Iterable[model.Statement], *, owners: bool = False) -> tuple[str, ...]:
    """The agencies with any part in these duties, in the order of the parts; only those whose own they are if asked."""
    duties = (s.id for s in statements if s.is_duty and s.id)
    parts = (part for duty in duties for part in plan.parts_in.get(duty, ()))
    return tuple(dict.fromkeys(part.actor for part in parts if part.owns or not owners))


def _union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


@dataclass(frozen=True)
class _SeatRecord:
    body: model.Agency
    member: model.Membership

    @property
    def role(self) -> str:
        return self.member.role

    @property
    def who(self) -> str:
        return self.member.who

    @property
    def office(self) -> str:
        return self.member.office


def _seats(plan: Plan, other: Plan) -> dict[str, _SeatRecord]:
    found: dict[str, _SeatRecord] = {}
    for body in plan.bodies:
        others = other.agency[body.id].members if body.id in other.agency else ()
        seats = _keyed(body.members, others).items()
        found |= {f"{body.id}{key}" if key[0] == "#" else key: _SeatRecord(body, seat) for key, seat in seats}
    return found


@dataclass(frozen=True)
class _DesignationRecord:
    agency: str | None
    name: str
    kind: str
    clause: str


def _designations(plan: Plan, other: Plan) -> dict[str, _DesignationRecord]:
    found: dict[str, _DesignationRecord] = {}
    for place in plan.places:
        others = other.place[place.id].designations if place.id in other.place else ()
        for key, item in _keyed(place.designations, others).items():
            record = _DesignationRecord(place.agency, place.name, item.kind, item.clause)
            found[f"{place.id}{key}" if key[0] == "#" else key] = record
    return found


def _keyed(items: Sequence[R], others: Sequence[R]) -> dict[str, R]:
    """Things by id; by their places where one side is from a time before they had ids."""
    known = all(getattr(item, "id", None) for item in (*items, *others))
    return {str(getattr(item, "id", "")) if known else f"#{index}": item for index, item in enumerate(items)}


def _recipient(item: model.Recipient) -> str:
    return item.text.reading() + (f" ({item.purpose})" if item.purpose else "")


def _clause_of(record: Any) -> str:
    if isinstance(record, _SeatRecord):
        return record.member.clause
    return getattr(record, "clause", None) or ""


def _shown(record: Any) -> str:
    if isinstance(record, _SeatRecord):
        return record.office
    for field in ("text", "label", "name"):
        if value := getattr(record, field, ""):
            return str(value)
    return ""


def _said(value: Any) -> str:
    return str(value.reading() if hasattr(value, "reading") else value)


def _value(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return "" if value is None else str(value)
