"""Reads a form: its rows found by their codes or labels, its cells under their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Row
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Block, Form
from reportgen.facts.content import FormContent
from reportgen.language.names import Name
from reportgen.language.numbers import Missing
from reportgen.workbook.layout import FormLayout, PlannedColumn
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.leftovers import tell_leftovers
from reportgen.workbook.reading.sheet import Entry, SheetReader, Wanted


def nothing(form: Form, unread: bool) -> FormContent:
    """What is known of a form that was not read: everything in it is missing."""
    names = [totals.name(form, *slot) for slot in totals.slots(form)]
    return FormContent({name: Missing(name, None) for name in names}, unread=unread)


class FormReader(SheetReader):
    """Reads a form, and official tables with fixed rows."""

    plan: FormLayout
    sheet: Form

    def content(self) -> FormContent:
        """What the form says; a row that is not there is told, and what stands in it missing."""
        found = dict(self._entries())
        empty = self.emptiness([entry for entry in found.values() if entry])
        content = FormContent(empty=empty[False])
        tell_leftovers(self)
        for name, entry in found.items():
            if entry is None:
                content.cells[name] = Missing(name, None)
                continue
            unit = self.reading.unit(self.sheet, entry.wanted.field)
            content.cells[name] = self.value(entry, name, empty, entry.wanted.total, unit)
        return content

    def _entries(self) -> Iterator[tuple[Name, Entry | None]]:
        """Every cell by its name, None where its row is not there; what is wrong with it is
        told."""
        for i, block in enumerate(self.sheet.blocks):
            rows = self._line_across(block) if block.across else self._rows(i)
            for line in block.lines:
                for planned in self._columns(i, line):
                    name = totals.name(self.sheet, block, line, planned.column, planned.prior)
                    wanted = self._wanted(name, block, line, planned)
                    row = rows.get(line.name)
                    entry = self.entry(row, planned, wanted) if row else None
                    if entry is not None:
                        self.tell_fault(entry, name)
                    yield name, entry

    def _columns(self, block: int, line: Row) -> list[PlannedColumn]:
        """The columns that hold a value of a line."""
        captions = self.sheet.blocks[block].captions
        return [
            c
            for c in self.plan.columns
            if c.block == block
            and not line.gap
            and not captions(c.column)
            and (c.row is None or c.row is line)
        ]

    def _wanted(self, name: Name, block: Block, line: Row, planned: PlannedColumn) -> Wanted:
        label = self._called(line)
        if len(block.values) > 1:
            label += f"·{planned.heading}"
        elif planned.prior:
            label += messages.PRIOR_HEADING
        computed = bool(self.plan.slots[name].sums)
        return Wanted(block.slot(line, planned.column), label, planned.prior, computed)

    def _called(self, line: Row) -> str:
        """What findings call a line: its label, or the name that checks call it by where the label
        stands twice in the form."""
        return line.name if self._labels[line.label] > 1 else line.label

    @cached_property
    def _labels(self) -> Counter[str]:
        return Counter(line.label for block in self.sheet.blocks for line in block.lines)

    # -- rows

    def _line_across(self, block: Block) -> dict[str, int]:
        """The one row of a block laid across, past the numbers that official tables carry under
        their headings."""
        columns = [c for c in self.plan.columns if c.row is not None]
        row = self.headings.row + 1
        numbers = [self.text(row, c) for c in columns]
        numbered = numbers == [str(i) for i in range(1, len(columns) + 1)]
        # with nothing under them they are the line itself
        if numbered and any(self.text(row + 1, c) for c in columns):
            self.used.update((row, self.headings.column(c)) for c in columns)
            row += 1
        return dict.fromkeys([line.name for line in block.lines], row)

    def _rows(self, block: int) -> dict[str, int]:
        """The row of each line of a block, by its name; one that is not there is told."""
        labels = self._caption(block, FieldKind.LABEL)
        assert labels is not None
        texts, codes = self._texts(labels), self._codes(block)
        lines = self.sheet.blocks[block].lines
        coded = any(line.code in codes for line in lines if line.code)
        self._use_line_numbers(block)
        found: dict[str, int] = {}
        for expected, line in enumerate(lines, self.headings.row + 1):
            if line.gap:
                continue
            row = codes.get(line.code) if line.code else None
            if row is None and not (line.code and coded):
                row = texts.get(cells.normal(line.label))
            if row is None:
                self._tell_missing(line, expected, labels)
                self._use_row(block, expected)  # what stands there is told with it
            else:
                found[line.name] = row
                self._use_captions(block, row)
        return found

    def _use_row(self, block: int, row: int) -> None:
        columns = (c for c in self.plan.columns if c.block == block)
        self.used.update((row, self.headings.column(planned)) for planned in columns)

    def _use_captions(self, block: int, row: int) -> None:
        captions = self.sheet.blocks[block].captions
        for planned in self.plan.columns:
            line_number = planned.column.kind is FieldKind.LINE
            if planned.block == block and captions(planned.column) and not line_number:
                self.used.add((row, self.headings.column(planned)))

    def _use_line_numbers(self, block: int) -> None:
        """The numbers of lines, which stand beside empty lines too."""
        if planned := self._caption(block, FieldKind.LINE):
            column = self.headings.column(planned)
            rows = range(self.headings.row + 1, self.page.last_row + 1)
            self.used.update((row, column) for row in rows if self.text(row, planned).isdigit())

    def _caption(self, block: int, kind: FieldKind) -> PlannedColumn | None:
        columns = (c for c in self.plan.columns if c.block == block and c.column.kind is kind)
        return next(columns, None)

    def _texts(self, labels: PlannedColumn) -> dict[str, int]:
        """The first row of each label."""
        texts: dict[str, int] = {}
        for row in range(self.headings.row + 1, self.page.last_row + 1):
            texts.setdefault(self.text(row, labels), row)
        return texts

    def _codes(self, block: int) -> dict[str, int]:
        """The first row of each code, none where the block has no codes."""
        codes: dict[str, int] = {}
        column = self._caption(block, FieldKind.CODE)
        if column:
            for row in range(self.headings.row + 1, self.page.last_row + 1):
                codes.setdefault(self.text(row, column) + self.code(row, column), row)
        return codes

    def _tell_missing(self, line: Row, expected: int, labels: PlannedColumn) -> None:
        text = self.text(expected, labels)
        here = messages.ROW_IS_OTHER.format(text=text) if text else ""
        message = messages.ROW_MISSING.format(label=line.label, here=here)
        fault = SheetFault("row-missing", message, messages.REMEDY_ROW)
        name = Name(self.sheet.name, line.name)
        self.reading.tell(self.place(expected, labels), fault, name=name)
