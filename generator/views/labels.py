"""The Vietnamese words for the codes of the data. Pure."""

from __future__ import annotations

from generator.model import types as model

ROLE: dict[model.Role, str] = {
    "lead": "Chủ trì",
    "coordinate": "Phối hợp",
    "advise": "Tham mưu",
    "standing-body": "Thường trực",
    "supervise": "Giám sát",
    "carry-out": "Thực hiện",
    "report": "Báo cáo",
    "direct": "Chỉ đạo",
}
FORCE: dict[model.Force, str] = {"assign": "Giao", "request": "Đề nghị"}
AGENCY_KIND: dict[model.AgencyKind, str] = {
    "people-committee": "Ủy ban nhân dân tỉnh",
    "people-council": "Hội đồng nhân dân",
    "police": "Công an",
    "department": "Sở",
    "military": "Quân đội, biên phòng",
    "front": "Mặt trận, đoàn thể",
    "procuracy": "Viện kiểm sát",
    "court": "Tòa án",
    "party": "Cơ quan Đảng",
    "central": "Cơ quan trung ương",
    "district": "Ủy ban nhân dân cấp huyện",
    "steering": "Ban chỉ đạo, ban chủ nhiệm",
    "residual": "Các cơ quan khác",
    "foreign": "Đối tác nước ngoài",
    "person-office": "Chức danh",
}
MEMBERSHIP: dict[str, str] = {"head": "Trưởng ban", "deputy": "Phó Trưởng ban", "member": "Thành viên"}
DESIGNATION: dict[str, str] = {
    "key-area": "Địa bàn trọng điểm", "route": "Tuyến trọng điểm", "border": "Khu vực biên giới",
}  # fmt: skip
PLACE_KIND: dict[str, str] = {
    "province": "Tỉnh", "district": "Huyện, thị xã, thành phố", "route": "Tuyến", "border": "Biên giới",
    "road": "Đường", "area": "Khu vực", "foreign": "Nước ngoài",
}  # fmt: skip
PROVENANCE_KIND: dict[str, str] = {
    "external": "ngoài Kế hoạch", "inferred": "suy ra từ văn bản", "editorial": "do người biên tập",
}  # fmt: skip
CONFIDENCE: dict[str, str] = {"certain": "chắc chắn", "high": "cao", "medium": "vừa", "low": "thấp"}

INTERNAL_MARK = "Bản nội bộ, không phổ biến"


def mark_of(audience: str) -> str:
    """What whatever is made for an audience says of who may read it; nothing for the public."""
    return INTERNAL_MARK if audience == "internal" else ""


def owner_label(statement: model.Statement) -> str:
    """What those who do a duty are called beside their names: they lead only where the plan says so."""
    if "lead" in statement.role:
        return ROLE["lead"]
    return "Được đề nghị" if statement.force == "request" else "Được giao"


def receiver_label(statement: model.Statement) -> str:
    """What those to whom a duty is addressed are called beside their names."""
    if "report" in statement.role:
        return "Nơi nhận báo cáo"
    return "Tham mưu cho" if "advise" in statement.role else "Gửi đến"


def role_label(roles: tuple[model.Role, ...]) -> str:
    """Roles as one phrase: `Chủ trì, phối hợp`."""
    words = [ROLE[role] for role in roles]
    return ", ".join(word if index == 0 else word.lower() for index, word in enumerate(words))
