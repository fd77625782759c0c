"""Our redlines beside a comparison of the two files: tracked changes, and the characters in them, on the same pairs.

`python benchmarks/redline.py` needs LibreOffice; it prints a row for each kind of change of the plan.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from memory import made
from revised import revised
from test_redline import CASES, PLAN
from tracked import LibreOffice, count_marks

DOCUMENT = "documents/ke-hoach.docx"


def main() -> None:
    """Print the table."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("soffice is not there")
    old = made(revised(), lambda row: row.path == DOCUMENT)[DOCUMENT]
    print("| change | ours: marks | ours: characters | LibreOffice: marks | LibreOffice: characters |")
    print("|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        office = LibreOffice(soffice, Path(folder))
        for case, edits in CASES.items():
            outputs = made(revised(*edits), lambda row: row.path in (DOCUMENT, PLAN))
            ours, theirs = count_marks(outputs[PLAN]), count_marks(office.compare(old, outputs[DOCUMENT]))
            print(f"| {case} | {ours[0]} | {ours[1]} | {theirs[0]} | {theirs[1]} |", flush=True)


if __name__ == "__main__":
    main()
