"""What an agency has to do with a duty: one answer, and the same on the sheet, in the matrix, the calendar and the review."""

import pytest
from small import FILES, load_small

from generator.views.calendar import view_calendar
from generator.views.coverage import view_coverage
from generator.views.matrix import view_annex, view_matrix
from generator.views.sheet import view_sheet

AGENCIES = """agencies:
  - {id: truong-ban-mai, name: Trường Tiểu học Ban Mai, kind: department}
  - {id: thu-vien, name: Thư viện, kind: department}
  - {id: doi-thieu-nien, name: Đội thiếu niên, kind: front}
  - {id: ban-phu-huynh, name: Ban phụ huynh, kind: front}
  - {id: phong-giao-duc, name: Phòng Giáo dục, kind: department}
"""
GROUPS = """groups:
  - {id: cac-hoi, name: các hội, members: [doi-thieu-nien, ban-phu-huynh]}
  - {id: cap-tren, name: cấp trên, members: [phong-giao-duc]}
  - {id: khach, name: khách mời}
"""
DEADLINES = """deadlines:
  - {id: cuoi-nam, label: cuối năm, kind: recurring, every: year, applies_to: report}
office: {working_day: last-working-day-of-period, label: do trường đặt}
"""


def plan_with(duty, tasks=None):
    """The small plan with one duty of these fields, given to the library unless they say otherwise."""
    fields = {"by": "[thu-vien]", "role": "[carry-out]", **duty}
    lines = "\n".join(f"        {key}: {value}" for key, value in fields.items())
    section = f"""id: c-2
number: "2"
heading: Phân công
paragraphs:
  - id: c-2-1
    statements:
      - text: Làm việc.
        id: c-2-1a
{lines}
"""
    files = {
        "agencies.yml": AGENCIES, "groups.yml": GROUPS, "deadlines.yml": DEADLINES, "sections/2.yml": section,
        "sections/1.yml": tasks or FILES["sections/1.yml"],
    }  # fmt: skip
    return load_small(files).plan


def sheet(plan, agency):
    """The agency's sheet as section → the groups by which its duties come."""
    return {s.key: [duty.through for duty in s.items] for s in view_sheet(plan, agency).sections}


def cell(plan, row, agency):
    matrix = view_matrix(plan, together=False)
    column = next((n for n, c in enumerate(matrix.columns) if agency in c.ids), None)
    return None if column is None else next(r for r in matrix.rows if r.id == row).cells[column]


def test_a_duty_gives_everyone_a_part():
    """Who does it, who helps, who receives and who relays; a group means its members, or itself if it lists none."""
    plan = plan_with({"with": "[cac-hoi, khach]", "to": "[cap-tren]", "via": "[truong-ban-mai]"})
    found = {part.actor: (part.kind, part.through) for part in plan.parts_in["c-2-1a"]}
    assert found == {
        "thu-vien": ("does", ()), "doi-thieu-nien": ("coordinates", ("cac-hoi",)),
        "ban-phu-huynh": ("coordinates", ("cac-hoi",)), "khach": ("coordinates", ()),
        "phong-giao-duc": ("receives", ("cap-tren",)), "truong-ban-mai": ("relays", ()),
    }  # fmt: skip


def test_ones_own_name_outweighs_the_group():
    """Named and in a group: the part is by its own name; who does a duty does not also stand beside it."""
    plan = plan_with({"by": "[cac-hoi, doi-thieu-nien]", "with": "[cac-hoi]"})
    parts = plan.parts["doi-thieu-nien"]
    assert [(part.kind, part.through, part.main) for part in parts] == [
        ("does", (), True), ("coordinates", ("cac-hoi",), False),
    ]  # fmt: skip
    assert sheet(plan, "doi-thieu-nien") == {"assigned": [""]}


