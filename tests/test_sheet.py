"""What stands on six agencies' sheets, as read in the plan's text by hand; never copied from the program's output."""

import pytest

from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.views.coverage import view_coverage
from generator.views.nodes import cite_provision
from generator.views.sheet import view_sheet

# A Sở is one of "các Sở, ban, ngành": II.1 (own plan), VI.4 (quarterly report), VI.6 (action programme), and the closing
# paragraph (reports of "các cơ quan, đơn vị, địa phương") ask it through the group. V.1, V.3, V.4, V.6, V.7 and V.9 name
# "các Sở, ban, ngành có liên quan" as partners; VI.1 directs "các cơ quan thuộc Ủy ban nhân dân tỉnh" to coordinate.
SO_TU_PHAP = {
    "assigned": ["v-5-1a", "v-5-1b", "v-5-1c"],  # V.5: three tasks between semicolons
    "group": ["ii-1-1b", "vi-6-1a"],
    "coordinating": ["v-1-2a", "v-3-1a", "v-4-1a", "v-6-1a", "v-7-1a", "v-9-1a", "vi-1-1a"],
    "reporting": ["vi-4-1a", "vi-cuoi-1a"],
}
# A district's People's Committee gets all of V.10 through its group; V.1 names the group as a partner of Công an tỉnh.
DISTRICT = {
    "group": ["ii-1-1b", "v-10-1a", "v-10-1b", "v-10-2a", "vi-6-1a"],
    "coordinating": ["v-1-2a"],
    "reporting": ["vi-4-1a", "vi-cuoi-1a"],
}
# V.7 names Buôn Đôn and Ea Súp beside the border guard.
EA_SUP = {**DISTRICT, "coordinating": ["v-1-2a", "v-7-1a"]}
# IV.3 (last bullet) names the border guard outside its own V.7. The joint meetings of V.7's second paragraph are
# meetings. It is taken as one of "các Sở, ban, ngành" (groups.yml says why), but not as one of the bodies "thuộc Ủy
# ban nhân dân tỉnh" of VI.1: it belongs to the army.
BO_DOI_BIEN_PHONG = {
    "assigned": ["iv-3-5a", "v-7-1a", "v-7-1b", "v-7-1c"],
    "group": ["ii-1-1b", "vi-6-1a"],
    "coordinating": ["v-1-2a", "v-3-1a", "v-4-1a", "v-6-1a", "v-9-1a"],
    "reporting": ["v-7-2a", "vi-4-1a", "vi-cuoi-1a"],
}
# V.11 requests three things; nothing else in II, V or VI names the Front. II.1, VI.4 and VI.6 do not.
MAT_TRAN = {"requested": ["v-11-1a", "v-11-1b", "v-11-1c"]}
# V.1 makes it the standing body; the closing paragraph has it follow and advise; the reports of VI.4 and of the closing
# paragraph come through it, which is nothing it must write.
PHONG_CSHS = {"assigned": ["v-1-1b", "vi-cuoi-1b"], "received": ["vi-4-1a", "vi-cuoi-1a"]}

SHEETS = {
    "so-tu-phap": SO_TU_PHAP,
    "ubnd-huyen-ea-sup": EA_SUP,
    "ubnd-tp-buon-ma-thuot": DISTRICT,
    "bo-chi-huy-bdbp": BO_DOI_BIEN_PHONG,
    "mttq-tinh": MAT_TRAN,
    "phong-cshs": PHONG_CSHS,
}


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.mark.parametrize("agency", SHEETS)
def test_sheet_holds_exactly_these_clauses(plan, agency):
    """Nothing is missing, nothing is another's, and each duty stands in the part where it belongs."""
    sections = view_sheet(plan, agency).sections
    assert {s.key: [duty.id for duty in s.items] for s in sections} == SHEETS[agency]


def test_no_duty_stands_twice_on_a_sheet(plan):
    """Named and in a group, or partner and reporter: a duty is on a sheet once."""
    for agency in plan.sheet_agencies:
        ids = [duty.id for duty in view_sheet(plan, agency).duties]
        assert len(ids) == len(set(ids)), agency


def test_every_duty_reaches_a_sheet_or_is_listed_as_unowned(plan):
    """No duty is lost between the plan and the sheets."""
    reached = {duty.id for agency in plan.sheet_agencies for duty in view_sheet(plan, agency).duties}
    rules = {rule.key: {f.about for f in rule.findings} for rule in view_coverage(plan).rules}
    unreached = {item.statement.id for item in plan.duties} - reached
    assert unreached == rules["duty-without-owner"] == {"ii-1-1a", "ii-2-1a", "vi-4-2a", "vi-4-2b"}


