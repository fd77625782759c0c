"""Who has which part in which work: tasks and duties × agencies, for the site, the workbook and the plan's annex."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import types as model
from generator.model.plan import Located, Plan
from generator.views.coverage import carried_out_by
from generator.views.labels import AGENCY_KIND, ROLE
from generator.views.nodes import Citation, actor_name, cite, join_names
from generator.views.plan import view_letterhead

CODE: dict[model.Role, str] = {
    "lead": "CT", "coordinate": "PH", "advise": "TM", "standing-body": "TT",
    "supervise": "GS", "carry-out": "TH", "report": "BC", "direct": "CĐ",
}  # fmt: skip
RECEIVES = ("NN", "Nơi nhận")
_ALIKE = 3  # this many agencies with the same parts stand in one column


@dataclass(frozen=True)
class MatrixCell:
    """An agency's part in a row: short codes, and the same in words for who hears the table read."""

    codes: tuple[str, ...] = ()
    words: str = ""
    through: bool = False
    partly: bool = False


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
    columns = {actor: tuple(_cell(plan, item, actor) for item in items) for actor in actors}
    sets = _alike(plan, columns) if together else [(actor,) for actor in actors]
    rows = tuple(
        MatrixRow(
            id=item.statement.id or "",
            task=not item.statement.is_duty,
            section=item.section.id,
            label=item.statement.task or item.statement.text.reading(),
            text=item.statement.text.reading(),
            citation=cite(item.clauses, item.paragraph),
            cells=tuple(columns[actors[0]][index] for actors in sets),
        )
        for index, item in enumerate(items)
    )
    used = {code for row in rows for cell in row.cells for code in cell.codes}
    names = (*((CODE[role], label) for role, label in ROLE.items()), RECEIVES)
    shown = tuple(_column(plan, actors) for actors in sets)
    return MatrixView(
        columns=shown,
        rows=rows,
        legend=tuple(pair for pair in names if pair[0] in used),
        sections=tuple((s.id, _section_name(s)) for s in plan.sections if any(row.section == s.id for row in rows)),
        kinds=tuple(dict.fromkeys((column.kind, column.kind_label) for column in shown)),
    )


@dataclass(frozen=True)
class AnnexRow:
    """A row of the annex: names joined for print, empty where the plan names nobody."""

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
    """The annex `Phân công nhiệm vụ` to the plan."""

    title: str
    author: str
    name: str
    heading: str
    annex_of: str
    parts: tuple[AnnexPart, ...]


def view_annex(plan: Plan) -> AnnexView:
    """The annex: first the tasks and who carries them out, then the duties as given."""
    head, letterhead = plan.head, view_letterhead(plan.head.letterhead)
    issuer = plan.agency[head.issuer].name
    number, date = letterhead.number_line.replace("Số:", "số"), letterhead.place_date.partition(", ")[2]
    tasks = [(s, [_task_row(plan, i) for i in plan.tasks if i.section is s]) for s in plan.sections]
    duties = [(s, [_duty_row(plan, i) for i in plan.duties if i.section is s]) for s in plan.sections]
    return AnnexView(
        title=f"Phụ lục: Phân công nhiệm vụ - {head.short_title}",
        author=issuer,
        name="Phụ lục",
        heading="PHÂN CÔNG NHIỆM VỤ",
        annex_of=f"(Kèm theo {head.type} {number} {date} của {issuer})",
        parts=(
            *(AnnexPart(f"Việc nêu ở {_section_name(s)}", True, tuple(rows)) for s, rows in tasks if rows),
            *(AnnexPart(f"Nhiệm vụ giao ở {_section_name(s)}", False, tuple(rows)) for s, rows in duties if rows),
        ),
    )


def _task_row(plan: Plan, item: Located) -> AnnexRow:
    by = [actor_name(plan, actor) for actor in item.statement.by]
    for duty, partly in carried_out_by(plan, item.statement.id or ""):
        by += [f"{_names(plan, duty.statement.by)}{' (một phần)' if partly else ''}"]
    text, place = item.statement.text.reading(), cite(item.clauses, item.paragraph)
    return AnnexRow(text, "; ".join(dict.fromkeys(by)), "", _deadline(plan, item), place)


def _duty_row(plan: Plan, item: Located) -> AnnexRow:
    statement = item.statement
    role = ", ".join(ROLE[r].lower() for r in statement.role)
    requested = "đề nghị " if statement.force == "request" else ""
    by = f"{_names(plan, statement.by)} ({requested}{role})" if statement.by else ""
    beside = [_names(plan, statement.with_)] if statement.with_ else []
    beside += [f"Gửi: {_names(plan, statement.to)}"] if statement.to else []
    beside += [f"Qua: {_names(plan, statement.via)}"] if statement.via else []
    text, place = statement.text.reading(), cite(item.clauses, item.paragraph)
    return AnnexRow(text, by, ". ".join(beside), _deadline(plan, item), place)


