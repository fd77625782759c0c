"""A layout profile (NĐ 30, TT 01): YAML in, frozen types out. The one source of every dimension in print.

Lengths are millimetres, sizes of type and gaps around paragraphs are points, shares are fractions of a width.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from generator import program
from generator.diagnostics import DataError, Diagnostic
from generator.read.yaml import Document, read_yaml

Millimetres = Annotated[float, Field(ge=0, le=500)]
Points = Annotated[float, Field(ge=0, le=400)]
Colour = Annotated[str, Field(pattern="^[0-9a-f]{6}$")]
Align = Literal["left", "center", "right", "justify"]
Range = tuple[float, float]

_TOLERANCE = 1e-9


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Margins(_Frozen):
    """The four margins of a page, in the orientation in which it is read."""

    top: Millimetres
    bottom: Millimetres
    left: Millimetres
    right: Millimetres


class MarginRanges(_Frozen):
    """The least and the greatest margin that the rule behind the profile allows."""

    top: Range
    bottom: Range
    left: Range
    right: Range


class Page(_Frozen):
    """The paper in portrait, its margins, and how far from its edge the header and the footer stand."""

    width: Millimetres
    height: Millimetres
    margins: Margins
    ranges: MarginRanges
    header: Millimetres
    footer: Millimetres

    @model_validator(mode="after")
    def _margins_in_range(self) -> Self:
        for side in Margins.model_fields:
            value, (low, high) = getattr(self.margins, side), getattr(self.ranges, side)
            if not low - _TOLERANCE <= value <= high + _TOLERANCE:
                raise ValueError(f"lề {side} {value:g} mm nằm ngoài khoảng {low:g}–{high:g} mm")
        return self


class Fonts(_Frozen):
    """The face named in DOCX, the face embedded in PDF, and the folder with the latter's files."""

    word: str
    pdf: str
    folder: str


class _Styled(_Frozen):
    """What has a size of type: its style's name in Word, the size, and the sizes that the rule allows."""

    style: str
    size: Points
    sizes: tuple[float, ...]

    @model_validator(mode="after")
    def _size_allowed(self) -> Self:
        if self.size not in self.sizes:
            allowed = ", ".join(f"{size:g}" for size in self.sizes)
            raise ValueError(f"{self.style}: cỡ chữ {self.size:g} không thuộc {allowed}")
        return self


class PageNumber(_Styled):
    """Where a page number stands and what it says: "2", or "2/3" with the total."""

    place: Literal["top", "bottom"]
    align: Literal["left", "center", "right"]
    first_page: bool
    total: bool


class Columns(_Frozen):
    """Blocks side by side without borders, each with its share of the width; kept on one page."""

    shares: tuple[float, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(sum(self.shares) - 1) > _TOLERANCE:
            raise ValueError("tổng các cột phải bằng 1")
        return self


class Rule(_Frozen):
    """A solid line under a block: its least and greatest share of the text's lines, weight and distances."""

    share: Range
    weight: Points
    gap: Points
    after: Points


class Mark(_Frozen):
    """The sign before each paragraph of a list, a bullet of Word's own: a glyph of `face`, or `1.` for numbers."""

    glyph: str
    colour: Colour
    face: str = "Segoe UI Symbol"


class Block(_Styled):
    """How one kind of paragraph looks; with `balance`, its lines are made as even in length as can be.

    `colour` (of the letters), `shade` (behind them) and `mark` are Word's only.
    """

    colour: Colour | None = None
    shade: Colour | None = None
    mark: Mark | None = None
    bold: bool = False
    italic: bool = False
    case: Literal["any", "upper"] = "any"
    align: Align
    first_indent: Millimetres = 0
    before: Points = 0
    after: Points = 0
    line: Annotated[float, Field(ge=1, le=1.5)] = 1
    outline: Annotated[int, Field(ge=1, le=6)] | None = None
    keep_next: bool = False
    new_page: bool = False
    one_line: bool = False
    balance: bool = False
    rule: Rule | None = None


class Together(_Frozen):
    """Blocks whose sizes move together, and the combinations allowed."""

    blocks: tuple[str, ...]
    sizes: tuple[tuple[float, ...], ...]


class Table(_Frozen):
    """Border and padding of a table's cells."""

    border: Points
    padding_x: Millimetres
    padding_y: Millimetres


class Profile(_Frozen):
    """All dimensions of a kind of printed document."""

    id: str
    name: str
    basis: str
    language: str
    page: Page
    fonts: Fonts
    page_number: PageNumber
    sheet_number: PageNumber
    columns: Mapping[str, Columns]
    together: Together
    table: Table
    blocks: Mapping[str, Block]

    @model_validator(mode="after")
    def _sizes_together(self) -> Self:
        if missing := [key for key in self.together.blocks if key not in self.blocks]:
            raise ValueError(f"together: không có khối {', '.join(missing)}")
        sizes = tuple(self.blocks[key].size for key in self.together.blocks)
        if sizes not in self.together.sizes:
            raise ValueError(f"cỡ chữ {sizes} của {', '.join(self.together.blocks)} không đi cùng nhau")
        return self

    def text_width(self, landscape: bool = False) -> float:
        """The width of the text block in millimetres."""
        paper = self.page.height if landscape else self.page.width
        return paper - self.page.margins.left - self.page.margins.right

    def font_folder(self) -> Path:
        """The folder with the embedded face's files; raises FileNotFoundError when it was not installed."""
        folder = program.ROOT / self.fonts.folder
        if not any(folder.rglob("*.ttf")):
            raise FileNotFoundError(f"chưa có phông {self.fonts.pdf} trong {self.fonts.folder}: chạy `npm ci`")
        return folder

    def to_json(self) -> str:
        """The profile for Typst and Lua: keys as in the YAML, defaults filled in, what is not set left out."""
        return self.model_dump_json(exclude_none=True)


def read_profile(path: Path) -> Profile:
    """The profile in a YAML file. Raises DataError with every fault's place in the file."""
    document = read_yaml(path.name, path.read_bytes())
    try:
        return Profile.model_validate(document.data)
    except ValidationError as error:
        raise DataError(_diagnostics(error, document)) from None


def _diagnostics(error: ValidationError, document: Document) -> list[Diagnostic]:
    return [
        Diagnostic(document.span(tuple(fault["loc"])), "invalid-profile", _message(fault)) for fault in error.errors()
    ]


def _message(fault: ErrorDetails) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    match fault["type"]:
        case "missing":
            return f"thiếu khóa '{key}'"
        case "extra_forbidden":
            return f"thể thức không có khóa '{key}'"
        case "value_error":
            return str(fault["ctx"]["error"])
    return f"'{key}' không nhận giá trị {fault['input']!r}"
