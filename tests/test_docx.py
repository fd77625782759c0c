"""The DOCX writer: what Word finds in the file, beside the profile and Nghị định 30."""

import io
import json
import os
import re
import subprocess
import zipfile

import pypandoc
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from generator.read.profile import read_profile
from generator.write.docx import docx as writer
from generator.write.docx.docx import PandocError, Source, make_job, write_docx

EPOCH = 1_795_305_600  # 2026-11-22
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
LETTERHEAD = """
<div class="columns letterhead">
<div><div class="issuing-body">ỦY BAN NHÂN DÂN<br>TỈNH ĐẮK LẮK</div></div>
<div><div class="national-name">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><div class="motto">Độc lập - Tự do - Hạnh phúc</div></div>
<div><div class="document-number">Số: /KH-UBND</div></div><div><div class="place-date">Đắk Lắk, ngày tháng năm</div></div>
</div>"""
BODY = """
<div class="type-name">KẾ HOẠCH</div><div class="subject">Phòng, chống tội phạm trên địa bàn tỉnh</div>
<h1 id="i" class="section-heading">I. MỤC TIÊU</h1><h2 id="i-1" class="clause-heading">1. Mục tiêu chung</h2>
<h3 id="i-1-a" class="point-heading">a) Cụ thể</h3>
<p><span id="i-1-a-1"></span>- Giảm <em>tội phạm</em> và <strong>bảo vệ</strong> Nhân dân.</p>"""
SIGNATURE = """
<div class="columns signature"><div><div class="recipients-heading">Nơi nhận:</div><div class="recipient">- Lưu: VT.</div></div>
<div><div class="position">CHỦ TỊCH</div><div class="signatory">Nguyễn Văn A</div></div></div>"""
TABLE = """
<table aria-label="Nhiệm vụ"><colgroup><col style="width: 10%"><col style="width: 60%"><col style="width: 30%"></colgroup>
<thead><tr><th>TT</th><th>Nội dung</th><th>Kết quả</th></tr></thead>
<tbody><tr><td>1</td><td><p>Một</p><p>Hai</p></td><td></td></tr><tr><td>2</td><td>Ba</td><td></td></tr></tbody></table>"""
HOSTILE = (
    "]]></w:t> <script>alert(1)</script> {{7*7}} ```{=openxml} <w:br/> ``` [a]{custom-style=Title} \\input{/etc/passwd}"
    ' #read("x") $x$ @y "&amp; ![](/etc/passwd) --- {running} %1'
)


def page(body, *, running="", title="Kế hoạch thử"):
    meta = f'<meta name="running" content="{running}">' if running else ""
    return (
        f'<!doctype html><html lang="vi-VN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="author" content="UBND tỉnh">{meta}</head><body>{body}</body></html>'
    )


PLAN = page(LETTERHEAD + BODY + SIGNATURE)
SHEET = page(BODY + TABLE, running="Phiếu: Sở Tư pháp")


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.fixture(scope="module")
def profile(request):
    return read_profile(request.config.rootpath / "site_templates" / "profiles" / "nd30-2020.yml")


@pytest.fixture(scope="module")
def converted(profile):
    """The plan, and a sheet in landscape, in one run."""
    return write_docx([Source("plan", PLAN), Source("sheet", SHEET, landscape=True)], profile, EPOCH)


@pytest.fixture(scope="module")
def plan(converted):
    return parts_of(converted[0].docx)


@pytest.fixture(scope="module")
def sheet(converted):
    return parts_of(converted[1].docx)


