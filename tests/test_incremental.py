"""A build makes what changed and nothing else, and its result is that of a clean build, whatever went before."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from jinja2 import Environment, meta
from memory import made, real, real_project, small_project
from small import FOLDER
from test_build import bytes_below, kehoach

from generator.build import Options, build
from generator.make.edition import compare
from generator.make.fingerprint import template_closure
from generator.publish.manifest import compare_folder, read_manifest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def office(small_build, tmp_path):
    """A copy of the small plan and its build."""
    shutil.copytree(FOLDER, tmp_path / "data")
    shutil.copytree(small_build, tmp_path / "build")
    return tmp_path


def options(office):
    return Options(office / "data", office / "khong-co", office / "build", jobs=1)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_is_nothing_made(office):
    """Twice: by the fingerprints, for nothing is remembered yet, and by what was remembered then."""
    before = bytes_below(office / "build")
    for _ in range(2):
        report = build(options(office))
        assert (report.made, report.removed, report.changed) == ({}, [], []) or not (report.made or report.removed)
    assert bytes_below(office / "build") == before


def test_an_edit_makes_what_shows_it_and_says_which_and_why(office):
    """One clause of the small plan: the plan's papers and pages, the sheets of those who have a part in it, no other."""
    edit(office / "data" / "sections" / "2.yml", "bày sách", "xếp sách")
    report = build(options(office))
    made_now = set(report.made)
    assert report.changed == ["2.1"] or "2" in report.changed[0]
    assert {"documents/ke-hoach.docx", "documents/ke-hoach.pdf", "site/ke-hoach/index.html", "site.zip"} <= made_now
    assert "site/gioi-thieu/index.html" not in made_now and "site/assets/site.css" not in made_now
    assert all("đã đổi" in reason for reasons in report.made.values() for reason in reasons)
    clean = office / "sach"
    build(Options(office / "data", office / "khong-co", clean, jobs=1))
    assert bytes_below(office / "build") == bytes_below(clean)


def test_what_a_change_of_the_real_plan_touches(tmp_path):
    """Read off the plan: a word of V.5 (Sở Tư pháp alone) is in the plan, that agency's papers, the tables and lists."""
    before = compare(real(), None, {})
    changed = real_project(data=[("sections/05-v.yml", "trợ giúp pháp lý", "giúp đỡ pháp lý")])
    after = compare(changed, None, {})
    assert [row.path for row in before.rows] == [row.path for row in after.rows]
    touched = {path for path, print_ in after.fingerprints.items() if print_.whole != before.fingerprints[path].whole}
    sheets = {path for path in touched if path.startswith("documents/co-quan/")}
    assert sheets == {f"documents/co-quan/so-tu-phap.{name}" for name in ("docx", "pdf")}
    forms = {path for path in touched if path.startswith("documents/bao-cao/")}
    assert forms == {f"documents/bao-cao/so-tu-phap{kind}.docx" for kind in ("", "--dot-xuat")}
    assert not [path for path in touched if "tuyen-truyen" in path and path.startswith("documents")]
    print(f"{len(touched)} of {len(after.rows)} rows")
    assert len(touched) < len(after.rows) / 10


