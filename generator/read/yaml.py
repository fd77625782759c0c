"""YAML text → plain data (dict, list, str, None) and a table path → Span.

Every scalar stays the string that stands in the file; the model converts. Aliases, anchors, tags, merge keys,
duplicate keys, several documents and characters that no document may hold are errors.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.diagnostics import DataError, Diagnostic, Span

Path = tuple[str | int, ...]
_MAX_DEPTH = 60  # sections nest about 12 deep
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_KEPT_CONTROLS = frozenset("\n\t")


class Quoted(str):
    """A scalar that stood in quotes or in a block: text, never a number or a date."""

    __slots__ = ()


@dataclass
class Document:
    """One file's data with the places of its values and keys."""

    file: str
    data: Any = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    def span(self, path: Path) -> Span:
        """Where the value at `path` stands, or the nearest thing around it."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, Span(self.file))

    def key_span(self, path: Path) -> Span:
        """Where the key of `path` stands, or its value."""
        return self.keys.get(path) or self.span(path)

    def find(self, path: Path, excerpt: str) -> Span:
        """Where `excerpt` stands inside the scalar at `path`; the scalar's start when it is folded across lines."""
        start = self.span(path)
        for number in range(start.line, min(start.line + 60, len(self.lines) + 1)):
            column = self.lines[number - 1].find(excerpt, start.column - 1 if number == start.line else 0)
            if column >= 0:
                return Span(self.file, number, column + 1)
        return start


def read_text(file: str, raw: bytes) -> str:
    """Decode a source file: UTF-8, BOM and CRLF accepted, NFC, no control or bidi characters. Raises DataError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise _fail(
            _position(file, before), "invalid-utf8", "tệp không phải UTF-8", "lưu lại tệp với mã UTF-8"
        ) from None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    bad = [(i, c) for i, c in enumerate(text) if is_forbidden(c)]
    if bad:
        raise DataError(_forbidden(_position(file, text[:i]), c) for i, c in bad[:20])
    return text


def is_forbidden(character: str) -> bool:
    """True for NUL, controls, bidi and zero-width marks, variation selectors, separators, surrogates, private use."""
    if character in _KEPT_CONTROLS or (character.isascii() and character.isprintable()):
        return False
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def read_yaml(file: str, raw: bytes, line_offset: int = 0) -> Document:
    """Read one YAML document; `line_offset` shifts lines for front matter. Raises DataError with all that is wrong."""
    text = read_text(file, raw)
    builder = _Builder(Document(file, lines=("",) * line_offset + tuple(text.split("\n"))), line_offset)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = builder.span(mark) if mark else Span(file)
        builder.errors.append(Diagnostic(span, "yaml-syntax", _explain(error, builder.document, span)))
    except yaml.YAMLError:
        builder.error(Span(file), "yaml-syntax", "không đọc được YAML trong tệp này")
    if not builder.errors and builder.documents == 0:
        builder.error(Span(file), "empty-file", "tệp trống, không có dữ liệu")
    if builder.errors:
        raise DataError(builder.errors)
    return builder.document


class _Builder:
    """Builds data from the parser's events, without recursion, so that deep nesting is an error and not a crash."""

    def __init__(self, document: Document, line_offset: int) -> None:
        self.document = document
        self.errors: list[Diagnostic] = []
        self.documents = 0
        self._offset = line_offset
        self._stack: list[tuple[Path, dict[str, Any] | list[Any]]] = []
        self._key: list[str | None] = []

    def span(self, mark: Any) -> Span:
        return Span(self.document.file, mark.line + 1 + self._offset, mark.column + 1)

    def error(self, span: Span, code: str, message: str, hint: str | None = None) -> None:
        self.errors.append(Diagnostic(span, code, message, hint))

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.error(self.span(event.start_mark), "second-document", "tệp có hai tài liệu YAML (dấu ---)")
        elif isinstance(event, yaml.AliasEvent):
            self.error(self.span(event.start_mark), "yaml-alias", f"không dùng bí danh YAML (*{event.anchor})")
            self._place(None, self.span(event.start_mark))
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
            self._key.pop()

    def _node(self, event: yaml.NodeEvent) -> None:
        span = self.span(event.start_mark)
        if event.anchor is not None:
            self.error(span, "yaml-anchor", f"không dùng neo YAML (&{event.anchor})")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self.error(span, "yaml-tag", f"không dùng thẻ YAML ({tag})")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, span)
            return
        container: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(container, span)
        if len(self._stack) == _MAX_DEPTH:
            self.error(span, "too-deep", f"dữ liệu lồng nhau quá {_MAX_DEPTH} tầng")
            raise DataError(self.errors)
        self._stack.append((path, container))
        self._key.append(None)

    def _scalar(self, event: yaml.ScalarEvent, span: Span) -> None:
        value = event.value
        for character in value:
            if is_forbidden(character):
                self.errors.append(_forbidden(span, character))
                break
        value = unicodedata.normalize("NFC", value)
        plain = not event.style
        inside_mapping = bool(self._stack) and isinstance(self._stack[-1][1], dict)
        if inside_mapping and self._key[-1] is None:
            self._take_key(value, span)
        else:
            self._place((None if value in _NULLS else value) if plain else Quoted(value.rstrip("\n")), span)

    def _take_key(self, key: str, span: Span) -> None:
        path, container = self._stack[-1]
        assert isinstance(container, dict)
        if key == "<<":
            self.error(span, "yaml-merge", "không dùng khóa gộp YAML (<<)")
        elif key in container:
            first = self.document.keys[(*path, key)]
            self.error(span, "duplicate-key", f"khóa '{key}' đã có ở dòng {first.line}")
        else:
            self.document.keys[(*path, key)] = span
        self._key[-1] = key

    def _place(self, value: Any, span: Span) -> Path:
        if not self._stack:
            if self.documents <= 1:
                self.document.data = value
                self.document.values[()] = span
            return ()
        path, container = self._stack[-1]
        if isinstance(container, list):
            here: Path = (*path, len(container))
            container.append(value)
        else:
            key = self._key[-1]
            if key is None:
                self.error(span, "yaml-key", "khóa phải là một từ, không phải danh sách hay bảng")
                self._key[-1] = ""
                return path
            here = (*path, key)
            container.setdefault(key, value)
            self._key[-1] = None
        self.document.values.setdefault(here, span)
        return here


