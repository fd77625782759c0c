"""Numbers as Vietnamese writes them: a point between thousands, a comma before the fraction. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,\d{1,6})?(?![\w])")


def read_numbers(text: str) -> Iterator[Decimal]:
    """Every number of a text: `1.000` is a thousand, `2,50` two and a half."""
    for match in _NUMBER.finditer(text):
        yield Decimal(match[0].replace(".", "").replace(",", "."))


def read_number(text: str, unit: str = "") -> Decimal | None:
    """The number that a text is, alone or with its unit: `78,5%`; None for all else."""
    found = _NUMBER.fullmatch(text.strip().removesuffix(unit).rstrip())
    return next(read_numbers(found[0])) if found else None


def number_text(number: Decimal) -> str:
    """A number as it is printed, with the digits that it has: `1.234,5`."""
    return f"{number:,f}".translate({ord(","): ".", ord("."): ","})
