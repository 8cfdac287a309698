"""The functions that expressions may call whatever the edition: sums, counts, lengths, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reportgen import messages
from reportgen.findings import Place
from reportgen.language import words
from reportgen.language.members import called, filled, number_of, shown
from reportgen.language.names import Name
from reportgen.language.numbers import ZERO, Missing, Num, NumberError, literal, sum_of
from reportgen.language.ordering import first, ordered
from reportgen.language.units import RATIO, Unit
from reportgen.language.values import Day, Prose, Rows, Text, Values


def _first_missing(values: Iterable[Any]) -> Missing | None:
    return next((v for v in values if isinstance(v, Missing)), None)


def _unread(column: Values) -> Missing | None:
    """What stands for a column of a sheet that could not be read. Raises TypeError for what is no
    column."""
    if not isinstance(column, Values):
        raise TypeError(column)
    return column.unread


def _of_unread_sheet(value: Any) -> bool:
    return isinstance(value, Missing) and value.place is None


def _place(value: Any) -> Place | None:
    """The cell of a value, None for what no cell holds."""
    return value.place if isinstance(value, Num | Missing | Text | Day | Prose) else None


def _exact(value: int, word: str, name: Name, place: Place | None, unit: Unit = RATIO) -> Num:
    """A number that a function finds out: nothing of it was rounded."""
    return Num(Decimal(value), unit, word, name=name, place=place, half=ZERO)


def _sum(*args: Any) -> Any:
    return _over(args, sum_of)


def _over(args: tuple[Any, ...], result: Callable[[list[Num]], Num]) -> Any:
    """Columns among the arguments stand for their values; an empty one is a zero of its unit."""
    values: list[Any] = []
    for arg in args:
        if not isinstance(arg, Values):
            values.append(arg)
        elif arg.unread is not None:
            return arg.unread
        else:
            values.extend(arg.items or [Num(ZERO, arg.unit, half=ZERO)])
    missing = _first_missing(values)
    if missing is not None:
        return missing
    return result([number_of(v) for v in values])


def _average(*args: Any) -> Any:
    """The mean of numbers in their unit, columns standing for those that may be printed: times
    their number a mean is their sum. NumberError for that of none."""
    if not args:
        raise TypeError(args)
    unread = next((a.unread for a in args if isinstance(a, Values) and a.unread), None)
    if unread is not None:
        return unread
    values = [v for a in args for v in (a if isinstance(a, Values) else [a])]
    missing = _first_missing(values)
    if missing is not None:
        return missing
    name = "，".join(map(shown, args))
    if not values:
        raise NumberError(messages.AVERAGE_OF_NONE.format(name=name), *args)
    mean = sum_of([number_of(v) for v in values]) / literal(len(values))
    mean.name = Name(f"{words.AVERAGE}({name})")
    return mean


def _extreme(name: str, choose: Callable[..., Num]) -> Callable[..., Any]:
    def result(nums: list[Num]) -> Num:
        unit = sum_of(nums).unit  # refuses units that do not fit
        best = choose(nums, key=lambda n: n.value)
        return Num(best.value, unit, name, tuple(nums))

    return lambda *args: _over(args, result)


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
    unread = _unread(column)
    if unread is not None:
        return unread
    if not wanted:
        return Num(Decimal(sum(map(filled, column.items))), op=words.COUNT, name=called(column))
    asked = list(zip([column, *wanted[1::2]], wanted[0::2], strict=True))
    rows = zip(*(c.items for c, _ in asked), strict=True)
    hits = [row for row in rows if all(map(_says, row, wanted[0::2]))]
    name = "，".join(f"{shown(c)}＝{text}" for c, text in asked)
    return Num(Decimal(len(hits)), op=words.COUNT, name=Name(name))


def _says(value: Any, text: Any) -> bool:
    return filled(value) and not isinstance(value, Num) and str(value) == str(text)


def _sum_if(numbers: Any, texts: Any, wanted: Any) -> Any:
    """The sum of a column over the rows where another column of the same table says what is
    `wanted`."""
    unread = _unread(numbers)
    if unread is not None:
        return unread
    pairs = zip(numbers.items, texts.items, strict=True)
    counted = [n for n, text in pairs if str(text) == str(wanted)]
    return _over((replace(numbers, items=counted),), sum_of)


def _mentions(text: Any, *wanted: Any) -> Any:
    """How many of the words a text contains; what nobody filled contains none."""
    if _of_unread_sheet(text):
        return text
    found = [word for word in wanted if not isinstance(text, Missing) and str(word) in str(text)]
    return _exact(len(found), words.MENTIONS, called(text), _place(text))


def _filled_count(*values: Any) -> Any:
    """How many of some values are filled in; one that cannot be used was filled in all the same,
    and is told already."""
    unread = next(filter(_of_unread_sheet, values), None)
    if unread is not None:
        return unread
    blank = [v for v in values if not (v.faulty if isinstance(v, Missing) else filled(v))]
    place = _place(blank[0]) if blank else None
    return _exact(len(values) - len(blank), words.FILLED_COUNT, Name(words.FILLED_COUNT), place)


def _year_of(date: Any) -> Any:
    if isinstance(date, Missing):
        return date
    unit = Unit(words.YEAR, words.YEAR, places=0)
    return _exact(date.year, words.YEAR_OF, Name(words.YEAR_OF), _place(date), unit)


def _lacking(*tables: Rows) -> str:
    """Which tables within a record nobody filled in, or not all of what they need:
    项目资金未填；项目指标未填全."""
    told = []
    for rows in tables:
        table = rows.name.table
        if not rows.items:
            told.append(messages.TABLE_UNFILLED.format(table=table))
        elif _incomplete(rows):
            told.append(messages.TABLE_INCOMPLETE.format(table=table))
    return messages.LACKING_JOIN.join(told)


def _incomplete(rows: Rows) -> bool:
    needed = (row.members[name] for row in rows.items for name in rows.needed)
    return _first_missing(needed) is not None


def _length(text: Any) -> Any:
    """How many characters a text has; blanks do not count, and what nobody filled has none."""
    if _of_unread_sheet(text):
        return text
    if not isinstance(text, Missing | str | Prose):
        raise TypeError(text)
    characters = 0 if isinstance(text, Missing) else len(re.sub(r"\s", "", str(text)))
    return _exact(characters, words.LENGTH, called(text), _place(text))


def _days(first: Any, second: Any) -> Any:
    """How many days lie between two dates; negative where the second is the earlier."""
    missing = _first_missing((first, second))
    if missing is not None:
        return missing
    return _exact((second - first).days, words.DAYS, Name(words.DAYS), _place(second))


def below(column: Values, code: Any) -> Any:
    """The sum of a column over the detail rows whose code begins with `code` (下级)."""
    unread = _unread(column)
    if unread is not None:
        return unread
    parts = column.under(str(code))
    missing = _first_missing(parts)
    if missing is not None:
        return missing
    total = sum_of(parts, column.unit)
    total.name = None if parts else column.name  # no row to name it by
    return total


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: its word and what it does. What the reference page says of it
    stands in `messages.FUNCTIONS` under its word; one that can live in a sheet has a record in
    `workbook.live.functions` too."""

    word: str
    run: Callable[..., Any]

    def __call__(self, *args: Any) -> Any:
        """What it makes of its arguments; TypeError and its kin for those that it cannot take."""
        return self.run(*args)


_EVERY = (
    Function(words.SUM, _sum),
    Function(words.MIN, _extreme(words.MIN, min)),
    Function(words.MAX, _extreme(words.MAX, max)),
    Function(words.AVERAGE, _average),
    Function(words.ABS, _abs),
    Function(words.ROUND, _round),
    Function(words.COUNT, _count),
    Function(words.SUM_IF, _sum_if),
    Function(words.BELOW, below),
    Function(words.MENTIONS, _mentions),
    Function(words.FILLED_COUNT, _filled_count),
    Function(words.LENGTH, _length),
    Function(words.YEAR_OF, _year_of),
    Function(words.DAYS, _days),
    Function(words.LACKING, _lacking),
    Function(words.SORT, ordered),
    Function(words.FIRST, first),
)
FUNCTIONS: dict[str, Callable[..., Any]] = {function.word: function for function in _EVERY}
