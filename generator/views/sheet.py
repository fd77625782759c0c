"""An agency's responsibility sheet: what the plan asks of it, in the plan's words; others' duties are cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator.model import types as model
from generator.model.part import Part
from generator.model.plan import Answer, Plan, Seat
from generator.model.provision import Located
from generator.views.calendar import APPLIES, next_day, term_ended
from generator.views.labels import (
    AGENCY_KIND,
    DESIGNATION,
    FORCE,
    MEMBERSHIP,
    owner_label,
    receiver_label,
    role_label,
)
from generator.views.nodes import (
    Citation,
    InlineView,
    actor_name,
    cite,
    cite_provision,
    excerpt_inlines,
    href_of,
    names,
    short_text,
)
from generator.words.dates import date_text
from generator.words.limits import limited_targets, says_limited
from generator.words.names import join_names, lower_first, upper_first

_FEW_WORDS = 8  # for a cell of the strip of dates
_SECTIONS = ("assigned", "requested", "group", "plan", "reporting")
GROUP_KIND = "Nhóm cơ quan, tổ chức"


@dataclass(frozen=True)
class ImplementedView:
    """What a duty carries out: `label` before its citation, empty for a clause; `phrase` says both in one."""

    label: str
    phrase: str
    citation: Citation


@dataclass(frozen=True)
class DutyView:
    """One duty of its own as a sheet shows it; names are joined for print, empty where there are none.

    `inlines` can be read alone: with the words of its sentence that it needs, in brackets, a capital, a full stop;
    `text` is the statement as the plan has it, `short` a reminder of it. `also` are the places that say the same work
    again. `others` are whom else it concerns, labelled: nobody is told that a duty is his own, or his group's; `unsaid`
    are those of them, the time and the group, that the duty's own words do not name.
    """

    id: str
    inlines: tuple[InlineView, ...]
    text: str
    short: str
    citation: Citation
    also: tuple[Citation, ...]
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
    unsaid: tuple[tuple[str, str], ...]
    deadline: str
    deadline_note: str
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
class OtherView:
    """Somebody else's duty in which the agency has a part: cited, not copied.

    `way` is how it meets it; `limited` is True where the plan names only those of its group that are concerned.
    """

    id: str
    way: str
    names: str
    requested: bool
    limited: bool
    through: str
    text: str
    deadline: str
    citation: Citation

    @property
    def cited(self) -> str:
        """Who does it, and where it stands: `Công an tỉnh (khoản 1 Mục V)`."""
        return f"{self.names} ({self.citation.text}{', đề nghị' if self.requested else ''})"


@dataclass(frozen=True)
class AnswerView:
    """Work that the plan gives to nobody, told to those whom other clauses make answer for it; `because` says why."""

    id: str
    inlines: tuple[InlineView, ...]
    text: str
    deadline: str
    citation: Citation
    because: str


@dataclass(frozen=True)
class DateView:
    """A date of the agency's: when, as the plan says it, and what; `next` is when it is due next, if that is asked."""

    when: str
    work: tuple[tuple[str, Citation], ...]
    next: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to do, and the next day, as the lines of a cell."""
        due = (f"Gần nhất: {self.next}",) if self.next else ()
        return (*(f"{what} ({place.short})" for what, place in self.work), *due)


@dataclass(frozen=True)
class StripColumn:
    """A column of the strip of dates: `width` in per cent, `kind` the block of its cells."""

    title: str
    width: float
    kind: str = "table-count"


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
    """The sheet of an agency, or of a group whose members the plan does not list (`blank`: the name is filled in).

    `name_source` says where its name is from, if not from the plan's text; `unlisted` are the groups through which it
    has duties although the plan does not list them, `perhaps` those that may mean it too, with where they have duties;
    `ended` is what there is to say of a plan whose term is over; `targets_given` is True if a duty of its own names
    one of the targets, False if they are the whole plan's.
    """

    id: str
    name: str
    short_name: str
    blank: bool
    aliases: tuple[str, ...]
    kind: str
    kind_label: str
    title: str
    author: str
    running: str
    cited: str
    parent: str
    groups: tuple[str, ...]
    unlisted: tuple[str, ...]
    perhaps: tuple[tuple[str, tuple[Citation, ...]], ...]
    counts: tuple[tuple[str, int], ...]
    sections: tuple[SheetSection, ...]
    answers: tuple[AnswerView, ...]
    others: tuple[OtherView, ...]
    dates: tuple[DateView, ...]
    memberships: tuple[MembershipView, ...]
    seats: tuple[MembershipView, ...]
    targets: tuple[TargetView, ...]
    targets_given: bool
    places: tuple[PlaceView, ...]
    name_source: str
    note: str
    ended: str

    @cached_property
    def duties(self) -> tuple[DutyView, ...]:
        """Every duty of its own."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def date_columns(self) -> tuple[StripColumn, ...]:
        """A column of the same width for each date."""
        return tuple(StripColumn(date.when, round(100 / len(self.dates), 2)) for date in self.dates)

    @cached_property
    def others_by_way(self) -> dict[str, tuple[OtherView, ...]]:
        """Others' duties by the way in which the agency meets them; apart, those where only the concerned take part."""
        found: dict[str, list[OtherView]] = {}
        for other in self.others:
            key = "concerned" if other.way == "coordinates" and other.limited else other.way
            found.setdefault(key, []).append(other)
        return {key: tuple(items) for key, items in found.items()}


