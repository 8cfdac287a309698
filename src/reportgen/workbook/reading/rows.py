"""Which rows of a table are its records: those between headings and foot, under their total or
above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from reportgen import messages
from reportgen.findings import Severity
from reportgen.language import words
from reportgen.workbook.layout import PlannedColumn, TableLayout
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.grid import Merged
from reportgen.workbook.reading.sheet import SheetReader

_FOOT = tuple(cells.normal(text) for text in words.FOOT)
_INSERT_ABOVE = _FOOT[:1]


@dataclass(frozen=True, slots=True)
class Extent:
    """The rows of the records, the row of their total, and the rows below that say they are it
    too."""

    rows: range
    total: int | None = None
    more_totals: Sequence[int] = ()


class Rows:
    """The rows of a table under its headings. `computed` tells the columns that the program fills,
    whose formulas say nothing of what was typed."""

    def __init__(
        self, reader: SheetReader, plan: TableLayout, computed: Callable[[PlannedColumn], bool]
    ) -> None:
        self.reader, self.plan, self.computed = reader, plan, computed
        self.under = range(reader.headings.row + 1, reader.page.last_row + 1)

    def extent(self) -> Extent:
        """Where the records stand."""
        start = self.under.start
        foot = next((row for row in self.under if self._begins(row, _FOOT)), self.under.stop)
        totals = [row for row in range(start, foot) if self.total_label(row)]
        total = totals[0] if totals else None
        if total is None:
            return Extent(range(start, foot))
        if self._hold_records(start, total) and not self._hold_records(total + 1, foot):
            return Extent(range(start, total), total)
        return Extent(range(total + 1, foot), total, totals[1:])

    def total_label(self, row: int) -> PlannedColumn | None:
        """The column in which a row says that it is the total."""
        label = cells.normal(self.plan.sheet.total)
        said = (c for c in self._labels if label and self.reader.text(row, c) == label)
        return next(said, None)

    def passed_over(self, row: int) -> bool:
        """Whether a row is no record: nobody typed anything in it (it may hold our own totals), it
        is one of those that tables carry beside their records, says that it is the total, or lies
        under the key of another."""
        blank = all(self.reader.typed(row, c, self.computed(c)) is None for c in self.plan.columns)
        if blank or self.reader.is_no_record(row) or self.total_label(row) is not None:
            return True
        return any(area.top < row <= area.bottom for area in self._merged_keys)

    def tell(self, extent: Extent, records: Sequence[int]) -> None:
        """Tells totals besides the total, and records that the sheet does not add up: those below
        the row that says where to insert, when somebody pasted over it."""
        for row in extent.more_totals:
            message = messages.TOTAL_TWICE.format(label=self.plan.sheet.total, row=extent.total)
            self._tell(row, SheetFault("total-twice", message, messages.REMEDY_TOTAL_TWICE))
        for area in self._merged_keys:
            if area.top in records:
                self._tell_merged(area)
        if any(self._begins(row, _INSERT_ABOVE) for row in self.under):
            return
        end = self.plan.foot + self.under.start - self.plan.first
        beyond = [row for row in records if row >= end]
        if beyond:
            message = messages.FOOT_MISSING.format(last=end - 1, count=len(beyond))
            remedy = messages.REMEDY_FOOT_MISSING
            fault = SheetFault("foot-missing", message, remedy, Severity.WARNING)
            self._tell(beyond[0], fault)

    def _tell_merged(self, area: Merged) -> None:
        key = self.plan.columns[0]
        under = range(area.top + 1, min(area.bottom + 1, self.under.stop))
        for row in under:
            self._use(row)
        last = f"{get_column_letter(area.right)}{area.bottom}"
        message = messages.KEY_MERGED.format(label=key.heading, last=last, count=len(under))
        fault = SheetFault("key-merged", message, messages.REMEDY_KEY_MERGED)
        self.reader.reading.tell(self.reader.place(area.top, key), fault)

    @cached_property
    def _merged_keys(self) -> list[Merged]:
        """The merged cells that give one key to several rows."""
        key = self.reader.headings.column(self.plan.columns[0])
        return [
            area
            for area in self.reader.page.merged
            if area.left == key and area.top < area.bottom and area.top in self.under
        ]

    def _tell(self, row: int, fault: SheetFault) -> None:
        self._use(row)
        self.reader.reading.tell(self.reader.place(row, self.plan.columns[0]), fault)

    def _use(self, row: int) -> None:
        """Leaves a row out of what is told as unread."""
        columns = self.plan.columns
        self.reader.used.update((row, self.reader.headings.column(c)) for c in columns)

    @cached_property
    def _labels(self) -> list[PlannedColumn]:
        return [c for c in self.plan.columns if not c.column.numeric and not c.prior]

    def _begins(self, row: int, words: tuple[str, ...]) -> bool:
        return any(self.reader.text(row, column).startswith(words) for column in self._labels)

    def _hold_records(self, start: int, stop: int) -> bool:
        return any(not self.passed_over(row) for row in range(start, stop))
