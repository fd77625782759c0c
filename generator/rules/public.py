"""The public's plan: the whole plan without anything marked internal, or known only through it. Pure.

One pass cuts any record by what its fields are: references to what is gone, texts that link to it, notes and other
words that give hidden text away. A new field or record needs no line here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotated_types import MinLen

from generator.model import types as model
from generator.model.plan import Plan
from generator.model.scalars import LinkedText
from generator.model.topic import Topic
from generator.model.walk import Path, is_internal, is_quoted, names_below, reference_kinds
from generator.rules.hidden import NAMES, SHORT_RUN, HiddenWords
from generator.words.links import Emphasis, Link, Plain, Strong, Text

R = TypeVar("R", bound=model.Record)
Name = tuple[str, str]  # a kind and an id
PARTS = ("agencies", "groups", "targets", "deadlines", "instruments", "places")
_IN_THE_TEXT = ("provision", "statement", "task")  # the kinds that ids of clauses, paragraphs and statements may be of
_KINDS: dict[type[model.Record], str] = {
    model.Agency: "agency", model.Group: "group", model.Target: "target", model.Deadline: "deadline",
    model.Instrument: "instrument", model.Place: "place",
    model.Clause: "provision", model.Paragraph: "provision", model.Statement: "provision",
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """Words of hidden text in a record that is not: where, the words, and whether the public's plan leaves them out."""

    record: model.Record
    path: Path
    words: str
    left_out: bool


def public_plan(plan: Plan, topics: Iterable[Topic] = (), shown: Iterable[Topic] | None = None) -> Plan:
    """The plan as the public build knows it: no trace of internal clauses, statements and `topics`.

    Agencies, places, instruments and the like that only they lead to go too, and so do references to what is gone, and
    words about it. `shown` are those of the topics that are shown: all public ones unless told.
    """
    return _cut(plan, tuple(topics), shown)[0]


def words_given_away(plan: Plan) -> tuple[Given, ...]:
    """Where public records of a plan have words that stand only in what is hidden."""
    return _cut(plan, (), None)[1]


def changed_files(plan: Plan, shown: Plan) -> frozenset[str]:
    """The files of data/ that hold something of `plan` which is not in `shown`."""
    sections = dict(zip(shown.head.sections, shown.sections, strict=True))
    files = {name for name, s in zip(plan.head.sections, plan.sections, strict=True) if sections.get(name) != s}
    files |= {f"{part}.yml" for part in PARTS if getattr(plan, part) != getattr(shown, part)}
    files |= {"plan.yml"} if plan.head != shown.head else set()
    received = {plan.source.received.file} if plan.source else set()
    return frozenset(files | {"source.yml"} | received if files or plan.source != shown.source else ())


def _cut(plan: Plan, topics: tuple[Topic, ...], kept: Iterable[Topic] | None) -> tuple[Plan, tuple[Given, ...]]:
    """The plan cut until nothing more is known only through what is gone; every turn leaves out as much or more."""
    public = tuple(kept) if kept is not None else tuple(topic for topic in topics if not is_internal(topic))
    cutter = _Cutter(frozenset(), None)
    shown = cutter.plan(plan)
    while True:
        cutter = _Cutter(_gone(plan, shown, topics, public), HiddenWords(plan, shown))
        after = cutter.plan(plan)
        if after == shown:
            return (plan if shown == plan else shown), tuple(cutter.given)
        shown = after


@dataclass
class _Cutter:
    """Leaves out what is marked and what is gone. `given` collects what gives hidden words away."""

    gone: frozenset[Name]
    hidden: HiddenWords | None
    given: list[Given] = field(default_factory=list)

    def plan(self, plan: Plan) -> Plan:
        pairs = zip(plan.head.sections, plan.sections, strict=True)
        sections = [(name, cut) for name, section in pairs if (cut := self.record(section)) is not None]
        return replace(
            plan,
            head=self._kept(plan.head).changed(sections=tuple(name for name, _ in sections)),
            sections=tuple(section for _, section in sections),
            office=self.record(plan.office) if plan.office else None,
            source=self._kept(plan.source) if plan.source else None,
            **self._parts(plan),
        )

    def _parts(self, plan: Plan) -> dict[str, Any]:
        return {part: self._records(getattr(plan, part)) for part in PARTS}

    def record(self, record: R) -> R | None:
        """A record without what is gone; None if it is marked or gone itself, or cannot stand without."""
        if is_internal(record) or _name_of(record) in self.gone:
            return None
        fields = self._fields(record, loose=True)
        if any(_is_lacking(record, *field) for field in fields.items()):
            return None
        return record.changed(**fields) if fields else record

    def _kept(self, record: R) -> R:
        """A record that there must be, without what is gone; what it cannot stand without stays."""
        fields = self._fields(record, loose=False)
        return record.changed(**{name: cut for name, cut in fields.items() if not _is_lacking(record, name, cut)})

    def _records(self, records: Iterable[R]) -> tuple[R, ...]:
        return tuple(cut for record in records if (cut := self.record(record)) is not None)

    def _fields(self, record: model.Record, *, loose: bool) -> dict[str, Any]:
        """The fields of which something is gone, with what is left: None or an empty tuple if nothing is."""
        fields: dict[str, Any] = {}
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            cut = self._left(record, name, value, may_go=loose or not info.is_required())
            if cut != value:
                fields[name] = cut
        return fields

    def _left(self, record: model.Record, name: str, value: Any, *, may_go: bool) -> Any:
        info = type(record).model_fields[name]
        if kinds := reference_kinds(info):
            return self._ids(kinds, value)
        match value:
            case Text():
                return _unlinked(value, self.gone)
            case model.Record():
                return self.record(value) if may_go else self._kept(value)
            case str():
                return None if self._tells(record, (name,), value, may_go) else value
            case tuple() if value and isinstance(value[0], model.Record):
                return self._records(value)
            case tuple():
                return tuple(v for i, v in enumerate(value) if not self._tells(record, (name, i), v, may_go))
        return value

    def _ids(self, kinds: tuple[str, ...], value: Any) -> Any:
        def stands(identity: str) -> bool:
            return not any((kind, identity) in self.gone for kind in kinds)

        if isinstance(value, tuple):
            return tuple(identity for identity in value if stands(identity))
        return value if value is None or stands(value) else None

    def _tells(self, record: model.Record, path: tuple[str, *tuple[int, ...]], value: Any, may_go: bool) -> bool:
        """True if a note is marked, or if a text gives hidden words away."""
        if is_internal(value):
            return True
        if self.hidden is None or not isinstance(value, str) or path[0] in NAMES:
            return False
        info = type(record).model_fields[path[0]]
        if is_quoted(info) and self.hidden.has(value):
            return True
        if words := self.hidden.shared(value):
            self.given.append(Given(record, (info.alias or path[0], *path[1:]), words, may_go))
        return bool(words or (isinstance(record, model.Remark) and self.hidden.shared(value, SHORT_RUN)))


