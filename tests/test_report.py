"""The report forms: an agency's duties printed, real fields where it writes, nothing that data could put into a field."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from small import FILES, load_small
from test_docx import assert_valid, findings
from topics import DATA

from generator.make.documents import list_documents
from generator.read.plan import load_plan
from generator.read.profile import read_profile
from generator.read.tree import DictTree, DiskTree
from generator.views.report import agency_of, form_kind, form_name, name_lines, report_forms, view_report
from generator.write.docx.docx import Source, write_docx
from generator.write.templates import Renderer

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
EPOCH = 1795305600


@pytest.fixture(scope="module")
def plan(root):
    return load_plan(DiskTree(root / "data")).plan


@pytest.fixture(scope="module")
def forms(plan, root):
    """A department, a district, an army body, and the agencies that nobody lists; a report of each other kind."""
    renderer = Renderer(root / "site_templates")
    profile = read_profile(root / "site_templates/profiles/nd30-2020.yml")
    ids = ("so-tu-phap", "ubnd-huyen-ea-sup", "bo-chi-huy-bdbp", "so-ban-nganh-khac")
    ids += ("cong-an-tinh--so-ket-nam", "cong-an-tinh--tong-ket-2020", "so-tu-phap--dot-xuat")
    sources = [Source(i, renderer.render("documents/report.html.j2", view=view_report(plan, i))) for i in ids]
    return {made.id: made.docx for made in write_docx(sources, profile, EPOCH)}


def document(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def words(node):
    return " ".join("".join(node.itertext()).split())


def forms_by_kind(plan):
    found = {}
    for form in report_forms(plan):
        found.setdefault(form_kind(plan, form), []).append(form)
    return found


def test_those_who_report_have_a_form(plan):
    """VI.4 asks the nine Sở, ban, ngành and the fifteen districts; the Front and the court report to nobody."""
    agencies = forms_by_kind(plan)["periodic"]
    assert len(agencies) == 9 + 15
    assert {"so-tu-phap", "ubnd-huyen-lak", "cong-an-tinh"} <= set(agencies)
    assert {"mttq-tinh", "tand-tinh", "ban-chu-nhiem", "phong-cshs"}.isdisjoint(agencies)
    assert report_forms(load_small().plan) == ()


def test_who_answers_for_a_review_has_a_form_for_it(plan):
    """The reviews name nobody: those whom other clauses make answer for them write; each says what it is."""
    found = forms_by_kind(plan)
    answering = ["ubnd-tinh", "ban-chu-nhiem", "cong-an-tinh", "phong-cshs"]
    assert found["review"] == [f"{agency}--so-ket-nam" for agency in answering]
    assert found["summary"] == [f"{agency}--tong-ket-2020" for agency in answering]
    yearly, last = (view_report(plan, f"cong-an-tinh--{deadline}") for deadline in ("so-ket-nam", "tong-ket-2020"))
    assert (yearly.title, yearly.time) == ("Báo cáo sơ kết: Công an tỉnh Đắk Lắk", "")
    assert yearly.subject.startswith("Sơ kết thực hiện ") and yearly.basis.startswith("yêu cầu sơ kết “Hàng năm”")
    assert (last.title, last.time) == ("Báo cáo tổng kết: Công an tỉnh Đắk Lắk", "giai đoạn 2017 - 2020")
    assert form_name(plan, "cong-an-tinh--so-ket-nam") == "sơ kết hàng năm"


def test_whoever_must_report_at_once_has_a_form_for_it(plan):
    """The end of VI names all who report; the deadline's own words say that it is at once."""
    found = forms_by_kind(plan)
    assert {agency_of(form) for form in found["at-once"]} == set(found["periodic"])
    view = view_report(plan, "so-tu-phap--dot-xuat")
    assert view.title == "Báo cáo đột xuất: Sở Tư pháp" and view.subject.startswith("Đột xuất về việc thực hiện ")


