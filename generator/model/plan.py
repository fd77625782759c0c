"""The whole plan in memory: the records of all files, looked up by id and walked in the plan's order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.model import types as model
from generator.model.naming import Named
from generator.words.links import Text, join_texts, strong_text


@dataclass(frozen=True)
class Located:
    """A statement with the nodes around it, from the section (mục) down to its own clause."""

    clauses: tuple[model.Clause, ...]
    paragraph: model.Paragraph
    statement: model.Statement

    @property
    def section(self) -> model.Clause:
        """The mục it stands in."""
        return self.clauses[0]

    @property
    def clause(self) -> model.Clause:
        """The innermost clause it stands in."""
        return self.clauses[-1]

    @property
    def internal(self) -> bool:
        """True if it, or a clause around it, must not be shown to the public."""
        return self.statement.audience == "internal" or any(c.audience == "internal" for c in self.clauses)


@dataclass(frozen=True)
class Plan:
    """One plan: what data/ holds."""

    head: model.PlanHead
    sections: tuple[model.Clause, ...]
    agencies: tuple[model.Agency, ...]
    groups: tuple[model.Group, ...] = ()
    targets: tuple[model.Target, ...] = ()
    deadlines: tuple[model.Deadline, ...] = ()
    office: model.OfficeSetting | None = None
    instruments: tuple[model.Instrument, ...] = ()
    places: tuple[model.Place, ...] = ()
    source: model.SourceNotes | None = None

    @cached_property
    def agency(self) -> dict[str, model.Agency]:
        """Agencies by id."""
        return {a.id: a for a in self.agencies}

    @cached_property
    def group(self) -> dict[str, model.Group]:
        """Groups by id."""
        return {g.id: g for g in self.groups}

    @cached_property
    def actor(self) -> dict[str, model.Agency | model.Group]:
        """Agencies and groups by id: they share one id space."""
        return {**self.agency, **self.group}

    @cached_property
    def target(self) -> dict[str, model.Target]:
        """Targets by id."""
        return {t.id: t for t in self.targets}

    @cached_property
    def deadline(self) -> dict[str, model.Deadline]:
        """Deadlines by id."""
        return {d.id: d for d in self.deadlines}

    @cached_property
    def instrument(self) -> dict[str, model.Instrument]:
        """Instruments by id."""
        return {i.id: i for i in self.instruments}

    @cached_property
    def place(self) -> dict[str, model.Place]:
        """Places by id."""
        return {p.id: p for p in self.places}

    def named(self, scheme: str, identity: str) -> Named:
        """The record that a link of a scheme names. Raises KeyError."""
        tables: dict[str, Mapping[str, Named]] = {
            "agency": self.agency, "group": self.group, "target": self.target, "deadline": self.deadline,
            "instrument": self.instrument, "place": self.place,
        }  # fmt: skip
        return tables[scheme][identity]

    @cached_property
    def groups_of(self) -> dict[str, tuple[model.Group, ...]]:
        """The groups an agency belongs to, by the agency's id."""
        found: dict[str, list[model.Group]] = {a.id: [] for a in self.agencies}
        for group in self.groups:
            for member in group.members:
                found[member].append(group)
        return {agency: tuple(groups) for agency, groups in found.items()}

    @cached_property
    def located(self) -> tuple[Located, ...]:
        """Every statement of the sections, in the plan's order."""
        return tuple(item for section in self.sections for item in _locate(section, ()))

    @cached_property
    def statement(self) -> dict[str, Located]:
        """Statements that have an id, by id."""
        return {item.statement.id: item for item in self.located if item.statement.id}

    @cached_property
    def duties(self) -> tuple[Located, ...]:
        """The statements that give somebody, named or not, something to do."""
        return tuple(item for item in self.located if item.statement.is_duty)

    @cached_property
    def tasks(self) -> tuple[Located, ...]:
        """The statements that say what is to be done, whoever owns it."""
        return tuple(item for item in self.located if item.statement.task)

    @cached_property
    def clause(self) -> dict[str, tuple[model.Clause, ...]]:
        """Clauses by id, each as the chain from its section down to itself."""
        return {chain[-1].id: chain for section in self.sections for chain in _chains(section, ())}

    @cached_property
    def paragraph(self) -> dict[str, tuple[tuple[model.Clause, ...], model.Paragraph]]:
        """Paragraphs that have an id, by id, with the chain of clauses around them."""
        return {
            paragraph.id: (chain, paragraph)
            for chain in self.clause.values()
            for paragraph in chain[-1].paragraphs
            if paragraph.id
        }

    @cached_property
    def sheet_agencies(self) -> tuple[str, ...]:
        """The agencies that have a responsibility sheet: those with a duty, a part in one, or a seat, in data order."""
        wanted: set[str] = set()
        for item in self.duties:
            statement = item.statement
            for actor in (*statement.by, *statement.with_, *statement.via):
                wanted.update(self.members(actor))
        wanted |= {seat.who for agency in self.agencies for seat in agency.members}
        without = ("foreign", "person-office")
        return tuple(a.id for a in self.agencies if a.id in wanted and a.kind not in without)

    def has_sheet(self, agency: str) -> bool:
        """True if the agency has a responsibility sheet."""
        return agency in self._with_sheet

    def stands_for(self, actor: str, agency: str) -> bool:
        """True if an id means this agency: itself, or a group that it is a member of."""
        return actor == agency or agency in self._member_sets.get(actor, ())

    @cached_property
    def _with_sheet(self) -> frozenset[str]:
        return frozenset(self.sheet_agencies)

    @cached_property
    def _member_sets(self) -> dict[str, frozenset[str]]:
        return {group.id: frozenset(group.members) for group in self.groups}

    @cached_property
    def bodies(self) -> tuple[model.Agency, ...]:
        """The agencies that have seats for others."""
        return tuple(agency for agency in self.agencies if agency.members)

    @cached_property
    def places_of(self) -> dict[str, tuple[model.Place, ...]]:
        """The places of each agency that has any, by the agency's id."""
        found: dict[str, list[model.Place]] = {}
        for place in self.places:
            if place.agency:
                found.setdefault(place.agency, []).append(place)
        return {agency: tuple(places) for agency, places in found.items()}

    def members(self, actor: str) -> tuple[str, ...]:
        """The agencies that an id stands for: a group's members, or the agency itself."""
        group = self.group.get(actor)
        return group.members if group else (actor,)


def paragraph_text(paragraph: model.Paragraph) -> Text:
    """A paragraph's statements joined: exactly what is issued."""
    return join_texts(strong_text(s.text) if s.strong else s.text for s in paragraph.statements)


def _chains(clause: model.Clause, above: tuple[model.Clause, ...]) -> Iterator[tuple[model.Clause, ...]]:
    chain = (*above, clause)
    yield chain
    for inner in clause.clauses:
        yield from _chains(inner, chain)


def _locate(clause: model.Clause, above: tuple[model.Clause, ...]) -> Iterator[Located]:
    for chain in _chains(clause, above):
        for paragraph in chain[-1].paragraphs:
            for statement in paragraph.statements:
                yield Located(chain, paragraph, statement)
