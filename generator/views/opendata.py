"""The plan as data that others may use: tables of duties and agencies, the whole plan as JSON, and what describes them.

The columns stand in one table each, which makes the files and the page that documents them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.model import types as model
from generator.model.plan import Plan
from generator.model.provision import Located
from generator.views.finding import named_in
from generator.views.labels import AGENCY_KIND, FORCE, ROLE, role_label
from generator.views.matrix import MatrixCell, MatrixView, view_matrix
from generator.views.nodes import AGENCY_PAGE, actor_name, cite
from generator.words.links import Text

SEPARATOR = "; "  # between several values of one cell
_HIDDEN = frozenset({"audience", "profile", "sections"})


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in the file, and what it holds."""

    name: str
    title: str
    description: str


@dataclass(frozen=True)
class Table:
    """A table of texts; `name` is the file's name without extension."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Workbook:
    """Tables as the sheets of one workbook; their first `frozen` columns stay in view."""

    title: str
    author: str
    tables: tuple[Table, ...]
    frozen: int = 1


@dataclass(frozen=True)
class DataFile:
    """A file offered for download, as the page and the description name it."""

    name: str
    title: str
    media_type: str
    format: str


FILES = (
    DataFile("duties.csv", "Nhiệm vụ", "text/csv", "CSV"),
    DataFile("duties.xlsx", "Nhiệm vụ", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    DataFile("agencies.csv", "Cơ quan", "text/csv", "CSV"),
    DataFile("groups.csv", "Nhóm cơ quan", "text/csv", "CSV"),
    DataFile(
        "matrix.xlsx", "Ma trận phân công", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
    ),
    DataFile("plan.json", "Toàn bộ dữ liệu", "application/json", "JSON"),
    DataFile("plan.jsonld", "Mô tả theo schema.org", "application/ld+json", "JSON-LD"),
)
JSON_PARTS = (
    ("plan", "Loại, tên, cơ quan ban hành, thời kỳ, nơi nhận, chữ ký, những điều chưa biết, điều người biên tập thấy"),
    (
        "clauses",
        "Các mục, khoản (clauses), đoạn (paragraphs), câu (statements) lồng nhau, có id; mỗi câu có nguyên văn (text); "
        "nếu là nhiệm vụ thì có ai làm, vai trò; câu chỉ nêu việc phải làm có tên ngắn (task)",
    ),
    ("agencies", "Cơ quan"),
    ("groups", "Nhóm cơ quan và thành viên"),
    ("targets", "Chỉ tiêu"),
    ("deadlines", "Thời hạn như in; ngày không quy định ghi là unspecified"),
    ("instruments", "Văn bản được viện dẫn"),
    ("places", "Địa bàn"),
)  # fmt: skip

_DutyCell = Callable[[Plan, Located], str]
_AgencyCell = Callable[[Plan, model.Agency], str]
_GroupCell = Callable[[Plan, model.Group], str]


def view_duties(plan: Plan) -> Table:
    """One row a duty, in the plan's order."""
    rows = tuple(tuple(value(plan, item) for _, value in _DUTY) for item in plan.duties)
    return Table("duties", "Nhiệm vụ", tuple(column for column, _ in _DUTY), rows)


def view_agencies(plan: Plan) -> Table:
    """One row an agency."""
    rows = tuple(tuple(value(plan, agency) for _, value in _AGENCY) for agency in plan.agencies)
    return Table("agencies", "Cơ quan", tuple(column for column, _ in _AGENCY), rows)


def view_groups(plan: Plan) -> Table:
    """One row a group."""
    rows = tuple(tuple(value(plan, group) for _, value in _GROUP) for group in plan.groups)
    return Table("groups", "Nhóm cơ quan", tuple(column for column, _ in _GROUP), rows)


def view_tables(plan: Plan) -> tuple[Table, ...]:
    """The tables that are files of their own."""
    return view_duties(plan), view_agencies(plan), view_groups(plan)


