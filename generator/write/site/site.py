"""Markdown pages and files → the public site, and the same site as a zip that works from file://.

mkdocs renders in a temporary folder; the search index is added; the gate of sitecheck passes; then `out` appears.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.read.yaml import read_yaml
from generator.write.site.gate import check_site
from generator.write.site.search import write_index
from generator.write.site.webpage import WebPage, fill_sizes, read_page, rewrite_links

MINISEARCH = "node_modules/minisearch/dist/umd/index.js"
TIMEOUT = 600  # seconds; a thousand pages take ten
_UNUSED = ("assets/javascripts", "assets/images")  # the theme's own script, search and mark
_CHECKED_TEXTS = (".css", ".js", ".svg")
_EPOCH_1980 = 315532800  # the first moment that a zip can hold
_SHOWN = 20


class SiteError(Exception):
    """The site cannot be made, or does not pass the gate. `messages` are Vietnamese, one a fault."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = tuple(messages)
        shown = "\n".join(self.messages[:_SHOWN])
        more = len(self.messages) - _SHOWN
        super().__init__(f"{shown}\n… và {more} lỗi nữa" if more > 0 else shown)


@dataclass(frozen=True)
class SitePage:
    """A page to be made: `path` below the docs folder (`ke-hoach/index.md`) and its Markdown."""

    path: str
    markdown: str


def write_site(pages: Sequence[SitePage], files: Mapping[str, bytes], config: Path, out: Path, epoch: int) -> None:
    """Make the site in `out`, which must not exist yet or be empty; `files` are copied as they are.

    `config` is mkdocs.yml; the theme, assets and node_modules stand beside it. Raises SiteError.
    """
    with site_in_making(pages, config, epoch) as finish:
        finish(files, out)


@contextlib.contextmanager
def site_in_making(
    pages: Sequence[SitePage], config: Path, epoch: int
) -> Iterator[Callable[[Mapping[str, bytes], Path], None]]:
    """Let mkdocs begin, in a process of its own, while the files that the site offers are still being made.

    Gives the call that takes these files and the folder, waits for mkdocs, and does the rest of `write_site`.
    """
    with tempfile.TemporaryDirectory(prefix="kehoach-") as name, ThreadPoolExecutor(max_workers=1) as beside:
        work = Path(name)
        prepare_site(pages, config, work)
        mkdocs = beside.submit(_run_mkdocs, work, epoch)

        def finish(files: Mapping[str, bytes], out: Path) -> None:
            _refuse_twins([*(page.path for page in pages), *files])
            mkdocs.result()
            _finish(work / "site", files, config)
            shutil.copytree(work / "site", out, dirs_exist_ok=True)

        yield finish


def prepare_site(pages: Sequence[SitePage], config: Path, work: Path) -> None:
    """Put into `work` what mkdocs builds from: docs/ and a mkdocs.yml of its own; the site goes to site/."""
    root = config.resolve().parent
    _write_docs(pages, root, work / "docs")
    _write_config(config, {page.path for page in pages}, root, work)


def write_page(work: Path, page: SitePage) -> None:
    """Put one page into a prepared folder."""
    write_bytes(work / "docs" / page.path, page.markdown.lstrip().encode())  # front matter opens a file or is none


def write_zip(site: Path) -> bytes:
    """A built site as a zip to unpack anywhere, links to folders made links to files. Same site, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _paths(site):
            if path in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
                continue
            content = (site / path).read_bytes()
            if path.endswith(".html"):
                content = rewrite_links(content.decode(), link_to_file).encode()
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def link_to_file(address: str) -> str:
    """A link to a folder of the site as a link to the page in it; any other address as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return address
    if parts.path.endswith("/") or parts.path.rsplit("/", 1)[-1] in (".", ".."):
        return parts._replace(path=f"{parts.path.rstrip('/')}/index.html").geturl()
    return address


