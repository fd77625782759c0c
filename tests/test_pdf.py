"""The PDF writer: what a reader, a screen reader and an archive find in the file, measured on the page."""

import io
import multiprocessing
import os
import re
import signal
import subprocess
from datetime import UTC, datetime

import pdfplumber
import pikepdf
import pytest

from generator.read.profile import read_profile
from generator.write.docx.docx import Source, write_docx
from generator.write.typst import pdf as writer
from generator.write.typst.pdf import PdfError, PdfPress, PdfWriter

TIME = datetime(2026, 11, 22, tzinfo=UTC)
MM = 72 / 25.4
LETTERHEAD = """
<div class="columns letterhead">
<div><div class="issuing-body">ỦY BAN NHÂN DÂN<br>TỈNH ĐẮK LẮK</div></div>
<div><div class="national-name">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><div class="motto">Độc lập - Tự do - Hạnh phúc</div></div>
<div><div class="document-number">Số: /KH-UBND</div></div><div><div class="place-date">Đắk Lắk, ngày tháng năm</div></div>
</div>
<div class="type-name">KẾ HOẠCH</div><div class="subject">Phòng, chống tội phạm trên địa bàn tỉnh</div>"""
HEADINGS = """
<h1 id="i" class="section-heading">I. MỤC TIÊU</h1><h2 id="i-1" class="clause-heading">1. Mục tiêu chung</h2>
<h3 id="i-1-a" class="point-heading">a) Cụ thể</h3>"""
PARAGRAPH = (
    "<p>- Chủ động nắm tình hình, rà soát, phát hiện, lập danh sách các băng nhóm đang có biểu hiện hoạt động.</p>"
)
SIGNATURE = """
<div class="columns signature"><div><div class="recipients-heading">Nơi nhận:</div><div class="recipient">- Lưu: VT.</div></div>
<div><div class="position">CHỦ TỊCH</div><div class="signatory">Nguyễn Văn A</div></div></div>"""


def page(body, running=""):
    meta = f'<meta name="running" content="{running}">' if running else ""
    return (
        '<!doctype html><html lang="vi-VN"><head><meta charset="utf-8"><title>Kế hoạch thử</title>'
        f'<meta name="author" content="UBND tỉnh">{meta}</head><body>{body}</body></html>'
    )


def table(rows):
    body = "".join(f"<tr><td>{i}</td><td>{text}</td></tr>" for i, text in enumerate(rows, 1))
    return (
        '<table><colgroup><col style="width: 10%"><col style="width: 90%"></colgroup>'
        f"<thead><tr><th>TT</th><th>Nội dung</th></tr></thead><tbody>{body}</tbody></table>"
    )


@pytest.fixture(scope="module")
def profile(request):
    return read_profile(request.config.rootpath / "site_templates" / "profiles" / "nd30-2020.yml")


@pytest.fixture(scope="module")
def make(profile):
    """The PDF of a page's HTML."""
    writer = PdfWriter(profile, TIME)

    def pdf(html, landscape=False):
        return writer.write(write_docx([Source("p", html, landscape)], profile, 0)[0].ast)

    return pdf


@pytest.fixture(scope="module")
def plan(make):
    """A document of several pages."""
    return make(page(LETTERHEAD + HEADINGS + PARAGRAPH * 30 + SIGNATURE))


@pytest.fixture(scope="module")
def sheet(make):
    """A sheet in landscape with a table of several pages."""
    return make(page(HEADINGS + table(["Nội dung công việc phải làm. " * 12] * 25), running="Phiếu: Sở Tư pháp"), True)


def pages(pdf):
    return pdfplumber.open(io.BytesIO(pdf)).pages


def words(page):
    return [w["text"] for w in page.extract_words()]


