"""Numbers of clauses: every kind of NĐ 30, what was put in between, and letters that are no Roman number."""

import pytest
from small import load_small

from generator.views.nodes import cite, view_clause
from generator.words.numbering import Numeral, follows, parse_number, printed_label
from generator.words.numbers import read_numbers


@pytest.mark.parametrize(
    ("number", "kind", "ordinal", "suffix"),
    [
        ("I", "roman", 1, ""), ("XIV", "roman", 14, ""), ("XC", "roman", 90, ""), ("A", "capital", 1, ""),
        ("1", "arabic", 1, ""), ("3a", "arabic", 3, "a"), ("1.1", "decimal", 1, ""), ("2.1.a", "decimal", 1, ""),
        ("1.10", "decimal", 10, ""), ("đ", "letter", 5, ""), ("e", "letter", 6, ""),
    ],
)  # fmt: skip
def test_every_usual_kind_is_understood(number, kind, ordinal, suffix):
    """Its kind, its place among its siblings, and the letter of one put in between."""
    assert parse_number(number) == Numeral(kind, ordinal, suffix)


@pytest.mark.parametrize("number", ["IIX", "IIII", "VX", "0", "01", "f", "aa", "1.", ".1", "1..1", "10000", "1.0", "w"])
def test_what_is_no_number_is_none(number):
    """Letters in an order that no Roman number has, letters that Vietnamese does not count with, empty parts."""
    assert parse_number(number) is None


def test_after_a_and_b_comes_the_letter_c():
    """C is a letter among letters and a hundred among Roman numbers."""
    assert follows("C", Numeral("capital", 2)) == Numeral("capital", 3)
    assert follows("C", Numeral("roman", 99)) == Numeral("roman", 100)


@pytest.mark.parametrize(
    ("number", "label"), [("a", "a)"), ("đ", "đ)"), ("1", "1."), ("1.1", "1.1."), ("V", "V."), (None, "")]
)
def test_labels_as_printed(number, label):
    """NĐ 30, Phụ lục I: a letter takes a bracket, all else a full stop."""
    assert printed_label(number) == label


def section(*numbers, gaps=""):
    """The first section of a small plan, its clauses numbered so; `-` is a clause without a number."""
    clauses = "".join(
        f"  - id: x-{i}\n" + (f'    number: "{number}"\n' if number != "-" else "") + "    heading: A\n"
        for i, number in enumerate(numbers)
    )
    text = f'id: c-1\nnumber: "1"\nheading: Nội dung\nclauses:\n{clauses}{gaps}'
    plan = load_small({"sections/1.yml": text}, sections_2_yml=("        implements: [c-1-1a]\n", "")).plan
    return plan, plan.sections[0]


def test_several_gaps_in_a_row_each_say_why():
    """Two numbers that the source skips: both reasons stand after the clause before them."""
    gaps = 'gaps:\n  - {number: "2", reason: không có 2}\n  - {number: "3", reason: không có 3}\n'
    plan, first = section("1", "4", gaps=gaps)
    assert [clause.gaps_after for clause in view_clause(first, plan).clauses] == [("không có 2", "không có 3"), ()]


@pytest.mark.parametrize(("at", "said"), [(0, "phần đầu"), (1, "phần giữa"), (2, "phần cuối")])
def test_a_clause_without_a_number_is_cited_by_its_place(at, said):
    """The first is not the last."""
    plan, _ = section("-", "-", "-")
    assert cite(plan.clause[f"x-{at}"]).text == f"{said} khoản 1"


def test_a_decimal_number_says_itself_where_it_stands():
    """1.1 is cited alone, not as `tiểu mục 1.1 khoản 1`."""
    plan, _ = section("1.1")
    assert cite(plan.clause["x-0"]).text == "tiểu mục 1.1"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("trên 1.000 vụ", ["1000"]), ("2,50%", ["2.50"]), ("năm 2025: 80%", ["2025", "80"]), ("1.234.567,8", ["1234567.8"]),
     ("QĐ-123a", []), ("số 12/2017", ["12", "2017"])],
)  # fmt: skip
def test_numbers_as_vietnamese_writes_them(text, numbers):
    """A point between thousands, a comma before the fraction."""
    assert [str(number) for number in read_numbers(text)] == numbers
