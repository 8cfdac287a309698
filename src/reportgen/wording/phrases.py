"""Numbers compared, in the edition's words: against last year's, the budget, a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.comparisons import Change, Completion, Direction, Share
from reportgen.language.members import member, pick
from reportgen.language.numbers import Missing, MissingValue, Num
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.wording.formats import Phrase, number
from reportgen.wording.patterns import Pattern
from reportgen.wording.records import Cases, Phrasing, Use, Wording

_CASES = {
    Direction.RISE: words.RISE,
    Direction.FALL: words.FALL,
    Direction.UNCHANGED: words.UNCHANGED,
    Direction.ZERO_BASE: words.ZERO_BASE,
    Direction.SIGN_CHANGE: words.SIGN_CHANGE,
}


def change(wording: Wording, value: Any, base: Any) -> Change:
    """The change from `base` to `value` at the edition's precision.

    Raises Refused for what is no number, MissingValue for what nobody filled, NumberError for
    numbers of different units.
    """
    current, before = number(value, words.VERSUS), number(base, words.VERSUS)
    return Change(current, before, _precision(wording, current))


def _precision(wording: Wording, num: Num) -> Unit | None:
    """The unit at whose precision differences and rates are taken; None where the edition wants
    them exact."""
    edition = wording.edition
    if edition.conventions.differences == "exact":
        return None
    return edition.printed(num.unit.dimension) or num.unit


def _hung(value: Any, name: str) -> Any:
    """Last year's number of a number, or its budget."""
    if isinstance(value, Missing):
        raise MissingValue(value)
    return member(value, name)


def versus(wording: Wording, phrase: str, value: Any, base: Any) -> Phrase:
    """减少1833.77万元，下降36.44%, or the edition's words for the other cases of `phrase`.

    Shares of a whole rise and fall in points. Raises what `change` raises, and Refused where the
    edition does not word the phrase.
    """
    this = change(wording, value, base)
    case = _CASES[this.kind]
    if not this.current.unit.dimension and this.kind is not Direction.UNCHANGED:
        case = words.POINTS_UP if this.rises else words.POINTS_DOWN
    scope = {
        words.CASE_CURRENT: this.current,
        words.CASE_BASE: this.base,
        words.CASE_DIFFERENCE: this.amount,
    }
    if this.kind in (Direction.RISE, Direction.FALL):
        scope[words.CASE_RATE] = this.rate
    return _told(wording, phrase, case, scope)


def share(wording: Wording, phrase: str, part: Any, whole: Any) -> Phrase:
    """part ÷ whole at printed precision, or the edition's words for a whole of zero.

    Raises what `versus` raises.
    """
    a, b = number(part, phrase), number(whole, phrase)
    this = Share(a, b, _precision(wording, a))
    scope: dict[str, Any] = {words.CASE_CURRENT: a, words.CASE_BASE: b}
    if this.undefined:
        return _told(wording, phrase, words.ZERO_WHOLE, scope)
    return _told(wording, phrase, words.NORMAL, scope | {words.CASE_RATE: this.rate})


def _told(wording: Wording, phrase: str, case: str, scope: Mapping[str, Any]) -> Phrase:
    texts = pick(wording.cases, phrase, messages.KIND_WORDING)
    if case not in texts:
        raise Refused(messages.CASE_WITHOUT_WORDING.format(phrase=phrase, case=case))
    text: Pattern = texts[case]
    try:
        return text(scope)
    except KeyError as error:
        name = error.args[0]
        fault = messages.CASE_HAS_NO_RATE.format(phrase=phrase, case=case, name=name)
        raise Refused(fault) from error


def _versus_prior(wording: Wording, value: Any) -> Phrase:
    return versus(wording, words.VERSUS_PRIOR, value, _hung(value, words.PRIOR))


def _versus_budget(wording: Wording, value: Any) -> Phrase:
    return versus(wording, words.VERSUS_BUDGET, value, _hung(value, words.BUDGET))


