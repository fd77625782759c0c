"""The real plan's awareness materials with pieces of their files replaced, for tests."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from generator.program import scene_parts
from generator.read.plan import load_plan
from generator.read.scene import read_drawings
from generator.read.topics import load_awareness
from generator.read.tree import DictTree, DiskTree
from generator.rules.seals import judge_reviews
from generator.rules.topics import check_awareness

ROOT = Path(__file__).parent.parent
DATA = {p.relative_to(ROOT / "data").as_posix(): p.read_text(encoding="utf-8") for p in (ROOT / "data").rglob("*.yml")}
DATA = {name: text for name, text in DATA.items() if not name.startswith("revisions/")}
DATA |= {f"source/{p.name}": p.read_bytes() for p in (ROOT / "data" / "source").iterdir()}
CONTENT = {
    p.relative_to(ROOT / "content").as_posix(): p.read_text(encoding="utf-8")
    for p in (ROOT / "content" / "tuyen-truyen").glob("*.md")
}
DRAWINGS = read_drawings(DiskTree(ROOT / "content"), scene_parts())
TOPIC = "tuyen-truyen/gia-danh-cong-an.md"
IDS = sorted(Path(name).stem for name in CONTENT)


@cache
def real_plan():
    return load_plan(DiskTree(ROOT / "data"))


def load_topics(files=None, *, topic=(), data=(), drawings=None):
    """(plan, awareness materials). `topic` are (old, new) in one topic; `data` are (file, old, new)."""
    content = {**CONTENT, **(files or {})}
    for old, new in topic:
        assert old in content[TOPIC], old
        content[TOPIC] = content[TOPIC].replace(old, new, 1)
    changed = dict(DATA)
    for name, old, new in data:
        assert old in changed[name], old
        changed[name] = changed[name].replace(old, new, 1)
    loaded = load_plan(DictTree(changed)) if data else real_plan()
    found = load_awareness(DictTree(changed), DictTree(content, "content"), loaded, DRAWINGS)
    return loaded.plan, replace(found, awareness=judge_reviews(found.awareness, loaded.plan, drawings or DRAWINGS))


def findings(**changes):
    """`code@line` of what the rules find."""
    plan, found = load_topics(**changes)
    return [f"{d.code}@{d.span.line}" for d in check_awareness(found, plan)]
