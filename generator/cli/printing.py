"""What the commands print: findings, and values as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from generator.diagnostics import Diagnostic, format_diagnostic


def print_json(value: Any) -> None:
    """A value as readable JSON, to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Findings, each on its lines, to standard error."""
    for diagnostic in diagnostics:
        click.echo(format_diagnostic(diagnostic), err=True)


def say_for_whom(audience: str) -> None:
    """Say on standard error that what follows, or was made, is not for everybody."""
    if audience == "internal":
        from generator.views.labels import INTERNAL_MARK

        click.echo(f"{INTERNAL_MARK}.", err=True)
