"""The views that all documents share: inline text, paragraphs, clauses, and how a clause is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.model import types as model
from generator.model.naming import name_in
from generator.model.plan import Plan, paragraph_text
from generator.words.links import Emphasis, Inline, Link, Plain, Sic, Strong, Text
from generator.words.names import join_names, upper_first
from generator.words.numbering import parse_number, printed_label, spoken_level

_STOPS = (".", "!", "?", "…")
PLAN_PAGE = "ke-hoach/"
AGENCY_PAGE = "co-quan/"
REFERENCE_PAGE = "tra-cuu/"
TARGETS_PAGE, PLACES_PAGE = f"{REFERENCE_PAGE}chi-tieu/", f"{REFERENCE_PAGE}dia-ban/"
GROUPS_PAGE, INSTRUMENTS_PAGE = f"{REFERENCE_PAGE}nhom/", f"{REFERENCE_PAGE}van-ban/"
_REFERENCE = {
    "target": TARGETS_PAGE, "deadline": TARGETS_PAGE, "place": PLACES_PAGE, "group": GROUPS_PAGE,
    "agency": GROUPS_PAGE, "instrument": INSTRUMENTS_PAGE,
}  # fmt: skip


@dataclass(frozen=True)
class InlineView:
    """A piece of text. `href` is relative to the site's root; `as_issued` is the misprint under a `sic`.

    A `context` is what stands around a statement in its sentence, printed beside it so that it can be read alone.
    """

    kind: Literal["text", "em", "strong", "link", "sic", "context"]
    text: str
    children: tuple[InlineView, ...] = ()
    href: str = ""
    title: str = ""
    as_issued: str = ""


@dataclass(frozen=True)
class ParagraphView:
    """A paragraph; `id` is its anchor or empty, `marker` the printed bullet or empty."""

    id: str
    marker: str
    inlines: tuple[InlineView, ...]


@dataclass(frozen=True)
class ClauseView:
    """A clause with its printed label; level 1 is a mục, 2 a khoản, 3 a điểm."""

    id: str
    level: int
    label: str
    heading: tuple[InlineView, ...]
    run_in: bool
    paragraphs: tuple[ParagraphView, ...]
    clauses: tuple[ClauseView, ...]
    notes: tuple[str, ...] = ()
    gaps_after: tuple[str, ...] = ()
    citation: str = ""


@dataclass(frozen=True)
class Citation:
    """Where something stands: on paper (`khoản 7 Mục V`), short (`V.7`), and as a link into the plan's page."""

    text: str
    short: str
    href: str


def view_inlines(text: Text, plan: Plan) -> tuple[InlineView, ...]:
    """A text's nodes; a link to several things becomes one link for each."""
    return tuple(view for node in text.nodes for view in _inline(node, plan))


def excerpt_inlines(statement: model.Statement, plan: Plan) -> tuple[InlineView, ...]:
    """A statement cut out of its sentence, to be read alone: what it needs of it in brackets, a capital, a full stop.

    All other words are the statement's. The plan's emphasis belongs to its page and is left out.
    """
    inlines = tuple(_upright(view_inlines(statement.text, plan)))
    end = "" if _text_of(inlines).rstrip().endswith(_STOPS) or statement.tail else "."
    before = (InlineView("context", f"[{upper_first(statement.lead_in)}] "),) if statement.lead_in else ()
    after = (InlineView("context", f" [{statement.tail}]"),) if statement.tail else ()
    shown = inlines if before else _capital(inlines)
    return (*before, *shown, *((InlineView("text", end),) if end else ()), *after)


def short_text(statement: model.Statement, most: int = 14) -> str:
    """The first words of a statement, at most so many, as a reminder of one that is cited."""
    words = upper_first(statement.text.reading()).rstrip(" .;:").split(" ")
    return " ".join(words) if len(words) <= most else f"{' '.join(words[:most]).rstrip(' ,;')} …"


def _upright(inlines: Iterable[InlineView]) -> Iterator[InlineView]:
    for item in inlines:
        if item.kind in ("em", "strong"):
            yield from _upright(item.children)
        else:
            yield item


def _capital(inlines: tuple[InlineView, ...]) -> tuple[InlineView, ...]:
    return (replace(inlines[0], text=upper_first(inlines[0].text)), *inlines[1:]) if inlines else ()


def _text_of(inlines: Iterable[InlineView]) -> str:
    return "".join(item.text for item in inlines)


def view_paragraph(paragraph: model.Paragraph, plan: Plan) -> ParagraphView:
    """One paragraph, its statements joined."""
    return ParagraphView(paragraph.id or "", paragraph.marker or "", view_inlines(paragraph_text(paragraph), plan))


def view_clause(clause: model.Clause, plan: Plan, level: int = 1, gaps_after: tuple[str, ...] = ()) -> ClauseView:
    """A clause and all inside it."""
    inner = [
        view_clause(child, plan, level + 1, skipped)
        for child, skipped in zip(clause.clauses, skipped_after(clause.clauses, clause.gaps), strict=True)
    ]
    return ClauseView(
        id=clause.id,
        level=level,
        label=printed_label(clause.number),
        heading=view_inlines(clause.heading, plan) if clause.heading else (),
        run_in=clause.run_in,
        paragraphs=tuple(view_paragraph(p, plan) for p in clause.paragraphs),
        clauses=tuple(inner),
        notes=clause.notes,
        gaps_after=gaps_after,
        citation=cite(plan.clause[clause.id]).text,
    )


