"""What expressions reach by name: records, tables and their columns, texts; totals settled, budgets hung on numbers.

Nothing here knows where a value lies but the `Place` that each carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.models import Edition, Field, Sheet
from reportgen.findings import REPORT, Place
from reportgen.language import words
from reportgen.language.expressions import Refused, member, nearest
from reportgen.language.numbers import RATIO, Missing, Num, Unit, sum_of


class Record:
    """Values by name. `name` is its own dotted name, for messages; `scope` what a fault in it stops."""

    __slots__ = ("members", "name", "scope")

    def __init__(self, name: str, members: Mapping[str, Any], scope: str = REPORT) -> None:
        self.name = name
        self.members = members
        self.scope = scope

    def member(self, name: str) -> Any:
        """The value of that name; refuses an unknown one with the nearest."""
        try:
            return self.members[name]
        except KeyError:
            hint = nearest(name, self.members)
            raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint)) from None


@dataclass(frozen=True, slots=True)
class Blank:
    """The cell of a total that nobody typed: to be computed. `prior` is last year's cell."""

    place: Place
    prior: Any = None


@dataclass(slots=True)
class Values:
    """A column of a table: its values in row order, the keys of their rows, and last year's column as a member."""

    name: str
    items: list[Any]
    keys: list[str]
    unit: Unit
    prior: Values | None = None
    unread: Missing | None = None  # of a sheet that could not be read: nothing may be counted or added up
    withheld: frozenset[int] = frozenset()  # rows that are counted and added up, but never printed

    def __iter__(self) -> Iterator[Any]:
        """The values that may be printed."""
        return (v for i, v in enumerate(self.items) if i not in self.withheld)

    def pairs(self) -> Iterator[tuple[str, Any]]:
        """Those with the keys of their rows."""
        return (p for i, p in enumerate(zip(self.keys, self.items, strict=True)) if i not in self.withheld)

    def member(self, name: str) -> Any:
        """Last year's column, where the edition asks for it."""
        if name == words.PRIOR and self.prior is not None:
            return self.prior
        hint = nearest(name, [words.PRIOR] if self.prior is not None else [])
        raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint))


class Rows:
    """The records of a table, in order; as members its columns, its total row, and each record by its key.

    Records that are `withheld` count and add up like any other, but nothing that prints comes by them. `needed` are the
    columns without which a row is not complete.
    """

    __slots__ = ("columns", "extras", "items", "keyed", "name", "needed", "withheld")

    def __init__(
        self, name: str, items: list[Record], key: str, columns: Mapping[str, Values], withheld: frozenset[str] = frozenset()
    ) -> None:
        self.name = name
        self.items = items
        self.columns = columns
        self.keyed: dict[str, Any] = {str(item.members[key]): item for item in items} if key else {}
        self.extras: dict[str, Any] = {}
        self.needed: Sequence[str] = ()
        self.withheld = withheld

    def __iter__(self) -> Iterator[Record]:
        """The records that may be printed."""
        return (item for item in self.items if item.name not in self.withheld)

    def member(self, name: str) -> Any:
        """A column, 总计, 分级, 空表, or the record whose key is `name`; of rows within records those of that record."""
        for names in (self.columns, self.extras, self.keyed):
            if name in names:
                if names is self.keyed and self.keyed[name].name in self.withheld:
                    raise Refused(messages.WITHHELD.format(name=f"{self.name}.{name}"))
                return names[name]
        hint = nearest(name, [*self.columns, *self.extras, *self.keyed])
        raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint))


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that a person wrote, with its citations unread; `name` and `place` say whose it is."""

    text: str
    name: str
    place: Place | None = None

    def __str__(self) -> str:
        return self.text


class Text(str):
    """A short text of a cell: a name, a choice."""

    place: Place | None = None


class Day(date):
    """A date of a cell."""

    place: Place | None = None


class Absent:
    """A cell that the official form does not have: it prints as nothing."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Names(dict[str, Any]):
    """The names of an edition as a scope; a derived one is computed when it is first asked for."""

    def __init__(self, values: Mapping[str, Any], derived: Mapping[str, Any], origin: Names | None = None) -> None:
        super().__init__(values)
        self.derived = derived
        self.origin = origin

    def copy(self) -> Names:
        """The same names, free to take loop variables; derived ones are computed once for all copies."""
        return Names(self, self.derived, self.origin or self)

    def __missing__(self, name: str) -> Any:
        value = self[name] = self.origin[name] if self.origin is not None else self.derived[name](self)
        if isinstance(value, Num):
            value.name = value.name or name
        return value


