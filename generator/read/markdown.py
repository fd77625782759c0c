"""Authored files of content/ → front matter and a body in restricted Markdown: no raw HTML, links by allow-list.

The body is parsed here once, into blocks; the site's and the documents' templates print blocks, never Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.diagnostics import DataError, Diagnostic, Span
from generator.model.article import Block
from generator.read.yaml import Document, is_forbidden, read_text, read_yaml

_FENCE = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", re.S)
_ALLOWED_LINK = re.compile(r"https://[^\s]+|tel:[0-9+]+|(?:\.\./)*[a-z0-9#][a-z0-9/._#-]*")
_ALLOWED_IMAGE = re.compile(r"anh/[a-z0-9-]+\.png")


@dataclass(frozen=True)
class Authored:
    """An authored file: its front matter, if any, its blocks, the words of its body, and for whom it is."""

    front: Document | None
    blocks: tuple[Block, ...]
    plain: str
    source: str = ""
    audience: Literal["public", "internal"] = "public"


def read_authored(label: str, raw: bytes) -> Authored:
    """Read an authored file. Raises DataError with every fault of front matter and body, by line."""
    text = read_text(label, raw)
    fence = _FENCE.match(text)
    body_line = text[: fence.end()].count("\n") if fence else 0
    errors: list[Diagnostic] = []
    front = None
    if fence:
        try:
            front = read_yaml(label, (fence[1] or "").encode(), line_offset=1)
        except DataError as error:
            errors += error.diagnostics
    body = text[fence.end() :] if fence else text
    tokens = _parser().parse(body)
    errors += _faults(label, tokens, body_line)
    if errors:
        raise DataError(errors)
    return Authored(front, _blocks(tokens), _plain(tokens), body)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # _faults names the bad ones; dropping is silent
    return parser


def _faults(label: str, tokens: list[Token], offset: int) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        for part in (token, *(token.children or ())):
            problem = _problem(part)
            if problem:
                found.append(Diagnostic(Span(label, line + offset + 1), *problem))
            if part.type in ("softbreak", "hardbreak"):
                line += 1
    return found


def _problem(token: Token) -> tuple[str, str] | None:
    if token.type in ("html_block", "html_inline"):
        return "raw-html", f"không dùng HTML trong bài viết: {token.content.strip()[:60]}"
    if token.type == "link_open" and not _ALLOWED_LINK.fullmatch(str(token.attrs.get("href", ""))):
        return (
            "bad-link",
            f"liên kết '{str(token.attrs.get('href'))[:80]}' không được phép (chỉ https:, tel: hoặc trang trong site)",
        )
    if token.type == "image":
        if not _ALLOWED_IMAGE.fullmatch(str(token.attrs.get("src", ""))):
            return "bad-image", f"hình '{str(token.attrs.get('src'))[:80]}' không được phép (chỉ anh/<tên>.png)"
        if not token.content.strip():
            return "missing-alt", "hình phải có lời mô tả trong [ ]"
    written = (token.content, *map(str, token.attrs.values()))  # `&#x202e;` is a sign only once it has been parsed
    hidden = next((c for text in written for c in text if is_forbidden(c)), None)
    return ("control-character", f"ký tự ẩn U+{ord(hidden):04X} không được có trong bài viết") if hidden else None


def _blocks(tokens: list[Token]) -> tuple[Block, ...]:
    parser = _parser()
    blocks: list[Block] = []
    pending: list[Token] = []

    def flush() -> None:
        if pending:
            blocks.append(Block("html", html=parser.renderer.render(pending, parser.options, {}).strip()))
            pending.clear()

    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and token.level == 0:
            flush()
            blocks.append(Block("heading", text=_plain([tokens[position + 1]]), level=int(token.tag[1])))
            position += 3
        else:
            pending.append(token)
            position += 1
    flush()
    return tuple(blocks)


def _plain(tokens: list[Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if token.type == "inline":
            words.append("".join(c.content if c.type in ("text", "code_inline") else " " if "break" in c.type else ""
                                 for c in token.children or ()))  # fmt: skip
    return "\n".join(words)
