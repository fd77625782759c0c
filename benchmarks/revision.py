"""What a one-clause revision costs beside a clean build, with many synthetic agencies.

`python benchmarks/revision.py [N …]` makes all of a plan with N more departments, changes one word of one clause,
and makes what is stale; it prints the seconds of both, views and fingerprints included, and their ratio.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

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


def build(project: Project, last: Manifest | None, outputs: Memory, facts: PageFacts) -> tuple[float, Manifest, int]:
    """Seconds, the manifest after it, how many files were made."""
    start = time.perf_counter()
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
    return time.perf_counter() - start, manifest, len(made)


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
    print("| agencies | files | clean: seconds | one clause: seconds | files made | times cheaper |")
    print("|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        project, outputs, facts = synthetic_project(size), Memory(), PageFacts()
        clean, manifest, total = build(project, None, outputs, facts)
        again, _, made = build(revised(project), manifest, outputs, facts)
        print(f"| {size} | {total} | {clean:.1f} | {again:.2f} | {made} | {clean / again:.0f} |", flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
