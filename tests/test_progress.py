"""What agencies reported: who did, what each said, what adds up and what does not; who may see it."""

import io
import re
from itertools import zip_longest

import openpyxl
import pdfplumber
import pytest
from browser import opened, served, violations
from lxml import etree
from memory import made, small_project
from small import FILES
from test_collect import DEADLINES, DUTIES, TARGETS, parts_of

from generator.make.artefacts import list_artefacts
from generator.make.progress import periods_of
from generator.project import Readers
from generator.views.consolidated_report import view_gathered
from generator.views.progress import adds_up
from generator.views.progress_page import view_history, view_progress

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RATE = '  - {id: ty-le, indicator: Tỷ lệ học sinh đọc, clause: c-2-1, operator: at-least, lower: 50, unit: "%", text: đọc}\n'
PLAN = {
    "sections/2.yml": DUTIES.replace("targets: [sach, vui]", "targets: [sach, vui, ty-le]"),
    "deadlines.yml": DEADLINES,
    "targets.yml": TARGETS + RATE,
}
INTERNAL = Readers("internal")
PUBLIC = {"site.yml": FILES.get("site.yml", "") + "reports: public\n"}


def report(agency, period, date, *lines):
    """The file of a report, by its path."""
    head = f"form: {agency}\nagency: {agency}\nkind: periodic\nperiod: {period}\nnumber: 5/BC\ndate: {date}\n"
    sha = (agency.encode().hex() + period.encode().hex() + "0" * 64)[:64]
    received = f"received: {{file: {agency} {period}.docx, sha256: {sha}}}\n"
    return {f"reports/{period}/{agency}.yml": head + received + "".join(f"{line}\n" for line in lines)}


REPORTS = {
    **report(
        "thu-vien", "2026-Q1", "2026-03-19", "results:", "  - {duty: c-2-1a, text: Đã bày 5 giá}", "  - {duty: c-2-1b, text: Đã gom 200 cuốn}",
        "figures:", "  - {target: sach, text: 200 cuốn, value: 200}", "  - {target: ty-le, text: '40%', value: 40}", "difficulties: Thiếu giá",
    ),
    **report(
        "doi-thieu-nien", "2026-Q1", "2026-03-25", "results:", "  - {duty: c-2-1b, text: Đã gom 50 cuốn}",
        "figures:", "  - {target: sach, text: '50,5', value: 50.5}", "  - {target: ty-le, text: chưa đếm}",
    ),
    **report("thu-vien", "2026-Q3", "2026-09-18", "figures:", "  - {target: sach, text: '300', value: 300}", "  - {target: ty-le, text: '55%', value: 55}"),
}  # fmt: skip


def project(files=None, readers=INTERNAL):
    return small_project({**PLAN, **(REPORTS if files is None else files)}, readers=readers)


@pytest.fixture(scope="module")
def reported():
    return project()


@pytest.fixture(scope="module")
def papers(reported):
    return made(reported, lambda row: row.path.startswith("documents/tong-hop/"))


def words(docx):
    """The paragraphs of a DOCX, with single spaces."""
    tree = etree.fromstring(parts_of(docx)["word/document.xml"])
    return [" ".join("".join(p.itertext()).split()) for p in tree.iter(f"{W}p")]


def rows(docx):
    """The rows of all its tables, a text for each cell."""
    tree = etree.fromstring(parts_of(docx)["word/document.xml"])
    return [[" ".join(" ".join(c.itertext()).split()) for c in row.findall(f"{W}tc")] for row in tree.iter(f"{W}tr")]


def sheet(xlsx, title):
    book = openpyxl.load_workbook(io.BytesIO(xlsx), read_only=True)
    header, *found = ([cell or "" for cell in row] for row in book[title].iter_rows(values_only=True))
    return [dict(zip_longest(header, row, fillvalue="")) for row in found]  # empty cells at the end are not written


# What is known


def test_a_period_says_who_reported_who_did_not_and_who_was_late(reported):
    """Of two that have to, both came, the second after the day that the plan sets; nobody came in the second quarter."""
    first, second, third = periods_of(reported)
    assert (first.id, first.title, first.due, first.count) == ("2026-Q1", "quý I năm 2026", "20/3/2026", "2/2")
    assert [(s.agency, s.late) for s in first.sources] == [("thu-vien", ""), ("doi-thieu-nien", "20/3/2026")]
    assert (second.id, second.count, second.sources) == ("2026-Q2", "0/2", ())
    assert [e.agency for e in second.missing] == ["thu-vien", "doi-thieu-nien"]
    assert [e.agency for e in third.missing] == ["doi-thieu-nien"]


