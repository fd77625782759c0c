"""HTML with its links changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser


def rewrite_links(html: str, change: Callable[[str], str]) -> str:
    """The same HTML with every `href` passed through `change`; all other bytes stay."""
    return _LinkRewriter(html, change).run()


class _LinkRewriter(HTMLParser):
    def __init__(self, html: str, change: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self._change = change
        self._starts = [0]
        for match in re.finditer("\n", html):
            self._starts.append(match.end())
        self._out: list[str] = []
        self._copied = 0

    def run(self) -> str:
        self.feed(self._html)
        self.close()
        return "".join(self._out) + self._html[self._copied :]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if href is None or (changed := self._change(href)) == href:
            return
        source = self.get_starttag_text() or ""
        line, column = self.getpos()
        start = self._starts[line - 1] + column
        tag_text = re.sub(
            r"""(\shref\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""",
            lambda match: f'{match[1]}"{escape(changed)}"',
            source,
            count=1,
            flags=re.I,
        )
        self._out += [self._html[self._copied : start], tag_text]
        self._copied = start + len(source)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
