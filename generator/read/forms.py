"""A report form that came back: the bytes of a DOCX → what stands in its fields. Nothing in the file is ever run.

A field is a content control, known by its tag. LibreOffice 7.4 keeps neither tags nor, in a control for plain text, the
mark that only its hint is shown. There a control is known by its alias (or by being the form's only list, or only date)
and a hint by its words: the file's custom properties, which Word and LibreOffice keep, have all of these. LibreOffice
7.4 also ends a control at the end of its paragraph, and puts a control's line breaks before it or nowhere. So the field
of a row is the whole cell, that of a section all up to the next heading, and what went astray there is told as a doubt.
Tracked changes that LibreOffice 7.4 took out of a control when it saved cannot be seen: deleted words are words again.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from posixpath import normpath
from typing import Any, Literal

from lxml import etree

from generator.model.reports import BEFORE, FIELD, FORMAT, PROPERTY, FormIdentity
from generator.read.yaml import is_forbidden

MAX_FILE = 50_000_000  # bytes; a form is some 20 KB, one with pictures put into it a few MB
_MAX_PART = 20_000_000  # bytes of one part, unpacked
_MAX_PARTS = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENT, _PROPERTIES = "/officeDocument", "/custom-properties"  # what the types of relations end with
_NEEDED = ("duty:", "target:", "period.", "event", "difficulties", "plans", "proposals")
_ROWS = ("duty:", "target:")
_SECTIONS = ("event", "difficulties", "plans", "proposals")
_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "sdtPr", "pPr", "rPr"}
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_HEADING = re.compile(r"[IVX]+\. ")
_END_MARK = re.compile(r"\s*\./\.$")
_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n", "\t": " ", "\u00a0": " "})

FormFault = Literal["not-docx", "old-word", "password", "unreadable", "too-large", "foreign", "edited-apart"]
DoubtKind = Literal["tracked", "outside", "lost-breaks"]


class FormError(Exception):
    """A file is no form that can be read: why, about which fields, and which form it is if that could be read."""

    def __init__(
        self, code: FormFault, reason: str, labels: Iterable[str] = (), identity: FormIdentity | None = None
    ) -> None:
        super().__init__(reason)
        self.code, self.reason, self.labels, self.identity = code, reason, tuple(labels), identity


@dataclass(frozen=True)
class Doubt:
    """Something to look at: changes that nobody accepted, words typed beside a field, line breaks that were lost."""

    kind: DoubtKind
    tag: str


@dataclass(frozen=True)
class ReturnedForm:
    """What a form says. By the fields' tags: what they are called, what was written (nothing for a bare hint), and what
    is printed in the row beside it.
    """

    identity: FormIdentity
    labels: Mapping[str, str]
    texts: Mapping[str, str]
    beside: Mapping[str, str]
    doubts: tuple[Doubt, ...]


def read_form(raw: bytes) -> ReturnedForm:
    """A form of ours. Raises FormError."""
    package = _open_package(raw)
    with package:
        parts = _related(package)
        identity, known = _identity(package, parts.get(_PROPERTIES))
        body = _parse(package, parts.get(_DOCUMENT, "word/document.xml"))
    controls = _controls(body, known)
    lost = [known[tag].label for tag in known if _is_needed(tag) and tag not in controls]
    if lost:
        raise FormError("edited-apart", "ô này không còn trong mẫu (đã bị xóa hay gõ đè)", lost, identity)
    places = {tag: _place(tag, found) for tag, found in controls.items()}
    doubled = [
        known[tag].label
        for tag, found in controls.items()
        if _is_needed(tag) and any(not places[tag].holds(control) for control in found)
    ]
    if doubled:
        raise FormError("edited-apart", "ô này có hơn một lần trong mẫu (đã bị chép thêm)", doubled, identity)
    hints = {control for tag, found in controls.items() for control in found if _shows_hint(control, known[tag].hint)}
    return ReturnedForm(
        identity=identity,
        labels={tag: field.label for tag, field in known.items()},
        texts={tag: place.text(hints) for tag, place in places.items()},
        beside={tag: _beside(found[0]) for tag, found in controls.items() if tag.startswith(_ROWS)},
        doubts=tuple(doubt for tag, place in places.items() for doubt in _doubts(tag, place, hints)),
    )


@dataclass(frozen=True)
class _Field:
    label: str
    hint: str


@dataclass(frozen=True)
class _Place:
    """Where a field's words are: its control, and the blocks around it that are the field's as well."""

    control: Any
    blocks: tuple[Any, ...]

    def holds(self, control: Any) -> bool:
        """True if a control stands in it."""
        return control is self.control or any(block in (control, *control.iterancestors()) for block in self.blocks)

    def text(self, hints: set[Any]) -> str:
        """What was written, without hints, the end mark and the line that says of which period it is."""
        lines = [_spoken(block, hints) for block in self.blocks or (self.control,)]
        said = [line for line in "\n".join(lines).split("\n") if not line.strip().startswith(BEFORE)]
        return _clean(_END_MARK.sub("", "\n".join(said).rstrip()) if self.blocks else "\n".join(said))


def _open_package(raw: bytes) -> zipfile.ZipFile:
    if len(raw) > MAX_FILE:
        raise FormError("too-large", f"tệp quá lớn (hơn {MAX_FILE // 1_000_000} MB)")
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise FormError("password", "tệp có mật khẩu: bỏ mật khẩu rồi lưu lại")
        raise FormError("old-word", "tệp Word đời cũ (.doc): gửi lại đúng tệp mẫu .docx")
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise FormError("not-docx", "không phải tệp Word (.docx), hoặc tệp hỏng") from None
    names = package.namelist()
    if len(names) > _MAX_PARTS:
        raise FormError("too-large", f"tệp có hơn {_MAX_PARTS} phần: không phải mẫu báo cáo")
    if "[Content_Types].xml" not in names:
        raise FormError("not-docx", "không phải tệp Word (.docx)")
    return package


def _read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes, unpacked no further than the limit, whatever the file says of its size."""
    try:
        with package.open(name) as part:
            content = part.read(_MAX_PART + 1)
    except KeyError:
        raise FormError("not-docx", "không phải tệp Word (.docx): thiếu nội dung") from None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        raise FormError("unreadable", "tệp hỏng, không đọc được") from None
    if len(content) > _MAX_PART:
        raise FormError("too-large", f"nội dung quá lớn (hơn {_MAX_PART // 1_000_000} MB)")
    return content