def test_each_duty_says_of_each_owner_what_is_known(reported):
    """Reported, nothing written, not reported: three things, and none of them is guessed."""
    first, second, third = ({d.id: d for d in period.duties} for period in periods_of(reported))
    assert [(e.agency, e.state, e.text, e.source) for e in first["c-2-1b"].entries] == [
        ("thu-vien", "reported", "Đã gom 200 cuốn", 1), ("doi-thieu-nien", "reported", "Đã gom 50 cuốn", 2),
    ]  # fmt: skip
    assert [(e.state, e.text) for e in second["c-2-1b"].entries] == [("missing", "Chưa báo cáo")] * 2
    assert [(e.state, e.text) for e in third["c-2-1b"].entries] == [("empty", "Không ghi"), ("missing", "Chưa báo cáo")]
    assert "r-1" not in first  # no report tells what came of reporting


def test_only_counts_are_added(reported):
    """Books add up, however many said; shares do not; what has no measure is not asked for."""
    first, _, third = ({t.id: t for t in period.targets} for period in periods_of(reported))
    assert (first["sach"].total, first["sach"].remark) == ("250,5 cuốn", "cộng từ 2/2 báo cáo")
    assert (third["sach"].total, third["sach"].remark) == ("300 cuốn", "cộng từ 1/2 báo cáo")
    assert (first["ty-le"].total, first["ty-le"].remark) == ("", "Không cộng: số liệu là tỷ lệ, mỗi cơ quan một số.")
    assert [e.text for e in first["ty-le"].entries] == ["40%", "chưa đếm"]
    assert first["vui"].entries == ()


def test_a_duty_asked_in_another_s_row_is_told_there():
    """Two clauses on one plan to draw up are one row of the form: one row of the report too, with both places."""
    duty = '      - "; "\n      - {id: p-%d, by: [thu-vien], role: [carry-out], makes: plan, text: "[Thư viện](agency:thu-vien) lập kế hoạch %d"}\n'
    text = PLAN["sections/2.yml"]
    text = text[: text.rindex('      - "."')] + duty % (1, 1) + duty % (2, 2) + '      - "."\n'
    told = report("thu-vien", "2026-Q1", "2026-03-19", "results:", "  - {duty: p-1, text: Đã lập}")
    (period,) = periods_of(small_project({**PLAN, "sections/2.yml": text, **told}, readers=INTERNAL))
    found = {duty.id: duty for duty in period.duties}
    assert "p-2" not in found and [e.text for e in found["p-1"].entries] == ["Đã lập"]
    assert len(found["p-1"].also) == 1


def test_nothing_reported_is_nothing_made():
    """No page, no paper, no link to them."""
    silent = project({})
    assert not [row.path for row in list_artefacts(silent) if "tong-hop" in row.path or "tien-do" in row.path]


# The consolidated report


def test_every_figure_is_traced_to_its_form(papers):
    """In the report by the number of the form and its checksum, in the workbook by the file's whole checksum."""
    report_rows = rows(papers["documents/tong-hop/2026-Q1.docx"])
    sources = {row[0]: row for row in report_rows if re.fullmatch(r"\[\d\]", row[0])}
    assert sources["[1]"][1:] == ["Thư viện", "số 5/BC, ngày 19/3/2026", "thu-vien: thu-vien 2026-Q1.docx (7468752d)"]
    assert sources["[2]"][2] == "số 5/BC, ngày 25/3/2026 (sau hạn 20/3/2026)"
    figures = [row[2:] for row in report_rows if len(row) == 4 and row not in sources.values()]
    assert ["Thư viện [1]", "200 cuốn"] in figures and ["Đội thiếu niên [2]", "50,5 cuốn"] in figures
    assert ["Cộng", "250,5 cuốn (cộng từ 2/2 báo cáo)"] in figures
    assert ["Thư viện [1]", "40%"] in figures and ["Đội thiếu niên [2]", "chưa đếm"] in figures
    told = sheet(papers["documents/tong-hop/2026-Q1.xlsx"], "Chỉ tiêu")
    assert {(r["Cơ quan"], r["Chỉ tiêu"], r["Số"], r["SHA-256"][:8]) for r in told if r["Số"]} == {
        ("Thư viện", "Số sách quyên góp", "200", "7468752d"), ("Đội thiếu niên", "Số sách quyên góp", "50,5", "646f692d"),
        ("Cộng", "Số sách quyên góp", "250,5", ""), ("Thư viện", "Tỷ lệ học sinh đọc", "40", "7468752d"),
    }  # fmt: skip


