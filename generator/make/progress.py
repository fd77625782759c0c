"""The rows of what agencies reported: for each period the consolidated report, its annex and its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from generator.make.artefact import PLAIN, Artefact, Form, Offer
from generator.make.documents import FOLDER as DOCUMENTS
from generator.make.documents import PRESSES
from generator.project import Project
from generator.views.consolidated_report import view_gathered, view_gathered_annex, view_gathered_tables
from generator.views.progress import PeriodView, view_periods

FOLDER = f"{DOCUMENTS}/tong-hop"


def list_progress(project: Project) -> Iterator[Artefact]:
    """The papers of every period of which something was reported; none where nothing was, or readers may not see it."""
    plan, profile = project.plan, project.plan.head.profile
    for period in periods_of(project):
        if not period.sources:
            continue
        page, path = period.href.rstrip("/"), f"{FOLDER}/{period.id}"
        papers = (
            (path, view_gathered, Form("documents/consolidated.html.j2", profile), "Báo cáo tổng hợp"),
            (
                f"{path}-phu-luc", view_gathered_annex,
                Form("documents/consolidated_annex.html.j2", profile, landscape=True), "Phụ lục theo từng cơ quan",
            ),
        )  # fmt: skip
        for whole, view, form, label in papers:
            made = cache(partial(view, plan, period))
            for extension, press in PRESSES.items():
                yield Artefact(f"{whole}.{extension}", press, made, form, (Offer(page, label),))
        tables = partial(view_gathered_tables, plan, period)
        yield Artefact(f"{path}.xlsx", "workbook", tables, PLAIN, (Offer(page, "Số liệu"),))


def periods_of(project: Project) -> tuple[PeriodView, ...]:
    """The periods of a project, as its readers may know them."""
    return view_periods(project.plan, project.reports, cut=not project.readers.internal)
