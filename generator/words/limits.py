"""Limits that a text sets to whom it names or to when: `các Sở, ban, ngành có liên quan` is not every Sở. Pure."""

from __future__ import annotations

import re

from generator.words.links import Link, Plain, Text

_LIMIT = re.compile(r"\s*(?:có )?liên quan\b")


def limited_targets(text: Text) -> frozenset[str]:
    """The ids of those whose name in a text is followed by `có liên quan` or `liên quan`."""
    pairs = zip(text.nodes, text.nodes[1:], strict=False)
    limited = (n for n, after in pairs if isinstance(n, Link) and isinstance(after, Plain) and _LIMIT.match(after.text))
    return frozenset(target for link in limited for target in link.targets)


def says_limited(words: str) -> bool:
    """True for a name or office that ends with the limit."""
    return words.rstrip(" .;,").endswith("liên quan")


def says_at_once(words: str) -> bool:
    """True for words that ask for something as soon as there is cause: `báo cáo định kỳ, đột xuất`."""
    return "đột xuất" in words.lower()
