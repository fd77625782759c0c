"""The data's texts that are printed → the characters that the face embedded in print lacks, each with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import typst

from generator.diagnostics import Diagnostic
from generator.model import types as model
from generator.model.walk import plan_records, walk_records
from generator.read.plan import Loaded, Spans
from generator.read.profile import Profile
from generator.read.topics import LoadedAwareness
from generator.words.links import Text

_SET = b"""
#set document(title: "x")
#set text(font: sys.inputs.font, fallback: false)
#for letter in json(bytes(sys.inputs.letters)) [#letter ]
"""
_LACKING = re.compile(r'the text `"(.+)"` could not be displayed', re.S)
# On the site, in Word or in plain text only, where the reader's own faces help out
_NOT_PRINTED = frozenset({"url", "source", "provenance", "share", "script", "picture_alt", "door", "aliases"})


def check_letters(loaded: Loaded, found: LoadedAwareness, profile: Profile) -> list[Diagnostic]:
    """A finding for each field that holds characters without a glyph in the profile's face."""
    awareness = found.awareness
    fronts = (inner for item in awareness.topics for inner in walk_records(item.topic))
    texts = [
        *_printed(plan_records(replace(loaded.plan, source=None)), loaded.spans),
        *_printed((*fronts, *awareness.channels), found.spans),
    ]
    missing = _missing(profile, {letter for _, _, _, words in texts for letter in words if not letter.isascii()})
    return [_finding(*text, missing, profile.fonts.pdf) for text in texts if missing.intersection(text[3])]


def missing_letters(words: str, profile: Profile) -> list[str]:
    """The characters of a text without a glyph in the profile's face, in order."""
    missing = _missing(profile, {letter for letter in words if not letter.isascii()})
    return [letter for letter in dict.fromkeys(words) if letter in missing]


def _finding(spans: Spans, record: model.Record, key: str, words: str, missing: set[str], face: str) -> Diagnostic:
    found = [letter for letter in dict.fromkeys(words) if letter in missing]
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in found)
    span = spans.within(record, found[0], key)
    return Diagnostic(span, "missing-letter", f"phông in {face} không có chữ {named}", "thay bằng chữ khác")


def _printed(records: Iterable[model.Record], spans: Spans) -> Iterator[tuple[Spans, model.Record, str, str]]:
    """The fields that hold words, by their keys, and the words."""
    for record in records:
        for name, info in type(record).model_fields.items():
            if name not in _NOT_PRINTED and not isinstance(record, model.Provenance | model.Unknown):
                for words in _words(getattr(record, name)):
                    yield spans, record, info.alias or name, words


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.reading() + value.as_issued()
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, str))


def _missing(profile: Profile, letters: set[str]) -> set[str]:
    """Those without a glyph: Typst names them one by one."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[profile.font_folder()])
    missing: set[str] = set()
    while letters - missing:
        inputs = {"font": profile.fonts.pdf, "letters": json.dumps(sorted(letters - missing))}
        try:
            typst.Compiler(_SET, font_paths=fonts, sys_inputs=inputs).compile(format="pdf", pdf_standards="a-2b")
        except typst.TypstError as error:
            named = _LACKING.search(str(error))
            found = letters.intersection(named[1]) if named else set()
            if not found:  # not about letters: whoever prints will say
                break
            missing |= found
        else:
            break
    return missing
