"""What agencies reported of a plan, by period: who reported, what of each duty, which figures. Pure.

Nothing is guessed: what did not come is said not to have come, and every value names the form that it is from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from generator.model import types as model
from generator.model.forms import forms_of
from generator.model.plan import Plan
from generator.model.reports import Report, ReportKind
from generator.model.scalars import Note
from generator.views.calendar import due_day
from generator.views.matrix import section_name
from generator.views.nodes import AGENCY_PAGE, Citation, cite, cite_provision, excerpt, short_text
from generator.views.report import agency_of, rows_of, targets_asked
from generator.views.sheet import is_reporting
from generator.words.dates import date_text
from generator.words.numbers import number_text
from generator.words.periods import Period, read_period

PROGRESS_PAGE = "tien-do/"
State = Literal["reported", "empty", "missing", "exempt"]
STATES: dict[State, str] = {
    "reported": "Có báo cáo", "empty": "Không ghi", "missing": "Chưa báo cáo",
    "exempt": "Không thuộc diện báo cáo kỳ này",
}  # fmt: skip
UNTOLD = "Không có báo cáo nào nhắc đến"  # of a duty for which nobody has to report
_EMPTY_IN_PUBLIC = "Không có nội dung công khai"  # nothing was written, or what was is not the public's
_KINDS: dict[ReportKind, tuple[str, str]] = {
    "periodic": ("", ""), "review": ("so-ket", "sơ kết "), "summary": ("tong-ket", "tổng kết "),
    "at-once": ("dot-xuat", "đột xuất "),
}  # fmt: skip
_AVERAGES = ("bình quân", "trung bình")
_RATE_UNITS = ("%", "‰", "/", "phần trăm", "tỷ lệ", "tỉ lệ", *_AVERAGES)
_RATES = ("tỷ lệ", "tỉ lệ", "mức", "chỉ số")


@dataclass(frozen=True)
class Source:
    """A form that came back, by its number in the period; `sha` is the file's SHA-256, `late` the day it came after.

    `file` is the file's name, which the sender chose; it is empty for the public.
    """

    number: int
    form: str
    agency: str
    name: str
    href: str
    file: str
    sha: str
    document: str
    late: str
    expected: bool

    @property
    def mark(self) -> str:
        """The first digits of the checksum: enough to know the file by."""
        return self.sha[:8]


@dataclass(frozen=True)
class Entry:
    """What an agency reported of one thing, in words, or that it did not; `source` is the form's number, or 0.

    `value` is the figure if it is a number, `typed` what the form says; `helps`: the duty is another's.
    """

    agency: str
    name: str
    href: str
    state: State
    text: str
    source: int = 0
    value: Decimal | None = None
    typed: str = ""
    helps: bool = False


@dataclass(frozen=True)
class DutyStatus:
    """A duty, and what became of it by each who has it; `also` are the places that say the same work.

    `short` are its first words.
    """

    id: str
    section: str
    text: str
    short: str
    label: str
    citation: Citation
    also: tuple[Citation, ...]
    entries: tuple[Entry, ...]

    @property
    def places(self) -> str:
        """Where it stands, as a report cites it."""
        return "; ".join(dict.fromkeys(place.text for place in (self.citation, *self.also)))

    @property
    def is_asked(self) -> bool:
        """True if anybody reported of it or had to."""
        return any(entry.state != "exempt" for entry in self.entries)


@dataclass(frozen=True)
class TargetStatus:
    """A target and its figures; `total` is their sum where there is one, `remark` of how many, or why there is none."""

    id: str
    indicator: str
    unit: str
    text: str
    citation: Citation
    entries: tuple[Entry, ...]
    added: bool
    total: str
    total_value: Decimal | None
    remark: str


@dataclass(frozen=True)
class PeriodView:
    """A period: who reported, who did not, and what; `due` is the day by which, `due_by` who set it if the
    plan did not; `form` is one of those that ask for it.

    `expected` counts the forms that the plan asks for; it is 0 where the plan does not say who must report.
    """

    id: str
    kind: ReportKind
    every: str
    title: str
    short: str
    due: str
    due_by: str
    expected: int
    form: str
    sources: tuple[Source, ...]
    missing: tuple[Entry, ...]
    duties: tuple[DutyStatus, ...]
    targets: tuple[TargetStatus, ...]
    events: tuple[Entry, ...]
    difficulties: tuple[Entry, ...]
    plans: tuple[Entry, ...]
    proposals: tuple[Entry, ...]

    @property
    def href(self) -> str:
        """Its page, from the site's root."""
        return f"{PROGRESS_PAGE}{self.id}/"

    @property
    def came(self) -> int:
        """How many of the expected reports came."""
        return sum(source.expected for source in self.sources)

    @property
    def remarks(self) -> tuple[tuple[str, str, tuple[Entry, ...]], ...]:
        """What was written apart from duties and targets: an id, a title, what each form says."""
        parts = (
            ("su-viec", "Nội dung sự việc", self.events), ("kho-khan", "Khó khăn, vướng mắc", self.difficulties),
            ("phuong-huong", "Phương hướng kỳ sau", self.plans), ("de-xuat", "Đề xuất, kiến nghị", self.proposals),
        )  # fmt: skip
        return tuple(part for part in parts if part[2])

    @property
    def count(self) -> str:
        """How many reports came, of how many."""
        return f"{self.came}/{self.expected}" if self.expected else str(len(self.sources))


