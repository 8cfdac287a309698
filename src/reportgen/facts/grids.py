"""Sheets with fixed rows as facts: forms and official two-sided tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.edition import totals
from reportgen.edition.fields import plain
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Block, Form
from reportgen.facts.content import FormContent
from reportgen.facts.settling import emptiness, measure, settled
from reportgen.language import words
from reportgen.language.numbers import RATIO, Num
from reportgen.language.values import ABSENT, Record, Rows, Values


def grid(sheet: Form, read: FormContent) -> Record:
    """The facts of a sheet with fixed rows: 行 of a row or 行.列, the rows of each named block,
    and 行 as printed."""
    cells = _settle_grid(sheet, read.cells)
    members = emptiness(sheet, read)
    for block, row, column, prior in totals.slots(sheet):
        full = totals.name(sheet, block, row, column)
        if prior:
            if isinstance(cells[full], Num):
                cells[full].prior = cells[f"{full}.{words.PRIOR}"]
        elif len(block.values) == 1:
            members[row.name] = cells[full]
        else:
            record = members.setdefault(row.name, Record(f"{sheet.name}.{row.name}", {}))
            record.members[column.name] = cells[full]
    for block in sheet.blocks:
        for row in (r for r in block.lines if not r.gap):
            fields = {c.name: cells[totals.name(sheet, block, row, c)] for c in block.values}
            measure([(c.name, c.budget) for c in block.values], fields)
            if row.budget:
                home = next(r for r in block.lines if r.name == row.budget)
                for column in block.values:
                    measure(
                        [(row.name, row.budget)],
                        {r.name: cells[totals.name(sheet, block, r, column)] for r in (row, home)},
                    )
        if block.name:
            members[block.name] = _lines(sheet, block, cells)
    members[words.ROWS] = _printed_rows(sheet, cells)
    return Record(sheet.name, members)


def _settle_grid(sheet: Form, cells: dict[str, Any]) -> dict[str, Any]:
    done = dict(cells)
    rules = totals.of_form(sheet)
    pending = list(rules)
    while pending:  # a total may be part of a later one, or of an earlier one in another block
        ready = [n for n in pending if not any(part in pending for _, part in rules[n][0])]
        for name in ready:
            done[name] = settled(
                done, name, rules[name], widen=not totals.across(name, rules[name][0])
            )
        pending = [n for n in pending if n not in ready]
    return done


def _lines(sheet: Form, block: Block, cells: Mapping[str, Any]) -> Rows:
    """The fixed rows of a block that are no totals, as records; as members its columns, whose keys
    are the labels."""
    rows = totals.detail(block)
    name = f"{sheet.name}.{block.name}"
    records = [
        Record(
            f"{sheet.name}.{row.name}",
            {c.name: cells[totals.name(sheet, block, row, c)] for c in block.values}
            | {words.LABEL: plain(row.label), words.CODE: row.code},
        )
        for row in rows
    ]
    labels = [plain(row.label) for row in rows]
    columns = {}
    for column in block.values:
        items = [r.members[column.name] for r in records]
        unit = next((i.unit for i in items if isinstance(i, Num)), RATIO)
        columns[column.name] = Values(f"{name}.{column.name}", items, labels, unit)
    return Rows(name, records, "", columns)


def _printed_rows(sheet: Form, cells: Mapping[str, Any]) -> list[Record]:
    """The lines of the form as printed: one record a line, in it one record a block (or the line
    itself)."""
    sides: list[list[Record]] = []
    number = 0
    for block in sheet.blocks:
        side = []
        for row in block.lines:
            number += 1
            line: dict[str, Any] = {}
            for column in block.fields:
                if column.kind is FieldKind.LABEL:
                    line[column.name] = row.label
                elif column.kind is FieldKind.LINE:
                    line[column.name] = str(number)
                elif column.kind is FieldKind.CODE:
                    line[column.name] = row.code
                else:
                    line[column.name] = (
                        ABSENT if row.gap else cells[totals.name(sheet, block, row, column)]
                    )
            side.append(Record(f"{sheet.name}.{words.ROWS}", line))
        sides.append(side)
    if len(sides) == 1:
        return sides[0]
    nothing = [
        Record(sheet.name, dict.fromkeys([c.name for c in b.fields], ABSENT)) for b in sheet.blocks
    ]
    height = max(map(len, sides))
    return [
        Record(
            f"{sheet.name}.{words.ROWS}",
            {
                b.name: side[i] if i < len(side) else nothing[j]
                for j, (b, side) in enumerate(zip(sheet.blocks, sides, strict=True))
            },
        )
        for i in range(height)
    ]
