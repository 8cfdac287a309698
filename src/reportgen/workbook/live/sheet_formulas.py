"""What cells and totals are worth in a formula: their value, their unit, the room that rounding
leaves them.

A total that equals the sum of its own parts to the cent has their room, any other half a step; so
no function of Excel 2013 is needed to tell a typed total from a computed one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import quote_sheetname

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Field, chooser
from reportgen.edition.models import Edition
from reportgen.edition.units import choices_of, unit_name
from reportgen.language.syntax import Refused
from reportgen.language.units import ANY, Unit
from reportgen.workbook.layout import Layout, PlannedColumn, Slot, TableLayout
from reportgen.workbook.live.measures import Choice, Measure, of_unit
from reportgen.workbook.live.operands import Cell, Operand, Span, compact, joined_ranges, same


@dataclass(frozen=True)
class SheetFormulas:
    """The sheets of an edition as formulas see them."""

    edition: Edition
    layout: Layout

    def total(self, slot: Slot) -> str:
        """What a total's cell computes until something is typed over it."""
        return self.joined(self.cell(slot).parts)

    def across(self, plan: TableLayout, name: str, row: int) -> str:
        """What the total in column `name` of a record computes."""
        cell = self.record_cell(plan, name, row)
        return self.joined(cell.parts) if isinstance(cell, Cell) else cell.sum

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
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
        if column.column.gathers:
            child, source = column.column.gathered
            return self.span(self.layout.tables[child], source, key=key)
        tree = plan.sheet.tree
        codes, detail = (plan.columns[0].letter, tree[-1]) if tree else ("", 0)
        across = self._across(plan, name)
        parts = tuple((sign, c.letter) for sign, c in across)
        nested = (
            (c.letter, tuple((s, p.letter) for s, p in self._across(plan, c.name)))
            for _, c in across
        )
        inner = tuple((letter, behind) for letter, behind in nested if behind)
        made, keys = bool(column.column.computed), plan.columns[0].letter
        span = Span(
            plan.sheet.name,
            column.letter,
            plan.guard,
            plan.foot,
            codes,
            detail,
            under,
            keys,
            key,
            derived=made,
        )
        return replace(span, parts=parts, inner=inner)

    def key_cell(self, plan: TableLayout, row: int) -> str:
        """The cell that names a record, as formulas anywhere write it."""
        return f"{quote_sheetname(plan.sheet.name)}!${plan.columns[0].letter}{row}"

    def outer_cell(self, plan: TableLayout, name: str, key: str) -> Cell | Span:
        """A cell of the record of another table whose key stands in the cell `key`."""
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
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
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
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

    def value(self, operand: Operand) -> str:
        """The number of a cell or the sum of a span; a cleared total counts as its parts."""
        if isinstance(operand, Span):
            return operand.sum
        return (
            f"IF(ISBLANK({operand.ref}),{self.joined(operand.parts)},{operand.ref})"
            if operand.parts
            else operand.ref
        )

    def joined(self, parts: Sequence[tuple[int, Operand]]) -> str:
        """Signed operands as one sum."""
        plain = [a.ref for sign, a in parts if sign > 0 and isinstance(a, Cell) and not a.parts]
        if len(plain) == len(parts) > 2:
            return f"SUM({joined_ranges(plain)})"
        return "".join(
            ("+" if sign > 0 else "-") + self.value(a) for sign, a in parts
        ).removeprefix("+")

    def slack(self, terms: list[tuple[float, Operand]]) -> str:
        """Σ |coefficient| × half a step, over the cells that hold a number; a cell on both sides
        cancels."""
        merged: dict[Operand, float] = {}
        for k, operand in terms:
            merged[operand] = merged.get(operand, 0) + k
        texts = []
        plain: dict[float, list[str]] = {}
        for operand, k in merged.items():
            if k and isinstance(operand, Cell) and not operand.parts:
                plain.setdefault(abs(k) * self._half(operand), []).append(operand.ref)
            elif k:
                texts.append(f"{abs(k):g}*({self._room(operand)})")
        texts += [f"{half:g}*COUNT({joined_ranges(refs)})" for half, refs in plain.items() if half]
        return "+".join(texts) or "0"

    def _room(self, operand: Operand) -> str:
        half = self._half(operand)
        if isinstance(operand, Span):
            return f"{half:g}*({operand.filled})"
        computed = f"ISBLANK({operand.ref})"
        if operand.widens:  # of a total that equals its parts nobody can tell whether it was typed
            equal = f"ROUND({operand.ref}-({self.joined(operand.parts)}),6)=0"
            computed = f"IFERROR(OR({computed},{equal}),FALSE)"
        room = self.slack([(sign, part) for sign, part in operand.parts])
        return f"IF({computed},{room},{half:g})"

    def _half(self, operand: Operand) -> float:
        """Half a step of the last declared decimal, in the sheet's own unit; 0 for numbers that
        are exact."""
        field = self.field(operand)
        if operand.derived or field is None or field.own_unit:
            return 0.0
        places = {unit.places for unit in self._units(operand)}
        if len(places) > 1:
            name = chooser(self._unit_name(operand))
            raise Refused(messages.UNIT_PLACES_DIFFER.format(name=name))
        decimals = places.pop() if places else 0
        return 0.5 * 10.0**-decimals if decimals else 0.0

    def _unit_name(self, operand: Operand) -> str:
        """The unit of an operand as its edition names it, =表.项 where the workbook chooses; ""
        where it has none."""
        field = self.field(operand)
        if field is None or not field.numeric:
            return ""
        return unit_name(self.edition.sheet(operand.sheet), field)

    def _units(self, operand: Operand) -> list[Unit]:
        """The unit of an operand; all that may be chosen, where the workbook chooses."""
        name = self._unit_name(operand)
        names = [name]
        if choice := chooser(name):
            names = choices_of(self.edition, self.edition.sheet(operand.sheet), choice)
        return [self.edition.measures[n] for n in names if n in self.edition.measures]

    def measure(self, operand: Operand) -> Measure:
        """What an operand counts in."""
        field, name = self.field(operand), self._unit_name(operand)
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
        return Measure(ANY, choice=Choice(cell, tuple(self._units(operand)), own=True))

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
        names = {self._told(o): self._unit_name(o) for o in operands if self._told(o)}
        dimensions = {measure.dimension for measure in names if measure}
        constants = {of_unit(u.unit(n)): n for n, u in self.edition.units.items() if n in called}
        constants = {m: n for m, n in constants.items() if m.dimension in dimensions}
        chosen = len(names) == 1 and all(m and m.choice for m in names)
        if len(names) > 1 or (not chosen and len({*names, *constants}) > 1):
            told = sorted({*names.values(), *constants.values()})
            raise Refused(messages.UNITS_IN_CHECK.format(units="、".join(told)))

    def _told(self, operand: Operand) -> Measure | None:
        """The measure of an operand that has a unit of its own, not one that its record chooses."""
        measure = self.measure(operand)
        return None if measure.open or not self._units(operand) else measure

    def unit_names(self, operands: Sequence[Operand]) -> list[str]:
        """The units of several operands, for a message."""
        return sorted({self._unit_name(operand) for operand in operands})

    def field(self, operand: Operand) -> Field | None:
        """What the edition says of the cell or column behind an operand."""
        if isinstance(operand, Cell) and operand.slot is not None:
            return operand.slot.field
        plan = self.layout.sheets[operand.sheet]
        return next((c.column for c in plan.columns if c.letter == operand.column), None)
