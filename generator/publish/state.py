"""What one build tells the next, beside the output: which inputs it had, and what was read from its pages. Only ever a
shortcut: without it, or with one that is damaged, everything is found out again.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.publish.manifest import NAME, digest_bytes
from generator.publish.transaction import beside

_INPUTS, _PAGES = "inputs.json", "pages.json"


class State:
    """The state of the build in a folder. It may know what only an office may know: it is never published."""

    def __init__(self, out: Path) -> None:
        place = Path(os.path.realpath(out))
        self._out = place
        self.folder = beside(place, "state")

    def is_built_from(self, inputs: str) -> Mapping[str, Any] | None:
        """What was remembered if the build that is there was made from these inputs, else None."""
        known = self._read(_INPUTS)
        with contextlib.suppress(OSError):
            if known.get("inputs") == inputs and known.get("manifest") == digest_bytes((self._out / NAME).read_bytes()):
                return known
        return None

    def remember(self, inputs: str, more: Mapping[str, Any]) -> None:
        """Note what the build that is there now was made from, with values for the next one."""
        manifest = digest_bytes((self._out / NAME).read_bytes())
        self._write(_INPUTS, {"inputs": inputs, "manifest": manifest, **more})

    def read_pages(self) -> Mapping[str, Any]:
        """What was read from the pages of the last build."""
        return self._read(_PAGES)

    def write_pages(self, facts: Mapping[str, Any]) -> None:
        """Keep what was read from pages."""
        self._write(_PAGES, facts)

    def _read(self, name: str) -> dict[str, Any]:
        try:
            value = json.loads((self.folder / name).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        with contextlib.suppress(OSError):  # a shortcut that cannot be kept is no fault
            self.folder.mkdir(mode=0o700, exist_ok=True)
            new = self.folder / f"{name}.new"
            new.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            new.replace(self.folder / name)
