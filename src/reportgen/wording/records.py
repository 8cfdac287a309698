"""What is known of each word that sentences are made with: one record, beside its function.

The languages, the wording that an edition must have and the handbook all follow from these
records; what the handbook says of a word stands in `messages.PHRASES` under that word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language.numbers import Num
from reportgen.wording.formats import Phrase
from reportgen.wording.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an edition: its conventions, and phrase → case → the text of the case."""

    edition: Edition
    cases: Mapping[str, Mapping[str, Pattern]]


class Use(Enum):
    """How a word is used."""

    FUNCTION = "function"  # 比上年(x)
    MEMBER = "member"  # x.增减
    TEST = "test"  # x is 同(y)
    SECTION = "section"  # 插入('…'): templates alone, with whole files


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a phrase that an edition words, each with a number and its base that make it.

    `tell(wording, phrase, number, base)` is the phrase in the words of their case.
    """

    samples: Mapping[str, tuple[int, int]]
    tell: Callable[[Wording, str, Num, Num], Phrase]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A word of the language that sentences are made with.

    `function` takes the Wording of the edition, then what the author gives it; it is None where
    the language or the templates have the word by themselves. `example` is what the handbook
    shows, "" where it shows nothing: {word}, and facts of the edition by what they are good for
    (see `word.authors.examples`). `cases` are those that an edition words.
    """

    word: str
    use: Use
    function: Callable[..., Any] | None
    example: str = ""
    cases: Cases | None = None

    @property
    def meaning(self) -> str:
        """What the handbook says of it; KeyError where it shows nothing."""
        return messages.PHRASES[self.word]
