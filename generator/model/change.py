"""What changed between two versions of a plan: one typed value a change, by id. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

What = Literal[
    "clause", "heading", "paragraph", "preamble", "duty", "target", "deadline", "recipient", "agency", "group", "seat",
    "designation", "head", "signature",
]  # fmt: skip
Kind = Literal[
    "added", "removed", "moved", "renumbered", "reworded", "reassigned", "changed", "renamed", "merged", "split",
    "dissolved", "joined", "left",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change. `old` and `new` are as printed, or the values of `field`; empty where there was or is nothing.

    `clause` is the id of the clause it stands in, in the new version if it is there; `agencies` are those whose part,
    seat, date or name it touches.
    """

    kind: Kind
    what: What
    id: str
    field: str = ""
    old: str | tuple[str, ...] = ""
    new: str | tuple[str, ...] = ""
    clause: str = ""
    agencies: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The change as plain JSON values; what says nothing is left out."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}