def _parse(package: zipfile.ZipFile, name: str) -> Any:
    """A part as a tree; without entities, and without the files and hosts that one could name."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_read_part(package, name), parser)
    except etree.XMLSyntaxError:
        raise FormError("unreadable", "tệp hỏng, không đọc được") from None
    if root.getroottree().docinfo.doctype:
        raise FormError("unreadable", "tệp có khai báo DTD, Word không bao giờ ghi như vậy")
    return root


def _related(package: zipfile.ZipFile) -> dict[str, str]:
    """The names of the parts that the package itself leads to, by the end of their relation's type."""
    if "_rels/.rels" not in package.namelist():
        return {}
    found: dict[str, str] = {}
    for relation in _parse(package, "_rels/.rels"):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        found |= {end: normpath(target).lstrip("/") for end in (_DOCUMENT, _PROPERTIES) if kind.endswith(end)}
    return found


def _identity(package: zipfile.ZipFile, name: str | None) -> tuple[FormIdentity, dict[str, _Field]]:
    """What the form says it is, and its fields by their tags."""
    values = {}
    if name in package.namelist():
        values = {p.get("name", ""): "".join(p.itertext()) for p in _parse(package, str(name)).iterfind("{*}property")}
    given = {part.name: values.get(f"{PROPERTY}{part.name}", "") for part in fields(FormIdentity)}
    described = [values[key].split("|") for key in sorted(values) if key.startswith(FIELD)]
    if not (given["plan"] and given["form"]) or any(len(parts) != 3 for parts in described):
        raise FormError("foreign", "không phải mẫu báo cáo do máy tạo (không có mã nhận dạng mẫu)")
    identity = FormIdentity(**given)
    if identity.format != FORMAT:
        raise FormError("foreign", f"mẫu của một đời chương trình khác (kiểu mẫu '{identity.format[:20]}')")
    return identity, {tag: _Field(label, hint) for tag, label, hint in described}


def _controls(body: Any, known: Mapping[str, _Field]) -> dict[str, list[Any]]:
    """The form's controls by their tags, in the order of the text."""
    by_label = {field.label: tag for tag, field in known.items()}
    found: dict[str, list[Any]] = {}
    nameless: dict[str, list[Any]] = {"period.part": [], "date": []}
    for control in body.iter("{*}sdt"):
        tag, alias = (_value(control.find(f"{{*}}sdtPr/{{*}}{name}")) for name in ("tag", "alias"))
        key = tag if tag in known else by_label.get(unicodedata.normalize("NFC", alias))
        if key is not None:
            found.setdefault(key, []).append(control)
        elif not alias and _has(control, "dropDownList", "comboBox"):
            nameless["period.part"].append(control)
        elif not alias and _has(control, "date"):
            nameless["date"].append(control)
    for key, some in nameless.items():
        if key in known and key not in found and len(some) == 1:
            found[key] = some
    return found


