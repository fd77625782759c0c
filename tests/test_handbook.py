"""The officers' handbook: its pages on the site, its pictures, and that what it says of the program is so."""

import importlib
import re
import shlex
import sys
import textwrap

import click
import pytest
from browser import opened, served, violations
from memory import real
from PIL import Image
from topics import ROOT

from generator.cli.main import kehoach
from generator.model.topic import Topic
from generator.model.types import Role, Statement
from generator.read.markdown import read_authored
from generator.views.handbook import list_chapters

FOLDER = ROOT / "content" / "huong-dan"
FILES = sorted(FOLDER.glob("*.md"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4)


sys.path.append(str(ROOT / "scripts"))
screenshots = importlib.import_module("screenshots")
SHOTS = {shot.name: shot for shot in screenshots.read_shots()}


@pytest.fixture(scope="module")
def site(real_build):
    """The address of the real plan's site."""
    with served(real_build / "site") as address:
        yield address


def parsed(call):
    """Parse a call of `kehoach` without running it. Raises click.UsageError for a wrong one."""
    command, words = kehoach, shlex.split(call)[1:]
    while isinstance(command, click.Group) and words != ["--help"]:
        if words[0] not in command.commands:
            raise click.UsageError(call)
        command, words = command.commands[words[0]], words[1:]
    if words != ["--help"]:
        command.make_context(command.name, words)


def chapters(pictures=None, **files):
    """The chapters made of these texts, by name of file."""
    authored = {f"huong-dan/{name}.md": read_authored(f"{name}.md", text.encode()) for name, text in files.items()}
    return list_chapters(authored, pictures or {})


def html_of(chapter):
    return "".join(part.html for part in chapter.parts)


# The pictures


@pytest.mark.parametrize("name", TEXTS)
def test_every_picture_is_listed_and_there(name):
    """What a chapter shows is listed with the same words, was taken at the listed width, and is small."""
    for alt, picture in re.findall(r"!\[([^\]]*)\]\(anh/([a-z0-9-]+)\.png\)", TEXTS[name]):
        shot, path = SHOTS[picture], FOLDER / "anh" / f"{picture}.png"
        assert alt == shot.alt
        width, height = Image.open(path).size
        assert width == shot.width and height == (shot.height or height)
        assert path.stat().st_size < screenshots.MAX_BYTES


def test_no_picture_is_left_over():
    """What is listed is shown, and nothing else lies in the folder."""
    shown = {name for text in TEXTS.values() for name in re.findall(r"\(anh/([a-z0-9-]+)\.png\)", text)}
    assert shown == set(SHOTS) == {path.stem for path in (FOLDER / "anh").iterdir()}


def test_a_picture_that_is_too_large_loses_colours(tmp_path):
    """A noisy picture comes out below the limit, with fewer colours, and as large as it was."""
    noise = tmp_path / "noise.png"
    Image.effect_noise((420, 420), 60).convert("RGB").save(noise)
    small = screenshots._small(noise.read_bytes(), "noise")
    assert noise.stat().st_size > screenshots.MAX_BYTES > len(small)
    (tmp_path / "small.png").write_bytes(small)
    assert Image.open(tmp_path / "small.png").size == (420, 420)


# What it says of the program


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_can_be_called(name):
    """Every call of `kehoach` that a chapter prints is one that the program takes."""
    for call in re.findall(r"^kehoach.*$|(?<=`)kehoach [a-z]+ [^`\n]+(?=`)", TEXTS[name], re.M):
        parsed(call)
    for named in re.findall(r"`(kehoach [a-z]+)`", TEXTS[name]):
        parsed(f"{named} --help")


def test_a_command_that_does_not_exist_is_found():
    """Negative control: a misspelt command and an unknown option do not pass."""
    for call in ("kehoach buld", "kehoach build --aproved", "kehoach new chu-de x", "kehoach sheet"):
        with pytest.raises(click.UsageError):
            parsed(call)


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_is_where_it_says(name, real_build):
    """Files and folders are named as on Windows; those of the project and of the build are there."""
    for path in re.findall(r"`((?:data|content|build|site_templates)\\[^`<]+)`", TEXTS[name]):
        place = path.replace("\\", "/")
        assert (real_build.parent / place if place.startswith("build/") else ROOT / place).exists(), path


def test_every_field_of_a_topic_is_explained():
    """The table of a topic's fields has all of them and no others."""
    assert re.findall(r"^\| `(\w+)` \|", TEXTS["viet-chu-de"], re.M) == list(Topic.model_fields)


def test_every_field_of_a_duty_is_real():
    """The table of a duty's fields names fields of the model, and every role."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", TEXTS["sua-nhiem-vu"], re.M))
    assert set(rows) <= {info.alias or name for name, info in Statement.model_fields.items()}
    assert set(re.findall(r"`([a-z-]+)`", rows["role"])) == set(Role.__args__)


def test_the_duty_shown_is_the_plans():
    """The example of a duty stands in the data as it is printed."""
    example = re.search(r"```\n(- id: .*?)```", TEXTS["sua-nhiem-vu"], re.S)[1]
    assert textwrap.indent(example, " " * 10) in (ROOT / "data" / "sections" / "05-v.yml").read_text(encoding="utf-8")


def test_the_message_shown_is_the_programs():
    """The message taken apart is what the program answers to the mistake in the picture."""
    block = re.search(r"```\n(.*?)```", TEXTS["doc-thong-bao-loi"], re.S)[1]
    assert block.rstrip() in screenshots.answer(SHOTS["lenh-check-loi"])
    assert screenshots.answer(SHOTS["lenh-check"]).startswith("Dữ liệu hợp lệ: 0 lỗi")


@pytest.mark.parametrize(("name", "least"), [("doc-thong-bao-loi", 15), ("bao-cao", 20)])
def test_every_message_listed_is_one_of_the_programs(name, least):
    """The words of each message in the tables stand in the program's code."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "generator").rglob("*.py")))
    tables = [after.split("\n\n")[0] for after in TEXTS[name].split("| Máy nói |")[1:]]
    messages = [row.split(" | ")[0].strip("| ") for table in tables for row in table.splitlines()[2:]]
    assert len(messages) > least
    for message in messages:
        words = [piece.strip(" '%") for piece in re.split("…", re.sub(r"\(.*?\)| hay nhóm", "", message))]
        assert all(word in code for word in words), message
    for quoted in re.findall(r"Máy nói “(.*?)”", TEXTS[name]):
        assert quoted in code, quoted


# The pages


def test_links_and_pictures_lead_where_they_stand():
    """A chapter's page lies one folder deeper than its file; a picture says its size, one not taken is left out."""
    text = "# Tên\n\nXem [lỗi](in.md#a), [đầu](index.md), [ngoài](https://vi-du.example/a.md), [gọi](tel:113).\n\n![Hình](anh/x.png)\n"
    (chapter,) = chapters({"huong-dan/anh/x.png": PNG}, thu=text)
    assert (chapter.title, chapter.href) == ("Tên", "huong-dan/thu/")
    assert re.findall(r'href="([^"]*)"', html_of(chapter)) == [
        "../../huong-dan/in/#a", "../../huong-dan/", "https://vi-du.example/a.md", "tel:113", "../../huong-dan/anh/x.png",
    ]  # fmt: skip
    assert 'src="../../huong-dan/anh/x.png" alt="Hình" width="640" height="480"' in html_of(chapter)
    (without,) = chapters({}, thu=text)
    assert "<img" not in html_of(without)


def test_the_first_page_gives_the_order():
    """The first page comes first, then what it links to in its order, then what it forgets."""
    made = chapters(index="# Đầu\n\n[b](b.md), [a](a.md#x)\n", a="# A\n", c="# C\n", b="Không có tiêu đề.\n")
    assert [chapter.name for chapter in made] == ["index", "b", "a", "c"]
    assert [chapter.title for chapter in made] == ["Đầu", "b", "A", "C"]


def test_headings_have_addresses_of_their_own():
    """Two headings of the same words have two addresses, readable without marks."""
    (chapter,) = chapters(a="# A\n\n## Đọc số\n\n## Đọc số\n\n# Nữa\n")
    assert [(p.anchor, p.level) for p in chapter.parts] == [("phan-doc-so", 2), ("phan-doc-so-2", 2), ("phan-nua", 2)]


def test_the_site_has_the_handbook(real_build):
    """Every chapter is a page; home, the topics' page and the page about the site lead to the first."""
    pages = real_build / "site"
    made = {path.parent.name for path in (pages / "huong-dan").rglob("index.html")}
    assert made == set(TEXTS) - {"index"} | {"huong-dan"}
    for path, href in (("", "huong-dan/"), ("tuyen-truyen/", "../huong-dan/"), ("gioi-thieu/", "../huong-dan/")):
        assert f'href="{href}"' in (pages / path / "index.html").read_text(encoding="utf-8")
    assert real().screenshots.keys() == {f"huong-dan/anh/{name}.png" for name in SHOTS}


def test_a_plan_without_a_handbook_has_no_trace_of_one(small_build):
    """Without content/huong-dan there is no page and no link to one."""
    assert not (small_build / "site" / "huong-dan").exists()
    for path in (small_build / "site").rglob("*.html"):
        assert "huong-dan" not in path.read_text(encoding="utf-8"), path


def test_one_reads_from_the_first_page_to_the_last(browser, site):
    """The link to the next page leads through all of them in the order of the table, and back."""
    with opened(browser, site + "huong-dan/") as page:
        order = page.locator(".handbook td a").evaluate_all("all => all.map(a => a.href)")
        assert len(order) == len(TEXTS) - 1
        for address in order:
            assert page.locator('a[rel="next"]').evaluate("link => link.href") == address
            page.goto(address)
        assert page.locator('a[rel="next"]').count() == 0
        assert page.locator('a[rel="prev"]').evaluate("link => link.href") == order[-2]


@pytest.mark.parametrize("width", [390, 1280])
def test_its_pages_fit_and_can_be_used_by_all(browser, site, width):
    """No page is wider than the screen, every picture is drawn, and axe-core finds nothing."""
    for name in TEXTS:
        address = site + ("huong-dan/" if name == "index" else f"huong-dan/{name}/")
        with opened(browser, address, width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            for picture in page.locator(".handbook img").all():
                picture.scroll_into_view_if_needed()
                page.wait_for_function("i => i.complete && i.naturalWidth > 100", arg=picture.element_handle())
            assert violations(page) == [], name


def test_on_paper_there_is_no_way_to_click(browser, site):
    """In print the chapter's text stays and the links from page to page go."""
    with opened(browser, site + "huong-dan/in/") as page:
        page.emulate_media(media="print")
        assert page.locator(".handbook").first.is_visible() and not page.locator(".chapters").is_visible()
