"""Made-up facts: a specimen to try an edition with, and the cases over which a template is
previewed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Column, Field, Row
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Form, Table
from reportgen.edition.units import unit_of
from reportgen.facts.assembly import assemble
from reportgen.facts.content import Content, FormContent, TableContent
from reportgen.findings import Finding, Place
from reportgen.language import words
from reportgen.language.expressions import Language
from reportgen.language.names import Name, last_year
from reportgen.language.numbers import ZERO, Num
from reportgen.language.units import ANY, RATIO, Unit
from reportgen.language.values import Facts, Prose

# field, unit, name, what it is to others: 1, or a case's factor
Value = Callable[[Field, Unit | None, Name, Decimal], Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A department that never was. Last year's numbers and budgets are so many times this
    year's."""

    name: str
    prior: Decimal = Decimal("0.8")
    budget: Decimal = Decimal("1.25")
    scale: Decimal = Decimal(1)
    empty: bool = False  # every table that may be empty is


CASES = (
    Case(messages.CASE_RISE),
    Case(messages.CASE_FALL, prior=Decimal("1.25"), budget=Decimal("0.8")),
    Case(messages.CASE_UNCHANGED, prior=Decimal(1), budget=Decimal(1)),
    Case(messages.CASE_NO_PRIOR, prior=ZERO),
    Case(messages.CASE_NO_BUDGET, budget=ZERO),
    Case(messages.CASE_EMPTY, empty=True),
    Case(messages.CASE_LARGE, scale=Decimal(1000)),
)
_ONE = Decimal(1)
_APART = Decimal(1000)  # between two numbers of a specimen: they differ as printed, even in 万元
_ROWS = 2  # records of a previewed table


def specimen(edition: Edition, language: Language, faults: list[Finding] | None = None) -> Facts:
    """Facts with a made-up value in every slot and one row in every table (with codes one for each
    level); each number is another one. Faults of computed columns are added to `faults`, or raised
    as Refused."""
    counter = iter(range(101, 10**6, 2))

    def value(field: Field, unit: Unit | None, name: Name, _factor: Decimal) -> Any:
        if field.numeric:
            unit = Unit(ANY, ANY) if field.own_unit else unit or Unit(str(name), str(name))
            return Num(_APART * next(counter), unit, name=name, place=Place(), half=ZERO)
        return _text(field, messages.SPECIMEN_TEXT, name)

    read, case = Content(), Case("")
    for sheet in edition.sheets:
        if isinstance(sheet, Form):
            read.forms[sheet.name] = _form(edition, sheet, value, case)
        elif isinstance(sheet, Table):
            keys = _codes(edition, sheet) or [messages.SPECIMEN_TEXT]
            named = _keyed(sheet, keys, [messages.SPECIMEN_TEXT])
            read.tables[sheet.name] = _table(edition, sheet, value, named, case)
    return assemble(edition, read, language, True, faults)


def facts(edition: Edition, language: Language, case: Case) -> Facts:
    """The facts of a case: round numbers in every slot, two rows in every table."""

    def value(field: Field, unit: Unit | None, name: Name, factor: Decimal) -> Any:
        if field.kind is None or not field.numeric:
            return _text(field, messages.SAMPLE_TEXT.format(label=field.label), name)
        amount = field.kind.traits.sample * factor
        if field.kind is FieldKind.MONEY:
            amount *= case.scale
        base = unit or RATIO
        return Num(amount * base.factor, base, name=name, place=Place(), half=ZERO)

    read = Content()
    for form in edition.forms:
        read.forms[form.name] = _form(edition, form, value, case)
        read.forms[form.name].empty = case.empty and bool(form.empty)
    for table in edition.tables:
        nothing = case.empty and _may_be_empty(table)
        keys = [] if nothing else _sample_keys(edition, table)
        read.tables[table.name] = _table(edition, table, value, keys, case)
        read.tables[table.name].empty = nothing and bool(table.empty)
    return assemble(edition, read, language)


