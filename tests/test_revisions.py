"""The papers and pages of a revision: the worked example of 2025, and each kind of change in the real plan."""

import io
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from browser import opened, served, violations
from memory import CONTENT, made
from revised import DELETED, INSERTED, KINDS, MERGED, MOVED_DUTY, RAISED, REWORDED, revised
from tracked import LibreOffice, by_docx_plus, paragraphs

from generator.make.edition import compare
from generator.project import Project
from generator.read.tree import DictTree, DiskTree
from generator.views.decision import lines_of
from generator.views.notice import touched_agencies, view_notice
from generator.views.revisions import resting_on
from generator.words.amendment import apply, draft, read, words_of

EXAMPLE = Path(__file__).parent.parent / "examples" / "to-chuc-lai-2025" / "data"
HOME = "documents/sua-doi/to-chuc-lai-2025"


@cache
def example():
    return Project.open(DiskTree(EXAMPLE), DictTree(CONTENT, "content"))


@pytest.fixture(scope="module")
def papers():
    """The example's papers, and the plan and two sheets that its redlines are of, untracked."""
    plain = {"documents/ke-hoach.docx", "documents/co-quan/so-tai-chinh.docx"}
    return made(example(), lambda row: row.path.startswith(f"{HOME}/") or row.path in plain)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The example's site on disk, served."""
    folder = tmp_path_factory.mktemp("site")
    for path, content in made(example(), lambda row: row.part == "site").items():
        if path.startswith("site/"):
            target = folder / path.removeprefix("site/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    with served(folder) as address:
        yield address


def pages_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


# The example


def test_the_example_is_clean_and_says_that_it_is_one():
    """No finding; nothing in it is said to be issued; its duties do not all follow their agencies."""
    project = example()
    assert project.warnings == ()
    (step,) = project.steps
    assert not step.issued and step.revision.decision is None and step.revision.summary.startswith("Ví dụ")
    duties = {item.statement.id: item.statement.by for item in step.new.duties}
    assert duties["v-3-1a"] == ("so-noi-vu",) and duties["v-3a-1a"] == ("so-giao-duc-dao-tao",)
    assert duties["v-4-1a"] == ("so-van-hoa-the-thao-du-lich",)
    assert step.new.agency["so-thong-tin-truyen-thong"].successors == ("so-khoa-hoc-cong-nghe",)


def test_every_notice_is_one_page(papers):
    """To each agency that is touched, and to no other."""
    notices = {path: content for path, content in papers.items() if path.startswith(f"{HOME}/thong-bao/")}
    told = {Path(path).stem for path in notices}
    assert {
        Path(path).name: pages_of(c) for path, c in notices.items() if path.endswith(".pdf") and pages_of(c) != 1
    } == {}
    assert {"so-noi-vu", "so-lao-dong", "ubnd-huyen-lak", "bo-chi-huy-bdbp"} <= told
    assert told.isdisjoint({"mttq-tinh", "tand-tinh", "vksnd-tinh"})


def test_a_notice_says_what_is_yours():
    """Sở Nội vụ: V.3 is its, without vocational training; the Sở that ended: who has each of its duties now."""
    (step,) = example().steps
    new = view_notice(step, "so-noi-vu")
    assert [item.place for item in new.new] == ["khoản 3 Mục V", "khoản 3a Mục V"]
    assert any(p.kind == "removed" and "dạy nghề" in p.text for item in new.changed for p in item.pieces)
    gone = view_notice(step, "so-thong-tin-truyen-thong")
    assert [item.what for item in gone.gone] == [
        "Hợp nhất cơ quan Sở Thông tin và Truyền thông; cơ quan kế nhiệm: Sở Khoa học và Công nghệ"
    ]
    assert ("khoản 4 Mục V", "nay do Sở Văn hóa, Thể thao và Du lịch thực hiện") in [
        (i.place, i.what) for i in gone.passed_on
    ]
    assert new.signature.name == "" and new.effective == "01/7/2025" and new.contact == ""


def test_the_examples_decision_makes_its_text():
    """Its words, read back and carried out."""
    (step,) = example().steps
    old, new = lines_of(step.old), lines_of(step.new)
    said = [words_of(command) for command in draft(old, new)]
    assert apply([read(sentence) for sentence in said], old) == [line.text for line in new]
    assert "Thay thế cụm từ “huyện, thị xã, thành phố” bằng cụm từ “xã, phường” tại " in said[-1]


def test_the_examples_redlines_settle(papers, program, tmp_path):
    """The plan's and a sheet's, by two programs."""
    office = LibreOffice(program("soffice"), tmp_path)
    old = made(revised(), lambda row: row.path in ("documents/ke-hoach.docx", "documents/co-quan/so-tai-chinh.docx"))
    for redline, plain in (("so-sanh", "ke-hoach"), ("so-sanh-phieu/so-tai-chinh", "co-quan/so-tai-chinh")):
        tracked = papers[f"{HOME}/{redline}.docx"]
        for how, wanted in (("accept", papers), ("reject", old)):
            text = paragraphs(wanted[f"documents/{plain}.docx"])
            assert paragraphs(office.settle(tracked, how)) == text
            assert list(filter(None, paragraphs(by_docx_plus(tracked, how)))) == list(filter(None, text))


def test_the_combined_version_notes_each_change(papers):
    """The new text, a mark at each change, and which paper made it, from when."""
    text = "\n".join(paragraphs(papers[f"{HOME}/hop-nhat.docx"]))
    notes = re.findall(r"^\[(\d+)\] (.*)$", text, re.M)
    assert [int(number) for number, _ in notes] == list(range(1, len(notes) + 1))
    assert any(
        note.startswith("Khoản 3a Mục V được bổ sung theo sửa đổi “to-chuc-lai-2025” (chưa ban hành)")
        for _, note in notes
    )
    assert all("từ ngày 01/7/2025" in note for _, note in notes)
    for number, _ in notes:
        assert text.count(f"[{number}]") == 2


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["thay-doi/", "thay-doi/to-chuc-lai-2025/", "phien-ban/2017/", "co-quan/so-lao-dong/"])
def test_the_pages_are_accessible(browser, site, path, width):
    """Nothing for axe-core to find, nothing wider than the screen."""
    with opened(browser, f"{site}{path}", width) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_changes_are_read_without_colour_and_aloud(browser, site):
    """What is gone and what is new are elements of their own, with words for who hears the page; both texts stand side by side."""
    with opened(browser, f"{site}thay-doi/to-chuc-lai-2025/", 1280) as page:
        assert page.locator("del").first.evaluate("node => getComputedStyle(node).textDecorationLine") == "line-through"
        assert page.locator("ins").first.evaluate("node => getComputedStyle(node).textDecorationLine") == "underline"
        assert page.locator("del").first.text_content().startswith("[bỏ: ")
        assert page.get_by_text("Dự thảo, chưa ban hành.").count() == 1
        assert page.locator(".side-by-side").count() > 5


