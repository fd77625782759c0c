"""The notice to an agency that a revision touches: on one page, what is new, changed and gone for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from generator.model.change import Change
from generator.model.plan import Plan
from generator.model.revision import Revision
from generator.views.changes import ChangeView, view_changes
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

_CONTEXT = 8  # words kept on either side of a change
_NEW, _GONE = ("added",), ("removed",)


class Revised(Protocol):
    """A step from one version to the next."""

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
    """A notice; `effective`, `basis` and `contact` are empty where nobody has said."""

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
    mine = [change for change in step.changes if agency in change.agencies]
    name = (new.agency.get(agency) or old.agency[agency]).name
    head = new.head
    code = f"TB-{head.letterhead.code.partition('-')[2] or head.letterhead.code}"
    kinds = [_side(change, agency, new) for change in mine]
    items = list(zip(kinds, map(_item, view_changes(mine, old, new)), strict=True))
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
        contact=revision.contact or "",
        recipients=plain_recipients("Như trên", "Lưu: VT"),
        signature=view_signature(head.signature.changed(name=None)),  # who will sign is not the plan's to say
        end_mark=END_MARK,
    )


def _side(change: Change, agency: str, new: Plan) -> str:
    """Whether a change gives the agency something, takes it away, or alters it."""
    if change.field == "by" and isinstance(change.new, tuple) and isinstance(change.old, tuple):
        before, after = ({a for actor in side for a in new.members(actor)} for side in (change.old, change.new))
        if (agency in before) != (agency in after):
            return "new" if agency in after else "gone"
    if change.what == "agency" and change.id == agency and change.kind in ("merged", "split", "dissolved"):
        return "gone"
    return "new" if change.kind in _NEW else "gone" if change.kind in _GONE else "changed"


def _item(view: ChangeView) -> Item:
    place = view.place or view.was_at
    was = f" (trước là {view.was_at.text})" if view.was_at and view.was_at != place and not view.pieces else ""
    return Item(place.text if place else "", f"{view.kind} {view.title}{was}", shortened(view.pieces))


def _of(side: str, items: Iterable[tuple[str, Item]]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(item for kind, item in items if kind == side))


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces with long runs of what is the same cut to some words beside the changes."""
    found = []
    for index, piece in enumerate(pieces):
        words = piece.text.split(" ")
        if piece.kind != "same" or len(words) <= 2 * _CONTEXT + 1:
            found.append(piece)
            continue
        head = " ".join(words[:_CONTEXT]) + " " if index else ""
        tail = " " + " ".join(words[-_CONTEXT:]) if index < len(pieces) - 1 else ""
        found.append(Piece("same", f"{head}…{tail}"))
    return tuple(found)
