"""The cells of an edition's sheets as formulas read them: one by one, or as columns of records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import quote_sheetname

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.models import Edition
from reportgen.language.syntax import Refused
from reportgen.workbook.layout import Layout, PlannedColumn, Slot, TableLayout
from reportgen.workbook.live.operands import Cell, Span, compact, same


@dataclass(frozen=True)
class SheetCells:
    """The sheets of an edition, by their cells."""

    edition: Edition
    layout: Layout

    def cell(self, slot: Slot) -> Cell:
        """The cell of a fixed slot."""
        plan = self.layout.sheets[slot.sheet]
        parts: list[tuple[int, Cell | Span]] = []
        if isinstance(plan, TableLayout):
            parts = [(1, self.span(plan, slot.name.cell))]
        elif slot.sums:
            parts = compact([(sign, self.cell(plan.slots[name])) for sign, name in slot.sums[0]])
        widens = isinstance(plan, TableLayout) or not (
            slot.sums and totals.across(slot.name, list(slot.sums[0]))
        )
        return Cell(slot.sheet, slot.cell, slot, slot.received, tuple(parts), widens)

    def span(self, plan: TableLayout, name: str, under: str = "", key: str = "") -> Span:
        """The cells of a column of records; with `key` of those within one record. A column that
        gathers stands for the cells that it adds up."""
        column = _column(plan, name)
        if column.column.gathers:
            child, source = column.column.gathered
            return self.span(self.layout.tables[child], source, key=key)
        tree = plan.sheet.tree
        across = self._across(plan, name)
        return Span(
            plan.sheet.name,
            column.letter,
            plan.guard,
            plan.foot,
            codes=plan.columns[0].letter if tree else "",
            detail=tree[-1] if tree else 0,
            under=under,
            keys=plan.columns[0].letter,
            key=key,
            derived=bool(column.column.computed),
            parts=tuple((sign, c.letter) for sign, c in across),
            inner=tuple(self._behind(plan, [c for _, c in across])),
        )

    def _behind(
        self, plan: TableLayout, columns: list[PlannedColumn]
    ) -> Iterator[tuple[str, tuple[tuple[int, str], ...]]]:
        """Of columns that are totals themselves the columns that they add up, by letters."""
        for column in columns:
            behind = tuple((sign, c.letter) for sign, c in self._across(plan, column.name))
            if behind:
                yield column.letter, behind

    def key_cell(self, plan: TableLayout, row: int) -> str:
        """The cell that names a record, as formulas anywhere write it."""
        return f"{quote_sheetname(plan.sheet.name)}!${plan.columns[0].letter}{row}"

    def outer_cell(self, plan: TableLayout, name: str, key: str) -> Cell | Span:
        """A cell of the record of another table whose key stands in the cell `key`."""
        column = _column(plan, name)
        if column.column.gathers:
            return self.span(plan, name, key=key)
        keys = Span(plan.sheet.name, plan.columns[0].letter, plan.guard, plan.foot).range
        values = Span(plan.sheet.name, column.letter, plan.guard, plan.foot).range
        found = f"INDEX({values},MATCH(TRUE,INDEX({same(keys, key)},0),0))"
        return Cell(
            plan.sheet.name,
            f"{column.letter}{plan.guard}",
            derived=bool(column.column.computed),
            found=found,
        )

    def record_cell(self, plan: TableLayout, name: str, row: int) -> Cell | Span:
        """A cell of a record; what it gathers stands for the cells that it adds up."""
        column = _column(plan, name)
        if column.column.gathers:
            return self.span(plan, name, key=self.key_cell(plan, row))
        parts: list[tuple[int, Cell | Span]] = [
            (sign, self.record_cell(plan, c.name, row)) for sign, c in self._across(plan, name)
        ]
        if column.helper and not parts and plan.sheet.tree:  # a subtotal that nobody typed
            parts = [(1, self.span(plan, name, under=self.key_cell(plan, row)))]
        zero = plan.sheet.received or column.column.blank == 0
        return Cell(
            plan.sheet.name,
            f"{column.letter}{row}",
            None,
            zero,
            tuple(parts),
            derived=bool(column.column.computed),
        )

    def _across(self, plan: TableLayout, name: str) -> list[tuple[int, PlannedColumn]]:
        """The columns that column `name` of a record adds up, none where it is no total."""
        named = [
            (sign, plan.by_name(part)) for sign, part in totals.of_records(plan.sheet).get(name, [])
        ]
        return [(sign, column) for sign, column in named if column]


def _column(plan: TableLayout, name: str) -> PlannedColumn:
    column = plan.by_name(name)
    if column is None:
        raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
    return column
