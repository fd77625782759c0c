"""The notice to an agency that a revision touches: on one page, what is new, changed and gone for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.model.change import Change
from generator.model.compare import ended
from generator.model.plan import Plan
from generator.model.revision import Revision
from generator.views.changes import ChangeView, view_changes
from generator.views.nodes import cite
from generator.views.plan import (
    END_MARK,
    LetterheadView,
    RecipientsView,
    SignatureView,
    plain_recipients,
    plan_title,
    view_letterhead,
    view_signature,
)
from generator.words.dates import date_text
from generator.words.difference import Piece
from generator.words.names import join_names

_CONTEXT = 8  # words kept on either side of a change
_LONG = 24  # words of what is new or gone
_NEW, _GONE = ("added",), ("removed",)


class Revised(Protocol):
    """A step from one version to the next."""

    @property
    def previous(self) -> str:
        """The id of the version before."""

    @property
    def issued(self) -> bool:
        """True if the new version is frozen."""

    @property
    def revision(self) -> Revision:
        """What the new version is."""

    @property
    def old(self) -> Plan:
        """The plan before."""

    @property
    def new(self) -> Plan:
        """The plan after."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed."""


@dataclass(frozen=True)
class Item:
    """One line of a notice: the place in the plan, what happens there, the words that differ."""

    place: str
    what: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class NoticeView:
    """A notice; `effective`, `basis` and `contact` are empty where nobody has said.

    `passed_on` are the duties of an agency that is no more, each with who has it now; `beside` are the places that
    changed in duties of others, where it stands by only as one of a group.
    """

    title: str
    author: str
    running: str
    letterhead: LetterheadView
    subject: str
    agency: str
    plan: str
    basis: str
    effective: str
    summary: str
    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    gone: tuple[Item, ...]
    passed_on: tuple[Item, ...]
    beside: tuple[str, ...]
    contact: str
    recipients: RecipientsView
    signature: SignatureView
    end_mark: str


def touched_agencies(changes: Iterable[Change], old: Plan, new: Plan) -> tuple[str, ...]:
    """The agencies that changes touch and that can be told: those with a sheet before or after, in data order."""
    named = {agency for change in changes for agency in change.agencies}
    known = dict.fromkeys((*new.agency, *old.agency))
    return tuple(a for a in known if a in named and (old.has_sheet(a) or new.has_sheet(a)))


def view_notice(step: Revised, agency: str) -> NoticeView:
    """What an agency is told of a revision."""
    old, new, revision = step.old, step.new, step.revision
    is_over = agency in ended(new)
    touching = [change for change in step.changes if agency in change.agencies and change.what != "group"]
    mine = [change for change in touching if _is_own(change, agency, old, new, by_name=True)]
    mine = mine or [change for change in touching if _is_own(change, agency, old, new, by_name=False)]
    mine = [change for change in mine if change.what == "agency"] if is_over else _once(mine, agency, new)
    beside = view_changes((change for change in touching if change not in mine), old, new)
    places = [place.text for view in beside if (place := view.place or view.was_at)]
    name = (new.agency.get(agency) or old.agency[agency]).name
    head = new.head
    code = f"TB-{head.letterhead.code.partition('-')[2] or head.letterhead.code}"
    kinds = [_side(change, agency, new) for change in mine]
    items = list(zip(kinds, map(_item, mine, view_changes(mine, old, new)), strict=True))
    told = {item.place for _, item in items}
    return NoticeView(
        title=f"Thông báo thay đổi đối với {name}",
        author=new.agency[head.issuer].name,
        running="",
        letterhead=view_letterhead(head.letterhead.changed(number=None, date=None, code=code)),
        subject=f"Thay đổi đối với {name} trong {head.short_title}",
        agency=name,
        plan=plan_title(new),
        basis=revision.decision or "",
        effective=date_text(revision.effective) if revision.effective else "",
        summary=revision.summary,
        new=_of("new", items),
        changed=_of("changed", items),
        gone=_of("gone", items),
        passed_on=tuple(_passed_on(agency, old, new)) if is_over else (),
        beside=() if is_over else _together(place for place in dict.fromkeys(places) if place not in told),
        contact=revision.contact or "",
        recipients=plain_recipients("Như trên", "Lưu: VT"),
        signature=view_signature(head.signature.changed(name=None)),  # who will sign is not the plan's to say
        end_mark=END_MARK,
    )


def _is_own(change: Change, agency: str, old: Plan, new: Plan, *, by_name: bool) -> bool:
    """True for a change where the agency is called by its name, or else of a duty that it has through a group."""
    if change.what == "agency":
        return change.id == agency or agency in change.new
    if change.what not in ("duty", "paragraph", "heading", "clause", "preamble"):
        return True
    parts = (part for plan in (old, new) for duty in _duties_in(change, plan) for part in plan.parts_in.get(duty, ()))
    return any(part.actor == agency and (not part.through or (part.owns and not by_name)) for part in parts)


