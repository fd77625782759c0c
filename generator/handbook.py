"""The officers' handbook: content/huong-dan/*.md → pages; links and screenshots lead where they stand on the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.content import Authored, Block
from generator.webpage import rewrite_links

FOLDER = "huong-dan"
PICTURES = f"{FOLDER}/anh"
_CHAPTER = re.compile(r"(?:\./)?([a-z0-9-]+)\.md(#.*)?")
_PICTURE = re.compile(r'<img src="anh/([a-z0-9-]+\.png)"([^>]*?) ?/?>')


@dataclass(frozen=True)
class Chapter:
    """A page of the handbook: `name` is its file's, `index` the table of contents."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def path(self) -> str:
        """Its page below the docs folder."""
        return f"{FOLDER}/index.md" if self.name == "index" else f"{FOLDER}/{self.name}/index.md"


def list_chapters(authored: Mapping[str, Authored], pictures: Collection[str]) -> Iterator[Chapter]:
    """The handbook's chapters; a screenshot that is not among `pictures` (paths in the site) is left out."""
    for name, file in authored.items():
        folder, _, stem = name.removesuffix(".md").rpartition("/")
        if folder != FOLDER:
            continue
        head, *rest = file.blocks if file.blocks else (Block("heading", stem, 1),)
        title, blocks = (head.text, tuple(rest)) if head.kind == "heading" else (stem, file.blocks)
        root = "../" * Chapter(stem, title, ()).path.count("/")
        yield Chapter(stem, title, tuple(_placed(block, root, pictures) for block in blocks))


def _placed(block: Block, root: str, pictures: Collection[str]) -> Block:
    def link(address: str) -> str:
        chapter = _CHAPTER.fullmatch(address)
        if chapter is None:
            return address
        page = "" if chapter[1] == "index" else f"{chapter[1]}/"
        return f"{root}{FOLDER}/{page}{chapter[2] or ''}"

    def picture(match: re.Match[str]) -> str:
        path = f"{PICTURES}/{match[1]}"
        return f'<img src="{root}{path}"{match[2]} loading="lazy">' if path in pictures else ""

    if block.kind == "heading":
        return block
    return replace(block, html=rewrite_links(_PICTURE.sub(picture, block.html), link))
