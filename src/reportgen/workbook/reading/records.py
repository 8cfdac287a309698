"""Reads a table: its records between headings and foot, each with what tells it from the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Table
from reportgen.edition.units import unit_of
from reportgen.facts.content import TableContent
from reportgen.facts.tables import names
from reportgen.findings import REPORT
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import ZERO, Missing, Num
from reportgen.language.units import RATIO, Unit
from reportgen.workbook.layout import PlannedColumn, TableLayout
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.keys import Keys, Line, Record
from reportgen.workbook.reading.leftovers import tell_leftovers
from reportgen.workbook.reading.rows import Extent, Rows
from reportgen.workbook.reading.sheet import Entry, Reading, SheetReader, Sides, Wanted


def nothing(reading: Reading, plan: TableLayout, unread: bool) -> TableContent:
    """What is known of a table that was not read: no records, and totals that are missing."""
    totals_row = Name(plan.sheet.name, words.TOTALS)
    total = {c.name: Missing(totals_row.at(c.column.name, c.prior), None) for c in plan.columns}
    return TableContent(total=total, units=units(reading, plan), unread=unread)


def units(reading: Reading, plan: TableLayout) -> dict[str, Unit]:
    """The unit of each column; of one without a unit that of rates."""
    return {c.column.name: reading.unit(plan.sheet, c.column) or RATIO for c in plan.columns}


class RecordReader(SheetReader):
    """Reads a table of records."""

    plan: TableLayout
    sheet: Table

    def content(self) -> TableContent:
        """What the table says. A record whose key cannot be used is told and left out."""
        extent = self._rows.extent()
        lines = self._lines(extent)
        total = self._total_row(extent.total) if extent.total else []
        inputs = [e for line in lines for e in line.entries.values() if not e.wanted.field.derived]
        empty = self.emptiness([*inputs, *(entry for _, entry in total)])
        self._rows.tell(extent, [line.row for line in lines])
        tell_leftovers(self)
        content = TableContent(units=units(self.reading, self.plan), empty=empty[False])
        content.total = {p.name: self._total(p, e, empty) for p, e in total}
        content.records = Keys(self, self.plan).usable(self._records(lines, empty))
        if self.sheet.required and not lines and self.asked:
            message = messages.NO_RECORDS.format(title=self.sheet.title)
            fault = SheetFault("required", message, messages.REMEDY_NO_RECORDS)
            self.reading.tell(self.place(extent.rows.start, self._key), fault)
        return content

    # -- rows

    @property
    def _key(self) -> PlannedColumn:
        return self.plan.columns[0]

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self, self.plan, self._computed)

    @cached_property
    def _sums(self) -> Collection[str]:
        """The columns that are sums of others of the same row."""
        return totals.of_records(self.sheet)

    def _lines(self, extent: Extent) -> list[Line]:
        """The rows in which anything stands, but for those that are no records; what is wrong with
        their cells is told."""
        every = [self._line(row) for row in extent.rows if not self._rows.passed_over(row)]
        filled = self._named([line for line in every if line.filled])
        for line in every:
            self._tell_faults(filled.get(line.row, line))
        return list(filled.values())

    def _named(self, lines: Sequence[Line]) -> dict[int, Line]:
        """The lines by their rows, each with its name."""
        named = names(self.sheet, [self._named_after(line) for line in lines])
        return {line.row: replace(line, name=name) for line, name in zip(lines, named, strict=True)}

    def _tell_faults(self, line: Line) -> None:
        for planned in self.plan.columns:
            name = line.name.at(planned.column.name, planned.prior)
            self.tell_fault(line.entries[planned.name], name)

    def _computed(self, planned: PlannedColumn) -> bool:
        return planned.name in self._sums or planned.column.derived

    def _line(self, row: int) -> Line:
        """A row, its key first: a fault in the row of a project stops that project alone."""
        first = self.entry(row, self._key, self._wanted(self._key, ""))
        if first.read.value and self.sheet.key.kind is FieldKind.CODE:
            code = first.read.value + self.code(row, self._key)
            first = replace(first, read=replace(first.read, value=code))
        key = str(first.read.value or "")
        place = replace(first.read.place, key=key)
        first = replace(first, read=replace(first.read, place=place))
        entries = {self._key.name: replace(first, wanted=self._wanted(self._key, key))}
        for planned in self.plan.columns[1:]:
            entries[planned.name] = self.entry(row, planned, self._wanted(planned, key))
        return Line(row, key, self._scope(key), entries, Name(self.sheet.name))

    def _wanted(self, planned: PlannedColumn, key: str) -> Wanted:
        computed, scope = self._computed(planned), self._scope(key)
        return Wanted(planned.column, planned.heading, planned.prior, computed, key, scope)

    def _scope(self, key: str) -> str:
        """What a fault in the row of that key stops."""
        projects = self.reading.edition.roles.projects
        of_project = projects and projects in (self.sheet.name, self.sheet.parent)
        return f"project:{key}" if key and of_project else REPORT

    def _total_row(self, row: int) -> list[tuple[PlannedColumn, Entry]]:
        if said := self._rows.total_label(row):
            self.used.add((row, self.headings.column(said)))
        summed = {c.name for c in totals.summed(self.sheet)}
        found = []
        for planned in self.plan.columns:
            if planned.column.name in summed:
                label = f"{self.sheet.total}·{planned.heading}"
                wanted = Wanted(planned.column, label, planned.prior, computed=True)
                entry = self.entry(row, planned, wanted)
                self.tell_fault(entry, self._of_total(planned))
                found.append((planned, entry))
        return found

    def _of_total(self, planned: PlannedColumn) -> Name:
        return Name(self.sheet.name, words.TOTALS).at(planned.column.name, planned.prior)

    # -- facts

    def _total(self, planned: PlannedColumn, entry: Entry, empty: Sides) -> Any:
        return self._fact(entry, self._of_total(planned), empty, total=True, chosen={})

    def _records(self, lines: Sequence[Line], empty: Sides) -> list[tuple[Line, Record]]:
        return [(line, self._record(line, empty)) for line in lines]

    def _named_after(self, line: Line) -> dict[str, str | None]:
        """The texts that a record is named after; without its key, its row."""
        own: dict[str, str | None] = {self.sheet.key.name: line.key.strip() or str(line.row)}
        if self.sheet.by:
            text = str(line.entries[self.sheet.by].read.value or "").strip()
            own[self.sheet.by] = text or None
        return own

    def _record(self, line: Line, empty: Sides) -> Record:
        subtotal = len(line.key.strip()) in self.sheet.tree[:-1]
        chosen = line.chosen
        record = {}
        for planned in self.plan.columns:
            entry = line.entries[planned.name]
            total = planned.name in self._sums or (subtotal and planned.helper)
            of_cell = line.name.at(planned.column.name, planned.prior)
            record[planned.name] = self._fact(entry, of_cell, empty, total, chosen)
        return record

    def _fact(
        self, entry: Entry, name: Name, empty: Sides, total: bool, chosen: Mapping[str, str]
    ) -> Any:
        """A fact of a record. A number in a unit of the record's own is exact, and printed in
        it; without the unit it is missing."""
        own = entry.wanted.field.own_unit
        if not own:
            unit = self.reading.unit(self.sheet, entry.wanted.field)
            return self.value(entry, name, empty, total, unit)
        if entry.read.number and own not in chosen and not self.sheet.column(own).required:
            self._tell_without_unit(entry, name)
            return Missing(name, entry.read.place)
        unit = unit_of(self.reading.edition, self.sheet, entry.wanted.field, chosen)
        unit = replace(unit, printed=True) if unit else None
        fact = self.value(entry, name, empty, total, unit)
        if isinstance(fact, Num):
            fact.half = ZERO
        return fact

    def _tell_without_unit(self, entry: Entry, name: Name) -> None:
        message = messages.UNIT_CELL_MISSING.format(label=entry.wanted.field.label)
        fault = SheetFault("unit-missing", message, messages.REMEDY_UNIT_CELL)
        self.reading.tell(entry.read.place, fault, entry.wanted.scope, name)
