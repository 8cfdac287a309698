"""The rules that the totals of received tables imply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.models import Check, Edition
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.language import words
from reportgen.language.names import Name, Path


def _named(path: Path) -> nodes.Expr:
    """The syntax tree of a name."""
    first, *rest = path
    node: nodes.Expr = nodes.Name(first, "load")
    for part in rest:
        node = nodes.Getattr(node, part, "load")
    return node


def _sum(parts: Iterable[tuple[int, Path]]) -> nodes.Expr:
    args = [_signed(sign, _named(path)) for sign, path in parts]
    return nodes.Call(nodes.Name(words.SUM, "load"), args, [], None, None)


def _signed(sign: int, node: nodes.Expr) -> nodes.Expr:
    return node if sign > 0 else nodes.Neg(node)


def _equal(left: Path, right: nodes.Expr) -> nodes.Expr:
    return nodes.Compare(_named(left), [nodes.Operand("eq", right)])


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
    depths = _depths({name: sums[0] for name, sums in rules.items()})
    for name in sorted(rules, key=depths.__getitem__):
        sums = rules[name]
        both = any(totals.across(name, parts) for parts in sums)
        for i, parts in enumerate(sums):
            down = 2 if both else 0
            turn = 1 if totals.across(name, parts) else down
            sum_of_parts = _sum((sign, part.path) for sign, part in parts)
            yield turn, _implied(f"{name}{'′' * i}"), _equal(name.path, sum_of_parts)


def _depths(sums: Mapping[Name, totals.Parts[Name]]) -> dict[Name, int]:
    """How many sums stand one over the other in each total: a subtotal is told before the total
    that it is part of."""
    depths: dict[Name, int] = {}
    for total in totals.in_order(sums):
        below = (depths[part] for _, part in sums[total] if part in sums)
        depths[total] = 1 + max(below, default=0)
    return depths


def _by_records(sheet: Table) -> Iterator[tuple[int, Check, nodes.Expr]]:
    each = f"{words.RECORD} in {Name(sheet.name, words.TYPED if sheet.tree else '')}"
    across = totals.of_records(sheet)
    for column in totals.summed(sheet):
        turn = 2 if column.name in across else 0
        for prior in (False, True) if column.prior else (False,):
            of_column = Name(sheet.name, column=column.name, prior=prior)
            if sheet.total:
                total = of_column._replace(row=words.TOTALS)
                yield turn, _implied(str(total)), _equal(total.path, _sum([(1, of_column.path)]))
            if sheet.tree:
                levels = of_column._replace(row=words.LEVELS)
                yield turn, _implied(str(levels), each), _subtotal(sheet, of_column)
    for total_name, parts in across.items():
        sum_of_row = _sum((sign, (words.RECORD, part)) for sign, part in parts)
        name = Name(sheet.name, column=total_name)
        yield 1, _implied(str(name), each), _equal((words.RECORD, total_name), sum_of_row)


def _subtotal(sheet: Table, column: Name) -> nodes.Expr:
    """A typed subtotal is the sum of the detail rows under its code; the total row is none."""
    args = [_named(column.path), _named((words.RECORD, sheet.key.name))]
    below = nodes.Call(nodes.Name(words.BELOW, "load"), args, [], None, None)
    of_row = column._replace(table=words.RECORD)
    not_total = nodes.Compare(
        _named((words.RECORD, words.LEVEL)), [nodes.Operand("gt", nodes.Const(0))]
    )
    return nodes.CondExpr(not_total, _equal(of_row.path, below), nodes.Const(True))
