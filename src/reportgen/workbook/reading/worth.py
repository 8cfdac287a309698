"""What a cell that was read is worth: the fact that expressions see."""

from __future__ import annotations

import datetime
from typing import Any

from reportgen.edition.fields import Field
from reportgen.edition.kinds import FieldKind
from reportgen.language.names import Name
from reportgen.language.numbers import ZERO, Missing, Num
from reportgen.language.units import RATIO, Unit
from reportgen.language.values import Blank, Day, Prose, Text
from reportgen.workbook.reading.cells import CellRead


def fact(
    read: CellRead, field: Field, unit: Unit | None, name: Name, total: bool, blank_is_zero: bool
) -> Any:
    """The value of a cell as expressions see it."""
    if field.numeric:
        return _num(read, unit or RATIO, name, total, blank_is_zero)
    if read.value is None:
        return "" if field.kind is FieldKind.MARK else Missing(name, read.place, read.faulty)
    if field.kind is FieldKind.PROSE:
        return Prose(read.value, name, read.place)
    day = isinstance(read.value, datetime.date)
    value = Day(read.value.year, read.value.month, read.value.day) if day else Text(read.value)
    value.place = read.place
    return value


def _num(read: CellRead, unit: Unit, name: Name, total: bool, blank_is_zero: bool) -> Any:
    if read.faulty:
        return Missing(name, read.place, faulty=True)
    if read.value is None and total:
        return Blank(read.place)
    if read.value is None and not blank_is_zero:
        return Missing(name, read.place)
    half = ZERO if read.value is None else unit.factor.scaleb(-unit.places) / 2
    if unit.places == 0:
        half = ZERO  # counts are exact
    factor = 1 if read.percent else unit.factor
    return Num((read.value or ZERO) * factor, unit, name=name, place=read.place, half=half)
