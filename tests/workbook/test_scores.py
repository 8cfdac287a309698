"""The scores that live in the workbook are those of the program: LibreOffice recalculates, we
compare cell by cell."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from office import Shown, opened
from opened import Known, OpenBook
from reportgen.language.numbers import Missing, Num
from reportgen.tasks import opening
from reportgen.tasks.filing import Filing, read_and_check

pytestmark = pytest.mark.office

TABLES = ("项目", "项目指标", "整体指标")
BANDS = (
    ("达成预期指标", None),
    ("达成预期指标", 91.5),
    ("部分达成并具有一定效果", 66),
    ("未达成且效果较差", 12.25),
)
VARIANTS = 3


def rows(plan: opening.OpenEdition, page: Any) -> list[int]:
    """The rows of a sheet that hold a record."""
    sheet = plan.layout.sheets[page.title]
    return [
        r for r in range(sheet.guard + 1, sheet.foot) if page.cell(r, 1).value not in (None, "")
    ]


def varied(plan: opening.OpenEdition, book: Workbook, choose: random.Random) -> dict[Cell, Any]:
    """Other goals, actuals, weights and funds for every row."""
    found = {}
    for table in ("项目指标", "整体指标", "项目资金"):
        at = {c.name: c.index for c in plan.layout.sheets[table].columns}
        for row in rows(plan, book[table]):
            other = funds(choose) if table == "项目资金" else goal(choose)
            found |= {book[table].cell(row, at[name]): value for name, value in other.items()}
    return found


def funds(choose: random.Random) -> dict[str, Any]:
    budget = choose.choice([0, 20, 45.55, round(choose.uniform(1, 500), 2)])
    spent = choose.choice(
        [budget, 0, None, -3, round(budget * 0.9123, 2), round(choose.uniform(0, 600), 2)]
    )
    return {"年初预算数": budget, "全年预算数": budget, "执行数": spent}


def goal(choose: random.Random) -> dict[str, Any]:
    blank = dict.fromkeys(("目标值", "完成值", "单位", "目标", "完成情况", "档次", "得分率"))
    weight = choose.choice([10, 20, 40, 7.5, None])
    if choose.random() < 0.3:
        band, share = choose.choice(BANDS)
        return blank | {
            "方向": "定性",
            "目标": "做好",
            "完成情况": "做了",
            "档次": band,
            "得分率": share,
            "分值": weight,
        }
    target = choose.choice([0, 100, 3, 12.34, round(choose.uniform(0, 1000), 2)])
    actual = choose.choice(
        [target, 0, None, -1, round(target * 0.777, 2), round(choose.uniform(0, 2000), 2)]
    )
    unit = choose.choice(["百分比", "万元", "平方米", "人"])
    if unit == "人":  # people are counted whole
        target, actual = round(target), actual and round(actual)
    return blank | {
        "方向": choose.choice("≥≤="),
        "目标值": target,
        "完成值": actual,
        "单位": unit,
        "分值": weight,
    }


def ours(plan: opening.OpenEdition, filing: Filing) -> dict[tuple[str, int, str], Any]:
    """(table, record, column) → what the program makes of the record, in the unit of the column."""
    found: dict[tuple[str, int, str], Any] = {}
    for table in TABLES:
        for i, record in enumerate(filing.facts[table].items):
            for c in (c for c in plan.layout.sheets[table].columns if c.column.derived):
                value = record.members[c.name]
                found[table, i, c.name] = (
                    value.value / value.unit.factor if isinstance(value, Num) else value
                )
    return found


def theirs(
    plan: opening.OpenEdition, book: Workbook, sheets: Shown
) -> dict[tuple[str, int, str], Any]:
    """The same as the recalculated workbook shows it."""
    return {
        (table, i, c.name): sheets.value(table, row, c.index)
        for table in TABLES
        for i, row in enumerate(rows(plan, book[table]))
        for c in plan.layout.sheets[table].columns
        if c.column.derived
    }


def same(program: Any, sheet: Any) -> bool:
    if isinstance(program, Missing):
        return sheet in (None, "")
    if isinstance(program, Decimal):
        return isinstance(sheet, int | float) and abs(
            Decimal(f"{sheet:.15g}") - program
        ) <= Decimal("0.01")
    return str(program) == (sheet or "")


def test_live_scores_are_those_of_the_program(plan: opening.OpenEdition, workbook: Path) -> None:
    book = load_workbook(workbook)
    changed = compared = 0
    known: Known = {}
    with opened(workbook) as office:
        for change in [{}, *(varied(plan, book, random.Random(n)) for n in range(VARIANTS))]:
            office.put(change)
            changed += len({(cell.parent.title, cell.row) for cell in change})
            program = ours(plan, read_and_check(plan, OpenBook(workbook, book, known)))
            sheet = theirs(plan, book, office.shown())
            assert program.keys() == sheet.keys()
            differ = {k: (program[k], sheet[k]) for k in program if not same(program[k], sheet[k])}
            assert differ == {}
            compared += sum(isinstance(v, Decimal) for v in program.values())
    assert changed > 200
    assert compared > 900
