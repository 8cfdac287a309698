"""Checks: relations over facts, told as findings. The edition writes them; totals imply theirs.

A rule is one comparison, perhaps under a condition, perhaps for each row of a table. Its verdict
words are those of the blank workbook, which carries the same rules as formulas
(`workbook.live.checks`): first missing, then compare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from string import Formatter

from jinja2 import nodes

from reportgen import messages
from reportgen.checks.implied import implied
from reportgen.edition.models import Check, Edition, scope_names
from reportgen.edition.places import CHECKS
from reportgen.edition.sheets import Form
from reportgen.findings import Finding, fault
from reportgen.language import words
from reportgen.language.closures import Evaluate
from reportgen.language.expressions import Language
from reportgen.language.names import Path, nearest, path
from reportgen.language.numbers import Missing, MissingValue, NumberError
from reportgen.language.syntax import Refused, is_name, parse
from reportgen.language.values import Facts, Record, look


@dataclass(frozen=True, slots=True)
class Loop:
    """What a rule runs over, by the name `variable`: the records of a table, its 填列, or the fixed
    rows of a named block (`part`)."""

    variable: str
    table: str
    part: str = ""

    @property
    def path(self) -> Path:
        """The name of the rows, by its parts."""
        return (self.table, self.part) if self.part else (self.table,)

    @property
    def over_totals(self) -> bool:
        """Whether the total row is among the rows, as it is of 填列."""
        return self.part == words.TYPED


@dataclass(frozen=True, slots=True)
class Rule:
    """A check ready to run; `tree` is its formula, `loop` None for one over fixed cells."""

    check: Check
    tree: nodes.Expr
    loop: Loop | None
    run: Evaluate


def rules_of(edition: Edition, language: Language) -> tuple[list[Rule], list[Finding]]:
    """The rules of the edition, those of its totals first; and the faults of the others, one for
    each check."""
    found: list[Rule] = []
    faults: list[Finding] = []
    for check, tree in (*implied(edition), *((c, None) for c in edition.checks)):
        try:
            found.append(_rule(check, tree, edition, language))
        except Refused as refused:
            faults.append(fault("check", CHECKS, check.id, str(refused)))
    return found, faults


def _rule(check: Check, tree: nodes.Expr | None, edition: Edition, language: Language) -> Rule:
    tree = tree or parse(check.formula)
    names = scope_names(edition)
    loop = _loop(check.loop, edition, names) if check.loop else None
    if loop:
        names.append(loop.variable)
    _citable(check.message)
    parts(tree)
    return Rule(check, tree, loop, language.compile(tree, names))


def _loop(written: str, edition: Edition, names: Collection[str]) -> Loop:
    """`行 in 表` or `行 in 表.块`. Raises Refused for rows that there are none of."""
    variable, _, source = (piece.strip() for piece in written.partition(" in "))
    table, *part = path(source)
    if not is_name(variable) or not table or variable in names:
        raise Refused(messages.FOR_SYNTAX)
    if table not in names:
        hint = nearest(table, names)
        raise Refused(messages.UNKNOWN_NAME.format(kind=messages.KIND_NAME, name=table, hint=hint))
    loop = Loop(variable, table, *part[:1])
    if len(part) > 1 or not _loopable(edition, loop):
        raise Refused(messages.NOT_ROWS)
    return loop


def _loopable(edition: Edition, loop: Loop) -> bool:
    """Whether a rule can run over that: a table of records, or the fixed rows of a named block."""
    if loop.table in edition.lost:
        return True
    sheet = next((s for s in edition.sheets if s.name == loop.table), None)
    if isinstance(sheet, Form):
        return any(b.name == loop.part and not b.across for b in sheet.blocks if loop.part)
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


def cases(rule: Rule, names: Facts) -> Iterator[tuple[Facts, Record | None]]:
    """What a rule runs over: the names themselves, or for each row the names with that row. Rows
    that are never printed are among them."""
    if rule.loop is None:
        yield names, None
        return
    rows = look(names, rule.loop.path)
    for row in [] if isinstance(rows, Missing) else rows.items:
        scope = names.copy()
        scope[rule.loop.variable] = row
        yield scope, row


def trial(rules: Sequence[Rule], names: Facts) -> Iterator[Finding]:
    """Every fault that rules bring out over specimen facts, which have every branch taken: one for
    each check."""
    for rule in rules:
        try:
            for scope, _ in cases(rule, names):
                rule.run(scope)
        except (Refused, NumberError) as error:
            yield fault("check", CHECKS, rule.check.id, str(error))
        except (RecursionError, MissingValue):
            continue  # a name in a circle, or one that a fault took away: told as its own fault


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
