"""The map of the site: every page that readers look for, by kind, for those without the search."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.plan import Plan
from generator.views.handbook import Chapter
from generator.views.nodes import AGENCY_PAGE, PLAN_PAGE, REFERENCE_PAGE
from generator.views.revisions import CHANGES_PAGE, RevisionView
from generator.views.sheet import SheetView
from generator.views.site import view_reference
from generator.views.topic import AUDIENCE_PAGE, TOPIC_PAGE, TopicPages

Links = tuple[tuple[str, str], ...]


def view_map(
    plan: Plan,
    sheets: Sequence[SheetView],
    awareness: TopicPages,
    handbook: Sequence[Chapter],
    revisions: Sequence[RevisionView],
) -> tuple[tuple[str, Links], ...]:
    """Groups of links, each address below the site's root."""
    sections = [
        (f"{PLAN_PAGE}#{section.id}", " ".join(filter(None, (section.number, section.heading.reading()))))
        for section in plan.sections
        if section.heading
    ]
    topics = [(topic.page, topic.title) for topic in awareness.topics]
    audiences = [(f"{AUDIENCE_PAGE}{a.id}/", a.name) for a in awareness.audiences if a.topics]
    changes = [(CHANGES_PAGE, "Những thay đổi")] if revisions else []
    tools = (
        ("co-quan-toi/", "Cơ quan tôi"),
        ("phan-cong/", "Bảng phân công"),
        ("lich/", "Lịch"),
        ("ra-soat/", "Rà soát phân công"),
    )
    named = ((page.path, page.title) for page in view_reference(plan))
    about = ((REFERENCE_PAGE, "Danh mục"), *named, ("du-lieu-mo/", "Dữ liệu mở"), ("gioi-thieu/", "Về trang này"))
    return (
        (plan.head.type, ((PLAN_PAGE, "Toàn văn"), *sections, *changes)),
        ("Cơ quan", ((AGENCY_PAGE, "Tất cả cơ quan"), *((f"{AGENCY_PAGE}{s.id}/", s.name) for s in sheets))),
        ("Tuyên truyền", ((TOPIC_PAGE, "Tất cả tài liệu"), *topics, *audiences)),
        ("Theo dõi thực hiện", tools),
        ("Sổ tay", tuple((chapter.href, chapter.title) for chapter in handbook)),
        ("Danh mục, nguồn", about),
    )
