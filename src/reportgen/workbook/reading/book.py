"""An open workbook: its sheets as plain grids, and what is on its guide sheet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from reportgen import messages
from reportgen.findings import Unusable
from reportgen.language import words
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.grid import Grid, grid_of
from reportgen.workbook.reading.package import Package


class Page:
    """The filled cells of a sheet by (row, column), and its merged ones."""

    def __init__(self, grid: Grid) -> None:
        self.cells, self.merged = grid
        self._columns: dict[int, list[int]] = {}  # the filled ones of each row
        for row, column in sorted(self.cells):
            self._columns.setdefault(row, []).append(column)
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

    def typed(self, row: int) -> list[Any]:
        """What people typed into the cells of a row."""
        found = (self.cells[row, column] for column in self._columns.get(row, ()))
        return [cell.value for cell in found if not cell.formula and cell.value != ""]

    def row(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the filled cells of a row."""
        texts = ((column, self.text(row, column)) for column in self._columns.get(row, ()))
        return [(column, text) for column, text in texts if text]


class Book:
    """A workbook file. Raises Unusable if the file is none that can be read, here or when one of
    its sheets is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._package = Package(path)
        self._pages: dict[str, Page | None] = {}

    @property
    def names(self) -> list[str]:
        """The sheets' names."""
        return list(self._package.sheets)

    def page(self, name: str) -> Page | None:
        """The sheet of that name, None if there is none (or a chart bears the name)."""
        if name not in self._pages:
            self._pages[name] = self._read(name)
        return self._pages[name]

    def _read(self, name: str) -> Page | None:
        if self._package.sheets.get(name) is None:
            return None
        return Page(grid_of(self._package, name))


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