def _is_lacking(record: model.Record, name: str, left: Any) -> bool:
    """True if a record cannot stand with what is left of a field.

    What nothing refers to (a phase, a seat) stands and falls with what it refers to, a remark with all it says.
    """
    info = type(record).model_fields[name]
    if left is None:
        refers = bool(reference_kinds(info)) and _name_of(record) is None
        return info.is_required() or refers or isinstance(record, model.Remark)
    return left == () and any(isinstance(m, MinLen) for m in info.metadata)


def _name_of(record: model.Record) -> Name | None:
    """By what others refer to a record."""
    kind = next((kind for known, kind in _KINDS.items() if isinstance(record, known)), None)
    identity = getattr(record, "id", None)
    return (kind, identity or "") if kind else None


def _gone(plan: Plan, shown: Plan, topics: tuple[Topic, ...], public: tuple[Topic, ...]) -> frozenset[Name]:
    """What is in the plan and must not be in the public's: what `shown` lacks, and what is known only through that."""
    lost = _declared(plan) - _declared(shown)
    led = _led_to(shown, public)
    gone = lost | {name for name in _led_to(plan, topics) - led if name[0] not in _IN_THE_TEXT}
    out, into = _references(plan)
    unproved = {*out, *into} - led
    while more := {n for n in unproved - gone if any(n in others and others[n] <= gone for others in (out, into))}:
        gone |= more
    return frozenset(gone)


def _references(plan: Plan) -> tuple[dict[Name, set[Name]], dict[Name, set[Name]]]:
    """What each agency, group, target … refers to, and which of them refer to it."""
    out: dict[Name, set[Name]] = {}
    into: dict[Name, set[Name]] = {}
    for record in _listed(plan):
        name = _name_of(record)
        assert name is not None  # whatever is listed has a kind
        for other in names_below(record):
            out.setdefault(name, set()).add(other)
            if other[0] not in _IN_THE_TEXT:
                into.setdefault(other, set()).add(name)
    return out, into


def _listed(plan: Plan) -> list[model.Record]:
    return [record for part in PARTS for record in getattr(plan, part)]


def _declared(plan: Plan) -> set[Name]:
    """Everything in a plan that can be referred to."""
    text = {(kind, identity) for kind in _IN_THE_TEXT for identity in _provisions(plan)}
    return text | {name for record in _listed(plan) if (name := _name_of(record))}


def _provisions(plan: Plan) -> set[str]:
    return set(plan.provisions)


def _led_to(plan: Plan, topics: tuple[Topic, ...]) -> set[Name]:
    """Everything that the texts, the head and the topics refer to, and what those records refer to in turn.

    A place does not lead to its agency: that a district has a committee says nothing of what the plan asks of it.
    """
    followed = ("agency", "group", "instrument")
    records = {name: record for record in _listed(plan) if (name := _name_of(record)) and name[0] in followed}
    waiting = [name for record in (plan.head, *plan.sections, *topics) for name in names_below(record)]
    found: set[Name] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += names_below(records[name]) if name in records else ()
    return found


def _unlinked(text: Text, gone: frozenset[Name]) -> LinkedText:
    """The text with links to what is gone as plain words."""

    def node(inline: Any) -> Any:
        if isinstance(inline, Emphasis | Strong):
            return replace(inline, children=tuple(map(node, inline.children)))
        lost = isinstance(inline, Link) and any((inline.scheme, target) in gone for target in inline.targets)
        return Plain(inline.label) if lost else inline

    return LinkedText(tuple(map(node, text.nodes)))
