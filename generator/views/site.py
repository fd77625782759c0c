"""What the site's pages show besides the plan and the sheets: the site itself, the agency cards, the reference page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import types as model
from generator.model.plan import Plan
from generator.views.calendar import term_ended
from generator.views.labels import AGENCY_KIND, CONFIDENCE, PLACE_KIND, PROVENANCE_KIND
from generator.views.nodes import (
    GROUPS_PAGE,
    INSTRUMENTS_PAGE,
    PLACES_PAGE,
    TARGETS_PAGE,
    Citation,
    cite_provision,
    href_of,
)
from generator.views.sheet import SheetView, TargetView, designation_label, view_target
from generator.views.topic import ChannelView, TopicView
from generator.words.dates import date_text
from generator.words.html import svg_address


@dataclass(frozen=True)
class SiteView:
    """What every page knows."""

    plan_title: str
    short_title: str
    type_name: str
    issuer: str
    period_from: int
    period_to: int
    edition: str
    ended: str


@dataclass(frozen=True)
class Door:
    """A topic as a way in: what people call what befell them, its page, its drawing as a data: address.

    In the page itself, so that ten small pictures are no ten requests; as an image, so that nothing in it can act.
    """

    words: str
    href: str
    picture: str


@dataclass(frozen=True)
class HomeView:
    """What the first page says of the plan: its phases, targets and sections, and how many have a page of their own.

    `doors` are the topics, `call` the telephone number that most of them put first.
    """

    phases: tuple[tuple[str, int, int], ...]
    targets: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str, str], ...]
    agency_count: int
    doors: tuple[Door, ...]
    call: ChannelView | None


@dataclass(frozen=True)
class AgencyCard:
    """An agency in the index; `search` is folded: lower case, no marks, đ as d."""

    id: str
    name: str
    short_name: str
    kind: str
    kind_label: str
    counts: tuple[tuple[str, int], ...]
    search: str


@dataclass(frozen=True)
class ReferencePlace:
    """A place on the reference page."""

    id: str
    name: str
    kind_label: str
    agency_href: str
    designations: tuple[tuple[str, Citation], ...]
    provenance: str
    note: str


@dataclass(frozen=True)
class ReferenceInstrument:
    """An instrument on the reference page."""

    id: str
    name: str
    details: tuple[tuple[str, str], ...]
    url: str
    note: str
    provenance: str


@dataclass(frozen=True)
class ReferenceGroup:
    """A group on the reference page, with its members that have a page of their own."""

    id: str
    name: str
    members: tuple[tuple[str, str, bool], ...]
    open: bool
    note: str
    provenance: str


@dataclass(frozen=True)
class ReferenceDeadline:
    """A deadline on the reference page."""

    id: str
    label: str
    day_unspecified: bool
    citation: Citation | None
    note: str


@dataclass(frozen=True)
class ReferencePage:
    """What the plan names besides agencies with a sheet, of one kind or two; `others` are (id, name, kind)."""

    path: str
    title: str
    count: int
    targets: tuple[TargetView, ...] = ()
    deadlines: tuple[ReferenceDeadline, ...] = ()
    places: tuple[ReferencePlace, ...] = ()
    groups: tuple[ReferenceGroup, ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()
    instruments: tuple[ReferenceInstrument, ...] = ()


@dataclass(frozen=True)
class OddityView:
    """Words of the received text, or put beside it: what became of them, and where they stand."""

    words: str
    remark: str
    where: str


@dataclass(frozen=True)
class SourceView:
    """How the received text became data; `joins` are the lines of each paragraph that was split, with the reason."""

    anomalies: tuple[OddityView, ...]
    dropped: tuple[OddityView, ...]
    joins: tuple[tuple[str, str], ...]
    additions: tuple[OddityView, ...]


@dataclass(frozen=True)
class ProvenanceView:
    """Something on the site that is not from the plan's text, and where it is from."""

    what: str
    kind: str
    source: str
    confidence: str


def anchor_of(heading: str) -> str:
    """An address for a heading, đ as d: `Văn bản được lấy từ đâu` → `van-ban-duoc-lay-tu-dau`."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(heading)))


def fold(text: str) -> str:
    """Text as people type it without a Vietnamese keyboard: lower case, no marks, đ as d, apostrophes dropped."""
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in marks if not unicodedata.combining(c) and c not in "'’‘ʼ")


def view_site(plan: Plan) -> SiteView:
    """What every page knows of the plan."""
    head = plan.head
    return SiteView(
        plan_title=f"{head.type} {head.subject.reading()}",
        short_title=head.short_title,
        type_name=head.type,
        issuer=plan.agency[head.issuer].name,
        period_from=head.period.from_,
        period_to=head.period.to,
        edition=date_text(head.edition),
        ended=term_ended(plan),
    )


def view_home(plan: Plan, topics: Sequence[TopicView] = (), drawings: Mapping[str, str] | None = None) -> HomeView:
    """The first page; `drawings` are SVG by file name."""
    drawn = drawings or {}
    return HomeView(
        phases=tuple((p.name, p.from_, p.to) for p in plan.head.phases),
        targets=tuple((t.indicator, href_of("target", t.id, plan)) for t in plan.targets),
        sections=tuple((s.id, s.number or "", s.heading.reading() if s.heading else "") for s in plan.sections),
        agency_count=len(plan.sheet_agencies) + len(plan.sheet_groups),
        doors=tuple(Door(topic.door, topic.page, svg_address(drawn.get(topic.picture, ""))) for topic in topics),
        call=_first_call(topics),
    )


def _first_call(topics: Sequence[TopicView]) -> ChannelView | None:
    firsts = [topic.calls[0] for topic in topics if topic.calls]
    often = Counter(channel.id for channel in firsts)
    return max(firsts, key=lambda channel: often[channel.id], default=None)


def view_card(plan: Plan, sheet: SheetView) -> AgencyCard:
    """An agency's card, from its sheet."""
    words = " ".join((sheet.name, sheet.short_name, *plan.actor[sheet.id].aliases, sheet.kind_label))
    return AgencyCard(sheet.id, sheet.name, sheet.short_name, sheet.kind, sheet.kind_label, sheet.counts, fold(words))


