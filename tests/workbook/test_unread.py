"""What is typed where nobody reads is told: no typed cell is passed over in silence."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from test_read import differing

from desk import Desk
from reportgen.workbook.layout import TableLayout

TABLE, TREE, FORM, TEXTS = "项目资金", "支出决算", "国有资产", "部门文字"
STRANGE = 98765.43


def told(desk: Desk) -> list[tuple[str, str, str]]:
    """(severity, id, place) of the findings about what was not read."""
    ids = ("outside", "unread", "sheet-copy")
    found = (f for f in desk.read().findings if f.id in ids)
    return [(f.severity.value, f.id, str(f.place)) for f in found]


def test_a_sound_workbook_has_nothing_unread(desk: Desk) -> None:
    assert told(desk) == []


def row_like(desk: Desk, sheet: str, source: int, row: int) -> None:
    """Types the values of one row into another one."""
    page = desk.page(sheet)
    for column in range(1, page.max_column + 1):
        value = page.cell(source, column).value
        if value is not None and not str(value).startswith("="):
            page.cell(row, column).value = value


def table(desk: Desk, name: str) -> TableLayout:
    return desk.plan.layout.tables[name]


def test_a_record_under_the_last_row_is_an_error(desk: Desk) -> None:
    plan = table(desk, TABLE)
    row_like(desk, TABLE, plan.guard + 1, plan.foot + 1)
    assert told(desk) == [("error", "outside", f"【{TABLE}】A{plan.foot + 1}")]


def test_a_record_above_the_total_is_an_error(desk: Desk) -> None:
    plan = table(desk, TREE)
    desk.page(TREE).insert_rows(plan.first)
    row_like(desk, TREE, plan.guard + 2, plan.first)
    assert ("error", "outside", f"【{TREE}】A{plan.first}") in told(desk)


def test_a_record_of_texts_is_a_question(desk: Desk) -> None:
    plan = table(desk, "单位")
    row_like(desk, "单位", plan.guard + 1, plan.foot + 1)
    assert told(desk) == [("warning", "outside", f"【单位】A{plan.foot + 1}")]


@pytest.mark.parametrize("text", ["注：本表反映全年收支。", "说明：按批复数填列"])
def test_remarks_under_a_table_are_nothing_to_tell(desk: Desk, text: str) -> None:
    desk.page(TREE).cell(table(desk, TREE).foot + 4, 1).value = text
    assert told(desk) == []


def test_a_second_line_of_the_same_label_is_a_question(desk: Desk) -> None:
    page, plan = desk.page(TEXTS), desk.plan.layout.sheets[TEXTS]
    row = plan.foot + 3
    page.cell(row, 1).value = page.cell(plan.first, 1).value
    page.cell(row, 2).value = "又写了一遍"
    assert told(desk) == [("warning", "unread", f"【{TEXTS}】A{row}")]
    assert f"和 B{row} 等共 2 格填了内容" in "".join(f.message for f in desk.read().findings)


def test_remarks_beside_a_table_are_a_note(desk: Desk) -> None:
    page, plan = desk.page(TABLE), table(desk, TABLE)
    column = page.max_column + 2
    page.cell(plan.guard + 1, column).value = "已核对"
    assert [(severity, id) for severity, id, _ in told(desk)] == [("note", "unread")]
    page.cell(plan.guard + 1, column).value = 71
    assert [(severity, id) for severity, id, _ in told(desk)] == [("warning", "unread")]


def test_many_unread_cells_are_one_finding(desk: Desk) -> None:
    page, plan = desk.page(FORM), desk.plan.layout.sheets[FORM]
    for row in range(plan.first, plan.first + 9):
        page.cell(row, page.max_column if row > plan.first else page.max_column + 3).value = 1
    (only,) = (f for f in desk.read().findings if f.id == "unread")
    assert "等共 9 格填了内容" in only.message


def test_a_row_whose_label_is_strange_is_told_once(desk: Desk) -> None:
    plan = desk.plan.layout.sheets[FORM]
    desk.page(FORM).cell(plan.first, 1).value = "别的什么车"
    ids = [f.id for f in desk.read().findings if f.place.sheet == FORM]
    assert ids.count("row-missing") == 1
    assert "unread" not in ids


def test_a_copy_of_a_sheet_is_a_question(desk: Desk) -> None:
    desk.book.copy_worksheet(desk.page(FORM)).title = f"{FORM} (2)"
    assert told(desk) == [("warning", "sheet-copy", f"【{FORM} (2)】")]


def test_a_text_that_says_column_numbers_is_read(desk: Desk) -> None:
    before = len(desk.filing().facts["项目文字"].items)
    desk.put("项目文字.文字", "栏次", 0)
    records = desk.filing().facts["项目文字"].items
    assert len(records) == before
    assert str(records[0].members["文字"]) == "栏次"


def neighbourhood(desk: Desk) -> Iterator[tuple[str, int, int]]:
    """Every cell from under the headings of a sheet to three rows and columns past its own."""
    for name, plan in desk.plan.layout.sheets.items():
        width = max(column.index for column in plan.columns)
        for row in range(plan.first, plan.foot + 4):
            for column in range(1, width + 4):
                yield name, row, column


def passed_over(desk: Desk, sound: Any, sheet: str, row: int, column: int) -> bool:
    """Whether a value typed into that cell changes nothing that is read or told."""
    cell = desk.page(sheet).cell(row, column)
    cell.value = STRANGE if cell.value != STRANGE else -STRANGE
    found = desk.read()
    same = not differing(found, sound) and len(found.findings) == len(sound.findings)
    desk.undo()
    return same


@pytest.mark.parametrize(
    "count", [15, pytest.param(2000, marks=pytest.mark.deep)], ids=["some", "many"]
)
def test_no_typed_cell_is_passed_over(desk: Desk, count: int) -> None:
    sound, cells = desk.read(), list(neighbourhood(desk))
    chosen = random.Random(count).sample(cells, min(count, len(cells)))
    assert [at for at in chosen if passed_over(desk, sound, *at)] == []
