"""Rows in another order, and the first of them: for loops."""

from __future__ import annotations

from datetime import date
from functools import cmp_to_key
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.members import member, number_of, shown
from reportgen.language.names import Name, path
from reportgen.language.numbers import Missing, MissingValue, Num
from reportgen.language.syntax import Refused
from reportgen.language.values import Record, Rows

_DOWN = "-"  # before the name of a column: from large to small
_MOST = 10_000


def ordered(rows: Any, *by: Any) -> Any:
    """排序(表, '-甲', '乙'): the rows that may be printed, by numbers or dates of a column,
    from large to small where a - stands before its name; equal ones by the next column, at last
    as they stood.

    Raises MissingValue for a row that lacks one, Refused for texts, NumberError for numbers of
    different units, TypeError for what is no table and for no column.
    """
    if isinstance(rows, Missing):
        return rows
    if not by:
        raise TypeError(by)
    items = _records(rows)
    for name in reversed(by):
        down, column = str(name).startswith(_DOWN), str(name).removeprefix(_DOWN)
        keyed = [(_orderable(item, column), item) for item in items]
        keyed.sort(key=cmp_to_key(_compared), reverse=down)  # which leaves equal ones as they are
        items = [item for _, item in keyed]
    return _picked(rows, items)


def first(rows: Any, count: Any) -> Any:
    """前(表, 3): the first rows of those that may be printed, all where there are fewer.

    Raises Refused for a number that is none of rows, TypeError for what is no table.
    """
    if isinstance(rows, Missing):
        return rows
    n = number_of(count).value
    if n not in range(1, _MOST + 1):
        raise Refused(messages.FIRST_ROWS.format(value=f"{n:f}"))
    return _picked(rows, _records(rows)[: int(n)])


def _records(rows: Any) -> list[Record]:
    if not isinstance(rows, Rows) and rows.__class__ is not list:
        raise TypeError(rows)  # 目录 among them, which is not known yet
    return list(rows)


def _picked(rows: Any, items: list[Record]) -> Rows:
    name = rows.name if isinstance(rows, Rows) else Name(words.ROWS)
    return Rows(name, items, "", {})


def _orderable(item: Any, column: str) -> Num | date:
    """The number or date of a row. Raises Refused for a text."""
    value = item
    for part in path(column):
        value = member(value, part)
    if isinstance(value, Missing):
        raise MissingValue(value)
    if not isinstance(value, Num | date):
        raise Refused(messages.ORDER_OF_TEXT.format(column=column, value=shown(value)), value)
    return value


def _compared(a: tuple[Any, Any], b: tuple[Any, Any]) -> int:
    one, other = a[0], b[0]
    gap = one.compare(other) if isinstance(one, Num) else (one - other).days
    return int(gap > 0) - int(gap < 0)
