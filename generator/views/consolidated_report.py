"""The report that gathers what agencies reported of a period, with its annex by agency and its workbook. Pure.

Who writes it, and to whom, is what the plan says of the reports: the office through which they go, or their receiver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.model import types as model
from generator.model.forms import forms_of
from generator.model.plan import Plan
from generator.model.reports import ReportKind
from generator.views.nodes import actor_name, cite
from generator.views.opendata import Column, Table, Workbook
from generator.views.plan import END_MARK, LetterheadView, plan_title, view_letterhead
from generator.views.progress import UNTOLD, DutyStatus, Entry, PeriodView, Source, TargetStatus
from generator.views.report import name_lines, place_of, superior_of

_PASSES_ON = frozenset({"report", "advise"})
_RESTS_ON: dict[ReportKind, str] = {"review": "yêu cầu sơ kết", "summary": "yêu cầu tổng kết"}


@dataclass(frozen=True)
class SectionStatus:
    """The duties of one section of the plan; `unasked` are those of which nobody had to report, and nobody did."""

    title: str
    duties: tuple[DutyStatus, ...]
    unasked: tuple[DutyStatus, ...]


@dataclass(frozen=True)
class GatheredReport:
    """A consolidated report. Its number and date are blank; what only its writer can say, who signs too, are fields."""

    title: str
    author: str
    letterhead: LetterheadView
    subject: str
    receivers: tuple[str, ...]
    cited: str
    cited_issuer: str
    basis: str
    period: PeriodView
    sections: tuple[SectionStatus, ...]
    end_mark: str


@dataclass(frozen=True)
class ReportedLine:
    """A thing that an agency was asked for, where the plan asks it, and what it said."""

    what: str
    place: str
    text: str


@dataclass(frozen=True)
class ReportedView:
    """All that one form says."""

    source: Source
    duties: tuple[ReportedLine, ...]
    targets: tuple[ReportedLine, ...]
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GatheredAnnex:
    """The annex to a consolidated report: what each form says."""

    title: str
    author: str
    name: str
    heading: str
    annex_of: str
    reports: tuple[ReportedView, ...]
    missing: tuple[Entry, ...]
    end_mark: str


def view_gathered(plan: Plan, period: PeriodView) -> GatheredReport:
    """The consolidated report of a period."""
    head, writer = plan.head, plan.agency[_writer(plan, period)]
    statement, cited, deadline = _asked(plan, period)
    blank = view_letterhead(head.letterhead.changed(number=None, date=None))
    parent = plan.agency[writer.parent].name if writer.parent else ""
    own = head.letterhead.issuer_lines if writer.id == head.issuer else name_lines(_own_name(writer.name, parent))
    inside = groupby(period.duties, key=lambda duty: duty.section)
    return GatheredReport(
        title=f"Báo cáo tổng hợp kết quả thực hiện {head.short_title}, {period.title}",
        author=writer.name,
        letterhead=LetterheadView(
            superior=" ".join(superior_of(plan, writer)),
            issuer_lines=own,
            number_line="Số:      /BC-…",
            place_date=f"{place_of(plan, writer)}, {blank.date}",
            date=blank.date,
            cited="",
        ),
        subject=f"Tổng hợp kết quả thực hiện {head.short_title}, {period.title}",
        receivers=tuple(actor_name(plan, actor) for actor in _receivers(plan, writer.id, statement)),
        cited=plan_title(plan) + _identity(plan),
        cited_issuer=plan.agency[head.issuer].name,
        basis=f"{_RESTS_ON.get(period.kind, 'chế độ báo cáo')} “{deadline}” ({cited} của {head.type})"
        if deadline
        else "",
        period=period,
        sections=tuple(_section(title, tuple(duties)) for title, duties in inside),
        end_mark=END_MARK,
    )


def view_gathered_annex(plan: Plan, period: PeriodView) -> GatheredAnnex:
    """The annex: what each agency's form says, and where the form is."""
    writer, title = plan.agency[_writer(plan, period)], plan.head.short_title
    return GatheredAnnex(
        title=f"Phụ lục: Kết quả theo từng cơ quan - {title} {period.title}",
        author=writer.name,
        name="Phụ lục",
        heading="KẾT QUẢ THEO TỪNG CƠ QUAN",
        annex_of=f"(Kèm theo Báo cáo số      /BC-… ngày      tháng      năm       của {writer.name})",
        reports=tuple(_reported(period, source) for source in period.sources),
        missing=period.missing,
        end_mark=END_MARK,
    )


def view_gathered_tables(plan: Plan, period: PeriodView) -> Workbook:
    """The period as a workbook: what of each duty, which figures, and which forms that is from."""
    title = f"{plan.head.short_title} {period.title}"
    return Workbook(title, plan.agency[_writer(plan, period)].name, tuple(_tables(period)), frozen=2)


def _section(title: str, duties: tuple[DutyStatus, ...]) -> SectionStatus:
    asked = tuple(duty for duty in duties if duty.is_asked)
    return SectionStatus(title, asked, tuple(duty for duty in duties if not duty.is_asked))


def _writer(plan: Plan, period: PeriodView) -> str:
    """Who consolidates: through whom the reports go, else who receives them, else who issued the plan."""
    statement, _, _ = _asked(plan, period)
    named = (*statement.via, *statement.to) if statement else ()
    return next((actor for actor in named if actor in plan.agency), plan.head.issuer)


