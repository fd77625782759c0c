"""Tables → CSV and XLSX, plain values → JSON: the same bytes each time, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from generator.views import opendata as views

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet read a cell as a formula
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_WIDEST = 60  # characters
_LEAST = 6


@dataclass(frozen=True)
class SheetOfCells:
    """A sheet of a workbook: its first row is the header; `frozen` columns stay in view."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    frozen: int = 1


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV for Excel: UTF-8 with a byte order mark, CRLF, cells that could run begin with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def guarded(cell: str) -> str:
    """A cell's text as a spreadsheet may have it: never read as a formula."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def write_xlsx(sheets: Sequence[SheetOfCells], title: str, author: str, moment: dt.datetime) -> bytes:
    """Sheets as a workbook with filters and frozen headers; every cell is text. `moment` is the only time in it."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, author
    book.properties.created = moment.replace(tzinfo=None)
    for sheet in sheets:
        _add_sheet(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue(), moment)


def write_workbook(view: views.Workbook, moment: dt.datetime) -> bytes:
    """A view's tables as a workbook."""
    sheets = [SheetOfCells(t.title, [c.title for c in t.columns], t.rows, view.frozen) for t in view.tables]
    return write_xlsx(sheets, view.title, view.author, moment)


def write_json(value: Any) -> bytes:
    """Plain values as JSON, readable, in the order given."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _add_sheet(book: Workbook, content: SheetOfCells) -> None:
    sheet = book.create_sheet(content.title)
    sheet.freeze_panes = f"{get_column_letter(content.frozen + 1)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(content.header))}{len(content.rows) + 1}"
    for number, column in enumerate(zip(content.header, *content.rows, strict=True), 1):
        longest = max(len(cell) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest, _LEAST), _WIDEST) + 2
    styles: dict[tuple[bool, bool], Any] = {}  # a style is looked up once, not for each of 100,000 cells
    for index, row in enumerate((content.header, *content.rows)):
        cells: list[Any] = []
        for text in row:
            if not text:
                cells.append(None)  # most cells of a wide table are empty
                continue
            kind = index == 0, text.startswith(_RUNS)
            if kind not in styles:
                styles[kind] = _styled(sheet, *kind)._style
            cell: Any = WriteOnlyCell(sheet, value=None)
            cell.value, cell.data_type = text, "s"
            cell._style = styles[kind]
            cells.append(cell)
        sheet.append(cells)


def _styled(sheet: Any, is_head: bool, is_quoted: bool) -> Any:
    """A cell that looks as cells of its kind do."""
    cell = WriteOnlyCell(sheet, value=None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=True) if is_head else Font()
    cell.quotePrefix = is_quoted
    return cell


def _without_clock(content: bytes, moment: dt.datetime) -> bytes:
    """The same workbook with no trace of when it was written."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            new.writestr(zipfile.ZipInfo(name, _FIRST_TIME), part)
    return buffer.getvalue()
