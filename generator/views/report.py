"""An agency's report as a form: what the plan asks of it, printed; what it did, left to be written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import types as model
from generator.model.forms import APART, Form, forms_of
from generator.model.plan import Plan
from generator.model.reports import BEFORE, FormIdentity, Report, ReportKind
from generator.views.nodes import Citation, actor_name, cite, cite_provision, excerpt, names
from generator.views.plan import END_MARK, view_letterhead
from generator.views.sheet import view_sheet
from generator.words.names import lower_first
from generator.words.periods import TERMS, Every, read_period

OWN = ("assigned", "requested", "group", "plan")
_WITHOUT_SUPERIOR = ("people-committee", "people-council", "district", "steering")
_NAME_PARTS = re.compile(r" (?=(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn) )", re.IGNORECASE)
_WORDS: dict[ReportKind, tuple[str, str, str, str]] = {  # title, subject, what it rests on, what it does
    "periodic": ("Báo cáo", "Kết quả thực hiện", "chế độ báo cáo", "báo cáo kết quả thực hiện"),
    "review": ("Báo cáo sơ kết", "Sơ kết thực hiện", "yêu cầu sơ kết", "báo cáo sơ kết, đánh giá kết quả thực hiện"),
    "summary": ("Báo cáo tổng kết", "Tổng kết thực hiện", "yêu cầu tổng kết", "báo cáo tổng kết việc thực hiện"),
    "at-once": ("Báo cáo đột xuất", "Đột xuất về việc thực hiện", "chế độ báo cáo", "báo cáo đột xuất"),
}


@dataclass(frozen=True)
class AskedView:
    """What a row of a form asks: a duty or a target. `tag` names its field.

    `text` and `citation` are printed, with `said` below the text where there is more to say; `reported` is what was
    reported of it last, empty in a blank form.
    """

    tag: str
    text: str
    said: str
    citation: str
    reported: str = ""

    def printed(self, number: int) -> str:
        """The words of its row beside its field, as the `number`th of its table."""
        return " ".join(f"{number} {self.text} {self.said} {self.citation}".split())


@dataclass(frozen=True)
class ReportView:
    """A report form; `issuer_lines` is empty where the data do not know who writes.

    `term` is what a period is called and `terms` are those of a year; `part` and `year` are the chosen ones, empty in a
    blank form. `time` is said in place of them where the form can be for one time only. `before` says of which period
    the report is that the form is filled with. `identity` are the properties by which it is known when it comes back.
    """

    kind: ReportKind
    title: str
    author: str
    agency: str
    superior_lines: tuple[str, ...]
    superior_unknown: bool
    issuer_lines: tuple[str, ...]
    place: str
    subject: str
    cited: str
    cited_identity: str
    cited_issuer: str
    basis: str
    does: str
    own: tuple[AskedView, ...]
    targets: tuple[AskedView, ...]
    recipients: tuple[str, ...]
    term: str
    terms: tuple[str, ...]
    part: str
    year: str
    time: str
    before: str
    identity: tuple[tuple[str, str], ...]
    end_mark: str


def report_forms(plan: Plan) -> tuple[str, ...]:
    """The forms' ids, in the plan's order of agencies: the agency's own id, for its further reports `agency--deadline`,
    for those at once `agency--dot-xuat`.

    An agency that reports each quarter and each year has a form for either.
    """
    return tuple(forms_of(plan))


def agency_of(form: str) -> str:
    """The agency that writes a form's report."""
    return form.partition(APART)[0]


def form_kind(plan: Plan, form: str) -> ReportKind:
    """What kind of report a form is. Raises KeyError for one that no duty asks for."""
    return forms_of(plan)[form].kind


def form_name(plan: Plan, form: str) -> str:
    """What tells a form from its agency's others: the deadline as the plan says it; nothing for an only one."""
    asked, (_, is_only) = forms_of(plan)[form], asked_by(plan, form)
    match asked.kind:
        case "periodic":
            return "" if is_only else asked.deadline.label
        case "at-once":
            return "đột xuất"
        case "review" | "summary":
            return f"{'sơ kết' if asked.kind == 'review' else 'tổng kết'} {lower_first(asked.deadline.label)}"


def view_report(plan: Plan, form: str, last: Report | None = None) -> ReportView:
    """The form of this id; after `last`, its report of the period before, filled with that for the next period.

    Raises KeyError for one that no duty asks for.
    """
    asked = forms_of(plan)[form]
    head, agency, deadline = plan.head, plan.agency[asked.agency], asked.deadline
    known = agency.kind != "residual"
    letterhead = view_letterhead(head.letterhead)
    term, terms = _terms(asked)
    following = read_period(last.period).following if last else None
    title, subject, rests_on, does = _WORDS[asked.kind]
    told = _reported(last) if last else {}
    own, targets = tuple(_own(plan, asked, told)), tuple(_targets(plan, asked, told))
    fixed = deadline.year if deadline.kind == "once" else None
    return ReportView(
        kind=asked.kind,
        title=f"{title} kết quả thực hiện: {agency.name}" if asked.kind == "periodic" else f"{title}: {agency.name}",
        author=agency.name if known else plan.agency[head.issuer].name,
        agency=agency.name if known else "",
        superior_lines=superior_of(plan, agency),
        superior_unknown=agency.parent is None and agency.kind not in _WITHOUT_SUPERIOR,
        issuer_lines=name_lines(agency.name) if known else (),
        place=place_of(plan, agency),
        subject=f"{subject} {head.short_title}",
        cited=f"{head.type} {head.subject.reading()}",
        cited_identity=letterhead.cited if head.letterhead.number and head.letterhead.date else "",
        cited_issuer=plan.agency[head.issuer].name,
        basis=f"{rests_on} “{deadline.label}” ({cite(asked.item.clauses).text} của {head.type})",
        does=does,
        own=own,
        targets=targets,
        recipients=tuple(_recipients(plan, asked)),
        term=term,
        terms=terms,
        part=following.part if following else "",
        year=str(following.year) if following else "",
        time=f"giai đoạn {head.period.from_} - {head.period.to}" if fixed else "",
        before=f"{BEFORE}{read_period(last.period).words} — sửa cho kỳ này)" if last else "",
        identity=tuple(
            FormIdentity(
                plan=head.id,
                edition=head.edition.isoformat(),
                form=form,
                kind=asked.kind,
                asks=_digest(asked, (*own, *targets)),
                period=str(fixed or ""),
                prefilled=last.period if last else "",
            ).properties()
        ),
        end_mark=END_MARK,
    )


