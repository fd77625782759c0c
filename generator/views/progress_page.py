"""The pages of progress: all periods at a glance with the targets as pictures, and what one agency reported. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model import types as model
from generator.model.plan import Plan
from generator.views.nodes import Citation
from generator.views.progress import STATES, UNTOLD, Entry, PeriodView, Source, State, TargetStatus, adds_up, with_unit
from generator.words.names import lower_first

_COUNTED: tuple[State, ...] = ("reported", "empty", "missing", "exempt")
_WHOLE = 1000  # the longest bar
_OF_ALL = ("greater-than", "at-least")  # what a target compares where it is of a level, not of a change
_HUNDRED = Decimal(100)
_ROOM = 40  # characters beside a picture's label


@dataclass(frozen=True)
class Bar:
    """A period's figure: `share` of the longest bar in thousandths, or -1 where there is none; `words` say why."""

    label: str
    words: str
    share: int


@dataclass(frozen=True)
class Series:
    """The figures of an agency, or of all together, by period; a picture where there is a figure.

    `goal` is where the plan's least figure stands, in thousandths, or -1.
    """

    id: str
    name: str
    href: str
    cells: tuple[str, ...]
    bars: tuple[Bar, ...]
    description: str
    goal: int


@dataclass(frozen=True)
class TargetProgress:
    """A target over the periods; `goal` is what the plan asks for at least, in words, or empty.

    `whole` is the figure that a bar of full length stands for.
    """

    id: str
    indicator: str
    text: str
    citation: Citation
    remark: str
    goal: str
    whole: str
    heads: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class DutyProgress:
    """A duty over the periods: of how many agencies is known what; `is_asked` if anybody reported or had to."""

    id: str
    section: str
    text: str
    label: str
    citation: Citation
    owners: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str, str], ...]
    is_asked: bool


@dataclass(frozen=True)
class AgencyProgress:
    """An agency that has to report: how often it did, and for which periods not."""

    name: str
    href: str
    came: int
    expected: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class PeriodLine:
    """A period in the list; `none` is True if nothing came at all."""

    title: str
    href: str
    count: str
    expected: bool
    missing: int
    none: bool


@dataclass(frozen=True)
class ProgressView:
    """The page of progress; the latest period stands first. `unasked`: the duties of which nobody had to report.

    `restricted`: the public's site does not have it.
    """

    periods: tuple[PeriodLine, ...]
    agencies: tuple[AgencyProgress, ...]
    duties: tuple[DutyProgress, ...]
    unasked: tuple[DutyProgress, ...]
    targets: tuple[TargetProgress, ...]
    restricted: bool


@dataclass(frozen=True)
class Told:
    """A thing that an agency was asked for, and what it said of it."""

    what: str
    citation: Citation | None
    text: str
    state: State


@dataclass(frozen=True)
class HistoryPeriod:
    """A period of one agency: its forms, and what it said; no form is no report."""

    title: str
    href: str
    sources: tuple[Source, ...]
    told: tuple[Told, ...]
    silent: int


def view_progress(plan: Plan, periods: Sequence[PeriodView], *, restricted: bool) -> ProgressView:
    """All periods at a glance."""
    latest = tuple(reversed(periods))
    duties = tuple(_duties(periods, latest))
    return ProgressView(
        periods=tuple(
            PeriodLine(p.title, p.href, p.count, bool(p.expected), len(p.missing), not p.sources) for p in latest
        ),
        agencies=tuple(_agencies(plan, periods)),
        duties=tuple(duty for duty in duties if duty.is_asked),
        unasked=tuple(duty for duty in duties if not duty.is_asked),
        targets=tuple(_target(plan.target[target.id], periods) for target in (periods[-1].targets if periods else ())),
        restricted=restricted,
    )


def view_history(agency: str, periods: Iterable[PeriodView]) -> tuple[HistoryPeriod, ...]:
    """What an agency reported, the latest period first; empty if it never did and never had to."""
    return tuple(reversed([h for period in periods if (h := _history(agency, period))]))


def _history(agency: str, period: PeriodView) -> HistoryPeriod | None:
    sources = tuple(source for source in period.sources if source.agency == agency)
    if not sources:
        is_due = any(entry.agency == agency for entry in period.missing)
        return HistoryPeriod(period.title, period.href, (), (), 0) if is_due else None
    told = tuple(_told(agency, period))
    kept = tuple(item for item in told if item.state == "reported")
    return HistoryPeriod(period.title, period.href, sources, kept, len(told) - len(kept))


def _told(agency: str, period: PeriodView) -> Iterator[Told]:
    for duty in period.duties:
        for entry in _of(agency, duty.entries):
            yield Told(duty.label or duty.text, duty.citation, entry.text, entry.state)
    for target in period.targets:
        for entry in _of(agency, target.entries):
            yield Told(target.indicator, target.citation, entry.text, entry.state)
    for _, what, entries in period.remarks:
        for entry in _of(agency, entries):
            yield Told(what, None, entry.text, entry.state)


def _of(agency: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.agency == agency)


