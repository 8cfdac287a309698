"""Names → values: what a workbook says, in the shape in which expressions reach it.

`assemble` builds it from what the reader found; `specimen` from made-up values, so that an edition can be tried out
without a workbook. Nothing here knows where a value lies but the `Place` that each carries.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from reportgen import messages, totals, words
from reportgen.edition import Block, Column, Edition, Field, Sheet, plain
from reportgen.expressions import Language, Refused, member, nearest
from reportgen.findings import Place
from reportgen.numbers import RATIO, ZERO, Missing, Num, Unit, literal, sum_of


class Record:
    """Values by name. `name` is its own dotted name, for messages."""

    __slots__ = ("members", "name")

    def __init__(self, name: str, members: Mapping[str, Any]) -> None:
        self.name = name
        self.members = members

    def member(self, name: str) -> Any:
        """The value of that name; refuses an unknown one with the nearest."""
        try:
            return self.members[name]
        except KeyError:
            hint = nearest(name, self.members)
            raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint)) from None


@dataclass(frozen=True, slots=True)
class Blank:
    """The cell of a total that nobody typed: to be computed."""

    place: Place


@dataclass(slots=True)
class Values:
    """A column of a table: its values in row order, the keys of their rows, and last year's column as a member."""

    name: str
    items: list[Any]
    keys: list[str]
    unit: Unit
    prior: Values | None = None
    unread: Missing | None = None  # of a sheet that could not be read: nothing may be counted or added up

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def member(self, name: str) -> Any:
        """Last year's column, where the edition asks for it."""
        if name == words.PRIOR and self.prior is not None:
            return self.prior
        hint = nearest(name, [words.PRIOR] if self.prior is not None else [])
        raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint))


class Rows:
    """The records of a table, in order; as members its columns, its total row, and each record by its key."""

    __slots__ = ("columns", "extras", "items", "keyed", "name")

    def __init__(self, name: str, items: list[Record], key: str, columns: Mapping[str, Values]) -> None:
        self.name = name
        self.items = items
        self.columns = columns
        self.keyed = {str(item.members[key]): item for item in items} if key else {}
        self.extras: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Record]:
        return iter(self.items)

    def member(self, name: str) -> Any:
        """A column, 总计, 分级, 空表, or the record whose key is `name`."""
        for names in (self.columns, self.extras, self.keyed):
            if name in names:
                return names[name]
        hint = nearest(name, [*self.columns, *self.extras, *self.keyed])
        raise Refused(messages.NO_MEMBER.format(value=self.name, name=name, hint=hint))


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that a person wrote, with its citations unread; `name` and `place` say whose it is."""

    text: str
    name: str
    place: Place | None = None

    def __str__(self) -> str:
        return self.text


class Absent:
    """A cell that the official form does not have: it prints as nothing."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Names(dict[str, Any]):
    """The names of an edition as a scope; a derived one is computed when it is first asked for."""

    def __init__(self, values: Mapping[str, Any], derived: Mapping[str, Any], origin: Names | None = None) -> None:
        super().__init__(values)
        self.derived = derived
        self.origin = origin

    def copy(self) -> Names:
        """The same names, free to take loop variables; derived ones are computed once for all copies."""
        return Names(self, self.derived, self.origin or self)

    def __missing__(self, name: str) -> Any:
        value = self[name] = self.origin[name] if self.origin is not None else self.derived[name](self)
        if isinstance(value, Num):
            value.name = value.name or name
        return value


@dataclass(slots=True)
class Sheetful:
    """What was read of one sheet: cells by full name, or records (column → value) with the total row."""

    cells: dict[str, Any] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)  # of the columns of a table of records
    empty: bool = False
    unread: bool = False  # the sheet is missing or has lost its headings


def scope_names(edition: Edition) -> list[str]:
    """The names that expressions of the edition may start from."""
    return [s.name for s in edition.sheets] + [d.name for d in edition.derived]


def assemble(edition: Edition, read: Mapping[str, Sheetful], language: Language) -> Names:
    """All names of the edition over what was read. Blank totals (None) are computed here, typed ones get their room."""
    names = scope_names(edition)
    values: dict[str, Any] = {}
    for sheet in edition.sheets:
        values[sheet.name] = _table(sheet, read[sheet.name]) if sheet.open else _grid(sheet, read[sheet.name])
        if sheet.open and sheet.blocks[0].tree:
            _name_levels(edition, sheet.blocks[0], values[sheet.name].extras[words.LEVELS], language.dry)
    derived = {d.name: language.compile(d.formula, names) for d in edition.derived}
    return Names(values, derived)


