"""The command `kehoach`: parse the call, call one function, print, exit code (0 ok, 1 wrong data, 2 wrong call)."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from generator import program
from generator.cli import looking, making, reports, topics, versions
from generator.cli.help import VietnameseGroup, explain_usage
from generator.cli.printing import print_diagnostics
from generator.diagnostics import DataError, MakeError

# A request to end, and a terminal that is closed; Windows knows the first only
ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point: never a traceback for wrong data or a wrong call; always one for a bug."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not be set to UTF-8
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for number in ENDING:
        signal.signal(number, _stop)
    program.collect_rarely()
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
    except StoppedError as stopped:
        click.echo("Đã dừng. Bản đã xuất bản trước đây vẫn nguyên.", err=True)
        sys.exit(128 + stopped.number)
    except DataError as error:
        print_diagnostics(error.diagnostics)
        count = sum(d.severity == "error" for d in error.diagnostics)
        click.echo(
            f"{count} lỗi, {len(error.diagnostics) - count} cảnh báo. Bản đã xuất bản trước đây vẫn nguyên.", err=True
        )
        sys.exit(1)
    except MakeError as error:
        click.echo(f"kehoach: lỗi: {error}\nBản đã xuất bản trước đây vẫn nguyên.", err=True)
        sys.exit(1)
    except OSError as error:  # a full disk, a file that is open in Word: the machine's fault, not the program's
        from generator.publish.reasons import reason_of

        where = f" ({error.filename})" if error.filename else ""
        click.echo(f"kehoach: máy báo lỗi: {reason_of(error)}{where}", err=True)
        click.echo("Bản đã xuất bản trước đây vẫn nguyên. Kiểm tra ổ đĩa còn chỗ, đóng tệp đang mở.", err=True)
        sys.exit(1)
    sys.exit(0)


class StoppedError(BaseException):
    """The system, or whoever closed the window, asks this process to end."""

    def __init__(self, number: int) -> None:
        self.number = number


def _stop(number: int, frame: object) -> NoReturn:
    for asked in ENDING:
        signal.signal(asked, signal.SIG_IGN)
    raise StoppedError(number)


@click.group(cls=VietnameseGroup)
@click.version_option(package_name="kehoach", message="%(version)s", help="Hiện phiên bản.")
def kehoach() -> None:
    """Tạo văn bản kế hoạch, phiếu trách nhiệm và tài liệu tuyên truyền từ dữ liệu."""


for command in (*making.COMMANDS, *looking.COMMANDS, *topics.COMMANDS, *versions.COMMANDS, *reports.COMMANDS):
    kehoach.add_command(command)