def view_sheet(plan: Plan, agency_id: str) -> SheetView:
    """The sheet of one agency or group, made once for all its documents. Raises KeyError for an unknown id."""
    return plan.once(_make_sheet, agency_id)


def view_target(plan: Plan, target: model.Target) -> TargetView:
    """A target."""
    return TargetView(target.id, target.indicator, target.text, target.ambiguities, cite_provision(plan, target.clause))


def is_reporting(statement: model.Statement) -> bool:
    """True for a duty that is a report itself: no report tells what came of it."""
    return "report" in statement.role


def partner_names(plan: Plan, statement: model.Statement) -> str:
    """Whom a duty is done with, each group with the limit that the plan sets: `các Sở, ban, ngành có liên quan`."""
    limited = limited_targets(statement.text)
    return join_names(f"{actor_name(plan, a)}{' có liên quan' if a in limited else ''}" for a in statement.with_)


def _make_sheet(plan: Plan, agency_id: str) -> SheetView:
    actor = plan.actor[agency_id]
    agency = actor if isinstance(actor, model.Agency) else None
    parts = [part for part in plan.parts.get(agency_id, ()) if part.main]
    own = _without_repeats(plan, [part for part in parts if part.owns])
    sections = tuple(section for section in _sections(plan, own) if section.items)
    answers = tuple(_answer(plan, agency_id, answer) for answer in plan.answers.get(agency_id, ()))
    served = {target for part, _ in own for target in part.item.statement.targets}
    through = dict.fromkeys(group for part, _ in own for group in part.through)
    return SheetView(
        id=actor.id,
        name=upper_first(actor.name),
        short_name=(agency.short_name or "") if agency else "",
        blank=agency is None or agency.kind == "residual",
        aliases=tuple(alias for alias in actor.aliases if alias not in actor.name),
        kind=agency.kind if agency else "group",
        kind_label=AGENCY_KIND[agency.kind] if agency else GROUP_KIND,
        title=f"Phiếu trách nhiệm: {upper_first(actor.name)}",
        author=plan.agency[plan.head.issuer].name,
        running=plan.head.short_title,
        cited=plan.head.type,
        parent=plan.agency[agency.parent].name if agency and agency.parent else "",
        groups=tuple(group.name for group in plan.groups_of.get(agency_id, ())),
        perhaps=tuple(_perhaps(plan, agency_id)),
        unlisted=tuple(plan.group[group].name for group in through if plan.group[group].open),
        counts=_counts(sections),
        sections=sections,
        answers=answers,
        others=tuple(
            plan.once(_other, part.item.statement.id or "", part.kind, part.through) for part in parts if not part.owns
        ),
        dates=tuple(_dates(plan, sections, [part for part, _ in own], agency_id)),
        memberships=tuple(_memberships(plan, agency_id)),
        seats=tuple(_seat(plan, Seat(agency, member), "") for member in agency.members) if agency else (),
        targets=tuple(view_target(plan, t) for t in plan.targets if t.id in served),
        targets_given=any(link.scheme == "target" for part, _ in own for link in part.item.statement.text.links()),
        places=tuple(_places(plan, agency_id)),
        name_source=agency.provenance.source if agency and agency.provenance and not agency.named else "",
        note=actor.note or "",
        ended=term_ended(plan),
    )