def test_receiving_through_a_group_is_on_sheet_matrix_and_calendar():
    """A report to a group is received by its members: all three documents say so, with the group."""
    plan = plan_with({"role": "[report]", "to": "[cap-tren]", "deadline": "cuoi-nam"})
    (other,) = view_sheet(plan, "phong-giao-duc").others_by_way["receives"]
    assert (other.names, other.through) == ("Thư viện", "cấp trên")
    assert cell(plan, "c-2-1a", "phong-giao-duc").words == "nơi nhận (qua nhóm cấp trên)"
    assert [event.party for event in view_calendar(plan, "phong-giao-duc").events] == ["receives"]


def test_who_is_directed_receives_nothing():
    """A duty that directs an agency is no paper that comes to it: neither matrix nor calendar says so."""
    plan = plan_with({"role": "[direct]", "over": "[phong-giao-duc]", "deadline": "cuoi-nam"})
    assert cell(plan, "c-2-1a", "phong-giao-duc").words == "được chỉ đạo"
    assert view_calendar(plan, "phong-giao-duc").events == ()


def test_who_only_receives_has_a_sheet():
    """It is told what will be sent to it; who has no part at all has none."""
    plan = plan_with({"to": "[phong-giao-duc]"})
    assert plan.has_sheet("phong-giao-duc") and not plan.has_sheet("ban-phu-huynh")


def test_a_request_through_a_group_is_a_request():
    """The members are asked, not charged: section, label and matrix say it; nothing is said that no data say."""
    plan = plan_with({"by": "[cac-hoi]", "force": "request"})
    (section,) = view_sheet(plan, "ban-phu-huynh").sections
    (duty,) = section.items
    assert (section.key, duty.through, duty.requested) == ("requested", "các hội", True)
    assert section.note == f"{plan.head.type} đề nghị, không giao."
    assert cell(plan, "c-2-1a", "ban-phu-huynh").words == "được đề nghị thực hiện (qua nhóm các hội)"


@pytest.mark.parametrize(
    ("duty", "agency", "others"),
    [
        ({}, "thu-vien", []),
        ({"by": "[thu-vien, ban-phu-huynh]"}, "thu-vien", [("Được giao", "Thư viện, Ban phụ huynh")]),
        ({"by": "[cac-hoi, thu-vien]"}, "ban-phu-huynh", []),
        ({"to": "[cap-tren]"}, "thu-vien", [("Gửi đến", "cấp trên")]),
    ],
)
def test_nobody_is_told_that_a_duty_is_his(duty, agency, others):
    """Who else has to do with a duty is named; the reader, and the group by which he reads it, are not."""
    items = view_sheet(plan_with(duty), agency).duties
    assert list(items[0].others) == others


@pytest.mark.parametrize(
    ("duty", "agency", "way"),
    [({"with": "[cac-hoi]"}, "ban-phu-huynh", "coordinates"), ({"to": "[cap-tren]"}, "phong-giao-duc", "receives")],
)
def test_anothers_duty_is_cited_not_copied(duty, agency, way):
    """It is no duty of the reader's: who does it is named, and where it stands."""
    view = view_sheet(plan_with(duty), agency)
    (other,) = view.others_by_way[way]
    assert (view.duties, other.cited) == ((), "Thư viện (khoản 2)")


TASKS = """id: c-1
number: "1"
heading: Nội dung
paragraphs:
  - id: c-1-1
    statements:
      - {text: Trưng bày., id: c-1-1a, task: Trưng bày}
      - {text: Đọc to., id: c-1-1b, task: Đọc to}
clauses:
  - id: c-1-a
    number: "1"
    paragraphs:
      - id: c-1-a-1
        statements:
          - {text: Viết bài., id: c-1-a-1a, task: Viết bài}
"""


