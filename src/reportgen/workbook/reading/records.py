"""Reads a table: its records between headings and foot, each with what tells it from the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Table
from reportgen.edition.units import unit_of
from reportgen.facts.content import TableContent
from reportgen.facts.tables import names
from reportgen.findings import REPORT, Severity
from reportgen.language import words
from reportgen.language.expressions import nearest
from reportgen.language.numbers import RATIO, ZERO, Missing, Num, Unit
from reportgen.workbook.layout import PlannedColumn, TableLayout
from reportgen.workbook.reading import cells, keys
from reportgen.workbook.reading.sheet import Entry, Reading, SheetReader, Sides, Wanted

Record = dict[str, Any]  # column → fact


def nothing(reading: Reading, plan: TableLayout, unread: bool) -> TableContent:
    """What is known of a table that was not read: no records, and totals that are missing."""
    total = {
        c.name: Missing(f"{plan.sheet.name}.{words.TOTALS}.{c.name}", None) for c in plan.columns
    }
    return TableContent(total=total, units=units(reading, plan), unread=unread)


def units(reading: Reading, plan: TableLayout) -> dict[str, Unit]:
    """The unit of each column; of one without a unit that of rates."""
    return {c.column.name: reading.unit(plan.sheet, c.column) or RATIO for c in plan.columns}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with a record: its key, "" where it has none, what its faults stop, and its cells by
    column."""

    row: int
    key: str
    scope: str
    entries: dict[str, Entry]

    @property
    def chosen(self) -> dict[str, str]:
        """The texts of the row, by column: among them the unit that it chooses."""
        reads = {name: entry.read.value for name, entry in self.entries.items()}
        return {name: value for name, value in reads.items() if isinstance(value, str)}


