"""Locks that the system lets go when a process ends, however it ends; temporary folders that go with their process."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO

_PREFIX = "kehoach-"
_LOCK = ".khoa"


class LockedError(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def locked(lock: Path) -> Iterator[None]:
    """Holds a lock file. Raises LockedError, OSError."""
    windows = sys.platform == "win32"
    with _open_locked(lock):
        try:
            yield
        finally:
            if not windows:
                lock.unlink(missing_ok=True)
    if windows:  # there no file that is open can be removed; another run may have opened it by now
        with contextlib.suppress(OSError):
            lock.unlink()


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder for the block; what a killed process left is removed by the next that needs one.

    Its lock stands beside it and is taken before it is there, let go after it is gone: at no moment is it nobody's.
    """
    _sweep()
    with contextlib.ExitStack() as stack:
        folder = _lock_new(stack)
        folder.mkdir(mode=0o700)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def _lock_new(stack: contextlib.ExitStack) -> Path:
    while True:
        folder = Path(tempfile.gettempdir(), f"{_PREFIX}{secrets.token_hex(4)}")
        with contextlib.suppress(LockedError):  # another run may be sweeping
            stack.enter_context(locked(folder.with_suffix(_LOCK)))
            return folder


@cache
def _sweep() -> None:
    """Remove the folders whose lock nobody holds any more; once a process."""
    for found in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        folder = found.with_suffix("")
        with contextlib.suppress(OSError, LockedError), locked(folder.with_suffix(_LOCK)):
            shutil.rmtree(folder, ignore_errors=True)


def _open_locked(lock: Path) -> IO[bytes]:
    while True:
        file = lock.open("ab")
        try:
            _take(file)
        except OSError as error:
            file.close()
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise
            raise LockedError from None
        with contextlib.suppress(FileNotFoundError):  # the run before may have removed it between our two steps
            if os.path.samestat(lock.stat(), os.fstat(file.fileno())):
                return file
        file.close()


def _take(file: IO[bytes]) -> None:
    """Lock an open file, or raise OSError at once if another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
