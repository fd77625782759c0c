"""The files of data/ and content/ that nobody reads, or that no other machine could hold → findings. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from generator.diagnostics import Diagnostic, Span, hint_nearest
from generator.model.types import PlanHead
from generator.read.plan import Loaded
from generator.read.tree import FileTooLargeError, SourceTree

_FOLDERS = ("schema/", "source/", "revisions/", "reports/")  # of data/, with contents of their own
_PAGES = ("ve-trang-nay.md",)
_ARTICLES = ("tuyen-truyen/", "huong-dan/")
_AUTHORED = (".md", ".markdown", ".txt", ".docx")
_DATA = (".yml", ".yaml", ".json")


def check_files(data: SourceTree, content: SourceTree, head: PlanHead, known: Collection[str]) -> Iterator[Diagnostic]:
    """`known` are the names of the data files that are read, besides the sections that the head lists."""
    read = {*known, *head.sections}
    for name in data.names():
        if not _writable(name):
            yield _bad_name(data, name)
        elif name not in read and not name.startswith(_FOLDERS) and name.endswith(_DATA):
            what = "tệp mục không có trong 'sections' của plan.yml" if name.startswith("sections/") else "tệp lạ"
            yield _unread(data, name, f"{what}: không chỗ nào đọc '{_shown(name)}'", hint_nearest(name, read))
    for name in content.names():
        if not _writable(name):
            yield _bad_name(content, name)
        elif name.endswith(_AUTHORED) and not _is_article(name):
            hint = "bài viết đặt ở tuyen-truyen/ hay huong-dan/, đuôi .md"
            yield _unread(content, name, f"không trang nào dùng tệp '{_shown(name)}'", hint)


def check_received(data: SourceTree, loaded: Loaded) -> Iterator[Diagnostic]:
    """The text as received is the one that the data were made from."""
    if loaded.plan.source is None:
        return
    received = loaded.plan.source.received
    names, span = data.names(), loaded.spans.of(received, "file")
    try:
        found = hashlib.sha256(data.read(received.file)).hexdigest()
    except FileNotFoundError:
        hint = hint_nearest(received.file, names)
        yield Diagnostic(span, "missing-file", f"không có tệp '{received.file}'", hint)
    except FileTooLargeError:
        yield Diagnostic(span, "file-too-large", f"'{received.file}' lớn hơn 5 MB")
    else:
        if found != received.sha256.lower():
            message = f"'{received.file}' không còn là bản đã nhận: SHA-256 khác số đã ghi"
            yield Diagnostic(loaded.spans.of(received, "sha256"), "altered-source", message, "lấy lại tệp gốc")


def _is_article(name: str) -> bool:
    folder = next((folder for folder in _ARTICLES if name.startswith(folder)), None)
    return name in _PAGES or (folder is not None and name.endswith(".md") and "/" not in name.removeprefix(folder))


def _writable(name: str) -> bool:
    """True for a name in UTF-8: other bytes of a file system come as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _bad_name(tree: SourceTree, name: str) -> Diagnostic:
    span = Span(_shown(tree.label(name)))
    return Diagnostic(span, "bad-file-name", "tên tệp có ký tự hỏng (không phải UTF-8)", "đổi tên tệp")


def _unread(tree: SourceTree, name: str, message: str, hint: str | None) -> Diagnostic:
    return Diagnostic(Span(tree.label(name)), "unread-file", message, hint, "warning")
