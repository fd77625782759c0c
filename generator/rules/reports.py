"""What agencies reported, as the public may know it: nothing marked internal, nothing about what is hidden. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.plan import Plan
from generator.model.reports import DutyResult, Report, TargetFigure
from generator.model.scalars import Note
from generator.model.walk import is_internal
from generator.rules.hidden import HiddenWords


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
            difficulties=self._note(report.difficulties),
            plans=self._note(report.plans),
            proposals=self._note(report.proposals),
        )

    def _result(self, result: DutyResult) -> DutyResult:
        return result.changed(text=self._note(result.text))

    def _figure(self, figure: TargetFigure) -> TargetFigure:
        lost = figure.text is not None and self._note(figure.text) is None
        return figure.changed(text=None, value=None) if lost else figure

    def _note(self, note: Note | None) -> Note | None:
        return None if note is None or is_internal(note) or self._hidden.shared(note) else note