def tags(pdf):
    """The structure elements in reading order."""

    def below(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from below(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S)[1:]
            if "/K" in node:
                yield from below(node.K)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(below(opened.Root.StructTreeRoot.K))


# The file -----------------------------------------------------------------------------------------------------------


def test_the_file_says_that_it_is_an_accessible_archive(plan):
    """PDF/A-2a and PDF/UA-1 together, with title, author, language and the title shown in the window."""
    with pikepdf.open(io.BytesIO(plan)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert meta["dc:title"] == "Kế hoạch thử" and list(meta["dc:creator"]) == ["UBND tỉnh"]
        assert str(pdf.Root.Lang) == "vi-VN"
        assert pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle


def test_only_tinos_is_embedded(plan, sheet):
    """Every face is the profile's, and every one is in the file."""
    for pdf in (plan, sheet):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            faces = [font for page in opened.pages for font in page.Resources.Font.values()]
            for face in faces:
                descriptor = face.DescendantFonts[0].FontDescriptor
                assert "+Tinos-" in str(face.BaseFont) and ("/FontFile2" in descriptor or "/FontFile3" in descriptor)


def test_two_writers_give_the_same_bytes_with_a_fixed_time(profile, make, plan):
    """Nothing but the data decides the file; its time is the edition's."""
    html = page(LETTERHEAD + HEADINGS + PARAGRAPH * 30 + SIGNATURE)
    assert PdfWriter(profile, TIME).write(write_docx([Source("x", html)], profile, 1)[0].ast) == plan
    with pikepdf.open(io.BytesIO(plan)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122000000")


def test_headings_are_tagged_from_level_one_and_are_bookmarks(plan):
    """H1, H2, H3 without a gap; the outline is the same tree."""
    assert [t for t in tags(plan) if re.fullmatch(r"H\d", t)] == ["H1", "H2", "H3"]
    with pikepdf.open(io.BytesIO(plan)) as pdf, pdf.open_outline() as outline:
        (first,) = outline.root
        assert (first.title, first.children[0].title) == ("I. MỤC TIÊU", "1. Mục tiêu chung")
        assert first.children[0].children[0].title == "a) Cụ thể"


def test_layout_is_not_a_table_and_a_table_is(plan, sheet):
    """The letterhead and the signature are no data; a sheet's table has header cells."""
    assert "Table" not in tags(plan)
    assert tags(sheet).count("Table") == 1 and tags(sheet).count("TH") == 2


# The page -----------------------------------------------------------------------------------------------------------


def test_the_text_stands_between_the_profile_s_margins(plan, profile):
    """On A4 no letter but the page number is outside the text block, and justified lines fill it."""
    left, right = profile.page.margins.left * MM, (210 - profile.page.margins.right) * MM
    for number, sheet in enumerate(pages(plan), 1):
        assert (sheet.width, sheet.height) == (pytest.approx(210 * MM, abs=0.1), pytest.approx(297 * MM, abs=0.1))
        body = [c for c in sheet.chars if c["text"].strip() and c["top"] > profile.page.margins.top * MM - 1]
        assert min(c["x0"] for c in body) >= left - 0.5 and max(c["x1"] for c in body) <= right + 0.5, number
        assert max(c["bottom"] for c in body) <= (297 - profile.page.margins.bottom) * MM + 1
    assert any(abs(c["x1"] - right) < 0.5 for c in pages(plan)[1].chars)


def test_a_changed_profile_moves_the_text(profile):
    """The profile is the only source of dimensions: margin, size, indent."""
    html = page("<p>Một đoạn văn bản.</p>")

    def first_letter(wanted):
        return pages(PdfWriter(wanted, TIME).write(write_docx([Source("p", html)], wanted, 0)[0].ast))[0].chars[0]

    body = profile.blocks["body"].model_copy(update={"size": 13, "first_indent": 10})
    margins = profile.page.margins.model_copy(update={"left": 35, "top": 25})
    wanted = profile.model_copy(
        update={
            "page": profile.page.model_copy(update={"margins": margins}),
            "blocks": {**profile.blocks, "body": body},
        }
    )
    old, new = first_letter(profile), first_letter(wanted)
    assert (old["x0"], new["x0"]) == (pytest.approx(42.7 * MM, abs=0.5), pytest.approx(45 * MM, abs=0.5))
    assert new["top"] - old["top"] == pytest.approx(5 * MM, abs=1)
    assert (old["size"], new["size"]) == (14, 13)


def test_the_page_number_stands_top_centre_from_page_two(plan, profile):
    """None on page 1; upright, 13–14 pt, in the middle of the top margin after."""
    first, second, *_ = pages(plan)
    above = [[c for c in p.chars if c["bottom"] < profile.page.margins.top * MM] for p in (first, second)]
    assert above[0] == []
    (number,) = above[1]
    middle = (profile.page.margins.left + 210 - profile.page.margins.right) / 2 * MM
    assert number["text"] == "2" and (number["x0"] + number["x1"]) / 2 == pytest.approx(middle, abs=1)
    assert number["size"] in (13, 14) and number["top"] == pytest.approx(profile.page.header * MM, abs=3)


def test_rules_are_as_long_as_the_decree_says(plan):
    """Under Tiêu ngữ exactly its text; under the issuing body 14.4–17 mm; under the subject 1/3–1/2; all centred."""
    first = pages(plan)[0]
    issuer, motto, subject = sorted(first.lines, key=lambda line: (round(line["top"]), line["x0"]))
    line_of = {text: _line(first, text) for text in ("Độc", "TỈNH", "Phòng,")}
    assert (motto["x0"], motto["x1"]) == pytest.approx(line_of["Độc"], abs=0.5)
    assert 14.4 <= (issuer["x1"] - issuer["x0"]) / MM <= 17.1
    for rule, text in ((issuer, "TỈNH"), (subject, "Phòng,")):
        x0, x1 = line_of[text]
        assert (rule["x0"] + rule["x1"]) / 2 == pytest.approx((x0 + x1) / 2, abs=1)
    share = (subject["x1"] - subject["x0"]) / (line_of["Phòng,"][1] - line_of["Phòng,"][0])
    assert 1 / 3 <= share <= 1 / 2


def _line(page, first_word):
    """The two ends of the text that begins with a word, on its line and in its column."""
    found = page.extract_words()
    start = next(w for w in found if w["text"] == first_word)
    same = [w for w in found if abs(w["top"] - start["top"]) < 2 and w["x0"] >= start["x0"] - 1]
    end = start["x1"]
    for word in same[1:]:
        if word["x0"] - end > 12:
            break
        end = word["x1"]
    return start["x0"], end


def test_number_and_date_share_a_line(plan):
    """Ô 3 and ô 4 of the decree's scheme."""
    tops = {w["text"]: w["bottom"] for w in pages(plan)[0].extract_words()}
    assert tops["Số:"] == pytest.approx(tops["Lắk,"], abs=1.5)


@pytest.mark.parametrize("count", range(10, 20))
def test_the_signature_never_stands_alone(make, count):
    """Wherever the page ends, recipients, position and name are on one page, and the body's last lines with them."""
    closing = '<div class="closing">Kế hoạch này được giao cho các cơ quan tổ chức thực hiện ĐOẠN CUỐI./.</div>'
    last = words(pages(make(page(LETTERHEAD + PARAGRAPH * count + closing + SIGNATURE)))[-1])
    assert {"CUỐI./.", "nhận:", "Lưu:", "TỊCH", "Văn"} <= set(last)


def test_a_sheet_is_landscape_and_names_itself_on_every_page(sheet):
    """The identification at the foot, page and total at the top, from page 1; the header row is repeated."""
    found = pages(sheet)
    assert len(found) > 2
    for number, each in enumerate(found, 1):
        assert each.width > each.height
        said = words(each)
        assert f"{number}/{len(found)}" in said and "Phiếu:" in said and "TT" in said


def test_rows_are_not_broken_across_pages(make):
    """A row's first and last words are on one page."""
    rows = [f"đầu{i} " + "Nội dung công việc phải làm. " * (i % 7 + 3) + f"cuối{i}" for i in range(30)]
    for each in pages(make(page(table(rows)))):
        said = words(each)
        starts = {w.removeprefix("đầu") for w in said if w.startswith("đầu")}
        assert starts == {w.removeprefix("cuối") for w in said if w.startswith("cuối")}


def test_what_is_larger_than_a_page_or_a_line_is_not_lost(make, profile):
    """A row longer than a page runs on; an unbroken word of 5,000 letters stays inside the margins."""
    found = pages(make(page(table(["từ " * 3000]) + f"<p>{'x' * 5000}</p>")))
    assert sum(words(each).count("từ") for each in found) == 3000
    letters = [c for each in found for c in each.chars if c["text"] == "x"]
    assert len(letters) == 5000
    assert max(c["x1"] for c in letters) <= (210 - profile.page.margins.right) * MM + 1


# What may not come in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "named"), [("xin 中 chào", "中 (U+4E2D)"), ("ổn 😀", "😀 (U+1F600)")])
def test_a_missing_letter_is_an_error_that_names_it(make, text, named):
    """Never a box in print."""
    with pytest.raises(PdfError, match=r"phông Tinos không có chữ") as caught:
        make(page(f"<p>{text}</p>"))
    assert named in str(caught.value)


@pytest.mark.parametrize("strike", [signal.SIGSTOP, signal.SIGKILL])
def test_a_press_that_hangs_or_dies_is_told(profile, monkeypatch, strike):
    """Case 65: the run ends with a message; it does not wait for a process that does not answer."""
    monkeypatch.setattr(writer, "_TIMEOUT_SECONDS", 1)
    with pytest.raises(PdfError, match="bị dừng hoặc không trả lời"), PdfPress(profile, TIME) as press:
        first = press.submit(b"{}")
        for worker in multiprocessing.active_children():
            os.kill(worker.pid, strike)
        first()


def test_vietnamese_and_ede_letters_are_there(make, tmp_path, program):
    """Composed letters, ơ̆ ư̆ ê̆ of Ê Đê, both apostrophes, the dash and the quotes, as a reader copies them."""
    text = "ẦẪỬỮỢđĐðẵặ ơ̆ ư̆ ê̆ Cư M'gar M’Drắk – “ngoặc” … ≥ 75%"
    (tmp_path / "p.pdf").write_bytes(make(page(f"<p>{text}</p>")))
    copied = subprocess.run([program("pdftotext"), tmp_path / "p.pdf", "-"], capture_output=True, check=True).stdout
    assert text in copied.decode("utf-8")


def test_hostile_text_is_printed_as_it_stands(make):
    """Nothing of Typst's, pandoc's or HTML's is evaluated."""
    hostile = '#read("/etc/passwd") $x^2$ @y *z* _w_ = a <b>c</b> \\input{d} {{7*7}} // e /* f */ [g](h) https://i.vn'
    inert = hostile.replace("&", "&amp;").replace("<", "&lt;")
    first = pages(make(page(f'<h1 class="section-heading">{inert}</h1><p>{inert}</p>')))[0]
    assert " ".join(words(first)).count(hostile) == 2
    assert first.annots == []


def test_a_link_to_the_web_is_tagged(make):
    """A link is an annotation and a Link element."""
    pdf = make(page('<p><a href="https://daklak.gov.vn/">trang tin</a></p>'))
    assert [a["uri"] for a in pages(pdf)[0].hyperlinks] == ["https://daklak.gov.vn/"]
    assert "Link" in tags(pdf)


def test_a_heading_and_its_note_stay_with_their_table(make):
    """Wherever the page ends, the heading, the note and the first row are on one page."""
    part = '<h1 class="sheet-heading">MỤC</h1><div class="sheet-note">GHI</div>' + table(["HÀNG"])
    for count in range(12, 20):
        said = [words(each) for each in pages(make(page("<p>một dòng</p>" * count + part), True))]
        assert [{"MỤC", "GHI", "HÀNG"} <= set(each) for each in said][-1], count


def test_a_row_taller_than_the_page_breaks(make, profile):
    """One long cell beside a short one: all its words are printed, none below the text block."""
    pdf = make(page(HEADINGS + table(["Ngắn.", " ".join(f"từ{n}" for n in range(3000)), "Cuối."])))
    found = pages(pdf)
    assert len(found) > 2
    lowest = max(char["bottom"] for sheet in found for char in sheet.chars if char["text"].strip())
    assert lowest <= (297 - profile.page.margins.bottom) * MM + 1
    text = " ".join(sheet.extract_text() for sheet in found)
    assert "từ0 " in text and "từ2999" in text and "Cuối." in text
