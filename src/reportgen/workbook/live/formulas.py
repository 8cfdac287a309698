"""Checks as Excel formulas: the second life of every rule.

The meaning is that of `checks`: text in a cell, then a missing cell, then the comparison with the
room that rounding leaves. Decimals are rounded before they are compared, so floats do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.rules import Rule, parts
from reportgen.language import words
from reportgen.language.expressions import Refused
from reportgen.workbook.live.operands import Operand
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.live.translate import SIGNS, Translation

ROUNDED = ("eq", "lteq", "gteq")  # the comparisons that rounding may explain
LIMIT = 8000  # Excel takes 8,192 characters


@dataclass(frozen=True, slots=True)
class Sides:
    """A rule as four formulas without `=`: left, right, room for rounding, and the state that goes
    before comparing."""

    left: str
    right: str
    slack: str
    state: str


def sides(rule: Rule, sums: SheetFormulas, row: int = 0) -> Sides:
    """A rule over the cells of a workbook; `row` is the record's, for a rule that holds for each."""
    try:
        return _sides(rule, sums, row)
    except Refused as refused:
        raise Refused(f"{rule.check.id}：{refused}") from refused


def _sides(rule: Rule, sums: SheetFormulas, row: int) -> Sides:
    condition, comparison = parts(rule.tree)
    env = Translation(sums, rule, row)
    left, right = env.value(comparison.expr), env.value(comparison.ops[0].expr)
    atoms = env.atoms(comparison.expr) + env.atoms(comparison.ops[0].expr)
    linear = env.linear(comparison)
    sums.one_unit(
        [atom for _, atom in linear],
        {n.node.name for n in comparison.find_all(nodes.Call) if isinstance(n.node, nodes.Name)},
    )
    slack = sums.slack(linear) if comparison.ops[0].op in ROUNDED else "0"
    state = _state(sums, atoms, '""')
    if condition is not None:
        state = _guarded(sums, env, condition, state)
    for formula in (left, right, slack, state):
        if len(formula) > LIMIT:
            raise Refused(messages.FORMULA_TOO_LONG.format(length=len(formula), limit=LIMIT))
    return Sides(left, right, slack, state)


def _guarded(sums: SheetFormulas, env: Translation, node: nodes.Node, holds: str) -> str:
    """What can be said under a condition, read from left to right: what decides no longer matters
    is not asked for."""
    if isinstance(node, nodes.And):
        return _guarded(sums, env, node.left, _guarded(sums, env, node.right, holds))
    test, otherwise = node, f'"{words.MET}"'
    if isinstance(node, nodes.Or):
        test, otherwise = node.left, _guarded(sums, env, node.right, holds)
    decided = f"IF({env.condition(test)},{holds},{otherwise})"
    return _state(sums, env.atoms(test), decided) if env.atoms(test) else decided


def _state(sums: SheetFormulas, atoms: list[Operand], otherwise: str) -> str:
    """What can be said before comparing: text where a number should be, or a cell that nobody
    filled."""
    return f'IF({sums.text(atoms)},"{words.TEXT_NUMBER}",IF({sums.unfilled(atoms)},"{words.UNFILLED}",{otherwise}))'


def conclusion(rule: Rule, of: Sides) -> str:
    """The verdict of a rule, given its four parts as formulas or as references to their cells."""
    op = parts(rule.tree)[1].ops[0].op
    good, bad = (words.BALANCED, words.OFF) if op == "eq" else (words.MET, words.NOT_MET)
    gap = f"ROUND(({of.left})-({of.right}),6)"
    if op not in ROUNDED:
        return f'IF({of.state}<>"",{of.state},IFERROR(IF({gap}{SIGNS[op]},"{good}","{bad}"),"{words.NOT_COMPUTABLE}"))'
    room = (
        f'IF(ABS({gap})<=({of.slack})+1E-9,"{words.ROUNDING} ","{bad} ")&FIXED(ABS({gap}),2,TRUE)'
    )
    return f'IF({of.state}<>"",{of.state},IFERROR(IF({gap}{SIGNS[op]},"{good}",{room}),"{words.NOT_COMPUTABLE}"))'
