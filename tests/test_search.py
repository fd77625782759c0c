"""The search index: a record for each heading's section, as scripts."""

import json

from generator.make.artefact import Artefact
from generator.make.site import list_whole
from generator.write.site import search
from generator.write.site.webpage import read_page


def page(*sections):
    headings = "".join(
        f'<h{level} id="{anchor}">{heading}</h{level}><p>{text}</p>' for level, anchor, heading, text in sections
    )
    return read_page(f"<article>{headings}</article>")


def records(script):
    """The records of a shard, as its script passes them on."""
    number, total, body = script.decode().removeprefix("kehoachSearch.add(").removesuffix(");\n").split(", ", 2)
    return int(number), int(total), json.loads(body)


def test_a_record_names_page_headings_and_address():
    """The page's own heading is its address without anchor; a section's names the headings down to it."""
    built = {
        "ke-hoach/index.html": page((1, "top", "Kế hoạch", "a"), (2, "v", "Mục V", "b"), (3, "v-1", "Khoản 1", "c")),
        "404.html": page((1, "x", "Không có", "")),
    }
    assert records(search.write_shard(0, 1, built)) == (
        0,
        1,
        [
            ["ke-hoach/", "Kế hoạch", "", "a"],
            ["ke-hoach/#v", "Kế hoạch", "Mục V", "b"],
            ["ke-hoach/#v-1", "Kế hoạch", "Mục V › Khoản 1", "c"],
        ],
    )


def test_a_large_index_is_shared_out():
    """The pages of a large site stand in several shards; nothing is lost, and a page is in one shard only."""
    pages = [Artefact(f"site/p{i:03}/index.html", "page", tuple) for i in range(250)]
    shards = [row for row in list_whole(pages, []) if row.press == "search"]
    assert [row.path for row in shards] == ["site/tim-kiem/0.js", "site/tim-kiem/1.js", "site/tim-kiem/2.js"]
    assert [row.view() for row in shards] == [(0, 3), (1, 3), (2, 3)]
    assert [path for row in shards for path in row.inputs] == [page.path for page in pages]


def test_a_site_without_pages_has_an_empty_index():
    """The browser finds the first shard in any case."""
    assert [row.view() for row in list_whole([], []) if row.press == "search"] == [(0, 1)]
    assert records(search.write_shard(0, 1, {})) == (0, 1, [])
