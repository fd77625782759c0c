"""The whole build: another plan needs no change of code, twice is the same bytes, wrong data leave the last build."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from memory import small_project
from small import FOLDER

from generator.diagnostics import DataError
from generator.publish.kept import keep_aside
from generator.read.tree import DictTree, Snapshot

ROOT = Path(__file__).parent.parent

MARK = "Bản nội bộ, không phổ biến"


def bytes_below(folder):
    """Every file's digest by path."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def kehoach(*arguments, cwd=ROOT, **environment):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_a_plan_of_another_kind_builds(small_build):
    """Arabic numbers only, three agencies, no groups: documents, pages and downloads are there."""
    made = set(bytes_below(small_build))
    assert {
        "documents/ke-hoach.docx", "documents/ke-hoach.pdf", "documents/co-quan/thu-vien.pdf", "site/ke-hoach/index.html",
        "site/co-quan/thu-vien/index.html", "site/index.html", "site.zip", "manifest.json",
    } <= made  # fmt: skip
    page = (small_build / "site" / "ke-hoach" / "index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;không&lt;/b&gt; thu tiền" in page
    assert 'id="c-2-1"' in page


def test_nothing_of_the_first_plan_is_in_another(small_build):
    """What the templates print comes from the data."""
    for path in (small_build / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("Đắk Lắk", "Công an tỉnh", "tội phạm") if word in text], path


def test_two_builds_are_the_same_bytes(real_build, tmp_path):
    """Another folder, home, language and time zone: every file of the build is the same."""
    out = tmp_path / "noi khac" / "build"
    again = kehoach("build", "--out", out, TZ="Pacific/Auckland", HOME=str(tmp_path), LANG="C", LC_ALL="C")
    assert again.returncode == 0, again.stderr
    assert bytes_below(out) == bytes_below(real_build)


def test_the_manifest_names_every_file(real_build):
    """Each file but the manifest itself, with its SHA-256."""
    manifest = json.loads((real_build / "manifest.json").read_text(encoding="utf-8"))
    made = bytes_below(real_build)
    del made["manifest.json"]
    assert {path: entry["sha256"] for path, entry in manifest["files"].items()} == made


def test_wrong_data_leave_the_last_build(small_build, tmp_path):
    """A wrong id in agencies.yml: file, line and column, exit 1, no traceback, build/ as it was."""
    data, out = shutil.copytree(FOLDER, tmp_path / "data"), tmp_path / "build"
    shutil.copytree(small_build, out)
    agencies = data / "agencies.yml"
    agencies.write_text(
        agencies.read_text(encoding="utf-8").replace("parent: truong", "parent: trong"), encoding="utf-8"
    )
    failed = kehoach("build", "--data", data, "--content", tmp_path / "khong-co", "--out", out)
    assert failed.returncode == 1
    assert "agencies.yml:8:13: lỗi[unknown-agency]" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert bytes_below(out) == bytes_below(small_build)


def test_only_documents_keeps_the_site(small_build, tmp_path):
    """`--only documents` makes the documents again and keeps the rest of the last build."""
    out = tmp_path / "build"
    shutil.copytree(small_build, out)
    done = kehoach("build", "--data", FOLDER, "--content", tmp_path / "khong-co", "--out", out, "--only", "documents")
    assert done.returncode == 0, done.stderr
    assert bytes_below(out) == bytes_below(small_build)


def test_what_people_put_into_a_build_is_kept_aside(small_build, tmp_path):
    """Cases 71-73, 76: a form filled in where it stands and a file added by hand are copied beside the build, and
    that is said; what a program left, or somebody deleted, is not; nothing is kept twice under one name."""
    out, form = tmp_path / "build", "documents/co-quan/thu-vien.docx"
    shutil.copytree(small_build, out)
    for filled in (b"x", b"y"):
        (out / form).write_bytes(filled)
        (out / "ghi.txt").write_text("ghi", encoding="utf-8")
        (out / "documents" / "~$ke-hoach.docx").write_bytes(b"")
        (out / "site.zip").unlink()
        done = kehoach("build", "--data", FOLDER, "--content", tmp_path / "khong-co", "--out", out)
        assert done.returncode == 0, done.stderr
        assert "bản trước đã bị sửa hay thêm bằng tay, giữ riêng (2):" in done.stdout
        assert bytes_below(out) == bytes_below(small_build)
    kept = tmp_path / "build-giu-lai"
    assert list(bytes_below(kept)) == [f"1/{form}", "1/ghi.txt", f"2/{form}"]
    assert (kept / "2" / form).read_bytes() == b"y"
    (out / "manifest.json").write_text("{", encoding="utf-8")
    assert kehoach("build", "--data", FOLDER, "--content", tmp_path / "khong-co", "--out", out).returncode == 0
    assert (kept / "3" / form).is_file()


def test_only_keeps_nothing_that_others_could_read(tmp_path):
    """Parts of an internal build are never kept in a public one, whatever the manifest says of its readers."""
    out = tmp_path / "build"
    options = ("--data", FOLDER, "--content", tmp_path / "khong-co", "--out", out)
    assert kehoach("build", *options, "--audience", "internal", "--only", "open-data").returncode == 0
    manifest = out / "manifest.json"
    told = manifest.read_text(encoding="utf-8")
    for text in (told, told.replace('"internal"', '"public"')):
        manifest.write_text(text, encoding="utf-8")
        before = bytes_below(out)
        refused = kehoach("build", *options, "--only", "documents")
        assert refused.returncode == 1
        assert "chạy lại không có --only" in refused.stderr
        assert bytes_below(out) == before


def test_the_manifest_tells_nothing_of_what_is_hidden(tmp_path):
    """No internal clause is named or digested for the public, nor a file that nobody asked for."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    section = data / "sections" / "1.yml"
    section.write_text(
        section.read_text(encoding="utf-8").replace("heading:", "audience: internal\nheading:"), encoding="utf-8"
    )
    out = tmp_path / "build"
    records = {}
    for audience in ("public", "internal"):
        done = kehoach("build", "--data", data, "--out", out, "--only", "open-data", "--audience", audience)
        assert done.returncode == 0, done.stderr
        records[audience] = set(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["records"])
    assert records["internal"] - records["public"] == {"1"}
    assert "sections" not in (out / "manifest.json").read_text(encoding="utf-8")


class Edited(DictTree):
    """A tree of which somebody saves a file, and then its fellow, while it is being read."""

    readings = 0

    def read(self, name):
        self.readings += 1
        new = self.readings > 2  # the first two files were read before
        return b"new" if new else super().read(name)


def test_data_edited_while_they_are_read():
    """Case 74: half of the old and half of the new is never taken."""
    snapshot = Snapshot.of(Edited({"a": "old", "b": "old", "c": "old"}))
    assert [snapshot.read(name) for name in snapshot.names()] == [b"new"] * 3


def test_a_file_too_large_is_named(tmp_path):
    """Case 17: also an article that is no topic."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "ve-trang-nay.md").write_text("x" * 5_000_001, encoding="utf-8")
    failed = kehoach("check", "--data", FOLDER, "--content", content)
    assert failed.returncode == 1
    assert "ve-trang-nay.md:1:1: lỗi[file-too-large]" in failed.stderr


def test_an_unknown_profile_is_named_with_its_place(tmp_path):
    """The layout that plan.yml names is an id like any other."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    head = data / "plan.yml"
    head.write_text(head.read_text(encoding="utf-8").replace("nd30-2020", "nd30-2002"), encoding="utf-8")
    failed = kehoach("check", "--data", data)
    assert failed.returncode == 1
    assert (
        "plan.yml:7:10: lỗi[unknown-profile]: không có thể thức 'nd30-2002'\n  gợi ý: có phải 'nd30-2020'?"
        in failed.stderr
    )


@pytest.mark.parametrize(
    "address", ["https://daklak.gov.vn/" + "x" * 3000, "https://có dấu.vn/", "ftp://a.vn/", "https://"]
)
def test_an_address_that_no_code_can_hold(address):
    """The address of the site is typed by an officer, and printed on every leaflet."""
    with pytest.raises(DataError, match=r"data/site.yml:1:10: lỗi\[bad-address\]"):
        small_project({"site.yml": f"address: {address}\n"})


def test_a_folder_where_a_file_should_be(tmp_path):
    """It is a missing file, not a fault of the machine."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    (data / "agencies.yml").unlink()
    (data / "agencies.yml").mkdir()
    failed = kehoach("check", "--data", data)
    assert failed.returncode == 1
    assert "agencies.yml:1:1: lỗi[missing-file]" in failed.stderr


def test_a_full_disk_leaves_the_last_build(small_build, tmp_path):
    """Case 59: writing fails in the middle; a message, exit 1, no traceback, build/ as it was."""
    out = tmp_path / "build"
    shutil.copytree(small_build, out)
    (out / "site" / "index.html").unlink()
    program = (
        "import errno, sys\n"
        "from generator.cli import main as cli\n"
        "from generator.publish import transaction\n"
        "def full(path, content): raise OSError(errno.ENOSPC, 'No space left on device', str(path))\n"
        "transaction.write_file = full\n"
        "cli.main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "build", "--data", FOLDER, "--out", out]
    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "máy báo lỗi: ổ đĩa đầy" in failed.stderr
    assert "Traceback" not in failed.stderr
    before = bytes_below(small_build)
    del before["site/index.html"]
    assert bytes_below(out) == before
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


def test_an_internal_build_is_marked_on_every_page(small_build, tmp_path):
    """Every page of the site, each document in Word and on paper, the answer of the command; a public one nowhere."""
    out = tmp_path / "build"
    done = kehoach(
        "build", "--data", FOLDER, "--content", tmp_path / "khong-co", "--out", out, "--audience", "internal"
    )
    assert done.returncode == 0, done.stderr
    assert MARK in done.stderr
    for folder, marked in ((out, True), (small_build, False)):
        pages = [p for p in (folder / "site").rglob("*.html") if p.name != "404.html"]
        assert len(pages) > 5
        assert {MARK in page.read_text(encoding="utf-8") for page in pages} == {marked}
        printed = [*(folder / "documents").rglob("*.pdf"), *(folder / "documents").rglob("*.docx")]
        assert {path.suffix for path in printed} == {".pdf", ".docx"}
        assert {MARK in text_of(path) for path in printed} == {marked}


def test_what_is_kept_of_an_internal_build_says_so(tmp_path):
    """Its copies do not lie among those of public builds, which may stand beside a web root."""
    out = tmp_path / "build"
    out.mkdir()
    (out / "ghi.txt").write_text("kín", encoding="utf-8")
    assert keep_aside(out, {}, internal=True) == [tmp_path / "build-giu-lai-noi-bo" / "1" / "ghi.txt"]
    assert keep_aside(out, {}) == [tmp_path / "build-giu-lai" / "1" / "ghi.txt"]


def text_of(path):
    """The text of a document, with what runs at the foot of its pages."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            return "".join(page.extract_text() for page in pdf.pages)
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("word/footer"))
