"""Who has which part in which work: tasks and duties × agencies, for the site, the workbook and a printed table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from generator.model import types as model
from generator.model.part import Carrier, Part
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.views.labels import AGENCY_KIND, FORCE, ROLE
from generator.views.nodes import Citation, actor_name, cite, excerpt, names
from generator.views.plan import view_letterhead
from generator.words.limits import limited_targets
from generator.words.names import join_names

CODE: dict[model.Role, str] = {
    "lead": "CT", "coordinate": "PH", "advise": "TM", "standing-body": "TT",
    "supervise": "GS", "carry-out": "TH", "report": "BC", "direct": "CĐ",
}  # fmt: skip
RECEIVES = ("NN", "Nơi nhận")
DIRECTED = ("ĐCĐ", "Được chỉ đạo")
GENERAL = ("GC", "Giao chung: chủ trì cả văn bản")
ASKED = ("ĐN", "Được đề nghị, không phải được giao")
_ALIKE = 3  # this many agencies with the same parts stand in one column


@dataclass(frozen=True)
class MatrixCell:
    """An agency's part in a row: short codes, and the same in words for who hears the table read.

    `asked` are those of the codes for which it is only asked.
    """

    codes: tuple[str, ...] = ()
    words: str = ""
    through: bool = False
    partly: bool = False
    asked: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The codes as they are printed: `CT, PH`; what it is asked for stands after `ĐN:`."""
        given = ", ".join(code for code in self.codes if code not in self.asked)
        asked = f"{ASKED[0]}: {', '.join(self.asked)}" if self.asked else ""
        return "; ".join(filter(None, (given, asked)))


_NO_PART = MatrixCell()


@dataclass(frozen=True)
class MatrixColumn:
    """An agency, a group without known members, or several agencies whose parts are all the same."""

    ids: tuple[str, ...]
    name: str
    short_name: str
    kind: str
    kind_label: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatrixRow:
    """A task or a duty, with a cell for each column. `task` is True if it says what is to be done, not who does it."""

    id: str
    task: bool
    section: str
    label: str
    text: str
    citation: Citation
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixView:
    """The whole matrix; `legend` explains the codes that occur, `sections` and `kinds` are what can be filtered by."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    legend: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]


def view_matrix(plan: Plan, *, together: bool = True) -> MatrixView:
    """The matrix; `together` puts agencies with the same parts in one column."""
    actors = (*plan.sheet_agencies, *_unlisted_groups(plan))
    items = [item for item in plan.located if item.statement.task or item.statement.is_duty]
    shares = [_cells(plan, item) for item in items]
    columns = {actor: tuple(cells.get(actor, _NO_PART) for cells in shares) for actor in actors}
    sets = _alike(plan, columns) if together else [(actor,) for actor in actors]
    rows = tuple(
        MatrixRow(
            id=item.statement.id or "",
            task=not item.statement.is_duty,
            section=item.section.id,
            label=item.statement.task or excerpt(item.statement),
            text=excerpt(item.statement),
            citation=cite(item.clauses, item.paragraph),
            cells=tuple(columns[actors[0]][index] for actors in sets),
        )
        for index, item in enumerate(items)
    )
    cells = [cell for row in rows for cell in row.cells]
    used = {code for cell in cells for code in cell.codes} | ({ASKED[0]} if any(c.asked for c in cells) else set())
    codes = (*((CODE[role], label) for role, label in ROLE.items()), DIRECTED, RECEIVES, GENERAL, ASKED)
    filled = {row.section for row in rows}
    shown = tuple(_column(plan, actors) for actors in sets)
    return MatrixView(
        columns=shown,
        rows=rows,
        legend=tuple(pair for pair in codes if pair[0] in used),
        sections=tuple((s.id, section_name(s)) for s in plan.sections if s.id in filled),
        kinds=tuple(dict.fromkeys((column.kind, column.kind_label) for column in shown)),
    )


@dataclass(frozen=True)
class AnnexRow:
    """A row of the printed table: names joined, empty where the plan names nobody."""

    content: str
    by_names: str
    with_names: str
    deadline: str
    citation: Citation


@dataclass(frozen=True)
class AnnexPart:
    """The rows of one section; `tasks` is True where who does the work is the editor's reading."""

    title: str
    tasks: bool
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True)
class AnnexView:
    """The printed table of assignments: the editor's, made from the plan, and no part of it."""

    title: str
    author: str
    heading: str
    basis: str
    parts: tuple[AnnexPart, ...]


