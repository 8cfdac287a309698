"""A rule in words, for the list of checks: names and signs as a person would write them."""

from __future__ import annotations

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.rules import Rule, parts
from reportgen.language import words

_OPERATORS = {"eq": " ＝ ", "ne": " ≠ ", "lt": " ＜ ", "lteq": " ≤ ", "gt": " ＞ ", "gteq": " ≥ "}
_ARITHMETIC = {"Add": " ＋ ", "Sub": " － ", "Mul": " × ", "Div": " ÷ "}


def worded(rule: Rule) -> str:
    """收支总表.收入总计 ＝ 收支总表.支出总计; a long sum is told by its first and last part."""
    condition, comparison = parts(rule.tree)
    operand = comparison.ops[0]
    text = _text(comparison.expr) + _OPERATORS[operand.op] + _text(operand.expr)
    if condition is not None and not _about_levels(condition):
        text = messages.RULE_IF.format(condition=_text(condition), rule=text)
    if rule.loop:
        of_row = text.replace(f"{rule.loop.variable}.", "")
        text = messages.RULE_EACH.format(table=rule.loop.table, rule=of_row)
    return text


def _about_levels(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Compare)
        and isinstance(node.expr, nodes.Getattr)
        and node.expr.attr == words.LEVEL
    )


def _text(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attr):
            return f"{_text(inner)}.{attr}"
        case nodes.Const(value=value):
            return str(value)
        case nodes.Neg(node=inner):
            return f"－{_text(inner)}"
        case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
            return _text(left) + _OPERATORS[op] + _text(right)
        case nodes.And(left=left, right=right):
            return messages.RULE_AND.format(a=_text(left), b=_text(right))
        case nodes.Or(left=left, right=right):
            return messages.RULE_OR.format(a=_text(left), b=_text(right))
        case nodes.Not(node=inner):
            return messages.RULE_NOT.format(a=_text(inner))
        case nodes.BinExpr(left=left, right=right):
            return _text(left) + _ARITHMETIC[type(node).__name__] + _text(right)
        case nodes.Call(node=nodes.Name(name=words.SUM), args=args):
            return _sum(args)
        case nodes.Call(node=nodes.Name(name=words.BELOW), args=args):
            return messages.RULE_BELOW.format(column=_text(args[0]))
        case nodes.Call(node=nodes.Name(name=name), args=args):
            return f"{name}({'，'.join(_text(a) for a in args)})"
    return ""


def _sum(args: list[nodes.Expr]) -> str:
    if len(args) == 1:
        return messages.RULE_SUM.format(column=_text(args[0]))
    if len(args) > 6:
        return messages.SUM_OF_CELLS.format(
            first=_text(args[0]), last=_text(args[-1]), count=len(args)
        )
    return " ＋ ".join(_text(a) for a in args).replace("＋ －", "－ ")
