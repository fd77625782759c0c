"""The handbook's screenshots, taken from the built site: content/huong-dan/anh.yml → content/huong-dan/anh/*.png.

Run after `make build`: `.venv/bin/python scripts/screenshots.py`. Chromium must be installed (`make tools`).
"""

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "content" / "huong-dan"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """No line for each request."""


def main() -> None:
    """Take every picture that anh.yml lists."""
    site, chromium = ROOT / "build" / "site", shutil.which("chromium")
    if not site.is_dir() or chromium is None:
        sys.exit("run `make build` and `make tools` first")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (FOLDER / "anh").mkdir(exist_ok=True)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--hide-scrollbars"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for image in yaml.safe_load((FOLDER / "anh.yml").read_text(encoding="utf-8"))["images"]:
            page = browser.new_page(viewport={"width": image["width"], "height": image["height"]})
            page.goto(f"http://127.0.0.1:{server.server_port}{image['page']}")
            page.wait_for_timeout(300)  # a jump to an anchor, and lazy pictures
            page.screenshot(path=FOLDER / "anh" / f"{image['name']}.png")
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