def _settled(cells: Mapping[str, Any], name: str, rules: list[totals.Parts], unit: Unit = RATIO, widen: bool = True) -> Any:
    """A total: computed where blank. A typed one that equals its parts to the cent has their room for rounding, since
    nobody can tell whether it was typed; not so (`widen`) across a row, where every cell counts for itself."""
    typed = cells[name]
    parts = [(sign, cells[part]) for sign, part in rules[0]]
    if isinstance(typed, Missing):
        return typed
    missing = next((p for _, p in parts if isinstance(p, Missing)), None)
    if missing is not None:
        return missing if typed is None or isinstance(typed, Blank) else typed
    computed = sum_of([p if sign > 0 else -p for sign, p in parts], unit)
    if typed is None or isinstance(typed, Blank):
        return Num(computed.value, computed.unit, "sum", computed.args, name, getattr(typed, "place", None), computed.slack())
    if widen and typed.value == computed.value:
        typed.half = computed.slack()
    return typed


def _settle_grid(sheet: Sheet, cells: dict[str, Any]) -> dict[str, Any]:
    settled = dict(cells)
    rules = totals.of_grid(sheet)
    pending = list(rules)
    while pending:  # a total may be part of a later one, or of an earlier one in another block
        ready = [n for n in pending if not any(part in pending for _, part in rules[n][0])]
        for name in ready:
            settled[name] = _settled(settled, name, rules[name], widen=not totals.across(name, rules[name][0]))
        pending = [n for n in pending if n not in ready]
    return settled


def _grid(sheet: Sheet, read: Sheetful) -> Record:
    cells = _settle_grid(sheet, read.cells)
    members = _emptiness(sheet, read)
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
            _measure([(c.name, c.budget) for c in block.values], fields)
            if row.budget:
                home = next(r for r in block.lines if r.name == row.budget)
                for column in block.values:
                    _measure([(row.name, row.budget)], {r.name: cells[totals.name(sheet, block, r, column)] for r in (row, home)})
        if block.name:
            members[block.name] = _lines(sheet, block, cells)
    members[words.ROWS] = _printed_rows(sheet, cells)
    return Record(sheet.name, members)


def _emptiness(sheet: Sheet, read: Sheetful) -> dict[str, Any]:
    found: dict[str, Any] = {words.EMPTY: read.empty}
    if sheet.empty:
        found[words.EMPTY_NOTE] = Prose(sheet.empty, f"{sheet.name}.{words.EMPTY_NOTE}")
    return found


def _measure(budgets: Iterable[tuple[str, str]], members: Mapping[str, Any]) -> None:
    """Hangs on each number the one it is measured against."""
    for name, budget in budgets:
        if budget and isinstance(members[name], Num):
            members[name].budget = members[budget]


def _lines(sheet: Sheet, block: Block, cells: Mapping[str, Any]) -> Rows:
    """The fixed rows of a block that are no totals, as records; as members its columns, whose keys are the labels."""
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


def _printed_rows(sheet: Sheet, cells: Mapping[str, Any]) -> list[Record]:
    """The lines of the form as printed: one record a line, in it one record a block (or the line itself)."""
    sides: list[list[Record]] = []
    number = 0
    for block in sheet.blocks:
        side = []
        for row in block.lines:
            number += 1
            line: dict[str, Any] = {}
            for column in block.fields:
                if column.kind == "label":
                    line[column.name] = row.label
                elif column.kind == "line":
                    line[column.name] = str(number)
                elif column.kind == "code":
                    line[column.name] = row.code
                else:
                    line[column.name] = ABSENT if row.gap else cells[totals.name(sheet, block, row, column)]
            side.append(Record(f"{sheet.name}.{words.ROWS}", line))
        sides.append(side)
    if len(sides) == 1:
        return sides[0]
    nothing = [Record(sheet.name, dict.fromkeys([c.name for c in b.fields], ABSENT)) for b in sheet.blocks]
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


