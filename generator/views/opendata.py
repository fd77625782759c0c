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
    DataFile(
        "matrix.xlsx", "Ma trận phân công", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
    ),
    DataFile("plan.json", "Toàn bộ dữ liệu", "application/json", "JSON"),
    DataFile("plan.jsonld", "Mô tả theo schema.org", "application/ld+json", "JSON-LD"),
)
JSON_PARTS = (
    ("plan", "Loại, tên, cơ quan ban hành, thời kỳ, nơi nhận, chữ ký, những điều chưa biết"),
    ("clauses", "Các mục, khoản, điểm lồng nhau; mỗi câu có nguyên văn (text) và, nếu là nhiệm vụ, ai làm, vai trò"),
    ("agencies", "Cơ quan"),
    ("groups", "Nhóm cơ quan và thành viên"),
    ("targets", "Chỉ tiêu"),
    ("deadlines", "Thời hạn như in; ngày không quy định ghi là unspecified"),
    ("instruments", "Văn bản được viện dẫn"),
    ("places", "Địa bàn"),
)  # fmt: skip

_DutyCell = Callable[[Plan, Located], str]
_AgencyCell = Callable[[Plan, model.Agency], str]


def view_duties(plan: Plan) -> Table:
    """One row a duty, in the plan's order."""
    rows = tuple(tuple(value(plan, item) for _, value in _DUTY) for item in plan.duties)
    return Table("duties", "Nhiệm vụ", tuple(column for column, _ in _DUTY), rows)


def view_agencies(plan: Plan) -> Table:
    """One row an agency."""
    rows = tuple(tuple(value(plan, agency) for _, value in _AGENCY) for agency in plan.agencies)
    return Table("agencies", "Cơ quan", tuple(column for column, _ in _AGENCY), rows)


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


def view_jsonld(plan: Plan) -> dict[str, Any]:
    """A description of the data by schema.org: the data set, its files, and the agencies that it is about."""
    head = plan.head
    issuer = {"@type": "GovernmentOrganization", "name": plan.agency[head.issuer].name}
    about = [
        {"@type": "GovernmentOrganization", "identifier": agency, "name": plan.agency[agency].name}
        for agency in plan.sheet_agencies
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "identifier": head.id,
        "name": head.short_title,
        "description": f"{head.type} {head.subject.reading()}",
        "inLanguage": "vi",
        "dateModified": head.edition.isoformat(),
        "temporalCoverage": f"{head.period.from_}/{head.period.to}",
        "isAccessibleForFree": True,
        "creator": issuer,
        "about": about,
        "variableMeasured": [target.indicator for target in plan.targets],
        "distribution": [
            {"@type": "DataDownload", "name": file.name, "encodingFormat": file.media_type, "contentUrl": file.name}
            for file in FILES
            if file.name != "plan.jsonld"
        ],
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


_DUTY: tuple[tuple[Column, _DutyCell], ...] = (
    (Column("id", "Mã", "Mã của nhiệm vụ, không đổi"), lambda p, i: i.statement.id or ""),
    (
        Column("clause", "Điều khoản", "Viết tắt: mục rồi khoản, như V.7"),
        lambda p, i: cite(i.clauses, i.paragraph).short,
    ),
    (Column("citation", "Căn cứ", "Cách viện dẫn"), lambda p, i: cite(i.clauses, i.paragraph).text),
    (Column("text", "Nội dung", "Nguyên văn, các lỗi in đã đọc lại"), lambda p, i: i.statement.text.reading()),
    (
        Column("by", "Mã nơi thực hiện", "Mã cơ quan hoặc nhóm; trống là không ghi ai"),
        lambda p, i: _joined(i.statement.by),
    ),
    (Column("by_names", "Nơi thực hiện", "Tên cơ quan hoặc nhóm"), lambda p, i: _names(p, i.statement.by)),
    (Column("roles", "Mã vai trò", ", ".join(ROLE)), lambda p, i: _joined(i.statement.role)),
    (Column("role_names", "Vai trò", "Vai trò bằng tiếng Việt"), lambda p, i: role_label(i.statement.role)),
    (Column("force", "Hiệu lực", "Giao hoặc Đề nghị"), lambda p, i: FORCE[i.statement.force]),
    (Column("with", "Mã nơi phối hợp", "Mã cơ quan hoặc nhóm"), lambda p, i: _joined(i.statement.with_)),
    (Column("with_names", "Nơi phối hợp", "Tên cơ quan hoặc nhóm"), lambda p, i: _names(p, i.statement.with_)),
    (Column("to", "Mã nơi nhận", "Nơi được tham mưu hoặc nhận báo cáo"), lambda p, i: _joined(i.statement.to)),
    (Column("to_names", "Nơi nhận", "Tên nơi được tham mưu hoặc nhận báo cáo"), lambda p, i: _names(p, i.statement.to)),
    (Column("via", "Mã đầu mối", "Đầu mối nhận báo cáo"), lambda p, i: _joined(i.statement.via)),
    (Column("via_names", "Đầu mối", "Tên đầu mối nhận báo cáo"), lambda p, i: _names(p, i.statement.via)),
    (Column("address", "Địa chỉ nhận", "Như in"), lambda p, i: i.statement.address or ""),
    (Column("deadline", "Mã thời hạn", "Xem deadlines trong plan.json"), lambda p, i: i.statement.deadline or ""),
    (
        Column("deadline_label", "Thời hạn", "Như in"),
        lambda p, i: p.deadline[i.statement.deadline].label if i.statement.deadline else "",
    ),
    (
        Column("implements", "Thực hiện việc", "Mã việc được thực hiện trọn (do người biên tập đối chiếu)"),
        lambda p, i: _joined(i.statement.implements),
    ),
    (
        Column("partly", "Thực hiện một phần việc", "Mã việc được thực hiện một phần (do người biên tập đối chiếu)"),
        lambda p, i: _joined(i.statement.partly),
    ),
    (Column("places", "Địa bàn", "Mã địa bàn"), lambda p, i: _joined(i.statement.places)),
    (
        Column("targets", "Chỉ tiêu", "Mã chỉ tiêu mà nhiệm vụ phục vụ (do người biên tập đối chiếu)"),
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
        Column("groups", "Mã nhóm", "Các nhóm mà cơ quan thuộc về"),
        lambda p, a: _joined(g.id for g in p.groups_of[a.id]),
    ),
    (
        Column("named", "Được nêu tên", "có: văn bản nêu tên; không: tên lấy từ nguồn khác"),
        lambda p, a: "có" if a.named else "không",
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
