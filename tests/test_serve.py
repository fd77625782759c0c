"""The preview: a saved change shows in an open browser by itself; wrong data leave the last good page."""

import errno
import http.client
import io
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from small import FOLDER

from generator.build import Options
from generator.cli import serve as preview_module

ROOT = Path(__file__).parent.parent


@pytest.fixture
def preview(tmp_path):
    """A running preview of a copy of the small plan: the copy's folder, its address, and the lines it prints.

    The folder is below a hidden one, and is named by a path with dots: a save there is a save.
    """
    data = shutil.copytree(FOLDER, tmp_path / ".nháp" / "data")
    data = data.parent / ".." / data.parent.name / "data"
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
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{address}ke-hoach/")
    assert page.get_by_text("Trưng bày sách tại sân trường").count() == 1

    section.write_text(text.replace("sân trường", "hội trường lớn"), encoding="utf-8")
    page.get_by_text("Trưng bày sách tại hội trường lớn").wait_for(timeout=30_000)
    assert "Đã tạo lại" in next(line for line in lines if line.strip())

    section.write_text(text.replace("id: c-1\n", "id: C 1\n"), encoding="utf-8")
    fault = next(line for line in lines if line.strip())
    assert "sections/1.yml:1:5: lỗi[bad-id]" in fault
    panel = page.get_by_role("alert")
    panel.get_by_text("sections/1.yml:1:5: lỗi[bad-id]").wait_for()
    assert panel.inner_text().startswith("Chưa tạo lại được; trang bên dưới là bản tốt gần nhất.")
    assert page.get_by_text("hội trường lớn").count() == 1
    page.goto(address)  # a page that is opened meanwhile tells it too
    panel.get_by_text("bad-id").wait_for()

    section.write_text(text, encoding="utf-8")
    panel.wait_for(state="detached", timeout=30_000)
    page.goto(f"{address}ke-hoach/")
    assert page.get_by_text("Trưng bày sách tại sân trường").count() == 1
    page.close()