def _agencies(plan: Plan, periods: Sequence[PeriodView]) -> Iterator[AgencyProgress]:
    missing: dict[str, list[str]] = {}
    came: Counter[str] = Counter()
    known: dict[str, tuple[str, str]] = {}
    for period in periods:
        for entry in period.missing:
            known[entry.agency] = (entry.name, entry.href)
            missing.setdefault(entry.agency, []).append(period.short)
        for source in period.sources:
            known[source.agency] = (source.name, source.href)
            came[source.agency] += source.expected
    for agency in (agency for agency in plan.agency if agency in known):
        lacking = tuple(missing.get(agency, ()))
        yield AgencyProgress(*known[agency], came[agency], came[agency] + len(lacking), lacking)


def _duties(periods: Sequence[PeriodView], latest: Sequence[PeriodView]) -> Iterator[DutyProgress]:
    by_period = {period.id: {duty.id: duty for duty in period.duties} for period in periods}
    for duty in dict((duty.id, duty) for period in periods for duty in period.duties).values():
        told = [(p, by_period[p.id][duty.id]) for p in latest if duty.id in by_period[p.id]]
        owners = {e.agency: (e.name, e.href) for _, status in told for e in status.entries if not e.helps}
        lines = tuple((p.short, f"{p.href}#nv-{duty.id}", _counts(status.entries)) for p, status in told)
        yield DutyProgress(
            id=duty.id,
            section=duty.section,
            text=duty.text,
            label=duty.label,
            citation=duty.citation,
            owners=tuple(owners.values()),
            periods=lines,
            is_asked=any(status.is_asked for _, status in told),
        )


def _counts(entries: Iterable[Entry]) -> str:
    """Of how many agencies what is known: `3 có báo cáo, 20 chưa báo cáo`; without a number of an only one."""
    counted = Counter(entry.state for entry in entries if not entry.helps)
    words: dict[State, str] = {entry.state: entry.text for entry in entries if entry.state != "reported"}
    said = {state: lower_first(words.get(state, STATES[state])) for state in _COUNTED if counted[state]}
    if counted.total() == 1:
        return next(iter(said.values()))
    return ", ".join(f"{counted[state]} {text}" for state, text in said.items()) or lower_first(UNTOLD)


def _target(target: model.Target, periods: Sequence[PeriodView]) -> TargetProgress:
    status = [next(t for t in period.targets if t.id == target.id) for period in periods]
    pictured = _alike(periods)
    values = [v for n in pictured for v in _values(status[n])]
    goal = target.lower if target.operator in _OF_ALL and not adds_up(target) else None
    full = [_HUNDRED] if target.unit == "%" and target.operator in _OF_ALL else []
    longest = max((*values, goal or Decimal(0), *full), default=Decimal(0))
    known = {
        entry.agency: (entry.name, entry.href) for one in status for entry in one.entries if entry.state != "exempt"
    }
    rows = [(agency, *named, [_cell(one, agency) for one in status]) for agency, named in known.items()]
    if adds_up(target):
        rows.insert(0, ("cong", "Cộng", "", [(_sum(one), one.total_value) for one in status]))
    series = []
    for number, (key, name, href, cells) in enumerate(rows):
        bars = tuple(Bar(periods[n].short, _brief(cells[n][0]), _share(cells[n][1], longest)) for n in pictured)
        is_drawn = (number == 0 or not adds_up(target)) and any(bar.share >= 0 for bar in bars)
        shown = bars if is_drawn else ()
        said = "; ".join(f"{bar.label}: {lower_first(bar.words)}" for bar in shown)
        words = tuple(text for text, _ in cells)
        series.append(Series(f"{target.id}-{key}", name, href, words, shown, said, _share(goal, longest)))
    first = status[0]
    return TargetProgress(
        id=target.id,
        indicator=target.indicator,
        text=target.text,
        citation=first.citation,
        remark="" if adds_up(target) else first.remark,
        goal=with_unit(goal, target.unit or "") if goal is not None else "",
        whole=with_unit(longest, target.unit or ""),
        heads=tuple(period.short for period in periods),
        series=tuple(series),
    )


def _cell(status: TargetStatus, agency: str) -> tuple[str, Decimal | None]:
    """What an agency said of a target in a period, and the figure if it said one."""
    entries = [entry for entry in status.entries if entry.agency == agency]
    values = [entry.value for entry in entries if entry.value is not None]
    words = "; ".join(entry.text for entry in entries) or STATES["exempt"]
    return words, values[0] if len(values) == 1 else None


def _sum(status: TargetStatus) -> str:
    return f"{status.total} ({status.remark})" if status.total else status.remark


def _values(status: TargetStatus) -> list[Decimal]:
    if status.added:
        return [status.total_value] if status.total_value is not None else []
    return [entry.value for entry in status.entries if entry.value is not None]


def _brief(words: str) -> str:
    return words if len(words) <= _ROOM else "ghi bằng chữ, xem bảng"


def _share(value: Decimal | None, longest: Decimal) -> int:
    if value is None:
        return -1
    return int(value * _WHOLE / longest) if longest else 0


def _alike(periods: Sequence[PeriodView]) -> list[int]:
    """The periods that a picture can hold side by side: those of one length, that of which there are most."""
    lengths = Counter(period.every for period in periods if period.kind == "periodic")
    if not lengths:
        return []
    length = max(lengths, key=lambda every: lengths[every])
    return [n for n, period in enumerate(periods) if period.kind == "periodic" and period.every == length]
