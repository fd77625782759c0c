"""Versions: frozen with a seal, held to it, one after another; ids that stay; the plan as it was at any of them."""

import shutil
import subprocess

import pytest
from small import FILES, FOLDER
from test_build import bytes_below, kehoach

from generator.cli.identities import give_ids
from generator.diagnostics import DataError
from generator.project import Project, Readers, data_at, plan_at
from generator.read.plan import load_plan
from generator.read.tree import DictTree, DiskTree
from generator.read.versions import read_history, seal_of

NOTHING = DictTree({}, "content")
WHO = "        by: [thu-vien]\n"


@pytest.fixture
def office(tmp_path):
    """A copy of the small plan whose first version is frozen: its data folder."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    run = revise(data, "lan-1", "--summary", "Bản đầu", "--date", "2026-01-05", "--number", "05/KH-THBM")
    assert run.returncode == 0, run.stderr
    return data


def revise(data, *arguments):
    return kehoach("revise", "--data", data, *arguments)


def faults(data):
    """`code@file:line:column` of what opening the project finds wrong."""
    with pytest.raises(DataError) as caught:
        Project.open(data, NOTHING)
    return [
        f"{d.code}@{d.span.file.removeprefix(f'{data}/')}:{d.span.line}:{d.span.column}"
        for d in caught.value.diagnostics
    ]


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_version_holds_the_plan_as_it_was(office):
    """Its record says what is known and what is not; its seal is one that sha256sum checks; data go on without it."""
    home = office / "revisions" / "lan-1"
    record = (home / "revision.yml").read_text(encoding="utf-8")
    assert "number: 05/KH-THBM\ndate: 2026-01-05\ndecision: unknown\neffective: unknown\nsummary: Bản đầu\n" in record
    assert subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=home, check=False).returncode == 0
    assert sorted(p.name for p in (home / "data").rglob("*.yml")) == ["1.yml", "2.yml", "agencies.yml", "plan.yml"]
    edit(office / "sections" / "1.yml", "sân trường", "hội trường")
    assert Project.open(office, NOTHING).history.ids == ("lan-1",)


def test_ids_are_given_and_nothing_else_changes(office):
    """Every statement, recipient, seat and designation has one; comments, quotes and the order of keys stay."""
    plan = load_plan(DiskTree(office)).plan
    assert all(item.statement.id for item in plan.located)
    assert [item.id for item in plan.head.recipients.items] == ["noi-nhan-1", "noi-nhan-2"]
    assert give_ids(DiskTree(office), plan, set()) == {}
    text = 'id: c-1 # một\nnumber: "1"\nheading: >-\n  Nội\n  dung\nparagraphs:\n  # hai\n  - statements: ["A b.", {text: "[Thư viện](agency:thu-vien) c."}]\n'
    tree = DictTree(
        {
            **FILES,
            "sections/1.yml": text,
            "sections/2.yml": FILES["sections/2.yml"].replace("        implements: [c-1-1a]\n", ""),
        }
    )
    given = give_ids(tree, load_plan(tree).plan, {"c-1-1a"})["sections/1.yml"].decode()
    assert given == text.replace(
        '- statements: ["A b.", {text:', '- id: c-1-1\n    statements: [{id: c-1-1b, text: "A b."}, {id: c-1-1c, text:'
    )
    crlf = DictTree({**FILES, "sections/1.yml": FILES["sections/1.yml"].replace("\n", "\r\n")})
    written = give_ids(crlf, load_plan(crlf).plan, set()).get("sections/1.yml", b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")


def test_a_version_is_frozen_once(office):
    """By the command and by hand."""
    again = revise(office, "lan-1", "--summary", "Lại")
    assert again.returncode == 1 and "data/revision.yml:3:5: lỗi[frozen-twice]" in again.stderr
    (office / "revision.yml").write_text("id: lan-1\nsummary: x\n", encoding="utf-8")
    assert faults(office) == ["frozen-twice@revision.yml:1:5"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda home: edit(home / "data/plan.yml", "short_title: Ngày", "short_title: Tuần"), "altered-version@data/plan.yml:1:1"),
        (lambda home: (home / "data/agencies.yml").unlink(), "altered-version@SHA256SUMS:1:1"),
        (lambda home: (home / "data/them.yml").write_text("a: 1\n"), "altered-version@data/them.yml:1:1"),
        (lambda home: edit(home / "revision.yml", "Bản đầu", "Bản khác"), "altered-version@revision.yml:1:1"),
        (lambda home: edit(home / "SHA256SUMS", "  data/plan.yml", " data/plan.yml"), "broken-seal@SHA256SUMS:2:1"),
        (lambda home: home.rename(home.parent / "lan-2"), "misplaced-version@revision.yml:3:5"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(office, change, fault):
    """A file changed, lost or added, the record, the seal, the folder's name: nothing is built from it."""
    change(office / "revisions" / "lan-1")
    (folder,) = (path.name for path in (office / "revisions").iterdir())
    assert fault.replace("@", f"@revisions/{folder}/") in faults(office)


def test_a_seal_made_anew_is_seen_by_the_next_version(office):
    """Who changes an old version and seals it again breaks the one after it."""
    edit(office / "sections" / "1.yml", "sân trường", "hội trường")
    assert revise(office, "lan-2", "--summary", "Đổi chỗ").returncode == 0
    home = office / "revisions" / "lan-1"
    edit(home / "data" / "plan.yml", "short_title: Ngày", "short_title: Tuần")
    files = {p.relative_to(home).as_posix(): p.read_bytes() for p in home.rglob("*.yml")}
    (home / "SHA256SUMS").write_bytes(seal_of(files))
    assert faults(office) == ["broken-seal@revisions/lan-2/revision.yml:5:15"]


