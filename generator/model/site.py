"""The frozen type of an office's own settings: where its site stands, what it is called and how it looks."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.scalars import Line
from generator.model.types import Audience, Record
from generator.words.colour import contrast

PLACEHOLDER = "https://ke-hoach.example/"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]{0,100})?")  # short: it is printed
_EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_COLOUR = re.compile("#[0-9a-f]{6}")
_CONTRAST = 4.5  # of text to what it stands on (WCAG 2.2, 1.4.3, AA)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def _address(value: Any) -> str:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value) or not urlsplit(value).hostname:
        message = "địa chỉ của trang phải ngắn và như https://…/: mã QR và đường dẫn chia sẻ cần nó"
        raise PydanticCustomError("bad-address", "{message}", {"message": message})
    return value


def _host(value: Any) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value):
        message = "'{host}' không phải tên máy chủ, như vanban.chinhphu.vn"
        raise PydanticCustomError("bad-host", message, {"host": str(value)[:80]})
    return value


def _email(value: Any) -> str:
    if not isinstance(value, str) or not _EMAIL.fullmatch(value):
        message = "'{email}' không phải hộp thư, như bao-loi@co-quan.gov.vn"
        raise PydanticCustomError("bad-email", message, {"email": str(value)[:80]})
    return value


def _like(pattern: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$"})


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        message = 'màu viết trong ngoặc kép như "#17406d"'
        raise PydanticCustomError("bad-colour", "{message}", {"message": message})
    if (ratio := contrast(value, "#ffffff")) < _CONTRAST:
        message = f"màu {value} quá nhạt: chữ trắng trên nền này chỉ tương phản {ratio:.1f} : 1, cần {_CONTRAST} : 1"
        raise PydanticCustomError("pale-colour", "{message}", {"message": message})
    return value


Address = Annotated[str, BeforeValidator(_address), _like(_ADDRESS)]
Host = Annotated[str, BeforeValidator(_host), _like(_HOST)]

Email = Annotated[str, BeforeValidator(_email), _like(_EMAIL)]
Colour = Annotated[str, BeforeValidator(_colour), _like(_COLOUR)]


class Colours(Record):
    """The site's two colours; what they are at night is derived."""

    brand: Colour = Field("#17406d", title="Màu chính", description="Nền đầu trang, nút bấm")
    accent: Colour = Field("#b3261e", title="Màu nhấn", description="Vạch, lời nhắc")


class Publisher(Record):
    """Who answers for the site; what nobody has said is said to be unknown."""

    name: Line | None = Field(None, title="Cơ quan quản lý trang", description="Mặc định: cơ quan ban hành kế hoạch")
    address: Line | None = Field(None, title="Địa chỉ cơ quan")
    phone: Line | None = Field(None, title="Điện thoại", description="Viết như để đọc, như 0123 456 789")
    email: Email | None = Field(None, title="Hộp thư", description="Nhận thư báo lỗi; có thì mọi trang có nút Báo lỗi")


class SiteSettings(Record):
    """The file site.yml. Without it the address is a placeholder, and the name the plan's short title."""

    address: Address = Field(
        PLACEHOLDER, title="Địa chỉ của trang", description="Có trong mã QR, lời chia sẻ; dưới .example là địa chỉ mẫu"
    )
    name: Line | None = Field(None, title="Tên của trang", description="Mặc định: tên ngắn của kế hoạch")
    publisher: Publisher = Field(Publisher(), title="Ai quản lý trang", description="Hiện ở cuối mọi trang")
    colours: Colours = Field(Colours(), title="Màu của trang")
    link_hosts: tuple[Host, ...] = Field(
        (), title="Nơi được dẫn liên kết tới", description="Tên máy chủ, như vanban.chinhphu.vn; không tải gì từ đó"
    )
    reports: Audience = Field(
        "internal",
        title="Ai xem được tiến độ",
        description="public: báo cáo của các cơ quan có cả trong bản công khai; internal: chỉ trong bản nội bộ",
    )
