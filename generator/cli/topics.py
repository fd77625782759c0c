"""The commands for those who write awareness topics: `kehoach new topic` and `kehoach approve`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from generator.cli.help import VietnameseCommand, VietnameseGroup
from generator.cli.options import CONTENT, DATA, content_of
from generator.diagnostics import hint_nearest


class _Day(click.ParamType[dt.date]):
    """A day as 2026-12-31 or 31/12/2026."""

    name = "ngày"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return dt.datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(f"'{value}' không phải ngày có thật (viết như 2026-12-31)", param, ctx)


@click.group(cls=VietnameseGroup)
def new() -> None:
    """Tạo tệp mới để viết."""


@new.command(cls=VietnameseCommand)
@DATA
@CONTENT
@click.argument("identity", metavar="MÃ_CHỦ_ĐỀ")
def topic(data: Path, content: Path | None, identity: str) -> None:
    """Tạo một chủ đề tuyên truyền mới, kèm hình vẽ tạm."""
    from generator.cli.authoring import AuthoringError, new_topic
    from generator.project import Project, Readers

    folder = content_of(data, content)
    project = Project.open(data, folder, Readers("internal"))
    try:
        made = new_topic(identity, project, folder)
    except AuthoringError as error:
        _refuse(str(error))
    for path in made:
        click.echo(f"Đã tạo {path}")
    click.echo("Mở tệp .md bằng Notepad để viết; xem trước bằng: kehoach serve")


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@click.argument("identity", metavar="MÃ_CHỦ_ĐỀ")
@click.option("--by", required=True, metavar="TÊN", help="Cơ quan và người duyệt, đúng như văn bản trả lời.")
@click.option("--on", type=_Day(), required=True, metavar="NGÀY", help="Ngày duyệt, như 2026-12-31.")
def approve(data: Path, content: Path | None, identity: str, by: str, on: dt.date) -> None:
    """Ghi việc duyệt một chủ đề, kèm dấu kiểm những gì chủ đề dựa vào."""
    from generator.cli.authoring import AuthoringError
    from generator.cli.authoring import approve as write_approval
    from generator.make.check import check_prints
    from generator.project import Project, Readers
    from generator.read.topics import FOLDER
    from generator.rules.seals import seal_topic

    folder = content_of(data, content)
    project = Project.open(data, folder, Readers("internal"))
    topics = {item.id: item for item in project.found.awareness.topics}
    if identity not in topics:
        hint = hint_nearest(identity, topics)
        _refuse(f"không có chủ đề '{identity}'" + (f"; {hint}" if hint else ""))
    if not by.strip() or not by.isprintable():
        _refuse("--by phải là tên cơ quan và người duyệt")
    check_prints(project)  # what does not fit its paper cannot be approved
    path = folder / FOLDER / f"{identity}.md"
    try:
        write_approval(path, by.strip(), on, seal_topic(topics[identity], project.plan, project.found.awareness))
    except AuthoringError as error:
        _refuse(str(error))
    click.echo(f"Đã ghi việc duyệt vào {path}: {by.strip()}, ngày {on:%d/%m/%Y}.")


def _refuse(message: str) -> None:
    click.echo(f"kehoach: {message}", err=True)
    sys.exit(2)


COMMANDS = (new, approve)