class RecordReader(SheetReader):
    """Reads a table of records."""

    plan: TableLayout
    sheet: Table

    def content(self) -> TableContent:
        """What the table says. A record whose key cannot be used is told and left out."""
        first, last, total_row = self._extent()
        lines = list(self._lines(first, last))
        total = self._total_row(total_row) if total_row else {}
        inputs = [e for line in lines for e in line.entries.values() if not e.wanted.field.derived]
        empty = self.emptiness([*inputs, *total.values()])
        content = TableContent(units=units(self.reading, self.plan), empty=empty[False])
        content.total = {name: self._total(name, e, empty) for name, e in total.items()}
        content.records = self._kept(self._records(lines, empty))
        if self.sheet.required and not lines and self.asked:
            message = messages.NO_RECORDS.format(title=self.sheet.title)
            place = self.place(first, self._key)
            self.reading.tell("required", place, message, messages.REMEDY_NO_RECORDS)
        return content

    # -- rows

    @property
    def _key(self) -> PlannedColumn:
        return self.plan.columns[0]

    @cached_property
    def _sums(self) -> Collection[str]:
        """The columns that are sums of others of the same row."""
        return totals.of_records(self.sheet)

    def _extent(self) -> tuple[int, int, int | None]:
        """(first, last, total row) of the records, from the total's label and the foot's words."""
        first, total_row = self.headings.row + 1, None
        labels = [c for c in self.plan.columns if not c.column.numeric and not c.prior]
        for row in range(self.headings.row + 1, self.page.last_row + 1):
            texts = {self.text(row, column) for column in labels}
            if self.sheet.total and not total_row and cells.normal(self.sheet.total) in texts:
                total_row, first = row, row + 1
            if any(text.startswith(_FOOT) for text in texts):
                return first, row - 1, total_row
        return first, self.page.last_row, total_row

    def _lines(self, first: int, last: int) -> Iterator[_Line]:
        """The rows in which anything stands, but for one of column numbers."""
        for row in range(first, last + 1):
            if words.LINE_NUMBERS in [text for _, text in self.page.row(row)]:
                continue
            line = self._line(row)
            if any(entry.read.filled for entry in line.entries.values()):
                yield line

    def _line(self, row: int) -> _Line:
        """A row, its key first: a fault in the row of a project stops that project alone."""
        first = self.entry(row, self._key, self._wanted(self._key, REPORT))
        if first.read.value and self.sheet.key.kind is FieldKind.CODE:
            code = first.read.value + self.code(row, self._key)
            first = replace(first, read=replace(first.read, value=code))
        key = str(first.read.value or "")
        scope = self._scope(key)
        entries = {self._key.name: replace(first, wanted=self._wanted(self._key, scope))}
        for planned in self.plan.columns[1:]:
            entries[planned.name] = self.entry(row, planned, self._wanted(planned, scope))
        return _Line(row, key, scope, entries)

    def _wanted(self, planned: PlannedColumn, scope: str) -> Wanted:
        computed = planned.name in self._sums or planned.column.derived
        return Wanted(planned.column, planned.heading, planned.prior, computed, scope)

    def _scope(self, key: str) -> str:
        """What a fault in the row of that key stops."""
        projects = self.reading.edition.roles.projects
        of_project = projects and projects in (self.sheet.name, self.sheet.parent)
        return f"project:{key}" if key and of_project else REPORT

    def _total_row(self, row: int) -> dict[str, Entry]:
        summed = {c.name for c in totals.summed(self.sheet)}
        found = {}
        for planned in self.plan.columns:
            if planned.column.name in summed:
                label = f"{self.sheet.total}·{planned.heading}"
                wanted = Wanted(planned.column, label, planned.prior, computed=True)
                found[planned.name] = self.entry(row, planned, wanted)
        return found

    # -- facts

    def _total(self, column: str, entry: Entry, empty: Sides) -> Any:
        name = f"{self.sheet.name}.{words.TOTALS}.{column}"
        return self._fact(entry, name, empty, total=True, chosen={})

    def _records(self, lines: list[_Line], empty: Sides) -> list[tuple[_Line, Record]]:
        found = names(self.sheet, [self._named_after(line) for line in lines])
        named = [name for name, _ in found]
        return [
            (line, self._record(line, name, empty)) for line, name in zip(lines, named, strict=True)
        ]

    def _named_after(self, line: _Line) -> dict[str, str | None]:
        """The texts that a record is named after; without its key, its row."""
        own: dict[str, str | None] = {self.sheet.key.name: line.key.strip() or str(line.row)}
        if self.sheet.by:
            text = str(line.entries[self.sheet.by].read.value or "").strip()
            own[self.sheet.by] = text or None
        return own

    def _record(self, line: _Line, name: str, empty: Sides) -> Record:
        subtotal = len(line.key.strip()) in self.sheet.tree[:-1]
        chosen = line.chosen
        record = {}
        for planned in self.plan.columns:
            entry = line.entries[planned.name]
            total = planned.name in self._sums or (subtotal and planned.helper)
            full = f"{name}.{planned.name}"
            record[planned.name] = self._fact(entry, full, empty, total, chosen)
        return record

    def _fact(
        self, entry: Entry, name: str, empty: Sides, total: bool, chosen: Mapping[str, str]
    ) -> Any:
        """A fact of a record. A number in a unit of the record's own is exact, and printed in
        it; without the unit it is missing."""
        own = entry.wanted.field.own_unit
        if not own:
            unit = self.reading.unit(self.sheet, entry.wanted.field)
            return self.value(entry, name, empty, total, unit)
        if entry.read.number and own not in chosen and not self.sheet.column(own).required:
            self._tell_without_unit(entry)
            return Missing(name, entry.read.place)
        unit = unit_of(self.reading.edition, self.sheet, entry.wanted.field, chosen)
        unit = replace(unit, printed=True) if unit else None
        fact = self.value(entry, name, empty, total, unit)
        if isinstance(fact, Num):
            fact.half = ZERO
        return fact

    def _tell_without_unit(self, entry: Entry) -> None:
        self.reading.tell(
            "unit-missing",
            entry.read.place,
            messages.UNIT_CELL_MISSING.format(label=entry.wanted.field.label),
            messages.REMEDY_UNIT_CELL,
            scope=entry.wanted.scope,
        )

    # -- keys

    def _kept(self, records: list[tuple[_Line, Record]]) -> list[Record]:
        """The records whose key can be used: present, once, and of a length that the levels of
        codes know."""
        kept: dict[str, Record] = {}
        for line, record in records:
            key = record[self.sheet.key.name]
            if isinstance(key, Missing):
                self._tell_no_key(line)
            elif self.sheet.parent:
                if self._sound_within(line, record, kept):
                    kept[self._within(record) or str(line.row)] = record
            elif self._sound(line, str(key), kept):
                kept[str(key)] = record
                self._compare_with_list(line, str(key), record)
        return list(kept.values())

    def _sound(self, line: _Line, key: str, kept: Mapping[str, Record]) -> bool:
        """Whether the text can be a key, no other record has it, and it is a code of one of the
        levels, if any."""
        tree = self.sheet.tree
        if key in kept:
            self._tell_twice(line, self._key, key)
            return False
        referred_to = self.reading.edition.within(self.sheet.name)  # else a row's first text
        fault = keys.fault(key) or self._twin(key, kept) if referred_to else ""
        if fault:
            self._tell(line, self._key, "key", fault, messages.REMEDY_KEY_TEXT)
            return False
        if tree and not (key.isdigit() and len(key) in tree):
            remedy = messages.REMEDY_CODE.format(lengths="、".join(map(str, tree)))
            message = messages.CODE_LENGTH.format(code=key)
            self._tell(line, self._key, "code-length", message, remedy)
            return False
        return True

    def _twin(self, key: str, kept: Mapping[str, Record]) -> str:
        """That an earlier key differs only in the width of its signs, else nothing."""
        twin = keys.twin(key, kept)
        if twin is None:
            return ""
        place = getattr(kept[twin][self.sheet.key.name], "place", None)
        return messages.KEY_CELL_ALIKE.format(key=key, twin=twin, place=place or "")

    def _sound_within(self, line: _Line, record: Record, kept: Collection[str]) -> bool:
        """Whether a row within a record names a record that there is, and is the only one of its
        name in it."""
        unknown = [
            c
            for c in self.plan.columns
            if c.column.kind is FieldKind.REF and not self._refers(line, c, record)
        ]
        if self._key in unknown:
            return False
        name = self._within(record)
        if name in kept:
            by = next(c for c in self.plan.columns if c.name == self.sheet.by)
            self._tell_twice(line, by, name)
            return False
        return True

    def _within(self, record: Record) -> str:
        """What tells a row from the others within its record, "" where nothing must."""
        own = record[self.sheet.by] if self.sheet.by else None
        if own is None or isinstance(own, Missing):
            return ""
        return f"{record[self.sheet.key.name]}·{own}"

    def _refers(self, line: _Line, planned: PlannedColumn, record: Record) -> bool:
        """Whether a reference names a record that there is, and how wide its signs were typed does
        not count; an unknown one belongs to no project, so that it stops the report."""
        table, key = planned.column.of, record[planned.name]
        known = self._keys(table)
        if known is None or isinstance(key, Missing) or str(key) in known:
            return True
        meant = keys.twin(str(key), known)
        if meant is not None:
            record[planned.name] = keys.as_written(meant, key)
            return True
        hint = nearest(str(key), known)
        message = messages.REFERENCE_UNKNOWN.format(table=table, key=key, hint=hint)
        remedy = messages.REMEDY_REFERENCE.format(table=table)
        place = self.place(line.row, planned)
        self.reading.tell("reference", place, message, remedy, scope=REPORT)
        return False

    def _keys(self, table: str) -> list[str] | None:
        """The keys of a table that was read; None where it was not, or is not asked for."""
        sheet, read = self.reading.edition.table(table), self.reading.content.tables.get(table)
        if read is None or read.unread or not self.reading.asked(sheet):
            return None
        return [str(record[sheet.key.name]) for record in read.records]

    def _compare_with_list(self, line: _Line, code: str, record: Record) -> None:
        """Tells a code that the edition's list does not have, and a name that differs from the
        list's."""
        known = self.reading.edition.codes.get(self.sheet.codes)
        if known is None:
            return
        if code not in known:
            message = messages.CODE_UNKNOWN.format(code=code, list=self.sheet.codes)
            remedy = messages.REMEDY_CODE_UNKNOWN
            self._tell(line, self._key, "code-unknown", message, remedy, Severity.WARNING)
            return
        name = self.sheet.named.name if self.sheet.named else ""
        text, listed = record.get(name), known[code].get(name)
        if isinstance(text, str) and listed and cells.normal(text) != cells.normal(listed):
            message = messages.CODE_NAME.format(code=code, text=text, listed=listed)
            remedy = messages.REMEDY_CODE_NAME
            self._tell(line, self._key, "code-name", message, remedy, Severity.WARNING)

    def _tell_no_key(self, line: _Line) -> None:
        if not self.sheet.key.required:  # else that it is required is told already
            message = messages.KEY_CELL_MISSING.format(label=self.sheet.key.label)
            self._tell(line, self._key, "key-missing", message, messages.REMEDY_KEY)

    def _tell_twice(self, line: _Line, planned: PlannedColumn, key: str) -> None:
        message = messages.KEY_CELL_TWICE.format(key=key)
        self._tell(line, planned, "key-twice", message, messages.REMEDY_TWICE)

    def _tell(
        self,
        line: _Line,
        planned: PlannedColumn,
        id: str,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        place = self.place(line.row, planned)
        self.reading.tell(id, place, message, remedy, severity, line.scope)


_FOOT = tuple(cells.normal(text) for text in words.FOOT)
