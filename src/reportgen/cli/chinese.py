"""What the option parser says, in Chinese: its help, and what it refuses."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup

from reportgen import messages


class Command(TyperCommand):
    """A command whose help is Chinese to the last word."""

    def get_help(self, ctx: Any) -> str:
        """The text of --help."""
        return translated(super().get_help(ctx))


class Group(TyperGroup):
    """A family of commands whose help is Chinese to the last word."""

    def get_help(self, ctx: Any) -> str:
        """The text of --help."""
        return translated(super().get_help(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names; refuses one that there is not."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            close = get_close_matches(name, self.list_commands(ctx), n=1)
            hint = messages.DID_YOU_MEAN.format(name=close[0]) if close else ""
            ctx.fail(messages.NO_COMMAND.format(name=name, hint=hint))
        return super().resolve_command(ctx, args)


def translated(text: str) -> str:
    """A text of the parser's with its own words in Chinese; what an author wrote stays."""
    for english, chinese in messages.PARSER_WORDS:
        text = re.sub(english, chinese, text, flags=re.MULTILINE)
    return text


def refusal(error: Any) -> str:
    """What the parser refuses, with the usage of the command. `error` is any exception of its own:
    they are told apart by name, since it keeps them to itself."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error.ctx.get_help())
    told = _REFUSALS.get(kind, _other)(error)
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return told
    usage = translated(ctx.get_usage())
    return f"{told}\n{usage}\n{messages.SEE_HELP.format(command=ctx.command_path)}"


def _missing(error: Any) -> str:
    return messages.ARGUMENT_MISSING.format(name=_name(error.param))


def _bad(error: Any) -> str:
    """What an option takes stands in its own line of the help."""
    if error.param is None:
        return _other(error)
    record = error.param.get_help_record(error.ctx) or ("", "")
    takes = translated(" ".join(record)).strip()
    return messages.ARGUMENT_BAD.format(name=_name(error.param), takes=takes)


def _name(param: Any) -> str:
    """An option as it is written, an argument as the help calls it."""
    if param.param_type_name == "option":
        return str(param.opts[0])
    return str(param.metavar or param.name)


def _unknown(error: Any) -> str:
    close = "、".join(sorted(error.possibilities or ()))
    hint = messages.DID_YOU_MEAN.format(name=close) if close else ""
    return messages.NO_OPTION.format(name=error.option_name, hint=hint)


def _unfinished(error: Any) -> str:
    return messages.OPTION_WITHOUT_VALUE.format(name=error.option_name)


def _other(error: Any) -> str:
    message = str(error.format_message())
    extra = re.search(r"unexpected extra argument.*\((.*)\)", message)
    if extra:
        return messages.ARGUMENT_EXTRA.format(name=extra[1])
    return message if not message.isascii() else messages.COMMAND_UNCLEAR


_REFUSALS = {
    "MissingParameter": _missing,
    "BadParameter": _bad,
    "NoSuchOption": _unknown,
    "BadOptionUsage": _unfinished,
}
