"""Fills workbooks by name, as a person would fill them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from reportgen.language import words
from reportgen.tasks.opening import OpenEdition
from reportgen.workbook.writing import blank


def empty(plan: OpenEdition, path: Path) -> Path:
    """A blank workbook of the edition."""
    blank.write(path, plan.edition, plan.layout, plan.rules)
    return path


def fill(
    plan: OpenEdition,
    path: Path,
    cells: Mapping[str, Any],
    records: Mapping[str, Iterable[Mapping[str, Any]]] = {},
    cleared: Iterable[str] = (),
) -> Path:
    """Writes values into a workbook: fixed cells by full name, records of a table row by row
    (column name → value)."""
    book = load_workbook(path)
    for name, value in cells.items():
        slot = plan.layout.slots[name]
        book[slot.sheet].cell(slot.row, slot.column).value = value
    for name in cleared:
        slot = plan.layout.slots[name]
        book[slot.sheet].cell(slot.row, slot.column).value = None
    for sheet, rows in records.items():
        planned = plan.layout.sheets[sheet]
        for i, row in enumerate(rows):
            for column, value in row.items():
                at = planned.by_name(column)
                assert at is not None, f"{sheet}.{column}"
                book[sheet].cell(planned.guard + 1 + i, at.index).value = value
    book.save(path)
    return path


def address(plan: OpenEdition, name: str, row: int = 0) -> tuple[str, str]:
    """(sheet, cell) of a fixed name, or of a column (表.列, 表.列.上年) in the `row`-th record (0
    first)."""
    if name in plan.layout.slots:
        slot = plan.layout.slots[name]
        return slot.sheet, slot.cell
    sheet, _, column = name.partition(".")
    planned = plan.layout.sheets[sheet]
    at = planned.by_name(column)
    assert at is not None, name
    return sheet, f"{at.letter}{planned.guard + 1 + row}"


GUIDE = words.GUIDE
