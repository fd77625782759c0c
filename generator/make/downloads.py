"""Which files are offered beside which page: those that a build makes, with format and a place for the size. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.make.dataset import WHOLE, calendar_path
from generator.make.documents import list_documents
from generator.make.pages import CALENDAR_PAGE, OPEN_DATA_PAGE, Download
from generator.model.plan import Plan
from generator.views.opendata import FILES
from generator.write.site.webpage import size_place

DOCUMENTS = "tai-ve"  # the folders of the site in which the files stand
OPEN_DATA = "tai-ve/du-lieu-mo"


def part_of(path: str) -> str:
    """The part of a build that makes a file of the site: documents or open-data."""
    return "open-data" if path.startswith(f"{OPEN_DATA}/") else "documents"


def list_downloads(
    plan: Plan, is_made: Callable[[str], bool], forms: Iterable[tuple[str, str, str]] = ()
) -> dict[str, tuple[Download, ...]]:
    """The files by page, in the order in which they are offered; `is_made` says whether the site will have a path.

    `forms` are the topics' files: the page, the label, the path below `documents`.
    """
    offered: dict[str, list[Download]] = {}
    for page, label, path in (*_candidates(plan), *((p, label, f"{DOCUMENTS}/{path}") for p, label, path in forms)):
        if is_made(path):
            name = path.rsplit(".", 1)[-1].upper()
            offered.setdefault(page, []).append(Download(label, path, name, size_place(path)))
    return {page: tuple(files) for page, files in offered.items()}


def _candidates(plan: Plan) -> Iterator[tuple[str, str, str]]:
    for document in list_documents(plan):
        for name in document.kind.formats:
            yield document.page, document.kind.label, f"{DOCUMENTS}/{document.path}.{name}"
    for agency in plan.sheet_agencies:
        yield f"co-quan/{agency}", "Lịch", f"{DOCUMENTS}/{calendar_path(agency)}"
    yield CALENDAR_PAGE, "Lịch", f"{DOCUMENTS}/{WHOLE}"
    for file in FILES:
        yield OPEN_DATA_PAGE, file.title, f"{OPEN_DATA}/{file.name}"
