"""Which reports a plan asks of whom: one form for each agency and kind of report. Pure.

A report is asked for by a duty to report at a recurring deadline or at once, or by a review that an agency answers for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import types as model
from generator.model.part import Part
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.model.reports import ReportKind
from generator.words.limits import says_at_once
from generator.words.periods import Period

APART = "--"  # no id holds two hyphens
AT_ONCE = "dot-xuat"
_REVIEWS: dict[str, ReportKind] = {"review": "review", "summary": "summary"}


@dataclass(frozen=True)
class Form:
    """A report form. `item` is the statement that asks for it, `parts` are the agency's own in that or in what makes it
    answer for it; `number` is its place among the agency's periodic ones, from 0.
    """

    agency: str
    kind: ReportKind
    item: Located
    parts: tuple[Part, ...]
    deadline: model.Deadline
    number: int = 0

    @property
    def id(self) -> str:
        """The agency's id for its first periodic report, `agency--deadline` for others, `agency--dot-xuat` at once."""
        if self.kind == "at-once":
            return f"{self.agency}{APART}{AT_ONCE}"
        is_first = self.kind == "periodic" and not self.number
        return self.agency if is_first else f"{self.agency}{APART}{self.deadline.id}"

    def covers(self, period: Period, plan: Plan) -> bool:
        """True if it is due for this period; what is reported at once never is."""
        if self.kind == "at-once" or period.day:
            return False
        if self.deadline.kind == "once":
            return (period.every, period.year) == ("year", self.deadline.year)
        first, last = self.deadline.from_ or plan.head.period.from_, self.deadline.to or plan.head.period.to
        return self.deadline.every == period.every and first <= period.year <= last


def forms_of(plan: Plan) -> dict[str, Form]:
    """Every form by its id, in the plan's order of agencies, an agency's periodic ones first."""
    return plan.once(_forms)


def _forms(plan: Plan) -> dict[str, Form]:
    forms = (form for agency in plan.sheet_agencies for form in _asked_of(plan, agency))
    found: dict[str, Form] = {}
    for form in forms:
        found.setdefault(form.id, form)
    return found


def _asked_of(plan: Plan, agency: str) -> Iterator[Form]:
    own = [part for part in plan.parts.get(agency, ()) if part.owns]
    periodic: dict[str, Form] = {}
    at_once: list[Form] = []
    for part in own:
        deadline = plan.deadline.get(part.item.statement.deadline or "")
        if deadline is None or "report" not in part.item.statement.role:
            continue
        if deadline.kind == "recurring":
            form = Form(agency, "periodic", part.item, (part,), deadline, len(periodic))
            periodic.setdefault(deadline.id, form)
        elif any(says_at_once(words) for words in (deadline.label, *deadline.aliases)):
            at_once.append(Form(agency, "at-once", part.item, (part,), deadline))
    yield from periodic.values()
    yield from _reviews(plan, agency, own)
    yield from at_once[:1]


def _reviews(plan: Plan, agency: str, own: list[Part]) -> Iterator[Form]:
    """Of the reviews that are its own duty, or that name nobody and for which it answers."""
    asked: list[tuple[Located, tuple[Part, ...]]] = [(part.item, (part,)) for part in own]
    asked += [(answer.item, answer.parts) for answer in plan.answers.get(agency, ())]
    for item, parts in asked:
        deadline = plan.deadline.get(item.statement.deadline or "")
        if deadline is not None and "report" not in item.statement.role and deadline.applies_to in _REVIEWS:
            yield Form(agency, _REVIEWS[deadline.applies_to], item, parts, deadline)
