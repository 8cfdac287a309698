"""The commands: parse, call, print, exit code. Heavy modules are imported by the command that
needs them."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from reportgen import __version__
from reportgen.cli.editions import edition_app
from reportgen.cli.templates import template_app
from reportgen.cli.workbooks import build, check, explain, new

app = typer.Typer(
    help="从填好的工作簿生成部门决算公开报告。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (new, check, build, explain):
    app.command()(command)
app.add_typer(template_app, name="template")
app.add_typer(edition_app, name="edition")


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="显示版本号")] = False) -> None:
    if version:
        typer.echo(f"reportgen {__version__}")
        raise typer.Exit


def main() -> None:
    """The console script: a file or request that cannot be used is a message and exit code 2,
    never a traceback."""
    from reportgen.findings import Unusable

    # nearly all that a command makes lives as long as it: what does not is seldom looked for
    gc.set_threshold(50_000)
    try:
        app()
    except Unusable as error:
        typer.echo(str(error), err=True)
        sys.exit(error.code)
