"""The site by its three readers: a citizen in trouble, the head of an office, an officer who prints; and the frame."""

import datetime as dt
import re
import subprocess
from statistics import median
from urllib.parse import urljoin

import pytest
from browser import RULES, SIZES, opened, search, served, violations
from lxml import html
from memory import made, real_project
from test_progress import project as reported_project
from topics import DRAWINGS, ROOT, TOPIC, load_topics

from generator.cli.authoring import draw_up_approval
from generator.rules.seals import seal_topic

PHONE, SCREEN = 390, SIZES[390]
KINDS = [
    "",
    "ke-hoach/",
    "co-quan/",
    "co-quan/cong-an-tinh/",
    "co-quan-toi/",
    "phan-cong/",
    "lich/",
    "tuyen-truyen/",
    "tuyen-truyen/cong-nghe-cao/",
    "tra-cuu/",
    "tra-cuu/van-ban/",
    "ra-soat/",
    "du-lieu-mo/",
    "gioi-thieu/",
    "huong-dan/bao-cao/",
    "tim-kiem/",
]


@pytest.fixture(scope="module")
def folder(real_build):
    """The real plan's site as a folder."""
    return real_build / "site"


@pytest.fixture(scope="module")
def site(folder):
    """The address of the real plan's site."""
    with served(folder) as address:
        yield address


def pages_of(folder):
    """Every page: its address below the root, and its HTML."""
    for file in sorted(folder.rglob("index.html")):
        path = file.parent.relative_to(folder).as_posix()
        yield ("" if path == "." else f"{path}/"), file.read_text(encoding="utf-8")


def bottom(locator):
    """How far down the screen something ends, in CSS pixels."""
    box = locator.bounding_box()
    return box["y"] + box["height"]


# The citizen: "bị đòi nợ" → 113


@pytest.mark.parametrize("width", [360, PHONE])
def test_the_first_screen_of_a_phone_has_doors_and_the_number(browser, site, width):
    """What befell me, in my words, and whom to call, without scrolling; the title once."""
    with opened(browser, site, width) as page:
        assert page.locator(".call").first.get_attribute("href") == "tel:113"
        assert bottom(page.locator(".call").first) < 740
        seen = [door.inner_text() for door in page.locator(".doors a").all() if bottom(door) < 740]
        assert len(seen) >= 6 and {"Vay nóng, bị đòi nợ", "Bị lừa qua mạng", "Bị đòi bảo kê, bị ép giá"} <= set(seen)
        title = page.locator("h1").inner_text()
        assert page.locator("body").inner_text().count(title) == 1
        assert page.locator("[data-find] input").is_visible()


def test_a_citizen_finds_whom_to_call(browser, site):
    """Asked as people say it, on a phone: the topic, and on its first screen the number, the leaflet, the message."""
    with opened(browser, site, PHONE) as page:
        page.locator("[data-find] input").fill("bị đòi nợ")
        page.locator("[data-find] button").click()
        page.locator(".search-results a").first.click()
        page.wait_for_url("**/tuyen-truyen/cho-vay-nang-lai/**")
        page.evaluate("scrollTo(0, 0)")
        call = page.locator(".act .call").first
        assert call.get_attribute("href") == "tel:113" and bottom(call) < SCREEN
        assert bottom(page.locator(".message")) < SCREEN and bottom(page.locator(".act .button").first) < SCREEN