def _fail(span: Span, code: str, message: str, hint: str | None = None) -> DataError:
    return DataError([Diagnostic(span, code, message, hint)])


def _position(file: str, before: str) -> Span:
    return Span(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _forbidden(span: Span, character: str) -> Diagnostic:
    name = f"U+{ord(character):04X}"
    return Diagnostic(
        span, "control-character", f"ký tự ẩn {name} không được có trong dữ liệu", "xóa ký tự này và gõ lại"
    )


def _explain(error: yaml.MarkedYAMLError, document: Document, span: Span) -> str:
    line = document.lines[span.line - 1] if span.line <= len(document.lines) else ""
    if "\t" in line[: span.column]:
        return "dùng phím Tab để thụt dòng; YAML chỉ nhận dấu cách"
    problem = (error.problem or "").lower()
    if "mapping values" in problem:
        return "dấu hai chấm ở chỗ không hợp lệ; nếu là chữ, đặt cả câu trong ngoặc kép"
    if "did not find expected" in problem or "could not find expected" in problem or "expected" in problem:
        return "sai cấu trúc YAML ở đây: kiểm tra thụt dòng, dấu ngoặc và dấu hai chấm"
    if "unexpected end" in problem or "end of stream" in problem:
        return "thiếu dấu đóng ngoặc hoặc dấu nháy ở trước chỗ này"
    return "không đọc được YAML ở đây: kiểm tra ngoặc kép, dấu hai chấm và thụt dòng"
