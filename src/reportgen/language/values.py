"""What expressions reach by name: records, tables and their columns, texts. Nothing here knows
where a value lies but the `Place` that each carries."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reportgen import messages
from reportgen.findings import REPORT, Place
from reportgen.language import words
from reportgen.language.members import member
from reportgen.language.names import Name, Path, alike, nearest
from reportgen.language.numbers import Missing, Num
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit

_LAST = chr(0x10FFFF)  # comes after every sign of a key


class Record:
    """Values by name: a form, a fixed row of one, a record of a table.

    `name` says whose they are: the table, the key, of a row within a record its own name there.
    `members` is filled while the facts are assembled, and not changed after. `scope` is what a
    fault in it stops.
    """

    __slots__ = ("members", "name", "scope")

    def __init__(self, name: Name, members: dict[str, Any], scope: str = REPORT) -> None:
        self.name = name
        self.members = members
        self.scope = scope

    def member(self, name: str) -> Any:
        """The value of that name; refuses an unknown one with the nearest."""
        try:
            return self.members[name]
        except KeyError:
            hint = nearest(name, self.members)
            raise Refused(
                messages.NO_MEMBER.format(value=self.name, name=name, hint=hint)
            ) from None


@dataclass(frozen=True, slots=True)
class Blank:
    """The cell of a total that nobody typed: to be computed. `prior` is last year's cell."""

    place: Place
    prior: Any = None


@dataclass(slots=True)
class Values:
    """A column of a table: its values in row order, the keys of their rows, and last year's column
    as a member."""

    name: Name
    items: list[Any]
    keys: list[str]
    unit: Unit
    prior: Values | None = None
    unread: Missing | None = (
        None  # of a sheet that could not be read: nothing may be counted or added up
    )
    withheld: frozenset[int] = frozenset()  # rows that are counted and added up, but never printed
    _by_key: list[tuple[str, int]] = field(default_factory=list, init=False, repr=False)

    def __iter__(self) -> Iterator[Any]:
        """The values that may be printed."""
        return (v for i, v in enumerate(self.items) if i not in self.withheld)

    def pairs(self) -> Iterator[tuple[str, Any]]:
        """Those with the keys of their rows."""
        return (
            p
            for i, p in enumerate(zip(self.keys, self.items, strict=True))
            if i not in self.withheld
        )

    def under(self, code: str) -> list[Any]:
        """The values of the rows whose key begins with a code, in row order. A rule asks for each
        row of another table: the keys are put in order once."""
        if not self._by_key:
            self._by_key = sorted(zip(self.keys, range(len(self.items)), strict=True))
        first = bisect_left(self._by_key, (code,))
        end = bisect_left(self._by_key, (f"{code}{_LAST}",))
        return [self.items[row] for row in sorted(row for _, row in self._by_key[first:end])]

    def member(self, name: str) -> Any:
        """Last year's column, where the edition asks for it."""
        if name == words.PRIOR and self.prior is not None:
            return self.prior
        hint = nearest(name, [words.PRIOR] if self.prior is not None else [])
        raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint))


class Rows:
    """The records of a table, in order; as members its columns, its total row, and each record by
    its key.

    Records that are `withheld` count and add up like any other, but nothing that prints comes by
    them. `needed` are the columns without which a row is not complete.
    """

    __slots__ = ("columns", "extras", "items", "keyed", "name", "needed", "withheld")

    def __init__(
        self,
        name: Name,
        items: list[Record],
        key: str,
        columns: Mapping[str, Values],
        withheld: frozenset[Name] = frozenset(),
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
        """A column, 总计, 分级, 空表, or the record whose key is `name`; of rows within records
        those of that record. Raises Refused where there is none, or it is never printed."""
        for names in (self.columns, self.extras):
            if name in names:
                return names[name]
        found = self._record(name)
        if found is None:
            hint = self._hint(name)
            raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint), self)
        return found

    def entry(self, key: str) -> Any:
        """The record of that key, whatever else of the table is called so; else the member. Raises
        Refused as `member` does."""
        found = self._record(key)
        return self.member(key) if found is None else found

    def _hint(self, name: str) -> str:
        """The name that may be meant; of a key with a dot, which was read up to there, how it is
        written."""
        dotted = next((r for key, r in self.keyed.items() if key.startswith(f"{name}.")), None)
        if dotted is not None:
            return messages.DID_YOU_MEAN.format(name=dotted.name)
        return nearest(name, [*self.columns, *self.extras, *self.keyed])

    def _record(self, key: str) -> Any:
        """The record of that key, or of the one that people read as the same: no two are."""
        found = self.keyed.get(key)
        if found is None:
            found = next((r for k, r in self.keyed.items() if alike(k) == alike(key)), None)
        if found is not None and found.name in self.withheld:
            raise Refused(messages.WITHHELD.format(name=found.name))
        return found


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that a person wrote, with its citations unread; `name` and `place` say whose it is."""

    text: str
    name: Name
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


class Facts(dict[str, Any]):
    """The names of an edition as a scope; a derived one is computed when it is first asked for."""

    def __init__(
        self, values: Mapping[str, Any], derived: Mapping[str, Any], origin: Facts | None = None
    ) -> None:
        super().__init__(values)
        self.derived = derived
        self.origin = origin

    def copy(self) -> Facts:
        """The same names, free to take loop variables; derived ones are computed once for all
        copies."""
        return Facts(self, self.derived, self.origin or self)

    def __missing__(self, name: str) -> Any:
        value = self[name] = (
            self.origin[name] if self.origin is not None else self.derived[name](self)
        )
        if isinstance(value, Num):
            value.name = value.name or Name(name)
        return value


def look(names: Mapping[str, Any], path: Path) -> Any:
    """The value of a name, given by its parts. Raises Refused for an unknown member."""
    first, *rest = path
    value = names[first]
    for part in rest:
        value = member(value, part)
    return value
