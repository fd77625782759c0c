"""`kehoach serve`: the site on this machine while it is written; a saved change shows in the browser by itself.

Serves on 127.0.0.1 only. Each page gets a script (site_templates/preview.js) that waits for what the next save brings:
it loads the new page, or shows what is wrong over the last good one.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import program
from generator.build import Options, build
from generator.diagnostics import DataError, MakeError
from generator.publish.reasons import reason_of
from generator.publish.state import State

HOST = "127.0.0.1"
_WAIT = "/__phien-ban/"
_SCRIPT = "/__xem-truoc.js"
_NOTHING = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Xem trước</title><p>Chưa có trang này.</p>'
_COUNT = re.compile("-|[0-9]{1,9}")
_SETTLE_SECONDS = 0.1  # an editor saves in several steps
_POLL_SECONDS = 20.0


@dataclass(frozen=True)
class Outcome:
    """What a save brought: a new site, or what is wrong (empty: nothing)."""

    is_new: bool = False
    fault: str = ""


class Version:
    """Counts what saves brought; requests wait on it for the next. `shown` names the site that pages show."""

    def __init__(self) -> None:
        self.number = 0
        self.shown = str(time.time_ns())  # another run's pages load anew
        self.fault = ""
        self._changed = threading.Condition()

    def advance(self, outcome: Outcome) -> None:
        """A save was dealt with."""
        with self._changed:
            self.number += 1
            self.fault = outcome.fault
            self.shown = str(time.time_ns()) if outcome.is_new else self.shown
            self._changed.notify_all()

    def wait_after(self, seen: int, seconds: float) -> bytes:
        """What there is, as JSON, as soon as it is later than what was seen, or after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self.number > seen, seconds)
            return json.dumps({"number": self.number, "shown": self.shown, "fault": self.fault}).encode()


class _Handler(SimpleHTTPRequestHandler):
    timeout = 10.0  # of one read or write, in seconds: half a request holds its thread no longer

    def __init__(self, *arguments: Any, version: Version, **more: Any) -> None:
        self._version = version
        super().__init__(*arguments, **more)

    def parse_request(self) -> bool:
        """Refuse who asks for another host: a page of theirs would read the preview under its own name."""
        if not super().parse_request():
            return False
        host = self.headers.get("Host", HOST).rsplit(":", 1)[0]
        if host in (HOST, "localhost"):
            return True
        self._send(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain")
        return False

    def do_GET(self) -> None:
        seen = self.path.removeprefix(_WAIT)
        if self.path.startswith(_WAIT) and _COUNT.fullmatch(seen):
            told = self._version.wait_after(-1 if seen == "-" else int(seen), _POLL_SECONDS)
            self._send(HTTPStatus.OK, told, "application/json")
        elif self.path == _SCRIPT:
            self._send(HTTPStatus.OK, program.PREVIEW.read_bytes(), "text/javascript; charset=utf-8")
        elif self.path.split("?")[0].endswith("/"):
            self._send_page(HTTPStatus.OK, Path(self.translate_path(self.path)) / "index.html")
        else:
            super().do_GET()

    def send_head(self) -> Any:
        """Like the base class; a name that no file can have is a file that is not there."""
        try:
            return super().send_head()
        except ValueError:
            return self.send_error(HTTPStatus.NOT_FOUND)

    def list_directory(self, path: Any) -> None:
        """Nothing: a folder without a page is not there, as on the office's own server."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is not there is told by the site's own page."""
        if code == HTTPStatus.NOT_FOUND:
            self._send_page(HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html")
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the terminal is for what the writer has to know."""

    def _send_page(self, status: HTTPStatus, page: Path) -> None:
        try:
            content = page.read_bytes()
        except (OSError, ValueError):
            if status == HTTPStatus.OK:
                return self.send_error(HTTPStatus.NOT_FOUND)
            content = _NOTHING.encode()
        script = f'<script src="{_SCRIPT}" data-shown="{self._version.shown}"></script>'
        self._send(status, content + script.encode(), "text/html; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves or falls silent is no fault; anything else is a bug and shows its traceback."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Watcher(FileSystemEventHandler):
    """Notes a save below `folder`; what an editor or a system keeps there for itself, hidden, is none."""

    def __init__(self, folder: Path, saved: threading.Event) -> None:
        self._folder, self._saved = folder, saved

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "moved", "deleted"):
            paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
            if any(not is_hidden(path.relative_to(self._folder)) for path in paths):
                self._saved.set()


def is_hidden(path: Path) -> bool:
    """True if a part of this relative path begins with a dot."""
    return any(part.startswith(".") for part in path.parts)


def serve_preview(options: Options, port: int, say: Callable[[str], None]) -> None:
    """Show what a build of the options' data and content would publish, made again at each save, until interrupted.

    `say` is told the address, what was made again, and what is wrong; wrong data leave the last good pages.
    """
    preview = replace(options, out=State(options.out).folder / "xem-truoc")

    def failed(why: str) -> Outcome:
        say(f"{why}\nTrang đang hiện là bản tốt gần nhất.")
        return Outcome(fault=why)

    def refresh() -> Outcome:
        try:
            report = build(preview)
        except (DataError, MakeError) as error:
            return failed(str(error))
        except OSError as error:  # a file that vanishes while an editor renames it, a full disk: the next save may do
            return failed(f"máy báo lỗi: {reason_of(error)}" + (f" ({error.filename})" if error.filename else ""))
        if report.made or report.removed:
            say(f"Đã tạo lại {len(report.made)} trong {report.total} tệp trong {report.seconds:.1f} giây.")
        return Outcome(is_new=bool(report.made or report.removed))

    first = refresh()
    serve(preview.out / "site", (options.data, options.content, program.TEMPLATES), port, refresh, say, first)


def serve(
    site: Path,
    folders: tuple[Path, ...],
    port: int,
    refresh: Callable[[], Outcome],
    say: Callable[[str], None],
    first: Outcome,
) -> None:
    """Serve `site` until interrupted; after each save below `folders`, `refresh` says what it brought, as `first` did.

    `port` 0 takes any free one; `say` is told the address. Raises MakeError if the port is taken.
    """
    version, saved = Version(), threading.Event()
    version.advance(first)
    try:
        server = _Server((HOST, port), partial(_Handler, version=version, directory=str(site)))
    except OSError as error:
        raise MakeError(f"không mở được cổng {port}: {reason_of(error)}; thử --port khác") from error
    observer = Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(_Watcher(folder, saved), str(folder), recursive=True)
    observer.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Xem tại http://{HOST}:{server.server_address[1]}/ (dừng: Ctrl+C)")
    try:
        while True:
            saved.wait()
            threading.Event().wait(_SETTLE_SECONDS)
            saved.clear()
            version.advance(refresh())
    finally:
        server.shutdown()
        observer.stop()
