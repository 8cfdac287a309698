"""The rules of scoring."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.models import Edition, Scoring
from reportgen.edition.places import EDITION
from reportgen.edition.soundness.common import unknown_name
from reportgen.findings import Finding, fault
from reportgen.language.names import nearest


def faults(edition: Edition) -> Iterator[Finding]:
    """What is wrong with [scoring], nothing for an edition without it."""
    rules = edition.scoring
    if rules is not None:
        yield from unknown_unit(edition, rules)
        yield from weights(rules)
        yield from execution(rules)
        yield from nothing_to_give(rules)
        yield from not_best_first(rules)


def unknown_unit(edition: Edition, rules: Scoring) -> Iterator[Finding]:
    """Scores in a unit that the edition does not have."""
    if rules.unit not in edition.units and rules.unit not in edition.lost:
        hint = nearest(rules.unit, edition.units)
        message = messages.UNIT_UNKNOWN.format(unit=rules.unit, hint=hint)
        yield _fault("unknown-unit", "unit", message)


def weights(rules: Scoring) -> Iterator[Finding]:
    """Weights that are not 100 together."""
    total = sum(rules.weights.values())
    if total != 100:
        yield _fault("weights-not-100", "weights", messages.WEIGHTS_NOT_100.format(sum=total))


def execution(rules: Scoring) -> Iterator[Finding]:
    """A part for the rate of execution that has no weight."""
    if rules.execution not in rules.weights:
        yield _fault("unknown-name", "execution", unknown_name(rules.execution, rules.weights))


def nothing_to_give(rules: Scoring) -> Iterator[Finding]:
    """No grade, or no band, to give."""
    if not rules.grades or not rules.bands:
        yield _fault("nothing-to-give", "grades、bands", messages.SCORING_EMPTY)


def not_best_first(rules: Scoring) -> Iterator[Finding]:
    """Grades or bands that do not go from the best down."""
    grades, bands = [g.least for g in rules.grades], [b.least for b in rules.bands]
    for key, levels in (("grades", grades), ("bands", bands)):
        if sorted(levels, reverse=True) != levels:
            yield _fault("not-best-first", key, messages.NOT_BEST_FIRST)


def _fault(id: str, key: str, message: str) -> Finding:
    return fault(id, EDITION, f"scoring.{key}", message)
