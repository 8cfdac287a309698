"""Whether a number that was read can be one of its unit: no per cent of people, no half a car."""

from __future__ import annotations

from reportgen import messages
from reportgen.findings import Severity
from reportgen.language.units import Unit
from reportgen.workbook.reading.cells import CellRead
from reportgen.workbook.reading.faults import SheetFault


def misfit(read: CellRead, unit: Unit, label: str) -> SheetFault | None:
    """What is wrong or strange about the number of a cell in a unit, None where nothing is. A unit
    that is printed as filled in, without decimals, counts whole things."""
    ratio = unit.dimension == ""
    if read.percent and not ratio:
        message = messages.PERCENT_OF.format(label=label, unit=unit.name, value=as_typed(read))
        return SheetFault("percent", message, messages.REMEDY_PERCENT_OF)
    if read.percent:
        return None
    whole = not ratio and unit.printed and unit.places == 0
    if whole and read.value != read.value.to_integral_value():
        message = messages.NOT_WHOLE.format(label=label, unit=unit.name, value=as_typed(read))
        return SheetFault("count", message, messages.REMEDY_COUNT)
    if unit.per_cent and 0 < abs(read.value) <= 1:
        message = messages.FRACTION.format(label=label, value=as_typed(read))
        remedy = messages.REMEDY_FRACTION.format(value=as_typed(read))
        return SheetFault("fraction", message, remedy, Severity.WARNING)
    return None


def as_typed(read: CellRead) -> str:
    """The number of a cell as it was typed: 0.95, or 95%."""
    if read.percent:
        return f"{(read.value * 100).normalize():f}%"
    return f"{read.value.normalize():f}"
