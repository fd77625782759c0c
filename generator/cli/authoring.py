"""What commands write into content/: a new topic that builds at once, and a topic's approval with its seals.

An approval replaces the lines of `review` and leaves every other byte of the file as the writer left it.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import tempfile
from pathlib import Path
from string import Template

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from generator import program
from generator.model.scalars import is_id
from generator.model.topic import Seals
from generator.project import DRAWINGS, Project
from generator.read.topics import FOLDER

_TOP_KEY = re.compile(r"[a-z_]+:")


class AuthoringError(Exception):
    """A file cannot be made or changed; the text is Vietnamese."""


def new_topic(identity: str, project: Project, content: Path) -> tuple[Path, Path]:
    """Make a topic's file and a drawing to be replaced, below the folder content/. Raises AuthoringError."""
    plan, awareness = project.plan, project.found.awareness
    if not is_id(identity) or len(identity) > 60:
        raise AuthoringError(
            f"mã '{identity}' không hợp lệ: chỉ chữ thường a-z không dấu, số và dấu -, như 'phong-chay-rung'"
        )
    if not (awareness.audiences and awareness.channels and awareness.speech):
        raise AuthoringError("dữ liệu chưa có đủ channels.yml, audiences.yml và speech.yml")
    topic, drawing = content / FOLDER / f"{identity}.md", content / DRAWINGS / f"{identity}.svg"
    for path in (topic, drawing):
        if path.exists():
            raise AuthoringError(f"đã có tệp '{path.as_posix()}'; chọn mã khác")
    text = Template((program.TEMPLATES / "new" / "topic.md").read_text(encoding="utf-8")).substitute(
        picture=drawing.name,
        audience=awareness.audiences[0].id,
        clause=next((i for i, p in plan.provisions.items() if p.paragraph and not p.statement), plan.sections[0].id),
        channels="\n".join(f"  - {channel.id}" for channel in awareness.channels[:2]),
    )
    drawing.parent.mkdir(parents=True, exist_ok=True)
    _replace(drawing, (program.TEMPLATES / "new" / "picture.svg").read_bytes())
    _replace(topic, text.encode())
    return topic, drawing


def approve(path: Path, by: str, on: dt.date, seals: Seals) -> None:
    """Write an approval into a topic's file. Raises AuthoringError if the file has no `review` of its own lines."""
    raw = path.read_bytes().decode("utf-8")  # a byte order mark stays where it is
    lines = raw.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if line.startswith("review:")), None)
    if start is None:
        raise AuthoringError(f"'{path.as_posix()}' không có dòng 'review:'")
    end = next(n for n in range(start + 1, len(lines)) if lines[n].rstrip() == "---" or _TOP_KEY.match(lines[n]))
    newline = "\r\n" if lines[start].endswith("\r\n") else "\n"
    block = _review_yaml(by, on, seals).replace("\n", newline)
    _replace(path, "".join([*lines[:start], block, *lines[end:]]).encode())


def _review_yaml(by: str, on: dt.date, seals: Seals) -> str:
    def quoted(values: dict[str, str]) -> dict[str, str]:
        return {key: DoubleQuotedScalarString(value) for key, value in values.items()}

    sealed = {"text": DoubleQuotedScalarString(seals.text)}
    parts = {"clauses": seals.clauses, "instruments": seals.instruments, "channels": seals.channels}
    review = {
        "status": "approved",
        "by": DoubleQuotedScalarString(by),
        "on": on,
        "seals": {**sealed, **{key: quoted(values) for key, values in parts.items() if values}},
    }
    writer = YAML()
    writer.width = 10_000
    writer.allow_unicode = True
    text = io.StringIO()
    writer.dump({"review": review}, text)
    return text.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
