"""A calendar view → iCalendar (RFC 5545): all-day events with stable UIDs; the only time in it is the edition's."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, vRecur
from icalendar import Event as Entry

from generator.views.calendar import CalendarView, Event

ZONE = "Asia/Ho_Chi_Minh"
_PRODUCT = "-//kehoach//kehoach//VI"
_WORKING_DAYS = ["MO", "TU", "WE", "TH", "FR"]


def write_calendar(view: CalendarView) -> bytes:
    """The .ics of an agency or of the whole plan."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", view.name)
    if view.note:
        calendar.add("x-wr-caldesc", view.note)
    calendar.add("x-wr-timezone", ZONE)
    for event in view.events:
        calendar.add_component(_entry(view, event))
    content: bytes = calendar.to_ical()
    return content


def event_uid(view: CalendarView, event: Event) -> str:
    """The same for the same thing in every edition, so that a program replaces what it has."""
    parts = [event.id, view.id, "" if event.party in ("", "does") else event.party]
    return f"{'.'.join(part for part in parts if part)}@{view.plan_id}.kehoach"


def _entry(view: CalendarView, event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", event_uid(view, event))
    entry.add("dtstamp", dt.datetime.combine(view.edition, dt.time(), dt.UTC))
    entry.add("summary", event.summary)
    entry.add("description", event.description)
    entry.add("categories", [event.kind_label])
    entry.add("transp", "TRANSPARENT")
    entry.add("dtstart", event.start)
    if event.months:
        entry.add("dtend", event.start + dt.timedelta(days=1))
        entry.add("rrule", _rule(event))
    else:
        entry.add("dtend", event.end + dt.timedelta(days=1))
    return entry


def _rule(event: Event) -> vRecur:
    if event.day:
        return vRecur(freq="monthly", until=event.end, bymonth=list(event.months), bymonthday=event.day)
    return vRecur(freq="monthly", until=event.end, bymonth=list(event.months), byday=_WORKING_DAYS, bysetpos=-1)
