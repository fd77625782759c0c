"""Views + Jinja templates → HTML for documents, Markdown for the site. Everything from data is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from generator.views.nodes import InlineView
from generator.views.site import anchor_of
from generator.words.names import lower_first, upper_first

_MARKDOWN = re.compile(r"[^\w\s,–—…“”‘’°%]|[_\n]", re.UNICODE)


class Renderer:
    """The templates of a folder, in a sandbox: autoescaped, undefined names are errors.

    `mark` is what each page and document says of who may read it; it is empty for the public.
    """

    def __init__(self, templates: Path, mark: str = "") -> None:
        self._environment = SandboxedEnvironment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["md"] = escape_markdown
        self._environment.filters["anchor"] = anchor_of
        self._environment.filters["plain"] = plain
        self._environment.filters["upper_first"] = upper_first
        self._environment.filters["lower_first"] = lower_first
        self._environment.globals["mark"] = mark

    def render(self, template: str, **context: Any) -> str:
        """The text of a template, named relative to the folder, for this context."""
        return self._environment.get_template(template).render(**context)


def escape_markdown(text: str) -> Markup:
    """Text for a line of Markdown: every mark that Markdown or HTML could read becomes a character reference."""
    return Markup(_MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text))


def plain(inlines: Iterable[InlineView]) -> str:
    """The bare text of inline views."""
    return "".join(view.text for view in inlines)
