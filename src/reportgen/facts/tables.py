"""Tables of records as facts: their columns, total row, and with codes their levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Column
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Table
from reportgen.facts.content import TableContent
from reportgen.facts.settling import computed, emptiness, measure, settled
from reportgen.findings import REPORT
from reportgen.language import words
from reportgen.language.functions import below
from reportgen.language.names import member_text
from reportgen.language.numbers import RATIO, Missing, Num, literal
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
    everything = [
        _record(sheet, r, name, own, projects)
        for r, (name, own) in zip(read.records, names(sheet, read.records), strict=True)
    ]
    for record in everything:
        complete(record)
        measure([(c.name, c.budget) for c in sheet.values], record.members)
    detail = [
        r
        for r in everything
        if not sheet.tree or len(str(r.members[sheet.key.name])) == sheet.tree[-1]
    ]
    hidden = frozenset(r.name for r in detail if withheld(r))
    columns = {c.name: _column(sheet, c, detail, read, hidden) for c in sheet.fields}
    rows = Rows(sheet.name, detail, "" if sheet.parent else sheet.key.name, columns, hidden)
    rows.needed = [c.name for c in sheet.fields if c.required or c.computed]
    _number(detail, hidden, sheet)
    rows.extras |= emptiness(sheet, read)
    head = []
    if sheet.total:
        rows.extras[words.TOTALS] = _total_row(sheet, read.total, rows)
        head = [rows.extras[words.TOTALS]]
    if sheet.tree:
        for record in everything:
            if record not in detail:
                _settle_subtotal(sheet, record, rows)
        rows.extras[words.TYPED] = Rows(
            f"{sheet.name}.{words.TYPED}", [*head, *_ordered(sheet, everything)], "", {}
        )
        whole = _ordered(sheet, [*everything, *_untyped(sheet, everything, rows)])
        rows.extras[words.LEVELS] = Rows(f"{sheet.name}.{words.LEVELS}", [*head, *whole], "", {})
    return rows


def names(sheet: Table, records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """支出决算.2080101; of rows within a record 项目资金.P01.某单位, or their number there. With
    each what the row is called within its record, nothing for a record of its own."""
    counts: Counter[str] = Counter()
    for record in records:
        key = str(record[sheet.key.name])
        counts[key] += 1
        own = record[sheet.by] if sheet.by and isinstance(record[sheet.by], str) else counts[key]
        record_name = sheet.name + member_text(key)
        yield (f"{record_name}.{own}", str(own)) if sheet.parent else (record_name, "")


def _number(records: list[Record], hidden: Collection[str], sheet: Table) -> None:
    """Gives the records that are printed their place."""
    if words.PLACE not in {c.name for c in sheet.fields}:
        for n, record in enumerate((r for r in records if r.name not in hidden), 1):
            cast(dict[str, Any], record.members)[words.PLACE] = f"{n:02d}"


def _column(
    sheet: Table,
    column: Column,
    rows: list[Record],
    read: TableContent,
    hidden: Collection[str],
) -> Values:
    name = f"{sheet.name}.{column.name}"
    keys = [str(r.members[sheet.key.name]) for r in rows]
    items = [r.members[column.name] for r in rows]
    unit = read.units.get(column.name, RATIO)
    prior = None
    if column.prior:
        last = [i.prior if isinstance(i, Num) else i for i in items]
        prior = Values(f"{name}.{words.PRIOR}", last, keys, unit)
    unread = read.unread or (read.empty and not sheet.empty and column.numeric)
    withheld = frozenset(i for i, r in enumerate(rows) if r.name in hidden)
    return Values(name, items, keys, unit, prior, Missing(name, None) if unread else None, withheld)


def _record(sheet: Table, raw: Mapping[str, Any], name: str, own: str, projects: str) -> Record:
    """One record: blank totals across the row computed, last year's numbers hung on this year's."""
    cells = dict(raw)
    rules = totals.of_records(sheet)
    while ready := [
        n for n in rules if not any(part in rules for _, part in rules[n])
    ]:  # a total may be part of another
        for total in ready:
            parts = rules.pop(total)
            if not any(
                isinstance(cells[part], Blank) for _, part in parts
            ):  # else a subtotal: added up from below
                cells[total] = settled(cells, total, [parts], widen=False)
    for column in sheet.values:
        if column.prior:
            prior = cells.pop(f"{column.name}.{words.PRIOR}")
            if isinstance(cells[column.name], Num):
                cells[column.name].prior = prior
            elif isinstance(cells[column.name], Blank):
                cells[column.name] = Blank(cells[column.name].place, prior)
    key = str(cells[sheet.key.name])
    if sheet.tree:
        cells[words.LEVEL] = literal(
            sheet.tree.index(len(key)) + 1 if len(key) in sheet.tree else len(sheet.tree)
        )
    return Record(
        name,
        cells,
        f"project:{key}" if projects and projects in (sheet.name, sheet.parent) else REPORT,
        own,
    )


def _settle_subtotal(sheet: Table, record: Record, rows: Rows) -> None:
    """The helper columns of a subtotal row, which nobody pastes: what is blank is the sum of the
    rows under it."""
    members = cast(dict[str, Any], record.members)
    for column in (c for c in sheet.values if c.numeric):
        value, values = members[column.name], rows.columns[column.name]
        if isinstance(value, Blank):
            total = computed(
                f"{record.name}.{column.name}", value, below(values, members[sheet.key.name])
            )
            if isinstance(total, Num):
                total.prior = value.prior
            members[column.name] = value = total
        if isinstance(value, Num) and isinstance(value.prior, Blank) and values.prior:
            name = f"{record.name}.{column.name}.{words.PRIOR}"
            value.prior = computed(name, value.prior, below(values.prior, members[sheet.key.name]))
    measure([(c.name, c.budget) for c in sheet.values], members)


def _total_row(sheet: Table, typed: Mapping[str, Any], rows: Rows) -> Record:
    members: dict[str, Any] = {c.name: ABSENT for c in sheet.fields}
    members[sheet.key.name] = sheet.total
    members[words.LEVEL] = literal(0)
    for column in totals.summed(sheet):
        values = rows.columns[column.name]
        full = f"{sheet.name}.{words.TOTALS}.{column.name}"
        total = members[column.name] = _column_total(full, typed.get(column.name), values)
        if values.prior is not None and isinstance(total, Num):
            total.prior = _column_total(
                f"{full}.{words.PRIOR}", typed.get(f"{column.name}.{words.PRIOR}"), values.prior
            )
    measure([(c.name, c.budget) for c in sheet.values], members)
    return Record(f"{sheet.name}.{words.TOTALS}", members)


def _column_total(name: str, typed: Any, column: Values) -> Any:
    cells = {str(i): value for i, value in enumerate(column.items)}
    return settled({**cells, name: typed}, name, [[(1, part) for part in cells]], column.unit)


def _ordered(sheet: Table, records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda r: str(r.members[sheet.key.name]))


def _untyped(sheet: Table, everything: list[Record], rows: Rows) -> Iterator[Record]:
    """The subtotal rows that nobody typed: every code above a detail row, its numbers added up."""
    typed = {str(r.members[sheet.key.name]) for r in everything}
    above = {key[:length] for key in typed for length in sheet.tree if length < len(key)}
    for code in sorted(above - typed):
        members: dict[str, Any] = {c.name: ABSENT for c in sheet.fields}
        members |= {sheet.key.name: code, words.LEVEL: literal(sheet.tree.index(len(code)) + 1)}
        for column in totals.summed(sheet):
            values, name = rows.columns[column.name], f"{sheet.name}.{code}.{column.name}"
            members[column.name] = computed(name, None, below(values, code))
            if values.prior and isinstance(members[column.name], Num):
                members[column.name].prior = computed(
                    f"{name}.{words.PRIOR}", None, below(values.prior, code)
                )
        measure([(c.name, c.budget) for c in sheet.values], members)
        yield Record(f"{sheet.name}.{code}", members)


def name_levels(edition: Edition, sheet: Table, complete: Rows, dry: bool) -> None:
    """Gives every record the names of its levels (类 款 项) and what the code list says of its
    code; a trial of the edition (`dry`) gets a made-up text where the list says nothing."""
    known, named = edition.codes.get(sheet.codes, {}), sheet.named

    def said(record: Record, heading: str) -> Any:
        text = known.get(str(record.members[sheet.key.name]), {}).get(heading)
        return text or (
            messages.SPECIMEN_TEXT if dry else Missing(f"{record.name}.{heading}", None)
        )

    for record in complete:
        members = cast(dict[str, Any], record.members)
        if named and members[named.name] is ABSENT and members[words.LEVEL]:
            members[named.name] = said(record, named.name)
        members |= {heading: said(record, heading) for heading in _headings(edition, sheet)}
    names = (
        {str(r.members[sheet.key.name]): r.members[named.name] for r in complete} if named else {}
    )
    for record in complete:
        members, code = cast(dict[str, Any], record.members), str(record.members[sheet.key.name])
        for level, length in zip(sheet.levels, sheet.tree, strict=False):
            members[level] = (
                names.get(code[:length], ABSENT)
                if members[words.LEVEL] and len(code) >= length
                else ABSENT
            )


def _headings(edition: Edition, sheet: Table) -> list[str]:
    """What a code list says beyond the columns of the table itself."""
    own = {c.name for c in sheet.fields}
    line: dict[str, str] = next(iter(edition.codes.get(sheet.codes, {}).values()), {})
    return [heading for heading in line if heading not in own]
