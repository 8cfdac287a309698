"""One cell: what a person typed → a value of the declared kind, or a fault that says what to
type instead."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.utils.escape import unescape

from reportgen import messages
from reportgen.edition.fields import Field
from reportgen.edition.kinds import LARGEST, YEARS, FieldKind
from reportgen.findings import Place, Severity
from reportgen.language import words
from reportgen.workbook.reading.faults import Misread, SheetFault
from reportgen.workbook.reading.shown import shown
from reportgen.workbook.reading.typed_numbers import is_dash, number_of

_DAY = r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
# blanks without width and marks of direction: nobody sees them
_NOTHING = str.maketrans("", "", "\u200b\u200e\u200f\u2060\ufeff")
_SHOWN = 30  # signs of what is no number


@dataclass(frozen=True, slots=True)
class CellRead:
    """A cell as read: its value (None for blank), where it is, whether it held something unusable,
    and whether its number was typed with a %: 95% is 0.95 then, whatever the unit of the field."""

    value: Any
    place: Place
    faulty: bool = False
    percent: bool = False

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return self.value is not None or self.faulty

    @property
    def number(self) -> bool:
        """Whether it holds a number."""
        return isinstance(self.value, Decimal)


def normal(value: Any) -> str:
    """A heading or label for comparison: half-width, without any blanks."""
    text = "" if value is None else str(value)
    if "_x" in text:
        text = unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_NOTHING)
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed into a cell, how the cell shows it, the field that it is for, and what a
    message calls that."""

    value: Any
    number_format: str
    field: Field
    label: str

    def misread(self, id: str, message: str, remedy: str, found: object = None) -> Misread:
        """The fault of a cell that does not hold what its field wants; `message` takes its label
        and what is `found`, unless told the text that it shows."""
        value = self.text if found is None else str(found)
        told = message.format(label=self.label, value=value)
        return Misread(SheetFault(id, told, remedy, found=value))

    @property
    def text(self) -> str:
        """The text that the cell shows."""
        return _text(shown(self.value, self.number_format))


def parse(
    value: Any, field: Field, label: str, place: Place, number_format: str
) -> tuple[CellRead, SheetFault | None]:
    """The cell's content as the field wants it, with a fault that calls it by `label` if it is not
    what it should be."""
    if isinstance(value, str):
        value = _typed(value)
        if not value.strip():
            return CellRead(None, place), None
        if field.numeric and is_dash(value):
            return CellRead(None, place), _dash(value, label)
    try:
        read = _value(Typed(value, number_format, field, label))
    except Misread as error:
        return CellRead(None, place, faulty=True), error.fault
    note = field.numeric and isinstance(value, str)
    percent = field.numeric and _is_percent(value, number_format)
    return CellRead(read, place, percent=percent), _text_number(value, label) if note else None


def _typed(text: str) -> str:
    """A text as it was typed: signs that the file writes as _x000B_ are signs, those that nobody
    sees are none."""
    if "_x" in text:
        text = unescape(text)
    return text.translate(_NOTHING)


def _is_percent(value: Any, number_format: str) -> bool:
    """Whether a number was typed with its %: as text, or in a cell that shows it so."""
    if isinstance(value, str):
        return normal(value).endswith("%")
    return "%" in number_format


def _value(typed: Typed) -> Any:
    value, kind = typed.value, typed.field.kind
    if isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?", value):
        remedy = messages.REMEDY_ERROR_VALUE
        raise typed.misread("error-value", messages.ERROR_VALUE, remedy, value)
    if reader := _READERS.get(kind):
        return reader(typed)
    return _number(typed, messages.REMEDY_NUMBER) if typed.field.numeric else typed.text


def _text(text: str) -> str:
    """The text of a cell: its lines without the indents that people paste, the blank ones left
    out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in text.split("\n")]
    return "".join(
        c for c in "\n".join(filter(None, lines)) if c in "\n\t" or unicodedata.category(c) != "Cc"
    )


def _code(typed: Typed) -> str:
    return normal(typed.text)


def _choice(typed: Typed) -> str:
    text, choices = typed.text, typed.field.choices
    if text not in choices:
        remedy = messages.REMEDY_CHOICE.format(choices="、".join(choices))
        raise typed.misread("choice", messages.NOT_A_CHOICE, remedy)
    return text


def _mark(typed: Typed) -> str | None:
    text = typed.text
    if text in (words.MARK, "✓", "✔", "是", "1", "v", "V", "y", "Y"):
        return words.MARK
    if text in ("否", "0", "×", "n", "N"):
        return None
    raise typed.misread("mark", messages.NOT_A_MARK, messages.REMEDY_MARK)


def _date(typed: Typed) -> datetime.date:
    day = _day(typed.value)
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        raise typed.misread("date", messages.NOT_A_DATE, messages.REMEDY_DATE)
    return day


def _day(value: Any) -> datetime.date | None:
    """The day of a cell, also one that was typed as text or as eight digits; None for no day."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    numbers = re.fullmatch(_DAY, text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    with suppress(ValueError):  # no such day
        if numbers:
            return datetime.date(*map(int, numbers.groups()))
    return None


def _year(typed: Typed) -> Decimal:
    number = _number(typed, messages.REMEDY_YEAR)
    if number != number.to_integral_value() or not YEARS[0] <= number <= YEARS[1]:
        raise typed.misread("year", messages.NOT_A_YEAR, messages.REMEDY_YEAR, number)
    return number


def _count(typed: Typed) -> Decimal:
    number = _number(typed, messages.REMEDY_NUMBER)
    if number < 0 or number != number.to_integral_value():
        raise typed.misread("count", messages.NOT_A_COUNT, messages.REMEDY_COUNT, number)
    return number


# how a cell is read that must be more than a number, or say something of its kind
_READERS: dict[FieldKind | None, Callable[[Typed], Any]] = {
    FieldKind.CODE: _code,
    FieldKind.CHOICE: _choice,
    FieldKind.MARK: _mark,
    FieldKind.DATE: _date,
    FieldKind.YEAR: _year,
    FieldKind.COUNT: _count,
}


def _number(typed: Typed, remedy: str) -> Decimal:
    """The number of a cell, also one that was typed as text."""
    value = typed.value
    if isinstance(value, str):
        number = number_of(value)
    elif isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        number = None
    else:
        number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if number is None:
        found = typed.text[:_SHOWN]
        raise typed.misread("not-a-number", messages.NOT_A_NUMBER_CELL, remedy, found)
    if not number.is_finite() or abs(number) >= LARGEST:
        raise typed.misread("too-large", messages.TOO_LARGE, messages.REMEDY_TOO_LARGE, number)
    return number


def _dash(text: str, label: str) -> SheetFault:
    found = text.strip()
    message = messages.DASH_NOTE.format(label=label, value=found)
    return SheetFault("dash", message, messages.REMEDY_DASH, Severity.NOTE, found)


def _text_number(text: str, label: str) -> SheetFault:
    message, remedy = messages.TEXT_NUMBER_NOTE.format(label=label), messages.REMEDY_TEXT_NUMBER
    return SheetFault("text-number", message, remedy, Severity.NOTE, text.strip())
