"""The pages of a plan's versions: what each revision changed, for whom, and the text as it was before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from generator.model.compare import ended
from generator.model.plan import Plan
from generator.model.revision import Revision
from generator.model.topics import AuthoredTopic
from generator.views.changes import ChangeView, view_changes
from generator.views.consolidated import named_revision, since
from generator.views.nodes import Citation, ClauseView, cite
from generator.views.notice import Revised, touched_agencies
from generator.views.plan import PlanView, plan_title, view_plan
from generator.views.topic import TOPIC_PAGE
from generator.words.dates import date_text
from generator.words.names import join_names, upper_first

CHANGES_PAGE = "thay-doi/"
VERSIONS_PAGE = "phien-ban/"


@dataclass(frozen=True)
class RevisionView:
    """A revision: what it is called, what is known of it, what it changed, and whom it touches (id, name)."""

    id: str
    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    issued: bool
    changes: tuple[ChangeView, ...]
    agencies: tuple[tuple[str, str], ...]
    previous: str

    @property
    def href(self) -> str:
        """Its page, from the site's root."""
        return f"{CHANGES_PAGE}{self.id}/"


@dataclass(frozen=True)
class OldPlanView:
    """The text of a version that is no longer in force, with which places the text in force has too."""

    id: str
    title: str
    replaced: str
    plan: PlanView
    still_there: tuple[str, ...]


@dataclass(frozen=True)
class EndedView:
    """An agency that is no more: since when, who follows it, and who has each of its duties now."""

    id: str
    name: str
    last_day: str
    note: str
    heirs: tuple[tuple[str, str], ...]
    duties: tuple[tuple[str, Citation | None, tuple[tuple[str, str], ...]], ...]


def view_revisions(steps: Sequence[Revised]) -> tuple[RevisionView, ...]:
    """Every revision, the latest first."""
    return tuple(reversed([_revision(step, steps[-1].new) for step in steps]))


def changes_for(agency: str, revision: RevisionView) -> tuple[ChangeView, ...]:
    """What a revision changed for an agency."""
    return tuple(change for change in revision.changes if agency in dict(change.agencies))


def view_old_plan(identity: str, old: Plan, following: Revision, now: Plan) -> OldPlanView:
    """The text of the version before `following`."""
    words = f"đã được thay thế {since(following)}, theo {named_revision(following)}"
    kept = tuple(clause for clause in old.clause if clause in now.clause)
    return OldPlanView(identity, plan_title(old), words, view_plan(old), kept)


def view_ended(steps: Sequence[Revised], plan: Plan) -> Iterator[EndedView]:
    """The agencies that ended while the plan was in force."""
    for identity, agency in ended(plan).items():
        before = next((s.old for s in reversed(steps) if s.old.has_sheet(identity)), None)
        duties = tuple(_handed(identity, before, plan)) if before else ()
        heirs = tuple((heir, plan.agency[heir].name) for heir in agency.successors)
        day = date_text(agency.valid_to) if agency.valid_to else ""
        yield EndedView(identity, agency.name, day, agency.note or "", heirs, duties)


def with_since(view: PlanView, steps: Sequence[Revised]) -> PlanView:
    """The plan with, at each clause that a revision changed, since when it reads so."""
    said: dict[str, list[str]] = {}
    for step in steps:
        for change in step.changes:
            if change.clause and change.what in ("clause", "heading", "paragraph"):
                note = f"Đọc như trên {since(step.revision)}, theo {named_revision(step.revision)}."
                said.setdefault(change.clause, []).append(note)
    return replace(view, sections=tuple(_noted(section, said) for section in view.sections))


def resting_on(step: Revised, topics: Iterable[AuthoredTopic]) -> tuple[tuple[str, str, str], ...]:
    """The topics that cite what a revision changed: page, title, and where."""
    found: list[tuple[str, str, str]] = []
    touched = {identity for change in step.changes for identity in (change.id, change.clause) if identity}
    for topic in topics:
        places = [cited for clause in topic.topic.clauses if (cited := _touched(clause, touched, step))]
        if places:
            found.append((f"{TOPIC_PAGE}{topic.id}/", topic.topic.title, join_names(dict.fromkeys(places))))
    return tuple(found)


