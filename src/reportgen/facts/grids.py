"""Sheets with fixed rows as facts: forms and official two-sided tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from reportgen.edition import totals
from reportgen.edition.fields import Row, plain
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Block, Form
from reportgen.facts.content import FormContent
from reportgen.facts.settling import emptiness, measure, settled
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import Num
from reportgen.language.units import RATIO
from reportgen.language.values import ABSENT, Record, Rows, Values

Cells = Mapping[Name, Any]


def grid(sheet: Form, read: FormContent) -> Record:
    """The facts of a sheet with fixed rows: 行 of a row or 行.列, the rows of each named block,
    and 行 as printed."""
    cells = _settle_grid(sheet, read.cells)
    members = emptiness(sheet, read)
    for block, row, column, prior in totals.slots(sheet):
        full = totals.name(sheet, block, row, column)
        if prior:
            if isinstance(cells[full], Num):
                cells[full].prior = cells[totals.name(sheet, block, row, column, prior)]
        elif len(block.values) == 1:
            members[row.name] = cells[full]
        else:
            record = members.setdefault(row.name, Record(Name(sheet.name, row.name), {}))
            record.members[column.name] = cells[full]
    for block in sheet.blocks:
        _measure(sheet, block, cells)
        if block.name:
            members[block.name] = _lines(sheet, block, cells)
    members[words.ROWS] = _printed_rows(sheet, cells)
    return Record(Name(sheet.name), members)


def _measure(sheet: Form, block: Block, cells: Cells) -> None:
    """Hangs on each number of a block the one that it is measured against: of another column, or
    of another row."""
    for row in (r for r in block.lines if not r.gap):
        fields = {c.name: cells[totals.name(sheet, block, row, c)] for c in block.values}
        measure([(c.name, c.budget) for c in block.values], fields)
        if not row.budget:
            continue
        home = next(r for r in block.lines if r.name == row.budget)
        for column in block.values:
            pair = {r.name: cells[totals.name(sheet, block, r, column)] for r in (row, home)}
            measure([(row.name, row.budget)], pair)


def _settle_grid(sheet: Form, cells: Cells) -> dict[Name, Any]:
    """The cells with every total settled. A total may be part of a later one, or of an earlier one
    in another block."""
    done = dict(cells)
    sums = {total: each[0] for total, each in totals.of_form(sheet).items()}
    for name in totals.in_order(sums):
        parts = [(sign, done[part]) for sign, part in sums[name]]
        widen = not totals.across(name, sums[name])
        done[name] = settled(done[name], parts, name, widen=widen)
    return done


def _lines(sheet: Form, block: Block, cells: Cells) -> Rows:
    """The fixed rows of a block that are no totals, as records; as members its columns, whose keys
    are the labels."""
    rows = totals.detail(block)
    name = Name(sheet.name, block.name)
    records = [
        Record(
            Name(sheet.name, row.name),
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
        columns[column.name] = Values(name.at(column.name), items, labels, unit)
    return Rows(name, records, "", columns)


def _printed_rows(sheet: Form, cells: Cells) -> list[Record]:
    """The lines of the form as printed: one record a line, in it one record a block (or the line
    itself)."""
    printed = Name(sheet.name, words.ROWS)
    numbers = count(1)
    sides = [
        [Record(printed, _line(sheet, block, row, next(numbers), cells)) for row in block.lines]
        for block in sheet.blocks
    ]
    return sides[0] if len(sides) == 1 else _side_by_side(sheet, sides)


def _line(sheet: Form, block: Block, row: Row, number: int, cells: Cells) -> dict[str, Any]:
    """A line of a block by column: what the form prints itself, and what was filled in."""
    captions = {
        FieldKind.LABEL: row.label,
        FieldKind.LINE: str(number),
        FieldKind.CODE: row.code,
    }
    line: dict[str, Any] = {}
    for column in block.fields:
        if column.kind in captions:
            line[column.name] = captions[column.kind]
        elif row.gap:
            line[column.name] = ABSENT
        else:
            line[column.name] = cells[totals.name(sheet, block, row, column)]
    return line


def _side_by_side(sheet: Form, sides: list[list[Record]]) -> list[Record]:
    """One record a line, in it one of each block; nothing where a block has no such line."""
    nothing = [
        Record(Name(sheet.name), dict.fromkeys([c.name for c in block.fields], ABSENT))
        for block in sheet.blocks
    ]
    height = max(map(len, sides))
    return [
        Record(
            Name(sheet.name, words.ROWS),
            {
                b.name: side[i] if i < len(side) else nothing[j]
                for j, (b, side) in enumerate(zip(sheet.blocks, sides, strict=True))
            },
        )
        for i in range(height)
    ]
