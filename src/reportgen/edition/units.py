"""The unit of a field's values, and where the workbook chooses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.edition.fields import Field, chooser
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.language import words
from reportgen.language.names import path
from reportgen.language.units import ANY, Unit


def unit_name(sheet: Sheet, field: Field) -> str:
    """What the unit of a field is called, =表.项 where the workbook chooses it; "" for none. Money
    without a unit of its own has that of its sheet."""
    if field.unit:
        return field.unit
    if field.kind is FieldKind.MONEY:
        return sheet.unit
    return words.YEAR if field.kind is FieldKind.YEAR else ""


def unit_of(edition: Edition, sheet: Sheet, field: Field, chosen: Mapping[str, Any]) -> Unit | None:
    """The unit of a field's values. One that the workbook chooses is looked up in `chosen` (full
    name → text; for one chosen in the same row, column → text)."""
    name = unit_name(sheet, field)
    choice = chooser(name)
    if choice and path(choice)[0] in edition.lost:
        return Unit(ANY, ANY)
    if choice:
        name = str(chosen.get(choice) or choices_of(edition, sheet, choice)[0])
    return edition.measures.get(name)


def choices_of(edition: Edition, sheet: Sheet, name: str) -> list[str]:
    """The units among which 表.项, or a column of `sheet` itself, lets people choose; none where
    a fault took it away."""
    *other, row = path(name)
    if path(name)[0] in edition.lost:
        return []
    if not other:
        assert isinstance(sheet, Table)
        return sheet.column(row).choices
    form = edition.sheet(other[0])
    assert isinstance(form, Form)
    return next(r.choices for b in form.blocks for r in b.lines if r.name == row)