def test_the_report_is_in_official_form(papers):
    """Who gathers and to whom is the plan's; number and day are blank; what only its writer can say are fields."""
    text = words(papers["documents/tong-hop/2026-Q1.docx"])
    assert "TRƯỜNG TIỂU HỌC BAN MAI" in text and "BÁO CÁO" in text and "Số: /BC-…" in text
    assert next(p for p in text if p.startswith("Kính gửi")) == "Kính gửi: Trường Tiểu học Ban Mai."
    assert any(p.startswith("Đã nhận 2/2 báo cáo phải gửi.") for p in text)
    tree = etree.fromstring(parts_of(papers["documents/tong-hop/2026-Q1.docx"])["word/document.xml"])
    names = [field.find(f"{W}sdtPr/{W}alias").get(f"{W}val") for field in tree.iter(f"{W}sdt")]
    assert names == [
        "Đánh giá chung", "Đề xuất của cơ quan tổng hợp", "Đơn vị soạn thảo", "Quyền hạn, chức vụ của người ký",
        "Họ và tên người ký",
    ]  # fmt: skip


def test_what_was_not_reported_is_said(papers):
    """The third quarter lacks one report, and a duty of which the other said nothing."""
    text = words(papers["documents/tong-hop/2026-Q3.docx"])
    assert "Chưa báo cáo (1): Đội thiếu niên." in text
    assert "Không ghi: Thư viện." in text and "Chưa báo cáo: Đội thiếu niên." in text
    states = {(r["Cơ quan"], r["Tình trạng"]) for r in sheet(papers["documents/tong-hop/2026-Q3.xlsx"], "Nhiệm vụ")}
    assert states == {
        ("Thư viện", "Không ghi"), ("Đội thiếu niên", "Chưa báo cáo"), ("", "Không có báo cáo nào nhắc đến"),
    }  # fmt: skip
    annex = words(papers["documents/tong-hop/2026-Q3-phu-luc.docx"])
    assert any(p.startswith("[1] Thư viện") for p in annex) and any(p.startswith("Đội thiếu niên") for p in annex)


def test_duties_of_which_nobody_had_to_report_are_named_together(reported, papers):
    """The yearly review is no quarter's: one sentence with its first words and place, no row of a table."""
    (section,) = view_gathered(reported.plan, periods_of(reported)[0]).sections
    assert ([d.id for d in section.duties], [d.id for d in section.unasked]) == (["c-2-1a", "c-2-1b"], ["r-3"])
    said = next(p for p in words(papers["documents/tong-hop/2026-Q1.docx"]) if p.startswith("Không cơ quan nào phải"))
    assert said.endswith("không báo cáo nào nhắc đến: “Hằng năm sơ kết” (khoản 2).")
    counted = [row[0] for row in rows(papers["documents/tong-hop/2026-Q1.docx"]) if len(row) == 3]
    assert counted == ["TT", "1", "2"]


def test_print_traces_every_figure_too(papers):
    """The PDF says the same as the DOCX: each figure after its form's number, each form with its checksum."""
    with pdfplumber.open(io.BytesIO(papers["documents/tong-hop/2026-Q1.pdf"])) as pdf:
        cells = [
            [re.sub(r"\s+", " ", c or "") for c in row]
            for page in pdf.pages
            for t in page.extract_tables()
            for row in t
        ]
    told = [row[2:] for row in cells if len(row) == 4]
    assert ["Thư viện [1]", "200 cuốn"] in told and ["Đội thiếu niên [2]", "50,5 cuốn"] in told
    assert ["Cộng", "250,5 cuốn (cộng từ 2/2 báo cáo)"] in told
    assert any(row[0] == "[1]" and "7468752d" in row[3] for row in cells)


def test_the_lines_of_what_was_written_are_kept():
    """In a table as lines; in the text each is a paragraph, because the margin would spread a line that ends early."""
    long = report(
        "thu-vien", "2026-Q1", "2026-03-19", "results:", '  - {duty: c-2-1a, text: "Một <b>\\nHai"}', 'plans: "Ba\\nBốn"',
    )  # fmt: skip
    row = made(project(long), lambda row: row.path == "documents/tong-hop/2026-Q1.docx")
    docx = row["documents/tong-hop/2026-Q1.docx"]
    tree = etree.fromstring(parts_of(docx)["word/document.xml"])
    (cell,) = (p for p in tree.iter(f"{W}p") if "Một" in "".join(p.itertext()))
    assert "".join(cell.itertext()).endswith("Một <b>Hai") and len(list(cell.iter(f"{W}br"))) == 1
    text = words(docx)
    assert text[text.index("- Thư viện [1]: Ba") + 1] == "Bốn"


