"""When a plan asks for something: events for calendar programs, and the years at a glance for a page. Pure.

A plan may name a quarter, a year or the end of one without a day; the office's setting gives the day, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.model import types as model
from generator.model.plan import Plan, paragraph_text
from generator.model.provision import Located
from generator.views.finding import owners
from generator.views.nodes import Citation, cite, cite_provision, excerpt, names
from generator.words.dates import date_text
from generator.words.names import lower_first
from generator.words.periods import Period

APPLIES: dict[str, str] = {
    "report": "Báo cáo", "review": "Sơ kết", "summary": "Tổng kết", "phase": "Giai đoạn", "meeting": "Họp, giao ban",
    "plan": "Lập kế hoạch", "work": "Việc có thời hạn",
}  # fmt: skip
_MONTHS: dict[str, tuple[int, ...]] = {
    "month": tuple(range(1, 13)), "quarter": (3, 6, 9, 12), "half-year": (6, 12), "year": (12,),
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something at a day, or in each of `months` from `start` to `end` (on `day`, or on the last working day if that is
    0), or from `start` to `end`.

    `end` is the last day, included. `party` is what an agency does at it: it reports, or receives.
    """

    id: str
    kind_label: str
    party: Literal["", "does", "receives"]
    summary: str
    description: str
    start: dt.date
    end: dt.date
    months: tuple[int, ...] = ()
    day: int = 0

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day it falls on; a phase has its first day only."""
        if not self.months:
            return (self.start,)
        years = range(self.start.year, self.end.year + 1)
        days = (day_in(year, month, self.day) for year in years for month in self.months)
        return tuple(day for day in days if self.start <= day <= self.end)


@dataclass(frozen=True)
class CalendarView:
    """The events of one agency, or of the whole plan; `id` is the agency's, or empty.

    `note` is what whoever uses it should know.
    """

    plan_id: str
    id: str
    name: str
    note: str
    edition: dt.date
    events: tuple[Event, ...]

    @property
    def is_worth_having(self) -> bool:
        """True if something is due: the phases of a plan alone are no calendar."""
        return any(event.party for event in self.events)


@dataclass(frozen=True)
class MarkView:
    """A mark in the picture: a kind of event on a day."""

    kind: str
    day: dt.date


@dataclass(frozen=True)
class YearView:
    """One year: its marks by month (January first)."""

    year: int
    months: tuple[tuple[MarkView, ...], ...]


@dataclass(frozen=True)
class UnscheduledView:
    """A deadline that cannot be put on a day, with who has it and why."""

    label: str
    kind_label: str
    by_names: str
    note: str
    citation: Citation | None


@dataclass(frozen=True)
class DateRow:
    """A row of the table that says in words what the picture shows."""

    day: str
    kind: str
    kind_label: str
    what: str
    who: str
    citation: Citation | None


@dataclass(frozen=True)
class CalendarPage:
    """The page of the whole plan's calendar."""

    years: tuple[YearView, ...]
    kinds: tuple[tuple[str, str], ...]
    rows: tuple[DateRow, ...]
    phases: tuple[tuple[str, int, int, Citation | None], ...]
    unscheduled: tuple[UnscheduledView, ...]
    office_label: str
    starts: str
    undated: bool


def view_calendar(plan: Plan, agency: str = "") -> CalendarView:
    """The events of an agency, or of the whole plan when none is named."""
    parties = _parties(plan, agency)
    events = [*_phases(plan, parties), *(e for d in plan.deadlines for e in _events(plan, d, parties))]
    title = plan.head.short_title
    name = f"{plan.agency[agency].name} - {title}" if agency else title
    return CalendarView(plan.head.id, agency, name, term_ended(plan), plan.head.edition, tuple(events))


def term_ended(plan: Plan) -> str:
    """What is said once of a plan whose term is over on the day on which it is looked at; nothing while it runs."""
    if not plan.is_over:
        return ""
    period = plan.head.period
    years = f"{period.from_}" if period.from_ == period.to else f"{period.from_} - {period.to}"
    return f"Thời kỳ thực hiện {plan.head.type} này ({years}) đã hết; nội dung này để tra cứu."


def view_calendar_page(plan: Plan) -> CalendarPage:
    """The years at a glance."""
    parties = _parties(plan, "")
    dated = [(d, event) for d in plan.deadlines if d.kind != "phase" for event in _events(plan, d, parties)]
    marks = sorted((MarkView(d.applies_to, day) for d, event in dated for day in event.days), key=lambda m: m.day)
    rows = sorted((row for d, event in dated for row in _rows(plan, d, event)), key=lambda pair: pair[0])
    kinds = dict.fromkeys(mark.kind for mark in marks)
    return CalendarPage(
        years=tuple(_year(year, marks) for year in range(plan.head.period.from_, plan.head.period.to + 1)),
        kinds=tuple((kind, APPLIES[kind]) for kind in kinds),
        rows=tuple(row for _, row in rows),
        phases=tuple((p.name, p.from_, p.to, _place(plan, p.clause)) for p in plan.head.phases),
        unscheduled=tuple(_unscheduled(plan)),
        office_label=plan.office.label if plan.office else "",
        starts=date_text(first_day(plan)),
        undated=plan.head.letterhead.date is None,
    )


