"""The site as a reader meets it, in a browser: links, misprints, search, narrow screens, no other host, no network."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
import yaml
from browser import opened, search, served, violations
from memory import made, real, small_project

from generator.diagnostics import DataError, MakeError
from generator.make.artefact import Artefact
from generator.make.artefacts import list_artefacts, refuse_twins
from generator.make.site import markdown_of, theme_of
from generator.program import CONFIG, TEMPLATES, THEME
from generator.read.tree import DictTree
from generator.write.site import theme as writer
from generator.write.site.theme import WHOLE, Theme, ThemeError, render_pages
from generator.write.site.zip import link_to_file, write_zip
from generator.write.templates import Renderer

PAGES = [
    "",
    "ke-hoach/",
    "co-quan/",
    "co-quan/so-tu-phap/",
    "co-quan/ban-chu-nhiem/",
    "tra-cuu/",
    "tra-cuu/van-ban/",
    "tra-cuu/chi-tieu/",
    "tim-kiem/",
    "tuyen-truyen/",
    "gioi-thieu/",
    "phan-cong/",
    "ra-soat/",
    "lich/",
    "co-quan-toi/",
    "du-lieu-mo/",
    "404.html",
]


@pytest.fixture(scope="module")
def site(real_build):
    """The address of the real plan's site."""
    with served(real_build / "site") as address:
        yield address


