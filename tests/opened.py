"""A workbook that is open in openpyxl, as the reader sees it: a test changes cells and reads them
again without a file in between."""

from __future__ import annotations

from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.reading import grid
from reportgen.workbook.reading.book import Book, Page


class OpenBook(Book):
    """`workbook`, which came from the file at `path`. Formulas have no results in it."""

    def __init__(self, path: Path, workbook: Workbook) -> None:
        self.path, self._workbook = path, workbook
        self._pages = {}

    @property
    def names(self) -> list[str]:
        return list(self._workbook.sheetnames)

    def _read(self, name: str) -> Page | None:
        sheet = self._workbook[name] if name in self._workbook.sheetnames else None
        return Page(grid_of(sheet)) if isinstance(sheet, Worksheet) else None


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
    return grid.Cell(None if formula else cell.value, cell.number_format, formula)