def _finish(site: Path, files: Mapping[str, bytes], config: Path) -> None:
    """What mkdocs does not do: the files and their sizes, the search index, the gate."""
    _drop_unused(site)
    for path, content in files.items():
        write_bytes(site / path, content)
    built = {}
    for path in _paths(site, ".html"):
        html = fill_sizes((site / path).read_text(encoding="utf-8"), files)
        write_bytes(site / path, html.encode())
        built[path] = read_page(html)
    for path, content in write_index(built).items():
        write_bytes(site / path, content)
    faults = _check(site, built, config)
    if faults:
        raise SiteError(faults)


def _refuse_twins(paths: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for path in paths:
        twin = seen.setdefault(path.casefold(), path)
        if twin != path or path.startswith("/") or ".." in path.split("/"):
            raise SiteError([f"không tạo được trang '{path}': trùng '{twin}' hoặc ra khỏi site"])


def _write_docs(pages: Sequence[SitePage], root: Path, docs: Path) -> None:
    _refuse_twins([page.path for page in pages])
    for page in pages:
        write_page(docs.parent, page)
    assets = root / "site_templates" / "assets"
    for asset in sorted(assets.iterdir()):
        write_bytes(docs / "assets" / asset.name, asset.read_bytes())
    engine = root / MINISEARCH
    if not engine.is_file():
        raise SiteError([f"không có {MINISEARCH}: chạy 'npm ci' hoặc 'make build' trong thư mục dự án"])
    script = re.sub(r"//# sourceMappingURL=.*\n?", "", engine.read_text(encoding="utf-8"))
    write_bytes(docs / "assets" / "minisearch.js", script.encode())


def _write_config(config: Path, made: Collection[str], root: Path, work: Path) -> None:
    """mkdocs.yml for this run: the folders, and of the main pages those that are made."""
    settings = {
        "INHERIT": str(config.resolve()),
        "docs_dir": str(work / "docs"),
        "site_dir": str(work / "site"),
        "theme": {"custom_dir": str(root / "site_templates" / "theme")},
        "nav": [entry for entry in _settings(config).get("nav") or () if all(path in made for path in entry.values())],
    }
    write_bytes(work / "mkdocs.yml", yaml.safe_dump(settings).encode())


def _run_mkdocs(work: Path, epoch: int) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(max(epoch, _EPOCH_1980))}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(work / "mkdocs.yml")]
    try:
        run = subprocess.run(
            command, cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired as error:
        raise SiteError([f"mkdocs không xong sau {TIMEOUT} giây"]) from error
    if run.returncode != 0:
        said = run.stderr.strip().splitlines()[-5:] or ["bị dừng giữa chừng; chạy lại"]
        raise SiteError([f"mkdocs báo lỗi: {line}" for line in said])


def _drop_unused(site: Path) -> None:
    for folder in _UNUSED:
        shutil.rmtree(site / folder, ignore_errors=True)
    for source_map in site.rglob("*.map"):
        source_map.unlink()
    for sheet in site.rglob("*.min.css"):
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text), encoding="utf-8", newline="\n")


def _check(site: Path, built: Mapping[str, WebPage], config: Path) -> list[str]:
    settings = _settings(config)
    hosts = (settings.get("extra") or {}).get("link_hosts") or ()
    base = urlsplit(settings.get("site_url") or "").path or "/"
    others = {
        path: (site / path).read_text(encoding="utf-8") if path.endswith(_CHECKED_TEXTS) else None
        for path in _paths(site)
        if path not in built
    }
    return check_site(built, others, hosts, base)


def _settings(config: Path) -> dict[str, Any]:
    settings = read_yaml(config.name, config.read_bytes()).data
    if not isinstance(settings, dict):
        raise SiteError([f"{config.name}: phải là một bảng 'khóa: giá trị'"])
    return settings


def _paths(folder: Path, suffix: str = "") -> list[str]:
    files = (p.relative_to(folder).as_posix() for p in folder.rglob(f"*{suffix}") if p.is_file())
    return sorted(files)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
