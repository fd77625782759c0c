"""Hostile text in the data stays text, in the DOCX, the PDF and on the site (cases 26-43)."""

import shutil
import subprocess
import zipfile

import pytest
from lxml import etree
from small import FOLDER

from generator.build import Options, build

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = {
    "26 script": "<script>alert(1)</script>",
    "27 attribute breakout": '" onmouseover="alert(1)" x=\'',
    "28 template": "{{7*7}} {% raw %} {{''.__class__}}",
    "29 front matter": "--- title: x ---",
    "30 raw fence": "```{=openxml} <w:br/> ```",
    "31 end of xml": "]]></w:t></w:r>",
    "32 custom style": "{custom-style=Title} {.insertion}",
    "33 typst": '#read("/etc/passwd") $x$ @ref #eval("1")',
    "34 tex": r"\input{/etc/passwd}",
    "35 script link": "javascript:alert(1)",
    "36 file link": r"file:///etc/passwd \\host\share",
    "37 image": "![x](/etc/passwd)",
    "38 remote image": "<img src=http://192.0.2.1/x.png>",
    "39 formula": "=HYPERLINK(1) +1 -1 @x",
    "42 list marks": "1. # - > + x",
    "43 pipe": "a | b || c",
    "55 long word": "x" * 5000,
}


def escaped(text):
    """The text in the grammar of linked texts, in a YAML single-quoted scalar."""
    for mark in "\\[]*":
        text = text.replace(mark, "\\" + mark)
    return "'" + text.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def hostile_build(tmp_path_factory):
    """The small plan with every hostile text as a statement of a duty, and as a heading."""
    folder = tmp_path_factory.mktemp("hostile")
    data = shutil.copytree(FOLDER, folder / "data")
    duties = "".join(
        f"  - id: h-{n}\n    statements:\n      - {{id: h-{n}a, by: [thu-vien], role: [carry-out], text: {escaped('Chữ ' + text)}}}\n"
        for n, text in enumerate(HOSTILE.values())
    )
    headings = "".join(
        f"  - id: k-{n}\n    number: '{n + 1}'\n    heading: {escaped(text)}\n"
        for n, text in enumerate(HOSTILE.values())
    )
    section = f"id: c-2\nnumber: '2'\nheading: Thử\nparagraphs:\n{duties}clauses:\n{headings}"
    section = section.replace(
        "paragraphs:\n", "paragraphs:\n  - id: g\n    statements: ['[Đội thiếu niên](agency:doi-thieu-nien) xem.']\n"
    )
    (data / "sections" / "2.yml").write_text(section, encoding="utf-8")
    build(Options(data=data, content=folder / "khong-co", out=folder / "build"))
    return folder / "build"


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("path", ["ke-hoach", "co-quan/thu-vien"])
def test_docx_holds_the_text_and_no_more(hostile_build, path):
    """Each string is in the document's text; no relationship points outside, no style is taken from text."""
    archive = zipfile.ZipFile(hostile_build / "documents" / f"{path}.docx")
    document = archive.read("word/document.xml")
    text = squeezed("".join(t.text or "" for t in etree.fromstring(document).iter(f"{W}t")))
    assert [case for case, hostile in HOSTILE.items() if squeezed(hostile) not in text] == []
    relations = archive.read("word/_rels/document.xml.rels").decode()
    assert "External" not in relations
    assert b"<w:ins " not in document


@pytest.mark.parametrize("path", ["ke-hoach", "co-quan/thu-vien"])
def test_pdf_holds_the_text_and_no_more(hostile_build, path):
    """Nothing is evaluated, nothing is read, no annotation leads anywhere."""
    pdf = hostile_build / "documents" / f"{path}.pdf"
    text = squeezed(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode())
    assert "root:" not in text
    for case in ("26 script", "28 template", "33 typst", "37 image"):
        assert squeezed(HOSTILE[case]) in text, case
    assert b"/URI" not in pdf.read_bytes()


def test_the_site_shows_the_text_and_runs_nothing(hostile_build, browser):
    """In a real browser: the page's text holds every string, no script of theirs ran, nothing was asked of another host."""
    page = browser.new_page()
    asked, dialogs = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("ke-hoach", "co-quan/thu-vien"):
        page.goto((hostile_build / "site" / path / "index.html").as_uri())
        text = squeezed(page.locator("article").text_content())
        assert [case for case, hostile in HOSTILE.items() if squeezed(hostile) not in text] == []
        foreign = "article script:not([type='application/ld+json']), article img, article [onmouseover], article [style*=custom]"
        assert page.locator(foreign).count() == 0
        hrefs = page.locator("article a").evaluate_all("links => links.map(a => a.getAttribute('href') || '')")
        assert not [h for h in hrefs if h.startswith(("javascript:", "file:", "http:", "\\\\"))]
    page.close()
    assert dialogs == []
    assert [url for url in asked if not url.startswith("file:")] == []
