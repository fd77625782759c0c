"""Written text → text as it is said on a loudspeaker: numbers, dates, units in words; reading time. Pure.

What a rule does not know stays as it is written, whole, and `unspoken` finds it: better a question to the writer than a
wrong word on the air.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from generator.words.numerals import NORTH, SOUTH, Numerals, roman_value, spell_digits

_LONGEST = 7  # digits in one piece; longer ones are numbers of accounts or telephones, said digit by digit
_CAPITALS_OF_VIETNAMESE = "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
_SENTENCE_END = re.compile(rf"(?:(?<=[.!?…])|(?<=[.!?…][”\")]))\s+(?=[\"“(]?[A-Z0-9{_CAPITALS_OF_VIETNAMESE}])")
_UNITS = {
    "km²": "ki-lô-mét vuông", "m²": "mét vuông", "m³": "mét khối", "ha": "héc-ta", "km": "ki-lô-mét",
    "cm": "xăng-ti-mét", "mm": "mi-li-mét", "m": "mét", "kg": "ki-lô-gam", "g": "gam", "l": "lít",
    "đ": "đồng", "đồng": "đồng", "VNĐ": "đồng", "VND": "đồng", "USD": "đô la Mỹ",
    "%": "phần trăm", "°C": "độ xê", "h": "giờ",
}  # fmt: skip
# What is counted: before one of these even 113 is a number
_COUNTED = (
    "ca|cá nhân|căn|chiếc|con|cơ quan|cuộc|đối tượng|gia đình|giây|giờ|hộ|huyện|lần|lượt|năm|ngày|nghìn|ngàn|người|"
    "nhóm|phút|phường|quận|tài khoản|tấn|tháng|thôn|tin|tỉnh|triệu|trường|tỷ|vị|việc|vụ|xã|buôn|băng|bị can|"
    + "|".join(_UNITS)
)
_EACH = "tháng|năm|ngày|tuần|giờ|phút|quý|người|hộ|kg|ha|m²|km|tấn|lít|xã|huyện|vụ|lần|chuyến|gói|bao"
# A number begins and ends: not within a word, another number or the number of a document
_NOT_INSIDE = r"(?<![\w/])(?<!\d[.,:–—-])(?<![^\W\d_]-)"
_ENDS = r"(?!\w)(?![.,:]\d|/\w|-\w)"
_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_CALLED = re.compile(
    r"(?:\b(?:số|gọi|tổng đài|đầu số|điện thoại|ĐT|báo|quay|nhắn|nhắn tin|đường dây nóng|hotline|"
    r"công an|cảnh sát|cấp cứu|máy)(?:\s+(?:ngay|số|cho|đến|tới|vào|qua|là|theo|về|khẩn cấp|điện))*\s*:?\s*|^\s*)"
    r"(?:[\d, ]|hoặc|hay|và)*$",
    re.IGNORECASE,
)
_TAKES_ROMAN = "mục|chương|phần|quý|thế kỷ|khoản|khóa|kỳ|lần thứ|đại hội"
_OF = "số|tổng|diện tích|giá|của|trong|tiền"  # of what n/m is a part
_DAY_CUES = "ngày|dịp|lễ|tết|mừng|mồng|mùng|hôm|sáng|trưa|chiều|tối|đêm|trước|sau|từ|đến|kỷ niệm"
_LETTER_ALONE = re.compile(r"(?<![\w'’-])[B-DF-HI-NP-TV-XZĐ](?![\w'’-])")
_CAPITALS = re.compile(r"(?<!\w)(?=\w*[A-ZĐ]\w*[A-ZĐ])[A-ZĐ][\wĐđ]*(?!\w)")
_SAYABLE = re.compile(r"[\"“”‘’'(]*[^\W\d_]+(?:[-'’][^\W\d_]+)*[\"“”’').,:;!?…]*|[–—-]")


def speak(text: str, abbreviations: Mapping[str, str], phones: Iterable[str] = (), numerals: Numerals = NORTH) -> str:
    """The text as it is said. `abbreviations` come first; `phones` are said digit by digit where a number is called."""
    codes = {phone: spell_digits(phone, ", ") for phone in phones}
    codes |= {written: said for written, said in abbreviations.items() if written.isdigit()}
    for written in sorted(abbreviations, key=len, reverse=True):
        if not written.isdigit():
            said = abbreviations[written].replace("\\", r"\\")
            text = re.sub(rf"(?<![\w/]){re.escape(written)}(?![\w/])", said, text)
    saying = _Saying(numerals, codes)
    for pattern, say in _COMPILED:
        text = pattern.sub(say if isinstance(say, str) else partial(say, saying), text)
    return text


def numerals_of(accent: str) -> Numerals:
    """The number words of an accent, `bac` or `nam`."""
    return SOUTH if accent == "nam" else NORTH


def unspoken(text: str) -> list[str]:
    """What is left in a spoken text that nobody can read aloud: digits, signs, letters alone and runs of capitals."""
    found = [word for word in text.split() if not _SAYABLE.fullmatch(word)]
    words = [word.rstrip('.,;:!?…”")').lstrip('“"(') or word for word in found]
    rest = " ".join(word for word in text.split() if word not in found)
    return words + [match[0] for rule in (_CAPITALS, _LETTER_ALONE) for match in rule.finditer(rest)]


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def count_words(text: str) -> int:
    """How many syllables (tiếng) are said."""
    return sum(bool(re.search(r"\w", piece)) for piece in re.split(r"[\s\-–]+", text))


def reading_seconds(texts: Iterable[str], words_per_minute: int, pause_milliseconds: int = 0) -> int:
    """How long the texts take to read aloud, in whole seconds: their words, and a pause after each."""
    texts = list(texts)
    return round(sum(map(count_words, texts)) * 60 / words_per_minute + len(texts) * pause_milliseconds / 1000)


class _Saying:
    """How one text's numbers are said: by these number words, with these codes digit by digit."""

    def __init__(self, numerals: Numerals, codes: Mapping[str, str]) -> None:
        self.spell = numerals.spell
        self.codes = codes

    def date(self, match: re.Match[str]) -> str:
        """d/m/y, d-m-y, d.m.y; a day or month that does not exist stays."""
        day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
        return (
            f"{match['before'] or 'ngày'} {self._day(day, month)} năm {self.spell(year)}"
            if _exists(day, month)
            else match[0]
        )

    def days(self, match: re.Match[str]) -> str:
        """`ngày 2/9 và 1/10`: each of them."""
        parts = [tuple(map(int, part)) for part in re.findall(r"(\d+)/(\d+)", match["days"])]
        if not all(_exists(*part) for part in parts):
            return match[0]
        said = re.sub(r"(\d+)/(\d+)", lambda m: self._day(int(m[1]), int(m[2])), match["days"])
        cue = match["cue"]
        return f"{cue} {said}" if cue.lower() in ("ngày", "mồng", "mùng") else f"{cue} ngày {said}"

    def month(self, match: re.Match[str]) -> str:
        """`tháng 4/2026`."""
        month = int(match["month"])
        known = 1 <= month <= 12
        return f"{match['word']} {self._month(month)} năm {self.spell(int(match['year']))}" if known else match[0]

    def april(self, match: re.Match[str]) -> str:
        """The fourth month has a word of its own."""
        return f"{match['word']} tư"

    def quarter(self, match: re.Match[str]) -> str:
        """`quý III/2017`."""
        number = match["number"]
        quarter = int(number) if number.isdigit() else roman_value(number)
        return f"{match['word']} {self.spell(quarter)} năm {self.spell(int(match['year']))}"

    def roman(self, match: re.Match[str]) -> str:
        """`Mục IV`."""
        return f"{match['word']} {self.spell(roman_value(match['number']))}"

    def part(self, match: re.Match[str]) -> str:
        """n/m of something counted; a day of the year where it can be no part."""
        over, under = int(match["over"]), int(match["under"])
        if over < under and re.match(rf"\s(?:{_OF}|{_COUNTED})(?!\w)", match.string[match.end() :]):
            return f"{self.spell(over)} phần {self.spell(under)}"
        return f"ngày {self._day(over, under)}" if over >= under and _exists(over, under) else match[0]

    def time(self, match: re.Match[str]) -> str:
        """`8h30`, `19:30`."""
        hour, minute = int(match["hour"]), int(match["minute"])
        if hour > 24 or minute > 59:
            return match[0]
        return f"{self.spell(hour)} giờ" + (f" {self.spell(minute)}" if minute else "")

    def called(self, match: re.Match[str]) -> str:
        """A telephone's short number where it is called; elsewhere it is a number like others."""
        code, text = match["code"], match.string
        if code not in self.codes or re.match(rf"\s?(?:{_COUNTED})(?!\w)", text[match.end() :]):
            return match[0]
        return self.codes[code] if _CALLED.search(text[: match.start()]) else match[0]

    def measure(self, match: re.Match[str]) -> str:
        """A number with its unit."""
        return f"{self.number(match)}{match['scale'] or ''} {_UNITS[match['unit']]}"

    def dollars(self, match: re.Match[str]) -> str:
        """`$100`."""
        return f"{self.number(match)} đô la Mỹ"

    def number(self, match: re.Match[str]) -> str:
        """`1.250.000`, `3,05`; one that begins with a zero digit by digit."""
        whole, _, fraction = match["number"].partition(",")
        digits = whole.replace(".", "")
        words = spell_digits(digits) if digits.startswith("0") and len(digits) > 2 else self.spell(int(digits))
        if fraction:
            by_digits = fraction.startswith("0") or len(fraction) > _LONGEST
            words += f" phẩy {spell_digits(fraction) if by_digits else self.spell(int(fraction))}"
        return words

    def _day(self, day: int, month: int) -> str:
        return f"{self.spell(day)} tháng {self._month(month)}"

    def _month(self, month: int) -> str:
        return "tư" if month == 4 else self.spell(month)


