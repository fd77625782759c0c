"""The frozen types of the awareness materials: topics, channels, audiences and the settings of the loudspeaker. No I/O.

Field names are the keys of the YAML, as in model.py; a length that the forms cannot bear is refused here.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from generator.model.scalars import Date, Id, Integer, Line, MaybeDate
from generator.model.types import PROVISION, Audience, Provenance, Record, Ref

MESSAGE_LENGTH = 140
SHARE_LENGTH = 300
DRAFT_MARK = "[Bản soạn thảo] "  # before the text to share, where the whole line would leave no room
TITLE_LENGTH = 60
PHRASE_LENGTH = 90  # a line of a list, on the page and on the leaflet
CALL_LENGTH = 40  # the poster's headline, read at a walk
NAME_LENGTH = 45  # a place or its office, on one line of a leaflet with the telephone
DOOR_LENGTH = 30  # two lines below a small picture on a phone
_PICTURE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.svg")
_SEAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{8})*")
_PHONE = re.compile(r"\+?[0-9]{3,15}")


def _field(title: str, description: str = "", **more: Any) -> Any:
    return Field(title=title, description=description or title, **more)


def _limit(length: int) -> Any:
    def check(text: str) -> str:
        if len(text) > length:
            over = {"limit": length, "length": len(text), "over": round((len(text) / length - 1) * 100)}
            raise PydanticCustomError("too-long", "dài {length} ký tự, quá {limit} ký tự ({over} %)", over)
        return text

    return AfterValidator(check)


def _pattern(pattern: re.Pattern[str], message: str) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise PydanticCustomError("bad-value", "{message}", {"message": message})
        return str(value)

    return BeforeValidator(check)


Picture = Annotated[
    str,
    _pattern(_PICTURE, "tên hình phải như 'ten-hinh.svg', nằm trong content/tuyen-truyen/hinh"),
    WithJsonSchema({"type": "string", "pattern": f"^{_PICTURE.pattern}$"}),
]
Seal = Annotated[
    str,
    _pattern(_SEAL, "dấu kiểm do lệnh 'kehoach approve' ghi, không gõ tay"),
    WithJsonSchema({"type": "string", "pattern": f"^{_SEAL.pattern}$"}),
]
Lines = tuple[Line, ...]
Phrase = Annotated[Line, _limit(PHRASE_LENGTH)]
Door = Annotated[Line, _limit(DOOR_LENGTH)]
Call = Annotated[Line, _limit(CALL_LENGTH)]
ShortName = Annotated[Line, _limit(NAME_LENGTH)]


class Channel(Record):
    """A place or number where people report; one that no office has confirmed says so wherever it is shown."""

    id: Id = _field("Mã")
    name: Line = _field("Tên")
    kind: Literal["phone", "office", "app", "web"] = _field("Loại")
    value: Line = _field("Số, địa chỉ hoặc đường vào")
    note: Line | None = _field("Ghi chú", default=None)
    when: Line = _field("Khi nào dùng")
    source: Line = _field("Nguồn", "Đọc được ở đâu, hoặc cơ quan nào xác nhận")
    confirmed_on: MaybeDate = _field("Ngày cơ quan xác nhận", "unknown: cần xác nhận")
    confidence: Literal["certain", "high", "medium", "low"] = _field("Độ tin cậy")

    @model_validator(mode="after")
    def _phone_is_a_number(self) -> Channel:
        if self.kind == "phone" and not _PHONE.fullmatch(self.value):
            raise PydanticCustomError("bad-phone", "'{value}' không phải số điện thoại", {"value": self.value[:40]})
        return self


class Locality(Record):
    """A commune, ward or village that hands out its own papers: who issues them, whom to call, where to go.

    A telephone that its office has not confirmed is not printed: a line to write on stands in its place.
    """

    id: Id = _field("Mã")
    name: ShortName = _field("Tên nơi", "Viết thường: xã …, phường …")
    office: ShortName = _field("Đơn vị phát hành")
    phone: Line | None = _field("Số trực ban", default=None)
    address: Phrase | None = _field("Đến đâu", default=None)
    source: Line = _field("Nguồn", "Đọc được ở đâu, hoặc cơ quan nào xác nhận")
    confirmed_on: MaybeDate = _field("Ngày đơn vị xác nhận", "unknown: cần xác nhận")

    @model_validator(mode="after")
    def _phone_is_a_number(self) -> Locality:
        if self.phone is not None and not _PHONE.fullmatch(re.sub(r"[ .]", "", self.phone)):
            raise PydanticCustomError("bad-phone", "'{value}' không phải số điện thoại", {"value": self.phone[:40]})
        return self


class AudienceGroup(Record):
    """The readers a topic is written for; each group has a page that gathers its topics."""

    id: Id = _field("Mã")
    name: Line = _field("Tên")
    intro: Line = _field("Lời dẫn")


class Abbreviation(Record):
    """How a number or an abbreviation is said."""

    written: Line = _field("Viết")
    spoken: Line = _field("Đọc")


class Dialogue(Record):
    """What the first of two readers says between a topic's own words, which the second reads."""

    opening: Line = _field("Lời mở đầu")
    story: Line = _field("Câu dẫn vào chuyện")
    signs: Line = _field("Câu hỏi về dấu hiệu")
    do: Line = _field("Câu hỏi về việc nên làm")
    dont: Line = _field("Câu hỏi về việc không nên làm")
    happened: Line = _field("Câu hỏi về lúc lỡ xảy ra")
    repeat: Line = _field("Lời nhắc lại")


