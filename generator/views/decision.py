"""The draft of the decision that amends a plan; carried out, it makes the new text of the old one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import types as model
from generator.model.plan import Plan, paragraph_text
from generator.views.nodes import cite
from generator.views.notice import Revised
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
from generator.words.amendment import Line, draft, words_of
from generator.words.dates import date_words
from generator.words.numbering import printed_label

_LATE = ("replace", "add-phrase", "drop-phrase", "repeal")  # a drafter's second article


@dataclass(frozen=True)
class Article:
    """An article: its title, and its numbered items, each its sentence and the quoted lines after it."""

    number: int
    title: str
    items: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class DecisionView:
    """A draft decision; `number` and date are blank where nobody has given them."""

    title: str
    author: str
    running: str
    letterhead: LetterheadView
    type_name: str
    subject: str
    issuer: str
    grounds: tuple[str, ...]
    proposer: str
    articles: tuple[Article, ...]
    recipients: RecipientsView
    signature: SignatureView
    end_mark: str


def lines_of(plan: Plan) -> tuple[Line, ...]:
    """The printed lines of a plan's text, in order, each with how it is cited: what a decision can amend."""
    return tuple(_lines(plan))


def view_decision(step: Revised) -> DecisionView:
    """The draft of the decision that makes the new version of the old one."""
    old, new, revision = step.old, step.new, step.revision
    head = new.head
    commands = draft(lines_of(old), lines_of(new))
    amended = plan_title(old) + (f" ({_cited(old)})" if _cited(old) else "")
    early = tuple(_item(words_of(c)) for c in commands if c.kind not in _LATE)
    late = tuple(_item(words_of(c)) for c in commands if c.kind in _LATE)
    bodies = (
        (f"Sửa đổi, bổ sung một số nội dung của {amended}", early),
        (f"Thay thế, bổ sung, bỏ một số cụm từ và bãi bỏ một số nội dung của {head.type}", late),
    )
    duty = f"Các cơ quan được giao nhiệm vụ trong {head.type} chịu trách nhiệm thi hành Quyết định này"
    ends = (("Hiệu lực thi hành", ((_effect(step),),)), ("Tổ chức thực hiện", ((duty,),)))
    shown = (*(body for body in bodies if body[1]), *ends)
    suffix = head.letterhead.code.partition("-")[2] or head.letterhead.code
    letterhead = head.letterhead.changed(number=None, date=revision.date, code=f"QĐ-{suffix}")
    return DecisionView(
        title=f"Quyết định sửa đổi, bổ sung một số nội dung của {plan_title(new)}",
        author=new.agency[head.issuer].name,
        running="",
        letterhead=view_letterhead(letterhead),
        type_name="QUYẾT ĐỊNH",
        subject=f"Sửa đổi, bổ sung một số nội dung của {plan_title(new)}",
        issuer=" ".join(head.letterhead.issuer_lines),
        grounds=revision.grounds,
        proposer=revision.author or "",
        articles=tuple(Article(n, title, items) for n, (title, items) in enumerate(shown, 1)),
        recipients=plain_recipients(f"Như Điều {len(shown)}", "Lưu: VT"),
        signature=view_signature(head.signature.changed(name=None)),  # who will sign is not the plan's to say
        end_mark=END_MARK,
    )


def _item(words: str) -> tuple[str, ...]:
    return tuple(words.split("\n"))


def _cited(plan: Plan) -> str:
    letterhead = plan.head.letterhead
    return view_letterhead(letterhead).cited if letterhead.number and letterhead.date else ""


def _effect(step: Revised) -> str:
    day = step.revision.effective
    return (
        f"Quyết định này có hiệu lực từ {date_words(day)}"
        if day
        else "Quyết định này có hiệu lực từ ngày … tháng … năm …"
    )


def _lines(plan: Plan) -> Iterator[Line]:
    head = plan.head
    yield Line("subject", "trích yếu", head.subject.reading())
    for index, paragraph in enumerate(head.preamble, 1):
        yield Line(
            f"preamble {paragraph.id or index}", f"đoạn thứ {index} phần mở đầu", paragraph_text(paragraph).reading()
        )
    for chain in plan.clause.values():
        yield from _clause(chain)
    for index, item in enumerate(head.recipients.items, 1):
        text = item.text.reading() + (f" ({item.purpose})" if item.purpose else "")
        yield Line(f"recipient {item.id or index}", f"dòng thứ {index} phần Nơi nhận", text)


def _clause(chain: tuple[model.Clause, ...]) -> Iterator[Line]:
    clause, cited = chain[-1], cite(chain).text
    above = chain[-2].id if len(chain) > 1 else ""
    heading = clause.heading.reading() if clause.heading else ""
    lead = " ".join(part for part in (printed_label(clause.number), heading) if part)
    texts = list(clause.paragraphs)
    runs_on = bool(texts) and (clause.run_in or clause.heading is None)
    opens = clause.id
    if lead or runs_on:
        first = texts.pop(0) if runs_on else None
        words = " ".join(part for part in (lead, _said(first) if first else "") if part)
        place = f"đoạn đầu của {cited}" if runs_on else f"tiêu đề của {cited}"
        yield Line(f"clause {clause.id}", place, words, cited, clause.id, above, opens, clause.number or "")
        opens = ""
    plain = [paragraph for paragraph in texts if not paragraph.marker]
    for index, paragraph in enumerate(texts, 1):
        if paragraph.bullet:
            place = cite(chain, paragraph).text
        else:
            place = f"nội dung của {cited}" if len(plain) == 1 else f"đoạn thứ {plain.index(paragraph) + 1} của {cited}"
        key = f"paragraph {paragraph.id or f'{clause.id} {index}'}"
        yield Line(key, place, _said(paragraph), cited, clause.id, above, opens, clause.number or "")
        opens = ""


def _said(paragraph: model.Paragraph) -> str:
    text = paragraph_text(paragraph).reading()
    return f"{paragraph.marker} {text}" if paragraph.marker else text
