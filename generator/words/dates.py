"""How officials write a date: a zero before days under 10 and the months 1 and 2, before no other month. Pure.

The rule is NĐ 30's (Phụ lục I).
"""

from __future__ import annotations

import datetime
import re

_WRITTEN = (
    re.compile(r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
)


def date_text(day: datetime.date) -> str:
    """A date in figures: `05/3/2018`."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def date_words(day: datetime.date) -> str:
    """A date as the head of a document has it: `ngày 05 tháng 3 năm 2018`."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def read_date(text: str) -> datetime.date | None:
    """The day that a text is, in words or figures, the day before the month; None if it is none, or no real one."""
    for form in _WRITTEN:
        if found := form.fullmatch(" ".join(text.split()).rstrip(".")):
            try:
                return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)
