"""Built pages → the search index: one record for each heading's section, as scripts that load from file:// too. Pure.

The browser folds and indexes the records itself (site_templates/assets/search.js); nothing here knows its engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from generator.write.site.webpage import Section, WebPage

FOLDER = "tim-kiem"
Record = tuple[str, str, str, str]


def write_shard(number: int, total: int, pages: Mapping[str, WebPage]) -> bytes:
    """One of the index's `total` scripts; `pages` are those it holds, by path such as `ke-hoach/index.html`."""
    body = ",\n".join(json.dumps(record, ensure_ascii=False) for record in _records(pages))
    return f"kehoachSearch.add({number}, {total}, [\n{body}\n]);\n".encode()


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
