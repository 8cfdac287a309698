"""Checks: relations over facts, told as findings. The edition writes them; totals imply theirs.

A rule is one comparison, perhaps under a condition, perhaps for each row of a table. Its verdict
words are those of the blank workbook, which carries the same rules as formulas
(`workbook.live.formulas`): first missing, then compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Formatter

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.implied import implied
from reportgen.edition.models import Check, Edition, scope_names
from reportgen.edition.sheets import Form
from reportgen.findings import Finding, fault
from reportgen.language.expressions import Evaluate, Language, Refused, nearest, parse
from reportgen.language.numbers import Missing, MissingValue, NumberError
from reportgen.language.values import Facts, look


@dataclass(frozen=True, slots=True)
class Rule:
    """A check ready to run. `tree` is its formula; `loop` the row variable and the dotted name of
    the table."""

    check: Check
    tree: nodes.Expr
    loop: tuple[str, str] | None
    run: Evaluate


def rules(edition: Edition, language: Language) -> tuple[list[Rule], list[Finding]]:
    """The rules of the edition, those of its totals first; and the faults of the others, one for
    each check."""
    found: list[Rule] = []
    faults: list[Finding] = []
    for check, tree in (*implied(edition), *((c, None) for c in edition.checks)):
        try:
            found.append(_rule(check, tree, edition, language))
        except Refused as refused:
            faults.append(fault("check", "checks.toml", check.id, str(refused)))
    return found, faults


def _rule(check: Check, tree: nodes.Expr | None, edition: Edition, language: Language) -> Rule:
    tree = tree or parse(check.formula)
    names = scope_names(edition)
    loop = None
    if check.loop:
        variable, _, source = check.loop.partition(" in ")
        loop = (variable.strip(), source.strip())
        table = loop[1].split(".")[0]
        if not loop[0].isidentifier() or not table or loop[0] in names:
            raise Refused(messages.FOR_SYNTAX)
        if table not in names:
            raise Refused(
                messages.UNKNOWN_NAME.format(
                    kind=messages.KIND_NAME, name=table, hint=nearest(table, names)
                )
            )
        if not _loopable(edition, loop[1]):
            raise Refused(messages.NOT_ROWS)
        names.append(loop[0])
    _citable(check.message)
    parts(tree)
    return Rule(check, tree, loop, language.compile(tree, names))


def _loopable(edition: Edition, source: str) -> bool:
    """Whether a rule can run over `source`: a table of records, or the fixed rows of a named
    block."""
    table, _, block = source.partition(".")
    if table in edition.lost:
        return True
    sheet = next((s for s in edition.sheets if s.name == table), None)
    if isinstance(sheet, Form):
        return any(b.name == block and not b.across for b in sheet.blocks if block)
    return sheet is not None


def _citable(message: str) -> None:
    """A message cites its five words bare: a width could ask for gigabytes."""
    try:
        pieces = [piece[1:] for piece in Formatter().parse(message) if piece[1] is not None]
    except ValueError:
        pieces = [(message, "", None)]
    cited = {f"{name}{how and ':'}{how or ''}{way or ''}" for name, how, way in pieces}
    for name in sorted(cited - {"left", "right", "found", "expected", "gap"}):
        raise Refused(messages.CHECK_MESSAGE.format(name=name))


def trial(rules: Sequence[Rule], names: Facts) -> Iterator[Finding]:
    """Every fault that rules bring out over specimen facts, which have every branch taken: one for
    each check."""
    for rule in rules:
        try:
            for scope in _scopes(rule, names):
                rule.run(scope)
        except (Refused, NumberError) as error:
            yield fault("check", "checks.toml", rule.check.id, str(error))
        except (RecursionError, MissingValue):
            continue  # a name in a circle, or one that a fault took away: told as its own fault


def _scopes(rule: Rule, names: Facts) -> Iterator[Facts]:
    """The names that a rule sees: once, or with each row of its table."""
    if rule.loop is None:
        yield names.copy()
        return
    variable, source = rule.loop
    rows = look(names, source)
    for row in [] if isinstance(rows, Missing) else rows.items:
        scope = names.copy()
        scope[variable] = row
        yield scope


def parts(tree: nodes.Expr) -> tuple[nodes.Expr | None, nodes.Compare]:
    """The condition (or None) and the comparison of a check's formula. Raises Refused for every
    other shape."""
    condition: nodes.Expr | None = None
    if isinstance(tree, nodes.CondExpr):
        otherwise = tree.expr2
        if not (isinstance(otherwise, nodes.Const) and otherwise.value is True):
            raise Refused(messages.CHECK_ELSE_TRUE)
        condition, tree = tree.test, tree.expr1
    if not isinstance(tree, nodes.Compare) or len(tree.ops) != 1:
        raise Refused(messages.CHECK_NOT_A_COMPARISON)
    return condition, tree