def test_figures_are_asked_of_whom_the_plan_gives_a_target_with_a_measure(plan):
    """Công an tỉnh has six targets, four of them with a number; no other agency is asked for a figure."""
    asked = {form: view_report(plan, form).targets for form in report_forms(plan)}
    assert {agency_of(form) for form, targets in asked.items() if targets} == {"cong-an-tinh"}
    assert [t.tag for t in asked["cong-an-tinh"]] == [
        "target:giam-pham-phap", "target:triet-xoa", "target:kham-pha-an", "target:kham-pha-trong-an",
    ]  # fmt: skip


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
    assert [d.tag for d in view.own] == ["duty:v-5-1a", "duty:v-5-1b", "duty:v-5-1c", "duty:ii-1-1b"]
    assert view.own[-1].citation == "khoản 1 Mục II; khoản 6 Mục VI"  # one plan to draw up, said in two places
    assert all(duty.text[0] == "[" or duty.text[0].isupper() for duty in view.own)
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
    assert view.place == place


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
    for number, (row, duty) in enumerate(zip(duties, view.own, strict=True), 1):
        cells = row.findall("w:tc", W)
        assert " ".join(words(cell) for cell in cells[:3]) == duty.printed(number)
        (control,) = cells[3].findall(".//w:sdt", W)
        assert control.find("w:sdtPr/w:showingPlcHdr", W) is not None and words(control) == "Ghi kết quả"
        assert control.find("w:sdtPr/w:tag", W).get(f"{{{W['w']}}}val") == duty.tag


def test_fields_are_named_in_order_and_the_term_is_chosen(forms):
    """Every field has names of its own, for people and for machines; a quarter is chosen from four."""
    for form, docx in forms.items():
        controls = document(docx).findall(".//w:sdt", W)
        names = {
            name: [c.find(f"w:sdtPr/w:{name}", W).get(f"{{{W['w']}}}val") for c in controls]
            for name in ("id", "alias", "tag")
        }
        assert [int(number) for number in names["id"]] == list(range(1, len(controls) + 1)) and len(controls) > 10
        assert all(len(set(values)) == len(controls) and all(values) for values in names.values())
        choices = [[i.get(f"{{{W['w']}}}value") for i in c] for c in document(docx).findall(".//w:dropDownList", W)]
        assert choices == ([["I", "II", "III", "IV"]] if form == agency_of(form) else [])


def test_a_form_says_what_it_is(plan, forms):
    """Plan, form, kind and the digest of what is asked are properties of the file; a changed duty is another digest."""
    with zipfile.ZipFile(io.BytesIO(forms["cong-an-tinh--tong-ket-2020"])) as archive:
        properties = etree.fromstring(archive.read("docProps/custom.xml"))
    said = {p.get("name"): "".join(p.itertext()) for p in properties}
    assert (said["kehoach-plan"], said["kehoach-form"]) == (plan.head.id, "cong-an-tinh--tong-ket-2020")
    assert (said["kehoach-kind"], said["kehoach-period"], said["kehoach-format"]) == ("summary", "2020", "1")
    assert said["kehoach-field-001"] == "number|Số của báo cáo|…"
    words = DATA["sections/05-v.yml"].replace(
        "Tăng cường phổ biến, giáo dục pháp luật", "Phổ biến, giáo dục pháp luật", 1
    )
    other = load_plan(DictTree({**DATA, "sections/05-v.yml": words})).plan
    for form, same in (("so-tu-phap", False), ("so-tai-chinh", True)):
        asked = [dict(view_report(some, form).identity)["kehoach-asks"] for some in (plan, other)]
        assert (asked[0] == asked[1]) is same


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
    changed = replace(view, own=(replace(view.own[0], text=hostile, reported=hostile),))
    html = Renderer(root / "site_templates").render("documents/report.html.j2", view=changed)
    profile = read_profile(root / "site_templates/profiles/nd30-2020.yml")
    (made,) = write_docx([Source("x", html)], profile, EPOCH)
    tree = document(made.docx)
    assert words(tree).count(re.sub(r"\s+", " ", hostile)) == 2
    assert "x" not in {c.get(f"{{{W['w']}}}val") for c in tree.iterfind(".//w:alias", W)}