def view_matrix_table(plan: Plan) -> tuple[Table, Table]:
    """The matrix with a column for each agency, and the table that explains its codes."""
    matrix = view_matrix(plan, together=False)
    fixed = (
        Column("clause", "Căn cứ", "Điều khoản"),
        Column("label", "Nhiệm vụ", "Tên ngắn do người biên tập đặt, hoặc nguyên văn"),
    )
    columns = tuple(Column(c.ids[0], c.short_name, c.name) for c in matrix.columns)
    rows = tuple((row.citation.text, row.label, *(_matrix_cell(cell) for cell in row.cells)) for row in matrix.rows)
    return Table("matrix", "Ma trận", (*fixed, *columns), rows), _legend(matrix)


def view_json(plan: Plan) -> dict[str, Any]:
    """The whole plan as plain JSON values; nothing marked internal is in it, not even that something is."""
    values = (
        plan.head, plan.sections, plan.agencies, plan.groups, plan.targets, plan.deadlines, plan.instruments,
        plan.places,
    )  # fmt: skip
    return {key: _plain(value) for (key, _), value in zip(JSON_PARTS, values, strict=True)}


def view_jsonld(plan: Plan, page: str = "", folder: str = "") -> dict[str, Any]:
    """A description of the data by schema.org: the data set, its files, and the agencies that it is about.

    `page` and `folder` are the addresses of the page of the data and of the files' folder, empty while the site has
    none: then the files stand beside the description. The plan's issuer made the plan, not this compilation of it.
    """
    head = plan.head
    issuer = {"@type": "GovernmentOrganization", "name": plan.agency[head.issuer].name}
    described = f"{head.type} {head.subject.reading()}"
    about = [
        {"@type": "GovernmentOrganization", "identifier": agency, "name": plan.agency[agency].name}
        for agency in plan.sheet_agencies
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "identifier": head.id,
        "name": head.short_title,
        "description": f"Dữ liệu do người biên tập lập từ {described}",
        **({"url": page} if page else {}),
        "inLanguage": "vi",
        "dateModified": head.edition.isoformat(),
        "temporalCoverage": f"{head.period.from_}/{head.period.to}",
        "isAccessibleForFree": True,
        "sourceOrganization": issuer,
        "isBasedOn": {"@type": "CreativeWork", "name": described, "publisher": issuer},
        "about": about,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": file.media_type,
                "contentUrl": f"{folder}{file.name}",
            }
            for file in FILES
            if file.name != "plan.jsonld"
        ],
    }


def view_legislation(plan: Plan, page: str = "") -> dict[str, Any]:
    """A description of the plan itself by schema.org; `page` is the address of its text, empty while there is none."""
    head = plan.head
    known = {
        "url": page,
        "legislationIdentifier": head.letterhead.number or "",
        "legislationDate": head.letterhead.date.isoformat() if head.letterhead.date else "",
    }
    return {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": f"{head.type} {head.subject.reading()}",
        "legislationType": head.type,
        "inLanguage": "vi",
        "temporalCoverage": f"{head.period.from_}/{head.period.to}",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": plan.agency[head.issuer].name},
        **{key: value for key, value in known.items() if value},
    }


def _matrix_cell(cell: MatrixCell) -> str:
    return cell.shown + (" (một phần)" if cell.partly else "")


def _legend(matrix: MatrixView) -> Table:
    columns = (Column("code", "Ký hiệu", "Ký hiệu trong bảng"), Column("meaning", "Nghĩa", "Vai trò"))
    return Table("legend", "Chú giải", columns, matrix.legend)


def _plain(value: Any) -> Any:
    """A value of the model as JSON has it; what is empty, or says for whom it is, is left out."""
    if isinstance(value, Text):
        reading, issued = value.reading(), value.as_issued()
        return reading if reading == issued else {"reading": reading, "as_issued": issued}
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        pairs = ((info.alias or key, getattr(value, key)) for key, info in fields.items() if key not in _HIDDEN)
        return {key: _plain(item) for key, item in pairs if item is not None and item != ()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)


def _names(plan: Plan, actors: Iterable[str]) -> str:
    return _joined(actor_name(plan, actor) for actor in actors)


def _yes(holds: bool) -> str:
    return "có" if holds else "không"


_ACTORS = "Mã cơ quan (agencies.csv) hoặc nhóm (groups.csv)"
_TASKS = "Mã câu, đoạn hoặc khoản: id trong clauses của plan.json"

