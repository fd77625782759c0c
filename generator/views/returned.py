"""The forms that came back, held against what was asked: what each says as a record, or why it cannot be one. Pure.

Nothing is guessed: what is not said stays unknown, and what is doubtful is told to whoever collects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.model.forms import Form, forms_of
from generator.model.plan import Plan
from generator.model.reports import DutyResult, FormIdentity, ReceivedForm, Report, TargetFigure
from generator.model.scalars import Passage
from generator.read.forms import Doubt, FormError, FormFault, ReturnedForm
from generator.views.calendar import due_day
from generator.views.report import AskedView, agency_of, form_name, view_report
from generator.words.dates import date_text, read_date
from generator.words.names import upper_first
from generator.words.numbers import read_number
from generator.words.periods import Period, period_of, read_period

Code = (
    FormFault
    | Literal[
        "other-plan", "other-version", "no-period", "wrong-period", "undated", "empty", "doubled", "other-report",
        "copy", "half-filled", "not-a-number", "unchanged", "tracked", "outside", "lost-breaks", "late", "missing",
    ]
)  # fmt: skip
_DOUBTS = {
    "tracked": "còn thay đổi chưa chấp nhận (Track Changes): đã lấy như khi chấp nhận hết; xem lại",
    "outside": "có chữ gõ ngoài ô nhập: đã lấy cả; xem lại",
    "lost-breaks": "LibreOffice đã nối các dòng của ô này thành một: đối chiếu với bản in",
}
_SECTIONS = ("event", "difficulties", "plans", "proposals")


@dataclass(frozen=True)
class Arrived:
    """A file that came: its name, its SHA-256 (its name, if it was not read), what it says or why it says nothing."""

    file: str
    sha256: str
    form: ReturnedForm | FormError


@dataclass(frozen=True)
class Finding:
    """Something to know about what came back, or did not; file, agency and field are empty where there is none.

    `refused` is True if it keeps a file from being recorded.
    """

    code: Code
    file: str
    agency: str
    field: str
    reason: str
    refused: bool = False

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.agency, self.field, self.reason) if part)


@dataclass(frozen=True)
class Collection:
    """What was collected: the new records, those that were there already, and what is to be said."""

    new: tuple[Report, ...]
    known: tuple[Report, ...]
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """True if every file could be taken."""
        return not any(finding.refused for finding in self.findings)


class _RefusedError(Exception):
    """A form cannot be recorded: the code, and what is wrong by the labels of its fields."""

    def __init__(self, code: Code, *wrong: tuple[str, str]) -> None:
        super().__init__(code)
        self.code, self.wrong = code, wrong


def collect_forms(
    plan: Plan, recorded: Iterable[Report], arrived: Iterable[Arrived], period: Period | None, *, replace: bool = False
) -> Collection:
    """What files, in the order of their names, say. `recorded` are the records of before; with `replace` a form that
    came again takes the place of its record. A form must be for `period`, if there is one.
    """
    before = {(report.form, report.period): report for report in recorded}
    findings: list[Finding] = []
    read: dict[tuple[str, str], list[tuple[Report, list[Finding]]]] = {}
    for first, *copies in _by_checksum(arrived):
        notes = [_told(plan, copy, "copy", "", f"giống hệt '{first.file}': chỉ tính một") for copy in copies]
        try:
            report = _report(plan, first, period)
        except _RefusedError as refused:
            findings += [_told(plan, first, refused.code, *wrong, refused=True) for wrong in refused.wrong]
            findings += notes
        else:
            notes += _remarks(plan, first, report, before)
            read.setdefault((report.form, report.period), []).append((report, notes))
    taken: list[Report] = []
    for key, some in read.items():
        refusals = list(_rivals(plan, [report for report, _ in some], None if replace else before.get(key)))
        taken += [] if refusals else [some[0][0]]
        findings += refusals or some[0][1]
    there = {**before, **{(report.form, report.period): report for report in taken}}
    findings += _missing(plan, there, taken, period)
    known = [report for report in taken if _is_recorded(report, before)]
    return Collection(
        new=tuple(report for report in taken if report not in known),
        known=tuple(before[report.form, report.period] for report in known),
        findings=tuple(sorted(findings, key=lambda f: (not f.refused, f.code == "missing", f.file))),
    )


def _by_checksum(arrived: Iterable[Arrived]) -> Iterable[list[Arrived]]:
    found: dict[str, list[Arrived]] = {}
    for each in arrived:
        found.setdefault(each.sha256, []).append(each)
    return found.values()


def _is_recorded(report: Report, before: Mapping[tuple[str, str], Report]) -> bool:
    old = before.get((report.form, report.period))
    return old is not None and old.received.sha256 == report.received.sha256


def _rivals(plan: Plan, reports: Sequence[Report], old: Report | None) -> Iterator[Finding]:
    """Why reports of one form for one period cannot be recorded: there are several, or another is recorded already."""
    first = reports[0]
    name, when = _name_of(plan, first.form), read_period(first.period).words
    if len(reports) > 1:
        reason = f"{len(reports)} tệp khác nhau cho cùng một báo cáo, {when}: chỉ để lại tệp đúng"
        yield from (Finding("doubled", report.received.file, name, "", reason, True) for report in reports)
    elif old and old.received.sha256 != first.received.sha256:
        reason = f"đã có báo cáo khác, {when}, từ tệp '{old.received.file}' (muốn thay thì thêm --replace)"
        yield Finding("other-report", first.received.file, name, "", reason, True)


def _report(plan: Plan, arrived: Arrived, period: Period | None) -> Report:
    """What a file says, as a record. Raises _RefusedError."""
    returned = arrived.form
    if isinstance(returned, FormError):
        raise _RefusedError(returned.code, *((label, returned.reason) for label in returned.labels or ("",)))
    identity, texts = returned.identity, returned.texts
    form, rows = _asked(plan, returned)
    date = read_date(texts.get("date", ""))
    when = _period(form, returned, date)
    if period and when != period:
        reason = f"báo cáo này của {when.words}, không phải {period.words}"
        raise _RefusedError("wrong-period", (_label(returned, "period.part", "period.year"), reason))
    if form.kind != "at-once" and not form.covers(when, plan):
        reason = f"{plan.head.type} không có kỳ báo cáo này: {when.words}"
        raise _RefusedError("wrong-period", (_label(returned, "period.year"), reason))
    if not any(texts.get(tag) for tag in (*(row.tag for row in rows), *_SECTIONS)):
        raise _RefusedError("empty", ("", "mẫu chưa điền gì"))
    results = [(row.tag.partition(":")[2], _passage(texts[row.tag])) for row in rows if row.tag.startswith("duty:")]
    asked = [row.tag.partition(":")[2] for row in rows if row.tag.startswith("target:")]
    return Report(
        form=identity.form,
        agency=form.agency,
        kind=form.kind,
        period=when.id,
        received=ReceivedForm(file=arrived.file, sha256=arrived.sha256),
        number=_number(texts),
        date=date.isoformat() if date else "unknown",
        results=tuple(DutyResult(duty=duty, text=text) for duty, text in results if text or form.kind != "at-once"),
        figures=tuple(_figure(plan, target, texts[f"target:{target}"]) for target in asked),
        signatory=" ".join(texts.get("signatory", "").split()) or None,
        **{name: _passage(texts.get(name, "")) for name in _SECTIONS},
    )


def _asked(plan: Plan, returned: ReturnedForm) -> tuple[Form, tuple[AskedView, ...]]:
    """The plan's form that came back, and its rows. Raises _RefusedError for one that is not this plan's, or not as it
    was sent.
    """
    identity = returned.identity
    if identity.plan != plan.head.id:
        raise _RefusedError("other-plan", ("", f"mẫu của kế hoạch khác ('{identity.plan[:60]}')"))
    form = forms_of(plan).get(identity.form)
    view = view_report(plan, identity.form) if form else None
    if form is None or view is None or FormIdentity(**_given(view.identity)).asks != identity.asks:
        reason = f"mẫu của phiên bản khác (bản ngày {identity.edition[:10]}): gửi cơ quan mẫu hiện nay"
        raise _RefusedError("other-version", ("", reason))
    rows = (*view.own, *view.targets)
    numbered = (*enumerate(view.own, 1), *enumerate(view.targets, 1))
    altered = [row.tag for number, row in numbered if returned.beside.get(row.tag) != row.printed(number)]
    if altered:
        reason = "chữ in sẵn bên cạnh ô này đã bị sửa"
        raise _RefusedError("edited-apart", *((_label(returned, tag), reason) for tag in altered))
    return form, rows


def _given(properties: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.partition("-")[2]: value for name, value in properties}


def _period(form: Form, returned: ReturnedForm, date: dt.date | None) -> Period:
    """For which period a form says it is; one at once is of its day. Raises _RefusedError."""
    if returned.identity.period:
        return read_period(returned.identity.period)
    if form.kind == "at-once":
        if date is None:
            reason = "báo cáo đột xuất phải ghi ngày, như 05/10/2018"
            raise _RefusedError("undated", (_label(returned, "date"), reason))
        return read_period(date.isoformat())
    part, year = (returned.texts.get(tag, "") for tag in ("period.part", "period.year"))
    try:
        return period_of(form.deadline.every or "year", part, year)
    except ValueError:
        is_part = "period.part" in returned.labels and not part
        tag, said = ("period.part", part) if is_part else ("period.year", year)
        reason = f"'{said[:40]}' không phải một năm" if said else "chưa ghi kỳ báo cáo"
        raise _RefusedError("no-period", (_label(returned, tag), reason)) from None


def _label(returned: ReturnedForm, *tags: str) -> str:
    return next((returned.labels[tag] for tag in tags if tag in returned.labels), "")


def _passage(text: str) -> Passage | None:
    return Passage(text) if text else None


def _number(texts: Mapping[str, str]) -> str:
    number, code = (" ".join(texts.get(tag, "").split()) for tag in ("number", "number.code"))
    return (f"{number}/BC-{code}" if code else number) or "unknown"


def _figure(plan: Plan, target: str, text: str) -> TargetFigure:
    number = read_number(text, plan.target[target].unit or "")
    return TargetFigure(target=target, text=_passage(text), value=None if number is None else str(number))


def _told(plan: Plan, arrived: Arrived, code: Code, field: str, reason: str, *, refused: bool = False) -> Finding:
    identity = arrived.form.identity
    return Finding(code, arrived.file, _name_of(plan, identity.form) if identity else "", field, reason, refused)


def _name_of(plan: Plan, form: str) -> str:
    """An agency's name, with what tells the form from its others."""
    agency = plan.agency.get(agency_of(form))
    if agency is None:
        return form[:80]
    what = form_name(plan, form) if form in forms_of(plan) and form != agency.id else ""
    return f"{agency.name} ({what})" if what else agency.name


