"""Periods of reporting: `2018-Q3` → `quý III năm 2018`, in which month it ends, which one follows. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from generator.words.dates import date_text
from generator.words.names import upper_first

Every = Literal["month", "quarter", "half-year", "year"]
_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?")
_ROMAN = ("I", "II", "III", "IV")
_HALVES = ("6 tháng đầu", "6 tháng cuối")
TERMS: dict[Every, tuple[str, tuple[str, ...]]] = {  # what a period is called, and what those of a year are
    "month": ("tháng", tuple(f"{month:02}" if month < 3 else str(month) for month in range(1, 13))),
    "quarter": ("quý", _ROMAN),
    "half-year": ("6 tháng", ("đầu", "cuối")),
    "year": ("", ()),
}


@dataclass(frozen=True)
class Period:
    """A year, or the `number`th (from 1) half-year, quarter or month of it; `day` where a report is of one day."""

    every: Every
    year: int
    number: int = 1
    day: dt.date | None = None

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        match self.every:
            case _ if self.day:
                return f"ngày {date_text(self.day)}"
            case "month":
                return f"tháng {self.number:{'02' if self.number < 3 else ''}} năm {self.year}"
            case "quarter":
                return f"quý {_ROMAN[self.number - 1]} năm {self.year}"
            case "half-year":
                return f"{_HALVES[self.number - 1]} năm {self.year}"
            case "year":
                return f"năm {self.year}"

    @property
    def short(self) -> str:
        """As a column's head: `Quý III/2018`."""
        return upper_first(self.words.replace(" năm ", "/"))

    @property
    def part(self) -> str:
        """Which part of its year it is, as `TERMS` calls it; nothing for a year or a day."""
        _, parts = TERMS[self.every]
        return parts[self.number - 1] if parts and not self.day else ""

    @property
    def last_month(self) -> int:
        """The month with which it ends."""
        return self.number * _MONTHS[self.every]

    @property
    def order(self) -> tuple[int, int, int, int]:
        """What periods are sorted by: when they end, the shorter first."""
        return self.year, self.last_month, self.day.day if self.day else 32, _MONTHS[self.every]

    @property
    def following(self) -> Period:
        """The next one of its kind."""
        last = 12 // _MONTHS[self.every]
        is_last = self.number == last
        return Period(self.every, self.year + is_last, 1 if is_last else self.number + 1)

    @property
    def id(self) -> str:
        """As it stands in the data."""
        if self.day:
            return self.day.isoformat()
        parts = {
            "month": f"-{self.number:02}",
            "quarter": f"-Q{self.number}",
            "half-year": f"-H{self.number}",
            "year": "",
        }
        return f"{self.year}{parts[self.every]}"


def read_period(text: str) -> Period:
    """A period as the data write it. Raises ValueError for what is none."""
    found = _PERIOD.fullmatch(text)
    if not found:
        raise ValueError(text)
    year = int(found[1])
    if found["quarter"]:
        return Period("quarter", year, int(found["quarter"]))
    if found["half"]:
        return Period("half-year", year, int(found["half"]))
    if found["month"]:
        day = dt.date(year, int(found["month"]), int(found["day"] or 1))
        return Period("month", year, day.month, day if found["day"] else None)
    return Period("year", year)


def period_of(every: Every, part: str, year: str) -> Period:
    """The period of a year that is called `part`: `III`, `2018`. Raises ValueError for what is none."""
    if not re.fullmatch(r"\d{4}", year):
        raise ValueError(year)
    _, parts = TERMS[every]
    return Period(every, int(year), parts.index(part) + 1 if parts else 1)
