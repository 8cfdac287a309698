"""One cell: what a person typed → a value of the declared kind, or a finding that says what to
type instead."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from reportgen import messages
from reportgen.edition.fields import Field
from reportgen.edition.kinds import FieldKind
from reportgen.findings import Finding, Place, Severity
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import RATIO, ZERO, Missing, Num, Unit
from reportgen.language.values import Blank, Day, Prose, Text

_YEARS = (1990, 2100)
_LARGEST = Decimal(10) ** 15


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


def parse(
    value: Any, spec: Field, label: str, place: Place, percent_format: bool
) -> tuple[CellRead, Finding | None]:
    """The cell's content as the field wants it, with a finding that names it by `label` if it is
    not what it should be."""
    if isinstance(value, str) and not value.strip():
        return CellRead(None, place), None
    if isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?", value):
        return _fault(
            place,
            "error-value",
            messages.ERROR_VALUE.format(value=value, label=label),
            messages.REMEDY_ERROR_VALUE,
        )
    if spec.numeric:
        return _number(value, spec, label, place, percent_format)
    if spec.kind is FieldKind.DATE:
        return _date(value, spec, label, place)
    text = normal(_text(value)) if spec.kind is FieldKind.CODE else _text(value)
    if spec.kind is FieldKind.CHOICE and text not in spec.choices:
        message = messages.NOT_A_CHOICE.format(value=text, label=label)
        return _fault(
            place, "choice", message, messages.REMEDY_CHOICE.format(choices="、".join(spec.choices))
        )
    if spec.kind is FieldKind.MARK:
        return _mark(text, spec, label, place)
    return CellRead(text, place), None


def _fault(place: Place, id: str, message: str, remedy: str) -> tuple[CellRead, Finding]:
    return CellRead(None, place, faulty=True), Finding(id, Severity.ERROR, place, message, remedy)


def _text(value: Any) -> str:
    """The text of a cell: its lines without the indents that people paste, the blank ones left
    out."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else f"{value:.15g}"
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in text.split("\n")]
    return "".join(
        c for c in "\n".join(filter(None, lines)) if c in "\n\t" or unicodedata.category(c) != "Cc"
    )


def _mark(text: str, spec: Field, label: str, place: Place) -> tuple[CellRead, Finding | None]:
    if text in (words.MARK, "✓", "✔", "是", "1", "v", "V", "y", "Y"):
        return CellRead(words.MARK, place), None
    if text in ("否", "0", "×", "n", "N"):
        return CellRead(None, place), None
    return _fault(
        place, "mark", messages.NOT_A_MARK.format(value=text, label=label), messages.REMEDY_MARK
    )


def _date(value: Any, spec: Field, label: str, place: Place) -> tuple[CellRead, Finding | None]:
    if isinstance(value, datetime.datetime):
        return CellRead(value.date(), place), None
    if isinstance(value, datetime.date):
        return CellRead(value, place), None
    numbers = re.fullmatch(
        r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?", str(value).strip()
    )
    try:
        if numbers:
            return CellRead(datetime.date(*map(int, numbers.groups())), place), None
    except ValueError:
        pass
    return _fault(
        place,
        "date",
        messages.NOT_A_DATE.format(value=_text(value), label=label),
        messages.REMEDY_DATE,
    )


def _number(
    value: Any, spec: Field, label: str, place: Place, percent_format: bool
) -> tuple[CellRead, Finding | None]:
    note = None
    if isinstance(value, str):
        parsed = _number_text(value)
        if parsed is None:
            message = messages.NOT_A_NUMBER_CELL.format(value=_text(value)[:30], label=label)
            return _fault(
                place,
                "not-a-number",
                message,
                messages.REMEDY_YEAR if spec.kind is FieldKind.YEAR else messages.REMEDY_NUMBER,
            )
        note = Finding(
            "text-number",
            Severity.NOTE,
            place,
            messages.TEXT_NUMBER_NOTE.format(label=label),
            messages.REMEDY_TEXT_NUMBER,
        )
        number = parsed
    elif isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        message = messages.NOT_A_NUMBER_CELL.format(value=_text(value), label=label)
        return _fault(place, "not-a-number", message, messages.REMEDY_NUMBER)
    else:
        number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
        if spec.kind is FieldKind.PERCENT and percent_format:
            number *= 100
    if not number.is_finite() or abs(number) >= _LARGEST:
        return _fault(
            place, "too-large", messages.TOO_LARGE.format(label=label), messages.REMEDY_TOO_LARGE
        )
    if spec.kind is FieldKind.YEAR and (
        number != number.to_integral_value() or not _YEARS[0] <= number <= _YEARS[1]
    ):
        return _fault(
            place,
            "year",
            messages.NOT_A_YEAR.format(label=label, value=number),
            messages.REMEDY_YEAR,
        )
    return CellRead(number, place), note


def _number_text(text: str) -> Decimal | None:
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
    return Num((read.value or ZERO) * unit.factor, unit, name=name, place=read.place, half=half)
