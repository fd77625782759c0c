"""An office's project, opened: data/ and content/ read once, loaded, judged and cut for those who will read it.

Everything that builds, checks or prints begins here; nothing after it reads the office's files again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from generator import program
from generator.diagnostics import DataError, Diagnostic, Span, has_errors, hint_nearest
from generator.model.change import Change
from generator.model.compare import compare_plans
from generator.model.plan import Plan
from generator.model.reports import Report
from generator.model.revision import Revision
from generator.model.search import Synonym, SynonymFile
from generator.model.site import SiteSettings
from generator.model.topic import Locality
from generator.model.topics import AuthoredTopic
from generator.model.types import Record
from generator.model.walk import is_internal
from generator.read.git import read_revision
from generator.read.markdown import Authored
from generator.read.pages import pictures_of, read_pages
from generator.read.plan import OPTIONAL, REQUIRED, Loaded, Spans, load_file, load_plan
from generator.read.profile import Profile, read_profile
from generator.read.reports import load_reports
from generator.read.scene import read_drawings
from generator.read.topics import FILES as TOPIC_FILES
from generator.read.topics import FOLDER as TOPICS
from generator.read.topics import LoadedAwareness, load_awareness
from generator.read.tree import Changed, DiskTree, Snapshot, SourceTree
from generator.read.versions import FOLDER as VERSIONS
from generator.read.versions import RECORD, History, open_at, read_history
from generator.rules.files import check_files, check_received
from generator.rules.plan import check_plan
from generator.rules.public import public_plan
from generator.rules.reports import check_reports, public_reports
from generator.rules.seals import judge_reviews
from generator.rules.topics import check_awareness
from generator.rules.versions import check_versions

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Readers:
    """For whom: `audience` is public or internal; `approved_only` leaves drafts out.

    `today` is the day on which they look at the plan, for what is due next and what is over; None is the edition's.
    `places` are the ids of the places whose own papers are made too.
    """

    audience: str = "public"
    approved_only: bool = False
    today: date | None = None
    places: tuple[str, ...] = ()

    @property
    def internal(self) -> bool:
        """True if what is marked internal is shown."""
        return self.audience == "internal"


@dataclass(frozen=True)
class Step:
    """From one version of the plan to the next, as their readers may know them; `issued` if the new one is frozen.

    `previous` is the id of the version before.
    """

    previous: str
    revision: Revision
    old: Plan
    new: Plan
    issued: bool

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed."""
        return compare_plans(self.old, self.new)


@dataclass(frozen=True)
class Project:
    """A plan, its topics and what agencies reported as their readers may know them (`plan`, `topics`, `reports`).

    `loaded` and `found` are the plan and the topics whole.
    `data` and `content` are the files as they were at one moment; `warnings` are findings that do not stop anything.
    """

    readers: Readers
    data: SourceTree
    content: SourceTree
    loaded: Loaded
    found: LoadedAwareness
    authored: Mapping[str, Authored]
    settings: SiteSettings
    history: History
    plan: Plan
    warnings: tuple[Diagnostic, ...]
    reports: tuple[Report, ...] = ()
    synonyms: tuple[Synonym, ...] = ()

    @classmethod
    def open(
        cls, data: Path | SourceTree, content: Path | SourceTree, readers: Readers = Readers(), *, strict: bool = False
    ) -> Project:
        """Read, load, judge and cut. Raises DataError with all that one stage finds wrong; `strict` counts warnings."""
        data, content = _snapshot(data), _snapshot(content)
        history = read_history(data)
        loaded = load_plan(data)
        settings = _read_optional(data, SETTINGS, SiteSettings)
        synonyms = _read_optional(data, SYNONYMS, SynonymFile).synonyms
        findings = (
            check_plan(loaded), _unknown_profile(loaded), check_received(data, loaded),
            check_files(data, content, loaded.plan.head, _DATA_FILES),
            check_versions(loaded, [version.plan for version in history.versions], history.day),
        )  # fmt: skip
        warnings = _judged([finding for some in findings for finding in some], strict)
        drawings = read_drawings(content, program.scene_parts())
        found = load_awareness(data, content, loaded, drawings.keys())
        found = replace(found, awareness=judge_reviews(found.awareness, loaded.plan, drawings))
        warnings += _judged(check_awareness(found, loaded.plan), strict)
        authored = read_pages(content, TOPICS)
        among = found.awareness.among(approved_only=readers.approved_only, internal=readers.internal)
        topics, shown = ([topic.topic for topic in some] for some in (found.awareness.topics, among))
        plan = loaded.plan if readers.internal else public_plan(loaded.plan, topics, shown)
        plan = replace(plan, today=readers.today)
        authored = {name: page for name, page in authored.items() if readers.internal or not is_internal(page)}
        plans = (loaded.plan, *(version.plan for version in history.versions))
        sent = load_reports(data, plans)
        warnings += _judged(list(check_reports(sent, plans)), strict)
        reports = sent.reports
        if not readers.internal:
            reports = public_reports(reports, loaded.plan, plan) if settings.reports == "public" else ()
        judged = tuple(warnings)
        return cls(readers, data, content, loaded, found, authored, settings, history, plan, judged, reports, synonyms)

    def for_places(self, asked: Iterable[str], known: Iterable[str] = ()) -> Project:
        """The project with the papers of places: those `asked` for (ALL_PLACES: every one) and those `known` already.

        Raises DataError for an asked one that local.yml does not hold; a known one that is gone is left out.
        """
        ids = [place.id for place in self.found.awareness.localities]
        wanted = dict.fromkeys([*(place for place in known if place in ids), *asked])
        places = tuple(ids) if ALL_PLACES in wanted else tuple(wanted)
        if unknown := [place for place in places if place not in ids]:
            span = Span(self.data.label("local.yml"))
            message = f"không có nơi '{unknown[0]}'" + ("" if ids else "; chưa có nơi nào được ghi")
            raise DataError([Diagnostic(span, "unknown-place", message, hint_nearest(unknown[0], ids))])
        return replace(self, readers=replace(self.readers, places=places))

    def content_with(self, name: str, raw: bytes) -> SourceTree:
        """The files of content/ with one of them changed: to look at what would be written before it is."""
        return Changed(self.content, name, raw)

    @cached_property
    def topics(self) -> tuple[AuthoredTopic, ...]:
        """The topics that these readers see."""
        return self.found.awareness.among(approved_only=self.readers.approved_only, internal=self.readers.internal)

    @cached_property
    def localities(self) -> tuple[Locality, ...]:
        """The places whose own papers are made."""
        return tuple(place for place in self.found.awareness.localities if place.id in self.readers.places)

    @cached_property
    def drawings(self) -> dict[str, str]:
        """The topics' drawings, SVG by file name."""
        return read_drawings(self.content, program.scene_parts())

    @cached_property
    def screenshots(self) -> dict[str, bytes]:
        """The pictures that the handbook's chapters show, PNG by path in the site."""
        shown = pictures_of(self.authored)
        names = [n for n in self.content.names() if n.startswith(f"{PICTURES}/") and n.endswith(".png") and n in shown]
        return {name: self.content.read(name) for name in names}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """From each version to the next, the oldest first; the last to the data as they are now, if they differ."""
        versions = self.history.versions
        plans = [version.plan if self.readers.internal else public_plan(version.plan) for version in versions]
        found = [
            Step(versions[number].id, version.revision, plans[number], plans[number + 1], True)
            for number, version in enumerate(versions[1:])
        ]
        if versions and (draft := self._draft(plans[-1])):
            found.append(draft)
        return tuple(found)

    def _draft(self, last: Plan) -> Step | None:
        now = self.loaded.plan if self.readers.internal else public_plan(self.loaded.plan)
        before = self.history.ids[-1]
        step = Step(before, self.history.draft or Revision(id=DRAFT, summary=_IN_THE_MAKING), last, now, False)
        return step if step.changes else None

    @property
    def address(self) -> str:
        """Where the site will stand."""
        return self.settings.address

    @cached_property
    def profile(self) -> Profile:
        """The layout profile that the plan names."""
        return read_profile(program.PROFILES / f"{self.plan.head.profile}.yml")

    @property
    def moment(self) -> datetime:
        """The only time in any output, so that two builds of the same data are the same bytes: the edition's day."""
        return datetime.combine(self.plan.head.edition, datetime.min.time(), UTC)