def _without_repeats(plan: Plan, own: list[Part]) -> list[tuple[Part, tuple[Citation, ...]]]:
    """Its own parts, first those of the clauses that are addressed to it; a duty that another of its own carries out
    wholly is not told twice: it is where that one is said too.
    """
    by_id = {part.item.statement.id or "": part for part in own}
    told = {
        named: duty for duty, part in by_id.items() for named in part.item.statement.implements
        if named in by_id and named != duty
    }  # fmt: skip
    kept = [part for identity, part in by_id.items() if identity not in told]
    kept.sort(key=lambda part: not _is_addressed(part))
    return [
        (part, tuple(cite_provision(plan, i) for i, by in told.items() if by == part.item.statement.id))
        for part in kept
    ]


def _is_addressed(part: Part) -> bool:
    """True if the heading of a clause around it names the agency, or the group through which it has its part."""
    whom = {part.actor, *part.through}
    headings = (clause.heading for clause in part.item.clauses if clause.heading)
    return any(not whom.isdisjoint(link.targets) for heading in headings for link in heading.links())


def _sections(plan: Plan, own: list[tuple[Part, tuple[Citation, ...]]]) -> Iterator[SheetSection]:
    titles = {
        "assigned": ("Nhiệm vụ được giao", ""),
        "requested": ("Nhiệm vụ được đề nghị", f"{plan.head.type} đề nghị, không giao."),
        "group": ("Nhiệm vụ giao chung cho nhóm", "Giao cho cả nhóm cơ quan; mỗi cơ quan trong nhóm cùng thực hiện."),
        "plan": ("Kế hoạch, chương trình phải lập", ""),
        "reporting": ("Báo cáo", ""),
    }  # fmt: skip
    placed: dict[str, list[DutyView]] = {key: [] for key in _SECTIONS}
    for part, also in own:
        placed[_section_of(part)].append(_duty(plan, part, also))
    if len(placed["plan"]) > 1:
        titles["plan"] = (f"{titles['plan'][0]} (các khoản nói về cùng một việc)", "")
    for key, items in placed.items():
        yield SheetSection(key, *titles[key], tuple(items))


def _section_of(part: Part) -> str:
    """The section of the agency's sheet in which a duty of its own stands."""
    statement = part.item.statement
    if part.kind == "requested":
        return "requested"
    if statement.makes == "plan":
        return "plan"
    if is_reporting(statement):
        return "reporting"
    return "group" if part.through and not _is_addressed(part) else "assigned"


def _duty(plan: Plan, part: Part, also: tuple[Citation, ...]) -> DutyView:
    """A duty as it stands on a sheet: one and the same for all who have it in one way and are not named in it."""
    identity = part.item.statement.id or ""
    who = part.actor if part.actor in plan.once(_named_in, identity) else ""
    return plan.once(_make_duty, identity, part.kind, part.through, who, also)


def _named_in(plan: Plan, duty: str) -> frozenset[str]:
    """Whom a duty, or a heading above it, names."""
    item = plan.parts_in[duty][0].item
    statement = item.statement
    links = (link for clause in item.clauses if clause.heading for link in clause.heading.links())
    fields = (statement.by, statement.with_, statement.over, statement.to, statement.via)
    return frozenset((*(actor for field in fields for actor in field), *(t for link in links for t in link.targets)))


def _make_duty(
    plan: Plan, duty: str, kind: str, through: tuple[str, ...], who: str, also: tuple[Citation, ...]
) -> DutyView:
    """`who` is empty for those who are not named: then anybody's part of this kind serves."""
    alike = (part for part in plan.parts_in[duty] if (part.kind, part.through) == (kind, through))
    part = next(part for part in alike if who in ("", part.actor))
    statement = part.item.statement
    deadline = plan.deadline[statement.deadline] if statement.deadline else None
    time = _time(plan, part, deadline) if deadline else ""
    concerned = list(_concerned(plan, part))
    return DutyView(
        id=statement.id or "",
        inlines=excerpt_inlines(statement, plan),
        text=statement.text.reading(),
        short=_reminder(statement, deadline),
        citation=cite(part.item.clauses, part.item.paragraph),
        also=also,
        roles=statement.role,
        role_label=role_label(statement.role),
        requested=statement.force == "request",
        force_label=FORCE[statement.force],
        by_label=owner_label(statement),
        by_names=names(plan, statement.by),
        with_names=partner_names(plan, statement),
        to_label=receiver_label(statement),
        to_names=names(plan, statement.to),
        via_names=names(plan, statement.via),
        address=statement.address or "",
        others=tuple((label, said) for label, said, _ in concerned),
        unsaid=tuple(_unsaid(plan, part, concerned, time)),
        deadline=time,
        deadline_note=(deadline.note or "") if deadline and deadline.kind == "unspecified" else "",
        through=names(plan, part.through),
        implements=tuple(_implemented(plan, statement)),
        note=statement.note or "",
    )