def test_what_is_reported_at_once_says_what_happened():
    """The event stands first; of it nobody is missing, and no duty that it does not touch has a row."""
    head = "form: thu-vien--dot-xuat\nagency: thu-vien\nkind: at-once\nperiod: 2026-10-05\nnumber: unknown\ndate: unknown\n"
    received = f"received: {{file: a.docx, sha256: {'0' * 64}}}\nevent: Mất sách\n"
    once = {"reports/2026-10-05/thu-vien--dot-xuat.yml": head + received}
    (period,) = periods_of(project(once))
    assert (period.id, period.title) == ("2026-10-05-dot-xuat", "đột xuất ngày 05/10/2026")
    assert [e.text for e in period.events] == ["Mất sách"] and (period.expected, period.missing) == (0, ())
    sections = view_gathered(project(once).plan, period).sections
    assert not [duty for section in sections for duty in section.duties]
    assert [t.what for t in view_history("thu-vien", (period,))[0].told] == ["Nội dung sự việc"]
    hidden = {
        name: text.replace("event: Mất sách", "event: {audience: internal, text: Mất}") for name, text in once.items()
    }
    (shown,) = periods_of(project({**hidden, **PUBLIC}, Readers()))
    assert [e.text for e in shown.events] == ["Không có nội dung công khai"]


def test_two_figures_of_one_agency_are_not_added():
    """A sum would take one of them for the other's; two that agree are one figure."""
    yearly = (
        DEADLINES
        + "  - {id: quy-2, label: hằng quý, kind: recurring, every: quarter, from: 2026, to: 2027, day: 25, applies_to: report, clause: c-2}\n"
    )
    again = '      - {id: r-4, by: [thu-vien], role: [report], to: [truong-ban-mai], deadline: quy-2, text: "[Thư viện](agency:thu-vien) báo cáo lại [hằng quý](deadline:quy-2)"}\n      - "."\n'
    duties = PLAN["sections/2.yml"][: PLAN["sections/2.yml"].rindex('      - "."')] + '      - "; "\n' + again
    plan = {**PLAN, "sections/2.yml": duties, "deadlines.yml": yearly}
    first = report("thu-vien", "2026-Q1", "2026-03-19", "figures:", "  - {target: sach, text: '200', value: 200}")
    (text,) = first.values()
    second = text.replace("form: thu-vien\n", "form: thu-vien--quy-2\n").replace("200", "%d")
    for value, total in ((300, ""), (200, "200 cuốn")):
        both = {**first, "reports/2026-Q1/thu-vien--quy-2.yml": second % (value, value)}
        (period,) = periods_of(small_project({**plan, **both}, readers=INTERNAL))
        books = next(t for t in period.targets if t.id == "sach")
        assert (books.total, len([e for e in books.entries if e.value is not None])) == (total, 2)
    assert books.remark == "cộng từ 1/2 báo cáo"  # the other agency's is missing


@pytest.mark.parametrize(
    ("unit", "indicator", "added"),
    [("cuốn", "Số sách", True), ("%", "Số sách", False), ("vụ/năm", "Số vụ", False), ("vụ", "Tỷ lệ vụ", False), ("điểm", "Điểm bình quân", False)],
)  # fmt: skip
def test_what_adds_up(unit, indicator, added):
    """Counts; no share, average or level, whether its unit or its name says so."""
    targets = TARGETS.replace("Số sách quyên góp", indicator).replace("unit: cuốn", f'unit: "{unit}"')
    plan = small_project({**PLAN, "targets.yml": targets + RATE}).plan
    assert adds_up(plan.target["sach"]) is added


def test_it_is_made_the_same_twice(papers):
    """Every byte."""
    assert made(project(), lambda row: row.path.startswith("documents/tong-hop/")) == papers
    assert len(papers) == 2 * 5  # no paper of a quarter of which nothing came


# Who may see it


def test_reports_are_internal_unless_the_office_says_otherwise():
    """The public site has neither page nor paper; with `reports: public` it has, without what is marked internal."""
    assert project(readers=Readers()).reports == ()
    secret = {
        **REPORTS,
        **report(
            "thu-vien",
            "2026-Q1",
            "2026-03-19",
            "results:",
            "  - duty: c-2-1a",
            "    text: {audience: internal, text: Kín}",
        ),
    }
    shown = project({**secret, **PUBLIC}, Readers())
    first = periods_of(shown)[0]
    (entry,) = next(d for d in first.duties if d.id == "c-2-1a").entries
    assert (entry.state, entry.text) == ("empty", "Không có nội dung công khai")
    assert [row.path for row in list_artefacts(shown) if row.path == "site/tien-do/index.html"]