def _exists(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _by_groups(saying: _Saying, match: re.Match[str]) -> str:
    """A long number digit by digit, a short pause after each group: those written, else three or four digits."""
    written = match[0]
    digits = re.sub(r"\D", "", written)
    if written[0] in "+80" and len(digits) < 9 and not written.isdigit() and not written.startswith("18"):
        return written
    groups = re.split(r"[ .-]", written.lstrip("+"))
    if len(groups) == 1 and written[:4] in ("1800", "1900"):
        groups = [written[:4], written[4:]]
    elif len(groups) == 1:
        first = len(digits) % 3 + 3 if len(digits) % 3 == 1 else len(digits) % 3 or 3
        groups = [digits[:first], *(digits[n : n + 3] for n in range(first, len(digits), 3))]
    plus = "cộng " if written.startswith("+") else ""
    return plus + ", ".join(map(spell_digits, groups))


def _and_so_on(saying: _Saying, match: re.Match[str]) -> str:
    return "vân vân" if match.string[match.end() :].strip() else "vân vân."


def _dated(sign: str) -> str:
    day = rf"(?P<day>\d{{1,2}})(?P<sign>{sign})(?P<month>\d{{1,2}})(?P=sign)(?P<year>\d{{4}})"
    return rf"(?:(?P<before>(?i:ngày|mồng|mùng))\s+)?{_NOT_INSIDE}{day}{_ENDS}"


_ROMAN = r"(?P<number>(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))"
_DAYS = r"\d{1,2}/\d{1,2}(?:(?:,| và| đến)\s+\d{1,2}/\d{1,2}(?![\d/]))*"
_SCALE = "(?P<scale> (?:nghìn|ngàn|triệu|tỷ))?"
_MEASURED = rf"(?!\w)(?![.,:]\d|-\w|/(?!(?:{_EACH})(?!\w)))"
_UNIT = "|".join(_UNITS)
_RULES: tuple[tuple[str, Callable[[_Saying, re.Match[str]], str] | str], ...] = (
    (_dated("[.-]"), _Saying.date),
    (rf"{_NOT_INSIDE}(?:\+84|84|0)[ .-]?\d{{1,4}}(?:[ .-]?\d{{2,4}}){{2,3}}{_ENDS}", _by_groups),
    (rf"{_NOT_INSIDE}1[89]00[ .]?\d{{4,6}}{_ENDS}", _by_groups),
    (rf"{_NOT_INSIDE}\d{{4}}(?: \d{{4}}){{2,4}}{_ENDS}", _by_groups),
    (rf"{_NOT_INSIDE}\d{{{_LONGEST + 1},}}{_ENDS}", _by_groups),
    (rf"{_NOT_INSIDE}24/7{_ENDS}", "cả ngày lẫn đêm, cả tuần"),
    (rf"{_NOT_INSIDE}24/24(?:\s?(?:giờ|h))?{_ENDS}", "cả ngày lẫn đêm"),
    (rf"(?P<low>{_NOT_INSIDE}\d[\d.,:/hg]*(?:\s?(?:{_COUNTED}))?)\s?[-–—]\s?(?=\d)(?!\S*[-–—]\d)", r"\g<low> đến "),
    (_dated("/"), _Saying.date),
    (rf"{_NOT_INSIDE}(?P<hour>\d{{1,2}})[:hg](?P<minute>\d{{2}}){_ENDS}", _Saying.time),
    (rf"(?P<word>\b(?i:tháng))\s+(?P<month>\d{{1,2}})/(?P<year>\d{{4}}){_ENDS}", _Saying.month),
    (rf"(?P<word>\b(?i:quý))\s+(?P<number>I{{1,3}}|IV|[1-4])/(?P<year>\d{{4}}){_ENDS}", _Saying.quarter),
    (rf"(?P<cue>\b(?i:{_DAY_CUES}))\s+(?P<days>{_DAYS}){_ENDS}", _Saying.days),
    (rf"{_NOT_INSIDE}(?P<over>\d{{1,2}})/(?P<under>\d{{1,2}}){_ENDS}", _Saying.part),
    (rf"(?P<word>\b(?i:{_TAKES_ROMAN}))\s+{_ROMAN}\b{_ENDS}", _Saying.roman),
    (rf"{_NOT_INSIDE}(?P<code>\d{{3,5}}){_ENDS}", _Saying.called),
    (rf"\$\s?(?P<number>{_NUMBER}){_ENDS}", _Saying.dollars),
    (rf"{_NOT_INSIDE}(?P<number>{_NUMBER}){_SCALE}\s?(?P<unit>{_UNIT}){_MEASURED}", _Saying.measure),
    (rf"(?<=[^\W\d_])/(?=(?:{_EACH})(?!\w))", " một "),
    (r"(?<=\bmột )kg(?!\w)", _UNITS["kg"]),
    (r"(?<=\bmột )ha(?!\w)", _UNITS["ha"]),
    (r"(?<=\bmột )m²(?!\w)", _UNITS["m²"]),
    (rf"(?P<word>\b(?i:tháng))\s+0?4{_ENDS}", _Saying.april),
    (r"(?<![\w.,])[−-](?=\d)", "âm "),
    (rf"{_NOT_INSIDE}(?P<number>{_NUMBER}){_ENDS}", _Saying.number),
    (r"(?<!\w)v\.v(?:…|\.{1,3})?", _and_so_on),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), say) for pattern, say in _RULES)
