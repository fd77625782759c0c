"""load → check → view → render → write → publish: the whole of `kehoach build`.

Comes in: the folders and what to make. Goes out: a published folder and a report; the last build stays when it fails.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from generator.audience import public_plan
from generator.check import check_plan
from generator.content import Authored, read_authored
from generator.dataset import write_calendars, write_open_data
from generator.diagnostics import DataError, Diagnostic, has_errors
from generator.downloads import DOCUMENTS, OPEN_DATA, list_downloads
from generator.load import Loaded, load_plan
from generator.pages import list_pages, render_page
from generator.plan import Plan
from generator.printing import Progress, print_documents
from generator.profile import read_profile
from generator.publish import staged_output, write_file
from generator.render import Renderer
from generator.tree import DiskTree
from generator.writers.site import SitePage, write_site, write_zip

ROOT = Path(__file__).resolve().parent.parent
# What each part owns below the output
PARTS = {"documents": ("documents",), "open-data": ("open-data",), "site": ("site", "site.zip")}


@dataclass(frozen=True)
class Options:
    """What to build, from where, to where."""

    data: Path = Path("data")
    content: Path = Path("content")
    out: Path = Path("build")
    only: tuple[str, ...] = tuple(PARTS)
    audience: str = "public"
    strict: bool = False


@dataclass
class Report:
    """What a build made: paths below `out` by kind, findings that are no errors, seconds."""

    out: Path
    made: dict[str, list[str]] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)
    seconds: float = 0.0


def build(options: Options, progress: Progress = lambda what, done, total: None) -> Report:
    """Make everything and publish it. Raises DataError, PublishError, PandocError, PdfError or SiteError."""
    start = time.monotonic()
    loaded, warnings = load_checked(options.data, strict=options.strict)
    report = Report(options.out, warnings=warnings)
    plan = shown_plan(loaded.plan, options.audience)
    authored = read_content(options.content)
    renderer = Renderer(ROOT / "site_templates")
    profile = read_profile(ROOT / "site_templates" / "profiles" / f"{plan.head.profile}.yml")
    with staged_output(options.out) as staging:
        for part, names in PARTS.items():
            for name in names if part not in options.only else ():
                _keep(options.out / name, staging / name)
        if "documents" in options.only:
            report.made["documents"] = print_documents(
                plan, profile, renderer, staging / "documents", edition_time(plan), progress
            )
            report.made["documents"] += write_calendars(plan, staging / "documents")
        if "open-data" in options.only:
            report.made["open-data"] = write_open_data(plan, staging / "open-data", edition_time(plan))
        if "site" in options.only:
            progress("trang web", 0, 1)
            report.made["site"] = _write_site(plan, renderer, authored, staging)
            progress("trang web", 1, 1)
        write_file(staging / "manifest.json", _manifest(staging, options, plan))
    report.seconds = time.monotonic() - start
    return report


def load_checked(data: Path, *, strict: bool = False) -> tuple[Loaded, list[Diagnostic]]:
    """Load and check a data folder; gives the warnings. Raises DataError with errors and warnings."""
    loaded = load_plan(DiskTree(data))
    findings = check_plan(loaded)
    if has_errors(findings) or (strict and findings):
        raise DataError(findings)
    return loaded, sorted(findings, key=lambda d: d.span)


def read_content(content: Path) -> dict[str, Authored]:
    """The authored files by path below `content`. Raises DataError with every fault of every file."""
    tree = DiskTree(content)
    errors: list[Diagnostic] = []
    files: dict[str, Authored] = {}
    for name in tree.names() if content.is_dir() else ():
        if name.endswith(".md"):
            try:
                files[name] = read_authored(tree.label(name), tree.read(name))
            except DataError as error:
                errors += error.diagnostics
    if errors:
        raise DataError(errors)
    return files


def shown_plan(plan: Plan, audience: str) -> Plan:
    """The plan as this audience may know it."""
    return plan if audience == "internal" else public_plan(plan)


def edition_time(plan: Plan) -> datetime:
    """The moment that all outputs carry, so that two builds of the same data are the same bytes."""
    return datetime.combine(plan.head.edition, datetime.min.time(), UTC)


def view_pages(
    plan: Plan, renderer: Renderer, authored: dict[str, Authored], made: Path
) -> tuple[list[SitePage], dict[str, bytes]]:
    """The site's pages as Markdown, and the files below `made` that they offer, by path in the site."""
    folders = {DOCUMENTS: made / "documents", OPEN_DATA: made / "open-data"}
    files = {f"{name}/{path}": data for name, folder in folders.items() for path, data in _files_below(folder).items()}
    downloads = list_downloads(plan, *folders.values())
    pages = [SitePage(page.path, render_page(page, renderer, plan, downloads)) for page in list_pages(plan, authored)]
    return pages, files


def _write_site(plan: Plan, renderer: Renderer, authored: dict[str, Authored], staging: Path) -> list[str]:
    pages, files = view_pages(plan, renderer, authored, staging)
    write_site(pages, files, ROOT / "mkdocs.yml", staging / "site", int(edition_time(plan).timestamp()))
    write_file(staging / "site.zip", write_zip(staging / "site"))
    return [page.path for page in pages]


def _files_below(folder: Path) -> dict[str, bytes]:
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else []
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def _keep(old: Path, new: Path) -> None:
    if old.is_dir():
        shutil.copytree(old, new)
    elif old.is_file():
        shutil.copy2(old, new)


def _manifest(staging: Path, options: Options, plan: Plan) -> bytes:
    """Every file with its SHA-256, and what the build was made from: data and content by digest, versions of tools."""
    made = {path: hashlib.sha256(content).hexdigest() for path, content in _files_below(staging).items()}
    sources = {}
    for name, folder in (("data", options.data), ("content", options.content)):
        for path, content in _files_below(folder).items():
            sources[f"{name}/{path}"] = hashlib.sha256(content).hexdigest()
    tools = {name: version(name) for name in ("jinja2", "mkdocs", "mkdocs-material", "pypandoc_binary", "typst")}
    manifest = {
        "plan": plan.head.id,
        "edition": plan.head.edition.isoformat(),
        "audience": options.audience,
        "tools": tools,
        "sources": sources,
        "files": made,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