def last_working_day(year: int, month: int) -> dt.date:
    """The last day from Monday to Friday of a month; holidays are not known here."""
    day = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def day_in(year: int, month: int, day: int) -> dt.date:
    """A day of a month; 0 is its last working day. A day that a month does not have is its last."""
    if not day:
        return last_working_day(year, month)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(days=day - 1), after - dt.timedelta(days=1))


def next_day(plan: Plan, deadline: model.Deadline) -> dt.date | None:
    """When a deadline falls next, counted from the day on which the plan is looked at; None where no day was named."""
    span = _span(plan, deadline)
    if plan.today is None or span is None:
        return None
    start, end, months, day = span
    years = range(start.year, end.year + 1)
    days = [day_in(year, month, day) for year in years for month in months] or [start]
    return next((d for d in days if max(plan.today, start) <= d <= end), None)


def due_day(plan: Plan, deadline: model.Deadline, period: Period) -> dt.date | None:
    """On which day a report of this period is due: the plan's day, else the office's; None where neither names one."""
    day = deadline.day if isinstance(deadline.day, int) else 0
    if period.day or (not day and plan.office is None) or (deadline.kind == "once" and not deadline.month):
        return None
    named = deadline.month if deadline.kind == "once" or deadline.every == "year" else None
    return day_in(period.year, named or period.last_month, day)


def first_day(plan: Plan) -> dt.date:
    """The day before which the plan cannot have asked for anything.

    Its own date; where that is unknown, the latest date of an instrument that its preamble rests on.
    """
    begin = dt.date(plan.head.period.from_, 1, 1)
    if plan.head.letterhead.date:
        return max(begin, plan.head.letterhead.date)
    links = (link for paragraph in plan.head.preamble for link in paragraph_text(paragraph).links())
    cited = (plan.instrument[target].date for link in links if link.scheme == "instrument" for target in link.targets)
    return max((date for date in cited if date), default=begin)


@dataclass(frozen=True)
class _Parties:
    """By deadlines: the duties of an agency, or all where none is named, and what others send it.

    A duty that names nobody is also theirs whom other duties make answer for it.
    """

    doing: Mapping[str, Sequence[Located]]
    receiving: Mapping[str, Sequence[Located]]


def _parties(plan: Plan, agency: str) -> _Parties:
    if not agency:
        return _Parties(plan.duties_due, {})
    doing: dict[str, list[Located]] = {}
    receiving: dict[str, list[Located]] = {}
    placed: Located | None = None  # the parts in one duty follow one another: what it does, then what it receives
    for part in plan.parts.get(agency, ()):
        if part.kind not in ("coordinates", "directed") and part.item is not placed:
            placed = part.item
            (doing if part.owns else receiving).setdefault(part.item.statement.deadline or "", []).append(part.item)
    own = {part.item.statement.id for part in plan.parts.get(agency, ()) if part.owns}
    for item in plan.duties:
        if not item.statement.by and not own.isdisjoint(item.statement.answered_by):
            doing.setdefault(item.statement.deadline or "", []).append(item)
    return _Parties(doing, receiving)


def _phases(plan: Plan, parties: _Parties) -> Iterator[Event]:
    for phase in plan.head.phases:
        begin, end = dt.date(phase.from_, 1, 1), dt.date(phase.to, 12, 31)
        start = max(begin, first_day(plan)) if first_day(plan) <= end else begin
        same = [d.id for d in plan.deadlines if d.kind == "phase" and (d.from_, d.to) == (phase.from_, phase.to)]
        duties = [item for deadline in same for item in parties.doing.get(deadline, ())]
        place = _place(plan, phase.clause)
        lines = [*_lines(plan, duties), *([f"Căn cứ: {place.text}."] if place else [])]
        lines += [f"Tính từ ngày {date_text(start)}: trước đó {plan.head.type} chưa thể có."] if start > begin else []
        lines += _closing(plan)
        summary = f"{phase.name}: {plan.head.short_title}"
        yield Event(phase.id, APPLIES["phase"], "", summary, "\n".join(lines), start, end)


