"""The plan as it reads after its revisions, each change with a note of what made it: the combined version. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model.change import Change
from generator.model.revision import Revision
from generator.views.nodes import ClauseView, InlineView, ParagraphView, cite
from generator.views.notice import Revised
from generator.views.plan import PlanView, view_plan
from generator.words.dates import date_text
from generator.words.names import lower_first, upper_first

_SAID = {
    "added": "được bổ sung",
    "removed": "được bãi bỏ",
    "moved": "được chuyển chỗ",
    "renumbered": "được đánh số lại",
}
_TEXTS = ("clause", "heading", "paragraph", "preamble")


def view_consolidated(steps: Sequence[Revised]) -> PlanView:
    """The plan after the last of some revisions, with the notes of all of them."""
    last = steps[-1]
    marks: dict[str, list[int]] = {}
    notes: list[str] = []
    for step in steps:
        for change in step.changes:
            if change.what in _TEXTS:
                notes.append(f"[{len(notes) + 1}] {_note(change, step)}")
                marks.setdefault(_bearer(change, last), []).append(len(notes))
    view = view_plan(last.new)
    shown = {identity: " ".join(f"[{number}]" for number in numbers) for identity, numbers in marks.items()}
    return replace(
        view,
        running="Văn bản hợp nhất",
        preamble=tuple(_marked(p, shown) for p in view.preamble),
        sections=tuple(_clause(section, shown) for section in view.sections),
        notes=tuple(notes),
    )


def named_revision(revision: Revision) -> str:
    """What made a change, as it is cited in a note."""
    if revision.decision is not None:
        return revision.decision
    draft = " (chưa ban hành)" if revision.date is None else ""
    return f"sửa đổi “{revision.id}”{draft}"


def since(revision: Revision) -> str:
    """From when a change reads so, or that nobody has said."""
    day = revision.effective or revision.date
    return f"từ ngày {date_text(day)}" if day else "chưa rõ từ ngày nào"


def _note(change: Change, step: Revised) -> str:
    plan = step.old if change.kind == "removed" else step.new
    provision = plan.provisions.get(change.id)
    where = upper_first(cite(provision.chain, provision.paragraph).text) if provision else "Phần mở đầu"
    what = f"Tiêu đề {lower_first(where)}" if change.what == "heading" else where
    said, made = _SAID.get(change.kind, "được sửa đổi"), step.revision
    return f"{what} {said} theo {named_revision(made)}, {since(made)}."


def _bearer(change: Change, last: Revised) -> str:
    """The node that bears the mark: the one that changed, or what held it if it is gone."""
    if change.id in last.new.provisions or change.what == "preamble":
        return change.id
    gone = last.old.provisions.get(change.id)
    above = (clause.id for clause in reversed(gone.chain if gone else ()))
    return next((identity for identity in above if identity in last.new.provisions), change.clause)


def _clause(view: ClauseView, marks: dict[str, str]) -> ClauseView:
    mark = marks.get(view.id, "")
    paragraphs = tuple(_marked(paragraph, marks) for paragraph in view.paragraphs)
    heading = (*view.heading, InlineView("text", f" {mark}")) if mark and view.heading else view.heading
    if mark and not view.heading and paragraphs:
        paragraphs = (_with(paragraphs[0], mark), *paragraphs[1:])
    inner = tuple(_clause(child, marks) for child in view.clauses)
    return replace(view, heading=heading, paragraphs=paragraphs, clauses=inner)


def _marked(paragraph: ParagraphView, marks: dict[str, str]) -> ParagraphView:
    return _with(paragraph, marks[paragraph.id]) if paragraph.id in marks else paragraph


def _with(paragraph: ParagraphView, mark: str) -> ParagraphView:
    return replace(paragraph, inlines=(*paragraph.inlines, InlineView("text", f" {mark}")))
