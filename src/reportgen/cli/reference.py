"""The reference page of commands, in Markdown: what each does, an example, what it takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from enum import EnumType
from typing import Any, get_args, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from reportgen import messages
from reportgen.cli.main import app


def page() -> str:
    """Every command in the order of `reportgen --help`, those of a family under it."""
    return messages.COMMANDS_PAGE + "".join(_commands(app, "reportgen"))


def _commands(family: typer.Typer, path: str) -> Iterator[str]:
    for command in family.registered_commands:
        assert command.callback is not None
        yield from _command(command.callback, f"{path} {command.name or command.callback.__name__}")
    for group in family.registered_groups:
        assert group.typer_instance is not None
        yield from _commands(group.typer_instance, f"{path} {group.name}")


def _command(function: Callable[..., Any], path: str) -> Iterator[str]:
    yield f"\n## {path}\n\n{inspect.getdoc(function)}\n\n"
    for name, hint in get_type_hints(function, include_extras=True).items():
        for told in get_args(hint):
            if isinstance(told, ArgumentInfo | OptionInfo):
                yield f"- `{_written(name, hint, told)}`：{told.help}\n"


def _written(name: str, hint: Any, told: ArgumentInfo | OptionInfo) -> str:
    if isinstance(told, ArgumentInfo):
        return str(told.metavar)
    first = [told.default] if isinstance(told.default, str) else []  # typer keeps it there
    written = ", ".join([*first, *(told.param_decls or [])]) or f"--{name}"
    return " ".join([written, *_values(get_args(hint)[0], told)])


def _values(kind: Any, told: OptionInfo) -> list[str]:
    """What may stand after an option: one of some words, or what it is called."""
    enums = [k for k in (kind, *get_args(kind)) if isinstance(k, EnumType)]
    if enums:
        return ["|".join(enums[0])]
    return [told.metavar] if told.metavar else []