PICTURES = "huong-dan/anh"
SETTINGS = "site.yml"
SYNONYMS = "synonyms.yml"
DRAFT = "du-thao"  # the id of changes that no revision.yml speaks of yet
_IN_THE_MAKING = "Sửa đổi đang soạn, chưa ghi tóm tắt"
ALL_PLACES = "tat-ca"
WORKING = "."  # the name of the data as they are now, among versions
_DATA_FILES = (*REQUIRED, *OPTIONAL, *TOPIC_FILES, SETTINGS, SYNONYMS, RECORD)


def data_at(data: SourceTree, version: str) -> SourceTree:
    """A data tree as it was when a version was frozen. Raises DataError for an unknown one."""
    history = read_history(data)
    try:
        return open_at(data, history, version)
    except KeyError:
        raise DataError([_unknown_version(data, history, version)]) from None


def plan_at(data: SourceTree, folder: Path, name: str, readers: Readers) -> Plan:
    """A version of the plan as its readers may know it: `name` is a frozen version's id, a revision of git, or WORKING.

    `folder` is where `data` is on disk. Raises DataError, also for an unknown version.
    """
    history = read_history(data)
    tree = data if name == WORKING else open_at(data, history, name) if name in history.ids else None
    tree = tree or read_revision(folder, name)
    if tree is None:
        raise DataError([_unknown_version(data, history, name)])
    plan = load_plan(tree).plan
    return plan if readers.internal else public_plan(plan)


def _unknown_version(data: SourceTree, history: History, name: str) -> Diagnostic:
    hint = hint_nearest(name, history.ids) or f"các phiên bản đã chốt: {', '.join(history.ids) or 'chưa có'}"
    return Diagnostic(Span(data.label(VERSIONS)), "unknown-version", f"không có phiên bản '{name}'", hint)


def _read_optional(data: SourceTree, name: str, kind: type[R]) -> R:
    """A file of the office's own as a record, or the record's defaults where there is none. Raises DataError."""
    if name not in data.names():
        return kind()
    errors: list[Diagnostic] = []
    record = load_file(data, name, kind, Spans(), errors)
    if errors:
        raise DataError(errors)
    assert isinstance(record, kind)  # without errors there is one
    return record


def _snapshot(tree: Path | SourceTree) -> SourceTree:
    return Snapshot.of(DiskTree(tree)) if isinstance(tree, Path) else tree


def _judged(findings: list[Diagnostic], strict: bool) -> list[Diagnostic]:
    if has_errors(findings) or (strict and findings):
        raise DataError(findings)
    return sorted(findings, key=lambda d: d.span)


def _unknown_profile(loaded: Loaded) -> Iterator[Diagnostic]:
    head = loaded.plan.head
    known = {path.stem for path in program.PROFILES.glob("*.yml")}
    if head.profile not in known:
        span, hint = loaded.spans.of(head, "profile"), hint_nearest(head.profile, known)
        yield Diagnostic(span, "unknown-profile", f"không có thể thức '{head.profile}'", hint)
