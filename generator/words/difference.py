"""What differs between two texts, by syllables, and between two orders of the same things. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeVar

T = TypeVar("T", bound=Hashable)
Run = tuple[Literal["same", "change"], range, range]  # of the old tokens, of the new
_TOKEN = re.compile(r"\s+|[^\W_]+(?:[.,/][^\W_]+)*|.", re.S)  # a syllable, a number as 1.000, a code as 12/QĐ; a mark
_SHORT = 2  # so few syllables between two changes are restated with them


@dataclass(frozen=True)
class Piece:
    """A run of a text: in both (`same`), only in the new one (`added`), only in the old one (`removed`)."""

    kind: Literal["same", "added", "removed"]
    text: str


def tokens_of(text: str) -> list[str]:
    """A text cut into syllables, blanks and marks; joined again it is the text."""
    return _TOKEN.findall(text)


def compare_tokens(old: Sequence[T], new: Sequence[T]) -> list[Run]:
    """Runs of tokens in order: those that both have, and what of the old (a range) became what of the new.

    What stands alone between two changes (a blank, a mark, a syllable or two) goes with them, as a drafter would
    restate a phrase and not its every other word.
    """
    runs: list[Run] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        kind: Literal["same", "change"] = "same" if tag == "equal" else "change"
        runs.append((kind, range(a, b), range(c, d)))
    merged: list[Run] = []
    for index, (kind, before, after) in enumerate(runs):
        is_between = 0 < index < len(runs) - 1
        kept = [token for token in (old[i] for i in before) if not isinstance(token, str) or token.strip()]
        kind = "change" if kind == "same" and is_between and len(kept) <= _SHORT else kind
        if merged and merged[-1][0] == kind == "change":
            _, first, second = merged.pop()
            before, after = range(first.start, before.stop), range(second.start, after.stop)
        merged.append((kind, before, after))
    return [part for run in merged for part in _trimmed(run, old, new)]


def _trimmed(run: Run, old: Sequence[Any], new: Sequence[Any]) -> list[Run]:
    """A changed run without what both of its sides begin or end with: that is the same."""
    kind, before, after = run
    if kind == "same":
        return [run]
    shortest = min(len(before), len(after))
    head = next((n for n in range(shortest) if old[before[n]] != new[after[n]]), shortest)
    tail = next((n for n in range(shortest - head) if old[before[-1 - n]] != new[after[-1 - n]]), shortest - head)
    cuts = ((0, head), (head, len(before) - tail), (len(before) - tail, len(before)))
    others = ((0, head), (head, len(after) - tail), (len(after) - tail, len(after)))
    kinds: tuple[Literal["same", "change"], ...] = ("same", "change", "same")
    parts = zip(kinds, cuts, others, strict=True)
    return [(name, before[a:b], after[c:d]) for name, (a, b), (c, d) in parts if b + d > a + c]


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts, what is removed before what stands in its place."""
    first, second = tokens_of(old), tokens_of(new)
    pieces: list[Piece] = []
    for kind, before, after in compare_tokens(first, second):
        gone, come = "".join(first[before.start : before.stop]), "".join(second[after.start : after.stop])
        if kind == "same":
            joined = pieces.pop().text if pieces and pieces[-1].kind == "same" else ""
            pieces.append(Piece("same", joined + come))
        else:
            pieces += [Piece("removed", gone)] if gone else []
            pieces += [Piece("added", come)] if come else []
    return tuple(pieces)


def moved(old: Sequence[T], new: Sequence[T]) -> set[T]:
    """Of things in two orders, those that must be taken as moved: as few as possible, the others kept their order."""
    place = {item: index for index, item in enumerate(old)}
    common = [item for item in new if item in place]
    tails: list[int] = []
    chains: list[list[T]] = []
    for item in common:
        at = bisect_left(tails, place[item])
        chain = [*(chains[at - 1] if at else []), item]
        if at == len(tails):
            tails.append(place[item])
            chains.append(chain)
        else:
            tails[at] = place[item]
            chains[at] = chain
    return set(common) - set(chains[-1] if chains else [])