def _asked(plan: Plan, period: PeriodView) -> tuple[model.Statement | None, str, str]:
    """The duty that asks for the period's reports, where it stands, and when they are due in the plan's words.

    Where it does not say to whom they go (a review) the first one that does says who gathers them.
    """
    forms = forms_of(plan)
    if period.form not in forms:
        return None, "", ""
    asked = forms[period.form]
    saying = [form for form in (asked, *forms.values()) if form.item.statement.to or form.item.statement.via]
    statement = (saying or [asked])[0].item.statement
    return statement, cite(asked.item.clauses).text, asked.deadline.label if period.expected else ""


def _receivers(plan: Plan, writer: str, asked: model.Statement | None) -> tuple[str, ...]:
    """To whom it goes: whom its writer advises or reports to, then to whom the agencies address their reports."""
    own = (part.item.statement for part in plan.parts.get(writer, ()) if part.owns)
    above = [actor for duty in own if _PASSES_ON.intersection(duty.role) for actor in duty.to]
    found = dict.fromkeys((*above, *(asked.to if asked else ())))
    return tuple(actor for actor in found if actor != writer) or (plan.head.issuer,)


def _own_name(name: str, parent: str) -> str:
    """A name without that of the body above, which the letterhead has already."""
    return name.removesuffix(parent).rstrip(" -–,") or name if parent else name


def _identity(plan: Plan) -> str:
    letterhead = plan.head.letterhead
    known = letterhead.number and letterhead.date
    return f" ({view_letterhead(letterhead).cited})" if known else " (số … ngày … tháng … năm …)"


def _reported(period: PeriodView, source: Source) -> ReportedView:
    def own(entries: Iterable[Entry]) -> Iterator[Entry]:
        return (entry for entry in entries if entry.source == source.number)

    return ReportedView(
        source=source,
        duties=tuple(ReportedLine(d.text, d.places, e.text) for d in period.duties for e in own(d.entries)),
        targets=tuple(
            ReportedLine(t.indicator, t.citation.text, e.text) for t in period.targets for e in own(t.entries)
        ),
        remarks=tuple((what, entry.text) for _, what, entries in period.remarks for entry in own(entries)),
    )


_FROM = (
    Column("report", "Báo cáo số", "Số trong ngoặc vuông ở báo cáo tổng hợp"),
    Column("form", "Mẫu", "Mã của mẫu đã nhận"),
    Column("file", "Tệp", "Tệp đã nhận"),
    Column("sha256", "SHA-256", "Tổng kiểm của tệp"),
)


def _tables(period: PeriodView) -> Iterator[Table]:
    origin = {s.number: (str(s.number), s.form, s.file, s.sha) for s in period.sources}
    origin[0] = ("", "", "", "")
    state = Column("state", "Tình trạng", "Có báo cáo, Không ghi, Chưa báo cáo …")
    agency = Column("agency", "Cơ quan", "Tên cơ quan")
    place = Column("clause", "Căn cứ", "Điều khoản")
    duties = (
        place, agency, Column("duty", "Nhiệm vụ", "Lời của văn bản"), state,
        Column("text", "Kết quả", "Như ghi trong mẫu"), *_FROM,
    )  # fmt: skip
    yield Table("duties", "Nhiệm vụ", duties, tuple(_duty_rows(period.duties, origin)))
    figures = (
        Column("target", "Chỉ tiêu", "Tên chỉ tiêu"), agency, place, state,
        Column("value", "Số", "Khi chữ trong mẫu là một số"), Column("unit", "Đơn vị", "Đơn vị của chỉ tiêu"),
        Column("text", "Như ghi trong mẫu", "Chữ trong mẫu"), *_FROM,
    )  # fmt: skip
    yield Table("targets", "Chỉ tiêu", figures, tuple(_target_rows(period.targets, origin)))
    reports = (
        agency, state, Column("document", "Số, ngày", "Của báo cáo"),
        Column("late", "Sau hạn", "Hạn, nếu ngày ghi trên báo cáo sau hạn"), *_FROM,
    )  # fmt: skip
    came = [(s.name, "Có báo cáo", s.document, s.late, *origin[s.number]) for s in period.sources]
    missing = [(entry.name, entry.text, "", "", *origin[0]) for entry in period.missing]
    yield Table("reports", "Báo cáo", reports, (*came, *missing))
    said = (
        Column("what", "Mục", "Mục của mẫu"),
        agency,
        state,
        Column("text", "Nội dung", "Như ghi trong mẫu"),
        *_FROM,
    )
    yield Table("remarks", "Nội dung khác", said, tuple(_remark_rows(period, origin)))


def _duty_rows(duties: Iterable[DutyStatus], origin: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for duty in duties:
        for entry in duty.entries:
            state, text = _told(entry)
            yield duty.places, entry.name, duty.text, state, text, *origin[entry.source]
        if not duty.entries:
            yield duty.places, "", duty.text, UNTOLD, "", *origin[0]


def _target_rows(targets: Iterable[TargetStatus], origin: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for target in targets:
        place = target.citation.text
        for entry in target.entries:
            state, text = _told(entry)
            number = text.removesuffix(target.unit).rstrip() if entry.value is not None else ""
            typed = entry.typed or text
            yield target.indicator, entry.name, place, state, number, target.unit, typed, *origin[entry.source]
        if target.total:
            number = target.total.removesuffix(target.unit).rstrip()
            yield target.indicator, "Cộng", place, target.remark, number, target.unit, "", *origin[0]


def _remark_rows(period: PeriodView, origin: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for _, what, entries in period.remarks:
        for entry in entries:
            yield what, entry.name, *_told(entry), *origin[entry.source]


def _told(entry: Entry) -> tuple[str, str]:
    """How it stands with a thing, and what was said of it."""
    return ("Có báo cáo", entry.text) if entry.state == "reported" else (entry.text, "")