def view_annex(plan: Plan) -> AnnexView:
    """The printed table: first the tasks and who carries them out, then the duties as given or asked."""
    head, letterhead = plan.head, view_letterhead(plan.head.letterhead)
    issuer = plan.agency[head.issuer].name
    return AnnexView(
        title=f"Bảng tổng hợp phân công nhiệm vụ - {head.short_title}",
        author=issuer,
        heading="BẢNG TỔNG HỢP PHÂN CÔNG NHIỆM VỤ",
        basis=f"(Người biên tập lập từ {head.type} {letterhead.cited} của {issuer}; "
        f"không phải phụ lục của {head.type})",
        parts=(
            *(
                AnnexPart(f"Việc nêu ở {name}", True, tuple(_task_row(plan, item) for item in items))
                for name, items in _by_section(plan.tasks)
            ),
            *(
                AnnexPart(f"Nhiệm vụ {_force(items)} ở {name}", False, tuple(_duty_row(plan, item) for item in items))
                for name, items in _by_section(plan.duties)
            ),
        ),
    )


def section_name(section: model.Clause) -> str:
    """A section as a heading: `Mục V. Phân công trách nhiệm`."""
    heading = section.heading.reading() if section.heading else ""
    return f"Mục {section.number}. {heading}".rstrip(". ") if section.number else heading


def _force(items: Iterable[Located]) -> str:
    """How some duties are put to those who do them."""
    forces = {item.statement.force for item in items}
    return ", ".join(label.lower() for force, label in FORCE.items() if force in forces)


def _by_section(items: Iterable[Located]) -> Iterator[tuple[str, tuple[Located, ...]]]:
    """Items in the plan's order, with the name of the section that they stand in."""
    for _, inside in groupby(items, lambda item: item.section.id):
        together = tuple(inside)
        yield section_name(together[0].section), together


def _task_row(plan: Plan, item: Located) -> AnnexRow:
    by = [actor_name(plan, actor) for actor in item.statement.by]
    by += [_carrier(plan, carrier) for carrier in plan.carried(item)]
    place = cite(item.clauses, item.paragraph)
    return AnnexRow(excerpt(item.statement), "; ".join(dict.fromkeys(by)), "", _deadline(plan, item), place)


def _carrier(plan: Plan, carrier: Carrier) -> str:
    """Who carries out a task: `Công an tỉnh (giao chung, khoản 1 Mục V)`, `Sở Tư pháp (một phần)`."""
    duty = carrier.duty
    if carrier.general:
        return f"{names(plan, duty.statement.by)} (giao chung, {cite(duty.clauses).text})"
    extent = [
        label
        for label, is_so in (("được đề nghị", duty.statement.force == "request"), ("một phần", carrier.partly))
        if is_so
    ]
    return names(plan, duty.statement.by) + (f" ({', '.join(extent)})" if extent else "")


def _duty_row(plan: Plan, item: Located) -> AnnexRow:
    statement = item.statement
    role = ", ".join(ROLE[r].lower() for r in statement.role)
    requested = "đề nghị " if statement.force == "request" else ""
    by = f"{names(plan, statement.by)} ({requested}{role})" if statement.by else ""
    beside = [_partners(plan, item)] if statement.with_ else []
    beside += [f"Chỉ đạo: {names(plan, statement.over)}"] if statement.over else []
    beside += [f"Gửi: {names(plan, statement.to)}"] if statement.to else []
    beside += [f"Qua: {names(plan, statement.via)}"] if statement.via else []
    place = cite(item.clauses, item.paragraph)
    return AnnexRow(excerpt(statement), by, ". ".join(beside), _deadline(plan, item), place)


def _partners(plan: Plan, item: Located) -> str:
    """With whom a duty is done: whom the text limits to who is concerned, with those words."""
    limited = plan.once(_limits)[item.statement.id or ""]
    partners = ((actor_name(plan, actor), actor in limited) for actor in item.statement.with_)
    return join_names(f"{name} có liên quan" if is_limited else name for name, is_limited in partners)


def _deadline(plan: Plan, item: Located) -> str:
    return plan.deadline[item.statement.deadline].label if item.statement.deadline else ""


def _unlisted_groups(plan: Plan) -> list[str]:
    """The groups without known members that have duties of their own."""
    return [g.id for g in plan.groups if not g.members and any(part.owns for part in plan.parts.get(g.id, ()))]