@pytest.fixture(scope="module")
def stick(real_build, tmp_path_factory):
    """The folder that site.zip unpacks to, as a file: address."""
    folder = tmp_path_factory.mktemp("usb")
    with zipfile.ZipFile(real_build / "site.zip") as archive:
        archive.extractall(folder)
    return (folder / "trang-web").as_uri() + "/"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_asks_nobody_else(browser, site, path, width):
    """No page is wider than the screen, runs into a script error or asks another host for anything."""
    with opened(browser, site + path, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.faults == []
        assert [address for address in page.asked if not address.startswith(site)] == []
        assert page.locator("html").get_attribute("lang") == "vi"


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(browser, site, width):
    """axe-core (WCAG 2.2 AA and best practice) has nothing against any kind of page, nor against the search."""
    found = {}
    for path in PAGES:
        with opened(browser, site + path, width) as page:
            found[path] = violations(page)
    with opened(browser, site, width) as page:
        search(page, "so tu phap")
        found["search"] = violations(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_dark_has_contrast_too(browser, site):
    """On the dark ground every text stands out as on the light one."""
    found = []
    for path in PAGES:
        with opened(browser, site + path, color_scheme="dark") as page:
            found += violations(page, "rule", ["color-contrast"])
    assert found == []


def test_axe_would_find_something(browser, site):
    """Negative control: pale text and a button without a name are found."""
    with opened(browser, site) as page:
        page.evaluate(
            "document.querySelector('article').innerHTML += '<p style=\"color:#ccc\">mờ</p><button></button>'"
        )
        assert [v.split(":")[0] for v in violations(page)] == ["button-name", "color-contrast"]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_misprint_shows_its_original(browser, site, width):
    """A misprint's original is heard by a screen reader, is seen on focus within the screen, and goes on Escape."""
    with opened(browser, site + "ke-hoach/", width) as page:
        words = page.locator(".sic")
        assert words.count() > 5
        for index in range(words.count()):
            word, note = words.nth(index), words.nth(index).locator(".sic-issued")
            assert note.evaluate("note => note.getBoundingClientRect().width") <= 1
            assert note.text_content().strip() in word.aria_snapshot()
            word.focus()
            box = note.bounding_box()
            assert box["width"] > 50 and box["x"] >= 0 and box["x"] + box["width"] <= width
            page.keyboard.press("Escape")
            assert not note.is_visible()


QUERIES = {
    "toi pham": "tội phạm",
    "tội phạm": "tội phạm",
    "dak lak": "đắk lắk",
    "lua dao": "lừa đảo",
    "so tu phap": "sở tư pháp",
    "cu mgar": "cư m'gar",
    "Cư M’gar": "cư m'gar",
    "mat tran to quoc": "mặt trận tổ quốc",
}


@pytest.mark.parametrize(("words", "expected"), QUERIES.items())
def test_search_finds_with_or_without_marks(browser, site, words, expected):
    """Words asked with or without marks are found, and every one of the first results holds them."""
    with opened(browser, site) as page:
        count, results = search(page, words)
        assert not count.startswith("Không")
        assert all(expected in result.lower() for result in results[:3]), results[:3]


def test_search_puts_the_named_page_first(browser, site):
    """An agency's name finds the agency's page first; Enter opens it."""
    with opened(browser, site) as page:
        _, results = search(page, "so tu phap")
        assert results[0].startswith("Sở Tư pháp")
        page.keyboard.press("Enter")
        page.wait_for_url("**/co-quan/so-tu-phap/")


def test_search_by_keyboard(browser, site):
    """`/` opens the search, the arrows walk the results, Escape closes; words that are nowhere are said so."""
    with opened(browser, site + "ke-hoach/") as page:
        page.keyboard.press("/")
        page.wait_for_function("document.querySelector('#tim-kiem').open")
        search(page, "toi pham")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement === document.querySelectorAll('.search-results a')[1]")
        page.keyboard.press("Escape")
        assert not page.evaluate("document.querySelector('#tim-kiem').open")
        assert search(page, "qwrtzx") == ("Không tìm thấy", [])


def test_search_shows_hostile_words_as_words(browser, site):
    """What is typed is never read as HTML."""
    with opened(browser, site) as page:
        search(page, "<img src=x onerror=alert(1)> tội phạm")
        assert page.locator("#tim-kiem img").count() == 0 and page.faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_clause_has_an_address(browser, site, width):
    """The address of a clause leads to it; the table of contents and the permalink name the same address."""
    with opened(browser, site + "ke-hoach/#v-7", width) as page:
        heading = page.locator("#v-7")
        assert heading.inner_text().startswith("7. Bộ Chỉ huy Bộ đội biên phòng")
        assert -1 <= heading.bounding_box()["y"] < 200
        assert heading.locator(".permalink").get_attribute("href") == "#v-7"
        assert page.locator('.toc a[href="#v-7"]').text_content().strip() == heading.inner_text().strip()


def test_section_v_has_twelve_clauses_and_a_gap(browser, site):
    """Khoản 8 is missing from the received text: the page says so and goes from 7 to 9."""
    with opened(browser, site + "ke-hoach/") as page:
        labels = page.locator('h3[id^="v-"]').evaluate_all("all => all.map(h => h.textContent.split('.')[0])")
        assert labels == ["1", "2", "3", "4", "5", "6", "7", "9", "10", "11", "12", "13"]
        assert page.locator(".gap").count() == 1


def test_agency_names_lead_to_their_pages(browser, site):
    """An agency's name in the plan is a link to its sheet, and the sheet's clause leads back."""
    with opened(browser, site + "ke-hoach/") as page:
        page.locator("#v-5 a", has_text="Sở Tư pháp").click()
        page.wait_for_url("**/co-quan/so-tu-phap/")
        page.locator(".rows summary").first.click()
        page.locator(".citation", has_text="Khoản 5 Mục V").first.click()
        page.wait_for_url("**/ke-hoach/#v-5*")


def test_the_agency_index_narrows_as_one_types(browser, site):
    """The index finds an agency by name without marks or by short name, and says how many it shows."""
    with opened(browser, site + "co-quan/", 390) as page:
        shown = page.locator("[data-search]:visible")
        everything = shown.count()
        page.fill("#tim-co-quan", "tu phap")
        assert shown.all_inner_texts()[0].startswith("Sở Tư pháp") and shown.count() < everything
        assert page.locator("h2:visible").count() == 1
        page.fill("#tim-co-quan", "UBND ea sup")
        assert [text.split("\n")[0] for text in shown.all_inner_texts()] == ["Ủy ban nhân dân huyện Ea Súp"]
        page.fill("#tim-co-quan", "xyz")
        assert page.inner_text(".filter-count") == "Không có cơ quan nào khớp"
        page.fill("#tim-co-quan", "")
        assert shown.count() == everything


def test_menu_and_contents_on_a_phone(browser, site):
    """On a phone the pages and the table of contents open by a button, close by Escape, and hide what is closed."""
    with opened(browser, site + "ke-hoach/", 390) as page:
        for button, panel in ((".menu", "#menu"), (".contents-tool", "#muc-luc")):
            assert not page.locator(panel).is_visible()
            page.locator(button).click()
            assert page.locator(panel).is_visible() and page.locator(button).get_attribute("aria-expanded") == "true"
            page.keyboard.press("Escape")
            assert not page.locator(panel).is_visible()


def test_touch_targets_are_large(browser, site):
    """On a phone the header's buttons, the ways in, downloads, cards and the contents are at least 44 px high."""
    chosen = ".tool:visible, .ways a, .doors a, .button, .card, #muc-luc a, summary, #menu a, .filter input"
    for path in ("", "ke-hoach/", "co-quan/"):
        with opened(browser, site + path, 390) as page:
            page.locator(".menu").click()
            small = page.locator(chosen).evaluate_all(
                "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"
            )
            assert small == []


def test_without_scripts_all_is_there(browser, site):
    """With scripts off the plan, the contents and the pages' links are there; what needs a script is not shown."""
    with opened(browser, site + "ke-hoach/", 390, java_script_enabled=False) as page:
        assert page.locator("#muc-luc").is_visible() and page.locator("#menu").is_visible()
        assert page.locator("#v-7").is_visible()
        assert not page.locator("[data-open-search]").is_visible()


def test_the_choice_of_dark_stays(browser, site):
    """The scheme chosen on one page holds on the next."""
    with opened(browser, site, color_scheme="light") as page:
        assert page.locator("html").get_attribute("data-scheme") == "light"
        page.locator("[data-scheme-toggle]").click()
        page.goto(site + "ke-hoach/")
        assert page.locator("html").get_attribute("data-scheme") == "dark"
        assert page.locator("[data-scheme-toggle]").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize(
    "path", ["", "ke-hoach/", "co-quan/so-tu-phap/", "tuyen-truyen/cho-vay-nang-lai/", "gioi-thieu/", "phan-cong/"]
)
def test_whatever_has_the_focus_shows_it(browser, site, path):
    """Tab by tab: an outline, or for who sees the skip link, itself."""
    with opened(browser, f"{site}{path}") as page:
        for _ in range(80):
            page.keyboard.press("Tab")
            shown = page.evaluate(
                "() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return [e.outerHTML.slice(0, 80), e === document.body || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)]; }"
            )
            assert shown[1], shown[0]


def test_on_paper_only_the_text(browser, site):
    """In print the header, contents and buttons go; a misprint's original stands in brackets."""
    with opened(browser, site + "ke-hoach/") as page:
        page.emulate_media(media="print")
        for gone in (".bar", ".toc", ".downloads", "#v-7 .permalink"):
            assert not page.locator(gone).first.is_visible()
        assert page.locator(".sic-issued").first.bounding_box()["width"] > 20


@pytest.mark.parametrize("width", [390, 1280])
def test_the_stick_works_without_a_server(browser, stick, width):
    """From file:// the pages link to one another, nothing else is asked, and the search finds and opens a page."""
    with opened(browser, stick + "index.html", width) as page:
        page.locator(".ways a", has_text="Toàn văn").click()
        page.wait_for_url("**/ke-hoach/index.html")
        page.locator("#v-5 a", has_text="Sở Tư pháp").click()
        page.wait_for_url("**/co-quan/so-tu-phap/index.html")
        page.locator(".brand").click()
        page.wait_for_url(stick + "index.html")
        _, results = search(page, "cu mgar")
        assert "Cư M'gar" in results[0]
        page.keyboard.press("Enter")
        page.wait_for_url("**/co-quan/*/index.html")
        assert page.faults == [] and all(address.startswith("file://") for address in page.asked)


def test_the_zip_is_the_same_each_time(real_build):
    """Two zips of the same site are the same bytes; every download is in it."""
    paths = {name: name for name in ("index.html", "tai-ve/ke-hoach.docx", "assets/site.css")}
    packed = write_zip(paths, lambda path: (real_build / "site" / path).read_bytes())
    assert packed == write_zip(dict(reversed(paths.items())), lambda path: (real_build / "site" / path).read_bytes())
    packed = (real_build / "site.zip").read_bytes()
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert {"trang-web/tai-ve/ke-hoach.docx", "trang-web/tai-ve/ke-hoach.pdf"} <= set(names)


def test_nothing_of_the_theme_is_left_unused(real_build):
    """The theme's scripts, its maps and its mark are gone from the site."""
    files = [path for path in (real_build / "site").rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".map" or "lunr" in path.as_posix() or "bundle" in path.name]
    assert all('name="generator"' not in path.read_text(encoding="utf-8") for path in files if path.suffix == ".html")


@pytest.mark.parametrize(
    ("address", "changed"),
    [
        ("../co-quan/", "../co-quan/index.html"),
        ("../ke-hoach/#v-7", "../ke-hoach/index.html#v-7"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("../tai-ve/x.pdf", "../tai-ve/x.pdf"),
        ("#v-7", "#v-7"),
        ("https://example.vn/a/", "https://example.vn/a/"),
        ("tel:113", "tel:113"),
    ],
)
def test_links_to_folders_become_links_to_files(address, changed):
    """Only links to the site's own folders change."""
    assert link_to_file(address) == changed


def test_a_broken_link_stops_the_site():
    """A link that leads nowhere is named with its page."""
    chapter = {"huong-dan/index.md": "# Sổ tay\n\n[đi](khong-co/)\n"}
    with pytest.raises(DataError) as error:
        made(small_project(content=DictTree(chapter, "content")), lambda row: row.part == "site")
    assert "content/huong-dan/index.md:3:6: lỗi[broken-site]: không có trang 'khong-co/'" in str(error.value)


def test_two_paths_that_differ_by_case_stop_the_site():
    """On Windows they would be one file."""
    rows = [Artefact("site/tai-ve/A.pdf", "copy", tuple), Artefact("site/tai-ve/a.pdf", "copy", tuple)]
    with pytest.raises(MakeError, match=r"tai-ve/a\.pdf"):
        refuse_twins(rows)


def test_one_page_is_made_as_mkdocs_makes_all(tmp_path):
    """Each page made alone and the error page are, byte for byte, those of mkdocs' own run over all."""
    project = real()
    rows = [row for row in list_artefacts(project) if row.press == "page"]
    renderer = Renderer(TEMPLATES)
    pages = {markdown_of(row.path): renderer.render(row.form.template, **row.view()) for row in rows}
    theme = theme_of(project, list(pages))
    for path, markdown in pages.items():
        (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / path).write_text(markdown.lstrip(), encoding="utf-8", newline="")
    settings = {**theme.settings, "INHERIT": str(theme.config), "theme": {"custom_dir": str(theme.overrides)}}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(theme.epoch)}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=tmp_path, env=environment, check=True)
    for number, share in enumerate((list(pages)[:1], list(pages)[1:], ["co-quan/so-tu-phap/index.md"])):
        work = tmp_path / str(number)
        work.mkdir()
        ours = render_pages(theme, {path: pages[path] for path in share}, list(pages), WHOLE, work)
        assert len(ours) == len(share) + len(WHOLE)
        assert [path for path, html in ours.items() if (tmp_path / "site" / path).read_bytes() != html] == []


def test_the_frame_needs_no_theme(tmp_path):
    """Without the theme's name in the settings every page is the same, byte for byte: to leave it takes one line."""
    rows = [row for row in list_artefacts(small_project()) if row.press == "page"]
    renderer = Renderer(TEMPLATES)
    pages = {markdown_of(row.path): renderer.render(row.form.template, **row.view()) for row in rows}
    theme = theme_of(small_project(), list(pages))
    alone = tmp_path / "alone.yml"
    alone.write_text(CONFIG.read_text(encoding="utf-8").replace("name: material", "name: null"), encoding="utf-8")
    made_ = []
    for config in (CONFIG, alone):
        work = tmp_path / config.stem
        work.mkdir()
        made_.append(render_pages(replace(theme, config=config), pages, list(pages), WHOLE, work))
    assert made_[0] == made_[1] and len(made_[0]) > 5


def test_a_broken_theme_is_said(tmp_path):
    """What mkdocs says of its settings is passed on, in a sentence."""
    theme = Theme(CONFIG, tmp_path / "khong-co", {"nav": []}, 0)
    with pytest.raises(ThemeError, match="mkdocs báo lỗi"):
        render_pages(theme, {"index.md": "# Trang"}, ["index.md"], (), tmp_path)


def test_a_killed_mkdocs_is_told(tmp_path, monkeypatch):
    """Case 65: the message is not empty."""
    (tmp_path / "python").write_text("#!/bin/sh\nkill -9 $$\n", encoding="ascii")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr(writer.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ThemeError, match="bị dừng giữa chừng"):
        render_pages(Theme(CONFIG, THEME, {}, 0), {"index.md": "# Trang"}, ["index.md"], (), tmp_path)


def test_long_words_stay_on_the_screen(browser, tmp_path):
    """A word of 5,000 letters in a heading and a text breaks instead of widening the page."""
    word = "ờ" * 5000
    project = small_project(content=DictTree({"huong-dan/index.md": f"# Sổ tay\n\n## {word}\n\n{word}\n"}, "content"))
    for path, content in made(project, lambda row: row.part == "site").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    with served(tmp_path / "site") as address, opened(browser, f"{address}huong-dan/", 390) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert word in page.inner_text("article")


def test_the_small_plan_has_nothing_of_the_real_one(small_build):
    """Another plan's site is built by the same templates and says nothing of the first."""
    for path in (small_build / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "Đắk Lắk" not in text and "tội phạm" not in text, path
    assert "Ngày hội đọc sách" in (small_build / "site" / "index.html").read_text(encoding="utf-8")
