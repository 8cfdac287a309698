"""Whether everything that the blank workbook computes can live in a sheet, without writing one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen import messages
from reportgen.checks.rules import Rule
from reportgen.edition.models import Edition
from reportgen.language.expressions import Refused
from reportgen.workbook.layout import FormLayout, Layout, TableLayout
from reportgen.workbook.live import computed
from reportgen.workbook.live.formulas import sides
from reportgen.workbook.live.sheet_formulas import SheetFormulas


def refused(edition: Edition, layout: Layout, rules: Sequence[Rule]) -> Iterator[str]:
    """What no sheet can compute: checks by id, computed columns by file and label."""
    sums = SheetFormulas(edition, layout)
    for rule in rules:
        try:
            sides(rule, sums, _row(rule, layout))
        except Refused as fault:
            yield f"checks.toml：{fault}"
    for plan in layout.tables.values():
        yield from _columns(sums, plan)


def _columns(sums: SheetFormulas, plan: TableLayout) -> Iterator[str]:
    for planned in plan.columns:
        if not planned.column.derived:
            continue
        try:
            computed.formula(sums, plan, planned, plan.guard + 1)
        except Refused as fault:
            label = planned.column.label
            yield messages.COMPUTED_FAULT.format(file=plan.sheet.file, column=label, fault=fault)


def _row(rule: Rule, layout: Layout) -> int:
    """A row that a rule runs over, 0 for one over fixed cells."""
    if rule.loop is None:
        return 0
    plan = layout.sheets[rule.loop.table]
    if isinstance(plan, FormLayout):
        return next(iter(plan.lines(rule.loop.part)), 0)
    return plan.guard + 1
