"""A site kept in a folder while its pages are being written: a changed page is made again alone, without the gate."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.write.site.site import SitePage, prepare_site, write_bytes, write_page
from generator.write.site.webpage import fill_sizes


class PreviewSite:
    """The site below `folder`; `site` is where it can be served from."""

    def __init__(self, folder: Path, config: Path) -> None:
        self._folder = folder
        self._config = config
        self._made: dict[str, str] = {}
        self.site = folder / "site"
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        logging.getLogger("mkdocs").setLevel(logging.ERROR)

    def write(self, pages: Sequence[SitePage], files: Mapping[str, bytes]) -> list[str]:
        """Bring the site to these pages; gives the paths that changed. The first call makes everything."""
        pages = [replace(page, markdown=fill_sizes(page.markdown, files)) for page in pages]
        changed = [page for page in pages if self._made.get(page.path) != page.markdown]
        first = not self._made
        if first:
            prepare_site(pages, self._config, self._folder)
            for path, content in files.items():
                write_bytes(self._folder / "docs" / path, content)
        for page in changed:
            write_page(self._folder, page)
        if changed:
            settings = load_config(str(self._folder / "mkdocs.yml"))
            build(settings, dirty=not first)
        self._made = {page.path: page.markdown for page in pages}
        return [page.path for page in changed]
