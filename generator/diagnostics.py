"""What is wrong with the data, as values: where (`Span`), what (`Diagnostic`), and how one is printed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]
_SEVERITY_WORD: dict[Severity, str] = {"error": "lỗi", "warning": "cảnh báo"}


@dataclass(frozen=True, order=True)
class Span:
    """A place in a source file; line and column count from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One finding. `code` is stable and in English; `message` and `hint` are Vietnamese, for the reader."""

    span: Span
    code: str
    message: str
    hint: str | None = None
    severity: Severity = "error"

    def as_json(self) -> dict[str, str | int | None]:
        """The finding as plain JSON values, for `--json`."""
        return {
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> Diagnostic:
        """The finding that `as_json` gave."""
        span = Span(value["file"], value["line"], value["column"])
        return cls(span, value["code"], value["message"], value["hint"], value["severity"])


class DataError(Exception):
    """The data are wrong. Carries every diagnostic of the stage that found them, errors and warnings."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: (d.span, d.code)))
        super().__init__("\n".join(format_diagnostic(d) for d in self.diagnostics))


class MakeError(Exception):
    """An output could not be made, written or published, though the data are right; the text is Vietnamese."""


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """`file:line:column: lỗi[code]: message`, with the hint on a line of its own."""
    head = f"{diagnostic.span}: {_SEVERITY_WORD[diagnostic.severity]}[{diagnostic.code}]: {diagnostic.message}"
    return f"{head}\n  gợi ý: {diagnostic.hint}" if diagnostic.hint else head


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True if any of them is an error rather than a warning."""
    return any(d.severity == "error" for d in diagnostics)


def hint_nearest(word: str, known: Iterable[str]) -> str | None:
    """`có phải 'x'?` for the known word that looks most like this one, or None."""
    nearest = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"có phải '{nearest[0]}'?" if nearest else None
