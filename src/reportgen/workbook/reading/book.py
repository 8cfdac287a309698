"""An open workbook: its sheets as plain grids, and what is on its guide sheet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import files as package
from reportgen import messages
from reportgen.findings import Unusable
from reportgen.language import words
from reportgen.workbook.reading import cells


class Page:
    """The filled cells of a sheet by (row, column)."""

    def __init__(self, sheet: Worksheet) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and isinstance(cell, Cell):
                    self.cells[cell.row, cell.column] = cell
        self.last_row = max((row for row, _ in self.cells), default=0)
        self.last_column = max((column for _, column in self.cells), default=0)

    def text(self, row: int, column: int) -> str:
        """The text of a cell for comparison: half-width, without blanks."""
        cell = self.cells.get((row, column))
        return cells.normal(cell.value) if cell else ""

    def row(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the filled cells of a row."""
        return [(c, text) for c in range(1, self.last_column + 1) if (text := self.text(row, c))]


class Book:
    """An open workbook. Cached results of formulas are loaded only when somebody typed a formula
    in an input cell."""

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() in (".docx", ".doc"):
            raise Unusable(messages.IS_WORD_FILE.format(file=path))
        package.preflight(path)
        self.path = path
        self._formulas = _load(path, data_only=False)
        self._cached: Workbook | None = None

    def page(self, name: str) -> Page | None:
        """The sheet of that name, None if there is none (or a chart bears the name)."""
        sheet = self._formulas[name] if name in self._formulas.sheetnames else None
        return Page(sheet) if isinstance(sheet, Worksheet) else None

    @property
    def names(self) -> list[str]:
        """The sheets' names."""
        return list(self._formulas.sheetnames)

    def cached(self, sheet: str, row: int, column: int) -> Any:
        """The result that a formula had when the workbook was last calculated, None if it never
        was."""
        if self._cached is None:
            self._cached = _load(self.path, data_only=True)
        cell = self._cached[sheet].cell(row, column)
        return "" if cell.value is None and cell.data_type == "str" else cell.value


def _load(path: Path, data_only: bool) -> Workbook:
    try:
        return load_workbook(path, data_only=data_only)
    except (
        InvalidFileException,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
    ) as error:
        raise Unusable(messages.WORKBOOK_BROKEN.format(file=path)) from error


def edition_name(book: Book) -> str:
    """The name of the edition that the workbook was made for, from its guide sheet; raises
    Unusable if it has none."""
    page = book.page(words.GUIDE)
    for row in range(1, page.last_row + 1) if page else ():
        for (_, here), (_, right) in pairwise(page.row(row) if page else []):
            if here == words.EDITION_LABEL:
                return right
    raise Unusable(
        messages.NO_EDITION_IN_WORKBOOK.format(
            file=book.path, label=words.EDITION_LABEL, sheet=words.GUIDE
        )
    )