def _deadline(plan: Plan, item: Located) -> str:
    return plan.deadline[item.statement.deadline].label if item.statement.deadline else ""


def _names(plan: Plan, actors: Iterable[str]) -> str:
    return join_names(actor_name(plan, actor) for actor in actors)


def _section_name(section: model.Clause) -> str:
    heading = section.heading.reading() if section.heading else ""
    return f"Mục {section.number}. {heading}".rstrip(". ") if section.number else heading


def _unlisted_groups(plan: Plan) -> list[str]:
    acting = {actor for item in plan.duties for actor in item.statement.by}
    return [group.id for group in plan.groups if not group.members and group.id in acting]


def _column(plan: Plan, actors: tuple[str, ...]) -> MatrixColumn:
    first = plan.actor[actors[0]]
    kind = first.kind if isinstance(first, model.Agency) else "group"
    kind_label = AGENCY_KIND[first.kind] if isinstance(first, model.Agency) else "Nhóm không rõ thành viên"
    if len(actors) == 1:
        short = first.short_name if isinstance(first, model.Agency) and first.short_name else first.name
        return MatrixColumn(actors, first.name, short, kind, kind_label)
    group = next(g for g in plan.groups if set(actors) <= set(g.members))
    rest = "" if len(actors) == len(group.members) else f" ({len(actors)} đơn vị còn lại)"
    short = min((group.name, *group.aliases), key=len)
    members = tuple(plan.agency[actor].name for actor in actors)
    return MatrixColumn(actors, f"{group.name}{rest}", f"{short}{rest}", kind, kind_label, members)


def _alike(plan: Plan, columns: dict[str, tuple[MatrixCell, ...]]) -> list[tuple[str, ...]]:
    """The actors in their order, agencies of a closed group whose columns are the same taken together."""
    sets: dict[tuple[object, ...], list[str]] = {}
    for actor, cells in columns.items():
        closed = next((g.id for g in plan.groups if not g.open and plan.stands_for(g.id, actor)), actor)
        sets.setdefault((closed, cells), []).append(actor)
    together: list[tuple[str, ...]] = []
    for actors in sets.values():
        together += [tuple(actors)] if len(actors) >= _ALIKE else [(actor,) for actor in actors]
    return together


def _cell(plan: Plan, item: Located, actor: str) -> MatrixCell:
    parts = [_part(plan, item, actor)]
    if item.statement.task:
        carriers = carried_out_by(plan, item.statement.id or "")
        parts += [_carrying(plan, duty, actor, partly) for duty, partly in carriers]
    parts = [part for part in parts if part.codes]
    if not parts:
        return MatrixCell()
    return MatrixCell(
        codes=tuple(dict.fromkeys(code for part in parts for code in part.codes)),
        words="; ".join(dict.fromkeys(part.words for part in parts)),
        through=all(part.through for part in parts),
        partly=all(part.partly for part in parts),
    )


def _part(plan: Plan, item: Located, actor: str) -> MatrixCell:
    """The part that a statement itself gives an agency."""
    statement = item.statement
    found = _reached(plan, actor, statement.by)
    if found is not None and statement.role:
        words = ", ".join(ROLE[role].lower() for role in statement.role)
        if statement.force == "request":
            words = f"được đề nghị {words}"
        return MatrixCell(tuple(CODE[role] for role in statement.role), _through(words, found), bool(found))
    found = _reached(plan, actor, statement.with_)
    if found is not None:
        return MatrixCell((CODE["coordinate"],), _through("phối hợp", found), bool(found))
    found = _reached(plan, actor, (*statement.to, *statement.via))
    if found is not None and statement.is_duty:
        return MatrixCell((RECEIVES[0],), _through("nơi nhận", found), bool(found))
    return MatrixCell()


def _carrying(plan: Plan, duty: Located, actor: str, partly: bool) -> MatrixCell:
    """The part that an agency has in a task by a duty of its own."""
    if _reached(plan, actor, duty.statement.by) is None:
        return MatrixCell()
    part = _part(plan, duty, actor)
    extent = ", một phần" if partly else ""
    return MatrixCell(part.codes, f"{part.words} theo {cite(duty.clauses).text}{extent}", part.through, partly)


def _reached(plan: Plan, actor: str, actors: Iterable[str]) -> str | None:
    """How an actor is among others: "" by its own name, else the name of its group; None if it is not."""
    listed = tuple(actors)
    if actor in listed:
        return ""
    return next((plan.group[a].name for a in listed if plan.stands_for(a, actor)), None)


def _through(words: str, group: str) -> str:
    return f"{words} (qua nhóm {group})" if group else words
