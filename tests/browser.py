"""What browser tests share: a built site served to this machine only, pages opened at a width, requests noted."""

import contextlib
import functools
import http.server
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {390: 844, 1280: 900}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """No line for each request among the test results."""


@contextlib.contextmanager
def served(folder):
    """The address of a folder's files on this machine, while the block lasts."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def opened(browser, address, width=1280, **options):
    """A page at an address; `page.asked` are the addresses it requested, `page.faults` the errors of its scripts.

    The page's policy is not held to, since it stops the tests' own questions, unless `bypass_csp` is False.
    """
    options = {"bypass_csp": True, **options}
    context = browser.new_context(viewport={"width": width, "height": SIZES.get(width, 740)}, **options)
    page = context.new_page()
    page.asked, page.faults = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(address)
    try:
        yield page
    finally:
        context.close()


def search(page, words):
    """Ask the site's search; gives the number line and the results' texts, once the search has answered."""
    if not page.locator("#tim-kiem").evaluate("dialog => dialog.open"):
        page.locator("[data-open-search]").click()
        page.wait_for_function("document.querySelector('#tim-kiem').open")
    page.fill("#tim-kiem-o", "")
    page.wait_for_function("document.querySelector('.search-count').textContent.startsWith('Gõ ít nhất')")
    page.fill("#tim-kiem-o", words)
    page.wait_for_function("/^(\\d+ kết quả|Không)[^…]*$/.test(document.querySelector('.search-count').textContent)")
    return page.inner_text(".search-count"), page.locator(".search-results a").all_inner_texts()


def violations(page, kind="tag", values=RULES, inside=None):
    """What axe-core finds wrong with a page by rules of these tags (or `kind` "rule"): rule and first element.

    `inside` is a selector: only what stands in it is looked at.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "([inside, only]) => axe.run(inside || document, {runOnly: only, resultTypes: ['violations']})",
        [inside, {"type": kind, "values": list(values)}],
    )
    assert found["passes"], "axe-core looked at nothing"
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
