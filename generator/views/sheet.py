"""An agency's responsibility sheet: all that the plan asks of it, each item verbatim with its clause, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.model import types as model
from generator.model.part import Part
from generator.model.plan import Plan, Seat
from generator.views.labels import (
    AGENCY_KIND,
    DESIGNATION,
    FORCE,
    MEMBERSHIP,
    ROLE,
    owner_label,
    receiver_label,
    role_label,
)
from generator.views.nodes import Citation, InlineView, cite, cite_provision, href_of, names, view_inlines

_MEETINGS = frozenset({"report", "review", "summary", "meeting"})
_OTHERS_WORK = frozenset({"coordinating", "received"})


@dataclass(frozen=True)
class ImplementedView:
    """What a duty carries out: `label` before its citation, empty for a clause; `phrase` says both in one."""

    label: str
    phrase: str
    citation: Citation


@dataclass(frozen=True)
class DutyView:
    """One duty as a sheet or a form shows it; names are joined for print, empty where there are none.

    `others` are whom else it concerns, labelled: nobody is told that a duty is his own, or his group's.
    """

    id: str
    inlines: tuple[InlineView, ...]
    text: str
    citation: Citation
    roles: tuple[model.Role, ...]
    role_label: str
    requested: bool
    force_label: str
    by_label: str
    by_names: str
    with_names: str
    to_label: str
    to_names: str
    via_names: str
    address: str
    others: tuple[tuple[str, str], ...]
    deadline: str
    through: str
    implements: tuple[ImplementedView, ...]
    note: str


@dataclass(frozen=True)
class SheetSection:
    """A part of a sheet; `key` is stable, `title` and `note` are for the reader."""

    key: str
    title: str
    note: str
    items: tuple[DutyView, ...]


@dataclass(frozen=True)
class MembershipView:
    """A seat of the agency, or of somebody on the agency's own list, in a steering body."""

    body: str
    body_href: str
    role: str
    office: str
    through: str
    citation: Citation


@dataclass(frozen=True)
class TargetView:
    """A target with what is ambiguous about it."""

    id: str
    indicator: str
    text: str
    ambiguities: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True)
class PlaceView:
    """A place of the agency and what the plan makes of it."""

    name: str
    designations: tuple[tuple[str, Citation], ...]


@dataclass(frozen=True)
class SheetView:
    """One agency's sheet; `name_source` says where its name is from, if not from the plan's text."""

    id: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    kind_label: str
    title: str
    author: str
    running: str
    parent: str
    groups: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    sections: tuple[SheetSection, ...]
    memberships: tuple[MembershipView, ...]
    seats: tuple[MembershipView, ...]
    targets: tuple[TargetView, ...]
    places: tuple[PlaceView, ...]
    name_source: str
    note: str

    @cached_property
    def duties(self) -> tuple[DutyView, ...]:
        """Every duty on the sheet."""
        return tuple(item for section in self.sections for item in section.items)


def view_sheet(plan: Plan, agency_id: str) -> SheetView:
    """The sheet of one agency, made once for all its documents. Raises KeyError for an unknown id."""
    return plan.once(_make_sheet, agency_id)


def view_target(plan: Plan, target: model.Target) -> TargetView:
    """A target."""
    return TargetView(target.id, target.indicator, target.text, target.ambiguities, cite_provision(plan, target.clause))


def _make_sheet(plan: Plan, agency_id: str) -> SheetView:
    agency = plan.agency[agency_id]
    sections = tuple(section for section in _sections(plan, agency) if section.items)
    own = {duty.id for section in sections if section.key not in _OTHERS_WORK for duty in section.items}
    return SheetView(
        id=agency.id,
        name=agency.name,
        short_name=agency.short_name or "",
        aliases=tuple(alias for alias in agency.aliases if alias not in agency.name),
        kind=agency.kind,
        kind_label=AGENCY_KIND[agency.kind],
        title=f"Phiếu trách nhiệm: {agency.name}",
        author=plan.agency[plan.head.issuer].name,
        running=plan.head.short_title,
        parent=plan.agency[agency.parent].name if agency.parent else "",
        groups=tuple(group.name for group in plan.groups_of[agency.id]),
        counts=_counts(sections),
        sections=sections,
        memberships=tuple(_memberships(plan, agency)),
        seats=tuple(_seat(plan, Seat(agency, member), "") for member in agency.members),
        targets=tuple(view_target(plan, t) for t in plan.targets if own & plan.once(_serving)[t.id]),
        places=tuple(_places(plan, agency)),
        name_source=agency.provenance.source if agency.provenance and not agency.named else "",
        note=agency.note or "",
    )


def _sections(plan: Plan, agency: model.Agency) -> Iterator[SheetSection]:
    titles = {
        "assigned": ("Nhiệm vụ được giao trực tiếp", ""),
        "requested": ("Nhiệm vụ được đề nghị", f"{plan.head.type} đề nghị, không giao."),
        "group": (
            "Nhiệm vụ qua nhóm", f"{plan.head.type} giao cho cả nhóm cơ quan; mỗi thành viên cùng thực hiện.",
        ),
        "coordinating": ("Phối hợp trong nhiệm vụ của cơ quan khác", ""),
        "reporting": ("Báo cáo, sơ kết, giao ban", ""),
        "received": ("Nơi khác tham mưu, báo cáo đến cơ quan này", "Không phải việc phải làm: để biết ai sẽ gửi gì."),
    }  # fmt: skip
    placed: dict[str, list[DutyView]] = {key: [] for key in titles}
    for part in plan.parts.get(agency.id, ()):
        if part.main:
            placed[_section_of(plan, part)].append(_duty(plan, part))
    for key, items in placed.items():
        yield SheetSection(key, *titles[key], tuple(items))