def test_a_citizen_finds_whom_to_call_by_keyboard(browser, site):
    """No mouse: / opens the search, down and Enter follow the first result, Tab comes to the number."""
    with opened(browser, site) as page:
        page.keyboard.press("/")
        page.keyboard.type("bị đòi nợ")
        page.locator(".search-results a").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/tuyen-truyen/cho-vay-nang-lai/**")
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == "tel:113":
                return
        pytest.fail("30 times Tab do not come to the number")


def test_a_citizen_finds_whom_to_call_by_ear(browser, site):
    """The tree that a screen reader reads: the door's words as a link, then the number with what it is."""
    with opened(browser, site, PHONE) as page:
        said = page.locator("main").aria_snapshot()
        assert 'link "113 Công an, số khẩn cấp"' in said and 'link "Vay nóng, bị đòi nợ"' in said
        page.goto(f"{site}tuyen-truyen/cho-vay-nang-lai/")
        said = page.locator("main").aria_snapshot()
        assert said.index('heading "Cho vay nặng lãi') < said.index('link "113 ') < said.index('heading "Dấu hiệu')


@pytest.mark.parametrize("how", ["without scripts", "from a folder"])
def test_a_citizen_finds_whom_to_call_anyhow(browser, site, folder, how):
    """Through the door, where no script runs or no server is."""
    options = {"java_script_enabled": False} if how == "without scripts" else {}
    start = site if options else (folder / "index.html").as_uri()
    with opened(browser, start, PHONE, **options) as page:
        page.locator(".doors a", has_text="bị đòi nợ").click()
        if not options:  # a folder is opened as a file by the pages of the zip; here the list of files is
            page.goto((folder / "tuyen-truyen/cho-vay-nang-lai/index.html").as_uri())
        assert page.locator(".act .call").first.get_attribute("href") == "tel:113"


# The head of an office: my duties and the next date


def test_the_head_of_an_office_sees_duties_and_dates(browser, site):
    """Chosen once on this device: the first page and "Cơ quan tôi" show dates and duties, the sheet its first duty."""
    with opened(browser, f"{site}co-quan-toi/", PHONE) as page:
        page.locator("[data-agency=so-tu-phap]").click()
        page.wait_for_url("**/co-quan/so-tu-phap/")
        assert bottom(page.locator(".rows summary").first) < SCREEN
        for path in ("", "co-quan-toi/"):
            page.goto(site + path)
            mine = page.locator("[data-my-agency]")
            mine.locator("a", has_text="Mở phiếu trách nhiệm").wait_for()
            words = mine.inner_text()
            assert "Mốc thời gian" in words and "quý" in words and "Việc phải làm" in words


def test_the_head_of_an_office_finds_it_by_ear_and_keyboard(browser, site):
    """A row says what, in which part, until when; Enter opens it, and the plan's words and place are there."""
    with opened(browser, f"{site}co-quan/so-tu-phap/") as page:
        row = page.locator(".rows summary").first
        row.focus()
        page.keyboard.press("Enter")
        detail = page.locator(".rows details[open]").first
        assert detail.locator("blockquote").is_visible() and detail.locator(".citation").first.is_visible()
        said = page.locator(".rows").first.aria_snapshot()
        assert "Khoản 5 Mục V" in said


@pytest.mark.parametrize("how", ["without scripts", "from a folder"])
def test_the_head_of_an_office_needs_no_script(browser, site, folder, how):
    """The sheet is whole: rows open, dates stand below."""
    options = {"java_script_enabled": False} if how == "without scripts" else {}
    path = "co-quan/so-tu-phap/"
    with opened(browser, site + path if options else (folder / path / "index.html").as_uri(), PHONE, **options) as page:
        page.locator(".rows summary").first.click()
        assert page.locator(".rows blockquote").first.is_visible()
        assert "quý" in page.locator("main").inner_text()


# The officer: the poster of a topic


