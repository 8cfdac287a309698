"""What somebody typed that no reader used: records outside the rows for records, cells beside them,
a second line of the same label, a copy of a sheet. Told, never passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from openpyxl.utils import get_column_letter

from reportgen import messages
from reportgen.edition.sheets import Form, Sheet
from reportgen.findings import Place, Severity
from reportgen.language import words
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.sheet import Reading, SheetReader

_FOOT = tuple(cells.normal(text) for text in words.FOOT)
_REMARKS = tuple(cells.normal(text) for text in words.REMARKS)
_SHOWN = 6  # cells that a message names

Cells = list[tuple[int, int]]


def tell_leftovers(reader: SheetReader) -> None:
    """Tells what stands under the headings of a sheet and was not read: a record outside the rows
    for records row by row, anything else in one finding."""
    rest = list(_unused(reader))
    for row, together in groupby(rest, key=lambda at: at[0]):
        columns = {column for _, column in together}
        if _is_record(reader, columns):
            _tell_record(reader, row, columns)
            rest = [at for at in rest if at[0] != row]
    if rest:
        _tell_cells(reader, rest)


def tell_copies(reading: Reading) -> None:
    """Tells copies of the edition's sheets, which Excel names 收支总表 (2): nobody reads them."""
    names = {sheet.name for sheet in reading.edition.sheets}
    for name in reading.book.names:
        original = name.rpartition(" (")[0]
        if original in names and name not in names:
            message = messages.SHEET_COPY.format(original=original)
            remedy = messages.REMEDY_SHEET_COPY
            fault = SheetFault("sheet-copy", message, remedy, Severity.WARNING)
            reading.tell(Place(sheet=name), fault)


def _unused(reader: SheetReader) -> Iterator[tuple[int, int]]:
    """The typed cells under the headings that nobody read and that are none of ours."""
    ours = {cells.normal(text) for text in _help(reader.sheet)}
    no_record = lru_cache(reader.is_no_record)
    for row, column in sorted(reader.page.cells.keys() - reader.used):
        formula = reader.page.cells[row, column].formula
        if formula or row <= reader.headings.row or no_record(row):
            continue
        text = reader.page.text(row, column)
        foot = not _is_number(reader, row, column) and _is_foot(reader, row)
        if text and text not in ours and not foot:
            yield row, column


def _help(sheet: Sheet) -> Iterator[str]:
    """What the sheet says beside its lines."""
    for block in sheet.blocks if isinstance(sheet, Form) else []:
        yield from (line.help for line in block.lines if line.help)


def _is_foot(reader: SheetReader, row: int) -> bool:
    """Whether a row is one of ours under the records, or holds remarks."""
    return any(text.startswith((*_FOOT, *_REMARKS)) for _, text in reader.page.row(row))


def _is_record(reader: SheetReader, typed: set[int]) -> bool:
    """Whether the unused cells of a row are a record: its key, and more under the headings."""
    if isinstance(reader.sheet, Form):
        return False
    key = reader.headings.column(reader.plan.columns[0])
    return key in typed and len(typed & _declared(reader)) > 1


def _declared(reader: SheetReader) -> set[int]:
    """The columns of the sheet that have a heading of ours."""
    return set(reader.headings.columns.values())


def _tell_record(reader: SheetReader, row: int, typed: set[int]) -> None:
    """With a number in it the sums lack something; without, it may be a line of signatures."""
    numbers = any(_is_number(reader, row, column) for column in typed)
    severity = Severity.ERROR if numbers else Severity.WARNING
    fault = SheetFault("outside", messages.OUTSIDE, messages.REMEDY_OUTSIDE, severity)
    reader.reading.tell(reader.place(row, reader.plan.columns[0]), fault)


def _tell_cells(reader: SheetReader, rest: Cells) -> None:
    """Texts beside the sheet's own columns are most likely remarks."""
    named = [f"{get_column_letter(column)}{row}" for row, column in rest]
    others = "、".join(named[1:_SHOWN]) if len(named) > 1 else ""
    message = messages.UNREAD_CELLS.format(cells=others, count=len(named)) if others else ""
    place = Place(sheet=reader.sheet.name, cell=named[0])
    data = any(_is_number(reader, *at) or at[1] in _declared(reader) for at in rest)
    severity = Severity.WARNING if data else Severity.NOTE
    message += messages.UNREAD
    fault = SheetFault("unread", message, messages.REMEDY_UNREAD, severity)
    reader.reading.tell(place, fault)


def _is_number(reader: SheetReader, row: int, column: int) -> bool:
    return isinstance(reader.page.cells[row, column].value, int | float)
