"""Where a provision of the plan stands, and what is around it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import types as model


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


@dataclass(frozen=True)
class Provision:
    """What the id of a clause, a paragraph or a statement means: `chain` leads from the section down to the clause.

    `paragraph` is None for a clause, `statement` for a clause or a paragraph.
    """

    chain: tuple[model.Clause, ...]
    paragraph: model.Paragraph | None = None
    statement: model.Statement | None = None

    @property
    def clause(self) -> model.Clause:
        """The innermost clause: the provision itself, or what it stands in."""
        return self.chain[-1]


def provisions_of(sections: tuple[model.Clause, ...]) -> dict[str, Provision]:
    """Every clause, paragraph and statement that has an id, by id: they share one id space."""
    found: dict[str, Provision] = {}
    for chain in (chain for section in sections for chain in chains_of(section)):
        found[chain[-1].id] = Provision(chain)
        for paragraph in chain[-1].paragraphs:
            if paragraph.id:
                found[paragraph.id] = Provision(chain, paragraph)
            found |= {s.id: Provision(chain, paragraph, s) for s in paragraph.statements if s.id}
    return found


def chains_of(clause: model.Clause, above: tuple[model.Clause, ...] = ()) -> Iterator[tuple[model.Clause, ...]]:
    """A clause and all inside it, in order, each as the chain that leads down to it."""
    chain = (*above, clause)
    yield chain
    for inner in clause.clauses:
        yield from chains_of(inner, chain)
