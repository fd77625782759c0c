"""The frozen type of a version of a plan: what it was issued by, and which version it follows."""

from __future__ import annotations

from generator.model.scalars import Id, Line, MaybeDate, MaybeLine, Note
from generator.model.types import Record, _field


class Revision(Record):
    """The file revision.yml: a version of the plan. What nobody knows is `unknown`.

    In data/ it describes the version that is being prepared, in data/revisions/<id>/ one that was issued and is frozen.
    """

    id: Id = _field("Mã phiên bản", "Như 2017, sua-doi-2025; đặt một lần, không dùng lại")
    follows: Id | None = _field("Sau phiên bản", "Do lệnh kehoach revise ghi", default=None)
    follows_seal: Line | None = _field("Dấu niêm của phiên bản trước", "Do lệnh kehoach revise ghi", default=None)
    number: MaybeLine = _field("Số, ký hiệu của văn bản ban hành", default=None)
    date: MaybeDate = _field("Ngày ban hành", default=None)
    decision: MaybeLine = _field("Văn bản ban hành", "Như Quyết định số 12/QĐ-UBND", default=None)
    effective: MaybeDate = _field("Có hiệu lực từ ngày", default=None)
    summary: Line = _field("Tóm tắt", "Một câu: sửa gì, vì sao")
    author: Line | None = _field("Người soạn", "Ghi ở dấu sửa trong Word; mặc định: cơ quan ban hành", default=None)
    grounds: tuple[Line, ...] = _field("Căn cứ", "Mỗi căn cứ của quyết định một dòng", default=())
    contact: Line | None = _field("Hỏi ai", "Nơi giải đáp, ghi trong thông báo gửi cơ quan", default=None)
    note: Note | None = _field("Ghi chú", default=None)
