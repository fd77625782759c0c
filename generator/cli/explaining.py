"""From what an output is made, and whether it is still right: as JSON values and as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.make.edition import Edition, compare
from generator.make.fingerprint import template_closure
from generator.make.reasons import named_in
from generator.program import TEMPLATES
from generator.project import Project
from generator.publish.manifest import digest_files, read_manifest

_SHOWN = 5


def explain_artefact(project: Project, out: Path, path: str) -> tuple[dict[str, Any] | None, list[str]]:
    """What is known of the output at a path below `out`, or None; and the paths that there are."""
    asked = path.replace("\\", "/")
    edition = compare(project, read_manifest(out), digest_files(out))
    known = [row.path for row in edition.rows]
    for prefix in ("", f"{out.as_posix()}/", f"./{out.as_posix()}/"):
        if asked.startswith(prefix) and asked.removeprefix(prefix) in known:
            return _explain(edition, asked.removeprefix(prefix)), known
    return None, known


def _explain(edition: Edition, path: str) -> dict[str, Any]:
    row = next(row for row in edition.rows if row.path == path)
    template = row.form.template
    why = edition.why.get(path, ())
    return {
        "path": path,
        "press": row.press,
        "templates": list(template_closure(TEMPLATES, template)) if template else [],
        "profile": row.form.profile,
        "inputs": list(row.inputs),
        "offered": [{"page": offer.page, "label": offer.label} for offer in row.offered],
        "fingerprint": edition.fingerprints[path].whole,
        "parts": dict(edition.fingerprints[path].parts),
        "made_with": dict(edition.shared),
        "reasons": list(why),
        "changed": named_in(row, edition.changed, edition.project.plan) if why else [],
    }


def explanation_lines(explained: Mapping[str, Any]) -> list[str]:
    """The same in words."""
    lines = [explained["path"]]
    lines += [f"  Mẫu trình bày: {', '.join(explained['templates'])}"] if explained["templates"] else []
    lines += [f"  Thể thức: {explained['profile']}"] if explained["profile"] else []
    inputs = explained["inputs"]
    some = ", ".join(inputs[:_SHOWN]) + (" …" if len(inputs) > _SHOWN else "")
    lines += [f"  Dùng {len(inputs)} tệp khác: {some}"] if inputs else []
    offers = [f"{offer['page'] or 'trang đầu'} ({offer['label']})" for offer in explained["offered"]]
    lines += [f"  Có ở trang: {'; '.join(offers)}"] if offers else []
    made_with = explained["made_with"]
    lines.append(f"  Người đọc: {'nội bộ' if made_with['audience'] == 'internal' else 'công khai'}")
    lines.append(f"  Dấu nội dung: {explained['fingerprint']}")
    if not explained["reasons"]:
        return [*lines, "Còn đúng: không phải làm lại."]
    lines += [f"Phải làm lại: {reason}" for reason in explained["reasons"]]
    return lines + ([f"  Điều đã đổi: {', '.join(explained['changed'])}"] if explained["changed"] else [])
