"""Built HTML → what the search index and the checks need to know of a page, and HTML with its links changed. Pure.

Elements marked `data-extra` hold words that are not the page's own text (notes, misprints, permalinks, downloads).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import Any

EXTRA = "data-extra"
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
    "sup", "u",
))  # fmt: skip
_SIZE_PLACE = re.compile("\ue000([^\ue000]*)\ue000")
_HEADING = re.compile(r"h[1-6]")
_UNREAD = frozenset(("script", "style", "template"))
_REFERENCES = frozenset(("href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href"))


@dataclass(frozen=True)
class Reference:
    """An address in a page: which element and attribute names it, and its line."""

    tag: str
    attribute: str
    value: str
    line: int
    rel: str = ""


@dataclass(frozen=True)
class Section:
    """The text below one heading; `above` are the headings over it, outermost first."""

    anchor: str
    level: int
    heading: str
    above: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class WebPage:
    """A built page: its title, anchors, addresses, and the sections of its article."""

    title: str
    ids: tuple[str, ...]
    references: tuple[Reference, ...]
    styles: tuple[str, ...]
    sections: tuple[Section, ...]


def read_page(html: str) -> WebPage:
    """Read a built page. The sections are those of its `<article>`, without what is marked data-extra."""
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return WebPage(
        title=_words(reader.title),
        ids=tuple(reader.ids),
        references=tuple(reader.references),
        styles=tuple(reader.styles),
        sections=tuple(s.freeze() for s in reader.sections),
    )


class PageFacts:
    """Built pages read once: what is known of a page's bytes stays known, also from one build to the next."""

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        """`known` are the facts of a former build as `dump` gave them."""
        self._known = dict(known or {})
        self._used: dict[str, WebPage] = {}

    def of(self, html: bytes) -> WebPage:
        """What a page holds."""
        digest = hashlib.sha256(html).hexdigest()
        if digest not in self._used:
            known = self._known.get(digest)
            self._used[digest] = _page_of(known) if known else read_page(html.decode("utf-8"))
        return self._used[digest]

    def dump(self) -> dict[str, Any]:
        """The facts of the pages asked for, as JSON values by the SHA-256 of a page."""
        return {digest: asdict(page) for digest, page in self._used.items()}


def _page_of(known: Mapping[str, Any]) -> WebPage:
    return WebPage(
        title=known["title"],
        ids=tuple(known["ids"]),
        references=tuple(Reference(**reference) for reference in known["references"]),
        styles=tuple(known["styles"]),
        sections=tuple(Section(**{**section, "above": tuple(section["above"])}) for section in known["sections"]),
    )


def size_place(path: str) -> str:
    """What stands in a page until the size of the site's file `path` is known; no text of the data can hold it."""
    return f"\ue000{path}\ue000"


def fill_sizes(text: str, size: Callable[[str], int]) -> str:
    """A page with its files' sizes, as `48 KB`, in their places; `size` gives the bytes of a file of the site."""
    return _SIZE_PLACE.sub(lambda place: f"{max(1, round(size(place[1]) / 1024))} KB", text)


@dataclass
class _Open:
    tag: str
    extra: bool


@dataclass
class _OpenSection:
    anchor: str
    level: int
    above: tuple[str, ...]
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def freeze(self) -> Section:
        return Section(self.anchor, self.level, _words(self.heading), self.above, _words(self.text))


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.references: list[Reference] = []
        self.styles: list[str] = []
        self.sections: list[_OpenSection] = []
        self.title: list[str] = []
        self._open: list[_Open] = []
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._note(tag, values)
        if tag not in _INLINE:
            self._add(" ")
        if tag in _VOID:
            return
        inside = self._open[-1].extra if self._open else False
        self._open.append(_Open(tag, inside or EXTRA in values))
        if _HEADING.fullmatch(tag) and values.get("id") and self._in_article():
            level = int(tag[1])
            self.sections.append(_OpenSection(values["id"], level, self._headings_above(level)))
            self._in_heading = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._add(" ")
        if _HEADING.fullmatch(tag):
            self._in_heading = False
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag == "style":
            self.styles.append(data)
        elif self._open and self._open[-1].tag == "title" and not self.title:
            self.title.append(data)
        elif not (self._open and self._open[-1].tag in _UNREAD):
            self._add(data)

    def _note(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self.ids.append(values["id"])
        if "style" in values:
            self.styles.append(values["style"])
        rel = values.get("rel", "")
        for attribute in _REFERENCES & values.keys():
            self.references.append(Reference(tag, attribute, values[attribute], self.getpos()[0], rel))

    def _headings_above(self, level: int) -> tuple[str, ...]:
        above: list[str] = []
        for section in reversed(self.sections):
            if section.level < level:
                above.insert(0, _words(section.heading))
                level = section.level
        return tuple(above)

    def _in_article(self) -> bool:
        return any(node.tag == "article" for node in self._open)

    def _add(self, data: str) -> None:
        if not (self._in_article() and self.sections):
            return
        section = self.sections[-1]
        if self._in_heading:  # a heading of our own names a section, though it is no text of the page
            section.heading.append(data)
        elif not self._open[-1].extra:
            section.text.append(data)


def _words(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
