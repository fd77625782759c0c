"""What an id means: one answer for clauses, paragraphs and statements."""

import pytest
from small import load_small

from generator.rules.public import public_plan
from generator.views.nodes import cite_provision


@pytest.fixture(scope="module")
def plan():
    return load_small().plan


def test_an_id_means_a_clause_a_paragraph_or_a_statement(plan):
    """The chain leads down to the clause; what lies deeper is there where the id names it."""
    clause, paragraph, statement = (plan.provision(i) for i in ("c-1", "c-1-1", "c-1-1a"))
    assert [c.id for c in clause.chain][-1] == "c-1" and (clause.paragraph, clause.statement) == (None, None)
    assert paragraph.paragraph.id == "c-1-1" and paragraph.statement is None
    assert statement.statement.id == "c-1-1a" and statement.paragraph is paragraph.paragraph


def test_an_unknown_id_means_nothing(plan):
    """It is not among the provisions, and to ask what it means is an error."""
    assert "c-99" not in plan.provisions
    with pytest.raises(KeyError):
        cite_provision(plan, "c-99")


def test_every_node_has_its_provision(plan):
    """Clauses, paragraphs and statements that have an id are found by it, in the plan's order."""
    wanted = []
    for section in plan.sections:
        for clause in section.walk():
            wanted.append(clause.id)
            for paragraph in clause.paragraphs:
                wanted += [r.id for r in (paragraph, *paragraph.statements) if r.id]
    assert list(plan.provisions) == wanted


def test_the_public_plan_knows_only_its_own():
    """What is cut is no provision of the public plan."""
    change = ("        task: Trưng bày sách", "        task: Trưng bày sách\n        audience: internal")
    whole = load_small(sections_1_yml=change).plan
    assert "c-1-1a" in whole.provisions and "c-1-1a" not in public_plan(whole).provisions
