"""What reading a form and reading a table have in common: a workbook while it is read, its cells,
and what they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from reportgen import messages
from reportgen.edition.fields import Field
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Sheet
from reportgen.edition.units import unit_of
from reportgen.facts.content import Content
from reportgen.findings import REPORT, Finding, Place, Severity
from reportgen.language.names import Name
from reportgen.language.numbers import Missing
from reportgen.language.units import Unit
from reportgen.workbook.layout import PlannedColumn, SheetLayout
from reportgen.workbook.reading import cells, worth
from reportgen.workbook.reading.book import Book, Page
from reportgen.workbook.reading.cells import CellRead
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.fitting import misfit
from reportgen.workbook.reading.grid import Cell
from reportgen.workbook.reading.headings import Headings
from reportgen.workbook.reading.shape import no_record

Sides = dict[bool, bool]  # of this year's side of a table (False) and of last year's (True)


@dataclass(slots=True)
class Reading:
    """A workbook while it is read: what was read, what is wrong, and what was chosen in its forms
    (表.项, as an edition writes it → text) so far."""

    book: Book
    edition: Edition
    content: Content = field(default_factory=Content)
    findings: list[Finding] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)

    def asked(self, sheet: Sheet) -> bool:
        """Whether the choices made so far ask for a sheet; a choice that nobody made does."""
        return all(
            self.chosen.get(name) in (*choices, None) for name, choices in sheet.when.items()
        )

    def unit(self, sheet: Sheet, spec: Field) -> Unit | None:
        """The unit of a field, None of one that has none."""
        return unit_of(self.edition, sheet, spec, self.chosen)

    def tell(
        self, place: Place, fault: SheetFault, scope: str = REPORT, name: Name | None = None
    ) -> None:
        """Notes what is wrong at a place, what that stops, and the name of the fact that is lacking
        for it."""
        self.findings.append(
            Finding(
                fault.id,
                fault.severity,
                place,
                fault.message,
                fault.remedy,
                name=str(name or ""),
                found=fault.found,
                scope=scope,
            )
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read from a cell: what belongs there, what findings call it, whether it is last
    year's, whether the program computes it, the key of its record, and what a fault of it stops."""

    field: Field
    label: str
    prior: bool
    computed: bool
    key: str = ""
    scope: str = REPORT

    @property
    def total(self) -> bool:
        """Whether it is a sum of cells of the same sheet: to be computed where it is blank."""
        return self.computed and not self.field.derived


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it was read, and what is wrong with it."""

    wanted: Wanted
    read: CellRead
    fault: SheetFault | None = None

    @property
    def fills(self) -> bool:
        """Whether a table with it is not empty: a total of 0 is what an empty table computes."""
        return self.read.number and (not self.wanted.total or self.read.value != 0)


class SheetReader:
    """Reads a sheet whose headings were found."""

    def __init__(self, reading: Reading, plan: SheetLayout, page: Page, headings: Headings) -> None:
        self.reading, self.plan, self.page, self.headings = reading, plan, page, headings
        self.sheet = plan.sheet
        self.asked = reading.asked(plan.sheet)
        self.used: set[tuple[int, int]] = set()  # (row, column) of what was read

    def text(self, row: int, planned: PlannedColumn) -> str:
        """The text of a cell for comparison."""
        return self.page.text(row, self.headings.column(planned))

    def code(self, row: int, planned: PlannedColumn) -> str:
        """The rest of a code that goes on in the cells to its right, where no heading claims them:
        302 | 12."""
        rest, column = "", self.headings.column(planned) + 1
        while column not in self.headings.columns.values() and column <= self.page.last_column:
            piece = self.page.text(row, column)
            if piece.isdigit() and len(piece) < 3:
                rest += piece.zfill(2)
                self.used.add((row, column))
            column += 1
        return rest

    def place(self, row: int, planned: PlannedColumn, key: str = "") -> Place:
        """【收支总表】C37, of the record with that key."""
        letter = get_column_letter(self.headings.column(planned))
        return Place(sheet=self.sheet.name, cell=f"{letter}{row}", key=key)

    def typed(self, row: int, planned: PlannedColumn, computed: bool) -> Cell | None:
        """The cell where somebody typed anything. Our own totals are never believed in: a formula
        there is as good as a blank."""
        cell = self.page.cells.get((row, self.headings.column(planned)))
        return None if cell is not None and computed and cell.formula else cell

    def entry(self, row: int, planned: PlannedColumn, wanted: Wanted) -> Entry:
        """One cell as it stands; its fault is still to be told, under a name."""
        place = self.place(row, planned, wanted.key)
        self.used.add((row, self.headings.column(planned)))
        cell = self.typed(row, planned, wanted.computed)
        if cell is None:
            return Entry(wanted, CellRead(None, place))
        if cell.value is None:
            return self._uncalculated(wanted, place)
        if wanted.computed and not self.sheet.received:
            return self._typed_over(wanted, place)
        read, fault = cells.parse(cell.value, wanted.field, wanted.label, place, cell.number_format)
        return Entry(wanted, read, fault)

    def _uncalculated(self, wanted: Wanted, place: Place) -> Entry:
        message = messages.FORMULA_UNCALCULATED.format(name=wanted.label)
        fault = SheetFault("formula-uncalculated", message, messages.REMEDY_FORMULA)
        return Entry(wanted, CellRead(None, place, faulty=True), fault)

    def _typed_over(self, wanted: Wanted, place: Place) -> Entry:
        message = messages.TOTAL_TYPED.format(name=wanted.label)
        fault = SheetFault("total-typed", message, messages.REMEDY_TOTAL_TYPED)
        return Entry(wanted, CellRead(None, place), fault)

    def tell_fault(self, entry: Entry, name: Name) -> None:
        """Tells what is wrong with a cell, if anything is: `name` is the fact that it would
        give."""
        if entry.fault is not None:
            self.reading.tell(entry.read.place, entry.fault, entry.wanted.scope, name)

    def is_no_record(self, row: int) -> bool:
        """Whether a row is one of those that official tables carry beside their records."""
        return no_record(self.page, self.plan, self.headings, row)

    def emptiness(self, entries: Sequence[Entry]) -> Sides:
        """Which sides of a received table are empty: no input holds a number and no total another
        number than 0. Told once, where the edition does not allow it."""
        empty = {False: False, True: False}
        for prior in self._sides():
            side = [entry for entry in entries if entry.wanted.prior == prior]
            empty[prior] = not any(entry.fills for entry in side)
            told = prior and empty[False]
            if empty[prior] and not told and not any(entry.read.faulty for entry in side):
                self._tell_empty(prior)
        return empty

    def _sides(self) -> list[bool]:
        if not self.sheet.received:
            return []
        return [False, True] if any(c.prior for c in self.plan.columns) else [False]

    def _tell_empty(self, prior: bool) -> None:
        if self.sheet.empty or not self.asked:
            return
        message, remedy = messages.TABLE_EMPTY, messages.REMEDY_TABLE_EMPTY
        place = Place(sheet=self.sheet.name)
        if prior:
            message, remedy = messages.PRIOR_EMPTY, messages.REMEDY_PRIOR_EMPTY
            columns = [c for c in self.plan.columns if c.prior and c.column.numeric]
            place = self.place(self.headings.row, columns[0]) if columns else place
        message = message.format(title=self.sheet.title)
        self.reading.tell(place, SheetFault("table-empty", message, remedy))

    def value(self, entry: Entry, name: Name, empty: Sides, total: bool, unit: Unit | None) -> Any:
        """The fact of that name which a cell gives: blank is 0 in a received table, to be computed
        in a total, missing elsewhere."""
        spec, read = entry.wanted.field, entry.read
        if empty[entry.wanted.prior] and not self.sheet.empty and spec.numeric:
            return Missing(name, read.place)
        if read.number and unit is not None and self._misfits(entry, unit, name):
            return Missing(name, read.place, faulty=True)
        zero = self.sheet.received or spec.blank == 0
        fact = worth.fact(read, spec, unit, name, total, zero)
        if isinstance(fact, Missing) and spec.required and not read.faulty and self.asked:
            message = messages.REQUIRED.format(label=spec.label)
            fault = SheetFault("required", message, messages.REMEDY_REQUIRED)
            self.reading.tell(read.place, fault, entry.wanted.scope, name)
        return fact

    def _misfits(self, entry: Entry, unit: Unit, name: Name) -> bool:
        """Whether a number cannot be one of the unit, which is told: a per cent of people, half a
        car. A bare number up to 1 where per cents are wanted is asked about."""
        fault = misfit(entry.read, unit, entry.wanted.label)
        if fault is None:
            return False
        self.reading.tell(entry.read.place, fault, entry.wanted.scope, name)
        return fault.severity is Severity.ERROR
