"""The review's rules about what the text lacks: numbers, measures, money, addressees, levels. Pure.

Each gives findings from a plan. What only a reader can see stands in the plan's data as the editor's findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import types as model
from generator.model.naming import name_in
from generator.model.part import leads_whole
from generator.model.plan import Plan, paragraph_text
from generator.views.finding import Finding, citations, found, identity, owners
from generator.views.labels import DESIGNATION
from generator.views.nodes import PLAN_PAGE, Citation, cite, cite_provision
from generator.words.names import lower_first, upper_first
from generator.words.numbering import parse_number, spoken_level

_MONEY = re.compile(r"\bkinh phí\b", re.I)
_FUNDS = re.compile(r"\b(?:kinh phí|ngân sách)\b", re.I)
_ESTIMATE = re.compile(r"\bdự toán\b", re.I)
_COMMUNE = re.compile(r"(?<!thị )\bxã\b(?! hội)|\bphường\b|\bthị trấn\b", re.I)


def numbers_skipped(plan: Plan) -> Iterator[Finding]:
    """Numbers that the text as received does not have."""
    for chain in plan.clause.values():
        for gap in chain[-1].gaps:
            place = cite(chain)
            subject = f"Thiếu {spoken_level(gap.number)} {gap.number} {place.text}"
            yield Finding(chain[-1].id, subject, gap.reason, (place,))
    for gap in plan.head.gaps:
        yield Finding(plan.head.id, f"Thiếu {spoken_level(gap.number)} {gap.number}", gap.reason, (_before(plan, gap),))


def loose_targets(plan: Plan) -> Iterator[Finding]:
    """Targets that nobody has to reach, that have nothing to be measured by, or that no report is about."""
    for target in plan.targets:
        serving = [i for i in plan.duties if target.id in i.statement.targets or identity(i) in target.served_by]
        own = [item for item in serving if item.statement.by and not leads_whole(item.statement)]
        lacks = (
            []
            if own
            else [f"Chỉ giao chung: {owners(plan, plan.whole_leads)}" if plan.whole_leads else "Không giao cho ai"]
        )
        lacks += _unmeasured(target)
        if not any("report" in item.statement.role for item in serving):
            lacks.append("Không khoản nào yêu cầu báo cáo riêng chỉ tiêu này")
        if lacks:
            place = cite_provision(plan, target.clause)
            text = ". ".join(lacks) + "."
            yield Finding(
                target.id,
                upper_first(target.indicator),
                text,
                (place, *citations([] if own else plan.whole_leads)),
                target.text,
            )


def money_without_estimate(plan: Plan) -> Iterator[Finding]:
    """The text says where the money comes from, and tells nobody to prepare an estimate (dự toán)."""
    naming = [item for item in plan.located if _MONEY.search(item.statement.text.reading())]
    if not naming or any(_ESTIMATE.search(item.statement.text.reading()) for item in plan.duties):
        return
    first = next((i for i in naming if not i.statement.is_duty and not i.statement.task), naming[0])
    about = [item for item in plan.duties if _FUNDS.search(item.statement.text.reading()) and item is not first]
    text = "Nói đến kinh phí, nhưng không nhiệm vụ nào là lập dự toán."
    text += f" Các nhiệm vụ về tiền: {owners(plan, about)}." if about else ""
    yield found(first, "Kinh phí", text, *about)


def issuers_not_told(plan: Plan) -> Iterator[Finding]:
    """Agencies whose act the plan carries out, which neither get the plan nor any report of it."""
    told = {actor for item in plan.head.recipients.items for actor in item.to}
    told |= {actor for i in plan.duties if "report" in i.statement.role for actor in i.statement.to}
    for paragraph in plan.head.preamble:
        links = list(paragraph_text(paragraph).links())
        acts = [plan.instrument[target] for link in links if link.scheme == "instrument" for target in link.targets]
        for agency in dict.fromkeys(target for link in links if link.scheme == "agency" for target in link.targets):
            act = next((a for a in acts if a.issuer and name_in(a.issuer, plan.agency[agency])), None)
            if act is None or agency == plan.head.issuer or any(plan.stands_for(actor, agency) for actor in told):
                continue
            text = (
                f"Ban hành văn bản mà lời mở đầu viện dẫn ({act.short_name or act.name}), nhưng không có ở Nơi nhận, "
            )
            text += "cũng không được báo cáo theo khoản nào."
            place = Citation("lời mở đầu", "mở đầu", f"{PLAN_PAGE}#dau-trang")
            recipients = Citation("nơi nhận", "nơi nhận", f"{PLAN_PAGE}#noi-nhan")
            yield Finding(agency, plan.agency[agency].name, text, (place, recipients))


def communes_without_duty(plan: Plan) -> Iterator[Finding]:
    """The text names places at the level of communes (cấp xã), where nobody has a duty."""
    named = [place for place in plan.places if place.designations and not place.agency and _COMMUNE.search(place.name)]
    doing = {plan.actor[actor].name for item in plan.duties for actor in item.statement.by}
    if named and not any(_COMMUNE.search(name) for name in doing):
        where = dict.fromkeys(cite_provision(plan, d.clause) for place in named for d in place.designations)
        text = f"Nêu {', '.join(place.name for place in named)}; không nơi nào ở cấp xã được giao việc."
        yield Finding(named[0].id, "Cấp xã", text, tuple(where))


def unlike_border_areas(plan: Plan) -> Iterator[Finding]:
    """Areas that one clause names together as border, of which only some are key areas in another."""
    borders: dict[str, list[model.Place]] = {}
    for place in plan.places:
        for designation in place.designations:
            if designation.kind == "border" and place.agency:
                borders.setdefault(designation.clause, []).append(place)
    for clause, areas in borders.items():
        whole = [place for place in areas if any(_is_key(d) and not d.extent for d in place.designations)]
        rest = [place for place in areas if place not in whole]
        if whole and rest:
            border = cite_provision(plan, clause)
            text = f"{upper_first(border.text)} nêu cùng là {DESIGNATION['border'].lower()}. "
            text += f"{DESIGNATION['key-area']}: {_list(whole)} cả địa bàn; {'; '.join(map(_key_extent, rest))}."
            keys = (cite_provision(plan, d.clause) for place in whole for d in place.designations if _is_key(d))
            yield Finding(rest[0].id, upper_first(_list(rest)), text, tuple(dict.fromkeys((border, *keys))))


def editor_findings(plan: Plan) -> Iterator[Finding]:
    """What the editor saw, which no rule can find."""
    for seen in plan.head.findings:
        places = dict.fromkeys(cite_provision(plan, clause) for clause in seen.clauses)
        yield Finding(seen.id, seen.subject, f"{seen.text} (Căn cứ: {lower_first(seen.source)}.)", tuple(places))


def _before(plan: Plan, gap: model.Gap) -> Citation:
    """Where the section before a skipped one stands; the first section, if none is."""
    skipped = parse_number(gap.number)
    numbered = [(parse_number(section.number), section) for section in plan.sections if section.number]
    before = [section for number, section in numbered if number and skipped and number.ordinal < skipped.ordinal]
    return cite(((before or plan.sections)[-1 if before else 0],))


def _unmeasured(target: model.Target) -> list[str]:
    """What a target lacks to be measured by."""
    if target.operator == "none":
        return ["Không có số đo"]
    if not target.operator.endswith("between"):
        return []
    if target.baseline is None:
        return ["Không ghi mốc so sánh"]
    has_figures = any(character.isdigit() for character in target.baseline)
    return [] if has_figures else [f"Mốc so sánh “{target.baseline}” không có năm hay số liệu"]


def _is_key(designation: model.Designation) -> bool:
    return designation.kind == "key-area"


def _key_extent(place: model.Place) -> str:
    extents = [d.extent for d in place.designations if _is_key(d) and d.extent]
    return f"{place.name} chỉ {', '.join(extents)}" if extents else f"{place.name} không"


def _list(areas: list[model.Place]) -> str:
    return ", ".join(place.name for place in areas)