@pytest.mark.parametrize(
    ("duty", "carried"),
    [
        ({"implements": "[c-1]"}, {"c-1-1a": False, "c-1-1b": False, "c-1-a-1a": False}),
        ({"implements": "[c-1-1]"}, {"c-1-1a": False, "c-1-1b": False}),
        ({"partly": "[c-1-a]"}, {"c-1-a-1a": True}),
        # What it says of a task outweighs what it says of the clause around it
        ({"implements": "[c-1]", "partly": "[c-1-1b]"}, {"c-1-1a": False, "c-1-1b": True, "c-1-a-1a": False}),
        ({"implements": "[c-1-1b]", "partly": "[c-1-1]"}, {"c-1-1a": True, "c-1-1b": False}),
    ],
)
def test_a_duty_carries_out_all_below_what_it_names(duty, carried):
    """A clause or paragraph stands for every task in it: in the review, the matrix and the annex."""
    plan = plan_with(duty, TASKS)
    assert {task: carrier.partly for task, (carrier,) in plan.carriers.items()} == carried
    found = {rule.key: {finding.about for finding in rule.findings} for rule in view_coverage(plan).rules}
    assert found["task-unowned"] == {"c-1-1a", "c-1-1b", "c-1-a-1a"} - carried.keys()
    for task, partly in carried.items():
        assert cell(plan, task, "thu-vien").partly == partly
    rows = [row for part in view_annex(plan).parts if part.tasks for row in part.rows]
    assert sum(row.by_names.startswith("Thư viện") for row in rows) == len(carried)


def test_a_sheet_says_what_part_of_a_clause():
    """A clause has no task's name: its citation says it all, in print and on the page."""
    (duty,) = view_sheet(plan_with({"partly": "[c-1]"}), "thu-vien").duties
    (task,) = duty.implements
    assert (task.label, task.phrase) == ("Một phần", f"{task.citation.text} (một phần)")
    (duty,) = view_sheet(plan_with({"partly": "[c-1-1a]"}), "thu-vien").duties
    (task,) = duty.implements
    assert task.phrase == f"Trưng bày sách (một phần; {task.citation.text})"


def test_seats_come_through_groups_and_offices():
    """A seat in a body is the agency's, its group's or an office's in it; each gives a sheet that shows it."""
    body = """  - id: ban-to-chuc
    name: Ban tổ chức
    kind: steering
    members:
      - {role: head, who: hieu-truong, office: Hiệu trưởng, clause: c-2}
      - {role: member, who: cac-hoi, office: Đại diện các hội, clause: c-2}
  - {id: hieu-truong, name: Hiệu trưởng, kind: person-office, parent: truong-ban-mai}
"""
    plan = load_small({"agencies.yml": AGENCIES + body, "groups.yml": GROUPS}).plan
    (own,) = view_sheet(plan, "truong-ban-mai").memberships
    (shared,) = view_sheet(plan, "ban-phu-huynh").memberships
    assert (own.office, own.through, shared.through) == ("Hiệu trưởng", "", "các hội")
    assert {"truong-ban-mai", "ban-phu-huynh"} <= set(plan.sheet_agencies)
    assert "hieu-truong" not in plan.sheet_agencies
    assert own.body_href == "tra-cuu/nhom/#agency-ban-to-chuc"  # it has no page of its own to link to


def test_the_sheet_is_made_once():
    """The page, the document and the report form share one view."""
    plan = plan_with({})
    assert view_sheet(plan, "thu-vien") is view_sheet(plan, "thu-vien")


@pytest.mark.parametrize("size", [200])
def test_parts_grow_with_the_plan_only(size):
    """A duty of a group of many agencies has one part a member, however often it is looked up."""
    ids = [f"truong-{n}" for n in range(size)]
    agencies = AGENCIES + "".join(f"  - {{id: {i}, name: Trường {i}, kind: department}}\n" for i in ids)
    group = f"groups:\n  - {{id: cac-truong, name: các trường, members: [{', '.join(ids)}]}}\n"
    section = FILES["sections/2.yml"].replace("by: [thu-vien]", "by: [cac-truong]")
    plan = load_small({"agencies.yml": agencies, "groups.yml": group, "sections/2.yml": section}).plan
    assert sum(len(parts) for parts in plan.parts.values()) == size + 1  # and the partner's
