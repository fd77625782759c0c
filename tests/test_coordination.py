"""The pages and files for whoever runs the plan, as built: the matrix under the reader's hands, what is offered where."""

import csv
import io
import json
import re

import icalendar
import openpyxl
import pdfplumber
import pytest
from browser import SIZES, opened, served

from generator.write.site.webpage import read_page


@pytest.fixture(scope="module")
def site(real_build):
    with served(real_build / "site") as address:
        yield address


def shown_rows(page):
    return page.locator(".matrix-table tbody tr:visible")


@pytest.mark.parametrize("width", SIZES)
def test_the_matrix_filters(browser, site, width):
    """By role, by kind of agency and by section, alone and together; the count says how many are left."""
    with opened(browser, f"{site}phan-cong/", width) as page:
        if page.input_value("[name=section]"):  # a phone begins with the first part
            page.select_option("[name=section]", "")
        everything = shown_rows(page).count()
        page.select_option("[name=role]", "GS")
        assert shown_rows(page).count() == 2  # V.11 and VI.3
        assert page.inner_text(".matrix-filter [role=status]") == "2 việc, nhiệm vụ"
        page.select_option("[name=kind]", "police")
        assert shown_rows(page).count() == 1
        heads = page.locator(".matrix-table thead th:visible").all_inner_texts()
        assert width < 1280 or [head.strip() for head in heads][1:] == ["Công an tỉnh"]
        page.click(".matrix-filter [type=reset]")
        page.select_option("[name=section]", "ii")
        assert shown_rows(page).count() == 3
        page.click(".matrix-filter [type=reset]")
        page.wait_for_function(
            f"document.querySelectorAll('.matrix-table tbody tr:not([hidden])').length === {everything}"
        )
        assert page.faults == []


def test_the_matrix_sorts(browser, site):
    """By an agency its own work comes first, what it leads before the rest; a second press gives the plan's order."""
    with opened(browser, f"{site}phan-cong/") as page:
        before = page.locator(".matrix-table tbody th").all_inner_texts()
        names = page.locator(".matrix-table thead th").all_inner_texts()
        column = next(n for n, name in enumerate(names) if name.strip().startswith("Sở Tư pháp"))
        button = page.locator(".sort").nth(column)
        button.focus()
        page.keyboard.press("Enter")
        cells = page.locator(f".matrix-table tbody tr td:nth-child({column + 1})")
        parts = [cell.get_attribute("data-roles") or "" for cell in cells.all()]
        filled = [part for part in parts if part]
        assert parts[: len(filled)] == filled and filled[0] == "PH"
        assert page.locator("th[aria-sort]").count() == 1
        button.click()
        assert page.locator(".matrix-table tbody th").all_inner_texts() == before


def test_the_matrix_can_be_heard(browser, site):
    """Rows and columns have scopes; a part is said in words, its codes are not read out."""
    with opened(browser, f"{site}phan-cong/") as page:
        assert (
            page.locator(".matrix-table thead th:not([scope=col]), .matrix-table tbody th:not([scope=row])").count()
            == 0
        )
        for cell in page.locator(".matrix-table td[data-roles]").all()[:20]:
            assert cell.locator("[aria-hidden=true]").count() == 1 and cell.locator(".unseen").inner_text()


def test_the_first_column_stays(browser, site):
    """Scrolled to the far right, the row's name is still in view, and room for the cells is left."""
    with opened(browser, f"{site}phan-cong/") as page:
        page.evaluate("document.querySelector('.matrix').scrollLeft = 10000")
        box = page.locator(".matrix").bounding_box()
        head = page.locator(".matrix-table tbody th").first.bounding_box()
        assert abs(head["x"] - box["x"]) < 3 and head["width"] < box["width"] / 2


