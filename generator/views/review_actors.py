"""The review's rules about who: reports, coordination, supervision, groups. Each gives findings from a plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import types as model
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.views.finding import Finding, citations, disjoint, found, identity, owners, places
from generator.views.labels import ROLE
from generator.views.nodes import cite, names
from generator.words.names import upper_first

_ONE_HOLDER: tuple[model.Role, ...] = ("standing-body", "supervise")


def without_reporting(plan: Plan) -> Iterator[Finding]:
    """Those who are given duties and are told by no clause to report; those asked to supervise, and to tell nobody.

    Who is only asked cannot be told to report.
    """
    reports = [item for item in plan.duties if "report" in item.statement.role]
    reporting = {a for i in reports for actor in i.statement.by for a in (actor, *plan.members(actor))}
    receiving = {
        a for i in reports for actor in (*i.statement.to, *i.statement.via) for a in (actor, *plan.members(actor))
    }
    unlisted = (group.id for group in plan.groups if not group.members)
    for actor in (*plan.sheet_agencies, *unlisted):
        given = [part.item for part in plan.parts.get(actor, ()) if part.kind == "does"]
        if given and actor not in reporting | receiving:
            text = f"Có nhiệm vụ nhưng không khoản nào nêu tên phải báo cáo.{_perhaps(plan, reports)}"
            yield Finding(actor, upper_first(names(plan, [actor])), text, citations(given))
    for item in plan.duties:
        statement = item.statement
        if statement.force == "request" and "supervise" in statement.role and reporting.isdisjoint(statement.by):
            text = "Được đề nghị giám sát, nhưng không khoản nào ghi kết quả giám sát gửi đến đâu."
            yield found(item, names(plan, statement.by), text)


def one_sided(plan: Plan) -> Iterator[Finding]:
    """Agencies named as partners whose own clauses all reach them through a group, and so do not mention it."""
    for item in plan.duties:
        statement = item.statement
        silent = [partner for partner in statement.with_ if partner in plan.agency and _is_unaware(plan, item, partner)]
        if silent and statement.by and statement.force == "assign":
            text = f"Nêu tên {names(plan, silent)} để phối hợp; các khoản giao việc cho nơi đó đều giao qua nhóm và "
            text += f"không nêu {names(plan, statement.by)} hay việc này."
            yield found(item, f"{names(plan, statement.by)} → {names(plan, silent)}", text)


def leads_that_supervise(plan: Plan) -> Iterator[Finding]:
    """Who leads the whole plan also supervises it, alone or beside another."""
    leads = plan.whole_leads
    leaders = {agency for item in leads for actor in item.statement.by for agency in plan.members(actor) or (actor,)}
    for item in plan.duties:
        if "supervise" not in item.statement.role:
            continue
        itself, beside = (_among(plan, leaders, actors) for actors in (item.statement.by, item.statement.with_))
        if itself:
            text = f"Vừa chủ trì cả văn bản ({places(leads)}), vừa giám sát ({cite(item.clauses).text})."
            yield found(item, names(plan, itself), text, *leads)
        elif beside:
            text = f"Giám sát cùng với chính nơi chủ trì: {owners(plan, leads)}."
            yield found(item, names(plan, item.statement.by), text, *leads)


def assigned_and_requested(plan: Plan) -> Iterator[Finding]:
    """Those who are given a duty by one clause and only asked by another, under one name or under two."""
    asked = [i for i in plan.duties if i.statement.force == "request"]
    given: dict[str, list[Located]] = {}
    for item in plan.duties:
        for actor in item.statement.by if item.statement.force == "assign" else ():
            given.setdefault(actor, []).append(item)
    for actor, duties in given.items():
        meant = _may_mean(plan, actor)
        alike = {other: i for i in asked for other in i.statement.by if meant & _may_mean(plan, other)}
        if alike:
            requests = list({id(i): i for i in asked if not alike.keys().isdisjoint(i.statement.by)}.values())
            text = f"Giao {names(plan, [actor])} ({places(duties)}), nhưng chỉ đề nghị "
            text += f"{names(plan, alike)} ({places(requests)})."
            text += "" if actor in alike else " Hai tên này có thể chỉ cùng những nơi; văn bản không nói rõ."
            yield Finding(actor, upper_first(names(plan, [actor])), text, citations([*duties, *requests]))


def differing_groups(plan: Plan) -> Iterator[Finding]:
    """Groups that some clauses name beside others, and other clauses with the same others leave out."""
    lists = {identity(item): (item, _groups(plan, item.statement.by)) for item in plan.duties}
    several = {key: value for key, value in lists.items() if len(value[1]) > 1}
    for group in plan.groups:
        having = [(item, groups) for item, groups in several.values() if group.id in groups]
        beside = {other for _, groups in having for other in groups} - {group.id}
        lacking = [item for item, groups in several.values() if group.id not in groups and groups & beside]
        if having and lacking:
            text = f"Có ở {places(i for i, _ in having)}; không có ở {places(lacking)}, nơi cũng nêu các nhóm kia."
            yield Finding(group.id, upper_first(group.name), text, citations([*(i for i, _ in having), *lacking]))


def members_beside_groups(plan: Plan) -> Iterator[Finding]:
    """Agencies named beside a group that the data put them in; all clauses that do so together."""
    beside: dict[tuple[str, ...], list[Located]] = {}
    for item in plan.duties:
        for actors in (item.statement.by, item.statement.with_):
            for actor in actors:
                around = [g for g in actors if g != actor and plan.stands_for(g, actor)]
                if around:
                    beside.setdefault((actor, *around), []).append(item)
    for (actor, *around), items in beside.items():
        text = (
            f"Nêu riêng bên cạnh {names(plan, around)} ở {places(items)}, như không thuộc nhóm; dữ liệu xếp vào nhóm."
        )
        yield found(items[0], names(plan, [actor]), text, *items[1:])


def same_role_twice(plan: Plan) -> Iterator[Finding]:
    """Roles that one holder should have, and an agency's own reports by several clauses."""
    for role in _ONE_HOLDER:
        holders = [item for item in plan.duties if role in item.statement.role]
        if disjoint(set(item.statement.by) for item in holders) > 1:
            text = f"Cùng vai trò {ROLE[role].lower()}: {owners(plan, holders)}."
            yield Finding(identity(holders[0]), ROLE[role], text, citations(holders))
    for agency in plan.agencies:
        own = (part.item for part in plan.parts.get(agency.id, ()) if part.owns)
        reports = [i for i in own if "report" in i.statement.role and i.statement.by == (agency.id,)]
        if len({item.clause.id for item in reports}) > 1:
            text = f"Phải báo cáo theo {len(reports)} khoản ({places(reports)}); không ghi có phải là một báo cáo."
            yield Finding(agency.id, f"{ROLE['report']}: {agency.name}", text, citations(reports))


