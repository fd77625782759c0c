"""Puts a finished build in place of the last one, whole or not at all; what was published stays until then."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from generator.diagnostics import MakeError

MANIFEST = "manifest.json"  # every build has one: by it a folder is known to be ours to replace
_REASONS = {
    errno.EACCES: "không có quyền, hoặc tệp đang mở ở chương trình khác",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.EBUSY: "đang được chương trình khác dùng",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.ENOTDIR: "có tệp ở chỗ cần thư mục",
    errno.EISDIR: "có thư mục ở chỗ cần tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EMFILE: "mở quá nhiều tệp",
    errno.ENOMEM: "hết bộ nhớ",
    errno.EIO: "ổ đĩa hỏng hoặc bị rút ra",
    errno.EADDRINUSE: "cổng đang được chương trình khác dùng",
    errno.ELOOP: "liên kết trỏ vòng",
}
_ERRNO = re.compile(r"\[Errno (\d+)\]")


class PublishError(MakeError):
    """The output folder cannot be written; the message is Vietnamese."""


def reason_of(error: OSError) -> str:
    """Why the machine could not do something, in Vietnamese where the reason is a common one."""
    said = _ERRNO.search(str(error))  # of a folder that could not be copied, only the text holds the numbers
    number = error.errno or (int(said[1]) if said else 0)
    return _REASONS.get(number) or error.strerror or str(error)


@contextlib.contextmanager
def staged_output(out: Path, sources: Iterable[Path] = ()) -> Iterator[Path]:
    """A new folder beside `out`; when the block ends without an exception it takes the place of `out`.

    The swap is two renames on one device; a crash between them is mended by the next run. A second run at the same
    time is refused, and so is an `out` that is no build or that holds one of the `sources`. A link is followed.
    Raises PublishError.
    """
    _refuse_foreign(out, sources)
    out = Path(os.path.realpath(out))
    lock, old = _beside(out, "lock"), _beside(out, "old")
    with contextlib.ExitStack() as held:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(_locked(lock))
            _recover(out, old)
            staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
        except OSError as error:
            raise PublishError(f"không ghi được vào thư mục '{out.parent}': {reason_of(error)}") from error
        held.callback(shutil.rmtree, staging, ignore_errors=True)
        yield staging
        staging.chmod(0o755)
        _flush(staging)
        _swap(staging, out, old)


def write_file(path: Path, content: bytes) -> None:
    """Write a file of the staging folder, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def keep_file(old: Path, new: Path) -> None:
    """Take a file of the last build into the staging folder."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _beside(out: Path, what: str) -> Path:
    return out.parent / f".{out.name}.{what}"


def _refuse_foreign(out: Path, sources: Iterable[Path]) -> None:
    """Raises PublishError if publishing would remove what no build has made."""
    place = Path(os.path.realpath(out))
    for source in map(Path, map(os.path.realpath, sources)):
        if source.is_relative_to(place) or place.is_relative_to(source):
            message = f"thư mục kết quả '{out}' trùng hoặc lồng với thư mục nguồn '{source}'"
            raise PublishError(f"{message}; chọn thư mục khác")
    if place.is_file():
        raise PublishError(f"'{out}' là một tệp, không phải thư mục; chọn tên khác cho thư mục kết quả")
    try:
        foreign = place.is_dir() and not (place / MANIFEST).is_file() and any(place.iterdir())
    except OSError as error:
        raise PublishError(f"không đọc được thư mục '{out}': {reason_of(error)}") from error
    if foreign:
        message = f"thư mục '{out}' có tệp nhưng không có {MANIFEST}, nên không phải do lệnh này tạo"
        raise PublishError(f"{message}; chọn thư mục khác, hoặc dọn thư mục đó trước")


@contextlib.contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """Holds a lock that the system lets go when this process ends, however it ends. Raises PublishError, OSError."""
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


def _open_locked(lock: Path) -> IO[bytes]:
    while True:
        file = lock.open("ab")
        try:
            _take(file)
        except OSError as error:
            file.close()
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise
            raise PublishError("một lần tạo khác đang chạy; đợi nó xong rồi chạy lại") from None
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


def _recover(out: Path, old: Path) -> None:
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in out.parent.glob(f".{glob.escape(out.name)}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if old.exists():
        shutil.rmtree(old)


def _flush(folder: Path) -> None:
    """Have everything below a folder on the disk: what takes the last build's place must outlive a power cut."""
    windows = sys.platform == "win32"
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            _flush_names(path)
            continue
        handle = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _flush_names(folder: Path) -> None:
    """Have a folder's list of files on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(staging: Path, out: Path, old: Path) -> None:
    try:
        if out.exists():
            out.rename(old)
        staging.rename(out)
        _flush_names(out.parent)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        message = f"không thay được thư mục '{out}' ({reason_of(error)}); đóng các tệp đang mở trong đó rồi chạy lại"
        raise PublishError(message) from error
    shutil.rmtree(old, ignore_errors=True)
