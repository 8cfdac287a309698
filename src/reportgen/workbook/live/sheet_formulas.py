"""What cells and totals are worth in a formula: their value, and the room that rounding leaves
them.

A total that equals the sum of its own parts to the cent has their room, any other half a step; so
no function of Excel 2013 is needed to tell a typed total from a computed one.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import messages
from reportgen.edition.fields import chooser
from reportgen.language.syntax import Refused
from reportgen.workbook.layout import Slot, TableLayout
from reportgen.workbook.live.operands import Cell, Operand, Span, joined_ranges
from reportgen.workbook.live.sheet_units import SheetUnits


class SheetFormulas(SheetUnits):
    """The sheets of an edition as formulas see them: cells, their units, what they are worth."""

    def total(self, slot: Slot) -> str:
        """What a total's cell computes until something is typed over it."""
        return self.joined(self.cell(slot).parts)

    def across(self, plan: TableLayout, name: str, row: int) -> str:
        """What the total in column `name` of a record computes."""
        cell = self.record_cell(plan, name, row)
        return self.joined(cell.parts) if isinstance(cell, Cell) else cell.sum

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
        places = {unit.places for unit in self.units_of(operand)}
        if len(places) > 1:
            name = chooser(self.unit_name(operand))
            raise Refused(messages.UNIT_PLACES_DIFFER.format(name=name))
        decimals = places.pop() if places else 0
        return 0.5 * 10.0**-decimals if decimals else 0.0
