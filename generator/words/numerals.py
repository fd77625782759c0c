"""Vietnamese number words: whole numbers, digits one by one, decimal fractions, Roman numerals. Pure."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MILLIARD = 1_000_000_000
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True)
class Numerals:
    """The words that differ by region: `linh`, `nghìn` in the north, `lẻ`, `ngàn` in the south."""

    odd: str = "linh"
    thousand: str = "nghìn"

    def spell(self, number: int) -> str:
        """A whole number in words: 105 → `một trăm linh năm`, 2025 → `hai nghìn không trăm hai mươi lăm`."""
        if number >= _MILLIARD:
            high, low = divmod(number, _MILLIARD)
            return f"{self.spell(high)} tỷ" + (f" {self._groups(low, leading=False)}" if low else "")
        return self._groups(number, leading=True) or DIGITS[0]

    def _groups(self, number: int, *, leading: bool) -> str:
        words: list[str] = []
        for scale, size in (("triệu", 1_000_000), (self.thousand, 1000), ("", 1)):
            if group := number // size % 1000:
                words.append(f"{self._hundreds(group, leading=leading and not words)} {scale}".strip())
        return " ".join(words)

    def _hundreds(self, number: int, *, leading: bool) -> str:
        """A group of three digits; one that does not lead the number says its empty hundreds."""
        hundred, rest = divmod(number, 100)
        words = [f"{DIGITS[hundred]} trăm"] if hundred or not leading else []
        if rest:
            words.append(f"{self.odd} {DIGITS[rest]}" if words and rest < 10 else _tens(rest))
        return " ".join(words)


NORTH, SOUTH = Numerals(), Numerals("lẻ", "ngàn")


def spell_digits(number: str, between: str = " ") -> str:
    """A number said digit by digit: `113` → `một một ba`."""
    return between.join(DIGITS[int(digit)] for digit in number if digit.isdigit())


def roman_value(numeral: str) -> int:
    """`XIV` → 14. Letters that make no Roman number give what they add up to."""
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, (*values[1:], 0), strict=True))


def _tens(number: int) -> str:
    ten, unit = divmod(number, 10)
    if ten == 0:
        return DIGITS[unit]
    word = "mười" if ten == 1 else f"{DIGITS[ten]} mươi"
    if unit == 0:
        return word
    if unit == 5:
        return f"{word} lăm"
    if ten > 1 and unit in (1, 4):
        return f"{word} {'mốt' if unit == 1 else 'tư'}"
    return f"{word} {DIGITS[unit]}"
