"""Whether a number that was read can be one of its unit: no per cent of people, no half a car."""

from __future__ import annotations

from typing import NamedTuple

from reportgen import messages
from reportgen.findings import Severity
from reportgen.language.numbers import Unit
from reportgen.workbook.reading.cells import CellRead


class Misfit(NamedTuple):
    """What is wrong or strange; `message` takes the label of the field, its unit and the value."""

    id: str
    severity: Severity
    message: str
    remedy: str


def misfit(read: CellRead, unit: Unit) -> Misfit | None:
    """What is wrong with the number of a cell in a unit, None where nothing is. A unit that is
    printed as filled in, without decimals, counts whole things."""
    ratio = unit.dimension == ""
    if read.percent and not ratio:
        return Misfit("percent", Severity.ERROR, messages.PERCENT_OF, messages.REMEDY_PERCENT_OF)
    if read.percent:
        return None
    whole = not ratio and unit.printed and unit.places == 0
    if whole and read.value != read.value.to_integral_value():
        return Misfit("count", Severity.ERROR, messages.NOT_WHOLE, messages.REMEDY_COUNT)
    if unit.per_cent and 0 < abs(read.value) <= 1:
        return Misfit("fraction", Severity.WARNING, messages.FRACTION, messages.REMEDY_FRACTION)
    return None


def as_typed(read: CellRead) -> str:
    """The number of a cell as it was typed: 0.95, or 95%."""
    if read.percent:
        return f"{(read.value * 100).normalize():f}%"
    return f"{read.value.normalize():f}"