def _section_of(plan: Plan, part: Part) -> str:
    """The section of the agency's sheet in which its part in a duty stands."""
    if not part.owns:
        return "coordinating" if part.kind == "coordinates" else "received"
    statement = part.item.statement
    deadline = plan.deadline[statement.deadline] if statement.deadline else None
    if "report" in statement.role or (deadline is not None and deadline.applies_to in _MEETINGS):
        return "reporting"
    if part.kind == "requested":
        return "requested"
    return "group" if part.through else "assigned"


def _duty(plan: Plan, part: Part) -> DutyView:
    statement = part.item.statement
    partner = part.kind == "coordinates"  # the others' roles are not its own
    return DutyView(
        id=statement.id or "",
        inlines=view_inlines(statement.text, plan),
        text=statement.text.reading(),
        citation=cite(part.item.clauses, part.item.paragraph),
        roles=statement.role,
        role_label=ROLE["coordinate"] if partner else role_label(statement.role),
        requested=statement.force == "request" and not partner,
        force_label=FORCE[statement.force],
        by_label=owner_label(statement),
        by_names=names(plan, statement.by),
        with_names=names(plan, statement.with_),
        to_label=receiver_label(statement),
        to_names=names(plan, statement.to),
        via_names=names(plan, statement.via),
        address=statement.address or "",
        others=tuple(_others(plan, part)),
        deadline=plan.deadline[statement.deadline].label if statement.deadline else "",
        through=names(plan, part.through),
        implements=tuple(_implemented(plan, statement)),
        note=statement.note or "",
    )


def _others(plan: Plan, part: Part) -> Iterator[tuple[str, str]]:
    """Who has a duty through a group reads which, and in the duty's own words which others."""
    statement = part.item.statement
    known = {part.actor, *part.through}
    if not known.issuperset(statement.by) and not (part.owns and part.through):
        yield owner_label(statement), names(plan, statement.by)
    if statement.with_:
        yield "Phối hợp với", names(plan, statement.with_)
    if not known.issuperset(statement.to):
        yield receiver_label(statement), names(plan, statement.to)
    if statement.via:
        yield "Qua", names(plan, statement.via)
    if statement.address:
        yield "Địa chỉ", statement.address


def _counts(sections: tuple[SheetSection, ...]) -> tuple[tuple[str, int], ...]:
    """How many duties the agency has in each role; a part in another's duty counts as coordinating."""
    counts: dict[str, int] = {}
    for section in sections:
        for duty in section.items:
            if section.key == "received":
                continue
            words = [ROLE["coordinate"]] if section.key == "coordinating" else [ROLE[r] for r in duty.roles]
            for word in words:
                counts[word] = counts.get(word, 0) + 1
    return tuple((word, counts[word]) for word in ROLE.values() if word in counts)


def _implemented(plan: Plan, statement: model.Statement) -> Iterator[ImplementedView]:
    for task in (*statement.implements, *statement.partly):
        named, citation = plan.provision(task).statement, cite_provision(plan, task)
        name, partly = (named.task or "") if named else "", task in statement.partly
        if name:
            extent = "một phần; " if partly else ""
            label, phrase = f"{name}{' (một phần)' if partly else ''}", f"{name} ({extent}{citation.text})"
        else:
            label, phrase = "Một phần" if partly else "", f"{citation.text}{' (một phần)' if partly else ''}"
        yield ImplementedView(label, phrase, citation)


def _serving(plan: Plan) -> dict[str, frozenset[str]]:
    """The ids of the duties that serve a target, by the target's id."""
    serving = {target.id: set(target.served_by) for target in plan.targets}
    for duty in plan.duties:
        for target in duty.statement.targets:
            serving[target].add(duty.statement.id or "")
    return {target: frozenset(duties) for target, duties in serving.items()}


def _memberships(plan: Plan, agency: model.Agency) -> Iterator[MembershipView]:
    for seat in plan.seats.get(agency.id, ()):
        group = plan.group.get(seat.member.who)
        yield _seat(plan, seat, group.name if group else "")


def _seat(plan: Plan, seat: Seat, through: str) -> MembershipView:
    member, citation = seat.member, cite_provision(plan, seat.member.clause)
    href = href_of("agency", seat.body.id, plan)
    return MembershipView(seat.body.name, href, MEMBERSHIP[member.role], member.office, through, citation)


def _places(plan: Plan, agency: model.Agency) -> Iterator[PlaceView]:
    """Its own places and those where its duties lie, as far as the plan makes something of them."""
    own = [place.id for place in plan.places_of.get(agency.id, ())]
    parts = (part for part in plan.parts.get(agency.id, ()) if part.owns and not part.through)
    worked_in = [place for part in parts for place in part.item.statement.places]
    for place in (plan.place[identity] for identity in dict.fromkeys(own + worked_in)):
        if place.designations:
            designations = tuple((DESIGNATION[d.kind], cite_provision(plan, d.clause)) for d in place.designations)
            yield PlaceView(place.name, designations)
