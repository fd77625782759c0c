"""The command of agencies' reports: `collect`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.help import VietnameseCommand
from generator.cli.options import CONTENT, DATA, JSON, content_of
from generator.cli.printing import print_json


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@DATA
@CONTENT
@click.option("--period", metavar="KỲ", help="Chỉ nhận báo cáo của kỳ này, như 2018-Q3; không ghi thì theo từng mẫu.")
@click.option("--replace", is_flag=True, help="Thay báo cáo đã thu bằng bản mới gửi.")
@JSON
def collect(folder: Path, data: Path, content: Path | None, period: str | None, replace: bool, as_json: bool) -> None:
    """Thu các mẫu báo cáo đã điền trong một thư mục vào data/reports."""
    from generator.cli.collecting import read_folder, write_records
    from generator.project import Project, Readers
    from generator.views.returned import collect_forms
    from generator.words.periods import read_period

    if not folder.is_dir():
        click.echo(f"kehoach: không có thư mục '{folder}'", err=True)
        sys.exit(2)
    try:
        wanted = read_period(period) if period else None
    except ValueError:
        message = f"'{period}' không phải một kỳ báo cáo: viết như 2018-Q3, 2018-H1, 2018-07 hay 2018"
        click.echo(f"kehoach: {message}", err=True)
        sys.exit(2)
    project = Project.open(data, content_of(data, content), Readers("internal"))
    found = collect_forms(project.plan, project.reports, read_folder(folder), wanted, replace=replace)
    written = write_records(data, found.new)
    if as_json:
        print_json(
            {
                "ok": found.is_whole,
                "new": [path.as_posix() for path in written],
                "known": [f"{report.period}/{report.form}" for report in found.known],
                "findings": [vars(finding) for finding in found.findings],
            }
        )
    else:
        _say("Không thu được", [str(f) for f in found.findings if f.refused])
        _say("Cần xem lại", [str(f) for f in found.findings if not f.refused and f.code != "missing"])
        _say("Còn thiếu", [str(f) for f in found.findings if f.code == "missing"])
        known = f", {len(found.known)} báo cáo đã có từ trước" if found.known else ""
        click.echo(f"Đã thu {len(written)} báo cáo vào {(data / 'reports').as_posix()}{known}.")
    sys.exit(0 if found.is_whole else 1)


def _say(heading: str, lines: list[str]) -> None:
    if lines:
        click.echo("\n".join([f"{heading} ({len(lines)}):", *(f"  {line}" for line in lines), ""]))


COMMANDS = (collect,)
