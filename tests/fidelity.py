"""What is compared when a text is compared with the plan as received: its words, in order."""

import re
from pathlib import Path

from lxml import html

from generator.read.plan import load_plan
from generator.read.tree import DiskTree

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
INLINE = {"a", "b", "em", "i", "span", "strong", "sub", "sup"}
PLAN = load_plan(DiskTree(DATA)).plan


def words(text):
    """The words of a text; punctuation stays on its word, white space and soft hyphens do not count."""
    return text.replace("\u00ad", "").split()


def received_words():
    """The words of the received text: Markdown marks and the dirt listed in source.yml left out."""
    lines = (DATA / PLAN.source.received.file).read_text(encoding="utf-8").split("\n")
    for dropped in PLAN.source.dropped:
        line = lines[dropped.line - 1]
        assert dropped.text in line, f"dòng {dropped.line} không có {dropped.text!r}"
        lines[dropped.line - 1] = line.replace(dropped.text, "", 1)
    text = "\n".join(re.sub(r"^#+ ", "", line) for line in lines)
    return words(text.replace("*", ""))


def reading_words():
    """The received words in the corrected reading: every sic of the data applied, in order."""
    from generator.views.plaintext import plan_text

    return words(plan_text(PLAN, as_issued=False))


def article_text(page):
    """The words of a page's article in order, without what is marked data-extra; blocks part words."""

    def read(node):
        edge = "" if node.tag in INLINE else " "
        if not isinstance(node.tag, str) or node.tag in ("script", "style") or "data-extra" in node.attrib:
            return edge
        return edge + (node.text or "") + "".join(read(inner) + (inner.tail or "") for inner in node) + edge

    return " ".join(read(html.document_fromstring(page).find(".//article")).split())
