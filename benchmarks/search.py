"""How well the search answers: the questions of tests/questions.yml put to the real site, by half and kind.

`python benchmarks/search.py [SITE] [--missed]` builds the real plan, or takes a built site; it needs Chromium.
`--missed` also prints what was not right first; of the half kept aside only how many.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from asked import answers, questions
from browser import opened, served
from playwright.sync_api import sync_playwright

from generator.build import Options, build

ROOT = Path(__file__).parents[1]


def ranks(site: Path) -> tuple[dict[tuple[bool, str], list[int]], list[str]]:
    """The rank of every right answer, by half and kind, and lines about those that were not first."""
    found: dict[tuple[bool, str], list[int]] = defaultdict(list)
    missed = []
    with sync_playwright() as playwright, served(site) as address:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with opened(chromium, address) as page:
            for question, hits in answers(page, address, questions()):
                rank = question.rank(hits)
                found[question.aside, question.kind].append(rank)
                if rank != 1 and not question.aside:
                    missed.append(f"{rank or '-'} {question.kind}: {question.ask} → {', '.join(hits[:3])}")
        chromium.close()
    return found, missed


def line(name: str, places: list[int]) -> str:
    """A row of the table."""
    first, three = sum(r == 1 for r in places), sum(0 < r <= 3 for r in places)
    return f"| {name} | {len(places)} | {first} ({first / len(places):.0%}) | {three} ({three / len(places):.0%}) |"


def main() -> None:
    """Print the table."""
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with tempfile.TemporaryDirectory() as folder:
        site = Path(given[0]) if given else Path(folder) / "build" / "site"
        if not given:
            build(Options(ROOT / "data", ROOT / "content", Path(folder) / "build"))
        found, missed = ranks(site)
    print("| questions | asked | right first | in three |\n|---|--:|--:|--:|")
    for aside, half in ((False, "tuned with"), (True, "kept aside")):
        kinds = {kind: places for (which, kind), places in found.items() if which == aside}
        for kind, places in kinds.items():
            print(line(f"{half}: {kind}", places))
        print(line(f"**{half}**", [rank for places in kinds.values() for rank in places]))
    if "--missed" in sys.argv:
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