@pytest.fixture
def office(tmp_path):
    """A running preview of a copy of the program, the small plan and a handbook: the copy's folder and its address."""
    for name in ("generator", "site_templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copytree(FOLDER, tmp_path / "data")
    book = tmp_path / "content" / "huong-dan"
    book.mkdir(parents=True)
    (book / "index.md").write_text("# Sổ tay\n\nTrang đầu của sổ.\n\n![Hình](anh/hinh.png)\n", encoding="utf-8")
    (book / "anh").mkdir()
    (book / "anh" / "hinh.png").write_bytes(picture(8))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "generator", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        lines = iter(process.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        yield tmp_path, address
        process.kill()


def picture(side):
    """A PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(file, "PNG")
    return file.getvalue()


def test_whatever_it_watches_shows_by_itself(office, browser):
    """A picture, a style, a template, a new file and one that is gone: the open page shows each without a touch."""
    folder, address = office
    book = folder / "content" / "huong-dan"
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{address}huong-dan/")
    shown = page.locator("article img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8

    (book / "anh" / "hinh.png").write_bytes(picture(16))
    page.wait_for_function("document.querySelector('article img')?.naturalWidth === 16")

    style = folder / "site_templates" / "styles" / "base.css"
    style.write_text(style.read_text(encoding="utf-8") + "\narticle { outline: 7px solid; }\n", encoding="utf-8")
    page.wait_for_function("getComputedStyle(document.querySelector('article')).outlineWidth === '7px'")

    template = folder / "site_templates" / "theme" / "partials" / "footer.html"
    template.write_text(template.read_text(encoding="utf-8") + "<p>Dưới chân trang</p>", encoding="utf-8")
    page.get_by_text("Dưới chân trang").wait_for()

    (book / "in.md").write_text("# In ra giấy\n\nChương mới.\n", encoding="utf-8")
    page.locator(".chapters summary").click()
    page.locator(".chapters a", has_text="In ra giấy").first.wait_for()

    (book / "in.md").unlink()
    page.locator(".chapters a", has_text="In ra giấy").first.wait_for(state="detached")
    page.close()


def test_before_the_first_good_build_the_fault_shows(tmp_path, browser):
    """Nothing was ever made: the page says what is wrong, and loads the site as soon as it is mended."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    section = data / "sections" / "1.yml"
    text = section.read_text(encoding="utf-8")
    section.write_text(text.replace("id: c-1\n", "id: C 1\n"), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--data", data, "--out", tmp_path / "build"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        lines = iter(process.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        page = browser.new_page(bypass_csp=True)
        page.goto(address)
        page.get_by_role("alert").get_by_text("sections/1.yml:1:5: lỗi[bad-id]").wait_for()
        section.write_text(text, encoding="utf-8")
        page.locator("h1").wait_for(timeout=60_000)
        assert page.get_by_role("alert").count() == 0
        page.close()
        process.kill()


def told_next(data, lines):
    """What the preview prints next, if it printed nothing till now but what it says of the next save."""
    section = data / "sections" / "1.yml"
    section.write_text(section.read_text(encoding="utf-8").replace("sân trường", "sân sau"), encoding="utf-8")
    return next(line for line in lines if line.strip())


def ask(address, path, method="GET", **headers):
    """Status and body of what the preview answers."""
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def test_what_is_not_there_is_told_without_a_traceback(preview):
    """Names too long, names no file can have, numbers too long and folders without a page: the site's own page."""
    data, address, lines = preview
    hostile = [
        "/x" * 5000,
        "/" + "x" * 5000 + "/",
        "/%00",
        "/%00/",
        "/__phien-ban/" + "1" * 4301,
        "/tai-lieu/",
    ]
    for path in hostile:
        status, body = ask(address, path)
        assert status == 404, path[:40]
        assert "<title>" in body and "Directory listing" not in body, path[:40]
    assert ask(address, "/tai-lieu", "HEAD")[0] in (301, 404)
    assert ask(address, "/")[0] == 200
    assert "Đã tạo lại" in told_next(data, lines)


def test_a_page_of_another_host_reads_nothing(preview):
    """A name that is made to point here (DNS rebinding) gets no page; this machine's own names do."""
    _, address, _ = preview
    port = address.rstrip("/").rsplit(":", 1)[1]
    assert ask(address, "/", Host="evil.example")[0] == 421
    assert ask(address, "/__phien-ban/0", Host=f"127.0.0.1.evil.example:{port}")[0] == 421
    assert ask(address, "/", Host=f"localhost:{port}")[0] == 200


def test_half_a_request_holds_nothing_for_long(preview):
    """A connection that sends half a request is closed after the time that one read may take."""
    data, address, lines = preview
    host, port = address.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=15) as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert half.recv(1) == b""
    assert "Đã tạo lại" in told_next(data, lines)


def test_a_file_that_vanishes_while_it_is_saved_does_not_end_the_preview(preview):
    """A file of data that cannot be read is told with its reason; the next save is shown."""
    data, address, lines = preview
    section = data / "sections" / "1.yml"
    text = section.read_text(encoding="utf-8")
    section.unlink()
    assert "sections/1.yml" in next(lines)
    section.write_text(text.replace("sân trường", "nhà sách"), encoding="utf-8")
    assert any("Đã tạo lại" in line for line in lines)
    assert "nhà sách" in ask(address, "/ke-hoach/")[1]


def test_a_fault_of_the_machine_does_not_end_the_preview(tmp_path, monkeypatch):
    """A full disk during a rebuild is told; the preview goes on and says that nothing is new."""
    options = Options(tmp_path / "data", tmp_path / "content", tmp_path / "build")
    told: list[str] = []
    news: list[preview_module.Outcome] = []

    def full(_: Options) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "x.pdf")

    def twice(site, folders, port, refresh, say, first):
        news.append(refresh())

    monkeypatch.setattr(preview_module, "build", full)
    monkeypatch.setattr(preview_module, "serve", twice)
    preview_module.serve_preview(options, 0, told.append)
    assert news == [preview_module.Outcome(fault="máy báo lỗi: ổ đĩa đầy (x.pdf)")]
    assert told == ["máy báo lỗi: ổ đĩa đầy (x.pdf)\nTrang đang hiện là bản tốt gần nhất."] * 2


def test_a_taken_port_is_named(tmp_path):
    """The second preview on a port says that it is taken and what to do."""
    data = shutil.copytree(FOLDER, tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [
            sys.executable,
            "-m",
            "generator",
            "serve",
            "--port",
            port,
            "--data",
            data,
            "--out",
            tmp_path / "build",
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert f"không mở được cổng {port}: cổng đang được chương trình khác dùng; thử --port khác" in done.stderr