def _once(changes: Sequence[Change], agency: str, new: Plan) -> list[Change]:
    """Changes without those that others tell too: a clause whose duties are told, names that the words tell, itself."""
    reworded = {change.clause for change in changes if change.kind == "reworded"}
    told = {change.clause for change in changes if change.what == "duty" and change.kind in ("added", "removed")}
    whole = ("clause", "paragraph")
    handed = {c.clause for c in changes if c.kind == "reassigned" and _side(c, agency, new) != "changed"}
    return [
        change
        for change in changes
        if not (change.what in whole and change.kind in ("added", "removed") and change.clause in told)
        and not (change.what == "agency" and change.kind == "added" and change.id == agency)
        and not (change.what == "heading" and change.clause in handed)
        and not (change.kind == "reassigned" and change.clause in reworded and _side(change, agency, new) == "changed")
    ]


def _duties_in(change: Change, plan: Plan) -> list[str]:
    provision = plan.provisions.get(change.id)
    if provision is None or provision.statement is not None:
        return [change.id]
    clauses = provision.chain[-1].walk() if provision.paragraph is None else ()
    inner = [provision.paragraph] if provision.paragraph else [p for clause in clauses for p in clause.paragraphs]
    return [statement.id for paragraph in inner for statement in paragraph.statements if statement.id]


def _passed_on(agency: str, old: Plan, new: Plan) -> Iterator[Item]:
    """Who has now the duties that were an agency's own: a line for each, with the places where they stand."""
    places: dict[str, list[str]] = {}
    for part in old.parts.get(agency, ()):
        duty = part.item.statement.id or ""
        if part.owns:
            now = new.provisions.get(duty)
            owners = [new.actor[actor].name for actor in now.statement.by] if now and now.statement else []
            where = cite((now or old.provisions[duty]).chain).text
            places.setdefault(join_names(owners), []).append(where)
    for who, cited in places.items():
        said = f"nay do {who} thực hiện" if who else "không còn trong văn bản"
        yield Item("; ".join(dict.fromkeys(cited)), said, ())


def _side(change: Change, agency: str, new: Plan) -> str:
    """Whether a change gives the agency something, takes it away, or alters it."""
    if change.field == "by" and isinstance(change.new, tuple) and isinstance(change.old, tuple):
        before, after = ({a for actor in side for a in new.members(actor)} for side in (change.old, change.new))
        if (agency in before) != (agency in after):
            return "new" if agency in after else "gone"
    if change.what == "agency" and change.id == agency and change.kind in ("merged", "split", "dissolved"):
        return "gone"
    return "new" if change.kind in _NEW else "gone" if change.kind in _GONE else "changed"


def _item(change: Change, view: ChangeView) -> Item:
    place = view.place or view.was_at
    was = f" (trước là {view.was_at.text})" if view.was_at and view.was_at != place and not view.pieces else ""
    if change.what == "agency" and change.kind != "renamed":
        heirs = f"; cơ quan kế nhiệm: {view.after}" if view.after and view.before else ""
        return Item("", f"{view.kind} {view.title}{heirs}", ())
    return Item(place.text if place else "", f"{view.kind} {view.title}{was}", shortened(view.pieces))


def _together(places: Iterable[str]) -> tuple[str, ...]:
    """Citations with those of one Mục as one: `khoản 1, khoản 4 Mục V`."""
    found: dict[str, list[str]] = {}
    for place in places:
        inner, mark, above = place.rpartition(" Mục ")
        found.setdefault(f"{mark}{above}", []).append(inner)
    return tuple(f"{', '.join(inner)}{above}" for above, inner in found.items())


def _of(side: str, items: Iterable[tuple[str, Item]]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(item for kind, item in items if kind == side))


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces with long runs of what is the same cut to some words beside the changes."""
    found = []
    for index, piece in enumerate(pieces):
        words = piece.text.split(" ")
        if piece.kind != "same" and len(words) > _LONG:
            found.append(Piece(piece.kind, " ".join(words[:_LONG]) + " …"))
            continue
        if piece.kind != "same" or len(words) <= 2 * _CONTEXT + 1:
            found.append(piece)
            continue
        head = " ".join(words[:_CONTEXT]) + " " if index else ""
        tail = " " + " ".join(words[-_CONTEXT:]) if index < len(pieces) - 1 else ""
        found.append(Piece("same", f"{head}…{tail}"))
    return tuple(found)
