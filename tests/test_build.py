"""The whole build: another plan needs no change of code, twice is the same bytes, wrong data leave the last build."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from small import FOLDER

ROOT = Path(__file__).parent.parent


def bytes_below(folder):
    """Every file's digest by path."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def kehoach(*arguments, cwd=ROOT, **environment):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


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
    assert manifest["files"] == made


def test_wrong_data_leave_the_last_build(small_build, tmp_path):
    """A wrong id in agencies.yml: file, line and column, exit 1, no traceback, build/ as it was."""
    data, out = shutil.copytree(FOLDER, tmp_path / "data"), tmp_path / "build"
    shutil.copytree(small_build, out)
    agencies = data / "agencies.yml"
    agencies.write_text(agencies.read_text(encoding="utf-8").replace("parent: truong", "parent: trong"), encoding="utf-8")
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


def test_a_full_disk_leaves_the_last_build(small_build, tmp_path):
    """Case 59: writing fails in the middle; a message, exit 1, no traceback, build/ as it was."""
    out = tmp_path / "build"
    shutil.copytree(small_build, out)
    program = (
        "import errno, sys\n"
        "from generator import build, cli\n"
        "def full(path, content): raise OSError(errno.ENOSPC, 'No space left on device', str(path))\n"
        "build.write_file = full\n"
        "cli.main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "build", "--data", FOLDER, "--out", out, "--only", "site"]
    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "máy báo lỗi: No space left on device" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert bytes_below(out) == bytes_below(small_build)
    assert [p.name for p in tmp_path.iterdir()] == ["build"]
