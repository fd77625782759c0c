"""An agency's responsibility sheet: all that the plan asks of it, each item verbatim with its clause, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator.model import types as model
from generator.model.plan import Located, Plan
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
from generator.views.nodes import Citation, InlineView, actor_name, cite, cite_provision, join_names, view_inlines

_MEETINGS = frozenset({"report", "review", "summary", "meeting"})
_OTHERS_WORK = frozenset({"coordinating", "received"})


@dataclass(frozen=True)
class DutyView:
    """One duty as a sheet, a table or a data file shows it; names are joined for print, empty where there are none."""

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
    deadline: str
    through: str
    implements: tuple[tuple[str, Citation], ...]
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
    body_id: str
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
    """One agency's sheet."""

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
    provenance: model.Provenance | None
    note: str

    @cached_property
    def duties(self) -> tuple[DutyView, ...]:
        """Every duty on the sheet."""
        return tuple(item for section in self.sections for item in section.items)


def view_sheet(plan: Plan, agency_id: str) -> SheetView:
    """The sheet of one agency. Raises KeyError for an unknown id."""
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
        seats=tuple(_seat(plan, agency, member, "") for member in agency.members),
        targets=tuple(view_target(plan, t) for t in plan.targets if own & _serving(plan, t)),
        places=tuple(_places(plan, agency)),
        provenance=agency.provenance,
        note=agency.note or "",
    )


def view_duty(plan: Plan, item: Located, through: str = "") -> DutyView:
    """One duty; `through` names the group by which it reaches the reader."""
    statement = item.statement
    return DutyView(
        id=statement.id or "",
        inlines=view_inlines(statement.text, plan),
        text=statement.text.reading(),
        citation=cite(item.clauses, item.paragraph),
        roles=statement.role,
        role_label=role_label(statement.role),
        requested=statement.force == "request",
        force_label=FORCE[statement.force],
        by_label=owner_label(statement),
        by_names=_names(plan, statement.by),
        with_names=_names(plan, statement.with_),
        to_label=receiver_label(statement),
        to_names=_names(plan, statement.to),
        via_names=_names(plan, statement.via),
        address=statement.address or "",
        deadline=plan.deadline[statement.deadline].label if statement.deadline else "",
        through=through,
        implements=tuple(_implemented(plan, statement)),
        note=statement.note or "",
    )


def view_target(plan: Plan, target: model.Target) -> TargetView:
    """A target."""
    return TargetView(target.id, target.indicator, target.text, target.ambiguities, cite_provision(plan, target.clause))


def _sections(plan: Plan, agency: model.Agency) -> Iterator[SheetSection]:
    placed: dict[str, list[DutyView]] = {
        key: [] for key in ("assigned", "requested", "group", "coordinating", "reporting", "received")
    }
    for item in plan.duties:
        key, through = _place(plan, item, agency.id)
        if key:
            duty = view_duty(plan, item, through)
            partner = replace(duty, role_label=ROLE["coordinate"], requested=False)  # the others' roles are not its own
            placed[key].append(partner if key == "coordinating" else duty)
    titles = {
        "assigned": ("Nhiệm vụ được giao trực tiếp", ""),
        "requested": (
            "Nhiệm vụ được đề nghị",
            "Kế hoạch đề nghị, không giao: cơ quan này không thuộc Ủy ban nhân dân.",
        ),
        "group": ("Nhiệm vụ qua nhóm", "Kế hoạch giao cho cả nhóm cơ quan; mỗi thành viên cùng thực hiện."),
        "coordinating": ("Phối hợp trong nhiệm vụ của cơ quan khác", ""),
        "reporting": ("Báo cáo, sơ kết, giao ban", ""),
        "received": ("Nơi khác tham mưu, báo cáo đến cơ quan này", "Không phải việc phải làm: để biết ai sẽ gửi gì."),
    }
    for key, items in placed.items():
        yield SheetSection(key, *titles[key], tuple(items))


def _place(plan: Plan, item: Located, agency: str) -> tuple[str, str]:
    """The part of the agency's sheet where a duty stands, and the group it comes through; empty if none."""
    statement = item.statement
    reporting = "report" in statement.role or (
        statement.deadline is not None and plan.deadline[statement.deadline].applies_to in _MEETINGS
    )
    direct = agency in statement.by
    through = "" if direct else _group_of(plan, agency, statement.by)
    if direct or through:
        if reporting:
            return "reporting", through
        if through:
            return "group", through
        return ("requested" if statement.force == "request" else "assigned"), ""
    if agency in statement.with_:
        return "coordinating", ""
    if group := _group_of(plan, agency, statement.with_):
        return "coordinating", group
    return ("received", "") if agency in (*statement.to, *statement.via) else ("", "")


def _group_of(plan: Plan, agency: str, actors: tuple[str, ...]) -> str:
    return join_names(plan.group[a].name for a in actors if a in plan.group and plan.stands_for(a, agency))


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


def _names(plan: Plan, actors: tuple[str, ...]) -> str:
    return join_names(actor_name(plan, actor) for actor in actors)


def _implemented(plan: Plan, statement: model.Statement) -> Iterator[tuple[str, Citation]]:
    for task in (*statement.implements, *statement.partly):
        located = plan.statement.get(task)
        label = located.statement.task if located and located.statement.task else ""
        part = " (một phần)" if task in statement.partly else ""
        yield f"{label}{part}", cite_provision(plan, task)


def _serving(plan: Plan, target: model.Target) -> set[str]:
    mentioned = {d.statement.id for d in plan.duties if d.statement.id and target.id in d.statement.targets}
    return set(target.served_by) | mentioned


def _memberships(plan: Plan, agency: model.Agency) -> Iterator[MembershipView]:
    for body in plan.bodies:
        for member in body.members:
            holder = plan.agency.get(member.who)
            own_office = holder is not None and holder.kind == "person-office" and holder.parent == agency.id
            if member.who == agency.id or own_office:
                yield _seat(plan, body, member, "")
            elif plan.stands_for(member.who, agency.id):
                yield _seat(plan, body, member, plan.group[member.who].name)


def _seat(plan: Plan, body: model.Agency, member: model.Membership, through: str) -> MembershipView:
    citation = cite_provision(plan, member.clause)
    return MembershipView(body.name, body.id, MEMBERSHIP[member.role], member.office, through, citation)


def _places(plan: Plan, agency: model.Agency) -> Iterator[PlaceView]:
    own = [place.id for place in plan.places_of.get(agency.id, ())]
    worked_in = [p for item in plan.duties if agency.id in item.statement.by for p in item.statement.places]
    for place in (plan.place[identity] for identity in dict.fromkeys(own + worked_in)):
        designations = tuple((DESIGNATION[d.kind], cite_provision(plan, d.clause)) for d in place.designations)
        yield PlaceView(place.name, designations)
