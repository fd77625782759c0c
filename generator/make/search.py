"""The rows of the search index: a head with all titles, then the texts of a hundred pages each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator import program
from generator.make.artefact import Artefact
from generator.make.pages import FOLDER
from generator.project import Project
from generator.read.yaml import read_yaml
from generator.views.search import FileView, SearchView, view_search
from generator.views.topic import TopicView
from generator.write.site.search import FOLDER as SEARCH

_PAGES_A_SHARD = 100  # read side by side; what has come is found
# How much a kind of page counts, by its template: what citizens and agencies need before what explains the site
_WEIGHTS = {
    "site/topic.md.j2": 1.25,
    "site/plan.md.j2": 1.15,
    "site/agency.md.j2": 1.1,
    "site/reference.md.j2": 0.85,
    "site/agencies.md.j2": 0.6,
    "site/awareness.md.j2": 0.9,
    "site/handbook.md.j2": 0.85,
    "site/audience.md.j2": 0.8,
    "site/coverage.md.j2": 0.7,
    "site/opendata.md.j2": 0.7,
    "site/about.md.j2": 0.6,
    "site/search.md.j2": 0.6,
    "site/version.md.j2": 0.4,
}


def search_view(project: Project, topics: Sequence[TopicView]) -> SearchView:
    """What the search knows of a project besides its pages."""
    cited = [(view.page, topic.topic.instruments) for view, topic in zip(topics, project.topics, strict=True)]
    view = view_search(project.plan, cited, project.synonyms)
    menu = read_yaml(program.CONFIG.name, program.CONFIG.read_bytes()).data["nav"]
    entries = [(path.removesuffix("index.md"), (name,)) for entry in menu for name, path in entry.items()]
    return replace(view, names=(*view.names, *entries))


def list_search(view: SearchView, pages: Sequence[Artefact], offered: Iterable[Artefact]) -> Iterator[Artefact]:
    """The scripts of the index over `pages`; `offered` are the files that pages offer. There is always a head."""
    ordered = sorted(pages, key=lambda row: row.path)
    paths = [row.path for row in ordered]
    shards = [(n, tuple(paths[n : n + _PAGES_A_SHARD])) for n in range(0, len(paths), _PAGES_A_SHARD)]
    weights = tuple((_address(row.path), _WEIGHTS[row.form.template]) for row in pages if row.form.template in _WEIGHTS)
    view = replace(view, weights=weights, files=tuple(_files(offered)))
    yield Artefact(f"{FOLDER}/{SEARCH}/0.js", "search", partial(tuple, (view, len(shards))), inputs=tuple(paths))
    for number, (first, shard) in enumerate(shards, 1):
        yield Artefact(f"{FOLDER}/{SEARCH}/{number}.js", "search", partial(tuple, (None, first)), inputs=shard)


def _files(offered: Iterable[Artefact]) -> Iterator[FileView]:
    for row in offered:
        for offer in row.offered:
            yield FileView(f"{offer.page}/".lstrip("/"), offer.label, row.path.removeprefix(f"{FOLDER}/"))


def _address(path: str) -> str:
    return path.removeprefix(f"{FOLDER}/").removesuffix("index.html")