def _column(plan: Plan, actors: tuple[str, ...]) -> MatrixColumn:
    first = plan.actor[actors[0]]
    kind = first.kind if isinstance(first, model.Agency) else "group"
    kind_label = AGENCY_KIND[first.kind] if isinstance(first, model.Agency) else "Nhóm không rõ thành viên"
    if len(actors) == 1:
        short = first.short_name if isinstance(first, model.Agency) and first.short_name else first.name
        return MatrixColumn(actors, first.name, short, kind, kind_label)
    group = _group_of(plan, actors[0])
    assert group is not None  # only members of a group are taken together
    rest = "" if len(actors) == len(group.members) else f" ({len(actors)} đơn vị còn lại)"
    short = min((group.name, *group.aliases), key=len)
    members = tuple(plan.agency[actor].name for actor in actors)
    return MatrixColumn(actors, f"{group.name}{rest}", f"{short}{rest}", kind, kind_label, members)


def _group_of(plan: Plan, actor: str) -> model.Group | None:
    """The group that an actor is told of with: one whose members the plan lists, if there is such a one."""
    groups = plan.groups_of.get(actor, ())
    return next((group for group in groups if not group.open), groups[0] if groups else None)


def _alike(plan: Plan, columns: dict[str, tuple[MatrixCell, ...]]) -> list[tuple[str, ...]]:
    """The actors in their order, agencies of a group whose columns are the same taken together."""
    sets: dict[tuple[object, ...], list[str]] = {}
    for actor, cells in columns.items():
        group = _group_of(plan, actor)
        sets.setdefault((group.id if group else actor, cells), []).append(actor)
    together: list[tuple[str, ...]] = []
    for actors in sets.values():
        together += [tuple(actors)] if len(actors) >= _ALIKE else [(actor,) for actor in actors]
    return together


def _cells(plan: Plan, item: Located) -> dict[str, MatrixCell]:
    """The part of everyone who has one in a row: by the statement itself, or by duties that carry it out."""
    identity = item.statement.id or ""
    shares: dict[str, list[MatrixCell]] = {}
    for part in plan.parts_in.get(identity, ()):
        if part.main:
            shares.setdefault(part.actor, []).append(_share(plan, part))
    for carrier in plan.carried(item) if item.statement.task else ():
        for part in plan.parts_in.get(carrier.duty.statement.id or "", ()):
            if part.owns:
                shares.setdefault(part.actor, []).append(_carrying(plan, part, carrier))
    return {actor: _together(parts) for actor, parts in shares.items()}


def _together(parts: list[MatrixCell]) -> MatrixCell:
    given = {code for part in parts for code in part.codes if code not in part.asked}
    codes = tuple(dict.fromkeys(code for part in parts for code in part.codes))
    return MatrixCell(
        codes=codes,
        words="; ".join(dict.fromkeys(part.words for part in parts)),
        through=all(part.through for part in parts),
        partly=all(part.partly for part in parts),
        asked=tuple(code for code in codes if code not in given),
    )


def _share(plan: Plan, part: Part) -> MatrixCell:
    """An agency's part in a statement."""
    codes, words = _role_of(part)
    limited = plan.once(_limits)[part.item.statement.id or ""]
    words += ", khi có liên quan" if limited.issuperset(part.through or (part.actor,)) else ""
    words += f" (qua nhóm {names(plan, part.through)})" if part.through else ""
    return MatrixCell(codes, words, bool(part.through), asked=codes if part.kind == "requested" else ())


def _role_of(part: Part) -> tuple[tuple[str, ...], str]:
    """What an agency is in a statement, in codes and in words."""
    if part.owns:
        roles = part.item.statement.role
        asked = "được đề nghị " if part.kind == "requested" else ""
        return tuple(CODE[role] for role in roles), asked + ", ".join(ROLE[role].lower() for role in roles)
    if part.kind == "coordinates":
        return (CODE["coordinate"],), ROLE["coordinate"].lower()
    code, label = DIRECTED if part.kind == "directed" else RECEIVES
    return (code,), label.lower()


def _carrying(plan: Plan, part: Part, carrier: Carrier) -> MatrixCell:
    """The part that an agency has in a task by a duty of its own."""
    place = cite(part.item.clauses).text
    if carrier.general:
        return MatrixCell((GENERAL[0],), f"giao chung: chủ trì cả văn bản theo {place}", bool(part.through))
    share, extent = _share(plan, part), ", một phần" if carrier.partly else ""
    return replace(share, words=f"{share.words} theo {place}{extent}", partly=carrier.partly)


def _limits(plan: Plan) -> dict[str, frozenset[str]]:
    """Whom each statement names only as far as they are concerned, by the statement's id."""
    return {item.statement.id or "": limited_targets(item.statement.text) for item in plan.located}
