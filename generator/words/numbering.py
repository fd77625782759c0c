"""How clauses are numbered: I, 1, a), A, 1.1, and what was put between (3a). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of NĐ 30, Phụ lục I
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_PARTS = (
    ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip
_ARABIC = re.compile(r"([1-9][0-9]{0,3})([a-zđ]?)")
_DECIMAL = re.compile(r"(?:[1-9][0-9]{0,3}\.){1,4}(?:([1-9][0-9]{0,3})([a-zđ]?)|([a-zđ]))")
_SPOKEN = {"roman": "Mục", "capital": "Phần", "arabic": "khoản", "decimal": "tiểu mục", "letter": "điểm"}


@dataclass(frozen=True)
class Numeral:
    """A clause's number as a kind and an ordinal from 1; `suffix` is the letter of one put in between, as in 3a."""

    kind: Literal["roman", "capital", "arabic", "decimal", "letter"]
    ordinal: int
    suffix: str = ""


def parse_number(number: str) -> Numeral | None:
    """The meaning of a printed number, or None if it is of no known kind."""
    if match := _ARABIC.fullmatch(number):
        return Numeral("arabic", int(match[1]), match[2])
    if match := _DECIMAL.fullmatch(number):
        ordinal = int(match[1]) if match[1] else LETTERS.find(match[3]) + 1
        return Numeral("decimal", ordinal, match[2] or "") if ordinal else None
    if re.fullmatch(r"[IVXLC]+", number) and (ordinal := _roman(number)):
        return Numeral("roman", ordinal)
    if len(number) == 1 and number in LETTERS:
        return Numeral("letter", LETTERS.index(number) + 1)
    if len(number) == 1 and number.lower() in LETTERS:
        return Numeral("capital", LETTERS.index(number.lower()) + 1)
    return None


def follows(number: str, last: Numeral | None) -> Numeral | None:
    """The meaning of a number among its siblings: after A and B, C is a letter and not a hundred."""
    numeral = parse_number(number)
    if last is not None and last.kind == "capital" and numeral is not None and numeral.kind == "roman":
        return Numeral("capital", LETTERS.index(number.lower()) + 1) if len(number) == 1 else numeral
    return numeral


def printed_label(number: str | None) -> str:
    """The number with its mark, as NĐ 30 prints it: `I.`, `1.`, `a)`; empty for an unnumbered clause."""
    if number is None:
        return ""
    numeral = parse_number(number)
    return f"{number})" if numeral and numeral.kind == "letter" else f"{number}."


def spoken_level(number: str | None) -> str:
    """What a citation calls a clause with this number: Mục V, khoản 7, điểm a."""
    numeral = parse_number(number) if number else None
    return _SPOKEN[numeral.kind] if numeral else ""


def _roman(number: str) -> int:
    """The value of a Roman number, 0 for letters that are none, such as IIX."""
    values = [_ROMAN[c] for c in number]
    value = sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return value if _to_roman(value) == number else 0


def _to_roman(value: int) -> str:
    written = ""
    for letters, worth in _ROMAN_PARTS:
        while value >= worth:
            written, value = written + letters, value - worth
    return written
