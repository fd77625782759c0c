"""The rows of the site's pages: each page's path, template and what it is given, and the files it offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from generator.make.artefact import Artefact, Form
from generator.make.progress import periods_of
from generator.model.plan import Plan
from generator.project import Project
from generator.views.calendar import view_calendar_page
from generator.views.coverage import view_coverage
from generator.views.handbook import Chapter, list_chapters
from generator.views.matrix import view_matrix
from generator.views.nodes import REFERENCE_PAGE
from generator.views.opendata import JSON_PARTS, view_jsonld, view_legislation, view_tables
from generator.views.plan import view_plan
from generator.views.progress import PROGRESS_PAGE, PeriodView
from generator.views.progress_page import view_history, view_progress
from generator.views.revisions import (
    CHANGES_PAGE,
    VERSIONS_PAGE,
    RevisionView,
    changes_for,
    resting_on,
    view_ended,
    view_old_plan,
    view_revisions,
    with_since,
)
from generator.views.sheet import view_sheet
from generator.views.site import view_card, view_home, view_provenance, view_reference, view_site, view_source
from generator.views.sitemap import view_map
from generator.views.topic import AUDIENCE_PAGE, DRAFT, TOPIC_PAGE, Address, TopicPages, TopicView
from generator.write.site.webpage import size_place

CALENDAR_PAGE = "lich"
OPEN_DATA_PAGE = "du-lieu-mo"
SEARCH_PAGE = "tim-kiem"  # beside the scripts of the index
FOLDER = "site"
DOWNLOADS = "tai-ve"  # the folder of the site in which the offered files stand


@dataclass(frozen=True)
class Download:
    """A file offered beside a page; `href` is relative to the site's root, `size` stands where its size will."""

    label: str
    href: str
    format: str
    size: str


@dataclass(frozen=True)
class Page:
    """A page: `path` below the site (`ke-hoach`, the home page is empty), template, and its own part of the context."""

    path: str
    template: str
    context: Mapping[str, Any]
    offers: str | None = None

    @property
    def markdown(self) -> str:
        """Its Markdown file among mkdocs' documents."""
        return f"{self.path}/index.md" if self.path else "index.md"


def list_pages(project: Project, awareness: TopicPages, offered: Iterable[Artefact]) -> Iterator[Artefact]:
    """Every page of a project's site; `offered` are the files that pages offer, below site/."""
    downloads: dict[str, list[tuple[str, Artefact]]] = {}
    for file in offered:
        for offer in file.offered:
            downloads.setdefault(offer.page, []).append((offer.label, file))
    site = view_site(project.plan)
    for page in _pages(project, awareness):
        files = downloads.get(page.path if page.offers is None else page.offers, [])
        context = {
            "root": "../" * page.markdown.count("/"),
            "site": site,
            "downloads": tuple(_download(label, file) for label, file in files),
            **page.context,
        }
        path = f"{FOLDER}/{page.markdown.removesuffix('.md')}.html"
        inputs = tuple(file.path for _, file in files)
        yield Artefact(path, "page", partial(dict, context), Form(page.template), inputs=inputs)


def _download(label: str, file: Artefact) -> Download:
    href = file.path.removeprefix(f"{FOLDER}/")
    return Download(label, href, href.rpartition(".")[2].upper(), size_place(href))


def _pages(project: Project, awareness: TopicPages) -> Iterator[Page]:
    plan, authored = project.plan, project.authored
    sheets = [view_sheet(plan, actor) for actor in (*plan.sheet_agencies, *plan.sheet_groups)]
    cards = tuple(view_card(plan, sheet) for sheet in sheets)
    document = view_plan(plan)
    handbook = list_chapters(authored, project.screenshots)
    titles = tuple(replace(chapter, parts=()) for chapter in handbook)
    book = titles[0] if titles else None
    revisions = view_revisions(project.steps)
    periods = periods_of(project)
    shown, beside = with_since(document, project.steps), {"has_progress": bool(periods)}
    known = {"has_revisions": bool(revisions), **beside}
    home = {"view": view_home(plan, awareness.topics, project.drawings), "handbook": book, **known}
    yield Page("", "site/home.md.j2", home, offers="ke-hoach")
    text = "" if awareness.address.placeholder else awareness.address.of("ke-hoach/")
    yield Page("ke-hoach", "site/plan.md.j2", {"view": shown, "jsonld": view_legislation(plan, text), **known})
    yield from _revision_pages(project, revisions)
    yield from _progress_pages(project, periods)
    yield Page("co-quan", "site/agencies.md.j2", {"cards": cards})
    yield Page("co-quan-toi", "site/my-agency.md.j2", {"cards": cards})
    around = _neighbours([(sheet.short_name or sheet.name, f"co-quan/{sheet.id}/") for sheet in sheets])
    for sheet, neighbours in zip(sheets, around, strict=True):
        latest = changes_for(sheet.id, revisions[0]) if revisions else ()
        told = {"changes": latest, "revision": revisions[0] if latest else None}
        history = view_history(sheet.id, periods)
        yield Page(
            f"co-quan/{sheet.id}", "site/agency.md.j2", {"view": sheet, "history": history, **told, **neighbours}
        )
    yield from _management_pages(plan, awareness.address, beside)
    references = view_reference(plan)
    listed = tuple((page.title, page.path, page.count) for page in references)
    yield Page(REFERENCE_PAGE.rstrip("/"), "site/references.md.j2", {"pages": listed})
    for page in references:
        yield Page(page.path.rstrip("/"), "site/reference.md.j2", {"view": page})
    yield from _awareness_pages(awareness, book)
    for number, chapter in enumerate(handbook):
        chapters = (*titles[:number], chapter, *titles[number + 1 :])
        yield Page(chapter.href.rstrip("/"), "site/handbook.md.j2", {"chapters": chapters, "number": number})
    groups = view_map(plan, sheets, awareness, handbook, revisions)
    yield Page(SEARCH_PAGE, "site/search.md.j2", {"groups": groups})
    blocks = authored["ve-trang-nay.md"].blocks if "ve-trang-nay.md" in authored else ()
    read = replace(document, preamble=(), sections=())  # what the page says of the text, without the text
    about = {"view": read, "provenance": view_provenance(plan), "source": view_source(plan), "authored": blocks}
    yield Page("gioi-thieu", "site/about.md.j2", {**about, "address": awareness.address, "handbook": book})


