"""The handbook's pictures: content/huong-dan/anh.yml → content/huong-dan/anh/*.png. `make screenshots` runs it.

A picture shows a page of the site in build/, the sheets of a PDF of build/documents, or what a command answers; the
answer is the real one, drawn as text, of a copy of the data with the listed mistake in it. Twice gives the same bytes.
"""

from __future__ import annotations

import base64
import functools
import html
import http.server
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "content" / "huong-dan"
BUILD = ROOT / "build"
MAX_BYTES = 120_000
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
TERMINAL = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; background: #0c0c0c; }}
pre {{ margin: 0; padding: 14px 16px; color: #f2f2f2; font: 16px/1.35 "Liberation Mono", "Liberation Sans";
       white-space: pre-wrap; overflow-wrap: anywhere; }}
</style><pre>{}</pre>"""
SHEETS = """<!DOCTYPE html><style>
body {{ margin: 0; padding: 16px; display: flex; gap: 16px; background: #8a94a3; }}
img {{ min-width: 0; flex: 1; }}
</style>{}"""


@dataclass(frozen=True)
class Mistake:
    """Words of a file that a picture's copy of the data has otherwise."""

    file: str
    right: str
    wrong: str


@dataclass(frozen=True)
class Shot:
    """A picture of `page`, of the PDF `document` or of what `command` answers; `height` only for a page."""

    name: str
    alt: str
    width: int
    height: int = 0
    page: str = ""
    document: str = ""
    command: str = ""
    mistake: Mistake | None = None


def read_shots() -> list[Shot]:
    """The pictures that anh.yml lists."""
    listed = yaml.safe_load((FOLDER / "anh.yml").read_text(encoding="utf-8"))["images"]
    return [Shot(**{**item, "mistake": Mistake(**item["mistake"]) if "mistake" in item else None}) for item in listed]


def answer(shot: Shot) -> str:
    """What the shot's command prints, run in a folder of its own with the listed mistake."""
    with tempfile.TemporaryDirectory(prefix="anh-") as name:
        work = Path(name)
        for folder in ("data", "content"):
            shutil.copytree(ROOT / folder, work / folder)
        if shot.mistake:
            path = work / shot.mistake.file
            text = path.read_text(encoding="utf-8")
            if shot.mistake.right not in text:
                sys.exit(f"anh.yml, {shot.name}: {shot.mistake.file} does not say {shot.mistake.right!r}")
            path.write_text(text.replace(shot.mistake.right, shot.mistake.wrong, 1), encoding="utf-8")
        command = [sys.executable, "-m", "generator", *shlex.split(shot.command)[1:]]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
        run = subprocess.run(
            command, cwd=work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
    return run.stdout.rstrip()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """No line for each request."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _sheets(shot: Shot) -> str:
    """The pages of a PDF side by side."""
    with tempfile.TemporaryDirectory() as name:
        prefix = Path(name) / "trang"
        subprocess.run(["pdftoppm", "-png", "-r", "110", BUILD / "documents" / shot.document, prefix], check=True)
        pages = [base64.b64encode(path.read_bytes()).decode() for path in sorted(Path(name).iterdir())]
    return SHEETS.format("".join(f'<img src="data:image/png;base64,{page}">' for page in pages))


def _take(shot: Shot, browser: Browser, site: str) -> bytes:
    size: ViewportSize = {"width": shot.width, "height": shot.height or 50}
    page = browser.new_page(viewport=size, locale="vi-VN", color_scheme="light", reduced_motion="reduce")
    if shot.page:
        page.goto(site + shot.page, wait_until="networkidle")
    elif shot.document:
        page.set_content(_sheets(shot), wait_until="networkidle")
    else:
        shown = f"D:\\ke-hoach> {shot.command}\n{answer(shot)}"
        page.set_content(TERMINAL.format(html.escape(shown)))
    _settle(page)
    png = page.screenshot(full_page=not shot.page)
    page.close()
    return png


def _settle(page: Page) -> None:
    """Wait until fonts and the pictures in sight are drawn."""
    page.evaluate("() => document.fonts.ready")
    page.evaluate(
        "() => Promise.all([...document.images].filter(i => !i.complete && i.getBoundingClientRect().top < innerHeight)"
        ".map(i => new Promise(done => { i.onload = i.onerror = done })))"
    )
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _small(png: bytes, name: str) -> bytes:
    """The picture with as many colours as fit into MAX_BYTES."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        made = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        if made.tell() < MAX_BYTES:
            return made.getvalue()
    sys.exit(f"{name}: more than {MAX_BYTES} bytes even with 16 colours; make it smaller in anh.yml")


def main() -> None:
    """Take every listed picture; what is no longer listed goes."""
    chromium = shutil.which("chromium")
    if not (BUILD / "site").is_dir() or chromium is None or shutil.which("pdftoppm") is None:
        sys.exit("run `make screenshots`: it builds the site and installs chromium and pdftoppm")
    folder, shots = FOLDER / "anh", read_shots()
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright, _served(BUILD / "site") as site:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for shot in shots:
            (folder / f"{shot.name}.png").write_bytes(_small(_take(shot, browser, site), shot.name))
        browser.close()
    for path in set(folder.glob("*.png")) - {folder / f"{shot.name}.png" for shot in shots}:
        path.unlink()


if __name__ == "__main__":
    main()
