"""All names of an edition over what a workbook says, or over made-up values, so that it can be tried without one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reportgen import messages, totals, words
from reportgen.edition import Block, Edition, Field
from reportgen.expressions import Language
from reportgen.facts import (
    Names,
    Prose,
    Sheetful,
    scope_names,
    unit_of,
)
from reportgen.findings import Place
from reportgen.grids import grid
from reportgen.numbers import RATIO, ZERO, Num, Unit
from reportgen.tables import name_levels, table


def assemble(edition: Edition, read: Mapping[str, Sheetful], language: Language) -> Names:
    """All names of the edition over what was read. Blank totals (None) are computed here, typed ones get their room."""
    names = scope_names(edition)
    values: dict[str, Any] = {}
    for sheet in edition.sheets:
        values[sheet.name] = table(sheet, read[sheet.name]) if sheet.open else grid(sheet, read[sheet.name])
        if sheet.open and sheet.blocks[0].tree:
            name_levels(edition, sheet.blocks[0], values[sheet.name].extras[words.LEVELS], language.dry)
    derived = {d.name: language.compile(d.formula, names) for d in edition.derived}
    return Names(values, derived)


def specimen(edition: Edition, language: Language) -> Names:
    """Facts with a made-up value in every slot and one row in every open table; each number is another one."""
    counter = iter(range(101, 10**6, 2))

    def value(field: Field, unit: Unit | None, name: str) -> Any:
        if field.numeric:
            return Num(Decimal(next(counter)), unit or Unit(name, name), name=name, place=Place(), half=ZERO)
        if field.kind == "date":
            return datetime.date(2000, 1, 1)
        if field.kind == "prose":
            return Prose(messages.SPECIMEN_TEXT, name)
        if field.kind == "mark":
            return words.MARK
        return field.choices[0] if field.choices else messages.SPECIMEN_TEXT

    read = {}
    for sheet in edition.sheets:
        content = Sheetful()
        if sheet.open:
            block = sheet.blocks[0]
            raw = {}
            for column in block.fields:
                unit = unit_of(edition, sheet, column, {})
                content.units[column.name] = unit or RATIO
                raw[column.name] = value(column, unit, f"{sheet.name}.{column.name}")
                if column.prior:
                    raw[f"{column.name}.{words.PRIOR}"] = value(column, unit, f"{sheet.name}.{column.name}.{words.PRIOR}")
            content.records = [raw | {block.key.name: code} for code in _specimen_codes(edition, block)] or [raw]
        else:
            for block, row, column, prior in totals.slots(sheet):
                slot = block.slot(row, column)
                name = totals.name(sheet, block, row, column, prior)
                content.cells[name] = value(slot, unit_of(edition, sheet, slot, {}), name)
        read[sheet.name] = content
    return assemble(edition, read, replace(language, dry=True))


def _specimen_codes(edition: Edition, block: Block) -> list[str]:
    """A code for every level, each under the one before: from the code list, one of which it says all it can."""
    listed = edition.codes.get(block.codes, {})
    full = (code for code, line in listed.items() if len(code) in block.tree[-1:] and all(line.values()))
    code = next(full, "1" * (block.tree or [0])[-1])
    return [code[:length] for length in block.tree]
