"""Fidelity of what is published: DOCX, PDF and the site's page say the plan's words, in order, and nothing else."""

import io
import subprocess
import zipfile

import pytest
from fidelity import PLAN, article_text, words
from lxml import etree

from generator.views.plaintext import plan_text
from generator.views.plan import END_MARK, view_plan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"


def reading():
    """The corrected reading's words: type and subject first, the signatory last."""
    return words(plan_text(PLAN, as_issued=False))


def printed():
    """The words of the printed form: the reading, with the letterhead before it and the end mark after the body.

    These, with the authority and position over the name, are the additions that source.yml lists.
    """
    head = view_plan(PLAN).letterhead
    letterhead = words(" ".join((*head.issuer_lines, NATIONAL, head.number_line, head.place_date)))
    body = reading()
    last = body.index("Nơi") - 1
    body[last] = body[last].removesuffix(".") + END_MARK
    return letterhead + body


def docx_words(raw):
    """The words of the document part, paragraph by paragraph."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml"))
    lines = []
    for paragraph in root.iter(f"{W}p"):
        pieces = {f"{W}t": lambda e: e.text or "", f"{W}br": lambda e: " ", f"{W}tab": lambda e: " "}
        lines.append("".join(pieces[e.tag](e) for e in paragraph.iter() if e.tag in pieces))
    return words("\n".join(lines))


def pdf_words(path):
    """The words in the order of the PDF's content, the page numbers left out."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
    pages = text.split("\f")[:-1]
    found = []
    for number, page in enumerate(pages, 1):
        lines = page.strip().split("\n")
        if number > 1:
            assert lines[0].strip() == str(number)
        found += words("\n".join(lines[number > 1 :]))
    return found


def test_docx_says_the_plan(real_build):
    """0 differences in the DOCX."""
    assert docx_words((real_build / "documents" / "ke-hoach.docx").read_bytes()) == printed()


def test_pdf_says_the_plan(real_build):
    """0 differences in the PDF."""
    assert pdf_words(real_build / "documents" / "ke-hoach.pdf") == printed()


def test_the_page_says_the_plan(real_build):
    """0 differences in the article of the site's page; what is marked data-extra is left out, the lines over the name too."""
    html = (real_build / "site" / "ke-hoach" / "index.html").read_text(encoding="utf-8")
    signature = PLAN.head.signature
    added = words(f"{signature.authority} {signature.position}")
    text = reading()
    at = len(text) - len(added) - len(words(signature.name))
    assert text[at : at + len(added)] == added
    assert words(article_text(html)) == text[:at] + text[at + len(added) :]


def test_article_text_is_the_pages_own_words():
    """What is marked data-extra, scripts and the words around the article are left out; blocks part words."""
    page = """<html><body><nav>Menu</nav><article><h2>V. Phân công <a data-extra href="#v">Liên kết</a></h2>
    <h3>1. Sở <b>Tư</b> pháp</h3><p>tuyên truyền<span data-extra> (bản gốc in: <i>x</i>)</span>, vận động.</p><p>Câu hai.</p>
    <script>let x = "chữ"</script></article><footer>Chân trang</footer></body></html>"""
    assert article_text(page) == "V. Phân công 1. Sở Tư pháp tuyên truyền, vận động. Câu hai."


@pytest.mark.parametrize("word", ["không", "75%,"])
def test_a_lost_word_would_be_seen(real_build, word):
    """Negative control: the comparison sees one missing word."""
    found = docx_words((real_build / "documents" / "ke-hoach.docx").read_bytes())
    found.remove(word)
    assert found != printed()
