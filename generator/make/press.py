"""Rows of the table → their bytes: each press makes the rows of its kind, in processes where that pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, Self

from generator import program
from generator.diagnostics import DataError, Diagnostic, MakeError
from generator.make.artefact import Artefact
from generator.make.fit import check_fit
from generator.make.gate import find_faults
from generator.make.glyphs import check_letters
from generator.make.pages import FOLDER as SITE
from generator.make.site import NOT_IN_ZIP, markdown_of, theme_of
from generator.project import Project
from generator.publish.locking import temporary_folder
from generator.read.profile import Profile, read_profile
from generator.views.labels import mark_of
from generator.write.calendar import write_calendar
from generator.write.docx.docx import Converted, Source, read_asts, write_docx
from generator.write.redline import redline
from generator.write.site.search import write_head, write_texts
from generator.write.site.theme import render_pages
from generator.write.site.webpage import PageFacts, fill_sizes
from generator.write.site.zip import pack, write_zip
from generator.write.tables import write_csv, write_json, write_workbook
from generator.write.templates import Renderer
from generator.write.typst.layout import LayoutError, LayoutWriter, picture_address, qr_address
from generator.write.typst.pdf import PdfError, PdfPress

Progress = Callable[[str, int, int], None]
_BATCH = 12  # documents a pandoc process; starting one costs as much as converting two
_FEW = 4  # so many PDFs are set sooner here than in a process that has to start
_PAGES_A_PROCESS = 50  # pages; starting the theme costs as much as 20


class Outputs(Protocol):
    """Where the bytes go, and where those of the rows that are kept stand."""

    def put(self, path: str, content: bytes) -> None:
        """Take a row's bytes."""

    def read(self, path: str) -> bytes:
        """The bytes of a row that was put or kept."""


@dataclass(frozen=True)
class Workshop:
    """What every press works with: the project, all rows of the build, how many processes it may use."""

    project: Project
    rows: Sequence[Artefact]
    jobs: int

    @cached_property
    def renderer(self) -> Renderer:
        """The templates."""
        return Renderer(program.TEMPLATES, mark_of(self.project.readers.audience))

    @cached_property
    def layout(self) -> LayoutWriter:
        """The setter of leaflets, posters and cards."""
        profile = self.project.profile
        return LayoutWriter(profile.font_folder(), profile.fonts.pdf, self.project.moment)

    @property
    def epoch(self) -> int:
        """The moment of every output, in seconds since 1970."""
        return int(self.project.moment.timestamp())


def make(shop: Workshop, stale: Sequence[Artefact], outputs: Outputs, facts: PageFacts, progress: Progress) -> None:
    """Make the stale rows.

    Raises DataError for what does not fit its paper, is not in its face, or leads nowhere; MakeError for all else.
    """
    project = shop.project
    try:
        _make(shop, stale, outputs, facts, progress)
    except (PdfError, LayoutError):
        if missing := check_letters(project.loaded, project.found, project.profile):
            raise DataError(missing) from None
        raise


def _make(shop: Workshop, stale: Sequence[Artefact], outputs: Outputs, facts: PageFacts, progress: Progress) -> None:
    counted = _Counted(outputs, len(stale), progress)
    with temporary_folder() as work, ThreadPoolExecutor(max_workers=3) as beside, counted:
        pages = beside.submit(_theme_pages, shop, _of(stale, "page", "whole"), work)
        printed = beside.submit(_print, shop, _of(stale, "word", "paper"), counted)
        _make_here(shop, stale, counted)
        printed.result()
        for row in _of(stale, "copy"):
            counted.put(row.path, outputs.read(row.inputs[0]))
        for row in _of(stale, "pack"):
            counted.put(row.path, pack(row.view(), outputs.read))
        for path, content in pages.result().items():
            counted.put(path, _sized(content, outputs) if path.endswith(".html") else content)
    _make_whole(shop, stale, counted, facts)


def _of(rows: Iterable[Artefact], *presses: str) -> list[Artefact]:
    return [row for row in rows if row.press in presses]


@dataclass
class _Counted:
    """Outputs that say how far the work has come."""

    outputs: Outputs
    total: int
    progress: Progress
    done: int = 0
    ended: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.ended = error is not None  # the threads beside this one end at their next file

    def put(self, path: str, content: bytes) -> None:
        if self.ended:
            raise MakeError("việc tạo đã dừng")
        self.outputs.put(path, content)
        self.done += 1
        self.progress(path, self.done, self.total)

    def read(self, path: str) -> bytes:
        return self.outputs.read(path)


def _make_here(shop: Workshop, stale: Sequence[Artefact], outputs: Outputs) -> None:
    """The rows whose bytes cost little: made in this thread, while other processes print."""
    moment = shop.project.moment
    unfit: list[Diagnostic] = []
    presses: dict[str, Callable[[Artefact, Any], bytes]] = {
        "layout": lambda row, view: _laid_out(shop, row, view, unfit),
        "text": lambda row, view: view.encode("utf-8-sig"),
        "calendar": lambda row, view: write_calendar(view),
        "csv": lambda row, view: write_csv([column.name for column in view.columns], view.rows),
        "workbook": lambda row, view: write_workbook(view, moment),
        "json": lambda row, view: write_json(view),
        "asset": lambda row, view: view,
    }
    for row in stale:
        if row.press in presses:
            outputs.put(row.path, presses[row.press](row, row.view()))
    if unfit:
        raise DataError(unfit)


def _laid_out(shop: Workshop, row: Artefact, view: Any, unfit: list[Diagnostic]) -> bytes:
    if faults := list(check_fit(shop.project, [row], shop.layout)):
        unfit += faults
        return b""
    form = shop.layout.form(row.form.template, view)
    return form.png() if row.path.endswith(".png") else form.pdf()


