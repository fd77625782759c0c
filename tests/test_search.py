"""The search: what its index holds, and what readers get for what they ask."""

import json
import re

import pytest
from asked import Question, answers, questions
from browser import opened, search, served, violations
from memory import real, small_project
from small import small_tree

from generator.diagnostics import DataError
from generator.make.artefact import Artefact
from generator.make.artefacts import list_artefacts
from generator.make.search import list_search
from generator.views.search import ArticleView, FileView, SearchView
from generator.write.site.search import write_head, write_texts
from generator.write.site.webpage import read_page


@pytest.fixture(scope="module")
def site(real_build):
    """The address of the real plan's site."""
    with served(real_build / "site") as address:
        yield address


def page(*sections):
    headings = "".join(
        f'<h{level} id="{anchor}">{heading}</h{level}><p>{text}</p>' for level, anchor, heading, text in sections
    )
    return read_page(f"<article>{headings}</article>")


PAGES = {
    "ke-hoach/index.html": page((1, "top", "Kế hoạch", "a"), (2, "v", "Mục V", "b"), (3, "v-1", "Khoản 1", "c")),
    "lich/index.html": page((1, "top", "Lịch", "d")),
}


def part(script):
    """What a script of the index hands on."""
    body = script.decode().removeprefix("(self.kehoachIndex=self.kehoachIndex||[]).push(").removesuffix(");\n")
    return json.loads(body)


def head(project):
    """What the search knows of a project besides its pages."""
    return next(row.view()[0] for row in list_artefacts(project) if row.path == "site/tim-kiem/0.js")


def test_the_head_names_pages_headings_and_what_else_is_known():
    """The page's own heading is its address without anchor; a section's names the headings down to it."""
    view = SearchView(
        citations=(("v.1", "ke-hoach/#v-1"),),
        names=(("ke-hoach/#v-1", ("K1",)),),
        weights=(("ke-hoach/", 1.15),),
        files=(FileView("lich/", "Tệp", "tai-ve/x.pdf"),),
    )
    assert part(write_head(view, 1, PAGES)) == {
        "texts": 1,
        "pages": [
            ["ke-hoach/", 1.15, [["", "Kế hoạch"], ["v", "Mục V"], ["v-1", "Mục V › Khoản 1", ["K1"]]]],
            ["lich/", 1, [["", "Lịch"]]],
        ],
        "files": [["lich/", "Tệp", "tai-ve/x.pdf"]],
        "citations": {"v.1": "ke-hoach/#v-1"},
        "articles": [],
        "synonyms": [],
    }


def test_the_texts_follow_in_the_same_order():
    """A list for each page, a text for each of its headings."""
    assert part(write_texts(0, PAGES)) == {"first": 0, "lists": [["a", "b", "c"], ["d"]]}


def test_a_large_index_is_shared_out():
    """The texts of a large site stand in several scripts; nothing is lost, and a page is in one only."""
    pages = [Artefact(f"site/p{i:03}/index.html", "page", tuple) for i in range(250)]
    whole, *shards = list_search(SearchView(), pages, [])
    assert [row.path for row in (whole, *shards)] == [f"site/tim-kiem/{n}.js" for n in range(4)]
    assert whole.view()[1] == 3 and [row.view() for row in shards] == [(None, 0), (None, 100), (None, 200)]
    assert [path for row in shards for path in row.inputs] == [page.path for page in pages] == list(whole.inputs)


def test_a_site_without_pages_has_an_empty_index():
    """The browser finds the head in any case."""
    assert [row.path for row in list_search(SearchView(), [], [])] == ["site/tim-kiem/0.js"]
    assert part(write_head(SearchView(), 0, {}))["pages"] == []


def test_clauses_are_known_by_their_numbers():
    """Roman numbers also as people type them; the gap at V.8 has no address."""
    citations = dict(head(real()).citations)
    assert citations["v.7"] == citations["5.7"] == "ke-hoach/#v-7"
    assert citations["iv"] == "ke-hoach/#iv" and citations["i.1.b"] == "ke-hoach/#i-1-b"
    assert "v.8" not in citations


def test_articles_are_known_by_number_law_and_who_cites_them():
    """The law by its names and initials; the topics that rest on the article follow it."""
    (article,) = [a for a in head(real()).articles if a.number == "201"]
    assert article == ArticleView(
        "201",
        article.law,
        "tra-cuu/van-ban/#instrument-blhs-201",
        ("tuyen-truyen/cho-vay-nang-lai/", "tuyen-truyen/danh-bac/"),
    )
    assert {"bo luat hinh su", "blhs"} <= set(article.law)


def test_another_plan_has_its_own_citations_and_needs_no_synonyms():
    """Nothing of the first plan is in another's index."""
    view = head(small_project())
    assert view.synonyms == () and view.citations and view.articles == ()
    assert all(href.startswith("ke-hoach/#") for _, href in view.citations)


def test_synonyms_are_read_strictly():
    """A misspelt key has file, line, column and a hint; what is right is passed on."""
    good = "synonyms:\n  - words: [sách cũ]\n    means: [tủ sách]\n"
    assert head(small_project({"synonyms.yml": good})).synonyms == ((("sách cũ",), ("tủ sách",)),)
    with pytest.raises(DataError) as error:
        small_project({"synonyms.yml": good.replace("means", "mean")})
    assert "synonyms.yml:3:5: lỗi[unknown-field]: không có trường 'mean'" in str(error.value)
    assert "synonyms.yml" in small_tree({"synonyms.yml": good}).names()