_DUTY: tuple[tuple[Column, _DutyCell], ...] = (
    (Column("id", "Mã", "Mã của nhiệm vụ, không đổi"), lambda p, i: i.statement.id or ""),
    (
        Column("clause", "Điều khoản", "Viết tắt: mục rồi khoản, như V.7"),
        lambda p, i: cite(i.clauses, i.paragraph).short,
    ),
    (Column("citation", "Căn cứ", "Cách viện dẫn"), lambda p, i: cite(i.clauses, i.paragraph).text),
    (Column("text", "Nội dung", "Nguyên văn, các lỗi in đã đọc lại"), lambda p, i: i.statement.text.reading()),
    (
        Column("text_as_issued", "Như in", "Nguyên văn như bản nhận được, kể cả lỗi in"),
        lambda p, i: i.statement.text.as_issued(),
    ),
    (
        Column("lead_in", "Chữ đứng trước", "Lời của cùng đoạn, cần để đọc riêng câu này"),
        lambda p, i: i.statement.lead_in or "",
    ),
    (
        Column("tail", "Chữ đứng sau", "Lời của cùng đoạn, cần để đọc riêng câu này"),
        lambda p, i: i.statement.tail or "",
    ),
    (
        Column("by", "Mã nơi thực hiện", f"{_ACTORS}; trống là không ghi ai"),
        lambda p, i: _joined(i.statement.by),
    ),
    (Column("by_names", "Nơi thực hiện", "Tên cơ quan hoặc nhóm"), lambda p, i: _names(p, i.statement.by)),
    (
        Column("by_named", "Nơi thực hiện được nêu tên", "có: câu hoặc tiêu đề nêu tên; không: người biên tập suy ra"),
        lambda p, i: _yes(named_in(i).issuperset(i.statement.by)) if i.statement.by else "",
    ),
    (
        Column("answered_by", "Nhiệm vụ khác buộc trả lời", "Khi không ghi ai làm: mã nhiệm vụ khiến có nơi phải lo"),
        lambda p, i: _joined(i.statement.answered_by),
    ),
    (Column("roles", "Mã vai trò", ", ".join(ROLE)), lambda p, i: _joined(i.statement.role)),
    (Column("role_names", "Vai trò", "Vai trò bằng tiếng Việt"), lambda p, i: role_label(i.statement.role)),
    (
        Column("force", "Hiệu lực", "Giao hoặc Đề nghị; trống là không ghi ai"),
        lambda p, i: FORCE[i.statement.force] if i.statement.by else "",
    ),
    (
        Column("whole", "Giao chung", "có: giao thực hiện cả văn bản, không nêu riêng việc nào"),
        lambda p, i: _yes(i.statement.whole),
    ),
    (Column("with", "Mã nơi phối hợp", _ACTORS), lambda p, i: _joined(i.statement.with_)),
    (Column("with_names", "Nơi phối hợp", "Tên cơ quan hoặc nhóm"), lambda p, i: _names(p, i.statement.with_)),
    (Column("over", "Mã nơi được chỉ đạo", _ACTORS), lambda p, i: _joined(i.statement.over)),
    (Column("over_names", "Nơi được chỉ đạo", "Tên cơ quan hoặc nhóm"), lambda p, i: _names(p, i.statement.over)),
    (
        Column("to", "Mã nơi nhận", f"Nơi được tham mưu hoặc nhận báo cáo. {_ACTORS}"),
        lambda p, i: _joined(i.statement.to),
    ),
    (Column("to_names", "Nơi nhận", "Tên nơi được tham mưu hoặc nhận báo cáo"), lambda p, i: _names(p, i.statement.to)),
    (Column("via", "Mã đầu mối", f"Đầu mối nhận báo cáo. {_ACTORS}"), lambda p, i: _joined(i.statement.via)),
    (Column("via_names", "Đầu mối", "Tên đầu mối nhận báo cáo"), lambda p, i: _names(p, i.statement.via)),
    (Column("address", "Địa chỉ nhận", "Như in"), lambda p, i: i.statement.address or ""),
    (Column("deadline", "Mã thời hạn", "Xem deadlines trong plan.json"), lambda p, i: i.statement.deadline or ""),
    (
        Column("deadline_label", "Thời hạn", "Như in"),
        lambda p, i: p.deadline[i.statement.deadline].label if i.statement.deadline else "",
    ),
    (
        Column("implements", "Thực hiện việc", f"Việc được thực hiện trọn (người biên tập đối chiếu). {_TASKS}"),
        lambda p, i: _joined(i.statement.implements),
    ),
    (
        Column(
            "partly",
            "Thực hiện một phần việc",
            f"Việc được thực hiện một phần (người biên tập đối chiếu). {_TASKS}",
        ),
        lambda p, i: _joined(i.statement.partly),
    ),
    (Column("places", "Địa bàn", "Mã địa bàn: places trong plan.json"), lambda p, i: _joined(i.statement.places)),
    (
        Column(
            "targets",
            "Chỉ tiêu",
            "Chỉ tiêu mà nhiệm vụ phục vụ (người biên tập đối chiếu): targets trong plan.json",
        ),
        lambda p, i: _joined(i.statement.targets),
    ),
    (Column("note", "Ghi chú", "Của người biên tập"), lambda p, i: i.statement.note or ""),
)

