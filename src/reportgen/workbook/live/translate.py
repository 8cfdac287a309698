"""One rule as Excel formulas: its syntax tree walked once over the cells of the layout.

What is not listed here or in `functions` cannot live in a sheet and is refused when the workbook
is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import nodes

from reportgen.language import words
from reportgen.language.units import Unit
from reportgen.workbook.live.formula import (
    Formula,
    added,
    alike,
    converted,
    reads_of,
    scaled,
    times,
    together,
)
from reportgen.workbook.live.functions import LIVE, operand_formula
from reportgen.workbook.live.measures import PLAIN, Measure, of_unit
from reportgen.workbook.live.names import Names, dotted, refused
from reportgen.workbook.live.operands import Cell, Operand, quoted

SIGNS = {"eq": "=0", "ne": "<>0", "lt": "<0", "lteq": "<=0", "gt": ">0", "gteq": ">=0"}


@dataclass(frozen=True)
class Translation(Names):
    """One rule being translated. `units` are those that the condition says a record has chosen (by
    the reference of the cell that chooses); `column` is true for a computed column."""

    units: Mapping[str, Measure] = field(default_factory=dict)
    column: bool = False

    def measure(self, operand: Operand) -> Measure:
        """What an operand counts in: that which the condition says where each record chooses."""
        measure = self.sums.measure(operand)
        if measure.choice is None:
            return measure
        return self.units.get(measure.choice.cell.ref, measure)

    def value(self, node: nodes.Node) -> Formula:
        """A number as a formula. Raises Refused for what cannot live in a sheet."""
        match node:
            case nodes.Const(value=bool() | str()):
                raise refused(str(node.value))
            case nodes.Const(value=value):
                return Formula(f"{value}", constant=Decimal(repr(value)))
            case nodes.Name() | nodes.Getattr():
                operand = self.resolve(node)
                assert operand is not None
                return operand_formula(self, operand)
            case nodes.Neg(node=inner):
                of = self.value(inner)
                return Formula(f"-({of.text})", of.measure, of.reads, scaled(of.terms, -1))
            case nodes.Add() | nodes.Sub():
                return self._sum(node, 1 if isinstance(node, nodes.Add) else -1)
            case nodes.Mul():
                return self._product(node)
            case nodes.Div():
                return self._quotient(node)
            case nodes.Call(node=nodes.Name(name=name), args=args):
                return self._call(name, args)
            case nodes.CondExpr(test=test, expr1=then, expr2=other) if other is not None:
                return self._choice(self.condition(test), self.value(then), self.value(other))
        raise refused(type(node).__name__)

    def _sum(self, node: nodes.BinExpr, sign: int) -> Formula:
        left, right = together([self.value(node.left), self.value(node.right)])
        text = f"({left.text}){'+' if sign > 0 else '-'}({right.text})"
        measure = right.measure if left.constant == 0 else left.measure
        return Formula(text, measure, reads_of([left, right]), added(left, right, sign))

    def _product(self, node: nodes.Mul) -> Formula:
        """In the measure of the factor that has a dimension; the other one counts as a ratio."""
        left, right = self.value(node.left), self.value(node.right)
        measure, ratio = left.measure, right.measure
        if not measure.dimension:
            measure, ratio = ratio, measure
        terms = None
        if isinstance(node.left, nodes.Const):
            terms = scaled(right.terms, float(node.left.value))
        elif isinstance(node.right, nodes.Const):
            terms = scaled(left.terms, float(node.right.value))
        text = f"({left.text})*({right.text})"
        product = Formula(text, measure, reads_of([left, right]), terms)
        return product if ratio.dimension else times(product, ratio.factor, measure)

    def _quotient(self, node: nodes.Div) -> Formula:
        left, right = self.value(node.left), self.value(node.right)
        terms = None
        if isinstance(node.right, nodes.Const):
            terms = scaled(left.terms, 1 / float(node.right.value))
        ratio = not right.measure.dimension
        declared = self.sums.edition.quotient(left.measure.dimension, right.measure.dimension)
        if declared is not None:
            return self._declared(declared, left, right)
        if not ratio:
            right = converted(right, left.measure)
        text = f"({left.text})/({right.text})"
        made = Formula(text, left.measure if ratio else PLAIN, reads_of([left, right]), terms)
        return times(made, 1 / right.measure.factor, left.measure) if ratio else made

    def _declared(self, unit: Unit, left: Formula, right: Formula) -> Formula:
        """A quotient of unlike units, in the unit that the edition declares for it."""
        if left.measure.choice or right.measure.choice:
            raise refused(unit.name)
        made = Formula(f"({left.text})/({right.text})", PLAIN, reads_of([left, right]), None)
        size = left.measure.factor / right.measure.factor
        return times(made, size / unit.factor, of_unit(unit))

    def _choice(self, test: Formula, then: Formula, other: Formula) -> Formula:
        then, other = together([then, other])
        text = f"IF({test.text},{then.text},{other.text})"
        return Formula(text, then.measure, reads_of([test, then, other]), None)

    def _call(self, name: str, args: list[nodes.Expr]) -> Formula:
        unit = self.sums.edition.measures.get(name)
        if unit is not None and args and isinstance(args[0], nodes.Const):
            constant = Decimal(repr(args[0].value))
            return Formula(f"{args[0].value}", of_unit(unit), constant=constant)
        function = LIVE.get(name)
        if function is None or not (function.in_checks or self.column):
            raise refused(name)
        try:
            return function.formula(self, args)
        except (IndexError, ValueError) as error:  # arguments that it was not made for
            raise refused(name) from error

    def argument(self, node: nodes.Expr) -> Formula:
        """What a verb of scoring gets: the reference of a cell, a number, a text."""
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return Formula(node.value)
        operand = self.resolve(node)
        if isinstance(operand, Cell):
            return Formula(operand.ref, self.measure(operand), (operand,))
        return self.value(node)

    def condition(self, node: nodes.Node) -> Formula:
        """A condition as a formula: comparisons of numbers, of a text with another or a literal,
        whether a cell is filled, joined by and, or, not."""
        match node:
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
                return self._comparison(left, op, right)
            case nodes.And(left=left, right=right):
                return self._joined("AND", left, right)
            case nodes.Or(left=left, right=right):
                return self._joined("OR", left, right)
            case nodes.Not(node=inner):
                of = self.condition(inner)
                return Formula(f"NOT({of.text})", reads=of.reads)
            case nodes.Test(node=inner, name=words.FILLED, args=[]):
                return self._filled(inner)
        raise refused(type(node).__name__)

    def _filled(self, node: nodes.Expr) -> Formula:
        """Whether somebody typed into a cell: refused of what the program makes, and of numbers
        that are 0 where nobody did."""
        cell = self.cell(node)
        field = self.sums.field(cell)
        if cell.derived or cell.parts or field is None:
            raise refused(f"{dotted(node)} is {words.FILLED}")
        if not field.numeric:
            return Formula(f"{LIVE[words.LENGTH].formula(self, [node]).text}>0")
        if cell.blank_is_zero:
            raise refused(f"{dotted(node)} is {words.FILLED}")
        return Formula(f"ISNUMBER({cell.ref})")

    def _joined(self, word: str, *nodes_: nodes.Node) -> Formula:
        parts = [self.condition(node) for node in nodes_]
        return Formula(f"{word}({','.join(p.text for p in parts)})", reads=reads_of(parts))

    def _comparison(self, left: nodes.Expr, op: str, right: nodes.Expr) -> Formula:
        if isinstance(right, nodes.Const) and isinstance(right.value, str):
            return self._same_text(op, [self.cell(left)], quoted(right.value))
        if isinstance(left, nodes.Getattr) and left.attr == words.LEVEL:
            return self._level(op, right)
        if op in ("eq", "ne") and self._worded(left, right):
            cells = [self.cell(left), self.cell(right)]
            return self._same_text(op, cells, cells[1].ref)
        a, b = alike(self.value(left), self.value(right))
        return Formula(f"ROUND(({a.text})-({b.text}),6){SIGNS[op]}", reads=reads_of([a, b]))

    def _same_text(self, op: str, cells: list[Cell], other: str) -> Formula:
        denied = "" if op == "eq" else "NOT"
        return Formula(f"{denied}(EXACT({cells[0].ref},{other}))", reads=tuple(cells))

    def _level(self, op: str, other: nodes.Expr) -> Formula:
        """`行.层级 > 0`: every row but that of the total."""
        if op != "gt" or not (isinstance(other, nodes.Const) and other.value == 0):
            raise refused(words.LEVEL)
        return Formula(f"{self.row}<>{self.table().total_row or 0}")

    def _worded(self, *sides: nodes.Expr) -> bool:
        """Whether all of them are cells with texts."""
        operands = [self.resolve(side) for side in sides]
        fields = [self.sums.field(operand) for operand in operands if operand is not None]
        return len(fields) == len(sides) and not any(f is None or f.numeric for f in fields)


def chosen_units(translation: Translation, condition: nodes.Node | None) -> dict[str, Measure]:
    """The units that a condition says a record has chosen: 行.单位 == '百分比', or == the cell of a
    form that chooses one. By the reference of the record's own cell."""
    if isinstance(condition, nodes.And):
        left = chosen_units(translation, condition.left)
        return left | chosen_units(translation, condition.right)
    if not isinstance(condition, nodes.Compare) or condition.ops[0].op != "eq":
        return {}
    own, said = translation.resolve(condition.expr), condition.ops[0].expr
    if not isinstance(own, Cell):
        return {}
    if isinstance(said, nodes.Const):
        unit = translation.sums.edition.measures.get(str(said.value))
        return {own.ref: of_unit(unit)} if unit else {}
    chooser = dotted(said)
    return {own.ref: translation.sums.chosen(chooser)} if translation.sums.chooses(chooser) else {}
