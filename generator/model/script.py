"""A topic → what the loudspeaker says of it, in words as spoken, and how long that takes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from generator.model.topic import Channel, Dialogue, Labels, Speech, Topic
from generator.words.speech import numerals_of, reading_seconds, speak, split_sentences

_REPEAT = "Xin nhắc lại."


@dataclass(frozen=True)
class DialogueScript:
    """What two readers say in turn, as it is said, and how long it takes: the turns begin with the first reader."""

    turns: tuple[tuple[str, ...], ...]
    seconds: int


@dataclass(frozen=True)
class Script:
    """The sentences as they are said, the message among them, and how long they take."""

    sentences: tuple[str, ...]
    message: str
    seconds: int


def written_script(topic: Topic, speech: Speech, place: str = "") -> tuple[str, ...]:
    """Greeting, message, the topic's sentences, the message again, closing: all as they are written.

    Where the station's `place` is known, it announces itself first.
    """
    return (
        *_station(speech, place), *split_sentences(speech.greeting), topic.message, *topic.script,
        _REPEAT, topic.message, *split_sentences(topic.closing or speech.closing),
    )  # fmt: skip


def _station(speech: Speech, place: str) -> tuple[str, ...]:
    return (speech.station.replace("{place}", place),) if speech.station and place else ()


def spoken_script(topic: Topic, speech: Speech, channels: Iterable[Channel], place: str = "") -> Script:
    """The script as it is said, and the seconds that its words and the pauses after its sentences take."""
    say = speaker(speech, channels)
    sentences = tuple(map(say, written_script(topic, speech, place)))
    seconds = reading_seconds(sentences, speech.pace_words_per_minute, speech.pause_milliseconds)
    return Script(sentences, say(topic.message), seconds)


def written_dialogue(topic: Topic, speech: Speech, dialogue: Dialogue, place: str = "") -> tuple[tuple[str, ...], ...]:
    """The turns of two readers as they are written: the first opens and asks, the second has the topic's words.

    A topic that gives its lists headings of its own is asked by these.
    """

    def asked(part: str) -> str:
        own, usual = getattr(topic.labels, part), getattr(Labels(), part)
        return f"{own}?" if own != usual else getattr(dialogue, part)

    turns: list[Iterable[str]] = [
        (*_station(speech, place), *split_sentences(dialogue.opening)), (topic.message,),
        (dialogue.story,), topic.script,
        (asked("signs"),), topic.signs,
        (asked("do"),), topic.do,
        (asked("dont"),), topic.dont,
        (asked("happened"),), topic.happened,
        (dialogue.repeat, topic.message), split_sentences(topic.closing or speech.closing),
    ]  # fmt: skip
    return tuple(map(tuple, turns))


def spoken_dialogue(
    topic: Topic, speech: Speech, dialogue: Dialogue, channels: Iterable[Channel], place: str = ""
) -> DialogueScript:
    """The turns as they are said."""
    say = speaker(speech, channels)
    turns = tuple(tuple(map(say, turn)) for turn in written_dialogue(topic, speech, dialogue, place))
    sentences = [sentence for turn in turns for sentence in turn]
    return DialogueScript(turns, reading_seconds(sentences, speech.pace_words_per_minute, speech.pause_milliseconds))


def speaker(speech: Speech, channels: Iterable[Channel]) -> Callable[[str], str]:
    """How the commune's loudspeaker says a written sentence; channels' numbers digit by digit where they are called."""
    said = {a.written: a.spoken for a in speech.abbreviations}
    phones = tuple(c.value for c in channels if c.kind == "phone")
    return partial(speak, abbreviations=said, phones=phones, numerals=numerals_of(speech.accent))
