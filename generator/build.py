"""load → check → view → render → write → publish: the whole of `kehoach build`.

Comes in: the folders and what to make. Goes out: a published folder and a report; the last build stays when it fails.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from generator.diagnostics import DataError, Diagnostic, has_errors, hint_nearest
from generator.make.dataset import write_calendars, write_open_data
from generator.make.downloads import DOCUMENTS, OPEN_DATA, list_downloads, part_of
from generator.make.forms import (
    Materials,
    check_forms,
    load_topics,
    offered_forms,
    read_address,
    read_drawings,
    view_topics,
    write_materials,
)  # fmt: skip
from generator.make.glyphs import check_letters
from generator.make.pages import ABOUT, AwarenessPages, list_pages, render_page
from generator.make.printing import Progress, print_documents
from generator.model.plan import Plan
from generator.model.topic import Topic
from generator.model.walk import is_internal
from generator.publish.manifest import Readers, digest_folder, keep_aside, make_manifest, was_for
from generator.publish.transaction import MANIFEST, PublishError, keep_part, staged_output, write_file
from generator.read.markdown import Authored
from generator.read.pages import pictures_of, read_pages
from generator.read.plan import OPTIONAL, REQUIRED, Loaded, load_plan
from generator.read.profile import Profile, read_profile
from generator.read.topics import FILES, LoadedAwareness
from generator.read.topics import FOLDER as TOPICS
from generator.read.tree import DiskTree
from generator.rules.plan import check_plan
from generator.rules.public import changed_files, public_plan
from generator.views.handbook import FOLDER as HANDBOOK
from generator.views.handbook import PICTURES, list_chapters
from generator.views.labels import INTERNAL_MARK
from generator.views.topic import Address
from generator.write.site.site import SitePage, site_in_making, write_zip
from generator.write.templates import Renderer

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "site_templates"
CONFIG = ROOT / "mkdocs.yml"
# What each part owns below the output
PARTS = {"documents": ("documents",), "open-data": ("open-data",), "site": ("site", "site.zip")}


@dataclass(frozen=True)
class Options:
    """What to build, from where, to where."""

    data: Path = Path("data")
    content: Path = Path("content")
    out: Path = Path("build")
    only: tuple[str, ...] = tuple(PARTS)
    audience: str = "public"
    strict: bool = False
    approved_only: bool = False
    jobs: int = max(1, (os.cpu_count() or 2) - 1)

    @property
    def readers(self) -> Readers:
        """For whom it is."""
        return Readers(self.audience, self.approved_only)

    @property
    def mark(self) -> str:
        """What every page and document says of who may read it."""
        return INTERNAL_MARK if self.audience == "internal" else ""


@dataclass(frozen=True)
class Sources:
    """What a build was given, loaded and checked: the plan, the topics and the pages as this audience may know them.

    `hidden` are the files of data/ that hold more than that.
    """

    plan: Plan
    authored: dict[str, Authored]
    found: LoadedAwareness
    awareness: AwarenessPages
    drawings: dict[str, str]
    screenshots: dict[str, bytes]
    hidden: frozenset[str]
    warnings: tuple[Diagnostic, ...]


@dataclass
class Report:
    """What a build made: paths below `out` by kind, findings that are no errors, seconds; copies of what people had
    changed in the last build."""

    out: Path
    made: dict[str, list[str]] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)
    kept_aside: list[Path] = field(default_factory=list)
    seconds: float = 0.0


def build(options: Options, progress: Progress = lambda what, done, total: None) -> Report:
    """Make everything and publish it. Raises DataError, PublishError, PandocError, PdfError or SiteError."""
    start = time.monotonic()
    digests = digest_sources(options)
    sources = read_sources(options)
    if digest_sources(options) != digests:
        raise PublishError("dữ liệu hay bài viết vừa bị sửa trong lúc đang đọc; chạy lại")
    plan = sources.plan
    report = Report(options.out, warnings=list(sources.warnings))
    renderer = Renderer(TEMPLATES, options.mark)
    with staged_output(options.out, (options.data, options.content)) as staging, ExitStack() as begun:
        _keep_parts(options, staging)
        if "site" in options.only:
            end_site = begun.enter_context(_site_in_making(sources, renderer, options.only, staging))
        if "documents" in options.only:
            report.made["documents"] = _write_documents(
                sources, renderer, options.jobs, staging / "documents", progress
            )
        if "open-data" in options.only:
            report.made["open-data"] = write_open_data(plan, staging / "open-data", edition_time(plan))
        if "site" in options.only:
            progress("trang web", 0, 1)
            report.made["site"] = end_site()
            progress("trang web", 1, 1)
        named = _sources_named(options, sources)
        head = {"plan": plan.head.id, "edition": plan.head.edition.isoformat()}
        made_from = {name: digest for name, digest in digests.items() if name in named}
        write_file(staging / MANIFEST, make_manifest(staging, options.readers, head, made_from))
        report.kept_aside = keep_aside(options.out)
    report.seconds = time.monotonic() - start
    return report


def _write_documents(sources: Sources, renderer: Renderer, jobs: int, folder: Path, progress: Progress) -> list[str]:
    """The plan's documents in processes of their own; meanwhile, here, the topics' forms and the calendars."""
    plan = sources.plan
    with ThreadPoolExecutor(max_workers=1) as beside:
        printed = beside.submit(
            print_documents, plan, plan_profile(plan), renderer, folder, edition_time(plan), progress, jobs
        )
        materials = write_materials(make_materials(sources), folder, progress)
        calendars = write_calendars(plan, folder)
        return [*printed.result(), *calendars, *materials]


def read_sources(options: Options) -> Sources:
    """Everything that the pages are made from. Raises DataError with all that one stage finds wrong."""
    loaded, warnings = load_checked(options.data, strict=options.strict)
    drawings = read_drawings(TEMPLATES / "pictures")
    found, more = load_topics(options.data, options.content, loaded, drawings)
    if options.strict and more:
        raise DataError(more)
    unprinted = check_letters(loaded, found, plan_profile(loaded.plan))
    if unprinted:
        raise DataError(unprinted)
    internal = options.audience == "internal"
    topics = found.awareness.among(approved_only=options.approved_only, internal=internal)
    plan = shown_plan(
        loaded.plan, options.audience, [t.topic for t in found.awareness.topics], [t.topic for t in topics]
    )
    address = read_address(CONFIG) if found.awareness.topics else Address("")
    awareness = view_topics(found, plan, address, internal=internal, approved_only=options.approved_only)
    authored = {n: p for n, p in read_content(options.content).items() if internal or not is_internal(p)}
    shown = pictures_of(authored)
    screenshots = {
        path: png
        for name, png in _files_below(options.content / PICTURES).items()
        if (path := f"{PICTURES}/{name}") in shown
    }
    hidden = changed_files(loaded.plan, plan)
    return Sources(plan, authored, found, awareness, drawings, screenshots, hidden, (*warnings, *more))


def digest_sources(options: Options) -> dict[str, str]:
    """The digests of all files of data and content, as they are now."""
    return {**digest_folder("data", options.data), **digest_folder("content", options.content)}


def plan_profile(plan: Plan) -> Profile:
    """The layout profile that the plan names."""
    return read_profile(TEMPLATES / "profiles" / f"{plan.head.profile}.yml")


def make_materials(sources: Sources) -> Materials:
    """The topics' forms, measured. Raises DataError if one's text does not fit its paper."""
    moment = edition_time(sources.plan)
    topics = sources.awareness.topics
    materials = Materials(topics, sources.drawings, TEMPLATES, plan_profile(sources.plan), moment)
    unfit = list(check_forms(materials, sources.found))
    if unfit:
        raise DataError(unfit)
    return materials


def load_checked(data: Path, *, strict: bool = False) -> tuple[Loaded, list[Diagnostic]]:
    """Load and check a data folder; gives the warnings. Raises DataError with errors and warnings."""
    loaded = load_plan(DiskTree(data))
    findings = [*check_plan(loaded), *_unknown_profile(loaded)]
    if has_errors(findings) or (strict and findings):
        raise DataError(findings)
    return loaded, sorted(findings, key=lambda d: d.span)


def _unknown_profile(loaded: Loaded) -> Iterator[Diagnostic]:
    head = loaded.plan.head
    known = {path.stem for path in (TEMPLATES / "profiles").glob("*.yml")}
    if head.profile not in known:
        span, hint = loaded.spans.of(head, "profile"), hint_nearest(head.profile, known)
        yield Diagnostic(span, "unknown-profile", f"không có thể thức '{head.profile}'", hint)


def read_content(content: Path) -> dict[str, Authored]:
    """The authored pages by path below `content`. Raises DataError with every fault of every file."""
    return read_pages(DiskTree(content), TOPICS) if content.is_dir() else {}


def shown_plan(
    plan: Plan, audience: str, topics: Sequence[Topic] = (), shown: Sequence[Topic] | None = None
) -> Plan:
    """The plan as this audience may know it; `topics` rest on instruments, `shown` are those of them that it sees."""
    return plan if audience == "internal" else public_plan(plan, topics, shown)


def edition_time(plan: Plan) -> datetime:
    """The moment that all outputs carry, so that two builds of the same data are the same bytes."""
    return datetime.combine(plan.head.edition, datetime.min.time(), UTC)


def view_pages(sources: Sources, renderer: Renderer, is_made: Callable[[str], bool]) -> list[SitePage]:
    """The site's pages as Markdown; `is_made` says which of the files they offer the site will have."""
    plan = sources.plan
    downloads = list_downloads(plan, is_made, offered_forms(sources.awareness.topics))
    handbook = list_chapters(sources.authored, sources.screenshots)
    listed = list_pages(plan, sources.authored, sources.awareness, handbook)
    return [SitePage(page.path, render_page(page, renderer, plan, downloads)) for page in listed]


