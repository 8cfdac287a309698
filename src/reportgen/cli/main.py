"""The commands: parse, call, print, exit code. Heavy modules are imported by the command that
needs them."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from typing import Annotated

import typer

from reportgen import __version__, messages
from reportgen.cli import chinese, terminal
from reportgen.cli.editions import edition_app
from reportgen.cli.templates import template_app
from reportgen.cli.workbooks import build, check, explain, new

app = typer.Typer(
    cls=chinese.Group,
    help="从填好的工作簿生成部门决算公开报告。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (new, check, build, explain):
    app.command(cls=chinese.Command)(command)
app.add_typer(template_app, name="template")
app.add_typer(edition_app, name="edition")

_INTERRUPTED = 130  # the exit code of what Ctrl-C ended


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="显示版本号")] = False) -> None:
    if version:
        typer.echo(f"reportgen {__version__}")
        raise typer.Exit


def main() -> None:
    """The console script: a file or request that cannot be used is a message and exit code 2,
    never a traceback."""
    terminal.prepare()
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        _tell(messages.INTERRUPTED)
    terminal.close()
    sys.exit(code)


def _run() -> int:
    """The exit code of the command that was asked for."""
    from reportgen.findings import Unusable

    # nearly all that a command makes lives as long as it: what does not is seldom looked for
    gc.set_threshold(50_000)
    try:
        return int(app(prog_name=messages.PROGRAM, standalone_mode=False) or 0)
    except Unusable as error:
        _tell(str(error))
        return error.code
    except OSError as error:
        return _of_system(error)
    except Exception as error:
        if not hasattr(error, "format_message"):  # the parser's own have it, and nothing else
            raise
        _tell(chinese.refusal(error))
        return int(getattr(error, "exit_code", 2))


def _of_system(error: OSError) -> int:
    """A failure that nobody foresaw, most often of the output itself."""
    from reportgen.files import reason

    _tell(messages.SYSTEM_REFUSES.format(reason=reason(error)))
    return 2


def _tell(text: str) -> None:
    """Says it where errors are said, if anybody can hear it."""
    with suppress(OSError):
        typer.echo(text, err=True)
