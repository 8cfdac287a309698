"""Rows within the records of another table, and the columns that the program makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.fields import Column
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Sheet, Table
from reportgen.edition.soundness.common import label, lost, parts, unknown_name
from reportgen.findings import Finding, fault
from reportgen.language.syntax import Refused, terms


def faults(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    """References to no table, sums of what is not within the record, names that are no columns."""
    for part in parts(sheet):
        for column in part.fields:
            yield from reference(edition, sheet, column)
            yield from gathers(edition, sheet, column)
            yield from derived_elsewhere(sheet, part, column)
            yield from formula_of_derived(sheet, part, column)
    if isinstance(sheet, Table):
        yield from row_name(sheet)
        yield from withheld(sheet)
        yield from parent(edition, sheet)


def reference(edition: Edition, sheet: Sheet, column: Column) -> Iterator[Finding]:
    """A reference to no table."""
    tables = [table.name for table in edition.tables]
    if column.kind is FieldKind.REF and column.of not in tables and not lost(edition, column.of):
        message = unknown_name(column.of, tables)
        yield fault("unknown-name", sheet.file, label(column, "of"), message)


def gathers(edition: Edition, sheet: Sheet, column: Column) -> Iterator[Finding]:
    """A sum over rows that are not within the record, or over what nobody types."""
    child, source = column.gathered
    inner = {table.name: table for table in edition.within(sheet.name)}
    values = inner[child].values if child in inner else []
    summable = [c.name for c in values if c.numeric and not c.derived]
    if column.gathers and source not in summable and not lost(edition, child):
        message = messages.GATHERS_NOTHING.format(name=column.gathers)
        yield fault("gathers-nothing", sheet.file, label(column, "gathers"), message)


def derived_elsewhere(sheet: Sheet, part: Block | Table, column: Column) -> Iterator[Finding]:
    """A column that the program makes, where it cannot make one."""
    elsewhere = isinstance(part, Block) or sheet.received or column.prior or column.formula
    if column.derived and elsewhere:
        yield fault("derived-elsewhere", sheet.file, label(column), messages.MADE_ELSEWHERE)


def formula_of_derived(sheet: Sheet, part: Block | Table, column: Column) -> Iterator[Finding]:
    """A sum of columns that the program makes: the sheet has no cell for it in time."""
    names = {c.name: c for c in part.fields}
    if any(name in names and names[name].derived for name in _terms(column.formula)):
        key = label(column, "formula")
        yield fault("formula-of-derived", sheet.file, key, messages.FORMULA_OF_MADE)


def _terms(formula: str) -> list[str]:
    """The names that a sum adds up; none where it is no sum, which is told elsewhere."""
    try:
        return [name for _, name in terms(formula)] if formula else []
    except Refused:
        return []


def row_name(table: Table) -> Iterator[Finding]:
    """A name for rows within records that is no column which somebody types."""
    names = {c.name: c for c in table.fields}
    good = table.by in names and table.parent and not names[table.by].derived
    if table.by and not good:
        message = messages.BY_NO_COLUMN.format(name=table.by)
        yield fault("by-no-column", table.file, "by", message)


def withheld(table: Table) -> Iterator[Finding]:
    """A mark of what is not to be printed that is no mark, or that an outer record should have."""
    mark = next((c for c in table.fields if c.name == table.withheld), None)
    good = mark is not None and mark.kind is FieldKind.MARK and not table.parent
    if table.withheld and not good:
        message = messages.WITHHELD_NO_MARK.format(name=table.withheld)
        yield fault("withheld-no-mark", table.file, "withheld", message)


def parent(edition: Edition, table: Table) -> Iterator[Finding]:
    """Rows within records whose table's name is taken, and rows within rows within rows."""
    taken = table.parent in [c.name for c in table.fields]
    if table.parent and (taken or table.tree or table.parent == table.name):
        message = messages.NESTING_CLASH.format(name=table.parent)
        yield fault("nesting-clash", table.file, "", message)
    outer = next((t for t in edition.tables if t.name == table.parent), None)
    if outer is not None and outer.parent:
        message = messages.NESTED_TWICE.format(name=table.parent)
        yield fault("nested-twice", table.file, "", message)