# Printed documents: HTML → AST and DOCX by pandoc, AST → PDF by Typst; both formats of a document in one conversion


def _print(shop: Workshop, stale: Sequence[Artefact], outputs: Outputs) -> None:
    documents: dict[str, list[Artefact]] = {}
    for row in stale:
        documents.setdefault(row.path.rpartition(".")[0], []).append(row)
    by_profile: dict[str, list[list[Artefact]]] = {}
    for rows in documents.values():
        by_profile.setdefault(rows[0].form.profile, []).append(rows)
    for name, group in by_profile.items():
        _print_in(shop, read_profile(program.PROFILES / f"{name}.yml"), group, outputs)


def _print_in(shop: Workshop, profile: Profile, documents: Sequence[list[Artefact]], outputs: Outputs) -> None:
    remaining = iter(documents)
    batches = [batch for _ in documents if (batch := tuple(islice(remaining, _BATCH)))]
    papers = sum(row.press == "paper" for rows in documents for row in rows)

    def convert(batch: Sequence[list[Artefact]]) -> list[Converted]:
        return write_docx(_sources(shop, [rows[0] for rows in batch], profile), profile, shop.epoch)

    jobs = shop.jobs if papers > _FEW else 0
    with PdfPress(profile, shop.project.moment, jobs) as setter, ThreadPoolExecutor(max_workers=shop.jobs) as pandoc:
        conversions = [pandoc.submit(convert, batch) for batch in batches]
        try:
            begun: list[tuple[str, Callable[[], bytes]]] = []
            for batch, conversion in zip(batches, conversions, strict=True):
                for rows, converted in zip(batch, conversion.result(), strict=True):
                    for row in rows:
                        if row.press == "word":
                            outputs.put(row.path, converted.docx)
                        else:
                            begun.append((row.path, setter.submit(converted.ast)))
            for path, content in begun:
                outputs.put(path, content())
        finally:
            pandoc.shutdown(cancel_futures=True)


def _sources(shop: Workshop, rows: Sequence[Artefact], profile: Profile) -> list[Source]:
    """What the rows print; of one whose changes are tracked, the AST of both versions made into one."""
    tracked = [row for row in rows if row.form.tracked]
    versions = [
        Source(row.path, shop.renderer.render(row.form.template, view=version), row.form.landscape)
        for row in tracked
        for version in (row.view().old, row.view().new)
    ]
    asts = iter(read_asts(versions, profile)) if versions else iter(())
    merged = {row.path: redline(next(asts), next(asts), row.view().author, row.view().date) for row in tracked}
    return [
        Source(row.path, "", row.form.landscape, merged[row.path].decode()) if row.form.tracked else _source(shop, row)
        for row in rows
    ]


def _source(shop: Workshop, row: Artefact) -> Source:
    view = row.view()
    more = {}
    if row.form.pictures:
        more = {
            "picture": picture_address(shop.layout, view.picture),
            "qr": qr_address(view.topic.url) if view.topic.official else "",
        }
        view = view.topic
    return Source(row.path, shop.renderer.render(row.form.template, view=view, **more), row.form.landscape)


# The site


def _theme_pages(shop: Workshop, stale: Sequence[Artefact], work: Path) -> dict[str, bytes]:
    """The stale pages' HTML by path, sizes not yet filled in: the theme makes them in processes of its own."""
    rows = [row for row in stale if row.press == "page"]
    pages = {markdown_of(row.path): shop.renderer.render(row.form.template, **row.view()) for row in rows}
    every = [markdown_of(row.path) for row in shop.rows if row.press == "page"]
    whole = [row.path.removeprefix(f"{SITE}/") for row in stale if row.press == "whole"]
    theme = theme_of(shop.project, every)
    shares = max(1, min(shop.jobs, len(pages) // _PAGES_A_PROCESS))
    with ThreadPoolExecutor(max_workers=shares) as pool:
        runs: list[Future[dict[str, bytes]]] = []
        for number in range(shares):
            share = {path: pages[path] for path in list(pages)[number::shares]}
            folder = work / str(number)
            folder.mkdir()
            runs.append(pool.submit(render_pages, theme, share, every, whole if number == 0 else (), folder))
        return {f"{SITE}/{path}": html for run in runs for path, html in run.result().items()}


def _sized(html: bytes, outputs: Outputs) -> bytes:
    """A page with the sizes of the files that it offers, which are made by now."""
    return fill_sizes(html.decode(), lambda href: len(outputs.read(f"{SITE}/{href}"))).encode()


def _make_whole(shop: Workshop, stale: Sequence[Artefact], outputs: Outputs, facts: PageFacts) -> None:
    """What is made of the whole site: the search index; then the gate; then the zip. Raises DataError."""
    if not _of(stale, "search", "zip", "page", "whole", "copy", "asset"):
        return
    html = {row.path.removeprefix(f"{SITE}/"): row.path for row in shop.rows if row.path.endswith(".html")}
    pages = {path: facts.of(outputs.read(whole)) for path, whole in html.items()}
    for row in _of(stale, "search"):
        view, number = row.view()
        shown = {path.removeprefix(f"{SITE}/"): pages[path.removeprefix(f"{SITE}/")] for path in row.inputs}
        outputs.put(row.path, write_head(view, number, shown) if view else write_texts(number, shown))
    if faults := list(find_faults(shop.project, shop.rows, pages, lambda row: outputs.read(row.path))):
        raise DataError(faults)
    for row in _of(stale, "zip"):
        inside = {path.removeprefix(f"{SITE}/"): path for path in row.inputs}
        kept = {name: path for name, path in inside.items() if name not in NOT_IN_ZIP}
        outputs.put(row.path, write_zip(kept, outputs.read))
