"""The commands that make a build and look at one: `build`, `serve`, `explain`, `verify`."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.help import VietnameseCommand
from generator.cli.options import APPROVED_ONLY, AT, AUDIENCE, CONTENT, DATA, JSON, OUT, STRICT, TODAY, content_of
from generator.cli.printing import print_diagnostics, print_json, say_for_whom
from generator.make.artefact import PARTS

if TYPE_CHECKING:
    from generator.build import Options, Report

_SHOWN = 10
_PART_NAMES = {"documents": "Tài liệu và lịch", "open-data": "Dữ liệu mở", "site": "Trang web"}


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@OUT
@click.option(
    "--only",
    type=click.Choice(list(PARTS)),
    multiple=True,
    metavar="PHẦN",
    help="Chỉ tạo phần này (documents, open-data, site).",
)
@AUDIENCE
@APPROVED_ONLY
@AT
@TODAY
@click.option(
    "--for",
    "places",
    multiple=True,
    metavar="NƠI",
    help="Làm thêm tài liệu riêng của nơi này (mã trong local.yml; tat-ca: mọi nơi).",
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="SỐ", help="Số tiến trình (mặc định: số nhân máy trừ 1).")
@STRICT
@JSON
def build(
    data: Path,
    content: Path | None,
    out: Path,
    only: tuple[str, ...],
    audience: str,
    approved_only: bool,
    at: str | None,
    today: dt.date | None,
    places: tuple[str, ...],
    jobs: int | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Tạo trang web và mọi tài liệu; chỉ làm lại những gì đã đổi."""
    from generator.build import Options

    options = Options(
        data, content_of(data, content), out, only or PARTS, audience, strict, approved_only, at, today, places
    )
    report = _with_progress(replace(options, jobs=jobs) if jobs else options, quiet=as_json)
    if as_json:
        print_json({
            "out": str(report.out), "audience": audience, "files": report.total,
            "made": {path: list(why) for path, why in report.made.items()},
            "removed": list(report.removed), "changed": list(report.changed), "seconds": round(report.seconds, 2),
            "warnings": [d.as_json() for d in report.warnings], "kept_aside": list(map(str, report.kept_aside)),
        })  # fmt: skip
        return
    print_diagnostics(report.warnings)
    say_for_whom(audience)
    _print_report(report)


