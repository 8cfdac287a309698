"""What a cell of a text column shows where the table program made a number or a date of what was
typed: 3月5日, 95%."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.language.numbers import round_half_up

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+|m+|d+|h+|s+)|(.)', re.DOTALL)
_SYSTEM_DATE = "mm-dd-yy"  # the number of this format means the date as the system writes it
_CHINESE_DATE = "yyyy/m/d"


def shown(value: Any, number_format: str) -> str:
    """The text of a cell as people see it in the table program."""
    if isinstance(value, datetime.timedelta):
        value = (datetime.datetime.min + value).time()
    if isinstance(value, datetime.date | datetime.time):
        return _date(value, number_format.partition(";")[0])
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, int | float):
        return str(value)
    return _number(value, number_format)


def _number(value: int | float, number_format: str) -> str:
    number = Decimal(f"{value:.15g}")
    if "%" in number_format:
        places = number_format.partition("%")[0].partition(".")[2]
        return f"{round_half_up(number * 100, len(places)):f}%"
    return f"{number.normalize():f}"


def _date(value: datetime.date | datetime.time, number_format: str) -> str:
    if number_format == _SYSTEM_DATE:
        number_format = _CHINESE_DATE
    text = "".join(_pieces(value, number_format))
    return text if any(c.isdigit() for c in text) else value.isoformat()


def _pieces(value: datetime.date | datetime.time, number_format: str) -> Iterator[str]:
    """The parts of a date in the order of its format; m beside hours or seconds is minutes."""
    tokens = list(_TOKEN.finditer(number_format.lower()))
    letters = [token[3][0] if token[3] else "" for token in tokens]
    fields = [letter for letter in letters if letter]
    for token, letter in zip(tokens, letters, strict=True):
        if not letter:
            yield token[1] or token[2] or token[4] or ""
            continue
        at = fields.index(letter)
        minutes = letter == "m" and ("h" in fields[:at][-1:] or "s" in fields[at + 1 :][:1])
        yield _part(value, "minute" if minutes else letter, len(token[3]))


def _part(value: datetime.date | datetime.time, letter: str, width: int) -> str:
    name = {"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second"}.get(letter, letter)
    number = getattr(value, name, None)
    if number is None:
        return ""
    if letter == "y":
        return f"{number:04d}" if width > 2 else f"{number % 100:02d}"
    return f"{number:0{min(width, 2)}d}"
