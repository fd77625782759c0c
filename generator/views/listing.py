"""Sheets and the review of assignments for the command line: as JSON values and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.views.coverage import CoverageView
from generator.views.sheet import DutyView, MembershipView, SheetView


def sheet_json(view: SheetView) -> dict[str, Any]:
    """A sheet as plain JSON values."""
    return {
        "id": view.id,
        "name": view.name,
        "kind": view.kind,
        "ended": view.ended,
        "counts": dict(view.counts),
        "sections": [
            {"key": section.key, "title": section.title, "items": [duty_json(duty) for duty in section.items]}
            for section in view.sections
        ],
        "answers": [
            {"id": a.id, "text": a.text, "clause": a.citation.short, "deadline": a.deadline, "because": a.because}
            for a in view.answers
        ],
        "dates": [
            {"when": d.when, "next": d.next, "work": [{"what": what, "clause": c.short} for what, c in d.work]}
            for d in view.dates
        ],
        "others": [
            {
                "id": o.id, "way": o.way, "by": o.names, "requested": o.requested, "limited": o.limited,
                "through": o.through, "text": o.text, "clause": o.citation.short,
            }
            for o in view.others
        ],
        "memberships": [_seat_json(m) for m in view.memberships],
        "composition": [_seat_json(m) for m in view.seats],
        "targets": [
            {"id": t.id, "text": t.text, "ambiguities": list(t.ambiguities), "clause": t.citation.short}
            for t in view.targets
        ],
        "places": [
            {"name": p.name, "designations": [{"kind": kind, "clause": c.short} for kind, c in p.designations]}
            for p in view.places
        ],
        "unlisted": list(view.unlisted),
        "perhaps": [{"group": name, "clauses": [c.short for c in places]} for name, places in view.perhaps],
        "note": view.note,
    }  # fmt: skip


def duty_json(duty: DutyView) -> dict[str, Any]:
    """A duty as plain JSON values; `text` is verbatim, `excerpt` can be read alone."""
    return {
        "id": duty.id,
        "text": duty.text,
        "excerpt": "".join(item.text for item in duty.inlines),
        "clause": duty.citation.short,
        "citation": duty.citation.text,
        "also": [place.short for place in duty.also],
        "roles": list(duty.roles),
        "requested": duty.requested,
        "by": duty.by_names,
        "with": duty.with_names,
        "to": duty.to_names,
        "via": duty.via_names,
        "address": duty.address,
        "deadline": duty.deadline,
        "through": duty.through,
        "implements": [task.phrase for task in duty.implements],
        "note": duty.note,
    }


def sheet_lines(view: SheetView) -> list[str]:
    """A sheet as lines of plain text."""
    lines = [view.name, *([view.ended] if view.ended else []), ", ".join(f"{n} {label}" for label, n in view.counts)]
    for section in view.sections:
        lines += ["", section.title.upper()]
        for duty in section.items:
            details = [duty.citation.text, f"{duty.role_label}{' (đề nghị)' if duty.requested else ''}"]
            details += [f"{label}: {named}" for label, named in duty.others]
            details += [duty.deadline] if duty.deadline else []
            details += [f"qua nhóm {duty.through}"] if duty.through else []
            details += [f"ghi chú: {duty.note}"] if duty.note else []
            lines += [f"- {''.join(item.text for item in duty.inlines)}", f"    ({'; '.join(details)})"]
    for title, rows in _more(view):
        if rows:
            lines += ["", title.upper(), *(f"- {row}" for row in rows)]
    return lines


def _more(view: SheetView) -> Iterator[tuple[str, list[str]]]:
    """The rest of a sheet: titles with their rows."""
    yield "Không ghi ai làm, nơi này phải trả lời", [f"{a.text} {a.because}" for a in view.answers]
    dates = [(d, "; ".join(f"{what} ({c.text})" for what, c in d.work)) for d in view.dates]
    yield "Mốc thời gian", [f"{d.when}: {work}{f'; gần nhất {d.next}' if d.next else ''}" for d, work in dates]
    ways = (
        ("concerned", "Phối hợp khi có liên quan"), ("coordinates", "Phối hợp với"),
        ("directed", "Theo sự chỉ đạo của"), ("receives", "Việc đến"),
        ("relays", "Việc đến, làm đầu mối nhận"),
    )  # fmt: skip
    for way, title in ways:
        yield title, [f"{o.cited}: {o.text}" for o in view.others_by_way.get(way, ())]
    yield "Thành viên", [f"{m.body}: {m.role} ({m.office}; {m.citation.text})" for m in view.memberships]
    yield "Thành phần", [f"{m.role}: {m.office} ({m.citation.text})" for m in view.seats]
    yield (
        "Chỉ tiêu" if view.targets_given else "Chỉ tiêu (để biết)",
        [f"{t.text} ({t.citation.text})" for t in view.targets],
    )
    perhaps = ((name, "; ".join(place.text for place in places)) for name, places in view.perhaps)
    yield "Không rõ có gồm nơi này không", [f"“{name}” ({places})" for name, places in perhaps]
    yield "Địa bàn", [f"{p.name}: {', '.join(f'{k} ({c.text})' for k, c in p.designations)}" for p in view.places]


def _seat_json(seat: MembershipView) -> dict[str, str]:
    return {
        "body": seat.body, "role": seat.role, "office": seat.office, "through": seat.through,
        "clause": seat.citation.short,
    }  # fmt: skip


def coverage_json(view: CoverageView) -> dict[str, Any]:
    """The review of assignments as plain JSON values."""
    return {
        "total": view.total,
        "rules": [
            {
                "key": rule.key,
                "title": rule.title,
                "findings": [
                    {
                        "about": finding.about, "subject": finding.subject, "text": finding.text,
                        "quote": finding.quote, "clauses": [citation.short for citation in finding.citations],
                    }
                    for finding in rule.findings
                ],
            }
            for rule in view.rules
        ],
    }  # fmt: skip


def coverage_lines(view: CoverageView) -> list[str]:
    """The review of assignments as lines to print."""
    lines = [f"Rà soát phân công: {view.total} điểm cần xem."]
    for rule in view.rules:
        if rule.findings:
            lines += ["", f"{rule.title.upper()} ({len(rule.findings)})", rule.explanation]
        lines += [rule.common] if rule.common else []
        for finding in rule.findings:
            clauses = "; ".join(citation.text for citation in finding.citations)
            said = f"({clauses})" if rule.common else f"{finding.text} ({clauses})"
            lines += [f"- {finding.subject or finding.quote}", f"    {said}"]
    return lines
