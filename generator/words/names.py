"""Names and phrases as they stand in a line: joined, and with the first letter that the place asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def join_names(names: Iterable[str]) -> str:
    """Names as one Vietnamese phrase: semicolons where a name has commas of its own."""
    listed = list(names)
    return ("; " if any("," in name for name in listed) else ", ").join(listed)


def upper_first(text: str) -> str:
    """A text for the start of a line or sentence; nothing else of it changes."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A text for the middle of a sentence; nothing else of it changes."""
    return text[:1].lower() + text[1:]
