"""A number's chain down to cells, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language.numbers import Missing, Num, formula
from reportgen.wording.formats import Phrase, Printed, digits, printable


def chain(value: Any, edition: Edition) -> Iterator[str]:
    """One line for the value and one, indented, for each thing it is made of; phrases number by
    number."""
    if isinstance(value, Num):
        for depth, num in walk(value):
            yield "  " * depth + _line(num, edition)
    elif isinstance(value, Missing):
        yield f"{value.name}  {value.place or ''}  {messages.EXPLAIN_BLANK}".rstrip()
    elif isinstance(value, Printed):
        yield str(value)
        yield from chain(value.num, edition)
    elif isinstance(value, Phrase):
        yield str(value)
        for piece in value:
            if isinstance(piece, Printed):
                yield from ("  " + line for line in chain(piece, edition))
    else:
        yield str(printable(value, edition, by_convention=True))


def _line(num: Num, edition: Edition) -> str:
    shown = _shown(num, edition)
    if num.op == "literal":
        return shown
    if num.place is not None and not num.args:
        return f"{num.name or num.place} = {shown}  {num.place}"
    name = f"{num.name} = " if num.name else ""
    note = f"  {num.place}{messages.EXPLAIN_TOTAL}" if num.place else ""
    return f"{name}{formula(num)} = {shown}{note}"


def _shown(num: Num, edition: Edition) -> str:
    """The number in its own unit, rates by the edition's convention, with all its decimals where
    these are few."""
    unit = num.unit if num.unit.dimension else edition.printed("") or num.unit
    if num.op == "literal" or not unit.name:
        return f"{num.value.normalize():f}"
    return digits(num, unit, trim=False) + unit.suffix


def walk(num: Num) -> Iterator[tuple[int, Num]]:
    """The number and everything it is made of, with depth, operands after their result; each cell
    once a branch; no rounding that changes nothing, and what is rounded once."""
    stack = [(0, num)]
    while stack:
        depth, node = stack.pop()
        if node.op == "round" and not node.name and node.value == node.args[0].value:
            node = node.args[0]
        yield depth, node
        if node.op == "round" and node.args[0].args and not node.args[0].name:
            node = node.args[0]
        stack.extend((depth + 1, arg) for arg in reversed(node.args))
