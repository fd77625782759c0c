"""What a rule of the review finds, and the words that the rules share. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.part import Carrier
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.views.nodes import Citation, cite, excerpt, names
from generator.words.links import Text
from generator.words.names import upper_first


@dataclass(frozen=True)
class Finding:
    """What a rule found: `about` is the id of a statement, agency, group or other record; `quote` is verbatim or empty.

    What the quote needs to be read alone stands in it in square brackets.
    """

    about: str
    subject: str
    text: str
    citations: tuple[Citation, ...]
    quote: str = ""


def found(item: Located, subject: str, text: str, *others: Located) -> Finding:
    """A finding about a statement, with its words; `others` are cited too."""
    return Finding(identity(item), upper_first(subject), text, citations([item, *others]), excerpt(item.statement))


def identity(item: Located) -> str:
    """The id of a statement."""
    return item.statement.id or ""


def citations(items: Iterable[Located]) -> tuple[Citation, ...]:
    """Where statements stand, each place once."""
    every = [cite(item.clauses, item.paragraph) for item in items]
    return tuple(
        {citation.short: citation for citation in reversed(every)}[s] for s in dict.fromkeys(c.short for c in every)
    )


def named_in(item: Located) -> set[str]:
    """Whom a statement names as its subject; who else does it is the editor's inference.

    In its words, in the headings above it, or as the subject of what stands before it in the paragraph.
    """
    statements = item.paragraph.statements
    before = statements[: next(i for i, statement in enumerate(statements) if statement.id == item.statement.id)]
    headings = (clause.heading for clause in item.clauses if clause.heading)
    return _linked(item.statement.text, *headings).union(*(_linked(s.text).intersection(s.by) for s in before))


def _linked(*texts: Text) -> set[str]:
    return {target for text in texts for link in text.links() for target in link.targets}


def places(items: Iterable[Located]) -> str:
    """Where statements stand, in words, each place once."""
    return ", ".join(dict.fromkeys(cite(item.clauses).text for item in items))


def owners(plan: Plan, items: Iterable[Located]) -> str:
    """Who has some duties, and where that stands: `Sở Tư pháp (khoản 5 Mục V); …`."""
    found_in: dict[str, list[Located]] = {}
    for item in items:
        found_in.setdefault(names(plan, item.statement.by), []).append(item)
    return "; ".join(f"{who} ({places(here)})" for who, here in found_in.items())


def carried_by(plan: Plan, task: Located, carriers: Iterable[Carrier]) -> str:
    """Who carries out a task and by which clause; where only in some places, in which."""
    phrases = []
    for carrier in carriers:
        where = [plan.place[place].name for place in beyond(task, carrier)]
        extent = f", chỉ ở {', '.join(where)}" if where else ""
        statement = carrier.duty.statement
        asked = "được đề nghị, " if statement.force == "request" else ""
        phrases.append(f"{names(plan, statement.by)} ({asked}{cite(carrier.duty.clauses).text}{extent})")
    return "; ".join(dict.fromkeys(phrases))


def beyond(task: Located, carrier: Carrier) -> tuple[str, ...]:
    """The places to which a duty is confined, and the task that it carries out is not."""
    return tuple(place for place in carrier.duty.statement.places if place not in task.statement.places)


def disjoint(sets: Iterable[set[str]]) -> int:
    """How many of the sets have nobody in common with one counted before."""
    counted: list[set[str]] = []
    for actors in sets:
        if actors and not any(actors & other for other in counted):
            counted.append(actors)
    return len(counted)
