"""What the site tells search engines: robots.txt and sitemap.xml (sitemaps.org 0.9). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

_SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def write_robots(base: str) -> bytes:
    """Who may come: everybody; a page that is not to be found says so itself. `base` is empty without an address."""
    lines = ["User-agent: *", "Allow: /"]
    lines += [f"Sitemap: {base}sitemap.xml"] if base else []
    return ("\n".join(lines) + "\n").encode()


def write_sitemap(base: str, paths: Iterable[str], updated: str) -> bytes:
    """Pages by address below `base`, all of the day `updated` (YYYY-MM-DD)."""
    entries = (f"<url><loc>{escape(base + quote(path))}</loc><lastmod>{updated}</lastmod></url>\n" for path in paths)
    return (_SITEMAP + "".join(entries) + "</urlset>\n").encode()