def _versus(wording: Wording, value: Any, base: Any) -> Phrase:
    return versus(wording, words.VERSUS, value, base)


def _share(wording: Wording, part: Any, whole: Any) -> Phrase:
    return share(wording, words.SHARE, part, whole)


def _completion(wording: Wording, value: Any, *planned: Any) -> Phrase:
    """The share of its budget, or of another number, that a number is."""
    (whole,) = planned or (_hung(value, words.BUDGET),)
    return share(wording, words.COMPLETION, value, whole)


def _word(wording: Wording, choices: tuple[str, str, str], value: Num, base: Any) -> str:
    """The word for more, for less, or the third where both are equal as printed."""
    this = change(wording, value, base)
    if this.kind is Direction.UNCHANGED:
        return choices[2]
    return choices[0] if this.rises else choices[1]


def _change_word(wording: Wording, value: Num) -> str:
    choices = wording.edition.conventions.change_words
    return _word(wording, choices, value, _hung(value, words.PRIOR))


def _rate_word(wording: Wording, value: Num) -> str:
    choices = wording.edition.conventions.rate_words
    return _word(wording, choices, value, _hung(value, words.PRIOR))


def _budget_order(wording: Wording, value: Num) -> str:
    choices = wording.edition.conventions.order_words
    return _word(wording, choices, value, _hung(value, words.BUDGET))


def _change_amount(wording: Wording, value: Num) -> Num:
    return change(wording, value, _hung(value, words.PRIOR)).amount


def _change_rate(wording: Wording, value: Num) -> Num:
    return change(wording, value, _hung(value, words.PRIOR)).rate


def _completed(wording: Wording, value: Num) -> Num:
    """The share of its budget that a number is, as a number: for prose that prints it in other
    decimals."""
    budget = number(_hung(value, words.BUDGET), words.COMPLETED)
    return Completion(value, budget, _precision(wording, value)).rate


def _same(wording: Wording, a: Any, b: Any) -> bool:
    """Equal as printed."""
    return change(wording, a, b).kind is Direction.UNCHANGED


_VERSUS = Cases(
    {
        words.RISE: (3, 2),
        words.FALL: (2, 3),
        words.UNCHANGED: (2, 2),
        words.ZERO_BASE: (2, 0),
        words.SIGN_CHANGE: (-2, 3),
        words.POINTS_UP: (3, 2),
        words.POINTS_DOWN: (2, 3),
    },
    versus,
)
_SHARE = Cases({words.NORMAL: (2, 3), words.ZERO_WHOLE: (2, 0)}, share)
_FUNCTION, _MEMBER, _TEST = Use.FUNCTION, Use.MEMBER, Use.TEST

COMPARISONS = (
    Phrasing(words.VERSUS_PRIOR, _FUNCTION, _versus_prior, "{word}({prior})", _VERSUS),
    Phrasing(words.CHANGE_WORD, _MEMBER, _change_word, "{prior}.{word}"),
    Phrasing(words.RATE_WORD, _MEMBER, _rate_word, "{prior}.{word}"),
    Phrasing(words.CHANGE_AMOUNT, _MEMBER, _change_amount),
    Phrasing(words.CHANGE_RATE, _MEMBER, _change_rate),
    Phrasing(words.SAME, _TEST, _same),
    Phrasing(words.VERSUS, _FUNCTION, _versus, "{word}({money}, {money})", _VERSUS),
    Phrasing(words.VERSUS_BUDGET, _FUNCTION, _versus_budget, "{word}({budget})", _VERSUS),
    Phrasing(words.BUDGET_ORDER, _MEMBER, _budget_order, "{budget}.{word}"),
    Phrasing(words.COMPLETION, _FUNCTION, _completion, "{word}({budget})", _SHARE),
    Phrasing(words.COMPLETED, _MEMBER, _completed),
    Phrasing(words.SHARE, _FUNCTION, _share, "{word}({money}, {money})", _SHARE),
)
