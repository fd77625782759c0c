"""Markdown pages → the theme's HTML: mkdocs' own steps, taken for the pages asked for instead of for all.

What mkdocs makes of a page depends on its Markdown, the settings and the main pages' titles, which the settings give:
so one page can be made alone, and is the same, byte for byte, as in a run of mkdocs over all (a test holds that). Runs
in a process of its own: `python -m generator.write.site.theme FOLDER`.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown import Markdown

from generator.diagnostics import MakeError

WHOLE = ("404.html",)  # what the theme makes of all pages together
_JOB = "job.json"
_BUILT_IN = ("toc", "tables", "fenced_code")  # what mkdocs adds to the extensions of its settings
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.S)
_EPOCH_1980 = 315532800  # the first moment that a zip can hold
_WATCH_SECONDS = 0.3
TIMEOUT = 600  # seconds; a thousand pages take ten


class ThemeError(MakeError):
    """mkdocs could not make the pages; the text says why."""


@dataclass(frozen=True)
class Theme:
    """The look of a site: mkdocs' settings file, the folder of overrides, what this site sets differently, its time."""

    config: Path
    overrides: Path
    settings: Mapping[str, object]
    epoch: int


def render_pages(
    theme: Theme, pages: Mapping[str, str], every: Collection[str], whole: Collection[str], work: Path
) -> dict[str, bytes]:
    """The HTML of pages, and the files named in `whole` (404.html), by path in the site.

    `pages` are Markdown by path (`ke-hoach/index.md`), `every` the paths of all pages of the site, made now or not;
    `work` is an empty folder. Raises ThemeError.
    """
    if not pages and not whole:
        return {}
    for path, markdown in pages.items():
        _write(work / "docs" / path, markdown.lstrip().encode())  # front matter opens a file or is none
    settings = {
        **theme.settings,
        "INHERIT": str(theme.config),
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "site"),
        "theme": {"custom_dir": str(theme.overrides)},
    }
    (work / "docs").mkdir(exist_ok=True)
    _write(work / "mkdocs.yml", yaml.safe_dump(settings).encode())
    job = {"pages": sorted(pages), "every": in_walking_order(every), "whole": bool(whole)}
    _write(work / _JOB, json.dumps(job).encode())
    environment = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(max(theme.epoch, _EPOCH_1980))}
    _run(work, environment)
    wanted = [*(html_path(path) for path in pages), *whole]
    return {path: (work / "site" / path).read_bytes() for path in wanted}


def article_of(page: str) -> str:
    """What a page holds between the theme's head and foot, as HTML; for checks, in a hundredth of the time."""
    body = _FRONT_MATTER.sub("", page.lstrip(), count=1)
    return str(Markdown(extensions=[*_BUILT_IN, "attr_list"]).convert(body))


def in_walking_order(paths: Collection[str]) -> list[str]:
    """Paths as mkdocs finds them: a folder's files, then its folders, each by name."""
    return sorted(paths, key=lambda path: (*((1, part) for part in path.split("/")[:-1]), (0, path.split("/")[-1])))


def html_path(page: str) -> str:
    """Where mkdocs puts a page: `a/index.md` → `a/index.html`."""
    return page.removesuffix(".md") + ".html"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _run(work: Path, environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", __name__, str(work)]
    whole = {**os.environ, **environment}
    try:
        run = subprocess.run(
            command, env=whole, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ThemeError(f"mkdocs không xong sau {TIMEOUT} giây") from error
    if run.returncode != 0:
        said = run.stderr.strip().splitlines()[-5:] or ["bị dừng giữa chừng; chạy lại"]
        raise ThemeError("\n".join(f"mkdocs báo lỗi: {line}" for line in said))


def _end_with_parent() -> None:
    """End this process when the build is gone, however it went."""
    parent = os.getppid()
    while os.getppid() == parent:  # on Windows it stays the same: there the process ends with its work, in seconds
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _main(work: Path) -> None:
    """The process: what mkdocs.commands.build.build does, without its plugins' events (there are no plugins)."""
    from mkdocs.commands import build
    from mkdocs.config import load_config
    from mkdocs.structure.files import File, Files, set_exclusions
    from mkdocs.structure.nav import get_navigation
    from mkdocs.structure.pages import Page

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    job = json.loads((work / _JOB).read_text(encoding="utf-8"))
    config = load_config(str(work / "mkdocs.yml"))
    files = Files([File(path, config.docs_dir, config.site_dir, config.use_directory_urls) for path in job["every"]])
    environment = config.theme.get_env()
    set_exclusions(files, config)
    navigation = get_navigation(files, config)
    listed = files.documentation_pages()
    made = []
    for file in listed:
        page = file.page or Page(None, file, config)
        if file.src_uri in job["pages"]:
            build._populate_page(page, config, files)
            made.append(page)
    if job["whole"]:
        for name in WHOLE:
            build._build_theme_template(name, environment, files, config, navigation)
    for page in made:
        build._build_page(page, config, listed, navigation, environment)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.chdir(sys.argv[1])
    _main(Path(sys.argv[1]))
