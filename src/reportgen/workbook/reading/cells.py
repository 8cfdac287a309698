"""One cell: what a person typed → a value of the declared kind, or a finding that says what to
type instead."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from reportgen import messages
from reportgen.edition.fields import Field
from reportgen.edition.kinds import FieldKind
from reportgen.findings import Finding, Place, Severity
from reportgen.language import words
from reportgen.language.numbers import RATIO, ZERO, Missing, Num, Unit
from reportgen.language.values import Blank, Day, Prose, Text

_YEARS = (1990, 2100)
_LARGEST = Decimal(10) ** 15
_SHOWN = 30  # signs of what is no number


@dataclass(frozen=True, slots=True)
class CellRead:
    """A cell as read: its value (None for blank), where it is, and whether it held something
    unusable."""

    value: Any
    place: Place
    faulty: bool = False

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
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.split())


class _Misread(Exception):
    """A cell that does not hold what its field wants; `message` takes the label of the field and
    what is `found`."""

    def __init__(self, id: str, message: str, found: object, remedy: str) -> None:
        super().__init__(message)
        self.id, self.message, self.found, self.remedy = id, message, str(found), remedy


def parse(
    value: Any, spec: Field, label: str, place: Place, percent_format: bool
) -> tuple[CellRead, Finding | None]:
    """The cell's content as the field wants it, with a finding that names it by `label` if it is
    not what it should be."""
    if isinstance(value, str) and not value.strip():
        return CellRead(None, place), None
    try:
        read = _value(value, spec, percent_format)
    except _Misread as fault:
        message = fault.message.format(label=label, value=fault.found)
        return CellRead(None, place, faulty=True), Finding(
            fault.id, Severity.ERROR, place, message, fault.remedy, found=fault.found
        )
    note = spec.numeric and isinstance(value, str)
    return CellRead(read, place), _text_number(value, label, place) if note else None


def _value(value: Any, spec: Field, percent_format: bool) -> Any:
    if isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?", value):
        raise _Misread("error-value", messages.ERROR_VALUE, value, messages.REMEDY_ERROR_VALUE)
    if reader := _READERS.get(spec.kind):
        return reader(value, spec)
    if not spec.numeric:
        return _text(value)
    number = _number(value, messages.REMEDY_NUMBER)
    hundredths = percent_format and spec.kind is FieldKind.PERCENT and not isinstance(value, str)
    return number * 100 if hundredths else number


def _text(value: Any) -> str:
    """The text of a cell: its lines without the indents that people paste, the blank ones left
    out."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in text.split("\n")]
    return "".join(
        c for c in "\n".join(filter(None, lines)) if c in "\n\t" or unicodedata.category(c) != "Cc"
    )


def _code(value: Any, _spec: Field) -> str:
    return normal(_text(value))


def _choice(value: Any, spec: Field) -> str:
    text = _text(value)
    if text not in spec.choices:
        remedy = messages.REMEDY_CHOICE.format(choices="、".join(spec.choices))
        raise _Misread("choice", messages.NOT_A_CHOICE, text, remedy)
    return text


def _mark(value: Any, _spec: Field) -> str | None:
    text = _text(value)
    if text in (words.MARK, "✓", "✔", "是", "1", "v", "V", "y", "Y"):
        return words.MARK
    if text in ("否", "0", "×", "n", "N"):
        return None
    raise _Misread("mark", messages.NOT_A_MARK, text, messages.REMEDY_MARK)


def _date(value: Any, _spec: Field) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    numbers = re.fullmatch(
        r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?", str(value).strip()
    )
    with suppress(ValueError):  # no such day
        if numbers:
            return datetime.date(*map(int, numbers.groups()))
    raise _Misread("date", messages.NOT_A_DATE, _text(value), messages.REMEDY_DATE)


def _year(value: Any, _spec: Field) -> Decimal:
    number = _number(value, messages.REMEDY_YEAR)
    if number != number.to_integral_value() or not _YEARS[0] <= number <= _YEARS[1]:
        raise _Misread("year", messages.NOT_A_YEAR, number, messages.REMEDY_YEAR)
    return number


# how a kind is read that is neither a plain number nor a plain text
_READERS: dict[FieldKind | None, Callable[[Any, Field], Any]] = {
    FieldKind.CODE: _code,
    FieldKind.CHOICE: _choice,
    FieldKind.MARK: _mark,
    FieldKind.DATE: _date,
    FieldKind.YEAR: _year,
}


def _number(value: Any, remedy: str) -> Decimal:
    """The number of a cell, also one that was typed as text."""
    if isinstance(value, str):
        number = _number_of_text(value)
    elif isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        number = None
    else:
        number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if number is None:
        found = _text(value)[:_SHOWN]
        raise _Misread("not-a-number", messages.NOT_A_NUMBER_CELL, found, remedy)
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise _Misread("too-large", messages.TOO_LARGE, number, messages.REMEDY_TOO_LARGE)
    return number


def _number_of_text(text: str) -> Decimal | None:
    """A number typed as text: full-width digits, thousands marks and a leading apostrophe are read
    through."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").replace("−", "-")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _text_number(text: str, label: str, place: Place) -> Finding:
    message = messages.TEXT_NUMBER_NOTE.format(label=label)
    remedy = messages.REMEDY_TEXT_NUMBER
    return Finding("text-number", Severity.NOTE, place, message, remedy, found=text.strip())


def fact(
    read: CellRead, spec: Field, unit: Unit | None, name: str, total: bool, blank_is_zero: bool
) -> Any:
    """The value of a cell as expressions see it."""
    if spec.numeric:
        return _num(read, unit or RATIO, name, total, blank_is_zero)
    if read.value is None:
        return "" if spec.kind is FieldKind.MARK else Missing(name, read.place, read.faulty)
    if spec.kind is FieldKind.PROSE:
        return Prose(read.value, name, read.place)
    day = isinstance(read.value, datetime.date)
    value = Day(read.value.year, read.value.month, read.value.day) if day else Text(read.value)
    value.place = read.place
    return value


def _num(read: CellRead, unit: Unit, name: str, total: bool, blank_is_zero: bool) -> Any:
    if read.faulty:
        return Missing(name, read.place, faulty=True)
    if read.value is None and total:
        return Blank(read.place)
    if read.value is None and not blank_is_zero:
        return Missing(name, read.place)
    half = ZERO if read.value is None else unit.factor.scaleb(-unit.places) / 2
    if unit.places == 0:
        half = ZERO  # counts are exact
    return Num((read.value or ZERO) * unit.factor, unit, name=name, place=read.place, half=half)
