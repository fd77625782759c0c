"""What changed between two versions, in words: for the command, the site, the notices. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model.change import Change
from generator.model.plan import Plan
from generator.views.labels import DESIGNATION, FORCE, MEMBERSHIP, ROLE
from generator.views.nodes import Citation, cite
from generator.words.difference import Piece, compare_texts
from generator.words.names import join_names

_FIELDS = {
    "by": "người thực hiện", "with": "cơ quan phối hợp", "to": "nơi nhận", "via": "đầu mối", "role": "vai trò",
    "force": "hiệu lực", "address": "địa chỉ nhận", "deadline": "thời hạn", "places": "địa bàn", "targets": "chỉ tiêu",
    "indicator": "chỉ số", "operator": "phép so", "lower": "cận dưới", "upper": "cận trên", "unit": "đơn vị",
    "baseline": "mốc so sánh", "text": "nguyên văn", "label": "lời ghi", "kind": "loại", "every": "chu kỳ",
    "from": "từ năm", "at": "thời điểm", "year": "năm", "month": "tháng", "day": "ngày", "who": "người giữ ghế",
    "office": "chức danh", "clause": "căn cứ", "type": "loại văn bản", "subject": "trích yếu",
    "short_title": "tên ngắn", "issuer": "cơ quan ban hành", "period": "thời kỳ", "phases": "các giai đoạn",
}  # fmt: skip
_WHAT = {
    "clause": "điều khoản", "heading": "tiêu đề", "paragraph": "đoạn", "preamble": "phần mở đầu", "duty": "nhiệm vụ",
    "target": "chỉ tiêu", "deadline": "thời hạn", "recipient": "nơi nhận", "agency": "cơ quan", "group": "nhóm cơ quan",
    "seat": "ghế thành viên", "designation": "địa bàn", "head": "phần đầu", "signature": "chữ ký",
}  # fmt: skip
_KIND = {
    "added": "Thêm", "removed": "Bỏ", "moved": "Chuyển chỗ", "renumbered": "Đánh số lại", "reworded": "Sửa chữ",
    "reassigned": "Giao lại", "changed": "Đổi", "renamed": "Đổi tên", "merged": "Hợp nhất", "split": "Chia tách",
    "dissolved": "Giải thể", "joined": "Vào nhóm", "left": "Ra khỏi nhóm",
}  # fmt: skip
_NAMED_BY = {"deadline": "label", "target": "indicator", "place": "name"}
_ACTORS = ("by", "with", "to", "via", "who", "successors", "members")


@dataclass(frozen=True)
class ChangeView:
    """One change: what it is (`Sửa chữ`), of what, where it stands, and the words before and after as pieces.

    `before` and `after` are the same in words, for who hears it read; `agencies` the names of those it touches.
    """

    kind: str
    title: str
    place: Citation | None
    was_at: Citation | None
    pieces: tuple[Piece, ...]
    before: str
    after: str
    agencies: tuple[tuple[str, str], ...]
    is_text: bool


def view_changes(changes: Iterable[Change], old: Plan, new: Plan) -> tuple[ChangeView, ...]:
    """Every change in words."""
    return tuple(_view(change, old, new) for change in changes)


def change_lines(changes: Sequence[Change], old: Plan, new: Plan) -> Iterator[str]:
    """The changes as lines of plain text, with who is affected at the end."""
    if not changes:
        yield "Không có gì khác."
        return
    for view in view_changes(changes, old, new):
        place = view.place or view.was_at
        yield f"{view.kind}: {view.title}" + (f" ({place.text})" if place else "")
        if view.pieces:
            yield "    " + "".join(_MARKS[piece.kind].format(piece.text) for piece in view.pieces)
    names = {identity: name for view in view_changes(changes, old, new) for identity, name in view.agencies}
    yield ""
    yield f"{len(changes)} thay đổi. Cơ quan liên quan ({len(names)}): {join_names(names.values()) or 'không có'}."


_MARKS = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}


def _view(change: Change, old: Plan, new: Plan) -> ChangeView:
    before, after = _words(change, change.old, old), _words(change, change.new, new)
    moved = change.kind == "moved"
    place, was_at = _citation(new, change.id, change.clause), _citation(old, change.id, change.clause)
    if moved:
        before, after = (where.text if where else "" for where in (was_at, place))
    return ChangeView(
        kind=_KIND[change.kind],
        title=_title(change, old, new),
        place=place,
        was_at=was_at if was_at != place else None,
        pieces=() if moved else compare_texts(before, after),
        before=before,
        after=after,
        agencies=tuple((identity, _name(identity, new, old)) for identity in change.agencies),
        is_text=change.what in ("clause", "heading", "paragraph", "preamble"),
    )


def _title(change: Change, old: Plan, new: Plan) -> str:
    what = _WHAT[change.what]
    if change.what in ("agency", "group"):
        return f"{what} {_name(change.id, old, new)}"
    if change.what in ("target", "deadline"):
        plan = new if change.id in getattr(new, change.what) else old
        record = getattr(plan, change.what)[change.id]
        shown = record.indicator if change.what == "target" else record.label
        return f"{what} “{shown}”" + (f", {_FIELDS.get(change.field, change.field)}" if change.field else "")
    return f"{what}, {_FIELDS.get(change.field, change.field)}" if change.field and change.field != "number" else what


def _words(change: Change, value: str | tuple[str, ...], plan: Plan) -> str:
    if not value:
        return ""
    values = value if isinstance(value, tuple) else (value,)
    if change.field in _ACTORS:
        return join_names(_name(identity, plan, plan) for identity in values)
    if change.field == "role":
        return MEMBERSHIP.get(values[0], "") if change.what == "seat" else ", ".join(ROLE[role] for role in values)  # type: ignore[index]
    if change.field == "force":
        return FORCE[values[0]]  # type: ignore[index]
    if change.what == "designation" and change.field in ("", "kind"):
        return DESIGNATION.get(values[0], values[0])
    if change.field in ("deadline", "targets", "places"):
        kind = change.field.rstrip("s")
        records = (getattr(plan, kind).get(identity) for identity in values)
        return "; ".join(
            getattr(r, "label", "") or getattr(r, "indicator", "") or getattr(r, "name", "") for r in records
        )
    if change.field == "clause":
        place = _citation(plan, values[0], "")
        return place.text if place else values[0]
    return ", ".join(values)


def _citation(plan: Plan, identity: str, clause: str) -> Citation | None:
    for known in (identity, clause):
        if known in plan.provisions:
            provision = plan.provision(known)
            return cite(provision.chain, provision.paragraph)
    return None


def _name(identity: str, plan: Plan, other: Plan) -> str:
    actor = plan.actor.get(identity) or other.actor.get(identity)
    return actor.name if actor else identity