def view_reference(plan: Plan) -> tuple[ReferencePage, ...]:
    """The reference pages, also those that have nothing to show: links may lead there."""
    targets = tuple(view_target(plan, t) for t in plan.targets)
    deadlines = tuple(_deadline(plan, deadline) for deadline in plan.deadlines)
    places = tuple(_place(plan, place) for place in plan.places)
    groups = tuple(_group(plan, group) for group in plan.groups)
    others = tuple((a.id, a.name, AGENCY_KIND[a.kind]) for a in plan.agencies if not plan.has_sheet(a.id))
    instruments = tuple(_instrument(plan, instrument) for instrument in plan.instruments)
    timed = "Chỉ tiêu, thời hạn"
    return (
        ReferencePage(TARGETS_PAGE, timed, len(targets) + len(deadlines), targets=targets, deadlines=deadlines),
        ReferencePage(PLACES_PAGE, "Địa bàn", len(places), places=places),
        ReferencePage(
            GROUPS_PAGE, "Nhóm cơ quan, cơ quan khác", len(groups) + len(others), groups=groups, others=others
        ),
        ReferencePage(INSTRUMENTS_PAGE, "Văn bản", len(instruments), instruments=instruments),
    )


def view_provenance(plan: Plan) -> tuple[ProvenanceView, ...]:
    """Everything shown that is not in the plan's text."""
    head = plan.head
    listed: list[tuple[str, model.Provenance | None]] = [
        (f"Phần đầu văn bản: {' '.join(head.letterhead.issuer_lines)}", head.letterhead.provenance),
        (
            f"Khối chữ ký: {head.signature.authority or ''} {head.signature.position or ''}".strip(),
            head.signature.provenance,
        ),
    ]
    for records in (plan.agencies, plan.groups, plan.places, plan.instruments):
        listed += [(record.name, record.provenance) for record in records]
    return tuple(
        ProvenanceView(what, PROVENANCE_KIND[p.kind], p.source, CONFIDENCE[p.confidence]) for what, p in listed if p
    )


def view_source(plan: Plan) -> SourceView | None:
    """How the received text became data, or None where the data do not say."""
    source = plan.source
    if source is None:
        return None
    return SourceView(
        anomalies=tuple(
            OddityView(a.as_issued, " ".join(part for part in (a.reading, a.note) if part), f"dòng {a.line}")
            for a in source.anomalies
        ),
        dropped=tuple(OddityView(d.text, d.reason, f"dòng {d.line}") for d in source.dropped),
        joins=tuple((", ".join(map(str, join.lines)), join.reason) for join in source.joins),
        additions=tuple(OddityView(a.text, a.reason, a.where) for a in source.additions),
    )


def _provenance(provenance: model.Provenance | None) -> str:
    return f"{PROVENANCE_KIND[provenance.kind]}: {provenance.source}" if provenance else ""


def _place(plan: Plan, place: model.Place) -> ReferencePlace:
    designations = tuple((designation_label(d), cite_provision(plan, d.clause)) for d in place.designations)
    href = href_of("agency", place.agency, plan) if place.agency and plan.has_sheet(place.agency) else ""
    return ReferencePlace(
        place.id, place.name, PLACE_KIND[place.kind], href, designations, _provenance(place.provenance),
        place.note or "",
    )  # fmt: skip


def _instrument(plan: Plan, instrument: model.Instrument) -> ReferenceInstrument:
    parent = plan.instrument[instrument.parent].name if instrument.parent else ""
    law = plan.instrument.get(instrument.parent or "")
    read_there = law is not None and law.source == instrument.source  # then the law's own record says where and when
    date = date_text(instrument.date) if instrument.date else ""
    checked = date_text(instrument.checked_on) if instrument.checked_on and not read_there else ""
    source = "" if read_there else instrument.source or ""
    origin = f"Nguồn {PROVENANCE_KIND[instrument.provenance.kind]}" if instrument.provenance else "Nguồn"
    details = (
        ("Số", instrument.number or ""), ("Điều khoản", instrument.article or ""), ("Thuộc", parent), ("Ngày", date),
        ("Cơ quan ban hành", instrument.issuer or ""), (origin, source),
        ("Kiểm tra nguồn ngày", checked), ("Hiệu lực", instrument.in_force_note or ""),
    )  # fmt: skip
    return ReferenceInstrument(
        instrument.id, instrument.name, tuple(d for d in details if d[1]), instrument.url or "", instrument.note or "",
        "" if instrument.source else _provenance(instrument.provenance),
    )  # fmt: skip


def _deadline(plan: Plan, deadline: model.Deadline) -> ReferenceDeadline:
    citation = cite_provision(plan, deadline.clause) if deadline.clause else None
    return ReferenceDeadline(deadline.id, deadline.label, deadline.day == "unspecified", citation, deadline.note or "")


def _group(plan: Plan, group: model.Group) -> ReferenceGroup:
    members = tuple((m, plan.agency[m].name, plan.has_sheet(m)) for m in group.members)
    return ReferenceGroup(group.id, group.name, members, group.open, group.note or "", _provenance(group.provenance))
