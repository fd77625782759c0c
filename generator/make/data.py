"""The rows of a plan's calendars and open data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from generator.make.artefact import Artefact, Offer
from generator.make.pages import CALENDAR_PAGE, OPEN_DATA_PAGE, open_data_addresses
from generator.model.plan import Plan
from generator.views.calendar import view_calendar
from generator.views.opendata import (
    FILES,
    Workbook,
    view_agencies,
    view_duties,
    view_groups,
    view_json,
    view_jsonld,
    view_matrix_table,
)

FOLDER = "open-data"
_CALENDAR = "Lịch"


def list_data(plan: Plan, address: str) -> Iterator[Artefact]:
    """The whole plan's calendar, those of the agencies for whom something is due, and the files of the open data.

    `address` is the site's.
    """
    calendars = {"ke-hoach": ("", CALENDAR_PAGE)}
    calendars |= {f"co-quan/{agency}": (agency, f"co-quan/{agency}") for agency in plan.sheet_agencies}
    for name, (agency, page) in calendars.items():
        view = cache(partial(view_calendar, plan, agency))
        if view().is_worth_having:
            yield Artefact(f"documents/{name}.ics", "calendar", view, offered=(Offer(page, _CALENDAR),))
    views = _views(plan, address)
    for file in FILES:
        press, offers = _PRESSES[file.name.rpartition(".")[2]], (Offer(OPEN_DATA_PAGE, file.title),)
        yield Artefact(f"{FOLDER}/{file.name}", press, views[file.name], offered=offers)


_PRESSES = {"csv": "csv", "xlsx": "workbook", "json": "json", "jsonld": "json"}


def _views(plan: Plan, address: str) -> dict[str, Callable[[], Any]]:
    duties, author = cache(partial(view_duties, plan)), plan.agency[plan.head.issuer].name
    title = plan.head.short_title
    return {
        "duties.csv": duties,
        "duties.xlsx": lambda: Workbook(title, author, (duties(),), frozen=1),
        "agencies.csv": partial(view_agencies, plan),
        "groups.csv": partial(view_groups, plan),
        "matrix.xlsx": cache(lambda: Workbook(title, author, view_matrix_table(plan), frozen=2)),
        "plan.json": partial(view_json, plan),
        "plan.jsonld": partial(view_jsonld, plan, *open_data_addresses(address)),
    }
