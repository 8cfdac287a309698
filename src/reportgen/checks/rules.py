"""Checks: relations over facts, told as findings. The edition writes them; totals imply theirs.

A rule is one comparison, perhaps under a condition, perhaps for each row of a table. Its verdict words are those of
the blank workbook, which carries the same rules as formulas (`workbook.formulas`): first missing, then compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from jinja2 import nodes

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.models import Block, Check, Edition, Sheet
from reportgen.facts.settling import Names, Record, look, scope_names
from reportgen.findings import Finding, Place, Severity
from reportgen.language import words
from reportgen.language.expressions import Compared, Evaluate, Language, Refused, nearest, parse
from reportgen.language.numbers import MissingValue, Num, NumberError, Unit, round_half_up

ROW = "行"  # the loop variable of the rules that totals imply


@dataclass(frozen=True, slots=True)
class Rule:
    """A check ready to run. `tree` is its formula; `loop` the row variable and the dotted name of the table."""

    check: Check
    tree: nodes.Expr
    loop: tuple[str, str] | None
    run: Evaluate


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one case: a word of the workbook, and the comparison behind it (None: nothing to compare)."""

    rule: Rule
    word: str
    compared: Compared | None
    row: Record | None = None


def rules(edition: Edition, language: Language) -> list[Rule]:
    """The rules of the edition, those of its totals first. Raises EditionFault-worthy Refused text by check id."""
    found, faults = [], []
    for check, tree in (*implied(edition), *((c, None) for c in edition.checks)):
        try:
            found.append(_rule(check, tree, edition, language))
        except Refused as refused:
            faults.append(f"checks.toml：{check.id}：{refused}")
    if faults:
        raise Refused("\n".join(faults))
    return found


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
            raise Refused(messages.UNKNOWN_NAME.format(kind=messages.KIND_NAME, name=table, hint=nearest(table, names)))
        if not _loopable(edition, loop[1]):
            raise Refused(messages.NOT_ROWS)
        names.append(loop[0])
    _citable(check.message)
    parts(tree)
    return Rule(check, tree, loop, language.compile(tree, names))


def _loopable(edition: Edition, source: str) -> bool:
    """Whether a rule can run over `source`: a table of records, or the fixed rows of a named block."""
    table, _, block = source.partition(".")
    sheet = next((s for s in edition.sheets if s.name == table), None)
    return sheet is not None and (sheet.open or any(b.name == block and not b.across for b in sheet.blocks if block))


def _citable(message: str) -> None:
    try:
        cited = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
    except ValueError:
        cited = {message}
    for name in sorted(cited - {"left", "right", "found", "expected", "gap"}):
        raise Refused(messages.CHECK_MESSAGE.format(name=name))


def trial(rules: Sequence[Rule], names: Names) -> Iterator[str]:
    """Every fault that rules (compiled to take every branch) bring out over specimen facts."""
    for rule in rules:
        try:
            for row in look(names, rule.loop[1]).items if rule.loop else [None]:
                scope = names.copy()
                if rule.loop:
                    scope[rule.loop[0]] = row
                rule.run(scope)
        except (Refused, NumberError) as error:
            yield f"checks.toml：{rule.check.id}：{error}"
        except RecursionError:  # a derived name goes in a circle: told as its own fault
            continue


def parts(tree: nodes.Expr) -> tuple[nodes.Expr | None, nodes.Compare]:
    """The condition (or None) and the comparison of a check's formula; refuses every other shape."""
    condition: nodes.Expr | None = None
    if isinstance(tree, nodes.CondExpr):
        otherwise = tree.expr2
        if not (isinstance(otherwise, nodes.Const) and otherwise.value is True):
            raise Refused(messages.CHECK_ELSE_TRUE)
        condition, tree = tree.test, tree.expr1
    if not isinstance(tree, nodes.Compare) or len(tree.ops) != 1:
        raise Refused(messages.CHECK_NOT_A_COMPARISON)
    return condition, tree


def _path(dotted: str) -> nodes.Expr:
    first, *rest = dotted.split(".")
    node: nodes.Expr = nodes.Name(first, "load")
    for part in rest:
        node = nodes.Getattr(node, part, "load")
    return node


def _sum(parts: totals.Parts) -> nodes.Expr:
    args: list[nodes.Expr] = [_path(p) if sign > 0 else nodes.Neg(_path(p)) for sign, p in parts]
    return nodes.Call(nodes.Name(words.SUM, "load"), args, [], None, None)


def _equal(left: str, right: nodes.Expr) -> nodes.Expr:
    return nodes.Compare(_path(left), [nodes.Operand("eq", right)])


