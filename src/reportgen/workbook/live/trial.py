"""What a blank workbook could not carry: every check and every derived column translated once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from reportgen.checks.rules import Rule
from reportgen.edition.fields import chooser
from reportgen.edition.models import Edition
from reportgen.edition.places import CHECKS
from reportgen.edition.sheets import Sheet, Table
from reportgen.findings import Finding, fault
from reportgen.language.names import path
from reportgen.language.syntax import Refused, mentioned, parse
from reportgen.workbook.layout import FormLayout, Layout, TableLayout
from reportgen.workbook.live import computed
from reportgen.workbook.live.checks import sides
from reportgen.workbook.live.sheet_formulas import SheetFormulas


def faults(edition: Edition, layout: Layout, rules: Sequence[Rule]) -> Iterator[Finding]:
    """One fault for each check, and each column, that cannot live in a sheet. What uses a name
    that another fault took away is passed over."""
    sums = SheetFormulas(edition, layout)
    silent = edition.lost | {s.name for s in edition.sheets if _unmeasured(edition, s)}
    for rule in rules:
        if _names(rule).isdisjoint(silent):
            yield from _of_rule(rule, sums)
    for table in layout.tables.values():
        if silent.isdisjoint(_joined(edition, table.sheet)):
            yield from _of_columns(table, sums)


def _unmeasured(edition: Edition, sheet: Sheet) -> bool:
    """Whether a unit of the sheet would be chosen where a fault took the choice away."""
    units = [sheet.unit, *(field.unit for field in sheet.every_field)]
    return any(path(chooser(unit) or unit)[0] in edition.lost for unit in units)


def _joined(edition: Edition, table: Table) -> set[str]:
    """A table, the tables within its records, and that in whose records it stands."""
    return {table.name, table.parent, *(inner.name for inner in edition.within(table.name))}


def _names(rule: Rule) -> set[str]:
    table = {rule.loop.table} if rule.loop else set()
    return mentioned(rule.tree) | table


def _of_rule(rule: Rule, sums: SheetFormulas) -> Iterator[Finding]:
    try:
        for row in _rows(rule, sums.layout):
            sides(rule, sums, row)
    except Refused as refused:
        file, key = _home(rule, sums)
        yield fault("not-live", file, key, str(refused))


def _rows(rule: Rule, layout: Layout) -> Sequence[int]:
    """The rows of the sheet for which a rule is translated: each of a block, of records the first
    and their total."""
    if rule.loop is None:
        return (0,)
    plan = layout.sheets[rule.loop.table]
    if isinstance(plan, FormLayout):
        return list(plan.lines(rule.loop.part))
    totals = [plan.total_row] if plan.total_row else []
    return [*totals, plan.guard + 1]


def _home(rule: Rule, sums: SheetFormulas) -> tuple[str, str]:
    """File and key of a rule: a total's is the file of its sheet."""
    if any(rule.check is check for check in sums.edition.checks):
        return CHECKS, rule.check.id
    used = _names(rule)
    file = next(s.file for s in sums.edition.sheets if s.name in used)
    return file, rule.check.id


def _of_columns(table: TableLayout, sums: SheetFormulas) -> Iterator[Finding]:
    for planned in table.columns:
        column = planned.column
        if not column.derived or _uses_lost(column.computed, sums.edition):
            continue
        try:
            computed.formula(sums, table, planned, table.guard + 1)
        except Refused as refused:
            key = f"{column.label}.{'computed' if column.computed else 'gathers'}"
            yield fault("not-live", table.sheet.file, key, str(refused))


def _uses_lost(formula: str, edition: Edition) -> bool:
    """Whether a formula uses a lost name; also one that cannot be read, which is told already."""
    try:
        tree: nodes.Expr | None = parse(formula) if formula else None
    except Refused:
        return True
    return tree is not None and not mentioned(tree).isdisjoint(edition.lost)
