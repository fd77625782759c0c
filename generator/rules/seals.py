"""What an approval rests on → checksums, and checksums against the data of today → what has changed and how. Pure.

A seal has one short checksum for each aspect of a thing (its words, its number, its force), so that a change can be
named without keeping the old text. It is of what people wrote and drew, never of what a library makes of it. A drawing
is SVG by its file's name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.model import types as model
from generator.model.plan import Plan, paragraph_text
from generator.model.script import written_script
from generator.model.topic import Channel, Seals
from generator.model.topics import AuthoredTopic, Awareness, Change, ReviewState

Aspects = tuple[tuple[str, str], ...]
_LENGTH = 8


def seal_topic(topic: AuthoredTopic, plan: Plan, awareness: Awareness, drawings: Mapping[str, str]) -> Seals:
    """The checksums of the article and of everything that it rests on, as they are now."""
    front = topic.topic
    return Seals(
        text=_seal(_article(topic)),
        picture=_seal(_picture(topic, drawings)),
        speech=_seal(_speech(topic, awareness)),
        clauses={i: _seal(_provision(plan, i)) for i in front.clauses},
        instruments={i: _seal(_instrument(plan, plan.instrument[i])) for i in front.instruments},
        channels={i: _seal(_channel(awareness.channel[i])) for i in front.channels},
    )


def judge_reviews(awareness: Awareness, plan: Plan, drawings: Mapping[str, str]) -> Awareness:
    """The same with what each review is worth. `plan` is the whole plan: an approval may rest on internal clauses."""
    reviews = {topic.id: _state(topic, plan, awareness, drawings) for topic in awareness.topics}
    return replace(awareness, reviews=reviews)


def _state(topic: AuthoredTopic, plan: Plan, awareness: Awareness, drawings: Mapping[str, str]) -> ReviewState:
    review = topic.topic.review
    if review.status != "approved":
        return ReviewState(approved=False)
    if review.seals is None or review.seals.picture is None or review.seals.speech is None:
        return ReviewState(approved=False, sealed=False)
    printed = [
        *_change("text", "Bài viết", topic.id, review.seals.text, _article(topic), "sửa"),
        *_change("picture", "Hình", topic.topic.picture, review.seals.picture, _picture(topic, drawings), "đổi"),
        *_change("speech", "Lời của loa", "speech.yml", review.seals.speech, _speech(topic, awareness), "đổi"),
    ]
    return ReviewState(not printed, (*printed, *_grounds(topic, plan, awareness, review.seals)))


def _grounds(topic: AuthoredTopic, plan: Plan, awareness: Awareness, sealed: Seals) -> Iterator[Change]:
    """What has changed of that which the article only rests on."""
    front = topic.topic
    clauses = {i: _provision(plan, i) for i in front.clauses}
    yield from _compared("clause", "Điều khoản", sealed.clauses, clauses)
    instruments = {i: _instrument(plan, plan.instrument[i]) for i in front.instruments}
    yield from _compared("instrument", "Văn bản", sealed.instruments, instruments)
    channels = {i: _channel(awareness.channel[i]) for i in front.channels}
    yield from _compared("channel", "Nơi báo tin", sealed.channels, channels)


def _change(kind: str, what: str, identity: str, seal: str, aspects: Aspects, done: str) -> Iterator[Change]:
    if altered := _altered(seal, aspects):
        yield Change(kind, identity, what, f"đã {done} {altered}")


def _compared(kind: str, what: str, sealed: Mapping[str, str], now: Mapping[str, Aspects]) -> Iterator[Change]:
    for identity, aspects in now.items():
        if identity not in sealed:
            yield Change(kind, identity, what, "thêm vào sau khi duyệt")
        else:
            yield from _change(kind, what, identity, sealed[identity], aspects, "đổi")


def _altered(seal: str, aspects: Aspects) -> str:
    """The names of the aspects whose checksum differs, as a phrase; empty if none does."""
    old = seal.split("-")
    if len(old) != len(aspects):
        return "cách ghi"
    return ", ".join(name for before, (name, text) in zip(old, aspects, strict=True) if before != _digest(text))


def _seal(aspects: Aspects) -> str:
    return "-".join(_digest(text) for _, text in aspects)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def _article(topic: AuthoredTopic) -> Aspects:
    values = topic.topic.model_dump(mode="json", exclude={"review"}, exclude_defaults=True)
    fields = json.dumps(values, ensure_ascii=False, sort_keys=True)
    lines = (line.rstrip() + ("  " if line.endswith("  ") else "") for line in topic.source.split("\n"))
    return (("các ô ở đầu tệp", fields), ("phần bài", "\n".join(lines).strip("\n")))  # two spaces break a line


def _picture(topic: AuthoredTopic, drawings: Mapping[str, str]) -> Aspects:
    return (("nét vẽ", drawings[topic.topic.picture]),)


def _speech(topic: AuthoredTopic, awareness: Awareness) -> Aspects:
    """What speech.yml adds to this topic: of the abbreviations, those that it is read with."""
    speech = awareness.speech
    assert speech is not None  # load_awareness sees to it
    written = "\n".join(written_script(topic.topic, speech))
    used = sorted(f"{a.written}\x1f{a.spoken}" for a in speech.abbreviations if a.written in written)
    between = speech.dialogue.model_dump() if speech.dialogue else {}
    return (
        ("lời chào", "\n".join((speech.station or "", speech.greeting, *between.values()))),
        ("lời kết", topic.topic.closing or speech.closing),
        ("tốc độ, giọng đọc", f"{speech.pace_words_per_minute} {speech.pause_milliseconds} {speech.accent}"),
        ("cách đọc số và chữ viết tắt", "\n".join(used)),
    )


def _provision(plan: Plan, identity: str) -> Aspects:
    """A clause, paragraph or statement: its words and where it stands."""
    found = plan.provision(identity)
    if found.statement:
        text = found.statement.text.reading()
    else:
        text = paragraph_text(found.paragraph).reading() if found.paragraph else _clause_text(found.clause)
    return (("lời văn", text), ("số, vị trí", _numbers(found.chain)))


def _clause_text(clause: model.Clause) -> str:
    heading = clause.heading.reading() if clause.heading else ""
    paragraphs = [paragraph_text(p).reading() for p in clause.paragraphs]
    inner = [f"{c.number or ''} {_clause_text(c)}" for c in clause.clauses]
    return "\n".join((heading, *paragraphs, *inner))


def _numbers(chain: tuple[model.Clause, ...]) -> str:
    return ".".join(c.number or "-" for c in chain)


def _instrument(plan: Plan, item: model.Instrument) -> Aspects:
    parent = _seal(_instrument(plan, plan.instrument[item.parent])) if item.parent else ""
    return (
        ("tên, số, điều", _joined(item.name, item.number, item.date, item.issuer, item.article)),
        ("hiệu lực", _joined(item.in_force_note, item.replaced_by, item.replaced_on)),
        ("nguồn", _joined(item.source, item.url, item.checked_on)),
        ("văn bản chứa nó", parent),
    )


def _channel(channel: Channel) -> Aspects:
    return (
        ("số, địa chỉ", _joined(channel.name, channel.kind, channel.value)),
        ("cách dùng", _joined(channel.when, channel.note)),
        ("xác nhận", _joined(channel.source, channel.confirmed_on)),
    )


def _joined(*parts: object) -> str:
    return "\x1f".join("" if part is None else str(part) for part in parts)
