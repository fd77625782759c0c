"""open → list the artefacts → make what is stale → publish: the whole of `kehoach build`.

What needs the libraries of loading and making is imported when it runs: a build with nothing to do is over before.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import program
from generator.diagnostics import Diagnostic
from generator.make.artefact import PARTS
from generator.publish.kept import keep_aside
from generator.publish.manifest import NAME, Entry, Manifest, digest_bytes, digest_files, read_manifest
from generator.publish.state import State
from generator.publish.transaction import Transaction, open_transaction
from generator.read.tree import DiskTree, Snapshot

if TYPE_CHECKING:
    from generator.make.edition import Edition

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Options:
    """What to build, from where, to where, for whom; `at` is a frozen version, None what the data are now.

    `today` is the day on which the plan is looked at, None the edition's. `places` are ids of local.yml, or `tat-ca`.
    """

    data: Path = Path("data")
    content: Path = Path("content")
    out: Path = Path("build")
    only: tuple[str, ...] = PARTS
    audience: str = "public"
    strict: bool = False
    approved_only: bool = False
    at: str | None = None
    today: dt.date | None = None
    places: tuple[str, ...] = ()
    jobs: int = field(default_factory=lambda: max(1, (os.cpu_count() or 2) - 1))


@dataclass(frozen=True)
class Report:
    """What a build did: paths below `out`; findings that are no errors; copies of what people had changed.

    `made` has the reasons for each file that was made, `changed` the names of the records that differ from the last
    build's.
    """

    out: Path
    total: int
    made: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: Sequence[str] = ()
    changed: Sequence[str] = ()
    warnings: Sequence[Diagnostic] = ()
    kept_aside: Sequence[Path] = ()
    seconds: float = 0.0


def build(options: Options, progress: Progress = lambda what, done, total: None) -> Report:
    """Make what is stale and publish the whole. Raises DataError or MakeError; what was published stays then."""
    start = time.monotonic()
    with open_transaction(options.out, (options.data, options.content)) as transaction:
        report = _build_in(transaction, options, progress)
    return replace(report, seconds=time.monotonic() - start)


def _build_in(transaction: Transaction, options: Options, progress: Progress) -> Report:
    data, content = Snapshot.of(DiskTree(options.data)), Snapshot.of(DiskTree(options.content))
    if options.at is not None:
        from generator.project import data_at

        data = Snapshot.of(data_at(data, options.at))
    last, digests, state = read_manifest(transaction.out), digest_files(transaction.out), State(transaction.out)
    inputs = _digest_inputs(options, data, content)
    if last and digests == last.digests and (known := state.is_built_from(inputs)):
        warnings = [Diagnostic.of_json(finding) for finding in known["warnings"]]
        return Report(options.out, len(last.files), warnings=warnings)
    report = _make_stale(transaction, options, data, content, last, digests, state, progress)
    state.remember(inputs, {"warnings": [finding.as_json() for finding in report.warnings]})
    return report


def _make_stale(
    transaction: Transaction,
    options: Options,
    data: Snapshot,
    content: Snapshot,
    last: Manifest | None,
    digests: Mapping[str, str],
    state: State,
    progress: Progress,
) -> Report:
    from generator.make.edition import compare
    from generator.make.press import Workshop, make
    from generator.make.topics import places_in
    from generator.project import Project, Readers
    from generator.write.site.webpage import PageFacts

    readers = Readers(options.audience, options.approved_only, options.today)
    project = Project.open(data, content, readers, strict=options.strict)
    project = project.for_places(options.places, places_in(last.files if last else ()))
    edition = compare(project, last, digests, options.only)
    removed = sorted((last.files if last else {}).keys() - edition.fingerprints.keys())
    report = Report(options.out, len(edition.rows), edition.why, removed, edition.changed, project.warnings)
    if not edition.why and digests.keys() == edition.fingerprints.keys():
        return report
    facts = PageFacts(state.read_pages())
    for row in edition.rows:
        if row.path not in edition.why:
            transaction.keep(row.path, digests[row.path])
    make(Workshop(project, edition.rows, options.jobs), edition.stale, transaction, facts, progress)
    transaction.put(NAME, _manifest(edition, transaction.digests).to_json())
    was_internal = last is not None and last.made_with.get("audience") == "internal"
    kept_aside = keep_aside(transaction.out, last.digests if last else {}, internal=was_internal)
    transaction.publish()
    state.write_pages(facts.dump())
    return replace(report, kept_aside=kept_aside)


def _digest_inputs(options: Options, data: Snapshot, content: Snapshot) -> str:
    """One digest of all that a build could depend on: the files, the program, the tools, the options."""
    said = (options.only, options.audience, options.strict, options.approved_only, str(options.today), options.places)
    own = (program.digest_code(), program.digest_templates(), program.digest_faces())
    return digest_bytes(json.dumps([said, own, program.tool_versions(), data.digest(), content.digest()]).encode())


def _manifest(edition: Edition, digests: Mapping[str, str]) -> Manifest:
    head = edition.project.plan.head
    files = {path: Entry(digests[path], print_.whole, print_.parts) for path, print_ in edition.fingerprints.items()}
    named = {"plan": head.id, "edition": head.edition.isoformat()}
    return Manifest(named, edition.shared, edition.records, files)
