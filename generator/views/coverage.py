"""The review of how a plan shares out its work: findings made by rules over the plan, each with its clauses. Pure.

A finding is no fault by itself; it is what whoever runs the plan should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.model import types as model
from generator.model.part import Carrier
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.views.labels import ROLE
from generator.views.nodes import Citation, cite, names
from generator.words.names import upper_first

_ONE_HOLDER: tuple[model.Role, ...] = ("standing-body", "supervise")


@dataclass(frozen=True)
class Finding:
    """What a rule found: `about` is the id of a statement, agency, group or deadline; `quote` is verbatim or empty."""

    about: str
    subject: str
    text: str
    citations: tuple[Citation, ...]
    quote: str = ""


@dataclass(frozen=True)
class RuleView:
    """A rule with what it found; `key` is stable.

    `alike` is True where several findings say the same, which the title says already.
    """

    key: str
    title: str
    explanation: str
    findings: tuple[Finding, ...]
    alike: bool


@dataclass(frozen=True)
class CoverageView:
    """Every rule, in the order in which a reader needs them."""

    rules: tuple[RuleView, ...]

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(len(rule.findings) for rule in self.rules)


def view_coverage(plan: Plan) -> CoverageView:
    """Run every rule over a plan."""
    return CoverageView(tuple(_rule(key, title, text, tuple(find(plan))) for key, title, text, find in _RULES))


def _rule(key: str, title: str, explanation: str, findings: tuple[Finding, ...]) -> RuleView:
    alike = len(findings) > 1 and len({finding.text for finding in findings}) == 1
    return RuleView(key, title, explanation, findings, alike)


def _unowned_tasks(plan: Plan) -> Iterator[Finding]:
    for item in plan.tasks:
        if not item.statement.by and not _carriers(plan, item):
            yield _finding(item, item.statement.task or "", "Không khoản nào ghi ai làm.")


def _partly_owned_tasks(plan: Plan) -> Iterator[Finding]:
    for item in plan.tasks:
        carriers = _carriers(plan, item)
        if not item.statement.by and carriers and all(carrier.partly for carrier in carriers):
            text = f"Chỉ một phần có nơi làm: {_phrases(plan, carriers, extent=False)}."
            yield _finding(item, item.statement.task or "", text, *(carrier.duty for carrier in carriers))


def _tasks_with_two_owners(plan: Plan) -> Iterator[Finding]:
    for item in plan.tasks:
        carriers = _carriers(plan, item)
        duties = [carrier.duty for carrier in carriers]
        owners = [set(item.statement.by), *(set(duty.statement.by) for duty in duties)]
        if _disjoint(owners) < 2:
            continue
        text = f"{_phrases(plan, carriers)}."
        leads = {actor for duty in duties if "lead" in duty.statement.role for actor in duty.statement.by}
        text += f" Chủ trì: {names(plan, sorted(leads))}." if leads else " Không khoản nào ghi ai chủ trì."
        yield _finding(item, item.statement.task or "", text, *duties)


def _duties_without_lead(plan: Plan) -> Iterator[Finding]:
    for item in plan.duties:
        named = [actor for actor in item.statement.by if actor in plan.agency]
        if len(named) > 1:
            text = "Giao chung, không ghi nơi nào chủ trì."
            yield _finding(item, names(plan, named), text)


def _unowned_duties(plan: Plan) -> Iterator[Finding]:
    for item in plan.duties:
        if not item.statement.by:
            yield _finding(item, "", "Không ghi ai làm.")


def _duties_without_deadline(plan: Plan) -> Iterator[Finding]:
    for item in plan.duties:
        if item.statement.deadline is None:
            yield _finding(item, names(plan, item.statement.by), "Không ghi thời hạn.")


def _vague_deadlines(plan: Plan) -> Iterator[Finding]:
    for item in plan.duties:
        deadline = plan.deadline[item.statement.deadline] if item.statement.deadline else None
        if deadline is None or deadline.kind == "phase":
            continue
        if deadline.kind == "unspecified":
            text = f"Ghi “{deadline.label}”, không ghi bao lâu một lần hay khi nào."
        elif deadline.day == "unspecified":
            text = f"Ghi “{deadline.label}”, không ghi ngày."
        else:
            continue
        yield _finding(item, names(plan, item.statement.by), text)


def _without_reporting(plan: Plan) -> Iterator[Finding]:
    reports = [item.statement for item in plan.duties if "report" in item.statement.role]
    reporting = {a for s in reports for actor in s.by for a in (actor, *plan.members(actor))}
    receiving = {a for s in reports for actor in (*s.to, *s.via) for a in (actor, *plan.members(actor))}
    nobody_listed = (group.id for group in plan.groups if not group.members)
    for actor in (*plan.sheet_agencies, *nobody_listed):
        duties = [part.item for part in plan.parts.get(actor, ()) if part.owns]
        if duties and actor not in reporting | receiving:
            text = "Có nhiệm vụ nhưng không khoản nào ghi phải báo cáo."
            yield Finding(actor, upper_first(names(plan, [actor])), text, _citations(duties))


def _one_sided(plan: Plan) -> Iterator[Finding]:
    for item in plan.duties:
        by = item.statement.by
        owners = {one for actor in by for one in _those(plan, actor)}
        for partner in item.statement.with_:
            answers = [duty for duty in plan.once(_duties_of, partner) if duty is not item]
            if not by or not answers or any(not owners.isdisjoint(plan.once(_beside)[_id(d)]) for d in answers):
                continue
            text = f"Nêu {names(plan, by)} phối hợp với {names(plan, [partner])}; "
            text += f"những khoản giao việc cho {names(plan, [partner])} không nêu lại."
            yield _finding(item, f"{names(plan, by)} → {names(plan, [partner])}", text, *answers)


def _differing_groups(plan: Plan) -> Iterator[Finding]:
    lists = {_id(item): (item, _groups(plan, item.statement.by)) for item in plan.duties}
    several = {key: value for key, value in lists.items() if len(value[1]) > 1}
    for group in plan.groups:
        having = [(item, groups) for item, groups in several.values() if group.id in groups]
        beside = {other for _, groups in having for other in groups} - {group.id}
        lacking = [item for item, groups in several.values() if group.id not in groups and groups & beside]
        if having and lacking:
            text = f"Có ở {_places(i for i, _ in having)}; không có ở {_places(lacking)}, nơi cũng nêu các nhóm kia."
            yield Finding(group.id, upper_first(group.name), text, _citations([*(i for i, _ in having), *lacking]))


def _members_beside_groups(plan: Plan) -> Iterator[Finding]:
    for item in plan.duties:
        for actors in (item.statement.by, item.statement.with_):
            for actor in actors:
                around = [g for g in actors if g != actor and plan.stands_for(g, actor)]
                if around:
                    text = f"Nêu riêng bên cạnh {names(plan, around)}, như không thuộc nhóm; "
                    text += "dữ liệu xếp vào nhóm."
                    yield _finding(item, names(plan, [actor]), text)


def _same_role_twice(plan: Plan) -> Iterator[Finding]:
    for role in _ONE_HOLDER:
        holders = [item for item in plan.duties if role in item.statement.role]
        if _disjoint(set(item.statement.by) for item in holders) > 1:
            parts = "; ".join(f"{names(plan, i.statement.by)} ({cite(i.clauses, i.paragraph).text})" for i in holders)
            text = f"Cùng vai trò {ROLE[role].lower()}: {parts}."
            yield Finding(_id(holders[0]), ROLE[role], text, _citations(holders))
    for agency in plan.agencies:
        own = (part.item for part in plan.parts.get(agency.id, ()) if part.owns)
        reports = [i for i in own if "report" in i.statement.role and i.statement.by == (agency.id,)]
        if len({item.clause.id for item in reports}) > 1:
            text = f"Phải báo cáo theo {len(reports)} khoản ({_places(reports)}); không ghi có phải là một báo cáo."
            yield Finding(agency.id, f"{ROLE['report']}: {agency.name}", text, _citations(reports))


def _finding(item: Located, subject: str, text: str, *others: Located) -> Finding:
    quote = item.statement.text.reading()
    return Finding(_id(item), upper_first(subject), text, _citations([item, *others]), quote)


def _id(item: Located) -> str:
    return item.statement.id or ""


def _citations(items: Iterable[Located]) -> tuple[Citation, ...]:
    citations = [cite(item.clauses, item.paragraph) for item in items]
    first = {citation.short: citation for citation in reversed(citations)}
    return tuple(first[short] for short in dict.fromkeys(c.short for c in citations))


def _places(items: Iterable[Located]) -> str:
    return ", ".join(dict.fromkeys(cite(item.clauses).text for item in items))


def _carriers(plan: Plan, task: Located) -> tuple[Carrier, ...]:
    return plan.carriers.get(_id(task), ())


def _phrases(plan: Plan, carriers: Iterable[Carrier], *, extent: bool = True) -> str:
    phrases = (
        f"{names(plan, c.duty.statement.by)} ({cite(c.duty.clauses).text}{', một phần' if c.partly and extent else ''})"
        for c in carriers
    )
    return "; ".join(dict.fromkeys(phrases))


def _disjoint(sets: Iterable[set[str]]) -> int:
    """How many of the sets have nobody in common with one counted before."""
    counted: list[set[str]] = []
    for actors in sets:
        if actors and not any(actors & other for other in counted):
            counted.append(actors)
    return len(counted)


def _groups(plan: Plan, actors: Iterable[str]) -> set[str]:
    return {actor for actor in actors if actor in plan.group}


def _those(plan: Plan, actor: str) -> tuple[str, ...]:
    """Whom a name means: an agency, the members of a group, or a group that lists none."""
    return plan.members(actor) or (actor,)


def _duties_of(plan: Plan, partner: str) -> tuple[Located, ...]:
    """A partner's own duties: its, a group's it belongs to, or a member's."""
    own = {_id(part.item) for actor in _those(plan, partner) for part in plan.parts.get(actor, ()) if part.owns}
    return tuple(item for item in plan.duties if _id(item) in own)


