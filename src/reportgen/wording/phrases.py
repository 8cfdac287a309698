"""Phrases: sentences' parts made of several numbers, in the edition's words. And prose that cites
facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language import expressions, words
from reportgen.language.comparisons import Change, Completion, Direction, Share
from reportgen.language.expressions import Refused, pick
from reportgen.language.numbers import Missing, MissingValue, Num, Unit
from reportgen.wording.formats import Phrase, number
from reportgen.wording.patterns import Pattern

CASES = {
    Direction.RISE: words.RISE,
    Direction.FALL: words.FALL,
    Direction.UNCHANGED: words.UNCHANGED,
    Direction.ZERO_BASE: words.ZERO_BASE,
    Direction.SIGN_CHANGE: words.SIGN_CHANGE,
}


def _unit(edition: Edition, num: Num) -> Unit | None:
    """The unit at whose precision differences and rates are taken; None where the edition wants
    them exact."""
    if edition.conventions.differences == "exact":
        return None
    return edition.printed(num.unit.dimension) or num.unit


def _prior(value: Any) -> Any:
    if isinstance(value, Missing):
        raise MissingValue(value)
    return expressions.member(value, words.PRIOR)


def _budget(value: Any) -> Any:
    if isinstance(value, Missing):
        raise MissingValue(value)
    return expressions.member(value, words.BUDGET)


def change(edition: Edition, value: Any, base: Any) -> Change:
    """The change from `base` to `value` at the edition's precision."""
    current, before = number(value, words.VERSUS), number(base, words.VERSUS)
    return Change(current, before, _unit(edition, current))


def _word(edition: Edition, choices: tuple[str, str, str], value: Num, base: Any) -> str:
    """增加 or 减少 (growth or fall, more or less) against `base`, or the third word where both are
    equal as printed."""
    this = change(edition, value, base)
    if this.kind is Direction.UNCHANGED:
        return choices[2]
    return choices[0] if this.rises else choices[1]


def _versus(
    edition: Edition, cases: Mapping[str, Mapping[str, Pattern]], phrase: str, value: Any, base: Any
) -> Phrase:
    """比上年(x): 减少1833.77万元，下降36.44%, or the edition's words for the other cases."""
    this = change(edition, value, base)
    case = CASES[this.kind]
    if not this.current.unit.dimension and this.kind is not Direction.UNCHANGED:
        case = words.POINTS_UP if this.rises else words.POINTS_DOWN
    scope = {
        words.CASE_CURRENT: this.current,
        words.CASE_BASE: this.base,
        words.CASE_DIFFERENCE: this.amount,
    }
    if this.kind in (Direction.RISE, Direction.FALL):
        scope[words.CASE_RATE] = this.rate
    return _told(cases, phrase, case, scope)


def _told(
    cases: Mapping[str, Mapping[str, Pattern]], phrase: str, case: str, scope: Mapping[str, Any]
) -> Phrase:
    texts = pick(cases, phrase, messages.KIND_WORDING)
    if case not in texts:
        raise Refused(messages.CASE_WITHOUT_WORDING.format(phrase=phrase, case=case))
    try:
        return texts[case](scope)  # type: ignore[no-any-return]
    except KeyError as error:
        raise Refused(
            messages.CASE_HAS_NO_RATE.format(phrase=phrase, case=case, name=error.args[0])
        ) from error


def _share(
    edition: Edition,
    cases: Mapping[str, Mapping[str, Pattern]],
    phrase: str,
    kind: type[Share],
    part: Any,
    whole: Any,
) -> Phrase:
    a, b = number(part, phrase), number(whole, phrase)
    share = kind(a, b, _unit(edition, a))
    scope: dict[str, Any] = {words.CASE_CURRENT: a, words.CASE_BASE: b}
    if share.undefined:
        return _told(cases, phrase, words.ZERO_WHOLE, scope)
    return _told(cases, phrase, words.NORMAL, scope | {words.CASE_RATE: share.rate})


def _completed(edition: Edition, value: Num) -> Num:
    """The share of its budget that a number is, as a number: for prose that prints it in other
    decimals."""
    share = Completion(value, number(_budget(value), words.COMPLETED), _unit(edition, value))
    return share.rate


def _same(edition: Edition, a: Any, b: Any) -> bool:
    """`x is 同(y)`: equal as printed."""
    return change(edition, a, b).kind is Direction.UNCHANGED