def test_a_rank_is_that_of_the_first_right_hit():
    """An anchor may be gone into, a page may be met anywhere, a folder by what is below it."""
    assert Question("", ("a/#v",), "", "").rank(["a/", "a/#v-1"]) == 2
    assert Question("", ("a/",), "", "").rank(["b/", "a/#x"]) == 2
    assert Question("", ("a/*",), "", "").rank(["a/b/c.pdf"]) == 1
    assert Question("", ("a/",), "", "").rank(["a/b/"]) == 0


def test_most_questions_are_answered_at_once(browser, site):
    """Of each half of the questions, that tuned with and that kept aside: so many right first, so many in three."""
    with opened(browser, site) as shown:
        ranks = [(question, question.rank(hits)) for question, hits in answers(shown, site, questions())]
    for aside, first, three in ((False, FIRST, THREE), (True, FIRST_ASIDE, THREE_ASIDE)):
        half = [rank for question, rank in ranks if question.aside == aside]
        assert len(half) >= 60
        assert sum(rank == 1 for rank in half) / len(half) >= first
        assert sum(0 < rank <= 3 for rank in half) / len(half) >= three


FIRST, THREE = 0.90, 0.95
FIRST_ASIDE, THREE_ASIDE = 0.85, 0.97


def test_the_dialog_opens_at_once_and_says_that_it_loads(browser, site):
    """Before any part has come the dialog is open; the parts are asked for side by side, the texts only for words."""
    with opened(browser, site) as shown:
        held = []
        shown.route(re.compile(r"/(search|0|1)\.js$"), lambda route: held.append(route))
        shown.locator("[data-open-search]").click()
        assert shown.locator("#tim-kiem").evaluate("dialog => dialog.open")
        assert shown.inner_text(".search-count") == "Đang tải dữ liệu tìm kiếm…"
        shown.wait_for_timeout(50)
        assert sorted(route.request.url.rpartition("/")[2] for route in held) == ["0.js", "search.js"]
        shown.fill("#tim-kiem-o", "ma túy")
        for route in held:
            route.continue_()
        shown.wait_for_function("document.querySelector('.search-results a')")
        assert "đang tải thêm…" in shown.inner_text(".search-count")


def test_what_does_not_come_is_said_and_asked_for_again(browser, site):
    """The search tries again by itself, then says so and leaves a button."""
    with opened(browser, site) as shown:
        shown.clock.install()
        shown.route("**/tim-kiem/0.js", lambda route: route.abort())
        shown.locator("[data-open-search]").click()
        shown.wait_for_function("document.querySelector('.search-count').textContent.includes('đang thử lại')")
        for _ in range(3):
            shown.clock.run_for(4000)
            shown.wait_for_timeout(50)
        shown.wait_for_function("document.querySelector('.search-count').textContent.endsWith('tìm kiếm.')")
        shown.unroute("**/tim-kiem/0.js")
        shown.locator("[data-retry-search]").click()
        shown.wait_for_function("document.querySelector('.search-count').textContent.startsWith('Gõ ít nhất')")


def test_before_typing_a_phone_loads_little(real_build):
    """Less than 60 KB compressed: the search's script and the head of the index."""
    import gzip

    files = ("assets/search.js", "tim-kiem/0.js")
    assert sum(len(gzip.compress((real_build / "site" / name).read_bytes())) for name in files) < 30_000


def test_a_guess_is_said_to_be_one(browser, site):
    """Words that nowhere stand together are answered as being near, a clause that is missing by what holds it."""
    with opened(browser, site) as shown:
        assert "gần giống" in search(shown, "tố giac tôi phạn")[0]
        assert "gần giống" in search(shown, "khoản 8 mục V")[0]
        assert "gần giống" not in search(shown, "khoản 7 mục V")[0]


def test_numbers_are_exact(browser, site):
    """201 is neither 2015 nor 2018."""
    with opened(browser, site) as shown:
        _, results = search(shown, "Điều 201")
        assert "lãi nặng" in results[0]


def test_hits_of_one_page_stand_together(browser, site):
    """Each page once; its other places open below it."""
    with opened(browser, site) as shown:
        search(shown, "tội phạm")
        pages = shown.locator(".search-results > li > a").evaluate_all("all => all.map(a => a.href.split('#')[0])")
        assert len(set(pages)) == len(pages)
        more = shown.locator(".search-results details").first
        assert more.locator("a").count() == 0
        more.locator("summary").click()
        more.locator("a").first.wait_for()


def test_where_a_hit_leads_the_words_are_marked(browser, site):
    """On the next page and on the same one; once read, the page is as before."""
    with opened(browser, site) as shown:
        search(shown, "trợ giúp pháp lý")
        shown.locator(".search-results a").first.click()
        shown.wait_for_selector("article mark.found")
        assert shown.locator("mark.found").first.inner_text().lower() == "trợ giúp pháp lý"
        shown.reload()
        assert shown.locator("mark.found").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_search_has_an_address(browser, site, width):
    """`?q=` on the page of its own answers, keeps the address as one types, and passes axe."""
    with opened(browser, f"{site}tim-kiem/?q=ma%20t%C3%BAy", width) as shown:
        shown.wait_for_selector(".search-results a")
        assert shown.input_value("#tim-kiem-o") == "ma túy"
        assert shown.locator(".search-results a").first.get_attribute("href").endswith("tuyen-truyen/ma-tuy/")
        shown.fill("#tim-kiem-o", "đánh bạc")
        shown.wait_for_url("**/tim-kiem/?q=*b*c")
        assert violations(shown) == [] and shown.faults == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_page_is_a_map(browser, site):
    """Every page leads to the map, and the map to the pages."""
    with opened(browser, site, java_script_enabled=False) as shown:
        shown.locator(".foot a", has_text="sơ đồ trang").click()
        links = shown.locator(".site-map a").all_inner_texts()
        assert "Sở Tư pháp" in links and "Tránh xa ma túy" in links
        assert not shown.locator("#tim-kiem").is_visible()
