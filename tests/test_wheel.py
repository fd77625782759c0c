"""The program as a wheel: templates, faces and scripts inside, it runs in any folder that has data/."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from small import FOLDER

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, made from a copy of the checkout, and the folder in which it is installed, apart from the checkout."""
    work = tmp_path_factory.mktemp("wheel")
    source = work / "source"
    skipped = shutil.ignore_patterns(".git", ".venv", "build", ".*_cache", "*.egg-info", "__pycache__")
    shutil.copytree(
        ROOT,
        source,
        symlinks=True,
        ignore=lambda folder, names: skipped(folder, names) if Path(folder) == ROOT else set(),
    )
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", work, source]
    subprocess.run([*pip, *build], check=True, capture_output=True)
    wheel = next(work.glob("*.whl"))
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", work / "site", wheel], check=True, capture_output=True
    )
    return wheel, work / "site"


def run(site, folder, *arguments):
    """The installed command; the checkout is on no path."""
    program = "import sys, generator; assert 'site' in generator.__file__, generator.__file__; from generator.cli.main import main; main(sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wheel_holds_the_program_and_nothing_of_an_office(installed):
    """Templates, faces and scripts are in it; data, content and drawings are not; what it needs is declared."""
    with zipfile.ZipFile(installed[0]) as wheel:
        names = wheel.namelist()
        declared = next(wheel.read(name).decode() for name in names if name.endswith("/METADATA"))
    for needed in (
        "site_templates/documents/plan.html.j2",
        "site_templates/print/document.typ",
        "mkdocs.yml",
    ):
        assert f"generator/_files/{needed}" in names
    assert any(name.endswith(".ttf") for name in names) and "generator/write/docx/docx.lua" in names
    assert not [name for name in names if name.startswith(("data/", "content/", "tests/")) or "hinh/" in name]
    assert "Requires-Dist: pydantic" in declared and "pytest" not in declared


def test_it_builds_in_a_folder_that_has_data(installed, small_build, tmp_path):
    """Nothing else of the checkout is there; the result is the checkout's, byte for byte, but for the program's digest."""
    shutil.copytree(FOLDER, tmp_path / "data")
    done = run(installed[1], tmp_path, "build")
    assert done.returncode == 0, done.stderr
    ours, theirs = (
        json.loads((folder / "manifest.json").read_bytes())["files"] for folder in (tmp_path / "build", small_build)
    )
    assert {path: entry["sha256"] for path, entry in ours.items()} == {
        path: entry["sha256"] for path, entry in theirs.items()
    }
    assert run(installed[1], tmp_path, "verify").returncode == 0