class Speech(Record):
    """The file speech.yml: what the commune's loudspeaker adds to each topic, and how fast it is read."""

    pace_words_per_minute: Integer = _field("Số tiếng mỗi phút")
    pause_milliseconds: Integer = _field("Nghỉ sau mỗi câu", "Phần nghìn giây, từ 0 đến 3000", default=600)
    accent: Literal["bac", "nam"] = _field("Giọng", "bac: linh, nghìn; nam: lẻ, ngàn", default="bac")
    station: Line | None = _field("Lời xướng của đài", "{place} là chỗ ghi tên nơi phát", default=None)
    greeting: Line = _field("Lời chào")
    closing: Line = _field("Lời kết")
    dialogue: Dialogue | None = _field("Bài hai người đọc", default=None)
    abbreviations: tuple[Abbreviation, ...] = _field("Cách đọc số và chữ viết tắt", default=())
    provenance: Provenance | None = _field("Nguồn", default=None)

    @model_validator(mode="after")
    def _pace_is_human(self) -> Speech:
        if not 60 <= self.pace_words_per_minute <= 260:
            raise PydanticCustomError("bad-pace", "tốc độ đọc phải từ 60 đến 260 tiếng mỗi phút")
        if not 0 <= self.pause_milliseconds <= 3000:
            raise PydanticCustomError("bad-pace", "nghỉ sau mỗi câu phải từ 0 đến 3000 phần nghìn giây")
        return self


class Seals(Record):
    """Checksums of what a review rests on, written by `kehoach approve`: one for each aspect, joined by hyphens.

    Those that an older program wrote have neither `picture` nor `speech`: they seal other bytes, and are void.
    """

    text: Seal = _field("Bài viết")
    picture: Seal | None = _field("Hình vẽ", default=None)
    speech: Seal | None = _field("Lời của loa", default=None)
    clauses: dict[Id, Seal] = _field("Điều khoản", default_factory=dict)
    instruments: dict[Id, Seal] = _field("Văn bản", default_factory=dict)
    channels: dict[Id, Seal] = _field("Nơi báo tin", default_factory=dict)


class Review(Record):
    """Whether an office has approved a topic, who and when."""

    status: Literal["draft", "approved"] = _field("Trạng thái")
    by: Line | None = _field("Ai duyệt", "Cơ quan và người duyệt, đúng như văn bản trả lời", default=None)
    on: Date | None = _field("Ngày duyệt", default=None)
    seals: Seals | None = _field("Dấu kiểm", "Do lệnh 'kehoach approve' ghi", default=None)

    @model_validator(mode="after")
    def _approval_is_signed(self) -> Review:
        if self.status == "approved" and (self.by is None or self.on is None):
            raise PydanticCustomError("unsigned-approval", "đã duyệt thì phải ghi 'by' (ai duyệt) và 'on' (ngày duyệt)")
        return self


