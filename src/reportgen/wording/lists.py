"""Lists in sentences: reasons, items, numbered lines, ordinals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language import words
from reportgen.language.expressions import Refused, shown
from reportgen.language.numbers import Missing, MissingValue
from reportgen.language.values import Prose, Values
from reportgen.wording.formats import Phrase, in_unit, number
from reportgen.wording.numerals import cardinal
from reportgen.wording.prose import Sentence

_NUMERALS = "一二三四五六七八九十"


_TYPED_ORDINAL = re.compile(
    rf"^(?:[{_NUMERALS}]+(?:是[，,：:]?|、(?![{_NUMERALS}]))|[（(](?:[{_NUMERALS}]+|\d{{1,2}})[）)]|[①-⑳]"
    r"|\d{1,2}(?:[）)、．]|\.(?!\d)))\s*"
)


_STOPS = "。；;，,、 \n"


def reasons(edition: Edition, texts: Any, *marks: Any) -> Any:
    """Reasons as one sentence: 一是…；二是…, a single one without ordinal. Of a column those whose
    row is marked, of one text each of its lines."""
    marked = (
        [t for t, mark in zip(texts, marks[0], strict=True) if mark == words.MARK]
        if marks
        else [texts]
    )
    chosen = [line for text in marked for line in _lines(text)]
    if not chosen:
        raise Refused(messages.NO_REASON.format(column=shown(marks[0] if marks else texts)))
    if len(chosen) == 1:
        return Sentence((chosen[0],))
    pieces: list[Any] = []
    for i, text in enumerate(chosen, 1):
        if i > 1:
            pieces.append(edition.conventions.reason_join)
        pieces += [edition.conventions.reasons.replace("{一}", cardinal(i)), text]
    return Sentence(tuple(pieces))


def joined(edition: Edition, text: Any) -> Any:
    """The lines of a text, or the values of a column, as parts of one sentence: 甲、乙."""
    lines = [
        line for value in (text if isinstance(text, Values) else [text]) for line in _lines(value)
    ]
    if not lines:
        raise Refused(messages.NO_REASON.format(column=shown(text)))
    pieces = [lines[0]]
    for line in lines[1:]:
        pieces += [edition.conventions.item_join, line]
    return Sentence(tuple(pieces))


def unnumbered(text: Prose) -> Prose:
    """A text without the number that somebody pasted before it."""
    return Prose(_TYPED_ORDINAL.sub("", str(text).lstrip()), text.name, text.place)


def itemised(edition: Edition, text: Any, level: Any) -> Any:
    """分条(text, 3): the lines of a text as sentences, each a paragraph with a number of that
    level; a single one without."""
    if isinstance(text, Missing):
        raise MissingValue(text)
    number_of = ordinal(
        {i: Ordinal(i, t) for i, t in enumerate(edition.conventions.ordinals)}, level
    )
    lines = [
        unnumbered(Prose(line, text.name, text.place))
        for line in str(text).split("\n")
        if line.strip()
    ]
    if len(lines) == 1:
        return Sentence((_sentence(lines[0]),))
    pieces: list[Any] = []
    for n, line in enumerate(lines, 1):
        if n > 1:
            pieces.append("\n")
        pieces += [number_of.text(n), _sentence(line)]
    return Sentence(tuple(pieces))


def _sentence(line: Prose) -> Prose:
    """A line with the full stop that nobody typed, or typed as another sign because more lines
    follow."""
    text = str(line).rstrip("；;，,、 ")
    return Prose(
        text if text.endswith(("。", "！", "？", "：")) else text + "。", line.name, line.place
    )


def ticked(value: Any, choice: Any) -> str:
    """勾选(项.类别, '省专项'): ☑ where that was chosen, □ where not."""
    if isinstance(value, Missing):
        raise MissingValue(value)
    return words.TICKED if str(value) == str(choice) else words.UNTICKED


def _lines(text: Any) -> list[Any]:
    """The lines of a text that say anything, without the ordinals and stops that their sentence
    will bring."""
    if isinstance(text, Missing):
        raise MissingValue(text)
    if not isinstance(text, str | Prose):
        raise TypeError(text)
    lines = [_TYPED_ORDINAL.sub("", line.strip()).rstrip(_STOPS) for line in str(text).split("\n")]
    return [
        Prose(line, text.name, text.place) if isinstance(text, Prose) else line
        for line in lines
        if line
    ]


def items(edition: Edition, *columns: Any) -> Phrase:
    """Amounts with their labels: 办公费2.41万元、印刷费0.93万元; those of 0 as printed are left
    out."""
    pieces: list[str] = []
    pairs = [
        c.pairs() if isinstance(c, Values) else [(shown(c).rpartition(".")[2], c)] for c in columns
    ]
    for label, value in chain.from_iterable(pairs):
        num = number(value, words.LIST_ITEMS)
        unit = edition.printed(num.unit.dimension) or num.unit
        if num.rounded(unit).value:
            if pieces:
                pieces.append(edition.conventions.item_join)
            pieces += [label, in_unit(num, unit)]
    if not pieces:
        raise Refused(messages.NO_ITEM.format(columns="、".join(map(shown, columns))))
    return Phrase(pieces)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """次(level): the next number of a level. Which one it is, the document that prints it knows."""

    level: int
    pattern: str

    def text(self, n: int) -> str:
        """The n-th: 二、 （二） 2. by the edition's patterns."""
        return self.pattern.replace("{一}", cardinal(n)).replace("{1}", str(n))


def ordinal(ordinals: Mapping[int, Ordinal], level: Any) -> Ordinal:
    """次(level): refuses a level that the edition has no pattern for."""
    n = int(number(level, words.ORDINAL).value)
    if n not in ordinals:
        raise Refused(messages.NO_SUCH_ORDINAL.format(level=n, last=len(ordinals) - 1))
    return ordinals[n]