def site_files(sources: Sources, made: Path | None) -> dict[str, bytes]:
    """The files that the pages show or offer (from below `made`, if any), by path in the site."""
    folders = {DOCUMENTS: made / "documents", OPEN_DATA: made / "open-data"} if made else {}
    files = {f"{name}/{path}": data for name, folder in folders.items() for path, data in _files_below(folder).items()}
    files |= {f"tuyen-truyen/hinh/{t.picture}": sources.drawings[t.picture].encode() for t in sources.awareness.topics}
    return files | (sources.screenshots if list_chapters(sources.authored, sources.screenshots) else {})


@contextmanager
def _site_in_making(
    sources: Sources, renderer: Renderer, only: Collection[str], staging: Path
) -> Iterator[Callable[[], list[str]]]:
    """The site, begun while its files are still being made; the call that is given ends it and gives its pages."""
    kept = site_files(sources, staging)
    pages = view_pages(sources, renderer, lambda path: part_of(path) in only or path in kept)
    with site_in_making(pages, CONFIG, int(edition_time(sources.plan).timestamp())) as finish:

        def end() -> list[str]:
            finish(site_files(sources, staging), staging / "site")
            write_file(staging / "site.zip", write_zip(staging / "site"))
            return [page.path for page in pages]

        yield end


