"""A plan's calendars and open data as files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from generator.model.plan import Plan
from generator.publish.transaction import write_file
from generator.views.calendar import view_calendar
from generator.views.opendata import Table, view_agencies, view_duties, view_json, view_jsonld, view_matrix_table
from generator.write.calendar import write_calendar
from generator.write.tables import SheetOfCells, write_csv, write_json, write_xlsx

WHOLE = "ke-hoach.ics"


def calendar_path(agency: str) -> str:
    """Where an agency's calendar goes, below the folder of documents."""
    return f"co-quan/{agency}.ics"


def write_calendars(plan: Plan, folder: Path) -> list[str]:
    """Write the whole plan's calendar and each agency's below a folder; gives their paths."""
    paths = {WHOLE: "", **{calendar_path(agency): agency for agency in plan.sheet_agencies}}
    for path, agency in paths.items():
        write_file(folder / path, write_calendar(view_calendar(plan, agency)))
    return list(paths)


def write_open_data(plan: Plan, folder: Path, moment: datetime) -> list[str]:
    """Write the open data into a folder; gives the files' names. `moment` is the only time in them."""
    files = open_data(plan, moment)
    for name, content in files.items():
        write_file(folder / name, content)
    return list(files)


def open_data(plan: Plan, moment: datetime) -> Mapping[str, bytes]:
    """The open data by file name."""
    duties, agencies = view_duties(plan), view_agencies(plan)
    title, author = plan.head.short_title, plan.agency[plan.head.issuer].name
    return {
        "duties.csv": _csv(duties),
        "duties.xlsx": write_xlsx([_sheet(duties, frozen=1)], title, author, moment),
        "agencies.csv": _csv(agencies),
        "matrix.xlsx": write_xlsx([_sheet(table) for table in view_matrix_table(plan)], title, author, moment),
        "plan.json": write_json(view_json(plan)),
        "plan.jsonld": write_json(view_jsonld(plan)),
    }


def _csv(table: Table) -> bytes:
    return write_csv([column.name for column in table.columns], table.rows)


def _sheet(table: Table, frozen: int = 2) -> SheetOfCells:
    return SheetOfCells(table.title, [column.title for column in table.columns], table.rows, frozen)
