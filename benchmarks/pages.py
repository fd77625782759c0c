"""What each kind of page costs on a poor line: 400 kbit/s, 400 ms there and back, a processor 4 times slower.

`python benchmarks/pages.py [SITE] [RUNS]` builds the real plan, or takes a built site, serves it with gzip, opens each
page RUNS times (3) in a fresh Chromium profile at the width of a phone, and prints medians.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from generator.build import Options, build

ROOT = Path(__file__).parents[1]
PAGES = {
    "first page": "", "plan": "ke-hoach/", "agencies": "co-quan/", "agency": "co-quan/cong-an-tinh/",
    "my agency": "co-quan-toi/", "matrix": "phan-cong/", "calendar": "lich/", "topics": "tuyen-truyen/",
    "topic": "tuyen-truyen/cho-vay-nang-lai/", "lists": "tra-cuu/van-ban/", "review": "ra-soat/",
    "handbook": "huong-dan/in/", "search": "tim-kiem/",
}  # fmt: skip
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
SLOWER = 4
PAINTED = """
  window.painted = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) window.painted = entry.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
"""
PACKED = {".html", ".css", ".js", ".svg", ".json"}


class _Packing(http.server.SimpleHTTPRequestHandler):
    """Sends text packed, as any web server does."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site served with gzip."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Packing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@dataclass
class Traffic:
    """What came over the line: bytes and requests; what a page holds in itself (data:) is neither."""

    bytes: int = 0
    requests: int = 0

    def follow(self, line: CDPSession) -> None:
        """Count from now on."""
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.loadingFinished", self._finished)

    def _asked(self, event: dict[str, dict[str, str]]) -> None:
        self.requests += not event["request"]["url"].startswith("data:")

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


@contextmanager
def slow_page(browser: Browser, width: int = 360) -> Iterator[tuple[Page, Traffic]]:
    """A page of a fresh profile on the poor line, and its traffic."""
    context = browser.new_context(viewport={"width": width, "height": 740}, bypass_csp=True)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(PAINTED)
    traffic = Traffic()
    traffic.follow(line)
    try:
        yield page, traffic
    finally:
        context.close()


def open_page(browser: Browser, address: str) -> tuple[float, int, float]:
    """KB over the line, requests, seconds to the largest paint."""
    with slow_page(browser) as (page, traffic):
        page.goto(address, wait_until="load")
        page.wait_for_timeout(700)
        return traffic.bytes / 1000, traffic.requests, page.evaluate("window.painted") / 1000


def first_result(browser: Browser, address: str) -> tuple[float, float]:
    """KB that come before anything is typed, seconds from the press of the search button to the first result."""
    with slow_page(browser) as (page, traffic):
        page.goto(address, wait_until="load")
        page.wait_for_timeout(700)
        before = traffic.bytes
        start = page.evaluate("performance.now()")
        page.locator("[data-open-search]").click()
        page.locator("#tim-kiem-o").fill("rửa tiền")
        page.locator(".search-results a").first.wait_for()
        return before / 1000, (page.evaluate("performance.now()") - start) / 1000


def medians(measured: Iterable[tuple[float, ...]]) -> list[float]:
    """The median of each figure over the runs."""
    return [median(figures) for figures in zip(*measured, strict=True)]


def main() -> None:
    """Print the tables."""
    given = sys.argv[1:]
    runs = int(given[1]) if len(given) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        site = Path(given[0]) if given else Path(folder) / "build" / "site"
        if not given:
            build(Options(ROOT / "data", ROOT / "content", Path(folder) / "build"))
        with sync_playwright() as playwright, served(site) as address:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            print("| page | KB gzip | requests | largest paint, s |\n|---|--:|--:|--:|")
            for name, path in PAGES.items():
                kb, requests, paint = medians(open_page(browser, address + path) for _ in range(runs))
                print(f"| {name} | {kb:.1f} | {requests:.0f} | {paint:.2f} |")
            before, seconds = medians(first_result(browser, address) for _ in range(runs))
            print(
                f"\nSearch: {before:.1f} KB before typing; first result {seconds:.2f} s after the press of its button."
            )
            browser.close()


if __name__ == "__main__":
    main()
