"""Words of large type that stay on one line."""

import pytest

from generator.words.compounds import tie, tie_phrases


@pytest.mark.parametrize("text, tied", [
    ("Báo công an xã", "Báo công\u00a0an xã"),
    ("Công an, tài khoản, tổ chức", "Công\u00a0an, tài\u00a0khoản, tổ\u00a0chức"),
    ("tiền bảo kê", "tiền\u00a0bảo\u00a0kê"),  # the longest word that stands there
    ("bốn công anh em", "bốn công anh em"),  # no part of another word
    ("không có chữ nào", "không có chữ nào"),
])  # fmt: skip
def test_a_word_of_two_syllables_is_kept_together(text, tied):
    """And nothing else of the text is changed."""
    assert tie(text) == tied
    assert tie(text).replace("\u00a0", " ") == text


@pytest.mark.parametrize("text, lines", [
    ("Đừng bấm link lạ, đừng đọc mã", ["Đừng bấm link lạ,", "đừng đọc mã"]),
    ("Vay nóng: dễ vào, khó ra", ["Vay nóng:", "dễ vào,", "khó ra"]),
    ("Đón người trở về", ["Đón", "người", "trở về"]),  # one phrase may break anywhere between words
    ("Một câu dài quá hai mươi hai chữ, rồi thôi", ["Một", "câu", "dài", "quá", "hai", "mươi", "hai", "chữ,", "rồi thôi"]),
])  # fmt: skip
def test_a_headline_breaks_after_a_phrase(text, lines):
    """Where it may break, it breaks at its marks."""
    assert [part.replace("\u00a0", " ") for part in tie_phrases(text, 22).split(" ")] == lines
