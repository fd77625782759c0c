"""What people and machines do to a build: files put in by hand, links, kills, odd output folders."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from small import FOLDER
from test_build import bytes_below, kehoach

from generator.publish import locking

ROOT = Path(__file__).parent.parent


@pytest.fixture
def office(small_build, tmp_path):
    """A copy of the small plan with a handbook and its build: the options of the command."""
    shutil.copytree(FOLDER, tmp_path / "data")
    (tmp_path / "content" / "huong-dan" / "anh").mkdir(parents=True)
    shutil.copytree(small_build, tmp_path / "build")
    return tmp_path


def build(office, *more, out="build", cwd=ROOT):
    return kehoach(
        "build", "--data", office / "data", "--content", office / "content", "--out", office / out, *more, cwd=cwd
    )


def test_what_people_put_into_a_build_is_never_published(office):
    """A note and a filled form below documents/ stand in no page, folder or zip of the site, whatever part is made."""
    for name in ("ghi-chu-mat.docx", "ke-hoach.docx"):
        (office / "build" / "documents" / name).write_bytes(b"mat")
    done = build(office, "--only", "site", "--only", "documents")
    assert done.returncode == 0, done.stderr
    published = {path: (office / "build" / path).read_bytes() for path in bytes_below(office / "build")}
    assert not [path for path, content in published.items() if "ghi-chu-mat" in path or content == b"mat"]
    kept = bytes_below(office / "build-giu-lai")
    assert set(kept) == {"1/documents/ghi-chu-mat.docx", "1/documents/ke-hoach.docx"}


def test_a_part_that_is_no_longer_right_is_not_kept(office):
    """`--only site` after a change of the data: old documents beside a new site would lie."""
    section = office / "data" / "sections" / "1.yml"
    section.write_text(section.read_text(encoding="utf-8").replace("sân trường", "hội trường"), encoding="utf-8")
    before = bytes_below(office / "build")
    refused = build(office, "--only", "site")
    assert refused.returncode == 1
    assert "phần giữ lại (documents, open-data) không còn đúng với dữ liệu hôm nay" in refused.stderr
    assert bytes_below(office / "build") == before


def test_only_pictures_that_a_chapter_shows_are_published(office):
    """No link out of the folder, no hidden file, no other kind of file, no picture that nobody shows."""
    folder = office / "content" / "huong-dan"
    (folder / "index.md").write_text("# Sổ tay\n\n![Hình](anh/co.png)\n\n![Ngoài](anh/ngoai.png)\n", encoding="utf-8")
    png = (
        (ROOT / "content" / "huong-dan" / "anh" / "in.png").read_bytes()
        if (ROOT / "content/huong-dan/anh/in.png").exists()
        else b""
    )
    for name in ("co.png", "thua.png", "danh-sach.xlsx", ".DS_Store", ".an.png"):
        (folder / "anh" / name).write_bytes(png or next((ROOT / "content/huong-dan/anh").glob("*.png")).read_bytes())
    (folder / "anh" / "ngoai.png").symlink_to("/etc/passwd")
    done = build(office)
    assert done.returncode == 0, done.stderr
    assert [p.name for p in (office / "build" / "site" / "huong-dan" / "anh").iterdir()] == ["co.png"]


@pytest.mark.parametrize("out", [".", "../build"])
def test_a_relative_output_loses_nothing(office, out):
    """`--out .` from inside the build: what was filled in is kept beside it, not in what is replaced."""
    (office / "build" / "documents" / "ke-hoach.docx").write_bytes(b"dien")
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--data",
        office / "data",
        "--content",
        office / "content",
        "--out",
        out,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=office / "build", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (office / "build-giu-lai" / "1" / "documents" / "ke-hoach.docx").read_bytes() == b"dien"
    assert (office / "build" / "documents" / "ke-hoach.docx").read_bytes() != b"dien"


def test_hidden_files_and_links_put_by_hand_are_kept_aside(office):
    """A web server's .htaccess, an .env and a link; what programs leave behind is not."""
    site = office / "build" / "site"
    (site / ".htaccess").write_text("Deny", encoding="utf-8")
    (office / "build" / ".env").write_text("KHOA=1", encoding="utf-8")
    (site / "lien-ket").symlink_to("index.html")
    (site / "Thumbs.db").write_bytes(b"")
    (site / "assets" / ".DS_Store").write_bytes(b"")
    done = build(office)
    assert done.returncode == 0, done.stderr
    kept = office / "build-giu-lai" / "1"
    assert sorted(p.relative_to(kept).as_posix() for p in kept.rglob("*") if not p.is_dir()) == [
        ".env",
        "site/.htaccess",
        "site/lien-ket",
    ]
    assert (kept / "site" / "lien-ket").is_symlink()


def test_copies_do_not_pile_up(office):
    """The same bytes are kept once, however often publishing is tried."""
    for _ in range(3):
        (office / "build" / "ghi.txt").write_text("ghi", encoding="utf-8")
        assert build(office).returncode == 0
    assert set(bytes_below(office / "build-giu-lai")) == {"1/ghi.txt"}


def running_with(mark):
    """The command lines of living processes that name a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "environ").read_bytes().find(mark.encode()) >= 0 and (entry / "stat").read_text().split(
                    ") "
                )[1][0] != "Z":
                    found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:200])
            except OSError:
                continue
    return found


@pytest.mark.parametrize("seconds", [0.8, 1.6, 2.4])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_ended_leaves_no_process_and_no_folder(tmp_path, how, seconds):
    """Killed, closed with its terminal or asked to end, at several moments: a moment later nothing of it is left."""
    mark = f"KEHOACH_THU={tmp_path.name}-{how}-{seconds}"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    name, value = mark.split("=")
    environment = {**os.environ, name: value, "TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "generator", "build", "--jobs", "2", "--out", tmp_path / "build"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(seconds)
        process.send_signal(how)
        _, said = process.communicate(timeout=30)  # a child that held the pipe would keep it open
    assert process.returncode == (-9 if how == signal.SIGKILL else 128 + how)
    assert how == signal.SIGKILL or "Đã dừng" in said
    deadline = time.monotonic() + 10
    while running_with(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running_with(mark) == []
    assert not (tmp_path / "build").exists()
    after = {**environment, name: "x"}
    subprocess.run(
        [*command[:3], "build", "--only", "open-data", "--out", tmp_path / "build"],
        cwd=ROOT,
        env=after,
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [*command[:3], "build", "--only", "documents", "--data", FOLDER, "--out", tmp_path / "nho"],
        cwd=ROOT,
        env=after,
        check=True,
        capture_output=True,
    )
    assert list(temporary.glob("kehoach-*")) == []
    assert json.loads((tmp_path / "build" / "manifest.json").read_bytes())["generator"] == "kehoach"


def test_what_a_killed_run_left_is_swept_and_what_a_run_uses_is_not(tmp_path, monkeypatch):
    """Left: a folder whose lock nobody holds, one without a lock, a lock without a folder. In use: one with its lock held."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("kehoach-1", "kehoach-2"):
        (tmp_path / name / "in").mkdir(parents=True)
    for name in ("kehoach-1.khoa", "kehoach-3.khoa"):
        (tmp_path / name).touch()
    (tmp_path / "other").mkdir()
    with locking.temporary_folder() as used:
        locking._sweep.cache_clear()
        with locking.temporary_folder() as second:
            assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"other", used.name, second.name}
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
