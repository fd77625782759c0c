"""Words of large type that stay on one line."""

import pytest

from generator.words.compounds import tie


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
