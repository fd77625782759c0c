"""A project against the build that is there: every row of the table, its fingerprint, and why it must be made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator import program
from generator.diagnostics import MakeError
from generator.make.artefact import PARTS, Artefact
from generator.make.artefacts import list_artefacts
from generator.make.fingerprint import Fingerprint, Fingerprints
from generator.make.reasons import changed_records, digest_records, reasons
from generator.make.site import theme_digest
from generator.project import Project
from generator.publish.manifest import Manifest

_LENGTH = 16


@dataclass(frozen=True)
class Edition:
    """`why` has the reasons for each row that must be made; a row without is right as it stands in the last build."""

    project: Project
    rows: tuple[Artefact, ...]
    fingerprints: Mapping[str, Fingerprint]
    shared: Mapping[str, str]
    records: Mapping[str, str]
    why: Mapping[str, tuple[str, ...]]
    changed: tuple[str, ...]

    @property
    def stale(self) -> list[Artefact]:
        """The rows that must be made, in the table's order."""
        return [row for row in self.rows if row.path in self.why]


def compare(
    project: Project, last: Manifest | None, digests: Mapping[str, str], only: Collection[str] = PARTS
) -> Edition:
    """What a build would do. `digests` are those of the files that are there now; `only` are the parts to be made.

    A part that is not made is kept as it is: raises MakeError if it is no longer right. One that is not there is no
    part of the build, and no page offers it.
    """
    edition = _compare(project, list_artefacts(project), last, digests)
    outside = [row for row in edition.stale if row.part not in only]
    if not outside:
        return edition
    known = last.files if last else {}
    old = sorted({row.part for row in outside if row.path in known})
    if old:
        parts = ", ".join(old)
        raise MakeError(f"phần giữ lại ({parts}) không còn đúng với dữ liệu hôm nay; chạy lại không có --only")
    absent = {row.path for row in outside}
    return _compare(project, list_artefacts(project, lambda row: row.path not in absent), last, digests)


def shared_parts(project: Project) -> dict[str, str]:
    """What every file of a build is made with: the program, the faces, the tools, and for whom."""
    readers = project.readers
    whom = {"audience": readers.audience, "approved_only": str(readers.approved_only).lower()}
    own = {"program": program.digest_code()[:_LENGTH], "faces": program.digest_faces()[:_LENGTH]}
    return {**own, **whom, **program.tool_versions()}


def _compare(
    project: Project, rows: tuple[Artefact, ...], last: Manifest | None, digests: Mapping[str, str]
) -> Edition:
    shared = shared_parts(project)
    found = Fingerprints(shared, theme_digest(project, rows))
    fingerprints = {row.path: found.add(row) for row in rows}
    records = digest_records(project.plan, {t.id: t for t in project.topics})
    why = {row.path: why for row in rows if (why := reasons(row, fingerprints[row.path], shared, last, digests))}
    return Edition(project, rows, fingerprints, shared, records, why, tuple(changed_records(last, records)))
