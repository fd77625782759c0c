"""Two versions of a document, as pandoc's AST → one AST with what was inserted, deleted and moved marked as such. Pure.

Blocks and rows that have an id in both are the same, wherever they stand; words are compared by syllables. A span of
class `insertion` or `deletion` becomes a tracked change in Word, a line under or through the words in print.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from generator.words.difference import compare_tokens, moved, tokens_of

Node = dict[str, Any]
MOVE = "\u2063"  # between an author's name and the number of a move; docx.lua makes Word's marks of a move of it
_TEXTS = ("Para", "Plain", "Header")
_LIKE = 0.5  # so much of two texts without id must be the same for one to have become the other


def redline(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """The new document's AST with its changes from the old one. `date` is ISO 8601, in UTC."""
    before, after = json.loads(old), json.loads(new)
    marker = _Marker(author, date)
    blocks = marker.blocks(before["blocks"], after["blocks"])
    after["meta"]["redline"] = {"t": "MetaBool", "c": True}
    return json.dumps({**after, "blocks": blocks}, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class _Token:
    """A syllable, blank or mark, the kinds of emphasis around it, and the ids that stand before it."""

    text: str
    styles: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    is_break: bool = False


@dataclass
class _Marker:
    author: str
    date: str
    numbers: dict[str, int] = field(default_factory=dict)

    # Blocks

    def blocks(self, old: Sequence[Node], new: Sequence[Node], *, in_cell: bool = False) -> list[Node]:
        """Two lists of blocks as one. In a cell of a table the last paragraph's mark is not one that can go."""
        found: list[Node] = []
        for identity in sorted(_shifted(old, new, _block_key)):
            self.numbers[identity] = len(self.numbers) + 1
        for kind, before, after in _aligned(old, new, _block_key, _block_text):
            if kind == "both":
                found += self._both(before, after, in_cell)
            else:
                found += self._alone(before if kind == "old" else after, kind)
        if in_cell and found:
            found[-1] = _without_mark(found[-1])
        return found

    def _alone(self, block: Node, side: str) -> list[Node]:
        """A block that only one side has in this place: deleted or inserted, or one of the two ends of a move."""
        kind, identity = "deletion" if side == "old" else "insertion", _id_in(block)
        author = self.author + (f"{MOVE}{self.numbers[identity]}" if identity in self.numbers else "")
        return [self._marked(block, kind, author)]

    def _marked(self, block: Node, kind: str, author: str) -> Node:
        what: str = block["t"]
        content: Any = block.get("c")
        if what in ("Para", "Plain"):
            return {"t": what, "c": self._whole(content, kind, author)}
        if what == "Header":
            level, (identity, classes, rest), inner = content
            attr = ["" if kind == "deletion" else identity, classes, rest]
            return {"t": what, "c": [level, attr, self._whole(inner, kind, author)]}
        if what == "Div":
            attr, inner = content
            return {"t": what, "c": [_attr(attr, kind), [self._marked(b, kind, author) for b in inner]]}
        if what == "Table":
            attr, caption, specs, (head_attr, head), bodies, foot = content
            rows = [[a, n, h, [self._marked_row(r, kind) for r in b]] for a, n, h, b in bodies]
            return {"t": what, "c": [attr, caption, specs, [head_attr, head], rows, foot]}
        return block

    def _whole(self, inlines: Sequence[Node], kind: str, author: str) -> list[Node]:
        if kind == "deletion":
            inlines = _emitted(_tokens(inlines), anchors=False)
        return [self._span(inlines, kind, author), self._span([], f"paragraph-{kind}", author)]

    def _span(self, inlines: Sequence[Node], kind: str, author: str | None = None) -> Node:
        attributes = [["author", author or self.author], ["date", self.date]]
        return {"t": "Span", "c": [["", [kind], attributes], list(inlines)]}

    def _both(self, old: Node, new: Node, in_cell: bool) -> list[Node]:
        if _bare(old) == _bare(new):
            return [new]
        if old["t"] == new["t"] and new["t"] in _TEXTS:
            return [_with_inlines(new, self._inlines(_inlines_of(old), _inlines_of(new)))]
        if old["t"] == new["t"] == "Div" and _classes(old) == _classes(new):
            return [{**new, "c": [new["c"][0], self.blocks(old["c"][1], new["c"][1], in_cell=in_cell)]}]
        if old["t"] == new["t"] == "Table" and len(old["c"][2]) == len(new["c"][2]):
            return [self._table(old, new)]
        first, second = _unwrapped(old), _unwrapped(new)
        if first["t"] in _TEXTS and second["t"] in _TEXTS:  # a heading that became a paragraph, a last paragraph
            inner = self._inlines(_inlines_of(first), _inlines_of(second))
            return [_with_inlines(new, inner)]
        return [*self._alone(old, "old"), *self._alone(new, "new")]

    # Tables

    def _table(self, old: Node, new: Node) -> Node:
        attr, caption, specs, head, bodies, foot = new["c"]
        olds = old["c"][4]
        merged = []
        for index, (body_attr, columns, heads, rows) in enumerate(bodies):
            before = olds[index][3] if index < len(olds) else []
            merged.append([body_attr, columns, heads, self._rows(before, rows)])
        for body_attr, columns, heads, rows in olds[len(bodies) :]:
            merged.append([body_attr, columns, heads, [self._marked_row(row, "deletion") for row in rows]])
        return {**new, "c": [attr, caption, specs, head, merged, foot]}

    def _rows(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        found: list[Any] = []
        for kind, before, after in _aligned(old, new, _id_in, _plain):
            if kind == "both" and len(before[1]) == len(after[1]):
                pairs = zip(before[1], after[1], strict=True)
                found.append([after[0], [[*b[:4], self.blocks(a[4], b[4], in_cell=True)] for a, b in pairs]])
                continue
            found += [self._marked_row(before, "deletion")] if kind in ("old", "both") else []
            found += [self._marked_row(after, "insertion")] if kind in ("new", "both") else []
        return found

    def _marked_row(self, row: Any, kind: str) -> Any:
        attributes = [["author", self.author], ["date", self.date]]
        return [["", [kind], attributes], [[*cell[:4], self._marked_cell(cell[4], kind)] for cell in row[1]]]

    def _marked_cell(self, blocks: Sequence[Node], kind: str) -> list[Node]:
        """All of a cell; LibreOffice sees that a row is gone only if the marks between its paragraphs are."""
        marked = [self._marked(block, kind, self.author) for block in blocks]
        return [*marked[:-1], *map(_without_mark, marked[-1:])]

    # Words

    def _inlines(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        before, after = _tokens(old), _tokens(new)
        found: list[Node] = []
        for kind, a, b in compare_tokens([t.text for t in before], [t.text for t in after]):
            gone, come = before[a.start : a.stop], after[b.start : b.stop]
            if kind == "same":
                found += _emitted(come)
                continue
            found += [self._span(_emitted(gone, anchors=False), "deletion")] if gone else []
            found += [self._span(_emitted(come), "insertion")] if come else []
        return found


def _aligned(
    old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], str], text: Callable[[Any], str]
) -> Iterator[tuple[str, Any, Any]]:
    """(both, a, b), (old, a, None) and (new, None, b) in the order of the new list, what is gone where it stood."""
    places = {identity: at for at, item in enumerate(new) if (identity := key(item))}
    shifted = _shifted(old, new, key)
    stayed = ((at, key(item)) for at, item in enumerate(old))
    anchors = [(at, places[identity]) for at, identity in stayed if identity in places and identity not in shifted]
    last = (-1, -1)
    for a, b in [*anchors, (len(old), len(new))]:
        yield from _between(old[last[0] + 1 : a], new[last[1] + 1 : b], key, text)
        if a < len(old):
            yield "both", old[a], new[b]
        last = a, b


def _shifted(old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], str]) -> set[str]:
    """The ids that both have and that must be taken as moved."""
    before, after = ([identity for item in items if (identity := key(item))] for items in (old, new))
    return moved(before, [identity for identity in after if identity in set(before)])


