"""The site's gate for a project's rows: what is wrong with pages → findings with their places in data/ and content/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from generator.diagnostics import Diagnostic, Span
from generator.make.artefact import Artefact
from generator.make.pages import FOLDER
from generator.project import Project
from generator.read.tree import SourceTree
from generator.write.site.gate import CHECKED_TEXTS, Fault, check_site
from generator.write.site.webpage import WebPage

_CHAPTER = re.compile(r"(.*/)?([a-z0-9-]+)/(#.*)?")


def find_faults(
    project: Project, rows: Sequence[Artefact], pages: Mapping[str, WebPage], read: Callable[[Artefact], bytes]
) -> Iterator[Diagnostic]:
    """What the gate finds in a site of `pages`, by path below it; `read` gives the bytes of a style, script or picture.

    A fault stands where the office wrote what is at fault, or where it is in the page if nobody wrote it.
    """
    others: dict[str, str | None] = {}
    for row in rows:
        path = row.path.removeprefix(f"{FOLDER}/")
        if row.part == "site" and row.press != "zip" and path not in pages:
            text = path.endswith(CHECKED_TEXTS) and row.press != "search"  # the index holds words, not addresses
            others[path] = read(row).decode("utf-8") if text else None
    settings = project.settings
    for fault in check_site(pages, others, settings.link_hosts, urlsplit(settings.address).path or "/"):
        yield Diagnostic(_place(project, fault), "broken-site", f"{fault.why} (trong {fault.path})")


def _place(project: Project, fault: Fault) -> Span:
    page = fault.path.removesuffix("/index.html")
    own = [name for name in project.content.names() if name in (f"{page}.md", f"{page}/index.md", fault.path)]
    chapter = _CHAPTER.sub(r"\2.md\3", fault.written)  # how one file of the handbook links to another
    id_line = (f"id: {fault.written}", f'id: "{fault.written}"')
    places: list[tuple[SourceTree, Sequence[str], Sequence[str]]] = [
        (project.content, own, (fault.written, chapter)),
        (project.data, project.data.names(), (*id_line, fault.written)),
        (project.content, project.content.names(), (fault.written,)),
    ]
    found = (_find(tree, name, text) for tree, names, texts in places for text in texts if text for name in names)
    return next((span for span in found if span), Span(f"{FOLDER}/{fault.path}", max(fault.line, 1)))


def _find(tree: SourceTree, name: str, text: str) -> Span | None:
    if not name.endswith((".md", ".yml", ".svg")):
        return None
    lines = tree.read(name).decode("utf-8-sig", "replace").splitlines()
    places = (Span(tree.label(name), number, line.find(text) + 1) for number, line in enumerate(lines, 1))
    return next((span for span in places if span.column), None)
