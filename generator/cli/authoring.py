"""What commands write into content/: a new topic that builds at once, and a topic's approval with its seals.

An approval replaces the lines of `review` and leaves every other byte of the file as the writer left it.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from generator import program
from generator.cli.replacing import replace_file
from generator.diagnostics import DataError
from generator.model.scalars import is_id
from generator.model.topic import Review, Seals
from generator.project import Project
from generator.read.plan import Spans
from generator.read.scene import FOLDER as DRAWINGS
from generator.read.topics import FOLDER, read_topic

_REWRITE = "viết lại ô đó thành dòng 'review:' rồi dòng '  status: draft'"


class AuthoringError(Exception):
    """A file cannot be made or changed; the text is Vietnamese."""


def new_topic(identity: str, project: Project, content: Path) -> tuple[Path, Path]:
    """Make a topic's file and a scene to be replaced, below the folder content/. Raises AuthoringError."""
    plan, awareness = project.plan, project.found.awareness
    if not is_id(identity) or len(identity) > 60:
        raise AuthoringError(
            f"mã '{identity}' không hợp lệ: chỉ chữ thường a-z không dấu, số và dấu -, như 'phong-chay-rung'"
        )
    if not (awareness.audiences and awareness.channels and awareness.speech):
        raise AuthoringError("dữ liệu chưa có đủ channels.yml, audiences.yml và speech.yml")
    topic, drawing = content / FOLDER / f"{identity}.md", content / DRAWINGS / f"{identity}.yml"
    for path in (topic, drawing, drawing.with_suffix(".svg")):
        if path.exists():
            raise AuthoringError(f"đã có tệp '{path.as_posix()}'; chọn mã khác")
    text = Template((program.TEMPLATES / "new" / "topic.md").read_text(encoding="utf-8")).substitute(
        picture=f"{identity}.svg",
        audience=awareness.audiences[0].id,
        clause=next((i for i, p in plan.provisions.items() if p.paragraph and not p.statement), plan.sections[0].id),
        channels="\n".join(f"  - {channel.id}" for channel in awareness.channels[:2]),
    )
    drawing.parent.mkdir(parents=True, exist_ok=True)
    replace_file(drawing, (program.TEMPLATES / "new" / "scene.yml").read_bytes())
    replace_file(topic, text.encode())
    return topic, drawing


def draw_up_approval(path: Path, by: str, on: dt.date, seals: Seals) -> bytes:
    """A topic's file with its `review` changed and nothing else, not written yet.

    It is read again, as every command will read it. Raises AuthoringError if anything but the review came out changed,
    or the review not as it was meant.
    """
    raw = path.read_bytes()
    review = Review(status="approved", by=unicodedata.normalize("NFC", by), on=on.isoformat(), seals=seals)
    content = _with_review(raw.decode("utf-8"), review).encode()
    try:
        before = read_topic(path.as_posix(), path.stem, raw, Spans())
        after = read_topic(path.as_posix(), path.stem, content, Spans())
    except DataError as error:
        raise AuthoringError(f"không ghi được việc duyệt, tệp vẫn nguyên: {error.diagnostics[0].message}") from error
    meant = replace(before, topic=before.topic.model_copy(update={"review": review}), body_line=after.body_line)
    if after != meant:
        raise AuthoringError(f"không ghi được việc duyệt vào '{path.as_posix()}' mà giữ nguyên các ô khác; {_REWRITE}")
    return content


def _with_review(text: str, review: Review) -> str:
    """The file with the lines of `review` written anew; comments in them stay, and every other line as it is."""
    lines = text.splitlines(keepends=True)  # with a byte order mark and either kind of line end
    start, end = _review_lines([line.rstrip("\r\n") for line in lines])
    writer = YAML()
    writer.width = 100_000
    writer.preserve_quotes = True
    front = writer.load("".join(line.rstrip("\r\n") + "\n" for line in lines[start:end]))
    _fill(front["review"], _review_values(review))
    block = io.StringIO()
    writer.dump(front, block)
    newline = "\r\n" if lines[start].endswith("\r\n") else "\n"
    return "".join([*lines[:start], block.getvalue().rstrip("\n").replace("\n", newline), newline, *lines[end:]])


def _review_lines(lines: Sequence[str]) -> tuple[int, int]:
    """The first line of `review`, and the one after its last value. Raises AuthoringError if it has none of its own."""
    fence = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    root = yaml.compose("\n".join(lines[1:fence]), Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) and not root.flow_style else ()
    found = next((pair for pair in pairs if pair[0].value == "review"), None)
    if found is None or not isinstance(found[1], yaml.MappingNode) or found[0].start_mark.column:
        raise AuthoringError(f"không tìm thấy ô 'review' ở đầu tệp; {_REWRITE}")
    mark = _last_mark(found[1])
    return found[0].start_mark.line + 1, mark.line + 1 + (mark.column > 0)


def _last_mark(node: yaml.Node) -> yaml.Mark:
    """Where a value's last word ends; of a block of keys, the parser itself only says where the next one begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_mark(last[1] if isinstance(last, tuple) else last)
    return node.end_mark


def _review_values(review: Review) -> dict[str, Any]:
    seals = review.seals.model_dump(exclude_defaults=True) if review.seals else {}
    return {"status": review.status, "by": review.by, "on": review.on, "seals": seals}


def _fill(block: CommentedMap, values: Mapping[str, Any]) -> None:
    """Make a block of keys hold these values and no others, in place, so that its comments stay."""
    for key in [key for key in block if key not in values]:
        del block[key]
    for key, value in values.items():
        if isinstance(value, dict):
            if not isinstance(block.get(key), CommentedMap):
                block[key] = CommentedMap()
            _fill(block[key], value)
        else:
            block[key] = DoubleQuotedScalarString(value) if isinstance(value, str) and key != "status" else value
