"""The languages of an edition: for formulas, prose and templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.findings import EditionFault
from reportgen.language import expressions, words
from reportgen.language.comparisons import Completion, Share
from reportgen.language.expressions import Language, Refused, nearest, pick
from reportgen.language.functions import FUNCTIONS, below
from reportgen.language.numbers import Num, Unit, literal
from reportgen.scoring import verbs as scoring
from reportgen.wording.formats import filters, number
from reportgen.wording.lists import Ordinal, itemised, items, joined, ordinal, reasons, ticked
from reportgen.wording.patterns import Pattern, pattern
from reportgen.wording.phrases import (
    CASES,
    _budget,
    _completed,
    _prior,
    _same,
    _share,
    _versus,
    _word,
    change,
)

_COMPARED = (*CASES.values(), words.POINTS_UP, words.POINTS_DOWN)


_PHRASES = {  # the phrases that an edition words, and their cases
    words.VERSUS_PRIOR: _COMPARED,
    words.VERSUS: _COMPARED,
    words.VERSUS_BUDGET: _COMPARED,
    words.SHARE: (words.NORMAL, words.ZERO_WHOLE),
    words.COMPLETION: (words.NORMAL, words.ZERO_WHOLE),
}


_CASE_NAMES = (words.CASE_CURRENT, words.CASE_BASE, words.CASE_DIFFERENCE, words.CASE_RATE)


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of an edition: `sheets` for formulas and derived names, `prose` and
    `templates` for what is printed."""

    edition: Edition
    sheets: Language
    prose: Language
    templates: Language


def languages(edition: Edition) -> Languages:
    """Functions, filters and tests of an edition. Raises EditionFault for faults in its wording."""
    formats = filters(edition)
    functions: dict[str, Any] = dict(FUNCTIONS) | scoring.verbs(edition) | {words.BELOW: below}
    functions |= {name: partial(_constructed, unit) for name, unit in edition.measures.items()}
    sheets = Language(functions=functions)
    cases = _cases(edition, Language(filters=formats))
    phrases: dict[str, Callable[..., Any]] = {
        words.VERSUS_PRIOR: lambda x: _versus(edition, cases, words.VERSUS_PRIOR, x, _prior(x)),
        words.VERSUS_BUDGET: lambda x: _versus(edition, cases, words.VERSUS_BUDGET, x, _budget(x)),
        words.VERSUS: lambda x, base: _versus(edition, cases, words.VERSUS, x, base),
        words.SHARE: lambda part, whole: _share(edition, cases, words.SHARE, Share, part, whole),
        words.COMPLETION: lambda part, *whole: _share(
            edition, cases, words.COMPLETION, Completion, part, *(whole or (_budget(part),))
        ),
        words.LIST_REASONS: partial(reasons, edition),
        words.LIST_ITEMS: partial(items, edition),
        words.JOIN: partial(joined, edition),
        words.ITEMISE: partial(itemised, edition),
        words.TICK: ticked,
        words.ORDINAL: partial(
            ordinal, {i: Ordinal(i, text) for i, text in enumerate(edition.conventions.ordinals)}
        ),
    }
    members = dict(expressions.MEMBERS) | {
        words.CHANGE_WORD: lambda x: _word(edition, edition.conventions.change_words, x, _prior(x)),
        words.RATE_WORD: lambda x: _word(edition, edition.conventions.rate_words, x, _prior(x)),
        words.CHANGE_AMOUNT: lambda x: change(edition, x, _prior(x)).amount,
        words.CHANGE_RATE: lambda x: change(edition, x, _prior(x)).rate,
        words.COMPLETED: lambda x: _completed(edition, x),
        words.BUDGET_ORDER: lambda x: _word(
            edition, edition.conventions.order_words, x, _budget(x)
        ),
    }
    tests = dict(expressions.TESTS) | {words.SAME: partial(_same, edition)}
    prose = Language(functions | phrases, formats, tests, members)
    return Languages(edition, sheets, prose, replace(prose, templates=True))


def _constructed(unit: Unit, value: Any) -> Num:
    """万元(100): a number of a unit, for comparisons."""
    num = number(value, unit.name)
    made = literal(num.value * unit.factor)
    return Num(made.value, unit, "literal", half=made.half)


def _cases(edition: Edition, language: Language) -> dict[str, dict[str, Pattern]]:
    faults: list[str] = []
    made: dict[str, dict[str, Pattern]] = {}
    for phrase, texts in edition.wording.items():
        made[phrase] = {}
        if phrase not in _PHRASES:
            fault = messages.UNKNOWN_NAME.format(
                kind=messages.KIND_WORDING, name=phrase, hint=nearest(phrase, _PHRASES)
            )
            faults.append(f"{edition.name}/edition.toml：wording.{phrase}：{fault}")
            continue
        for case, text in texts.items():
            try:
                pick(dict.fromkeys(_PHRASES[phrase]), case, messages.KIND_WORDING)
                made[phrase][case] = pattern(text, edition, language, _CASE_NAMES)
            except Refused as refused:
                faults.append(f"{edition.name}/edition.toml：wording.{phrase}.{case}：{refused}")
    if faults:
        raise EditionFault(faults)
    return made