def _reminder(statement: model.Statement, deadline: model.Deadline | None) -> str:
    """A duty in a few words, as the working table and a form name it."""
    if statement.makes == "plan":
        return "Lập kế hoạch, chương trình"
    if "report" in statement.role and deadline is not None:
        said = lower_first(deadline.label)
        return upper_first(said) if said.startswith("báo cáo") else f"Báo cáo {said}"
    return short_text(statement)


def _time(plan: Plan, part: Part, deadline: model.Deadline) -> str:
    """A deadline as the plan says it, with its clause where that is another."""
    if deadline.clause is None or deadline.clause in _places_of(part):
        return deadline.label
    return f"{deadline.label} ({cite_provision(plan, deadline.clause).text})"


def _unsaid(
    plan: Plan, part: Part, concerned: Iterable[tuple[str, str, tuple[str, ...]]], time: str
) -> Iterator[tuple[str, str]]:
    statement = part.item.statement
    linked = {target for link in statement.text.links() for target in link.targets}
    for label, said, actors in concerned:
        if not linked.issuperset(actors) and said not in statement.text.reading():
            yield label, said
    if time and statement.deadline not in linked:
        yield "Thời hạn", time
    if part.through and not _is_addressed(part) and not linked.issuperset(part.through):
        yield "Qua nhóm", names(plan, part.through)


def _places_of(part: Part) -> tuple[str | None, ...]:
    """The ids of the statement, its paragraph and the clauses around it."""
    item = part.item
    return (item.statement.id, item.paragraph.id, *(clause.id for clause in item.clauses))


