"""What each construct of the language does: closures from a scope to a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from reportgen import messages
from reportgen.language.comparisons import Compared
from reportgen.language.members import member, number_of, pick, shown
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError
from reportgen.language.syntax import Refused

Scope = Mapping[str, Any]
Evaluate = Callable[[Scope], Any]
EVERY_BRANCH = "*"  # a scope that holds it, which no name can be, has every branch taken
# what a function says to arguments it was not made for
_MISUSE = (TypeError, AttributeError, ValueError, ArithmeticError)


class Scoped(ABC):
    """A function that sees the scope of its call: it goes into every branch where a trial does."""

    @abstractmethod
    def takes(self, count: int) -> None:
        """Raises Refused where it is not made for so many arguments."""

    @abstractmethod
    def __call__(self, scope: Scope, *values: Any) -> Any:
        """What it makes of its arguments."""


def getter(inner: Evaluate, attr: str, members: Mapping[str, Callable[[Num], Any]]) -> Evaluate:
    """`x.attr`: of a record its cell, of a number one of `members`. Raises Refused, when it runs,
    for what the value does not have."""

    def run(scope: Scope) -> Any:
        value = inner(scope)
        try:
            return value.members[attr]  # a record: nearly every member there is
        except (AttributeError, KeyError):
            pass
        if isinstance(value, Num):
            return pick(members, attr, messages.KIND_MEMBER)(value)
        return member(value, attr)

    return run


def entry(inner: Evaluate, key: str, members: Mapping[str, Callable[[Num], Any]]) -> Evaluate:
    """`x['k']`: of a table the record of that key, of anything else the member."""
    as_member = getter(inner, key, members)

    def run(scope: Scope) -> Any:
        value = inner(scope)
        look = getattr(value.__class__, "entry", None)
        return as_member(scope) if look is None else look(value, key)

    return run


def shortcut(node: nodes.Getattr, slow: Evaluate) -> Evaluate:
    """`行.金额` and `行.收入.金额`, nearly every name in a table: straight through two records,
    else the long way."""
    match node:
        case nodes.Getattr(node=nodes.Name(name=name), attr=attr):

            def one(scope: Scope) -> Any:
                try:
                    return scope[name].members[attr]
                except (AttributeError, KeyError):
                    return slow(scope)

            return one
        case nodes.Getattr(node=nodes.Getattr(node=nodes.Name(name=name), attr=first), attr=second):

            def two(scope: Scope) -> Any:
                try:
                    return scope[name].members[first].members[second]
                except (AttributeError, KeyError):
                    return slow(scope)

            return two
    return slow


def negation(inner: Evaluate) -> Evaluate:
    """`-x`; what is missing stays missing."""

    def run(scope: Scope) -> Any:
        value = inner(scope)
        return value if isinstance(value, Missing) else -number_of(value)

    return run


def arithmetic(op: str, left: Evaluate, right: Evaluate) -> Evaluate:
    """`a + b`, by the name of the node. Raises NumberError, when it runs, for units that do not fit
    and for numbers too large."""
    apply: Callable[[Num, Num], Num] = {
        "Add": Num.__add__,
        "Sub": Num.__sub__,
        "Mul": Num.__mul__,
        "Div": Num.__truediv__,
    }[op]

    def run(scope: Scope) -> Any:
        a, b = left(scope), right(scope)
        for side in (a, b):
            if isinstance(side, Missing):
                return side
        try:
            return apply(number_of(a), number_of(b))
        except ArithmeticError as error:  # squares of squares
            raise NumberError(messages.NUMBER_TOO_LARGE) from error

    return run


def comparison(op: str, left: Evaluate, right: Evaluate) -> Evaluate:
    """`a <= b`, by the name of the operator: a Compared, which is asked later. Raises Refused or
    NumberError, when it runs, for two sides that cannot be compared."""

    def run(scope: Scope) -> Compared:
        a, b = (
            bool(side) if isinstance(side, Compared) else side
            for side in (left(scope), right(scope))
        )
        if isinstance(a, Num) and isinstance(b, Num):
            a.compare(b)  # units that do not fit are a fault here, not when somebody looks
        elif (
            isinstance(a, Num) != isinstance(b, Num)
            and not isinstance(a, Missing)
            and not isinstance(b, Missing)
        ):
            raise Refused(messages.NUMBER_AGAINST_TEXT.format(a=shown(a), b=shown(b)))
        elif op not in ("eq", "ne") and not isinstance(a, Num | Missing):
            raise Refused(messages.TEXT_HAS_NO_ORDER.format(a=shown(a), b=shown(b)))
        return Compared(a, op, b)

    return run


def logic(conjunction: bool, left: Evaluate, right: Evaluate) -> Evaluate:
    """`a and b`, or `a or b`: the second side where the first does not decide."""

    def run(scope: Scope) -> bool:
        first = bool(left(scope))
        decided = first is not conjunction
        if decided and EVERY_BRANCH not in scope:
            return first
        return bool(right(scope))

    return run


def choice(test: Evaluate, then: Evaluate, other: Evaluate) -> Evaluate:
    """`then if test else other`."""

    def run(scope: Scope) -> Any:
        chosen = then if test(scope) else other
        if EVERY_BRANCH not in scope:
            return chosen(scope)
        other(scope)
        return then(scope)

    return run


def call_within(function: Scoped, args: list[Evaluate]) -> Evaluate:
    """`f(a, b)` of a function that sees the scope. Raises Refused where it is not made for so many
    arguments."""
    function.takes(len(args))
    return lambda scope: function(scope, *(arg(scope) for arg in args))


def call(function: Callable[..., Any], name: str, args: list[Evaluate]) -> Evaluate:
    """`f(a, b)`, `a|f` and `a is f`. Arguments that the function was not made for are Refused when
    it runs, or MissingValue where one of them is missing."""

    def fault(values: Sequence[Any]) -> Exception:
        missing = next((v for v in values if isinstance(v, Missing)), None)
        if missing is not None:
            return MissingValue(missing)
        return Refused(
            messages.BAD_ARGUMENTS.format(name=name, values="、".join(map(shown, values)))
        )

    def run(scope: Scope) -> Any:
        values = [arg(scope) for arg in args]
        try:
            return function(*values)
        except _MISUSE as error:
            raise fault(values) from error

    def run_with_one(scope: Scope) -> Any:  # nearly every format: worth its own closure
        value = args[0](scope)
        try:
            return function(value)
        except _MISUSE as error:
            raise fault([value]) from error

    return run_with_one if len(args) == 1 else run
