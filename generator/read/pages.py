"""content/*.md but the topics → pages that stand for themselves: the page about the site, the handbook's chapters.

All faults of all files are collected, also a link from a public page to an internal one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.diagnostics import DataError, Diagnostic, Span
from generator.model.types import PageFront
from generator.model.walk import is_internal
from generator.read.markdown import Authored, read_authored
from generator.read.plan import Spans, validate
from generator.read.tree import FileTooLargeError, SourceTree

_LINK = re.compile(r'href="([^"#]*)')
_PICTURE = re.compile(r'src="([^"]+)"')


def read_pages(tree: SourceTree, topics: str) -> dict[str, Authored]:
    """The authored files by path, but those of the folder `topics`. Raises DataError with every fault of every file."""
    errors: list[Diagnostic] = []
    pages: dict[str, Authored] = {}
    for name in tree.names():
        if name.endswith(".md") and posixpath.dirname(name) != topics:
            try:
                pages[name] = _page(tree.label(name), tree.read(name), errors)
            except DataError as error:
                errors += error.diagnostics
            except FileTooLargeError:
                message = "tệp quá lớn (hơn 5 MB): đây không phải một bài viết"
                errors.append(Diagnostic(Span(tree.label(name)), "file-too-large", message))
    errors += _links_to_internal(tree, pages)
    if errors:
        raise DataError(errors)
    return pages


def pictures_of(pages: Mapping[str, Authored]) -> set[str]:
    """The paths of the pictures that pages show."""
    return {
        _resolved(posixpath.dirname(name), address)
        for name, page in pages.items()
        for address in _addresses(_PICTURE, page)
    }


def _page(label: str, raw: bytes, errors: list[Diagnostic]) -> Authored:
    page = read_authored(label, raw)
    front = validate(page.front, PageFront, Spans(), errors) if page.front else None
    return replace(page, audience=front.audience) if front else page


def _links_to_internal(tree: SourceTree, pages: Mapping[str, Authored]) -> Iterator[Diagnostic]:
    """A link between files (`in.md`) or between pages (`../huong-dan/in/`) leads nowhere once its page is cut."""
    hidden = {name for name, page in pages.items() if is_internal(page)}
    for name, page in pages.items():
        for address in _addresses(_LINK, page) if name not in hidden else ():
            paths = {_resolved(folder, address) for folder in (posixpath.dirname(name), _address(name))}
            if target := next((h for h in sorted(hidden) if paths & {h, _address(h)}), None):
                message = f"trang công khai dẫn tới trang nội bộ '{target}'"
                hint = "bỏ đường dẫn, hoặc đánh dấu cả trang này là nội bộ"
                yield Diagnostic(_place(tree, name, address), "internal-link", message, hint)


def _addresses(kind: re.Pattern[str], page: Authored) -> list[str]:
    return [address for block in page.blocks for address in kind.findall(block.html)]


def _resolved(folder: str, address: str) -> str:
    """An address from the root of content/, or of the site."""
    return posixpath.normpath(posixpath.join(folder, address))


def _address(name: str) -> str:
    """Where the page of a file stands in the site, from its root."""
    return name.removesuffix(".md").removesuffix("/index")


def _place(tree: SourceTree, name: str, excerpt: str) -> Span:
    lines = tree.read(name).decode("utf-8-sig").splitlines()
    places = ((number, line.find(excerpt, line.find("]"))) for number, line in enumerate(lines, 1) if "]" in line)
    return next((Span(tree.label(name), number, at + 1) for number, at in places if at >= 0), Span(tree.label(name)))
