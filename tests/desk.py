"""One workbook, opened once: a test changes it and reads it, and it is as it was for the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from filling import address
from opened import Known, OpenBook, state
from reportgen.tasks import opening
from reportgen.tasks.filing import Filing, read_and_check
from reportgen.workbook.reading import read as reading


class Desk:
    """An open workbook to be changed and read. `path` is the file that it came from; what is saved
    goes into `folder`."""

    def __init__(self, plan: opening.OpenEdition, path: Path, folder: Path) -> None:
        self.plan, self.path, self.folder = plan, path, folder
        self.book = load_workbook(path)
        self._known: Known = {}
        self._filing: tuple[Any, Filing] | None = None
        self._sheets = list(self.book._sheets)
        self._cells = [(page, dict(page._cells)) for page in self.book.worksheets]
        self._merged = [(page, set(page.merged_cells.ranges)) for page in self.book.worksheets]
        self._values = [
            (cell, cell._value, cell.data_type, cell.number_format)
            for _, cells in self._cells
            for cell in cells.values()
            if isinstance(cell, Cell)
        ]

    def undo(self) -> None:
        """Sheets, rows, merged cells and values as they stood in the file."""
        self.book._sheets = list(self._sheets)
        for page, ranges in self._merged:
            page.merged_cells.ranges = set(ranges)
        for page, cells in self._cells:
            page._cells = dict(cells)
            for (row, column), cell in cells.items():
                cell.row, cell.column = row, column
        for cell, value, data_type, number_format in self._values:
            if cell._value is not value or cell.data_type != data_type:
                cell._value, cell.data_type = value, data_type
                cell.number_format = number_format

    def page(self, name: str) -> Worksheet:
        page = self.book[name]
        assert isinstance(page, Worksheet)
        return page

    def cell(self, name: str, row: int = 0) -> Any:
        """The cell of a fixed name, or of a column in the row-th record."""
        sheet, cell = address(self.plan, name, row)
        return self.page(sheet)[cell]

    def put(self, name: str, value: Any, row: int = 0) -> str:
        """Writes a value and says where, 【表】C5."""
        cell = self.cell(name, row)
        cell.value = value
        return f"【{name.split('.')[0]}】{cell.coordinate}"

    def heading(self, sheet: str, name: str) -> Any:
        """The cell of a column's heading."""
        planned = self.plan.layout.sheets[sheet]
        column = next(c for c in planned.columns if c.name == name)
        return self.page(sheet).cell(planned.first - 1, column.index)

    def saved(self) -> Path:
        """The workbook as a file of its own, for what only a file has."""
        path = self.folder / "改.xlsx"
        self.book.save(path)
        return path

    def open_book(self) -> OpenBook:
        """The workbook as it is now, for the reader."""
        return OpenBook(self.path, self.book, self._known)

    def read(self) -> reading.WorkbookRead:
        return reading.read(self.open_book(), self.plan.edition, self.plan.layout)

    def filing(self) -> Filing:
        """The workbook as it is now, read and checked."""
        now = [(page.title, state(page)) for page in self.book.worksheets]
        if self._filing is None or self._filing[0] != now:
            self._filing = now, read_and_check(self.plan, self.open_book())
        return self._filing[1]
