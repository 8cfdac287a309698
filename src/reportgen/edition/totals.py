"""Which values are sums of which: the totals that the sheets of an edition declare, by name.

The reader computes blank totals from this, the checks prove typed ones, the blank workbook carries
it as formulas.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias, TypeVar

from reportgen import messages
from reportgen.edition.fields import Column, Field, Row
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.edition.units import unit_name
from reportgen.findings import Finding, fault
from reportgen.language import syntax
from reportgen.language.names import Name

N = TypeVar("N", bound=Hashable)
# the signed parts of a sum: of a total in a form cells by name, of one in a record columns
Parts: TypeAlias = Sequence[tuple[int, N]]


def name(sheet: Sheet, block: Block, row: Row, column: Column, prior: bool = False) -> Name:
    """The name of the value where `row` meets `column`: 表.行, or 表.行.列 where the block has
    several value columns."""
    several = len(block.values) > 1
    return Name(sheet.name, row.name, column=column.name if several else "", prior=prior)


def slots(form: Form) -> Iterator[tuple[Block, Row, Column, bool]]:
    """Every value slot of a form, last year's included."""
    for block in form.blocks:
        for row in block.lines:
            if row.gap:
                continue
            for column in block.values:
                yield block, row, column, False
                if column.prior:
                    yield block, row, column, True


def of_form(sheet: Form) -> dict[Name, list[Parts[Name]]]:
    """For each total of a form the sums that it must equal; the first one computes it when
    blank."""
    found: dict[Name, list[Parts[Name]]] = {}
    home = {row.name: (block, row) for block in sheet.blocks for row in block.lines if not row.gap}
    for block, row, column, prior in slots(sheet):
        if not block.slot(row, column).numeric:
            continue
        rules: list[Parts[Name]] = []
        for sign_rows in _rows_summed(block, row):
            rules.append([(sign, name(sheet, *home[r], column, prior)) for sign, r in sign_rows])
        if column.formula:
            by_name = {c.name: c for c in block.values}
            across = [(sign, by_name[c]) for sign, c in syntax.terms(column.formula)]
            if not prior or all(
                part.prior for _, part in across
            ):  # last year's parts may have no column of their own
                rules.append(
                    [(sign, name(sheet, block, row, part, prior)) for sign, part in across]
                )
        if rules:
            found[name(sheet, block, row, column, prior)] = rules
    return found


def detail(block: Block) -> list[Row]:
    """The fixed rows that are no totals: those with a code where the block has codes, else all
    that have a cell."""
    coded = any(row.code for row in block.lines)
    return [
        r for r in block.lines if not r.gap and not _rows_summed(block, r) and bool(r.code) == coded
    ]


def _rows_summed(block: Block, row: Row) -> list[Parts[str]]:
    if row.formula:
        return [syntax.terms(row.formula)]
    under = [r for r in block.lines if block.tree and row.code and _below(r, row)]
    if under:  # of a level that the form leaves out the next one counts
        return [[(1, r.name) for r in under if not any(_below(r, other) for other in under)]]
    return [_rows_above(block, row)] if row.total else []


def _below(row: Row, other: Row) -> bool:
    """Whether the code of a row stands under that of another."""
    return row.code != other.code and row.code.startswith(other.code)


def _rows_above(block: Block, row: Row) -> Parts[str]:
    """The rows that a total adds up: those above it, down from the last total."""
    parts: list[tuple[int, str]] = []
    for above in block.lines:
        if above is row:
            break
        if above.total or above.formula:
            parts = []
        elif not above.gap:
            parts.append((1, above.name))
    return parts


def across(total: Name, parts: Parts[Name]) -> bool:
    """Whether a sum runs across a row (表.行.列 from the row's own columns), not down a column."""
    return bool(total.column) and all(part.row == total.row for _, part in parts)


def in_order(sums: Mapping[N, Parts[N]]) -> list[N]:
    """The totals, each after those that it adds up. Raises CycleError (graphlib) with the circle
    where one adds up itself."""
    graph = {total: [part for _, part in parts if part in sums] for total, parts in sums.items()}
    return list(TopologicalSorter(graph).static_order())


def of_records(table: Table) -> dict[str, Parts[str]]:
    """The columns of a table that are sums of other columns of the same row."""
    return {c.name: syntax.terms(c.formula) for c in table.values if c.formula}


def summed(table: Table) -> list[Column]:
    """The columns of a table that its total row and its subtotals add up."""
    return [c for c in table.values if c.added]


def faults(edition: Edition) -> Iterator[Finding]:
    """Totals that cannot be added up: over text, over another unit, or over themselves."""
    for sheet in edition.sheets:
        if isinstance(sheet, Table):
            columns: dict[str, Field] = {c.name: c for c in sheet.values}
            of_row = {total: [parts] for total, parts in of_records(sheet).items()}
            yield from _faults(edition, sheet, columns, of_row)
        elif isinstance(sheet, Form):
            cells = {name(sheet, b, r, c, p): b.slot(r, c) for b, r, c, p in slots(sheet)}
            yield from _faults(edition, sheet, cells, of_form(sheet))


def _faults(
    edition: Edition, sheet: Sheet, fields: Mapping[N, Field], sums: Mapping[N, list[Parts[N]]]
) -> Iterator[Finding]:
    for total, each in sums.items():
        for part in (part for parts in each for _, part in parts):
            if part not in fields or not fields[part].numeric:
                message = messages.TOTAL_OF_NO_NUMBER.format(part=part)
                yield fault("total-of-no-number", sheet.file, str(total), message)
            elif not _alike(edition, sheet, fields[part], fields[total]):
                message = messages.UNITS_DIFFER.format(a=total, b=part)
                yield fault("total-of-units", sheet.file, "", message)
    try:
        in_order({total: each[0] for total, each in sums.items()})
    except CycleError as error:
        for total in dict.fromkeys(error.args[1]):
            yield fault("total-circle", sheet.file, str(total), messages.TOTAL_CIRCLE)


def _alike(edition: Edition, sheet: Sheet, one: Field, other: Field) -> bool:
    return _dimension(edition, sheet, one) == _dimension(edition, sheet, other)


def _dimension(edition: Edition, sheet: Sheet, field: Field) -> str:
    unit = unit_name(sheet, field)
    return edition.measures[unit].dimension if unit in edition.measures else unit
