"""Numbers and abbreviations as they are said on the commune's loudspeaker, and how long a text takes."""

import pytest

from generator.words.numerals import NORTH, roman_value, spell_digits
from generator.words.speech import count_words, numerals_of, reading_seconds, speak, split_sentences, unspoken

SAID = {"OTP": "ô tê pê", "VNeID": "vi-en-i-ai-đi", "UBND": "ủy ban nhân dân"}


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
    assert NORTH.spell(number) == words


@pytest.mark.parametrize(
    "written, said",
    [
        ("Ngày 14/11/2017", "Ngày mười bốn tháng mười một năm hai nghìn không trăm mười bảy"),
        ("113.000 đồng", "một trăm mười ba nghìn đồng"),
        ("156.000 đồng", "một trăm năm mươi sáu nghìn đồng"),
        ("113 vụ", "một trăm mười ba vụ"),
        ("dài 113 km", "dài một trăm mười ba ki-lô-mét"),
        ("0262.3852.113", "không hai sáu hai, ba tám năm hai, một một ba"),
        ("0905 123 456", "không chín không năm, một hai ba, bốn năm sáu"),
        ("+84 905 123 456", "cộng tám bốn, chín không năm, một hai ba, bốn năm sáu"),
        ("1900 6600", "một chín không không, sáu sáu không không"),
        ("1900.6600", "một chín không không, sáu sáu không không"),
        ("18001234", "một tám không không, một hai ba bốn"),
        ("9704 1234 5678 9012", "chín bảy không bốn, một hai ba bốn, năm sáu bảy tám, chín không một hai"),
        ("12345678901", "một hai, ba bốn năm, sáu bảy tám, chín không một"),
        ("14-11-2017", "ngày mười bốn tháng mười một năm hai nghìn không trăm mười bảy"),
        ("14.11.2017", "ngày mười bốn tháng mười một năm hai nghìn không trăm mười bảy"),
        ("19:30", "mười chín giờ ba mươi"),
        ("30% - 40%", "ba mươi phần trăm đến bốn mươi phần trăm"),
        ("8 giờ - 11 giờ", "tám giờ đến mười một giờ"),
        ("8h30 - 11h", "tám giờ ba mươi đến mười một giờ"),
        ("2017 — 2020", "hai nghìn không trăm mười bảy đến hai nghìn không trăm hai mươi"),
        (
            "14/11 - 20/11/2017",
            "ngày mười bốn tháng mười một đến ngày hai mươi tháng mười một năm hai nghìn không trăm mười bảy",
        ),
        ("12 km²", "mười hai ki-lô-mét vuông"),
        ("25 m", "hai mươi lăm mét"),
        ("50 ha", "năm mươi héc-ta"),
        ("5 kg", "năm ki-lô-gam"),
        ("$100", "một trăm đô la Mỹ"),
        ("−5", "âm năm"),
        ("Quý I, Mục V, Điều 6 khoản I", "Quý một, Mục năm, Điều sáu khoản một"),
        ("tháng 4 và ngày 1 tháng 4", "tháng tư và ngày một tháng tư"),
        ("trực 24/7", "trực cả ngày lẫn đêm, cả tuần"),
        ("24/24 giờ", "cả ngày lẫn đêm"),
        ("1/3 số hộ", "một phần ba số hộ"),
        ("dịp 2/9 và 1/10", "dịp ngày hai tháng chín và một tháng mười"),
        ("20/11", "ngày hai mươi tháng mười một"),
        ("Tháng 5/2025", "Tháng năm năm hai nghìn không trăm hai mươi lăm"),
        ("5.000.000đ", "năm triệu đồng"),
        ("500.000 đồng/tháng", "năm trăm nghìn đồng một tháng"),
        ("20%/năm", "hai mươi phần trăm một năm"),
        ("1.000 đồng/kg", "một nghìn đồng một ki-lô-gam"),
        ("8h30, 7g30", "tám giờ ba mươi, bảy giờ ba mươi"),
        ("100m, 5kg", "một trăm mét, năm ki-lô-gam"),
        ("Quý III/2017", "Quý ba năm hai nghìn không trăm mười bảy"),
        ("5 triệu VNĐ, 100 USD", "năm triệu đồng, một trăm đô la Mỹ"),
        ("Gọi 113.", "Gọi một, một, ba."),
        ("gọi số 113, 111 hoặc 156", "gọi số một, một, ba, một, một, một hoặc một, năm, sáu"),
        ("Nhắn tới 5656", "Nhắn tới năm, sáu, năm, sáu"),
        ("Tổng đài 111: miễn phí", "Tổng đài một, một, một: miễn phí"),
        ("Có 113 người gọi 113", "Có một trăm mười ba người gọi một, một, ba"),
        ("tăng 2,5%", "tăng hai phẩy năm phần trăm"),
        ("3,05%", "ba phẩy không năm phần trăm"),
        ("1.095.000", "một triệu không trăm chín mươi lăm nghìn"),
        ("2017-2020", "hai nghìn không trăm mười bảy đến hai nghìn không trăm hai mươi"),
        ("18-20 tuổi", "mười tám đến hai mươi tuổi"),
        ("Ea H’leo, Y Ban", "Ea H’leo, Y Ban"),
        ("số 0912345678", "số không chín một hai, ba bốn năm, sáu bảy tám"),
        ("Ma túy, cờ bạc, v.v.", "Ma túy, cờ bạc, vân vân."),
        ("v.v. đang tăng", "vân vân đang tăng"),
        ("5 vụ/tháng", "năm vụ một tháng"),
        ("trang 10-12, 14", "trang mười đến mười hai, mười bốn"),
        ("Gọi 113 - miễn phí", "Gọi một, một, ba - miễn phí"),
        ("5.000 người", "năm nghìn người"),
        ("từ 7h đến 9h", "từ bảy giờ đến chín giờ"),
        ("ngày 30/4 đến 1/5", "ngày ba mươi tháng tư đến một tháng năm"),
        ("Mã OTP và app VNeID", "Mã ô tê pê và app vi-en-i-ai-đi"),
        ("LOTPA", "LOTPA"),
        ("mất 1.250.000 đồng", "mất một triệu hai trăm năm mươi nghìn đồng"),
        ("từ ngày 01/3/2025", "từ ngày một tháng ba năm hai nghìn không trăm hai mươi lăm"),
        ("đến 20/11 và 2/9", "đến ngày hai mươi tháng mười một và hai tháng chín"),
        ("Điều 174", "Điều một trăm bảy mươi tư"),
        ("khoản II, kỳ XIV", "khoản hai, kỳ mười bốn"),
        ("1/2 tấn, 3/4 số xã", "một phần hai tấn, ba phần bốn số xã"),
        ("25°C", "hai mươi lăm độ xê"),
        ("lãi 3 triệu đồng/tháng", "lãi ba triệu đồng một tháng"),
    ],
)
def test_a_text_as_it_is_said(written, said):
    """Nothing is left to be guessed by the one who reads aloud."""
    assert speak(written, SAID, phones=["113", "111", "156", "5656"]) == said


