"""The plan as plain text: as issued (misprints and printed labels kept) or in the corrected reading. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import types as model
from generator.model.plan import Plan, paragraph_text
from generator.words.links import Text
from generator.words.numbering import printed_label


def plan_text(plan: Plan, *, as_issued: bool) -> str:
    """The whole plan, a paragraph a line, blank lines between; ends with a newline."""
    return "\n\n".join(_Writer(as_issued).plan(plan)) + "\n"


class _Writer:
    def __init__(self, as_issued: bool) -> None:
        self._as_issued = as_issued

    def plan(self, plan: Plan) -> Iterator[str]:
        head = plan.head
        yield head.type.upper()
        yield self._read(head.subject)
        yield from (self._paragraph(p) for p in head.preamble)
        for section in plan.sections:
            yield from self._clause(section)
        yield "\n".join([head.recipients.heading, *self._recipients(head.recipients)])
        signature = head.signature
        added = () if self._as_issued else (signature.authority, signature.position)
        yield "\n".join(line for line in (*added, signature.name) if line)

    def _clause(self, clause: model.Clause) -> Iterator[str]:
        issued = clause.label_as_issued if self._as_issued else None
        lead = [issued or printed_label(clause.number), self._read(clause.heading) if clause.heading else ""]
        lead_in = " ".join(part for part in lead if part)
        paragraphs = [self._paragraph(p) for p in clause.paragraphs]
        runs_on = paragraphs and (clause.run_in or clause.heading is None)
        if runs_on:
            paragraphs[0] = f"{lead_in} {paragraphs[0]}".strip()
        elif lead_in:
            yield lead_in
        yield from paragraphs
        for inner in clause.clauses:
            yield from self._clause(inner)

    def _paragraph(self, paragraph: model.Paragraph) -> str:
        text = self._read(paragraph_text(paragraph))
        return f"{paragraph.marker} {text}" if paragraph.marker else text

    def _recipients(self, recipients: model.Recipients) -> Iterator[str]:
        last = len(recipients.items) - 1
        for index, item in enumerate(recipients.items):
            purpose = f" ({item.purpose.strip('()')})" if item.purpose else ""
            yield f"- {self._read(item.text)}{'.' if index == last else ';'}{purpose}"

    def _read(self, text: Text) -> str:
        return text.as_issued() if self._as_issued else text.reading()
