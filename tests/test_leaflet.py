"""A topic's forms as files: what a printer, a telephone's camera, a screen reader and Word find in them."""

import io
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pdfplumber
import pikepdf
import pytest
import zxingcpp
from browser import opened, served, violations
from memory import made, real, real_project
from PIL import Image, ImageFont
from topics import IDS, ROOT, load_topics

from generator.diagnostics import DataError
from generator.make.artefacts import list_artefacts
from generator.make.fit import check_fit
from generator.make.press import Workshop
from generator.make.topics import FORMS, view_topics
from generator.model.topic import Topic
from generator.views.topic import DRAFT
from generator.words.colour import contrast
from generator.write.typst.layout import LayoutWriter, qr_svg

MM = 72 / 25.4
A5, A3 = (148, 210), (297, 420)
A4, CUT = (210, 297), (321, 444)  # CUT: A3, 3 mm that are cut off and 9 mm for the marks, on each side
PAGES = {"to-roi.pdf": (A5, 2), "ap-phich.pdf": (A3, 1), "ap-phich-a4.pdf": (A4, 1), "ap-phich-xen.pdf": (CUT, 1)}
POSTERS = {"ap-phich.pdf": 1.0, "ap-phich-a4.pdf": 210 / 297, "ap-phich-xen.pdf": 1.0}
OFFICIAL = ("site.yml", "address: https://ke-hoach.example/", "address: https://ke-hoach.daklak.gov.vn/")
COLOURS = {"do": "#a61b1b", "nau": "#8a4b08", "tim": "#5b2a86", "xanh": "#1f6b3a"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def folder(real_build):
    return real_build / "documents" / "tuyen-truyen"


@pytest.fixture(scope="module")
def site(real_build):
    with served(real_build / "site") as address:
        yield address


def front(topic):
    _, found = load_topics()
    return next(t.topic for t in found.awareness.topics if t.id == topic)


def words(path):
    """The text of a PDF without its line breaks."""
    with pdfplumber.open(path) as pdf:
        return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def figures(path):
    """A PDF's figures, as its tags have them."""

    def below(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from below(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node.S == "/Figure":
                yield node
            yield from below(node.get("/K", pikepdf.Array()))

    with pikepdf.open(path) as pdf:
        yield from below(pdf.Root.StructTreeRoot.K)


def alternatives(path):
    """The alternative texts of a PDF's figures."""
    return [str(figure.get("/Alt", "")) for figure in figures(path)]


# All of them --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", IDS)
def test_every_form_is_there(folder, topic):
    """Leaflet PDF and DOCX, poster, script DOCX and text, card, words to share."""
    assert sorted(p.name for p in (folder / topic).iterdir()) == sorted(kind.file for kind in FORMS)


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("topic", IDS)
def test_a_pdf_is_an_accessible_archive(folder, topic, file):
    """Tagged, PDF/A-2a and PDF/UA-1, of the paper's size, every face embedded."""
    (width, height), count = PAGES[file]
    with pikepdf.open(folder / topic / file) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
            assert meta["dc:title"] == front(topic).title
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "vi-VN"
        assert len(pdf.pages) == count
        for page in pdf.pages:
            assert [float(v) / MM for v in page.MediaBox] == pytest.approx([0, 0, width, height], abs=0.1)
            for face in page.Resources.Font.values():
                assert re.search(r"\+(BeVietnamPro|Tinos)-", str(face.BaseFont)), face.BaseFont


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("topic", IDS)
def test_the_picture_is_described(folder, topic, file):
    """The drawing's description is in the file, and no figure is without one; no code leads to an address that is none."""
    assert alternatives(folder / topic / file) == [front(topic).picture_alt]


def test_the_printed_code_leads_to_the_page(program, tmp_path):
    """A leaflet of a government site has a code; rendered at print resolution and in grey, another program reads it."""
    target, page = tmp_path / "to-roi.pdf", "https://ke-hoach.daklak.gov.vn/tuyen-truyen/ma-tuy/"
    outputs = made(
        real_project(data=[OFFICIAL]), lambda row: row.path.endswith(("ma-tuy/to-roi.pdf", "ma-tuy/to-roi.docx"))
    )
    target.write_bytes(outputs["documents/tuyen-truyen/ma-tuy/to-roi.pdf"])
    assert f"Mã QR mở trang {page.partition('://')[2].rstrip('/')}" in alternatives(target)
    command = [program("pdftoppm"), "-gray", "-r", "200", "-f", "2", "-singlefile", "-png", target, tmp_path / "page"]
    subprocess.run(command, check=True)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(tmp_path / "page.png"))] == [page]
    (tmp_path / "to-roi.docx").write_bytes(outputs["documents/tuyen-truyen/ma-tuy/to-roi.docx"])
    root, names = document(tmp_path / "to-roi.docx")
    assert len([e for e in root.iter() if e.tag.endswith("}docPr")]) == 2
    with zipfile.ZipFile(tmp_path / "to-roi.docx") as archive:
        pictures = [Image.open(io.BytesIO(archive.read(name))) for name in names if name.startswith("word/media/")]
    assert [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)] == [page]


