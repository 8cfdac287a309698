"""Tables of records, and rows within the records of another table: 项目资金 within 项目.

Inner tables are built first; then every outer record gets its inner rows, the sums that it gathers
from them, and what is computed over both; and every inner row its outer record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reportgen.edition.fields import Column
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Table
from reportgen.facts.content import TableContent
from reportgen.facts.tables import table
from reportgen.findings import Finding, fault
from reportgen.language import words
from reportgen.language.closures import EVERY_BRANCH, Evaluate, Scope
from reportgen.language.expressions import Language
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError, sum_of
from reportgen.language.syntax import Refused
from reportgen.language.values import Record, Rows, Values


def tables(
    edition: Edition,
    read: Mapping[str, TableContent],
    language: Language,
    every_branch: bool = False,
    faults: list[Finding] | None = None,
) -> dict[str, Rows]:
    """Every table of records by name. A formula that cannot be is added to `faults`; without them
    it raises Refused."""
    scope = {EVERY_BRANCH: True} if every_branch else {}
    done: dict[str, Rows] = {}
    for sheet in sorted(edition.tables, key=lambda t: not t.parent):
        inner = [(s, done[s.name], _grouped(done[s.name])) for s in edition.within(sheet.name)]
        made = _Made(sheet, read[sheet.name], inner, language, scope, faults)
        done[sheet.name] = table(
            sheet,
            read[sheet.name],
            made.complete,
            _withheld(edition, sheet, read),
            edition.roles.projects,
        )
        for child, rows, _ in inner:
            _link(rows, child, done[sheet.name])
    return done


def _withheld(
    edition: Edition, sheet: Table, read: Mapping[str, TableContent]
) -> Callable[[Record], bool]:
    """Whether a record is never to be printed: it is marked so, or the record that it belongs
    to."""
    outer = edition.table(sheet.parent) if sheet.parent else sheet
    mark, key = outer.withheld, outer.key.name
    hidden = {str(r[key]) for r in read[outer.name].records if mark and r[mark] == words.MARK}
    return lambda record: record.name.key in hidden


def _grouped(rows: Rows) -> dict[str, list[int]]:
    """The positions of inner rows by the record that they name."""
    found: dict[str, list[int]] = {}
    for i, record in enumerate(rows.items):
        found.setdefault(record.name.key, []).append(i)
    return found


def _link(rows: Rows, sheet: Table, outer: Rows) -> None:
    """Ties inner rows to their outer records, and their table to those by key: 项目资金.P01 are
    the rows within P01."""
    for record in rows.items:
        key = record.name.key
        home = outer.keyed.get(key) or Missing(Name(sheet.parent, key=key), None)
        record.members[sheet.parent] = home
    rows.keyed = {key: record.members[sheet.name] for key, record in outer.keyed.items()}
    rows.withheld |= {
        rows.keyed[key].name for key, record in outer.keyed.items() if record.name in outer.withheld
    }


def _inner(sheet: Table, rows: Rows, at: Sequence[int], key: str) -> Rows:
    """The rows within one record: as members their columns, and where they are named each of them
    by its name."""
    name = Name(sheet.name, key=key)
    items = [rows.items[i] for i in at]
    names = [r.name.own for r in items]
    columns = {c: _narrowed(v, name.at(c), at, names) for c, v in rows.columns.items()}
    own = Rows(name, items, "", columns)
    own.keyed = dict(zip(names, items, strict=True))
    own.needed = rows.needed
    for choice in sheet.column(sheet.by).choices if sheet.by else ():
        unfilled = Name(sheet.name, key=key, own=choice)
        nothing: dict[str, Any] = {
            c.name: Missing(unfilled.at(c.label), None) for c in sheet.fields
        }
        own.keyed.setdefault(choice, Record(unfilled, nothing))
    return own


def _narrowed(column: Values, name: Name, at: Sequence[int], names: list[str]) -> Values:
    """A column of the rows within one record."""
    items = [column.items[i] for i in at]
    return replace(column, name=name, items=items, keys=names, withheld=frozenset())


class _Made:
    """What is made of the other cells of a record and of the rows within it."""

    def __init__(
        self,
        sheet: Table,
        read: TableContent,
        inner: list[tuple[Table, Rows, dict[str, list[int]]]],
        language: Language,
        scope: Scope,
        faults: list[Finding] | None,
    ):
        self.sheet, self.units, self.inner, self.faults = sheet, read.units, inner, faults
        self.computed: list[tuple[Column, Evaluate]] = []
        for column in (c for c in sheet.fields if c.computed):
            try:
                self.computed.append((column, language.compile(column.computed, [words.RECORD])))
            except Refused as refused:
                self._refused(column, refused)
                self.computed.append((column, lambda _scope: Missing(Name(""), None)))
        self.scope = scope

    def complete(self, record: Record) -> None:
        """Fills in what nobody types."""
        members, key = record.members, record.name.key
        for sheet, rows, groups in self.inner:
            members[sheet.name] = _inner(sheet, rows, groups.get(key, ()), key)
        for column in (c for c in self.sheet.fields if c.gathers):
            child, source = column.gathered
            gathered = _gathered(members[child].columns[source])
            members[column.name] = self._named(record, column, gathered)
        for column, run in self.computed:
            try:
                members[column.name] = self._named(
                    record, column, run({**self.scope, words.RECORD: record})
                )
            except (NumberError, MissingValue):
                members[column.name] = Missing(record.name.at(column.name), None)
            except Refused as refused:
                self._refused(column, refused)
                members[column.name] = Missing(record.name.at(column.name), None)

    def _refused(self, column: Column, refused: Refused) -> None:
        """Tells of a formula that cannot be: to `faults`, or by raising."""
        if self.faults is None:
            raise refused
        key = f"{column.label}.computed"
        self.faults.append(fault("computed", self.sheet.file, key, str(refused)))

    def _named(self, record: Record, column: Column, value: Any) -> Any:
        """A number under its own name, in the unit of its column."""
        if not isinstance(value, Num):
            return value
        unit = self.units.get(column.name, value.unit)
        unit = unit if unit.dimension == value.unit.dimension and unit.name else value.unit
        name = record.name.at(column.name)
        return Num(value.value, unit, value.op, value.args, name, None, value.half)


def _gathered(column: Values) -> Any:
    if column.unread is not None:
        return column.unread
    missing = next((v for v in column.items if isinstance(v, Missing)), None)
    return sum_of(column.items, column.unit) if missing is None else missing
