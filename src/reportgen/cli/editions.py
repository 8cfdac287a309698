"""Commands for those who own an edition."""

from __future__ import annotations

from typing import Annotated

import typer

from reportgen import messages

edition_app = typer.Typer(help="检查年度方案。", no_args_is_help=True, rich_markup_mode=None)


@edition_app.command("check")
def edition_check(
    edition: Annotated[
        str | None,
        typer.Argument(help="年度方案的名称或文件夹；不写则用最新的", metavar="方案"),
    ] = None,
) -> None:
    """检查整个年度方案：各表、编码表、勾稽关系、措辞、评分、模板，一次列出所有问题。

    有“必须改”的，退出码为 1。

    例：reportgen edition check hubei-2022
    """
    from reportgen.edition import places
    from reportgen.tasks import editions

    name = edition or places.default_edition()
    errors, notes = editions.faults(name)
    decision = messages.EDITION_ERRORS if errors else messages.EDITION_CLEAN
    typer.echo(decision.format(name=name, errors=len(errors), notes=len(notes)))
    for heading, told in (("error", errors), ("note", notes)):
        if told:
            typer.echo(f"\n{messages.SEVERITY_HEADINGS[heading]}")
        for fault in told:
            typer.echo(f"  {fault}")
    raise typer.Exit(1 if errors else 0)
