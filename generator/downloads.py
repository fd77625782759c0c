"""Which files are offered beside which page: those that a build has made, with format and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.dataset import WHOLE, calendar_path
from generator.documents import list_documents
from generator.pages import CALENDAR_PAGE, OPEN_DATA_PAGE, Download
from generator.plan import Plan
from generator.views.opendata import FILES

DOCUMENTS = "tai-ve"  # the folders of the site in which the files stand
OPEN_DATA = "tai-ve/du-lieu-mo"


def list_downloads(
    plan: Plan, documents: Path, data: Path, forms: Iterable[tuple[str, str, str]] = ()
) -> dict[str, tuple[Download, ...]]:
    """The files by page, in the order in which they are offered; those that were not made are left out.

    `forms` are the topics' files: the page, the label, the path below `documents`.
    """
    offered: dict[str, list[Download]] = {}
    topics = ((page, label, f"{DOCUMENTS}/{path}", documents / path) for page, label, path in forms)
    for page, label, href, file in (*_candidates(plan, documents, data), *topics):
        if file.is_file():
            offered.setdefault(page, []).append(Download(label, href, file.suffix[1:].upper(), _size(file)))
    return {page: tuple(files) for page, files in offered.items()}


def _candidates(plan: Plan, documents: Path, data: Path) -> Iterator[tuple[str, str, str, Path]]:
    for document in list_documents(plan):
        for name in document.kind.formats:
            path = f"{document.path}.{name}"
            yield document.page, document.kind.label, f"{DOCUMENTS}/{path}", documents / path
    for agency in plan.sheet_agencies:
        path = calendar_path(agency)
        yield f"co-quan/{agency}", "Lịch", f"{DOCUMENTS}/{path}", documents / path
    yield CALENDAR_PAGE, "Lịch", f"{DOCUMENTS}/{WHOLE}", documents / WHOLE
    for file in FILES:
        yield OPEN_DATA_PAGE, file.title, f"{OPEN_DATA}/{file.name}", data / file.name


def _size(file: Path) -> str:
    return f"{max(1, round(file.stat().st_size / 1024))} KB"
