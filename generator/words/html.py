"""HTML with its links changed; a drawing as an address. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote

_VALUE = r"""\"[^"]*\"|'[^']*'|[^\s>"']+"""
_TAG = re.compile(  # comments, and what scripts and styles hold, are no tags
    rf"""<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[a-z](?:"[^"]*"|'[^']*'|[^"'<>])*?\shref\s*=\s*({_VALUE})""",
    re.S | re.I,
)


def rewrite_links(html: str, change: Callable[[str], str]) -> str:
    """The same HTML with every `href` passed through `change`; all other bytes stay."""

    def rewritten(match: re.Match[str]) -> str:
        if match[2] is None:
            return match[0]
        href = unescape(match[2].strip("\"'"))
        changed = change(href)
        return match[0] if changed == href else f'{match[0][: match.start(2) - match.start()]}"{escape(changed)}"'

    return _TAG.sub(rewritten, html)


def svg_address(svg: str) -> str:
    """A drawing as a data: address for an image, its comments and indentation left out."""
    bare = re.sub(r">\s+<", "><", re.sub(r"<!--.*?-->", "", svg, flags=re.S)).strip()
    return "data:image/svg+xml," + quote(bare, safe="=/:;,()")
