"""A topic → what the loudspeaker says of it, in words as spoken, and how long that takes. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.topic import Channel, Speech, Topic
from generator.words.speech import reading_seconds, speak, split_sentences

_REPEAT = "Xin nhắc lại."


@dataclass(frozen=True)
class Script:
    """The sentences as they are said, the message among them, and how long they take."""

    sentences: tuple[str, ...]
    message: str
    seconds: int


def written_script(topic: Topic, speech: Speech) -> tuple[str, ...]:
    """Greeting, message, the topic's sentences, the message again, closing: all as they are written."""
    return (
        *split_sentences(speech.greeting), topic.message, *topic.script, _REPEAT, topic.message,
        *split_sentences(topic.closing or speech.closing),
    )  # fmt: skip


def spoken_script(topic: Topic, speech: Speech, channels: Iterable[Channel]) -> Script:
    """The script as it is said; the channels' telephone numbers are said digit by digit."""
    said = {a.written: a.spoken for a in speech.abbreviations}
    phones = tuple(c.value for c in channels if c.kind == "phone")
    sentences = tuple(speak(sentence, said, phones) for sentence in written_script(topic, speech))
    seconds = reading_seconds(sentences, speech.pace_words_per_minute)
    return Script(sentences, speak(topic.message, said, phones), seconds)
