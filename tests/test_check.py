"""Rules across the model: each is shown finding its fault, and the two real plans are shown free of faults."""

from pathlib import Path

import pytest
from small import FILES, load_small

from generator.read.plan import load_plan
from generator.read.tree import DiskTree
from generator.rules.plan import check_plan

ROOT = Path(__file__).parent.parent
PLACE = "places:\n  - {id: p, name: Xã Nhỏ, kind: area, agency: thu-vien}\n"
TARGET = (
    "targets:\n  - {id: t, indicator: x, clause: c-1, operator: greater-than, lower: 75, upper: 80, text: trên 75%}\n"
)


def codes(files=None, **replace):
    return [
        f"{d.code}@{d.span.file.removeprefix('data/')}:{d.span.line}" for d in check_plan(load_small(files, **replace))
    ]


ALONE = FILES["sections/2.yml"].replace("        implements: [c-1-1a]\n", "")  # needs nothing of sections/1.yml


def paragraph(text):
    return {
        "sections/2.yml": ALONE,
        "sections/1.yml": f'id: c-1\nnumber: "1"\nheading: Nội dung\nparagraphs:\n  - statements:\n      - "{text}"\n',
    }


def numbered(*numbers):
    """The first section with clauses of these numbers, three lines each from line 5."""
    clauses = "".join(f'  - id: x-{i}\n    number: "{number}"\n    heading: A\n' for i, number in enumerate(numbers))
    return {"sections/2.yml": ALONE, "sections/1.yml": f'id: c-1\nnumber: "1"\nheading: Nội dung\nclauses:\n{clauses}'}


def deadline(keys):
    return {"deadlines.yml": f"deadlines:\n  - {{id: h, label: hạn, {keys}, applies_to: report, clause: c-1}}\n"}


def test_the_real_plan_has_no_errors_and_no_warnings():
    """The plan at hand passes every rule."""
    assert check_plan(load_plan(DiskTree(ROOT / "data"))) == []


def test_the_small_plan_has_no_findings():
    """A plan of another kind passes too."""
    assert codes() == []


