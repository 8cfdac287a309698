"""Performance scores: the verbs that the formulas of an edition call, over the rules in its
[scoring].

Rules: reference form of Hubei, notes 1 to 3 (positive w×B÷A, reverse w×A÷B, never more than the
weight; qualitative goals in three bands); the reverse formula w×(1−(B−A)÷A) is that of the
integrated budget system (domain rules, 5.3). Neither says what a target or an actual of zero
earns: here a goal that is met earns all of its weight, and one that is missed and cannot be
measured against zero earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition, Scoring
from reportgen.language import words
from reportgen.language.members import pick
from reportgen.language.numbers import ZERO, Missing, Num, literal
from reportgen.language.units import Unit

_HUNDRED = Decimal(100)


def verbs(edition: Edition) -> dict[str, Callable[..., Any]]:
    """The scoring functions of the language, none for an edition without [scoring]. Scores are in
    its unit (分), rounded to the decimals of that unit; rates are plain ratios. What is missing
    makes a score missing."""
    rules = edition.scoring
    if rules is None:
        return {}
    unit = edition.measures[rules.unit]
    return {
        words.EXECUTION_RATE: _execution_rate,
        words.EXECUTION_SCORE: lambda budget, spent: _execution(
            full(rules, unit, rules.execution), budget, spent
        ),
        words.INDICATOR_SCORE: partial(indicator, rules),
        words.GRADE: partial(grade, rules),
        words.FULL: partial(full, rules, unit),
    }


def full(rules: Scoring, unit: Unit, part: Any) -> Any:
    """满分('产出指标'): the weight of a part; missing where the part is."""
    if isinstance(part, Missing):
        return part
    weight = pick(rules.weights, str(part), messages.KIND_PART)
    return Num(weight * unit.factor, unit, "literal", half=ZERO)


def _known(score: Callable[..., Any], *values: Any) -> Any:
    """`score` of the values; where one is missing, that."""
    missing = next((v for v in values if isinstance(v, Missing)), None)
    return score(*values) if missing is None else missing


def _execution_rate(budget: Any, spent: Any) -> Any:
    return _known(lambda b, s: s / b, budget, spent)


def _execution(weight: Num, budget: Any, spent: Any) -> Any:
    """weight × spent ÷ budget, from 0 to the weight."""
    return _known(lambda b, s: _within(weight * (s / b), weight), budget, spent)


def _within(earned: Num, weight: Num) -> Num:
    """A score as printed: not above the weight, not below 0."""
    if earned.value > weight.value:
        earned = Num(weight.value, weight.unit, words.MIN, (weight, earned))
    elif earned.value < 0:
        earned = Num(ZERO, weight.unit, words.MAX, (literal(0), earned))
    return earned.rounded(weight.unit)


def indicator(
    rules: Scoring, direction: Any, weight: Any, target: Any, actual: Any, band: Any, share: Any
) -> Any:
    """What an indicator earns. `direction` is ≥, ≤, = or 定性; of a qualitative one `band` says
    how well it was met and `share` which part of the weight it earns, all of it in the first band
    unless said otherwise."""
    if isinstance(direction, Missing):
        return direction
    if str(direction) == words.QUALITATIVE:
        return _known(partial(_qualitative, rules, share), weight, band)
    return _known(partial(_quantitative, rules, str(direction)), weight, target, actual)


def _qualitative(rules: Scoring, share: Any, weight: Num, band: Any) -> Any:
    bands = {b.name: b for b in rules.bands}
    chosen = pick(bands, str(band), messages.KIND_BAND)
    if isinstance(share, Missing) and chosen is rules.bands[0]:
        share = literal(chosen.most / _HUNDRED)
    return _known(lambda part: _within(weight * part, weight), share)


def _quantitative(rules: Scoring, direction: str, weight: Num, target: Num, actual: Num) -> Num:
    gap = actual.compare(target)
    met = {words.AT_LEAST: gap >= 0, words.AT_MOST: gap <= 0}.get(direction, gap == 0)
    if met:
        return Num(weight.value, weight.unit, words.FULL, (weight, actual, target)).rounded(
            weight.unit
        )
    if target.value <= 0:
        return Num(ZERO, weight.unit, words.INDICATOR_SCORE, (weight, actual, target)).rounded(
            weight.unit
        )
    if direction != words.AT_MOST:
        return _within(weight * (actual / target), weight)
    if rules.reverse == "ratio":
        return _within(weight * (target / actual), weight)
    return _within(weight * (literal(1) - (actual - target) / target), weight)


def grade(rules: Scoring, score: Any) -> Any:
    """等次(得分): the best grade whose least score is reached, the last one below all of them."""
    counted = score if isinstance(score, Missing) else score.to(score.unit)
    return _known(
        lambda n: next((g.name for g in rules.grades if n >= g.least), rules.grades[-1].name),
        counted,
    )
