"""A formula being made: its text, what it counts in, and what it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.workbook.live.measures import PLAIN, Measure, joined, plain
from reportgen.workbook.live.operands import Operand

Terms = tuple[tuple[float, Operand], ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A value or condition as an Excel formula without `=`.

    `reads` are the cells that must be filled before it can be told; `terms` its linear form, in
    which rounding is proved (coefficient → operand, none for what is exact, None for what is not
    linear); `constant` the number as which it was written, if it was.
    """

    text: str
    measure: Measure = PLAIN
    reads: tuple[Operand, ...] = ()
    terms: Terms | None = ()
    constant: Decimal | None = None


def scaled(terms: Terms | None, factor: float) -> Terms | None:
    """Linear terms times a number."""
    return None if terms is None else tuple((factor * k, operand) for k, operand in terms)


def added(a: Formula, b: Formula, sign: int = 1) -> Terms | None:
    """The linear terms of a sum or difference of two formulas in one measure."""
    return None if a.terms is None or b.terms is None else a.terms + (scaled(b.terms, sign) or ())


def reads_of(formulas: Sequence[Formula]) -> tuple[Operand, ...]:
    """All that several formulas read."""
    return tuple(operand for formula in formulas for operand in formula.reads)


def converted(value: Formula, want: Measure) -> Formula:
    """The same value counted in another measure; 0 fits all, and what cannot be told in the
    other stays as it is."""
    have = value.measure
    if have == want or value.constant == 0 or not have.fits(want):
        return value
    if have.choice or want.choice:
        return _by_choice(value, want)
    factor = have.factor / want.factor
    if factor == 1:
        return replace(value, measure=want)
    if value.constant is not None:
        constant = value.constant * factor
        return Formula(plain(constant), want, constant=constant)
    return times(value, factor, want)


def times(value: Formula, factor: Decimal, measure: Measure) -> Formula:
    """A formula times a number other than 1, in `measure`."""
    if factor == 1:
        return replace(value, measure=measure)
    text = f"{plain(factor)}*({value.text})"
    return Formula(text, measure, value.reads, scaled(value.terms, float(factor)))


def _by_choice(value: Formula, want: Measure) -> Formula:
    """The factor is known only where the workbook has chosen; numbers of records that choose for
    themselves are exact, so that it makes no difference to what rounding explains."""
    have = value.measure
    dimension = want.dimension if have.open else have.dimension
    text = f"({value.text})*{have.size(dimension)}/{want.size(dimension)}"
    choosers = tuple(m.choice.cell for m in (have, want) if m.choice)
    return replace(value, text=text, measure=want, reads=(*value.reads, *choosers), constant=None)


def alike(left: Formula, right: Formula) -> tuple[Formula, Formula]:
    """Two sides to compare in one measure: that of the left one, which the program tells them
    in, unless it is a number written in the formula or of a unit that each record chooses."""
    if left.constant is not None or left.measure.open:
        return converted(left, right.measure), right
    return left, converted(right, left.measure)


def together(formulas: Sequence[Formula]) -> list[Formula]:
    """Several values in the measure of their sum."""
    measure = PLAIN
    for formula in formulas:
        if formula.constant != 0:
            measure = joined(measure, formula.measure) if measure != PLAIN else formula.measure
    return [converted(formula, measure) for formula in formulas]
