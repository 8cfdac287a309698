"""A rule in words, for the list of checks: names and signs as a person would write them."""

from __future__ import annotations

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.rules import Rule, parts
from reportgen.language import words
from reportgen.language.names import Path, written
from reportgen.workbook.live.names import path

_OPERATORS = {"eq": " ＝ ", "ne": " ≠ ", "lt": " ＜ ", "lteq": " ≤ ", "gt": " ＞ ", "gteq": " ≥ "}
_ARITHMETIC = {"Add": " ＋ ", "Sub": " － ", "Mul": " × ", "Div": " ÷ "}


def worded(rule: Rule) -> str:
    """收支总表.收入总计 ＝ 收支总表.支出总计; a long sum is told by its first and last part."""
    condition, comparison = parts(rule.tree)
    operand, row = comparison.ops[0], rule.loop.variable if rule.loop else ""
    text = _text(comparison.expr, row) + _OPERATORS[operand.op] + _text(operand.expr, row)
    if condition is not None and not _about_levels(condition):
        text = messages.RULE_IF.format(condition=_text(condition, row), rule=text)
    if rule.loop:
        text = messages.RULE_EACH.format(table=rule.loop.table, rule=text)
    return text


def _about_levels(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Compare)
        and isinstance(node.expr, nodes.Getattr)
        and node.expr.attr == words.LEVEL
    )


def _text(node: nodes.Node, row: str) -> str:
    match node:
        case nodes.Name() | nodes.Getattr():
            return _name(path(node), row)
        case nodes.Const(value=value):
            return str(value)
        case nodes.Neg(node=inner):
            return f"－{_text(inner, row)}"
        case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
            return _text(left, row) + _OPERATORS[op] + _text(right, row)
        case nodes.And(left=left, right=right):
            return messages.RULE_AND.format(a=_text(left, row), b=_text(right, row))
        case nodes.Or(left=left, right=right):
            return messages.RULE_OR.format(a=_text(left, row), b=_text(right, row))
        case nodes.Not(node=inner):
            return messages.RULE_NOT.format(a=_text(inner, row))
        case nodes.Test(node=inner, name=words.FILLED):
            return messages.RULE_FILLED.format(a=_text(inner, row))
        case nodes.BinExpr(left=left, right=right):
            return _text(left, row) + _ARITHMETIC[type(node).__name__] + _text(right, row)
        case nodes.Call(node=nodes.Name(name=words.SUM), args=args):
            return _sum(args, row)
        case nodes.Call(node=nodes.Name(name=words.BELOW), args=args):
            return messages.RULE_BELOW.format(column=_text(args[0], row))
        case nodes.Call(node=nodes.Name(name=name), args=args):
            return f"{name}({'，'.join(_text(a, row) for a in args)})"
    return ""


def _name(path: Path, row: str) -> str:
    """A name as the edition writes it; of a member of the row at hand the member alone."""
    return written(path[1:] if path[:1] == (row,) and path[1:] else path)


def _sum(args: list[nodes.Expr], row: str) -> str:
    if len(args) == 1:
        return messages.RULE_SUM.format(column=_text(args[0], row))
    if len(args) > 6:
        return messages.SUM_OF_CELLS.format(
            first=_text(args[0], row), last=_text(args[-1], row), count=len(args)
        )
    return " ＋ ".join(_text(a, row) for a in args).replace("＋ －", "－ ")
