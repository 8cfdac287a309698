"""Words before a number that the number may belie: a fixed 增加 before a difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.edition.models import Edition
from reportgen.language import words
from reportgen.language.numbers import Num
from reportgen.wording.formats import Phrase, Printed

_NAMED = re.compile(r"(?<![\w.|'\"])(?<!\|\s)[^\W\d]\w*(?:\.\w+)*(?![\w.]|\s*\()")
_MEMBERS = (
    words.CHANGE_WORD,
    words.RATE_WORD,
    words.CHANGE_AMOUNT,
    words.CHANGE_RATE,
    words.BUDGET_ORDER,
    words.PRIOR,
    words.BUDGET,
)
_MEMBER = re.compile(rf"\.({'|'.join(_MEMBERS)})$")
_DECIDES = re.compile(r"[<>]|[=!]=")
_FILLING = "了约 　"  # may stand between a word and its number


@dataclass(frozen=True, slots=True)
class Written:
    """A print as its author wrote it: the words before it, its own text, the conditions round
    it."""

    before: str
    source: str
    conditions: Sequence[str]


def belied(written: Written, value: Any, edition: Edition) -> str:
    """The fixed 增加 or 下降 before a print that prints a `value` of either direction, where no
    condition decides which; "" if there is none."""
    conventions = edition.conventions
    choices = (*conventions.change_words[:2], *conventions.rate_words[:2])
    before = (written.before, written.before.rstrip(_FILLING))  # 多了 is a word itself
    word = next((word for word in choices if any(b.endswith(word) for b in before)), "")
    return word if word and _either_way(value, choices) and not _decided(written) else ""


def _decided(written: Written) -> bool:
    """Whether a condition round the print decides which way its number goes."""
    bases = _numbers(written.source)
    return any(_DECIDES.search(c) and bases & _numbers(c) for c in written.conditions)


def _numbers(text: str) -> set[str]:
    """The names in a tag, those of functions and formats left out; 行.额.增减额 is one way to look
    at 行.额."""
    return {_MEMBER.sub("", n) for n in _NAMED.findall(text)}


def _either_way(value: Any, choices: tuple[str, ...]) -> bool:
    if isinstance(value, Printed):
        return _difference(value.num)
    return isinstance(value, str | Phrase) and str(value).startswith(choices)


def _difference(num: Num) -> bool:
    """Whether a number is a difference, or made of one alone."""
    if num.op in ("abs", "neg", "/", "round", "*") and num.args:
        return _difference(num.args[0])
    return num.op == "-"
