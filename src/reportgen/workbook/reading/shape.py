"""The shape of what was pasted into a sheet: whether it stands under the headings, and which rows
of it are no records. Official tables come with their code in three columns (类, 款, 项), without
their line numbers, with headings again on every page; the reader says what it saw in one sentence
instead of one for each cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from reportgen import messages
from reportgen.edition.fields import Column
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Table
from reportgen.findings import Place
from reportgen.language import words
from reportgen.workbook.layout import FormLayout, PlannedColumn, SheetLayout, TableLayout
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.book import Page
from reportgen.workbook.reading.headings import Headings
from reportgen.workbook.reading.typed_numbers import is_number

_FURTHEST = 3  # columns that a paste is looked for beside its headings
_FEW_ROWS = 3  # nobody can tell the shape of fewer


@dataclass(frozen=True, slots=True)
class Shift:
    """Contents that stand `by` columns to the right of their headings (to the left below 0), as
    seen in a column."""

    planned: PlannedColumn
    own: int  # the column of the heading
    by: int

    def told(self, sheet: str, row: int) -> tuple[Place, str]:
        """The place and the sentence."""
        seen = get_column_letter(self.own + self.by)
        side = messages.TO_THE_RIGHT if self.by > 0 else messages.TO_THE_LEFT
        message = messages.SHIFTED.format(
            side=side,
            count=abs(self.by),
            heading=self.planned.heading,
            own=get_column_letter(self.own),
            seen=seen,
        )
        return Place(sheet=sheet, cell=f"{seen}{row}"), message


def shift(page: Page, plan: FormLayout | TableLayout, headings: Headings) -> Shift | None:
    """How the contents of a sheet stand beside their headings; None where they stand under them, or
    nothing can be said."""
    if isinstance(plan, FormLayout):
        return _shift_of_form(page, plan, headings)
    return _shift_of_table(page, plan, headings)


def no_record(page: Page, plan: SheetLayout, headings: Headings, row: int) -> bool:
    """Whether a row is one of those that official tables carry beside their records: the numbers
    of the columns, the headings again, the names of the levels of codes."""
    texts = dict(page.row(row))
    levels = plan.sheet.levels if isinstance(plan.sheet, Table) else []
    return (
        _is_numbering(page, row, texts.values())
        or (bool(texts) and all(text in levels for text in texts.values()))
        or _is_heading(plan, headings, texts)
    )


def _is_numbering(page: Page, row: int, texts: Collection[str]) -> bool:
    if not any(map(_says_line_numbers, page.typed(row))):
        return False
    return all(text.isdigit() or text == words.LINE_NUMBERS for text in texts)


def _says_line_numbers(value: Any) -> bool:
    """Whether a cell says 栏次, with blanks in it perhaps; long texts are not looked at."""
    short = isinstance(value, str) and len(value) < 3 * len(words.LINE_NUMBERS)
    return short and cells.normal(value) == words.LINE_NUMBERS


def _is_heading(plan: SheetLayout, headings: Headings, texts: Mapping[int, str]) -> bool:
    """Whether most of the cells of a row, two at least, say what their heading says."""
    same = [
        c for c in plan.columns if texts.get(headings.column(c)) == cells.normal(c.heading) != ""
    ]
    return len(same) > 1 and 2 * len(same) > len(texts)


# -- forms: where the labels of their rows stand


def _shift_of_form(page: Page, plan: FormLayout, headings: Headings) -> Shift | None:
    for i, block in enumerate(plan.sheet.blocks):
        labels = {cells.normal(line.label) for line in block.lines if not line.gap}
        of_block = (c for c in plan.columns if c.block == i and c.column.kind is FieldKind.LABEL)
        planned = next(of_block, None)
        if planned is None or len(labels) < _FEW_ROWS:
            continue
        own = headings.column(planned)
        found = {by: _labels_in(page, headings.row, own + by, labels) for by in _sides()}
        by = max(found, key=lambda by: (found[by], -abs(by)))
        if found[0] * 3 <= len(labels) and found[by] * 3 >= 2 * len(labels):
            return Shift(planned, own, by)
    return None


def _labels_in(page: Page, after: int, column: int, labels: set[str]) -> int:
    """How many of the labels stand in a column."""
    return len({page.text(row, column) for row in range(after + 1, page.last_row + 1)} & labels)


# -- tables: whether texts stand under headings of texts, numbers under those of numbers


def _shift_of_table(page: Page, plan: TableLayout, headings: Headings) -> Shift | None:
    telling = [c for c in plan.columns if _wants(c.column)]
    rows = list(_typed_rows(page, plan, headings))
    texts = [c for c in telling if not c.column.numeric]
    if len(rows) < _FEW_ROWS or not texts:
        return None
    fits = {by: _fit(page, headings, telling, rows, by) for by in _sides()}
    by = min(fits, key=lambda by: (fits[by].odd - fits[by].named, abs(by)))
    odd_here = fits[0].odd * 5 >= len(rows) * 4
    fits_there = fits[by].odd * 10 <= len(rows) and fits[by].named * 5 >= len(rows) * 4
    return Shift(texts[0], headings.column(texts[0]), by) if odd_here and fits_there else None


@dataclass(slots=True)
class _Fit:
    """How records fit their headings: rows with a cell of the wrong kind, rows with a text where
    one belongs."""

    odd: int = 0
    named: int = 0


def _fit(
    page: Page, headings: Headings, telling: list[PlannedColumn], rows: list[int], by: int
) -> _Fit:
    fit = _Fit()
    for row in rows:
        found = [(_wants(c.column), _value(page, row, headings.column(c) + by)) for c in telling]
        known = [(wants, value) for wants, value in found if wants and value is not None]
        fit.odd += not all(wants(value) for wants, value in known)
        fit.named += any(wants is _is_text for wants, _ in known)
    return fit


def _value(page: Page, row: int, column: int) -> Any:
    """What a cell says; None if it is empty, or a formula that was never calculated."""
    cell = page.cells.get((row, column))
    return cell.value if cell else None


def _typed_rows(page: Page, plan: TableLayout, headings: Headings) -> Iterator[int]:
    """The rows in which several cells were typed that may be a record."""
    for row in range(headings.row + 1, page.last_row + 1):
        if len(page.typed(row)) > 1 and not no_record(page, plan, headings, row):
            yield row


def _wants(column: Column) -> Callable[[Any], bool] | None:
    """What a cell of a column must look like; None where that cannot be told."""
    if column.kind is FieldKind.TEXT:
        return _is_text
    return is_number if column.numeric else None


def _is_text(value: Any) -> bool:
    return not is_number(value)


def _sides() -> list[int]:
    return list(range(-_FURTHEST, _FURTHEST + 1))