def test_another_page_has_another_code():
    """Negative control: the reader does read."""
    svg = qr_svg("https://khac.example/").encode()
    png = LayoutWriter(
        ROOT / "node_modules/@expo-google-fonts/tinos", "Tinos", datetime(2026, 1, 1, tzinfo=UTC)
    ).picture(svg.decode(), 400)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))] == ["https://khac.example/"]


@pytest.mark.parametrize("topic", IDS)
def test_a_leaflet_says_everything(folder, topic):
    """Message, signs, what to do and not to do, where to report, the address; and that nobody has approved it."""
    text, item = words(folder / topic / "to-roi.pdf"), front(topic)
    for line in (item.title, item.message, *item.signs, *item.do, *item.dont, *item.happened):
        assert " ".join(line.split()) in text, line
    assert text.count(DRAFT) == 2 and "cần xác nhận" not in text and "Kế hoạch" not in text
    assert f"Luật: {view_of(topic).law_line}." in text.replace("\xa0", " ")
    assert all(channel.value in text for channel in view_of(topic).channels)


@pytest.mark.parametrize("topic", IDS)
def test_a_leaflet_is_read_without_glasses(folder, topic):
    """12 pt at least, but for the draft's strip, the sender, the page's number and the numbers in their discs.

    What Be Vietnam Pro lacks, and nothing else, is set in another face.
    """
    with pdfplumber.open(folder / topic / "to-roi.pdf") as pdf:
        small = [w for page in pdf.pages for w in page.extract_words(extra_attrs=["size"]) if w["size"] < 11.99]
        other = {c["text"] for page in pdf.pages for c in page.chars if "BeVietnamPro" not in c["fontname"]}
    read = " ".join(word["text"] for word in small)
    for said in (DRAFT, "Ủy ban nhân dân tỉnh Đắk Lắk", "Trang 1/2", "Trang 2/2"):
        read = read.replace(said, "")
    assert [word for word in read.split() if word not in "123456"] == []
    assert other <= {"→"}


def view_of(topic):
    return next(view for view in view_topics(real()).topics if view.id == topic)


@pytest.mark.parametrize("file", POSTERS)
@pytest.mark.parametrize("topic", IDS)
def test_a_poster_is_read_at_three_metres(folder, topic, file):
    """What passers-by must read has letters whose x is 10.5 mm high on A3, in the same share on A4; the message is there."""
    item, unit = front(topic), POSTERS[file]
    with pdfplumber.open(folder / topic / file) as pdf:
        letters = pdf.pages[0].chars
    sizes = {}
    for letter in letters:
        sizes.setdefault(round(letter["size"] * _x_share(letter["fontname"]) / MM, 2), []).append(letter["text"])
    texts = {height: squeezed("".join(found)) for height, found in sizes.items()}
    whole = squeezed("".join(letter["text"] for letter in letters))
    for line in (item.short.call, *item.short.signs, *item.short.do, *item.short.dont):
        assert any(h >= 10.5 * unit and squeezed(line) in text for h, text in texts.items()), line
    assert squeezed(item.message) in whole and squeezed(DRAFT) in whole and squeezed("cần xác nhận") not in whole
    assert min(letter["size"] for letter in letters) >= 12 * unit - 0.01


def squeezed(text):
    return "".join(text.split())


