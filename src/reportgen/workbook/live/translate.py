"""One rule as Excel formulas: its syntax tree walked over the cells of the layout.

What is not listed here cannot live in a sheet and is refused when the workbook is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.rules import Rule
from reportgen.edition import totals
from reportgen.language import words
from reportgen.language.expressions import Refused
from reportgen.scoring import formulas as scores
from reportgen.workbook.layout import FormLayout, TableLayout
from reportgen.workbook.live.operands import Cell, Operand, Signed, Span, compact, quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas

_NO_INPUT = (
    words.COUNT,
    words.LENGTH,
    words.MENTIONS,
    words.FULL,
    words.FILLED_COUNT,
    words.LACKING,
)  # read blank cells as well as any
_EXACT = (
    words.FILLED_COUNT,
    words.ROUND,
    words.COUNT,
    words.LENGTH,
    words.DAYS,
    words.MENTIONS,
    words.YEAR_OF,
    *scores.VERBS,
)
SIGNS = {"eq": "=0", "ne": "<>0", "lt": "<0", "lteq": "<=0", "gt": ">0", "gteq": ">=0"}


def dotted(node: nodes.Node) -> str:
    """表.项.上年 of a name with members, "" for anything else."""
    path: list[str] = []
    while isinstance(node, nodes.Getattr):
        path.insert(0, node.attr)
        node = node.node
    return ".".join([node.name, *path]) if isinstance(node, nodes.Name) else ""


@dataclass(frozen=True)
class Translation:
    """One rule being translated: names resolve to cells, those of the loop variable to the
    record's row."""

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
        raise Refused(messages.NOT_LIVE.format(what=dotted(node)))

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
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{row.name}.{name}"))
        return self.sums.cell(slot)

    def value(self, node: nodes.Node) -> str:
        """A number as a formula."""
        match node:
            case nodes.Const(value=bool() | str()):
                raise Refused(messages.NOT_LIVE.format(what=str(node.value)))
            case nodes.Const(value=value):
                return f"{value}"
            case nodes.Name() | nodes.Getattr():
                atom = self.resolve(node)
                assert atom is not None
                return self.sums.value(atom)
            case nodes.Neg(node=inner):
                return f"-({self.value(inner)})"
            case nodes.Add() | nodes.Sub():
                sign = "+" if isinstance(node, nodes.Add) else "-"
                return f"({self.value(node.left)}){sign}({self.value(node.right)})"
            case nodes.Mul() | nodes.Div():
                sign = "*" if isinstance(node, nodes.Mul) else "/"
                return f"({self.value(node.left)}){sign}({self.value(node.right)})"
            case nodes.Call(node=nodes.Name(name=name), args=args):
                return self._call(name, args)
            case nodes.CondExpr(test=test, expr1=then, expr2=other) if other is not None:
                return f"IF({self.condition(test)},{self.value(then)},{self.value(other)})"
        raise Refused(messages.NOT_LIVE.format(what=type(node).__name__))

    def _call(self, name: str, args: list[nodes.Expr]) -> str:
        if name == words.BELOW:
            return self._below(args).sum
        if name == words.COUNT and all(isinstance(a, nodes.Const) for a in args[1:]):
            return self._count(*args)
        if name == words.LENGTH:
            return self._length(args)
        if name == words.MENTIONS:
            return self._mentions(args)
        if name == words.SUM_IF:
            return self._sum_if(args).sum
        if name == words.FILLED_COUNT:
            return f"COUNTA({','.join(self._cell(a).ref for a in args)})"
        if name in self.sums.edition.units and isinstance(args[0], nodes.Const):
            return f"{args[0].value}"
        if name == words.YEAR_OF:
            return f"YEAR({self.value(args[0])})"
        if name in scores.VERBS and self.sums.edition.scoring is not None:
            return scores.VERBS[name](self.sums.edition.scoring, [self.argument(a) for a in args])
        if name == words.DAYS:
            return f"INT({self.value(args[1])})-INT({self.value(args[0])})"
        if name == words.ROUND:
            return f"ROUND(ROUND({self.value(args[0])},9),{self.value(args[1])})"
        if name == words.SUM:
            return self.sums.joined(self._summed(args))
        if name in (words.MIN, words.MAX, words.ABS):
            return f"{name.upper()}({','.join(self.value(a) for a in args)})"
        raise Refused(messages.NOT_LIVE.format(what=name))

    def _summed(self, args: list[nodes.Expr]) -> list[Signed]:
        """The signed names in sum(…); anything else in it cannot live in a sheet."""
        parts: list[Signed] = []
        for arg in args:
            sign, inner = (-1, arg.node) if isinstance(arg, nodes.Neg) else (1, arg)
            atom = self.resolve(inner)
            if atom is None:
                raise Refused(messages.NOT_LIVE.format(what=type(inner).__name__))
            parts.append((sign, atom))
        return compact(parts)

    def _count(self, column: nodes.Expr, *wanted: nodes.Expr) -> str:
        span = self.resolve(column)
        assert isinstance(span, Span)
        texts = [w.value for w in wanted if isinstance(w, nodes.Const)]
        cells = replace(span, last=span.last - 1)  # the last row says where to insert
        hit = f'EXACT({cells.range},"{texts[0]}")' if texts else f"NOT(ISBLANK({cells.range}))"
        return f"SUMPRODUCT({cells.picks}--{hit})"

    def _cell(self, node: nodes.Expr) -> Cell:
        cell = self.resolve(node)
        if not isinstance(cell, Cell):
            raise Refused(messages.NOT_LIVE.format(what=dotted(node)))
        return cell

    def _worded(self, *sides: nodes.Expr) -> bool:
        """Whether all of them are cells with texts."""
        fields = [self.sums.field(atom) for side in sides if (atom := self.resolve(side))]
        return len(fields) == len(sides) and not any(
            field is None or field.numeric for field in fields
        )

    def argument(self, node: nodes.Expr) -> str:
        """What a verb of scoring gets: the reference of a cell, a number, a text."""
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return node.value
        atom = self.resolve(node)
        return atom.ref if isinstance(atom, Cell) else self.value(node)

    def _mentions(self, args: list[nodes.Expr]) -> str:
        cell = self._cell(args[0])
        if not all(isinstance(a, nodes.Const) for a in args[1:]):
            raise Refused(messages.NOT_LIVE.format(what=words.MENTIONS))
        return "+".join(
            f'ISNUMBER(FIND("{a.value}",{cell.ref}))'
            for a in args[1:]
            if isinstance(a, nodes.Const)
        )

    def _sum_if(self, args: list[nodes.Expr]) -> Span:
        numbers, texts = self.resolve(args[0]), self.resolve(args[1])
        if not (
            isinstance(numbers, Span)
            and isinstance(texts, Span)
            and isinstance(args[2], nodes.Const)
        ):
            raise Refused(messages.NOT_LIVE.format(what=words.SUM_IF))
        return replace(numbers, where=(texts.column, str(args[2].value)))

    def _length(self, args: list[nodes.Expr]) -> str:
        text = self._cell(args[0]).ref
        for blank in ('" "', '"　"', '"\u00a0"', "CHAR(9)", "CHAR(10)"):
            text = f'SUBSTITUTE({text},{blank},"")'
        return f"LEN({text})"

    def _below(self, args: list[nodes.Expr]) -> Span:
        span = self.resolve(args[0])
        assert isinstance(span, Span)
        plan, column = self.sums.layout.tables[span.sheet], dotted(args[0]).partition(".")[2]
        return self.sums.span(plan, column, under=self._code(args[1]))

    def _code(self, node: nodes.Expr) -> str:
        """The code that rows stand under: a text, the code of a fixed row, or that in a record's
        cell."""
        if isinstance(node, nodes.Const):
            return f'"{node.value}"'
        variable, source = self.rule.loop or ("", "")
        table, _, block = source.partition(".")
        form = self.sums.layout.forms.get(table)
        if form is not None and dotted(node) == f"{variable}.{words.CODE}":
            return f'"{form.lines(block)[self.row].code}"'
        code = self.resolve(node)
        assert isinstance(code, Cell)
        return f"{quoted(code.sheet)}!${code.address}"

    def condition(self, node: nodes.Node) -> str:
        """A condition as a formula: comparisons of numbers, of a text with another or a literal,
        joined by and, or, not."""
        match node:
            case nodes.Compare(
                expr=left, ops=[nodes.Operand(op=op, expr=nodes.Const(value=str() as text))]
            ):
                atom = self.resolve(left)
                assert isinstance(atom, Cell)
                return f'{"" if op == "eq" else "NOT"}(EXACT({atom.ref},"{text}"))'
            case nodes.Compare(
                expr=nodes.Getattr(attr=words.LEVEL),
                ops=[nodes.Operand(op="gt", expr=nodes.Const(value=0))],
            ):
                return f"{self.row}<>{self._total_row()}"
            case nodes.Compare(
                expr=left, ops=[nodes.Operand(op=("eq" | "ne") as op, expr=right)]
            ) if self._worded(left, right):
                return f"{'' if op == 'eq' else 'NOT'}(EXACT({self._cell(left).ref},{self._cell(right).ref}))"
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
                return f"ROUND(({self.value(left)})-({self.value(right)}),6){SIGNS[op]}"
            case nodes.And(left=left, right=right):
                return f"AND({self.condition(left)},{self.condition(right)})"
            case nodes.Or(left=left, right=right):
                return f"OR({self.condition(left)},{self.condition(right)})"
            case nodes.Not(node=inner):
                return f"NOT({self.condition(inner)})"
        raise Refused(messages.NOT_LIVE.format(what=type(node).__name__))

    def _total_row(self) -> int:
        assert self.rule.loop is not None
        return self.sums.layout.tables[self.rule.loop[1].split(".")[0]].total_row or 0

    def atoms(self, node: nodes.Node) -> list[Operand]:
        """The cells and spans that a formula reads."""
        match node:
            case nodes.Name() | nodes.Getattr():
                atom = self.resolve(node)
                return [atom] if atom else []
            case nodes.Call(node=nodes.Name(name=words.BELOW), args=args):
                return [self._below(args)]
            case nodes.Call(node=nodes.Name(name=name)) if (
                name in _NO_INPUT or name in self.sums.edition.units
            ):
                return []
            case nodes.Call(node=nodes.Name(name=words.SUM_IF), args=args):
                return [self._sum_if(args)]
            case nodes.Call(node=nodes.Name(name=words.SUM), args=args):
                return [atom for _, atom in self._summed(args)]
            case nodes.Call(args=args):
                return [atom for arg in args for atom in self.atoms(arg)]
            case nodes.CondExpr(expr1=then, expr2=other) if other is not None:
                return self.atoms(then) + self.atoms(other)
            case nodes.BinExpr(left=left, right=right):
                return self.atoms(left) + self.atoms(right)
            case nodes.Neg(node=inner) | nodes.Not(node=inner):
                return self.atoms(inner)
            case nodes.Compare(expr=nodes.Getattr(attr=words.LEVEL)):
                return []
            case nodes.Compare(expr=left, ops=[nodes.Operand(expr=right)]):
                return self.atoms(left) + self.atoms(right)
        return []

    def linear(self, comparison: nodes.Compare) -> list[tuple[float, Operand]]:
        """Left minus right as coefficients of cells and spans; what is not linear must stand under
        round()."""
        return self._terms(comparison.expr, 1.0) + self._terms(comparison.ops[0].expr, -1.0)

    def _terms(self, node: nodes.Node, k: float) -> list[tuple[float, Operand]]:
        match node:
            case nodes.Name() | nodes.Getattr():
                atom = self.resolve(node)
                return [(k, atom)] if atom else []
            case nodes.Neg(node=inner):
                return self._terms(inner, -k)
            case nodes.Add(left=left, right=right):
                return self._terms(left, k) + self._terms(right, k)
            case nodes.Sub(left=left, right=right):
                return self._terms(left, k) + self._terms(right, -k)
            case (
                nodes.Mul(left=nodes.Const(value=factor), right=inner)
                | nodes.Mul(left=inner, right=nodes.Const(value=factor))
            ):
                return self._terms(inner, k * float(factor))
            case nodes.Div(left=inner, right=nodes.Const(value=factor)):
                return self._terms(inner, k / float(factor))
            case nodes.Call(node=nodes.Name(name=words.BELOW), args=args):
                return [(k, self._below(args))]
            case nodes.Call(node=nodes.Name(name=words.SUM), args=args):
                return [(k * sign, atom) for sign, atom in self._summed(args)]
            case nodes.Call(node=nodes.Name(name=words.SUM_IF), args=args):
                return [(k, self._sum_if(args))]
            case nodes.Const():
                return []
            case nodes.Call(node=nodes.Name(name=name)) if (
                name in _EXACT or name in self.sums.edition.units
            ):
                return []
        raise Refused(messages.NOT_LINEAR)
