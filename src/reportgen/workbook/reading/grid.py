"""A sheet of a package → the cells that exist, in one pass. What is only formatted costs nothing,
wherever it stands, and what is merged is not expanded."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from lxml import etree
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601

from reportgen import messages
from reportgen.findings import Unusable
from reportgen.workbook.reading.package import GENERAL, MAIN, Package, text_of

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST = 2_000_000  # cells of a sheet, with the merely formatted ones
_READ = ("row", "c", "mergeCell")
_FOLLOWING = ("conditionalFormatting", "dataValidation")  # what comes after the merges
_ROW, _CELL = MAIN + "row", MAIN + "c"
_AFTER = [MAIN + tag for tag in _FOLLOWING]
_OUT_OF_CALENDAR = "#VALUE!"  # what a day shows that there is not
_AT = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FRACTION = re.compile(r"[^\d+-]")

At = tuple[int, int]  # row, column


class Cell(NamedTuple):
    """A cell with something in it: its value (of a formula the last result, None where it was
    never calculated) as text, number, truth, date or time, its number format, and whether it is a
    formula."""

    value: Any
    number_format: str = GENERAL
    formula: bool = False


Cells = dict[At, Cell]


class Merged(NamedTuple):
    """A merged cell: its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """What stands in a sheet: its cells by row and column, none of which lies under a merged one,
    and its merged cells."""

    cells: Cells
    merged: list[Merged]


def grid_of(package: Package, sheet: str) -> Grid:
    """What stands in a sheet."""
    with package.readable():
        read = _Sheet(package, sheet)
        _uncover(read.cells, read.merged)
        return Grid(read.cells, read.merged)


class _Sheet:
    """A sheet while it is read. `row` and `column` are where the last cell stood: a cell need not
    say where it stands."""

    def __init__(self, package: Package, sheet: str) -> None:
        self.package, self.row, self.column = package, 1, 0
        self.cells: Cells = {}
        self.merged: list[Merged] = []
        part = package.sheets[sheet] or ""
        for seen, element in enumerate(package.elements(part, *_READ, *_FOLLOWING)):
            if element.tag in _AFTER:
                break
            if seen > _MOST:
                told = {"file": package.path, "sheet": sheet, "limit": _MOST}
                raise Unusable(messages.SHEET_TOO_FULL.format(**told))
            self._read(element)

    def _read(self, element: etree._Element) -> None:
        if element.tag == _CELL:
            self._read_cell(element)
        elif element.tag == _ROW:
            self.row, self.column = int(element.get("r", self.row)) + 1, 0
        else:
            first, _, last = element.get("ref", "").partition(":")
            self.merged.append(Merged(*position(first), *position(last or first)))

    def _read_cell(self, element: etree._Element) -> None:
        at = self._position(element)
        if not len(element):
            return  # merely formatted
        formula = element.find(MAIN + "f") is not None
        number_format = self.package.number_format(int(element.get("s", 0)))
        value = self._value(element, number_format, formula)
        if formula or value is not None:
            self.cells[at] = Cell(value, number_format, formula)

    def _position(self, element: etree._Element) -> At:
        if (where := element.get("r")) is not None:
            self.row, self.column = position(where)
            return self.row, self.column
        row = element.getparent()
        assert row is not None
        self.row, self.column = int(row.get("r", self.row)), self.column + 1
        return self.row, self.column

    def _value(self, element: etree._Element, number_format: str, formula: bool) -> Any:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return text_of(element)
        text = element.findtext(MAIN + "v")
        if not text:
            return "" if formula and kind == "str" else None
        if kind == "s":
            return self.package.texts[int(text)]
        if kind == "n":
            return self._number(text, number_format)
        return _OTHERS.get(kind, str)(text)

    def _number(self, text: str, number_format: str) -> Any:
        """A number; a day or a time where the format shows it as one."""
        number = float(text) if _FRACTION.search(text) else int(text)
        if not _is_date(number_format):
            return number
        try:
            span = is_timedelta_format(number_format)
            return from_excel(number, self.package.epoch, timedelta=span)
        except (OverflowError, ValueError):
            return _OUT_OF_CALENDAR


# a text of a kind of cell → its value
_OTHERS: dict[str, Callable[[str], Any]] = {"b": lambda text: bool(int(text)), "d": from_ISO8601}
_is_date = lru_cache(is_date_format)


def position(where: str) -> At:
    """C37 → (37, 3). Raises ValueError for what is no cell of a sheet."""
    found = _AT.fullmatch(where)
    if not found:
        raise ValueError(where)
    row, column = int(found[2]), column_index_from_string(found[1])
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        raise ValueError(where)
    return row, column


def _uncover(cells: Cells, merged: list[Merged]) -> None:
    """Takes away the cells that lie under merged ones: nobody sees them. Looks at the fewer of the
    places that a merged cell takes and the cells that there are."""
    looked = 0
    for area in merged:
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        looked += min(size, len(cells))
        if looked > _MOST:
            raise ValueError(area)  # they lie over each other
        for at in _inside(cells, area, size):
            if at != (area.top, area.left):
                cells.pop(at, None)


def _inside(cells: Cells, area: Merged, size: int) -> list[At]:
    """The places of a merged cell, or only those where a cell is if these are fewer."""
    top, left, bottom, right = area
    if size <= len(cells):
        return list(product(range(top, bottom + 1), range(left, right + 1)))
    return [(row, col) for row, col in cells if top <= row <= bottom and left <= col <= right]
