"""Rules across a loaded plan → diagnostics. Pure. Errors are what must not be published; warnings are worth a look."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from generator.diagnostics import Diagnostic, Severity
from generator.model import types as model
from generator.model.naming import name_in, names_of, same_name
from generator.model.plan import paragraph_text
from generator.model.walk import plan_records, texts_of, used_ids
from generator.read.plan import Loaded
from generator.rules.deadlines import DEADLINE_RULES
from generator.rules.leaks import check_leaks
from generator.words.links import Link, join_texts
from generator.words.numbering import LETTERS, Numeral, follows, parse_number
from generator.words.numbers import read_numbers

_UNITS = "Tỉnh|Huyện|Thị xã|Thành phố|Xã|Phường|Thị trấn"
_UNIT_INSIDE = re.compile(rf"(?<=[\w,;] )(?:{_UNITS}) (?=[A-ZĐÂÊÔƠƯ])(?!Hồ Chí Minh|Đoàn|Hội|Ủy)")
_CITED_LOWER = re.compile(
    r"(?<!\w)(?<!danh )(?<!hạng )(?<!đề )(?<!góp )(?<!thành )(?:điều|chương|mục|phần) (?:[0-9]+|[IVX]+)(?!\w)"
    r"(?=[,;.)]|\s*$| (?:của|này|và|Luật|Bộ luật|Nghị|Quyết|Thông|Pháp|Hiến|Kế|Đề|Chương|Mục|Phần)\b)"
)
_LONG_DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?")
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def check_plan(loaded: Loaded) -> list[Diagnostic]:
    """Every finding of every rule, unsorted."""
    rules: tuple[Callable[[Loaded], Iterable[Diagnostic]], ...] = (
        _labels, _target_labels, _partners_named, _words_around, _answered, _duties_complete, _ids_present,
        _numbering, _cycles, _ranges, _orphans, _unnamed_agencies, _capitals, _dates, _preamble_duties, check_leaks,
        *DEADLINE_RULES,
    )  # fmt: skip
    return [finding for rule in rules for finding in rule(loaded)]


def _links(loaded: Loaded) -> Iterator[tuple[model.Record, str, Link]]:
    for record in plan_records(loaded.plan):
        for key, text in texts_of(record):
            for link in text.links():
                yield record, key, link


def _labels(loaded: Loaded) -> Iterator[Diagnostic]:
    for record, key, link in _links(loaded):
        several = len(link.targets) > 1
        for target in link.targets:
            named = loaded.plan.named(link.scheme, target)
            if several:
                fits = name_in(link.label, named) is not None
            else:
                fits = link.scheme == "target" or any(same_name(link.label, name) for name in names_of(named))
            if not fits:
                span = loaded.spans.within(record, f"[{link.label}]", key)
                message = f"nhãn '{link.label}' không phải tên gọi nào của '{target}'"
                yield Diagnostic(span, "label-mismatch", message, f"tên đã khai: {'; '.join(names_of(named))}")


def _target_labels(loaded: Loaded) -> Iterator[Diagnostic]:
    """The bounds of a target are among the numbers that are printed; years and the like may stand beside them."""
    for record, key, link in _links(loaded):
        for target in (loaded.plan.target[i] for i in link.targets if link.scheme == "target"):
            declared = [bound for bound in (target.lower, target.upper) if bound is not None]
            printed = set(read_numbers(link.label))
            if any(bound not in printed for bound in declared):
                span = loaded.spans.within(record, f"[{link.label}]", key)
                message = f"số trong nhãn '{link.label}' khác số của chỉ tiêu '{target.id}'"
                yield Diagnostic(span, "target-mismatch", message, f"targets.yml ghi: {', '.join(map(str, declared))}")


def _partners_named(loaded: Loaded) -> Iterator[Diagnostic]:
    for item in loaded.plan.located:
        statement = item.statement
        linked = {target for link in statement.text.links() for target in link.targets}
        for key, partners in (("with", statement.with_), ("over", statement.over)):
            for index, partner in enumerate(partners):
                if partner not in linked:
                    span = loaded.spans.of(statement, key, index)
                    message = f"'{partner}' ở '{key}' không có trong nội dung của câu này"
                    hint = f"gắn liên kết vào chỗ câu nêu tên, hoặc bỏ khỏi '{key}'"
                    yield Diagnostic(span, f"{key}-not-named", message, hint)


def _words_around(loaded: Loaded) -> Iterator[Diagnostic]:
    """What is printed beside a statement cut out of its sentence stands in its paragraph, before or after it."""
    for item in loaded.plan.located:
        statement, said = item.statement, item.paragraph.statements
        place = next(index for index, other in enumerate(said) if other is statement)
        around = (("lead_in", statement.lead_in, said[:place]), ("tail", statement.tail, said[place + 1 :]))
        for key, words, others in around:
            text = join_texts(other.text for other in others).reading()
            start = 0
            for piece in (piece.strip() for piece in (words or "").split("…")):
                found = text.find(piece, start)
                if found < 0:
                    where = "trước" if key == "lead_in" else "sau"
                    message = f"'{piece}' ở '{key}' không phải lời của đoạn này, ở phía {where} câu"
                    yield Diagnostic(loaded.spans.of(statement, key), "words-not-around", message, "chép đúng từng chữ")
                    break
                start = found + len(piece)


def _answered(loaded: Loaded) -> Iterator[Diagnostic]:
    """Only work that nobody was given is answered for, and by duties that somebody was given."""
    owned = {item.statement.id: bool(item.statement.by) for item in loaded.plan.duties}
    for item in loaded.plan.located:
        statement = item.statement
        if statement.answered_by and (statement.by or not statement.role):
            message = "'answered_by' chỉ dùng cho nhiệm vụ không ghi ai làm ('by')"
            yield Diagnostic(loaded.spans.of(statement, "answered_by"), "answered-with-owner", message)
        for index, duty in enumerate(statement.answered_by):
            if not owned.get(duty):
                message = f"'{duty}' ở 'answered_by' không phải nhiệm vụ có người làm"
                yield Diagnostic(loaded.spans.of(statement, "answered_by", index), "answer-without-owner", message)


def _duties_complete(loaded: Loaded) -> Iterator[Diagnostic]:
    for item in loaded.plan.located:
        statement, span = item.statement, loaded.spans.of(item.statement)
        if statement.id is None and (statement.role or statement.task):
            yield Diagnostic(span, "missing-id", "câu có 'role' hoặc 'task' phải có 'id'")
        given = statement.by or statement.with_ or statement.over or statement.implements or statement.partly
        if not statement.role and given:
            yield Diagnostic(span, "missing-role", "câu có 'by', 'with' hay 'implements' thì phải có 'role'")


def _ids_present(loaded: Loaded) -> Iterator[Diagnostic]:
    for chain in loaded.plan.clause.values():
        for paragraph in chain[-1].paragraphs:
            if paragraph.id is None and (paragraph.marker or any(s.role or s.task for s in paragraph.statements)):
                span = loaded.spans.of(paragraph)
                yield Diagnostic(span, "missing-id", "gạch đầu dòng và đoạn có nhiệm vụ phải có 'id'")


def _numbering(loaded: Loaded) -> Iterator[Diagnostic]:
    plan = loaded.plan
    yield from _sequence(loaded, plan.sections, plan.head.gaps, "")
    for chain in plan.clause.values():
        yield from _sequence(loaded, chain[-1].clauses, chain[-1].gaps, chain[-1].number or "")


def _sequence(
    loaded: Loaded, clauses: tuple[model.Clause, ...], gaps: tuple[model.Gap, ...], above: str
) -> Iterator[Diagnostic]:
    declared = {numeral.ordinal for gap in gaps if (numeral := parse_number(gap.number))}
    last: Numeral | None = None
    for clause in clauses:
        if clause.number is None:
            continue
        numeral, span = follows(clause.number, last), loaded.spans.of(clause, "number")
        if numeral is None:
            message = f"số '{clause.number}' không phải số La Mã, số Ả Rập, số như 1.1 hay chữ cái"
            yield Diagnostic(span, "bad-numbering", message)
            continue
        if last is not None and numeral.kind != last.kind:
            yield Diagnostic(span, "mixed-numbering", f"số '{clause.number}' khác kiểu với số trước nó cùng cấp")
        elif numeral.kind == "decimal" and above and clause.number.rpartition(".")[0] != above:
            message = f"số '{clause.number}' không bắt đầu bằng số '{above}' của mục chứa nó"
            yield Diagnostic(span, "numbering-gap", message)
        elif not _is_next(numeral, last, declared):
            message = f"số '{clause.number}' không nối tiếp số trước"
            yield Diagnostic(span, "numbering-gap", message, "nếu bản gốc nhảy số, khai ở 'gaps' với lý do")
        last = numeral


def _is_next(numeral: Numeral, last: Numeral | None, declared: Collection[int]) -> bool:
    """True if a number comes after the last: the next one, after declared gaps, or one put in between (3, 3a, 3b)."""
    before = last.ordinal if last else 0
    if numeral.suffix:
        expected = "a" if last is None or not last.suffix else LETTERS[LETTERS.index(last.suffix) + 1 :][:1]
        return numeral.ordinal == before and numeral.suffix == expected
    expected_ordinal = before + 1
    while expected_ordinal < numeral.ordinal and expected_ordinal in declared:
        expected_ordinal += 1
    return numeral.ordinal == expected_ordinal


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


def _preamble_duties(loaded: Loaded) -> Iterator[Diagnostic]:
    """The preamble gives nobody anything to do: sheets are made from the sections."""
    for paragraph in loaded.plan.head.preamble:
        for statement in paragraph.statements:
            if statement.role or statement.task:
                span = loaded.spans.of(statement)
                message = "câu ở phần mở đầu không thành nhiệm vụ: không phiếu nào có nó"
                yield Diagnostic(span, "duty-in-preamble", message, "đặt câu vào một mục, hoặc bỏ 'role', 'task'")


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
    for agency in (agency for agency in plan.agencies if agency.valid_to is None):
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
            message = "đoạn phải bắt đầu bằng chữ hoa (NĐ 30, Phụ lục II)"
            yield Diagnostic(span, "capital-missing", message, severity="warning")
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
    """A finding placed at the words it is about, or at the paragraph where markup stands between them.

    How a text as issued is written is its own affair: only a day that does not exist is an error.
    """
    severity: Severity = "error" if code == "bad-date" else "warning"
    around = text[max(0, match.start() - 12) : match.end()]
    for excerpt in (around, match[0]):
        for statement in paragraph.statements:
            if excerpt in statement.text.reading():
                span = loaded.spans.within(statement, match[0].strip(), "text")
                return Diagnostic(span, code, message, severity=severity)
    return Diagnostic(loaded.spans.of(paragraph), code, message, severity=severity)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
