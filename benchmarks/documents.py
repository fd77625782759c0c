"""How fast sheets are made: a plan with many synthetic agencies, each sheet as DOCX and PDF, in one and two processes.

`python benchmarks/documents.py [N …]` prints a table in Markdown; a row of N agencies makes 2 × N files.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from generator.build import ROOT, edition_time
from generator.model.plan import Plan
from generator.model.types import Agency
from generator.publish.transaction import write_file
from generator.read.plan import load_plan
from generator.read.profile import read_profile
from generator.read.tree import DiskTree
from generator.views.sheet import view_sheet
from generator.write.docx.docx import Source, write_docx
from generator.write.templates import Renderer
from generator.write.typst.pdf import PdfWriter

SIZES = (125, 250, 500, 1000)
PROCESSES = (1, 2)
BATCH = 12  # as generator/make/printing.py
GROUP = "so-ban-nganh"  # its duties reach every member, so that a synthetic sheet is as full as a real one


def synthetic_plan(size: int) -> tuple[Plan, list[str]]:
    """The real plan with `size` more departments in the group of departments, and their ids."""
    plan = load_plan(DiskTree(ROOT / "data")).plan
    model = plan.agency["so-tu-phap"]
    made = [_agency(model, number) for number in range(1, size + 1)]
    ids = [agency.id for agency in made]
    groups = tuple(
        group.model_copy(update={"members": (*group.members, *ids)}) if group.id == GROUP else group
        for group in plan.groups
    )
    return replace(plan, agencies=(*plan.agencies, *made), groups=groups), ids


def make(plan: Plan, ids: Sequence[str], folder: Path) -> int:
    """Make the sheets of some agencies; gives the number of files."""
    profile = read_profile(ROOT / "site_templates" / "profiles" / f"{plan.head.profile}.yml")
    renderer, moment = Renderer(ROOT / "site_templates"), edition_time(plan)
    pdf = PdfWriter(profile, moment)
    for start in range(0, len(ids), BATCH):
        sources = [
            Source(i, renderer.render("documents/sheet.html.j2", view=view_sheet(plan, i)), landscape=True)
            for i in ids[start : start + BATCH]
        ]
        for made in write_docx(sources, profile, int(moment.timestamp())):
            write_file(folder / f"{made.id}.docx", made.docx)
            write_file(folder / f"{made.id}.pdf", pdf.write(made.ast))
    return len(list(folder.iterdir()))


def measure(size: int, processes: int) -> tuple[float, float]:
    """Seconds for the sheets of `size` agencies, starting the processes included: by the clock, and of processors."""
    plan, ids = synthetic_plan(size)
    with tempfile.TemporaryDirectory() as name:
        start, used = time.perf_counter(), _processor_seconds()
        if processes == 1:
            make(plan, ids, Path(name))
        else:
            # Not forked: Typst's threads would be gone in the copy, and it would wait for them for ever.
            with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
                shares = [ids[n::processes] for n in range(processes)]
                list(pool.map(make, [plan] * processes, shares, [Path(name)] * processes))
        seconds, used = time.perf_counter() - start, _processor_seconds() - used
        if len(list(Path(name).iterdir())) != 2 * size:
            raise RuntimeError("some sheets were not made")
    return seconds, used


def _processor_seconds() -> float:
    """What this process and those that it has waited for have used; other work on the machine does not change it."""
    return sum(os.times()[:4])


def _agency(model: Agency, number: int) -> Agency:
    name = f"Sở Thử nghiệm số {number}"
    return model.model_copy(update={"id": f"so-thu-nghiem-{number}", "name": name, "short_name": None, "aliases": ()})


def main(arguments: Sequence[str]) -> None:
    """Measure each size with one and two processes, and print the table."""
    sizes = [int(argument) for argument in arguments] or SIZES
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores\n")
    heads = " | ".join(f"{n}p: seconds | {n}p: sheets/s | {n}p: processor ms a sheet" for n in PROCESSES)
    print(f"| agencies | files | {heads} |")
    print("|--:|--:|" + "--:|" * 3 * len(PROCESSES))
    for size in sizes:
        cells = []
        for processes in PROCESSES:
            seconds, used = measure(size, processes)
            cells.append(f"{seconds:.1f} | {size / seconds:.1f} | {1000 * used / size:.0f}")
        print(f"| {size} | {2 * size} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
