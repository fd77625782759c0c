"""The frozen types of a plan. Field names are the keys of the YAML; titles and descriptions are for editors. No I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from generator.model.scalars import (
    Boolean,
    Date,
    Day,
    Id,
    Integer,
    Line,
    LinkedText,
    MaybeDate,
    MaybeLine,
    Month,
    Note,
    Number,
    Year,
)


class Record(BaseModel):
    """Anything that stands in a data file: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def changed(self, **fields: Any) -> Self:
        """The record with other values in these fields. Raises TypeError if it has no such field."""
        if unknown := fields.keys() - type(self).model_fields.keys():
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return self.model_copy(update=fields)


class Ref:
    """Marks a field as holding ids of records of these kinds."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds


class Quoted:
    """Marks a field as holding words that stand, or may stand, in the plan's text."""


QUOTED = Quoted()
ACTOR = Ref("agency", "group")
PROVISION = Ref("provision")
Role = Literal["lead", "coordinate", "advise", "standing-body", "supervise", "carry-out", "report", "direct"]
Force = Literal["assign", "request"]
Audience = Literal["public", "internal"]
Marker = Literal["-", "+", "*", "•"]


def _field(title: str, description: str = "", **more: Any) -> Any:
    return Field(title=title, description=description or title, **more)


class Remark(Record):
    """Something that an editor says about the plan; nothing refers to it."""

    audience: Audience = _field("Người đọc", "internal: không bao giờ có trong bản công khai", default="public")


class PageFront(Record):
    """What may stand before the text of an authored page."""

    audience: Audience = _field("Người đọc", "internal: không bao giờ có trong bản công khai", default="public")


class Provenance(Record):
    """Where something comes from that is not in the plan's text."""

    kind: Literal["external", "inferred", "editorial"] = _field(
        "Loại", "external: ngoài Kế hoạch; inferred: suy ra; editorial: do người biên tập"
    )
    source: Line = _field("Nguồn", "Đọc được ở đâu")
    confidence: Literal["certain", "high", "medium", "low"] = _field("Độ tin cậy")
    note: Note | None = _field("Ghi chú", default=None)


