"""The options that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click


class Day(click.ParamType[dt.date]):
    """A day as 2026-12-31 or 31/12/2026."""

    name = "ngày"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return dt.datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(f"'{value}' không phải ngày có thật (viết như 2026-12-31)", param, ctx)


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("data"),
    metavar="THƯ_MỤC",
    help="Thư mục dữ liệu (mặc định: data).",
)
CONTENT = click.option(
    "--content",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục bài viết (mặc định: content, bên cạnh thư mục dữ liệu).",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    metavar="THƯ_MỤC",
    help="Thư mục kết quả (mặc định: build).",
)
AUDIENCE = click.option(
    "--audience",
    type=click.Choice(["public", "internal"]),
    default="public",
    metavar="AI",
    help="Cho ai: public (mặc định) hoặc internal.",
)
APPROVED_ONLY = click.option("--approved-only", is_flag=True, help="Chỉ đưa ra chủ đề tuyên truyền đã duyệt.")
AT = click.option("--at", metavar="PHIÊN_BẢN", help="Như lúc chốt phiên bản này (mặc định: dữ liệu hiện nay).")
TODAY = click.option(
    "--today",
    type=Day(),
    metavar="NGÀY",
    help="Xem như hôm nay là ngày này: việc nào sắp đến hạn, kế hoạch đã hết chưa.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho máy đọc.")
STRICT = click.option("--strict", is_flag=True, help="Coi cảnh báo là lỗi.")


def content_of(data: Path, content: Path | None) -> Path:
    """The content folder: the one named, or the one beside the data, for a plan's texts belong to the plan."""
    return content if content is not None else data.parent / "content"