def test_names_of_files_are_not_the_public_s():
    """Whoever sent a file chose its name: the public sees the form and the checksum; inside the name is there."""
    wanted = (
        "documents/tong-hop/2026-Q1.docx",
        "documents/tong-hop/2026-Q1-phu-luc.docx",
        "documents/tong-hop/2026-Q1.xlsx",
    )
    public, internal = (
        {path: content for path, content in made(some, lambda row: row.path in wanted).items()}
        for some in (project({**REPORTS, **PUBLIC}, Readers()), project())
    )
    for path in wanted:
        for papers, named in ((public, False), (internal, True)):
            text = " ".join(part.decode(errors="ignore") for part in parts_of(papers[path]).values())
            assert ("thu-vien 2026-Q1.docx" in text) is named and "7468752d" in text, path


# The pages


def test_a_picture_says_what_its_table_says(reported):
    """Each bar is as long as its figure, shares of a hundred; the quarter without a report has none and says why."""
    view = view_progress(reported.plan, periods_of(reported), restricted=True)
    books = next(t for t in view.targets if t.id == "sach")
    total, *agencies = books.series
    assert [(bar.words, bar.share) for bar in total.bars] == [
        ("250,5 cuốn (cộng từ 2/2 báo cáo)", 835), ("Chưa có số để cộng.", -1), ("300 cuốn (cộng từ 1/2 báo cáo)", 1000),
    ]  # fmt: skip
    assert [(s.name, s.cells) for s in agencies] == [
        ("Thư viện", ("200 cuốn", "Chưa báo cáo", "300 cuốn")),
        ("Đội thiếu niên", ("50,5 cuốn", "Chưa báo cáo", "Chưa báo cáo")),
    ]
    rate = next(t for t in view.targets if t.id == "ty-le")
    assert (rate.goal, [bar.share for bar in rate.series[0].bars], rate.series[0].goal) == ("50%", [400, -1, 550], 500)
    assert (books.whole, rate.whole) == ("300 cuốn", "100%")
    assert [[duty.id for duty in some] for some in (view.duties, view.unasked)] == [["c-2-1a", "c-2-1b"], ["r-3"]]


def test_an_agency_has_its_history(reported):
    """The latest quarter first; a quarter without a report stands too."""
    history = view_history("thu-vien", periods_of(reported))
    assert [(h.title, len(h.sources)) for h in history] == [
        ("quý III năm 2026", 1), ("quý II năm 2026", 0), ("quý I năm 2026", 1),
    ]  # fmt: skip
    assert [t.text for t in history[2].told] == ["Đã bày 5 giá", "Đã gom 200 cuốn", "200 cuốn", "40%", "Thiếu giá"]
    assert view_history("truong-ban-mai", periods_of(reported)) == ()


@pytest.fixture(scope="module")
def site(reported, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tien-do")
    for path, content in made(reported, lambda row: row.path.startswith("site/")).items():
        if path.startswith("site/"):
            target = folder / path.removeprefix("site/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["tien-do/", "tien-do/2026-Q1/", "co-quan/thu-vien/"])
def test_the_pages_are_accessible(browser, site, path, width):
    """No fault that axe finds, nothing wider than the screen."""
    with opened(browser, f"{site}{path}", width) as page:
        assert violations(page) == []
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_charts_are_heard_and_drawn_to_scale(browser, site):
    """Each has a name and a description with every figure; the drawn bars are as long as the figures say."""
    with opened(browser, f"{site}tien-do/") as page:
        charts = page.locator("figure.bar-chart svg")
        assert charts.count() == 2
        assert page.get_by_role("img", name="Số sách quyên góp: Cộng").count() == 1
        said = charts.first.locator("desc").text_content()
        assert "Quý I/2026: 250,5 cuốn" in said and "Quý II/2026: chưa có số để cộng" in said
        lengths = [float(bar.get_attribute("width")) for bar in charts.first.locator("rect.amount").all()]
        assert lengths == [pytest.approx(356 * 0.835, abs=0.2), 356]
        assert charts.first.locator("rect.track").count() == 3
        assert said.endswith("Thanh dài hết khung: 300 cuốn")
        drawn = re.findall(r"(Quý I+/2026): ([\d,]+ cuốn)", said)
        assert len(drawn) == 2
        table = page.locator(".figures table").first
        heads, cells = (table.locator(cell).all_inner_texts() for cell in ("thead th", "tbody tr:first-child td"))
        shown = {head: text for head, text in zip(heads[1:], cells, strict=True)}
        assert {head: shown[head].split(" (")[0] for head, _ in drawn} == dict(drawn)
