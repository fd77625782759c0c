"""Authored pages: what may stand before their text, and what an internal one leaves behind."""

import shutil

import pytest
from memory import made, small_project
from small import FOLDER

from generator.diagnostics import DataError
from generator.project import Project, Readers
from generator.read.pages import pictures_of, read_pages
from generator.read.tree import DictTree

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (640).to_bytes(4) + (480).to_bytes(4)
INTERNAL = "---\naudience: internal\n---\n"


def pages(**files):
    return read_pages(
        DictTree({f"huong-dan/{name}.md": text for name, text in files.items()}, "content"), "tuyen-truyen"
    )


def faults(**files):
    with pytest.raises(DataError) as raised:
        pages(**files)
    return [f"{d.span}: {d.code}" for d in raised.value.diagnostics]


def test_a_page_is_public_unless_it_says_otherwise():
    """With front matter or without."""
    read = pages(a="# A\n", b=f"{INTERNAL}# B\n", c="---\naudience: public\n---\n# C\n")
    assert [page.audience for page in read.values()] == ["public", "internal", "public"]


def test_front_matter_that_means_nothing_is_refused_with_its_place():
    """A misspelt mark must not publish a page."""
    assert faults(a="---\naudience: internal\nnguoi-doc: noi-bo\n---\n# A\n") == [
        "content/huong-dan/a.md:3:1: unknown-field"
    ]
    assert faults(a="---\naudiences: internal\n---\n# A\n") == ["content/huong-dan/a.md:2:1: unknown-field"]
    assert faults(a="---\naudience: noi-bo\n---\n# A\n") == ["content/huong-dan/a.md:2:11: not-allowed"]


@pytest.mark.parametrize("address", ["kin.md", "kin.md#a", "../kin/", "../../huong-dan/kin/#a"])
def test_a_public_page_must_not_lead_to_an_internal_one(address):
    """By the file's name or by the page's address; another internal page may."""
    kin = f"{INTERNAL}# Kín\n"
    assert faults(a=f"# A\n\nXem [đây]({address}).\n", kin=kin) == ["content/huong-dan/a.md:3:11: internal-link"]
    assert len(pages(a=f"{INTERNAL}# A\n\nXem [đây]({address}).\n", kin=kin)) == 2
    assert len(pages(a=f"# A\n\nXem [đây]({address}).\n", kin="# Kín\n")) == 2


def test_pictures_are_those_that_pages_show():
    """By their path below content/."""
    assert pictures_of(pages(a="# A\n\n![Hình](anh/x.png)\n")) == {"huong-dan/anh/x.png"}


def test_an_internal_page_leaves_nothing_in_the_public_build(tmp_path):
    """Neither its text nor the pictures that only it shows, nor the name of its file."""
    content = tmp_path / "content"
    (content / "huong-dan" / "anh").mkdir(parents=True)
    shutil.copytree(FOLDER, tmp_path / "data")
    for name in ("kin", "chung"):
        (content / "huong-dan" / "anh" / f"{name}.png").write_bytes(PNG)
    texts = {
        "index": "# Đầu\n\n![Chung](anh/chung.png)\n",
        "kin": f"{INTERNAL}# Kín\n\n![Kín](anh/kin.png) ![C](anh/chung.png)\n",
    }
    for name, text in texts.items():
        (content / "huong-dan" / f"{name}.md").write_text(text, encoding="utf-8")
    (content / "ve-trang-nay.md").write_text(f"{INTERNAL}Chuyện kín.\n", encoding="utf-8")
    public = Project.open(tmp_path / "data", content)
    assert {*public.authored} == {"huong-dan/index.md"}
    assert {*public.screenshots} == {"huong-dan/anh/chung.png"}
    internal = Project.open(tmp_path / "data", content, Readers("internal"))
    assert len(internal.authored) == 3
    assert len(internal.screenshots) == 2


def test_headings_have_addresses_as_one_types_them():
    """Every letter of an authored heading is in its address: đ is no mark on a letter and is not lost."""
    about = "# Giới thiệu\n\n## Được lấy từ đâu\n\nỞ đó.\n"
    files = {"ve-trang-nay.md": about}
    shown = made(small_project(content=DictTree(files, "content")), lambda row: row.part == "site")
    assert 'id="duoc-lay-tu-dau"' in shown["site/gioi-thieu/index.html"].decode()
