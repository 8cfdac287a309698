"""The rules that the totals of received tables imply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.models import Check, Edition
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.language import words

ROW = "行"  # the loop variable of the rules that totals imply


def _path(dotted: str) -> nodes.Expr:
    first, *rest = dotted.split(".")
    node: nodes.Expr = nodes.Name(first, "load")
    for part in rest:
        node = nodes.Getattr(node, part, "load")
    return node


def _sum(parts: totals.Parts) -> nodes.Expr:
    args: list[nodes.Expr] = [_path(p) if sign > 0 else nodes.Neg(_path(p)) for sign, p in parts]
    return nodes.Call(nodes.Name(words.SUM, "load"), args, [], None, None)


def _equal(left: str, right: nodes.Expr) -> nodes.Expr:
    return nodes.Compare(_path(left), [nodes.Operand("eq", right)])


def implied(edition: Edition) -> Iterator[tuple[Check, nodes.Expr]]:
    """The rules of every total of the received tables. Other totals are always computed and need
    none.

    Sums down plain columns come first, then sums across rows, then sums down the columns of those:
    so the cell that is wrong is the first to be told, and what only follows from it is not told
    again.
    """
    for sheet in edition.sheets:
        if not sheet.received:
            continue
        found = _rules_of(sheet)
        yield from ((check, tree) for _, check, tree in sorted(found, key=lambda rule: rule[0]))


def _rules_of(sheet: Sheet) -> Iterator[tuple[int, Check, nodes.Expr]]:
    if isinstance(sheet, Table):
        yield from _by_records(sheet)
    elif isinstance(sheet, Form):
        yield from _by_rows(sheet)


def _implied(name: str, loop: str = "") -> Check:
    return Check(id=name, loop=loop, remedy=messages.REMEDY_TOTAL)


def _by_rows(sheet: Form) -> Iterator[tuple[int, Check, nodes.Expr]]:
    rules = totals.of_form(sheet)
    for name in sorted(
        rules, key=lambda name: _depth(rules, name)
    ):  # a subtotal before the total that it is part of
        sums = rules[name]
        for i, each in enumerate(sums):
            whole = any(totals.across(name, other) for other in sums)
            order = 1 if totals.across(name, each) else 2 * whole
            yield order, _implied(name + "′" * i), _equal(name, _sum(each))


def _depth(rules: Mapping[str, list[totals.Parts]], name: str) -> int:
    """How many sums stand one over the other in a total."""
    return 1 + max((_depth(rules, part) for _, part in rules[name][0] if part in rules), default=0)


def _by_records(sheet: Table) -> Iterator[tuple[int, Check, nodes.Expr]]:
    each_row = f"{ROW} in {sheet.name}.{words.TYPED}" if sheet.tree else f"{ROW} in {sheet.name}"
    across = totals.of_records(sheet)
    for column in totals.summed(sheet):
        order = 2 * (column.name in across)
        for suffix in ("", f".{words.PRIOR}") if column.prior else ("",):
            name = column.name + suffix
            whole = f"{sheet.name}.{words.TOTALS}.{name}"
            if sheet.total:
                yield order, _implied(whole), _equal(whole, _sum([(1, f"{sheet.name}.{name}")]))
            if sheet.tree:
                yield (
                    order,
                    _implied(f"{sheet.name}.{words.LEVELS}.{name}", each_row),
                    _subtotal(sheet, name),
                )
    for name, parts in across.items():
        sum_of_row = _sum([(sign, f"{ROW}.{part}") for sign, part in parts])
        yield 1, _implied(f"{sheet.name}.{name}", each_row), _equal(f"{ROW}.{name}", sum_of_row)


def _subtotal(sheet: Table, column: str) -> nodes.Expr:
    below = nodes.Call(
        nodes.Name(words.BELOW, "load"),
        [_path(f"{sheet.name}.{column}"), _path(f"{ROW}.{sheet.key.name}")],
        [],
        None,
        None,
    )
    not_total = nodes.Compare(_path(f"{ROW}.{words.LEVEL}"), [nodes.Operand("gt", nodes.Const(0))])
    return nodes.CondExpr(not_total, _equal(f"{ROW}.{column}", below), nodes.Const(True))
