"""Checks as Excel formulas: the second life of every rule.

The meaning is that of `checks`: text in a cell, then a missing cell, then the comparison with the
room that rounding leaves. Decimals are rounded before they are compared, so floats do no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.rules import Rule, parts
from reportgen.language import words
from reportgen.language.syntax import Refused
from reportgen.workbook.live.emptiness import text, unfilled
from reportgen.workbook.live.formula import added, alike, reads_of
from reportgen.workbook.live.operands import Operand
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.live.translate import SIGNS, Translation, chosen_units

ROUNDED = ("eq", "lteq", "gteq")  # the comparisons that rounding may explain
LIMIT = 8000  # Excel takes 8,192 characters


@dataclass(frozen=True, slots=True)
class Sides:
    """A rule as four formulas without `=`: left, right and room for rounding, in one unit; and the
    state that goes before comparing."""

    left: str
    right: str
    slack: str
    state: str


def sides(rule: Rule, sums: SheetFormulas, row: int = 0) -> Sides:
    """A rule over the cells of a workbook; `row` is the record's, for a rule that holds for each.
    Raises Refused for what cannot live in a sheet."""
    condition, comparison = parts(rule.tree)
    env = Translation(sums, rule, row)
    env = replace(env, units=chosen_units(env, condition))
    operand = comparison.ops[0]
    left, right = alike(env.value(comparison.expr), env.value(operand.expr))
    terms = added(left, right, -1)
    if terms is None:
        raise Refused(messages.NOT_LINEAR)
    sums.one_unit([o for _, o in terms], _called(comparison))
    slack = sums.slack(list(terms)) if operand.op in ROUNDED else "0"
    state = _state(sums, reads_of([left, right]), '""')
    if condition is not None:
        state = _guarded(replace(env, units={}), condition, state, f'"{words.MET}"')
    for formula in (left.text, right.text, slack, state):
        _bounded(formula)
    return Sides(left.text, right.text, slack, state)


def _called(comparison: nodes.Compare) -> set[str]:
    """The functions and units that a comparison calls."""
    calls = comparison.find_all(nodes.Call)
    return {call.node.name for call in calls if isinstance(call.node, nodes.Name)}


def _guarded(env: Translation, node: nodes.Node, holds: str, otherwise: str) -> str:
    """What can be said under a condition, read from left to right: what decides no longer matters
    is not asked for."""
    match node:
        case nodes.And(left=left, right=right):
            return _guarded(env, left, _guarded(env, right, holds, otherwise), otherwise)
        case nodes.Or(left=left, right=right):
            return _guarded(env, left, holds, _guarded(env, right, holds, otherwise))
        case nodes.Not(node=inner):
            return _guarded(env, inner, otherwise, holds)
    condition = env.condition(node)
    decided = f"IF({condition.text},{holds},{otherwise})"
    if condition.reads:
        decided = _state(env.sums, condition.reads, decided)
    _bounded(decided)  # here, for each step may double it
    return decided


def _bounded(formula: str) -> None:
    """Refuses what Excel would not take."""
    if len(formula) > LIMIT:
        raise Refused(messages.FORMULA_TOO_LONG.format(length=len(formula), limit=LIMIT))


def _state(sums: SheetFormulas, reads: Sequence[Operand], otherwise: str) -> str:
    """What can be said before comparing: text where a number should be, or a cell that nobody
    filled."""
    filled = f'IF({unfilled(sums, reads)},"{words.UNFILLED}",{otherwise})'
    return f'IF({text(sums, reads)},"{words.TEXT_NUMBER}",{filled})'


def conclusion(rule: Rule, of: Sides) -> str:
    """The verdict of a rule, given its four parts as formulas or as references to their cells."""
    op = parts(rule.tree)[1].ops[0].op
    good, bad = (words.BALANCED, words.OFF) if op == "eq" else (words.MET, words.NOT_MET)
    gap = f"ROUND(({of.left})-({of.right}),6)"
    otherwise = f'"{bad}"'
    if op in ROUNDED:
        explained = f"ABS({gap})<=({of.slack})+1E-9"
        word = f'IF({explained},"{words.ROUNDING} ","{bad} ")'
        otherwise = f"{word}&FIXED(ABS({gap}),2,TRUE)"
    verdict = f'IF({gap}{SIGNS[op]},"{good}",{otherwise})'
    return f'IF({of.state}<>"",{of.state},IFERROR({verdict},"{words.NOT_COMPUTABLE}"))'
