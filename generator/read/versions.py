"""The versions of a plan: those frozen in data/revisions/ with their seals, one in git, and the one being prepared."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostics import DataError, Diagnostic, Span, hint_nearest
from generator.model.plan import Plan
from generator.model.revision import Revision
from generator.read.plan import Spans, load_file, load_plan
from generator.read.tree import SourceTree

FOLDER = "revisions"
RECORD = "revision.yml"  # what a version is: of the one being prepared in data/, of a frozen one in its folder
DATA = "data"
SEAL = "SHA256SUMS"
_READ: dict[str, Plan] = {}  # by seal: the same bytes are the same plan
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_NOT_FROZEN = (f"{FOLDER}/", "schema/", "source/", "reports/")


class SubTree:
    """The files below a folder of another tree."""

    def __init__(self, tree: SourceTree, folder: str) -> None:
        self._tree, self._prefix = tree, f"{folder}/"

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(n.removeprefix(self._prefix) for n in self._tree.names() if n.startswith(self._prefix))

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        return self._tree.read(self._prefix + name)

    def label(self, name: str) -> str:
        """The path as the user would type it."""
        return self._tree.label(self._prefix + name)


class _At:
    """A data tree as it was when a version was frozen: that version's data, and the versions up to it."""

    def __init__(self, tree: SourceTree, versions: tuple[Version, ...]) -> None:
        self._tree, self._data = tree, versions[-1].tree
        kept = tuple(f"{FOLDER}/{version.id}/" for version in versions)
        beside = (name for name in tree.names() if name.startswith((*kept, "schema/", "source/")))
        self._beside = frozenset(beside)

    def names(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return tuple(sorted({*self._data.names(), *self._beside}))

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        return self._tree.read(name) if name in self._beside else self._data.read(name)

    def label(self, name: str) -> str:
        """The path as the user would type it."""
        return self._tree.label(name) if name in self._beside else self._data.label(name)


@dataclass(frozen=True)
class Version:
    """A frozen version: what it is, its data, and the digest of its seal."""

    revision: Revision
    tree: SourceTree
    seal: str

    @property
    def id(self) -> str:
        """Its id."""
        return self.revision.id

    @property
    def plan(self) -> Plan:
        """The whole plan as it was. What is sealed is read once. Raises DataError if today's program cannot read it."""
        if self.seal not in _READ:
            _READ[self.seal] = load_plan(self.tree).plan
        return _READ[self.seal]


@dataclass(frozen=True)
class History:
    """The frozen versions, each after the one it follows, and the record of the one being prepared, if there is one."""

    versions: tuple[Version, ...] = ()
    draft: Revision | None = None

    @property
    def day(self) -> dt.date | None:
        """When the version that is being prepared takes effect, if known."""
        return (self.draft.effective or self.draft.date) if self.draft else None

    @property
    def ids(self) -> tuple[str, ...]:
        """The frozen versions' ids."""
        return tuple(version.id for version in self.versions)


def read_history(tree: SourceTree) -> History:
    """The versions of a data tree. Raises DataError for what was altered, and for versions that are not one line."""
    errors: list[Diagnostic] = []
    spans = Spans()
    inside = (name.split("/") for name in tree.names() if name.startswith(f"{FOLDER}/"))
    folders = sorted({parts[1] for parts in inside if len(parts) > 2})
    versions = [found for folder in folders if (found := _read_version(tree, folder, spans, errors))]
    draft = load_file(tree, RECORD, Revision, spans, errors) if RECORD in tree.names() else None
    ordered = _in_order(versions, spans, errors)
    if draft is not None:
        errors += _after_last(draft, ordered, spans)
    if errors:
        raise DataError(errors)
    return History(tuple(ordered), draft)


def open_at(tree: SourceTree, history: History, identity: str) -> SourceTree:
    """A data tree as it was at a frozen version. Raises KeyError for an unknown one."""
    if identity not in history.ids:
        raise KeyError(identity)
    return _At(tree, history.versions[: history.ids.index(identity) + 1])


def is_frozen(name: str) -> bool:
    """True for a file of data/ that a version holds: all but versions, schemas, the text as received, reports."""
    return not name.startswith(_NOT_FROZEN) and name != RECORD


def seal_of(files: Mapping[str, bytes]) -> bytes:
    """The seal of a version's files, by path in its folder: lines as `sha256sum` writes and checks them."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _read_version(tree: SourceTree, folder: str, spans: Spans, errors: list[Diagnostic]) -> Version | None:
    inside = SubTree(tree, f"{FOLDER}/{folder}")
    revision = load_file(inside, RECORD, Revision, spans, errors)
    if revision is None:
        return None
    if revision.id != folder:
        message = f"phiên bản '{revision.id}' nằm trong thư mục '{folder}'"
        errors.append(Diagnostic(spans.of(revision, "id"), "misplaced-version", message))
    seal = inside.read(SEAL) if SEAL in inside.names() else b""
    errors += _altered(inside, seal)
    return Version(revision, SubTree(inside, DATA), hashlib.sha256(seal).hexdigest())


def _altered(version: SourceTree, seal: bytes) -> Iterator[Diagnostic]:
    """What in a frozen version is not as it was sealed."""
    listed: dict[str, str] = {}
    for number, line in enumerate(seal.decode("utf-8", "replace").splitlines(), 1):
        span = Span(version.label(SEAL), number)
        if not (match := _LINE.fullmatch(line)):
            yield Diagnostic(span, "broken-seal", "dòng niêm phong hỏng: phải là SHA-256, hai dấu cách, tên tệp")
            continue
        listed[match[2]] = match[1]
        if match[2] not in version.names():
            message = f"phiên bản đã chốt mất tệp '{match[2]}'"
            yield Diagnostic(span, "altered-version", message, _RESTORE)
        elif hashlib.sha256(version.read(match[2])).hexdigest() != match[1]:
            message = "tệp của phiên bản đã chốt bị sửa: khác niêm phong"
            yield Diagnostic(Span(version.label(match[2])), "altered-version", message, _RESTORE)
    for name in version.names():
        if name not in listed and name != SEAL:
            message = "tệp lạ trong phiên bản đã chốt: không có trong niêm phong"
            yield Diagnostic(Span(version.label(name)), "altered-version", message, _RESTORE)


_RESTORE = "lấy lại tệp cũ; muốn sửa kế hoạch thì sửa ở data/ rồi chốt phiên bản mới"


def _in_order(versions: list[Version], spans: Spans, errors: list[Diagnostic]) -> list[Version]:
    """The versions as one line, each after the one it follows."""
    ordered: list[Version] = []
    left = {version.id: version for version in versions}
    while left:
        last = ordered[-1].id if ordered else None
        following = [version for version in left.values() if version.revision.follows == last]
        if len(following) != 1:
            break
        errors += _after_last(following[0].revision, ordered, spans)
        ordered.append(left.pop(following[0].id))
    for version in left.values():
        message = f"phiên bản '{version.id}' không nối tiếp đúng một phiên bản trước nó"
        span = spans.of(version.revision, "follows")
        errors.append(Diagnostic(span, "broken-history", message, hint_nearest(version.revision.follows or "", left)))
    return ordered


def _after_last(revision: Revision, before: list[Version], spans: Spans) -> Iterator[Diagnostic]:
    """What is wrong with a version that comes after others."""
    if any(version.id == revision.id for version in before):
        message = f"phiên bản '{revision.id}' đã chốt: không chốt lại, không dùng lại mã"
        yield Diagnostic(spans.of(revision, "id"), "frozen-twice", message, "đặt mã khác")
        return
    if not before:
        return
    last = before[-1]
    if revision.follows_seal is not None and revision.follows_seal != last.seal:
        message = f"niêm phong của phiên bản '{last.id}' đã bị thay sau khi chốt"
        yield Diagnostic(spans.of(revision, "follows_seal"), "broken-seal", message, "lấy lại tệp cũ")
    for key, name in (("date", "ban hành"), ("effective", "hiệu lực")):
        earlier, later = getattr(last.revision, key), getattr(revision, key)
        if earlier and later and later < earlier:
            message = f"ngày {name} trước ngày {name} của phiên bản '{last.id}'"
            yield Diagnostic(spans.of(revision, key), "dated-before", message)