def _table(sheet: Sheet, read: Sheetful) -> Rows:
    block = sheet.blocks[0]
    everything = [_record(sheet, block, r) for r in read.records]
    detail = [r for r in everything if not block.tree or len(str(r.members[block.key.name])) == block.tree[-1]]
    rows = Rows(sheet.name, detail, block.key.name, {c.name: _column(sheet, block, c, detail, read) for c in block.fields})
    rows.extras |= _emptiness(sheet, read)
    head = []
    if block.total:
        rows.extras[words.TOTALS] = _total_row(sheet, block, read.total, rows)
        head = [rows.extras[words.TOTALS]]
    if block.tree:
        for record in everything:
            if record not in detail:
                _settle_subtotal(block, record, rows)
        rows.extras[words.TYPED] = Rows(f"{sheet.name}.{words.TYPED}", [*head, *_ordered(block, everything)], "", {})
        complete = _ordered(block, [*everything, *_untyped(sheet, block, everything, rows)])
        rows.extras[words.LEVELS] = Rows(f"{sheet.name}.{words.LEVELS}", [*head, *complete], "", {})
    return rows


def _column(sheet: Sheet, block: Block, column: Column, rows: list[Record], read: Sheetful) -> Values:
    name = f"{sheet.name}.{column.name}"
    keys = [str(r.members[block.key.name]) for r in rows]
    items = [r.members[column.name] for r in rows]
    unit = read.units.get(column.name, RATIO)
    prior = None
    if column.prior:
        last = [i.prior if isinstance(i, Num) else i for i in items]
        prior = Values(f"{name}.{words.PRIOR}", last, keys, unit)
    return Values(name, items, keys, unit, prior, Missing(name, None) if read.unread else None)


def _record(sheet: Sheet, block: Block, raw: Mapping[str, Any]) -> Record:
    """One record: blank totals across the row computed, last year's numbers hung on this year's."""
    cells = dict(raw)
    for name, parts in totals.of_records(block).items():
        cells[name] = _settled(cells, name, [parts], widen=False)
    for column in block.values:
        if column.prior:
            prior = cells.pop(f"{column.name}.{words.PRIOR}")
            if isinstance(cells[column.name], Num):
                cells[column.name].prior = prior
    key = str(cells[block.key.name])
    if block.tree:
        cells[words.LEVEL] = literal(block.tree.index(len(key)) + 1 if len(key) in block.tree else len(block.tree))
    _measure([(c.name, c.budget) for c in block.values], cells)
    return Record(f"{sheet.name}.{key}", cells)


def _settle_subtotal(block: Block, record: Record, rows: Rows) -> None:
    """The helper columns of a subtotal row, which nobody pastes: what is blank is the sum of the rows under it."""
    members = cast(dict[str, Any], record.members)
    for column in (c for c in block.values if c.numeric):
        value, values = members[column.name], rows.columns[column.name]
        if isinstance(value, Blank):
            members[column.name] = _computed(f"{record.name}.{column.name}", value, below(values, members[block.key.name]))
        elif isinstance(value, Num) and isinstance(value.prior, Blank) and values.prior:
            name = f"{record.name}.{column.name}.{words.PRIOR}"
            value.prior = _computed(name, value.prior, below(values.prior, members[block.key.name]))
    _measure([(c.name, c.budget) for c in block.values], members)


def _computed(name: str, blank: Blank | None, total: Any) -> Any:
    """A sum in the place of the cell that nobody typed it in."""
    if isinstance(total, Missing):
        return total
    return Num(total.value, total.unit, "sum", total.args, name, blank.place if blank else None, total.slack())


def _total_row(sheet: Sheet, block: Block, typed: Mapping[str, Any], rows: Rows) -> Record:
    members: dict[str, Any] = {c.name: ABSENT for c in block.fields}
    members[block.key.name] = block.total
    members[words.LEVEL] = literal(0)
    for column in totals.summed(block):
        values = rows.columns[column.name]
        full = f"{sheet.name}.{words.TOTALS}.{column.name}"
        total = members[column.name] = _column_total(full, typed.get(column.name), values)
        if values.prior is not None and isinstance(total, Num):
            total.prior = _column_total(f"{full}.{words.PRIOR}", typed.get(f"{column.name}.{words.PRIOR}"), values.prior)
    _measure([(c.name, c.budget) for c in block.values], members)
    return Record(f"{sheet.name}.{words.TOTALS}", members)


