"""How officials write a date: a zero before days under 10 and the months 1 and 2, before no other month. Pure.

The rule is NĐ 30's (Phụ lục I).
"""

from __future__ import annotations

import datetime


def date_text(day: datetime.date) -> str:
    """A date in figures: `05/3/2018`."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def date_words(day: datetime.date) -> str:
    """A date as the head of a document has it: `ngày 05 tháng 3 năm 2018`."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)
