"""The table of the site's pages: each page's path, template and what it is given. Views in, Markdown out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model.plan import Plan
from generator.read.markdown import Authored
from generator.views.calendar import view_calendar_page
from generator.views.coverage import view_coverage
from generator.views.handbook import Chapter
from generator.views.matrix import view_matrix
from generator.views.opendata import JSON_PARTS, view_agencies, view_duties, view_jsonld
from generator.views.plan import view_plan
from generator.views.sheet import view_sheet
from generator.views.site import view_card, view_provenance, view_reference, view_site
from generator.views.topic import AUDIENCE_PAGE, DRAFT, TOPIC_PAGE, Address, AudienceView, TopicView
from generator.write.templates import Renderer

CALENDAR_PAGE = "lich"
OPEN_DATA_PAGE = "du-lieu-mo"
ABOUT = "ve-trang-nay.md"  # the authored part of the page about the site


@dataclass(frozen=True)
class Download:
    """A file offered beside a page; `href` is relative to the site's root."""

    label: str
    href: str
    format: str
    size: str


@dataclass(frozen=True)
class Page:
    """A page: `path` below the docs folder, the template, and its own part of the context."""

    path: str
    template: str
    context: Mapping[str, Any]
    downloads: str = ""


@dataclass(frozen=True)
class AwarenessPages:
    """What the awareness pages show, and where the site will stand."""

    address: Address
    topics: Sequence[TopicView] = ()
    audiences: Sequence[AudienceView] = ()


def list_pages(
    plan: Plan, authored: Mapping[str, Authored], awareness: AwarenessPages, handbook: Sequence[Chapter] = ()
) -> Iterator[Page]:
    """Every page of a plan's site; `authored` are the files of content/, `handbook` its chapters."""
    sheets = [view_sheet(plan, agency) for agency in plan.sheet_agencies]
    cards = [view_card(plan, sheet) for sheet in sheets]
    document = view_plan(plan)
    book = handbook[0] if handbook else None
    yield Page("index.md", "site/home.md.j2", {"handbook": book}, downloads="ke-hoach")
    yield Page("ke-hoach/index.md", "site/plan.md.j2", {"view": document}, downloads="ke-hoach")
    yield Page("co-quan/index.md", "site/agencies.md.j2", {"cards": cards})
    yield Page("co-quan-toi/index.md", "site/my-agency.md.j2", {"cards": cards})
    for sheet in sheets:
        path = f"co-quan/{sheet.id}"
        yield Page(f"{path}/index.md", "site/agency.md.j2", {"view": sheet}, downloads=path)
    yield from _management_pages(plan)
    reference = view_reference(plan, frozenset(plan.sheet_agencies))
    yield Page("tra-cuu/index.md", "site/reference.md.j2", {"view": reference})
    yield from _awareness_pages(awareness, book)
    for number, chapter in enumerate(handbook):
        context = {"chapters": handbook, "number": number}
        yield Page(f"{chapter.href}index.md", "site/handbook.md.j2", context)
    blocks = authored[ABOUT].blocks if ABOUT in authored else ()
    about = {"view": document, "provenance": view_provenance(plan), "source": plan.source, "authored": blocks}
    about |= {"address": awareness.address, "handbook": book}
    yield Page("gioi-thieu/index.md", "site/about.md.j2", about)


def _management_pages(plan: Plan) -> Iterator[Page]:
    """What serves whoever runs the plan."""
    yield Page("phan-cong/index.md", "site/matrix.md.j2", {"view": view_matrix(plan)}, downloads="phan-cong")
    yield Page("ra-soat/index.md", "site/coverage.md.j2", {"view": view_coverage(plan)})
    calendar = {"view": view_calendar_page(plan)}
    yield Page(f"{CALENDAR_PAGE}/index.md", "site/calendar.md.j2", calendar, downloads=CALENDAR_PAGE)
    data = {"tables": (view_duties(plan), view_agencies(plan)), "json_parts": JSON_PARTS, "jsonld": view_jsonld(plan)}
    yield Page(f"{OPEN_DATA_PAGE}/index.md", "site/opendata.md.j2", data, downloads=OPEN_DATA_PAGE)


def _awareness_pages(awareness: AwarenessPages, handbook: Chapter | None) -> Iterator[Page]:
    topics = awareness.topics
    audiences = [audience for audience in awareness.audiences if audience.topics]
    shown = {"topics": topics, "audiences": audiences, "drafts": _draft_note(topics), "handbook": handbook}
    yield Page(f"{TOPIC_PAGE}index.md", "site/awareness.md.j2", shown, downloads=TOPIC_PAGE.rstrip("/"))
    for topic in topics:
        card = awareness.address.of(f"tai-ve/{topic.page}the-chia-se.png")
        path = topic.page.rstrip("/")
        yield Page(f"{path}/index.md", "site/topic.md.j2", {"view": topic, "card": card}, downloads=path)
    for audience in audiences:
        context = {"view": audience, "drafts": _draft_note(audience.topics)}
        yield Page(f"{AUDIENCE_PAGE}{audience.id}/index.md", "site/audience.md.j2", context)


def _draft_note(topics: Sequence[TopicView]) -> str:
    return DRAFT if any(not topic.review.approved for topic in topics) else ""


def render_page(page: Page, renderer: Renderer, plan: Plan, downloads: Mapping[str, tuple[Download, ...]]) -> str:
    """The Markdown of a page; `downloads` are the files by document path."""
    return renderer.render(
        page.template,
        root="../" * page.path.count("/"),
        site=view_site(plan, len(plan.sheet_agencies)),
        downloads=downloads.get(page.downloads, ()),
        **page.context,
    )
