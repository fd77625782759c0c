"""Numbers and abbreviations as they are said on the commune's loudspeaker, and how long a text takes."""

import pytest

from generator.words.speech import (
    count_words,
    reading_seconds,
    speak,
    spell_digits,
    spell_number,
    split_sentences,
    unspoken,
)

SAID = {"OTP": "ô tê pê", "VNeID": "vi-en-i-đi", "UBND": "ủy ban nhân dân"}


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "không"), (4, "bốn"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"),
        (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (44, "bốn mươi tư"), (100, "một trăm"),
        (105, "một trăm linh năm"), (115, "một trăm mười lăm"), (174, "một trăm bảy mươi tư"),
        (1001, "một nghìn không trăm linh một"), (1015, "một nghìn không trăm mười lăm"),
        (2025, "hai nghìn không trăm hai mươi lăm"), (10_500, "mười nghìn năm trăm"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn"), (2_005_000_000, "hai tỷ không trăm linh năm triệu"),
    ],
)  # fmt: skip
def test_a_number_in_words(number, words):
    """The irregular words come where they must: mốt, tư, lăm, linh, không trăm."""
    assert spell_number(number) == words


@pytest.mark.parametrize(
    "written, said",
    [
        ("Gọi 113.", "Gọi một một ba."),
        ("Nhắn tới 5656, gọi 156.", "Nhắn tới năm sáu năm sáu, gọi một năm sáu."),
        ("Có 113 người.", "Có một một ba người."),  # a telephone number is one wherever it stands
        ("Mã OTP và app VNeID", "Mã ô tê pê và app vi-en-i-đi"),
        ("LOTPA", "LOTPA"),
        ("lãi 20%/năm", "lãi hai mươi phần trăm một năm"),
        ("tăng 2,5%", "tăng hai phẩy năm phần trăm"),
        ("mất 1.250.000 đồng", "mất một triệu hai trăm năm mươi nghìn đồng"),
        ("từ ngày 01/3/2025", "từ ngày một tháng ba năm hai nghìn không trăm hai mươi lăm"),
        ("ngày 02/9", "ngày hai tháng chín"),
        ("tháng 4/2026", "tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("10-20 người", "mười đến hai mươi người"),
        ("số 0912345678", "số không chín một hai ba bốn năm sáu bảy tám"),
        ("Điều 174", "Điều một trăm bảy mươi tư"),
    ],
)
def test_a_text_as_it_is_said(written, said):
    """Nothing is left to be guessed by the one who reads aloud."""
    assert speak(written, SAID, phones=["113", "156", "5656"]) == said


def test_digits_one_by_one():
    """As telephone numbers are told."""
    assert spell_digits("5656") == "năm sáu năm sáu"


def test_what_cannot_be_said_is_found():
    """Abbreviations nobody explained and signs are named; names such as Zalo are not."""
    assert unspoken(speak("Mở Zalo, hỏi BLHS, trực 24/7 & a@b.vn", SAID)) == ["tư/bảy", "&", "a@b.vn", "BLHS"]
    assert unspoken(speak("Gọi 113 hoặc mở VNeID.", SAID)) == []


def test_sentences():
    """Each with its mark; an abbreviation with full stops is no end."""
    assert split_sentences("Một. “Hai?” Ba! Ở TP.HCM… thì thôi.") == ["Một.", "“Hai?”", "Ba!", "Ở TP.HCM… thì thôi."]
    assert split_sentences("Ma túy, cờ bạc, v.v. đang tăng. Ở xã thì khác.") == [
        "Ma túy, cờ bạc, v.v. đang tăng.", "Ở xã thì khác.",
    ]  # fmt: skip


def test_reading_time():
    """Every syllable counts, those between hyphens too."""
    assert count_words("Mở vi-en-i-đi – rồi bấm.") == 7
    assert reading_seconds(["một hai ba bốn năm sáu bảy"] * 10, 140) == 30
