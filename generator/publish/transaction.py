"""Puts a finished build in place of the last one, whole or not at all; what was published stays until then."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.diagnostics import MakeError
from generator.publish.exchange import exchange
from generator.publish.locking import LockedError, locked
from generator.publish.manifest import NAME, digest_bytes, is_foreign
from generator.publish.reasons import reason_of


class PublishError(MakeError):
    """The output folder cannot be written; the message is Vietnamese."""


class Transaction:
    """What will take the place of `out`: files put or kept, with their digests. Nothing shows until `publish`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.digests: dict[str, str] = {}
        self._staging: Path | None = None
        self._new: list[Path] = []
        self._folders: set[Path] = set()

    def put(self, path: str, content: bytes) -> None:
        """Write a file."""
        place = self._place(path)
        write_file(place, content)
        self._new.append(place)
        self.digests[path] = digest_bytes(content)

    def keep(self, path: str, digest: str) -> None:
        """Take over a file of the last build, whose digest is known."""
        place = self._place(path)
        _make_folder(place.parent)
        try:
            os.link(self.out / path, place)
        except OSError:  # no second name for a file on this device, or none for this one
            shutil.copyfile(self.out / path, place)
            place.chmod(0o644)
            self._new.append(place)
        self.digests[path] = digest

    def read(self, path: str) -> bytes:
        """The bytes of a file that was put or kept."""
        return self._place(path).read_bytes()

    def publish(self) -> None:
        """Put the files in the place of the last build, at once where the system can do that. Raises PublishError."""
        staging = self._folder()
        _flush(self._new, self._folders)
        try:
            _swap(staging, self.out, beside(self.out, "old"))
        except OSError as error:
            message = f"không thay được thư mục '{self.out}' ({reason_of(error)})"
            raise PublishError(f"{message}; đóng các tệp đang mở trong đó rồi chạy lại") from error

    def abandon(self) -> None:
        """Remove what was not published, or, after that, what was published before."""
        if self._staging is not None:
            shutil.rmtree(self._staging, ignore_errors=True)

    def _place(self, path: str) -> Path:
        place = self._folder() / path
        self._folders.update(folder for folder in place.parents if folder.is_relative_to(self._folder()))
        return place

    def _folder(self) -> Path:
        if self._staging is None:
            try:
                self._staging = Path(tempfile.mkdtemp(prefix=f".{self.out.name}.new-", dir=self.out.parent))
                self._staging.chmod(0o755)
            except OSError as error:
                raise _unwritable(self.out, error) from error
        return self._staging


@contextlib.contextmanager
def open_transaction(out: Path, sources: Iterable[Path] = ()) -> Iterator[Transaction]:
    """A transaction on an output folder; a link is followed. What a killed run left is mended first.

    A second run at the same time is refused, and so is an `out` that is no build or that holds one of the `sources`.
    Raises PublishError.
    """
    _refuse_foreign(out, sources)
    out = Path(os.path.realpath(out))
    with contextlib.ExitStack() as held:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(beside(out, "lock")))
            _recover(out)
        except LockedError:
            raise PublishError("một lần tạo khác đang chạy; đợi nó xong rồi chạy lại") from None
        except OSError as error:
            raise _unwritable(out, error) from error
        transaction = Transaction(out)
        held.callback(transaction.abandon)
        yield transaction


def write_file(path: Path, content: bytes) -> None:
    """Write a file that a web server may read, with the folders above it."""
    _make_folder(path.parent)
    path.write_bytes(content)
    path.chmod(0o644)


def beside(out: Path, what: str) -> Path:
    """Where a run keeps something of its own: on the same device as the output, and hidden."""
    return out.parent / f".{out.name}.{what}"


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        with contextlib.suppress(FileExistsError):  # another thread was quicker
            folder.mkdir()
        folder.chmod(0o755)


def _unwritable(out: Path, error: OSError) -> PublishError:
    return PublishError(f"không ghi được vào thư mục '{out.parent}': {reason_of(error)}")


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
        foreign = place.is_dir() and any(place.iterdir()) and is_foreign(place)
    except OSError as error:
        raise PublishError(f"không đọc được thư mục '{out}': {reason_of(error)}") from error
    if foreign:
        message = f"thư mục '{out}' có tệp nhưng không có {NAME} của lệnh này, nên không phải do lệnh này tạo"
        raise PublishError(f"{message}; chọn thư mục khác, hoặc dọn thư mục đó trước")


def _recover(out: Path) -> None:
    """Put back what a killed run had moved away, and clear away what it had begun."""
    old = beside(out, "old")
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in out.parent.glob(f".{glob.escape(out.name)}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if old.exists():
        shutil.rmtree(old)


def _swap(staging: Path, out: Path, old: Path) -> None:
    """After it `staging` is where the last build was, or gone."""
    if not out.exists():
        staging.rename(out)
    elif not exchange(staging, out):
        out.rename(old)
        try:
            staging.rename(out)
        except OSError:
            old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)
    _flush_names(out.parent)


def _flush(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Have new files, and the lists of folders, on the disk: what takes the last build's place outlives a power cut."""
    for path in files:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    for folder in folders:
        _flush_names(folder)


def _flush_names(folder: Path) -> None:
    """Have a folder's list of files on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