def _perhaps(plan: Plan, reports: Iterable[Located]) -> str:
    """The groups that report and that the plan does not list: whoever has no other duty to report may be in them."""
    unlisted = [item for item in reports if any(plan.group[g].open for g in item.statement.by if g in plan.group)]
    if not unlisted:
        return ""
    return f" Có nhóm phải báo cáo mà văn bản không liệt kê hết ({places(unlisted)}), không rõ có gồm nơi này không."


def _is_unaware(plan: Plan, item: Located, partner: str) -> bool:
    own = [part for part in plan.parts.get(partner, ()) if part.owns]
    named = {part.actor for part in own for part in plan.parts_in[identity(part.item)] if not part.owns}
    return bool(own) and all(part.through for part in own) and named.isdisjoint(_those(plan, item.statement.by))


def _those(plan: Plan, actors: Iterable[str]) -> list[str]:
    """Whom names mean: agencies, the members of groups, and groups that list none."""
    return [one for actor in actors for one in plan.members(actor) or (actor,)]


def _may_mean(plan: Plan, actor: str) -> set[str]:
    """Whom a name means, and whom it may mean."""
    group = plan.group.get(actor)
    return set(_those(plan, [actor, *(group.may_include if group else ())]))


def _among(plan: Plan, leaders: set[str], actors: Iterable[str]) -> list[str]:
    return [actor for actor in actors if not leaders.isdisjoint(_those(plan, [actor]))]


def _groups(plan: Plan, actors: Iterable[str]) -> set[str]:
    return {actor for actor in actors if actor in plan.group}
