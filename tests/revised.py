"""The real plan with its first version frozen, and edits that make the next one."""

from functools import cache

from memory import CONTENT, PUBLIC
from topics import DATA

from generator.cli.identities import give_ids
from generator.cli.revising import record_of
from generator.project import Project
from generator.read.plan import load_plan
from generator.read.tree import DictTree
from generator.read.versions import is_frozen, seal_of

V, IV, TARGETS, AGENCIES = "sections/05-v.yml", "sections/04-iv.yml", "targets.yml", "agencies.yml"
LEGAL_AID = """          - id: v-5-1c
            text: thực hiện các hoạt động tư vấn, trợ giúp pháp lý.
            by: [so-tu-phap]
            role: [carry-out]
"""
CLAUSE_3A = """  - id: v-3a
    number: "3a"
    heading: "[Sở Tư pháp](agency:so-tu-phap)"
    paragraphs:
      - id: v-3a-1
        statements:
          - {id: v-3a-1a, by: [so-tu-phap], role: [carry-out], text: Hướng dẫn thủ tục xóa án tích.}
  - id: v-4
"""

# What happens to the real plan, by kind of change: (file, old, new) of each edit
REWORDED = ((V, "tư vấn, trợ giúp pháp lý.", "tư vấn và trợ giúp pháp lý."),)
INSERTED = ((V, "  - id: v-4\n", CLAUSE_3A),)
MERGED = (
    (AGENCIES, "  - id: so-ke-hoach-dau-tu\n", "  - id: so-ke-hoach-dau-tu\n    valid_to: 2025-02-28\n    successors: [so-tai-chinh]\n"),
    (V, '"[Sở Tài chính](agency:so-tai-chinh), [Sở Kế hoạch và Đầu tư](agency:so-ke-hoach-dau-tu)"', '"[Sở Tài chính](agency:so-tai-chinh)"'),
    (V, "by: [so-tai-chinh, so-ke-hoach-dau-tu]\n            role: [advise]", "by: [so-tai-chinh]\n            role: [advise]"),
    (V, "by: [so-tai-chinh, so-ke-hoach-dau-tu]\n            role: [carry-out]", "by: [so-tai-chinh]\n            role: [carry-out]"),
    ("groups.yml", "      - so-ke-hoach-dau-tu\n", ""),
)  # fmt: skip
RAISED = (
    (TARGETS, "    lower: 10\n    upper: 15\n", "    lower: 15\n    upper: 20\n"),
    (TARGETS, "băng nhóm tội phạm từ 10% đến 15% so với", "băng nhóm tội phạm từ 15% đến 20% so với"),
    ("sections/01-i.yml", "[từ 10% đến\n                  15%]", "[từ 15% đến\n                  20%]"),
)
MOVED_DUTY = (
    (V, LEGAL_AID, ""),
    (V, "  - id: v-4\n", LEGAL_AID.replace("by: [so-tu-phap]", "by: [so-lao-dong]") + "  - id: v-4\n"),
)
DELETED = ((V, LEGAL_AID, ""),)
KINDS = {
    "a reworded clause": REWORDED, "an inserted clause": INSERTED, "a merged agency": MERGED, "a raised target": RAISED,
    "a moved duty": MOVED_DUTY, "a deleted duty": DELETED,
}  # fmt: skip


@cache
def first():
    """The real plan's files, with the ids that the command gives."""
    tree = DictTree(DATA)
    return {**DATA, **{name: raw.decode() for name, raw in give_ids(tree, load_plan(tree).plan, set()).items()}}


def edited(*edits):
    """The first version's files after edits (file, old, new)."""
    files = dict(first())
    for name, old, new in edits:
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new)
    return files


def revised(*edits, readers=PUBLIC, **record):
    """The project after edits of its first version, which is frozen; `record` is what revision.yml says of it."""
    frozen = {
        f"data/{name}": text.encode() if isinstance(text, str) else text
        for name, text in first().items()
        if is_frozen(name)
    }
    frozen["revision.yml"] = record_of({"id": "lan-1", "summary": "Bản đầu"})
    whole = {**frozen, "SHA256SUMS": seal_of(frozen)}
    files = {**edited(*edits), **{f"revisions/lan-1/{name}": content for name, content in whole.items()}}
    if record:
        files["revision.yml"] = record_of(record)
    return Project.open(DictTree(files), DictTree(CONTENT, "content"), readers)
