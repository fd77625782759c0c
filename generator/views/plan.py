"""The plan's own document and page: letterhead, text, recipients, signature; and what is unknown about it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import types as model
from generator.model.plan import Plan, paragraph_text
from generator.views.nodes import (
    ClauseView,
    InlineView,
    ParagraphView,
    skipped_after,
    view_clause,
    view_inlines,
    view_paragraph,
)
from generator.words.dates import date_words
from generator.words.links import Sic

END_MARK = "./."  # closes the body of an official document (NĐ 30, Phụ lục III)
_BLANK = "      "


@dataclass(frozen=True)
class LetterheadView:
    """The head of the printed plan, blanks as in an unsigned draft; `cited` is its number and date in a sentence."""

    superior: str
    issuer_lines: tuple[str, ...]
    number_line: str
    place_date: str
    date: str
    cited: str


@dataclass(frozen=True)
class RecipientView:
    """A line of `Nơi nhận`, without its bullet and closing mark."""

    inlines: tuple[InlineView, ...]
    purpose: str
    last: bool


@dataclass(frozen=True)
class RecipientsView:
    """`Nơi nhận` as printed literally."""

    heading: str
    items: tuple[RecipientView, ...]


@dataclass(frozen=True)
class SignatureView:
    """The signature block; empty strings are not printed."""

    authority: str
    position: str
    name: str


@dataclass(frozen=True)
class SicView:
    """A misprint of the source with the reading and its clause."""

    reading: str
    as_issued: str
    clause: str


@dataclass(frozen=True)
class UnknownView:
    """Something that nobody knows of the plan, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class PlanView:
    """The whole plan as one document."""

    title: str
    author: str
    running: str
    letterhead: LetterheadView
    type_name: str
    subject: tuple[InlineView, ...]
    preamble: tuple[ParagraphView, ...]
    sections: tuple[ClauseView, ...]
    recipients: RecipientsView
    signature: SignatureView
    end_mark: str
    unknowns: tuple[UnknownView, ...]
    misprints: tuple[SicView, ...]
    notes: tuple[str, ...] = ()


def view_plan(plan: Plan) -> PlanView:
    """The plan's view, in the corrected reading."""
    head = plan.head
    return PlanView(
        title=plan_title(plan),
        author=plan.agency[head.issuer].name,
        running="",
        letterhead=view_letterhead(head.letterhead),
        type_name=head.type.upper(),
        subject=view_inlines(head.subject, plan),
        preamble=tuple(view_paragraph(p, plan) for p in head.preamble),
        sections=tuple(
            view_clause(section, plan, gaps_after=skipped)
            for section, skipped in zip(plan.sections, skipped_after(plan.sections, head.gaps), strict=True)
        ),
        recipients=_recipients(plan),
        signature=view_signature(head.signature),
        end_mark=END_MARK,
        unknowns=tuple(UnknownView(u.what, u.why) for u in head.unknowns),
        misprints=tuple(_misprints(plan)),
    )


def plan_title(plan: Plan) -> str:
    """Type and subject, as the plan is cited: `Kế hoạch Triển khai …`."""
    return f"{plan.head.type} {plan.head.subject.reading()}"


def view_letterhead(letterhead: model.Letterhead) -> LetterheadView:
    """The letterhead with number and date, blank where unknown (NĐ 30, Phụ lục I)."""
    number = letterhead.number or _BLANK
    numbered = f"{' ' if letterhead.number else ''}{number}/{letterhead.code}"
    date = date_words(letterhead.date) if letterhead.date else f"ngày{_BLANK}tháng{_BLANK}năm{_BLANK} "
    return LetterheadView(
        superior=letterhead.superior or "",
        issuer_lines=letterhead.issuer_lines,
        number_line=f"Số:{numbered}",
        place_date=f"{letterhead.place}, {date}",
        date=date,
        cited=f"số{numbered} {date}",
    )


def view_signature(signature: model.SignatureBlock) -> SignatureView:
    """The signature block."""
    return SignatureView(signature.authority or "", signature.position or "", signature.name or "")


def plain_recipients(*lines: str) -> RecipientsView:
    """A list of recipients that is not the plan's own."""
    last = len(lines) - 1
    items = (RecipientView((InlineView("text", line),), "", at == last) for at, line in enumerate(lines))
    return RecipientsView("Nơi nhận:", tuple(items))


def _recipients(plan: Plan) -> RecipientsView:
    recipients = plan.head.recipients
    last = len(recipients.items) - 1
    items = tuple(
        RecipientView(view_inlines(item.text, plan), item.purpose or "", index == last)
        for index, item in enumerate(recipients.items)
    )
    return RecipientsView(recipients.heading, items)


def _misprints(plan: Plan) -> list[SicView]:
    found = []
    for chain in plan.clause.values():
        for paragraph in chain[-1].paragraphs:
            for node in paragraph_text(paragraph).leaves():
                if isinstance(node, Sic):
                    found.append(SicView(node.reading, node.as_issued, paragraph.id or chain[-1].id))
    for item in plan.head.recipients.items:
        found += [SicView(n.reading, n.as_issued, "noi-nhan") for n in item.text.leaves() if isinstance(n, Sic)]
    return found
