"""What a page of the site may load and run: the Content-Security-Policy of its meta element and of the web servers.

Nothing is loaded from another host. The one script inside a page is known by its digest; there are no styles inside.
"""

from __future__ import annotations

import base64
import hashlib

FRAMES = "frame-ancestors 'none'"  # a meta element cannot say it (CSP3, 3.3)


def write_policy(inline: str) -> str:
    """The policy of pages whose only inline script is `inline`; the preview asks its server for news."""
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    directives = (
        "default-src 'none'",
        f"script-src 'self' 'sha256-{digest}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
    return "; ".join(directives)
