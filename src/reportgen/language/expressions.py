"""The one language of names: Jinja's expression syntax, compiled to closures.

What `_compile` does not list does not exist: no attribute of Python, no index, no comprehension,
no power. Every name is looked up when an expression is compiled; members are looked up when it
runs, and an edition is run once over specimen facts, whose scope asks for every branch
(`EVERY_BRANCH`), so that its misspelt members are found when it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from reportgen import messages
from reportgen.language import closures
from reportgen.language.closures import Evaluate
from reportgen.language.comparisons import HOLDS
from reportgen.language.members import MEMBERS, TESTS, pick
from reportgen.language.names import nearest
from reportgen.language.numbers import Num, literal
from reportgen.language.syntax import Refused, parse

MAX_DEPTH = 40


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
            return closures.shortcut(node, closures.getter(sub(inner), attr, lang.members))
        case nodes.Getitem(node=inner, arg=nodes.Const(value=int() | str() as key)):
            return closures.entry(sub(inner), str(key), lang.members)
        case nodes.Const(value=bool() | str() as constant):
            return lambda _scope: constant
        case nodes.Const(value=int() | float() as number):
            num = literal(Decimal(repr(number)))
            return lambda _scope: num
        case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div():
            if lang.templates:
                raise Refused(messages.ARITHMETIC_IN_TEMPLATE)
            return closures.arithmetic(type(node).__name__, sub(node.left), sub(node.right))
        case nodes.Neg(node=inner):
            return closures.negation(sub(inner))
        case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]) if op in HOLDS:
            return closures.comparison(op, sub(left), sub(right))
        case nodes.And() | nodes.Or():
            return closures.logic(isinstance(node, nodes.And), sub(node.left), sub(node.right))
        case nodes.Not(node=inner):
            denied = sub(inner)
            return lambda scope: not denied(scope)
        case nodes.CondExpr(test=test, expr1=then, expr2=other) if other is not None:
            return closures.choice(sub(test), sub(then), sub(other))
        case nodes.Call(
            node=nodes.Name(name=name), args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            function = pick(lang.functions, name, messages.KIND_FUNCTION)
            given = [sub(a) for a in args]
            if isinstance(function, closures.Scoped):
                return closures.call_within(function, given)
            return closures.call(function, name, given)
        case nodes.Filter(
            node=inner, name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
        ) if inner is not None:
            return closures.call(
                pick(lang.filters, name, messages.KIND_FILTER),
                name,
                [sub(a) for a in (inner, *args)],
            )
        case nodes.Test(
            node=inner, name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            return closures.call(
                pick(lang.tests, name, messages.KIND_TEST), name, [sub(a) for a in (inner, *args)]
            )
    raise Refused(
        messages.NOT_IN_LANGUAGE.format(
            what=messages.SYNTAX_NAMES.get(type(node).__name__, type(node).__name__)
        )
    )