def _x_share(name):
    """The height of an x in ems: of the face as it is installed, not of a guess."""
    weight = re.search(r"BeVietnamPro-(\w+)", name)[1]
    path = next((ROOT / "node_modules/@expo-google-fonts/be-vietnam-pro").rglob(f"*_*{weight}.ttf"))
    return -ImageFont.truetype(path, 1000).getbbox("x", anchor="ls")[1] / 1000


@pytest.mark.parametrize("file", POSTERS)
@pytest.mark.parametrize("topic", IDS)
def test_the_drawing_fills_the_poster(folder, topic, file):
    """It has 40 per cent of the height of the sheet that hangs on the wall, by the box that the page's tags give."""
    (box,) = (figure.A[0].BBox for figure in figures(folder / topic / file))
    height = A4[1] if "a4" in file else A3[1]
    assert float(box[3]) - float(box[1]) >= 0.4 * height * MM


def test_what_is_cut_off_is_coloured(folder):
    """The variant for a print shop: colour runs 3 mm over the cut, and eight marks show where to cut."""
    with pdfplumber.open(folder / "ma-tuy" / "ap-phich-xen.pdf") as pdf:
        page = pdf.pages[0]
        bands = [r for r in page.rects if r["width"] > 297 * MM]
        marks = [line for line in page.lines if line["linewidth"] == pytest.approx(0.25)]
    assert len(bands) == 2 and all(band["x0"] == pytest.approx(9 * MM, abs=0.1) for band in bands)
    assert max(band["bottom"] for band in bands) == pytest.approx((444 - 9) * MM, abs=0.1)
    assert len(marks) == 8


@pytest.mark.parametrize("colour", get_args(Topic.model_fields["colour"].annotation))
def test_white_on_a_topics_colour_is_read(colour):
    """AA: 4.5 to 1; and in grey, no colour is so light that white on it is lost."""
    text = (ROOT / "site_templates" / "print" / "brand.typ").read_text(encoding="utf-8")
    shown = re.search(rf'"{colour}": rgb\("(#\w{{6}})"\)', text)[1]
    assert shown == COLOURS[colour] and contrast(shown, "#ffffff") >= 4.5


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("topic", IDS)
def test_nothing_runs_over_the_edge(folder, topic, file):
    """Every letter stands inside the page with a margin for the printer."""
    with pdfplumber.open(folder / topic / file) as pdf:
        for page in pdf.pages:
            edge = 5 * MM
            for letter in page.chars:
                assert edge <= letter["x0"] and letter["x1"] <= float(page.width) - edge
                assert 0.5 * edge <= letter["top"] and letter["bottom"] <= float(page.height) - 0.5 * edge


@pytest.mark.parametrize("topic", IDS)
def test_a_card_has_the_size_that_is_shared(folder, topic):
    """1200 × 630 pixels, and not empty."""
    card = Image.open(folder / topic / "the-chia-se.png")
    assert card.size == (1200, 630)
    assert len(card.convert("RGB").getcolors(1_000_000)) > 50


def test_all_leaflets_in_one(folder):
    """The bundle has every leaflet, two pages each, and is as accessible as one."""
    with pikepdf.open(folder / "tat-ca-to-roi.pdf") as pdf, pdf.open_metadata() as meta:
        assert len(pdf.pages) == 2 * len(IDS)
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("2", "1")
    assert len(alternatives(folder / "tat-ca-to-roi.pdf")) == len(IDS)


# Word ---------------------------------------------------------------------------------------------------------------


def document(path):
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read("word/document.xml")), archive.namelist()


CARDS = {"the-vuong.png": 1080, "the-doc.png": 1350, **{f"the-vuong-{n}.png": 1080 for n in (1, 2, 3, 4)}}


@pytest.mark.parametrize("topic", IDS)
def test_the_cards_for_telephones(folder, topic):
    """The sizes that Zalo and Facebook show whole, light enough to send, the topic's colour at the foot, no two alike."""
    seen = set()
    for name, height in CARDS.items():
        raw = (folder / topic / name).read_bytes()
        card = Image.open(io.BytesIO(raw)).convert("RGB")
        assert card.size == (1080, height) and len(raw) < 300_000
        assert "#{:02x}{:02x}{:02x}".format(*card.getpixel((5, height - 5))) == COLOURS[front(topic).colour]
        seen.add(raw)
    assert len(seen) == len(CARDS) - 1  # the series begins with the square one