@dataclass(slots=True)
class Sheetful:
    """What was read of one sheet: cells by full name, or records (column → value) with the total row."""

    cells: dict[str, Any] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)  # of the columns of a table of records
    empty: bool = False
    unread: bool = False  # the sheet is missing or has lost its headings


def scope_names(edition: Edition) -> list[str]:
    """The names that expressions of the edition may start from."""
    return [s.name for s in edition.sheets] + [d.name for d in edition.derived]


def settled(cells: Mapping[str, Any], name: str, rules: list[totals.Parts], unit: Unit = RATIO, widen: bool = True) -> Any:
    """A total: computed where blank. A typed one that equals its parts to the cent has their room for rounding, since
    nobody can tell whether it was typed; not so (`widen`) across a row, where every cell counts for itself."""
    typed = cells[name]
    parts = [(sign, cells[part]) for sign, part in rules[0]]
    if isinstance(typed, Missing):
        return typed
    missing = next((p for _, p in parts if isinstance(p, Missing)), None)
    if missing is not None:
        return missing if typed is None or isinstance(typed, Blank) else typed
    computed = sum_of([p if sign > 0 else -p for sign, p in parts], unit)
    if typed is None or isinstance(typed, Blank):
        return Num(computed.value, computed.unit, "sum", computed.args, name, getattr(typed, "place", None), computed.slack())
    if widen and typed.value == computed.value:
        typed.half = computed.slack()
    return typed


def computed(name: str, blank: Blank | None, total: Any) -> Any:
    """A sum in the place of the cell that nobody typed it in."""
    if isinstance(total, Missing):
        return total
    return Num(total.value, total.unit, "sum", total.args, name, blank.place if blank else None, total.slack())


def measure(budgets: Iterable[tuple[str, str]], members: Mapping[str, Any]) -> None:
    """Hangs on each number the one it is measured against."""
    for name, budget in budgets:
        if budget and isinstance(members[name], Num):
            members[name].budget = members[budget]


def emptiness(sheet: Sheet, read: Sheetful) -> dict[str, Any]:
    """空表, and where a sheet may be empty the sentence that says so."""
    found: dict[str, Any] = {words.EMPTY: read.empty}
    if sheet.empty:
        found[words.EMPTY_NOTE] = Prose(sheet.empty, f"{sheet.name}.{words.EMPTY_NOTE}")
    return found


def below(column: Values, code: Any) -> Any:
    """The sum of a column over the detail rows whose code begins with `code` (下级)."""
    if column.unread is not None:
        return column.unread
    parts = [v for v, key in zip(column.items, column.keys, strict=True) if key.startswith(str(code))]
    missing = next((p for p in parts if isinstance(p, Missing)), None)
    if missing is not None:
        return missing
    total = sum_of(parts, column.unit)
    total.name = "" if parts else column.name  # no row to name it by
    return total


def unit_of(edition: Edition, sheet: Sheet, field: Field, chosen: Mapping[str, Any]) -> Unit | None:
    """The unit of a field's values. One that the workbook chooses is looked up in `chosen` (full name → text; for one
    chosen in the same row, column → text)."""
    name = field.unit or (sheet.unit if field.kind == "money" else "")
    if name.startswith("="):
        name = str(chosen.get(name[1:]) or choices_of(edition, sheet, name[1:])[0])
    if not name and field.kind == "year":
        name = words.YEAR
    return edition.measures.get(name)


def choices_of(edition: Edition, sheet: Sheet, name: str) -> list[str]:
    """The units among which 表.项, or a column of `sheet` itself, lets people choose."""
    other, _, row = name.partition(".")
    if not row:
        return next(c.choices for c in sheet.blocks[0].fields if c.name == other)
    return next(r.choices for b in edition.sheet(other).blocks for r in b.lines if r.name == row)


def look(names: Mapping[str, Any], dotted: str) -> Any:
    """The value of a dotted name."""
    first, *rest = dotted.split(".")
    value = names[first]
    for part in rest:
        value = member(value, part)
    return value
