"""The report forms in a folder → records below data/reports/, each whole or not at all."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import LiteralScalarString

from generator.cli.replacing import replace_file
from generator.diagnostics import DataError, Diagnostic
from generator.model.reports import Report
from generator.model.scalars import UNKNOWN
from generator.read.forms import MAX_FILE, FormError, read_form
from generator.read.plan import Spans, validate
from generator.read.reports import FOLDER
from generator.read.yaml import is_forbidden, read_yaml
from generator.views.returned import Arrived

_HEAD = (
    "# yaml-language-server: $schema=../../schema/report.json\n# Chép từ mẫu báo cáo đã nhận bằng: kehoach collect\n"
)
_SYSTEM_FILES = ("thumbs.db", "desktop.ini")  # Windows puts them into folders


def read_folder(folder: Path) -> Iterator[Arrived]:
    """Every file in a folder and below it, in the order of their names; not the hidden ones, those that Windows puts
    there, and the lock files of open documents.
    """
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda p: p.as_posix()):
        is_own = path.name.lower() in _SYSTEM_FILES or any(part.startswith((".", "~$")) for part in path.parts)
        if not is_own:
            yield _arrived(folder / path, path.as_posix())


def write_records(data: Path, reports: Sequence[Report]) -> list[Path]:
    """Write each report's file below data/; returns where they are."""
    files = {data / FOLDER / report.period / f"{report.form}.yml": report_yaml(report) for report in reports}
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
    return list(files)


def report_yaml(report: Report) -> bytes:
    """The file of a report, which says what the report says. What is not known says so."""
    out = io.StringIO()
    writer = YAML()
    writer.width = 100_000
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.Representer = _Representer
    known = {name: value for name, value in report.model_dump().items() if value not in (None, ())}
    unknown = {name: UNKNOWN for name in ("number", "date") if name not in known}
    shown = {name: {**known, **unknown}[name] for name in Report.model_fields if name in known or name in unknown}
    writer.dump(_plain(shown), out)
    content = (_HEAD + out.getvalue()).encode()
    errors: list[Diagnostic] = []
    read = validate(read_yaml(report.form, content), Report, Spans(), errors)
    if errors:
        raise DataError(errors)
    assert read == report, "a record must be read as it was written"
    return content


class _Representer(RoundTripRepresenter):
    """Writes a decimal number with the digits it has."""

    def represent_decimal(self, number: Decimal) -> Any:
        """A number without quotes."""
        text = f"{number:f}"
        return self.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Representer.add_representer(Decimal, _Representer.represent_decimal)


def _plain(value: Any) -> Any:
    """A dumped record as the writer takes it: without what is empty; text of several lines stands as it is."""
    match value:
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items() if inner is not None}
        case str():
            return LiteralScalarString(value) if "\n" in value else str(value)
        case list() | tuple():
            return [_plain(inner) for inner in value]
    return value


def _arrived(path: Path, name: str) -> Arrived:
    shown = "".join("\ufffd" if is_forbidden(c) else c for c in unicodedata.normalize("NFC", name))
    if path.suffix.lower() != ".docx":
        return Arrived(shown, name, FormError("not-docx", "không phải mẫu báo cáo (không phải tệp .docx)"))
    if path.stat().st_size > MAX_FILE:
        return Arrived(shown, name, FormError("too-large", f"tệp quá lớn (hơn {MAX_FILE // 1_000_000} MB)"))
    raw = path.read_bytes()
    checksum = hashlib.sha256(raw).hexdigest()
    try:
        return Arrived(shown, checksum, read_form(raw))
    except FormError as error:
        return Arrived(shown, checksum, error)
