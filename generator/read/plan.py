"""Plain data → the model. All errors of all files are collected before any is shown; dangling and repeated ids too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from generator.diagnostics import DataError, Diagnostic, Span, hint_nearest
from generator.model import types as model
from generator.model.plan import Plan
from generator.model.walk import plan_records, records_in, reference_kinds, texts_of, walk_records
from generator.read.tree import FileTooLargeError, SourceTree
from generator.read.yaml import Document, Path, read_yaml
from generator.words.links import Link

R = TypeVar("R", bound=model.Record)
REQUIRED = {"plan.yml": model.PlanHead, "agencies.yml": model.AgencyFile}
OPTIONAL = {
    "groups.yml": model.GroupFile,
    "targets.yml": model.TargetFile,
    "deadlines.yml": model.DeadlineFile,
    "instruments.yml": model.InstrumentFile,
    "places.yml": model.PlaceFile,
    "source.yml": model.SourceNotes,
}
_KIND_NAMES = {
    "agency": "cơ quan", "group": "nhóm", "target": "chỉ tiêu", "deadline": "thời hạn", "instrument": "văn bản",
    "place": "địa bàn", "statement": "câu", "task": "nhiệm vụ", "provision": "điều khoản",
    "channel": "nơi báo tin", "audience": "nhóm người đọc",
}  # fmt: skip


@dataclass
class Spans:
    """Where each record of a loaded plan stands; records are known by identity, for the plan keeps them alive."""

    _places: dict[int, tuple[Document, Path]] = field(default_factory=dict)

    def add(self, record: model.Record, document: Document, path: Path) -> None:
        """Remember a record and, below it, every record it holds."""
        self._places[id(record)] = (document, path)
        for name, info in type(record).model_fields.items():
            key = info.alias or name
            value = getattr(record, name)
            for inner, where in records_in(value, (*path, key)):
                self.add(inner, document, where)

    def of(self, record: model.Record, *path: str | int) -> Span:
        """Where a record, or a field below it, stands."""
        document, base = self._places[id(record)]
        return document.span((*base, *path))

    def within(self, record: model.Record, excerpt: str, *path: str | int) -> Span:
        """Where `excerpt` stands in a text field of a record."""
        document, base = self._places[id(record)]
        where: Path = (*base, *path)
        if where not in document.values:  # a statement written as a bare string has no key 'text'
            where = base
        return document.find(where, excerpt)


@dataclass(frozen=True)
class Loaded:
    """A plan and where its records stand."""

    plan: Plan
    spans: Spans


def load_plan(tree: SourceTree) -> Loaded:
    """Read and validate a whole data folder. Raises DataError with every error of every file."""
    errors: list[Diagnostic] = []
    spans = Spans()
    files: dict[str, Any] = {}
    names = set(tree.names())
    for name, kind in {**REQUIRED, **OPTIONAL}.items():
        if name in names or name in REQUIRED:
            files[name] = load_file(tree, name, kind, spans, errors)
    sections: list[model.Clause] = []
    head = files["plan.yml"]
    if head is not None:
        for index, name in enumerate(head.sections):
            if name not in names:
                hint = hint_nearest(name, names)
                errors.append(
                    Diagnostic(spans.of(head, "sections", index), "missing-file", f"không có tệp '{name}'", hint)
                )
            else:
                section = load_file(tree, name, model.Clause, spans, errors)
                sections += [section] if section is not None else []
    if errors:
        raise DataError(errors)
    plan = _assemble(files, tuple(sections))
    errors += _repeated_ids(plan, spans)
    errors += dangling_ids(plan_records(plan), known_ids(plan), spans)
    if any(d.severity == "error" for d in errors):
        raise DataError(errors)
    return Loaded(plan, spans)


def validate(document: Document, kind: type[R], spans: Spans, errors: list[Diagnostic]) -> R | None:
    """Plain data of one file as a record; its errors are appended, its places remembered."""
    try:
        record = kind.model_validate(document.data)
    except ValidationError as error:
        errors += [_explain(detail, document, kind) for detail in error.errors()]
        return None
    spans.add(record, document, ())
    return record


def load_file(tree: SourceTree, name: str, kind: type[Any], spans: Spans, errors: list[Diagnostic]) -> Any:
    """One file of a tree as a record, or None; its errors are appended, its places remembered."""
    label = tree.label(name)
    try:
        document = read_yaml(label, tree.read(name))
    except DataError as error:
        errors += error.diagnostics
        return None
    except FileNotFoundError:
        errors.append(Diagnostic(Span(label), "missing-file", f"không có tệp '{name}'"))
        return None
    except FileTooLargeError:
        errors.append(
            Diagnostic(Span(label), "file-too-large", "tệp quá lớn (hơn 5 MB): đây không phải dữ liệu kế hoạch")
        )
        return None
    return validate(document, kind, spans, errors)


def _assemble(files: Mapping[str, Any], sections: tuple[model.Clause, ...]) -> Plan:
    def part(name: str, key: str) -> Any:
        return getattr(files[name], key) if name in files else ()

    return Plan(
        head=files["plan.yml"],
        sections=sections,
        agencies=files["agencies.yml"].agencies,
        groups=part("groups.yml", "groups"),
        targets=part("targets.yml", "targets"),
        deadlines=part("deadlines.yml", "deadlines"),
        office=part("deadlines.yml", "office") or None,
        instruments=part("instruments.yml", "instruments"),
        places=part("places.yml", "places"),
        source=files.get("source.yml"),
    )


def _explain(detail: Any, document: Document, kind: type[model.Record]) -> Diagnostic:
    path: Path = tuple(part for part in detail["loc"] if isinstance(part, int) or not part.startswith("function-"))
    code, context = detail["type"], detail.get("ctx", {})
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    span = document.span(path)
    if code == "missing":
        return Diagnostic(document.span(path[:-1]), "missing-field", f"thiếu trường '{key}'")
    if code == "extra_forbidden":
        known = _known_keys(kind, path[:-1])
        return Diagnostic(
            document.key_span(path), "unknown-field", f"không có trường '{key}'", hint_nearest(key, known)
        )
    if code == "literal_error":
        allowed = context["expected"].replace(" or ", ", ")
        return Diagnostic(
            span,
            "not-allowed",
            f"giá trị '{_short(detail['input'])}' không hợp lệ cho '{key}'",
            f"chọn một trong: {allowed}",
        )
    if code == "link-syntax":
        return Diagnostic(document.find(path, context["excerpt"]), code, context["reason"])
    if detail["input"] is None:
        return Diagnostic(span, "empty-value", f"'{key}' để trống; ghi giá trị hoặc bỏ hẳn dòng này")
    if code in ("tuple_type", "list_type"):
        return Diagnostic(
            span, "wrong-type", f"'{key}' phải là một danh sách", "đặt trong [ ] hoặc mỗi mục một dòng '- '"
        )
    if code in ("model_type", "model_attributes_type", "dict_type"):
        return Diagnostic(span, "wrong-type", "ở đây phải là một bảng 'khóa: giá trị'")
    if code == "too_short":
        return Diagnostic(span, "too-few", f"'{key}' phải có ít nhất một mục")
    if code == "too_long":
        return Diagnostic(span, "too-many", f"'{key}' chỉ được nhiều nhất {context['max_length']} mục")
    return Diagnostic(span, code, str(detail["msg"]))


def _known_keys(kind: type[model.Record], path: Path) -> set[str]:
    """The keys that the record at `path` below a record of `kind` may have."""
    kinds = {kind}
    for part in path:
        if isinstance(part, str):
            fields = [info for k in kinds for name, info in k.model_fields.items() if part in (name, info.alias)]
            kinds = {inner for info in fields for inner in _records_of(info.annotation)} or kinds  # or a union's branch
    return {info.alias or name for k in kinds for name, info in k.model_fields.items()}


def _records_of(annotation: Any) -> set[type[model.Record]]:
    if isinstance(annotation, type) and issubclass(annotation, model.Record):
        return {annotation}
    return {kind for inner in get_args(annotation) for kind in _records_of(inner)}


def _short(value: Any) -> str:
    return str(value)[:60]


def known_ids(plan: Plan) -> dict[str, set[str]]:
    """The ids that a plan declares, by kind."""
    statements = {i for i, provision in plan.provisions.items() if provision.statement}
    return {
        "agency": set(plan.agency),
        "group": set(plan.group),
        "target": set(plan.target),
        "deadline": set(plan.deadline),
        "instrument": set(plan.instrument),
        "place": set(plan.place),
        "statement": statements,
        "task": {t.statement.id for t in plan.tasks if t.statement.id} | (set(plan.provisions) - statements),
        "provision": set(plan.provisions),
    }


def dangling_ids(records: Iterable[model.Record], known: Mapping[str, set[str]], spans: Spans) -> Iterator[Diagnostic]:
    """Every id in the records that is not among the known ones of its kinds."""
    for record in records:
        for name, info in type(record).model_fields.items():
            kinds = reference_kinds(info)
            value = getattr(record, name)
            if not kinds or value is None:
                continue
            key = info.alias or name
            for index, target in enumerate(value) if isinstance(value, tuple) else ((None, value),):
                where = (key,) if index is None else (key, index)
                yield from _dangling(target, kinds, known, spans.of(record, *where))
        for key, text in texts_of(record):
            for link in text.links():
                for target in link.targets:
                    yield from _dangling(target, (link.scheme,), known, _link_span(spans, record, key, link))


def _link_span(spans: Spans, record: model.Record, key: str, link: Link) -> Span:
    return spans.within(record, f"]({link.scheme}:{','.join(link.targets)})", key)


def _dangling(target: str, kinds: tuple[str, ...], known: Mapping[str, set[str]], span: Span) -> Iterator[Diagnostic]:
    if not any(target in known[kind] for kind in kinds):
        what = " hay ".join(_KIND_NAMES[kind] for kind in kinds)
        candidates = set[str]().union(*(known[kind] for kind in kinds))
        yield Diagnostic(span, f"unknown-{kinds[0]}", f"không có {what} '{target}'", hint_nearest(target, candidates))


def _repeated_ids(plan: Plan, spans: Spans) -> Iterator[Diagnostic]:
    provisions: list[model.Record] = []
    for section in plan.sections:
        provisions += [
            r for r in walk_records(section) if isinstance(r, model.Clause | model.Paragraph | model.Statement)
        ]
    events = (*(d for d in plan.deadlines if d.kind != "phase"), *plan.head.phases)  # one UID each in calendars
    spaces: tuple[tuple[model.Record, ...], ...] = (
        (*plan.agencies, *plan.groups), tuple(provisions), plan.targets, plan.deadlines, events, plan.instruments,
        plan.places, plan.head.recipients.items, tuple(s for a in plan.agencies for s in a.members),
        tuple(d for place in plan.places for d in place.designations),
    )  # fmt: skip
    yield from dict.fromkeys(finding for space in spaces for finding in repeated_ids(space, spans))


def repeated_ids(records: Iterable[model.Record], spans: Spans) -> Iterator[Diagnostic]:
    """Every id that a second record of the same space has."""
    first: dict[str, model.Record] = {}
    for record in records:
        identity = getattr(record, "id", None)
        if identity is None:
            continue
        if identity in first:
            message = f"mã '{identity}' đã dùng ở {spans.of(first[identity], 'id')}"
            yield Diagnostic(spans.of(record, "id"), "repeated-id", message)
        first.setdefault(identity, record)
