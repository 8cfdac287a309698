"""Numbers before headings and lines: those that an edition gives, those that people typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.expressions import Refused
from reportgen.language.values import Prose
from reportgen.wording.formats import number
from reportgen.wording.numerals import cardinal
from reportgen.wording.records import Phrasing, Use, Wording

_NUMERALS = "一二三四五六七八九十"
_TYPED = re.compile(
    rf"^(?:[{_NUMERALS}]+(?:是[，,：:]?|、(?![{_NUMERALS}]))"
    rf"|[（(](?:[{_NUMERALS}]+|\d{{1,2}})[）)]"
    r"|[①-⑳]"
    r"|\d{1,2}(?:[）)、．]|\.(?!\d)))\s*"
)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """次(level): the next number of a level. Which one it is, the document that prints it knows."""

    level: int
    pattern: str

    def text(self, n: int) -> str:
        """The n-th: 二、 （二） 2. by the edition's patterns."""
        return self.pattern.replace("{一}", cardinal(n)).replace("{1}", str(n))


def ordinal(wording: Wording, level: Any) -> Ordinal:
    """次(level): refuses a level that the edition has no pattern for."""
    patterns = wording.edition.conventions.ordinals
    n = int(number(level, words.ORDINAL).value)
    if n not in range(len(patterns)):
        raise Refused(messages.NO_SUCH_ORDINAL.format(level=n, last=len(patterns) - 1))
    return Ordinal(n, patterns[n])


def untyped(line: str) -> str:
    """A line without the number that somebody typed or pasted before it."""
    return _TYPED.sub("", line)


def unnumbered(text: Prose) -> Prose:
    """A text without the number that somebody pasted before it."""
    return Prose(untyped(str(text).lstrip()), text.name, text.place)


ORDINALS = (Phrasing(words.ORDINAL, Use.FUNCTION, ordinal, "{word}(1)"),)