def _events(plan: Plan, deadline: model.Deadline, parties: _Parties) -> Iterator[Event]:
    """The events of a deadline: what the agency does at it, and what it receives."""
    span = _span(plan, deadline)
    if span is None:
        return
    label = f"{APPLIES[deadline.applies_to]}: {deadline.label} - {plan.head.short_title}"
    both: tuple[tuple[Literal["does", "receives"], str, Sequence[Located]], ...] = (
        ("does", label, parties.doing.get(deadline.id, ())),
        ("receives", f"Nhận {lower_first(label)}", parties.receiving.get(deadline.id, ())),
    )
    for party, summary, found in both:
        if found:
            lines = [*_lines(plan, found), *_about_days(plan, deadline, span[0]), *_closing(plan)]
            text = "\n".join(lines)
            yield Event(deadline.id, APPLIES[deadline.applies_to], party, summary, text, *span)


def _span(plan: Plan, deadline: model.Deadline) -> tuple[dt.date, dt.date, tuple[int, ...], int] | None:
    """The first and the last day of a deadline, the months in which it falls, and on which day; None if it has no days.

    The plan's own day; else, where the office has settled that, the last working day of the period that the plan names.
    """
    day = deadline.day if isinstance(deadline.day, int) else 0
    if not day and plan.office is None:
        return None
    if deadline.kind == "once" and deadline.year:
        if deadline.month is None and deadline.at:  # in words only: nobody's guess
            return None
        when = day_in(deadline.year, deadline.month or 12, day)
        return when, when, (), day
    if deadline.kind != "recurring" or deadline.every is None:
        return None
    period, first = plan.head.period, first_day(plan)
    months = (deadline.month,) if deadline.every == "year" and deadline.month else _MONTHS[deadline.every]
    years = range(deadline.from_ or period.from_, (deadline.to or period.to) + 1)
    days = [date for date in (day_in(year, month, day) for year in years for month in months) if date >= first]
    return (days[0], days[-1], months, day) if days else None


def _about_days(plan: Plan, deadline: model.Deadline, first: dt.date) -> Iterator[str]:
    """What whoever sees a day should know of it: who set it, what it does not heed, whether it may be too early."""
    if not isinstance(deadline.day, int) and plan.office:
        yield f"Ngày cụ thể: {plan.office.label}; không tính ngày nghỉ lễ và ngày làm bù."
    if plan.head.letterhead.date is None and first.year == first_day(plan).year:
        yield f"Không rõ ngày ban hành {plan.head.type}: kỳ đầu ({date_text(first)}) có thể trước ngày đó."


def _closing(plan: Plan) -> Iterator[str]:
    yield f"{plan.head.short_title}."
    yield from filter(None, (term_ended(plan),))


def _lines(plan: Plan, items: Iterable[Located]) -> Iterator[str]:
    for item in items:
        statement = item.statement
        yield f"{excerpt(statement)} ({cite(item.clauses).text})"
        if statement.to:
            via = f", qua {names(plan, statement.via)}" if statement.via else ""
            yield f"Gửi: {names(plan, statement.to)}{via}."
        if not statement.by:
            yield f"{_nobody(plan, [item])}."


def _rows(plan: Plan, deadline: model.Deadline, event: Event) -> Iterator[tuple[dt.date, DateRow]]:
    who = _owners(plan, deadline) or _nobody(plan, plan.duties_due.get(deadline.id, ()))
    for day in event.days:
        shown = date_text(day)
        kind = APPLIES[deadline.applies_to]
        yield day, DateRow(shown, deadline.applies_to, kind, deadline.label, who, _place(plan, deadline.clause))


def _nobody(plan: Plan, items: Iterable[Located]) -> str:
    """That duties name nobody, and by which clauses somebody has to see to them."""
    answering = {identity for item in items for identity in item.statement.answered_by}
    told = owners(plan, (duty for duty in plan.duties if duty.statement.id in answering))
    return f"{plan.head.type} không ghi ai làm" + (f"; khoản khác khiến phải lo: {told}" if told else "")


def _owners(plan: Plan, deadline: model.Deadline) -> str:
    by = (actor for item in plan.duties_due.get(deadline.id, ()) for actor in item.statement.by)
    return names(plan, dict.fromkeys(by))


def _year(year: int, marks: Iterable[MarkView]) -> YearView:
    inside = [mark for mark in marks if mark.day.year == year]
    months = tuple(tuple(mark for mark in inside if mark.day.month == month) for month in range(1, 13))
    return YearView(year, months)


def _unscheduled(plan: Plan) -> Iterator[UnscheduledView]:
    for deadline in plan.deadlines:
        if deadline.kind == "phase" or _span(plan, deadline):
            continue
        yield UnscheduledView(
            deadline.label,
            APPLIES[deadline.applies_to],
            _owners(plan, deadline),
            deadline.note or "",
            _place(plan, deadline.clause),
        )


def _place(plan: Plan, provision: str | None) -> Citation | None:
    return cite_provision(plan, provision) if provision else None
