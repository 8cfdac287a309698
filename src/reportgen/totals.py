"""Which values are sums of which: the totals that the sheets of an edition declare, by name.

The reader computes blank totals from this, the checks prove typed ones, the blank workbook carries it as formulas.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import expressions, words
from reportgen.edition import Block, Column, Row, Sheet

Parts = list[tuple[int, str]]


def name(sheet: Sheet, block: Block, row: Row, column: Column, prior: bool = False) -> str:
    """The name of the value where `row` meets `column`: 表.行, or 表.行.列 where the block has several value columns."""
    path = [sheet.name, row.name]
    if len(block.values) > 1:
        path.append(column.name)
    return ".".join([*path, words.PRIOR] if prior else path)


def slots(sheet: Sheet) -> Iterator[tuple[Block, Row, Column, bool]]:
    """Every value slot of a sheet with fixed rows, last year's included."""
    for block in sheet.blocks:
        for row in block.lines:
            if row.gap:
                continue
            for column in block.values:
                yield block, row, column, False
                if column.prior:
                    yield block, row, column, True


def of_grid(sheet: Sheet) -> dict[str, list[Parts]]:
    """For each total of a sheet with fixed rows the sums that it must equal; the first one computes it when blank."""
    found: dict[str, list[Parts]] = {}
    home = {row.name: (block, row) for block in sheet.blocks for row in block.lines if not row.gap}
    for block, row, column, prior in slots(sheet):
        if not block.slot(row, column).numeric:
            continue
        rules: list[Parts] = []
        for sign_rows in _rows_summed(block, row):
            rules.append([(sign, name(sheet, *home[r], column, prior)) for sign, r in sign_rows])
        if column.formula:
            by_name = {c.name: c for c in block.values}
            rules.append([(sign, name(sheet, block, row, by_name[c], prior)) for sign, c in expressions.terms(column.formula)])
        if rules:
            found[name(sheet, block, row, column, prior)] = rules
    return found


def _rows_summed(block: Block, row: Row) -> list[Parts]:
    if row.formula:
        return [expressions.terms(row.formula)]
    if not row.total:
        return []
    parts: Parts = []
    for above in block.lines:
        if above is row:
            break
        if above.total or above.formula:
            parts = []
        elif not above.gap:
            parts.append((1, above.name))
    return [parts]


def of_records(block: Block) -> dict[str, Parts]:
    """For a table of records: the columns that are sums of other columns of the same row."""
    return {c.name: expressions.terms(c.formula) for c in block.values if c.formula}


def summed(block: Block) -> list[Column]:
    """The columns of a table of records that its total row and its subtotals add up."""
    return [c for c in block.values if c.kind in ("money", "count")]
