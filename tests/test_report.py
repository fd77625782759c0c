"""The report forms: an agency's duties printed, real fields where it writes, nothing that data could put into a field."""

import io
import re
import zipfile

import pytest
from lxml import etree
from small import FILES, load_small
from test_docx import assert_valid, findings

from generator.make.documents import list_documents
from generator.read.plan import load_plan
from generator.read.profile import read_profile
from generator.read.tree import DiskTree
from generator.views.report import name_lines, report_forms, view_report
from generator.write.docx.docx import Source, write_docx
from generator.write.templates import Renderer

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
EPOCH = 1795305600


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.fixture(scope="module")
def forms(plan, root):
    """Four forms: a department, a district, an army body, and the agencies that nobody lists."""
    renderer = Renderer(root / "site_templates")
    profile = read_profile(root / "site_templates/profiles/nd30-2020.yml")
    ids = ("so-tu-phap", "ubnd-huyen-ea-sup", "bo-chi-huy-bdbp", "so-ban-nganh-khac")
    sources = [Source(i, renderer.render("documents/report.html.j2", view=view_report(plan, i))) for i in ids]
    return {made.id: made.docx for made in write_docx(sources, profile, EPOCH)}


def document(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def words(node):
    return " ".join("".join(node.itertext()).split())


def test_those_who_report_have_a_form(plan):
    """VI.4 asks the nine Sở, ban, ngành and the fifteen districts; the Front and the court report to nobody."""
    agencies = report_forms(plan)
    assert len(agencies) == 9 + 15
    assert {"so-tu-phap", "ubnd-huyen-lak", "cong-an-tinh"} <= set(agencies)
    assert {"mttq-tinh", "tand-tinh", "ban-chu-nhiem", "phong-cshs"}.isdisjoint(agencies)
    assert report_forms(load_small().plan) == ()


REPORTS = """      - {id: r-1, by: [thu-vien], role: [report], deadline: quy, text: "[Thư viện](agency:thu-vien) báo cáo [hằng quý](deadline:quy)"}
      - "; "
      - {id: r-2, by: [thu-vien], role: [report], deadline: nam, text: "[Thư viện](agency:thu-vien) báo cáo [hằng năm](deadline:nam)"}
      - "."
"""
DEADLINES = """deadlines:
  - {id: quy, label: hằng quý, kind: recurring, every: quarter, from: 2026, day: unspecified, applies_to: report, clause: c-2}
  - {id: nam, label: hằng năm, kind: recurring, every: year, from: 2026, day: unspecified, applies_to: report, clause: c-2}
"""


def test_who_reports_each_quarter_and_each_year_has_two_forms():
    """Each is named for its deadline, offered on the agency's page, and asks for its own period."""
    duties = FILES["sections/2.yml"].replace('      - "."\n', '      - ". "\n' + REPORTS)
    plan = load_small({"sections/2.yml": duties, "deadlines.yml": DEADLINES}).plan
    assert report_forms(plan) == ("thu-vien", "thu-vien--nam")
    assert [view_report(plan, form).term for form in report_forms(plan)] == ["quý", ""]
    rows = [row for row in list_documents(plan) if "bao-cao" in row.path]
    assert [(row.path, row.offered[0].page, row.offered[0].label) for row in rows] == [
        ("documents/bao-cao/thu-vien.docx", "co-quan/thu-vien", "Mẫu báo cáo (hằng quý)"),
        ("documents/bao-cao/thu-vien--nam.docx", "co-quan/thu-vien", "Mẫu báo cáo (hằng năm)"),
    ]


def test_the_form_lists_the_agencys_own_duties(plan):
    """Its own duties, not the report itself and not what it helps others with."""
    view = view_report(plan, "so-tu-phap")
    assert [d.id for d in view.own] == ["v-5-1a", "v-5-1b", "v-5-1c", "ii-1-1b", "vi-6-1a"]
    assert view.recipients == ("Ban Chủ nhiệm thực hiện Đề án (qua Phòng Cảnh sát hình sự - Công an tỉnh Đắk Lắk)",)


@pytest.mark.parametrize(
    ("agency", "superior", "issuer", "place"),
    [
        ("so-tu-phap", ("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"), ("SỞ TƯ PHÁP",), "Đắk Lắk"),
        ("ubnd-huyen-ea-sup", (), ("ỦY BAN NHÂN DÂN", "HUYỆN EA SÚP"), "Ea Súp"),
        ("ubnd-tp-buon-ma-thuot", (), ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ BUÔN MA THUỘT"), "Buôn Ma Thuột"),
        ("cong-an-tinh", ("BỘ CÔNG AN",), ("CÔNG AN TỈNH ĐẮK LẮK",), "Đắk Lắk"),
        ("so-ban-nganh-khac", ("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"), (), "Đắk Lắk"),
    ],
)
def test_letterheads(plan, agency, superior, issuer, place):
    """Each writes under its own name and place; a People's Committee names no superior; who is unknown fills it in."""
    view = view_report(plan, agency)
    assert (view.superior_lines, view.issuer_lines) == (superior, issuer)
    assert view.place_date.startswith(f"{place}, ngày ")


def test_names_break_where_a_letterhead_breaks_them():
    """Only a People's Committee's or Council's name breaks before the place."""
    assert name_lines("Sở Tài chính tỉnh Đắk Lắk") == ("SỞ TÀI CHÍNH TỈNH ĐẮK LẮK",)
    assert name_lines("Hội đồng nhân dân tỉnh Đắk Lắk") == ("HỘI ĐỒNG NHÂN DÂN", "TỈNH ĐẮK LẮK")


def test_each_duty_has_a_field_for_its_result(plan, forms):
    """The last cell of each row is a content control that shows a hint; tables come in reading order."""
    tree = document(forms["so-tu-phap"])
    view = view_report(plan, "so-tu-phap")
    rows = [row for row in tree.iterfind(".//w:tr", W) if row.find("w:trPr/w:tblHeader", W) is None]
    duties = [row for row in rows if len(row.findall("w:tc", W)) == 4]
    assert len(duties) == len(view.own)
    for row, duty in zip(duties, view.own, strict=True):
        cells = row.findall("w:tc", W)
        assert duty.text.lower() in words(cells[1]).lower() and words(cells[2]) == duty.citation.text
        (control,) = cells[3].findall(".//w:sdt", W)
        assert control.find("w:sdtPr/w:showingPlcHdr", W) is not None and words(control) == "Ghi kết quả"


def test_fields_are_named_in_order_and_the_term_is_chosen(forms):
    """Every field has a name and a number of its own, rising; the quarter is chosen from four."""
    for docx in forms.values():
        controls = document(docx).findall(".//w:sdt", W)
        numbers = [int(c.find("w:sdtPr/w:id", W).get(f"{{{W['w']}}}val")) for c in controls]
        assert numbers == sorted(set(numbers)) and len(numbers) > 10
        assert all(c.find("w:sdtPr/w:alias", W).get(f"{{{W['w']}}}val") for c in controls)
        (choice,) = document(docx).findall(".//w:dropDownList", W)
        assert [i.get(f"{{{W['w']}}}value") for i in choice] == ["I", "II", "III", "IV"]


def test_forms_are_valid(forms, tmp_path, root):
    """Two validators and the check of the parts have nothing against a form."""
    for docx in forms.values():
        assert findings(docx, tmp_path, root) == ([], [])
        assert_valid(docx)


def test_what_is_unknown_is_asked_for(forms):
    """No office's abbreviation, superior or signatory is invented: each is a field."""
    names = {c.get(f"{{{W['w']}}}val") for c in document(forms["bo-chi-huy-bdbp"]).iterfind(".//w:alias", W)}
    assert {"Chữ viết tắt tên cơ quan", "Cơ quan chủ quản", "Họ và tên người ký", "Số, ngày của văn bản"} <= names
    other = {c.get(f"{{{W['w']}}}val") for c in document(forms["so-ban-nganh-khac"]).iterfind(".//w:alias", W)}
    assert "Tên cơ quan" in other


def test_data_cannot_make_a_field(plan, root):
    """A duty whose words look like a field, or like OOXML, is printed as words."""
    hostile = '<span class="fill" data-field="x">gõ vào đây</span> </w:t></w:r><w:sdt/> ```{=openxml}'
    view = view_report(plan, "so-tu-phap")
    first = view.own[0].inlines[0]
    duty = view.own[0].__class__(**{**vars(view.own[0]), "inlines": (type(first)("text", hostile),)})
    changed = view.__class__(**{**vars(view), "own": (duty,)})
    html = Renderer(root / "site_templates").render("documents/report.html.j2", view=changed)
    profile = read_profile(root / "site_templates/profiles/nd30-2020.yml")
    (made,) = write_docx([Source("x", html)], profile, EPOCH)
    tree = document(made.docx)
    assert re.sub(r"\s+", " ", hostile) in words(tree)
    assert "x" not in {c.get(f"{{{W['w']}}}val") for c in tree.iterfind(".//w:alias", W)}