class Short(Record):
    """The few words of the poster, to be read at three metres."""

    call: Call = _field("Lời kêu gọi trên áp phích")
    signs: Annotated[Lines, Field(min_length=1, max_length=3)] = _field("Dấu hiệu, thật ngắn")
    do: Annotated[Lines, Field(min_length=1, max_length=2)] = _field("Việc nên làm, thật ngắn")
    dont: Annotated[Lines, Field(min_length=1, max_length=2)] = _field("Việc không nên làm, thật ngắn")


class Labels(Record):
    """The headings of a topic's lists, where the common ones would say something else than is meant."""

    signs: Phrase = _field("Đầu đề của dấu hiệu", default="Dấu hiệu nhận biết")
    do: Phrase = _field("Đầu đề của việc nên làm", default="Nên làm")
    dont: Phrase = _field("Đầu đề của việc không nên làm", default="Không nên làm")
    happened: Phrase = _field("Đầu đề của việc phải làm khi đã lỡ", default="Lỡ xảy ra rồi thì làm gì")
    report: Phrase = _field("Đầu đề của nơi báo tin", default="Báo ở đâu")


class Topic(Record):
    """The front matter of a topic: everything that its forms are made from, but for the article."""

    title: Annotated[Line, _limit(TITLE_LENGTH)] = _field("Tên chủ đề")
    message: Annotated[Line, _limit(MESSAGE_LENGTH)] = _field("Một câu bà con cần nhớ")
    aliases: tuple[Line, ...] = _field("Bà con hay gọi", "Chữ mà người hỏi hay dùng, để tìm là thấy", default=())
    door: Door | None = _field("Lời trên lối vào ở trang đầu", "Chuyện bà con gặp, như bà con nói", default=None)
    audience: Audience = _field("Người đọc", "internal: không bao giờ có trong bản công khai", default="public")
    audiences: Annotated[tuple[Id, ...], Ref("audience")] = _field("Viết cho ai", min_length=1)
    clauses: Annotated[tuple[Id, ...], PROVISION] = _field("Thực hiện điều khoản nào", min_length=1)
    instruments: Annotated[tuple[Id, ...], Ref("instrument")] = _field("Điều luật, văn bản dựa vào", default=())
    signs: tuple[Phrase, ...] = _field("Dấu hiệu nhận biết", min_length=1, max_length=6)
    do: tuple[Phrase, ...] = _field("Nên làm", min_length=1, max_length=6)
    dont: tuple[Phrase, ...] = _field("Không nên làm", min_length=1, max_length=6)
    happened: tuple[Phrase, ...] = _field("Lỡ xảy ra rồi thì làm gì", min_length=1, max_length=6)
    channels: Annotated[tuple[Id, ...], Ref("channel")] = _field("Báo ở đâu", default=())
    labels: Labels = _field("Đầu đề của các phần", "Khi đầu đề chung không hợp với chủ đề", default=Labels())
    colour: Literal["do", "nau", "tim", "xanh"] = _field("Màu của tài liệu", "đỏ, nâu, tím, xanh lá", default="do")
    picture: Picture = _field("Hình vẽ", "Tệp trong content/tuyen-truyen/hinh")
    picture_alt: Line = _field("Lời tả hình")
    share: Annotated[Line, _limit(SHARE_LENGTH)] = _field("Lời gửi qua Zalo")
    script: Lines = _field("Các câu đọc trên loa", min_length=1)
    closing: Line | None = _field("Lời kết trên loa", "Thay lời kết chung trong speech.yml", default=None)
    short: Short = _field("Chữ của áp phích")
    review: Review = _field("Duyệt")


class LocalFile(Record):
    """The file local.yml."""

    localities: tuple[Locality, ...] = _field("Các nơi")


class ChannelFile(Record):
    """The file channels.yml."""

    channels: tuple[Channel, ...] = _field("Nơi báo tin")


class AudienceFile(Record):
    """The file audiences.yml."""

    audiences: tuple[AudienceGroup, ...] = _field("Người đọc")
