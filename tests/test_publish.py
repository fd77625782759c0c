"""Publishing is all or nothing: whatever goes wrong, the last published build stays whole."""

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.publish import transaction as publishing
from generator.publish.manifest import NAME, digest_bytes
from generator.publish.reasons import reason_of
from generator.publish.transaction import PublishError, open_transaction

OURS = json.dumps({"generator": "kehoach", "files": {}}).encode()


def publish(out, text, sources=()):
    with open_transaction(out, sources) as transaction:
        transaction.put("a/tep.txt", text.encode())
        transaction.put(NAME, OURS)
        transaction.publish()


def test_a_build_takes_the_place_of_the_last(tmp_path):
    """The new files are there, the old and all working files are not."""
    out = tmp_path / "build"
    publish(out, "một")
    (out / "them.txt").write_text("thừa", encoding="utf-8")
    publish(out, "hai")
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == [
        "build", "build/a", "build/a/tep.txt", "build/manifest.json",
    ]  # fmt: skip
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "hai"


def test_an_error_leaves_the_last_build(tmp_path):
    """An exception while making files changes nothing."""
    out = tmp_path / "build"
    publish(out, "một")
    with pytest.raises(ZeroDivisionError), open_transaction(out) as transaction:
        transaction.put("a/tep.txt", b"hai")
        raise ZeroDivisionError
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "một"
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


def test_a_second_run_at_the_same_time_is_refused(tmp_path):
    """Case 64: two runs at once."""
    out = tmp_path / "build"
    with open_transaction(out), pytest.raises(PublishError, match="đang chạy"), open_transaction(out):
        pass


KILLED = """
import os, sys
from pathlib import Path
from generator.publish import transaction as publish
out, step = Path(sys.argv[1]), sys.argv[2]
real = publish._swap
if step == "between":  # where the system has no exchange, two renames
    publish._swap = lambda staging, out, old: (out.rename(old), os._exit(9))
elif step == "after":
    publish._swap = lambda staging, out, old: (real(staging, out, old), os._exit(9))
elif step == "before":
    publish._swap = lambda staging, out, old: os._exit(9)
with publish.open_transaction(out) as transaction:
    transaction.put("a/tep.txt", b"hai")
    if step == "writing":
        os._exit(9)
    transaction.put("manifest.json", sys.argv[3].encode())
    transaction.publish()
"""