class Statement(Record):
    """A part of a paragraph; one that gives somebody something to do carries a role."""

    text: LinkedText = _field("Nội dung", "Nguyên văn, có liên kết [nhãn](loại:mã)")
    id: Id | None = _field("Mã", "Bắt buộc khi có role hoặc task; không bao giờ đổi", default=None)
    by: Annotated[tuple[Id, ...], ACTOR] = _field("Ai làm", "Mã cơ quan hoặc nhóm", default=())
    role: tuple[Role, ...] = _field("Vai trò", "lead chủ trì, coordinate phối hợp, advise tham mưu, …", default=())
    force: Force = _field("Hiệu lực", "assign: giao; request: đề nghị", default="assign")
    with_: Annotated[tuple[Id, ...], ACTOR] = _field("Phối hợp với", default=(), alias="with")
    over: Annotated[tuple[Id, ...], ACTOR] = _field("Chỉ đạo ai", "Cơ quan hoặc nhóm được chỉ đạo", default=())
    to: Annotated[tuple[Id, ...], ACTOR] = _field("Gửi đến", "Cơ quan được tham mưu hoặc nhận báo cáo", default=())
    via: Annotated[tuple[Id, ...], ACTOR] = _field("Qua", "Đầu mối nhận báo cáo", default=())
    address: Line | None = _field("Địa chỉ nhận", default=None)
    deadline: Annotated[Id | None, Ref("deadline")] = _field("Thời hạn", default=None)
    task: Annotated[Line | None, QUOTED] = _field(
        "Nhiệm vụ", "Tên ngắn của một nhiệm vụ ở mục III, IV (do người biên tập đặt)", default=None
    )
    implements: Annotated[tuple[Id, ...], Ref("task")] = _field(
        "Thực hiện nhiệm vụ", "Mã câu có task; hoặc mã đoạn, khoản: mọi nhiệm vụ bên trong", default=()
    )
    partly: Annotated[tuple[Id, ...], Ref("task")] = _field(
        "Thực hiện một phần nhiệm vụ", "Mã câu có task; hoặc mã đoạn, khoản: mọi nhiệm vụ bên trong", default=()
    )
    whole: Boolean = _field(
        "Giao chung", "true: câu này giao thực hiện cả văn bản, không nêu riêng nhiệm vụ nào", default=False
    )
    makes: Literal["plan"] | None = _field(
        "Phải lập",
        "plan: kế hoạch hoặc chương trình của cơ quan; các câu cùng lập một kế hoạch đi với nhau",
        default=None,
    )
    answered_by: Annotated[tuple[Id, ...], Ref("statement")] = _field(
        "Khoản khác buộc trả lời",
        "Khi câu không ghi ai làm: mã các câu giao việc khiến ai đó phải lo việc này",
        default=(),
    )
    lead_in: Annotated[Line | None, QUOTED] = _field(
        "Chữ đứng trước", "Lời của chính đoạn này, cần để đọc riêng câu này; chỗ lược ghi …", default=None
    )
    tail: Annotated[Line | None, QUOTED] = _field(
        "Chữ đứng sau", "Lời của chính đoạn này, cần để đọc riêng câu này; chỗ lược ghi …", default=None
    )
    places: Annotated[tuple[Id, ...], Ref("place")] = _field("Địa bàn", default=())
    targets: Annotated[tuple[Id, ...], Ref("target")] = _field("Chỉ tiêu", default=())
    strong: Boolean = _field("In đậm", "Cả câu in đậm trong bản gốc", default=False)
    audience: Audience = _field("Người đọc", "internal: không bao giờ có trong bản công khai", default="public")
    note: Note | None = _field("Ghi chú", default=None)

    @property
    def is_duty(self) -> bool:
        """True if it gives somebody, named or not, something to do."""
        return bool(self.role)


