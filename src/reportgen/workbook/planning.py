"""The layout of an edition's sheets, made: every column and every fixed cell gets its place."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Column, Row
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.workbook.layout import FormLayout, Layout, PlannedColumn, Slot, TableLayout, position


def plan(sheet: Sheet) -> FormLayout | TableLayout:
    """The layout of a sheet."""
    if isinstance(sheet, Table):
        table = TableLayout(sheet, _columns([sheet]))
        table.slots.update(_total_slots(table))
        return table
    assert isinstance(sheet, Form)
    form = FormLayout(sheet, _columns(sheet.blocks))
    form.slots.update(_form_slots(form))
    return form


def _columns(parts: Sequence[Block | Table]) -> list[PlannedColumn]:
    """The columns of a sheet from A on, then the helper columns beside them."""
    columns: list[PlannedColumn] = []
    outside: list[tuple[int, Column, bool]] = []
    for i, part in enumerate(parts):
        if isinstance(part, Block) and part.across:
            columns += _across(i, part, len(columns) + 1)
            continue
        for column in part.fields:
            if column.outside:
                outside.append((i, column, False))
            else:
                index = len(columns) + 1
                columns.append(PlannedColumn(i, column, index, column.label, group=column.group))
            if column.prior:
                outside.append((i, column, True))
    start = len(columns) + 2
    for index, (i, column, prior) in enumerate(outside, start):
        part = parts[i]
        side = part.name if isinstance(part, Block) else ""
        heading = side + column.label + messages.PRIOR_HEADING if prior else column.label
        columns.append(PlannedColumn(i, column, index, heading, prior))
    return columns


def _across(i: int, block: Block, start: int) -> list[PlannedColumn]:
    pairs = [(column, row) for column in block.values for row in block.lines]
    return [
        PlannedColumn(i, c, start + n, r.label, group=c.label, row=r)
        for n, (c, r) in enumerate(pairs)
    ]


def _form_slots(form: FormLayout) -> dict[Name, Slot]:
    sheet = form.sheet
    sums = totals.of_form(sheet)
    slots = {}
    for block, row, column, prior in totals.slots(sheet):
        name = totals.name(sheet, block, row, column, prior)
        index = _index(
            form, sheet.blocks.index(block), row if block.across else None, column, prior
        )
        line = form.first + (0 if block.across else position(block, row))
        rules = tuple(tuple(rule) for rule in sums.get(name, []))
        slots[name] = Slot(
            name, sheet.name, line, index, block.slot(row, column), sheet.received, rules
        )
    return slots


def _index(form: FormLayout, block: int, row: Row | None, column: Column, prior: bool) -> int:
    found = (
        c for c in form.columns if c.block == block and c.column is column and c.prior == prior
    )
    return next(c.index for c in found if c.row is row)


def _total_slots(table: TableLayout) -> dict[Name, Slot]:
    sheet, row = table.sheet, table.total_row
    if row is None:
        return {}
    summed = totals.summed(sheet)
    slots = {}
    for column in table.columns:
        if column.column in summed:
            name = Name(sheet.name, words.TOTALS).at(column.column.name, column.prior)
            slots[name] = Slot(name, sheet.name, row, column.index, column.column, sheet.received)
    return slots


def layout(edition: Edition) -> Layout:
    """Where everything lies."""
    return Layout({sheet.name: plan(sheet) for sheet in edition.sheets})