@pytest.mark.parametrize(
    "written, left",
    [
        ("3.5", ["3.5"]),
        ("1.2.3", ["1.2.3"]),
        ("www.bocongan.gov.vn", ["www.bocongan.gov.vn"]),
        ("ngày 45/13/2024", ["45/13/2024"]),
        ("2/9", ["2/9"]),
        ("A05, PC02, QH15", ["A05", "PC02", "QH15"]),
        ("4170/QĐ-BCA-C41", ["4170/QĐ-BCA-C41"]),
        ("02/2025/NĐ-CP", ["02/2025/NĐ-CP"]),
        ("COVID-19, CSGT, TP.HCM", ["COVID-19", "TP.HCM", "CSGT"]),
        ("Nghị quyết số 173/2024/QH15", ["173/2024/QH15"]),
        ("vitamin C", ["C"]),
        ("2017-11-14", ["2017-11-14"]),
        ("Mở a@b.vn & c", ["a@b.vn", "&"]),
    ],
)
def test_what_is_not_known_stays_as_it_is_written(written, left):
    """And is found whole: never a word that the writer has not typed."""
    assert unspoken(speak(written, SAID, phones=["113", "156"])) == left


def test_the_south_says_it_otherwise():
    """`lẻ` and `ngàn` where data ask for them."""
    assert (
        speak("105, 1.005.000 đồng", {}, numerals=numerals_of("nam"))
        == "một trăm lẻ năm, một triệu không trăm lẻ năm ngàn đồng"
    )
    assert speak("2.000", {}, numerals=numerals_of("bac")) == "hai nghìn"


def test_digits_one_by_one():
    """As telephone numbers are told."""
    assert spell_digits("5656") == "năm sáu năm sáu"


@pytest.mark.parametrize("numeral, value", [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXXIX", 39), ("XL", 40)])
def test_roman_numerals(numeral, value):
    """A smaller one before a greater is taken off."""
    assert roman_value(numeral) == value


def test_what_cannot_be_said_is_found():
    """Abbreviations nobody explained and signs are named; names such as Zalo are not."""
    assert unspoken(speak("Mở Zalo, hỏi BLHS, trực 24/7 & a@b.vn", SAID)) == ["&", "a@b.vn", "BLHS"]
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
    assert reading_seconds(["một hai ba bốn năm sáu bảy"] * 10, 140, 600) == 36