def _with_progress(options: Options, *, quiet: bool) -> Report:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from generator.build import build as run

    bar = Progress(
        TextColumn("{task.description:<40}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(), console=Console(stderr=True), transient=True, disable=quiet,
    )  # fmt: skip
    with bar:
        task = bar.add_task("Đọc và kiểm tra dữ liệu", total=1)
        return run(
            options, lambda what, done, total: bar.update(task, description=f"Tạo {what}", completed=done, total=total)
        )


def _print_report(report: Report) -> None:
    seconds = f"{report.seconds:.1f}".replace(".", ",")
    if not report.made and not report.removed:
        click.echo(f"Không có gì đổi: cả {report.total} tệp trong {report.out} vẫn đúng ({seconds} giây).")
    else:
        click.echo(f"Đã tạo {len(report.made)} trong {report.total} tệp trong {seconds} giây, ở thư mục {report.out}:")
        parts = Counter("site" if path == "site.zip" else path.partition("/")[0] for path in report.made)
        for part, number in sorted(parts.items()):
            click.echo(f"  {_PART_NAMES[part]}: {number}")
        if report.changed:
            _print_some("Điều đã đổi", list(report.changed))
        elif 0 < len(report.made) < report.total:
            counted = Counter(reasons[0] for reasons in report.made.values())
            _print_some("Vì sao", [f"{reason} ({number} tệp)" for reason, number in counted.items()])
    if report.removed:
        _print_some("Đã bỏ, vì không còn trong dữ liệu", list(report.removed))
    if report.kept_aside:
        _print_some("Tệp trong bản trước đã bị sửa hay thêm bằng tay, giữ riêng", list(map(str, report.kept_aside)))
    stale = sorted({Path(d.span.file).stem for d in report.warnings if d.code == "stale-topic"})
    if stale:
        click.echo(f"  Chủ đề cần xem lại: {', '.join(stale)}")
    if report.warnings:
        click.echo(f"  {len(report.warnings)} cảnh báo (xem ở trên)")


def _print_some(title: str, items: list[str]) -> None:
    click.echo(f"  {title} ({len(items)}):")
    for item in items[:_SHOWN]:
        click.echo(f"    {item}")
    if len(items) > _SHOWN:
        click.echo(f"    … và {len(items) - _SHOWN} nữa")


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@OUT
@AUDIENCE
@click.option("--port", type=click.IntRange(0, 65535), default=8000, metavar="SỐ", help="Cổng (mặc định: 8000).")
def serve(data: Path, content: Path | None, out: Path, audience: str, port: int) -> None:
    """Xem trước trang web; trang tự mới mỗi khi lưu tệp."""
    from generator.build import Options
    from generator.cli.serve import serve_preview

    say_for_whom(audience)
    options = Options(data, content_of(data, content), out, audience=audience)
    try:
        serve_preview(options, port, lambda text: click.echo(text, err=True))
    except KeyboardInterrupt:
        click.echo("Đã dừng.", err=True)


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@OUT
@AUDIENCE
@APPROVED_ONLY
@TODAY
@click.argument("path", metavar="TỆP")
@JSON
def explain(
    data: Path,
    content: Path | None,
    out: Path,
    audience: str,
    approved_only: bool,
    today: dt.date | None,
    path: str,
    as_json: bool,
) -> None:
    """Nói một tệp được làm từ đâu, còn đúng hay phải làm lại, vì sao. Mã thoát 0: còn đúng; 1: phải làm lại."""
    from generator.cli.explaining import explain_artefact, explanation_lines
    from generator.diagnostics import hint_nearest
    from generator.make.topics import places_in
    from generator.project import Project, Readers
    from generator.publish.manifest import read_manifest

    project = Project.open(data, content_of(data, content), Readers(audience, approved_only, today))
    built = read_manifest(out)
    project = project.for_places((), places_in(built.files if built else ()))
    explained, known = explain_artefact(project, out, path)
    if explained is None:
        hint = hint_nearest(path, known)
        click.echo(f"kehoach: không có tệp '{path}' trong bản tạo ra" + (f"; {hint}" if hint else ""), err=True)
        sys.exit(2)
    if as_json:
        print_json(explained)
    else:
        click.echo("\n".join(explanation_lines(explained)))
    sys.exit(1 if explained["reasons"] else 0)


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="[THƯ_MỤC]", type=click.Path(path_type=Path), default=Path("build"))
@JSON
def verify(folder: Path, as_json: bool) -> None:
    """So một bản đã tạo (hay bản chép sang máy khác) với manifest.json của nó: tệp bị sửa, thêm, mất."""
    from generator.publish.manifest import compare_folder, read_manifest

    manifest = read_manifest(folder)
    if manifest is None:
        click.echo(f"kehoach: '{folder}' không có manifest.json đọc được: không phải bản do lệnh này tạo", err=True)
        sys.exit(2)
    found = compare_folder(folder, manifest)
    if as_json:
        print_json({"ok": not found.any, "altered": found.altered, "added": found.added, "lost": found.lost})
    elif not found.any:
        click.echo(f"Nguyên vẹn: cả {len(manifest.files)} tệp trong {folder} đúng như khi tạo.")
    else:
        for title, paths in (("Bị sửa", found.altered), ("Thêm vào", found.added), ("Bị mất", found.lost)):
            for path in paths:
                click.echo(f"{title}: {path}")
        click.echo(f"{len(found.altered)} tệp bị sửa, {len(found.added)} thêm vào, {len(found.lost)} bị mất.")
    sys.exit(1 if found.any else 0)


COMMANDS = (build, serve, explain, verify)
