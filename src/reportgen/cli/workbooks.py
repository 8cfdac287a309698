"""Commands for those who fill workbooks: new, check, build, explain."""

from __future__ import annotations

import gc
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen import messages
from reportgen.cli.options import EditionOption, Format, FormatOption, NewestEdition, Out, Workbook
from reportgen.cli.printing import print_findings, print_json

if TYPE_CHECKING:
    pass


class Only(StrEnum):
    """Which documents are built."""

    REPORT = "report"
    PROJECTS = "projects"


def new(
    out: Annotated[Path, typer.Argument(help="要生成的文件（.xlsx）", metavar="文件")],
    edition: NewestEdition = None,
    year: Annotated[
        int | None, typer.Option(help="决算年度", metavar="年度", min=1990, max=2100)
    ] = None,
    name: Annotated[str | None, typer.Option(help="报告主体的全称", metavar="名称")] = None,
) -> None:
    """生成空白工作簿。

    例：reportgen new 某局2022.xlsx --year 2022 --name 某某区某某局
    """
    from reportgen.edition import places
    from reportgen.tasks.blank import blank_workbook

    blank_workbook(out, edition or places.default_edition(), year, name)
    typer.echo(messages.NEW_WRITTEN.format(file=out))


def check(
    workbooks: Annotated[
        list[Path], typer.Argument(help="一个或几个工作簿（.xlsx）", metavar="工作簿...")
    ],
    edition: EditionOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """检查工作簿，一次列出全部问题。有“必须改”的，退出码为 1。

    例：reportgen check 某局2022.xlsx
    """
    from reportgen.tasks.checking import checked_each

    every = list(checked_each(workbooks, edition))
    if format is Format.JSON:
        print_json([f.record(each.workbook.name) for each in every for f in each.findings])
    else:
        for each in every:
            if len(every) > 1:
                typer.echo(f"{each.workbook}：")
            print_findings(each.findings)
    raise typer.Exit(1 if any(each.stopped for each in every) else 0)


def build(
    workbook: Workbook,
    out: Out = Path("out"),
    edition: EditionOption = None,
    only: Annotated[
        Only | None, typer.Option(help="只生成：report 部门报告，projects 各项目的文件")
    ] = None,
    project: Annotated[
        str, typer.Option(help="只生成一个项目的文件，写项目的编号或名称", metavar="项目")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖生成后被人改过的文件")] = False,
) -> None:
    """检查工作簿并生成报告和各项目的绩效文件（.docx）。有“必须改”的不生成；只属于一个项目的错误，不影响其他项目的文件。

    例：reportgen build 某局2022.xlsx -o 成果
    例：reportgen build 某局2022.xlsx --project P01
    """
    from reportgen.findings import REPORT, stops
    from reportgen.tasks import documents
    from reportgen.tasks.filing import load

    filing = load(workbook, edition)
    gc.freeze()  # it lives as long as the command: no collection need walk it again
    outcome = documents.build(filing, out, force, only.value if only else "", project)
    print_findings(outcome.findings)
    if stops(outcome.findings, REPORT):
        raise typer.Exit(1)
    for path in outcome.written:
        typer.echo(messages.BUILT.format(file=path))
    for path in outcome.unwanted.removed:
        typer.echo(messages.OUTPUT_REMOVED.format(file=path))
    for path in outcome.unwanted.left:
        typer.echo(messages.OUTPUT_LEFT.format(file=path), err=True)
    for reason in outcome.refused:
        typer.echo(reason, err=True)
    raise typer.Exit(1 if outcome.refused else 0)


def explain(
    workbook: Workbook,
    what: Annotated[
        str, typer.Argument(help="名称、算式，或报告里印出的数", metavar="名称|算式|印出的数")
    ],
    edition: EditionOption = None,
) -> None:
    """说明一个数是怎么来的，一直追到单元格。

    例：reportgen explain 某局2022.xlsx 36.44%
    例：reportgen explain 某局2022.xlsx "比上年(收支总表.收入总计)"
    """
    from reportgen.tasks.explaining import explained

    for line in explained(workbook, what, edition):
        typer.echo(line)
