"""What is internal leaves no trace in the public's plan."""

from dataclasses import asdict

from small import FILES, load_small
from topics import load_topics

from generator.rules.public import public_plan
from generator.views.calendar import view_calendar_page
from generator.views.opendata import view_duties
from generator.views.plan import view_plan
from generator.views.sheet import view_sheet

SECRET = """id: c-2
number: "2"
heading: Phân công
paragraphs:
  - id: c-2-1
    statements:
      - text: "[Thư viện](agency:thu-vien) chủ trì bày sách"
        id: c-2-1a
        by: [thu-vien]
        role: [lead]
      - text: ", mật báo với [Đội thiếu niên](agency:doi-thieu-nien) ở [Kho kín](place:kho)"
        id: c-2-1b
        by: [thu-vien]
        role: [coordinate]
        with: [doi-thieu-nien]
        audience: internal
      - "."
"""
PLACES = "places:\n  - {id: kho, name: Kho kín, kind: area, designations: [{kind: key-area, clause: c-2-1}]}\n"
TARGETS = "targets:\n  - {id: t, indicator: x, clause: c-1, operator: none, text: x, served_by: [c-2-1b]}\n"


def test_internal_statements_and_what_only_they_name_are_gone():
    """Text, agency, place and references: nothing of it is left in any record."""
    plan = load_small({"sections/2.yml": SECRET, "places.yml": PLACES, "targets.yml": TARGETS}).plan
    shown = public_plan(plan)
    everything = str([asdict(shown.head.subject), shown])
    for trace in ("mật báo", "Kho kín", "doi-thieu-nien", "c-2-1b"):
        assert trace in str(plan)
        assert trace not in everything
    assert [d.id for s in view_sheet(shown, "thu-vien").sections for d in s.items] == ["c-2-1a"]


def test_a_plan_without_internal_parts_is_the_same():
    """Nothing is lost when nothing is internal."""
    plan = load_small(FILES).plan
    assert public_plan(plan) == plan


def test_an_internal_preamble_is_gone():
    """The mark holds in the words before the sections too, and for what only they name."""
    secret = "sau.\n  - statements:\n      - {text: 'Theo [Công điện](instrument:mat)', audience: internal}\n"
    instruments = "instruments:\n  - {id: mat, kind: cong-dien, name: Công điện, parent: goc}\n  - {id: goc, kind: luat, name: Luật gốc}\n"
    plan = load_small({"instruments.yml": instruments}, plan_yml=("sau.\n", secret)).plan
    shown = public_plan(plan)
    assert [i.id for i in plan.instruments] == ["mat", "goc"]
    assert shown.instruments == ()
    assert "Công điện" not in str(shown)


def test_what_rests_on_an_internal_clause_is_gone():
    """A phase, a section's file, a target and the links to it; the calendar, the plan and the data are still made."""
    clause = FILES["sections/1.yml"].replace("heading:", "audience: internal\nheading:")
    targets = "targets:\n  - {id: t, indicator: Số sách, clause: c-1, operator: none, text: Bí mật số sách}\n"
    second = ("bày sách", "bày sách đạt [chỉ tiêu](target:t)")
    phase = (
        "period:\n  from: 2026\n  to: 2026\nphases:\n  - {id: p, name: Đợt kín, from: 2026, to: 2026, clause: c-1}\n"
    )
    plan = load_small(
        {"sections/1.yml": clause, "targets.yml": targets},
        sections_2_yml=second,
        plan_yml=("period:\n  from: 2026\n  to: 2026\n", phase),
    ).plan
    shown = public_plan(plan)
    made = (view_calendar_page(shown), view_plan(shown), view_duties(shown), shown)
    for trace in ("Đợt kín", "sections/1.yml", "Bí mật số sách", "c-1-1a", "'target'"):
        assert trace in str(plan)
        assert trace not in str(made[0]) + str(made[1]) + str(made[2]) + str(shown.head) + str(shown.sections)
    assert "đạt chỉ tiêu" in str(view_duties(shown))


def test_the_members_of_an_internal_group_are_gone():
    """A group that only internal text names takes with it those who are known only as its members."""
    member = "  - {id: to-kin, name: Tổ kín, kind: department, named: false, parent: ban-kin}\n  - {id: ban-kin, name: Ban kín, kind: department}\n"
    plan = load_small({
        "agencies.yml": FILES["agencies.yml"] + member,
        "groups.yml": "groups:\n  - {id: nhom-kin, name: nhóm kín, members: [to-kin, thu-vien]}\n",
        "sections/2.yml": SECRET.replace("[Đội thiếu niên](agency:doi-thieu-nien) ở [Kho kín](place:kho)", "[nhóm kín](group:nhom-kin)").replace("[doi-thieu-nien]", "[nhom-kin]"),
    }).plan  # fmt: skip
    shown = public_plan(plan)
    assert [a.id for a in shown.agencies] == ["truong-ban-mai", "thu-vien", "doi-thieu-nien"]
    assert shown.groups == ()


def test_a_place_keeps_its_agency_unless_that_is_internal():
    """An agency that only its place names stays; one that internal text names goes, and a place with nothing else."""
    places = """places:
  - {id: xa, name: Xã Ban Mai, kind: district, agency: truong-ban-mai}
  - {id: kho, name: Kho sách, kind: area, agency: doi-thieu-nien, designations: [{kind: key-area, clause: c-1}]}
  - {id: nha, name: Nhà đội, kind: area, agency: doi-thieu-nien}
"""
    files = {"sections/2.yml": SECRET.replace(" ở [Kho kín](place:kho)", ""), "places.yml": places}
    shown = public_plan(load_small(files).plan)
    assert [(p.id, p.agency) for p in shown.places] == [("xa", "truong-ban-mai"), ("kho", None)]


def grounds(plan, topics):
    """What topics rest on: their instruments, and those that they are part of."""
    own = {i for topic in topics for i in topic.instruments}
    return own | {plan.instrument[i].parent for i in own} - {None}


def test_instruments_of_internal_topics_are_gone():
    """What only an internal topic rests on goes with it, and nothing else does."""
    plan, found = load_topics()
    topics = {topic.id: topic.topic for topic in found.awareness.topics}
    hidden = topics.pop("rua-tien")
    only = grounds(plan, [hidden]) - grounds(plan, topics.values())
    assert only
    shown = public_plan(plan, [*topics.values(), hidden.model_copy(update={"audience": "internal"})])
    assert {i.id for i in plan.instruments} - {i.id for i in shown.instruments} == only
    assert public_plan(plan, [*topics.values(), hidden]) == plan


def test_grounds_of_topics_that_are_not_shown_are_gone():
    """A build of approved topics only has none of the law that its drafts rest on."""
    plan, found = load_topics()
    topics = {topic.id: topic.topic for topic in found.awareness.topics}
    kept = [topic for identity, topic in topics.items() if identity != "rua-tien"]
    only = grounds(plan, [topics["rua-tien"]]) - grounds(plan, kept)
    assert only
    shown = public_plan(plan, topics.values(), kept)
    assert {i.id for i in plan.instruments} - {i.id for i in shown.instruments} == only