def test_the_matrix_is_a_list_on_a_phone(browser, site):
    """The work, then whoever has a part in it, by name and in words; nothing to scroll sideways; the first part first."""
    with opened(browser, f"{site}phan-cong/", 390) as page:
        assert page.input_value("[name=section]") == "ii" and shown_rows(page).count() == 3
        row = shown_rows(page).nth(1)
        said = [cell for cell in row.locator("td").all() if cell.is_visible()]
        assert all(cell.locator(".unseen").is_visible() for cell in said)
        assert "Công an tỉnh" in said[0].evaluate("cell => getComputedStyle(cell, '::before').content")
        box = page.locator(".matrix").bounding_box()
        assert all(cell.bounding_box()["width"] <= box["width"] for cell in said)


def test_my_agency_is_remembered(browser, site):
    """Chosen once, the page shows it next time; it can be changed."""
    with opened(browser, f"{site}co-quan-toi/", 390) as page:
        page.fill("#tim-co-quan", "so tu phap")
        assert page.locator("[data-agency]:visible").count() == 1
        page.click("[data-agency=so-tu-phap]")
        page.wait_for_url("**/co-quan/so-tu-phap/")
        page.goto(f"{site}co-quan-toi/")
        mine = page.locator("[data-my-agency]")
        mine.locator("a", has_text="Mở phiếu trách nhiệm").wait_for()
        words = mine.inner_text()
        assert words.startswith("Sở Tư pháp") and "Báo cáo định kỳ hàng quý" in words and "2017 - 2018" in words
        page.goto(site)
        mine.locator("a", has_text="Mở phiếu trách nhiệm").click()
        page.wait_for_url("**/co-quan/so-tu-phap/")
        page.goto(f"{site}co-quan-toi/")
        mine.locator("button", has_text="Chọn cơ quan khác").click()
        assert mine.is_hidden() and page.locator("[data-agency]:visible").count() > 20


def test_without_scripts_there_is_the_list(browser, site):
    """The list of agencies and the whole matrix need no script."""
    with opened(browser, f"{site}co-quan-toi/", java_script_enabled=False) as page:
        assert page.locator("[data-agency]:visible").count() == 36
        page.goto(f"{site}phan-cong/")
        assert shown_rows(page).count() > 80 and page.locator(".matrix-filter").is_hidden()


def test_the_picture_of_the_years_has_words(browser, site):
    """The picture has a name and a description; the table lists each mark that it draws."""
    with opened(browser, f"{site}lich/", 390) as page:
        picture = page.locator(".year-chart > svg")
        assert picture.get_attribute("role") == "img" and picture.locator("title").count() == 1
        assert picture.locator(".mark").count() == page.locator(".table-scroll tbody tr").count() == 18
        assert "do cơ quan đặt, Kế hoạch không quy định" in " ".join(page.locator(".notice").all_inner_texts())


def test_an_agency_is_offered_all_that_is_its_own(real_build):
    """Sheet, forms and calendar beside the page of an agency that reports; no form for one that does not."""

    def offered(agency):
        page = read_page((real_build / "site" / "co-quan" / agency / "index.html").read_text(encoding="utf-8"))
        links = [r.value.removeprefix("../../tai-ve/") for r in page.references if "/tai-ve/" in r.value]
        return sorted(links)

    def sheet(agency):
        return [f"co-quan/{agency}.{form}" for form in ("docx", "ics", "pdf")]

    forms = ["bao-cao/so-tu-phap--dot-xuat.docx", "bao-cao/so-tu-phap.docx"]
    assert offered("so-tu-phap") == [*forms, *sheet("so-tu-phap")]
    assert offered("mttq-tinh") == ["co-quan/mttq-tinh.docx", "co-quan/mttq-tinh.pdf"]  # nothing on a day: no calendar


def test_calendars_are_of_those_for_whom_something_is_due(real_build):
    """The eight bodies of the group that reports, the other departments, 15 districts, who receives, the whole plan."""
    files = sorted((real_build / "documents").rglob("*.ics"))
    assert len(files) == 9 + 15 + 2 + 1
    for file in files:
        assert icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT"), file.name


