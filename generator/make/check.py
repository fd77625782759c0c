"""Everything about a project that can fail short of writing bytes: `kehoach check`."""

from __future__ import annotations

from pathlib import Path

from generator import program
from generator.diagnostics import DataError, Diagnostic
from generator.make.edition import compare
from generator.make.fit import check_fit
from generator.make.gate import find_faults
from generator.make.glyphs import check_letters
from generator.make.pages import FOLDER as SITE
from generator.make.press import Workshop
from generator.project import Project, Readers
from generator.read.tree import SourceTree
from generator.views.labels import mark_of
from generator.write.site.theme import article_of
from generator.write.site.webpage import read_page
from generator.write.templates import Renderer


def check_project(
    data: Path | SourceTree, content: Path | SourceTree, *, strict: bool = False
) -> tuple[Diagnostic, ...]:
    """The warnings of a project.

    Raises DataError with the errors of a stage: those that a build would meet, also of what the public does not see.
    """
    whole = Project.open(data, content, Readers("internal"), strict=strict)
    public = Project.open(whole.data, whole.content, strict=strict)
    for project in (whole, public):
        check_prints(project)
        _check_pages(project)
    return whole.warnings


def check_prints(project: Project) -> None:
    """Raises DataError for characters that print lacks, and for text that does not fit its paper."""
    if missing := check_letters(project.loaded, project.found, project.profile):
        raise DataError(missing)
    rows = compare(project, None, {}).rows
    if unfit := list(check_fit(project, rows, Workshop(project, rows, 1).layout)):
        raise DataError(unfit)


def _check_pages(project: Project) -> None:
    """Make every view, fill every template, and lead every page through the gate, as a build will."""
    renderer = Renderer(program.TEMPLATES, mark_of(project.readers.audience))
    rows = compare(project, None, {}).rows
    pages = {}
    for row in rows:
        if row.press == "page":
            page = renderer.render(row.form.template, **row.view())
            pages[row.path.removeprefix(f"{SITE}/")] = read_page(article_of(page))
        elif row.press in ("word", "paper") and not row.form.pictures:
            for view in (row.view().old, row.view().new) if row.form.tracked else (row.view(),):
                renderer.render(row.form.template, view=view)
    if faults := list(find_faults(project, rows, pages, lambda row: row.view())):
        raise DataError(faults)
