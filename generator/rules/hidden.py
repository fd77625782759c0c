"""The words that only what is hidden has, and whether a text of the public's plan gives any of them away. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from generator.model import types as model
from generator.model.plan import Plan, paragraph_text
from generator.model.walk import is_quoted, plan_records, texts_of

RUN = 5  # words that follow one another; four ("phối hợp thực hiện") are met by chance
SHORT_RUN = 4  # in a remark on the text, which may as well be left out
NAMES = ("name", "label", "short_title")  # what a record is called: where it is shown, so is its name
_WORD = re.compile(r"[^\W_]+(?:[-/.,][^\W_]+)*")
Words = tuple[str, ...]


class HiddenWords:
    """What `plan` says and `shown`, the same plan without what is hidden, does not."""

    def __init__(self, plan: Plan, shown: Plan) -> None:
        self._hidden = [words_of(text) for text in {*_said(plan)} - {*_said(shown)}]
        self._printed = [words_of(text) for text in {*_printed(shown)}] if self._hidden else []
        self._found: dict[int, frozenset[Words]] = {}

    def shared(self, text: str, least: int = RUN) -> str:
        """The first run of `least` words that a text shares with hidden text and with nothing that is shown, or "".

        A hidden text of fewer words, but for a single one, is a run of its own.
        """
        known = self._runs(least) if self._hidden else frozenset()
        words = words_of(text) if known else ()
        runs = (run for size in range(2, least + 1) for run in _windows(words, size))
        return next((" ".join(run) for run in runs if run in known), "")

    def has(self, text: str) -> bool:
        """True if the whole of a text, however short, stands in hidden text and in nothing that is shown."""
        words = words_of(text) if self._hidden else ()
        return bool(words) and _stands_in(words, self._hidden_lines) and not _stands_in(words, self._printed_lines)

    def _runs(self, least: int) -> frozenset[Words]:
        if least not in self._found:
            hidden = {run for words in self._hidden for run in _windows(words, min(max(len(words), 2), least))}
            known = {run for words in self._printed for size in range(2, least + 1) for run in _windows(words, size)}
            self._found[least] = frozenset(hidden - known)
        return self._found[least]

    @cached_property
    def _hidden_lines(self) -> str:
        return _lines(self._hidden)

    @cached_property
    def _printed_lines(self) -> str:
        return _lines(self._printed)


def words_of(text: str) -> Words:
    """The words of a text, without case and marks."""
    return tuple(_WORD.findall(text.casefold()))


def _windows(words: Words, size: int) -> Iterator[Words]:
    return (words[start : start + size] for start in range(len(words) - size + 1))


def _lines(texts: Iterable[Words]) -> str:
    """Texts one a line, a blank around each word."""
    return "".join(f" {' '.join(words)} \n" for words in texts)


def _stands_in(words: Words, lines: str) -> bool:
    return f" {' '.join(words)} " in lines


def _printed(plan: Plan) -> Iterator[str]:
    """What the plan prints: its texts, by statement and by paragraph, and what things are called."""
    for record in plan_records(plan):
        for _, text in texts_of(record):
            yield from (text.as_issued(), text.reading())
        if isinstance(record, model.Paragraph):
            whole = paragraph_text(record)
            yield from (whole.as_issued(), whole.reading())
        yield from (value for name in NAMES if isinstance(value := getattr(record, name, None), str))


def _said(plan: Plan) -> Iterator[str]:
    """What is printed, and the fields that hold words of it."""
    yield from _printed(plan)
    for record in plan_records(plan):
        if not isinstance(record, model.Remark):
            for name, info in type(record).model_fields.items():
                value = getattr(record, name) if is_quoted(info) else None
                yield from value if isinstance(value, tuple) else (value,) if value is not None else ()