def _remarks(
    plan: Plan, arrived: Arrived, report: Report, before: Mapping[tuple[str, str], Report]
) -> Iterator[Finding]:
    """What to tell of a form that can be recorded."""
    returned = arrived.form
    assert isinstance(returned, ReturnedForm)  # it has given a record
    for code, tag, reason in (
        *_gaps(returned, report), *_unchanged(returned, before), *map(_doubted, returned.doubts),
        *_dated(plan, returned, report),
    ):  # fmt: skip
        yield _told(plan, arrived, code, returned.labels.get(tag, ""), reason)


def _gaps(returned: ReturnedForm, report: Report) -> Iterator[tuple[Code, str, str]]:
    empty = "để trống: ghi nhận là chưa báo cáo"
    if report.kind == "at-once":
        if not report.event:
            yield "half-filled", "event", empty
        return
    for result in report.results:
        if not result.text:
            yield "half-filled", f"duty:{result.duty}", empty
    for figure in report.figures:
        if not figure.text:
            yield "half-filled", f"target:{figure.target}", empty
        elif figure.value is None:
            yield "not-a-number", f"target:{figure.target}", f"'{_cut(figure.text)}' không phải một số: giữ nguyên chữ"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40]}…"


def _unchanged(returned: ReturnedForm, before: Mapping[tuple[str, str], Report]) -> Iterator[tuple[Code, str, str]]:
    """What a form that was filled with the report of before still has in its words."""
    last = before.get((returned.identity.form, returned.identity.prefilled))
    if last is None:
        return
    said = {f"duty:{r.duty}": r.text for r in last.results} | {f"target:{f.target}": f.text for f in last.figures}
    for tag, text in said.items():
        if text and returned.texts.get(tag, "").split() == text.split():
            yield "unchanged", tag, f"giữ nguyên lời kỳ trước ({read_period(last.period).words})"


