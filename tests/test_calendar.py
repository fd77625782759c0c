"""The calendar: what is due falls on the right days, in files that two iCalendar programs read alike."""

import datetime as dt
from dataclasses import replace

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr
from small import load_small

from generator.make.data import list_data
from generator.model.site import PLACEHOLDER
from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.views.calendar import first_day, last_working_day, term_ended, view_calendar, view_calendar_page
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
    """Phase 2 is 2019 and 2020, both included; an all-day event's end is the day after."""
    phase = entries(write_calendar(view_calendar(plan)))["giai-doan-2"]
    assert (phase.decoded("dtstart"), phase.decoded("dtend")) == (dt.date(2019, 1, 1), dt.date(2021, 1, 1))


def test_no_phase_begins_before_the_plan_could(plan):
    """Phase 1 is “từ năm 2017”, but the Decision that the plan carries out is of 14/11/2017."""
    phase = entries(write_calendar(view_calendar(plan)))["giai-doan-1"]
    assert (phase.decoded("dtstart"), phase.decoded("dtend")) == (dt.date(2017, 11, 14), dt.date(2019, 1, 1))
    assert "Tính từ ngày 14/11/2017: trước đó Kế hoạch chưa thể có." in str(phase["description"])
    late = plan.head.model_copy(
        update={"letterhead": plan.head.letterhead.model_copy(update={"date": dt.date(2020, 5, 5)})}
    )
    over = entries(write_calendar(view_calendar(replace(plan, head=late))))["giai-doan-1"]
    assert over.decoded("dtstart") == dt.date(2017, 1, 1)  # over before the plan: as printed


def test_an_event_names_the_plan(plan):
    """In Outlook an event stands among others: its line and the calendar's name say of which plan it is."""
    title = "Kế hoạch phòng, chống tội phạm có tổ chức, tội phạm xuyên quốc gia tỉnh Đắk Lắk 2017 - 2020"
    calendar = icalendar.Calendar.from_ical(write_calendar(view_calendar(plan, "so-tu-phap")))
    assert str(calendar["x-wr-calname"]) == f"Sở Tư pháp - {title}"
    events = {str(e["uid"]).split(".")[0]: e for e in calendar.walk("VEVENT")}
    assert str(events["bao-cao-quy"]["summary"]) == f"Báo cáo: Định kỳ hàng quý - {title}"
    assert all(title in str(event["summary"]) for event in events.values())


def test_whose_the_reviews_are(plan):
    """VI.4 names nobody for the yearly and the final review; V.1 and VI.3 make the police answer, VI's end two others."""
    for agency in ("cong-an-tinh", "ban-chu-nhiem", "phong-cshs"):
        events = {e.id: e for e in view_calendar(plan, agency).events}
        assert {"so-ket-nam", "tong-ket-2020"} <= set(events), agency
        says = events["tong-ket-2020"].description
        assert (
            "(khoản 4 Mục VI)" in says and "Kế hoạch không ghi ai làm; khoản khác khiến phải lo: Công an tỉnh" in says
        )
        assert "khoản 1 Mục V" in says
    assert "so-ket-nam" not in {e.id for e in view_calendar(plan, "so-tu-phap").events}
    rows = {row.what: row.who for row in view_calendar_page(plan).rows}
    assert rows["Cuối năm 2020"].startswith(
        "Kế hoạch không ghi ai làm; khoản khác khiến phải lo: Công an tỉnh Đắk Lắk ("
    )
    started = next(e for e in view_calendar(plan, "cong-an-tinh").events if e.id == "giai-doan-1").description
    assert "Thành lập Ban Chủ nhiệm" in started and "(khoản 1 Mục II)" in started and "khoản 1 Mục V" in started


def test_phases_alone_are_no_calendar(plan):
    """The Front, the procuracy, the court and the provincial committee have nothing on a day: no file is worth it."""
    without = {a for a in plan.sheet_agencies if not view_calendar(plan, a).is_worth_having}
    assert {"mttq-tinh", "vks-tinh", "tand-tinh", "ubnd-tinh"} <= without
    assert {"cong-an-tinh", "so-tu-phap", "ubnd-huyen-lak", "phong-cshs", "ban-chu-nhiem"}.isdisjoint(without)
    rows = {row.path for row in list_data(plan, PLACEHOLDER)}
    assert "documents/ke-hoach.ics" in rows and "documents/co-quan/so-tu-phap.ics" in rows
    assert not any(f"documents/co-quan/{agency}.ics" in rows for agency in without)
    assert not any(row.path.endswith(".ics") for row in list_data(load_small().plan, PLACEHOLDER))


def test_a_term_that_is_over_is_said_to_be(plan):
    """By the edition's day, which is data: an edition of the last year says nothing yet."""
    assert term_ended(plan) == "Thời kỳ thực hiện Kế hoạch này (2017 - 2020) đã hết; nội dung này để tra cứu."
    view = view_calendar(plan, "so-tu-phap")
    assert view.note == term_ended(plan) and all(view.note in event.description for event in view.events)
    assert "X-WR-CALDESC:Thời kỳ" in write_calendar(view).decode()
    running = replace(plan, head=plan.head.model_copy(update={"edition": dt.date(2020, 12, 31)}))
    assert term_ended(running) == "" and b"CALDESC" not in write_calendar(view_calendar(running))
    small = load_small().plan
    last = replace(small, head=small.head.model_copy(update={"edition": dt.date(2027, 1, 1)}))
    assert (term_ended(small), term_ended(last)) == (
        "",
        "Thời kỳ thực hiện Kế hoạch này (2026) đã hết; nội dung này để tra cứu.",
    )


def test_what_is_not_known_of_the_days_is_said(plan):
    """Holidays are not heeded; while the plan's date is unknown, what falls in its first year may be before it."""
    events = {e.id: e.description for e in view_calendar(plan, "cong-an-tinh").events}
    for identity in ("bao-cao-quy", "so-ket-nam", "tong-ket-2020"):
        assert "không tính ngày nghỉ lễ và ngày làm bù" in events[identity]
    early = {i for i, says in events.items() if "Không rõ ngày ban hành" in says}
    assert early == {"bao-cao-quy", "so-ket-nam"}
    assert "kỳ đầu (29/12/2017) có thể trước ngày đó" in events["so-ket-nam"] and view_calendar_page(plan).undated
    head = plan.head.model_copy(
        update={"letterhead": plan.head.letterhead.model_copy(update={"date": dt.date(2017, 12, 1)})}
    )
    dated = replace(plan, head=head)
    assert not view_calendar_page(dated).undated
    assert not any("Không rõ ngày" in e.description for e in view_calendar(dated, "cong-an-tinh").events)


def test_who_has_what(plan):
    """A Sở reports; the standing body receives; the Front has the phases only."""
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
