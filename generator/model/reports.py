"""What an agency reported of its duties, as it stood in the form that came back: one record a form. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Literal

from generator.model.scalars import Id, Line, MaybeDate, MaybeLine, Number, Passage
from generator.model.types import Record, Ref, _field

ReportKind = Literal["periodic", "review", "summary", "at-once"]

FORMAT = "1"  # of the forms: what their fields are called and mean
PROPERTY = "kehoach-"  # what the names of the properties begin with in which a form says what it is
BEFORE = "(đã báo cáo kỳ trước: "  # what the line begins with that stands over what was reported last
FIELD = f"{PROPERTY}field-"  # and of those that name its fields: `tag|label|hint`


@dataclass(frozen=True)
class FormIdentity:
    """What a form says of itself, in custom properties of its file.

    `edition` is the plan's (ISO 8601), `asks` the digest of what the form asks, `period` the one it is for if it can be
    for no other, `prefilled` the one whose report it was filled with. All are text; what does not apply is empty.
    """

    plan: str
    edition: str
    form: str
    kind: str
    asks: str
    period: str = ""
    prefilled: str = ""
    format: str = FORMAT

    def properties(self) -> Iterator[tuple[str, str]]:
        """The names and values of the properties that are not empty."""
        for part in fields(self):
            if value := getattr(self, part.name):
                yield f"{PROPERTY}{part.name}", value


class ReceivedForm(Record):
    """The file from which a record was read."""

    file: Line = _field("Tệp")
    sha256: Line = _field("SHA-256")


class DutyResult(Record):
    """What was reported of one duty; no text means that nothing was reported."""

    duty: Annotated[Id, Ref("statement")] = _field("Nhiệm vụ")
    text: Passage | None = _field("Kết quả", "Đúng như ghi trong mẫu; bỏ trống là không báo cáo", default=None)


class TargetFigure(Record):
    """What was reported of one target: the words as typed, and the number if they are one."""

    target: Annotated[Id, Ref("target")] = _field("Chỉ tiêu")
    text: Passage | None = _field("Như ghi trong mẫu", default=None)
    value: Number | None = _field("Số", "Chỉ khi chữ trong mẫu là một số", default=None)


class Report(Record):
    """The file reports/<period>/<form>.yml: a form that came back."""

    form: Line = _field("Mẫu", "Mã mẫu báo cáo, như so-tu-phap")
    agency: Annotated[Id, Ref("agency")] = _field("Cơ quan báo cáo")
    kind: ReportKind = _field("Loại báo cáo", "periodic định kỳ, review sơ kết, summary tổng kết, at-once đột xuất")
    period: Line = _field("Kỳ", "2018-Q3, 2018-H1, 2018-07, 2018; đột xuất: ngày 2018-07-15")
    received: ReceivedForm = _field("Bản nhận được")
    number: MaybeLine = _field("Số, ký hiệu")
    date: MaybeDate = _field("Ngày báo cáo")
    event: Passage | None = _field("Sự việc", "Chỉ ở báo cáo đột xuất", default=None)
    results: tuple[DutyResult, ...] = _field("Kết quả nhiệm vụ", default=())
    figures: tuple[TargetFigure, ...] = _field("Số liệu chỉ tiêu", default=())
    difficulties: Passage | None = _field("Khó khăn, vướng mắc", default=None)
    plans: Passage | None = _field("Phương hướng kỳ sau", default=None)
    proposals: Passage | None = _field("Đề xuất, kiến nghị", default=None)
    signatory: Line | None = _field("Người ký", default=None)
