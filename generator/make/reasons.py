"""Why a row is made again, or not: what differs between its fingerprint and the last build's, in Vietnamese."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from generator.make.artefact import Artefact
from generator.make.fingerprint import Fingerprint, canonical
from generator.model import types as model
from generator.model.plan import Plan
from generator.publish.manifest import Manifest
from generator.views.nodes import cite

_LENGTH = 16
_PARTS = {"view": "nội dung", "form": "mẫu trình bày", "inputs": "tệp mà nó dùng"}
_SHARED = {"program": "chương trình", "faces": "phông chữ", "audience": "người đọc", "approved_only": "--approved-only"}


def digest_records(plan: Plan, topics: Mapping[str, object]) -> dict[str, str]:
    """The digest of each record that the readers know, by the name under which it is spoken of: `V.5`, `so-tu-phap`.

    A clause's is that of its own words, without those of the clauses inside it.
    """
    found: dict[str, object] = {"phần đầu và cuối văn bản": plan.head}
    for chain in plan.clause.values():
        found[cite(chain).short] = chain[-1].model_copy(update={"clauses": ()})
    tables: tuple[Mapping[str, object], ...] = (
        plan.actor, plan.target, plan.deadline, plan.instrument, plan.place, topics,
    )  # fmt: skip
    for known in tables:
        found |= known
    return {name: hashlib.sha256(repr(record).encode()).hexdigest()[:_LENGTH] for name, record in found.items()}


def changed_records(last: Manifest | None, now: Mapping[str, str]) -> list[str]:
    """The names of the records that are new, gone or changed since the last build, in the plan's order."""
    before = last.records if last else {}
    return [*(n for n in now if before.get(n) != now[n]), *(n for n in before if n not in now)] if last else []


def reasons(
    row: Artefact, now: Fingerprint, shared: Mapping[str, str], last: Manifest | None, digests: Mapping[str, str]
) -> tuple[str, ...]:
    """Why a row must be made, as phrases; none if the file of the last build is still right."""
    entry = last.files.get(row.path) if last else None
    if last is None or entry is None:
        return ("chưa có trong bản trước",)
    if row.path not in digests:
        return ("tệp của bản trước đã mất",)
    if digests[row.path] != entry.sha256:
        return ("tệp của bản trước đã bị sửa bằng tay",)
    if entry.fingerprint == now.whole:
        return ()
    return tuple(_differences(now, shared, entry.parts, last.made_with)) or ("cách làm đã đổi",)


def named_in(row: Artefact, names: Sequence[str], plan: Plan) -> list[str]:
    """Those of the changed records that a row's view speaks of, by their ids."""
    ids = {cite(chain).short: [chain[-1].id, *_inside(chain[-1])] for chain in plan.clause.values()}
    text = canonical(row.view())
    return [name for name in names if any(f'"{i}"' in text or f'#{i}"' in text for i in ids.get(name, [name]))]


def _inside(clause: model.Clause) -> list[str]:
    """The ids of a clause's own paragraphs and statements."""
    found = [identity for p in clause.paragraphs for identity in (p.id, *(s.id for s in p.statements))]
    return [identity for identity in found if identity]


def _differences(
    now: Fingerprint, shared: Mapping[str, str], parts: Mapping[str, str], made_with: Mapping[str, str]
) -> Iterator[str]:
    for key, name in _PARTS.items():
        if parts.get(key) != now.parts.get(key):
            yield f"{name} đã đổi"
    for key in shared:
        if made_with.get(key) != shared[key]:
            known = _SHARED.get(key)
            versions = f"từ {made_with.get(key, 'chưa có')} sang {shared[key]}"
            yield f"{known} đã đổi" if known else f"công cụ {key} đổi {versions}"
