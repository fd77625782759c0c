"""Texts with semantic links: the grammar `[label](scheme:ids)`, `*emphasis*`, `\\` escapes, and nothing else.

Parsed once, at loading, into inline nodes; from then on nobody parses a text of the data again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["agency", "group", "instrument", "target", "deadline", "place"]
SCHEMES: tuple[Scheme, ...] = ("agency", "group", "instrument", "target", "deadline", "place")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([a-z-]+):([^()\[\]]*)\)", re.S)
_ESCAPE = re.compile(r"\\([\[\]*\\])")
_TARGET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_SPACE_BEFORE = tuple(",;:.)…")


@dataclass(frozen=True)
class Plain:
    """Text that is only text."""

    text: str


@dataclass(frozen=True)
class Link:
    """What names something in the data: `label` is the text as printed, `targets` are ids of the scheme's kind."""

    scheme: Scheme
    targets: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Sic:
    """A misprint of the source: `as_issued` is what stands there, `reading` what is meant."""

    reading: str
    as_issued: str


@dataclass(frozen=True)
class Emphasis:
    """Text set in italics."""

    children: tuple[Plain | Link | Sic, ...]


@dataclass(frozen=True)
class Strong:
    """A whole statement set in bold; made when statements are joined, not written in a text."""

    children: tuple[Plain | Link | Sic | Emphasis, ...]


Inline = Plain | Link | Sic | Emphasis | Strong


class TextSyntaxError(ValueError):
    """A text breaks the grammar; `offset` counts characters from its start."""

    def __init__(self, message: str, offset: int, excerpt: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.excerpt = excerpt


@dataclass(frozen=True)
class Text:
    """A parsed text."""

    nodes: tuple[Inline, ...]

    def reading(self) -> str:
        """The text in its corrected reading, without markup."""
        return "".join(_read(node, as_issued=False) for node in self.nodes)

    def as_issued(self) -> str:
        """The text as the source has it, misprints kept, without markup."""
        return "".join(_read(node, as_issued=True) for node in self.nodes)

    def leaves(self) -> Iterator[Plain | Link | Sic]:
        """All nodes but emphasis and bold, whose children are given in their place."""
        yield from _leaves(self.nodes)

    def links(self) -> Iterator[Link]:
        """The semantic links, in order."""
        return (node for node in self.leaves() if isinstance(node, Link))


def parse_text(source: str) -> Text:
    """Parse a text in one pass, in linear time.

    Raises TextSyntaxError at the first character that does not belong: a bracket or asterisk that opens or closes
    nothing, an unknown scheme, a malformed id, an unknown escape.
    """
    nodes: list[Inline] = []
    inner: list[Plain | Link | Sic] | None = None
    opened_at = 0
    plain: list[str] = []
    position = 0

    def flush() -> None:
        if plain:
            (nodes if inner is None else inner).append(Plain("".join(plain)))
            plain.clear()

    while position < len(source):
        character = source[position]
        if character == "\\":
            escape = _ESCAPE.match(source, position)
            if escape is None:
                raise TextSyntaxError(
                    r"dấu \ chỉ được đứng trước [ ] * hoặc \ ", position, source[position : position + 2]
                )
            plain.append(escape[1])
            position += 2
        elif character == "[":
            flush()
            link, position = _parse_link(source, position)
            (nodes if inner is None else inner).append(link)
        elif character == "]":
            raise TextSyntaxError(r"dấu ] không có [ mở trước nó (nếu là chữ, viết \])", position, "]")
        elif character == "*":
            flush()
            if inner is None:
                inner, opened_at = [], position
            else:
                if not inner:
                    message = r"dấu ** không in gì: chữ đậm đặt ở 'strong', chữ nghiêng ở giữa hai dấu * (hay viết \*)"
                    raise TextSyntaxError(message, opened_at, "**")
                nodes.append(Emphasis(tuple(inner)))
                inner = None
            position += 1
        else:
            plain.append(character)
            position += 1
    if inner is not None:
        raise TextSyntaxError(r"dấu * mở chữ nghiêng mà không đóng (nếu là chữ, viết \*)", opened_at, "*")
    flush()
    return Text(tuple(nodes))


def join_texts(texts: Iterable[Text]) -> Text:
    """The statements of a paragraph as one text: a space between two, none before closing punctuation."""
    nodes: list[Inline] = []
    for text in texts:
        if nodes and not text.as_issued().startswith(_NO_SPACE_BEFORE):
            nodes.append(Plain(" "))
        nodes.extend(text.nodes)
    return Text(tuple(nodes))


def strong_text(text: Text) -> Text:
    """The same text in bold."""
    return Text((Strong(tuple(node for node in text.nodes if not isinstance(node, Strong))),))


def _parse_link(source: str, position: int) -> tuple[Link | Sic, int]:
    match = _LINK.match(source, position)
    excerpt = source[position : position + 40]
    if match is None:
        message = r"liên kết phải có dạng [nhãn](loại:mã) (nếu [ là chữ, viết \[)"
        raise TextSyntaxError(message, position, excerpt)
    label, scheme, target = _ESCAPE.sub(r"\1", match[1]), match[2], match[3]
    if not label.strip() or label != label.strip():
        raise TextSyntaxError("nhãn của liên kết không được trống hay có khoảng trắng ở đầu, cuối", position, match[0])
    if scheme == "sic":
        if not target.strip():
            raise TextSyntaxError("sau 'sic:' phải là chữ như bản gốc in", position, match[0])
        return Sic(reading=label, as_issued=target), match.end()
    for known in SCHEMES:
        if scheme == known:
            targets = tuple(target.split(","))
            if not all(_TARGET.fullmatch(one) for one in targets):
                raise TextSyntaxError(f"mã '{target}' không hợp lệ", position, match[0])
            return Link(known, targets, label), match.end()
    message = f"không có loại liên kết '{scheme}' (chỉ có: {', '.join((*SCHEMES, 'sic'))})"
    raise TextSyntaxError(message, position, match[0])


def _leaves(nodes: Iterable[Inline]) -> Iterator[Plain | Link | Sic]:
    for node in nodes:
        if isinstance(node, Emphasis | Strong):
            yield from _leaves(node.children)
        else:
            yield node


def _read(node: Inline, *, as_issued: bool) -> str:
    match node:
        case Plain(text):
            return text
        case Link(_, _, label):
            return label
        case Sic(reading, issued):
            return issued if as_issued else reading
        case Emphasis(children) | Strong(children):
            return "".join(_read(child, as_issued=as_issued) for child in children)
