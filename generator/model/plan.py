"""The whole plan in memory: the records of all files, looked up by id and walked in the plan's order. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from generator.model import types as model
from generator.model.naming import Named
from generator.model.part import Carrier, Part, carriers_of, leads_whole, parts_of
from generator.model.provision import Located, Provision, chains_of, provisions_of
from generator.words.links import Text, join_texts, strong_text

R = TypeVar("R", model.Agency, model.Group, model.Target, model.Deadline, model.Instrument, model.Place)
V = TypeVar("V")


@dataclass(frozen=True)
class Seat:
    """A place in a steering body."""

    body: model.Agency
    member: model.Membership


@dataclass(frozen=True)
class Answer:
    """A duty that names nobody, and the parts in other duties that make somebody answer for it."""

    item: Located
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Plan:
    """One plan: what data/ holds. `today` is the day on which it is looked at, where whoever builds has named one."""

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
    today: dt.date | None = None

    # Records by their ids; agencies and groups, the actors, share one id space
    agency = cached_property[dict[str, model.Agency]](lambda plan: _by_id(plan.agencies))
    group = cached_property[dict[str, model.Group]](lambda plan: _by_id(plan.groups))
    actor = cached_property[dict[str, model.Agency | model.Group]](lambda plan: {**plan.agency, **plan.group})
    target = cached_property[dict[str, model.Target]](lambda plan: _by_id(plan.targets))
    deadline = cached_property[dict[str, model.Deadline]](lambda plan: _by_id(plan.deadlines))
    instrument = cached_property[dict[str, model.Instrument]](lambda plan: _by_id(plan.instruments))
    place = cached_property[dict[str, model.Place]](lambda plan: _by_id(plan.places))
    provisions = cached_property[dict[str, Provision]](lambda plan: provisions_of(plan.sections))

    def provision(self, identity: str) -> Provision:
        """What the id of a clause, paragraph or statement means. Raises KeyError for an unknown one."""
        return self.provisions[identity]

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
        found = _grouped((member, group) for group in self.groups for member in group.members)
        return {agency.id: found.get(agency.id, ()) for agency in self.agencies}

    @cached_property
    def located(self) -> tuple[Located, ...]:
        """Every statement of the sections, in the plan's order."""
        return tuple(
            Located(chain, paragraph, statement)
            for chain in self.clause.values()
            for paragraph in chain[-1].paragraphs
            for statement in paragraph.statements
        )

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
        return {chain[-1].id: chain for section in self.sections for chain in chains_of(section)}

    @cached_property
    def parts(self) -> dict[str, tuple[Part, ...]]:
        """What an agency, or a group that lists no members, has to do with the duties, by its id."""
        return _grouped((part.actor, part) for part in self._every_part)

    @cached_property
    def parts_in(self) -> dict[str, tuple[Part, ...]]:
        """The parts in a duty, by the duty's id."""
        return _grouped((part.item.statement.id or "", part) for part in self._every_part)

    @cached_property
    def carriers(self) -> dict[str, tuple[Carrier, ...]]:
        """The duties that carry out a task, by the task's id."""
        return carriers_of(self.tasks, self.duties, self.provisions)

    @cached_property
    def whole_leads(self) -> tuple[Located, ...]:
        """The duties that give the lead of the whole plan."""
        return tuple(item for item in self.duties if item.statement.by and leads_whole(item.statement))

    def carried(self, task: Located) -> tuple[Carrier, ...]:
        """The duties that carry out a task; those that lead the whole plan, if none does and it names nobody itself."""
        named = self.carriers.get(task.statement.id or "", ())
        return named if named or task.statement.by else tuple(Carrier(item, partly=False) for item in self.whole_leads)

    @cached_property
    def duties_due(self) -> dict[str, tuple[Located, ...]]:
        """The duties that have a deadline, by the deadline's id."""
        return _grouped((item.statement.deadline, item) for item in self.duties if item.statement.deadline)

    @cached_property
    def answers(self) -> dict[str, tuple[Answer, ...]]:
        """The duties without an owner for which an agency answers, by duties of its own or as the one advised."""
        found: list[tuple[str, Answer]] = []
        for item in self.duties:
            answering = [p for duty in item.statement.answered_by for p in self.parts_in.get(duty, ()) if p.main]
            parts = [p for p in answering if p.owns or (p.kind == "receives" and "advise" in p.item.statement.role)]
            found += [(actor, Answer(item, some)) for actor, some in _grouped((p.actor, p) for p in parts).items()]
        return _grouped(found)

    @cached_property
    def seats(self) -> dict[str, tuple[Seat, ...]]:
        """The seats of an agency, of an office in it, or of its group, by the agency's id."""
        held = ((body, member) for body in self.bodies for member in body.members)
        return _grouped((holder, Seat(body, member)) for body, member in held for holder in self._holders(member.who))

    @property
    def is_over(self) -> bool:
        """True if the term was over on the day on which the plan is looked at."""
        return self.head.period.to < self.day.year

    @property
    def day(self) -> dt.date:
        """The day on which the plan is looked at: the one named, else that of the edition; never the clock's."""
        return self.today or self.head.edition

    @cached_property
    def sheet_agencies(self) -> tuple[str, ...]:
        """The agencies that have a responsibility sheet: those with a part in a duty, or a seat, in data order."""
        without = ("foreign", "person-office")
        wanted = self.parts.keys() | self.seats.keys()
        return tuple(a.id for a in self.agencies if a.id in wanted and a.kind not in without)

    @cached_property
    def sheet_groups(self) -> tuple[str, ...]:
        """The groups that have a sheet to hand on: those that list no members and have duties of their own."""
        owns = (g.id for g in self.groups if not g.members and any(part.owns for part in self.parts.get(g.id, ())))
        return tuple(owns)

    def has_sheet(self, agency: str) -> bool:
        """True if the agency, or the group without known members, has a responsibility sheet."""
        return agency in self._with_sheet

    def stands_for(self, actor: str, agency: str) -> bool:
        """True if an id means this agency: itself, or a group that it is a member of."""
        return actor == agency or agency in self._member_sets.get(actor, ())

    def once(self, make: Callable[..., V], *about: Hashable) -> V:
        """What a pure function makes of the plan, and of what else it is told, made once: a plan never changes."""
        key = (make, about)
        if key not in self._made:
            self._made[key] = make(self, *about)
        made: V = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _every_part(self) -> tuple[Part, ...]:
        return parts_of(self.duties, self.group)

    @cached_property
    def _with_sheet(self) -> frozenset[str]:
        return frozenset((*self.sheet_agencies, *self.sheet_groups))

    @cached_property
    def _member_sets(self) -> dict[str, frozenset[str]]:
        return {group.id: frozenset(group.members) for group in self.groups}

    def _holders(self, who: str) -> tuple[str, ...]:
        """Whose a seat is: an office's is also the agency's whose office it is."""
        office = self.agency.get(who)
        above = (office.parent,) if office and office.kind == "person-office" and office.parent else ()
        return (*self.members(who), *above)

    @cached_property
    def bodies(self) -> tuple[model.Agency, ...]:
        """The agencies that have seats for others."""
        return tuple(agency for agency in self.agencies if agency.members)

    @cached_property
    def places_of(self) -> dict[str, tuple[model.Place, ...]]:
        """The places of each agency that has any, by the agency's id."""
        return _grouped((place.agency, place) for place in self.places if place.agency)

    def members(self, actor: str) -> tuple[str, ...]:
        """The agencies that an id stands for: a group's members, or the agency itself."""
        group = self.group.get(actor)
        return group.members if group else (actor,)


def paragraph_text(paragraph: model.Paragraph) -> Text:
    """A paragraph's statements joined: exactly what is issued."""
    return join_texts(strong_text(s.text) if s.strong else s.text for s in paragraph.statements)


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    found: dict[str, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
