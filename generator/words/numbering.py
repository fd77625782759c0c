"""How clauses are numbered: Roman for a mục, Arabic for a khoản, letters for a điểm. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of NĐ 30, Phụ lục I
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True)
class Numeral:
    """A clause's number as a kind and an ordinal from 1."""

    kind: Literal["roman", "arabic", "letter"]
    ordinal: int


def parse_number(number: str) -> Numeral | None:
    """The meaning of a printed number, or None if it is of no known kind."""
    if re.fullmatch(r"[1-9][0-9]*", number):
        return Numeral("arabic", int(number))
    if re.fullmatch(r"[IVXLC]+", number):
        return Numeral("roman", _roman(number))
    if len(number) == 1 and number in LETTERS:
        return Numeral("letter", LETTERS.index(number) + 1)
    return None


def printed_label(number: str | None) -> str:
    """The number with its mark, as NĐ 30 prints it: `I.`, `1.`, `a)`; empty for an unnumbered clause."""
    if number is None:
        return ""
    numeral = parse_number(number)
    return f"{number})" if numeral and numeral.kind == "letter" else f"{number}."


def spoken_level(number: str | None) -> str:
    """What a citation calls a clause with this number: Mục V, khoản 7, điểm a."""
    numeral = parse_number(number) if number else None
    return {"roman": "Mục", "arabic": "khoản", "letter": "điểm"}[numeral.kind] if numeral else ""


def _roman(number: str) -> int:
    values = [_ROMAN[c] for c in number]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