_AGENCY: tuple[tuple[Column, _AgencyCell], ...] = (
    (Column("id", "Mã", "Mã của cơ quan, không đổi"), lambda p, a: a.id),
    (Column("name", "Tên", "Tên đầy đủ"), lambda p, a: a.name),
    (Column("short_name", "Tên ngắn", "Trống nếu không có"), lambda p, a: a.short_name or ""),
    (Column("aliases", "Tên gọi khác", "Như in, và tên để tìm"), lambda p, a: _joined(a.aliases)),
    (Column("kind", "Mã loại", "Loại cơ quan"), lambda p, a: a.kind),
    (Column("kind_name", "Loại", "Loại cơ quan bằng tiếng Việt"), lambda p, a: AGENCY_KIND[a.kind]),
    (Column("parent", "Mã cấp trên", "Mã cơ quan cấp trên"), lambda p, a: a.parent or ""),
    (
        Column("groups", "Mã nhóm", "Các nhóm mà cơ quan thuộc về: groups.csv"),
        lambda p, a: _joined(g.id for g in p.groups_of[a.id]),
    ),
    (
        Column("named", "Được nêu tên", "có: văn bản nêu tên; không: tên lấy từ nguồn khác"),
        lambda p, a: _yes(a.named),
    ),
    (
        Column("source", "Nguồn", "Nguồn, nếu văn bản không nêu tên"),
        lambda p, a: a.provenance.source if a.provenance else "",
    ),
    (
        Column("page", "Trang", "Phiếu trách nhiệm trên trang web, tính từ trang đầu"),
        lambda p, a: f"{AGENCY_PAGE}{a.id}/" if p.has_sheet(a.id) else "",
    ),
)

_GROUP: tuple[tuple[Column, _GroupCell], ...] = (
    (Column("id", "Mã", "Mã của nhóm, không đổi"), lambda p, g: g.id),
    (Column("name", "Tên", "Như văn bản gọi"), lambda p, g: g.name),
    (Column("aliases", "Tên gọi khác", "Như in, và tên để tìm"), lambda p, g: _joined(g.aliases)),
    (
        Column("members", "Mã thành viên", "Mã cơ quan (agencies.csv); trống là văn bản không liệt kê"),
        lambda p, g: _joined(g.members),
    ),
    (Column("member_names", "Thành viên", "Tên cơ quan"), lambda p, g: _names(p, g.members)),
    (
        Column("open", "Còn thành viên khác", "có: văn bản không liệt kê hết"),
        lambda p, g: _yes(g.open),
    ),
    (
        Column("may_include", "Mã nơi có thể gồm cả", f"Văn bản không nói rõ. {_ACTORS}"),
        lambda p, g: _joined(g.may_include),
    ),
    (
        Column("source", "Nguồn", "Nguồn của danh sách thành viên, nếu không phải chính văn bản"),
        lambda p, g: g.provenance.source if g.provenance else "",
    ),
    (Column("note", "Ghi chú", "Của người biên tập"), lambda p, g: g.note or ""),
)
