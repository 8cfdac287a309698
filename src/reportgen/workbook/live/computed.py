"""What the program makes of other cells of a record, as the formulas of its grey cells: live
scores and sums."""

from __future__ import annotations

from jinja2 import nodes

from reportgen.checks.rules import Loop, Rule
from reportgen.edition.models import Check
from reportgen.language import words
from reportgen.language.syntax import parse
from reportgen.workbook.layout import PlannedColumn, TableLayout
from reportgen.workbook.live.emptiness import unfilled
from reportgen.workbook.live.formula import Formula, converted, reads_of
from reportgen.workbook.live.operands import Span, quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.live.translate import Translation


def formula(sums: SheetFormulas, plan: TableLayout, planned: PlannedColumn, row: int) -> str:
    """The formula of a derived cell, without `=`: "" while the record is not begun, or lacks what
    it is made of. Raises Refused for what cannot live in a sheet."""
    key, column = sums.key_cell(plan, row), planned.column
    cell = sums.record_cell(plan, planned.name, row)
    if column.gathers:
        assert isinstance(cell, Span)
        return f'IF({_any(f"ISBLANK({key})", unfilled(sums, [cell]))},"",{cell.sum})'
    tree = parse(column.computed)
    rule = Rule(
        Check(id=column.name), tree, Loop(words.RECORD, plan.sheet.name), lambda _scope: None
    )
    value = _value(Translation(sums, rule, row, column=True), tree)
    number = converted(value, sums.measure(cell)).text if column.numeric else value.text
    # an indicator tells itself what it lacks
    lacks = "FALSE" if _is_indicator(tree) else unfilled(sums, value.reads)
    return f'IF({_any(f"ISBLANK({key})", lacks)},"",IFERROR({number},""))'


def _is_indicator(tree: nodes.Expr) -> bool:
    function = tree.node if isinstance(tree, nodes.Call) else None
    return isinstance(function, nodes.Name) and function.name == words.INDICATOR_SCORE


def _any(blank: str, lacks: str) -> str:
    return blank if lacks == "FALSE" else f"OR({blank},{lacks})"


def _value(env: Translation, node: nodes.Expr) -> Formula:
    """A value of a column, which may be a text as well as a number."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return Formula(quoted(node.value))
    texts = (nodes.Const, nodes.CondExpr)
    if isinstance(node, nodes.CondExpr) and isinstance(node.expr1, texts) and node.expr2:
        test, then, other = (
            env.condition(node.test),
            _value(env, node.expr1),
            _value(env, node.expr2),
        )
        text = f"IF({test.text},{then.text},{other.text})"
        return Formula(text, then.measure, reads_of([test, then, other]))
    return env.value(node)