def test_the_text_before_leads_to_the_text_now(browser, site):
    """A banner says since when it is replaced; a clause leads to itself in the text in force."""
    with opened(browser, f"{site}phien-ban/2017/", 390) as page:
        text = page.inner_text("article")
        assert "đã được thay thế từ ngày 01/7/2025" in text and "Sở Kế hoạch và Đầu tư" in text
        hrefs = page.locator("a[href*='ke-hoach/#']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert "../../ke-hoach/#v-3" in hrefs
    with opened(browser, f"{site}ke-hoach/", 390) as page:
        assert "Đọc như trên từ ngày 01/7/2025" in page.locator("details.remark").all_text_contents()[0]
    with opened(browser, f"{site}co-quan/so-thong-tin-truyen-thong/", 390) as page:
        text = page.inner_text("article")
        assert "Không còn sau ngày 19/02/2025" in text and "Nay do Sở Văn hóa, Thể thao và Du lịch thực hiện" in text
    with opened(browser, f"{site}co-quan/so-noi-vu/", 390) as page:
        assert "Thay đổi đối với cơ quan này" in page.inner_text("article")


def test_the_feed_is_atom():
    """One entry a revision, each with its page."""
    feed = ElementTree.fromstring(made(example(), lambda row: row.path.endswith("atom.xml"))["site/thay-doi/atom.xml"])
    atom = "{http://www.w3.org/2005/Atom}"
    assert [
        entry.find(f"{atom}link").get("href").rpartition("thay-doi/")[2] for entry in feed.iter(f"{atom}entry")
    ] == ["to-chuc-lai-2025/"]


def test_topics_that_rest_on_what_changed_are_named():
    """Each with the place that it cites and that changed; a change that no topic cites names none."""
    (step,) = example().steps
    assert [(page.split("/")[1], places) for page, _, places in resting_on(step, example().topics)] == [
        ("cong-nghe-cao", "khoản 4 Mục V"), ("ma-tuy", "khoản 7 Mục V"), ("nguoi-lam-loi-tro-ve", "khoản 3 Mục V"),
        ("viec-nhe-luong-cao", "khoản 7 Mục V"),
    ]  # fmt: skip
    (raised,) = revised(*RAISED).steps
    assert resting_on(raised, example().topics) == ()


# Each kind of change in the real plan


NOTIFIED = {  # read from the plan: whose words, duties, targets or names change
    "a reworded clause": (REWORDED, {"so-tu-phap"}),
    "an inserted clause": (INSERTED, {"so-tu-phap"}),
    "a merged agency": (MERGED, {"so-tai-chinh", "so-ke-hoach-dau-tu", "hdnd-tinh", "ubnd-tinh"}),
    "a raised target": (RAISED, {"cong-an-tinh"}),
    "a moved duty": (MOVED_DUTY, {"so-tu-phap", "so-lao-dong"}),
    "a deleted duty": (DELETED, {"so-tu-phap"}),
}


@pytest.mark.parametrize("case", NOTIFIED)
def test_who_is_told(case):
    """Exactly those whom the plan's text shows to be touched."""
    edits, expected = NOTIFIED[case]
    (step,) = revised(*edits).steps
    assert set(touched_agencies(step.changes, step.old, step.new)) == expected
    assert set(NOTIFIED) == set(KINDS)


@cache
def prints(*edits):
    return {path: print_.whole for path, print_ in compare(revised(*edits), None, {}).fingerprints.items()}


PLAN = {"ke-hoach.docx", "ke-hoach.pdf"}
ANNEX = {"phu-luc-phan-cong.docx", "phu-luc-phan-cong.pdf"}


def sheets(*agencies):
    return {f"co-quan/{agency}.{extension}" for agency in agencies for extension in ("docx", "pdf")}


def reports(*agencies):
    return {f"bao-cao/{agency}{kind}.docx" for agency in agencies for kind in ("", "--dot-xuat")}


def reviews(*agencies):
    return {f"bao-cao/{agency}--{kind}.docx" for agency in agencies for kind in ("so-ket-nam", "tong-ket-2020")}


JUSTICE = PLAN | ANNEX | sheets("so-tu-phap") | reports("so-tu-phap")
REMADE = {  # besides the pages and the papers of the revision: what shows the words, the duty, the target
    "a reworded clause": JUSTICE,
    "an inserted clause": JUSTICE,
    "a deleted duty": JUSTICE,
    "a moved duty": JUSTICE | sheets("so-lao-dong") | reports("so-lao-dong"),
    # the annex has no targets; those who only coordinate have none on their sheets
    "a raised target": PLAN | sheets("cong-an-tinh") | reports("cong-an-tinh") | reviews("cong-an-tinh"),
    # both Sở, and the two that V.2 advises; the one that ended has no forms and no calendar any more, and what the other
    # is asked to report on reads as before
    "a merged agency": PLAN | ANNEX | sheets("so-tai-chinh", "so-ke-hoach-dau-tu", "hdnd-tinh", "ubnd-tinh")
    | reports("so-ke-hoach-dau-tu") | {"co-quan/so-ke-hoach-dau-tu.ics"},
}  # fmt: skip


# What every change of the plan touches: the plan, the first page that offers it, the pages of versions, what lists all
ALL = {
    "site.zip", "site/404.html", "site/index.html", "site/ke-hoach/index.html",
    "site/tim-kiem/0.js", "site/tim-kiem/1.js", "site/tim-kiem/index.html", "site/phien-ban/lan-1/index.html", "site/thay-doi/index.html", "site/thay-doi/atom.xml",
    "site/thay-doi/du-thao/index.html", "site/du-lieu-mo/index.html", "open-data/plan.json",
}  # fmt: skip
TABLES = {"open-data/duties.csv", "open-data/duties.xlsx", "open-data/matrix.xlsx"}
LEGAL_AID_TOPIC = {  # it quotes the duty, and each list that shows it says that it has to be read again
    f"site/tuyen-truyen/{page}index.html"
    for page in (
        "",
        "nguoi-lam-loi-tro-ve/",
        *(f"doi-tuong/{who}/" for who in ("doanh-nghiep", "nguoi-cao-tuoi", "nong-dan", "thanh-nien")),
    )
}


def pages(*names):
    return {f"site/{name}/index.html" for name in names}


COUNTED = pages("co-quan", "co-quan-toi")  # their cards count duties


def mine(*names):
    return {f"site/co-quan-toi/{name}.js" for name in names}


PAGES = {
    "a reworded clause": TABLES | pages("co-quan/so-tu-phap", "phan-cong") | LEGAL_AID_TOPIC | mine("so-tu-phap"),
    "an inserted clause": TABLES | pages("co-quan/so-tu-phap", "phan-cong") | COUNTED | mine("so-tu-phap"),
    "a deleted duty": TABLES | pages("co-quan/so-tu-phap", "phan-cong") | COUNTED | LEGAL_AID_TOPIC | mine("so-tu-phap"),
    "a moved duty": TABLES | pages("co-quan/so-tu-phap", "co-quan/so-lao-dong", "phan-cong") | COUNTED | LEGAL_AID_TOPIC
    | mine("so-tu-phap", "so-lao-dong"),
    "a raised target": pages("co-quan/cong-an-tinh", "ra-soat", "tra-cuu/chi-tieu"),
    "a merged agency": TABLES | {"open-data/agencies.csv", "open-data/groups.csv", "open-data/plan.jsonld"} | COUNTED
    | pages("co-quan/so-tai-chinh", "co-quan/so-ke-hoach-dau-tu", "co-quan/hdnd-tinh", "co-quan/ubnd-tinh")
    | pages("phan-cong", "ra-soat", "tra-cuu", "tra-cuu/nhom", "co-quan/so-lao-dong") | mine("so-ke-hoach-dau-tu"),
}  # fmt: skip


@pytest.mark.parametrize("case", REMADE)
def test_what_is_made_anew(case):
    """The documents, pages and tables that differ are those that show what changed; files to download follow theirs."""
    before, after = prints(), prints(*KINDS[case])
    differ = {path for path in before | after if before.get(path) != after.get(path)}
    documents = {path.removeprefix("documents/") for path in differ if path.startswith("documents/")}
    assert {path for path in documents if not path.startswith("sua-doi/")} == REMADE[case]
    others = {path for path in differ if not path.startswith(("documents/", "site/tai-ve/"))}
    assert others == ALL | PAGES[case]
