"""Rules over facts: what each says of each case, in the words of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.checks.rules import Rule, cases
from reportgen.language import words
from reportgen.language.comparisons import Compared
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.values import Facts, Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one case: a word of the workbook, and the comparison behind it (None:
    nothing to compare)."""

    rule: Rule
    word: str
    compared: Compared | None
    row: Record | None = None


def verdicts(rules: Sequence[Rule], names: Facts) -> Iterator[Verdict]:
    """Every rule over every case, in the order of the rules."""
    for rule in rules:
        for scope, row in cases(rule, names):
            yield _verdict(rule, scope, row)


def _verdict(rule: Rule, scope: Facts, row: Record | None) -> Verdict:
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