CASES = {
    "label names something else": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("[Đội thiếu niên]", "[Đoàn]")}, "label-mismatch@sections/2.yml:7",
    ),
    "target's numbers": ({**paragraph("Đạt [trên 70%](target:t)."), "targets.yml": TARGET}, "target-mismatch@sections/1.yml:6"),
    "with is not in the text": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("with: [doi-thieu-nien]", "with: [truong-ban-mai]")},
        "with-not-named@sections/2.yml:11",
    ),
    "one directed who is not in the text": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("        with: ", "        over: [truong-ban-mai]\n        with: ")},
        "over-not-named@sections/2.yml:11",
    ),
    "a lead-in that stands nowhere before": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("        by: ", "        lead_in: Phân công\n        by: ")},
        "words-not-around@sections/2.yml:9",
    ),
    "a tail whose words stand, but before": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("        by: ", "        tail: bày sách\n        by: ")},
        "words-not-around@sections/2.yml:9",
    ),
    "an answer for what has an owner": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("        by: ", "        answered_by: [c-2-1a]\n        by: ")},
        "answered-with-owner@sections/2.yml:9",
    ),
    "an answer by what nobody was given": (
        {"sections/2.yml": FILES["sections/2.yml"].replace('      - "."', "      - {id: c-2-1b, text: ., role: [lead], answered_by: [c-2-1b]}")},
        "answer-without-owner@sections/2.yml:13",
    ),
    "a duty without id": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("        id: c-2-1a\n", "")}, "missing-id@sections/2.yml:7",
    ),
    "who without a role": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("        role: [lead, coordinate]\n", "")},
        "missing-role@sections/2.yml:7",
    ),
    "undeclared gap": ({"sections/2.yml": FILES["sections/2.yml"].replace('number: "2"', 'number: "3"')}, "numbering-gap@sections/2.yml:2"),
    "24 reference cycle": (
        {"agencies.yml": FILES["agencies.yml"].replace("kind: department\n  - id: thu", "kind: department\n    parent: thu-vien\n  - id: thu")},
        "reference-cycle@agencies.yml:5",
    ),
    "bounds turned round": ({"targets.yml": TARGET.replace("80", "70")}, "bad-range@targets.yml:2"),
    "period turned round": ({"plan.yml": FILES["plan.yml"].replace("to: 2026", "to: 2025")}, "bad-range@plan.yml:18"),
    "orphan": ({"places.yml": PLACE.replace(", agency: thu-vien", "")}, "orphan@places.yml:2"),
    "agency that no clause names": (
        {"agencies.yml": FILES["agencies.yml"] + "  - {id: x, name: X, kind: front}\n"}, "unnamed-agency@agencies.yml:12",
    ),
    "paragraph in lower case": (paragraph("nhà trường làm."), "capital-missing@sections/1.yml:6"),
    "sentence in lower case": (paragraph("Trường làm xong. nhà trường nghỉ."), "capital-missing@sections/1.yml:6"),
    "unit in capitals": (paragraph("Sách cho Huyện Ea Súp."), "capital-unit@sections/1.yml:6"),
    "citation in lower case": (paragraph("Theo điều 5 của Luật."), "capital-citation@sections/1.yml:6"),
    "numbers of another kind": (numbered("1", "2", "c"), "mixed-numbering@sections/1.yml:12"),
    "letters that are no Roman number": (numbered("IIX"), "bad-numbering@sections/1.yml:6"),
    "put in between after nothing": (numbered("1", "2a"), "numbering-gap@sections/1.yml:9"),
    "put in between out of order": (numbered("1", "1b"), "numbering-gap@sections/1.yml:9"),
    "a decimal below another number": (numbered("2.1"), "numbering-gap@sections/1.yml:6"),
    "a list that names one twice": (
        {"sections/2.yml": FILES["sections/2.yml"].replace("by: [thu-vien]", "by: [thu-vien, thu-vien]")},
        "named-twice@sections/2.yml:9",
    ),
    "an agency that follows itself": (
        {"agencies.yml": FILES["agencies.yml"].rstrip() + "\n    successors: [doi-thieu-nien]\n"}, "reference-cycle@agencies.yml:12",
    ),
    "a comparison with nothing": ({"targets.yml": TARGET.replace("lower: 75, ", "")}, "missing-bound@targets.yml:2"),
    "from after to": (deadline("kind: recurring, every: year, from: 2020, to: 2017"), "bad-deadline@deadlines.yml:2"),
    "recurring without every": (deadline("kind: recurring, from: 2026"), "bad-deadline@deadlines.yml:2"),
    "once without a year": (deadline("kind: once, at: quý I"), "bad-deadline@deadlines.yml:2"),
    "a day without a month": (deadline("kind: once, year: 2026, day: 5"), "bad-deadline@deadlines.yml:2"),
    "a day that its month lacks": (deadline("kind: once, year: 2026, month: 2, day: 30"), "bad-deadline@deadlines.yml:2"),
    "a duty in the preamble": (
        {"plan.yml": FILES["plan.yml"].replace("      - Nhằm", "      - role: [lead]\n        by: [thu-vien]\n        id: x\n        text: Nhằm")},
        "duty-in-preamble@plan.yml:21",
    ),
    "impossible date": (paragraph("Xong ngày 31/02/2026."), "bad-date@sections/1.yml:6"),
    "date without its zero": (paragraph("Xong ngày 5 tháng 3 năm 2026."), "date-form@sections/1.yml:6"),
    "date with a zero too many": (paragraph("Xong ngày 05 tháng 03 năm 2026."), "date-form@sections/1.yml:6"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_rule_finds_its_fault(case):
    """Negative controls: one fault put into a sound plan is found at its line."""
    files, expected = CASES[case]
    assert expected in codes(files)


def test_capitals_that_are_right_are_left_alone():
    """Exceptions of the rules, and sentence starts."""
    assert (
        codes(paragraph("Thành phố Buôn Ma Thuột và Thành phố Hồ Chí Minh; ngày 05 tháng 3, ngày 10 tháng 02.")) == []
    )


@pytest.mark.parametrize(
    "files",
    [
        numbered("1", "2", "2a", "2b", "3"), numbered("1.1", "1.2"), numbered("a", "b"),
        paragraph("Ban hành danh mục 15 thủ tục, góp phần 100%, với Tỉnh Đoàn."),
        {**paragraph("Xử lý [1.000 vụ trong năm 2026](target:t)."), "targets.yml": TARGET.replace("75, upper: 80", "1000")},
        {**paragraph("Đạt [2,50%](target:t)."), "targets.yml": TARGET.replace("75, upper: 80", "2.5")},
    ],
)  # fmt: skip
def test_what_is_right_is_no_error(files):
    """Numbers put in between, decimals; words that only look like citations; thousands, fractions, years beside a bound."""
    assert [d for d in check_plan(load_small(files)) if d.severity == "error"] == []


def test_a_declared_gap_is_no_fault():
    """A number that the source skips is declared with its reason."""
    gap = 'id: c-1\nnumber: "1"\nheading: A\nclauses:\n  - {id: x-1, number: "1"}\n  - {id: x-3, number: "3"}\n'
    assert codes({"sections/2.yml": ALONE, "sections/1.yml": gap}) == ["numbering-gap@sections/1.yml:6"]
    assert (
        codes({"sections/2.yml": ALONE, "sections/1.yml": gap + 'gaps:\n  - {number: "2", reason: không rõ}\n'}) == []
    )