@pytest.mark.parametrize("topic", IDS)
def test_the_word_leaflet(folder, topic):
    """The same words in A5, its pictures described and inside the file."""
    root, names = document(folder / topic / "to-roi.docx")
    text = "\n".join(
        "".join(t.text or "" if t.tag == f"{W}t" else " " for t in p.iter() if t.tag in (f"{W}t", f"{W}br"))
        for p in root.iter(f"{W}p")
    )
    item = front(topic)
    for line in (DRAFT, item.title, item.message, *item.signs, *item.do, *item.dont, *item.happened):
        assert line in text
    described = [e.get("descr") for e in root.iter() if e.tag.endswith("}docPr")]
    assert described == [item.picture_alt]
    assert sum(name.startswith("word/media/") for name in names) == 1
    size = next(root.iter(f"{W}pgSz"))
    assert (int(size.get(f"{W}w")), int(size.get(f"{W}h"))) == (round(148 * MM * 20), round(210 * MM * 20))


@pytest.mark.parametrize("topic", IDS)
def test_the_script_for_the_loudspeaker(folder, topic):
    """Word and text say the same sentences, digits nowhere but in what is not read aloud."""
    root, _ = document(folder / topic / "loa.docx")
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    lines = (folder / topic / "loa.txt").read_bytes().decode("utf-8-sig").split("\r\n")
    said = [line for line in lines if line and not line.startswith("[")]
    first = paragraphs.index(said[0])
    assert paragraphs[first : first + len(said)] == said
    assert paragraphs[first - 1].startswith("Đây là Đài truyền thanh ....")
    assert [p.partition(":")[0] for p in paragraphs[first + len(said) :] if p] == ["Người viết", "Ngày phát"]
    assert any(line.startswith("[Cần xác nhận trước khi đọc: số ") for line in lines) == bool(
        view_of(topic).script.unconfirmed
    )
    assert f"[{DRAFT}]" in lines and DRAFT in paragraphs
    assert not re.search(r"\d", " ".join(said))


@pytest.mark.parametrize("topic", IDS)
def test_the_script_for_a_speech_engine(folder, topic):
    """SSML: the same sentences, a pause after each, the message stressed, the draft's mark no word of it."""
    root = ET.fromstring((folder / topic / "loa.ssml").read_bytes())
    script, ssml = view_of(topic).script, "{http://www.w3.org/2001/10/synthesis}"
    assert root.tag == f"{ssml}speak" and root.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi-VN"
    assert ["".join(s.itertext()) for s in root.iter(f"{ssml}s")] == list(script.sentences)
    assert [b.get("time") for b in root.iter(f"{ssml}break")] == ["600ms"] * len(script.sentences)
    assert [e.text for e in root.iter(f"{ssml}emphasis")] == [script.message] * 2
    assert f"<!--{DRAFT}-->" in (folder / topic / "loa.ssml").read_text("utf-8-sig")


