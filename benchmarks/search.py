"""How often the search answers: the questions of tests/search_questions.yml asked of the built site in Chromium.

`python benchmarks/search.py [FOLDER]` (build/site unless told) prints, for each kind of reader, how many questions have
the right page first and among the first three, and those that do not; apart for the half that is kept aside.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser import opened, served
from playwright.sync_api import Page, sync_playwright
from questions import answers, first_hits, read_questions


def main(folder: Path) -> None:
    """Print the table."""
    with sync_playwright() as playwright, served(folder) as address:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with opened(chromium, address) as page:
            report(page)
        chromium.close()


def report(page: Page) -> None:
    """Ask all and print."""
    wrong: list[str] = []
    print("| reader | half | questions | first | in three |\n|---|---|--:|--:|--:|")
    for reader, questions in read_questions().items():
        for half, name in ((0, "tuned by"), (1, "aside")):
            asked = questions[half::2]
            first = three = 0
            for words, wanted in asked:
                hits = first_hits(page, words)
                right = [answers(wanted, hit) for hit in hits]
                first += right[:1] == [True]
                three += any(right)
                if right[:1] != [True]:
                    wrong.append(f"{reader} {name}: {words} → {hits[:1]}{' (in three)' if any(right) else ''}")
            print(f"| {reader} | {name} | {len(asked)} | {first / len(asked):.0%} | {three / len(asked):.0%} |")
    print(*wrong, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/site"))
