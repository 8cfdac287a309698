"""Headings found by their text: in order, moved, under groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.workbook.layout import PlannedColumn, SheetLayout
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.book import Page

_SEARCHED = 40  # headings must stand in the first rows

Texts = list[tuple[int, str]]  # (column, text) of a row


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings of a sheet stand: their row, 0 where there are none, and by the column of
    the layout the column of the sheet; `missing` are those that stand nowhere."""

    row: int
    columns: dict[int, int]
    missing: list[PlannedColumn]

    def column(self, planned: PlannedColumn) -> int:
        """The column of the sheet under that heading."""
        return self.columns[planned.index]


def find(page: Page, plan: SheetLayout) -> Headings:
    """The row that holds most of the headings, the first of several."""
    wanted = [cells.normal(c.heading) for c in plan.columns]
    groups = [cells.normal(c.group) for c in plan.columns]
    best_row, best = 0, dict[int, int]()
    for row in range(1, min(_SEARCHED, page.last_row) + 1):
        if plan.grouped:
            found = _grouped(page, row, wanted, groups)
        else:
            found = match(wanted, page.row(row))
        if len(found) > len(best):
            best_row, best = row, found
        if len(best) == len(wanted):
            break
    columns = {plan.columns[place].index: column for place, column in best.items()}
    missing = [c for c in plan.columns if c.index not in columns]
    return Headings(best_row, columns, missing)


def _grouped(page: Page, row: int, wanted: list[str], groups: list[str]) -> dict[int, int]:
    """Which headings stand in a row and the one above it: a heading without a group stands a row
    higher, its cell joined with the one below. Each is found under its own group (预算数 over 合计
    is not 决算数 over 合计), unless somebody renamed that."""
    grouped = [group + heading for group, heading in zip(groups, wanted, strict=True)]
    joined = sorted((dict(page.row(row - 1)) | dict(page.row(row))).items())
    return max(match(grouped, under(page, row)), match(wanted, joined), key=len)


def under(page: Page, row: int) -> Texts:
    """The headings of a row, each after the group over it; a heading that stands in the row above
    has none."""
    above, below = dict(page.row(row - 1)), dict(page.row(row))
    texts = above | below
    for column, text in below.items():
        groups = [a for a in above if a <= column]
        if groups:
            texts[column] = above[max(groups)] + text
    return sorted(texts.items())


def match(wanted: Sequence[str], texts: Texts) -> dict[int, int]:
    """Which heading (by its place) stands in which column: the longest part that is in order, so
    that equal headings find their own side and a missing one is told where it is missing; what is
    left over stands wherever its text does."""
    if not any(text in wanted for _, text in texts):
        return {}  # as in nearly every row
    found = _in_order(wanted, texts)
    free = [(column, text) for column, text in texts if column not in found.values()]
    for place, heading in enumerate(wanted):
        columns = [column for column, text in free if text == heading]
        if place not in found and columns:
            found[place] = columns[0]
            free = [(column, text) for column, text in free if column != columns[0]]
    return found


def _in_order(wanted: Sequence[str], texts: Texts) -> dict[int, int]:
    """The longest common part; of equal texts the first, which rapidfuzz does not promise."""
    longest = _lengths(wanted, texts)
    found: dict[int, int] = {}
    i = j = 0
    while i < len(wanted) and j < len(texts):
        if wanted[i] == texts[j][1]:
            found[i] = texts[j][0]
            i, j = i + 1, j + 1
        elif longest[i][j + 1] >= longest[i + 1][j]:
            j += 1
        else:
            i += 1
    return found


def _lengths(wanted: Sequence[str], texts: Texts) -> list[list[int]]:
    """How long the common part is from each heading and each text on."""
    longest = [[0] * (len(texts) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(texts))):
            if wanted[i] == texts[j][1]:
                longest[i][j] = longest[i + 1][j + 1] + 1
            else:
                longest[i][j] = max(longest[i + 1][j], longest[i][j + 1])
    return longest
