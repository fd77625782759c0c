"""The command `kehoach`: parse the call, call one function, print, exit code (0 ok, 1 wrong data, 2 wrong call)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from generator import build as building
from generator.cli.help import VietnameseGroup, explain_usage
from generator.cli.options import AUDIENCE, CONTENT, DATA, JSON, OUT, STRICT, content_of
from generator.cli.serve import serve_preview
from generator.cli.topics import approve, new
from generator.diagnostics import DataError, Diagnostic, format_diagnostic, hint_nearest
from generator.model.plan import Plan
from generator.publish.transaction import PublishError, reason_of
from generator.views.coverage import view_coverage
from generator.views.labels import INTERNAL_MARK
from generator.views.listing import coverage_json, coverage_lines, sheet_json, sheet_lines
from generator.views.plaintext import plan_text
from generator.views.sheet import view_sheet
from generator.write.docx.docx import PandocError
from generator.write.site.site import SiteError
from generator.write.typst.layout import LayoutError
from generator.write.typst.pdf import PdfError


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point: never a traceback for wrong data or a wrong call; always one for a bug."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not be set to UTF-8
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        kehoach.main(arguments, prog_name="kehoach", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.UsageError as error:
        click.echo(f"kehoach: {explain_usage(error)}\nXem: kehoach --help", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("Đã dừng.", err=True)
        sys.exit(130)
    except DataError as error:
        _print_diagnostics(error.diagnostics)
        count = sum(d.severity == "error" for d in error.diagnostics)
        click.echo(
            f"{count} lỗi, {len(error.diagnostics) - count} cảnh báo. Bản đã xuất bản trước đây vẫn nguyên.", err=True
        )
        sys.exit(1)
    except (PublishError, PandocError, PdfError, LayoutError, SiteError) as error:
        click.echo(f"kehoach: lỗi: {error}\nBản đã xuất bản trước đây vẫn nguyên.", err=True)
        sys.exit(1)
    except OSError as error:  # a full disk, a file that is open in Word: the machine's fault, not the program's
        where = f" ({error.filename})" if error.filename else ""
        click.echo(f"kehoach: máy báo lỗi: {reason_of(error)}{where}", err=True)
        click.echo("Bản đã xuất bản trước đây vẫn nguyên. Kiểm tra ổ đĩa còn chỗ, đóng tệp đang mở.", err=True)
        sys.exit(1)
    sys.exit(0)


@click.group(cls=VietnameseGroup)
@click.version_option(package_name="kehoach", message="%(version)s", help="Hiện phiên bản.")
def kehoach() -> None:
    """Tạo văn bản kế hoạch, phiếu trách nhiệm và tài liệu tuyên truyền từ dữ liệu."""


@kehoach.command()
@DATA
@CONTENT
@OUT
@click.option(
    "--only",
    type=click.Choice(list(building.PARTS)),
    multiple=True,
    metavar="PHẦN",
    help="Chỉ tạo phần này (documents, open-data, site).",
)
@AUDIENCE
@click.option("--approved-only", is_flag=True, help="Chỉ đưa ra chủ đề tuyên truyền đã duyệt.")
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
    jobs: int | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Tạo trang web và mọi tài liệu."""
    parts = only or tuple(building.PARTS)
    options = building.Options(data, content_of(data, content), out, parts, audience, strict, approved_only)
    options = replace(options, jobs=jobs) if jobs else options
    bar = Progress(
        TextColumn("{task.description:<40}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(), console=Console(stderr=True), transient=True, disable=as_json,
    )  # fmt: skip
    with bar:
        task = bar.add_task("Đọc và kiểm tra dữ liệu", total=1)
        report = building.build(
            options, lambda what, done, total: bar.update(task, description=f"Tạo {what}", completed=done, total=total)
        )
    if as_json:
        _print_json({
            "out": str(report.out), "audience": audience, "made": report.made, "seconds": round(report.seconds, 2),
            "warnings": [d.as_json() for d in report.warnings], "kept_aside": list(map(str, report.kept_aside)),
        })  # fmt: skip
        return
    _print_diagnostics(report.warnings)
    mark = f" ({INTERNAL_MARK})" if audience == "internal" else ""
    click.echo(f"Đã tạo trong {report.seconds:.1f} giây, ở thư mục {report.out}{mark}:")
    for part, files in report.made.items():
        click.echo(f"  {_PART_NAMES[part]}: {len(files)} ({report.out / part})")
    if report.kept_aside:
        click.echo(f"  Tệp trong bản trước đã bị sửa hay thêm bằng tay, giữ riêng ({len(report.kept_aside)}):")
        for path in report.kept_aside[:_SHOWN_ASIDE]:
            click.echo(f"    {path}")
    stale = sorted({Path(d.span.file).stem for d in report.warnings if d.code == "stale-topic"})
    if stale:
        click.echo(f"  Chủ đề cần xem lại: {', '.join(stale)}")
    if report.warnings:
        click.echo(f"  {len(report.warnings)} cảnh báo (xem ở trên)")


@kehoach.command()
@DATA
@CONTENT
@OUT
@AUDIENCE
@click.option("--port", type=click.IntRange(0, 65535), default=8000, metavar="SỐ", help="Cổng (mặc định: 8000).")
def serve(data: Path, content: Path | None, out: Path, audience: str, port: int) -> None:
    """Xem trước trang web; trang tự mới mỗi khi lưu tệp."""
    options = building.Options(data, content_of(data, content), out, audience=audience)
    _say_for_whom(audience)
    try:
        serve_preview(options, port, lambda text: click.echo(text, err=True))
    except KeyboardInterrupt:
        click.echo("Đã dừng.", err=True)
    except OSError as error:
        click.echo(f"kehoach: không mở được cổng {port}: {reason_of(error)}; thử --port khác", err=True)
        sys.exit(1)


@kehoach.command()
@DATA
@CONTENT
@STRICT
@JSON
def check(data: Path, content: Path | None, strict: bool, as_json: bool) -> None:
    """Kiểm tra dữ liệu và bài viết, không tạo gì."""
    options = building.Options(data, content_of(data, content), audience="internal", strict=strict)
    try:
        sources = building.read_sources(options)
        building.make_materials(sources)
        findings = sources.warnings
    except DataError as error:
        if not as_json:
            raise
        _print_json({"ok": False, "findings": [d.as_json() for d in error.diagnostics]})
        sys.exit(1)
    if as_json:
        _print_json({"ok": True, "findings": [d.as_json() for d in findings]})
        return
    _print_diagnostics(findings)
    click.echo(f"Dữ liệu hợp lệ: 0 lỗi, {len(findings)} cảnh báo.")


@kehoach.command()
@DATA
@AUDIENCE
@click.option("--as-issued", is_flag=True, help="Đúng như bản đã phát hành, giữ cả lỗi in.")
def text(data: Path, audience: str, as_issued: bool) -> None:
    """In toàn văn kế hoạch (mặc định: đã đọc lại các lỗi in)."""
    click.echo(plan_text(_plan_for(audience, data), as_issued=as_issued), nl=False)


@kehoach.command()
@DATA
@AUDIENCE
@click.argument("agency", metavar="MÃ_CƠ_QUAN")
@JSON
def sheet(data: Path, audience: str, agency: str, as_json: bool) -> None:
    """In phiếu trách nhiệm của một cơ quan."""
    plan = _plan_for(audience, data)
    if agency not in plan.agency:
        hint = hint_nearest(agency, plan.agency)
        click.echo(f"kehoach: không có cơ quan '{agency}'" + (f"; {hint}" if hint else ""), err=True)
        sys.exit(2)
    view = view_sheet(plan, agency)
    if as_json:
        _print_json(sheet_json(view))
        return
    click.echo("\n".join(sheet_lines(view)))


@kehoach.command()
@DATA
@AUDIENCE
@JSON
def coverage(data: Path, audience: str, as_json: bool) -> None:
    """Rà soát phân công: việc chưa ai làm, chưa rõ hạn, chưa khớp nhau."""
    view = view_coverage(_plan_for(audience, data))
    if as_json:
        _print_json(coverage_json(view))
        return
    click.echo("\n".join(coverage_lines(view)))


kehoach.add_command(new)
kehoach.add_command(approve)
_SHOWN_ASIDE = 10
_PART_NAMES = {"documents": "Tài liệu và lịch", "open-data": "Dữ liệu mở", "site": "Trang web"}


def _plan_for(audience: str, data: Path) -> Plan:
    """The plan of a data folder as these readers may know it; for whom it is, is said where it is not for all."""
    loaded, _ = building.load_checked(data)
    _say_for_whom(audience)
    return building.shown_plan(loaded.plan, audience)


def _say_for_whom(audience: str) -> None:
    if audience == "internal":
        click.echo(f"{INTERNAL_MARK}.", err=True)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        click.echo(format_diagnostic(diagnostic), err=True)
