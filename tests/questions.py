"""What readers ask the search, and whether a hit answers."""

from pathlib import Path
from urllib.parse import urlsplit

import yaml
from browser import search

FILE = Path(__file__).parent / "search_questions.yml"


def read_questions():
    """(words, wanted) by reader, in the order of the file: every second one is kept aside."""
    return {
        reader: [tuple(pair) for pair in pairs] for reader, pairs in yaml.safe_load(FILE.read_text("utf-8")).items()
    }


def first_hits(page, words):
    """The addresses of the first three hits."""
    search(page, words)
    return [link.get_attribute("href") for link in page.locator(".search-results a").all()[:3]]


def answers(wanted, href):
    """True if a hit's address is one of those wanted: the page, the very anchor if one is given, or below a `*`."""
    parts = urlsplit(href)
    path, anchor = parts.path.lstrip("/"), f"#{parts.fragment}" if parts.fragment else ""
    for one in wanted.split("|"):
        if one.endswith("*") and path.startswith(one[:-1]):
            return True
        if path + anchor == one if "#" in one else path == one:
            return True
    return False
