"""Commands for those who write templates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen import messages
from reportgen.cli import chinese
from reportgen.cli.options import NewestEdition, Out
from reportgen.cli.printing import print_findings

template_app = typer.Typer(
    cls=chinese.Group, help="检查和查看章节模板。", no_args_is_help=True, rich_markup_mode=None
)


@template_app.command("check", cls=chinese.Command)
def template_check(
    edition: NewestEdition = None,
    mark: Annotated[
        Path | None, typer.Option(help="另写一份在出错处加了 Word 批注的副本", metavar="文件夹")
    ] = None,
) -> None:
    """检查全部模板，不用工作簿，一次列出所有问题。有“必须改”的，退出码为 1。

    例：reportgen template check --mark 批注
    """
    from reportgen.edition import places
    from reportgen.tasks import authors
    from reportgen.word.authors.check import stops

    faults, written = authors.check_templates(edition or places.default_edition(), mark)
    decision = (
        messages.TEMPLATES_ERRORS
        if stops(faults)
        else messages.TEMPLATES_NOTES
        if faults
        else messages.TEMPLATES_CLEAN
    )
    print_findings(faults, decision)
    for path in written:
        typer.echo(messages.MARKED.format(file=path))
    raise typer.Exit(1 if stops(faults) else 0)


@template_app.command("list", cls=chinese.Command)
def template_list(
    workbook: Annotated[
        Path | None, typer.Argument(help="例子取自这个工作簿；不写则用虚构的数据", metavar="工作簿")
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            "-e",
            help="年度方案的名称或文件夹；不写则用工作簿里写明的，没有工作簿则用最新的",
            metavar="方案",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写成 Word 版标签手册", metavar="文件.docx")
    ] = None,
    find: Annotated[
        str, typer.Option(help="只列名称、含义、单位、例子或章节里有这个词的", metavar="词")
    ] = "",
) -> None:
    """列出全部标签：名称、行、短语、格式，各有含义、单位、例子和用到它的章节。

    例：reportgen template list 某局2022.xlsx -o 标签手册.docx 例：reportgen template list --find
    接待
    """
    from reportgen.tasks import authors
    from reportgen.word.authors.catalogue import lines

    if out is not None:
        authors.handbook(edition, workbook, out, find)
        typer.echo(messages.BUILT.format(file=out))
        return
    for line in lines(authors.catalogue(edition, workbook, find)[1]):
        typer.echo(line)


@template_app.command("preview", cls=chinese.Command)
def template_preview(
    file: Annotated[Path, typer.Argument(help="一个章节模板（.docx）", metavar="模板")],
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            "-e",
            help="年度方案的名称或文件夹；不写则用模板所在的，再没有则用最新的",
            metavar="方案",
        ),
    ] = None,
    out: Out = Path("out"),
) -> None:
    """预览一个章节模板：增、减、持平、没有上年数、预算为 0、空表、上亿元各印一遍，不用工作簿。

    例：reportgen template preview templates/hubei-2022/report/33-支出决算情况.docx
    """
    from reportgen.tasks import authors

    typer.echo(messages.BUILT.format(file=authors.preview(file, edition, out)))


@template_app.command("show", cls=chinese.Command)
def template_show(
    files: Annotated[list[Path], typer.Argument(help="章节模板（.docx）", metavar="模板...")],
) -> None:
    """打印章节模板的文字和标签，便于审阅和比较。

    例：reportgen template show templates/hubei-2022/report/31-收入支出决算总体情况.docx
    """
    from reportgen.word.authors.show import lines

    for path in files:
        if len(files) > 1:
            typer.echo(f"== {path}")
        for line in lines(path):
            typer.echo(line)
