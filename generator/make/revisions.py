"""The rows of the papers of each revision: what changed, for whom, and what puts it in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from generator.make.artefact import Artefact, Form, Offer
from generator.make.documents import FOLDER as DOCUMENTS
from generator.make.documents import PRESSES
from generator.project import Project, Step
from generator.views.consolidated import view_consolidated
from generator.views.decision import view_decision
from generator.views.notice import touched_agencies, view_notice
from generator.views.plan import view_plan
from generator.views.sheet import view_sheet

FOLDER = f"{DOCUMENTS}/sua-doi"


@dataclass(frozen=True)
class Tracked:
    """Two versions of a document's view, and who made the changes on which day (ISO 8601, UTC)."""

    old: Any
    new: Any
    author: str
    date: str


def list_revisions(project: Project) -> Iterator[Artefact]:
    """The papers of every revision, in both formats."""
    for step in project.steps:
        for path, view, form, label in _papers(project, step):
            whole, made = f"{FOLDER}/{step.revision.id}/{path}", cache(view)
            for extension, press in PRESSES.items():
                offer = (Offer(f"thay-doi/{step.revision.id}", label),) if step.issued else ()
                yield Artefact(f"{whole}.{extension}", press, made, form, offer)


def _papers(project: Project, step: Step) -> Iterator[tuple[str, Any, Form, str]]:
    profile = step.new.head.profile
    plan, sheet = Form("documents/plan.html.j2", profile, tracked=True), "documents/sheet.html.j2"
    tracked = partial(_tracked, project, step)
    yield "so-sanh", partial(tracked, lambda p: view_plan(p)), plan, "Bản so sánh"
    yield "quyet-dinh", partial(view_decision, step), Form("documents/decision.html.j2", profile), "Dự thảo quyết định"
    until = project.steps[: project.steps.index(step) + 1]
    combined = Form("documents/plan.html.j2", profile)
    yield "hop-nhat", partial(view_consolidated, until), combined, "Văn bản hợp nhất"
    for agency in touched_agencies(step.changes, step.old, step.new):
        name = (step.new.agency.get(agency) or step.old.agency[agency]).name
        notice = Form("documents/notice.html.j2", profile)
        yield f"thong-bao/{agency}", partial(view_notice, step, agency), notice, f"Thông báo: {name}"
        if step.old.has_sheet(agency) and step.new.has_sheet(agency):
            form = Form(sheet, profile, tracked=True)
            view = partial(tracked, partial(_sheet_of, agency))
            yield f"so-sanh-phieu/{agency}", view, form, f"Phiếu, bản so sánh: {name}"


def _sheet_of(agency: str, plan: Any) -> Any:
    return view_sheet(plan, agency)


def _tracked(project: Project, step: Step, view: Any) -> Tracked:
    revision = step.revision
    author = revision.author or step.new.agency[step.new.head.issuer].name
    day = revision.date or step.new.head.edition
    return Tracked(view(step.old), view(step.new), author, f"{day:%Y-%m-%d}T00:00:00Z")