def _between(
    old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], str], text: Callable[[Any], str]
) -> Iterator[tuple[str, Any, Any]]:
    """Things between two that are known to be the same: equal ones, then those that are like each other."""
    first, second = [text(item) for item in old], [text(item) for item in new]
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (("both", x, y) for x, y in zip(old[a:b], new[c:d], strict=True))
            continue
        waiting = list(range(c, d))
        for x in range(a, b):
            like = next((y for y in waiting if _is_like(old[x], new[y], key, first[x], second[y])), None)
            if like is None:
                yield "old", old[x], None
                continue
            for y in waiting[: waiting.index(like)]:
                yield "new", None, new[y]
            yield "both", old[x], new[like]
            waiting = waiting[waiting.index(like) + 1 :]
        yield from (("new", None, new[y]) for y in waiting)


def _is_like(old: Any, new: Any, key: Callable[[Any], str], first: str, second: str) -> bool:
    if key(old) or key(new):  # whose id the other side has not is another thing
        return False
    if _shape(old) != _shape(new):
        return False
    if _shape(new) and _shape(new)[0] in ("Div", "Table"):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _LIKE


def _shape(item: Any) -> tuple[str, ...]:
    return (item["t"], *_classes(item)) if isinstance(item, dict) else ()


def _classes(block: Node) -> tuple[str, ...]:
    where = {"Div": 0, "Header": 1}.get(block["t"])
    return () if where is None else tuple(block["c"][where][1])


