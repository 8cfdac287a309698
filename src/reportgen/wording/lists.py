"""Lists in sentences: reasons, items, numbered lines, ticked boxes."""

from __future__ import annotations

from itertools import chain
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.members import called, shown
from reportgen.language.numbers import Missing, MissingValue
from reportgen.language.syntax import Refused
from reportgen.language.values import Prose, Values
from reportgen.wording.formats import Phrase, in_unit, number
from reportgen.wording.numerals import cardinal
from reportgen.wording.ordinals import listed, ordinal, unnumbered, untyped
from reportgen.wording.prose import Sentence
from reportgen.wording.records import Phrasing, Use, Wording

_STOPS = "。；;，,、 \n"


def reasons(wording: Wording, texts: Any, *marks: Any) -> Sentence:
    """Reasons as one sentence: 一是…；二是…, a single one without ordinal. Of a column those whose
    row is marked, of one text each of its lines.

    Raises Refused where there is none, MissingValue for a marked one that nobody wrote.
    """
    chosen = [line for text in _marked(texts, *marks) for line in _lines(text)]
    if not chosen:
        column = marks[0] if marks else texts
        raise Refused(messages.NO_REASON.format(column=shown(column)), column)
    if len(chosen) == 1:
        return Sentence((chosen[0],))
    conventions = wording.edition.conventions
    pieces: list[Any] = []
    for i, text in enumerate(chosen, 1):
        if i > 1:
            pieces.append(conventions.reason_join)
        pieces += [conventions.reasons.replace("{一}", cardinal(i)), text]
    return Sentence(tuple(pieces))


def _marked(texts: Any, *marks: Any) -> list[Any]:
    if not marks:
        return [texts]
    return [t for t, mark in zip(texts, marks[0], strict=True) if mark == words.MARK]


def joined(wording: Wording, text: Any) -> Sentence:
    """The lines of a text, or the values of a column, as parts of one sentence: 甲、乙.

    Raises Refused where there is none, MissingValue for what nobody wrote.
    """
    texts = text if isinstance(text, Values) else [text]
    lines = [line for value in texts for line in _lines(value)]
    if not lines:
        raise Refused(messages.NO_LINE.format(column=shown(text)), text)
    pieces = [lines[0]]
    for line in lines[1:]:
        pieces += [wording.edition.conventions.item_join, line]
    return Sentence(tuple(pieces))


def _lines(text: Any) -> list[Any]:
    """The lines of a text that say anything, without the ordinals and stops that their sentence
    will bring."""
    if isinstance(text, Missing):
        raise MissingValue(text)
    if not isinstance(text, str | Prose):
        raise TypeError(text)
    typed = (item for line in str(text).split("\n") for item in listed(line.strip()))
    stripped = (untyped(item.strip()).rstrip(_STOPS) for item in typed)
    lines = [line for line in stripped if line]
    if isinstance(text, Prose):
        return [Prose(line, text.name, text.place) for line in lines]
    return lines


def itemised(wording: Wording, text: Any, level: Any) -> Sentence:
    """分条(text, 3): the lines of a text as sentences, each a paragraph with a number of that
    level; a single one without.

    Raises MissingValue for a text that nobody wrote, Refused for a level that there is not.
    """
    if isinstance(text, Missing):
        raise MissingValue(text)
    number_of = ordinal(wording, level)
    written = [Prose(line, text.name, text.place) for line in str(text).split("\n")]
    lines = [_sentence(unnumbered(line)) for line in written if str(line).strip()]
    if len(lines) == 1:
        return Sentence((lines[0],))
    pieces: list[Any] = []
    for n, line in enumerate(lines, 1):
        if n > 1:
            pieces.append("\n")
        pieces += [number_of.text(n), line]
    return Sentence(tuple(pieces))


def _sentence(line: Prose) -> Prose:
    """A line with the full stop that nobody typed, or typed as another sign because more lines
    follow."""
    text = str(line).rstrip("；;，,、 ")
    if not text.endswith(("。", "！", "？", "：")):
        text += "。"
    return Prose(text, line.name, line.place)


def items(wording: Wording, *columns: Any) -> Phrase:
    """Amounts with their labels: 办公费2.41万元、印刷费0.93万元; those of 0 as printed are left
    out.

    Raises Refused where all are 0, MissingValue for one that nobody filled.
    """
    edition = wording.edition
    pieces: list[str] = []
    for label, value in chain.from_iterable(map(_labelled, columns)):
        num = number(value, words.LIST_ITEMS)
        unit = edition.printed(num.unit.dimension) or num.unit
        if num.rounded(unit).value:
            if pieces:
                pieces.append(edition.conventions.item_join)
            pieces += [label, in_unit(num, unit)]
    if not pieces:
        raise Refused(messages.NO_ITEM.format(columns="、".join(map(shown, columns))), *columns)
    return Phrase(pieces)


def _labelled(column: Any) -> list[tuple[str, Any]]:
    """The values of a column with the names of their rows; a number with its own."""
    if isinstance(column, Values):
        return list(column.pairs())
    return [(called(column).path[-1], column)]


def ticked(_: Wording, value: Any, choice: Any) -> str:
    """勾选(项.类别, '省专项'): ☑ where that was chosen, □ where not. Raises MissingValue where
    nothing was."""
    if isinstance(value, Missing):
        raise MissingValue(value)
    return words.TICKED if str(value) == str(choice) else words.UNTICKED


LISTS = (
    Phrasing(words.LIST_REASONS, Use.FUNCTION, reasons, "{word}({texts}, {marks})"),
    Phrasing(words.LIST_ITEMS, Use.FUNCTION, items, "{word}({items})"),
    Phrasing(words.JOIN, Use.FUNCTION, joined, "{word}({prose})"),
    Phrasing(words.ITEMISE, Use.FUNCTION, itemised, "{word}({prose}, 3)"),
    Phrasing(words.TICK, Use.FUNCTION, ticked, "{word}({choice}, '{chosen}')"),
)