def parts_of(docx):
    """Every part of a package, parsed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def find(part, path):
    return part.findall(path, NS)


def value(element, path, attribute="val"):
    found = element.find(path, NS)
    return None if found is None else found.get(W + attribute, "")


def paragraphs(parts, style):
    return [p for p in parts["word/document.xml"].iter(W + "p") if value(p, "w:pPr/w:pStyle") == style]


def text(element):
    return "".join(element.itertext(W + "t"))


def style(parts, style_id):
    return next(s for s in find(parts["word/styles.xml"], "w:style") if s.get(W + "styleId") == style_id)


# pandoc in one process ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("landscape", [False, True])
def test_one_process_gives_the_bytes_of_pandoc_s_command(profile, tmp_path, root, landscape):
    """`pandoc lua` with many documents writes what `pandoc` writes with one."""
    source = Source("plan", page(LETTERHEAD + BODY + TABLE + SIGNATURE), landscape)
    together = write_docx([Source("first", SHEET), source], profile, EPOCH)[1].docx

    job = make_job([source], profile, tmp_path)
    (tmp_path / "job.json").write_text(json.dumps(job), encoding="utf-8")
    (tmp_path / "source.html").write_text(source.html, encoding="utf-8")
    (tmp_path / "template.xml").write_text(job["template"], encoding="utf-8")
    lua = root / "generator" / "write" / "docx" / "docx.lua"
    (tmp_path / "filter.lua").write_text(
        f"local document = dofile({json.dumps(str(lua))})\n"
        f"local job = pandoc.json.decode(io.open({json.dumps(str(tmp_path / 'job.json'))}):read('a'), false)\n"
        f"function Pandoc(doc) return document.docx(document.measure(doc, job, {str(landscape).lower()}), job) end\n",
        encoding="utf-8",
    )
    reference = job["references"]["landscape" if landscape else "portrait"]
    subprocess.run(
        [
            pypandoc.get_pandoc_path(), "--from=html-auto_identifiers", "--to=docx", "--fail-if-warnings",
            f"--lua-filter={tmp_path / 'filter.lua'}", f"--reference-doc={reference}", "--syntax-highlighting=none",
            f"--template={tmp_path / 'template.xml'}", f"--output={tmp_path / 'cli.docx'}", str(tmp_path / "source.html"),
        ],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    assert (tmp_path / "cli.docx").read_bytes() == together


def test_a_document_is_the_same_alone_and_in_company(profile, converted):
    """Neither the order nor the other documents change a byte, and two runs give the same."""
    alone = write_docx([Source("sheet", SHEET, landscape=True)], profile, EPOCH)
    assert (alone[0].docx, alone[0].ast) == (converted[1].docx, converted[1].ast)


def test_nothing_to_write_is_nothing_written(profile):
    """No source, no process."""
    assert write_docx([], profile, EPOCH) == []


# The page and the styles --------------------------------------------------------------------------------------------


def test_the_page_is_the_profile_s(plan, profile):
    """A4 with the profile's margins, to 3 twips."""
    section = plan["word/document.xml"].find("w:body/w:sectPr", NS)
    assert (value(section, "w:pgSz", "w"), value(section, "w:pgSz", "h")) == ("11906", "16838")
    for side in ("top", "bottom", "left", "right"):
        wanted = getattr(profile.page.margins, side) / 25.4 * 1440
        assert abs(int(value(section, "w:pgMar", side)) - wanted) <= 3, side


def test_a_changed_profile_changes_the_page_and_the_body(profile):
    """The profile is the only source of dimensions."""
    blocks = {**profile.blocks, "body": profile.blocks["body"].model_copy(update={"size": 13, "first_indent": 10})}
    margins = profile.page.margins.model_copy(update={"left": 35})
    changed = profile.model_copy(
        update={"page": profile.page.model_copy(update={"margins": margins}), "blocks": blocks}
    )
    parts = parts_of(write_docx([Source("plan", PLAN)], changed, EPOCH)[0].docx)
    assert value(parts["word/document.xml"], ".//w:pgMar", "left") == "1984"
    assert value(style(parts, "BodyText"), "w:rPr/w:sz") == "26"
    assert value(style(parts, "BodyText"), "w:pPr/w:ind", "firstLine") == "567"
    letterhead = find(parts["word/document.xml"], ".//w:tbl")[0]
    assert abs(int(value(letterhead, "w:tblPr/w:tblW", "w")) - 160 / 25.4 * 1440) <= 3


