"""What the papers of places cost: `python benchmarks/local.py [N …]` (10 20 40) builds those of N made-up communes.

Each run begins with a build of the real plan without them, then times `--for tat-ca` for all at once: every form of
every topic, and a zip each. Prints seconds, files, milliseconds a file, and the peak memory of the build.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from generator.build import Options, build

ROOT = Path(__file__).parents[1]
PLACE = """  - id: xa-{n}
    name: "xã Thử {n}"
    office: "Công an xã Thử {n}"
    phone: "0262 3{n:03d} 113"
    address: "Trụ sở Công an xã Thử {n}, thôn 1"
    source: "Nơi đặt ra để đo"
    confirmed_on: 2026-11-01
"""


def measure(places: int) -> tuple[int, float, float]:
    """The files made for so many places, the seconds, and the peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("data", "content"):
            shutil.copytree(ROOT / name, work / name)
        listed = "".join(PLACE.format(n=n) for n in range(1, places + 1))
        (work / "data" / "local.yml").write_text(f"localities:\n{listed}", encoding="utf-8")
        options = Options(work / "data", work / "content", work / "build")
        build(options)
        start = time.monotonic()
        report = build(replace(options, places=("tat-ca",)))
        seconds = time.monotonic() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return len(report.made), seconds, peak


def main() -> None:
    """One line a number of places, each in a process of its own."""
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        files, seconds, peak = measure(int(sys.argv[2]))
        print(f"| {sys.argv[2]} | {files} | {seconds:.1f} | {1000 * seconds / files:.0f} | {peak:.0f} |")
        return
    print("| places | files | seconds | ms a file | peak MiB |\n|--:|--:|--:|--:|--:|", flush=True)
    for number in sys.argv[1:] or ("10", "20", "40"):
        subprocess.run([sys.executable, __file__, "--one", number], check=True)


if __name__ == "__main__":
    main()
