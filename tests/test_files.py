"""The files of data/ and content/: each is read or named, and the received text is the one that was received."""

import hashlib

import pytest
from small import small_tree

from generator.diagnostics import DataError
from generator.project import Project
from generator.read.tree import DictTree

TEXT = b"KE HOACH"


def warned(data=None, content=None):
    """`code@file` of each warning of the small plan with these files besides."""
    project = Project.open(small_tree(data), DictTree(content or {}, "content"))
    return [f"{d.code}@{d.span.file}" for d in project.warnings]


@pytest.mark.parametrize("name", ["group.yml", "targets.yaml", "sections/3.yml", "agencies.json"])
def test_a_data_file_that_nobody_reads_is_named(name):
    """A misspelt name or a section that the plan does not list would else be left out in silence."""
    assert warned({name: "groups: []\n"}) == [f"unread-file@data/{name}"]


@pytest.mark.parametrize("name", ["bai.md", "huong-dan/a/b.md", "tuyen-truyen/ma-tuy.txt", "huong-dan/in.docx"])
def test_an_article_that_no_page_shows_is_named(name):
    """Written beside the folders that are read, or with another ending."""
    assert warned(content={name: "# A\n"}) == [f"unread-file@content/{name}"]


@pytest.mark.parametrize("name", ["schema/plan.json", "source/ban-nhan-duoc.txt", "anh.png", "ghi-chu.txt"])
def test_other_files_are_the_offices_own(name):
    """Schemas, the received text, and what is no data."""
    assert warned({name: "x"}) == []


def test_a_name_in_other_letters_than_utf8_is_an_error():
    """No other machine could hold it."""
    with pytest.raises(DataError) as caught:
        warned(content={"huong-dan/b\udce0i.md": "# A\n"})
    assert caught.value.diagnostics[0].code == "bad-file-name"


def received(text, digest):
    notes = f"received:\n  file: source/a.txt\n  sha256: {digest}\n"
    return {"source.yml": notes, **({"source/a.txt": text} if text else {})}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (received(TEXT + b".", hashlib.sha256(TEXT).hexdigest()), "altered-source@data/source.yml:3"),
        (received(None, hashlib.sha256(TEXT).hexdigest()), "missing-file@data/source.yml:2"),
    ],
)
def test_another_text_than_the_one_received_is_an_error(files, expected):
    """The data say from which bytes they were made."""
    with pytest.raises(DataError) as caught:
        warned(files)
    assert [f"{d.code}@{d.span.file}:{d.span.line}" for d in caught.value.diagnostics] == [expected]


def test_a_received_file_beyond_all_size_is_named():
    """A scan of 6 MB is no text; the build says so and does not break."""
    with pytest.raises(DataError) as caught:
        warned({**received(None, "0"), "source/a.txt": b"x" * 6_000_000})
    assert caught.value.diagnostics[0].code == "file-too-large"


def test_the_text_received_is_sound():
    """Positive control; letters of a digest may be capitals."""
    assert warned(received(TEXT, hashlib.sha256(TEXT).hexdigest().upper())) == []
