"""The faults of one sheet by itself."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.fields import Column, Field
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.edition.soundness.common import (
    label,
    lines,
    name_twice,
    no_identifier,
    parts,
    unknown_name,
)
from reportgen.edition.text_files import twice
from reportgen.findings import Finding, fault
from reportgen.language import words
from reportgen.language.syntax import Refused, terms


def faults(sheet: Sheet) -> Iterator[Finding]:
    """The faults of one sheet by itself, part by part, then those of its names and formulas."""
    for part in parts(sheet):
        yield from tree_without_codes(sheet, part)
        if isinstance(part, Block):
            yield from of_block(sheet, part)
        else:
            yield from key_is_a_number(sheet, part)
            yield from levels(sheet, part)
        for field in [*part.fields, *lines(part)]:
            yield from choice_without_choices(sheet, field)
        yield from unknown_budget(sheet, part)
    yield from names(sheet)
    yield from formulas(sheet)


def of_block(form: Sheet, block: Block) -> Iterator[Finding]:
    """The faults of a block's columns, codes and direction."""
    yield from no_labels(form, block)
    yield from codes_of_no_level(form, block)
    yield from codes_twice(form, block)
    yield from laid_across(form, block)


def tree_without_codes(sheet: Sheet, part: Block | Table) -> Iterator[Finding]:
    """Levels of codes where the first column holds no codes."""
    if part.tree and part.key.kind is not FieldKind.CODE:
        yield fault("tree-without-codes", sheet.file, label(part.key), messages.TREE_WITHOUT_CODE)


def no_labels(form: Sheet, block: Block) -> Iterator[Finding]:
    """Fixed rows that no column names."""
    labelled = any(column.kind is FieldKind.LABEL for column in block.fields)
    if not block.across and not labelled:
        yield fault("no-labels", form.file, "columns", messages.LABEL_COLUMN_MISSING)


def key_is_a_number(sheet: Sheet, table: Table) -> Iterator[Finding]:
    """Records that would be found by a number."""
    if table.key.numeric:
        yield fault("key-is-a-number", sheet.file, label(table.key), messages.KEY_IS_A_NUMBER)


def levels(sheet: Sheet, table: Table) -> Iterator[Finding]:
    """Names of levels that are more or fewer than the levels, or that are taken."""
    if table.levels and len(table.levels) != len(table.tree):
        message = messages.LEVELS_DIFFER.format(levels="、".join(table.levels), tree=table.tree)
        yield fault("levels-differ", sheet.file, "levels", message)
    taken = [*(column.name for column in table.fields), words.LEVEL]
    again = [n for n in table.levels if n in taken or table.levels.count(n) > 1]
    yield from name_twice(sheet.file, again)


def codes_of_no_level(form: Sheet, block: Block) -> Iterator[Finding]:
    """Codes of fixed rows whose length is that of no level."""
    for row in block.lines:
        if block.tree and row.code and len(row.code) not in block.tree:
            message = messages.ROW_CODE.format(code=row.code, tree=block.tree)
            yield fault("code-of-no-level", form.file, "code", message)


def codes_twice(form: Sheet, block: Block) -> Iterator[Finding]:
    """Codes that two fixed rows have."""
    for code in twice([row.code for row in block.lines if row.code]):
        yield fault("code-twice", form.file, "", messages.CODE_TWICE.format(code=code))


def laid_across(form: Sheet, block: Block) -> Iterator[Finding]:
    """What a block that is one line cannot have: columns beside it, empty rows."""
    if not block.across:
        return
    if any(column.prior or column.outside for column in block.fields):
        yield fault("across-beside", form.file, "across", messages.ACROSS_BESIDE)
    if any(row.gap for row in block.lines):
        yield fault("across-gap", form.file, "across", messages.ACROSS_GAP)


def choice_without_choices(sheet: Sheet, field: Field) -> Iterator[Finding]:
    """A choice among nothing."""
    if field.kind is FieldKind.CHOICE and not field.choices:
        yield fault("no-choices", sheet.file, label(field), messages.CHOICE_WITHOUT_CHOICES)


def unknown_budget(sheet: Sheet, part: Block | Table) -> Iterator[Finding]:
    """A budget that is no neighbour: for a column no column, for a row no row."""
    columns, rows = [c.name for c in part.values], [r.name for r in lines(part)]
    fields = [*((c, columns) for c in part.fields), *((r, rows) for r in lines(part))]
    for field, known in fields:
        if field.budget and field.budget not in known:
            message = unknown_name(field.budget, known)
            yield fault("unknown-budget", sheet.file, label(field, "budget"), message)


def names(sheet: Sheet) -> Iterator[Finding]:
    """Names that stand twice in a sheet, or that no expression could write."""
    own = names_of(sheet)
    blocks = sheet.block if isinstance(sheet, Form) else []
    every = own + [block.name for block in blocks if block.name]
    yield from name_twice(sheet.file, twice(every))
    yield from no_identifier(sheet.file, every)


def names_of(sheet: Sheet) -> list[str]:
    """The names that stand for themselves in a sheet: rows of blocks, columns of a table."""
    fields: list[Field] = []
    for part in parts(sheet):
        fields += part.lines if isinstance(part, Block) else part.fields
    return [field.name for field in fields if field.name]


def formulas(sheet: Sheet) -> Iterator[Finding]:
    """Totals that are no sums, or sums of what is not there."""
    for part in parts(sheet):
        columns = [column.name for column in part.values]
        for field in [*part.fields, *lines(part)]:
            if field.formula:
                known = columns if isinstance(field, Column) else names_of(sheet)
                yield from formula(sheet, field, known)


def formula(sheet: Sheet, field: Field, known: list[str]) -> Iterator[Finding]:
    """What is wrong with one sum over known names."""
    key = label(field, "formula")
    try:
        wanted = [name for _, name in terms(field.formula)]
    except Refused as refused:
        yield fault("formula", sheet.file, key, str(refused))
        return
    for name in wanted:
        if name not in known:
            yield fault("unknown-name", sheet.file, key, unknown_name(name, known))
