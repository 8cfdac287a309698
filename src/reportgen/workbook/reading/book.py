"""An open workbook: its sheets as plain grids, and what is on its guide sheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import files, messages
from reportgen.findings import Unusable
from reportgen.language import words
from reportgen.workbook.reading import cells


class Page:
    """The filled cells of a sheet by (row, column), as they stood when it was first asked for."""

    def __init__(self, sheet: Worksheet) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self._columns: dict[int, list[int]] = {}  # the filled ones of each row
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and isinstance(cell, Cell):
                    self.cells[cell.row, cell.column] = cell
                    self._columns.setdefault(cell.row, []).append(cell.column)
        self.last_row = max((row for row, _ in self.cells), default=0)
        self.last_column = max((column for _, column in self.cells), default=0)
        self._texts: dict[tuple[int, int], str] = {}

    def text(self, row: int, column: int) -> str:
        """The text of a cell for comparison: half-width, without blanks; "" for an empty one."""
        at = row, column
        if at not in self.cells:
            return ""
        if at not in self._texts:
            self._texts[at] = cells.normal(self.cells[at].value)
        return self._texts[at]

    def row_values(self, row: int) -> Iterator[Any]:
        """What stands in the filled cells of a row."""
        return (self.cells[row, column].value for column in self._columns.get(row, ()))

    def row(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the filled cells of a row."""
        texts = ((column, self.text(row, column)) for column in self._columns.get(row, ()))
        return [(column, text) for column, text in texts if text]


class Book:
    """An open workbook: the file at `path`, or `workbook` where that file is open already.

    Its sheets are looked at once: cells that change later are seen by another Book. Cached results
    of formulas come from the file, and are loaded only when somebody typed a formula in an input
    cell. Raises Unusable if the file is none that can be read.
    """

    def __init__(self, path: Path, workbook: Workbook | None = None) -> None:
        self.path = path
        self._formulas = workbook or _opened(path)
        self._cached: Workbook | None = None
        self._pages: dict[str, Page] = {}

    def page(self, name: str) -> Page | None:
        """The sheet of that name, None if there is none (or a chart bears the name)."""
        sheet = self._formulas[name] if name in self._formulas.sheetnames else None
        if not isinstance(sheet, Worksheet):
            return None
        if name not in self._pages:
            self._pages[name] = Page(sheet)
        return self._pages[name]

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


def _opened(path: Path) -> Workbook:
    if path.suffix.lower() in (".docx", ".doc"):
        raise Unusable(messages.IS_WORD_FILE.format(file=path))
    files.preflight(path)
    return _load(path, data_only=False)


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
