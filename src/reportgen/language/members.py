"""What expressions reach of a value: its members, and what tests and messages say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.names import Name, nearest
from reportgen.language.numbers import Missing, Num
from reportgen.language.syntax import Refused


def pick(names: Mapping[str, Any], name: str, kind: str) -> Any:
    """`names[name]`, or a refusal that says what kind of name is unknown and which known one is
    nearest."""
    if name not in names:
        raise Refused(messages.UNKNOWN_NAME.format(kind=kind, name=name, hint=nearest(name, names)))
    return names[name]


def member(value: Any, name: str) -> Any:
    """`value.name`. Only values that define `member` have members; nothing of Python can be
    reached."""
    look = getattr(value.__class__, "member", None)
    if look is not None:
        return look(value, name)
    if isinstance(value, Missing):
        return value
    if isinstance(value, Num) and name in MEMBERS:
        return MEMBERS[name](value)
    raise Refused(messages.NO_MEMBER.format(value=shown(value), name=name, hint=""))


def prior(num: Num) -> Num | Missing:
    """Last year's number of one that has a column for it."""
    if num.prior is None:
        raise Refused(messages.NO_PRIOR.format(name=num.label()))
    return num.prior


def budget(num: Num) -> Num | Missing:
    """The number that this one is measured against, where the edition names one."""
    if num.budget is None:
        raise Refused(messages.NO_BUDGET.format(name=num.label()))
    return num.budget


def shown(value: Any) -> str:
    """A value as a message may show it."""
    if isinstance(value, Num):
        return value.label()
    return str(getattr(value, "name", None) or value)


def called(value: Any) -> Name:
    """The name of a value; of one that has none what a message shows of it."""
    name = getattr(value, "name", None)
    return name if isinstance(name, Name) else Name(shown(value))


def number_of(value: Any) -> Num:
    """The value as a number; refuses what is none."""
    if not isinstance(value, Num):
        raise Refused(messages.NOT_A_NUMBER.format(value=shown(value)))
    return value


def filled(value: Any) -> bool:
    """Whether anything was filled in."""
    return not isinstance(value, Missing) and str_of(value) != ""


def str_of(value: Any) -> str:
    """The text of a text, "0" and the like for numbers: for tests of emptiness only."""
    return str(value.value) if isinstance(value, Num) else str(value)


TESTS: dict[str, Callable[..., Any]] = {words.FILLED: filled}
MEMBERS: dict[str, Callable[[Num], Any]] = {words.PRIOR: prior, words.BUDGET: budget}
