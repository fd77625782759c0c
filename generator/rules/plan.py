"""Rules across a loaded plan → diagnostics. Pure. Errors are what must not be published; warnings are worth a look."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

from generator.diagnostics import Diagnostic
from generator.model import types as model
from generator.model.plan import paragraph_text
from generator.model.walk import plan_records, texts_of, used_ids
from generator.read.plan import Loaded
from generator.rules.leaks import check_leaks
from generator.words.links import Link
from generator.words.numbering import parse_number

Named = model.Agency | model.Group | model.Instrument | model.Place | model.Deadline
_UNITS = "Tỉnh|Huyện|Thị xã|Thành phố|Xã|Phường|Thị trấn"
_UNIT_INSIDE = re.compile(rf"(?<=[\w,;] )(?:{_UNITS}) (?=[A-ZĐÂÊÔƠƯ])(?!Hồ Chí Minh)")
_CITED_LOWER = re.compile(r"(?<!\w)(?:điều|chương|mục|phần) (?:[0-9]+|[IVX]+)(?!\w)")
_LONG_DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?")
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def check_plan(loaded: Loaded) -> list[Diagnostic]:
    """Every finding of every rule, unsorted."""
    rules: tuple[Callable[[Loaded], Iterable[Diagnostic]], ...] = (
        _labels, _target_labels, _partners_named, _duties_complete, _ids_present, _numbering, _cycles, _ranges,
        _orphans, _unnamed_agencies, _capitals, _dates, check_leaks,
    )  # fmt: skip
    return [finding for rule in rules for finding in rule(loaded)]


def names_of(record: Named) -> tuple[str, ...]:
    """Every way a record may be named in a text."""
    own = (record.label,) if isinstance(record, model.Deadline) else (record.name,)
    short = getattr(record, "short_name", None)
    return (*own, *((short,) if short else ()), *record.aliases)


def same_name(label: str, name: str) -> bool:
    """True if they differ in nothing but the case of the first letter."""
    return label[1:] == name[1:] and label[:1].lower() == name[:1].lower()


def _links(loaded: Loaded) -> Iterator[tuple[model.Record, str, Link]]:
    for record in plan_records(loaded.plan):
        for key, text in texts_of(record):
            for link in text.links():
                yield record, key, link


def _labels(loaded: Loaded) -> Iterator[Diagnostic]:
    plan = loaded.plan
    kinds: dict[str, dict[str, Named]] = {
        "agency": {**plan.agency}, "group": {**plan.group}, "instrument": {**plan.instrument},
        "place": {**plan.place}, "deadline": {**plan.deadline},
    }  # fmt: skip
    for record, key, link in _links(loaded):
        if link.scheme not in kinds:
            continue
        for target in link.targets:
            names = names_of(kinds[link.scheme][target])
            if len(link.targets) == 1:
                fits = any(same_name(link.label, name) for name in names)
            else:
                fits = any(name in link.label for name in names)
            if not fits:
                span = loaded.spans.within(record, f"[{link.label}]", key)
                message = f"nhãn '{link.label}' không phải tên gọi nào của '{target}'"
                yield Diagnostic(span, "label-mismatch", message, f"tên đã khai: {'; '.join(names)}")


def _target_labels(loaded: Loaded) -> Iterator[Diagnostic]:
    for record, key, link in _links(loaded):
        if link.scheme != "target":
            continue
        target = loaded.plan.target[link.targets[0]]
        declared = {str(n) for n in (target.lower, target.upper) if n is not None}
        printed = {n.replace(",", ".") for n in re.findall(r"\d+(?:,\d+)?", link.label)}
        if printed != declared:
            span = loaded.spans.within(record, f"[{link.label}]", key)
            message = f"số trong nhãn '{link.label}' khác số của chỉ tiêu '{target.id}'"
            yield Diagnostic(
                span, "target-mismatch", message, f"targets.yml ghi: {', '.join(sorted(declared)) or 'không có số'}"
            )


def _partners_named(loaded: Loaded) -> Iterator[Diagnostic]:
    for item in loaded.plan.located:
        statement = item.statement
        linked = {target for link in statement.text.links() for target in link.targets}
        for index, partner in enumerate(statement.with_):
            if partner not in linked:
                span = loaded.spans.of(statement, "with", index)
                message = f"'{partner}' ở 'with' không có trong nội dung của câu này"
                yield Diagnostic(
                    span, "with-not-named", message, "gắn liên kết vào chỗ câu nêu tên, hoặc bỏ khỏi 'with'"
                )


def _duties_complete(loaded: Loaded) -> Iterator[Diagnostic]:
    for item in loaded.plan.located:
        statement, span = item.statement, loaded.spans.of(item.statement)
        if statement.id is None and (statement.role or statement.task):
            yield Diagnostic(span, "missing-id", "câu có 'role' hoặc 'task' phải có 'id'")
        if not statement.role and (statement.by or statement.with_ or statement.implements or statement.partly):
            yield Diagnostic(span, "missing-role", "câu có 'by', 'with' hay 'implements' thì phải có 'role'")


def _ids_present(loaded: Loaded) -> Iterator[Diagnostic]:
    for chain in loaded.plan.clause.values():
        for paragraph in chain[-1].paragraphs:
            if paragraph.id is None and (paragraph.marker or any(s.role or s.task for s in paragraph.statements)):
                span = loaded.spans.of(paragraph)
                yield Diagnostic(span, "missing-id", "gạch đầu dòng và đoạn có nhiệm vụ phải có 'id'")


def _numbering(loaded: Loaded) -> Iterator[Diagnostic]:
    plan = loaded.plan
    yield from _sequence(loaded, plan.sections, ())
    for chain in plan.clause.values():
        yield from _sequence(loaded, chain[-1].clauses, chain[-1].gaps)


def _sequence(loaded: Loaded, clauses: tuple[model.Clause, ...], gaps: tuple[model.Gap, ...]) -> Iterator[Diagnostic]:
    declared = {numeral.ordinal for gap in gaps if (numeral := parse_number(gap.number))}
    expected = 1
    for clause in clauses:
        if clause.number is None:
            continue
        numeral = parse_number(clause.number)
        span = loaded.spans.of(clause, "number")
        if numeral is None:
            yield Diagnostic(span, "bad-numbering", f"số '{clause.number}' không phải số La Mã, số Ả Rập hay chữ cái")
            continue
        while expected < numeral.ordinal and expected in declared:
            expected += 1
        if numeral.ordinal != expected:
            message = f"số '{clause.number}' không nối tiếp số trước"
            yield Diagnostic(span, "numbering-gap", message, "nếu bản gốc nhảy số, khai ở 'gaps' với lý do")
        expected = numeral.ordinal + 1


def _cycles(loaded: Loaded) -> Iterator[Diagnostic]:
    plan = loaded.plan
    above: tuple[tuple[dict[str, tuple[str, ...]], dict[str, model.Record], str], ...] = (
        ({a.id: (a.parent,) if a.parent else () for a in plan.agencies}, {**plan.agency}, "parent"),
        ({a.id: a.successors for a in plan.agencies}, {**plan.agency}, "successors"),
        ({i.id: (i.parent,) if i.parent else () for i in plan.instruments}, {**plan.instrument}, "parent"),
    )
    for edges, records, key in above:
        for start in edges:
            seen: set[str] = set()
            frontier = set(edges[start])
            while frontier and start not in seen:
                seen |= frontier
                frontier = {after for node in frontier for after in edges[node]} - seen
            if start in seen:
                span = loaded.spans.of(records[start], key)
                yield Diagnostic(span, "reference-cycle", f"'{start}' trỏ vòng về chính nó qua '{key}'")


def _ranges(loaded: Loaded) -> Iterator[Diagnostic]:
    plan = loaded.plan
    for agency in plan.agencies:
        if agency.valid_from and agency.valid_to and agency.valid_from > agency.valid_to:
            yield Diagnostic(loaded.spans.of(agency, "valid_to"), "bad-range", "'valid_to' trước 'valid_from'")
    for target in plan.targets:
        if target.lower is not None and target.upper is not None and target.lower > target.upper:
            yield Diagnostic(loaded.spans.of(target, "upper"), "bad-range", "'upper' nhỏ hơn 'lower'")
    period = plan.head.period
    if period.from_ > period.to:
        yield Diagnostic(loaded.spans.of(period, "to"), "bad-range", "năm kết thúc trước năm bắt đầu")
    for phase in plan.head.phases:
        if not period.from_ <= phase.from_ <= phase.to <= period.to:
            yield Diagnostic(
                loaded.spans.of(phase), "bad-range", f"giai đoạn '{phase.name}' nằm ngoài thời kỳ của Kế hoạch"
            )


def _orphans(loaded: Loaded) -> Iterator[Diagnostic]:
    plan, used = loaded.plan, used_ids(loaded.plan)
    kinds: tuple[tuple[str, str, tuple[model.Record, ...]], ...] = (
        ("group", "nhóm", plan.groups), ("target", "chỉ tiêu", plan.targets),
        ("deadline", "thời hạn", plan.deadlines), ("place", "địa bàn", plan.places),
    )  # fmt: skip
    for kind, word, records in kinds:
        for record in records:
            identity = str(getattr(record, "id"))  # noqa: B009 - each of these kinds has an id, Record has none
            has_home = isinstance(record, model.Place) and record.agency is not None
            if (kind, identity) not in used and not has_home:
                message = f"không chỗ nào dùng {word} '{identity}'"
                yield Diagnostic(loaded.spans.of(record, "id"), "orphan", message, severity="warning")


def _unnamed_agencies(loaded: Loaded) -> Iterator[Diagnostic]:
    plan = loaded.plan
    named = {("agency", target) for _, _, link in _links(loaded) if link.scheme == "agency" for target in link.targets}
    used = named | {u for u in used_ids(plan) if u[0] == "agency"}
    for agency in plan.agencies:
        if agency.named and ("agency", agency.id) not in named:
            message = f"không điều khoản nào nêu tên '{agency.name}'"
            hint = "gắn liên kết ở chỗ nêu tên, hoặc ghi named: false và nguồn"
            yield Diagnostic(loaded.spans.of(agency, "id"), "unnamed-agency", message, hint, "warning")
        elif ("agency", agency.id) not in used:
            message = f"không chỗ nào dùng cơ quan '{agency.id}'"
            yield Diagnostic(loaded.spans.of(agency, "id"), "orphan", message, severity="warning")


def _paragraphs(loaded: Loaded) -> Iterator[tuple[model.Paragraph, str]]:
    plan = loaded.plan
    chains = [chain[-1].paragraphs for chain in plan.clause.values()]
    for paragraphs in (plan.head.preamble, *chains):
        for paragraph in paragraphs:
            yield paragraph, paragraph_text(paragraph).reading()


def _capitals(loaded: Loaded) -> Iterator[Diagnostic]:
    for paragraph, text in _paragraphs(loaded):
        first = next((c for c in text if c.isalpha()), "")
        if first.islower() and text[:1].isalpha():
            span = loaded.spans.of(paragraph.statements[0])
            yield Diagnostic(span, "capital-missing", "đoạn phải bắt đầu bằng chữ hoa (NĐ 30, Phụ lục II)")
        for match in re.finditer(r"(?<=[^\W\d_]{2}\. )[^\W\d_]", text):
            if match[0].islower():
                yield _in_text(loaded, paragraph, text, match, "capital-missing", "câu phải bắt đầu bằng chữ hoa")
        for match in _UNIT_INSIDE.finditer(text):
            message = f"'{match[0].strip()}' trước tên riêng, ở giữa câu, phải viết thường"
            yield _in_text(loaded, paragraph, text, match, "capital-unit", message)
        for match in _CITED_LOWER.finditer(text):
            message = f"'{match[0]}': viện dẫn Điều, Chương, Mục, Phần phải viết hoa"
            yield _in_text(loaded, paragraph, text, match, "capital-citation", message)


def _dates(loaded: Loaded) -> Iterator[Diagnostic]:
    for paragraph, text in _paragraphs(loaded):
        for match in _SHORT_DATE.finditer(text):
            if not _is_date(int(match[3]), int(match[2]), int(match[1])):
                yield _in_text(loaded, paragraph, text, match, "bad-date", f"'{match[0]}' không phải ngày có thật")
        for match in _LONG_DATE.finditer(text):
            day, month = match[1], match[2]
            if not _is_date(int(match[3] or 2000), int(month), int(day)):
                yield _in_text(loaded, paragraph, text, match, "bad-date", f"'{match[0]}' không phải ngày có thật")
            elif len(day) == 1 or (month in ("1", "2")) or (len(month) == 2 and int(month) in range(3, 10)):
                message = f"'{match[0]}': thêm số 0 trước ngày dưới 10 và tháng 1, 2; tháng khác thì không"
                yield _in_text(loaded, paragraph, text, match, "date-form", message)


def _in_text(
    loaded: Loaded, paragraph: model.Paragraph, text: str, match: re.Match[str], code: str, message: str
) -> Diagnostic:
    """A finding placed at the words it is about, or at the paragraph where markup stands between them."""
    around = text[max(0, match.start() - 12) : match.end()]
    for excerpt in (around, match[0]):
        for statement in paragraph.statements:
            if excerpt in statement.text.reading():
                return Diagnostic(loaded.spans.within(statement, match[0].strip(), "text"), code, message)
    return Diagnostic(loaded.spans.of(paragraph), code, message)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
