"""The commands for those who write awareness topics: `kehoach new topic` and `kehoach approve`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.help import VietnameseCommand, VietnameseGroup
from generator.cli.options import CONTENT, DATA, Day, content_of
from generator.diagnostics import DataError, hint_nearest

if TYPE_CHECKING:
    from generator.model.topics import AuthoredTopic
    from generator.project import Project


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
@click.option("--on", type=Day(), required=True, metavar="NGÀY", help="Ngày duyệt, như 2026-12-31.")
@click.option("--asked", is_flag=True, help="Đã hỏi lại từng điều mà lệnh này liệt kê.")
def approve(data: Path, content: Path | None, identity: str, by: str, on: dt.date, asked: bool) -> None:
    """Ghi việc duyệt một chủ đề, kèm dấu kiểm những gì chủ đề dựa vào."""
    from generator.cli.authoring import AuthoringError, draw_up_approval
    from generator.cli.replacing import replace_file
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
    _check_call(project, by, on)
    _check_doubts(project, topics[identity], asked)
    seals = seal_topic(topics[identity], project.loaded.plan, project.found.awareness, project.drawings)
    path = folder / FOLDER / f"{identity}.md"
    try:
        approval = draw_up_approval(path, by.strip(), on, seals)
    except AuthoringError as error:
        _refuse(str(error))
    written = project.content_with(f"{FOLDER}/{identity}.md", approval)
    check_prints(Project.open(project.data, written, project.readers))  # as it will be read, before it is written
    replace_file(path, approval)
    click.echo(f"Đã ghi việc duyệt vào {path}: {by.strip()}, ngày {on:%d/%m/%Y}.")


def _check_doubts(project: Project, topic: AuthoredTopic, asked: bool) -> None:
    """End the command while something that is printed is open, or nobody says that each ground was asked about."""
    from generator.rules.topics import grounds_to_ask, open_questions

    if questions := list(open_questions(project.found, topic)):
        click.echo("Chưa duyệt được: còn điều in ra mà chưa ai xác nhận.", err=True)
        raise DataError(questions)
    if not asked:
        click.echo("Trước khi duyệt, hỏi lại từng điều sau:")
        for number, ground in enumerate(grounds_to_ask(project.loaded.plan, project.found.awareness, topic), 1):
            click.echo(f"  {number}. {ground}")
        _refuse("đã hỏi đủ thì chạy lại lệnh này, thêm --asked")


def _check_call(project: Project, by: str, on: dt.date) -> None:
    """End the command if nobody can have approved so."""
    from generator.make.glyphs import missing_letters

    if not by.strip() or not by.isprintable():
        _refuse("--by phải là tên cơ quan và người duyệt")
    if missing := missing_letters(by, project.profile):
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
        _refuse(f"--by: phông in không có chữ {named}; thay bằng chữ khác")
    if on > dt.date.today():
        _refuse(f"--on: ngày {on:%d/%m/%Y} chưa tới; ghi ngày đã duyệt")
    if on.year < project.plan.head.period.from_ - 1:  # a plan is written, and its topics with it, in the year before
        _refuse(f"--on: ngày {on.day:02}/{on.month:02}/{on.year} có trước Kế hoạch; ghi ngày đã duyệt")


def _refuse(message: str) -> NoReturn:
    click.echo(f"kehoach: {message}", err=True)
    sys.exit(2)


COMMANDS = (new, approve)
