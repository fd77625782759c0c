"""Limits that a text sets to whom it names or to when: `các Sở, ban, ngành có liên quan` is not every Sở. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.words.links import Link, Plain, Sic, Text

_CONCERNED = re.compile(r"\s+(?:có\s+)?liên quan\b")


def limited_targets(text: Text) -> frozenset[str]:
    """The ids of the agencies and groups whose link is directly followed by “có liên quan” or “liên quan”.

    A link with several targets has its label's last words limited, and so all of them.
    """
    return frozenset(
        target
        for link, after in pairwise(text.leaves())
        if isinstance(link, Link) and link.scheme in ("agency", "group") and _CONCERNED.match(_words(after))
        for target in link.targets
    )


def says_limited(words: str) -> bool:
    """True for a name or an office that ends with the limit."""
    return words.rstrip(" .;,").endswith("liên quan")


def says_at_once(words: str) -> bool:
    """True for words that ask for something as soon as there is cause: `báo cáo định kỳ, đột xuất`."""
    return "đột xuất" in words.lower()


def _words(leaf: Plain | Link | Sic) -> str:
    match leaf:
        case Plain(text):
            return text
        case Sic(reading, _):
            return reading
        case Link():
            return ""
