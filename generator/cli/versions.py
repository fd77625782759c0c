"""The commands of a plan's versions: `format`, `revise`, `diff`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.help import VietnameseCommand
from generator.cli.options import AUDIENCE, CONTENT, DATA, JSON, Day, content_of
from generator.cli.printing import print_json, say_for_whom


@click.command(name="format", cls=VietnameseCommand)
@DATA
def format_(data: Path) -> None:
    """Đặt mã cho câu, đoạn, nơi nhận chưa có mã; không đổi gì khác."""
    from generator.cli.revising import write_ids
    from generator.read.tree import DiskTree, Snapshot
    from generator.read.versions import read_history

    tree = Snapshot.of(DiskTree(data))
    _, given = write_ids(data, tree, read_history(tree))
    click.echo(f"Đã đặt mã trong {', '.join(given)}." if given else "Mọi thứ đã có mã: không có gì phải đổi.")


@click.command(cls=VietnameseCommand)
@DATA
@CONTENT
@click.argument("identity", required=False, metavar="[MÃ_PHIÊN_BẢN]")
@click.option("--summary", metavar="CÂU", help="Tóm tắt: sửa gì, vì sao.")
@click.option("--number", metavar="SỐ", help="Số, ký hiệu của văn bản ban hành; không ghi là chưa biết.")
@click.option("--date", type=Day(), metavar="NGÀY", help="Ngày ban hành, như 2026-12-31.")
@click.option("--decision", metavar="TÊN", help="Văn bản ban hành, như 'Quyết định số 12/QĐ-UBND'.")
@click.option("--effective", type=Day(), metavar="NGÀY", help="Ngày có hiệu lực.")
def revise(
    data: Path,
    content: Path | None,
    identity: str | None,
    summary: str | None,
    number: str | None,
    date: dt.date | None,
    decision: str | None,
    effective: dt.date | None,
) -> None:
    """Chốt dữ liệu hiện nay thành một phiên bản, có niêm phong.

    Phiên bản là gì ghi ở data/revision.yml, hoặc ở các tùy chọn của lệnh này.
    """
    from generator.cli.revising import freeze, record_of
    from generator.make.check import check_project
    from generator.project import Project, Readers
    from generator.read.tree import Changed
    from generator.read.versions import RECORD, read_history

    folder = content_of(data, content)
    project = Project.open(data, folder, Readers("internal"))
    draft = project.history.draft
    options = {"summary": summary, "number": number, "date": date, "decision": decision, "effective": effective}
    if draft is not None and (identity not in (None, draft.id) or any(options.values())):
        _refuse(f"phiên bản đang soạn đã ghi ở {(data / RECORD).as_posix()}: chỉ gõ kehoach revise")
    if draft is None:
        if identity is None or not summary:
            _refuse("phải có mã phiên bản và --summary, hoặc tệp revision.yml trong thư mục dữ liệu")
        said = Changed(project.data, RECORD, record_of({"id": identity, **options}))
        draft = read_history(said).draft  # as it will be read, before it is written
        assert draft is not None
    check_project(project.data, project.content)
    frozen = freeze(data, project, draft)
    if frozen.given:
        click.echo(f"Đã đặt mã còn thiếu trong {', '.join(frozen.given)}.")
    click.echo(f"Đã chốt phiên bản '{draft.id}': {frozen.files} tệp, niêm phong ở {data / 'revisions' / draft.id}.")


@click.command(cls=VietnameseCommand)
@DATA
@AUDIENCE
@click.argument("old", metavar="BẢN_CŨ")
@click.argument("new", metavar="[BẢN_MỚI]", default=".")
@JSON
def diff(data: Path, audience: str, old: str, new: str, as_json: bool) -> None:
    """So hai phiên bản: điều gì đổi, với cơ quan nào.

    Mỗi bản là mã một phiên bản đã chốt, một phiên bản trong git, hoặc dấu chấm: dữ liệu hiện nay (mặc định).
    """
    from generator.model.compare import compare_plans
    from generator.project import Readers, plan_at
    from generator.read.tree import DiskTree, Snapshot
    from generator.views.changes import change_lines

    tree = Snapshot.of(DiskTree(data))
    before, after = (plan_at(tree, data, name, Readers(audience)) for name in (old, new))
    changes = compare_plans(before, after)
    if as_json:
        print_json({"old": old, "new": new, "changes": [change.as_json() for change in changes]})
        return
    say_for_whom(audience)
    for line in change_lines(changes, before, after):
        click.echo(line)


def _refuse(message: str) -> NoReturn:
    click.echo(f"kehoach: {message}", err=True)
    sys.exit(2)


COMMANDS = (format_, revise, diff)
