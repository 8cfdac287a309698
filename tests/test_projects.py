"""The reports of the projects: scores as the rules have them, one value per fact everywhere, rows
and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from commands import run
from filling import address
from office import as_pdf
from opened import OpenBook
from pdf import lines as of_page
from pdf import pages
from reportgen.findings import Unusable
from reportgen.tasks import documents, jobs, opening
from reportgen.tasks.filing import Filing, read_and_check
from reportgen.word.authors.show import lines
from whole import flaws

SHEETS = ("项目", "项目资金", "项目指标", "项目文字")
SCORES = {"P02": "99", "P09": "99.97", "P11": "99.24", "P13": "99.98", "P16": "92.15", "P18": "94"}
Records = dict[str, list[dict[int, Any]]]  # sheet → rows, column → what was typed


def typed(plan: opening.OpenEdition, book: Workbook) -> Records:
    """What stands in the rows of the projects."""
    found: Records = {}
    for sheet in SHEETS:
        planned, page = plan.layout.sheets[sheet], book[sheet]
        columns = [
            c.index for c in planned.columns if not c.column.derived and not c.column.formula
        ]
        rows = range(planned.guard + 1, planned.guard + 1 + plan.edition.table(sheet).spare)
        found[sheet] = [
            row for r in rows if (row := {c: page.cell(r, c).value for c in columns})[columns[0]]
        ]
    return found


def write(plan: opening.OpenEdition, book: Workbook, records: Records) -> None:
    """Other projects than those that stand there; rows may go beyond the spare ones, where the
    foot was."""
    for sheet, rows in records.items():
        planned, page = plan.layout.sheets[sheet], book[sheet]
        for row in page.iter_rows(min_row=planned.guard + 1):
            for cell in row:
                if not hasattr(cell, "is_merged_cell") and type(cell).__name__ != "MergedCell":
                    cell.value = None
        for merged in list(page.merged_cells.ranges):
            if merged.min_row > planned.guard:
                page.unmerge_cells(str(merged))
        for i, values in enumerate(rows):
            for column, value in values.items():
                page.cell(planned.guard + 1 + i, column).value = value


def with_projects(plan: opening.OpenEdition, workbook: Path, count: int) -> Filing:
    """The first projects of the real workbook, and copies of them with keys and names of their
    own."""
    book = load_workbook(workbook)
    real = typed(plan, book)
    keys = [str(row[1]) for row in real["项目"]]
    wanted: Records = {sheet: [] for sheet in SHEETS}
    for n in range(count):
        key = keys[n % len(keys)]
        for sheet, rows in real.items():
            for row in (r for r in rows if r[1] == key):
                own = (
                    row
                    if n < len(keys)
                    else row
                    | {1: f"Q{n + 1}"}
                    | ({2: f"第{n + 1}个项目"} if sheet == "项目" else {})
                )
                wanted[sheet].append(own)
    write(plan, book, wanted)
    return read_and_check(plan, OpenBook(workbook, book))


def changed(plan: opening.OpenEdition, workbook: Path, *changes: tuple[str, int, Any]) -> Filing:
    book = load_workbook(workbook)
    for name, row, value in changes:
        sheet, cell = address(plan, name, row)
        book[sheet][cell].value = value
    return read_and_check(plan, OpenBook(workbook, book))


@pytest.fixture(scope="module")
def built(filing: Filing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    documents.build(filing, folder)
    return folder


# -- scores
# ----------------------------------------------------------------------------------------------------------------


def test_the_scores_follow_the_rules(filing: Filing) -> None:
    rows = filing.value("项目")
    scores = {r.name.key: r.members["得分"].value for r in rows}
    assert {k: f"{v.normalize():f}" for k, v in scores.items() if v != 100} == SCORES
    assert len(scores) == 18
    assert {r.members["等次"] for r in rows} == {"优"}
    assert filing.value("整体得分").value == D("99.49")
    assert filing.value("整体执行率").rounded(filing.opened.edition.measures["百分比"]).value == D(
        "0.9745"
    )


def test_the_money_of_all_projects(filing: Filing) -> None:
    spent = {r.name.key: r.members["执行数"].value / 10000 for r in filing.value("项目")}
    assert sum(spent.values()) == D("570.01")
    assert [spent[k] for k in ("P09", "P16", "P17", "P18")] == [
        D("62.89"),
        D("27.34"),
        D("58.5"),
        D("42"),
    ]


def test_the_cost_target_that_was_printed(
    plan: opening.OpenEdition, workbook: Path, filing: Filing
) -> None:
    """Reference text, arbitration project: a target of 18 against 27.34 spent."""
    rows = [r.name for r in filing.value("项目指标").items]
    goals = filing.value("项目.P16.项目指标").items
    (cost,) = (g for g in goals if g.members["二级指标"] == "成本指标")
    other = changed(plan, workbook, ("项目指标.目标值", rows.index(cost.name), 18))
    assert other.value(f"{cost.name}.得分").value == D("6.58")
    assert other.value("项目.P16.得分").value == D("88.73")
    assert other.value("项目.P16.等次") == "良"


def test_rates_are_rounded_and_not_cut_off(built: Path) -> None:
    report = "\n".join(lines(next(built.glob("*年度部门决算.docx"))))
    for percent in ("159%", "471%", "102%"):
        assert percent in report
    for cut in ("158%", "470%", "101%"):
        assert cut not in report


# -- rows in the workbook and nothing else
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 19, 60])
def test_any_number_of_projects(
    plan: opening.OpenEdition,
    workbook: Path,
    compiled: jobs.Compiled,
    tmp_path: Path,
    count: int,
) -> None:
    filing = with_projects(plan, workbook, count)
    assert [str(f) for f in filing.findings if f.severity == "error" and f.id != "citation"] == []
    made = documents.render_all(filing, compiled)
    assert [flaw for built in made for flaw in flaws(built.data)] == []
    files = [b.path for b in made if b.path.parent.name == "项目"]
    assert len(files) == count
    assert [p.name.partition("-")[0] for p in files] == [f"{n:02d}" for n in range(1, count + 1)]
    (tmp_path / "a.docx").write_bytes(made[0].data)
    text = list(lines(tmp_path / "a.docx"))
    assert (
        sum(line.startswith("[Heading3]") and line[11:].split(".")[0].isdigit() for line in text)
        >= count
    )
    assert (
        sum("项目绩效评价报告" in line and line.startswith("[Heading1]") for line in text) == count
    )
    assert f"自评项目{count}个" in "".join(text)
    assert sum(line == "[ReviewTitle] 2022年度项目绩效自评表" for line in text) == count


# -- one value per fact and basis
# ---------------------------------------------------------------------------------------------

N = r"([\d.]+)"
SAID = {
    "全年预算数": [
        rf"全年预算数为?{N}万元",
        rf"全年预算{N}万元",
        rf"全年安排的{N}万元",
        rf"财政资金总额 \| {N}万元",
    ],
    "执行数": [
        rf"执行数为?{N}万元",
        rf"实际支出{N}万元",
        rf"财政资金总额 \| [\d.]+万元 \| {N}万元",
    ],
    "执行率": [rf"执行率为?{N}%", rf"完成预算的{N}%", rf"财政资金总额 \|.*?万元 \|.*?万元 \| {N}%"],
    "得分": [
        rf"绩效自评得分{N}分",
        rf"；自评得分{N}分，等次",
        rf"，自评得分{N}分，等次",
        rf"^自评得分{N}分，等次",
        rf"总分：{N}分",
        rf"\| 总分 \| {N}",
    ],
    "等次": [r"等次为(.)", r"等次：(.)"],
}


def parts(text: list[str], names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """What the report says of each project: its part of 十三(二), and its attachment."""
    own = ""
    found: list[str] = []
    for line in [*text, "[Part] "]:
        if line.startswith(("[Heading", "[Part")):
            if own:
                yield own, found
            own = next(
                (
                    n
                    for n in names
                    if re.fullmatch(
                        rf"\[Heading3\] \d+\.{re.escape(n)}|\[Heading1\] .*度{re.escape(n)}项目绩效评价报告",
                        line,
                    )
                ),
                "",
            )
            found = []
        found.append(line)


def test_a_fact_has_one_value_wherever_it_stands(filing: Filing, built: Path) -> None:
    rows = filing.value("项目")
    names = {r.members["名称"]: r for r in rows}
    report = list(lines(next(built.glob("*年度部门决算.docx"))))
    places = list(parts(report, list(names)))
    assert len(places) == 2 * len(names)
    places += [
        (f.stem.partition("-")[2], list(lines(f))) for f in sorted((built / "项目").glob("*.docx"))
    ]
    assert len(places) == 3 * len(names)
    for name, text in places:
        for fact, patterns in SAID.items():
            said = {m[1] for p in patterns for m in re.finditer(p, "\n".join(text), re.MULTILINE)}
            assert said == {in_print(names[name].members[fact])}, (name, fact)


def in_print(value: Any) -> str:
    """A fact as the documents print it, without its unit."""
    if isinstance(value, str):
        return value
    scale = 10000 if value.unit.dimension == "元" else D("0.01") if not value.unit.dimension else 1
    return f"{(value.value / scale).quantize(D('0.01')).normalize():f}"


# -- what is written, and what a fault stops
# ------------------------------------------------------------------------------------


def test_one_part_after_the_other(workbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", workbook, "-o", out, "--only", "projects").returncode == 0
    assert len(list(out.glob("项目/*.docx"))) == 18
    assert not list(out.glob("*.docx"))
    assert run("build", workbook, "-o", out, "--project", "P16").returncode == 0
    assert run("build", workbook, "-o", out, "--only", "report").returncode == 0
    files = {o["file"] for o in json.loads((out / "build.json").read_text())["outputs"]}
    assert len(files) == 20
    assert {t["document"] for t in json.loads((out / "trace.json").read_text())} == files


@pytest.mark.parametrize("name", ["P16", "劳动争议调解仲裁经费"])
def test_one_project_by_key_or_name(filing: Filing, compiled: jobs.Compiled, name: str) -> None:
    (job,) = jobs.jobs(filing, compiled, project=name)
    assert job.path.name.startswith("16-")


def test_an_unknown_project(workbook: Path, tmp_path: Path) -> None:
    done = run("build", workbook, "-o", tmp_path, "--project", "P61")
    assert done.returncode == 2
    assert "P61" in done.stderr
    assert "是否指“P" in done.stderr


def test_a_fault_of_a_project_stops_that_and_the_report(
    workbook: Path, plan: opening.OpenEdition, tmp_path: Path
) -> None:
    book = load_workbook(workbook)
    sheet, cell = address(plan, "项目资金.执行数", 3)
    book[sheet][cell].value = 11
    book.save(tmp_path / "b.xlsx")
    done = run("build", tmp_path / "b.xlsx", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert len(list((tmp_path / "out" / "项目").glob("*.docx"))) == 17
    assert not list((tmp_path / "out" / "项目").glob("02-*"))
    assert not list((tmp_path / "out").glob("*年度部门决算.docx"))
    told = done.stdout + done.stderr
    assert re.search(r"未生成 项目/02-", told)
    assert "(E1303)" in told


def test_a_fault_of_the_report_stops_everything(
    plan: opening.OpenEdition, workbook: Path, compiled: jobs.Compiled
) -> None:
    filing = changed(plan, workbook, ("基本信息.部门名称", 0, None))
    assert all(job.stopped_by(filing.findings) for job in jobs.jobs(filing, compiled))


def test_two_projects_of_one_name_are_two_files(
    plan: opening.OpenEdition, workbook: Path, compiled: jobs.Compiled
) -> None:
    filing = changed(plan, workbook, ("项目.名称", 1, "同名"), ("项目.名称", 2, "同名"))
    names = [job.path.name for job in jobs.jobs(filing, compiled, only="projects")]
    assert names[1:3] == ["02-同名.docx", "03-同名.docx"]
    with pytest.raises(Unusable, match="请写编号：P02、P03"):
        jobs.jobs(filing, compiled, project="同名")


# -- the forms, as LibreOffice lays them out
# -------------------------------------------------------------------------------------


@pytest.mark.office
def test_each_form_stands_whole_on_a_page(built: Path) -> None:
    report = next(built.glob("*年度部门决算.docx"))
    files = [report, built / "整体绩效评价报告.docx", *sorted((built / "项目").glob("*.docx"))]
    count = 0
    for file in files:
        printed = pages(as_pdf(file.read_bytes()))
        texts = [[line.text.replace(" ", "") for line in of_page(page.words)] for page in printed]
        forms = [
            page
            for page in texts
            if any(line.endswith("绩效自评表") and line.startswith("2022年度") for line in page)
        ]
        forms = [page for page in forms if any("预算执行情况（万元）" in line for line in page)]
        for form in forms:
            assert any(line.startswith("4.满意度指标") for line in form), (file.name, form[:2])
        own = 20 if file == report else 1
        assert len(forms) == own, file.name
        count += len(forms)
    assert count == 20 + 19
