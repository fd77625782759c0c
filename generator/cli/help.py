"""Click in Vietnamese: help pages and messages of wrong calls."""

from __future__ import annotations

import click


class _Vietnamese:
    """Formats a command's help with Vietnamese words."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Hiện phần trợ giúp này."
        return option  # type: ignore[no-any-return]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        words = {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND": "LỆNH", "[ARGS]...": "[THAM SỐ]..."}
        text = " ".join(pieces)
        for english, vietnamese in words.items():
            text = text.replace(english, vietnamese)
        formatter.write_usage(ctx.command_path, text, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for p in self.get_params(ctx) if (row := p.get_help_record(ctx)) is not None]  # type: ignore[attr-defined]
        rows = [(name, text.replace("[required]", "(bắt buộc)")) for name, text in rows]
        if rows:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(rows)


class VietnameseCommand(_Vietnamese, click.Command):
    """A command with Vietnamese help."""


class UnknownCommandError(click.UsageError):
    """There is no command of this name."""


class VietnameseGroup(_Vietnamese, click.Group):
    """A group of commands with Vietnamese help, in the order they are defined."""

    command_class = VietnameseCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order they are defined."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called. Raises UnknownCommandError."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise UnknownCommandError(args[0], ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, c.get_short_help_str(90)) for name, c in self.commands.items()])


def explain_usage(error: click.UsageError) -> str:
    """What is wrong with a call, in Vietnamese."""
    match error:
        case click.NoSuchOption():
            return f"không có tùy chọn '{error.option_name}'"
        case click.MissingParameter():
            return f"thiếu tham số {_name(error.param)}"
        case click.BadParameter():
            return f"giá trị không hợp lệ cho {_name(error.param)}: {_choices(error.param)}"
        case UnknownCommandError():
            return f"không có lệnh '{error.message}'"
    return "gọi lệnh chưa đúng: thừa hoặc thiếu tham số"


def _name(param: click.Parameter | None) -> str:
    return f"'{param.opts[-1]}'" if param is not None else ""


def _choices(param: click.Parameter | None) -> str:
    if param is not None and isinstance(param.type, click.Choice):
        return f"chọn một trong {', '.join(map(str, param.type.choices))}"
    return "xem --help"
