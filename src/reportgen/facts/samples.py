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
from reportgen.edition.models import Block, Edition, Field, Sheet
from reportgen.edition.units import unit_of
from reportgen.facts.assembly import assemble
from reportgen.facts.content import SheetContent
from reportgen.findings import Place
from reportgen.language import words
from reportgen.language.expressions import Language
from reportgen.language.numbers import ANY, RATIO, ZERO, Num, Unit
from reportgen.language.values import Facts, Prose

Value = Callable[
    [Field, Unit | None, str, Decimal], Any
]  # field, unit, full name, what it is to others: 1, or a case's factor


@dataclass(frozen=True, slots=True)
class Case:
    """A department that never was. Last year's numbers and budgets are so many times this year's."""

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
_USUAL = {
    "money": Decimal("1234.5"),
    "count": Decimal(40),
    "score": Decimal(10),
    "percent": Decimal(75),
    "year": Decimal(2023),
}
_APART = Decimal(1000)  # between two numbers of a specimen: they differ as printed, even in 万元
_ROWS = 2  # records of a previewed table


def specimen(edition: Edition, language: Language) -> Facts:
    """Facts with a made-up value in every slot and one row in every open table; each number is
    another one."""
    counter = iter(range(101, 10**6, 2))

    def value(field: Field, unit: Unit | None, name: str, _factor: Decimal) -> Any:
        if field.numeric:
            unit = Unit(ANY, ANY) if field.own_unit else unit or Unit(name, name)
            return Num(_APART * next(counter), unit, name=name, place=Place(), half=ZERO)
        return _text(field, messages.SPECIMEN_TEXT, name)

    read = {}
    for sheet in edition.sheets:
        keys = _codes(edition, sheet.blocks[0]) or [messages.SPECIMEN_TEXT]
        read[sheet.name] = _sheet(
            edition, sheet, value, _keyed(sheet, keys, [messages.SPECIMEN_TEXT]), Case("")
        )
    return assemble(edition, read, language, every_branch=True)


def facts(edition: Edition, language: Language, case: Case) -> Facts:
    """The facts of a case: round numbers in every slot, two rows in every open table."""

    def value(field: Field, unit: Unit | None, name: str, factor: Decimal) -> Any:
        if not field.numeric:
            return _text(field, messages.SAMPLE_TEXT.format(label=field.label), name)
        amount = (
            _USUAL.get(field.kind or "", _USUAL["count"])
            * factor
            * (case.scale if field.kind == "money" else 1)
        )
        base = unit or RATIO
        return Num(amount * base.factor, base, name=name, place=Place(), half=ZERO)

    read = {}
    for sheet in edition.sheets:
        block = sheet.blocks[0]
        plain = [messages.SAMPLE_KEY.format(n=n + 1) for n in range(_ROWS)]
        details = _details(edition, block)[:_ROWS] if block.tree else plain
        marked = any(c.kind == "mark" and c.name != block.withheld for c in block.fields)
        listed = sheet.open and not (sheet.received or sheet.required or marked)
        nothing = case.empty and (bool(sheet.empty) or listed)
        read[sheet.name] = _sheet(
            edition, sheet, value, [] if nothing else _keyed(sheet, details, plain), case
        )
        read[sheet.name].empty = nothing and bool(sheet.empty)
    return assemble(edition, read, language)


def _keyed(sheet: Sheet, keys: list[str], within: list[str]) -> list[dict[str, str]]:
    """What names each record of a table: its key; of rows within the records `within` those, and
    the name of the row."""
    block = sheet.blocks[0]
    if not block.parent:
        return [{block.key.name: key} for key in keys]
    names = block.column(block.by).choices if block.by else []
    return [
        {block.key.name: outer, block.by or block.key.name: name}
        for outer in within
        for name in names or [outer]
    ]


def _text(field: Field, text: str, name: str) -> Any:
    if field.kind == "date":
        return datetime.date(2000, 1, 1)
    if field.kind == "prose":
        return Prose(text, name)
    if field.kind == "mark":
        return words.MARK
    return field.choices[0] if field.choices else text


def _sheet(
    edition: Edition, sheet: Sheet, value: Value, keys: list[dict[str, str]], case: Case
) -> SheetContent:
    """One sheet filled: a record for each of the `keys` (of a table), a value in every slot (of a
    form)."""
    content = SheetContent()
    one = Decimal(1)
    if sheet.open:
        block = sheet.blocks[0]
        budgets = {c.budget for c in block.fields}
        for column in block.fields:
            content.units[column.name] = unit_of(edition, sheet, column, {}) or RATIO
        for key in keys:
            raw: dict[str, Any] = {}
            for column in block.fields:
                unit = unit_of(edition, sheet, column, {})
                name = f"{sheet.name}.{column.name}"
                factor = case.budget if column.name in budgets else one
                raw[column.name] = value(
                    column, unit, name, one if block.parent and not factor else factor
                )  # rates need one
                if column.prior:
                    raw[f"{column.name}.{words.PRIOR}"] = value(
                        column, unit, f"{name}.{words.PRIOR}", case.prior
                    )
            content.records.append(raw | key | ({block.withheld: ""} if block.withheld else {}))
        return content
    for block, row, column, prior in totals.slots(sheet):
        slot = block.slot(row, column)
        name = totals.name(sheet, block, row, column, prior)
        budget = row.name in {r.budget for r in block.lines} or column.name in {
            c.budget for c in block.values
        }
        factor = case.prior if prior else case.budget if budget else one
        content.cells[name] = value(
            slot,
            unit_of(edition, sheet, slot, {}),
            name,
            ZERO if case.empty and sheet.empty else factor,
        )
    return content


def _codes(edition: Edition, block: Block) -> list[str]:
    """A code for every level, each under the one before: from the code list, one of which it says
    all it can."""
    if not block.tree:
        return []
    code = next(iter(_details(edition, block)), "1" * block.tree[-1])
    return [code[:length] for length in block.tree]


def _details(edition: Edition, block: Block) -> list[str]:
    """The codes of the lowest level of which the list says all it can."""
    listed = edition.codes.get(block.codes, {})
    return [
        code for code, line in listed.items() if len(code) in block.tree[-1:] and all(line.values())
    ]
