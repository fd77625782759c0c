"""Built pages → the search index: one record for each heading's section, as scripts that load from file:// too. Pure.

The browser folds and indexes the records itself (site_templates/assets/search.js); nothing here knows its engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from generator.write.site.webpage import Section, WebPage

FOLDER = "tim-kiem"
MAX_SHARD = 1_000_000  # bytes; a phone reads the shards one by one and finds what has come so far
Record = tuple[str, str, str, str]


def write_index(pages: Mapping[str, WebPage]) -> dict[str, bytes]:
    """The index's files by path. `pages` are the built pages by path, such as `ke-hoach/index.html`."""
    shards = list(_shards(_records(pages))) or [[]]
    return {
        f"{FOLDER}/{number}.js": _script(number, len(shards), shard).encode() for number, shard in enumerate(shards)
    }


def _records(pages: Mapping[str, WebPage]) -> Iterator[Record]:
    for path in sorted(pages):
        if path == "404.html":
            continue
        page = pages[path]
        title = page.sections[0].heading if page.sections else page.title
        for section in page.sections:
            yield _record(path.removesuffix("index.html"), title, section)


def _record(url: str, title: str, section: Section) -> Record:
    """Address, page title, headings down to this one, text; the page's own title is not repeated as a heading."""
    if section.level == 1:
        return url, title, "", section.text
    headings = [*(h for h in section.above if h != title), section.heading]
    return f"{url}#{section.anchor}", title, " › ".join(headings), section.text


def _shards(records: Iterable[Record]) -> Iterator[list[Record]]:
    shard: list[Record] = []
    size = 0
    for record in records:
        weight = sum(len(part.encode()) for part in record)
        if shard and size + weight > MAX_SHARD:
            yield shard
            shard, size = [], 0
        shard.append(record)
        size += weight
    if shard:
        yield shard


def _script(number: int, total: int, records: list[Record]) -> str:
    body = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f"kehoachSearch.add({number}, {total}, [\n{body}\n]);\n"
