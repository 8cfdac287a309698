"""A workbook that is open in openpyxl, as the reader sees it: a test changes cells and reads them
again without a file in between."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.reading import grid
from reportgen.workbook.reading.book import Book, Page

Known = dict[str, tuple[list[Any], Page]]


class OpenBook(Book):
    """`workbook`, which came from the file at `path`. Formulas have no results in it. `known` holds
    the sheets as they were read before: one that is still so is not read again."""

    def __init__(self, path: Path, workbook: Workbook, known: Known | None = None) -> None:
        self.path, self._workbook = path, workbook
        self._pages = {}
        self._known = {} if known is None else known

    @property
    def names(self) -> list[str]:
        return list(self._workbook.sheetnames)

    def _read(self, name: str) -> Page | None:
        sheet = self._workbook[name] if name in self._workbook.sheetnames else None
        if not isinstance(sheet, Worksheet):
            return None
        now = state(sheet)
        if name not in self._known or self._known[name][0] != now:
            self._known[name] = now, Page(grid_of(sheet))
        return self._known[name][1]


def state(sheet: Worksheet) -> list[Any]:
    """All of a sheet that a grid depends on, to be compared."""
    cells = [c for c in sheet._cells.values() if isinstance(c, Cell)]
    return [
        *((c.row, c.column, c._value, type(c._value), c.data_type, _format(c)) for c in cells),
        *sorted(area.coord for area in sheet.merged_cells.ranges),
    ]


def _format(cell: Cell) -> Any:
    """The number of its number format, which is found sooner than the format."""
    return cell._style.numFmtId if cell.has_style else None


def grid_of(sheet: Worksheet) -> grid.Grid:
    merged = [
        grid.Merged(area.min_row, area.min_col, area.max_row, area.max_col)
        for area in sheet.merged_cells.ranges
    ]
    return grid.Grid(cells_of(sheet), merged)


def cells_of(sheet: Worksheet) -> grid.Cells:
    filled = (c for c in sheet._cells.values() if isinstance(c, Cell) and c.value is not None)
    return {(c.row, c.column): cell_of(c) for c in filled}


def cell_of(cell: Cell) -> grid.Cell:
    formula = cell.data_type == "f"
    return grid.Cell(None if formula else _saved(cell.value), cell.number_format, formula)


def _saved(value: Any) -> Any:
    """A value as a file would have it: a whole number has no fraction."""
    if isinstance(value, float) and math.isfinite(value):
        text = f"{value:.16g}"
        return int(text) if text.lstrip("-").isdigit() else float(text)
    return value
