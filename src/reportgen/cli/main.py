"""The commands: parse, call, print, exit code. Heavy modules are imported by the command that needs them."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen import __version__, messages

if TYPE_CHECKING:
    from reportgen.findings import Finding
    from reportgen.tasks.filing import Filing
    from reportgen.word.source.tags import Fault

app = typer.Typer(
    help="从填好的工作簿生成部门决算公开报告。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
template_app = typer.Typer(help="检查和查看章节模板。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(template_app, name="template")

Workbook = Annotated[Path, typer.Argument(help="填好的工作簿（.xlsx）", metavar="工作簿")]
EditionOption = Annotated[
    str | None, typer.Option("--edition", "-e", help="年度方案的名称或文件夹；不写则用工作簿里写明的", metavar="方案")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="输出文件夹", metavar="文件夹")]


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class Only(StrEnum):
    """Which documents are built."""

    REPORT = "report"
    PROJECTS = "projects"


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="显示版本号")] = False) -> None:
    if version:
        typer.echo(f"reportgen {__version__}")
        raise typer.Exit


@app.command()
def new(
    out: Annotated[Path, typer.Argument(help="要生成的文件（.xlsx）", metavar="文件")],
    edition: EditionOption = None,
    year: Annotated[int | None, typer.Option(help="决算年度", metavar="年度", min=1990, max=2100)] = None,
    name: Annotated[str | None, typer.Option(help="报告主体的全称", metavar="名称")] = None,
) -> None:
    """生成空白工作簿。

    例：reportgen new 某局2022.xlsx --year 2022 --name 某某区某某局
    """
    from reportgen.tasks import filing as pipeline

    pipeline.new(out, edition or pipeline.default_edition(), year, name)
    typer.echo(messages.NEW_WRITTEN.format(file=out))


@app.command()
def check(
    workbooks: Annotated[list[Path], typer.Argument(help="一个或几个工作簿（.xlsx）", metavar="工作簿...")],
    edition: EditionOption = None,
    format: Annotated[Format, typer.Option(help="text 给人看，json 给程序用")] = Format.TEXT,
) -> None:
    """检查工作簿，一次列出全部问题。有“必须改”的，退出码为 1。

    例：reportgen check 某局2022.xlsx
    """
    from reportgen.tasks import filing as pipeline

    filings = [pipeline.load(path, edition) for path in workbooks]
    if format is Format.JSON:
        _print_json([f.record(filing.workbook.name) for filing in filings for f in filing.findings])
    else:
        for filing in filings:
            if len(filings) > 1:
                typer.echo(f"{filing.workbook}：")
            _print_findings(filing.findings)
    raise typer.Exit(1 if any(f.stopped for f in filings) else 0)


@app.command()
def build(
    workbook: Workbook,
    out: Out = Path("out"),
    edition: EditionOption = None,
    only: Annotated[Only | None, typer.Option(help="只生成：report 部门报告，projects 各项目的文件")] = None,
    project: Annotated[str, typer.Option(help="只生成一个项目的文件，写项目的编号或名称", metavar="项目")] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖生成后被人改过的文件")] = False,
) -> None:
    """检查工作簿并生成报告和各项目的绩效文件（.docx）。有“必须改”的不生成；只属于一个项目的错误，不影响其他项目的文件。

    例：reportgen build 某局2022.xlsx -o 成果
    例：reportgen build 某局2022.xlsx --project P01
    """
    from reportgen.findings import REPORT
    from reportgen.tasks import documents
    from reportgen.tasks import filing as pipeline

    filing = pipeline.load(workbook, edition)
    _print_findings(filing.findings)
    if any(f.severity == "error" and f.scope == REPORT for f in filing.findings):
        raise typer.Exit(1)
    outcome = documents.build(filing, out, force, only.value if only else "", project)
    for path in outcome.written:
        typer.echo(messages.BUILT.format(file=path))
    for reason in outcome.refused:
        typer.echo(reason, err=True)
    raise typer.Exit(1 if outcome.refused else 0)


@app.command()
def explain(
    workbook: Workbook,
    what: Annotated[str, typer.Argument(help="名称、算式，或报告里印出的数", metavar="名称|算式|印出的数")],
    edition: EditionOption = None,
) -> None:
    """说明一个数是怎么来的，一直追到单元格。

    例：reportgen explain 某局2022.xlsx 36.44%
    例：reportgen explain 某局2022.xlsx "比上年(收支总表.收入总计)"
    """
    from reportgen.language.expressions import Refused
    from reportgen.language.numbers import MissingValue, NumberError
    from reportgen.ledger.explain import chain
    from reportgen.tasks import filing as pipeline

    filing = pipeline.load(workbook, edition)
    text = unicodedata.normalize("NFKC", what).strip()
    if text.removeprefix("-")[:1].isdigit():
        _explain_printed(filing, text.replace(",", ""))
        return
    try:
        lines = list(chain(pipeline.value_of(filing, text), filing.plan.edition))
    except (Refused, NumberError, MissingValue) as refused:
        typer.echo(messages.EXPLAIN_NOTHING.format(text=what, hint=refused), err=True)
        raise typer.Exit(2) from refused
    for line in lines:
        typer.echo(line)


def _explain_printed(filing: Filing, text: str) -> None:
    """Where the report prints a number, and its chain for each of these places."""
    from reportgen.ledger.explain import chain
    from reportgen.tasks import documents

    if filing.stopped:
        typer.echo(messages.EXPLAIN_STOPPED, err=True)
        raise typer.Exit(1)
    entries = [e for _, e in documents.printed(filing) if _alike(str(e.printed), text)]
    if not entries:
        typer.echo(messages.EXPLAIN_NOT_PRINTED.format(text=text), err=True)
        raise typer.Exit(2)
    typer.echo(messages.EXPLAIN_PRINTED.format(text=text, count=len(entries)))
    for entry in entries:
        typer.echo(f"\n{entry.tag.file} {entry.tag.place}：{entry.tag.text}")
        for line in chain(entry.printed, filing.plan.edition):
            typer.echo(f"  {line}")


def _alike(printed: str, text: str) -> bool:
    """Whether a printed number is the one asked for; the unit may be left out."""
    return printed == text or (printed.startswith(text) and not any(c.isdigit() or c == "." for c in printed[len(text) :]))


@template_app.command("check")
def template_check(
    edition: EditionOption = None,
    mark: Annotated[Path | None, typer.Option(help="另写一份在出错处加了 Word 批注的副本", metavar="文件夹")] = None,
) -> None:
    """检查全部模板，不用工作簿，一次列出所有问题。有“必须改”的，退出码为 1。

    例：reportgen template check --mark 批注
    """
    from reportgen.tasks import authors
    from reportgen.tasks import filing as pipeline
    from reportgen.word.authors.check import stops

    faults, written = authors.check_templates(edition or pipeline.default_edition(), mark)
    decision = messages.TEMPLATES_ERRORS if stops(faults) else messages.TEMPLATES_NOTES if faults else messages.TEMPLATES_CLEAN
    _print_findings(faults, decision)
    for path in written:
        typer.echo(messages.MARKED.format(file=path))
    raise typer.Exit(1 if stops(faults) else 0)


@template_app.command("list")
def template_list(
    workbook: Annotated[Path | None, typer.Argument(help="例子取自这个工作簿；不写则用虚构的数据", metavar="工作簿")] = None,
    edition: EditionOption = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写成 Word 版标签手册", metavar="文件.docx")] = None,
) -> None:
    """列出全部标签：名称、行、短语、格式，各有含义、单位、例子和用到它的章节。

    例：reportgen template list 某局2022.xlsx -o 标签手册.docx
    """
    from reportgen.tasks import authors
    from reportgen.word.authors.catalogue import lines

    if out is not None:
        authors.handbook(edition, workbook, out)
        typer.echo(messages.BUILT.format(file=out))
        return
    for line in lines(authors.catalogue(edition, workbook)[1]):
        typer.echo(line)


@template_app.command("preview")
def template_preview(
    file: Annotated[Path, typer.Argument(help="一个章节模板（.docx）", metavar="模板")],
    edition: EditionOption = None,
    out: Out = Path("out"),
) -> None:
    """预览一个章节模板：增、减、持平、没有上年数、预算为 0、空表、上亿元各印一遍，不用工作簿。

    例：reportgen template preview templates/hubei-2022/report/33-支出决算情况.docx
    """
    from reportgen.tasks import authors

    typer.echo(messages.BUILT.format(file=authors.preview(file, edition, out)))


@template_app.command("show")
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


def _print_json(value: Any) -> None:
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def _print_findings(findings: Sequence[Finding | Fault], decision: str = "") -> None:
    """The decision first, then the findings by severity."""
    counts = {kind: sum(f.severity == kind for f in findings) for kind in messages.SEVERITY_HEADINGS}
    decision = decision or (
        messages.DECISION_ERRORS if counts["error"] else messages.DECISION_NOTES if findings else messages.DECISION_CLEAN
    )
    typer.echo(decision.format(errors=counts["error"], warnings=counts["warning"], notes=counts["note"]))
    for kind, heading in messages.SEVERITY_HEADINGS.items():
        if counts[kind]:
            typer.echo(f"\n{heading}")
        for finding in findings:
            if finding.severity == kind:
                typer.echo(f"  {finding}")


def main() -> None:
    """The console script: a file or request that cannot be used is a message and exit code 2, never a traceback."""
    from reportgen.findings import Unusable

    try:
        app()
    except Unusable as error:
        typer.echo(str(error), err=True)
        sys.exit(error.code)
