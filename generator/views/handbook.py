"""The officers' handbook: content/huong-dan/*.md → chapters in the order of the first, with the site's addresses. Pure.

The files link to one another (`in.md`) and to pictures (`anh/in.png`) by name, so that they read well as files too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.article import Block
from generator.read.markdown import Authored
from generator.views.site import anchor_of
from generator.words.html import rewrite_links

FOLDER = "huong-dan"
PICTURES = f"{FOLDER}/anh"
INDEX = "index"
_NAMED = re.compile(r'href="([a-z0-9-]+)\.md["#]')
_CHAPTER = re.compile(r"([a-z0-9-]+)\.md(#.*)?")
_PICTURE = re.compile(r'<img src="anh/([a-z0-9-]+\.png)"([^>]*?) ?/?>')


@dataclass(frozen=True)
class Part:
    """A heading below the chapter's title, with its anchor, or a piece of ready HTML with the site's addresses."""

    kind: Literal["heading", "html"]
    text: str = ""
    level: int = 0
    anchor: str = ""
    html: str = ""


@dataclass(frozen=True)
class Chapter:
    """A page of the handbook: `name` is its file's; `index` is the first."""

    name: str
    title: str
    parts: tuple[Part, ...] = ()

    @property
    def href(self) -> str:
        """Its address below the site's root."""
        return f"{FOLDER}/" if self.name == INDEX else f"{FOLDER}/{self.name}/"


def list_chapters(authored: Mapping[str, Authored], pictures: Mapping[str, bytes]) -> tuple[Chapter, ...]:
    """The chapters: the first, those it links to in that order, then any other; none if there are no files.

    A screenshot that is not among `pictures` (PNG by path in the site) is left out: it has not been taken yet.
    """
    files = {
        path.removeprefix(f"{FOLDER}/").removesuffix(".md"): file.blocks
        for path, file in authored.items()
        if path.startswith(f"{FOLDER}/")
    }
    first = "".join(block.html for block in files.get(INDEX, ()))
    order = dict.fromkeys((INDEX, *_NAMED.findall(first), *sorted(files)))
    return tuple(_chapter(name, files[name], pictures) for name in order if name in files)


def _chapter(name: str, blocks: tuple[Block, ...], pictures: Mapping[str, bytes]) -> Chapter:
    head, *rest = blocks if blocks and blocks[0].kind == "heading" else (Block("heading", name, 1), *blocks)
    root = "../" * Chapter(name, head.text).href.count("/")
    heading = head.text
    parts: list[Part] = []
    for block in rest:
        if block.kind == "html":
            parts.append(Part("html", html=_placed(block.html, heading, root, pictures)))
        else:
            heading = block.text
            anchor = _anchor(heading, {part.anchor for part in parts})
            parts.append(Part("heading", heading, max(block.level, 2), anchor))
    return Chapter(name, head.text, tuple(parts))


def _placed(html: str, heading: str, root: str, pictures: Mapping[str, bytes]) -> str:
    def link(address: str) -> str:
        chapter = _CHAPTER.fullmatch(address)
        return f"{root}{Chapter(chapter[1], '').href}{chapter[2] or ''}" if chapter else address

    def picture(match: re.Match[str]) -> str:
        path = f"{PICTURES}/{match[1]}"
        if path not in pictures:
            return ""
        shown = f'<img src="{root}{path}"{match[2]}{_size(pictures[path])} loading="lazy">'
        return f'<a href="{root}{path}">{shown}</a>'  # a screen's picture is read on a phone only when it is whole

    html = rewrite_links(_PICTURE.sub(picture, html), link)
    label = re.sub(r"[^\w\s]", "", heading)  # a table wider than a telephone is scrolled, also by keyboard
    table = f'<div class="table-scroll stacked" role="region" aria-label="Bảng: {label}" tabindex="0"><table>'
    return html.replace("<table>", table).replace("</table>", "</table></div>")


def _size(png: bytes) -> str:
    """A PNG's own size as attributes, so that the text does not move while it loads."""
    return f' width="{int.from_bytes(png[16:20])}" height="{int.from_bytes(png[20:24])}"'


def _anchor(heading: str, taken: set[str]) -> str:
    """An address for a heading, with a beginning that no other part of a page has."""
    base = f"phan-{anchor_of(heading)}"
    anchors = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(anchor for anchor in anchors if anchor not in taken)
