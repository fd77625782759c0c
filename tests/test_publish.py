"""Publishing is all or nothing: whatever goes wrong, the last published build stays whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.publish import PublishError, staged_output, write_file


def publish(out, text):
    with staged_output(out) as staging:
        write_file(staging / "a" / "tep.txt", text.encode())


def test_a_build_takes_the_place_of_the_last(tmp_path):
    """The new files are there, the old and all working files are not."""
    out = tmp_path / "build"
    publish(out, "một")
    (out / "them.txt").write_text("thừa", encoding="utf-8")
    publish(out, "hai")
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == [
        "build", "build/a", "build/a/tep.txt",
    ]  # fmt: skip
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "hai"


def test_an_error_leaves_the_last_build(tmp_path):
    """An exception while making files changes nothing."""
    out = tmp_path / "build"
    publish(out, "một")
    with pytest.raises(ZeroDivisionError), staged_output(out) as staging:
        write_file(staging / "a" / "tep.txt", b"hai")
        raise ZeroDivisionError
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "một"
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


def test_a_second_run_at_the_same_time_is_refused(tmp_path):
    """Case 64: two runs at once."""
    out = tmp_path / "build"
    with staged_output(out), pytest.raises(PublishError, match="đang chạy"), staged_output(out):
        pass


KILLED = """
import os, sys
from pathlib import Path
from generator import publish
step = sys.argv[2]
if step == "between":
    publish._swap = lambda staging, out, old: (out.rename(old), os._exit(9))
with publish.staged_output(Path(sys.argv[1])) as staging:
    publish.write_file(staging / "a" / "tep.txt", b"hai")
    if step == "writing":
        os._exit(9)
"""


@pytest.mark.parametrize("step", ["writing", "between"])
def test_a_killed_run_is_mended_by_the_next(tmp_path, step):
    """Case 60: killed while writing, or between the two renames; the next run finds the last build and goes on."""
    out = tmp_path / "build"
    publish(out, "một")
    root = Path(__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", KILLED, str(out), step], cwd=root, check=False)
    assert run.returncode == 9
    with pytest.raises(ZeroDivisionError), staged_output(out):
        assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "một"
        raise ZeroDivisionError
    publish(out, "ba")
    assert (out / "a" / "tep.txt").read_text(encoding="utf-8") == "ba"
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
