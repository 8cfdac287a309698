"""Numbers that know their unit and the cells they come from. Decimal only, rounded half up
(四舍五入).

A `Num` keeps its value in the base unit of its dimension (元 for money, the plain ratio for
rates), so arithmetic never converts; 万元 or % are ways to read and to print. Nothing but operator
and operands is kept: cells, formula and the room that rounding leaves (`slack`) are walked from
them when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

from reportgen import messages
from reportgen.findings import Place
from reportgen.language.names import Name
from reportgen.language.units import ANY, RATIO, Unit

ZERO = Decimal(0)
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)
_STEPS = {places: Decimal(1).scaleb(-places) for places in range(-15, 16)}


class NumberError(Exception):
    """An operation that has no meaning: units that do not fit, a division by zero. Its text names
    both operands; `about` are the values whose cells somebody may mend."""

    def __init__(self, message: str, *about: Any) -> None:
        super().__init__(message)
        self.about = about


def round_half_up(value: Decimal, places: int) -> Decimal:
    """`value` with `places` decimals, halves away from zero, whatever the decimal context says."""
    try:
        return value.quantize(_STEPS[places], context=_ROUNDING)
    except (InvalidOperation, KeyError) as error:
        raise NumberError(messages.NUMBER_TOO_LARGE) from error


class Missing:
    """A cell of a form that nobody filled. It passes through arithmetic and comparison; it can't
    be printed or tested."""

    __slots__ = ("faulty", "name", "place")

    def __init__(self, name: Name, place: Place | None, faulty: bool = False) -> None:
        self.name = name
        self.place = place
        self.faulty = faulty  # something stands there that cannot be used

    def __bool__(self) -> bool:
        raise MissingValue(self)


class MissingValue(Exception):
    """A missing value was needed. `missing` says which."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(
            messages.VALUE_MISSING.format(name=missing.name, place=missing.place or "")
        )
        self.missing = missing


class Num:
    """A number with unit and trail.

    A leaf has `place` (its cell). `half` is what rounding may hide, in the base unit: half a step
    of the last declared decimal for a typed cell, 0 for a blank one; a computed number has None
    and asks its operands. `prior` is last year's number, `budget` the one it is measured against.

    Whoever makes a number gives it its `half`: `workbook.reading` that of a cell, functions 0 to
    what they count. While the facts are assembled, `facts` hangs on it what only the whole table
    knows, and nobody after: `prior` in `facts.grids` and `facts.tables`, `budget` in
    `facts.settling`, there also the `half` of a typed total that equals its parts. A copy would
    be another number to `slack`, which adds up what one cell moves.
    """

    __slots__ = (
        "_rounded",
        "args",
        "budget",
        "half",
        "name",
        "op",
        "place",
        "prior",
        "unit",
        "value",
    )

    def __init__(
        self,
        value: Decimal,
        unit: Unit = RATIO,
        op: str = "",
        args: tuple[Num, ...] = (),
        name: Name | None = None,
        place: Place | None = None,
        half: Decimal | None = None,
    ) -> None:
        self.value = value
        self.unit = unit
        self.op = op
        self.args = args
        self.name = name
        self.place = place
        self.half = half
        self.prior: Num | Missing | None = None
        self.budget: Num | Missing | None = None
        self._rounded: tuple[Unit, Num] | None = None

    def __repr__(self) -> str:
        return f"Num({self.value} {self.unit.dimension}, {self.name or self.op or self.place})"

    def __str__(self) -> str:
        raise NumberError(messages.NUMBER_WITHOUT_FORMAT.format(name=self.label()))

    def __bool__(self) -> bool:
        return self.value != 0

    __hash__ = None  # type: ignore[assignment]  # equality is of values: see compare

    def label(self) -> str:
        """The name, or what the number is made of, for messages."""
        return str(self.name) if self.name else formula(self)

    @property
    def bare_zero(self) -> bool:
        """Whether this is a 0 written without a unit, which fits every unit."""
        return self.value == 0 and self.op == "literal" and not self.unit.dimension

    @property
    def fits_all(self) -> bool:
        """Whether this goes with numbers of every unit."""
        return self.bare_zero or self.unit.dimension == ANY

    def _fit(self, other: Num) -> None:
        if self.unit.dimension != other.unit.dimension and not (self.fits_all or other.fits_all):
            raise NumberError(messages.UNITS_DIFFER.format(a=described(self), b=described(other)))

    def _joined(self, other: Num) -> Unit:
        self._fit(other)
        return self.unit if self.unit.dimension else other.unit

    def __add__(self, other: Num) -> Num:
        return Num(self.value + other.value, self._joined(other), "+", (self, other))

    def __sub__(self, other: Num) -> Num:
        return Num(self.value - other.value, self._joined(other), "-", (self, other))

    def __neg__(self) -> Num:
        return Num(-self.value, self.unit, "neg", (self,))

    def __abs__(self) -> Num:
        return Num(abs(self.value), self.unit, "abs", (self,))

    def __mul__(self, other: Num) -> Num:
        if self.unit.dimension and other.unit.dimension:
            raise NumberError(
                messages.PRODUCT_OF_UNITS.format(a=described(self), b=described(other))
            )
        return Num(
            self.value * other.value,
            self.unit if self.unit.dimension else other.unit,
            "*",
            (self, other),
        )

    def __truediv__(self, other: Num) -> Num:
        if other.value == 0:
            message = messages.DIVISION_BY_ZERO.format(a=self.label(), b=other.label())
            raise NumberError(message, other)
        if not other.unit.dimension:
            return Num(self.value / other.value, self.unit, "/", (self, other))
        return Num(self.value / other.value, self._divided(other), "/", (self, other))

    def _divided(self, other: Num) -> Unit:
        """The unit of this by another number with a unit: none where they are of one dimension,
        else the one that the edition declares. Raises NumberError where it declares none."""
        own, by = self.unit.dimension, other.unit.dimension
        if own == by or self.bare_zero:
            return RATIO
        if ANY in (own, by):
            return Unit(ANY, ANY)
        declared = dict(self.unit.quotients).get(by)
        if declared is None and own:
            names = {"a": self.unit.name or own, "b": other.unit.name or by}
            text = messages.QUOTIENT_UNDECLARED
            raise NumberError(text.format(left=described(self), right=described(other), **names))
        if declared is None:
            raise NumberError(messages.UNITS_DIFFER.format(a=described(self), b=described(other)))
        return declared

    def compare(self, other: Num) -> Decimal:
        """This minus the other, in the base unit; refuses operands of different units."""
        self._fit(other)
        return self.value - other.value

    def to(self, unit: Unit) -> Decimal:
        """The value counted in `unit` (which must be of the same dimension), not rounded."""
        if unit is not self.unit and unit.dimension != self.unit.dimension and not self.fits_all:
            raise NumberError(messages.NOT_A_UNIT_OF.format(a=described(self), unit=unit.name))
        return self.value / unit.factor if unit.factor != 1 else self.value

    def rounded(self, unit: Unit) -> Num:
        """This number as printed in `unit`."""
        if self._rounded is not None and self._rounded[0] is unit:
            return self._rounded[1]
        if self.bare_zero:
            return self
        rounded = Num(
            round_half_up(self.to(unit), unit.places) * unit.factor, self.unit, "round", (self,)
        )
        self._rounded = (unit, rounded)
        return rounded

    def leaves(self) -> list[Num]:
        """The numbers that were read from cells, each once, in the order of the formula."""
        if not self.args:
            return [self] if self.place is not None else []
        found: list[Num] = []
        seen: set[int] = set()
        stack = [self]
        while stack:
            num = stack.pop()
            if id(num) in seen:
                continue
            seen.add(id(num))
            if num.args:
                stack.extend(reversed(num.args))
            elif num.place is not None:
                found.append(num)
        return found