def _may_be_empty(table: Table) -> bool:
    """Whether it says so, or is a list of which nothing else asks for a record."""
    marked = any(c.kind is FieldKind.MARK and c.name != table.withheld for c in table.fields)
    return bool(table.empty) or not (table.received or table.required or marked)


def _sample_keys(edition: Edition, table: Table) -> list[dict[str, str]]:
    plain = [messages.SAMPLE_KEY.format(n=n + 1) for n in range(_ROWS)]
    details = _details(edition, table)[:_ROWS] if table.tree else plain
    return _keyed(table, details, plain)


def _keyed(table: Table, keys: list[str], within: list[str]) -> list[dict[str, str]]:
    """What names each record of a table: its key; of rows within the records `within` those, and
    the name of the row."""
    if not table.parent:
        return [{table.key.name: key} for key in keys]
    if not table.by:
        return [{table.key.name: outer} for outer in within]
    names = table.column(table.by).choices
    return [
        {table.key.name: outer, table.by: name} for outer in within for name in names or [outer]
    ]


def _text(field: Field, text: str, name: Name) -> Any:
    if field.kind is FieldKind.DATE:
        return datetime.date(2000, 1, 1)
    if field.kind is FieldKind.PROSE:
        return Prose(text, name)
    if field.kind is FieldKind.MARK:
        return words.MARK
    return field.choices[0] if field.choices else text


def _table(
    edition: Edition, table: Table, value: Value, keys: list[dict[str, str]], case: Case
) -> TableContent:
    """A table filled: a record for each of the `keys`."""
    content = TableContent()
    for column in table.fields:
        content.units[column.name] = unit_of(edition, table, column, {}) or RATIO
    unmarked = {table.withheld: ""} if table.withheld else {}
    for key in keys:
        content.records.append(_record(edition, table, value, case) | key | unmarked)
    return content


def _record(edition: Edition, table: Table, value: Value, case: Case) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for column in table.fields:
        unit = unit_of(edition, table, column, {})
        name = Name(table.name, column=column.name)
        record[column.name] = value(column, unit, name, _column_factor(table, column, case))
        if column.prior:
            before = name.at(column.name, prior=True)
            record[last_year(column.name)] = value(column, unit, before, case.prior)
    return record


def _column_factor(table: Table, column: Column, case: Case) -> Decimal:
    """What a number of a column is to the others: a budget what the case says. Rows within a record
    are what its rates are made of, so that their budgets are never 0."""
    if column.name not in {c.budget for c in table.fields}:
        return _ONE
    if table.parent and not case.budget:
        return _ONE
    return case.budget


def _form(edition: Edition, form: Form, value: Value, case: Case) -> FormContent:
    """A form filled: a value in every slot, 0 where the case has it empty."""
    content = FormContent()
    nothing = case.empty and bool(form.empty)
    for block, row, column, prior in totals.slots(form):
        slot = block.slot(row, column)
        name = totals.name(form, block, row, column, prior)
        factor = ZERO if nothing else _slot_factor(block, row, column, prior, case)
        content.cells[name] = value(slot, unit_of(edition, form, slot, {}), name, factor)
    return content


def _slot_factor(block: Block, row: Row, column: Column, prior: bool, case: Case) -> Decimal:
    if prior:
        return case.prior
    measures_row = row.name in {r.budget for r in block.lines}
    measures_column = column.name in {c.budget for c in block.values}
    return case.budget if measures_row or measures_column else _ONE


def _codes(edition: Edition, table: Table) -> list[str]:
    """A code for every level, each under the one before: from the code list, one of which it says
    all it can."""
    if not table.tree:
        return []
    code = next(iter(_details(edition, table)), "1" * table.tree[-1])
    return [code[:length] for length in table.tree]


def _details(edition: Edition, table: Table) -> list[str]:
    """The codes of the lowest level of which the list says all it can."""
    listed = edition.codes.get(table.codes, {})
    return [
        code for code, line in listed.items() if len(code) in table.tree[-1:] and all(line.values())
    ]