def test_requests_are_never_shown_as_orders(plan):
    """The Front, the procuracy and the court are asked: everything on their sheets says so."""
    for agency in ("mttq-tinh", "vks-tinh", "tand-tinh"):
        duties = view_sheet(plan, agency).duties
        assert duties and all(duty.requested and duty.force_label == "Đề nghị" for duty in duties), agency


def test_group_duties_name_their_group(plan):
    """A duty that comes through a group says through which."""
    sections = {s.key: s.items for s in view_sheet(plan, "so-tu-phap").sections}
    assert {duty.through for duty in sections["group"]} == {"các Sở, ban, ngành"}
    assert {duty.id: duty.through for duty in sections["coordinating"]}["vi-1-1a"] == "các cơ quan thuộc Ủy ban nhân dân tỉnh"


def test_reports_say_where_and_by_which_way(plan):
    """The quarterly report goes to the Ban Chủ nhiệm through the standing body; the closing paragraph has the address."""
    sections = {s.key: s.items for s in view_sheet(plan, "ubnd-tp-buon-ma-thuot").sections}
    quarterly, closing = sections["reporting"]
    assert quarterly.to_names == "Ban Chủ nhiệm thực hiện Đề án"
    assert quarterly.via_names == "Phòng Cảnh sát hình sự - Công an tỉnh Đắk Lắk"
    assert closing.address == "số 58 Nguyễn Tất Thành, thành phố Buôn Ma Thuột"


def test_places_of_a_border_district(plan):
    """Ea Súp is a key area (IV.1), on the route from the districts to the city (IV.1), and at the border (V.7)."""
    (place,) = view_sheet(plan, "ubnd-huyen-ea-sup").places
    found = [(label, citation.href.partition("#")[2]) for label, citation in place.designations]
    assert found == [
        ("Địa bàn trọng điểm", "iv-1-3"),
        ("Tuyến trọng điểm", "iv-1-2-1"),
        ("Khu vực biên giới", "v-7-1"),
    ]


def test_seats_in_the_steering_body(plan):
    """V.1: the head of the criminal police is deputy, the Sở sit through their group, the districts not at all."""

    def seats(agency):
        return [(m.role, m.through) for m in view_sheet(plan, agency).memberships]

    assert seats("phong-cshs") == [("Phó Trưởng ban", "")]
    assert seats("so-tu-phap") == [("Thành viên", "các Sở, ban, ngành")]
    assert seats("ubnd-huyen-ea-sup") == []
    assert ("Trưởng ban", "") in seats("cong-an-tinh")


def test_targets_are_those_the_agencys_own_duties_serve(plan):
    """A partner's share in another's duty brings no target of that duty onto its sheet."""
    assert [t.id for t in view_sheet(plan, "ubnd-huyen-ea-sup").targets] == ["giam-pham-phap"]
    assert [t.id for t in view_sheet(plan, "so-tu-phap").targets] == []
    assert [t.id for t in view_sheet(plan, "bo-chi-huy-bdbp").targets] == ["ngan-chan-tu-xa"]


def test_a_partner_is_not_shown_with_the_leaders_role(plan):
    """In another's duty the agency coordinates, whatever the one who leads does, and nobody requests it of the agency."""
    shared = {s.key: s.items for s in view_sheet(plan, "cong-an-tinh").sections}["coordinating"]
    assert {(duty.role_label, duty.requested) for duty in shared} == {("Phối hợp", False)}


def test_what_a_receiver_is_called(plan):
    """Reports are received, advice is given to somebody, and the rest is only sent."""
    addressed = [duty for duty in view_sheet(plan, "ubnd-huyen-ea-sup").duties if duty.to_names]
    labels = {duty.citation.short: duty.to_label for duty in addressed}
    assert labels == {"V.10": "Gửi đến", "VI.4": "Nơi nhận báo cáo", "VI (phần cuối)": "Nơi nhận báo cáo"}


def test_bullets_are_cited_as_a_reader_counts_them(plan):
    """A plus under the second dash does not count as a dash; the dash after it is the third."""
    assert cite_provision(plan, "iv-1-2-3").text == "dấu cộng thứ 3 gạch đầu dòng thứ 2 khoản 1 Mục IV"
    assert cite_provision(plan, "iv-1-2-3").short == "IV.1, gạch 2, cộng 3"
    assert cite_provision(plan, "iv-1-3").text == "gạch đầu dòng thứ 3 khoản 1 Mục IV"