@pytest.mark.parametrize("script", [True, False])
def test_an_officer_gets_the_poster(browser, site, folder, program, script):
    """From the first page in three steps on a phone: awareness, the topic, the poster; it opens and is A3."""
    with opened(browser, site, PHONE, java_script_enabled=script) as page:
        page.locator(".ways a", has_text="tuyên truyền").click()
        page.locator(".topic-card", has_text="nặng lãi").click()
        if script:
            page.locator(".act a", has_text="In, đọc trên loa").click()
        href = page.locator(".kinds li", has_text="Áp phích").first.locator("a").get_attribute("href")
        file = folder / urljoin(page.url, href).removeprefix(site)
    said = subprocess.run([program("pdfinfo"), str(file)], capture_output=True, text=True, check=True).stdout
    width, height = (float(n) for n in re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", said).groups())
    assert sorted((round(width / 72 * 25.4), round(height / 72 * 25.4))) == [297, 420]


def test_an_officer_finds_the_poster_by_search(browser, site):
    """Asked by kind and subject, the file itself comes first."""
    with opened(browser, site) as page:
        search(page, "áp phích ma túy")
        assert (
            page.locator(".search-results a").first.get_attribute("href").endswith("tuyen-truyen/ma-tuy/ap-phich.pdf")
        )


# The frame


def test_every_page_is_two_steps_away(folder):
    """From the first page by links alone: one step, or one more."""
    held = dict(pages_of(folder))
    links = {
        path: {
            urljoin(f"/{path}", href).partition("#")[0].lstrip("/")
            for href in html.document_fromstring(text.encode()).xpath("//a/@href")
        }
        for path, text in held.items()
    }
    once = links[""] | {""}
    twice = once | {far for path in once if path in links for far in links[path]}
    assert [path for path in held if path not in twice] == []


def test_no_page_is_longer_than_eight_screens(browser, site, folder):
    """On a phone, but for the plan itself, which is read as a whole."""
    long = {}
    with opened(browser, site, PHONE) as page:
        for path, _ in pages_of(folder):
            page.goto(site + path)
            long[path] = page.evaluate("document.documentElement.scrollHeight") / SCREEN
    del long["ke-hoach/"]
    assert {path: round(screens, 1) for path, screens in long.items() if screens > 8} == {}


LINES = """() => {
  const found = [], range = document.createRange();
  const top = (node, at) => { range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect(); };
  for (const block of document.querySelectorAll("article :is(p, li, blockquote, dd)")) {
    if (!block.offsetParent || block.querySelector("p, li, div, ul, details, table, br, input, .button, .card, .unseen, .sic")) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let first = null, letters = 0, more = false;
    while (!more && walker.nextNode()) {
      for (let at = 0; at < walker.currentNode.length && !more; at += 1) {
        const box = top(walker.currentNode, at);
        if (!box.width) continue;
        if (first === null) first = box.bottom;
        more = box.top > first;
        letters += !more;
      }
    }
    if (more) found.push([letters, block.innerText.slice(0, 60)]);
  }
  return found;
}"""


def test_a_line_has_at_most_75_letters(browser, site):
    """On a desktop, the first line of every block that has more: in the middle 75 letters at most, none over 85."""
    found = []
    with opened(browser, site) as page:
        for path in KINDS:
            page.goto(site + path)
            found += [(*line, path) for line in page.evaluate(LINES)]
    assert len(found) > 100
    assert median(letters for letters, *_ in found) <= 75
    assert [line for line in found if line[0] > 85] == []


def test_the_text_begins_at_one_edge(browser, site):
    """On a desktop every page's heading begins where the others' do, but for the plan's title, which is centred."""
    edges = set()
    with opened(browser, site) as page:
        for path in KINDS:
            page.goto(site + path)
            edges.add(round(page.locator("main").bounding_box()["x"]))
    assert len(edges) == 1


SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"


@pytest.mark.parametrize("spaced", [False, True])
def test_the_pages_reflow(browser, site, spaced):
    """At 320 px, which is 400 % on a desktop, and with the letters apart (WCAG 1.4.10, 1.4.12): nothing runs out."""
    wide = []
    with opened(browser, site, 320) as page:
        for path in KINDS:
            page.goto(site + path)
            if spaced:
                page.add_style_tag(content=SPACED)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(path)
    assert wide == []


def test_forced_colours_keep_what_is_current(browser, site):
    """With the reader's own colours the current page and place are still marked by more than weight."""
    with opened(browser, f"{site}ke-hoach/", forced_colors="active") as page:
        width = "e => parseFloat(getComputedStyle(e).{}) * (getComputedStyle(e).{} !== 'none')"
        here = page.locator(".pages a[aria-current]").first
        other = page.locator(".pages a:not([aria-current])").first
        rule = width.format("borderBottomWidth", "borderBottomStyle")
        assert here.evaluate(rule) >= 2 and other.evaluate(rule) == 0
        place = page.locator(".toc a[aria-current]").first
        assert place.evaluate(width.format("borderLeftWidth", "borderLeftStyle")) >= 2


OPENED = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const links = document.querySelector("[data-show-links]");
  if (links) links.click();
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_with_all_opened(browser, site, folder, scheme):
    """Every page, everything folded open, paragraph links shown; contrast only by night."""
    kind, values = ("rule", ["color-contrast"]) if scheme == "dark" else ("tag", RULES)
    found = {}
    with opened(browser, site, PHONE, color_scheme=scheme) as page:
        for path, _ in pages_of(folder):
            page.goto(site + path)
            page.evaluate(OPENED)
            found[path] = violations(page, kind, values)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_readers_have_acted(browser, site, scheme):
    """Search answered, list of agencies narrowed, matrix filtered and sorted, menu and contents out on a phone."""
    with opened(browser, f"{site}ke-hoach/", PHONE, color_scheme=scheme) as page:
        for button, panel in ((".menu", "#menu"), (".contents-tool", "#muc-luc")):
            page.locator(button).click()
            assert violations(page, inside=panel) == []
            page.keyboard.press("Escape")
    with opened(browser, f"{site}phan-cong/", color_scheme=scheme) as page:
        page.locator(".sort").nth(2).click()
        page.locator("select[name=role]").select_option(index=1)
        assert violations(page) == []
        search(page, "tội phạm")
        page.locator(".search-results summary").first.click()
        assert violations(page) == []
        page.goto(f"{site}co-quan/")
        page.locator("[data-filter]").fill("công an")
        assert violations(page) == []


# What scripts add, or only the internal build or laws with an address have
BY_SCRIPT = re.compile(
    r"\.(open|found|dim|dismissed|show-links|search-results|sort|off-screen|internal-mark)\b"
    r"|\[open\]|\[aria-sort\]|:target|\[hidden\]|data-scheme|:not\(\.js\)|a\[href\^="
)

UNUSED = """rules => rules.filter(rule => {
  try { return document.querySelector(rule) === null; } catch (error) { return true; }
})"""


def selectors(css):
    """The selectors of a style sheet, one by one, without what depends on the moment (:hover, ::before)."""
    css = re.sub(r"@(media|supports|page)[^{]*\{", "", css)
    for head in re.findall(r"([^{}]+)\{[^{}]*\}", css):
        for one in re.split(r",(?![^(]*\))", head):
            bare = re.sub(r"::[\w-]+|:(hover|focus-visible|focus|active|visited|first-letter)\b", "", one).strip()
            yield one.strip(), bare if bare else "*"


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """The site of a plan with reports, as a folder."""
    return written(reported_project(), tmp_path_factory.mktemp("tien-do"))


@pytest.fixture(scope="module")
def approved(tmp_path_factory):
    """The real site with one topic approved among drafts, as a folder."""
    plan, found = load_topics()
    topic = next(t for t in found.awareness.topics if TOPIC.endswith(f"/{t.id}.md"))
    seals = seal_topic(topic, plan, found.awareness, DRAWINGS)
    text = draw_up_approval(ROOT / "content" / TOPIC, "Cơ quan thử", dt.date(2026, 12, 1), seals)
    return written(real_project(content={TOPIC: text}), tmp_path_factory.mktemp("duyet"))


def written(project, root):
    for path, content in made(project, lambda row: row.path.startswith("site/")).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root / "site"


def test_every_rule_of_the_style_sheet_is_used(browser, folder, small_build, reported, approved):
    """By a page of the real plan, also with an approved topic, of the small one or of one with reports, or by a script."""
    rules = dict(selectors((folder / "assets" / "site.css").read_text(encoding="utf-8")))
    left = {
        bare for one, bare in rules.items() if not BY_SCRIPT.search(one) and not one.startswith(("@", "from", "to"))
    }
    with opened(browser, (folder / "index.html").as_uri()) as page:
        for root in (folder, small_build / "site", reported, approved):
            for file in (*sorted(root.rglob("index.html")), root / "404.html"):
                if not left:
                    break
                page.goto(file.as_uri())
                left = set(page.evaluate(UNUSED, sorted(left)))
    assert sorted(left) == []
