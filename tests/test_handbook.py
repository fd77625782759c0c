"""The officers' handbook: every chapter is found, every screenshot is there and described, every command exists."""

import re

import pytest
import yaml
from browser import opened, served, violations
from PIL import Image
from topics import ROOT

from generator.build import Options, read_sources
from generator.cli import kehoach
from generator.content import read_authored
from generator.handbook import list_chapters

FOLDER = ROOT / "content" / "huong-dan"
FILES = sorted(FOLDER.glob("*.md"))
LISTED = {i["name"]: i for i in yaml.safe_load((FOLDER / "anh.yml").read_text(encoding="utf-8"))["images"]}


def text(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_screenshot_is_there(path):
    """What a chapter shows is listed with the same words and taken at the listed size."""
    for alt, name in re.findall(r"!\[([^\]]*)\]\(anh/([a-z0-9-]+)\.png\)", text(path)):
        assert alt == LISTED[name]["alt"]
        size = Image.open(FOLDER / "anh" / f"{name}.png").size
        assert size == (LISTED[name]["width"], LISTED[name]["height"])


def test_no_screenshot_is_left_over():
    """`scripts/screenshots.py` takes what is shown, nothing else."""
    shown = {name for path in FILES for name in re.findall(r"\(anh/([a-z0-9-]+)\.png\)", text(path))}
    assert shown == set(LISTED) == {p.stem for p in (FOLDER / "anh").glob("*.png")}


def test_the_first_page_leads_to_every_chapter():
    """No chapter can only be found by its address."""
    linked = set(re.findall(r"\(([a-z0-9-]+)\.md", text(FOLDER / "index.md")))
    assert linked == {path.stem for path in FILES} - {"index"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_command_exists(path):
    """A command that the handbook tells to type is one of `kehoach`'s, with its options."""
    for line in re.findall(r"kehoach ([a-z]+[^`\n]*)", text(path)):
        words = line.split()
        if words[0] not in kehoach.commands:
            pytest.fail(f"{path.name}: kehoach {line}")
        options = {o for p in kehoach.commands[words[0]].params for o in p.opts}
        assert {w for w in words if w.startswith("--")} <= options, line


def test_links_and_pictures_lead_where_they_stand():
    """A chapter's page lies one folder deeper than its file; a picture that is not there is left out."""
    raw = "# Tên\n\nXem [lỗi](doc-thong-bao-loi.md#a), [đầu](index.md), [ngoài](https://vi-du.example/a.md).\n\n![Hình](anh/x.png)\n"
    authored = {"huong-dan/thu.md": read_authored("thu.md", raw.encode()), "khac.md": read_authored("k.md", b"# K\n")}
    (chapter,) = list_chapters(authored, {"huong-dan/anh/x.png"})
    html = "".join(block.html for block in chapter.blocks)
    assert (chapter.title, chapter.path) == ("Tên", "huong-dan/thu/index.md")
    assert re.findall(r'href="([^"]*)"', html) == [
        "../../huong-dan/doc-thong-bao-loi/#a", "../../huong-dan/", "https://vi-du.example/a.md",
    ]  # fmt: skip
    assert '<img src="../../huong-dan/anh/x.png" alt="Hình" loading="lazy">' in html
    (without,) = list_chapters(authored, set())
    assert "<img" not in "".join(block.html for block in without.blocks)


def test_the_site_has_the_handbook(real_build):
    """Every chapter is a page, and the topics' page leads to the first."""
    pages = {p.parent.name for p in (real_build / "site" / "huong-dan").rglob("index.html")}
    assert pages == {path.stem for path in FILES} - {"index"} | {"huong-dan"}
    assert 'href="../huong-dan/"' in text(real_build / "site" / "tuyen-truyen" / "index.html")
    assert read_sources(Options(ROOT / "data", ROOT / "content")).screenshots.keys() == {
        f"huong-dan/anh/{name}.png" for name in LISTED
    }


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_accessible(browser, real_build, width):
    """Nothing for axe-core to find on any chapter, on a telephone or a desk."""
    with served(real_build / "site") as site:
        for path in FILES:
            chapter = "" if path.stem == "index" else f"{path.stem}/"
            with opened(browser, f"{site}huong-dan/{chapter}", width) as page:
                assert violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