def _touched(identity: str, touched: set[str], step: Revised) -> str:
    """How a place that a topic cites is cited, if it changed or something in it did; else nothing."""
    provision = step.new.provisions.get(identity) or step.old.provisions.get(identity)
    if provision is None:
        return ""
    inside = {clause.id for clause in provision.chain[-1].walk()} if provision.paragraph is None else set()
    own = {identity, *(s.id for s in provision.paragraph.statements)} if provision.paragraph else {identity, *inside}
    return cite(provision.chain, provision.paragraph).text if own & touched else ""


def atom(revisions: Sequence[RevisionView], title: str, address: str, updated: str) -> bytes:
    """The revisions as an Atom feed (RFC 4287); `address` is the site's, `updated` the edition's day."""
    entries = "".join(
        f"<entry><id>{escape(address)}{revision.href}</id><title>{escape(revision.title)}</title>"
        f'<link href="{escape(address)}{revision.href}"/><updated>{updated}</updated>'
        f"<summary>{escape(revision.summary)}</summary></entry>\n"
        for revision in revisions
    )
    head = f"<id>{escape(address)}{CHANGES_PAGE}</id><title>{escape(title)}: những thay đổi</title>"
    link = f'<link rel="self" href="{escape(address)}{CHANGES_PAGE}atom.xml"/>'
    link += f"<author><name>{escape(title)}</name></author>"
    start = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">'
    return f"{start}{head}{link}<updated>{updated}</updated>\n{entries}</feed>\n".encode()


def _revision(step: Revised, now: Plan) -> RevisionView:
    """`now` is the plan in force, whose pages there are to lead to."""
    revision, known = step.revision, step.new.agency | step.old.agency
    here = {*now.sheet_agencies, *ended(now)}
    unknown = "chưa rõ"
    facts = (
        ("Văn bản", revision.decision or ("chưa ban hành" if not step.issued else unknown)),
        ("Số, ký hiệu", revision.number or unknown),
        ("Ngày ban hành", date_text(revision.date) if revision.date else unknown),
        ("Có hiệu lực từ ngày", date_text(revision.effective) if revision.effective else unknown),
    )
    touched = touched_agencies(step.changes, step.old, step.new)
    agencies = tuple((a if a in here else "", known[a].name) for a in touched)
    title = revision.decision or upper_first(revision.summary)
    changes = tuple(_leading(change, now) for change in view_changes(step.changes, step.old, step.new))
    summary = upper_first(revision.summary)
    return RevisionView(revision.id, title, summary, facts, step.issued, changes, agencies, step.previous)


def _leading(change: ChangeView, now: Plan) -> ChangeView:
    """A change whose place leads somewhere: one that the plan in force has no more is only named."""
    place = change.place
    gone = place is not None and place.href.partition("#")[2] not in now.provisions
    return replace(change, place=None, was_at=place) if gone else change


def _handed(agency: str, old: Plan, new: Plan) -> Iterator[tuple[str, Citation | None, tuple[tuple[str, str], ...]]]:
    for part in old.parts.get(agency, ()):
        statement = part.item.statement
        now = new.provisions.get(statement.id or "")
        if part.owns and (now is None or now.statement is None):
            yield statement.text.reading(), None, ()
        elif part.owns and now is not None and now.statement is not None:
            owners = tuple((actor, new.actor[actor].name) for actor in now.statement.by)
            yield now.statement.text.reading(), cite(now.chain, now.paragraph), owners


def _noted(view: ClauseView, said: dict[str, list[str]]) -> ClauseView:
    inner = tuple(_noted(child, said) for child in view.clauses)
    return replace(view, clauses=inner, notes=(*view.notes, *dict.fromkeys(said.get(view.id, ()))))