@pytest.mark.parametrize("step", ["writing", "before", "between", "after"])
def test_a_killed_run_is_mended_by_the_next(tmp_path, step):
    """Case 60: killed at any step, also between two renames; the next run finds a whole build, even if it then fails."""
    out = tmp_path / "build"
    publish(out, "một")
    root = Path(__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", KILLED, str(out), step, OURS.decode()], cwd=root, check=False)
    assert run.returncode == 9
    with pytest.raises(ZeroDivisionError), open_transaction(out):
        raise ZeroDivisionError
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == ("hai" if step == "after" else "một")
    publish(out, "ba")
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "ba"
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


def test_a_reader_never_finds_nothing(tmp_path):
    """Who reads while builds are exchanged always finds one: on Linux the swap is one step."""
    out, missed, reads, done = tmp_path / "build", 0, 0, threading.Event()
    publish(out, "0")

    def read():
        nonlocal missed, reads
        while not done.is_set():
            reads += 1
            missed += not (out / "a" / "tep.txt").exists()

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        publish(out, str(number))
    done.set()
    reader.join()
    assert reads > 1000 and missed == 0


def test_without_an_exchange_two_renames_do(tmp_path, monkeypatch):
    """Windows, and old file systems: the same result."""
    monkeypatch.setattr(publishing, "exchange", lambda one, other: False)
    publish(tmp_path / "build", "một")
    publish(tmp_path / "build", "hai")
    assert (tmp_path / "build" / "a" / "tep.txt").read_text(encoding="utf-8") == "hai"
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """Case 62: the place for the output is not writable."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(PublishError, match="không ghi được"):
        publish(tmp_path / "file" / "build", "một")


def test_a_link_in_the_last_output_is_not_followed(tmp_path):
    """Case 50: a symlink in the output is removed, what it points at stays."""
    out, outside = tmp_path / "build", tmp_path / "ngoai.txt"
    publish(out, "một")
    outside.write_text("giữ", encoding="utf-8")
    os.symlink(outside, out / "lien-ket")
    publish(out, "hai")
    assert outside.read_text(encoding="utf-8") == "giữ"
    assert not (out / "lien-ket").exists()


def test_the_lock_of_a_run_that_is_gone_holds_nobody_up(tmp_path):
    """Case 60: the number in a lock left by a killed run may be another program's by now."""
    out = tmp_path / "build"
    (tmp_path / ".build.lock").write_text(str(os.getpid()), encoding="ascii")
    publish(out, "một")
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


@pytest.mark.parametrize("out", ["data", ".", "data/build"])
def test_sources_are_never_the_output(tmp_path, out):
    """An output that is, holds or stands in the data would take their place."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "plan.yml").write_text("giữ", encoding="utf-8")
    with pytest.raises(PublishError, match="thư mục nguồn"), open_transaction(tmp_path / out, [data]):
        pass
    assert (data / "plan.yml").read_text(encoding="utf-8") == "giữ"


def test_what_no_build_has_made_is_not_replaced(tmp_path):
    """A folder with files and no manifest, or a file, stays; an empty folder is taken."""
    out = tmp_path / "anh"
    out.mkdir()
    publish(out, "một")
    (out / NAME).unlink()
    for place in (out, out / "a" / "tep.txt"):
        with pytest.raises(PublishError, match="không phải"):
            publish(place, "hai")
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "một"


def test_an_output_that_is_a_link_stays_one(tmp_path):
    """Case 50: what the link points at is replaced, again and again; the link and its neighbours stay."""
    real, link = tmp_path / "noi-khac" / "web", tmp_path / "build"
    real.mkdir(parents=True)
    link.symlink_to(real)
    publish(link, "một")
    publish(link, "hai")
    assert link.is_symlink()
    assert (real / "a" / "tep.txt").read_text(encoding="utf-8") == "hai"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "noi-khac"]


@pytest.mark.parametrize("manifest", ["{}", "[]", '{"files": {}}', '{"name": "app", "generator": "x"}'])
def test_somebody_elses_manifest_makes_no_build(tmp_path, manifest):
    """A web application's folder has a manifest.json too: it stays, hidden files and all."""
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "manifest.json").write_text(manifest, encoding="utf-8")
    (tmp_path / "web" / ".env").write_text("giữ", encoding="utf-8")
    with pytest.raises(PublishError, match="không phải do lệnh này tạo"):
        publish(tmp_path / "web", "một")
    assert sorted(p.name for p in (tmp_path / "web").iterdir()) == [".env", "manifest.json"]


def test_a_file_is_kept(tmp_path):
    """A file of the last build is taken over with its bytes and readable by all; the old one stays until the swap."""
    out = tmp_path / "build"
    publish(out, "một")
    before = os.umask(0o077)
    try:
        with open_transaction(out) as transaction:
            transaction.keep("a/tep.txt", digest_bytes("một".encode()))
            transaction.put("b/c/moi.txt", b"m")
            transaction.put(NAME, OURS)
            assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "một"
            transaction.publish()
    finally:
        os.umask(before)
    assert {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} == {"a/tep.txt", "b/c/moi.txt", NAME}
    assert {p.stat().st_mode & 0o777 for p in out.rglob("*") if p.is_file()} == {0o644}
    assert {p.stat().st_mode & 0o777 for p in (out, *out.rglob("*")) if p.is_dir()} == {0o755}


def test_everything_is_on_the_disk_before_the_swap(tmp_path, monkeypatch):
    """Case 61: power loss after the rename; each file was flushed before, the folder's own list after."""
    out, seen, fsync = tmp_path / "build", [], os.fsync

    def note(handle):
        seen.append((os.readlink(f"/proc/self/fd/{handle}"), out.exists()))
        fsync(handle)

    monkeypatch.setattr(publishing.os, "fsync", note)
    publish(out, "một")
    before = [path for path, published in seen if not published]
    assert [name for name in ("/a/tep.txt", "/manifest.json", "/a") if not any(p.endswith(name) for p in before)] == []
    assert seen[-1] == (str(tmp_path), True)


def test_the_machine_speaks_vietnamese():
    """What the system reports in English is said in Vietnamese."""
    assert reason_of(OSError(errno.ENOSPC, "No space left on device")) == "ổ đĩa đầy"
    assert reason_of(OSError("điều khác")) == "điều khác"
    assert reason_of(shutil.Error([("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'")])) == "ổ đĩa đầy"
