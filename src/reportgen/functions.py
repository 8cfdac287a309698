"""The functions that expressions may call whatever the edition: sums, counts, lengths, dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reportgen import messages, words
from reportgen.expressions import Refused, filled, number_of, shown
from reportgen.numbers import ZERO, Missing, Num, sum_of


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
            best, unit = choose(nums, key=lambda n: n.value), sum_of(nums).unit  # refuses units that do not fit
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
    """How many values of a column are filled, or are the one that is `wanted`."""
    if getattr(column, "unread", None) is not None:
        return column.unread
    present = [v for v in column.items if filled(v)]
    if not wanted:
        return Num(Decimal(len(present)), op=words.COUNT, name=shown(column))
    (text,) = wanted
    hits = [v for v in present if not isinstance(v, Num) and str(v) == str(text)]
    return Num(Decimal(len(hits)), op=words.COUNT, name=f"{shown(column)}＝{text}")


def _length(text: Any) -> Any:
    """How many characters a text has; blanks do not count, and what nobody filled has none."""
    if isinstance(text, Missing) and text.place is None:  # of a sheet that could not be read
        return text
    if not isinstance(text, Missing | str) and not hasattr(text, "text"):
        raise TypeError(text)
    characters = 0 if isinstance(text, Missing) else len(re.sub(r"\s", "", str(text)))
    return Num(Decimal(characters), op=words.LENGTH, name=shown(text), place=getattr(text, "place", None), half=ZERO)


def _days(first: Any, second: Any) -> Any:
    """How many days lie between two dates; negative where the second is the earlier."""
    missing = next((d for d in (first, second) if isinstance(d, Missing)), None)
    if missing is not None:
        return missing
    days = (second - first).days
    return Num(Decimal(days), op=words.DAYS, name=words.DAYS, half=ZERO)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    words.SUM: _sum,
    words.MIN: _extreme(words.MIN, min),
    words.MAX: _extreme(words.MAX, max),
    words.ABS: _abs,
    words.ROUND: _round,
    words.COUNT: _count,
    words.LENGTH: _length,
    words.DAYS: _days,
}
