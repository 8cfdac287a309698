"""What a name in a rule means in the sheet: a cell, or the cells of a column."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes
from openpyxl.utils import quote_sheetname

from reportgen import messages
from reportgen.checks.rules import Rule
from reportgen.edition import totals
from reportgen.language import words
from reportgen.language.expressions import Refused
from reportgen.workbook.layout import FormLayout, TableLayout
from reportgen.workbook.live.emptiness import lacks
from reportgen.workbook.live.operands import Cell, Operand, Span, quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas


def dotted(node: nodes.Node) -> str:
    """表.项.上年 of a name with members, "" for anything else."""
    path: list[str] = []
    while isinstance(node, nodes.Getattr):
        path.insert(0, node.attr)
        node = node.node
    return ".".join([node.name, *path]) if isinstance(node, nodes.Name) else ""


def refused(what: str) -> Refused:
    """That something cannot live in a sheet."""
    return Refused(messages.NOT_LIVE.format(what=what))


@dataclass(frozen=True)
class Names:
    """The names of one rule; those of the loop variable mean cells of the record's `row`."""

    sums: SheetFormulas
    rule: Rule
    row: int

    def resolve(self, node: nodes.Node) -> Operand | None:
        """The cell or span that a dotted name means; None for what is no name."""
        first, _, rest = dotted(node).partition(".")
        if not first:
            return None
        layout = self.sums.layout
        if self.rule.loop and first == self.rule.loop[0]:
            table, _, block = self.rule.loop[1].partition(".")
            plan = layout.sheets[table]
            if isinstance(plan, TableLayout):
                return self._of_record(plan, rest)
            return self._line_cell(plan, block, rest)
        if dotted(node) in layout.slots:
            return self.sums.cell(layout.slots[dotted(node)])
        at = layout.tables.get(first)
        if at is not None:
            return self.sums.span(at, rest)
        raise refused(dotted(node))

    def _of_record(self, plan: TableLayout, name: str) -> Operand:
        """A cell of the record at hand, of the record that it belongs to, or a column of the rows
        within it."""
        first, _, rest = name.partition(".")
        other = self.sums.layout.tables.get(first)
        if plan.sheet.parent == first and other is not None:
            return self.sums.outer_cell(other, rest, self.sums.key_cell(plan, self.row))
        if other is not None and other.sheet.parent == plan.sheet.name:
            return self.sums.span(other, rest, key=self.sums.key_cell(plan, self.row))
        return self._row_cell(plan, name)

    def _row_cell(self, plan: TableLayout, name: str) -> Operand:
        slot = plan.slots.get(f"{plan.sheet.name}.{words.TOTALS}.{name}")
        if slot is not None and self.row == plan.total_row:
            return self.sums.cell(slot)
        return self.sums.record_cell(plan, name, self.row)

    def _line_cell(self, plan: FormLayout, block: str, name: str) -> Cell:
        row, (column, _, prior) = plan.lines(block)[self.row], name.partition(".")
        found = next(b for b in plan.sheet.blocks if b.name == block)
        field = next((c for c in found.values if c.name == column), None)
        slot = (
            plan.slots.get(totals.name(plan.sheet, found, row, field, prior == words.PRIOR))
            if field
            else None
        )
        if slot is None or prior not in ("", words.PRIOR):
            raise refused(f"{plan.sheet.name}.{row.name}.{name}")
        return self.sums.cell(slot)

    def cell(self, node: nodes.Expr) -> Cell:
        """The cell that a name means; refuses what is none."""
        cell = self.resolve(node)
        if not isinstance(cell, Cell):
            raise refused(dotted(node))
        return cell

    def below(self, column: nodes.Expr, code: nodes.Expr) -> Span:
        """The detail rows of a column under a code."""
        span = self.resolve(column)
        assert isinstance(span, Span)
        plan, name = self.sums.layout.tables[span.sheet], dotted(column).partition(".")[2]
        return self.sums.span(plan, name, under=self._code(code))

    def _code(self, node: nodes.Expr) -> str:
        """The code that rows stand under: a text, the code of a fixed row, or that in a record's
        cell."""
        if isinstance(node, nodes.Const):
            return quoted(str(node.value))
        variable, source = self.rule.loop or ("", "")
        table, _, block = source.partition(".")
        form = self.sums.layout.forms.get(table)
        if form is not None and dotted(node) == f"{variable}.{words.CODE}":
            return quoted(form.lines(block)[self.row].code)
        code = self.resolve(node)
        assert isinstance(code, Cell)
        return f"{quote_sheetname(code.sheet)}!${code.address}"

    def lacks(self, table: nodes.Expr) -> str:
        """What the rows within the record lack, as a formula: 项目资金未填, or ""."""
        name = dotted(table).partition(".")[2]
        key = self.sums.key_cell(self.table(), self.row)
        return lacks(self.sums, self.sums.layout.tables[name], key)

    def table(self) -> TableLayout:
        """The table over whose records the rule runs."""
        assert self.rule.loop is not None
        return self.sums.layout.tables[self.rule.loop[1].partition(".")[0]]
