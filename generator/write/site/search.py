"""Built pages → the search index, as scripts that load from file:// too. Pure.

The head (`0.js`) holds what the first result needs: every page's title and headings, other names, cited clauses, files,
synonyms. The texts below the headings follow, a hundred pages a script. The browser folds and indexes the words itself
(site_templates/assets/search.js).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.views.search import SearchView
from generator.write.site.webpage import WebPage

FOLDER = "tim-kiem"


def write_head(view: SearchView, texts: int, pages: Mapping[str, WebPage]) -> bytes:
    """The script of all titles and headings; `texts` other scripts hold the texts, `pages` are all, by path."""
    names, weights = dict(view.names), dict(view.weights)
    listed = [_page(_url(path), page, weights, names) for path, page in sorted(pages.items())]
    head = {
        "texts": texts,
        "pages": listed,
        "files": [[file.page, file.label, file.href] for file in view.files],
        "citations": dict(view.citations),
        "articles": [[a.number, a.law, a.href, a.cited] for a in view.articles],
        "synonyms": view.synonyms,
    }
    return _script(head)


def write_texts(first: int, pages: Mapping[str, WebPage]) -> bytes:
    """The script of the texts of some pages, of which the first is the `first` of all; a list for each page."""
    return _script({"first": first, "lists": [[s.text for s in page.sections] for _, page in sorted(pages.items())]})


def _script(part: Mapping[str, Any]) -> bytes:
    body = json.dumps(part, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    return f"(self.kehoachIndex=self.kehoachIndex||[]).push({body});\n".encode()


def _url(path: str) -> str:
    return path.removesuffix("index.html")


def _page(url: str, page: WebPage, weights: Mapping[str, float], names: Mapping[str, Sequence[str]]) -> list[Any]:
    """Address, weight, and for each section its anchor, headings down to it, and other names.

    The first section is the page itself, whose anchor is empty and whose heading is the page's title.
    """
    title = page.sections[0].heading if page.sections else page.title
    sections: list[list[Any]] = []
    for number, section in enumerate(page.sections):
        anchor = section.anchor if number else ""
        headings = [*(h for h in section.above if h != title), section.heading] if number else [title]
        own = list(names.get(f"{url}#{anchor}" if anchor else url, ()))
        sections.append([anchor, " › ".join(headings), *([own] if own else [])])
    return [url, weights.get(url, 1), sections]
