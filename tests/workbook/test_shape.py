"""Tables as they are published, pasted over ours: read, or told in a sentence or two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from test_read import differing

from desk import Desk
from reportgen.language import words
from reportgen.tasks import opening
from reportgen.workbook.layout import TableLayout
from reportgen.workbook.reading import read as reading
from reportgen.workbook.reading.book import Book

TREE, FORM, UNITS, FUNDS = "支出决算", "收支总表", "单位", "项目资金"


@pytest.fixture(scope="module")
def sound(plan: opening.OpenEdition, workbook: Path) -> reading.WorkbookRead:
    return reading.read(Book(workbook), plan.edition, plan.layout)


@pytest.fixture
def tree(desk: Desk) -> TableLayout:
    return desk.plan.layout.tables[TREE]


def told(desk: Desk, sheet: str) -> list[tuple[str, str]]:
    """(severity, id) of the findings about a sheet."""
    return [(f.severity.value, f.id) for f in desk.read().findings if f.place.sheet == sheet]


Row = dict[int, Any]  # by column


def records(desk: Desk, plan: TableLayout) -> list[Row]:
    """What is typed in the rows of a table."""
    page = desk.page(plan.sheet.name)
    found = [typed(page, plan, row) for row in range(plan.guard + 1, plan.foot)]
    return [row for row in found if row[1] is not None]


def typed(page: Worksheet, plan: TableLayout, row: int) -> Row:
    values = {c.index: page.cell(row, c.index).value for c in plan.columns}
    return {at: None if str(value).startswith("=") else value for at, value in values.items()}


def paste(desk: Desk, plan: TableLayout, rows: list[Row]) -> None:
    """Writes rows from the first record on, and clears what stood there."""
    page = desk.page(plan.sheet.name)
    for row in range(plan.guard + 1, plan.foot):
        for column in range(1, plan.columns[-1].index + 1):
            page.cell(row, column).value = None
    for row, values in enumerate(rows, plan.guard + 1):
        for column, value in values.items():
            page.cell(row, column).value = value


# -- beside the headings


def moved(row: Row, by: int) -> Row:
    return {at + by: value for at, value in row.items()}


def spread(row: Row) -> Row:
    """The code in three columns: 208 | 01 | 01."""
    code = str(row[1])
    return moved(row, 2) | {1: code[:3], 2: code[3:5] or None, 3: code[5:7] or None}


def spread_whole(row: Row) -> Row:
    """The whole code in the first of three columns."""
    return moved(row, 2) | {1: row[1], 2: None, 3: None}


def numbered(row: Row) -> Row:
    return moved(row, 1) | {1: "序"}


@pytest.mark.parametrize("change", [spread, spread_whole, numbered])
def test_a_table_beside_its_headings_is_one_finding(
    desk: Desk, tree: TableLayout, change: Callable[[Row], Row]
) -> None:
    paste(desk, tree, [change(row) for row in records(desk, tree)])
    assert told(desk, TREE) == [("error", "shifted")]
    (finding,) = (f for f in desk.read().findings if f.id == "shifted")
    by = 1 if change is numbered else 2
    seen = "BCDE"[by]
    assert finding.place.cell == f"{seen}{tree.first}"
    assert f"“科目名称”的标题在 B 列，内容在 {seen} 列，向右错开了 {by} 列" in finding.message


def test_formulas_that_were_never_calculated_stand_under_their_headings(
    desk: Desk, tree: TableLayout
) -> None:
    """A program that writes 科目, 名称 and formulas for the amounts, and calculates nothing."""
    rows = records(desk, tree)
    amounts = [c.index for c in tree.columns if c.column.numeric]
    paste(desk, tree, [row | dict.fromkeys(amounts, "=1+1") for row in rows])
    assert "shifted" not in {id for _, id in told(desk, TREE)}


def test_a_form_without_its_line_numbers_is_one_finding(desk: Desk) -> None:
    plan = desk.plan.layout.forms[FORM]
    page = desk.page(FORM)
    for row in range(plan.first, plan.foot + 1):
        left = [page.cell(row, column).value for column in (1, 3)]
        right = [page.cell(row, column).value for column in (4, 6)]
        for column, value in enumerate([*left, *right, None, None], 1):
            page.cell(row, column).value = value
    assert told(desk, FORM) == [("error", "shifted")]
    (finding,) = (f for f in desk.read().findings if f.id == "shifted")
    assert "标题在 D 列，内容在 C 列，向左错开了 1 列" in finding.message


@pytest.mark.parametrize("wrong", [1, 2])
def test_a_few_cells_of_the_wrong_kind_are_no_shift(
    desk: Desk, tree: TableLayout, wrong: int
) -> None:
    page = desk.page(TREE)
    for row in range(tree.guard + 1, tree.guard + 1 + wrong):
        page.cell(row, 4).value = "无"
    assert told(desk, TREE) == [("error", "not-a-number")] * wrong


# -- rows that are no records


def insert(desk: Desk, plan: TableLayout, after: int, texts: Row) -> None:
    """A row among the records, with texts by column."""
    rows = records(desk, plan)
    paste(desk, plan, [*rows[:after], texts, *rows[after:]])


NO_RECORDS: dict[str, Row] = {
    "line numbers": {1: words.LINE_NUMBERS, 3: 1, 4: 2, 5: 3},
    "headings": {1: "功能分类科目编码", 2: "科目名称", 3: "本年支出合计", 4: "基本支出"},
    "headings with blanks": {1: "功能分类\n科目编码", 2: "科目 名称", 4: "基本支出"},
    "levels": {1: "类", 2: "款", 3: "项"},
    "one level": {1: "项"},
}


@pytest.mark.parametrize("kind", NO_RECORDS)
@pytest.mark.parametrize("after", [0, 5])
def test_rows_that_official_tables_carry_are_passed_over(
    desk: Desk, tree: TableLayout, sound: reading.WorkbookRead, kind: str, after: int
) -> None:
    insert(desk, tree, after, NO_RECORDS[kind])
    found = desk.read()
    assert [f for f in found.findings if f.place.sheet == TREE] == []
    assert differing(found, sound) == {}


def test_a_total_below_the_records_is_their_total(
    desk: Desk, tree: TableLayout, sound: reading.WorkbookRead
) -> None:
    page, rows = desk.page(TREE), records(desk, tree)
    assert tree.total_row
    total = typed(page, tree, tree.total_row)
    for column in total:
        page.cell(tree.total_row, column).value = None
    paste(desk, tree, [*rows, total])
    found = desk.read()
    assert [f for f in found.findings if f.place.sheet == TREE] == []
    assert differing(found, sound) == {}


def test_a_second_total_is_told_and_not_read(
    desk: Desk, tree: TableLayout, sound: reading.WorkbookRead
) -> None:
    rows = records(desk, tree)
    insert(desk, tree, len(rows), {1: "合计", 3: 99})
    found = desk.read()
    row = tree.guard + 1 + len(rows)
    about = [(f.id, str(f.place)) for f in found.findings if f.place.sheet == TREE]
    assert about == [("total-twice", f"【{TREE}】A{row}")]
    assert differing(found, sound) == {}


def test_merged_keys_are_one_finding(desk: Desk) -> None:
    plan = desk.plan.layout.tables[FUNDS]
    first = plan.guard + 1
    page = desk.page(FUNDS)
    page.merge_cells(start_row=first, end_row=first + 2, start_column=1, end_column=1)
    found = [f for f in desk.read().findings if f.place.sheet == FUNDS]
    assert [(f.id, str(f.place)) for f in found] == [("key-merged", f"【{FUNDS}】A{first}")]
    assert f"合并到了 A{first + 2}，下面 2 行" in found[0].message


@pytest.mark.parametrize("count", [1, 8])
def test_records_over_the_row_that_says_where_to_insert(desk: Desk, count: int) -> None:
    plan = desk.plan.layout.tables[UNITS]
    page = desk.page(UNITS)
    for row in range(plan.guard + 1, plan.foot + count):
        if page.cell(row, 1).value is None or row >= plan.foot:
            page.cell(row, 1).value, page.cell(row, 2).value = f"第{row}所", "下属单位"
    (finding,) = (f for f in desk.read().findings if f.place.sheet == UNITS)
    assert (finding.severity.value, finding.id) == ("warning", "foot-missing")
    assert f"只算到第 {plan.foot - 1} 行，从这一行起的 {count} 行" in finding.message


# -- the same about many cells is told once


def test_numbers_as_text_all_over_a_table_are_one_note(
    desk: Desk, tree: TableLayout, sound: reading.WorkbookRead
) -> None:
    page = desk.page(TREE)
    for row in range(tree.guard + 1, tree.foot):
        for column in range(3, len(tree.columns) + 1):
            cell = page.cell(row, column)
            if isinstance(cell.value, int | float):
                cell.value, cell.data_type = f"{cell.value:.2f}", "s"
    found = desk.read()
    about = [f for f in found.findings if f.place.sheet == TREE]
    assert [f.id for f in about] == ["text-number"]
    assert " 格的数字存成了文本" in about[0].message
    assert differing(found, sound) == {}


@pytest.mark.parametrize("dash", ["-", "—", "－", "--", " – ", "−"])
def test_a_dash_is_no_number(desk: Desk, sound: reading.WorkbookRead, dash: str) -> None:
    place = desk.put(f"{FORM}.经营收入", dash)
    found = desk.read()
    assert [(f.severity.value, f.id, str(f.place)) for f in found.findings] == [
        ("note", "dash", place)
    ]
    assert differing(found, sound) == {}


def test_a_dash_where_a_number_is_required_is_told_as_missing(desk: Desk) -> None:
    place = desk.put(f"{FUNDS}.执行数", "—", row=1)
    found = [f.id for f in desk.read().findings if str(f.place) == place]
    assert found == ["dash"] or found == ["dash", "required"]


def test_dashes_all_over_a_table_are_one_note(desk: Desk, tree: TableLayout) -> None:
    page = desk.page(TREE)
    for row in range(tree.guard + 1, tree.guard + 9):
        page.cell(row, 6).value = "-"
    assert told(desk, TREE) == [("note", "dash")]


def test_many_missing_headings_are_one_finding(desk: Desk, tree: TableLayout) -> None:
    page = desk.page(TREE)
    for column in range(3, 8):
        page.cell(tree.first - 1, column).value = f"另{column}"
    (finding,) = (f for f in desk.read().findings if f.place.sheet == TREE)
    assert finding.id == "heading-missing"
    assert "找不到 5 个列标题：“本年支出合计”、“基本支出”" in finding.message