def view_periods(plan: Plan, reports: tuple[Report, ...], *, cut: bool = False) -> tuple[PeriodView, ...]:
    """Every period from the first to the last that anything was reported of, the oldest first.

    `cut`: the reports are as the public may know them, so that what is empty may also be what is not public.
    """
    return plan.once(_make_periods, reports, cut)


def adds_up(target: model.Target) -> bool:
    """True if the figures of several agencies can be added: counts can, shares and averages cannot."""
    unit, indicator = (target.unit or "").lower(), target.indicator.lower()
    is_rate = any(word in unit for word in _RATE_UNITS) or indicator.startswith(_RATES)
    is_average = any(word in indicator for word in _AVERAGES)
    return bool(unit) and target.operator != "none" and not is_rate and not is_average


def with_unit(number: Decimal, unit: str) -> str:
    """A figure as it is printed: `75,5%`, `1.204 vụ`."""
    return f"{number_text(number)}{'' if unit in ('', '%', '‰') else ' '}{unit}"


def _make_periods(plan: Plan, reports: tuple[Report, ...], cut: bool) -> tuple[PeriodView, ...]:
    return tuple(_Gathered(plan, kind, period, reports, cut).view() for kind, period in _periods_of(reports))


def _periods_of(reports: Iterable[Report]) -> list[tuple[ReportKind, Period]]:
    """The periods of some reports, and those between them of which there is none."""
    found = {(report.kind, read_period(report.period)) for report in reports}
    periodic = sorted((p for kind, p in found if kind == "periodic" and not p.day), key=lambda period: period.order)
    for every in {period.every for period in periodic}:
        own = [period for period in periodic if period.every == every]
        between = own[0]
        while between.order < own[-1].order:
            found.add(("periodic", between))
            between = between.following
    return sorted(found, key=lambda pair: (pair[1].order, pair[0]))


