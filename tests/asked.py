"""The questions of tests/questions.yml put to a built site's search: what came first, what came in three."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from browser import search

QUESTIONS = Path(__file__).parent / "questions.yml"


@dataclass(frozen=True)
class Question:
    """What somebody asks, and the addresses that answer it, as questions.yml explains them."""

    ask: str
    pages: tuple[str, ...]
    reader: str
    kind: str
    aside: bool = False

    def rank(self, hits: Iterable[str]) -> int:
        """The place of the first right hit, from 1; 0 if there is none. Hits are addresses below the site."""
        return next((n for n, hit in enumerate(hits, 1) if any(_leads_to(hit, page) for page in self.pages)), 0)


def questions() -> list[Question]:
    """All questions, in the order of the file."""
    return [
        Question(**{**q, "pages": tuple(q["pages"])}) for q in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    ]


def answers(page, site: str, asked: Iterable[Question]) -> Iterator[tuple[Question, list[str]]]:
    """Each question with the addresses found, below the site `site` on which `page` stands."""
    asked = list(asked)
    search(page, asked[0].ask)
    for question, found in zip(asked, page.evaluate(_ASK, [question.ask for question in asked]), strict=True):
        yield question, [address.removeprefix(site) for address in found]


# All in one go: what takes long is to come and go between the test and the page
_ASK = """async asked => {
  const field = document.querySelector("#tim-kiem-o"), count = document.querySelector(".search-count");
  const type = async (words, answer) => {
    field.value = words;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    for (let waited = 0; !answer.test(count.textContent); waited += 1) {
      if (waited > 5000) throw new Error("no answer to " + words);
      await new Promise(then => setTimeout(then, 2));
    }
  };
  const found = [];
  for (const words of asked) {
    await type("", /^Gõ ít nhất/);
    await type(words, /^(\\d+ kết quả|Không)[^…]*$/);
    found.push(Array.from(document.querySelectorAll(".search-results a"), link => link.href));
  }
  return found;
}"""


def _leads_to(hit: str, page: str) -> bool:
    hit = hit.replace("index.html", "")
    if page.endswith("*"):
        return hit.startswith(page[:-1])
    if "#" in page:
        return hit == page or hit.startswith(f"{page}-")
    return hit.partition("#")[0] == page
