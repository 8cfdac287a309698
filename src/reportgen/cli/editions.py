"""Commands for those who own an edition."""

from __future__ import annotations

from typing import Annotated

import typer

from reportgen import messages
from reportgen.cli import chinese
from reportgen.cli.options import Format, FormatOption
from reportgen.cli.printing import print_findings, print_json

edition_app = typer.Typer(
    cls=chinese.Group, help="检查年度方案。", no_args_is_help=True, rich_markup_mode=None
)


@edition_app.command("check", cls=chinese.Command)
def edition_check(
    edition: Annotated[
        str | None,
        typer.Argument(help="年度方案的名称或文件夹；不写则用最新的", metavar="方案"),
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """检查整个年度方案：各表、编码表、勾稽关系、措辞、评分、模板，一次列出所有问题。

    有“必须改”的，退出码为 1。

    例：reportgen edition check hubei-2022
    """
    from reportgen.edition import places
    from reportgen.findings import stops
    from reportgen.tasks import editions

    name = edition or places.default_edition()
    folder = places.find_edition(name)
    faults = editions.faults(folder)
    stopped = stops(faults)
    if format is Format.JSON:
        print_json([fault.record("") for fault in faults])
    else:
        decision = messages.EDITION_ERRORS if stopped else messages.EDITION_CLEAN
        print_findings(faults, decision, name, f"{folder.name}/")
    raise typer.Exit(1 if stopped else 0)
