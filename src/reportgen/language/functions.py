"""The functions that expressions may call whatever the edition: sums, counts, lengths, dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.expressions import filled, number_of, shown
from reportgen.language.numbers import ZERO, Missing, Num, Unit, sum_of
from reportgen.language.values import Values


def _sum(*args: Any) -> Any:
    return _over(args, lambda nums: sum_of(nums))


def _over(args: tuple[Any, ...], result: Callable[[list[Num]], Num]) -> Any:
    """Columns among the arguments stand for their values; an empty one is a zero of its unit."""
    flat: list[Any] = []
    for arg in args:
        column = hasattr(arg, "items")
        if getattr(arg, "unread", None) is not None:
            return arg.unread
        flat.extend(arg.items or [Num(ZERO, arg.unit, half=ZERO)] if column else [arg])
    missing = next((a for a in flat if isinstance(a, Missing)), None)
    if missing is not None:
        return missing
    return result([number_of(a) for a in flat])


def _extreme(name: str, choose: Callable[..., Num]) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        def result(nums: list[Num]) -> Num:
            best, unit = (
                choose(nums, key=lambda n: n.value),
                sum_of(nums).unit,
            )  # refuses units that do not fit
            return Num(best.value, unit, name, tuple(nums))

        return _over(args, result)

    return call


def _abs(value: Any) -> Any:
    return value if isinstance(value, Missing) else abs(number_of(value))


def _round(value: Any, places: Any) -> Any:
    if isinstance(value, Missing):
        return value
    n = number_of(places).value
    if n not in range(16):
        raise ValueError(n)
    unit = replace(number_of(value).unit, places=int(n))
    return number_of(value).rounded(unit)


def _count(column: Any, *wanted: Any) -> Any:
    """How many values of a column are filled, or are the one that is wanted; with more columns of
    the same table, each before what is wanted of it, how many rows are all of that: 计数(表.甲,
    '是', 表.乙, '否')."""
    if getattr(column, "unread", None) is not None:
        return column.unread
    if not wanted:
        return Num(Decimal(sum(map(filled, column.items))), op=words.COUNT, name=shown(column))
    columns, texts = [column, *wanted[1::2]], wanted[0::2]
    rows = zip(*(c.items for c in columns), strict=True)
    hits = [row for row in rows if all(_says(v, text) for v, text in zip(row, texts, strict=True))]
    name = "，".join(f"{shown(c)}＝{text}" for c, text in zip(columns, texts, strict=True))
    return Num(Decimal(len(hits)), op=words.COUNT, name=name)


def _says(value: Any, text: Any) -> bool:
    return filled(value) and not isinstance(value, Num) and str(value) == str(text)


def _sum_if(numbers: Any, texts: Any, wanted: Any) -> Any:
    """The sum of a column over the rows where another column of the same table says what is
    `wanted`."""
    if getattr(numbers, "unread", None) is not None:
        return numbers.unread
    pairs = zip(numbers.items, texts.items, strict=True)
    return _over(
        (replace(numbers, items=[n for n, text in pairs if str(text) == str(wanted)]),), sum_of
    )


def _mentions(text: Any, *wanted: Any) -> Any:
    """How many of the words a text contains; what nobody filled contains none."""
    if isinstance(text, Missing) and text.place is None:
        return text
    found = [word for word in wanted if not isinstance(text, Missing) and str(word) in str(text)]
    return Num(
        Decimal(len(found)),
        op=words.MENTIONS,
        name=shown(text),
        place=getattr(text, "place", None),
        half=ZERO,
    )


def _filled_count(*values: Any) -> Any:
    """How many of some values are filled in; one that cannot be used was filled in all the same,
    and is told already."""
    unread = next((v for v in values if isinstance(v, Missing) and v.place is None), None)
    if unread is not None:
        return unread
    blank = [v for v in values if not (v.faulty if isinstance(v, Missing) else filled(v))]
    place = next((getattr(v, "place", None) for v in blank), None)
    return Num(
        Decimal(len(values) - len(blank)),
        op=words.FILLED_COUNT,
        name=words.FILLED_COUNT,
        place=place,
        half=ZERO,
    )


def _year_of(date: Any) -> Any:
    if isinstance(date, Missing):
        return date
    year = Unit(words.YEAR, words.YEAR, places=0)
    return Num(
        Decimal(date.year),
        year,
        words.YEAR_OF,
        name=words.YEAR_OF,
        place=getattr(date, "place", None),
        half=ZERO,
    )


def _lacking(*tables: Any) -> Any:
    """Which tables within a record nobody filled in, or not all of what they need:
    项目资金未填；项目指标未填全."""
    told = []
    for rows in tables:
        table = rows.name.split(".")[0]
        if not rows.items:
            told.append(messages.TABLE_UNFILLED.format(table=table))
        elif any(
            isinstance(row.members[name], Missing) for row in rows.items for name in rows.needed
        ):
            told.append(messages.TABLE_INCOMPLETE.format(table=table))
    return messages.LACKING_JOIN.join(told)


def _length(text: Any) -> Any:
    """How many characters a text has; blanks do not count, and what nobody filled has none."""
    if isinstance(text, Missing) and text.place is None:  # of a sheet that could not be read
        return text
    if not isinstance(text, Missing | str) and not hasattr(text, "text"):
        raise TypeError(text)
    characters = 0 if isinstance(text, Missing) else len(re.sub(r"\s", "", str(text)))
    return Num(
        Decimal(characters),
        op=words.LENGTH,
        name=shown(text),
        place=getattr(text, "place", None),
        half=ZERO,
    )


def _days(first: Any, second: Any) -> Any:
    """How many days lie between two dates; negative where the second is the earlier."""
    missing = next((d for d in (first, second) if isinstance(d, Missing)), None)
    if missing is not None:
        return missing
    days = (second - first).days
    return Num(
        Decimal(days),
        op=words.DAYS,
        name=words.DAYS,
        place=getattr(second, "place", None),
        half=ZERO,
    )


FUNCTIONS: dict[str, Callable[..., Any]] = {
    words.SUM: _sum,
    words.MIN: _extreme(words.MIN, min),
    words.MAX: _extreme(words.MAX, max),
    words.ABS: _abs,
    words.ROUND: _round,
    words.COUNT: _count,
    words.SUM_IF: _sum_if,
    words.MENTIONS: _mentions,
    words.FILLED_COUNT: _filled_count,
    words.YEAR_OF: _year_of,
    words.LACKING: _lacking,
    words.LENGTH: _length,
    words.DAYS: _days,
}


def below(column: Values, code: Any) -> Any:
    """The sum of a column over the detail rows whose code begins with `code` (下级)."""
    if column.unread is not None:
        return column.unread
    parts = [
        v for v, key in zip(column.items, column.keys, strict=True) if key.startswith(str(code))
    ]
    missing = next((p for p in parts if isinstance(p, Missing)), None)
    if missing is not None:
        return missing
    total = sum_of(parts, column.unit)
    total.name = "" if parts else column.name  # no row to name it by
    return total