def implied(edition: Edition) -> Iterator[tuple[Check, nodes.Expr]]:
    """The rules of every total of the received tables. Other totals are always computed and need none.

    Sums down plain columns come first, then sums across rows, then sums down the columns of those: so the cell that is
    wrong is the first to be told, and what only follows from it is not told again.
    """
    for sheet in edition.sheets:
        if not sheet.received:
            continue
        found = list(_by_records(sheet, sheet.blocks[0]) if sheet.open else _by_rows(sheet))
        yield from ((check, tree) for _, check, tree in sorted(found, key=lambda rule: rule[0]))


def _implied(name: str, loop: str = "") -> Check:
    return Check(id=name, loop=loop, remedy=messages.REMEDY_TOTAL)


def _by_rows(sheet: Sheet) -> Iterator[tuple[int, Check, nodes.Expr]]:
    rules = totals.of_grid(sheet)
    for name in sorted(rules, key=lambda name: _depth(rules, name)):  # a subtotal before the total that it is part of
        sums = rules[name]
        for i, each in enumerate(sums):
            whole = any(totals.across(name, other) for other in sums)
            order = 1 if totals.across(name, each) else 2 * whole
            yield order, _implied(name + "′" * i), _equal(name, _sum(each))


def _depth(rules: Mapping[str, list[totals.Parts]], name: str) -> int:
    """How many sums stand one over the other in a total."""
    return 1 + max((_depth(rules, part) for _, part in rules[name][0] if part in rules), default=0)


def _by_records(sheet: Sheet, block: Block) -> Iterator[tuple[int, Check, nodes.Expr]]:
    each_row = f"{ROW} in {sheet.name}.{words.TYPED}" if block.tree else f"{ROW} in {sheet.name}"
    across = totals.of_records(block)
    for column in totals.summed(block):
        order = 2 * (column.name in across)
        for suffix in ("", f".{words.PRIOR}") if column.prior else ("",):
            name = column.name + suffix
            whole = f"{sheet.name}.{words.TOTALS}.{name}"
            if block.total:
                yield order, _implied(whole), _equal(whole, _sum([(1, f"{sheet.name}.{name}")]))
            if block.tree:
                yield order, _implied(f"{sheet.name}.{words.LEVELS}.{name}", each_row), _subtotal(sheet, block, name)
    for name, parts in across.items():
        sum_of_row = _sum([(sign, f"{ROW}.{part}") for sign, part in parts])
        yield 1, _implied(f"{sheet.name}.{name}", each_row), _equal(f"{ROW}.{name}", sum_of_row)


def _subtotal(sheet: Sheet, block: Block, column: str) -> nodes.Expr:
    below = nodes.Call(
        nodes.Name(words.BELOW, "load"),
        [_path(f"{sheet.name}.{column}"), _path(f"{ROW}.{block.key.name}")],
        [],
        None,
        None,
    )
    not_total = nodes.Compare(_path(f"{ROW}.{words.LEVEL}"), [nodes.Operand("gt", nodes.Const(0))])
    return nodes.CondExpr(not_total, _equal(f"{ROW}.{column}", below), nodes.Const(True))


def verdicts(rules: Sequence[Rule], names: Names) -> Iterator[Verdict]:
    """Every rule over every case, in the order of the rules."""
    for rule in rules:
        if rule.loop is None:
            yield _verdict(rule, names, None)
            continue
        variable, source = rule.loop
        for row in look(names, source).items:  # those that are never printed are checked all the same
            scope = names.copy()
            scope[variable] = row
            yield _verdict(rule, scope, row)


def _verdict(rule: Rule, scope: Names, row: Record | None) -> Verdict:
    try:
        value = rule.run(scope)
    except MissingValue:
        return Verdict(rule, words.UNFILLED, None, row)
    except NumberError:
        return Verdict(rule, words.NOT_COMPUTABLE, None, row)
    if not isinstance(value, Compared):
        return Verdict(rule, words.MET, None, row)
    if value.missing is not None:
        return Verdict(rule, words.UNFILLED, value, row)
    equality = value.op == "eq"
    if value:
        return Verdict(rule, words.BALANCED if equality else words.MET, value, row)
    if value.rounding:
        return Verdict(rule, words.ROUNDING, value, row)
    return Verdict(rule, words.OFF if equality else words.NOT_MET, value, row)


