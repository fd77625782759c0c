"""Written text → text as it is said on a loudspeaker: numbers and abbreviations in words; reading time. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_MILLIARD = 1_000_000_000
_LONGEST = 15  # digits; longer strings are numbers of accounts or telephones, said digit by digit
_CAPITALS_OF_VIETNAMESE = "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
_SENTENCE_END = re.compile(rf"(?:(?<=[.!?…])|(?<=[.!?…][”\")]))\s+(?=[\"“(]?[A-Z0-9{_CAPITALS_OF_VIETNAMESE}])")
_DATE = re.compile(r"(?:ngày\s+)?(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_DAY = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})(?![\d/])")
_RATE = re.compile(r"%/(?=\w)")
_MONTH = re.compile(r"tháng\s+(\d{1,2})/(\d{4})(?![\d/])")
_RANGE = re.compile(r"(?<![\w.,])(\d+)\s?[-–]\s?(\d+)(?![\w])")
_NUMBER = re.compile(r"(?<![\w])(\d+(?:\.\d{3})*(?:,\d+)?)(\s?%)?(?!\w)")
_CAPITALS = re.compile(r"(?<!\w)(?=\w*[A-ZĐ]\w*[A-ZĐ])[A-ZĐ][\wĐđ]*(?!\w)")


def speak(text: str, abbreviations: Mapping[str, str], phones: Iterable[str] = ()) -> str:
    """The text as it is said. `abbreviations` come first; `phones` are numbers that are said digit by digit."""
    said = {phone: spell_digits(phone) for phone in phones} | dict(abbreviations)
    for written in sorted(said, key=len, reverse=True):
        text = re.sub(rf"(?<![\w/]){re.escape(written)}(?![\w/])", said[written].replace("\\", r"\\"), text)
    text = _MONTH.sub(lambda m: f"tháng {_month(int(m[1]))} năm {spell_number(int(m[2]))}", text)
    text = _DAY.sub(_date, _DATE.sub(_date, text))
    text = _RATE.sub("% một ", text)
    text = _RANGE.sub(lambda m: f"{m[1]} đến {m[2]}", text)
    return _NUMBER.sub(_number, text)


def unspoken(text: str) -> list[str]:
    """What is left in a spoken text that nobody can read aloud: digits, signs and runs of capitals."""
    found = [word for word in re.findall(r"\S*[\d/%&@#+=_]\S*", text)]
    return found + [match[0] for match in _CAPITALS.finditer(text) if match[0] not in " ".join(found)]


def spell_digits(number: str) -> str:
    """A number said digit by digit: `113` → `một một ba`."""
    return " ".join(_DIGITS[int(digit)] for digit in number if digit.isdigit())


def spell_number(number: int) -> str:
    """A whole number in words: 105 → `một trăm linh năm`, 2025 → `hai nghìn không trăm hai mươi lăm`."""
    if number >= _MILLIARD:
        high, low = divmod(number, _MILLIARD)
        return f"{spell_number(high)} tỷ{_rest(low)}"
    return _below_milliard(number, leading=True) or _DIGITS[0]


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def count_words(text: str) -> int:
    """How many syllables (tiếng) are said."""
    return sum(bool(re.search(r"\w", piece)) for piece in re.split(r"[\s\-–]+", text))


def reading_seconds(texts: Iterable[str], words_per_minute: int) -> int:
    """How long the texts take to read aloud, in whole seconds."""
    return round(sum(map(count_words, texts)) * 60 / words_per_minute)


def _rest(low: int) -> str:
    return f" {_below_milliard(low, leading=False)}" if low else ""


def _below_milliard(number: int, *, leading: bool) -> str:
    groups = (number // 1_000_000, number // 1000 % 1000, number % 1000)
    words: list[str] = []
    for scale, group in zip(reversed(_SCALES), groups, strict=True):
        if group:
            words.append(f"{_hundreds(group, leading=leading and not words)} {scale}".strip())
    return " ".join(words)


def _hundreds(number: int, *, leading: bool) -> str:
    """A group of three digits; one that does not lead the number says its empty hundreds."""
    hundred, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundred]} trăm"] if hundred or not leading else []
    if rest:
        words.append(f"linh {_DIGITS[rest]}" if words and rest < 10 else _tens(rest))
    return " ".join(words)


def _tens(number: int) -> str:
    ten, unit = divmod(number, 10)
    if ten == 0:
        return _DIGITS[unit]
    word = "mười" if ten == 1 else f"{_DIGITS[ten]} mươi"
    if unit == 0:
        return word
    if unit == 5:
        return f"{word} lăm"
    if ten > 1 and unit in (1, 4):
        return f"{word} {'mốt' if unit == 1 else 'tư'}"
    return f"{word} {_DIGITS[unit]}"


def _date(match: re.Match[str]) -> str:
    day, month = int(match[1]), int(match[2])
    year = f" năm {spell_number(int(match[3]))}" if match.re is _DATE else ""
    return f"ngày {spell_number(day)} tháng {_month(month)}{year}"


def _month(month: int) -> str:
    return "tư" if month == 4 else spell_number(month)


def _number(match: re.Match[str]) -> str:
    whole, _, fraction = match[1].partition(",")
    digits = whole.replace(".", "")
    if len(digits) > _LONGEST or (digits.startswith("0") and len(digits) > 2):
        words = spell_digits(digits)
    else:
        words = spell_number(int(digits))
    if fraction:
        by_digits = fraction.startswith("0") or len(fraction) > _LONGEST
        words += f" phẩy {spell_digits(fraction) if by_digits else spell_number(int(fraction))}"
    return f"{words} phần trăm" if match[2] else words
