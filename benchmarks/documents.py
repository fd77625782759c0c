"""How fast sheets are made: a plan with many synthetic agencies, each sheet as DOCX and PDF, with one process and two.

`python benchmarks/documents.py [N …]` prints a table in Markdown; a row of N agencies makes 2 × N files, by the presses
of a build and nothing else.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from memory import Memory, real

from generator.make.documents import list_documents
from generator.make.press import Workshop, make
from generator.model.types import Agency
from generator.project import Project
from generator.write.site.webpage import PageFacts

SIZES = (125, 250, 500, 1000)
PROCESSES = (1, 2)
GROUP = "so-ban-nganh"  # its duties reach every member, so that a synthetic sheet is as full as a real one
NAME = "so-thu-nghiem-"


def synthetic_project(size: int) -> Project:
    """The real project with `size` more departments in the group of departments."""
    project = real()
    plan = project.plan
    made = [_agency(plan.agency["so-tu-phap"], number) for number in range(1, size + 1)]
    groups = tuple(
        group.model_copy(update={"members": (*group.members, *(agency.id for agency in made))})
        if group.id == GROUP
        else group
        for group in plan.groups
    )
    return replace(project, plan=replace(plan, agencies=(*plan.agencies, *made), groups=groups))


def measure(project: Project, size: int, processes: int) -> tuple[float, float]:
    """Seconds for the synthetic agencies' sheets, starting the processes included: by the clock, of processors."""
    rows = [row for row in list_documents(project.plan) if f"/co-quan/{NAME}" in row.path]
    outputs, start, used = Memory(), time.perf_counter(), _processor_seconds()
    make(Workshop(project, rows, processes), rows, outputs, PageFacts(), lambda what, done, total: None)
    seconds, used = time.perf_counter() - start, _processor_seconds() - used
    if len(outputs) != 2 * size:
        raise RuntimeError("some sheets were not made")
    return seconds, used


def _processor_seconds() -> float:
    """What this process and those that it has waited for have used; other work on the machine does not change it."""
    return sum(os.times()[:4])


def _agency(model: Agency, number: int) -> Agency:
    name = f"Sở Thử nghiệm số {number}"
    return model.model_copy(update={"id": f"{NAME}{number}", "name": name, "short_name": None, "aliases": ()})


def main(arguments: Sequence[str]) -> None:
    """Measure each size with one and two processes, and print the table."""
    sizes = [int(argument) for argument in arguments] or SIZES
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores\n")
    heads = " | ".join(f"{n}p: seconds | {n}p: sheets/s | {n}p: processor ms a sheet" for n in PROCESSES)
    print(f"| agencies | files | {heads} |")
    print("|--:|--:|" + "--:|" * 3 * len(PROCESSES))
    for size in sizes:
        project, cells = synthetic_project(size), []
        for processes in PROCESSES:
            seconds, used = measure(project, size, processes)
            cells.append(f"{seconds:.1f} | {size / seconds:.1f} | {1000 * used / size:.0f}")
        print(f"| {size} | {2 * size} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
