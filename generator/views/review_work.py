"""The review's rules about the work: tasks, duties and their deadlines. Each gives findings from a plan. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import types as model
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.views.finding import Finding, beyond, carried_by, disjoint, found, identity, named_in, owners
from generator.views.nodes import cite, names
from generator.words.names import upper_first


def unowned_tasks(plan: Plan) -> Iterator[Finding]:
    """Tasks that no duty takes up; who leads the whole plan has them, but only in general."""
    leads = plan.whole_leads
    text = f"Chỉ giao chung: {owners(plan, leads)}." if leads else "Không khoản nào ghi ai làm."
    for item in plan.tasks:
        if not item.statement.by and not plan.carriers.get(identity(item)):
            yield found(item, item.statement.task or "", text)


def partly_owned_tasks(plan: Plan) -> Iterator[Finding]:
    """Tasks of which duties take up only a part, and those that several do without one that leads."""
    for item in plan.tasks:
        carriers = plan.carriers.get(identity(item), ())
        duties = [carrier.duty for carrier in carriers]
        shared = disjoint([set(item.statement.by), *(set(duty.statement.by) for duty in duties)]) > 1
        led = any("lead" in duty.statement.role for duty in duties)
        scoped = bool(item.statement.places)
        covered = item.statement.by or any(not c.partly and (scoped or not beyond(item, c)) for c in carriers)
        if not carriers or (shared and led) or (covered and not shared):
            continue
        text = f"{'Nhiều nơi cùng làm' if covered else 'Chỉ một phần có nơi làm'}: {carried_by(plan, item, carriers)}."
        if shared and any(duty.statement.force == "assign" for duty in duties):
            text += " Không khoản nào ghi ai chủ trì."
        yield found(item, item.statement.task or "", text, *duties)


def unowned_duties(plan: Plan) -> Iterator[Finding]:
    """Duties that name nobody, with the duties that make somebody answer for them."""
    for item in plan.duties:
        if not item.statement.by:
            answering = _answering(plan, item)
            text = "Không ghi ai làm."
            text += f" Khoản khác khiến có nơi phải lo: {owners(plan, answering)}." if answering else ""
            yield found(item, "", text, *answering)


def duties_without_lead(plan: Plan) -> Iterator[Finding]:
    """Duties given to several agencies by name; those of one clause together.

    An agency that the text does not name is the editor's inference, and no matter of the plan's.
    """
    together: dict[tuple[str, ...], list[Located]] = {}
    for item in plan.duties:
        named = [actor for actor in item.statement.by if actor in plan.agency]
        if len(named) > 1 and named_in(item).issuperset(named):
            together.setdefault((item.clause.id, *named), []).append(item)
    for (_, *named), items in together.items():
        several = f" {len(items)} nhiệm vụ" if len(items) > 1 else ""
        yield found(items[0], names(plan, named), f"Giao chung{several}, không ghi nơi nào chủ trì.", *items[1:])


def products_ordered_twice(plan: Plan) -> Iterator[Finding]:
    """The same thing to be made by several clauses: who and when differ."""
    orders: dict[str, list[Located]] = {}
    for item in plan.duties:
        if item.statement.makes:
            orders.setdefault(item.statement.makes, []).append(item)
    for items in orders.values():
        if len({item.clause.id for item in items}) < 2:
            continue
        parts = [f"{cite(i.clauses).text} ({_when(plan, i)}): {names(plan, i.statement.by)}" for i in items]
        everyone = dict.fromkeys(actor for item in items for actor in item.statement.by)
        only = [a for a in everyone if any(a not in item.statement.by for item in items)]
        text = f"{upper_first('; '.join(parts))}. Không ghi có phải một kế hoạch không."
        text += f" Không phải khoản nào cũng nêu: {names(plan, only)}." if only else ""
        yield found(items[0], "Kế hoạch, chương trình của từng nơi", text, *items[1:])


def vague_deadlines(plan: Plan) -> Iterator[Finding]:
    """Deadlines without a day or a period, with the duties for which no other clause says when."""
    for deadline in plan.deadlines:
        if deadline.kind == "phase":
            continue
        if deadline.kind == "unspecified":
            text = f"Ghi “{deadline.label}”, không ghi bao lâu một lần hay khi nào."
        elif deadline.day == "unspecified":
            text = f"Ghi “{deadline.label}”, không ghi ngày."
        else:
            continue
        every = plan.duties_due.get(deadline.id, ())
        due = [item for item in every if deadline.kind != "unspecified" or not _said_elsewhere(plan, item)]
        if due:
            who = dict.fromkeys(actor for item in due for actor in item.statement.by)
            yield found(due[0], names(plan, who), text, *due[1:])


def undated_duties(plan: Plan) -> Iterator[Finding]:
    """Duties to be done once, a plan to make or a decision to advise, for which no clause says when.

    What is done all the time needs no date, and a request can set none.
    """
    for item in plan.duties:
        statement = item.statement
        advises = "advise" in statement.role and bool(statement.to) and "standing-body" not in statement.role
        if statement.deadline or statement.force == "request" or not (advises or statement.makes):
            continue
        if _said_elsewhere(plan, item):
            continue
        dated = [
            i for i in plan.duties if statement.makes and i.statement.makes == statement.makes and i.statement.deadline
        ]
        lacking = [actor for actor in statement.by if not any(actor in i.statement.by for i in dated)]
        if not lacking:
            continue
        text = "Không ghi thời hạn."
        if dated:
            when = "; ".join(f"{cite(i.clauses).text} ghi {_when(plan, i)}" for i in dated)
            text = f"Không ghi thời hạn; {when}, nhưng không nêu {names(plan, lacking)}."
        yield found(item, names(plan, statement.by), text, *dated)


def _answering(plan: Plan, item: Located) -> list[Located]:
    return [duty for duty in plan.duties if identity(duty) in item.statement.answered_by]


def _when(plan: Plan, item: Located) -> str:
    deadline = item.statement.deadline
    return f"“{plan.deadline[deadline].label}”" if deadline else "không ghi thời hạn"


def _said_elsewhere(plan: Plan, item: Located) -> bool:
    """True if another clause says when: one that this duty answers for, or one by which the same is reported."""
    statement = item.statement
    for other in plan.duties:
        if not other.statement.deadline or not _is_a_time(plan.deadline[other.statement.deadline]):
            continue
        if identity(item) in other.statement.answered_by:
            return True
        same = statement.to and statement.to == other.statement.to and other is not item
        if same and "report" in statement.role and "report" in other.statement.role:
            return True
    return False


def _is_a_time(deadline: model.Deadline) -> bool:
    return deadline.kind in ("recurring", "once")