def test_landscape_keeps_the_margins_of_the_reading_orientation(sheet):
    """The page turns, the margins do not."""
    section = sheet["word/document.xml"].find("w:body/w:sectPr", NS)
    assert [value(section, "w:pgSz", a) for a in ("w", "h", "orient")] == ["16838", "11906", "landscape"]
    assert value(section, "w:pgMar", "left") == "1701"


def test_the_page_number_stands_top_centre_from_page_two(plan):
    """A PAGE field in a centred header, and a first page of its own without any."""
    section = plan["word/document.xml"].find("w:body/w:sectPr", NS)
    assert section.find("w:titlePg", NS) is not None
    assert [r.get(W + "type") for r in find(section, "w:headerReference")] == ["default"]
    header = plan["word/header1.xml"]
    assert "PAGE" in "".join(header.itertext(W + "instrText"))
    assert value(style(plan, value(header, ".//w:pStyle")), "w:pPr/w:jc") == "center"
    assert "word/footer1.xml" not in plan


def test_a_sheet_names_itself_on_every_page_with_numbers_of_its_own(sheet):
    """The running identification in the footer, page and total in the header, from page 1."""
    assert text(sheet["word/footer1.xml"]) == "Phiếu: Sở Tư pháp"
    fields = " ".join(sheet["word/header1.xml"].itertext(W + "instrText")).split()
    assert fields == ["PAGE", "NUMPAGES"]
    assert sheet["word/document.xml"].find(".//w:titlePg", NS) is None


def test_the_running_identification_is_text(profile):
    """Neither a pattern of Lua's nor markup in it means anything."""
    source = Source("sheet", page(BODY, running=escaped("100%1 %% & <b> {running}")))
    parts = parts_of(write_docx([source], profile, EPOCH)[0].docx)
    assert text(parts["word/footer1.xml"]) == "100%1 %% & <b> {running}"


