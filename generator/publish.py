"""Puts a finished build in place of the last one, whole or not at all; what was published stays until then."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


class PublishError(Exception):
    """The output folder cannot be written; the message is Vietnamese."""


@contextlib.contextmanager
def staged_output(out: Path) -> Iterator[Path]:
    """A new folder beside `out`; when the block ends without an exception it takes the place of `out`.

    The swap is two renames on one device; a crash between them is mended by the next run. A second run at the same
    time is refused. Raises PublishError.
    """
    lock, old = _beside(out, "lock"), _beside(out, "old")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _take(lock)
    except OSError as error:
        raise PublishError(f"không ghi được vào thư mục '{out.parent}': {error.strerror}") from error
    try:
        _recover(out, old)
        staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
        try:
            yield staging
            staging.chmod(0o755)
            _swap(staging, out, old)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    finally:
        lock.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file of the staging folder, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _beside(out: Path, what: str) -> Path:
    return out.parent / f".{out.name}.{what}"


def _take(lock: Path) -> None:
    for _ in range(2):
        try:
            with open(lock, "x", encoding="ascii") as file:
                file.write(str(os.getpid()))
            return
        except FileExistsError:
            owner = _owner(lock)
            if owner is not None:
                raise PublishError(
                    f"một lần tạo khác đang chạy (tiến trình {owner}); đợi nó xong rồi chạy lại"
                ) from None
            lock.unlink(missing_ok=True)
    raise PublishError(f"không giữ được khóa '{lock.name}'")


def _owner(lock: Path) -> int | None:
    """The living process that holds a lock, or None if it is gone."""
    try:
        owner = int(lock.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    if os.name == "nt":  # os.kill(pid, 0) would end the process there
        return owner
    try:
        os.kill(owner, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return owner


def _recover(out: Path, old: Path) -> None:
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in out.parent.glob(f".{out.name}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if old.exists():
        shutil.rmtree(old)


def _swap(staging: Path, out: Path, old: Path) -> None:
    try:
        if out.exists():
            out.rename(old)
        staging.rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        message = f"không thay được thư mục '{out}' ({error.strerror}); đóng các tệp đang mở trong đó rồi chạy lại"
        raise PublishError(message) from error
    shutil.rmtree(old, ignore_errors=True)
