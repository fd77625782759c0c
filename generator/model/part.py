"""What each agency has to do with each duty, and who carries out which task: one answer for all documents. Pure.

An agency has a part by its own name or through a group. A group that lists no members stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model import types as model
from generator.model.provision import Located, Provision

Kind = Literal["does", "requested", "coordinates", "directed", "receives", "relays"]


@dataclass(frozen=True)
class Part:
    """One way in which an actor is named in a duty; `through` are the ids of its groups, empty by its own name.

    `main` is the one that counts where a duty may stand only once: who does it does not also stand beside it.
    """

    item: Located
    actor: str
    kind: Kind
    through: tuple[str, ...]
    main: bool

    @property
    def owns(self) -> bool:
        """True if the duty is the actor's own, given to it or asked of it."""
        return self.kind in ("does", "requested")


@dataclass(frozen=True)
class Carrier:
    """A duty that carries out a task, wholly or `partly`."""

    duty: Located
    partly: bool

    @property
    def general(self) -> bool:
        """True if the duty gives the lead of the whole plan, and names no task."""
        return leads_whole(self.duty.statement)


def leads_whole(statement: model.Statement) -> bool:
    """True if a duty gives the lead of the whole plan."""
    return statement.whole and "lead" in statement.role


def parts_of(duties: Iterable[Located], groups: Mapping[str, model.Group]) -> tuple[Part, ...]:
    """Every part in every duty: in the order of the duties, those of one duty from the strongest to the weakest."""
    return tuple(part for item in duties for part in _parts(item, groups))


def carriers_of(
    tasks: Iterable[Located], duties: Iterable[Located], provisions: Mapping[str, Provision]
) -> dict[str, tuple[Carrier, ...]]:
    """Who carries out each task, by the task's id; a duty that names a clause or paragraph carries out all below it."""
    below: dict[str, list[str]] = {}
    for task in tasks:
        identity = task.statement.id or ""
        for above in (*(clause.id for clause in task.clauses), task.paragraph.id, identity):
            if above:
                below.setdefault(above, []).append(identity)
    carriers: dict[str, list[Carrier]] = {}
    for duty in duties:
        extents: dict[str, bool] = {}
        for named, partly in _named_tasks(duty.statement, provisions):
            extents |= dict.fromkeys(below.get(named, ()), partly)
        for identity, partly in extents.items():
            carriers.setdefault(identity, []).append(Carrier(duty, partly))
    return {identity: tuple(found) for identity, found in carriers.items()}


def _parts(item: Located, groups: Mapping[str, model.Group]) -> Iterator[Part]:
    statement = item.statement
    own: Kind = "requested" if statement.force == "request" else "does"
    named: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        (own, statement.by), ("coordinates", statement.with_), ("directed", statement.over),
        ("receives", statement.to), ("relays", statement.via),
    )  # fmt: skip
    seen: set[str] = set()
    for kind, actors in named:
        for actor, through in _reached(actors, groups).items():
            yield Part(item, actor, kind, through, actor not in seen)
            seen.add(actor)


def _reached(actors: tuple[str, ...], groups: Mapping[str, model.Group]) -> dict[str, tuple[str, ...]]:
    """Whom these names reach, each with the groups through which it is reached if it is not named itself."""
    found: dict[str, list[str]] = {}
    for actor in actors:
        for member in groups[actor].members if actor in groups else ():
            found.setdefault(member, []).append(actor)
    itself = {actor for actor in actors if actor not in groups or not groups[actor].members}
    return {actor: () for actor in actors if actor in itself} | {
        actor: tuple(dict.fromkeys(through)) for actor, through in found.items() if actor not in itself
    }


def _named_tasks(statement: model.Statement, provisions: Mapping[str, Provision]) -> list[tuple[str, bool]]:
    """What a duty says it carries out, the widest first: what it says of a task outweighs what of its clause."""

    def depth(named: tuple[str, bool]) -> tuple[bool, bool, int]:
        place = provisions[named[0]]
        return place.statement is not None, place.paragraph is not None, len(place.chain)

    named = [*((i, False) for i in statement.implements), *((i, True) for i in statement.partly)]
    return sorted(named, key=depth)