class _Gathered:
    """The reports of one period, as they are asked for while its view is made."""

    def __init__(self, plan: Plan, kind: ReportKind, period: Period, reports: Iterable[Report], cut: bool) -> None:
        self._plan, self._kind, self._period = plan, kind, period
        self._cut, self._empty = cut, _EMPTY_IN_PUBLIC if cut else STATES["empty"]
        forms = forms_of(plan)
        due = (form for form in forms.values() if form.kind == kind and form.covers(period, plan))
        self._forms = {form.id: form.deadline for form in due}
        order = {form: number for number, form in enumerate(forms)}
        own = [r for r in reports if r.kind == kind and read_period(r.period) == period]
        own.sort(key=lambda report: order.get(report.form, len(order)))
        self._numbered = list(enumerate(own, 1))
        self._by_agency: dict[str, list[tuple[int, Report]]] = {}
        for number, report in self._numbered:
            self._by_agency.setdefault(report.agency, []).append((number, report))
        came = {report.form for report in own}
        self._missing = [form for form in self._forms if form not in came]

    def view(self) -> PeriodView:
        """The whole period."""
        plan, period = self._plan, self._period
        word, named = _KINDS[self._kind]
        days = {day for form in self._forms if (day := self._due(form))}
        return PeriodView(
            id=f"{period.id}-{word}" if word else period.id,
            kind=self._kind,
            every=period.every,
            title=f"{named}{period.words}",
            short=f"{period.short} ({named.strip()})" if named else period.short,
            due=date_text(days.pop()) if len(days) == 1 else "",
            due_by=""
            if plan.office is None or all(isinstance(d.day, int) for d in self._forms.values())
            else plan.office.label,
            expected=len(self._forms),
            form=next(iter((*self._forms, *(report.form for _, report in self._numbered)))),
            sources=tuple(self._source(number, report) for number, report in self._numbered),
            missing=tuple(self._entry(agency_of(form), "missing") for form in self._missing),
            duties=tuple(self._duties()),
            targets=tuple(self._target(target) for target in plan.targets),
            events=self._said(lambda report: report.event) if self._kind == "at-once" else (),
            difficulties=self._said(lambda report: report.difficulties),
            plans=self._said(lambda report: report.plans),
            proposals=self._said(lambda report: report.proposals),
        )

    def _due(self, form: str) -> dt.date | None:
        """The day on which a form is due, as far as the plan or the office has set one."""
        deadline = self._forms.get(form)
        return due_day(self._plan, deadline, self._period) if deadline else None

    def _source(self, number: int, report: Report) -> Source:
        due = self._due(report.form)
        late = date_text(due) if due and report.date and report.date > due else ""
        named = f"số {report.number}" if report.number else "không ghi số"
        dated = f"ngày {date_text(report.date)}" if report.date else "không ghi ngày"
        name, href = self._known(report.agency)
        file, sha = "" if self._cut else report.received.file, report.received.sha256.lower()
        expected = report.form in self._forms
        document = f"{named}, {dated}"
        return Source(number, report.form, report.agency, name, href, file, sha, document, late, expected)

    def _duties(self) -> Iterator[DutyStatus]:
        said = {n: {result.duty: result.text for result in report.results} for n, report in self._numbered}
        for item in self._plan.duties:
            identity = item.statement.id or ""
            told = [n for n, results in said.items() if results.get(identity)]
            owners = [part.actor for part in self._plan.parts_in.get(identity, ()) if part.owns and part.main]
            elsewhere = [owner for owner in owners if (owner, identity) in self._plan.once(_rows)]
            if not told and (is_reporting(item.statement) or (owners and len(elsewhere) == len(owners))):
                continue
            own = [owner for owner in owners if owner not in elsewhere]
            entries = tuple(self._of_duty(own, {n: results.get(identity) for n, results in said.items()}))
            text, short, label = excerpt(item.statement), short_text(item.statement, 8), item.statement.task or ""
            place = cite(item.clauses, item.paragraph)
            also = self._plan.once(_told_there).get(identity, ())
            yield DutyStatus(identity, section_name(item.section), text, short, label, place, also, entries)

    def _of_duty(self, owners: Sequence[str], said: Mapping[int, Note | None]) -> Iterator[Entry]:
        for owner in owners:
            yield from self._reports_of(owner, lambda number, report: self._text(report.agency, said[number], number))
        for number, report in self._numbered:
            if report.agency not in owners and (text := said[number]):
                yield self._text(report.agency, text, number, helps=True)

    def _target(self, target: model.Target) -> TargetStatus:
        asked = self._plan.once(_asked_for, target.id)
        telling = {r.agency for _, r in self._numbered if any(f.target == target.id for f in r.figures)}
        agencies = (*asked, *(agency for agency in self._by_agency if agency in telling and agency not in asked))
        entries = tuple(e for agency in agencies for e in self._reports_of(agency, partial(self._figure, target)))
        total, remark = _total(target, entries)
        shown = with_unit(total, target.unit or "") if total is not None else ""
        place = cite_provision(self._plan, target.clause)
        return TargetStatus(
            target.id, target.indicator, target.unit or "", target.text, place, entries, adds_up(target),
            shown, total, remark,
        )  # fmt: skip

    def _figure(self, target: model.Target, number: int, report: Report) -> Entry:
        """What a report says of a target."""
        figure = next((f for f in report.figures if f.target == target.id), None)
        if figure is None or (figure.text is None and figure.value is None):
            return self._text(report.agency, None, number)
        typed, value = str(figure.text or ""), figure.value
        text = with_unit(value, target.unit or "") if value is not None else typed
        return self._entry(report.agency, "reported", text, number, value, typed)

    def _reports_of(self, actor: str, told: Callable[[int, Report], Entry]) -> Iterator[Entry]:
        """What each report of an agency says of a thing; or that there is none, and whether there had to be.

        A report at once is silent of what it does not touch.
        """
        if actor in self._by_agency:
            entries = (told(number, report) for number, report in self._by_agency[actor])
            yield from (entry for entry in entries if self._kind != "at-once" or entry.state == "reported")
        elif any(agency_of(form) == actor for form in self._forms):
            yield self._entry(actor, "missing")
        elif self._kind == "periodic":
            yield self._entry(actor, "exempt")

    def _said(self, part: Callable[[Report], Note | None]) -> tuple[Entry, ...]:
        return tuple(self._text(report.agency, part(report), number) for number, report in self._numbered)

    def _text(self, agency: str, note: Note | None, number: int, *, helps: bool = False) -> Entry:
        state: State = "reported" if note else "empty"
        return self._entry(agency, state, str(note or self._empty), number, helps=helps)

    def _entry(
        self, agency: str, state: State, text: str = "", source: int = 0, value: Decimal | None = None, typed: str = "",
        *, helps: bool = False,
    ) -> Entry:  # fmt: skip
        return Entry(agency, *self._known(agency), state, text or STATES[state], source, value, typed, helps)

    def _known(self, actor: str) -> tuple[str, str]:
        """An actor's name, and its page if it has one."""
        href = f"{AGENCY_PAGE}{actor}/" if self._plan.has_sheet(actor) else ""
        return self._plan.actor[actor].name, href


