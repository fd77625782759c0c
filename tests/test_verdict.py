"""`check` green ⇒ `build` green, over the negative cases of all other tests and over what only the made thing shows."""

import pytest
import test_awareness
import test_check
import test_load
from memory import CONTENT, made, real_project
from small import FILES, small_tree
from topics import DATA, TOPIC

from generator.diagnostics import DataError
from generator.make.check import check_project
from generator.project import Project, Readers
from generator.read.tree import DictTree

BOTH = (Readers(), Readers("internal"))
CHAPTER = "huong-dan/index.md"
PLAN, FIRST, AGENCIES = (FILES[name] for name in ("plan.yml", "sections/1.yml", "agencies.yml"))
HOSTS = {"site.yml": "link_hosts: [vanban.example.vn]\n"}
INSTRUMENT = (
    'instruments:\n  - {id: luat, kind: law, name: Luật Sách, url: "https://luat.example.vn/1", source: "báo"}\n'
)


def verdict(run):
    """The findings as `code@file:line`, or None if there is no error. Anything but DataError is a bug and fails."""
    try:
        run()
    except DataError as error:
        return [f"{d.code}@{d.span.file.removeprefix('data/')}:{d.span.line}" for d in error.diagnostics]
    return None


def both(data, content, wanted=lambda row: True):
    """(what check says, what the public build says, what the internal build says)."""
    checked = verdict(lambda: check_project(data, content))
    return checked, *(verdict(lambda who=who: made(Project.open(data, content, who), wanted)) for who in BOTH)


# What only the made site, sheet or leaflet would show: (files of data, files of content, where it is found)
MADE = {
    "a chapter that links nowhere": ({}, {CHAPTER: "# Sổ tay\n\nchữ\n[đi](khong-co/)\n"}, "broken-site@content/huong-dan/index.md:4"),
    "a chapter that is not there": ({}, {CHAPTER: "# Sổ tay\n\n[đi](khong-co.md)\n"}, "broken-site@content/huong-dan/index.md:3"),
    "a heading that is not there": (
        {}, {CHAPTER: "# Sổ tay\n\n[đi](in.md#phan-x)\n", "huong-dan/in.md": "# In\n"}, "broken-site@content/huong-dan/index.md:3",
    ),
    "a clause that is not there": ({}, {CHAPTER: "# Sổ tay\n\n[đi](../ke-hoach/#c-99)\n"}, "broken-site@content/huong-dan/index.md:3"),
    "a host that is not allowed": (
        HOSTS, {CHAPTER: "# Sổ tay\n\n[đi](https://elsewhere.example.vn/a)\n"}, "broken-site@content/huong-dan/index.md:3",
    ),
    "an instrument's host": ({"instruments.yml": INSTRUMENT, **HOSTS}, {}, "broken-site@instruments.yml:2"),
    "an id that the page needs": (
        {"sections/1.yml": FIRST.replace("id: c-1\n", "id: dau-trang\n"), "sections/2.yml": test_check.ALONE}, {},
        "broken-site@sections/1.yml:1",
    ),
    "a letter that print lacks": ({"plan.yml": PLAN.replace("title: ", "title: \u4e00", 1)}, {}, "missing-letter@plan.yml:"),
}  # fmt: skip

SOUND = {
    "the small plan": ({}, {}),
    "quoted addresses in text": (test_check.paragraph("Xem 'https://dichvucong.gov.vn' nhé."), {}),
    "links that lead somewhere": (
        HOSTS,
        {CHAPTER: "# Sổ tay\n\n[a](in.md#phan-b) [b](../ke-hoach/) [c](https://a.vanban.example.vn/x) [d](tel:113)\n",
         "huong-dan/in.md": "# In\n\n## B\n\nchữ\n"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MADE)
def test_what_the_made_thing_would_show_is_found_at_its_source(case):
    """Check and both builds name it with the file and line where the office wrote it."""
    files, articles, expected = MADE[case]
    for said in both(small_tree(files), DictTree(articles, "content")):
        assert said and said[0].startswith(expected)


@pytest.mark.parametrize("case", SOUND)
def test_what_is_sound_is_green_in_all(case):
    """Positive controls."""
    files, articles = SOUND[case]
    assert both(small_tree(files), DictTree(articles, "content")) == (None, None, None)


@pytest.mark.parametrize("case", [*test_load.CASES, *test_check.CASES])
def test_bad_data_of_the_small_plan(case):
    """What check lets pass, both builds make; what a build refuses, check refused."""
    files, _ = (test_load.CASES | test_check.CASES)[case]
    checked, public, internal = both(small_tree(files), DictTree({}, "content"))
    assert checked or not (public or internal)


@pytest.mark.parametrize("case", [*test_awareness.BAD, *test_awareness.RULES])
def test_bad_topics(case):
    """The same for a topic of the real plan: its page, papers and files for the ear."""
    changes, _ = (test_awareness.BAD | test_awareness.RULES)[case]
    articles = {name: raw.encode() if isinstance(raw, str) else raw for name, raw in CONTENT.items()}
    for old, new in changes:
        articles[TOPIC] = articles[TOPIC].replace(old.encode(), new.encode(), 1)
    data, content = DictTree(DATA), DictTree(articles, "content")
    checked = verdict(lambda: check_project(data, content))
    if not checked:
        assert verdict(lambda: made(Project.open(data, content), of_topic)) is None


def of_topic(row):
    return row.path.startswith("awareness/gia-danh-cong-an/")


def test_a_topics_dead_link():
    """In a topic's article: found at its line by the gate that has seen all pages."""
    link = [("Bà hoang mang,", "Bà [hoang](../khong-co/) mang,")]
    said = verdict(lambda: made(real_project(topic=link), lambda row: row.part == "site"))
    assert said == ["broken-site@content/tuyen-truyen/gia-danh-cong-an.md:75"]
