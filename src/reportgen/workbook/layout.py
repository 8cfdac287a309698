"""Where each value lies in the workbook. Blank, reader and formulas share this and nothing else of geometry.

A sheet is: title (row 1), number and help (2), body and unit of money (3), headings (4), rows from 5 on. Blocks stand
side by side from column A; one narrow column to their right follow the helper columns (last year's numbers), then 检查.
A table of records has its total row first, then a thin guard row, the records, and a foot row; ranges run from guard
to foot, so that rows inserted between them are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

from reportgen import messages, totals, words
from reportgen.edition import Block, Column, Edition, Field, Row, Sheet

HEADING_ROW = 4


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell for one value: where it lies, what belongs there, and of which other slots it is the sum."""

    name: str
    sheet: str
    row: int
    column: int
    field: Field
    received: bool
    sums: tuple[tuple[tuple[int, str], ...], ...] = ()

    @property
    def cell(self) -> str:
        """C37."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column of the sheet: of a block, or last year's column beside it."""

    block: int
    column: Column
    index: int
    heading: str
    prior: bool = False

    @property
    def letter(self) -> str:
        """Its letter."""
        return get_column_letter(self.index)

    @property
    def name(self) -> str:
        """合计, or 合计.上年."""
        return f"{self.column.name}.{words.PRIOR}" if self.prior else self.column.name


@dataclass(frozen=True)
class Plan:
    """The layout of one sheet."""

    sheet: Sheet
    columns: list[PlannedColumn]
    slots: dict[str, Slot] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first row under the headings."""
        return HEADING_ROW + 1

    @property
    def open(self) -> Block | None:
        """The block of records, None for a form."""
        return self.sheet.blocks[0] if self.sheet.open else None

    @property
    def total_row(self) -> int | None:
        """The row of the total over the records."""
        return self.first if self.open and self.open.total else None

    @property
    def guard(self) -> int:
        """The thin row above the first record; ranges begin here."""
        return self.first + (1 if self.total_row else 0)

    @property
    def foot(self) -> int:
        """The last row: of a table of records the one that says where to insert; ranges end here."""
        if self.open:
            return self.guard + self.open.spare + 1
        return HEADING_ROW + max(len(b.lines) for b in self.sheet.blocks)

    @property
    def check_column(self) -> int:
        """The column of the verdict; the verdicts it is the worst of stand hidden to its right."""
        return self.columns[-1].index + 1

    @cached_property
    def captions(self) -> dict[tuple[int, int], str]:
        """What the form itself prints: (row, column) → label or line number."""
        texts: dict[tuple[int, int], str] = {}
        number = 0
        for i, block in enumerate(self.sheet.blocks):
            for j, row in enumerate(block.lines):
                number += 1
                for planned in self.columns:
                    if planned.block == i and planned.column.caption and not planned.prior:
                        text = row.label if planned.column.kind == "label" else str(number)
                        texts[self.first + j, planned.index] = text
        return texts

    def by_name(self, name: str) -> PlannedColumn | None:
        """The column of a table of records by its name, 合计 or 合计.上年."""
        return next((c for c in self.columns if c.name == name), None)


def plan(sheet: Sheet) -> Plan:
    """The layout of a sheet."""
    columns: list[PlannedColumn] = []
    outside: list[tuple[int, Column, bool]] = []
    for i, block in enumerate(sheet.blocks):
        for column in block.fields:
            if column.outside:
                outside.append((i, column, False))
            else:
                columns.append(PlannedColumn(i, column, len(columns) + 1, column.label))
            if column.prior:
                outside.append((i, column, True))
    start = len(columns) + 2
    for index, (i, column, prior) in enumerate(outside, start):
        heading = sheet.blocks[i].name + column.label + messages.PRIOR_HEADING if prior else column.label
        columns.append(PlannedColumn(i, column, index, heading, prior))
    planned = Plan(sheet, columns)
    if not sheet.open:
        planned.slots.update(_grid_slots(planned))
    elif planned.total_row:
        planned.slots.update(_total_slots(planned))
    return planned


def _grid_slots(planned: Plan) -> dict[str, Slot]:
    sheet = planned.sheet
    sums = totals.of_grid(sheet)
    slots = {}
    for block, row, column, prior in totals.slots(sheet):
        name = totals.name(sheet, block, row, column, prior)
        index = _index(planned, sheet.blocks.index(block), column, prior)
        position = planned.first + _position(block, row)
        rules = tuple(tuple(rule) for rule in sums.get(name, []))
        slots[name] = Slot(name, sheet.name, position, index, block.slot(row, column), sheet.received, rules)
    return slots


def _position(block: Block, row: Row) -> int:
    return next(i for i, r in enumerate(block.lines) if r is row)


def _index(planned: Plan, block: int, column: Column, prior: bool) -> int:
    return next(c.index for c in planned.columns if c.block == block and c.column is column and c.prior == prior)


def _total_slots(planned: Plan) -> dict[str, Slot]:
    sheet, block, row = planned.sheet, planned.open, planned.total_row
    assert block is not None
    assert row is not None
    summed = totals.summed(block)
    slots = {}
    for column in planned.columns:
        if column.column in summed:
            name = f"{sheet.name}.{words.TOTALS}.{column.name}"
            slots[name] = Slot(name, sheet.name, row, column.index, column.column, sheet.received)
    return slots


@dataclass(frozen=True)
class Layout:
    """The layout of every sheet of an edition."""

    plans: dict[str, Plan]

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every fixed slot by full name."""
        return {name: slot for p in self.plans.values() for name, slot in p.slots.items()}


def layout(edition: Edition) -> Layout:
    """Where everything lies."""
    return Layout({sheet.name: plan(sheet) for sheet in edition.sheets})
