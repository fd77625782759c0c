"""What an output is: a row of the table of artefacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Offer:
    """A page of the site that offers a file, under a label; `page` as `co-quan/so-tu-phap`, the home page is empty."""

    page: str
    label: str


@dataclass(frozen=True)
class Form:
    """How a view becomes an output: the template below site_templates, the layout profile by name, the orientation.

    `pictures`: the template prints a topic's drawing and QR code. `tracked`: the view holds two versions, and the
    output is the new one with its changes from the old one tracked.
    """

    template: str = ""
    profile: str = ""
    landscape: bool = False
    pictures: bool = False
    tracked: bool = False


PLAIN = Form()


@dataclass(frozen=True)
class Artefact:
    """One output of a build.

    `path`, below the output folder, is its identity; `press` says who makes it, `view` gives the frozen value that it
    shows, `inputs` are paths of other artefacts that it holds or measures.
    """

    path: str
    press: str
    view: Callable[[], Any]
    form: Form = PLAIN
    offered: tuple[Offer, ...] = ()
    inputs: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """What `--only` calls it: documents, open-data or site."""
        return "site" if self.path == SITE_ZIP else self.path.partition("/")[0]


SITE_ZIP = "site.zip"
PARTS = ("documents", "open-data", "site")
