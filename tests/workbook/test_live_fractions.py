"""Per cents that were typed as fractions: the sheet asks where the program asks, and where the
program saw a per cent sign that no formula sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from filling import address
from office import Shown, opened
from opened import Known, OpenBook
from reportgen.language import words
from reportgen.tasks import opening
from reportgen.tasks.filing import read_and_check

pytestmark = pytest.mark.office

GOALS = "项目指标"
RATE, COUNT, MONEY = 4, 8, 1  # records in 百分比, 场, 万元
TYPED = {0.95: True, 1: True, 0.0001: True, -0.5: True, 95: False, 1.01: False, 0: False}


def test_the_sheet_asks_about_each_bare_fraction_as_the_program_does(
    plan: opening.OpenEdition, workbook: Path
) -> None:
    book = load_workbook(workbook)
    actual, share, count, money = cells = [
        cell_of(plan, book, f"{GOALS}.完成值", RATE),
        cell_of(plan, book, f"{GOALS}.得分率", COUNT),  # in per cent whatever the unit of its row
        cell_of(plan, book, f"{GOALS}.完成值", COUNT),
        cell_of(plan, book, f"{GOALS}.完成值", MONEY),
    ]
    known: Known = {}
    with opened(workbook) as office:
        for typed, asked in TYPED.items():
            with office.changed({actual: typed, share: typed, money: typed}):
                shown = office.shown()
                sheet = [asks(plan, shown, cell) for cell in cells]
                findings = read_and_check(plan, OpenBook(workbook, book, known)).findings
            program = {f.place.cell for f in findings if f.id == "fraction"}
            assert sheet == [asked, asked, asked, False], typed  # count and share: one row
            assert program == ({actual.coordinate, share.coordinate} if asked else set())
        with office.changed({count: 0.5}):
            assert not asks(plan, office.shown(), count)


def test_a_per_cent_sign_is_seen_by_the_program_alone(
    plan: opening.OpenEdition, workbook: Path
) -> None:
    book = load_workbook(workbook)
    actual = cell_of(plan, book, f"{GOALS}.完成值", RATE)
    actual.number_format = "0%"
    with opened(workbook) as office, office.changed({actual: 0.95}):
        assert asks(plan, office.shown(), actual)
        findings = read_and_check(plan, OpenBook(workbook, book)).findings
    assert not any(f.id == "fraction" for f in findings)


def cell_of(plan: opening.OpenEdition, book: Workbook, name: str, row: int) -> Cell:
    sheet, where = address(plan, name, row)
    cell = book[sheet][where]
    assert isinstance(cell, Cell)
    return cell


def asks(plan: opening.OpenEdition, shown: Shown, cell: Cell) -> bool:
    """Whether the sheet asks about the row of a cell, in a column to the right of 检查."""
    first = plan.layout.sheets[GOALS].check_column + 1
    return any(shown.value(GOALS, cell.row, first + i) == words.FRACTION for i in range(30))
