"""What a change costs: the real plan built whole, unchanged, after one word of one duty, after one agency's name.

`python benchmarks/incremental.py` runs the command itself on a copy of data/ and content/ and prints a table.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGES = (
    ("nothing", "", "", ""),
    ("a word of one duty (V.5)", "sections/05-v.yml", "trợ giúp pháp lý", "trợ giúp về pháp lý"),
    ("another way to write a district", "agencies.yml", "aliases: [Ea Súp]", "aliases: [Ea Súp, Ea-Súp]"),
)


def build(office: Path) -> tuple[float, int, int]:
    """Seconds by the clock of the whole command, how many files it made, of how many."""
    folders = [f"--{name}={office / name}" for name in ("data", "content")]
    command = [sys.executable, "-m", "generator", "build", *folders, f"--out={office / 'build'}", "--json"]
    start = time.perf_counter()
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    report = json.loads(run.stdout)
    return time.perf_counter() - start, len(report["made"]), report["files"]


def main() -> None:
    """Print the table."""
    print("| what changed | files made | of | seconds |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder)
        for name in ("data", "content"):
            shutil.copytree(ROOT / name, office / name)
        rows = [("everything, from an empty folder", *build(office))]
        for what, file, old, new in CHANGES:
            if file:
                path = office / "data" / file
                text = path.read_text(encoding="utf-8")
                if old not in text:
                    raise RuntimeError(f"{old!r} is not in {file}")
                path.write_text(text.replace(old, new, 1), encoding="utf-8")
            rows.append((what, *build(office)))
    for what, seconds, made, total in rows:
        print(f"| {what} | {made} | {total} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
