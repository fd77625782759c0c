"""What an authored text consists of once it is read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Block:
    """A heading (its plain text) or a piece of ready HTML."""

    kind: Literal["heading", "html"]
    text: str = ""
    level: int = 0
    html: str = ""