def test_a_version_before_the_last_is_refused(office):
    """Of its day and of the day it takes effect."""
    late = revise(office, "lan-2", "--summary", "Sửa", "--date", "2025-12-31")
    assert late.returncode == 1 and "data/revision.yml:5:7: lỗi[dated-before]" in late.stderr
    (office / "revision.yml").write_text("id: lan-2\ndate: 2026-01-04\nsummary: x\n", encoding="utf-8")
    assert faults(office) == ["dated-before@revision.yml:2:7"]


def test_two_versions_that_follow_one_are_no_history(office):
    """One line, no branches."""
    for name in ("a", "b"):
        home = shutil.copytree(office / "revisions" / "lan-1", office / "revisions" / name)
        edit(home / "revision.yml", "id: lan-1", f"id: {name}")
        edit(home / "revision.yml", "number:", "follows: lan-1\nnumber:")
        (home / "SHA256SUMS").write_bytes(
            seal_of({p.relative_to(home).as_posix(): p.read_bytes() for p in home.rglob("*.yml")})
        )
    assert faults(office) == [
        "broken-history@revisions/a/revision.yml:4:10",
        "broken-history@revisions/b/revision.yml:4:10",
    ]


def test_an_id_never_comes_back(office):
    """Left out by the second version, it is nobody's in the third; nor may it be of another kind of thing."""
    section = office / "sections" / "2.yml"
    before = section.read_text(encoding="utf-8")
    edit(section, "c-2-1a", "c-2-1x")
    assert revise(office, "lan-2", "--summary", "Câu khác").returncode == 0
    section.write_text(before, encoding="utf-8")
    assert faults(office) == ["reused-id@sections/2.yml:8:13"]
    section.write_text(
        before.replace("c-2-1a", "c-2-1x").replace("id: c-2-1\n", "id: c-2-9\n").replace("id: c-2-1x", "id: c-2-1"),
        encoding="utf-8",
    )
    assert faults(office) == ["reused-id@sections/2.yml:8:13"]


def test_a_duty_of_an_ended_agency_that_nobody_was_given(office):
    """Still given to it, or to nobody: an error at the duty; given to another: none."""
    edit(
        office / "agencies.yml",
        "    name: Thư viện\n",
        "    name: Thư viện\n    valid_to: 2026-02-28\n    successors: [doi-thieu-nien]\n",
    )
    assert "ended-agency@sections/2.yml:9:14" in faults(office)
    section = office / "sections" / "2.yml"
    whole = section.read_text(encoding="utf-8")
    section.write_text(whole.replace(WHO, ""), encoding="utf-8")
    assert "duty-without-owner@sections/2.yml:7:9" in faults(office)
    section.write_text(whole.replace("by: [thu-vien]", "by: [doi-thieu-nien]"), encoding="utf-8")
    edit(office / "plan.yml", "      to: [thu-vien]\n", "")
    Project.open(office, NOTHING)


def test_a_build_at_a_version_is_that_days_bytes(office, tmp_path):
    """Built before a change, and after it at the version: the same files."""
    assert kehoach("build", "--data", office, "--out", tmp_path / "then").returncode == 0
    edit(office / "sections" / "1.yml", "sân trường", "hội trường")
    assert revise(office, "lan-2", "--summary", "Đổi chỗ").returncode == 0
    at = kehoach("build", "--data", office, "--out", tmp_path / "at", "--at", "lan-1")
    assert at.returncode == 0, at.stderr
    assert bytes_below(tmp_path / "at") == bytes_below(tmp_path / "then")
    wrong = kehoach("build", "--data", office, "--out", tmp_path / "at", "--at", "lan-7")
    assert wrong.returncode == 1 and "không có phiên bản 'lan-7'" in wrong.stderr and "có phải 'lan-" in wrong.stderr


def test_a_frozen_version_git_and_today_are_opened_alike(office, tmp_path):
    """By id, by a revision of git, and as a point."""
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.vn", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", tmp_path, *command], check=True)
    edit(office / "sections" / "1.yml", "sân trường", "hội trường")
    tree = DiskTree(office)
    frozen, now, git = (plan_at(tree, office, name, Readers()) for name in ("lan-1", ".", "HEAD"))
    assert frozen == git != now
    with pytest.raises(DataError, match="unknown-version"):
        plan_at(tree, office, "--output=x", Readers())
    said = kehoach("diff", "--data", office, "lan-1", "--json")
    assert '"kind": "reworded"' in said.stdout
    assert "Trưng bày sách tại [-sân-][+hội+] trường" in kehoach("diff", "--data", office, "HEAD").stdout
    assert data_at(tree, "lan-1").read("sections/1.yml") == tree.read("revisions/lan-1/data/sections/1.yml")
    assert read_history(tree).draft is None


def test_the_plan_at_hand_begins_with_what_was_received(root):
    """Its first version is frozen, whole and readable."""
    history = read_history(DiskTree(root / "data"))
    assert history.ids[0] == "2017" and history.versions[0].revision.date is None
    assert len(history.versions[0].plan.duties) == 44
