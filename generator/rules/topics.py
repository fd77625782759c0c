"""Rules across the awareness materials → diagnostics: sources, the law, lengths, reading time, reviews. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from generator.diagnostics import Diagnostic, Severity, Span
from generator.model.plan import Plan
from generator.model.script import speaker, spoken_script
from generator.model.topic import DRAFT_MARK, SHARE_LENGTH, Channel, Speech, Topic
from generator.model.topics import AuthoredTopic, Awareness
from generator.model.types import Instrument
from generator.read.topics import LoadedAwareness
from generator.rules.leaks import check_topic_leaks
from generator.words.dates import date_text
from generator.words.speech import unspoken

ARTICLE_WORDS = (250, 450)
SCRIPT_SECONDS = (60, 120)
_ARTICLE = re.compile(r"(?<!\w)Điều (\d+)")
_LAW = ("law", "article", "decree", "resolution", "decision")
_DOUBT = re.compile("cần xác nhận", re.I)
_NEGATIVE = re.compile(r"(?:đừng|không|chớ)\b", re.I)
_PENALTY = re.compile(
    r"\d[\d.]*\s*(?:năm|tháng)\s+tù|phạt tù|tù chung thân|tử hình|cải tạo không giam giữ|phạt tiền (?:từ|đến)", re.I
)
Rule = Callable[[LoadedAwareness, Plan, AuthoredTopic], Iterable[Diagnostic]]


def check_awareness(loaded: LoadedAwareness, plan: Plan) -> list[Diagnostic]:
    """Every finding of every rule on every topic. `plan` is the whole plan."""
    rules: tuple[Rule, ...] = (
        _sources, _replaced, _rests_on_law, _articles_named, _no_penalties, _deeds, _article_length, _share, _script,
        _review,
    )  # fmt: skip
    found = [d for topic in loaded.awareness.topics for rule in rules for d in rule(loaded, plan, topic)]
    return [*found, *_shared_words(loaded), *check_topic_leaks(loaded, plan)]


def over(length: float, limit: float) -> str:
    """By how much something is too long: `dài hơn 12 %`."""
    return f"dài hơn {-int(-(length / limit - 1) * 100 // 1)} %"


def _sources(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    for index, identity in enumerate(topic.topic.instruments):
        item = plan.instrument[identity]
        if not item.source:
            message = f"'{identity}' trong instruments.yml không có 'source': căn cứ nào cũng phải ghi nguồn"
            yield Diagnostic(loaded.span(topic, "instruments", index), "missing-source", message)


def _replaced(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    """No ground is an instrument, or a part of one, that a newer one has replaced."""
    for index, identity in enumerate(topic.topic.instruments):
        item: Instrument | None = plan.instrument[identity]
        while item is not None and item.replaced_by is None:
            item = plan.instrument[item.parent] if item.parent else None
        if item is not None and item.replaced_by is not None:
            day = f" từ ngày {date_text(item.replaced_on)}" if item.replaced_on else ""
            message = f"'{identity}' dựa vào {item.name}, đã bị thay{day}"
            hint = f"dùng '{item.replaced_by}' ({plan.instrument[item.replaced_by].name}), đọc lại nội dung"
            yield Diagnostic(loaded.span(topic, "instruments", index), "replaced-instrument", message, hint)


def _rests_on_law(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    """When the plan's term is over, a topic rests on law, and its printed words do not speak as if the plan held."""
    if not plan.is_over:
        return
    if not any(plan.instrument[identity].kind in _LAW for identity in topic.topic.instruments):
        message = f"{plan.head.type} đã hết thời hạn ({plan.head.period.to}): chủ đề phải dựa vào luật đang có hiệu lực"
        draft = topic.topic.review.status == "draft"  # one may begin without
        severity: Severity = "warning" if draft else "error"
        yield Diagnostic(loaded.span(topic, "instruments"), "rests-on-ended-plan", message, severity=severity)
    for key, text in _texts(topic):
        if key and (found := re.search(rf"(?<!\w){re.escape(plan.head.type)}(?!\w)", text)):
            message = f"lời in ra nhắc '{found[0]}' như còn hiệu lực, mà thời hạn đã hết năm {plan.head.period.to}"
            yield Diagnostic(loaded.span(topic, key), "rests-on-ended-plan", message, "nêu điều luật thay vào")


