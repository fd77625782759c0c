"""Sheets and the review of assignments for the command line: as JSON values and as lines of text."""

from __future__ import annotations

from typing import Any

from generator.views.coverage import CoverageView
from generator.views.sheet import DutyView, SheetView


def sheet_json(view: SheetView) -> dict[str, Any]:
    """A sheet as plain JSON values."""
    return {
        "id": view.id,
        "name": view.name,
        "kind": view.kind,
        "counts": dict(view.counts),
        "sections": [
            {"key": section.key, "title": section.title, "items": [duty_json(duty) for duty in section.items]}
            for section in view.sections
        ],
        "memberships": [
            {"body": m.body, "role": m.role, "office": m.office, "through": m.through, "clause": m.citation.short}
            for m in view.memberships
        ],
        "targets": [
            {"id": t.id, "text": t.text, "ambiguities": list(t.ambiguities), "clause": t.citation.short}
            for t in view.targets
        ],
        "places": [
            {"name": p.name, "designations": [{"kind": kind, "clause": c.short} for kind, c in p.designations]}
            for p in view.places
        ],
    }


def duty_json(duty: DutyView) -> dict[str, Any]:
    """A duty as plain JSON values."""
    return {
        "id": duty.id,
        "text": duty.text,
        "clause": duty.citation.short,
        "citation": duty.citation.text,
        "roles": list(duty.roles),
        "requested": duty.requested,
        "by": duty.by_names,
        "with": duty.with_names,
        "to": duty.to_names,
        "via": duty.via_names,
        "address": duty.address,
        "deadline": duty.deadline,
        "through": duty.through,
    }


def sheet_lines(view: SheetView) -> list[str]:
    """A sheet as lines of plain text."""
    lines = [view.name, ", ".join(f"{label}: {number}" for label, number in view.counts)]
    for section in view.sections:
        lines += ["", section.title.upper()]
        for duty in section.items:
            details = [duty.citation.text, duty.role_label]
            details += [f"{label}: {named}" for label, named in duty.others]
            details += [duty.deadline] if duty.deadline else []
            details += [f"qua nhóm {duty.through}"] if duty.through else []
            lines += [f"- {duty.text}", f"    ({'; '.join(details)})"]
    for title, rows in (
        ("Thành viên", [f"{m.body}: {m.role} ({m.office}; {m.citation.text})" for m in view.memberships]),
        ("Chỉ tiêu", [f"{t.text} ({t.citation.text})" for t in view.targets]),
        ("Địa bàn", [f"{p.name}: {', '.join(f'{k} ({c.text})' for k, c in p.designations)}" for p in view.places]),
    ):
        if rows:
            lines += ["", title.upper(), *(f"- {row}" for row in rows)]
    return lines


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
