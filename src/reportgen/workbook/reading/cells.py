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

from openpyxl.utils.escape import unescape

from reportgen import messages
from reportgen.edition.fields import Field
from reportgen.edition.kinds import LARGEST, YEARS, FieldKind
from reportgen.findings import Finding, Place, Severity
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import RATIO, ZERO, Missing, Num, Unit
from reportgen.language.values import Blank, Day, Prose, Text
from reportgen.workbook.reading.shown import shown

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


class _Misread(Exception):
    """A cell that does not hold what its field wants; `message` takes the label of the field and
    what is `found`."""

    def __init__(self, id: str, message: str, found: object, remedy: str) -> None:
        super().__init__(message)
        self.id, self.message, self.found, self.remedy = id, message, str(found), remedy


def parse(
    value: Any, spec: Field, label: str, place: Place, number_format: str
) -> tuple[CellRead, Finding | None]:
    """The cell's content as the field wants it, with a finding that names it by `label` if it is
    not what it should be."""
    if isinstance(value, str):
        value = _typed(value)
        if not value.strip():
            return CellRead(None, place), None
        if spec.numeric and is_dash(value):
            return CellRead(None, place), _dash(value, label, place)
    try:
        read = _value(value, spec, number_format)
    except _Misread as fault:
        message = fault.message.format(label=label, value=fault.found)
        return CellRead(None, place, faulty=True), Finding(
            fault.id, Severity.ERROR, place, message, fault.remedy, found=fault.found
        )
    note = spec.numeric and isinstance(value, str)
    percent = spec.numeric and _is_percent(value, number_format)
    told = _text_number(value, label, place) if note else None
    return CellRead(read, place, percent=percent), told


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


def _value(value: Any, spec: Field, number_format: str) -> Any:
    if isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?", value):
        raise _Misread("error-value", messages.ERROR_VALUE, value, messages.REMEDY_ERROR_VALUE)
    if reader := _NUMBERS.get(spec.kind):
        return reader(value, number_format)
    if spec.numeric:
        return _number(value, number_format, messages.REMEDY_NUMBER)
    text = _text(shown(value, number_format))
    return _TEXTS[spec.kind](text, spec) if spec.kind in _TEXTS else text


def _text(text: str) -> str:
    """The text of a cell: its lines without the indents that people paste, the blank ones left
    out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in text.split("\n")]
    return "".join(
        c for c in "\n".join(filter(None, lines)) if c in "\n\t" or unicodedata.category(c) != "Cc"
    )


def _code(text: str, _spec: Field) -> str:
    return normal(text)


def _choice(text: str, spec: Field) -> str:
    if text not in spec.choices:
        remedy = messages.REMEDY_CHOICE.format(choices="、".join(spec.choices))
        raise _Misread("choice", messages.NOT_A_CHOICE, text, remedy)
    return text


def _mark(text: str, _spec: Field) -> str | None:
    if text in (words.MARK, "✓", "✔", "是", "1", "v", "V", "y", "Y"):
        return words.MARK
    if text in ("否", "0", "×", "n", "N"):
        return None
    raise _Misread("mark", messages.NOT_A_MARK, text, messages.REMEDY_MARK)


# how the text of a cell is read that must say something of its kind
_TEXTS: dict[FieldKind | None, Callable[[str, Field], Any]] = {
    FieldKind.CODE: _code,
    FieldKind.CHOICE: _choice,
    FieldKind.MARK: _mark,
}


def _date(value: Any, number_format: str) -> datetime.date:
    day = _day(value)
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        found = _text(shown(value, number_format))
        raise _Misread("date", messages.NOT_A_DATE, found, messages.REMEDY_DATE)
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


def _year(value: Any, number_format: str) -> Decimal:
    number = _number(value, number_format, messages.REMEDY_YEAR)
    if number != number.to_integral_value() or not YEARS[0] <= number <= YEARS[1]:
        raise _Misread("year", messages.NOT_A_YEAR, number, messages.REMEDY_YEAR)
    return number


def _count(value: Any, number_format: str) -> Decimal:
    number = _number(value, number_format, messages.REMEDY_NUMBER)
    if number < 0 or number != number.to_integral_value():
        raise _Misread("count", messages.NOT_A_COUNT, number, messages.REMEDY_COUNT)
    return number


# how a number or a day is read that must be more than a number
_NUMBERS: dict[FieldKind | None, Callable[[Any, str], Any]] = {
    FieldKind.DATE: _date,
    FieldKind.YEAR: _year,
    FieldKind.COUNT: _count,
}


def _number(value: Any, number_format: str, remedy: str) -> Decimal:
    """The number of a cell, also one that was typed as text."""
    if isinstance(value, str):
        number = _number_of_text(value)
    elif isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        number = None
    else:
        number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if number is None:
        found = _text(shown(value, number_format))[:_SHOWN]
        raise _Misread("not-a-number", messages.NOT_A_NUMBER_CELL, found, remedy)
    if not number.is_finite() or abs(number) >= LARGEST:
        raise _Misread("too-large", messages.TOO_LARGE, number, messages.REMEDY_TOO_LARGE)
    return number


def is_number(value: Any) -> bool:
    """Whether a cell holds a number, also one that was typed as text, or the dash that official
    tables print for none."""
    if isinstance(value, str):
        return is_dash(value) or _number_of_text(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_dash(text: str) -> bool:
    """Whether a text is but a dash, as official tables print it where there is no number."""
    return re.fullmatch(r"[-‐‑‒–—―−]{1,3}", unicodedata.normalize("NFKC", text).strip()) is not None


def _number_of_text(text: str) -> Decimal | None:
    """A number typed as text: full-width digits, thousands marks, a leading apostrophe and a % are
    read through."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").replace("−", "-")
    if plain.endswith("%"):
        number = _number_of_text(plain[:-1])
        return None if number is None else number / 100
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _dash(text: str, label: str, place: Place) -> Finding:
    message = messages.DASH_NOTE.format(label=label, value=text.strip())
    return Finding("dash", Severity.NOTE, place, message, messages.REMEDY_DASH, found=text.strip())


def _text_number(text: str, label: str, place: Place) -> Finding:
    message = messages.TEXT_NUMBER_NOTE.format(label=label)
    remedy = messages.REMEDY_TEXT_NUMBER
    return Finding("text-number", Severity.NOTE, place, message, remedy, found=text.strip())


def fact(
    read: CellRead, spec: Field, unit: Unit | None, name: Name, total: bool, blank_is_zero: bool
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
