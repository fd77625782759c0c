"""Leaflets, posters and cards: a Typst template and a view as JSON → PDF (tagged, PDF/A-2a, PDF/UA-1) or PNG bytes.

A template says with its metadata `<fit>` how much room its text needs and has; what needs more is never written.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import segno
import typst

from generator import program
from generator.diagnostics import MakeError
from generator.views.topic import Layout
from generator.words.compounds import tie, tie_phrases

T = TypeVar("T")
_PICTURE_PIXELS = 800
_STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
_SANS = "Be Vietnam Pro"
_UNTIED = frozenset({"id", "colour", "picture", "picture_alt", "page", "url", "short_url"})
_PHRASE = 22  # characters of a headline that stay on one line
_QUIET_ZONE = 4  # modules: the least that the standard asks for
_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


class LayoutError(MakeError):
    """A form could not be set; the text says why."""


@dataclass(frozen=True)
class Fit:
    """What a part of a form needs, at its smallest type, and what it has, in points: height, then its longest word."""

    part: str
    needed: float
    room: float
    wide: float
    width: float

    @property
    def over(self) -> int:
        """By how many per cent the text is too long for its room, rounded up; 0 when it fits."""
        share = max(self.needed / self.room, self.wide / self.width) - 1
        return -int(-share * 100 // 1) if share > 1e-6 else 0


class Form:
    """One form, its template and its text put together; measured and set by one compiler, which lays it out once."""

    def __init__(self, compiler: typst.Compiler, timestamp: datetime) -> None:
        self._compiler = compiler
        self._timestamp = timestamp

    def measure(self) -> list[Fit]:
        """How each part fits, in the form's order."""
        return [Fit(**part) for part in json.loads(_run(lambda: self._compiler.query("<fit>", field="value")))]

    def pdf(self) -> bytes:
        """The form as PDF."""
        return self._compile(format="pdf", pdf_standards=_STANDARDS)

    def png(self) -> bytes:
        """The picture of a form of one page, a pixel for each point."""
        return self._compile(format="png", ppi=72)

    def _compile(self, **options: Any) -> bytes:
        made = _run(lambda: self._compiler.compile(timestamp=self._timestamp, **options))
        if not isinstance(made, bytes):
            raise LayoutError(f"tài liệu một trang thành {len(made or ())} trang")
        return made


class LayoutWriter:
    """Sets forms with the faces of two folders. `timestamp` is the only time in the files.

    What the public looks at is set in a sans made for Vietnamese; `face`, in `fonts`, has the letters it lacks.
    """

    def __init__(self, fonts: Path, face: str, timestamp: datetime) -> None:
        folders = [program.NODE / "@expo-google-fonts" / "be-vietnam-pro", fonts]
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
        self._faces = [_SANS, face]
        self._timestamp = timestamp
        self._last: tuple[str, str, Form] | None = None

    def form(self, template: str, view: Layout) -> Form:
        """The form of a template, named below site_templates, with its view; the last one is not set again."""
        data = json.dumps({**_data(view), "faces": self._faces}, ensure_ascii=False)
        if self._last and self._last[:2] == (template, data):
            return self._last[2]
        path = program.TEMPLATES / template
        compiler = typst.Compiler(path, root=program.PRINT, font_paths=self._fonts, sys_inputs={"data": data})
        form = Form(compiler, self._timestamp)
        self._last = template, data, form
        return form

    def picture(self, svg: str, width: int) -> bytes:
        """A drawing as PNG, `width` pixels wide, on white."""
        inputs = {"svg": svg, "width": str(width)}
        return Form(typst.Compiler(_PICTURE, font_paths=self._fonts, sys_inputs=inputs), self._timestamp).png()


def picture_address(layout: LayoutWriter, svg: str) -> str:
    """A drawing as a data address, for a page of Word."""
    return _data_address(layout.picture(svg, _PICTURE_PIXELS))


def qr_address(text: str) -> str:
    """A QR code as a data address, for a page of Word."""
    return _data_address(qr_png(text))


def qr_svg(text: str) -> str:
    """A QR code as SVG, black on white with its quiet zone."""
    buffer = io.BytesIO()
    _qr(text).save(buffer, kind="svg", border=_QUIET_ZONE, light="white", xmldecl=False)
    return buffer.getvalue().decode()


def qr_png(text: str, scale: int = 8) -> bytes:
    """A QR code as PNG, `scale` pixels for each module."""
    buffer = io.BytesIO()
    _qr(text).save(buffer, kind="png", border=_QUIET_ZONE, scale=scale)
    return buffer.getvalue()


def _data(view: Layout) -> dict[str, Any]:
    topics = []
    for drawn in view.topics:
        topic = {key: value for key, value in asdict(drawn.topic).items() if key != "blocks"}
        topic = {key: _tied(value) if key not in _UNTIED else value for key, value in topic.items()}
        topic |= {key: tie_phrases(topic[key], _PHRASE) for key in ("title", "call")}
        topics.append(
            {**topic, "picture_svg": drawn.picture, "qr_svg": qr_svg(drawn.topic.url) if drawn.topic.official else ""}
        )
    return {"title": view.title, "author": view.author, "description": view.description, "topics": topics}


def _tied(value: Any) -> Any:
    """Text, or lists of it, with its words kept together on a line."""
    if isinstance(value, str):
        return tie(value)
    return [_tied(item) for item in value] if isinstance(value, tuple | list) else value


def _data_address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


@cache
def _qr(text: str) -> segno.QRCode:
    """The code of an address; choosing its mask is what costs, and each form of a topic has the same."""
    return segno.make(text, error="m", micro=False)


def _run(action: Callable[[], T]) -> T:
    try:
        return action()
    except typst.TypstError as error:
        raise LayoutError(f"Typst báo lỗi: {error}") from None
