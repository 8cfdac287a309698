"""The one language of names: Jinja's expression syntax, parsed by Jinja, compiled here to
closures.

What `_compile` does not list does not exist: no attribute of Python, no index, no comprehension,
no power. Every name is looked up when an expression is compiled; members are looked up when it
runs, and an edition is run once over specimen facts, whose scope asks for every branch
(`EVERY_BRANCH`), so that its misspelt members are found when it is loaded.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from reportgen import messages
from reportgen.language import words
from reportgen.language.comparisons import HOLDS, Compared
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError, literal

MAX_LENGTH = 500
MAX_DEPTH = 40

Scope = Mapping[str, Any]
Evaluate = Callable[[Scope], Any]
_FLOAT = re.compile(r"\d[.eE]")  # in every source that holds a number with a fraction
EVERY_BRANCH = "*"  # a scope that holds it, which no name can be, has every branch taken
_SYNTAX = Environment(
    autoescape=False
)  # lends its lexer and parser; nothing is ever compiled or rendered with it


class Refused(Exception):
    """An expression that the language does not have, or a name that does not exist. The text says
    what to write; `about` are the values whose cells somebody may mend."""

    def __init__(self, message: str, *about: Any) -> None:
        super().__init__(message)
        self.about = about


@lru_cache(maxsize=1024)  # templates say the same in many places; nobody changes a tree
def parse(source: str) -> nodes.Expr:
    """The syntax tree of one expression. Refuses what is too long, too deep or more than one
    expression."""
    if len(source) > MAX_LENGTH:
        raise Refused(messages.EXPRESSION_TOO_LONG.format(length=len(source), limit=MAX_LENGTH))
    if re.search(r"[\x00-\x1f]|[}%]}", source):
        raise Refused(messages.EXPRESSION_SYNTAX.format(source=source))
    try:
        if _FLOAT.search(source):
            _exact(source)
        parser = Parser(_SYNTAX, source, state="variable")
        tree = parser.parse_expression()
        rest = not parser.stream.eos
    except (TemplateSyntaxError, RecursionError, ValueError) as error:
        raise Refused(messages.EXPRESSION_SYNTAX.format(source=source)) from error
    if rest:
        raise Refused(messages.EXPRESSION_SYNTAX.format(source=source))
    return tree


def _exact(source: str) -> None:
    """Refuses a number with more digits than the parser keeps."""
    for _, kind, text in _SYNTAX.lexer.tokeniter(source, None, state="variable"):
        if kind == "float" and Decimal(text.replace("_", "")) != Decimal(repr(float(text))):
            raise Refused(messages.LITERAL_TOO_LONG.format(text=text))


def mentioned(tree: nodes.Node) -> set[str]:
    """The names that an expression starts from, and those of the functions that it calls."""
    names = {tree.name} if isinstance(tree, nodes.Name) else set()
    return names | {node.name for node in tree.find_all(nodes.Name)}


def nearest(name: str, known: Collection[str]) -> str:
    """ "，是否指“…”？" with the known name that is most like `name`, or "" if none is."""
    close = difflib.get_close_matches(
        name, sorted(known), n=1, cutoff=0.6 if len(name) > 2 else 0.5
    )
    return messages.DID_YOU_MEAN.format(name=close[0]) if close else ""


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


def pick(names: Mapping[str, Any], name: str, kind: str) -> Any:
    """`names[name]`, or a refusal that says what kind of name is unknown and which known one is
    nearest."""
    if name not in names:
        raise Refused(messages.UNKNOWN_NAME.format(kind=kind, name=name, hint=nearest(name, names)))
    return names[name]


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


@dataclass(frozen=True, slots=True)
class Language:
    """What expressions may use beside names. `templates` forbids arithmetic, as templates do."""

    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    tests: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: TESTS)
    members: Mapping[str, Callable[[Num], Any]] = field(
        default_factory=lambda: MEMBERS
    )  # of numbers
    templates: bool = False

    def compile(self, source: str | nodes.Expr, names: Collection[str]) -> Evaluate:
        """A function from a scope to the value of the expression. `names` are the names that the
        scope will hold.

        Raises Refused for syntax, for what the language lacks and for unknown names, functions and
        filters.
        """
        tree = parse(source) if isinstance(source, str) else source
        return _compile(tree, self, names, 0)


def _compile(node: nodes.Node, lang: Language, names: Collection[str], depth: int) -> Evaluate:
    if depth > MAX_DEPTH:
        raise Refused(messages.EXPRESSION_TOO_DEEP)

    def sub(child: nodes.Node) -> Evaluate:
        return _compile(child, lang, names, depth + 1)

    match node:
        case nodes.Name(name=name):
            if name not in names:
                raise Refused(
                    messages.UNKNOWN_NAME.format(
                        kind=messages.KIND_NAME, name=name, hint=nearest(name, names)
                    )
                )
            return lambda scope: scope[name]
        case nodes.Getattr(node=inner, attr=attr):
            return _shortcut(node, _getter(sub(inner), attr, lang.members))
        case nodes.Getitem(node=inner, arg=nodes.Const(value=int() | str() as key)):
            return _entry(sub(inner), str(key), lang.members)
        case nodes.Const(value=bool() | str() as constant):
            return lambda _scope: constant
        case nodes.Const(value=int() | float() as number):
            num = literal(Decimal(repr(number)))
            return lambda _scope: num
        case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div():
            if lang.templates:
                raise Refused(messages.ARITHMETIC_IN_TEMPLATE)
            return _arithmetic(type(node).__name__, sub(node.left), sub(node.right))
        case nodes.Neg(node=inner):
            return _negation(sub(inner))
        case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]) if op in HOLDS:
            return _comparison(op, sub(left), sub(right))
        case nodes.And() | nodes.Or():
            return _logic(isinstance(node, nodes.And), sub(node.left), sub(node.right))
        case nodes.Not(node=inner):
            denied = sub(inner)
            return lambda scope: not denied(scope)
        case nodes.CondExpr(test=test, expr1=then, expr2=other) if other is not None:
            return _choice(sub(test), sub(then), sub(other))
        case nodes.Call(
            node=nodes.Name(name=name), args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            return _call(
                pick(lang.functions, name, messages.KIND_FUNCTION), name, [sub(a) for a in args]
            )
        case nodes.Filter(
            node=inner, name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
        ) if inner is not None:
            return _call(
                pick(lang.filters, name, messages.KIND_FILTER),
                name,
                [sub(a) for a in (inner, *args)],
            )
        case nodes.Test(
            node=inner, name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            return _call(
                pick(lang.tests, name, messages.KIND_TEST), name, [sub(a) for a in (inner, *args)]
            )
    raise Refused(
        messages.NOT_IN_LANGUAGE.format(
            what=messages.SYNTAX_NAMES.get(type(node).__name__, type(node).__name__)
        )
    )


def _getter(inner: Evaluate, attr: str, members: Mapping[str, Callable[[Num], Any]]) -> Evaluate:
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


def _entry(inner: Evaluate, key: str, members: Mapping[str, Callable[[Num], Any]]) -> Evaluate:
    """`x['k']`: of a table the record of that key, of anything else the member."""
    as_member = _getter(inner, key, members)

    def run(scope: Scope) -> Any:
        value = inner(scope)
        look = getattr(value.__class__, "entry", None)
        return as_member(scope) if look is None else look(value, key)

    return run


_MISUSE = (
    TypeError,
    AttributeError,
    ValueError,
    ArithmeticError,
)  # what a function says to arguments it was not made for


def _shortcut(node: nodes.Getattr, slow: Evaluate) -> Evaluate:
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


def _negation(inner: Evaluate) -> Evaluate:
    def run(scope: Scope) -> Any:
        value = inner(scope)
        return value if isinstance(value, Missing) else -number_of(value)

    return run


def _arithmetic(op: str, left: Evaluate, right: Evaluate) -> Evaluate:
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


def _comparison(op: str, left: Evaluate, right: Evaluate) -> Evaluate:
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


def _logic(conjunction: bool, left: Evaluate, right: Evaluate) -> Evaluate:
    def run(scope: Scope) -> bool:
        first = bool(left(scope))
        decided = first is not conjunction
        if decided and EVERY_BRANCH not in scope:
            return first
        return bool(right(scope))

    return run


def _choice(test: Evaluate, then: Evaluate, other: Evaluate) -> Evaluate:
    def run(scope: Scope) -> Any:
        chosen = then if test(scope) else other
        if EVERY_BRANCH not in scope:
            return chosen(scope)
        other(scope)
        return then(scope)

    return run


def _call(function: Callable[..., Any], name: str, args: list[Evaluate]) -> Evaluate:
    def fault(values: Sequence[Any]) -> Exception:
        missing = next((v for v in values if isinstance(v, Missing)), None)
        if missing is not None:
            return MissingValue(missing)
        return Refused(
            messages.BAD_ARGUMENTS.format(name=name, values="、".join(map(shown, values)))
        )

    def call(scope: Scope) -> Any:
        values = [arg(scope) for arg in args]
        try:
            return function(*values)
        except _MISUSE as error:
            raise fault(values) from error

    def call_with_one(scope: Scope) -> Any:  # nearly every format: worth its own closure
        value = args[0](scope)
        try:
            return function(value)
        except _MISUSE as error:
            raise fault([value]) from error

    return call_with_one if len(args) == 1 else call


@lru_cache(maxsize=1024)  # asked for every row of a table
def terms(source: str) -> tuple[tuple[int, str], ...]:
    """The signed names of a total's formula: `甲 + 乙 - 丙` gives (1, 甲), (1, 乙), (-1, 丙).
    Refuses anything else."""
    found: list[tuple[int, str]] = []

    def collect(node: nodes.Node, sign: int) -> None:
        match node:
            case nodes.Name(name=name):
                found.append((sign, name))
            case nodes.Add(left=left, right=right):
                collect(left, sign)
                collect(right, sign)
            case nodes.Sub(left=left, right=right):
                collect(left, sign)
                collect(right, -sign)
            case _:
                raise Refused(messages.TOTAL_NOT_A_SUM.format(source=source))

    collect(parse(source), 1)
    return tuple(found)