def test_every_letter_is_times_new_roman_in_vietnamese(plan):
    """All four font slots, the language, and no other face in any style, theme or font table."""
    run = plan["word/styles.xml"].find("w:docDefaults/w:rPrDefault/w:rPr", NS)
    fonts = run.find("w:rFonts", NS)
    assert {fonts.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert value(run, "w:lang") == "vi-VN"
    assert len(find(plan["word/styles.xml"], ".//w:rFonts")) == 1
    assert [f.get(W + "name") for f in find(plan["word/fontTable.xml"], "w:font")] == ["Times New Roman"]
    latin = {e.get("typeface") for e in plan["word/theme/theme1.xml"].iter("{*}latin")}
    assert latin == {"Times New Roman"}


def test_headings_are_word_s_headings_looking_as_the_decree_says(plan):
    """mục, khoản, điểm are levels 1–3 of the navigation pane; bold, bold, not bold; black; kept with the next."""
    for level, (style_id, bold, heading) in enumerate(
        [("Heading1", True, "I. MỤC TIÊU"), ("Heading2", True, "1. Mục tiêu chung"), ("Heading3", False, "a) Cụ thể")]
    ):
        assert [text(p) for p in paragraphs(plan, style_id)] == [heading]
        found = style(plan, style_id)
        assert value(found, "w:name") == f"heading {level + 1}"
        assert value(found, "w:pPr/w:outlineLvl") == str(level)
        assert (found.find("w:rPr/w:b", NS) is not None) is bold
        assert found.find("w:pPr/w:keepNext", NS) is not None and found.find("w:rPr/w:color", NS) is None


def test_the_body_is_justified_indented_and_spaced(plan):
    """First-line indent 1.27 cm, at least 6 pt to the next paragraph."""
    assert [text(p) for p in paragraphs(plan, "BodyText")] == ["- Giảm tội phạm và bảo vệ Nhân dân."]
    look = style(plan, "BodyText").find("w:pPr", NS)
    assert (value(look, "w:jc"), value(look, "w:ind", "firstLine")) == ("both", "720")
    assert int(value(look, "w:spacing", "after")) + int(value(look, "w:spacing", "before")) >= 120
    runs = {text(r): r for r in paragraphs(plan, "BodyText")[0].iter(W + "r")}
    assert runs["tội phạm"].find("w:rPr/w:i", NS) is not None and runs["bảo vệ"].find("w:rPr/w:b", NS) is not None


def test_clauses_are_bookmarks(plan):
    """Every id of the text can be linked to."""
    names = [b.get(W + "name") for b in plan["word/document.xml"].iter(W + "bookmarkStart")]
    assert names == ["i", "i-1", "i-1-a", "i-1-a-1"]


def test_the_core_properties_say_what_the_document_is(plan):
    """Title, author, language and the edition's time; the title is not printed a second time."""
    core = {e.tag.split("}")[1]: e.text for e in plan["docProps/core.xml"]}
    assert core["title"] == "Kế hoạch thử" and core["creator"] == "UBND tỉnh" and core["language"] == "vi-VN"
    assert core["created"] == core["modified"] == "2026-11-22T00:00:00Z"
    assert "Kế hoạch thử" not in text(plan["word/document.xml"])


def test_no_styles_but_the_profile_s(plan, profile):
    """No left-overs of pandoc's or Word's: each paragraph style is a block, a rule, or one of three more."""
    ids = {s.get(W + "styleId") for s in find(plan["word/styles.xml"], "w:style") if s.get(W + "type") == "paragraph"}
    rules = sum(block.rule is not None for block in profile.blocks.values())
    assert len(ids) == len(profile.blocks) + rules + len({"Normal", "Spacer", "page-number"})


# Rules and tables ---------------------------------------------------------------------------------------------------


def rule_lengths(parts, kind, profile):
    """The lengths in mm of the rules under a kind of block: the cell's or the text block's width less the indents."""
    lengths = []
    for paragraph in paragraphs(parts, f"rule-{kind}"):
        cell = next(paragraph.iterancestors(W + "tc"), None)
        width = profile.text_width() if cell is None else int(value(cell, "w:tcPr/w:tcW", "w")) / 1440 * 25.4
        indent = paragraph.find("w:pPr/w:ind", NS)
        assert indent.get(W + "left") == indent.get(W + "right")
        lengths.append(width - 2 * int(indent.get(W + "left")) / 1440 * 25.4)
    return lengths


def test_rules_are_real_and_of_the_right_length(plan, profile):
    """Under Tiêu ngữ as long as it (60.5 mm at 14 pt), under the issuing body 14.4–17 mm (NĐ 30, measured in Times)."""
    assert rule_lengths(plan, "motto", profile) == [pytest.approx(60.5, abs=0.3)]
    (issuer,) = rule_lengths(plan, "issuing-body", profile)
    assert 14.4 <= issuer <= 17.1
    assert value(style(plan, "rule-motto"), "w:pPr/w:pBdr/w:top") == "single"
    body = plan["word/document.xml"]
    assert "_" not in text(body) and body.find(".//w:u", NS) is None


def test_a_rule_under_a_subject_of_two_lines_suits_both(profile):
    """The lines are made even, and the rule is 1/3–1/2 of each."""
    subject = (
        "Triển khai thực hiện Đề án “Phòng, chống các loại tội phạm có tổ chức, tội phạm xuyên quốc gia” trên địa bàn"
    )
    parts = parts_of(write_docx([Source("p", page(f'<div class="subject">{subject}</div>'))], profile, EPOCH)[0].docx)
    (paragraph,) = paragraphs(parts, "Subtitle")
    lines = re.split("\n", "".join("\n" if e.tag == W + "br" else e.text for e in paragraph.iter(W + "br", W + "t")))
    assert " ".join(lines) == subject and len(lines) == 2
    (length,) = rule_lengths(parts, "subject", profile)
    for line in lines:  # at 14 pt bold a letter is 2.2–2.8 mm wide
        assert 2.2 * len(line) / 3 <= length <= 2.8 * len(line) / 2


def test_the_letterhead_has_two_columns_without_borders(plan):
    """Number and date stand in one row; the table has no border of its own or of its style."""
    letterhead, signature = find(plan["word/document.xml"], ".//w:tbl")
    rows = [[text(c) for c in find(row, "w:tc")] for row in find(letterhead, "w:tr")]
    assert rows[1] == ["Số: /KH-UBND", "Đắk Lắk, ngày tháng năm"]
    for table in (letterhead, signature):
        name = value(table, "w:tblPr/w:tblStyle")
        assert table.find(".//w:tblBorders", NS) is None and style(plan, name).find(".//w:tblBorders", NS) is None


def test_the_signature_and_the_recipients_cannot_be_torn_apart(plan):
    """One row that may not split, in which every paragraph but the last is kept with the next."""
    signature = find(plan["word/document.xml"], ".//w:tbl")[1]
    (row,) = find(signature, "w:tr")
    assert row.find("w:trPr/w:cantSplit", NS) is not None
    assert [text(c) for c in find(row, "w:tc")] == ["Nơi nhận:- Lưu: VT.", "CHỦ TỊCHNguyễn Văn A"]


def test_data_tables_repeat_their_head_and_keep_their_rows_whole(sheet, profile):
    """Every row whole, the first a header row; the widths are the columns' shares of a landscape text block."""
    (table,) = find(sheet["word/document.xml"], ".//w:tbl")
    rows = find(table, "w:tr")
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
    assert [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows] == [True, False, False]
    widths = [int(c.get(W + "w")) / 1440 * 25.4 for c in find(table, "w:tblGrid/w:gridCol")]
    total = profile.text_width(landscape=True)
    assert widths == [pytest.approx(total * share, abs=0.1) for share in (0.1, 0.6, 0.3)]
    assert value(table, "w:tblPr/w:tblCaption") == "Nhiệm vụ"


def test_a_cell_to_be_filled_in_has_a_paragraph_to_write_in(sheet):
    """Word calls a file corrupt where a cell has none."""
    cells = [find(row, "w:tc") for row in sheet["word/document.xml"].iter(W + "tr")]
    assert [[len(find(cell, "w:p")) for cell in row] for row in cells] == [[1, 1, 1], [1, 2, 1], [1, 1, 1]]


# What may not come in -----------------------------------------------------------------------------------------------


def test_hostile_text_stays_text(profile):
    """In a heading, a paragraph, a cell and the properties: printed as it stands, nothing evaluated, nothing linked."""
    inert = escaped(HOSTILE)
    cells = f"<table><thead><tr><th>{inert}</th></tr></thead><tbody><tr><td>{inert}</td></tr></tbody></table>"
    body = f'<h1 id="i" class="section-heading">{inert}</h1><p>{inert}</p>{cells}'
    docx = write_docx([Source("p", page(body, title=inert))], profile, EPOCH)[0].docx
    parts = parts_of(docx)
    seen = [text(p) for p in parts["word/document.xml"].iter(W + "p") if text(p)]
    assert seen == [re.sub(" +", " ", HOSTILE)] * 4
    assert parts["docProps/core.xml"].findtext("{*}title") == HOSTILE
    assert not [r for r in parts["word/_rels/document.xml.rels"] if r.get("TargetMode") == "External"]
    assert_valid(docx)


def test_a_link_to_the_web_is_a_link(profile, tmp_path, root):
    """The only relations that lead out of the file are those a document means."""
    source = Source("p", page('<p><a href="https://daklak.gov.vn/x?a=1&amp;b=2">trang tin</a></p>'))
    docx = write_docx([source], profile, EPOCH)[0].docx
    relations = parts_of(docx)["word/_rels/document.xml.rels"]
    assert [r.get("Target") for r in relations if r.get("TargetMode")] == ["https://daklak.gov.vn/x?a=1&b=2"]
    assert findings(docx, tmp_path, root) == ([], [])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<p>a<img src="/etc/passwd"></p>', "may not hold an image: /etc/passwd"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "may not link to javascript:alert(1)"),
        ('<p><a href="file:///etc/passwd">a</a></p>', "may not link to file:///etc/passwd"),
        ('<p><a href="\\\\host\\share">a</a></p>', "may not link to"),
        ("<ul><li>a</li></ul>", "may not hold a block of kind BulletList"),
        ("<h1>a</h1>", "heading without a kind: a"),
        ('<iframe src="/etc/hostname"></iframe>', "/etc/hostname"),
    ],
)
def test_what_a_document_may_not_hold_is_refused_by_name(profile, body, message):
    """No file is read from a document; nothing is left out in silence."""
    with pytest.raises(PandocError, match=r"^pandoc báo lỗi: xấu: ") as caught:
        write_docx([Source("tốt", PLAN), Source("xấu", page(body))], profile, EPOCH)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("#!/bin/sh\nkill -9 $$\n", "bị dừng giữa chừng"),
        ("#!/bin/sh\nexec sleep 60\n", "không trả lời"),
        (None, "không chạy được"),
    ],
)
def test_a_pandoc_that_dies_hangs_or_is_missing_is_told(profile, tmp_path, monkeypatch, program, message):
    """Cases 65, 66: never an empty message, never a wait without end."""
    fake = tmp_path / "pandoc"
    if program:
        fake.write_text(program, encoding="ascii")
        fake.chmod(0o755)
    writer._pandoc_reference()  # made before by the real one
    monkeypatch.setattr(writer.pypandoc, "get_pandoc_path", lambda: str(fake))
    monkeypatch.setattr(writer, "_TIMEOUT_SECONDS", 1)
    with pytest.raises(PandocError, match=message):
        write_docx([Source("a", PLAN)], profile, EPOCH)