def _beside(plan: Plan) -> dict[str, frozenset[str]]:
    """Whom a duty names besides those who do it, by the duty's id."""
    return {duty: frozenset(part.actor for part in parts if not part.owns) for duty, parts in plan.parts_in.items()}


_RULES: tuple[tuple[str, str, str, Callable[[Plan], Iterable[Finding]]], ...] = (
    (
        "task-unowned",
        "Việc không ai được giao",
        "Không khoản nào ghi ai làm, và không nhiệm vụ được giao nào thực hiện việc này. Câu giao chung cả văn bản mà "
        "không nêu việc gì thì không tính.",
        _unowned_tasks,
    ),
    (
        "task-partly-owned",
        "Việc chỉ một phần có nơi làm",
        "Có nhiệm vụ được giao liên quan, nhưng không nhiệm vụ nào bao trùm cả việc này.",
        _partly_owned_tasks,
    ),
    (
        "task-two-owners",
        "Việc có từ hai nơi cùng làm",
        "Từ hai cơ quan trở lên, ở các khoản khác nhau, cùng thực hiện một việc: cần rõ ai chủ trì.",
        _tasks_with_two_owners,
    ),
    (
        "duty-without-owner",
        "Nhiệm vụ không ghi ai làm",
        "Có việc phải làm, có khi có thời hạn, mà không có chủ thể.",
        _unowned_duties,
    ),
    (
        "duty-without-lead",
        "Nhiệm vụ giao chung, không ghi ai chủ trì",
        "Một nhiệm vụ nêu tên từ hai cơ quan.",
        _duties_without_lead,
    ),
    (
        "agency-without-reporting-duty",
        "Nơi có nhiệm vụ nhưng không phải báo cáo",
        "Không tính nơi nhận báo cáo và đầu mối nhận báo cáo.",
        _without_reporting,
    ),
    (
        "coordination-not-mutual",
        "Phối hợp chỉ ghi ở một phía",
        "Khoản của nơi này nêu nơi kia phối hợp, nhưng các khoản của nơi kia không nêu nơi này. Nơi mà văn bản không "
        "giao việc gì thì không tính.",
        _one_sided,
    ),
    (
        "role-twice",
        "Một vai trò giao hai lần",
        "Vai trò lẽ ra một nơi giữ, hoặc một nơi phải báo cáo theo nhiều khoản.",
        _same_role_twice,
    ),
    (
        "group-differs-between-clauses",
        "Nhóm cơ quan không giống nhau giữa các khoản",
        "Các khoản giao việc cho nhiều nhóm cùng lúc nhưng kể các nhóm khác nhau.",
        _differing_groups,
    ),
    (
        "member-beside-group",
        "Cơ quan nêu riêng bên cạnh nhóm của mình",
        "Một câu nêu cả cơ quan và nhóm mà dữ liệu xếp cơ quan đó vào.",
        _members_beside_groups,
    ),
    (
        "deadline-vague",
        "Thời hạn không đủ rõ để xếp lịch",
        "Có nói đến thời gian nhưng không ghi ngày hoặc kỳ hạn.",
        _vague_deadlines,
    ),
    (
        "duty-without-deadline",
        "Nhiệm vụ không ghi thời hạn",
        "Nhiều việc làm thường xuyên trong cả thời kỳ, nên không hẳn là thiếu.",
        _duties_without_deadline,
    ),
)