@pytest.mark.parametrize("topic", IDS)
def test_two_readers_take_three_to_five_minutes(folder, topic):
    """They read in turn; between them they say all that the leaflet lists, and no digit."""
    dialogue = view_of(topic).dialogue
    assert 180 <= dialogue.seconds <= 300
    root, _ = document(folder / topic / "loa-dai.docx")
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    turns = [p for p in paragraphs if p.startswith("Người thứ")][1:]
    assert [t.partition(": ")[0] for t in turns] == ["Người thứ nhất", "Người thứ hai"] * (len(turns) // 2)
    assert [t.partition(": ")[2] for t in turns] == [" ".join(turn) for turn in dialogue.turns]
    assert not re.search(r"\d", " ".join(turns)) and DRAFT in paragraphs
    item = front(topic)
    assert [len(turn) for turn in dialogue.turns[5:12:2]] == [
        len(item.signs), len(item.do), len(item.dont), len(item.happened),
    ]  # fmt: skip


def test_a_topic_with_headings_of_its_own_is_asked_by_them():
    """Where the usual question would hurt."""
    turns = view_of("nguoi-lam-loi-tro-ve").dialogue.turns
    assert turns[4] == ("Họ hay gặp khó gì?",) and turns[8] == ("Điều nên tránh?",)


def styles_of(path):
    """A Word file's paragraph styles by their key, and the glyph or format of the list that each belongs to."""
    with zipfile.ZipFile(path) as archive:
        styles = ET.fromstring(archive.read("word/styles.xml"))
        numbering = ET.fromstring(archive.read("word/numbering.xml"))
    abstract = {a.get(f"{W}abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
    lists = {
        n.get(f"{W}numId"): abstract[n.find(f"{W}abstractNumId").get(f"{W}val")] for n in numbering.iter(f"{W}num")
    }
    found = {}
    for style in styles.iter(f"{W}style"):
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        held = lists[number.get(f"{W}val")].find(f"{W}lvl") if number is not None else None
        found[style.get(f"{W}styleId")] = style, held
    return found


def test_the_word_leaflet_looks_like_the_printed_one(folder):
    """Marks are bullets of Word's own, heads are shaded with a contrast of 4.5 at least, 113 is large, 12 pt the least."""
    root, _ = document(folder / "ma-tuy" / "to-roi.docx")
    used = [p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for p in root.iter(f"{W}p")]
    styles = styles_of(folder / "ma-tuy" / "to-roi.docx")
    marks = {key: held.find(f"{W}lvlText").get(f"{W}val") for key, (_, held) in styles.items() if held is not None}
    assert [marks[key] for key in dict.fromkeys(used) if key in marks] == ["⚠", "✔", "✘", "%1."]
    shaded = {
        key: (_of(style, "pPr/shd", "fill"), _of(style, "rPr/color", "val")) for key, (style, _) in styles.items()
    }
    heads = [key for key in dict.fromkeys(used) if all(shaded[key])]
    assert heads == ["title-tim", "Heading2", "call-tim", "part-do", "part-dont", "part-happened", "stamp"]
    assert all(contrast(*(f"#{colour}" for colour in shaded[key])) >= 4.5 for key in heads)
    sizes = {key: int(_of(styles[key][0], "rPr/sz", "val")) / 2 for key in used}
    assert sizes["call-tim"] == 20
    assert {key: size for key, size in sizes.items() if size < 12} == {"draft": 10}
    tags = [tag.get(f"{W}val") for tag in root.iter(f"{W}tag")]
    assert tags == ["don-vi", "dien-thoai"]


def _of(style, path, attribute):
    found = style.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


def test_word_files_take_one_sheet(folder, program, tmp_path):
    """As LibreOffice breaks the pages: the longest leaflet has two, the longest script one, for two readers two."""
    longest = {
        name: max(IDS, key=lambda topic: len(words_of(folder / topic / name)))
        for name in ("to-roi.docx", "loa.docx", "loa-dai.docx")
    }
    for name, topic in longest.items():
        command = [program("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", tmp_path, folder / topic / name]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with pikepdf.open(tmp_path / f"{Path(name).stem}.pdf") as pdf:
            assert len(pdf.pages) == {"to-roi.docx": 2, "loa.docx": 1, "loa-dai.docx": 2}[name]


def words_of(path):
    return "".join(t.text or "" for t in document(path)[0].iter(f"{W}t"))


# Text that does not fit ---------------------------------------------------------------------------------------------


def unfit(**changes):
    """What the forms of the changed topics do not bear."""
    project = real_project(**changes)
    rows = [row for row in list_artefacts(project) if "/gia-danh-cong-an/" in row.path]
    layout = Workshop(project, rows, 1).layout
    return [f"{d.span.line}: {d.message}" for d in check_fit(project, rows, layout)]


def test_what_fits_is_not_complained_of():
    """The topic as it is written."""
    assert unfit() == []


def test_too_many_words_for_the_poster():
    """The line of the words, and by how much they are too long."""
    long = "Xưng là công an tỉnh, công an huyện, dọa bắt cả nhà, dọa niêm phong hết tài sản, đòi tiền"
    signs = '    - "Xưng công an, dọa bắt"\n    - "Bắt giữ bí mật"\n'
    found = unfit(topic=[(signs, f'    - "{long}"\n' * 3)])
    assert [re.sub(r"\d+ %", "N %", line) for line in found] == [
        f"58: áp phích {size}: chữ dài hơn N % so với khổ giấy" for size in ("A3", "A4", "A3, có lề xén cho nhà in")
    ]


def test_a_long_word_for_the_card():
    """A word that is wider than its column does not run over the edge."""
    found = unfit(topic=[("Giả danh công an đòi chuyển tiền", "G" * 60)])
    assert found and all(line.startswith("2: ") and "có chữ liền quá dài" in line for line in found)


def test_too_much_for_the_leaflet():
    """Six full lines in each list, and every place to report, are more than one side bears."""
    full = "Một dòng dài đúng chín mươi ký tự để xem tờ rơi còn đủ chỗ hay không, nếu không thì báo"
    lists = [
        '  - "Tắt máy, giữ bình tĩnh."',
        '  - "Không chuyển tiền."\n',
        '  - "Không trả phí cho ai hứa lấy lại tiền."',
    ]
    more = f'  - "{full}"\n' * 3
    changes = [(line, more + line) for line in lists]
    changes += [("  - so-156\n", "  - so-156\n  - tong-dai-111\n  - tong-dai-111-mua-ban-nguoi\n")]
    found = unfit(topic=changes)
    assert [re.sub(r"\d+ %", "N %", line.split(": ", 1)[1]) for line in found] == [
        "tờ rơi A5, trang 2: chữ dài hơn N % so với khổ giấy",
        "bộ bốn thẻ: chữ dài hơn N % so với khổ giấy",
    ]


def test_a_character_without_a_glyph_is_an_error():
    """Nothing is printed as an empty box: the build that meets it names the line."""
    project = real_project(topic=[('title: "Giả danh', 'title: "字 Giả danh')])
    with pytest.raises(DataError, match=r"gia-danh-cong-an\.md:2:9: lỗi\[missing-letter\].*字"):
        made(project, lambda row: row.path.endswith("/gia-danh-cong-an/to-roi.pdf"))


# The pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["", "gia-danh-cong-an/", "to-giac-toi-pham/", "doi-tuong/bien-gioi/"])
def test_the_pages_are_accessible(browser, site, path, width):
    """Nothing for axe-core to find, nothing wider than the screen, nobody else asked."""
    with opened(browser, f"{site}tuyen-truyen/{path}", width) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.faults == [] and all(asked.startswith(site) for asked in page.asked)


@pytest.mark.parametrize("topic", IDS)
def test_a_page_says_first_what_counts(browser, site, topic):
    """Draft, message, then the lists; telephone numbers to be pressed with a thumb; sources; the plan's clauses."""
    item = front(topic)
    with opened(browser, f"{site}tuyen-truyen/{topic}/", 390) as page:
        text = page.inner_text("article")
        places = [
            text.index(part) for part in (item.title, DRAFT, item.message, item.signs[0], item.do[0], item.dont[0])
        ]
        assert places == sorted(places)
        for link in page.locator("article a[href^='tel:']").all():
            box = link.bounding_box()
            assert box["height"] >= 48 and box["width"] >= 48
        urgent = 2 if "cong-an-113" in item.channels else 0  # at the head, and where to report
        assert page.locator("article a[href='tel:113']").count() == urgent
        assert page.locator("#nguon ~ div li", has_text="đọc ngày").count() >= 1
        assert page.locator("#nguon ~ div blockquote").count() == len(item.clauses)
        shared = page.input_value("#loi-chia-se")
        assert item.share in shared and shared.startswith("[Bản soạn thảo] ") and len(shared) <= 300


def test_sharing_asks_nobody(browser, site):
    """The words and the address go to the clipboard, and the page says so."""
    with opened(browser, f"{site}tuyen-truyen/ma-tuy/", 390, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.click("[data-share-copy]")
        page.wait_for_function("document.querySelector('[data-share-status]').textContent.startsWith('Đã chép lời')")
        assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#loi-chia-se")
        page.click("[data-share-copy-link]")
        page.wait_for_function("document.querySelector('[data-share-status]').textContent.startsWith('Đã chép đường')")
        assert page.evaluate("navigator.clipboard.readText()") == page.url  # the site has no address yet
        assert all(asked.startswith(site) for asked in page.asked)


def test_a_printed_page_has_no_buttons(browser, site):
    """On paper: the topic and its draft's line, not the share box nor the downloads."""
    with opened(browser, f"{site}tuyen-truyen/ma-tuy/") as page:
        page.emulate_media(media="print")
        assert page.locator(".draft").first.is_visible() and page.locator(".deeds").is_visible()
        assert not any(page.locator(s).first.is_visible() for s in (".share", "#chia-se", ".downloads", "#tai-ve"))
