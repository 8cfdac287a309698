"""What the cells of an edition's sheets count in: a unit, or one that the workbook chooses."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reportgen import messages
from reportgen.edition.fields import Field, chooser
from reportgen.edition.units import choices_of, unit_name
from reportgen.language.syntax import Refused
from reportgen.language.units import ANY, Unit
from reportgen.workbook.live.measures import Choice, Measure, of_unit
from reportgen.workbook.live.operands import Cell, Operand, Span
from reportgen.workbook.live.sheet_cells import SheetCells


class SheetUnits(SheetCells):
    """The sheets of an edition, by the units of their cells."""

    def unit_name(self, operand: Operand) -> str:
        """The unit of an operand as its edition names it, =表.项 where the workbook chooses; ""
        where it has none."""
        field = self.field(operand)
        if field is None or not field.numeric:
            return ""
        return unit_name(self.edition.sheet(operand.sheet), field)

    def units_of(self, operand: Operand) -> list[Unit]:
        """The unit of an operand; all that may be chosen, where the workbook chooses."""
        name = self.unit_name(operand)
        names = [name]
        if choice := chooser(name):
            names = choices_of(self.edition, self.edition.sheet(operand.sheet), choice)
        return [self.edition.measures[n] for n in names if n in self.edition.measures]

    def measure(self, operand: Operand) -> Measure:
        """What an operand counts in."""
        field, name = self.field(operand), self.unit_name(operand)
        if field is not None and field.own_unit:
            return self._own_measure(operand, field.own_unit)
        if choice := chooser(name):
            return self.chosen(choice)
        return of_unit(self.edition.measures.get(name))

    def _own_measure(self, operand: Operand, column: str) -> Measure:
        """That of a record which chooses its unit; of cells in several records nobody knows it."""
        plan = self.layout.tables[operand.sheet]
        planned = plan.by_name(column)
        if isinstance(operand, Span) or operand.found or planned is None:
            return Measure(ANY)
        cell = self.record_cell(plan, column, operand.row)
        assert isinstance(cell, Cell)
        return Measure(ANY, choice=Choice(cell, tuple(self.units_of(operand)), own=True))

    def chooses(self, name: str) -> bool:
        """Whether a cell of a form chooses the unit of something."""
        slot = self.layout.slots.get(name)
        return slot is not None and set(slot.field.choices or "-") <= self.edition.units.keys()

    def chosen(self, name: str) -> Measure:
        """What is chosen in a cell of a form, named as an edition writes it."""
        slot = self.layout.slots[name]
        units = tuple(self.edition.measures[choice] for choice in slot.field.choices)
        choice = Choice(Cell(slot.sheet, slot.cell, slot, blank_is_zero=False), units)
        return Measure(units[0].dimension, choice=choice)

    def one_unit(self, operands: Sequence[Operand], called: Collection[str]) -> None:
        """Refuses a check that adds up or compares cells of several units, or a cell with a number
        of another one (万元(5)). Where the workbook chooses, a number may be of any unit."""
        names = {self._told(o): self.unit_name(o) for o in operands if self._told(o)}
        dimensions = {measure.dimension for measure in names if measure}
        constants = {of_unit(u): n for n, u in self.edition.measures.items() if n in called}
        constants = {m: n for m, n in constants.items() if m.dimension in dimensions}
        chosen = len(names) == 1 and all(m and m.choice for m in names)
        if len(names) > 1 or (not chosen and len({*names, *constants}) > 1):
            told = sorted({*names.values(), *constants.values()})
            raise Refused(messages.UNITS_IN_CHECK.format(units="、".join(told)))

    def _told(self, operand: Operand) -> Measure | None:
        """The measure of an operand that has a unit of its own, not one that its record chooses."""
        measure = self.measure(operand)
        return None if measure.open or not self.units_of(operand) else measure

    def unit_names(self, operands: Sequence[Operand]) -> list[str]:
        """The units of several operands, for a message."""
        return sorted({self.unit_name(operand) for operand in operands})

    def field(self, operand: Operand) -> Field | None:
        """What the edition says of the cell or column behind an operand."""
        if isinstance(operand, Cell) and operand.slot is not None:
            return operand.slot.field
        plan = self.layout.sheets[operand.sheet]
        return next((c.column for c in plan.columns if c.letter == operand.column), None)
