"""Dates as officials write them: one rule for figures and words."""

import datetime as dt

import pytest

from generator.words.dates import date_text, date_words


@pytest.mark.parametrize(
    ("day", "figures", "words"),
    [
        (dt.date(2018, 3, 5), "05/3/2018", "ngày 05 tháng 3 năm 2018"),
        (dt.date(2018, 2, 14), "14/02/2018", "ngày 14 tháng 02 năm 2018"),
        (dt.date(2018, 12, 31), "31/12/2018", "ngày 31 tháng 12 năm 2018"),
    ],
)
def test_zeros_stand_where_officials_put_them(day, figures, words):
    """A zero stands before days under 10 and before the months 1 and 2, and before no other month."""
    assert (date_text(day), date_words(day)) == (figures, words)
