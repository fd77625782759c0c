"""Fidelity: the plan composed from the data is, word for word, the plan as received."""

import difflib
import hashlib

from fidelity import DATA, PLAN, received_words, words

from generator.views.plaintext import plan_text


def test_the_received_text_is_the_one_that_was_sealed():
    """The copy in data/ has not been touched."""
    raw = (DATA / PLAN.source.received.file).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == PLAN.source.received.sha256


def test_as_issued_is_the_source_word_for_word():
    """0 differences, in order; the exceptions are the dropped dirt of source.yml and nothing else."""
    assert words(plan_text(PLAN, as_issued=True)) == received_words()


def test_a_changed_word_would_be_seen():
    """Negative control: one letter less is a difference."""
    text = plan_text(PLAN, as_issued=True).replace("truyền truyền", "tuyên truyền")
    assert words(text) != received_words()


def test_the_reading_differs_only_where_the_data_say_so():
    """The corrected reading changes the sic words, the listed labels, and adds the lines over the name."""
    issued = words(plan_text(PLAN, as_issued=True))
    reading = words(plan_text(PLAN, as_issued=False))
    changes = {
        (" ".join(issued[a:b]), " ".join(reading[c:d]))
        for kind, a, b, c, d in difflib.SequenceMatcher(None, issued, reading, autojunk=False).get_opcodes()
        if kind != "equal"
    }
    assert changes == {
        ("kiểm", "kiềm"), ("chuyên", "chuyển"), ("truyền", "tuyên"), ("Mondulakiri", "Mondulkiri"), ("T38/CP;", "138/CP;"),
        ("tiến", "thực"), ("a.", "a)"), ("b.", "b)"), ("", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"),
    }  # fmt: skip


def test_section_v_has_twelve_items_and_the_gap():
    """Numbers 1-7 and 9-13; nothing is put in the place of 8."""
    section = next(s for s in PLAN.sections if s.id == "v")
    assert [c.number for c in section.clauses] == [*map(str, range(1, 8)), *map(str, range(9, 14))]
    assert [gap.number for gap in section.gaps] == ["8"]
