"""What agencies reported: whether it was asked of them; as the public may know it, without what is hidden. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics import Diagnostic, hint_nearest
from generator.model.forms import Form, forms_of
from generator.model.plan import Plan
from generator.model.reports import DutyResult, Report, TargetFigure
from generator.model.scalars import Passage
from generator.model.walk import is_internal
from generator.read.reports import LoadedReports
from generator.rules.hidden import HiddenWords
from generator.words.periods import read_period


def check_reports(loaded: LoadedReports, plans: Sequence[Plan]) -> Iterator[Diagnostic]:
    """Each report is one that some version of the plan asks for, of the agency that it asks; nothing is said twice."""
    forms = {name: (form, plan) for plan in reversed(plans) for name, form in forms_of(plan).items()}
    for report in loaded.reports:
        if report.form not in forms:
            span, hint = loaded.spans.of(report, "form"), hint_nearest(report.form, forms)
            yield Diagnostic(span, "unknown-form", f"không có mẫu báo cáo '{report.form}'", hint)
        else:
            yield from _unasked(loaded, report, *forms[report.form])
        yield from _repeated(loaded, report)


def _unasked(loaded: LoadedReports, report: Report, form: Form, plan: Plan) -> Iterator[Diagnostic]:
    for field, right in (("agency", form.agency), ("kind", form.kind)):
        if getattr(report, field) != right:
            message = f"mẫu '{report.form}' là của '{right}', không phải '{getattr(report, field)}'"
            yield Diagnostic(loaded.spans.of(report, field), "wrong-form", message)
    period = read_period(report.period)
    if not (period.day if form.kind == "at-once" else form.covers(period, plan)):
        message = f"mẫu '{report.form}' không có kỳ '{report.period}'"
        yield Diagnostic(loaded.spans.of(report, "period"), "wrong-period", message)


def _repeated(loaded: LoadedReports, report: Report) -> Iterator[Diagnostic]:
    told: set[str] = set()
    named = [(result, "duty", result.duty) for result in report.results]
    for record, field, identity in (*named, *((figure, "target", figure.target) for figure in report.figures)):
        if identity in told:
            yield Diagnostic(loaded.spans.of(record, field), "repeated-id", f"'{identity}' đã báo cáo ở trên")
        told.add(identity)


def public_reports(reports: Iterable[Report], plan: Plan, shown: Plan) -> tuple[Report, ...]:
    """Reports without what is not in `shown`, the public plan, and without notes that are or tell what is hidden."""
    cutter = _Cutter(shown, HiddenWords(plan, shown))
    return tuple(cutter.report(report) for report in reports if report.agency in shown.agency)


class _Cutter:
    def __init__(self, shown: Plan, hidden: HiddenWords) -> None:
        self._shown, self._hidden = shown, hidden

    def report(self, report: Report) -> Report:
        return report.changed(
            results=tuple(self._result(r) for r in report.results if r.duty in self._shown.provisions),
            figures=tuple(self._figure(f) for f in report.figures if f.target in self._shown.target),
            event=self._note(report.event),
            difficulties=self._note(report.difficulties),
            plans=self._note(report.plans),
            proposals=self._note(report.proposals),
        )

    def _result(self, result: DutyResult) -> DutyResult:
        return result.changed(text=self._note(result.text))

    def _figure(self, figure: TargetFigure) -> TargetFigure:
        lost = figure.text is not None and self._note(figure.text) is None
        return figure.changed(text=None, value=None) if lost else figure

    def _note(self, note: Passage | None) -> Passage | None:
        return None if note is None or is_internal(note) or self._hidden.shared(note) else note
