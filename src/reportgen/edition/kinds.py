"""The kinds of fields: one record each, and all that depends on nothing but the kind.

To add a kind, add its line here; where it is read otherwise than any other, its reader goes into
`workbook/reading/cells.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

YEARS = (1990, 2100)  # the first and the last that a workbook may be of
LARGEST = Decimal(10) ** 15  # beyond it a number was typed wrong


@dataclass(frozen=True, slots=True)
class Traits:
    """What a kind means: for the arithmetic, for the sheet, and for made-up facts."""

    numeric: bool = False
    added: bool = False  # its numbers add up down a column
    caption: bool = False  # filled in by the form itself
    width: int = 16  # of its column, in characters
    number_format: str = "General"  # Excel's
    align: Literal["left", "center", "right"] = "left"
    sample: Decimal = Decimal(40)  # a usual number, in the field's own unit


def _number(
    width: int = 16,
    number_format: str = "General",
    sample: Decimal = Decimal(40),
    added: bool = False,
    align: Literal["left", "right"] = "right",
) -> Traits:
    return Traits(
        numeric=True,
        added=added,
        width=width,
        number_format=number_format,
        align=align,
        sample=sample,
    )


class FieldKind(StrEnum):
    """A kind of field, as TOML writes it, with its traits."""

    traits: Traits

    def __new__(cls, value: str, traits: Traits) -> FieldKind:
        """The text that TOML writes, which knows its traits."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.traits = traits
        return member

    MONEY = "money", _number(15, "0.00", Decimal("1234.5"), added=True)
    COUNT = "count", _number(10, "0", added=True)
    SCORE = "score", _number(8, "0.##", Decimal(10), added=True)
    NUMBER = "number", _number()
    PERCENT = "percent", _number(10, "0.00", Decimal(75))
    YEAR = "year", _number(16, "0", Decimal(2023), align="left")
    TEXT = "text", Traits(width=30, number_format="@")
    PROSE = "prose", Traits(width=70, number_format="@")
    DATE = "date", Traits(width=14, number_format="yyyy-mm-dd")
    CHOICE = "choice", Traits()
    CODE = "code", Traits(width=14, number_format="@", align="center")
    REF = "ref", Traits()
    MARK = "mark", Traits(width=11, align="center")
    LABEL = "label", Traits(caption=True, width=46)
    LINE = "line", Traits(caption=True, width=6)