def test_a_changed_template_makes_its_documents_again(office):
    """Case 77: the closure of a row's templates is part of its fingerprint; other rows stay."""
    project = small_project()
    prints = compare(project, None, {}).fingerprints
    sheet = next(path for path in prints if path.startswith("documents/co-quan/") and path.endswith(".docx"))
    parts = json.loads((office / "build" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert set(prints[sheet].parts) == {"view", "form"}
    assert parts[sheet]["form"] == prints[sheet].parts["form"] != prints["documents/ke-hoach.docx"].parts["form"]


def test_a_row_is_never_current_by_its_presence(office):
    """Cases 71, 73: a file altered or deleted by hand is made again, and what was put in its place is kept aside."""
    (office / "build" / "documents" / "ke-hoach.pdf").write_bytes(b"khac")
    (office / "build" / "site" / "index.html").unlink()
    before = read_manifest(office / "build").digests
    report = build(options(office))
    assert report.made["documents/ke-hoach.pdf"] == ("tệp của bản trước đã bị sửa bằng tay",)
    assert report.made["site/index.html"] == ("tệp của bản trước đã mất",)
    assert [path.name for path in report.kept_aside] == ["ke-hoach.pdf"]
    assert {p: d for p, d in bytes_below(office / "build").items() if p != "manifest.json"} == before


def test_what_has_no_source_any_more_is_removed_and_named(office):
    """An agency that nothing names: its sheet, form, calendar and page go."""
    edit(office / "data" / "sections" / "2.yml", "[Đội thiếu niên](agency:doi-thieu-nien)", "các em")
    edit(office / "data" / "sections" / "2.yml", "        with: [doi-thieu-nien]\n", "")
    report = build(options(office))
    assert any(path.startswith("documents/co-quan/doi-thieu-nien") for path in report.removed)
    assert not [path for path in bytes_below(office / "build") if "doi-thieu-nien" in path]


def test_no_template_that_another_needs_is_overlooked():
    """What is read by a pattern, for speed, is what Jinja itself finds in every template."""
    root = ROOT / "site_templates"
    for path in sorted(root.rglob("*.j2")):
        named = set(meta.find_referenced_templates(Environment().parse(path.read_text(encoding="utf-8"))))
        name = path.relative_to(root).as_posix()
        assert named <= set(template_closure(root, name)), name
    assert template_closure(root, "site/home.md.j2") == ("site/_parts.md.j2", "site/home.md.j2")


def test_explain_says_from_what_and_why(office):
    """0 and current, then 1 with the reason and the clause; 2 for what is no output."""
    arguments = ("--data", office / "data", "--content", office / "khong-co", "--out", office / "build")
    current = kehoach("explain", "documents/ke-hoach.pdf", *arguments)
    assert (current.returncode, current.stderr) == (0, "")
    assert "documents/plan.html.j2" in current.stdout and current.stdout.endswith("Còn đúng: không phải làm lại.\n")
    edit(office / "data" / "sections" / "2.yml", "bày sách", "xếp sách")
    stale = kehoach("explain", "documents/ke-hoach.pdf", *arguments, "--json")
    told = json.loads(stale.stdout)
    assert stale.returncode == 1 and told["reasons"] == ["nội dung đã đổi"] and told["changed"]
    unknown = kehoach("explain", "documents/ke-hoac.pdf", *arguments)
    assert unknown.returncode == 2 and "có phải 'documents/ke-hoach.pdf'?" in unknown.stderr


def test_verify_finds_what_a_copy_has_lost_or_gained(small_build, tmp_path):
    """A copy on another machine: whole, then altered, added, lost; a folder that is no build."""
    copy = shutil.copytree(small_build, tmp_path / "chep")
    whole = kehoach("verify", copy)
    assert whole.returncode == 0 and "Nguyên vẹn" in whole.stdout
    (copy / "site.zip").write_bytes(b"")
    (copy / "them.txt").write_bytes(b"")
    (copy / "documents" / "ke-hoach.pdf").unlink()
    broken = kehoach("verify", copy, "--json")
    found = json.loads(broken.stdout)
    assert broken.returncode == 1
    assert (found["altered"], found["added"], found["lost"]) == (["site.zip"], ["them.txt"], ["documents/ke-hoach.pdf"])
    assert kehoach("verify", tmp_path).returncode == 2


def test_the_whole_pipeline_runs_from_memory():
    """No folder is read and none is written: the small plan's every output is made from a tree in memory."""
    outputs = made(small_project())
    assert outputs["documents/ke-hoach.pdf"].startswith(b"%PDF") and b"<html" in outputs["site/index.html"]
    assert set(outputs) == {row.path for row in compare(small_project(), None, {}).rows}


def test_a_build_with_nothing_to_do_is_over_at_once(real_build, tmp_path):
    """By the clock of the whole command, on the real plan; `--help` loads nothing that it does not need."""
    copy = shutil.copytree(real_build, tmp_path / "build")
    assert kehoach("build", "--out", copy).returncode == 0
    seconds = {}
    for name, arguments in (("nothing changed", ("build", "--out", copy)), ("--help", ("--help",))):
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            assert kehoach(*arguments).returncode == 0
            taken.append(time.perf_counter() - start)
        seconds[name] = min(taken)
    print({name: round(value, 3) for name, value in seconds.items()})
    program = "import sys; from generator.cli import main; print(sorted(m for m in ('pydantic', 'yaml', 'jinja2', 'typst', 'rich', 'openpyxl') if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


EDITS = (
    ("sections/1.yml", "sân trường", "hội trường"),
    ("sections/2.yml", "bày sách", "xếp sách"),
    ("agencies.yml", "name: Thư viện", "name: Thư viện trường"),
    ("plan.yml", "short_title: Ngày hội đọc sách", "short_title: Ngày hội sách"),
)
KILLED = """
import os, sys, threading
from pathlib import Path
from generator.build import Options, build
threading.Timer(float(sys.argv[3]), lambda: os._exit(9)).start()
build(Options(Path(sys.argv[1]) / "data", Path(sys.argv[1]) / "content", Path(sys.argv[1]) / "build", jobs=1))
os._exit(0)
"""


class Office(RuleBasedStateMachine):
    """Somebody edits, renames, deletes, puts files by hand, has builds killed; after each build the result is a clean one's."""

    clean: ClassVar[dict] = {}

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp(prefix="van-phong-"))
        shutil.copytree(FOLDER, self.folder / "data")
        (self.folder / "content" / "huong-dan").mkdir(parents=True)
        self.built = None

    @rule(which=st.sampled_from(EDITS), back=st.booleans())
    def change(self, which, back):
        name, old, new = which
        path = self.folder / "data" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(new, old) if back else text.replace(new, old).replace(old, new), encoding="utf-8")

    @rule(name=st.sampled_from(["a", "b"]), text=st.sampled_from(["Một", "Hai"]))
    def write_chapter(self, name, text):
        (self.folder / "content" / "huong-dan" / f"{name}.md").write_text(f"# {text}\n\nChữ.\n", encoding="utf-8")

    @rule(name=st.sampled_from(["a", "b"]))
    def rename_or_delete_chapter(self, name):
        folder = self.folder / "content" / "huong-dan"
        if (folder / f"{name}.md").exists():
            (folder / f"{name}.md").rename(folder / "c.md") if name == "a" else (folder / f"{name}.md").unlink()

    @rule(
        path=st.sampled_from(["documents/ke-hoach.docx", "site/index.html", "site.zip", "ghi.txt"]), away=st.booleans()
    )
    def touch_output(self, path, away):
        place = self.folder / "build" / path
        if place.parent.is_dir():
            place.unlink(missing_ok=True) if away else place.write_bytes(b"tay")

    @rule(seconds=st.sampled_from([0.3, 0.8, 1.5, 2.5]))
    def build_that_is_killed(self, seconds):
        command = [sys.executable, "-c", KILLED, str(self.folder), str(seconds)]
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)

    @rule()
    def build_again(self):
        build(Options(self.folder / "data", self.folder / "content", self.folder / "build", jobs=1))
        sources = tuple(
            sorted(bytes_below(self.folder / "data").items()) + sorted(bytes_below(self.folder / "content").items())
        )
        if sources not in self.clean:
            out = Path(tempfile.mkdtemp(prefix="van-phong-")) / "build"
            build(Options(self.folder / "data", self.folder / "content", out, jobs=1))
            self.clean[sources] = bytes_below(out)
        assert bytes_below(self.folder / "build") == self.clean[sources]

    @invariant()
    def what_is_published_is_whole(self):
        out = getattr(self, "folder", Path("khong-co")) / "build"
        if out.exists():
            manifest = read_manifest(out)
            assert manifest is not None
            odd = compare_folder(out, manifest)
            assert {*odd.altered, *odd.added, *odd.lost} <= {
                "documents/ke-hoach.docx",
                "site/index.html",
                "site.zip",
                "ghi.txt",
            }

    def teardown(self):
        shutil.rmtree(self.folder, ignore_errors=True)


Office.TestCase.settings = settings(
    max_examples=4, stateful_step_count=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
TestIncrementalIsClean = Office.TestCase