def findings(told: Sequence[Verdict]) -> list[Finding]:
    """What the verdicts say that a person must know, one fault once: a cell told as a wrong total, or a difference in
    the rounding of the same parts, is not told again by the rules above it."""
    found: list[Finding] = []
    wrong: set[Place] = set()
    rounded: set[frozenset[Place]] = set()
    for verdict in told:
        if verdict.word not in (words.OFF, words.NOT_MET, words.ROUNDING) or verdict.compared is None:
            continue
        places = _places(verdict.compared)
        if verdict.word == words.ROUNDING:
            if frozenset(places[1:]) in rounded:
                continue
            rounded.add(frozenset(places[1:]))
        elif wrong.intersection(places):
            continue
        else:
            wrong.update(places[:1])
        found.append(_finding(verdict, verdict.compared))
    return found


def _places(compared: Compared) -> list[Place]:
    """The cells of both sides, the left side's own cell first."""
    sides = [s for s in (compared.left, compared.right) if isinstance(s, Num)]
    own = [s.place for s in sides if s.place]
    return list(dict.fromkeys([*own, *(leaf.place for s in sides for leaf in s.leaves() if leaf.place)]))


def _finding(verdict: Verdict, compared: Compared) -> Finding:
    check = verdict.rule.check
    places = _places(compared)
    here = places[0] if places else _home(verdict.row)
    left, right = _side(compared.left, here), _side(compared.right, here)
    texts = {"left": left, "right": right, "found": "", "expected": "", "gap": ""}
    if isinstance(compared.left, Num):
        unit = compared.left.unit if compared.left.op != "literal" else compared.right.unit
        texts |= {
            "found": _plain(compared.left, unit),
            "expected": _plain(compared.right, unit),
            "gap": _plain(Num(abs(compared.gap), unit), unit),
        }
    rounding = verdict.word == words.ROUNDING
    pattern = check.message or (messages.ROUNDING if rounding else messages.RELATIONS[compared.op])
    severity = (Severity.WARNING if _large(compared) else Severity.NOTE) if rounding else check.severity
    remedy = (
        messages.REMEDY_ROUNDING
        if rounding
        else check.remedy
        or messages.REMEDY_CELLS.format(cells="、".join(str(p) for p in places[:6]) + ("等" if len(places) > 6 else ""))
    )
    return Finding(
        id=check.id,
        severity=severity,
        place=here,
        message=pattern.format(**texts),
        remedy=remedy,
        name=getattr(compared.left, "name", ""),
        found=texts["found"],
        expected=texts["expected"],
        scope=verdict.row.scope if verdict.row else check.scope,
    )


def _home(row: Record | None) -> Place:
    """Where a record begins, for a fault of what it lacks."""
    cells = row.members.values() if row else []
    return next((place for value in cells if (place := getattr(value, "place", None))), Place())


def _large(compared: Compared) -> bool:
    """Whether a gap that rounding can explain is more than one step of the last decimal: worth a look all the same."""
    unit = compared.left.unit
    return bool(abs(compared.gap) > unit.factor.scaleb(-unit.places))


def _plain(num: Num, unit: Unit) -> str:
    """The number as its table prints it."""
    if not unit.dimension:
        return f"{num.value.normalize():f}"
    places = unit.places
    value = num.to(unit) if num.unit.dimension == unit.dimension else num.value
    exact = round_half_up(value, places)
    return f"{exact if exact == value else value.normalize():f}"


def _side(value: Any, here: Place) -> str:
    """One side of a comparison in words: cell and name, or what it is the sum of; cells of `here`'s sheet without it."""
    if not isinstance(value, Num):
        return str(getattr(value, "name", value))
    if value.op in (words.SUM, words.BELOW) and len(value.args) > 3 and not value.place:
        ends = {"first": _side(value.args[0], here), "last": _side(value.args[-1], here)}
        return messages.SUM_OF_CELLS.format(count=len(value.args), **ends)
    if value.op == "neg":
        return f"－ {_side(value.args[0], here)}"
    if not value.name:
        joint = " － " if value.op == "-" else " ＋ "
        return joint.join(_side(a, here) for a in value.args).replace("＋ － ", "－ ")
    _, *path = value.name.split(".")
    label = _label(path) or value.name
    if not value.place or value.place == here:
        return label
    return f"{value.place.cell if value.place.sheet == here.sheet else value.place} {label}"


def _label(path: Sequence[str]) -> str:
    """A name without its sheet as people say it: 上年合计; 公务接待费·决算数 where a fixed row has several columns."""
    if path[-1:] == [words.PRIOR]:
        return words.PRIOR + _label(path[:-1])
    fixed = len(path) == 2 and path[0].isidentifier() and path[0] != words.TOTALS
    return "·".join(path) if fixed else path[-1] if path else ""
