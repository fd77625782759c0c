"""Redlines: accepted they are the new document, rejected the old one, word for word, as two other programs settle them."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import pytest
from memory import made
from revised import INSERTED, KINDS, REWORDED, V, first, revised
from test_docx import assert_valid
from tracked import LibreOffice, by_docx_plus, paragraphs

PLAN = "documents/sua-doi/du-thao/so-sanh.docx"
SHEET = "documents/sua-doi/du-thao/so-sanh-phieu/so-tu-phap.docx"


def swapped():
    """V.6 before V.5, renumbered."""
    text = first()[V]
    at = [text.index(f"  - id: v-{n}\n") for n in (5, 6, 7)]
    five, six = text[at[0] : at[1]], text[at[1] : at[2]]
    moved = six.replace('number: "6"', 'number: "5"') + five.replace('number: "5"', 'number: "6"')
    return ((V, five + six, moved),)


CASES = {
    **KINDS,
    "a moved and renumbered clause": swapped(),
    "several at once": (*REWORDED, *INSERTED, *KINDS["a raised target"]),
}


@pytest.fixture(scope="module")
def office(program, tmp_path_factory):
    return LibreOffice(program("soffice"), tmp_path_factory.mktemp("libreoffice"))


def outputs(edits):
    """The redlines of the plan and of one sheet; the same documents of the new version and of the old one, untracked."""
    project = revised(*edits)
    pairs = {PLAN: "documents/ke-hoach.docx", SHEET: "documents/co-quan/so-tu-phap.docx"}
    new = made(project, lambda row: row.path in {*pairs, *pairs.values()})
    old = made(revised(), lambda row: row.path in pairs.values())
    return {
        path: (new[path], paragraphs(new[plain]), paragraphs(old[plain]))
        for path, plain in pairs.items()
        if path in new
    }


@pytest.mark.parametrize("case", CASES)
def test_accepted_it_is_the_new_document_and_rejected_the_old_one(office, case):
    """Each kind of change, in the plan and in the sheet of an agency that it touches.

    docx-plus leaves the marks of paragraphs and rows: of what went, it leaves empty paragraphs.
    """
    for redline, new, old in outputs(CASES[case]).values():
        for how, wanted in (("accept", new), ("reject", old)):
            assert paragraphs(office.settle(redline, how)) == wanted
            assert list(filter(None, paragraphs(by_docx_plus(redline, how)))) == list(filter(None, wanted))


def marks(docx):
    """How often each mark of a change stands in a DOCX."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        xml = archive.read("word/document.xml").decode()
    found = {name: len(re.findall(rf"<w:{name} ", xml)) for name in ("ins", "del", "moveTo", "moveFrom")}
    return {name: count for name, count in found.items() if count}, xml


def test_no_more_is_marked_than_changed():
    """One word is one deletion and one insertion; an inserted clause is a heading and a paragraph with their marks."""
    redline, new, old = outputs(REWORDED)[PLAN]
    found, xml = marks(redline)
    assert found == {"ins": 1, "del": 1}
    assert re.findall(r"<w:delText[^>]*>(.*?)</w:delText>", xml) == [","]
    assert marks(outputs(INSERTED)[PLAN][0])[0] == {"ins": 4}
    assert new != old


def test_what_moved_is_not_deleted_and_inserted():
    """A clause that went before another: both ends named alike, its new number the only insertion."""
    found, xml = marks(outputs(swapped())[PLAN][0])
    assert found["moveTo"] == found["moveFrom"] == 4
    assert set(re.findall(r'w:name="(move\d+)"', xml)) == {"move1", "move2"}
    assert found.get("ins") == found.get("del") == 1
    ids = re.findall(r'<w:(?:ins|del|moveTo|moveFrom) w:id="(\d+)"', xml)
    assert len(ids) == len(set(ids))


def test_a_redline_is_a_valid_document_of_its_author():
    """By the schema's validators; with the name and day that the data give."""
    project = revised(*REWORDED, id="lan-2", summary="Sửa", date=dt.date(2025, 3, 1), author="Văn phòng Ủy ban")
    path = PLAN.replace("du-thao", "lan-2")
    redline = made(project, lambda row: row.path == path)[path]
    assert_valid(redline)
    assert 'w:author="Văn phòng Ủy ban" w:date="2025-03-01T00:00:00Z"' in marks(redline)[1]


def test_the_print_shows_changes_without_colour(tmp_path):
    """In the PDF the old words and the new ones both stand, and a line goes through or under them."""
    import pdfplumber

    path = PLAN.replace(".docx", ".pdf")
    pdf = made(revised(*REWORDED), lambda row: row.path == path)[path]
    with pdfplumber.open(BytesIO(pdf)) as document:
        page = next(p for p in document.pages if "tư vấn, và trợ giúp" in " ".join((p.extract_text() or "").split()))
        assert len([*page.lines, *page.rects, *page.curves]) >= 2
