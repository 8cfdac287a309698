"""Two values compared: a change, a share, a completion; and a comparison that a check can tell the
story of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from reportgen.language.numbers import ZERO, Missing, Num
from reportgen.language.slack import slack
from reportgen.language.units import Unit


class Direction(Enum):
    """How a number stands to the one it is compared with, decided on the printed amounts."""

    RISE = "rise"
    FALL = "fall"
    UNCHANGED = "unchanged"
    ZERO_BASE = "zero_base"
    SIGN_CHANGE = "sign_change"


class Change:
    """One number against another. Word, amount and rate come from the same pair, so they cannot
    disagree.

    With `unit` both are taken at printed precision, so that the reader can recompute what is
    printed; with None (an edition whose differences are exact) they are taken as they are.
    """

    __slots__ = ("base", "current", "gap", "unit")

    def __init__(self, current: Num, base: Num, unit: Unit | None) -> None:
        self.current = current.rounded(unit) if unit else current
        self.base = base.rounded(unit) if unit else base
        self.gap = self.current.compare(self.base)
        self.unit = unit

    @property
    def kind(self) -> Direction:
        """Rise, fall, unchanged as printed, across zero (a rate would mislead), or from zero."""
        if self.gap == 0:
            return Direction.UNCHANGED
        if self.base.value < 0 or self.current.value < 0:
            return Direction.SIGN_CHANGE
        if self.base.value == 0:
            return Direction.ZERO_BASE
        return Direction.RISE if self.rises else Direction.FALL

    @property
    def rises(self) -> bool:
        """Whether the current number is the larger one."""
        return self.gap > 0

    @property
    def amount(self) -> Num:
        """The difference without its sign, in the unit of the two."""
        return abs(self.current - self.base)

    @property
    def rate(self) -> Num:
        """The difference as a share of the base; refuses a zero base."""
        return self.amount / abs(self.base)


class Share:
    """A part of a whole (占比), or with the budget as the whole a completion (完成率), at printed
    precision."""

    __slots__ = ("part", "unit", "whole")

    def __init__(self, part: Num, whole: Num, unit: Unit | None) -> None:
        self.part = part.rounded(unit) if unit else part
        self.whole = whole.rounded(unit) if unit else whole
        self.unit = unit

    @property
    def undefined(self) -> bool:
        """Whether the whole is zero as printed, so that there is no rate."""
        return self.whole.value == 0

    @property
    def rate(self) -> Num:
        """part ÷ whole; refuses a zero whole."""
        return self.part / self.whole


class Completion(Share):
    """Spent against budget (domain rule: the budget meant, initial or adjusted, must be named in
    the sentence)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with both sides kept, so that a check can tell its story. As a condition it is
    exact."""

    left: Any
    op: str
    right: Any

    def __bool__(self) -> bool:
        if isinstance(self.left, Missing | bool) or isinstance(self.right, Missing | bool):
            bool(self.left), bool(self.right)
        return HOLDS[self.op](
            self.gap if isinstance(self.left, Num) else _text_gap(self.left, self.right)
        )

    @property
    def missing(self) -> Missing | None:
        """The side that nobody filled, if one is."""
        return next((side for side in (self.left, self.right) if isinstance(side, Missing)), None)

    @property
    def gap(self) -> Decimal:
        """Left minus right, in the base unit; numbers only."""
        return self.left.compare(self.right)  # type: ignore[no-any-return]

    @property
    def slack(self) -> Decimal:
        """What rounding of the cells on both sides can explain of the gap."""
        unit_free = self.right if self.left.op == "literal" else self.left
        return slack(Num(ZERO, unit_free.unit, "-", (self.left, self.right)))

    @property
    def rounding(self) -> bool:
        """Whether it does not hold, but would if the cells had not been rounded. Never for != or
        text."""
        return (
            isinstance(self.left, Num)
            and isinstance(self.right, Num)
            and self.op in ("eq", "lteq", "gteq")
            and not self
            and abs(self.gap) <= self.slack
        )


def _text_gap(left: Any, right: Any) -> int:
    return 0 if str(left) == str(right) else 1


HOLDS: dict[str, Callable[[Any], bool]] = {
    "eq": lambda gap: gap == 0,
    "ne": lambda gap: gap != 0,
    "lt": lambda gap: gap < 0,
    "lteq": lambda gap: gap <= 0,
    "gt": lambda gap: gap > 0,
    "gteq": lambda gap: gap >= 0,
}
