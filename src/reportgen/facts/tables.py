"""Tables of records as facts: their columns, total row, and with codes their levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Column
from reportgen.edition.models import CodeList, Edition
from reportgen.edition.sheets import Table
from reportgen.facts.content import TableContent
from reportgen.facts.settling import computed, emptiness, measure, settled
from reportgen.findings import REPORT
from reportgen.language import words
from reportgen.language.functions import below
from reportgen.language.names import Name, last_year
from reportgen.language.numbers import Missing, Num, literal
from reportgen.language.units import RATIO
from reportgen.language.values import ABSENT, Blank, Record, Rows, Values


def table(
    sheet: Table,
    read: TableContent,
    complete: Callable[[Record], None],
    withheld: Callable[[Record], bool],
    projects: str,
) -> Rows:
    """The facts of a table of records: detail rows and columns, 总计, and of one with codes 填列
    and 分级.

    `complete` fills in what is made of other cells; records that are `withheld` are never printed;
    a fault in a record of the table `projects` stops no other project.
    """
    everything = _records(sheet, read, complete, projects)
    detail = [r for r in everything if _is_detail(sheet, r)]
    hidden = frozenset(r.name for r in detail if withheld(r))
    columns = {c.name: _column(sheet, c, detail, read, hidden) for c in sheet.fields}
    rows = Rows(Name(sheet.name), detail, "" if sheet.parent else sheet.key.name, columns, hidden)
    rows.needed = [c.name for c in sheet.fields if c.required or c.computed]
    _number(detail, hidden, sheet)
    rows.extras |= emptiness(sheet, read)
    if sheet.total:
        rows.extras[words.TOTALS] = _total_row(sheet, read.total, rows)
    if sheet.tree:
        rows.extras |= _levelled(sheet, everything, rows)
    return rows


def _records(
    sheet: Table, read: TableContent, complete: Callable[[Record], None], projects: str
) -> list[Record]:
    """The records that were read, of every level, each by itself complete."""
    named = zip(read.records, names(sheet, read.records), strict=True)
    everything = [_record(sheet, raw, name, projects) for raw, name in named]
    for record in everything:
        complete(record)
        measure([(c.name, c.budget) for c in sheet.values], record.members)
    return everything


def _is_detail(sheet: Table, record: Record) -> bool:
    """Whether a record is of the deepest level."""
    return not sheet.tree or len(str(record.members[sheet.key.name])) == sheet.tree[-1]


def _levelled(sheet: Table, everything: list[Record], rows: Rows) -> dict[str, Rows]:
    """填列 and 分级: the records of all levels in the order of their codes, under the total."""
    for record in everything:
        if not _is_detail(sheet, record):
            _settle_subtotal(sheet, record, rows)
    head = [rows.extras[words.TOTALS]] if sheet.total else []
    typed = [*head, *_ordered(everything)]
    whole = [*head, *_ordered([*everything, *_untyped(sheet, everything, rows)])]
    return {
        words.TYPED: Rows(Name(sheet.name, words.TYPED), typed, "", {}),
        words.LEVELS: Rows(Name(sheet.name, words.LEVELS), whole, "", {}),
    }


def names(sheet: Table, records: Iterable[Mapping[str, Any]]) -> Iterator[Name]:
    """支出决算.2080101; of rows within a record 项目资金.P01.某单位, or their number there."""
    counts: Counter[str] = Counter()
    for record in records:
        key = str(record[sheet.key.name])
        counts[key] += 1
        own = record[sheet.by] if sheet.by else None
        own = own if isinstance(own, str) else str(counts[key])
        yield Name(sheet.name, key=key, own=own if sheet.parent else "")


def _number(records: list[Record], hidden: Collection[Name], sheet: Table) -> None:
    """Gives the records that are printed their place."""
    if words.PLACE not in {c.name for c in sheet.fields}:
        for n, record in enumerate((r for r in records if r.name not in hidden), 1):
            record.members[words.PLACE] = f"{n:02d}"


def _column(
    sheet: Table,
    column: Column,
    rows: list[Record],
    read: TableContent,
    hidden: Collection[Name],
) -> Values:
    name = Name(sheet.name, column=column.name)
    keys = [str(r.members[sheet.key.name]) for r in rows]
    items = [r.members[column.name] for r in rows]
    unit = read.units.get(column.name, RATIO)
    prior = None
    if column.prior:
        last = [i.prior if isinstance(i, Num) else i for i in items]
        prior = Values(name.at(column.name, prior=True), last, keys, unit)
    unread = read.unread or (read.empty and not sheet.empty and column.numeric)
    withheld = frozenset(i for i, r in enumerate(rows) if r.name in hidden)
    return Values(name, items, keys, unit, prior, Missing(name, None) if unread else None, withheld)


def _record(sheet: Table, raw: Mapping[str, Any], name: Name, projects: str) -> Record:
    """One record: blank totals across the row computed, last year's numbers hung on this year's."""
    cells = dict(raw)
    sums = totals.of_records(sheet)
    for total in totals.in_order(sums):
        parts = [(sign, cells[part]) for sign, part in sums[total]]
        # of a blank part the total is added up from below, as the part is
        if not any(isinstance(part, Blank) for _, part in parts):
            cells[total] = settled(cells[total], parts, name.at(total), widen=False)
    for column in sheet.values:
        if column.prior:
            prior = cells.pop(last_year(column.name))
            if isinstance(cells[column.name], Num):
                cells[column.name].prior = prior
            elif isinstance(cells[column.name], Blank):
                cells[column.name] = Blank(cells[column.name].place, prior)
    if sheet.tree:
        cells[words.LEVEL] = literal(_level(sheet, name.key))
    alone = projects and projects in (sheet.name, sheet.parent)
    return Record(name, cells, f"project:{name.key}" if alone else REPORT)


def _level(sheet: Table, code: str) -> int:
    """The level of a code, 1 for the top; the deepest where its length fits none."""
    return sheet.tree.index(len(code)) + 1 if len(code) in sheet.tree else len(sheet.tree)


def _settle_subtotal(sheet: Table, record: Record, rows: Rows) -> None:
    """The helper columns of a subtotal row, which nobody pastes: what is blank is the sum of the
    rows under it."""
    members, code = record.members, record.name.key
    for column in (c for c in sheet.values if c.numeric):
        value, values = members[column.name], rows.columns[column.name]
        if isinstance(value, Blank):
            total = computed(record.name.at(column.name), value, below(values, code))
            if isinstance(total, Num):
                total.prior = value.prior
            members[column.name] = value = total
        if isinstance(value, Num) and isinstance(value.prior, Blank) and values.prior:
            name = record.name.at(column.name, prior=True)
            value.prior = computed(name, value.prior, below(values.prior, code))
    measure([(c.name, c.budget) for c in sheet.values], members)


def _total_row(sheet: Table, typed: Mapping[str, Any], rows: Rows) -> Record:
    name = Name(sheet.name, words.TOTALS)
    members: dict[str, Any] = {c.name: ABSENT for c in sheet.fields}
    members[sheet.key.name] = sheet.total
    members[words.LEVEL] = literal(0)
    for column in totals.summed(sheet):
        values = rows.columns[column.name]
        total = members[column.name] = _column_total(name.at(column.name), typed, values)
        if values.prior is not None and isinstance(total, Num):
            total.prior = _column_total(name.at(column.name, prior=True), typed, values.prior)
    measure([(c.name, c.budget) for c in sheet.values], members)
    return Record(name, members)


def _column_total(name: Name, typed: Mapping[str, Any], column: Values) -> Any:
    parts = [(1, value) for value in column.items]
    return settled(typed.get(name.cell), parts, name, column.unit)


def _ordered(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.name.key)


def _untyped(sheet: Table, everything: list[Record], rows: Rows) -> Iterator[Record]:
    """The subtotal rows that nobody typed: every code above a detail row, its numbers added up."""
    typed = {record.name.key for record in everything}
    above = {key[:length] for key in typed for length in sheet.tree if length < len(key)}
    for code in sorted(above - typed):
        name = Name(sheet.name, key=code)
        members: dict[str, Any] = {c.name: ABSENT for c in sheet.fields}
        members |= {sheet.key.name: code, words.LEVEL: literal(_level(sheet, code))}
        for column in totals.summed(sheet):
            members[column.name] = _subtotal(name.at(column.name), rows.columns[column.name])
        measure([(c.name, c.budget) for c in sheet.values], members)
        yield Record(name, members)


def _subtotal(name: Name, column: Values) -> Any:
    total = computed(name, None, below(column, name.key))
    if column.prior and isinstance(total, Num):
        before = name.at(name.column, prior=True)
        total.prior = computed(before, None, below(column.prior, name.key))
    return total


def name_levels(edition: Edition, sheet: Table, complete: Rows, dry: bool) -> None:
    """Gives every record the names of its levels (类 款 项) and what the code list says of its
    code; a trial of the edition (`dry`) gets a made-up text where the list says nothing."""
    codes, named = edition.codes.get(sheet.codes, {}), sheet.named
    headings = _headings(edition, sheet)
    for record in complete:
        members = record.members
        if named and members[named.name] is ABSENT and members[words.LEVEL]:
            members[named.name] = _said(codes, record, named.name, dry)
        members |= {heading: _said(codes, record, heading, dry) for heading in headings}
    texts = {r.name.key: r.members[named.name] for r in complete} if named else {}
    for record in complete:
        record.members |= _levels_of(sheet, record.name.key, texts)


def _said(codes: CodeList, record: Record, heading: str, dry: bool) -> Any:
    text = codes.get(record.name.key, {}).get(heading)
    return text or (messages.SPECIMEN_TEXT if dry else Missing(record.name.at(heading), None))


def _levels_of(sheet: Table, code: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    """The names of the levels above a code, its own included; none of the total row."""
    return {
        level: texts.get(code[:length], ABSENT) if len(code) >= length else ABSENT
        for level, length in zip(sheet.levels, sheet.tree, strict=False)
    }


def _headings(edition: Edition, sheet: Table) -> list[str]:
    """What a code list says beyond the columns of the table itself."""
    own = {c.name for c in sheet.fields}
    line: dict[str, str] = next(iter(edition.codes.get(sheet.codes, {}).values()), {})
    return [heading for heading in line if heading not in own]