def literal(value: Decimal | int) -> Num:
    """A number written in a formula: no unit; 0 fits every unit."""
    return Num(Decimal(value), RATIO, "literal", half=ZERO)


def sum_of(nums: Iterable[Num], unit: Unit = RATIO) -> Num:
    """The sum as one node, in the unit of its operands. An empty sum is 0 of `unit`."""
    args = tuple(nums)
    first = next((n for n in args if not n.bare_zero), None)
    if first is not None:
        unit = first.unit
        for num in args:
            first._fit(num)
    return Num(sum((n.value for n in args), ZERO), unit, "sum", args)


def described(num: Num) -> str:
    """`num` for a message about units: its name and its unit."""
    return f"{num.label()}（{num.unit.dimension or messages.NO_UNIT}）"


_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


def formula(num: Num) -> str:
    """What the number is made of, in names; one level deep where operands have names."""
    if not num.args and num.op != "literal":
        return str(num.name or num.place or "")
    if num.op == "literal":
        return f"{num.value.normalize():f}"
    if num.op in _SIGNS:
        return _SIGNS[num.op].join(_operand(arg, num.op) for arg in num.args)
    if num.op == "abs":
        return f"|{_operand(num.args[0], ',')}|"
    if num.op == "neg":
        return "−" + _operand(num.args[0], "*")
    if num.op == "round":
        return _operand(num.args[0], "+")
    if num.op == "sum" and len(num.args) > 3:
        return messages.SUM_IN_FORMULA.format(
            first=num.args[0].label(), last=num.args[-1].label(), count=len(num.args)
        )
    return f"{num.op}({', '.join(_operand(arg, ',') for arg in num.args)})"


def _operand(num: Num, op: str) -> str:
    text = num.label()
    inner = num.args[0] if num.op == "round" and not num.name else num
    loose = not inner.name and inner.op in ("+", "-") and op in ("-", "*", "/")
    return f"({text})" if loose else text