def _block_key(block: Node) -> str:
    """A paragraph's or heading's id; what holds several blocks is known by its place."""
    return _id_in(block) if block["t"] in _TEXTS or (block["t"] == "Div" and len(block["c"][1]) == 1) else ""


def _block_text(block: Node) -> str:
    return f"{' '.join(_shape(block))}\0{_plain(block)}"


def _id_in(value: Any) -> str:
    """The first id of an anchor or heading in a part of the AST."""
    if isinstance(value, dict):
        content: Any = value.get("c")
        if value.get("t") == "Header" and content[1][0]:
            return str(content[1][0])
        if value.get("t") == "Span" and content[0][0]:
            return str(content[0][0])
        return _id_in(content)
    if isinstance(value, list):
        return next((found for item in value if (found := _id_in(item))), "")
    return ""


def _plain(value: Any) -> str:
    """The words of a part of the AST."""
    if isinstance(value, dict):
        if value.get("t") == "Str":
            return str(value["c"])
        return " " if value.get("t") in ("Space", "SoftBreak", "LineBreak") else _plain(value.get("c"))
    return "".join(_plain(item) for item in value if isinstance(item, dict | list)) if isinstance(value, list) else ""


def _bare(block: Node) -> str:
    """What two blocks must have in common to be the same to a reader."""
    return json.dumps(block, sort_keys=True, ensure_ascii=False)


def _inlines_of(block: Node) -> list[Node]:
    content = block["c"]
    return list(content[-1] if block["t"] == "Header" else content)


def _unwrapped(block: Node) -> Node:
    """The paragraph in a block that holds nothing else, or the block."""
    inner: list[Node] = block["c"][1] if block["t"] == "Div" else []
    return inner[0] if len(inner) == 1 else block


def _with_inlines(block: Node, inlines: list[Node]) -> Node:
    if block["t"] == "Div":
        return {**block, "c": [block["c"][0], [_with_inlines(block["c"][1][0], inlines)]]}
    return {**block, "c": [*block["c"][:-1], inlines] if block["t"] == "Header" else inlines}


def _tokens(inlines: Iterable[Node]) -> list[_Token]:
    found: list[_Token] = []
    waiting: list[str] = []

    def put(text: str, styles: tuple[str, ...], *, is_break: bool = False) -> None:
        found.append(_Token(text, styles, tuple(waiting), is_break))
        waiting.clear()

    def walk(nodes: Iterable[Node], styles: tuple[str, ...]) -> None:
        for node in nodes:
            match node["t"]:
                case "Str":
                    for token in tokens_of(node["c"]):
                        put(token, styles)
                case "Space" | "SoftBreak":
                    put(" ", styles)
                case "LineBreak":
                    put(" ", styles, is_break=True)
                case "Emph" | "Strong":
                    walk(node["c"], (*styles, node["t"]))
                case "Span":
                    waiting.extend([node["c"][0][0]] if node["c"][0][0] else [])
                    walk(node["c"][1], styles)
                case _:
                    walk(node["c"][1], styles)

    walk(inlines, ())
    if waiting:
        put("", ())
    return found


def _emitted(tokens: Sequence[_Token], *, anchors: bool = True) -> list[Node]:
    """Tokens as inlines again."""
    found: list[Node] = []
    run: list[Node] = []
    styles: tuple[str, ...] = ()

    def flush() -> None:
        nodes = list(run)
        for style in reversed(styles):
            nodes = [{"t": style, "c": nodes}] if nodes else []
        found.extend(nodes)
        run.clear()

    for token in tokens:
        if token.styles != styles:
            flush()
            styles = token.styles
        if anchors:
            run.extend({"t": "Span", "c": [[identity, [], []], []]} for identity in token.anchors)
        if token.is_break and anchors:
            run.append({"t": "LineBreak"})
        elif token.text == " ":
            run.append({"t": "Space"})
        elif token.text:
            run.append({"t": "Str", "c": token.text})
    flush()
    return found


def _attr(attr: Any, kind: str) -> Any:
    identity, classes, rest = attr
    return ["" if kind == "deletion" else identity, classes, rest]


def _without_mark(block: Node) -> Node:
    """A block whose last paragraph's mark is not tracked."""
    if block["t"] in ("Para", "Plain"):
        return {**block, "c": [node for node in block["c"] if not _is_mark(node)]}
    if block["t"] == "Div" and block["c"][1]:
        inner = block["c"][1]
        return {**block, "c": [block["c"][0], [*inner[:-1], _without_mark(inner[-1])]]}
    return block


def _is_mark(node: Node) -> bool:
    return node["t"] == "Span" and any(kind.startswith("paragraph-") for kind in node["c"][0][1])
