"""An agency's periodic report as a form: what the plan asks of it, printed; what it did, left to be written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import types as model
from generator.model.plan import Plan
from generator.views.nodes import Citation, actor_name, cite, names
from generator.views.plan import END_MARK, view_letterhead
from generator.views.sheet import DutyView, TargetView, view_sheet

OWN = ("assigned", "requested", "group", "plan")
_WITHOUT_SUPERIOR = ("people-committee", "people-council", "district", "steering")
_APART = "--"  # no id holds two hyphens
_TERMS = {  # what a period is called, and what its periods are: the blanks of "báo cáo quý … năm …"
    "month": ("tháng", tuple(f"{month:02}" if month < 3 else str(month) for month in range(1, 13))),
    "quarter": ("quý", ("I", "II", "III", "IV")),
    "half-year": ("6 tháng", ("đầu", "cuối")),
}
_NAME_PARTS = re.compile(r" (?=(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn) )", re.IGNORECASE)


@dataclass(frozen=True)
class ReportView:
    """A report form; `issuer_lines` is empty where the data do not know who writes."""

    title: str
    author: str
    agency: str
    superior_lines: tuple[str, ...]
    superior_unknown: bool
    issuer_lines: tuple[str, ...]
    place_date: str
    subject: str
    cited: str
    cited_identity: str
    cited_issuer: str
    basis: str
    own: tuple[DutyView, ...]
    targets: tuple[TargetView, ...]
    recipients: tuple[str, ...]
    term: str
    terms: tuple[str, ...]
    end_mark: str


def report_forms(plan: Plan) -> tuple[str, ...]:
    """The forms' ids, in the plan's order of agencies: the agency's own id, for its further reports `agency--deadline`.

    An agency that reports each quarter and each year has a form for either.
    """
    agencies = ((agency, _duties(plan, agency)) for agency in plan.sheet_agencies)
    return tuple(_form_id(agency, asked, n) for agency, duties in agencies for n, asked in enumerate(duties))


def agency_of(form: str) -> str:
    """The agency that writes a form's report."""
    return form.partition(_APART)[0]


def form_name(plan: Plan, form: str) -> str:
    """What tells a form from its agency's others: the deadline as the plan says it; nothing for an only one."""
    asked, is_only = asked_by(plan, form)
    return "" if is_only else plan.deadline[asked[0].deadline or ""].label


def view_report(plan: Plan, form: str) -> ReportView:
    """The form of this id. Raises KeyError for one that no duty asks for."""
    agency_id = agency_of(form)
    head, agency, sheet = plan.head, plan.agency[agency_id], view_sheet(plan, agency_id)
    asked, _ = asked_by(plan, form)
    statement = asked[0]
    deadline = plan.deadline[statement.deadline or ""]
    sections = {section.key: section.items for section in sheet.sections}
    known = agency.kind != "residual"
    letterhead = view_letterhead(head.letterhead)
    term, terms = _TERMS.get(deadline.every or "", ("", ()))
    return ReportView(
        title=f"Báo cáo kết quả thực hiện: {agency.name}",
        author=agency.name if known else plan.agency[head.issuer].name,
        agency=agency.name if known else "",
        superior_lines=superior_of(plan, agency),
        superior_unknown=agency.parent is None and agency.kind not in _WITHOUT_SUPERIOR,
        issuer_lines=name_lines(agency.name) if known else (),
        place_date=f"{place_of(plan, agency)}, {letterhead.date}",
        subject=f"Kết quả thực hiện {head.short_title}",
        cited=f"{head.type} {head.subject.reading()}",
        cited_identity=letterhead.cited if head.letterhead.number and head.letterhead.date else "",
        cited_issuer=plan.agency[head.issuer].name,
        basis=f"“{deadline.label}” ({asked[1].text} của {head.type})",
        own=tuple(duty for key in OWN for duty in sections.get(key, ())),
        targets=sheet.targets,
        recipients=_recipients(plan, statement),
        term=term,
        terms=terms,
        end_mark=END_MARK,
    )


def name_lines(name: str) -> tuple[str, ...]:
    """An agency's name in capitals as a letterhead breaks it: `ỦY BAN NHÂN DÂN` above `TỈNH ĐẮK LẮK`."""
    if not name.lower().startswith(("ủy ban nhân dân ", "hội đồng nhân dân ")):
        return (name.upper(),)
    return tuple(part.upper() for part in _NAME_PARTS.split(name, maxsplit=1))


def asked_by(plan: Plan, form: str) -> tuple[tuple[model.Statement, Citation], bool]:
    """The duty that asks for a form, and whether its agency has no other."""
    agency = agency_of(form)
    duties = _duties(plan, agency)
    forms = {_form_id(agency, asked, number): asked for number, asked in enumerate(duties)}
    return forms[form], len(duties) == 1


def superior_of(plan: Plan, agency: model.Agency) -> tuple[str, ...]:
    """The body above, where a letterhead names it: a People's Committee or Council names none (NĐ 30, Phụ lục I)."""
    if agency.parent is None or agency.kind in _WITHOUT_SUPERIOR:
        return ()
    if agency.parent == plan.head.issuer:
        return plan.head.letterhead.issuer_lines
    return name_lines(plan.agency[agency.parent].name)


def place_of(plan: Plan, agency: model.Agency) -> str:
    """The place named before the date: a district's own name, without the word for what it is."""
    own = next((place for place in plan.places_of.get(agency.id, ()) if place.kind == "district"), None)
    if own is None:
        return plan.head.letterhead.place
    return next((alias for alias in own.aliases if own.name.endswith(alias)), own.name)


def _form_id(agency: str, asked: tuple[model.Statement, Citation], number: int) -> str:
    return f"{agency}{_APART}{asked[0].deadline}" if number else agency


def _duties(plan: Plan, agency: str) -> list[tuple[model.Statement, Citation]]:
    """The periodic reports that it must write, one for each deadline, with where they are asked for."""
    found: dict[str, tuple[model.Statement, Citation]] = {}
    for item in (part.item for part in plan.parts.get(agency, ()) if part.owns):
        deadline = item.statement.deadline
        if deadline and "report" in item.statement.role and plan.deadline[deadline].kind == "recurring":
            found.setdefault(deadline, (item.statement, cite(item.clauses)))
    return list(found.values())


def _recipients(plan: Plan, statement: model.Statement) -> tuple[str, ...]:
    via = f" (qua {names(plan, statement.via)})" if statement.via else ""
    return tuple(f"{actor_name(plan, actor)}{via}" for actor in statement.to)
