"""channels.yml, audiences.yml, speech.yml, local.yml and content/tuyen-truyen/*.md → a plan's awareness materials.

All errors of all files are collected, with line and column; ids are looked up in the plan and among each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.diagnostics import DataError, Diagnostic, Span, hint_nearest
from generator.model.scalars import is_id
from generator.model.topic import AudienceFile, ChannelFile, LocalFile, Speech, Topic
from generator.model.topics import AuthoredTopic, Awareness
from generator.model.types import Record
from generator.model.walk import walk_records
from generator.read.markdown import read_authored
from generator.read.plan import Loaded, Spans, dangling_ids, known_ids, load_file, repeated_ids, validate
from generator.read.tree import FileTooLargeError, SourceTree

FOLDER = "tuyen-truyen"
FILES = {"channels.yml": ChannelFile, "audiences.yml": AudienceFile, "speech.yml": Speech, "local.yml": LocalFile}


@dataclass(frozen=True)
class LoadedAwareness:
    """The awareness materials and where their records stand."""

    awareness: Awareness
    spans: Spans

    def span(self, topic: AuthoredTopic, *path: str | int) -> Span:
        """Where a field of a topic stands in its file."""
        return self.spans.of(topic.topic, *path)

    def body(self, topic: AuthoredTopic) -> Span:
        """Where a topic's article begins."""
        return Span(self.span(topic).file, topic.body_line)


def load_awareness(data: SourceTree, content: SourceTree, loaded: Loaded, pictures: Iterable[str]) -> LoadedAwareness:
    """Read and validate everything; what the reviews are worth is not judged here (rules.seals).

    `pictures` are the names of the drawings. Raises DataError with every error.
    """
    errors: list[Diagnostic] = []
    spans = Spans()
    names = set(data.names())
    channels, audiences, speech, local = (
        load_file(data, name, kind, spans, errors) if name in names else None for name, kind in FILES.items()
    )
    topics = tuple(_topics(content, spans, errors))
    if topics and "speech.yml" not in names:
        message = "có chủ đề thì phải có tệp 'speech.yml'"
        errors.append(Diagnostic(Span(data.label("speech.yml")), "missing-file", message))
    if errors:
        raise DataError(errors)
    awareness = Awareness(
        topics, channels.channels if channels else (), audiences.audiences if audiences else (), speech,
        local.localities if local else (),
    )  # fmt: skip
    errors += _unknown(awareness, loaded, spans, set(pictures))
    if errors:
        raise DataError(errors)
    return LoadedAwareness(awareness, spans)


def read_topic(label: str, identity: str, raw: bytes, spans: Spans) -> AuthoredTopic:
    """One topic's file; where its records stand is remembered. Raises DataError."""
    authored = read_authored(label, raw)
    errors = list(_outside_the_subset(label, raw))
    if authored.front is None:
        errors.append(Diagnostic(Span(label), "missing-front-matter", "thiếu phần đầu tệp, giữa hai dòng '---'"))
        raise DataError(errors)
    front = validate(authored.front, Topic, spans, errors)
    if errors or front is None:
        raise DataError(errors)
    line = len(authored.front.lines) + 1
    return AuthoredTopic(identity, front, authored.blocks, authored.plain, authored.source, line)


def _topics(content: SourceTree, spans: Spans, errors: list[Diagnostic]) -> Iterator[AuthoredTopic]:
    for name in content.names():
        path = PurePosixPath(name)
        if path.parent.as_posix() != FOLDER or path.suffix != ".md":
            continue
        if not is_id(path.stem):
            message = f"tên tệp '{path.name}' không hợp lệ: chỉ chữ thường a-z không dấu, số và dấu -, không quá dài"
            errors.append(Diagnostic(Span(content.label(name)), "bad-id", message))
            continue
        try:
            yield read_topic(content.label(name), path.stem, content.read(name), spans)
        except DataError as error:
            errors += error.diagnostics
        except FileTooLargeError:
            message = "tệp quá lớn (hơn 5 MB): đây không phải một chủ đề"
            errors.append(Diagnostic(Span(content.label(name)), "file-too-large", message))


def _outside_the_subset(label: str, raw: bytes) -> Iterator[Diagnostic]:
    """What an article may not hold though other authored files may: images, and headings of other levels."""
    lines = raw.decode("utf-8-sig").splitlines()
    fences = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    for number, line in enumerate(lines):
        if len(fences) > 1 and number <= fences[1]:
            continue
        if "![" in line:
            span = Span(label, number + 1, line.index("![") + 1)
            yield Diagnostic(
                span, "bad-image", "không chèn hình vào bài của chủ đề", "hình của chủ đề ghi ở ô 'picture'"
            )
        if re.match(r"#{1,6}\s", line) and not line.startswith("## "):
            message = "tiêu đề nhỏ trong bài phải bắt đầu bằng '## '"
            yield Diagnostic(Span(label, number + 1), "bad-heading", message)


def _unknown(awareness: Awareness, loaded: Loaded, spans: Spans, pictures: set[str]) -> Iterator[Diagnostic]:
    known = known_ids(loaded.plan) | {"channel": set(awareness.channel), "audience": set(awareness.audience)}
    fronts: list[Record] = [topic.topic for topic in awareness.topics]
    yield from dangling_ids((record for front in fronts for record in walk_records(front)), known, spans)
    for space in (awareness.channels, awareness.audiences, awareness.localities):
        yield from repeated_ids(space, spans)
    for topic in awareness.topics:
        if topic.topic.picture not in pictures:
            span, hint = spans.of(topic.topic, "picture"), hint_nearest(topic.topic.picture, pictures)
            yield Diagnostic(span, "unknown-picture", f"không có hình '{topic.topic.picture}'", hint)
