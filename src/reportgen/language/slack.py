"""What rounding may hide: the linear form of a number, walked down to its cells."""

from __future__ import annotations

from decimal import Decimal

from reportgen.language.numbers import ZERO, Num


def slack(num: Num) -> Decimal:
    """How far rounding of the cells alone can have moved a number (base unit): Σ |coefficient| ×
    half. What is not linear stands under round() only, and is exact there."""
    room = ZERO
    coefficients = {id(num): Decimal(1)}
    for here in _outermost_first(num):
        k = coefficients[id(here)]
        if here.half is not None:
            room += abs(k) * here.half
            continue
        for arg, factor in zip(here.args, _factors(here), strict=False):
            coefficients[id(arg)] = coefficients.get(id(arg), ZERO) + k * factor
    return room


def _outermost_first(num: Num) -> list[Num]:
    """What the linear form of a number goes through down to its cells: each once, before its
    operands, however often a name is used."""
    order: list[Num] = []
    seen: set[int] = set()
    stack = [(num, False)]
    while stack:
        here, left = stack.pop()
        if left:
            order.append(here)
        elif id(here) not in seen:
            seen.add(id(here))
            stack.append((here, True))
            stack += [(arg, False) for arg in _linear(here)]
    return order[::-1]


def _linear(num: Num) -> tuple[Num, ...]:
    """The operands that the linear form of a number goes on in."""
    if num.half is not None:
        return ()
    return num.args[: len(_factors(num))]


def _factors(num: Num) -> list[Decimal]:
    """The coefficient of each operand; none for what is not linear."""
    one = Decimal(1)
    match num.op:
        case "+" | "sum":
            return [one] * len(num.args)
        case "-":
            return [one, -one]
        case "neg":
            return [-one]
        case "abs":
            return [one if num.args[0].value >= 0 else -one]
        case "*":
            return [num.args[1].value, num.args[0].value]
        case "/":
            return [one / num.args[1].value]
        case "min" | "max":
            return [one if a.value == num.value else ZERO for a in num.args]
        case _:
            return []
