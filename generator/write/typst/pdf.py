"""A document's AST (as the DOCX writer gives it) → PDF: tagged, PDF/A-2a and PDF/UA-1, the profile's face embedded."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from datetime import datetime
from functools import partial
from multiprocessing import get_context, parent_process
from typing import Self

import typst

from generator import program
from generator.diagnostics import MakeError
from generator.read.profile import Profile

_TEMPLATE = program.PRINT / "document.typ"
_MISSING_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font `"(.+)"`')


_TIMEOUT_SECONDS = 300  # the longest table tried, 2,000 rows, takes 7
_writer: PdfWriter | None = None  # a press's process has one of its own


class PdfError(MakeError):
    """A document could not be set; the text says why."""


class PdfWriter:
    """Sets documents in one profile, reusing the compiler and its fonts. `timestamp` is the only time in the files."""

    def __init__(self, profile: Profile, timestamp: datetime) -> None:
        self._profile = profile.to_json()
        self._timestamp = timestamp
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[profile.font_folder()]
        )
        self._compiler = typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts)

    def write(self, ast: bytes) -> bytes:
        """The PDF of a document's AST. Raises PdfError, naming the character where the face lacks one."""
        inputs = {"ast": ast.decode("utf-8"), "profile": self._profile}
        try:
            pdf = self._compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"], timestamp=self._timestamp
            )
        except typst.TypstError as error:
            raise PdfError(_explained(str(error))) from None
        assert isinstance(pdf, bytes)  # one format, one file
        return pdf


class PdfPress:
    """Sets documents in `jobs` processes of their own: one compiler keeps one core busy, whatever the threads.
    With 0, in this process, for a few documents.

    Opened with `with`; what was not set when an exception leaves the block is dropped.
    """

    def __init__(self, profile: Profile, timestamp: datetime, jobs: int = 1) -> None:
        self._here = PdfWriter(profile, timestamp) if jobs == 0 else None
        self._pool = ProcessPoolExecutor(max(1, jobs), get_context("spawn"), _open_writer, (profile, timestamp))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, ast: bytes) -> Callable[[], bytes]:
        """Begin to set a document; the call of what is given waits for its PDF. That call raises PdfError."""
        if self._here is not None:
            return partial(self._here.write, ast)
        setting = self._pool.submit(_write, ast)

        def result() -> bytes:
            try:
                return setting.result(_TIMEOUT_SECONDS)
            except (BrokenExecutor, TimeoutError):
                self._kill()
                raise PdfError("tiến trình dàn trang PDF bị dừng hoặc không trả lời") from None

        return result

    def _kill(self) -> None:
        """End the processes: closing the pool would wait for one that does not answer."""
        for process in list((self._pool._processes or {}).values()):  # public as kill_workers from Python 3.14 on
            process.kill()


def _open_writer(profile: Profile, timestamp: datetime) -> None:
    global _writer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _writer = PdfWriter(profile, timestamp)


def _end_with_parent() -> None:
    """End this process as soon as the build is gone, however it went: nobody else would."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _write(ast: bytes) -> bytes:
    assert _writer is not None  # _open_writer ran when the process began
    return _writer.write(ast)


def _explained(message: str) -> str:
    missing = _MISSING_GLYPH.search(message)
    if missing is None:
        return f"Typst báo lỗi: {message}"
    codes = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing[1])
    return f"phông {missing[2]} không có chữ {codes}"