def _has(control: Any, *kinds: str) -> bool:
    return any(control.find(f"{{*}}sdtPr/{{*}}{kind}") is not None for kind in kinds)


def _value(node: Any) -> str:
    return next((str(v) for k, v in node.attrib.items() if _name(k) == "val"), "") if node is not None else ""


def _name(tag: Any) -> str:
    """A tag without its namespace: Word's strict form has other ones."""
    return str(tag).rpartition("}")[2]


def _is_needed(tag: str) -> bool:
    return tag.startswith(_NEEDED)


def _shows_hint(control: Any, hint: str) -> bool:
    said = _clean(_spoken(control, set()))
    if _has(control, "showingPlcHdr"):
        choices = {_value_of_item(item) for item in control.iterfind("{*}sdtPr/*/{*}listItem")}
        return said not in choices
    return said == _clean(hint)


def _value_of_item(item: Any) -> str:
    return next((str(v) for k, v in item.attrib.items() if _name(k) == "displayText"), "")


def _place(tag: str, controls: list[Any]) -> _Place:
    first = controls[0]
    if tag.startswith(_ROWS):
        cell = _above(first, "tc") if _above(first, "tc") is not None else first.find(".//{*}tc")
        return _Place(first, (cell,) if cell is not None else ())
    if tag in _SECTIONS:
        return _Place(first, tuple(_section(first, controls)))
    return _Place(first, ())


def _section(control: Any, same: list[Any]) -> Iterator[Any]:
    """The block of a control, and those after it up to a heading, a table or a control of another field."""
    paragraph = _above(control, "p")
    block = paragraph if paragraph is not None else control
    yield block
    for after in block.itersiblings():
        others = [other for other in after.iter("{*}sdt") if other not in same]
        if _name(after.tag) not in ("p", "sdt") or others or _HEADING.match(_clean(_spoken(after, set()))):
            return
        yield after


def _above(node: Any, name: str) -> Any:
    return next((above for above in node.iterancestors() if _name(above.tag) == name), None)


def _spoken(node: Any, left_out: set[Any]) -> str:
    """The words of a node as they are read, with deletions carried out; each paragraph on lines of its own."""
    if node in left_out or not isinstance(node.tag, str):
        return ""
    name = _name(node.tag)
    match name:
        case "t":
            return f"{chr(10) if _lost_break(node) else ''}{node.text or ''}"
        case "br" | "cr":
            return "\n"
        case "tab":
            return " "
        case "noBreakHyphen":
            return "-"
        case _ if name in _SKIPPED:
            return ""
    said = "".join(_spoken(child, left_out) for child in node)
    return f"{said}\n" if name == "p" else said


def _clean(text: str) -> str:
    """Words as the data keep them: composed letters, no hidden characters, single blanks, no empty lines."""
    plain = unicodedata.normalize("NFC", text.translate(_BREAKS))
    shown = "".join(c for c in plain if c == "\n" or not is_forbidden(c))
    return "\n".join(line for line in (" ".join(part.split()) for part in shown.split("\n")) if line)


def _beside(control: Any) -> str:
    """What is printed in the other cells of a control's row."""
    row = _above(control, "tr")
    if row is None:
        return ""
    own = (control, *control.iterancestors(), *control.iter())
    cells = [cell for cell in row.iter("{*}tc") if cell not in own]
    return " ".join(" ".join(_clean(_spoken(cell, set())) for cell in cells).split())


def _doubts(tag: str, place: _Place, hints: set[Any]) -> Iterator[Doubt]:
    written = place.text(hints)
    nodes = place.blocks or (place.control,)
    if any(True for node in nodes for change in _CHANGES for _ in node.iter(f"{{*}}{change}")):
        yield Doubt("tracked", tag)
    if written and written != _Place(place.control, ()).text(hints):
        yield Doubt("outside", tag)
    torn = any(_lost_break(text) for node in nodes for text in node.iter("{*}t"))
    if written and place.control not in hints and (torn or _breaks_before(place.control)):
        yield Doubt("lost-breaks", tag)


def _lost_break(text: Any) -> bool:
    """True for text that follows other text in one run: where LibreOffice 7.4 wrote no break that was typed in it."""
    before = text.getprevious()
    return before is not None and _name(before.tag) == "t"


def _breaks_before(control: Any) -> bool:
    """True if line breaks, and no words, stand before a control in its paragraph."""
    run = control.getprevious()
    return run is not None and any(_name(node.tag) == "br" for node in run) and not _clean(_spoken(run, set()))
