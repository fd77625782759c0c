"""What changed between two versions: each kind of change in the real plan gives its exact set, and nothing else."""

import pytest
from revised import DELETED, INSERTED, MERGED, MOVED_DUTY, RAISED, REWORDED, V, edited, first

from generator.model.compare import compare_plans
from generator.read.plan import load_plan
from generator.read.tree import DictTree
from generator.words.difference import Piece, compare_texts, moved, tokens_of


def changes(*edits):
    """`kind what id field: agencies` of each change after edits (file, old, new) of the real plan's first version."""
    old, new = (load_plan(DictTree(files)).plan for files in (first(), edited(*edits)))
    return {
        f"{c.kind} {c.what} {c.id}" + (f" {c.field}" if c.field else ""): c.agencies for c in compare_plans(old, new)
    }


GROUPS = ("so-ban-nganh", "co-quan-thuoc-ubnd-tinh", "co-quan-don-vi-dia-phuong")


def test_nothing_changed():
    """The same data, and the same words with other links, notes and misprint marks, are the same plan."""
    assert changes() == {}
    assert changes((V, '[Công an tỉnh](agency:cong-an-tinh)"\n    paragraphs', 'Công an tỉnh"\n    paragraphs')) == {}
    assert changes((V, "note: Kế hoạch không ghi nơi nhận báo cáo và kỳ hạn.", "note: Đã hỏi.")) == {}


def test_a_reworded_clause():
    """V.5: only the agency that the changed words give something to do."""
    assert changes(*REWORDED) == {"reworded paragraph v-5-1": ("so-tu-phap",)}


def test_a_clause_put_in_between():
    """V.3a, after V.3: nothing is renumbered, and nobody is touched but the one who is given the duty."""
    assert changes(*INSERTED) == {
        "added clause v-3a": ("so-tu-phap",), "added duty v-3a-1a": ("so-tu-phap",),
    }  # fmt: skip


def test_a_merged_agency():
    """Sở Kế hoạch và Đầu tư into Sở Tài chính: its duties go over, the heading of V.2 names one; nothing else."""
    two = ("so-tai-chinh", "so-ke-hoach-dau-tu")
    assert changes(*MERGED) == {
        "merged agency so-ke-hoach-dau-tu successors": ("so-ke-hoach-dau-tu", "so-tai-chinh"),
        "reworded heading v-2": (*two, "hdnd-tinh", "ubnd-tinh"),
        "reassigned duty v-2-1a by": (*two, "hdnd-tinh", "ubnd-tinh"),
        "reassigned duty v-2-1b by": two,
        **{f"left group {group} members": ("so-ke-hoach-dau-tu",) for group in GROUPS},
    }


def test_a_raised_target():
    """From 10-15 % to 15-20 %: the text of I.1.b, the two bounds and the words; whose duty serves the target."""
    assert changes(*RAISED) == {
        "reworded paragraph i-1-b-3": (),
        "changed target triet-xoa lower": ("cong-an-tinh",),
        "changed target triet-xoa upper": ("cong-an-tinh",),
        "changed target triet-xoa text": ("cong-an-tinh",),
    }


def test_a_duty_that_moves():
    """Legal aid from V.5 to V.3, and to whom V.3 belongs: both texts, the place, the owner."""
    assert changes(*MOVED_DUTY) == {
        "reworded paragraph v-5-1": ("so-tu-phap",),
        "reworded paragraph v-3-1": ("so-lao-dong",),
        "moved duty v-5-1c": ("so-tu-phap", "so-lao-dong"),
        "reassigned duty v-5-1c by": ("so-tu-phap", "so-lao-dong"),
    }


def test_a_duty_that_is_gone():
    """Legal aid is nobody's any more."""
    assert changes(*DELETED) == {
        "reworded paragraph v-5-1": ("so-tu-phap",), "removed duty v-5-1c": ("so-tu-phap",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("a b c", "a b c", "=a b c"),
        ("Công an tỉnh chủ trì.", "Công an xã chủ trì.", "=Công an |-tỉnh|+xã|= chủ trì."),
        ("đạt 10% đến 15%", "đạt 15% đến 20%", "=đạt |-10% đến 15|+15% đến 20|=%"),
        ("", "mới", "+mới"),
        ("cũ", "", "-cũ"),
        ("số 1.000 vụ", "số 1.500 vụ", "=số |-1.000|+1.500|= vụ"),
        ("một, hai; ba.", "một, hai và ba.", "=một, hai|-;|+ và|= ba."),
    ],
)
def test_words_differ_by_syllables(old, new, pieces):
    """No syllable is cut; numbers stay whole; what stands alone between two changes goes with them."""
    kinds = {"=": "same", "+": "added", "-": "removed"}
    wanted = tuple(Piece(kinds[piece[0]], piece[1:]) for piece in pieces.split("|"))
    assert compare_texts(old, new) == wanted


def test_pieces_are_both_texts():
    """Without what was added they are the old text, without what was removed the new one."""
    old, new = "Sở Tư pháp phối hợp với các Sở, ban, ngành.", "Sở Nội vụ chủ trì, phối hợp các Sở và địa phương."
    pieces = compare_texts(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    assert "".join(tokens_of(new)) == new


def test_as_few_as_possible_have_moved():
    """One thing that went to the end moved; the others stayed."""
    assert moved("abcd", "bcda") == {"a"}
    assert moved("abcd", "axbcd") == set()
    assert moved("abc", "cba") in ({"a", "b"}, {"b", "c"}, {"a", "c"})