def _doubted(doubt: Doubt) -> tuple[Code, str, str]:
    return doubt.kind, doubt.tag, _DOUBTS[doubt.kind]


def _dated(plan: Plan, returned: ReturnedForm, report: Report) -> Iterator[tuple[Code, str, str]]:
    if report.kind == "at-once":
        return
    due = due_day(plan, forms_of(plan)[report.form].deadline, read_period(report.period))
    if report.date is None:
        said = returned.texts.get("date", "")
        reason = f"'{_cut(said)}' không phải ngày có thật" if said else "chưa ghi ngày báo cáo"
        yield "undated", "date", f"{reason}: không xét được có quá hạn không" if due else reason
    elif due and report.date > due:
        late = (report.date - due).days
        yield "late", "date", f"quá hạn {late} ngày (ghi {date_text(report.date)}, hạn {date_text(due)})"


def _missing(
    plan: Plan, there: Mapping[tuple[str, str], Report], taken: Sequence[Report], period: Period | None
) -> Iterator[Finding]:
    """The forms that are due for a period, the one that is collected or those of what came, and are not there."""
    periods = dict.fromkeys([*([period] if period else []), *(read_period(report.period) for report in taken)])
    kinds = {report.kind for report in taken}
    for each in sorted(periods, key=lambda p: p.order):
        for name, form in forms_of(plan).items():
            wanted = period is not None or form.kind in kinds
            if wanted and form.covers(each, plan) and (name, each.id) not in there:
                due = due_day(plan, form.deadline, each)
                limit = f" (hạn {date_text(due)})" if due else ""
                reason = f"chưa có báo cáo {each.words}{limit}"
                yield Finding("missing", "", upper_first(_name_of(plan, name)), "", reason)