def _files_below(folder: Path) -> dict[str, bytes]:
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else []
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def _keep_parts(options: Options, staging: Path) -> None:
    """Take over from the last build the parts that are not made again. Raises PublishError if it had other readers."""
    kept = [name for part, names in PARTS.items() if part not in options.only for name in names]
    if any((options.out / name).exists() for name in kept) and not was_for(options.out, options.readers):
        message = "bản trước là cho người đọc khác (--audience, --approved-only), hoặc không rõ cho ai"
        raise PublishError(f"{message}; chạy lại không có --only")
    for name in kept:
        keep_part(options.out / name, staging / name)


def _sources_named(options: Options, sources: Sources) -> set[str]:
    """The files of data and content that what is shown comes from.

    What is hidden is not even named; nor is a file with anything hidden in it, whose digest would prove a guess.
    """
    source = sources.plan.source
    data = {*REQUIRED, *OPTIONAL, *FILES, *sources.plan.head.sections, *([source.received.file] if source else [])}
    topics = {f"{TOPICS}/{topic.id}.md" for topic in sources.awareness.topics}
    pages = {name for name in sources.authored if name == ABOUT or name.startswith(f"{HANDBOOK}/")}
    shown = topics | pages | {*sources.screenshots}
    return {f"data/{name}" for name in data - sources.hidden} | {f"content/{name}" for name in shown}
