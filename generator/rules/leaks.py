"""Where what is public has words that stand only in what is internal → diagnostics. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Span
from generator.model.plan import Plan
from generator.model.topics import AuthoredTopic
from generator.model.walk import is_internal
from generator.read.plan import Loaded
from generator.read.topics import LoadedAwareness
from generator.rules.hidden import HiddenWords
from generator.rules.public import public_plan, words_given_away


def check_leaks(loaded: Loaded) -> Iterator[Diagnostic]:
    """A warning for each field of a public record that shares a run of words with hidden text.

    An alias or a misprint that stands whole in hidden text is none: it is left out, as it should be.
    """
    for given in words_given_away(loaded.plan):
        key = next(part for part in reversed(given.path) if isinstance(part, str))
        span = loaded.spans.of(given.record, *given.path)
        yield _leak(span, f"'{key}'", given.words, left_out=given.left_out)


def check_topic_leaks(loaded: LoadedAwareness, plan: Plan) -> Iterator[Diagnostic]:
    """A warning for each public topic that shares a run of words with what of the plan is hidden."""
    hidden = HiddenWords(plan, public_plan(plan))
    for topic in loaded.awareness.topics:
        for key, text in _texts(topic) if not is_internal(topic.topic) else ():
            if words := hidden.shared(text):
                span = loaded.span(topic, key) if key else loaded.body(topic)
                yield _leak(span, f"'{key}'" if key else "bài", words, left_out=False)


def _leak(span: Span, what: str, words: str, *, left_out: bool) -> Diagnostic:
    then = "bản công khai sẽ bỏ ô này" if left_out else "bản công khai không bỏ được chỗ này"
    message = f"{what} có chữ chỉ phần nội bộ mới có: '{words}'; {then}"
    hint = "viết lại cho khác; chỗ chỉ dùng nội bộ thì đánh dấu 'audience: internal'"
    return Diagnostic(span, "internal-words", message, hint, "warning")


def _texts(topic: AuthoredTopic) -> Iterator[tuple[str, str]]:
    """Every text of a topic with the key of its field; the article's has none."""
    yield "", topic.plain
    for name in type(topic.topic).model_fields:
        value = getattr(topic.topic, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                yield name, text