def name_lines(name: str) -> tuple[str, ...]:
    """An agency's name in capitals as a letterhead breaks it: `ỦY BAN NHÂN DÂN` above `TỈNH ĐẮK LẮK`."""
    if not name.lower().startswith(("ủy ban nhân dân ", "hội đồng nhân dân ")):
        return (name.upper(),)
    return tuple(part.upper() for part in _NAME_PARTS.split(name, maxsplit=1))


def asked_by(plan: Plan, form: str) -> tuple[tuple[model.Statement, Citation], bool]:
    """The statement that asks for a form, and whether its agency has no other."""
    forms = forms_of(plan)
    asked = forms[form]
    brothers = [other for other in forms.values() if other.agency == asked.agency]
    return (asked.item.statement, cite(asked.item.clauses)), len(brothers) == 1


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


def _terms(asked: Form) -> tuple[str, tuple[str, ...]]:
    every: Every | None = asked.deadline.every if asked.deadline.kind == "recurring" else None
    return TERMS[every] if every else ("", ())


def _own(plan: Plan, asked: Form, told: dict[str, str]) -> Iterator[AskedView]:
    """Its own duties, but for those that are reports themselves; the clauses on one plan to draw up are one row."""
    sections = {section.key: section.items for section in view_sheet(plan, asked.agency).sections}
    for key in OWN:
        duties = sections.get(key, ())
        for together in (duties,) if key == "plan" and duties else ((duty,) for duty in duties):
            tag = f"duty:{together[0].id}"
            statement = plan.provision(together[0].id).statement
            text = excerpt(statement) if statement else ""
            citation = "; ".join(dict.fromkeys(_places(duty.citation, duty.also) for duty in together))
            yield AskedView(tag, text, "", citation, told.get(tag, ""))


def _places(citation: Citation, also: Iterable[Citation]) -> str:
    return "; ".join((citation.text, *(place.text for place in also)))


def _targets(plan: Plan, asked: Form, told: dict[str, str]) -> Iterator[AskedView]:
    """The targets that its own duties serve, as far as they have a measure."""
    for target in targets_asked(plan, asked.agency):
        tag = f"target:{target.id}"
        yield AskedView(tag, target.indicator, target.text, cite_provision(plan, target.clause).text, told.get(tag, ""))


def _reported(last: Report) -> dict[str, str]:
    """What was reported last, by the tag of its field."""
    duties = {f"duty:{result.duty}": str(result.text) for result in last.results if result.text}
    return duties | {f"target:{figure.target}": str(figure.text) for figure in last.figures if figure.text}


def targets_asked(plan: Plan, agency: str) -> tuple[model.Target, ...]:
    """The targets of which an agency is asked a figure: those that its own duties serve and that have a measure."""
    served = (plan.target[shown.id] for shown in view_sheet(plan, agency).targets)
    return tuple(target for target in served if target.operator != "none")


def rows_of(plan: Plan, agency: str) -> dict[str, str]:
    """In which row of its form an agency is asked of each of its duties: ids of duties, that of the row last.

    The clauses on one plan to draw up are one row, and a duty that another one carries out is asked in that one's.
    """
    found: dict[str, str] = {}
    for section in view_sheet(plan, agency).sections:
        if section.key in OWN:
            first = section.items[0].id
            found |= {duty.id: first if section.key == "plan" else duty.id for duty in section.items}
    own = {part.item.statement.id or "" for part in plan.parts.get(agency, ()) if part.owns and part.main}
    for duty, row in tuple(found.items()):
        statement = plan.provision(duty).statement
        for named in own.intersection(statement.implements if statement else ()):
            found.setdefault(named, row)
    return found


def _digest(asked: Form, rows: Iterable[AskedView]) -> str:
    said = [asked.id, asked.kind, [[row.tag, row.text, row.said, row.citation] for row in rows]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def _recipients(plan: Plan, asked: Form) -> Iterator[str]:
    """To whom it goes; a review that says nothing of that goes where the duties of those who answer for it lead."""
    statement = asked.item.statement
    given = [statement] if statement.to else [part.item.statement for part in asked.parts]
    found: dict[str, None] = {}
    for duty in given:
        via = f" (qua {names(plan, duty.via)})" if duty.via else ""
        found |= dict.fromkeys(f"{actor_name(plan, a)}{via}" for a in duty.to if a != asked.agency)
    yield from found