# Validators ---------------------------------------------------------------------------------------------------------


def findings(docx, tmp_path, root):
    """What the Open XML SDK and openxml-audit have against a file."""
    path = tmp_path / "file.docx"
    path.write_bytes(docx)
    sdk = next((root / "node_modules" / "@xarsh").glob("ooxml-validator-*/ooxml-validator*"))
    said = json.loads(subprocess.run([sdk, path], capture_output=True, check=False).stdout)
    return [e["description"] for e in said["errors"]], [str(e) for e in OpenXmlValidator().validate(path).errors]


def assert_valid(docx):
    """Every part is declared and well-formed, every relation leads somewhere."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names)) and not [n for n in names if n.endswith("/")]
        declared = archive.read("[Content_Types].xml").decode()
        for name in names:
            etree.fromstring(archive.read(name))
            if name.startswith("word/") and not name.endswith(".rels"):
                assert f'"/{name}"' in declared, name
        for rel in etree.fromstring(archive.read("word/_rels/document.xml.rels")):
            assert f"word/{rel.get('Target')}" in names


@pytest.mark.parametrize("index", [0, 1], ids=["plan", "sheet"])
def test_two_validators_find_nothing(converted, tmp_path, root, index):
    """The Open XML SDK, openxml-audit, and a check of the package's parts."""
    assert findings(converted[index].docx, tmp_path, root) == ([], [])
    assert_valid(converted[index].docx)


def test_the_validators_see_a_fault(converted, tmp_path, root):
    """Negative control: an empty cell and a margin that is no number are found."""
    faulty = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(converted[1].docx)) as old, zipfile.ZipFile(faulty, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8")
            new.writestr(name, re.sub(r'w:left="1701"', 'w:left="rộng"', content).replace("<w:tbl>", "<w:tbl><w:x/>"))
    sdk, audit = findings(faulty.getvalue(), tmp_path, root)
    assert sdk and audit
