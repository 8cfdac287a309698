"""The keys of a table's records: present, known, once, and as the code list has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen import messages
from reportgen.edition.kinds import FieldKind
from reportgen.findings import REPORT, Severity
from reportgen.language.names import Name, alike, nearest
from reportgen.language.numbers import Missing
from reportgen.language.values import Text
from reportgen.workbook.layout import PlannedColumn, TableLayout
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.sheet import Entry, SheetReader

Record = dict[str, Any]  # column → fact
LONGEST = 60  # signs of a key


@dataclass(frozen=True, slots=True)
class Line:
    """A row with a record: its key, "" where it has none, what its faults stop, its cells by
    column, and what it is called."""

    row: int
    key: str
    scope: str
    entries: dict[str, Entry]
    name: Name

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return any(entry.read.filled for entry in self.entries.values())

    @property
    def chosen(self) -> dict[str, str]:
        """The texts of the row, by column: among them the unit that it chooses."""
        reads = {name: entry.read.value for name, entry in self.entries.items()}
        return {name: value for name, value in reads.items() if isinstance(value, str)}


class Keys:
    """Tells what is wrong with the keys of the records that a reader has read."""

    def __init__(self, reader: SheetReader, plan: TableLayout) -> None:
        self.reader, self.reading = reader, reader.reading
        self.plan, self.sheet, self.key = plan, plan.sheet, plan.columns[0]
        self.twins: dict[str, str] = {}  # keys by what they say, whatever the width of their signs

    def usable(self, records: list[tuple[Line, Record]]) -> list[Record]:
        """The records whose key can be used: present, once, and of a length that the levels of
        codes know."""
        kept: dict[Hashable, Record] = {}
        for line, record in records:
            key = record[self.sheet.key.name]
            if isinstance(key, Missing):
                self._tell_no_key(line)
            elif self.sheet.parent:
                if self._sound_within(line, record, kept):
                    kept[self._within(record) or line.row] = record
            elif self._sound(line, str(key), kept):
                kept[str(key)] = record
                self._compare_with_list(line, str(key), record)
        return list(kept.values())

    def _sound(self, line: Line, key: str, kept: Mapping[Hashable, Record]) -> bool:
        """Whether the text can be a key, no other record has it, and it is a code of one of the
        levels, if any."""
        tree = self.sheet.tree
        if key in kept:
            self._tell_twice(line, self.key, key)
            return False
        if fault := self._fault_of_text(key, kept):
            self._tell(line, self.key, SheetFault("key", fault, messages.REMEDY_KEY_TEXT))
            return False
        if tree and not (key.isdigit() and len(key) in tree):
            remedy = messages.REMEDY_CODE.format(lengths="、".join(map(str, tree)))
            message = messages.CODE_LENGTH.format(code=key)
            self._tell(line, self.key, SheetFault("code-length", message, remedy))
            return False
        return True

    def _fault_of_text(self, key: str, kept: Mapping[Hashable, Record]) -> str:
        """What forbids a text to be the key of a record that others refer to: its length, control
        signs, an earlier key that differs only in the width of its signs. Where nobody refers to
        it, it is just the first text of a row."""
        if not self.reading.edition.within(self.sheet.name):
            return ""
        if len(key) > LONGEST:
            return messages.KEY_TOO_LONG.format(length=len(key), limit=LONGEST)
        if any(unicodedata.category(sign) == "Cc" for sign in key):
            return messages.KEY_CONTROL
        twin = self.twins.setdefault(alike(key), key)
        if twin == key:
            return ""
        place = getattr(kept[twin][self.sheet.key.name], "place", None)
        return messages.KEY_CELL_ALIKE.format(key=key, twin=twin, place=place or "")

    def _sound_within(self, line: Line, record: Record, kept: Collection[Hashable]) -> bool:
        """Whether a row within a record names a record that there is, and is the only one of its
        name in it."""
        unknown = [
            c
            for c in self.plan.columns
            if c.column.kind is FieldKind.REF and not self._refers(line, c, record)
        ]
        if self.key in unknown:
            return False
        name = self._within(record)
        if name is not None and name in kept:
            by = next(c for c in self.plan.columns if c.name == self.sheet.by)
            self._tell_twice(line, by, "·".join(name))
            return False
        return True

    def _within(self, record: Record) -> tuple[str, str] | None:
        """The key of the record and what tells a row from the others within it, None where nothing
        must."""
        own = record[self.sheet.by] if self.sheet.by else None
        if own is None or isinstance(own, Missing):
            return None
        return str(record[self.sheet.key.name]), str(own)

    def _refers(self, line: Line, planned: PlannedColumn, record: Record) -> bool:
        """Whether a reference names a record that there is, whatever the width of its signs; an
        unknown one belongs to no project, so that it stops the report."""
        table, key = planned.column.of, record[planned.name]
        known = self._keys(table)
        if known is None or isinstance(key, Missing) or str(key) in known:
            return True
        meant = next((other for other in known if alike(other) == alike(str(key))), None)
        if meant is not None:
            record[planned.name] = _as_written(meant, key)
            return True
        hint = nearest(str(key), known)
        message = messages.REFERENCE_UNKNOWN.format(table=table, key=key, hint=hint)
        remedy = messages.REMEDY_REFERENCE.format(table=table)
        self._tell(line, planned, SheetFault("reference", message, remedy), REPORT)
        return False

    def _keys(self, table: str) -> list[str] | None:
        """The keys of a table that was read; None where it was not, or is not asked for."""
        sheet, read = self.reading.edition.table(table), self.reading.content.tables.get(table)
        if read is None or read.unread or not self.reading.asked(sheet):
            return None
        return [str(record[sheet.key.name]) for record in read.records]

    def _compare_with_list(self, line: Line, code: str, record: Record) -> None:
        """Tells a code that the edition's list does not have, and a name that differs from the
        list's."""
        known = self.reading.edition.codes.get(self.sheet.codes)
        if known is None:
            return
        if code not in known:
            message = messages.CODE_UNKNOWN.format(code=code, list=self.sheet.codes)
            remedy = messages.REMEDY_CODE_UNKNOWN
            fault = SheetFault("code-unknown", message, remedy, Severity.WARNING)
            self._tell(line, self.key, fault)
            return
        name = self.sheet.named.name if self.sheet.named else ""
        text, listed = record.get(name), known[code].get(name)
        if isinstance(text, str) and listed and cells.normal(text) != cells.normal(listed):
            message = messages.CODE_NAME.format(code=code, text=text, listed=listed)
            remedy = messages.REMEDY_CODE_NAME
            fault = SheetFault("code-name", message, remedy, Severity.WARNING)
            self._tell(line, self.key, fault)

    def _tell_no_key(self, line: Line) -> None:
        if not self.sheet.key.required:  # else that it is required is told already
            message = messages.KEY_CELL_MISSING.format(label=self.sheet.key.label)
            self._tell(line, self.key, SheetFault("key-missing", message, messages.REMEDY_KEY))

    def _tell_twice(self, line: Line, planned: PlannedColumn, key: str) -> None:
        message = messages.KEY_CELL_TWICE.format(key=key)
        self._tell(line, planned, SheetFault("key-twice", message, messages.REMEDY_TWICE))

    def _tell(self, line: Line, planned: PlannedColumn, fault: SheetFault, scope: str = "") -> None:
        name = line.name.at(planned.column.name, planned.prior)
        place = line.entries[planned.name].read.place
        self.reading.tell(place, fault, scope or line.scope, name)


def _as_written(key: str, reference: object) -> Text:
    """The key that a reference means, at the cell of the reference."""
    text = Text(key)
    text.place = getattr(reference, "place", None)
    return text
