"""Headings found by their text: in order, moved, under groups."""

from __future__ import annotations

from reportgen.workbook.layout import PlannedColumn
from reportgen.workbook.reading.book import Page


def under(page: Page, row: int) -> list[tuple[int, str]]:
    """The headings of a row, each after the group over it; a heading that stands in the row above
    has none."""
    above, below = dict(page.row(row - 1)), dict(page.row(row))
    grouped = {
        c: above[max(a for a in above if a <= c)] + text
        for c, text in below.items()
        if any(a <= c for a in above)
    }
    return sorted((above | below | grouped).items())


def match(wanted: list[tuple[PlannedColumn, str]], texts: list[tuple[int, str]]) -> dict[int, int]:
    """Which heading stands in which column: the longest part that is in order, so that equal
    headings find their own side and a missing one is told where it is missing; what is left over
    stands wherever its text does."""
    want = [text for _, text in wanted]
    longest = [[0] * (len(texts) + 1) for _ in range(len(want) + 1)]
    for i in reversed(range(len(want))):
        for j in reversed(range(len(texts))):
            same = want[i] == texts[j][1]
            longest[i][j] = (
                longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
            )
    found: dict[int, int] = {}
    i = j = 0
    while i < len(want) and j < len(texts):
        if want[i] == texts[j][1]:
            found[i] = texts[j][0]
            i, j = i + 1, j + 1
        elif longest[i][j + 1] >= longest[i + 1][j]:
            j += 1
        else:
            i += 1
    free = [(c, t) for c, t in texts if c not in found.values()]
    for i, text in enumerate(want):
        column = next((c for c, t in free if t == text), None)
        if i not in found and column is not None:
            found[i] = column
            free = [(c, t) for c, t in free if c != column]
    return found
