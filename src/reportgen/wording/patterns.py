"""Texts with {{ }} in them: file names, and the wording of cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language.closures import Evaluate
from reportgen.language.expressions import Language
from reportgen.language.syntax import Refused
from reportgen.wording.formats import Phrase, printable

_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")


def flat(parts: Iterable[str | Phrase]) -> Phrase:
    """Parts joined to one phrase, phrases among them opened."""
    joined: list[str] = []
    for part in parts:
        joined.extend(part) if isinstance(part, Phrase) else joined.append(part)
    return Phrase(p for p in joined if p)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with {{ }} in it, compiled: file names and the wording of cases are such texts."""

    pieces: tuple[str | Evaluate, ...]
    edition: Edition

    def __call__(self, scope: Mapping[str, Any]) -> Phrase:
        """The text with its expressions filled in, from a scope of the names that it was compiled
        with.

        Raises MissingValue, NumberError or Refused for what cannot be printed, KeyError for a
        name that the scope does not have after all.
        """
        return flat(
            p if isinstance(p, str) else printable(p(scope), self.edition, False)
            for p in self.pieces
        )


def pattern(text: str, edition: Edition, language: Language, names: Iterable[str]) -> Pattern:
    """Compiles a text with {{ }} over `names`; raises Refused for what is wrong in it."""
    known = list(names)
    pieces: list[str | Evaluate] = []
    for i, piece in enumerate(_PLACEHOLDER.split(text)):
        if i % 2 == 0 and re.search(r"\{[{%]|[%}]\}", piece):
            raise Refused(messages.TAG_UNCLOSED)
        pieces.append(language.compile(piece.strip(), known) if i % 2 else piece)
    return Pattern(tuple(p for p in pieces if p != ""), edition)
