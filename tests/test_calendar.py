"""The calendar: what is due falls on the right days, in files that two iCalendar programs read alike."""

import datetime as dt
from dataclasses import replace

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr
from small import load_small

from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.views.calendar import first_day, last_working_day, view_calendar, view_calendar_page
from generator.write.calendar import write_calendar

# The plan asks for a report each quarter until the end of 2020 and cannot be older than the Decision of 14/11/2017 on
# which it rests. The last weekdays of the quarters, from a printed calendar:
QUARTERS = [
    dt.date(2017, 12, 29),
    dt.date(2018, 3, 30), dt.date(2018, 6, 29), dt.date(2018, 9, 28), dt.date(2018, 12, 31),
    dt.date(2019, 3, 29), dt.date(2019, 6, 28), dt.date(2019, 9, 30), dt.date(2019, 12, 31),
    dt.date(2020, 3, 31), dt.date(2020, 6, 30), dt.date(2020, 9, 30), dt.date(2020, 12, 31),
]  # fmt: skip
YEARS = [dt.date(2017, 12, 29), dt.date(2018, 12, 31), dt.date(2019, 12, 31), dt.date(2020, 12, 31)]


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


def entries(content):
    """The events of a file by the part of their UID before the @, as the first program reads them."""
    calendar = icalendar.Calendar.from_ical(content)
    return {str(e["uid"]).partition("@")[0]: e for e in calendar.walk("VEVENT")}


def days(entry):
    """The days of a repeating event."""
    start = dt.datetime.combine(entry.decoded("dtstart"), dt.time())
    return [moment.date() for moment in rrulestr(entry["rrule"].to_ical().decode(), dtstart=start)]


def test_reports_fall_on_the_last_working_day_of_each_quarter(plan):
    """The rule in the file, expanded by a library of its own, gives the days of a printed calendar."""
    found = entries(write_calendar(view_calendar(plan)))
    assert days(found["bao-cao-quy"]) == QUARTERS
    assert days(found["so-ket-nam"]) == YEARS
    assert found["tong-ket-2020"].decoded("dtstart") == dt.date(2020, 12, 31)


def test_a_second_program_reads_the_same(plan):
    """vobject, which shares no code with the writer's library, finds the same events on the same days."""
    for agency in ("", "so-tu-phap", "phong-cshs"):
        content = write_calendar(view_calendar(plan, agency))
        read = {e.uid.value.partition("@")[0]: e for e in vobject.readOne(content.decode()).vevent_list}
        first = entries(content)
        assert set(read) == set(first)
        for uid, event in read.items():
            assert event.dtstart.value == first[uid].decoded("dtstart")
            assert event.description.value == str(first[uid]["description"])
            if "rrule" in first[uid]:
                assert [d.date() for d in event.getrruleset(addRDate=True)] == days(first[uid])


def test_the_page_and_the_file_agree(plan):
    """The days on the page are those of the file's rules."""
    rows = view_calendar_page(plan).rows
    shown = [tuple(map(int, row.day.split("/"))) for row in rows if row.kind == "report"]
    assert shown == [(day.day, day.month, day.year) for day in QUARTERS]
    marks = [m.day for year in view_calendar_page(plan).years for month in year.months for m in month]
    assert sorted(marks) == sorted([*QUARTERS, *YEARS, dt.date(2020, 12, 31)])


def test_phases_last_whole_years(plan):
    """Phase 1 is 2017 and 2018, both included; an all-day event's end is the day after."""
    phase = entries(write_calendar(view_calendar(plan)))["giai-doan-1"]
    assert (phase.decoded("dtstart"), phase.decoded("dtend")) == (dt.date(2017, 1, 1), dt.date(2019, 1, 1))


def test_who_has_what(plan):
    """A Sở reports; the standing body receives; the Front has the phases only; nobody owns the reviews."""
    uids = {a: set(entries(write_calendar(view_calendar(plan, a)))) for a in ("so-tu-phap", "phong-cshs", "mttq-tinh")}
    assert uids["so-tu-phap"] == {"giai-doan-1.so-tu-phap", "giai-doan-2.so-tu-phap", "bao-cao-quy.so-tu-phap"}
    assert "bao-cao-quy.phong-cshs.receives" in uids["phong-cshs"]
    assert uids["mttq-tinh"] == {"giai-doan-1.mttq-tinh", "giai-doan-2.mttq-tinh"}


def test_days_of_the_offices_own_say_so(plan):
    """The plan sets no day: what the office sets is never passed off as the plan's."""
    for uid, entry in entries(write_calendar(view_calendar(plan))).items():
        says = "do cơ quan đặt, Kế hoạch không quy định" in str(entry["description"])
        assert says == (not uid.startswith("giai-doan"))


def test_uids_are_unique_and_survive_an_edition(plan):
    """A calendar program replaces what it has instead of adding it again."""
    later = plan.head.model_copy(update={"edition": dt.date(2027, 1, 1)})
    every = [uid for a in plan.sheet_agencies for uid in entries(write_calendar(view_calendar(plan, a)))]
    assert len(every) == len(set(every))
    old, new = (write_calendar(view_calendar(p)) for p in (plan, replace(plan, head=later)))
    assert set(entries(old)) == set(entries(new)) and b"DTSTAMP:20270101T000000Z" in new and old != new


def test_without_the_offices_setting_no_day_is_made_up(plan):
    """Where no office has set a day, the deadlines stand in the list of what cannot be planned."""
    page = view_calendar_page(replace(plan, office=None))
    assert page.rows == () and "Định kỳ hàng quý" in {item.label for item in page.unscheduled}
    assert set(entries(write_calendar(view_calendar(replace(plan, office=None))))) == {"giai-doan-1", "giai-doan-2"}


def test_a_plan_without_deadlines(plan):
    """The small plan has no deadline: its calendar is empty and still a calendar; its date is known."""
    small = load_small().plan
    content = write_calendar(view_calendar(small))
    assert entries(content) == {} and vobject.readOne(content.decode()).name == "VCALENDAR"
    assert first_day(small) == dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2020, 2, 28), (2021, 2, 26), (2023, 12, 29), (2019, 8, 30), (2020, 5, 29), (2024, 6, 28)],
)
def test_last_working_day(year, month, day):
    """A month that ends on a Saturday or Sunday gives its Friday; leap years are known."""
    assert last_working_day(year, month) == dt.date(year, month, day)
