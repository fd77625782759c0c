"""The preview: a saved change shows in an open browser by itself; wrong data leave the last good page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small import FOLDER

ROOT = Path(__file__).parent.parent


@pytest.fixture
def preview(tmp_path):
    """A running preview of a copy of the small plan: the copy's folder, its address, and the lines it prints."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--data", data, "--out", tmp_path / "build"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        lines = iter(process.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        yield data, address, lines
        process.kill()


def test_a_saved_change_shows_by_itself(preview, browser):
    """The open page loads the new text without a touch; a fault is told and the good page stays."""
    data, address, lines = preview
    section = data / "sections" / "1.yml"
    text = section.read_text(encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{address}ke-hoach/")
    assert page.get_by_text("Trưng bày sách tại sân trường").count() == 1

    section.write_text(text.replace("sân trường", "hội trường lớn"), encoding="utf-8")
    page.get_by_text("Trưng bày sách tại hội trường lớn").wait_for(timeout=30_000)
    assert "Đã tạo lại" in next(line for line in lines if line.strip())

    section.write_text(text.replace("id: c-1\n", "id: C 1\n"), encoding="utf-8")
    fault = next(line for line in lines if line.strip())
    assert "sections/1.yml:1:5: lỗi[bad-id]" in fault
    assert page.get_by_text("hội trường lớn").count() == 1
    page.close()
