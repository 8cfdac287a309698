"""What the program makes of other cells of a record, as the formulas of its grey cells: live
scores and sums."""

from __future__ import annotations

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.implied import ROW
from reportgen.checks.rules import Rule
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Check
from reportgen.language import words
from reportgen.language.expressions import parse
from reportgen.workbook.layout import PlannedColumn, TableLayout
from reportgen.workbook.live.operands import Span
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.live.translate import Translation, dotted


def formula(sums: SheetFormulas, plan: TableLayout, planned: PlannedColumn, row: int) -> str:
    """The formula of a made cell, without `=`: "" while the record is not begun, or lacks what it
    is made of."""
    key, column = sums.key_cell(plan, row), planned.column
    if column.gathers:
        cell = sums.record_cell(plan, planned.name, row)
        assert isinstance(cell, Span)
        return f'IF({_any(f"ISBLANK({key})", sums.unfilled([cell]))},"",{cell.sum})'
    tree = parse(column.computed)
    env = Translation(
        sums, Rule(Check(id=column.name), tree, (ROW, plan.sheet.name), lambda _scope: None), row
    )
    value = _value(env, tree)
    if column.kind is FieldKind.PERCENT:
        value = f"100*({value})"
    return f'IF({_unknown(env, tree, key)},"",IFERROR({value},""))'


def _unknown(env: Translation, tree: nodes.Expr, key: str) -> str:
    """Whether the value cannot be told: an indicator tells itself what it lacks."""
    indicator = (
        isinstance(tree, nodes.Call)
        and isinstance(tree.node, nodes.Name)
        and tree.node.name == words.INDICATOR_SCORE
    )
    condition = env.atoms(tree.test) if isinstance(tree, nodes.CondExpr) else []
    lacks = "FALSE" if indicator else env.sums.unfilled(condition + env.atoms(tree))
    return _any(f"ISBLANK({key})", lacks)


def _any(blank: str, lacks: str) -> str:
    return blank if lacks == "FALSE" else f"OR({blank},{lacks})"


def _value(env: Translation, node: nodes.Expr) -> str:
    match node:
        case nodes.Const(value=str() as text):
            return f'"{text}"'
        case nodes.CondExpr(test=test, expr1=then, expr2=other) if other is not None:
            return f"IF({env.condition(test)},{_value(env, then)},{_value(env, other)})"
        case nodes.Call(node=nodes.Name(name=words.LACKING), args=args):
            return _lacking(env, args)
    return env.value(node)


def _lacking(env: Translation, args: list[nodes.Expr]) -> str:
    """The tables that lack something, one after the other: none of their names has a blank in it."""
    told = '&" "&'.join(_lacks(env, dotted(arg).partition(".")[2]) for arg in args)
    return f'SUBSTITUTE(TRIM({told})," ","{messages.LACKING_JOIN}")'


def _lacks(env: Translation, table: str) -> str:
    plan = env.sums.layout.tables[table]
    cells = {
        c.name: env.resolve(nodes.Getattr(_row(table), c.name, "load"))
        for c in plan.sheet.fields
        if c.required or c.computed
    }
    spans = {name: cell for name, cell in cells.items() if isinstance(cell, Span)}
    tests = {True: '({0}="")', False: "ISBLANK({0})"}
    blank = [f"SUMPRODUCT({s.picks}--{tests[s.derived].format(s.range)})" for s in spans.values()]
    rows = f"SUMPRODUCT({next(iter(spans.values())).picks.rstrip(',')})"
    incomplete = messages.TABLE_INCOMPLETE.format(table=table)
    return f'IF({rows}=0,"{messages.TABLE_UNFILLED.format(table=table)}",IF({"+".join(blank)}>0,"{incomplete}",""))'


def _row(table: str) -> nodes.Expr:
    return nodes.Getattr(nodes.Name(ROW, "load"), table, "load")