def test_that_the_term_is_over_stands_where_agencies_look(real_build):
    """On the calendar, on the list of agencies and on the page that remembers one."""
    for page in ("lich", "co-quan", "co-quan-toi"):
        assert "(2017 - 2020) đã hết" in (real_build / "site" / page / "index.html").read_text(encoding="utf-8"), page


def test_the_review_is_readable(real_build):
    """What all of a rule's findings say is said once; what was not found is one list at the end."""
    page = (real_build / "site/ra-soat/index.html").read_text(encoding="utf-8")
    assert page.count("Chỉ giao chung: Công an tỉnh Đắk Lắk (khoản 1 Mục V).</p>") == 1
    assert (
        page.index("Thiếu khoản 8 Mục V") < page.index("Bảo vệ nhân chứng") < page.rindex("Người biên tập thấy khi đọc")
    )


def test_a_request_is_seen_in_the_matrix(real_build):
    """The court's cells are marked, and the legend says what the mark means."""
    page = (real_build / "site/phan-cong/index.html").read_text(encoding="utf-8")
    assert 'data-roles="TH ĐN"' in page and ">ĐN: TH" in page
    assert re.search(r"<dt>ĐN</dt><dd>được đề nghị", page)


def test_the_files_of_open_data(real_build):
    """The folder holds what the page offers; its columns are those of the page."""
    folder = real_build / "open-data"
    page = (real_build / "site/du-lieu-mo/index.html").read_text(encoding="utf-8")
    offered = set(re.findall(r'href="\.\./tai-ve/du-lieu-mo/([^"]+)"', page))
    assert offered == {file.name for file in folder.iterdir()} == {
        "duties.csv", "duties.xlsx", "agencies.csv", "groups.csv", "matrix.xlsx", "plan.json", "plan.jsonld",
    }  # fmt: skip
    for name in ("duties", "agencies", "groups"):
        header = next(csv.reader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8-sig"))))
        assert [f"<code>{column}</code>" in page for column in header] == [True] * len(header)
    assert openpyxl.load_workbook(folder / "matrix.xlsx").sheetnames == ["Ma trận", "Chú giải"]
    for part in json.loads((folder / "plan.json").read_text(encoding="utf-8")):
        assert f"<code>{part}</code>" in page


def test_the_description_stands_on_the_page(real_build):
    """The page carries the schema.org description as data, the same as the file."""
    page = (real_build / "site/du-lieu-mo/index.html").read_text(encoding="utf-8")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert json.loads(block) == json.loads((real_build / "open-data/plan.jsonld").read_text(encoding="utf-8"))


def test_a_plan_without_deadlines_or_groups(small_build):
    """Another plan has the same pages, without anything of the first."""
    for name, words in {
        "lich": "không nêu mốc thời gian",
        "ra-soat": "Đã tìm, không thấy",
        "phan-cong": "Thư viện",
    }.items():
        assert words in (small_build / "site" / name / "index.html").read_text(encoding="utf-8"), name
    assert not (small_build / "documents/bao-cao").exists()


def test_the_whole_matrix_is_on_paper(browser, site):
    """Every agency's column and every row, upright in landscape, without the controls of the screen."""
    with opened(browser, f"{site}phan-cong/") as page:
        columns, tasks = (
            page.locator(".matrix-table thead th").count() - 1,
            page.locator(".matrix-table tbody tr").count(),
        )
        citations = page.locator(".matrix-table tbody th a").all_inner_texts()
        paper = page.pdf(prefer_css_page_size=True)
    with pdfplumber.open(io.BytesIO(paper)) as document:
        assert all(sheet.width > sheet.height for sheet in document.pages)
        tables = [table for sheet in document.pages for table in sheet.extract_tables() if len(table[0]) > 5]
        text = " ".join(sheet.extract_text() for sheet in document.pages)
    assert all(len(table[0]) == columns + 1 for table in tables)
    assert sum(len(table) - 1 for table in tables) == tasks
    assert not [place for place in citations if place.split(",")[0] not in text]
    assert "Tất cả" not in text and "↕" not in text
