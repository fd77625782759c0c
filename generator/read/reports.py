"""The forms that came back: the files reports/<period>/<form>.yml of a data folder → their records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.diagnostics import DataError, Diagnostic, Span
from generator.model.plan import Plan
from generator.model.reports import Report
from generator.model.walk import walk_records
from generator.read.plan import Spans, dangling_ids, known_ids, load_file
from generator.read.tree import SourceTree
from generator.words.periods import read_period

FOLDER = "reports"


@dataclass(frozen=True)
class LoadedReports:
    """The reports by period and form, and where their records stand."""

    reports: tuple[Report, ...]
    spans: Spans


def load_reports(tree: SourceTree, plans: Sequence[Plan]) -> LoadedReports:
    """Every report. `plans` are the versions of the plan, whose ids a report may name: a duty goes, its results stay.

    Raises DataError with every error of every file.
    """
    errors: list[Diagnostic] = []
    spans = Spans()
    reports: list[Report] = []
    for name in tree.names():
        if name.startswith(f"{FOLDER}/") and name.endswith(".yml"):
            report = load_file(tree, name, Report, spans, errors)
            reports += [report] if report else []
            errors += _misplaced(tree, name, report) if report else []
    if reports:
        known: dict[str, set[str]] = {}
        for ids in map(known_ids, plans):
            known = {kind: known.get(kind, set()) | some for kind, some in ids.items()}
        errors += dangling_ids((r for report in reports for r in walk_records(report)), known, spans)
    if errors:
        raise DataError(errors)
    return LoadedReports(tuple(reports), spans)


def _misplaced(tree: SourceTree, name: str, report: Report) -> list[Diagnostic]:
    span = Span(tree.label(name))
    try:
        read_period(report.period)
    except ValueError:
        hint = "viết như 2018-Q3, 2018-H1, 2018-07, 2018 hay 2018-07-15"
        return [Diagnostic(span, "bad-period", f"'{report.period}' không phải một kỳ báo cáo", hint)]
    right = f"{FOLDER}/{report.period}/{report.form}.yml"
    return [] if name == right else [Diagnostic(span, "misplaced-report", f"báo cáo này phải ở '{right}'")]
