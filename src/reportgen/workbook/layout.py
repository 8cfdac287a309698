"""Where each value lies in the workbook. Blank, reader and formulas share this and nothing else of
geometry.

A sheet is: title (row 1), number and help (2), body and unit of money (3), headings (4, and 5 where
some of them stand in groups), then its rows. A form's blocks stand side by side from column A; one
narrow column to their right follow the helper columns (last year's numbers), then 检查. A block
laid across has one row, a group of columns for each of its columns. A table has its total row
first, then a thin guard row, the records, and a foot row; ranges run from guard to foot, so that
rows inserted between them are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

from reportgen.edition import totals
from reportgen.edition.fields import Column, Field, Row
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.language.names import Name, last_year

HEADING_ROW = 4


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell for one value: where it lies, what belongs there, and of which other slots it is the
    sum."""

    name: Name
    sheet: str
    row: int
    column: int
    field: Field
    received: bool
    sums: tuple[tuple[tuple[int, Name], ...], ...] = ()

    @property
    def cell(self) -> str:
        """C37."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column of the sheet: of a table or a block (`block` is its place in the form), or last
    year's column beside it; `row` where a block is laid across."""

    block: int
    column: Column
    index: int
    heading: str
    prior: bool = False
    group: str = ""
    row: Row | None = None

    @property
    def helper(self) -> bool:
        """Whether it holds numbers beside an official table: typed by hand, so that a blank
        subtotal is computed."""
        return self.column.added and (self.prior or self.column.outside)

    @property
    def typed(self) -> bool:
        """Whether people fill it in."""
        return self.prior or not (self.column.formula or self.column.derived)

    @property
    def letter(self) -> str:
        """Its letter."""
        return get_column_letter(self.index)

    @property
    def name(self) -> str:
        """合计, or 合计.上年."""
        return last_year(self.column.name) if self.prior else self.column.name


@dataclass(frozen=True)
class SheetLayout:
    """The layout of one sheet: its columns, and its fixed cells by name."""

    sheet: Sheet
    columns: list[PlannedColumn]
    slots: dict[Name, Slot] = field(default_factory=dict)

    @property
    def grouped(self) -> bool:
        """Whether some headings stand in groups, so that there are two rows of them."""
        return any(c.group for c in self.columns)

    @property
    def first(self) -> int:
        """The first row under the headings."""
        return HEADING_ROW + 1 + self.grouped

    @property
    def foot(self) -> int:
        """The last row."""
        raise NotImplementedError

    @property
    def check_column(self) -> int:
        """The column of the verdict; the verdicts it is the worst of stand hidden to its right."""
        return self.columns[-1].index + 1


@dataclass(frozen=True)
class FormLayout(SheetLayout):
    """The layout of a form."""

    sheet: Form

    @property
    def foot(self) -> int:
        """The last row of its longest block."""
        return self.first - 1 + max(1 if b.across else len(b.lines) for b in self.sheet.blocks)

    @cached_property
    def captions(self) -> dict[tuple[int, int], str]:
        """What the form itself prints: (row, column) → label, code or line number."""
        texts: dict[tuple[int, int], str] = {}
        number = 0
        for i, block in enumerate(self.sheet.blocks):
            printing = [] if block.across else self._captions_of(i)
            for j, row in enumerate(block.lines):
                number += 1
                printed = {"label": row.label, "line": str(number), "code": row.code}
                for planned in printing:
                    texts[self.first + j, planned.index] = printed[planned.column.kind or ""]
        return texts

    def _captions_of(self, block: int) -> list[PlannedColumn]:
        captions = self.sheet.blocks[block].captions
        return [c for c in self.columns if c.block == block and not c.prior and captions(c.column)]

    def lines(self, block: str) -> dict[int, Row]:
        """The rows of the sheet where the fixed rows of a named block stand that are no totals."""
        found = next(b for b in self.sheet.blocks if b.name == block)
        return {self.first + position(found, row): row for row in totals.detail(found)}


@dataclass(frozen=True)
class TableLayout(SheetLayout):
    """The layout of a table. Its fixed cells are those of the total row."""

    sheet: Table

    @property
    def total_row(self) -> int | None:
        """The row of the total over the records."""
        return self.first if self.sheet.total else None

    @property
    def guard(self) -> int:
        """The thin row above the first record; ranges begin here."""
        return self.first + (1 if self.total_row else 0)

    @property
    def foot(self) -> int:
        """The last row, which says where to insert; ranges end here."""
        return self.guard + self.sheet.spare + 1

    def by_name(self, name: str) -> PlannedColumn | None:
        """The column of that name, 合计 or 合计.上年."""
        return next((c for c in self.columns if c.name == name), None)


def position(block: Block, row: Row) -> int:
    """Which of the lines of a block a row is, from 0."""
    return next(i for i, r in enumerate(block.lines) if r is row)


@dataclass(frozen=True)
class Layout:
    """The layout of every sheet of an edition."""

    sheets: dict[str, FormLayout | TableLayout]

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every fixed slot by its name as an edition writes it."""
        return {str(name): slot for p in self.sheets.values() for name, slot in p.slots.items()}

    @cached_property
    def tables(self) -> dict[str, TableLayout]:
        """Those of the tables, by name."""
        return {n: p for n, p in self.sheets.items() if isinstance(p, TableLayout)}

    @cached_property
    def forms(self) -> dict[str, FormLayout]:
        """Those of the forms, by name."""
        return {n: p for n, p in self.sheets.items() if isinstance(p, FormLayout)}
