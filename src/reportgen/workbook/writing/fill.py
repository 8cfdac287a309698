"""Values written into an open workbook by name, as people would type them.

The workbook lies as its layout says: one that was written for it, without rows inserted since.
Fixed cells go by their full name (收支总表.收入总计, 收入决算.总计.合计), columns of a table by
theirs (合计, 合计.上年). All errors are Unusable, and name what cannot be written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from reportgen import messages
from reportgen.findings import Unusable
from reportgen.language.names import nearest, path, written
from reportgen.workbook.layout import Layout, PlannedColumn, Slot, TableLayout
from reportgen.workbook.writing.style import AnyCell, as_text

Values = Mapping[str, Any]  # by name; None clears a cell
Address = tuple[str, str]  # sheet and cell


def fill(
    book: Workbook, layout: Layout, cells: Values, records: Mapping[str, Sequence[Values]]
) -> None:
    """Writes fixed cells, and the records of tables row by row from the first one on.

    A column that a record does not name is left as it is. Nothing is written if anything cannot
    be: a name or column that there is not, more records than the sheet has rows for, a value in a
    cell that the program computes.
    """
    for (sheet, cell), value in [*_fixed(layout, cells), *_records(layout, records)]:
        _put(book[sheet][cell], value)


def _put(cell: AnyCell, value: Any) -> None:
    try:
        as_text(cell, value)
    except IllegalCharacterError as error:
        place = f"【{cell.parent.title}】{cell.coordinate}"
        raise Unusable(messages.CELL_CONTROL.format(place=place)) from error


def address(layout: Layout, name: str, record: int = 0) -> Address:
    """(sheet, cell) of a fixed name, or of a column (表.列, 表.列.上年) in that record, the first
    being 0; raises Unusable if there is no such name."""
    if name in layout.slots:
        slot = layout.slots[name]
        return slot.sheet, slot.cell
    sheet, *column = path(name)
    table = layout.sheets.get(sheet)
    if not isinstance(table, TableLayout):
        raise _unknown(name, layout.slots)
    return _in_record(table, _column(table, written(tuple(column))), record)


def _fixed(layout: Layout, cells: Values) -> Iterator[tuple[Address, Any]]:
    for name, value in cells.items():
        slot = layout.slots.get(name)
        if slot is None:
            raise _unknown(name, layout.slots)
        if _computed(layout, slot):
            raise _refused(name)
        yield (slot.sheet, slot.cell), value


def _records(
    layout: Layout, records: Mapping[str, Sequence[Values]]
) -> Iterator[tuple[Address, Any]]:
    for name, rows in records.items():
        table = layout.sheets.get(name)
        if not isinstance(table, TableLayout):
            raise _unknown(name, layout.sheets)
        room = table.sheet.spare
        if len(rows) > room:
            raise Unusable(messages.NO_ROOM.format(table=name, count=len(rows), room=room))
        for record, row in enumerate(rows):
            for column, value in row.items():
                yield _in_record(table, _typed(table, column), record), value


def _typed(table: TableLayout, name: str) -> PlannedColumn:
    """The column of that name, which people may type in."""
    column = _column(table, name)
    if not column.typed and not table.sheet.received:
        raise _refused(f"{table.sheet.name}.{name}")
    return column


def _column(table: TableLayout, name: str) -> PlannedColumn:
    column = table.by_name(name)
    if column is None:
        known = [f"{table.sheet.name}.{c.name}" for c in table.columns]
        raise _unknown(f"{table.sheet.name}.{name}", known)
    return column


def _in_record(table: TableLayout, column: PlannedColumn, record: int) -> Address:
    return table.sheet.name, f"{column.letter}{table.guard + 1 + record}"


def _computed(layout: Layout, slot: Slot) -> bool:
    """Whether the program alone fills a cell; totals of a received table are pasted with it."""
    total = bool(slot.sums) or isinstance(layout.sheets[slot.sheet], TableLayout)
    return total and not slot.received


def _unknown(name: str, known: Collection[str]) -> Unusable:
    hint = nearest(name, known)
    return Unusable(messages.UNKNOWN_NAME.format(kind=messages.KIND_NAME, name=name, hint=hint))


def _refused(name: str) -> Unusable:
    return Unusable(messages.COMPUTED_CELL.format(name=name))
