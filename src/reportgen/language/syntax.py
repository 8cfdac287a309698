"""The syntax of the one language, parsed by Jinja: a text becomes a tree, or is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from reportgen import messages

MAX_LENGTH = 500
_FLOAT = re.compile(r"\d[.eE]")  # in every source that holds a number with a fraction
# lends its lexer and parser; nothing is ever compiled or rendered with it
_SYNTAX = Environment(autoescape=False)


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


def is_name(text: str) -> bool:
    """Whether an expression can write a text as a name; `not` and `true` are the syntax's own."""
    try:
        return text.isidentifier() and isinstance(parse(text), nodes.Name)
    except Refused:
        return False


def _exact(source: str) -> None:
    """Refuses a number with more digits than the parser keeps."""
    for _, kind, text in _SYNTAX.lexer.tokeniter(source, None, state="variable"):
        if kind == "float" and Decimal(text.replace("_", "")) != Decimal(repr(float(text))):
            raise Refused(messages.LITERAL_TOO_LONG.format(text=text))


def mentioned(tree: nodes.Node) -> set[str]:
    """The names that an expression starts from, and those of the functions that it calls."""
    names = {tree.name} if isinstance(tree, nodes.Name) else set()
    return names | {node.name for node in tree.find_all(nodes.Name)}


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