def _column_total(name: str, typed: Any, column: Values) -> Any:
    cells = {str(i): value for i, value in enumerate(column)}
    return _settled({**cells, name: typed}, name, [[(1, part) for part in cells]], column.unit)


def _ordered(block: Block, records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda r: str(r.members[block.key.name]))


def _untyped(sheet: Sheet, block: Block, everything: list[Record], rows: Rows) -> Iterator[Record]:
    """The subtotal rows that nobody typed: every code above a detail row, its numbers added up."""
    typed = {str(r.members[block.key.name]) for r in everything}
    above = {key[:length] for key in rows.keyed for length in block.tree[:-1]}
    for code in sorted(above - typed):
        members: dict[str, Any] = {c.name: ABSENT for c in block.fields}
        members |= {block.key.name: code, words.LEVEL: literal(block.tree.index(len(code)) + 1)}
        for column in totals.summed(block):
            values, name = rows.columns[column.name], f"{sheet.name}.{code}.{column.name}"
            members[column.name] = _computed(name, None, below(values, code))
            if values.prior and isinstance(members[column.name], Num):
                members[column.name].prior = _computed(f"{name}.{words.PRIOR}", None, below(values.prior, code))
        _measure([(c.name, c.budget) for c in block.values], members)
        yield Record(f"{sheet.name}.{code}", members)


def _name_levels(edition: Edition, block: Block, complete: Rows, dry: bool) -> None:
    """Gives every record the names of its levels (类 款 项) and what the code list says of its code; a trial of the
    edition (`dry`) gets a made-up text where the list says nothing."""
    known, named = edition.codes.get(block.codes, {}), block.named

    def said(record: Record, heading: str) -> Any:
        text = known.get(str(record.members[block.key.name]), {}).get(heading)
        return text or (messages.SPECIMEN_TEXT if dry else Missing(f"{record.name}.{heading}", None))

    for record in complete:
        members = cast(dict[str, Any], record.members)
        if named and members[named.name] is ABSENT and members[words.LEVEL]:
            members[named.name] = said(record, named.name)
        members |= {heading: said(record, heading) for heading in _headings(edition, block)}
    names = {str(r.members[block.key.name]): r.members[named.name] for r in complete} if named else {}
    for record in complete:
        members, code = cast(dict[str, Any], record.members), str(record.members[block.key.name])
        for level, length in zip(block.levels, block.tree, strict=False):
            members[level] = names.get(code[:length], ABSENT) if members[words.LEVEL] and len(code) >= length else ABSENT


def _headings(edition: Edition, block: Block) -> list[str]:
    """What a code list says beyond the columns of the table itself."""
    own = {c.name for c in block.fields}
    line: dict[str, str] = next(iter(edition.codes.get(block.codes, {}).values()), {})
    return [heading for heading in line if heading not in own]


def below(column: Values, code: Any) -> Any:
    """The sum of a column over the detail rows whose code begins with `code` (下级)."""
    parts = [v for v, key in zip(column.items, column.keys, strict=True) if key.startswith(str(code))]
    missing = next((p for p in parts if isinstance(p, Missing)), None)
    return sum_of(parts, column.unit) if missing is None else missing


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


def unit_of(edition: Edition, sheet: Sheet, field: Field, chosen: Mapping[str, Any]) -> Unit | None:
    """The unit of a field's values. One that the workbook chooses is looked up in `chosen` (full name → text; for one
    chosen in the same row, column → text)."""
    name = field.unit or (sheet.unit if field.kind == "money" else "")
    if name.startswith("="):
        name = str(chosen.get(name[1:]) or choices_of(edition, sheet, name[1:])[0])
    if not name and field.kind == "year":
        name = words.YEAR
    return edition.measures.get(name)


def choices_of(edition: Edition, sheet: Sheet, name: str) -> list[str]:
    """The units among which 表.项, or a column of `sheet` itself, lets people choose."""
    other, _, row = name.partition(".")
    if not row:
        return next(c.choices for c in sheet.blocks[0].fields if c.name == other)
    return next(r.choices for b in edition.sheet(other).blocks for r in b.lines if r.name == row)


def look(names: Mapping[str, Any], dotted: str) -> Any:
    """The value of a dotted name."""
    first, *rest = dotted.split(".")
    value = names[first]
    for part in rest:
        value = member(value, part)
    return value
