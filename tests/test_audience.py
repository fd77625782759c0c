"""What is internal leaves no trace in the public's plan."""

from dataclasses import asdict

from small import FILES, load_small

from generator.audience import public_plan
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
