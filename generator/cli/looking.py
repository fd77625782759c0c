"""The commands that look at a project and write nothing: `check`, `text`, `sheet`, `coverage`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from generator.cli.help import VietnameseCommand
from generator.cli.options import AUDIENCE, CONTENT, DATA, JSON, STRICT, TODAY, content_of
from generator.cli.printing import print_diagnostics, print_json, say_for_whom
from generator.diagnostics import DataError, hint_nearest


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@STRICT
@JSON
def check(data: Path, content: Path | None, strict: bool, as_json: bool) -> None:
    """Kiểm tra dữ liệu và bài viết, không tạo gì."""
    from generator.make.check import check_project

    try:
        findings = check_project(data, content_of(data, content), strict=strict)
    except DataError as error:
        if not as_json:
            raise
        print_json({"ok": False, "findings": [d.as_json() for d in error.diagnostics]})
        sys.exit(1)
    if as_json:
        print_json({"ok": True, "findings": [d.as_json() for d in findings]})
        return
    print_diagnostics(findings)
    click.echo(f"Dữ liệu hợp lệ: 0 lỗi, {len(findings)} cảnh báo.")


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@AUDIENCE
@click.option("--as-issued", is_flag=True, help="Đúng như bản đã phát hành, giữ cả lỗi in.")
def text(data: Path, content: Path | None, audience: str, as_issued: bool) -> None:
    """In toàn văn kế hoạch (mặc định: đã đọc lại các lỗi in)."""
    from generator.project import Project, Readers
    from generator.views.plaintext import plan_text

    plan = Project.open(data, content_of(data, content), Readers(audience)).plan
    say_for_whom(audience)
    click.echo(plan_text(plan, as_issued=as_issued), nl=False)


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@AUDIENCE
@click.argument("agency", metavar="MÃ_CƠ_QUAN")
@TODAY
@JSON
def sheet(data: Path, content: Path | None, audience: str, agency: str, today: dt.date | None, as_json: bool) -> None:
    """In phiếu trách nhiệm của một cơ quan, hay của một nhóm mà văn bản không liệt kê gồm những ai."""
    from generator.project import Project, Readers
    from generator.views.listing import sheet_json, sheet_lines
    from generator.views.sheet import view_sheet

    plan = Project.open(data, content_of(data, content), Readers(audience, today=today)).plan
    say_for_whom(audience)
    known = {*plan.agency, *plan.sheet_groups}
    if agency not in known:
        hint = hint_nearest(agency, sorted(known))
        click.echo(f"kehoach: không có cơ quan '{agency}'" + (f"; {hint}" if hint else ""), err=True)
        sys.exit(2)
    view = view_sheet(plan, agency)
    if as_json:
        print_json(sheet_json(view))
        return
    click.echo("\n".join(sheet_lines(view)))


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@AUDIENCE
@JSON
def coverage(data: Path, content: Path | None, audience: str, as_json: bool) -> None:
    """Rà soát phân công: việc chưa ai làm, chưa rõ hạn, chưa khớp nhau."""
    from generator.project import Project, Readers
    from generator.views.coverage import view_coverage
    from generator.views.listing import coverage_json, coverage_lines

    view = view_coverage(Project.open(data, content_of(data, content), Readers(audience)).plan)
    say_for_whom(audience)
    if as_json:
        print_json(coverage_json(view))
        return
    click.echo("\n".join(coverage_lines(view)))


COMMANDS = (check, text, sheet, coverage)
