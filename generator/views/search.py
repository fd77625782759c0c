"""What the search knows besides the pages' own words: cited clauses, laws' articles, other names, files, synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from generator.model.plan import Plan
from generator.model.search import Synonym
from generator.views.nodes import PLAN_PAGE, href_of
from generator.views.site import fold
from generator.words.numbering import parse_number

_ARTICLE = re.compile(r"(?i)điều\s+(\d+[a-zđ]?)")
_LITTLE = frozenset(("va", "cua", "ve", "theo"))  # words that abbreviations leave out


@dataclass(frozen=True)
class ArticleView:
    """A law's article: its number, its law's names folded (in full and by initials), itself, the pages that cite it."""

    number: str
    law: tuple[str, ...]
    href: str
    cited: tuple[str, ...]


@dataclass(frozen=True)
class FileView:
    """A file that a page offers, by its label; `page` and `href` are below the site's root."""

    page: str
    label: str
    href: str


@dataclass(frozen=True)
class SearchView:
    """What the search is told: addresses are below the site's root, keys and laws are folded.

    `citations`: from a clause's numbers, as `v.7`, to its address; `names`: other names of what stands at an address;
    `weights`: how much a page counts, by address, where that is not 1.
    """

    citations: tuple[tuple[str, str], ...] = ()
    articles: tuple[ArticleView, ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    synonyms: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    files: tuple[FileView, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()


def view_search(
    plan: Plan,
    cited: Iterable[tuple[str, Sequence[str]]],
    synonyms: Iterable[Synonym],
) -> SearchView:
    """What is known from the plan; `cited` are the pages of topics with the ids of the instruments they rest on."""
    resting = list(cited)
    return SearchView(
        citations=tuple(dict(_citations(plan)).items()),
        articles=tuple(_articles(plan, resting)),
        names=tuple(_names(plan)),
        synonyms=tuple((entry.words, entry.means) for entry in synonyms),
    )


def _citations(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every clause by its numbers; a Roman or lettered one also by its ordinal, as people type it (`5.7`)."""
    for identity, chain in plan.clause.items():
        numbers = [clause.number for clause in chain]
        if all(numbers):
            for key in product(*(_written(number or "") for number in numbers)):
                yield ".".join(key), f"{PLAN_PAGE}#{identity}"


def _written(number: str) -> tuple[str, ...]:
    numeral = parse_number(number)
    last = number.lower().rpartition(".")[2]  # of 1.1 below 1 only the own part is new
    if numeral is not None and numeral.kind in ("roman", "capital"):
        return last, str(numeral.ordinal)
    return (last,)


def _articles(plan: Plan, resting: Sequence[tuple[str, Sequence[str]]]) -> Iterator[ArticleView]:
    for instrument in plan.instruments:
        found = _ARTICLE.search(instrument.article or "")
        if not found or not instrument.parent:
            continue
        law = plan.instrument[instrument.parent]
        called = [fold(name) for name in (law.short_name, law.name, *law.aliases) if name]
        pages = tuple(page for page, instruments in resting if instrument.id in instruments)
        href = href_of("instrument", instrument.id, plan)
        yield ArticleView(fold(found[1]), tuple(dict.fromkeys((*called, _initials(called[0])))), href, pages)


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word not in _LITTLE)


def _names(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    for agency in plan.agencies:
        if plan.has_sheet(agency.id):
            yield href_of("agency", agency.id, plan), _known((agency.short_name, *agency.aliases), agency.name)
    for group in plan.groups:
        yield href_of("group", group.id, plan), _known(group.aliases, group.name)
    for instrument in plan.instruments:
        number = f"{instrument.article} {plan.instrument[instrument.parent].name}" if instrument.parent else ""
        names = (instrument.short_name, instrument.number, number, *instrument.aliases)
        yield href_of("instrument", instrument.id, plan), _known(names, instrument.name)


def _known(names: Iterable[str | None], own: str) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name != own)
