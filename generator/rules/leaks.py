"""Where what is public has words that stand only in what is internal → diagnostics. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.read.plan import Loaded
from generator.rules.public import words_given_away


def check_leaks(loaded: Loaded) -> Iterator[Diagnostic]:
    """A warning for each field of a public record that shares a run of words with hidden text.

    An alias or a misprint that stands whole in hidden text is none: it is left out, as it should be.
    """
    for given in words_given_away(loaded.plan):
        key = next(part for part in reversed(given.path) if isinstance(part, str))
        what = "bản công khai sẽ bỏ ô này" if given.left_out else "bản công khai không bỏ được ô này"
        message = f"'{key}' có chữ chỉ phần nội bộ mới có: '{given.words}'; {what}"
        hint = "viết lại cho khác; ghi chú chỉ dùng nội bộ thì đánh dấu 'audience: internal'"
        yield Diagnostic(loaded.spans.of(given.record, *given.path), "internal-words", message, hint, "warning")
