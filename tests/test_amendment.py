"""Amending commands: worded as drafters do, read back, and carried out: the old text becomes the new one."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from revised import DELETED, INSERTED, KINDS, RAISED, REWORDED, revised
from test_redline import CASES

from generator.views.decision import lines_of, view_decision
from generator.words.amendment import AmendmentError, Command, Line, apply, draft, read, words_of


def sentences(*edits):
    """What the decision says for edits of the real plan."""
    (step,) = revised(*edits).steps
    return [words_of(command) for command in draft(lines_of(step.old), lines_of(step.new))]


def texts(lines):
    return [line.text for line in lines]


@pytest.mark.parametrize("case", CASES)
def test_a_decision_carried_out_gives_the_new_text(case):
    """Read back from its words and applied to the old text, for every kind of change of the real plan."""
    (step,) = revised(*CASES[case]).steps
    old, new = lines_of(step.old), lines_of(step.new)
    commands = [read(sentence) for sentence in sentences(*CASES[case])]
    if texts(old) != texts(new):
        assert commands
    assert apply(commands, old) == texts(new)
    shown = [item for article in view_decision(step).articles for item in article.items]
    assert [s for s in sentences(*CASES[case]) if tuple(s.split("\n")) not in shown] == []


def test_the_words_are_a_drafters():
    """A phrase, a clause put in between, a passage stated anew, a clause that goes."""
    assert sentences(*REWORDED) == [
        "Thay thế cụm từ “động tư vấn, trợ giúp” bằng cụm từ “động tư vấn và trợ giúp” tại nội dung của khoản 5 Mục V"
    ]
    assert sentences(*INSERTED) == [
        "Bổ sung khoản 3a Mục V vào sau khoản 3 Mục V như sau:\n“3a. Sở Tư pháp\nHướng dẫn thủ tục xóa án tích.”"
    ]
    assert sentences(*RAISED) == [
        "Thay thế cụm từ “từ 10% đến 15% so” bằng cụm từ “từ 15% đến 20% so” tại gạch đầu dòng thứ 3 điểm b khoản 1 Mục I"
    ]
    assert sentences(*DELETED) == [
        "Bỏ cụm từ “thực hiện các hoạt động tư vấn, trợ giúp pháp lý.” tại nội dung của khoản 5 Mục V"
    ]
    assert [s.split("\n")[0] for s in sentences(*CASES["a moved and renumbered clause"])] == [
        "Bổ sung khoản 5 Mục V vào sau khoản 4 Mục V như sau:", "Đánh số lại khoản 5 Mục V thành khoản 6",
        "Bãi bỏ khoản 6 Mục V",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence", ["Đổi khoản 3 Mục V", "Sửa đổi khoản 3 như sau: “a”", "", "Thay cụm từ “a” bằng “b” tại c"]
)
def test_what_is_no_command_is_refused(sentence):
    """Nothing is guessed."""
    with pytest.raises(AmendmentError):
        read(sentence)


@pytest.mark.parametrize(
    "command",
    [
        Command("repeal", ("khoản 9 Mục IX",)),
        Command("replace", ("khoản 1",), old="không có", new="x"),
        Command("replace", ("khoản 1",), old="a", new="x"),
    ],
)
def test_what_is_not_there_once_is_not_amended(command):
    """An unknown place, a phrase that is not there, one that is there twice."""
    with pytest.raises(AmendmentError):
        apply([command], [Line("1", "khoản 1", "a và a")])


# Random sequences of changes

WORD = st.text(string.ascii_lowercase + "ăâđêôơư,;.“”", min_size=1, max_size=4)
TEXT = st.lists(WORD, min_size=1, max_size=12).map(" ".join)


@st.composite
def plans(draw):
    """A plan's lines as (clause number, heading, texts), and the same after a random sequence of changes."""
    old = [
        (f"c{n}", str(n), draw(TEXT), [(f"c{n}-{i}", draw(TEXT)) for i in range(draw(st.integers(0, 3)))])
        for n in range(1, draw(st.integers(2, 6)))
    ]
    new = [(key, number, heading, list(items)) for key, number, heading, items in old]
    for step in range(draw(st.integers(0, 6))):
        kind = draw(
            st.sampled_from(
                [
                    "reword",
                    "heading",
                    "insert clause",
                    "insert text",
                    "remove clause",
                    "remove text",
                    "move",
                    "renumber",
                ]
            )
        )
        if not new:
            break
        at = draw(st.integers(0, len(new) - 1))
        key, number, heading, items = new[at]
        if kind == "reword" and items:
            i = draw(st.integers(0, len(items) - 1))
            words = items[i][1].split(" ")
            w = draw(st.integers(0, len(words)))
            words[w : w + draw(st.integers(0, 2))] = draw(st.lists(WORD, max_size=2))
            items[i] = (items[i][0], " ".join(words) or "x")
        elif kind == "heading":
            new[at] = (key, number, draw(TEXT), items)
        elif kind == "insert clause":
            new.insert(at, (f"n{step}", f"{number}a", draw(TEXT), [(f"n{step}-1", draw(TEXT))]))
        elif kind == "insert text":
            items.insert(draw(st.integers(0, len(items))), (f"t{step}", draw(TEXT)))
        elif kind == "remove clause" and len(new) > 1:
            del new[at]
        elif kind == "remove text" and items:
            del items[draw(st.integers(0, len(items) - 1))]
        elif kind == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif kind == "renumber":
            new[at] = (key, str(draw(st.integers(20, 40))), heading, items)
    return lines(old), lines(new)


def lines(plan):
    found = []
    for key, number, heading, items in plan:
        cited = f"khoản {number}"
        found.append(Line(key, f"tiêu đề của {cited}", f"{number}. {heading}", cited, key, "", key, number))
        found += [
            Line(item, f"đoạn thứ {n} của {cited}", text, cited, key, "", "", number)
            for n, (item, text) in enumerate(items, 1)
        ]
    return found


@settings(max_examples=400, deadline=None)
@given(plans())
def test_any_sequence_of_changes_is_carried_out(pair):
    """Drafted, worded, read and applied: the new text, line by line."""
    old, new = pair
    commands = [read(words_of(command)) for command in draft(old, new)]
    assert apply(commands, old) == texts(new)


def test_kinds_are_covered():
    """The cases hold every kind that the issue names."""
    assert set(KINDS) < set(CASES)
