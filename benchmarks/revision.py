"""What a one-clause revision costs beside a clean build, with many synthetic agencies.

`python benchmarks/revision.py [N …]` makes all of a plan with N more departments, changes one word of one clause,
and makes what is stale; it prints the seconds of both, views and fingerprints included, and their ratio: by the clock
(of two cores, which the clean build keeps busy and the revision does not) and of processors.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from documents import synthetic_project
from memory import Memory

from generator import program
from generator.make.edition import compare
from generator.make.press import Workshop, make
from generator.project import Project
from generator.publish.manifest import Entry, Manifest, digest_bytes
from generator.write.site.webpage import PageFacts

SIZES = (100, 1000)
OLD, NEW = "trợ giúp pháp lý", "trợ giúp về pháp lý"


class Cost(NamedTuple):
    """Seconds by the clock, and of processors."""

    clock: float
    processor: float


def build(project: Project, last: Manifest | None, outputs: Memory, facts: PageFacts) -> tuple[Cost, Manifest, int]:
    """What it cost, the manifest after it, how many files were made."""
    start, used = time.perf_counter(), _processor_seconds()
    digests = last.digests if last else {}
    edition = compare(project, last, digests)
    make(Workshop(project, edition.rows, 2), edition.stale, outputs, facts, lambda what, done, total: None)
    known = last.files if last else {}
    made = {row.path for row in edition.stale}
    files = {
        path: Entry(digest_bytes(outputs[path]), print_.whole, print_.parts) if path in made else known[path]
        for path, print_ in edition.fingerprints.items()
    }
    manifest = Manifest({"plan": "x", "edition": "x"}, edition.shared, edition.records, files)
    return Cost(time.perf_counter() - start, _processor_seconds() - used), manifest, len(made)


def _processor_seconds() -> float:
    """What this process and those that it has waited for have used."""
    return sum(os.times()[:4])


def revised(project: Project) -> Project:
    """The project with one word more in V.5."""
    from generator.words.links import parse_text

    def changed(clause):  # type: ignore[no-untyped-def]
        paragraphs = tuple(
            p.changed(statements=tuple(
                s.changed(text=parse_text(NEW.join(s.text.reading().split(OLD)))) if OLD in s.text.reading() else s
                for s in p.statements
            ))
            for p in clause.paragraphs
        )  # fmt: skip
        return clause.changed(paragraphs=paragraphs, clauses=tuple(changed(inner) for inner in clause.clauses))

    plan = project.plan
    return replace(project, plan=replace(plan, sections=tuple(changed(section) for section in plan.sections)))


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    program.collect_rarely()
    print(
        "| agencies | files | clean: s | processor s | one clause: s | processor s | made | times: clock | processor |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        project, outputs, facts = synthetic_project(size), Memory(), PageFacts()
        clean, manifest, total = build(project, None, outputs, facts)
        again, _, made = build(revised(project), manifest, outputs, facts)
        costs = f"{clean.clock:.1f} | {clean.processor:.1f} | {again.clock:.2f} | {again.processor:.2f}"
        times = f"{clean.clock / again.clock:.0f} | {clean.processor / again.processor:.0f}"
        print(f"| {size} | {total} | {costs} | {made} | {times} |", flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
