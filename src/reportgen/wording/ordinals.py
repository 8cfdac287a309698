"""Numbers before headings and lines: those that an edition gives, those that people typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.syntax import Refused
from reportgen.language.values import Prose
from reportgen.wording.formats import number
from reportgen.wording.numerals import cardinal
from reportgen.wording.records import Phrasing, Use, Wording

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# a number typed before a line; 3、4月份 and 2.5万 begin with no such number
_TYPED = (
    rf"(?:(?P<chinese>[{_NUMERALS}]+)(?:(?P<is>是)[，,：:]?|(?P<comma>、)(?![{_NUMERALS}]))"
    rf"|(?P<open>[（(])(?P<inner>[{_NUMERALS}]+|\d{{1,2}})[）)]"
    rf"|(?P<circled>[{_CIRCLED}])"
    r"|(?P<digits>\d{1,2})(?:(?P<close>[）)])|(?P<stop>[、．.])(?!\d)))\s*"
)
_HEAD = re.compile(_TYPED)
_NUMBERED = re.compile(rf"(?:^|(?<=[；;。，,、\s])){_TYPED}")


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
    """A line without the number that somebody typed or pasted before it; a list in one line keeps
    all of its numbers."""
    head = _HEAD.match(line)
    return line[head.end() :] if head and len(listed(line)) == 1 else line


def listed(line: str) -> list[str]:
    """The items of a list that was typed in one line (一是甲；二是乙), each without its number;
    any other line as it stands."""
    heads: list[re.Match[str]] = []
    for head in _NUMBERED.finditer(line):
        if _value(head) == len(heads) + 1 and (not heads or _style(head) == _style(heads[0])):
            heads.append(head)
    if len(heads) < 2 or heads[0].start():
        return [line]
    ends = [head.start() for head in heads[1:]] + [len(line)]
    return [line[head.end() : end] for head, end in zip(heads, ends, strict=True)]


def _value(head: re.Match[str]) -> int:
    """Which number an ordinal is; 0 for none that begins a list."""
    if head["circled"]:
        return _CIRCLED.index(head["circled"]) + 1
    text = head["chinese"] or head["inner"] or head["digits"]
    if text.isdigit():
        return int(text)
    return next((n for n in range(1, 100) if cardinal(n) == text), 0)


def _style(head: re.Match[str]) -> list[str]:
    """What is the same in all ordinals of a list."""
    numbers = ("chinese", "inner", "digits", "circled")
    return [name for name, found in head.groupdict().items() if found and name not in numbers]


def unnumbered(text: Prose) -> Prose:
    """A text without the number that somebody pasted before it."""
    return Prose(untyped(str(text).lstrip()), text.name, text.place)


ORDINALS = (Phrasing(words.ORDINAL, Use.FUNCTION, ordinal, "{word}(1)"),)
