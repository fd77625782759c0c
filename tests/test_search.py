"""The search index: a record for each heading's section, as scripts."""

import json

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
    files = search.write_index(built)
    assert list(files) == ["tim-kiem/0.js"]
    assert records(files["tim-kiem/0.js"]) == (
        0,
        1,
        [
            ["ke-hoach/", "Kế hoạch", "", "a"],
            ["ke-hoach/#v", "Kế hoạch", "Mục V", "b"],
            ["ke-hoach/#v-1", "Kế hoạch", "Mục V › Khoản 1", "c"],
        ],
    )


def test_a_large_index_is_shared_out(monkeypatch):
    """Beyond its size a shard ends and the next begins; nothing is lost."""
    monkeypatch.setattr(search, "MAX_SHARD", 60)
    built = {f"p{i}/index.html": page((1, "top", f"Trang {i}", "chữ " * 5)) for i in range(5)}
    shards = [records(content) for content in search.write_index(built).values()]
    assert len(shards) > 1
    assert [(number, total) for number, total, _ in shards] == [(n, len(shards)) for n in range(len(shards))]
    assert sorted(r[0] for _, _, part in shards for r in part) == [f"p{i}/" for i in range(5)]


def test_a_site_without_pages_has_an_empty_index():
    """The browser finds the first shard in any case."""
    assert records(search.write_index({})["tim-kiem/0.js"]) == (0, 1, [])