def _deeds(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    """A tick never stands beside a "đừng": who reads badly sees the tick and the deed."""
    for key, lines in (("do", topic.topic.do), ("short", topic.topic.short.do)):
        for line in lines:
            if _NEGATIVE.match(line):
                message = f"dấu ✓ đứng cạnh lời cấm: '{line}'"
                yield Diagnostic(loaded.span(topic, key), "tick-beside-dont", message, "chuyển sang 'dont'")


def _articles_named(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    """Every `Điều 174` of a text is an article of one of the topic's instruments."""
    declared = {n for i in topic.topic.instruments for n in re.findall(r"\d+", plan.instrument[i].article or "")}
    for key, text in _texts(topic):
        span = loaded.span(topic, key) if key else loaded.body(topic)
        for match in _ARTICLE.finditer(text):
            if match[1] not in declared:
                message = f"bài nhắc 'Điều {match[1]}' nhưng ô 'instruments' không có điều luật này"
                yield Diagnostic(span, "uncited-article", message, "thêm mã của điều luật, có nguồn")


def _no_penalties(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    for key, text in _texts(topic):
        found = _PENALTY.search(text)
        if found:
            message = f"không nêu mức phạt ('{found[0]}'): mức phạt có thể đã thay đổi"
            yield Diagnostic(loaded.span(topic, key) if key else loaded.body(topic), "penalty", message)


def _article_length(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    low, high = ARTICLE_WORDS
    words = len(topic.plain.split())
    if words > high:
        message = f"phần bài {words} từ, {over(words, high)} so với {high} từ"
        yield Diagnostic(loaded.body(topic), "article-too-long", message)
    elif words < low:
        message = f"phần bài mới có {words} từ; nên từ {low} đến {high} từ"
        yield Diagnostic(loaded.body(topic), "article-short", message, severity="warning")


def _share(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    """The share text of a draft carries a mark of its own."""
    length = len(topic.topic.share) + len(DRAFT_MARK)
    if not loaded.awareness.reviews[topic.id].approved and length > SHARE_LENGTH:
        more = over(length, SHARE_LENGTH)
        message = f"kể cả '{DRAFT_MARK.strip()}', lời chia sẻ {length} ký tự, {more} so với {SHARE_LENGTH}"
        yield Diagnostic(loaded.span(topic, "share"), "share-too-long", message)


def _script(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    speech = loaded.awareness.speech
    assert speech is not None  # load_awareness sees to it
    script = spoken_script(topic.topic, speech, loaded.awareness.channels)
    low, high = SCRIPT_SECONDS
    span = loaded.span(topic, "script")
    if script.seconds > high:
        message = f"bài đọc dài {script.seconds} giây, {over(script.seconds, high)} so với {high} giây"
        yield Diagnostic(span, "script-too-long", message)
    elif script.seconds < low:
        yield Diagnostic(span, "script-too-short", f"bài đọc mới có {script.seconds} giây, chưa đủ {low} giây")
    lists = ("script", *(("signs", "do", "dont", "happened") if speech.dialogue else ()))
    said: list[tuple[tuple[str | int, ...], str]] = [(("message",), topic.topic.message)]
    said += [((name, n), line) for name in lists for n, line in enumerate(getattr(topic.topic, name))]
    said += [(("closing",), topic.topic.closing)] if topic.topic.closing else []
    spans = ((loaded.span(topic, *path), sentence) for path, sentence in said)
    yield from _unspoken(spans, speech, loaded.awareness.channels)


def _shared_words(loaded: LoadedAwareness) -> Iterator[Diagnostic]:
    """What every topic's script says besides the topic's own words, and the names of places, can be read aloud."""
    speech, of = loaded.awareness.speech, loaded.spans.of
    if speech is None:
        return
    said = [(of(speech, "greeting"), speech.greeting), (of(speech, "closing"), speech.closing)]
    said += [(of(speech, "station"), speech.station.replace("{place}", "xã"))] if speech.station else []
    between = speech.dialogue
    said += [(of(between, key), words) for key, words in between.model_dump().items()] if between else []
    said += [(of(place, "name"), place.name) for place in loaded.awareness.localities]
    yield from _unspoken(said, speech, loaded.awareness.channels)


def _unspoken(said: Iterable[tuple[Span, str]], speech: Speech, channels: Iterable[Channel]) -> Iterator[Diagnostic]:
    """What nobody knows how to say, each once, where it is written first."""
    say, found = speaker(speech, channels), set[str]()
    for span, sentence in said:
        for word in unspoken(say(sentence)):
            if word not in found:
                found.add(word)
                hint = "viết ra chữ, hoặc thêm cách đọc vào 'abbreviations' trong speech.yml"
                message = f"người đọc không biết đọc '{word}' thế nào"
                yield Diagnostic(span, "unspoken", message, hint, severity="warning")


def _review(loaded: LoadedAwareness, plan: Plan, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    state = loaded.awareness.reviews[topic.id]
    span = loaded.span(topic, "review")
    for change in state.changes:
        message = f"cần xem lại: {change.what} '{change.id}' {change.why} từ khi duyệt"
        hint = f"đọc lại, xin duyệt lại rồi chạy: kehoach approve {topic.id} --by … --on …"
        yield Diagnostic(span, "stale-topic", message, hint, severity="warning")
    if not state.sealed:
        hint = f"chạy: kehoach approve {topic.id} --by … --on …"
        old = topic.topic.review.seals is not None
        why = "dấu kiểm ('seals') do bản cũ của chương trình ghi" if old else "chưa có dấu kiểm ('seals')"
        message = f"đã duyệt nhưng {why}: chủ đề vẫn coi là bản soạn thảo"
        yield Diagnostic(span, "unsealed-review", message, hint, severity="warning")


def _texts(topic: AuthoredTopic) -> Iterator[tuple[str, str]]:
    """The topic's texts, each with the key of its field; the article's has none."""
    for key in Topic.model_fields:
        value = getattr(topic.topic, key)
        if isinstance(value, str):
            yield key, value
        elif key in ("signs", "do", "dont", "happened", "script"):
            yield key, "\n".join(value)
    yield "", topic.plain


def open_questions(loaded: LoadedAwareness, topic: AuthoredTopic) -> Iterator[Diagnostic]:
    """What stands in the way of an approval: printed places to report that no office confirmed, and words in doubt."""
    for index, identity in enumerate(topic.topic.channels):
        channel = loaded.awareness.channel[identity]
        if channel.confirmed_on is None:
            message = f"'{channel.value}' in trên mọi tờ mà chưa cơ quan nào xác nhận"
            hint = f"hỏi cơ quan, rồi ghi ngày trả lời vào 'confirmed_on' của '{identity}' trong channels.yml"
            yield Diagnostic(loaded.span(topic, "channels", index), "unconfirmed-channel", message, hint)
    for key, text in _texts(topic):
        if _DOUBT.search(text):
            message = "còn chữ 'cần xác nhận' trong lời in ra"
            span = loaded.span(topic, key) if key else loaded.body(topic)
            yield Diagnostic(span, "open-question", message, "hỏi cho xong rồi bỏ chữ ấy")


def grounds_to_ask(plan: Plan, awareness: Awareness, topic: AuthoredTopic) -> Iterator[str]:
    """Each thing that an approval vouches for, with its source and the day on which it was looked up, a line each."""
    for identity in topic.topic.instruments:
        item = plan.instrument[identity]
        day = f", đọc ngày {date_text(item.checked_on)}" if item.checked_on else ", chưa ghi ngày đọc"
        doubt = f" Chú ý: {item.provenance.note}" if item.provenance and item.provenance.note else ""
        yield f"{item.short_name or item.name}: còn hiệu lực không? (nguồn: {item.source or 'chưa có'}{day}){doubt}"
    for channel in (awareness.channel[identity] for identity in topic.topic.channels):
        day = f"xác nhận ngày {date_text(channel.confirmed_on)}" if channel.confirmed_on else "chưa xác nhận"
        yield f"{channel.name} ({channel.value}): còn đúng không? ({day})"
