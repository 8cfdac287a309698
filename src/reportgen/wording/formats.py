"""Filters: how one value is printed. Every printed number stays known as a number (`Printed`)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language import words
from reportgen.language.members import shown
from reportgen.language.numbers import (
    Missing,
    MissingValue,
    Num,
    NumberError,
    described,
    round_half_up,
)
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.language.values import Absent, Prose
from reportgen.wording.numerals import LIMIT, capitals

_WHOLE_PART = re.compile(r"\d+")  # the first digits of a number in print


class Printed(str):
    """A number as printed: the text, and the number behind it."""

    __slots__ = ("num",)
    num: Num

    def __new__(cls, text: str, num: Num) -> Printed:
        """The text with its number."""
        self = str.__new__(cls, text)
        self.num = num
        return self


class Tabled(Printed):
    """A number printed in a table: it gets a line in the ledger, but no bookmark."""

    __slots__ = ()


class Phrase(tuple[str, ...]):
    """Words and printed numbers in order. Line breaks in the words begin new paragraphs."""

    __slots__ = ()

    def __str__(self) -> str:
        return "".join(self)


def digits(num: Num, unit: Unit, trim: bool) -> str:
    """The number in `unit`, rounded half up; without trailing zeros if `trim`. Never a negative
    zero. Raises NumberError for a unit of another dimension."""
    value = round_half_up(num.to(unit), unit.places)
    # never in powers of ten: the exponent is that of the places
    text = str(value if value else abs(value))
    return text.rstrip("0").rstrip(".") if trim and "." in text else text


def number(value: Any, name: str) -> Num:
    """The value as a number to print with `|name`. Raises MissingValue for what nobody filled,
    Refused for what is no number."""
    if isinstance(value, Num):
        return value
    if isinstance(value, Missing):
        raise MissingValue(value)
    raise Refused(messages.FORMAT_NEEDS_NUMBER.format(format=name, value=shown(value)))


def in_unit(num: Num, unit: Unit) -> Printed:
    """The number with its unit as sentences print it: 3198.03万元."""
    return Printed(digits(num, unit, unit.trim) + unit.suffix, num)


def _table(value: Any) -> str:
    """The bare number with the decimals of its own unit, as tables print it; nothing where the
    form has no cell."""
    if isinstance(value, Absent):
        return ""
    num = number(value, words.TABLE)
    return Tabled(digits(num, num.unit, trim=False), num)


def _bare(value: Any) -> Printed:
    """The bare number in its own unit, without trailing zeros."""
    num = number(value, words.BARE)
    return Printed(digits(num, num.unit, trim=True), num)


def _own_unit(value: Any) -> Printed:
    """The number in the unit it was filled in with."""
    num = number(value, words.OWN_UNIT)
    return in_unit(num, num.unit)


def _grouped(value: Any) -> str:
    """The number as it was formatted, else bare, with a comma before every three digits of its
    whole part; nothing where the form has no cell."""
    if isinstance(value, Absent) or value == "":
        return ""
    printed = value if isinstance(value, Printed) else _bare(number(value, words.THOUSANDS))
    if printed.num.unit.dimension == words.YEAR or not _WHOLE_PART.search(printed):
        raise Refused(messages.NOT_GROUPED.format(format=words.THOUSANDS, value=printed))
    text = _WHOLE_PART.sub(lambda part: f"{int(part[0]):,}", printed, count=1)
    return printed.__class__(text, printed.num)


def _capitals(value: Any) -> Printed:
    num = number(value, words.CAPITALS)
    if num.unit.dimension != words.YUAN:
        raise NumberError(messages.NOT_A_UNIT_OF.format(a=described(num), unit=words.CAPITALS))
    if abs(num.value) >= LIMIT:
        raise NumberError(messages.TOO_LARGE.format(label=num.label()))
    return Printed(capitals(num.value), num)


def _date(pattern: str, value: Any) -> str:
    if isinstance(value, Missing):
        raise MissingValue(value)
    if not isinstance(value, datetime.date):
        raise Refused(messages.FORMAT_NEEDS_DATE.format(value=shown(value)))
    return (
        pattern.replace("{年}", str(value.year))
        .replace("{月}", str(value.month))
        .replace("{日}", str(value.day))
    )


def _merged(value: Any) -> Any:
    """A cell that is one with those above it: the template knows what that takes, the value
    stays."""
    if isinstance(value, Missing):
        raise MissingValue(value)
    return value


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the language. `of(edition)` prints a value.

    `example` is what the handbook shows, "" where it shows nothing: {word}, and {money} for an
    amount of the edition.
    """

    word: str
    of: Callable[[Edition], Callable[[Any], Any]]
    example: str = ""

    @property
    def meaning(self) -> str:
        """What the handbook says of it; KeyError where it shows nothing."""
        return messages.FORMATS[self.word]


FORMATS = (
    Format(words.TABLE, lambda _: _table, "{money}|{word}"),
    Format(words.BARE, lambda _: _bare, "{money}|{word}"),
    Format(words.OWN_UNIT, lambda _: _own_unit, "{money}|{word}"),
    Format(words.THOUSANDS, lambda _: _grouped, "{money}|{unit}|{word}"),
    Format(words.CAPITALS, lambda _: _capitals, "{money}|{word}"),
    Format(words.MERGE, lambda _: _merged, "…|{word}"),
    Format(words.DATE, lambda edition: partial(_date, edition.conventions.date)),
)


def filters(edition: Edition) -> dict[str, Callable[..., Any]]:
    """All formats of an edition by name: the language's own, and the edition's units."""
    own = {record.word: record.of(edition) for record in FORMATS}
    return own | {name: partial(_in_unit, unit) for name, unit in edition.measures.items()}


def _in_unit(unit: Unit, value: Any) -> Printed:
    return in_unit(number(value, unit.name), unit)


def printable(value: Any, edition: Edition, by_convention: bool) -> str | Phrase:
    """What stands in the document for a value. A bare number is refused, or printed in the unit
    that sentences print its dimension in.

    Raises MissingValue for what nobody filled, NumberError for a bare number, Refused for a table
    or a row.
    """
    if isinstance(value, str | Phrase):
        return value
    if isinstance(value, Prose):
        return value.text
    if isinstance(value, Absent):
        return ""
    if isinstance(value, Missing):
        raise MissingValue(value)
    if isinstance(value, Num):
        if not by_convention:
            raise NumberError(messages.NUMBER_WITHOUT_FORMAT.format(name=value.label()))
        named = value.unit if value.unit.printed else edition.printed(value.unit.dimension)
        return in_unit(value, named or value.unit)
    if isinstance(value, datetime.date):
        return _date(edition.conventions.date, value)
    raise Refused(messages.NOT_PRINTABLE.format(value=shown(value)))
