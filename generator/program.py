"""The program's own files: templates, the theme, faces and scripts. In a checkout they stand beside generator/; in an
installed package, inside it.
"""

from __future__ import annotations

import gc
import hashlib
import os
import platform
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_INSIDE = PACKAGE / "_files"
ROOT = _INSIDE if _INSIDE.is_dir() else PACKAGE.parent
TEMPLATES = ROOT / "site_templates"
PROFILES = TEMPLATES / "profiles"
PRINT = TEMPLATES / "print"
THEME = TEMPLATES / "theme"
ASSETS = TEMPLATES / "assets"
STYLES = TEMPLATES / "styles"
PARTS = TEMPLATES / "parts"
PREVIEW = TEMPLATES / "preview.js"
CONFIG = ROOT / "mkdocs.yml"
NODE = ROOT / "node_modules"
# Whose versions can change the bytes of an output
_TOOLS = (
    "icalendar", "jinja2", "markdown", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "openpyxl",
    "pygments", "pymdown-extensions", "pypandoc_binary", "segno", "typst",
)  # fmt: skip
_FACES = "@expo-google-fonts"


@cache
def collect_rarely() -> None:
    """Look for cycles seldom: the values of a build live to its end, and to walk them often costs a quarter of it."""
    gc.set_threshold(100_000, 50, 50)


def tool_versions() -> dict[str, str]:
    """The versions of everything whose version can change the bytes of an output, by name."""
    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in _TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "?"
    return found


def digest_files(files: Iterable[tuple[str, bytes]]) -> str:
    """One SHA-256 for files by name, whatever their order; hexadecimal."""
    whole = hashlib.sha256()
    for name, content in sorted(files):
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


@cache
def scene_parts() -> dict[str, str]:
    """The library of parts that scenes are composed of, SVG by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(PARTS.glob("*.svg"))}


@cache
def digest_code() -> str:
    """The digest of the program's own code."""
    return digest_files(_below(PACKAGE, (".py", ".lua"), skip=_INSIDE))


def digest_templates() -> str:
    """The digest of all templates, profiles, assets and the theme's settings."""
    return digest_files([*_below(TEMPLATES), ("mkdocs.yml", CONFIG.read_bytes())])


@cache
def digest_faces() -> str:
    """The digest of the faces that print embeds."""
    return digest_files(_below(NODE / _FACES, (".ttf",)))


def _below(folder: Path, endings: tuple[str, ...] = ("",), skip: Path | None = None) -> Iterator[tuple[str, bytes]]:
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and Path(above, name) != skip]
        for name in names:
            if name.endswith(endings) and not name.startswith("."):
                path = Path(above, name)
                yield path.relative_to(folder).as_posix(), path.read_bytes()
