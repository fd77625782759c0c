"""A wheel holds the program whole: besides generator/ its templates, the theme's settings, faces and scripts."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
FILES = (
    "mkdocs.yml",
    "site_templates",
    "node_modules/@expo-google-fonts",
)


class BuildWhole(build_py):
    """Puts the program's own files where generator/program.py looks for them in an installed package."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        inside = Path(self.build_lib) / "generator" / "_files"
        for name in FILES:
            source, place = ROOT / name, inside / name
            if not source.exists():
                raise SystemExit(f"{name} is missing: run `make setup` before a wheel is made")
            place.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, place, dirs_exist_ok=True)
            else:
                shutil.copyfile(source, place)


setup(cmdclass={"build_py": BuildWhole})
