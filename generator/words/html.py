"""HTML with its links changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

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
