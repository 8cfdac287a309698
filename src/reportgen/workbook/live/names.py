"""What a name in a rule means in the sheet: a cell, or the cells of a column."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes
from openpyxl.utils import quote_sheetname

from reportgen import messages
from reportgen.checks.rules import Rule
from reportgen.edition import totals
from reportgen.language import words
from reportgen.language.names import Path, written
from reportgen.language.syntax import Refused
from reportgen.workbook.layout import FormLayout, TableLayout
from reportgen.workbook.live.emptiness import lacks
from reportgen.workbook.live.operands import Cell, Operand, Span, quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas


def path(node: nodes.Node) -> Path:
    """The parts of a name with members, (表, 项, 上年); none of anything else."""
    members: list[str] = []
    while isinstance(node, nodes.Getattr):
        members.insert(0, node.attr)
        node = node.node
    return (node.name, *members) if isinstance(node, nodes.Name) else ()


def dotted(node: nodes.Node) -> str:
    """表.项.上年 of a name with members, "" for anything else."""
    return written(path(node))


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
        parts = path(node)
        if not parts:
            return None
        first, rest = parts[0], parts[1:]
        layout, loop = self.sums.layout, self.rule.loop
        if loop and first == loop.variable:
            plan = layout.sheets[loop.table]
            if isinstance(plan, TableLayout):
                return self._of_record(plan, rest)
            return self._line_cell(plan, loop.part, rest)
        if dotted(node) in layout.slots:
            return self.sums.cell(layout.slots[dotted(node)])
        at = layout.tables.get(first)
        if at is not None:
            return self.sums.span(at, written(rest))
        raise refused(dotted(node))

    def _of_record(self, plan: TableLayout, members: Path) -> Operand:
        """A cell of the record at hand, of the record that it belongs to, or a column of the rows
        within it."""
        first, rest = written(members[:1]), written(members[1:])
        other = self.sums.layout.tables.get(first)
        if plan.sheet.parent == first and other is not None:
            return self.sums.outer_cell(other, rest, self.sums.key_cell(plan, self.row))
        if other is not None and other.sheet.parent == plan.sheet.name:
            return self.sums.span(other, rest, key=self.sums.key_cell(plan, self.row))
        return self._row_cell(plan, written(members))

    def _row_cell(self, plan: TableLayout, name: str) -> Operand:
        slot = next((s for s in plan.slots.values() if s.name.cell == name), None)
        if slot is not None and self.row == plan.total_row:
            return self.sums.cell(slot)
        return self.sums.record_cell(plan, name, self.row)

    def _line_cell(self, plan: FormLayout, block: str, members: Path) -> Cell:
        row = plan.lines(block)[self.row]
        found = next(b for b in plan.sheet.blocks if b.name == block)
        column, last = written(members[:1]), members[1:]
        field = next((c for c in found.values if c.name == column), None)
        slot = None
        if field and last in ((), (words.PRIOR,)):
            slot = plan.slots.get(totals.name(plan.sheet, found, row, field, bool(last)))
        if slot is None:
            raise refused(written((plan.sheet.name, row.name, *members)))
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
        plan, name = self.sums.layout.tables[span.sheet], written(path(column)[1:])
        return self.sums.span(plan, name, under=self._code(code))

    def _code(self, node: nodes.Expr) -> str:
        """The code that rows stand under: a text, the code of a fixed row, or that in a record's
        cell."""
        if isinstance(node, nodes.Const):
            return quoted(str(node.value))
        loop = self.rule.loop
        form = self.sums.layout.forms.get(loop.table) if loop else None
        if loop and form is not None and path(node) == (loop.variable, words.CODE):
            return quoted(form.lines(loop.part)[self.row].code)
        code = self.resolve(node)
        assert isinstance(code, Cell)
        return f"{quote_sheetname(code.sheet)}!${code.address}"

    def lacks(self, table: nodes.Expr) -> str:
        """What the rows within the record lack, as a formula: 项目资金未填, or ""."""
        name = written(path(table)[1:])
        key = self.sums.key_cell(self.table(), self.row)
        return lacks(self.sums, self.sums.layout.tables[name], key)

    def table(self) -> TableLayout:
        """The table over whose records the rule runs."""
        assert self.rule.loop is not None
        return self.sums.layout.tables[self.rule.loop.table]
