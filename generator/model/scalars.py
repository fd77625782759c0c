"""The scalar types of the model: strict, converted from the strings that stand in a file, with Vietnamese messages.

A number, date or true/false must stand unquoted; text may stand as it likes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.words.links import Text, TextSyntaxError, parse_text

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_PATTERN = f"^{_ID.pattern}$"
# Windows keeps these names for devices; a file called so cannot be copied there.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_ID_LENGTH = 100  # ids become names of files, which hold 255 bytes, and folders stand before them
UNKNOWN = "unknown"
_READERS = ("public", "internal")


def is_id(text: str) -> bool:
    """True for an id, which can also name a file on any machine."""
    return bool(_ID.fullmatch(text)) and len(text) <= _ID_LENGTH and not _RESERVED.fullmatch(text)


def _scalar(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "ở đây phải là {what}", {"what": what})
    return str(value)


def _unquoted(value: Any, what: str) -> str:
    text = _scalar(value, what)
    if type(value) is not str:  # source.Quoted: stood in quotes or in a block
        raise PydanticCustomError("quoted-value", "ở đây phải là {what}, không đặt trong ngoặc kép", {"what": what})
    return text


def _line(value: Any) -> str:
    text = _scalar(value, "một dòng chữ")
    if not text.strip() or "\n" in text:
        raise PydanticCustomError("wrong-type", "ở đây phải là một dòng chữ, không trống")
    return text


def _id(value: Any) -> str:
    text = _scalar(value, "một mã")
    if not is_id(text):
        reason = "chỉ chữ thường a-z, số và dấu -"
        if _ID.fullmatch(text):
            reason = f"dài quá {_ID_LENGTH} ký tự" if len(text) > _ID_LENGTH else "Windows giữ tên này cho thiết bị"
        raise PydanticCustomError("bad-id", "mã '{id}' không hợp lệ: {reason}", {"id": text[:80], "reason": reason})
    return text


def _integer(value: Any) -> int:
    text = _unquoted(value, "một số nguyên")
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        raise PydanticCustomError("bad-number", "'{text}' không phải số nguyên", {"text": text[:80]})
    return int(text)


def _between(low: int, high: int, what: str) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        number = _integer(value)
        if not low <= number <= high:
            context = {"what": what, "low": low, "high": high, "number": number}
            raise PydanticCustomError("out-of-range", "{what} phải từ {low} đến {high}, không phải {number}", context)
        return number

    return check


def _bounded(low: int, high: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": low, "maximum": high})


def _number(value: Any) -> Decimal:
    text = _unquoted(value, "một số")
    if not re.fullmatch(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", text):
        raise PydanticCustomError("bad-number", "'{text}' không phải số (viết như 3 hay 2.5)", {"text": text[:80]})
    return Decimal(text)


def _boolean(value: Any) -> bool:
    text = _unquoted(value, "true hoặc false")
    if text not in ("true", "false"):
        raise PydanticCustomError("bad-boolean", "'{text}' không phải true hay false", {"text": text[:80]})
    return text == "true"


def _date(value: Any) -> dt.date:
    text = _unquoted(value, "một ngày (năm-tháng-ngày)")
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(
            "bad-date", "'{text}' không phải ngày có thật (viết như 2017-11-14)", {"text": text[:80]}
        ) from None


def _unknown_or_date(value: Any) -> dt.date | None:
    return None if value == UNKNOWN else _date(value)


def _unknown_or_line(value: Any) -> str | None:
    return None if value == UNKNOWN else _line(value)


_UNKNOWN_SCHEMA = {"const": UNKNOWN, "title": "chưa biết"}

Line = Annotated[str, BeforeValidator(_line), WithJsonSchema({"type": "string", "minLength": 1})]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
Integer = Annotated[int, BeforeValidator(_integer), WithJsonSchema({"type": "integer", "minimum": 0})]
Year = Annotated[int, BeforeValidator(_between(1945, 2100, "một năm")), _bounded(1945, 2100)]
Month = Annotated[int, BeforeValidator(_between(1, 12, "một tháng")), _bounded(1, 12)]
Day = Annotated[int, BeforeValidator(_between(1, 31, "một ngày")), _bounded(1, 31)]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]
Boolean = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": "boolean"})]
Date = Annotated[dt.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
MaybeDate = Annotated[
    dt.date | None,
    BeforeValidator(_unknown_or_date),
    WithJsonSchema({"anyOf": [_UNKNOWN_SCHEMA, {"type": "string", "format": "date"}]}),
]
MaybeLine = Annotated[
    str | None, BeforeValidator(_unknown_or_line), WithJsonSchema({"anyOf": [_UNKNOWN_SCHEMA, {"type": "string"}]})
]


class Note(str):
    """An editor's note: what it says, and for whom. In a file a bare text, or `text` and `audience`."""

    audience: str

    def __new__(cls, text: str, audience: str = "public") -> Note:
        note = super().__new__(cls, text)
        note.audience = audience
        return note

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_note)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        text = {"type": "string", "minLength": 1}
        parts = {"text": text, "audience": {"enum": list(_READERS)}}
        marked = {"type": "object", "properties": parts, "required": ["text"], "additionalProperties": False}
        return {"anyOf": [text, marked]}


class Passage(Note):
    """A note of as many lines as it has: what somebody wrote to the office."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_passage)


class LinkedText(Text):
    """A `Text` as a field of the model: parsed when the field is read."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_linked_text)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1}


def _linked_text(value: Any) -> LinkedText:
    if isinstance(value, LinkedText):
        return value
    text = _scalar(value, "một đoạn chữ")
    if not text.strip():
        raise PydanticCustomError("wrong-type", "đoạn chữ không được trống")
    try:
        return LinkedText(parse_text(text).nodes)
    except TextSyntaxError as error:
        context = {"reason": str(error), "excerpt": error.excerpt}
        raise PydanticCustomError("link-syntax", "{reason}", context) from None


def _lines(value: Any) -> str:
    text = _scalar(value, "một đoạn chữ")
    if not text.strip():
        raise PydanticCustomError("wrong-type", "đoạn chữ không được trống")
    return text


def _passage(value: Any) -> Passage:
    if isinstance(value, Passage):
        return value
    note = _marked(value, _lines)
    return Passage(note, note.audience)


def _note(value: Any) -> Note:
    return value if isinstance(value, Note) else _marked(value, _line)


def _marked(value: Any, said: Callable[[Any], str]) -> Note:
    """A note of a bare text, or of a text and for whom it is; `said` reads the text."""
    if not isinstance(value, dict):
        return Note(said(value))
    if unknown := next((key for key in value if key not in ("text", "audience")), None):
        raise PydanticCustomError("bad-note", "ghi chú chỉ có 'text' và 'audience', không có '{key}'", {"key": unknown})
    audience = value.get("audience", "public")
    if audience not in _READERS:
        raise PydanticCustomError("bad-note", "'audience' của ghi chú chỉ là public hoặc internal")
    return Note(said(value.get("text")), audience)