def _statement(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


@dataclass(frozen=True)
class Bullet:
    """Where a bullet stands in its list: the ordinal of the outer one, 0 if it is the only one; that of the inner."""

    outer: int
    inner: int = 0


class Paragraph(Record):
    """Statements that stand together; `marker` is the printed bullet."""

    id: Id | None = _field("Mã", "Bắt buộc với gạch đầu dòng và đoạn có nhiệm vụ", default=None)
    marker: Marker | None = _field("Dấu đầu dòng", default=None)
    statements: tuple[Annotated[Statement, BeforeValidator(_statement)], ...] = _field("Các câu", min_length=1)
    _bullet: Bullet | None = PrivateAttr(default=None)

    @property
    def bullet(self) -> Bullet | None:
        """Where it stands in its list, in the plan as signed: what is left out later does not change the count."""
        return self._bullet


class Gap(Remark):
    """A number that the source skips; nothing is put in its place."""

    number: Line = _field("Số bị thiếu")
    reason: Line = _field("Lý do, điều đã biết")


class Clause(Record):
    """A numbered node of the plan: mục, khoản or điểm. `id` is given once, after its first number."""

    id: Id = _field("Mã", "Đặt một lần theo số đầu tiên, không đổi, không dùng lại")
    number: Line | None = _field("Số", "Như in hiện nay; bỏ nếu không đánh số", default=None)
    heading: LinkedText | None = _field("Tiêu đề", default=None)
    run_in: Boolean = _field("Tiêu đề liền đoạn", default=False)
    label_as_issued: Line | None = _field("Nhãn số như bản gốc", default=None)
    audience: Audience = _field("Người đọc", "internal: không bao giờ có trong bản công khai", default="public")
    paragraphs: tuple[Paragraph, ...] = _field("Các đoạn", default=())
    clauses: tuple[Clause, ...] = _field("Các khoản, điểm bên trong", default=())
    gaps: tuple[Gap, ...] = _field("Số bị thiếu", default=())
    notes: tuple[Note, ...] = _field("Ghi chú", default=())

    @model_validator(mode="after")
    def _count_bullets(self) -> Self:
        """The first mark of a clause is the outer one; another mark begins anew under each outer bullet."""
        bullets = [paragraph for paragraph in self.paragraphs if paragraph.marker]
        many = sum(paragraph.marker == bullets[0].marker for paragraph in bullets) > 1
        outer = inner = 0
        for paragraph in bullets:
            is_outer = paragraph.marker == bullets[0].marker
            outer, inner = (outer + 1, 0) if is_outer else (outer, inner + 1)
            paragraph._bullet = Bullet(outer if many else 0, inner)
        return self

    def walk(self) -> Iterator[Clause]:
        """The clause, then all clauses inside it, in order."""
        yield self
        for clause in self.clauses:
            yield from clause.walk()


class Membership(Record):
    """A seat in a steering body."""

    id: Id | None = _field("Mã", "Do máy đặt (kehoach format); không đổi", default=None)
    role: Literal["head", "deputy", "member"] = _field("Vai trò")
    who: Annotated[Id, ACTOR] = _field("Cơ quan hoặc nhóm")
    office: Line = _field("Chức danh như in")
    clause: Annotated[Id, PROVISION] = _field("Căn cứ")


AgencyKind = Literal[
    "people-committee", "people-council", "police", "department", "military", "front", "procuracy", "court", "party",
    "central", "district", "steering", "residual", "foreign", "person-office",
]  # fmt: skip


class Contact(Record):
    """How an agency is reached, as far as the plan or a named source says."""

    address: Line | None = _field("Địa chỉ", default=None)
    phone: Line | None = _field("Điện thoại", default=None)
    source: Line = _field("Nguồn")


class Agency(Record):
    """A body that the plan names or that belongs to a group the plan names."""

    id: Id = _field("Mã")
    name: Line = _field("Tên đầy đủ")
    short_name: Annotated[Line | None, QUOTED] = _field("Tên ngắn", default=None)
    aliases: Annotated[tuple[Line, ...], QUOTED] = _field(
        "Tên gọi khác", "Như in trong Kế hoạch, và tên để tìm", default=()
    )
    kind: AgencyKind = _field("Loại cơ quan")
    parent: Annotated[Id | None, Ref("agency")] = _field("Cơ quan cấp trên", default=None)
    named: Boolean = _field("Kế hoạch có nêu tên", default=True)
    valid_from: Date | None = _field("Có từ ngày", default=None)
    valid_to: Date | None = _field("Đến ngày", default=None)
    successors: Annotated[tuple[Id, ...], Ref("agency")] = _field("Cơ quan kế nhiệm", default=())
    contact: Contact | None = _field("Liên hệ", default=None)
    members: tuple[Membership, ...] = _field("Thành viên", default=())
    provenance: Provenance | None = _field("Nguồn ngoài Kế hoạch", default=None)
    note: Note | None = _field("Ghi chú", default=None)


class Group(Record):
    """A name for several agencies. A duty of a group is every member's, labelled as such."""

    id: Id = _field("Mã")
    name: Line = _field("Tên")
    aliases: Annotated[tuple[Line, ...], QUOTED] = _field("Tên gọi khác", default=())
    members: Annotated[tuple[Id, ...], Ref("agency")] = _field("Thành viên", default=())
    open: Boolean = _field("Còn thành viên khác", "true: Kế hoạch không liệt kê hết", default=False)
    may_include: Annotated[tuple[Id, ...], ACTOR] = _field(
        "Có thể gồm cả", "Cơ quan, nhóm khác mà tên này có thể cũng chỉ; Kế hoạch không nói rõ", default=()
    )
    provenance: Provenance | None = _field("Nguồn ngoài Kế hoạch", default=None)
    note: Note | None = _field("Ghi chú", default=None)


class Target(Record):
    """A target of the plan, with what is ambiguous about it."""

    id: Id = _field("Mã")
    indicator: Line = _field("Chỉ số")
    clause: Annotated[Id, PROVISION] = _field("Căn cứ")
    verb: Line | None = _field("Động từ", default=None)
    operator: Literal["decrease-between", "increase-between", "greater-than", "at-least", "none"] = _field("Phép so")
    lower: Number | None = _field("Cận dưới", default=None)
    upper: Number | None = _field("Cận trên", default=None)
    unit: Line | None = _field("Đơn vị", default=None)
    baseline: MaybeLine = _field("Mốc so sánh", default=None)
    text: Annotated[Line, QUOTED] = _field("Nguyên văn")
    ambiguities: tuple[Note, ...] = _field("Điểm chưa rõ", default=())
    served_by: Annotated[tuple[Id, ...], Ref("statement")] = _field("Nhiệm vụ phục vụ chỉ tiêu", default=())


class Deadline(Record):
    """When something is due, as the plan says it; days it does not set stay unspecified."""

    id: Id = _field("Mã")
    label: Line = _field("Như in trong Kế hoạch")
    aliases: Annotated[tuple[Line, ...], QUOTED] = _field("Cách ghi khác", default=())
    kind: Literal["recurring", "once", "phase", "unspecified"] = _field("Loại")
    every: Literal["month", "quarter", "half-year", "year"] | None = _field("Chu kỳ", default=None)
    from_: Year | None = _field("Từ năm", default=None, alias="from")
    to: Year | None = _field("Đến hết năm", default=None)
    at: Line | None = _field("Thời điểm", "Bằng lời, như in; muốn có trong lịch thì ghi thêm month", default=None)
    year: Year | None = _field("Năm", default=None)
    month: Month | None = _field("Tháng", "Tháng đến hạn, như 12 cho cuối năm", default=None)
    day: Literal["unspecified"] | Day | None = _field(
        "Ngày", "Ngày trong tháng, hoặc unspecified: Kế hoạch không quy định", default=None
    )
    applies_to: Literal["report", "review", "summary", "phase", "meeting", "plan", "work"] = _field("Áp dụng cho")
    clause: Annotated[Id | None, PROVISION] = _field("Căn cứ", default=None)
    note: Note | None = _field("Ghi chú", default=None)


class OfficeSetting(Record):
    """What the office, not the plan, decides about days."""

    working_day: Literal["last-working-day-of-period"] = _field("Ngày làm việc")
    label: Line = _field("Lời ghi kèm")


class Instrument(Record):
    """A law, decision, convention, project or programme that the plan or a topic rests on."""

    id: Id = _field("Mã")
    kind: Id = _field("Loại văn bản")
    name: Line = _field("Tên đầy đủ")
    short_name: Annotated[Line | None, QUOTED] = _field("Tên ngắn", default=None)
    aliases: Annotated[tuple[Line, ...], QUOTED] = _field("Cách ghi khác", default=())
    number: Line | None = _field("Số, ký hiệu", default=None)
    date: Date | None = _field("Ngày ban hành", default=None)
    issuer: Line | None = _field("Cơ quan ban hành", default=None)
    article: Line | None = _field("Điều", default=None)
    parent: Annotated[Id | None, Ref("instrument")] = _field("Thuộc văn bản", default=None)
    source: Line | None = _field("Nguồn", default=None)
    url: Line | None = _field("Địa chỉ nguồn", default=None)
    checked_on: Date | None = _field("Ngày kiểm tra nguồn", default=None)
    in_force_note: Note | None = _field("Hiệu lực", default=None)
    replaced_by: Annotated[Id | None, Ref("instrument")] = _field("Bị thay bằng văn bản", default=None)
    replaced_on: Date | None = _field("Ngày bị thay", default=None)
    provenance: Provenance | None = _field("Nguồn ngoài Kế hoạch", default=None)
    note: Note | None = _field("Ghi chú", default=None)


class Designation(Record):
    """What the plan makes of a place."""

    id: Id | None = _field("Mã", "Do máy đặt (kehoach format); không đổi", default=None)
    kind: Literal["key-area", "route", "border"] = _field("Loại địa bàn")
    clause: Annotated[Id, PROVISION] = _field("Căn cứ")
    extent: Line | None = _field(
        "Phần nào", "Khi không phải cả nơi đó: trung tâm huyện, tuyến biên giới …", default=None
    )


class Place(Record):
    """A place that the plan names, or a unit of the province."""

    id: Id = _field("Mã")
    name: Line = _field("Tên")
    aliases: Annotated[tuple[Line, ...], QUOTED] = _field("Cách ghi khác", default=())
    kind: Literal["province", "district", "route", "border", "road", "area", "foreign"] = _field("Loại")
    agency: Annotated[Id | None, Ref("agency")] = _field("Ủy ban nhân dân", default=None)
    designations: tuple[Designation, ...] = _field("Được Kế hoạch xác định là", default=())
    provenance: Provenance | None = _field("Nguồn ngoài Kế hoạch", default=None)
    note: Note | None = _field("Ghi chú", default=None)


class Letterhead(Record):
    """The head of the printed plan; what is unknown is printed blank, as in an unsigned draft."""

    superior: Line | None = _field("Cơ quan chủ quản", default=None)
    issuer_lines: tuple[Line, ...] = _field("Cơ quan ban hành, từng dòng", min_length=1)
    code: Line = _field("Ký hiệu", "Như KH-UBND")
    place: Line = _field("Địa danh")
    number: MaybeLine = _field("Số")
    date: MaybeDate = _field("Ngày ban hành")
    provenance: Provenance | None = _field("Nguồn ngoài Kế hoạch", default=None)


class Period(Record):
    """Years from and to, both included."""

    from_: Year = _field("Từ năm", alias="from")
    to: Year = _field("Đến hết năm")


class Phase(Record):
    """A phase of the plan."""

    id: Id = _field("Mã")
    name: Line = _field("Tên")
    from_: Year = _field("Từ năm", alias="from")
    to: Year = _field("Đến hết năm")
    clause: Annotated[Id | None, PROVISION] = _field("Căn cứ", default=None)


class Recipient(Record):
    """A line of `Nơi nhận`; the purpose as printed on the line, and as the original's braces probably had it."""

    id: Id | None = _field("Mã", "Do máy đặt (kehoach format); không đổi", default=None)
    text: LinkedText = _field("Nơi nhận")
    to: Annotated[tuple[Id, ...], ACTOR] = _field("Cơ quan", default=())
    purpose: Line | None = _field("Mục đích in trên dòng", default=None)
    purpose_inferred: Line | None = _field("Mục đích suy ra từ dấu ngoặc gộp", default=None)


class Recipients(Record):
    """The list of recipients."""

    heading: Line = _field("Tiêu đề")
    items: tuple[Recipient, ...] = _field("Các dòng", min_length=1)
    note: Note | None = _field("Ghi chú", default=None)


class SignatureBlock(Record):
    """Who signs, and by what authority."""

    authority: Line | None = _field("Quyền hạn", "Như TM. ỦY BAN NHÂN DÂN", default=None)
    position: Line | None = _field("Chức vụ", default=None)
    name: MaybeLine = _field("Họ tên")
    provenance: Provenance | None = _field("Nguồn ngoài Kế hoạch", default=None)


class Unknown(Remark):
    """Something that nobody knows and that is therefore shown as unknown."""

    id: Id = _field("Mã")
    what: Line = _field("Điều chưa biết")
    why: Line = _field("Vì sao")


class EditorFinding(Remark):
    """Something to look at in how the plan shares out its work, which no rule over the data can find."""

    id: Id = _field("Mã")
    subject: Line = _field("Điều cần xem")
    text: Note = _field("Nhận xét")
    clauses: Annotated[tuple[Id, ...], PROVISION] = _field("Các điều khoản", min_length=1)
    source: Line = _field("Căn cứ nhận xét", "Đọc, đối chiếu những gì")


class PlanHead(Record):
    """The file plan.yml: what the plan is, and in which order its sections stand."""

    id: Id = _field("Mã kế hoạch")
    type: Line = _field("Loại văn bản")
    type_code: Line = _field("Viết tắt loại văn bản")
    subject: LinkedText = _field("Trích yếu")
    short_title: Line = _field("Tên ngắn")
    issuer: Annotated[Id, Ref("agency")] = _field("Cơ quan ban hành")
    profile: Id = _field("Thể thức", "Tên tệp trong site_templates/profiles")
    edition: Date = _field("Ngày của bản điện tử")
    letterhead: Letterhead = _field("Phần đầu văn bản")
    period: Period = _field("Thời kỳ")
    phases: tuple[Phase, ...] = _field("Các giai đoạn", default=())
    preamble: tuple[Paragraph, ...] = _field("Phần mở đầu", default=())
    sections: tuple[Line, ...] = _field("Các tệp mục, theo thứ tự", min_length=1)
    gaps: tuple[Gap, ...] = _field("Số mục bị thiếu", default=())
    recipients: Recipients = _field("Nơi nhận")
    signature: SignatureBlock = _field("Chữ ký")
    unknowns: tuple[Unknown, ...] = _field("Điều chưa biết", default=())
    findings: tuple[EditorFinding, ...] = _field(
        "Người biên tập thấy khi rà soát", "Chỉ ghi điều mà không quy tắc nào tự tìm được", default=()
    )


class Dropped(Remark):
    """Dirt of the received text that is not part of the plan."""

    line: Integer = _field("Dòng")
    text: Line = _field("Chữ bị bỏ")
    reason: Line = _field("Lý do")


class Join(Remark):
    """A paragraph that a page break had split."""

    lines: tuple[Integer, ...] = _field("Các dòng")
    reason: Line = _field("Lý do")


class Addition(Remark):
    """Words of the regenerated form that the received text does not have."""

    text: Line = _field("Chữ thêm")
    where: Line = _field("Ở đâu")
    reason: Line = _field("Lý do")


class Anomaly(Remark):
    """Something odd about the received text, and how it is read."""

    id: Line = _field("Mã")
    line: Line = _field("Dòng")
    as_issued: Annotated[Line, QUOTED] = _field("Như bản nhận được")
    reading: Annotated[Line, QUOTED] = _field("Cách đọc")
    kind: Line = _field("Loại")
    confidence: Line | None = _field("Độ tin cậy", default=None)
    note: Line | None = _field("Ghi chú", default=None)


class Received(Record):
    """The text as received."""

    file: Line = _field("Tệp")
    sha256: Line = _field("SHA-256")


class SourceNotes(Record):
    """The file source.yml: how the received text became data."""

    received: Received = _field("Bản nhận được")
    dropped: tuple[Dropped, ...] = _field("Chữ bị bỏ", default=())
    joins: tuple[Join, ...] = _field("Đoạn được nối", default=())
    additions: tuple[Addition, ...] = _field("Chữ thêm", default=())
    anomalies: tuple[Anomaly, ...] = _field("Điểm bất thường", default=())


class AgencyFile(Record):
    """The file agencies.yml."""

    agencies: tuple[Agency, ...] = _field("Các cơ quan", min_length=1)


class GroupFile(Record):
    """The file groups.yml."""

    groups: tuple[Group, ...] = _field("Các nhóm")


class TargetFile(Record):
    """The file targets.yml."""

    targets: tuple[Target, ...] = _field("Các chỉ tiêu")


class DeadlineFile(Record):
    """The file deadlines.yml."""

    deadlines: tuple[Deadline, ...] = _field("Các thời hạn")
    office: OfficeSetting | None = _field("Do cơ quan đặt", default=None)


class InstrumentFile(Record):
    """The file instruments.yml."""

    instruments: tuple[Instrument, ...] = _field("Các văn bản")


class PlaceFile(Record):
    """The file places.yml."""

    places: tuple[Place, ...] = _field("Các địa bàn")