def skipped_after(clauses: Sequence[model.Clause], gaps: Sequence[model.Gap]) -> list[tuple[str, ...]]:
    """For each of some clauses the reasons of the numbers that the source skips after it, however many in a row."""
    reasons = {g.ordinal: gap.reason for gap in gaps if (g := parse_number(gap.number))}
    found: list[tuple[str, ...]] = []
    for clause in clauses:
        numeral = parse_number(clause.number) if clause.number else None
        after: list[str] = []
        while numeral and numeral.ordinal + 1 + len(after) in reasons:
            after.append(reasons[numeral.ordinal + 1 + len(after)])
        found.append(tuple(after))
    return found


def cite(chain: tuple[model.Clause, ...], paragraph: model.Paragraph | None = None) -> Citation:
    """How a place in the plan is cited, the innermost level first: `điểm b khoản 1 Mục I`."""
    numbers = [c.number for c in chain if c.number]
    # 1.1 says itself that it stands in 1
    said = [n for i, n in enumerate(numbers) if not any(later.startswith(f"{n}.") for later in numbers[i + 1 :])]
    parts = [f"{spoken_level(number)} {number}" for number in reversed(said)]
    short = ".".join(said)
    if chain[-1].number is None:
        place = _unnumbered(chain)
        parts.insert(0, place)
        short = f"{short} ({place})" if short else place
    if paragraph is not None and paragraph.bullet:
        for name, brief, ordinal in _bullets(paragraph.bullet):
            parts.insert(0, f"{name} thứ {ordinal}")
            short += f", {brief} {ordinal}"
    anchor = paragraph.id if paragraph is not None and paragraph.id else chain[-1].id
    return Citation(" ".join(parts), short, f"{PLAN_PAGE}#{anchor}")


def _unnumbered(chain: tuple[model.Clause, ...]) -> str:
    """What a clause without a number is called: by its place among its siblings, or by its heading."""
    heading = chain[-1].heading
    if len(chain) == 1:
        return f"phần “{heading.reading()}”" if heading else "phần không đánh số"
    siblings = chain[-2].clauses
    if siblings[-1].id == chain[-1].id:
        return "phần cuối"
    return "phần đầu" if siblings[0].id == chain[-1].id else "phần giữa"


def _bullets(bullet: model.Bullet) -> list[tuple[str, str, int]]:
    """What to count to reach a bullet, the outer list first; a list's only bullet needs no count."""
    counts = (("gạch đầu dòng", "gạch", bullet.outer), ("dấu cộng", "cộng", bullet.inner))
    return [count for count in counts if count[2]]


def excerpt(statement: model.Statement) -> str:
    """A statement to be read alone: the words of its paragraph that it needs stand around it in square brackets."""
    text = statement.text.reading()
    if statement.lead_in:
        return f"[{upper_first(statement.lead_in)}] {text}{_tail(statement)}"
    return f"{upper_first(text)}{_tail(statement)}"


def _tail(statement: model.Statement) -> str:
    return f" [{statement.tail}]" if statement.tail else ""


def cite_provision(plan: Plan, provision: str) -> Citation:
    """The citation of a clause, paragraph or statement by id."""
    found = plan.provision(provision)
    return cite(found.chain, found.paragraph)


def actor_name(plan: Plan, actor: str) -> str:
    """The full name of an agency or group."""
    return plan.actor[actor].name


def names(plan: Plan, actors: Iterable[str]) -> str:
    """The full names of agencies and groups, as one phrase."""
    return join_names(actor_name(plan, actor) for actor in actors)


def href_of(scheme: str, target: str, plan: Plan) -> str:
    """Where on the site something is shown, relative to the root."""
    if scheme in ("agency", "group") and plan.has_sheet(target):
        return f"{AGENCY_PAGE}{target}/"
    return f"{_REFERENCE[scheme]}#{scheme}-{target}"


def _inline(node: Inline, plan: Plan) -> list[InlineView]:
    match node:
        case Plain(text):
            return [InlineView("text", text)]
        case Sic(reading, issued):
            return [InlineView("sic", reading, as_issued=issued)]
        case Emphasis(children) | Strong(children):
            inner = tuple(view for child in children for view in _inline(child, plan))
            kind: Literal["em", "strong"] = "em" if isinstance(node, Emphasis) else "strong"
            return [InlineView(kind, "".join(v.text for v in inner), children=inner)]
        case Link():
            return _links(node, plan)


def _links(link: Link, plan: Plan) -> list[InlineView]:
    if len(link.targets) == 1:
        return [_link(link.scheme, link.targets[0], link.label, plan)]
    ends: list[tuple[int, str]] = []
    for target in link.targets:
        name = name_in(link.label, plan.named(link.scheme, target))
        ends += [(link.label.rindex(name) + len(name), target)] if name else []  # check names those without
    views: list[InlineView] = []
    start = 0
    for end, target in sorted(ends):
        piece = link.label[start:end]
        text = piece.lstrip(", ")
        if len(text) < len(piece):
            views.append(InlineView("text", piece[: len(piece) - len(text)]))
        views.append(_link(link.scheme, target, text, plan))
        start = end
    return [*views, InlineView("text", link.label[start:])] if start < len(link.label) else views


def _link(scheme: str, target: str, label: str, plan: Plan) -> InlineView:
    return InlineView("link", label, href=href_of(scheme, target, plan), title=_title(scheme, target, plan))


def _title(scheme: str, target: str, plan: Plan) -> str:
    if scheme in ("agency", "group"):
        return plan.actor[target].name
    if scheme == "instrument":
        return plan.instrument[target].name
    if scheme == "place":
        return plan.place[target].name
    return plan.target[target].indicator if scheme == "target" else plan.deadline[target].label
