"""`kehoach serve`: the site on this machine while it is written; a saved change shows in the browser by itself.

Serves on 127.0.0.1 only. Each page gets a script of three lines that waits for the next version and loads it.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.build import ROOT, Options, read_sources, site_files, view_pages
from generator.diagnostics import DataError
from generator.publish.manifest import was_for
from generator.write.site.preview import PreviewSite
from generator.write.templates import Renderer

HOST = "127.0.0.1"
_WAIT = "/__phien-ban/"
_SCRIPT = f"""<script>(async function wait() {{
  try {{ if ((await (await fetch("{_WAIT}%d")).text()) === "new") location.reload(); }}
  catch {{ await new Promise(r => setTimeout(r, 1000)); }}
  wait();
}})()</script>"""
_SETTLE_SECONDS = 0.1  # an editor saves in several steps
_POLL_SECONDS = 20.0


class Version:
    """Counts the versions of the site; requests wait on it for the next one."""

    def __init__(self) -> None:
        self.number = 0
        self._changed = threading.Condition()

    def advance(self) -> None:
        """A new version is there."""
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def wait_after(self, seen: int, seconds: float) -> bool:
        """True as soon as there is a later version than the one seen; False after `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self.number > seen, seconds)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, version: Version, **more: Any) -> None:
        self._version = version
        super().__init__(*arguments, **more)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        seen = self.path.removeprefix(_WAIT)
        if self.path.startswith(_WAIT) and seen.isdecimal():
            self._send(b"new" if self._version.wait_after(int(seen), _POLL_SECONDS) else b"old", "text/plain")
        elif self.path.split("?")[0].endswith("/") and (path / "index.html").is_file():
            script = (_SCRIPT % self._version.number).encode()
            self._send((path / "index.html").read_bytes() + script, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the terminal is for what the writer has to know."""

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves while it waits is no fault; anything else is a bug and shows its traceback."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Watcher(FileSystemEventHandler):
    def __init__(self) -> None:
        self.saved = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "moved", "deleted") and "/." not in str(event.src_path):
            self.saved.set()


def serve_preview(options: Options, port: int, say: Callable[[str], None]) -> None:
    """Show the site of the options' data and content, made again at each save, until interrupted.

    `say` is told the address, what was made again, and what is wrong; wrong data leave the last good pages.
    """
    renderer = Renderer(ROOT / "site_templates", options.mark)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as name:
        preview = PreviewSite(Path(name), ROOT / "mkdocs.yml")

        def refresh() -> bool:
            start = time.monotonic()
            try:
                sources = read_sources(options)
                made = options.out if was_for(options.out, options.readers) else None
                files = site_files(sources, made)
                changed = preview.write(view_pages(sources, renderer, files.__contains__), files)
            except DataError as error:
                say(f"{error}\nTrang đang hiện là bản tốt gần nhất.")
                return False
            if changed:
                say(f"Đã tạo lại {len(changed)} trang trong {time.monotonic() - start:.1f} giây.")
            return bool(changed)

        refresh()
        serve(preview.site, (options.data, options.content, ROOT / "site_templates"), port, refresh, say)


def serve(
    site: Path, folders: tuple[Path, ...], port: int, refresh: Callable[[], bool], say: Callable[[str], None]
) -> None:
    """Serve `site` until interrupted; after each save below `folders`, `refresh` says whether the site is new.

    `port` 0 takes any free one; `say` is told the address. Raises OSError if the port is taken.
    """
    version, watcher = Version(), _Watcher()
    server = _Server((HOST, port), partial(_Handler, version=version, directory=str(site)))
    observer = Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(watcher, str(folder), recursive=True)
    observer.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Xem tại http://{HOST}:{server.server_address[1]}/ (dừng: Ctrl+C)")
    try:
        while True:
            watcher.saved.wait()
            threading.Event().wait(_SETTLE_SECONDS)
            watcher.saved.clear()
            if refresh():
                version.advance()
    finally:
        server.shutdown()
        observer.stop()
