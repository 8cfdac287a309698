"""The units of formulas, so that a sheet counts as the program does.

A cell holds 95 where the program holds 0.95, or 3 where it holds 30000 元: a formula has a
`Measure`, and what stands beside it is brought to the same before it is added or compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportgen.language.units import ANY, Unit
from reportgen.workbook.live.operands import Cell, quoted


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the workbook chooses a unit: the cell, and the units among which it does. `own`: each
    record chooses for itself, so that the dimension is open."""

    cell: Cell
    units: tuple[Unit, ...]
    own: bool = False

    def factor(self, dimension: str) -> str:
        """The chosen unit in the base unit of `dimension`, as a formula; #N/A where the unit is
        of another one."""
        text = "NA()" if self.own else plain(self.units[0].factor)
        for unit in reversed(self.units):
            if unit.dimension == dimension:
                text = f"IF(EXACT({self.cell.ref},{quoted(unit.name)}),{plain(unit.factor)},{text})"
        return text


@dataclass(frozen=True, slots=True)
class Measure:
    """What a formula counts in: the base unit `dimension` times `factor`, or what the workbook
    chooses."""

    dimension: str = ""
    factor: Decimal = Decimal(1)
    choice: Choice | None = None

    @property
    def open(self) -> bool:
        """Whether each record chooses the unit for itself."""
        return self.dimension == ANY

    def fits(self, other: Measure) -> bool:
        """Whether one can be told in the other."""
        known = all(m.choice for m in (self, other) if m.open)
        return known and (self.dimension == other.dimension or self.open != other.open)

    def size(self, dimension: str) -> str:
        """One of it in the base unit, as a formula."""
        return self.choice.factor(dimension) if self.choice else plain(self.factor)


PLAIN = Measure()


def of_unit(unit: Unit | None) -> Measure:
    """The measure of a unit of the edition; that of a bare number for None."""
    return Measure(unit.dimension, unit.factor) if unit else PLAIN


def joined(a: Measure, b: Measure) -> Measure:
    """The measure of a sum or difference: that of the program (`Num`), and never one that each
    record chooses where there is another."""
    if a.open and b.dimension:
        return b
    return a if a.dimension else b


def plain(number: Decimal) -> str:
    """A number as formulas write it."""
    return f"{number.normalize():f}"