def _asked_for(plan: Plan, target: str) -> tuple[str, ...]:
    """The agencies whose form asks for a target."""
    return tuple(a for a in plan.sheet_agencies if any(t.id == target for t in targets_asked(plan, a)))


def _rows(plan: Plan) -> dict[tuple[str, str], str]:
    """The duty in whose row an agency tells of another of its duties, by agency and that one."""
    agencies = dict.fromkeys(form.agency for form in forms_of(plan).values())
    return {(a, duty): row for a in agencies for duty, row in rows_of(plan, a).items() if row != duty}


def _told_there(plan: Plan) -> dict[str, tuple[Citation, ...]]:
    """Where else the work of a duty stands: the places of those that are told of in its row."""
    found: dict[str, dict[str, None]] = {}
    for (_, duty), row in plan.once(_rows).items():
        found.setdefault(row, {})[duty] = None
    return {row: tuple(cite_provision(plan, duty) for duty in duties) for row, duties in found.items()}


def _total(target: model.Target, entries: Sequence[Entry]) -> tuple[Decimal | None, str]:
    """The sum, and of how many reports; or none, and why."""
    if target.operator == "none" or not target.unit:
        return None, "Không cộng: chỉ tiêu không có số đo."
    if not adds_up(target):
        return None, "Không cộng: số liệu là tỷ lệ, mỗi cơ quan một số."
    figures: dict[str, set[Decimal]] = {e.agency: set() for e in entries if e.state != "exempt"}
    for entry in entries:
        if entry.value is not None:
            figures[entry.agency].add(entry.value)
    if any(len(values) > 1 for values in figures.values()):
        return None, "Không cộng: có cơ quan ghi hai số khác nhau."
    known = [value for values in figures.values() for value in values]
    if not known:
        return None, "Chưa có số để cộng."
    return sum(known, Decimal(0)), f"cộng từ {len(known)}/{len(figures)} báo cáo"