def _revision_pages(project: Project, revisions: Sequence[RevisionView]) -> Iterator[Page]:
    """What each revision changed, the texts before, the agencies that are no more."""
    if not revisions:
        return
    listed = tuple(replace(revision, changes=()) for revision in revisions)
    yield Page(CHANGES_PAGE.rstrip("/"), "site/revisions.md.j2", {"revisions": listed})
    for revision, step in zip(revisions, reversed(project.steps), strict=True):
        told = {"view": revision, "topics": resting_on(step, project.topics)}
        yield Page(revision.href.rstrip("/"), "site/revision.md.j2", told)
    for step in project.steps:
        old = view_old_plan(step.previous, step.old, step.revision, project.plan)
        yield Page(f"{VERSIONS_PAGE}{step.previous}", "site/version.md.j2", {"view": old})
    for agency in view_ended(project.steps, project.plan):
        history = view_history(agency.id, periods_of(project))
        yield Page(f"co-quan/{agency.id}", "site/ended.md.j2", {"view": agency, "history": history})


def _progress_pages(project: Project, periods: Sequence[PeriodView]) -> Iterator[Page]:
    """What agencies reported: all at a glance, and each period."""
    if not periods:
        return
    restricted = project.readers.internal and project.settings.reports == "internal"
    view = view_progress(project.plan, periods, restricted=restricted)
    yield Page(PROGRESS_PAGE.rstrip("/"), "site/progress.md.j2", {"view": view})
    for period in periods:
        yield Page(period.href.rstrip("/"), "site/period.md.j2", {"view": period, "restricted": restricted})


def _management_pages(plan: Plan, address: Address, beside: Mapping[str, bool]) -> Iterator[Page]:
    """What serves whoever runs the plan; `beside` says which pages there are to lead to."""
    yield Page("phan-cong", "site/matrix.md.j2", {"view": view_matrix(plan), **beside})
    yield Page("ra-soat", "site/coverage.md.j2", {"view": view_coverage(plan)})
    yield Page(CALENDAR_PAGE, "site/calendar.md.j2", {"view": view_calendar_page(plan), **beside})
    described = view_jsonld(plan, *open_data_addresses(address.base))
    data = {"tables": view_tables(plan), "json_parts": JSON_PARTS, "jsonld": described}
    yield Page(OPEN_DATA_PAGE, "site/opendata.md.j2", data)


def open_data_addresses(base: str) -> tuple[str, str]:
    """Where the page of the open data and the folder of its files stand; empty while the site has no address."""
    address = Address(base)
    if address.placeholder:
        return "", ""
    return address.of(f"{OPEN_DATA_PAGE}/"), address.of(f"{DOWNLOADS}/{OPEN_DATA_PAGE}/")


def _awareness_pages(awareness: TopicPages, handbook: Chapter | None) -> Iterator[Page]:
    topics = awareness.topics
    audiences = tuple(audience for audience in awareness.audiences if audience.topics)
    shown = {"topics": topics, "audiences": audiences, "drafts": _draft_note(topics), "handbook": handbook}
    yield Page(TOPIC_PAGE.rstrip("/"), "site/awareness.md.j2", shown)
    for topic, beside in zip(topics, _neighbours([(t.title, t.page) for t in topics]), strict=True):
        card = awareness.address.of(f"{DOWNLOADS}/{topic.page}the-chia-se.png")
        yield Page(topic.page.rstrip("/"), "site/topic.md.j2", {"view": topic, "card": card, **beside})
    for audience in audiences:
        context = {"view": audience, "drafts": _draft_note(audience.topics)}
        yield Page(f"{AUDIENCE_PAGE}{audience.id}", "site/audience.md.j2", context)


def _neighbours(listed: Sequence[tuple[str, str]]) -> Iterator[dict[str, tuple[str, str] | None]]:
    """For each of a list of (title, address): the one before and the one after."""
    for number in range(len(listed)):
        before, after = listed[number - 1 : number], listed[number + 1 : number + 2]
        yield {"previous": before[0] if before else None, "next": after[0] if after else None}


def _draft_note(topics: Sequence[TopicView]) -> str:
    return DRAFT if any(topic.review.banner for topic in topics) else ""