def _concerned(plan: Plan, part: Part) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Whom else a duty concerns: a label, the names, the ids."""
    statement = part.item.statement
    known = {part.actor, *part.through}
    if not known.issuperset(statement.by) and not part.through:
        yield owner_label(statement), names(plan, statement.by), statement.by
    if statement.over:
        yield "Chỉ đạo", names(plan, statement.over), statement.over
    if statement.with_:
        yield "Phối hợp với", partner_names(plan, statement), statement.with_
    if not known.issuperset(statement.to):
        yield receiver_label(statement), names(plan, statement.to), statement.to
    if statement.via:
        yield "Qua", names(plan, statement.via), statement.via
    if statement.address:
        yield "Địa chỉ", statement.address, ("",)


def _other(plan: Plan, duty: str, kind: str, through: tuple[str, ...]) -> OtherView:
    item = plan.parts_in[duty][0].item
    statement = item.statement
    return OtherView(
        id=duty,
        way=kind,
        names=short_names(plan, statement.by),
        requested=statement.force == "request",
        limited=not limited_targets(statement.text).isdisjoint(through),
        through=names(plan, through),
        text=short_text(statement),
        deadline=plan.deadline[statement.deadline].label if statement.deadline else "",
        citation=cite(item.clauses),
    )


def short_names(plan: Plan, actors: Iterable[str]) -> str:
    """The names of agencies and groups as they are said in short."""
    records = (plan.actor[actor] for actor in actors)
    return join_names((r.short_name or r.name) if isinstance(r, model.Agency) else r.name for r in records)


def _answer(plan: Plan, actor: str, answer: Answer) -> AnswerView:
    """Why it is told: each of the clauses that make it answer, with what they give to whom."""
    statement = answer.item.statement
    reasons = []
    for part in answer.parts:
        duty = part.item.statement
        whose = "cơ quan này" if part.owns else short_names(plan, duty.by)
        verb = "đề nghị" if duty.force == "request" else "giao"
        to = f" cho {'cơ quan này' if not part.owns else short_names(plan, duty.to)}" if duty.to else ""
        said = f"{cite(part.item.clauses).text} {verb} {whose} {lower_first(role_label(duty.role))}{to}"
        reasons.append(said)
    place = cite(answer.item.clauses)
    return AnswerView(
        id=statement.id or "",
        inlines=excerpt_inlines(statement, plan),
        text=statement.text.reading(),
        deadline=plan.deadline[statement.deadline].label if statement.deadline else "",
        citation=place,
        because=f"{upper_first(place.text)} không ghi ai làm; {'; '.join(dict.fromkeys(reasons))}.",
    )


def _dates(plan: Plan, sections: Iterable[SheetSection], own: list[Part], actor: str) -> Iterator[DateView]:
    """Its dates: of its own duties, then of what it answers for; a deadline that has no time is none."""
    work = {part.item.statement.id: part.item for part in own}
    dated = [work[duty.id] for section in sections for duty in section.items]
    dated += [answer.item for answer in plan.answers.get(actor, ())]
    found: dict[str, DateView] = {}
    for item in dated:
        statement = item.statement
        deadline = plan.deadline[statement.deadline] if statement.deadline else None
        if deadline is None or deadline.kind == "unspecified":
            continue
        day, when = next_day(plan, deadline), _when(deadline)
        before = found.get(when, DateView(when, (), date_text(day) if day else ""))
        found[when] = replace(before, work=(*before.work, (_what(item, deadline), cite(item.clauses))))
    yield from found.values()


def _when(deadline: model.Deadline) -> str:
    years = (
        "" if deadline.from_ is None else f"{deadline.from_} - {deadline.to}" if deadline.to else f"từ {deadline.from_}"
    )
    if deadline.kind == "phase":
        return years.replace("từ", "Từ") or upper_first(deadline.label)
    return ", ".join(part for part in (upper_first(deadline.label), years) if part)


def _what(item: Located, deadline: model.Deadline) -> str:
    statement = item.statement
    if statement.makes == "plan":
        return "Lập kế hoạch"
    if deadline.applies_to in ("phase", "work"):
        return short_text(statement, _FEW_WORDS)
    return APPLIES[deadline.applies_to]


def _counts(sections: tuple[SheetSection, ...]) -> tuple[tuple[str, int], ...]:
    """How many duties of each kind the agency has; several clauses on one plan to draw up are one."""
    words = {
        "assigned": "nhiệm vụ được giao", "requested": "nhiệm vụ được đề nghị", "group": "nhiệm vụ giao chung",
        "plan": "kế hoạch phải lập", "reporting": "yêu cầu báo cáo",
    }  # fmt: skip
    return tuple((words[s.key], 1 if s.key == "plan" else len(s.items)) for s in sections)


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


def _perhaps(plan: Plan, actor: str) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """The groups that may mean it too, of which the plan does not say it, and the clauses that give them duties."""
    for group in plan.groups:
        if actor in group.may_include:
            given = (item for item in plan.duties if group.id in item.statement.by)
            if places := tuple(dict.fromkeys(cite(item.clauses) for item in given)):
                yield group.name, places


def _memberships(plan: Plan, agency: str) -> Iterator[MembershipView]:
    """Its seats; who has one of its own does not also sit through a group, where those named apart are not meant."""
    seats = plan.seats.get(agency, ())
    own = {seat.body.id for seat in seats if seat.member.who not in plan.group}
    for seat in seats:
        group = plan.group.get(seat.member.who)
        if group is None or seat.body.id not in own:
            yield _seat(plan, seat, group.name if group else "")


def _seat(plan: Plan, seat: Seat, through: str) -> MembershipView:
    member, citation = seat.member, cite_provision(plan, seat.member.clause)
    href = href_of("agency", seat.body.id, plan)
    role = MEMBERSHIP[member.role]
    if through and says_limited(member.office):
        role = f"{role}, nếu có liên quan"
    return MembershipView(seat.body.name, href, role, member.office, through, citation)


def _places(plan: Plan, agency: str) -> Iterator[PlaceView]:
    """Its own places, as far as the plan makes something of them; where its duties lie, their own words say."""
    for place in plan.places_of.get(agency, ()):
        if place.designations:
            designations = tuple((designation_label(d), cite_provision(plan, d.clause)) for d in place.designations)
            yield PlaceView(place.name, designations)


def designation_label(designation: model.Designation) -> str:
    """What the plan makes of a place, and of which part of it."""
    extent = f" ({designation.extent})" if designation.extent else ""
    return f"{DESIGNATION[designation.kind]}{extent}"
