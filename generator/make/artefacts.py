"""THE table: every output of a project, a row each. Nothing that has no row is ever published."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.diagnostics import MakeError
from generator.make.artefact import Artefact
from generator.make.data import list_data
from generator.make.documents import list_documents, list_prefilled
from generator.make.pages import list_pages
from generator.make.progress import list_progress
from generator.make.revisions import list_revisions
from generator.make.search import list_search, search_view
from generator.make.site import list_assets, list_offered, list_told, list_whole
from generator.make.topics import list_forms, view_topics
from generator.project import Project


def list_artefacts(project: Project, wanted: Callable[[Artefact], bool] = lambda row: True) -> tuple[Artefact, ...]:
    """Every row, inputs before what holds them. A row that is not `wanted` is left out, and offered nowhere.

    Raises MakeError if two rows would be one file on some machine.
    """
    awareness = view_topics(project)
    lists = (
        list_documents(project.plan), list_prefilled(project.plan, project.reports), list_revisions(project),
        list_progress(project), list_data(project.plan, project.address), list_forms(project, awareness.topics),
    )  # fmt: skip
    made = [row for rows in lists for row in rows if wanted(row)]
    offered = list(list_offered(made))
    assets = list(list_assets(project))
    pages = list(list_pages(project, awareness, offered))
    index = list(list_search(search_view(project, awareness.topics), pages, offered))
    told = list(list_told(project, awareness, pages))
    site = [*offered, *assets, *pages, *index, *told, *list_whole(pages, [*offered, *assets, *index, *told])]
    rows = (*made, *(row for row in site if wanted(row)))
    refuse_twins(rows)
    return rows


def refuse_twins(rows: Sequence[Artefact]) -> None:
    """Raises MakeError if two rows would be one file on some machine, or one would leave the output folder."""
    seen: dict[str, str] = {}
    for path in (row.path for row in rows):
        if path.casefold() in seen:
            raise MakeError(f"không tạo được '{path}': trùng '{seen[path.casefold()]}'")
        if path.startswith("/") or ".." in path.split("/"):
            raise MakeError(f"không tạo được '{path}': ra khỏi thư mục kết quả")
        seen[path.casefold()] = path
