"""What people wrote, with its citations filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition, scope_names
from reportgen.language.closures import Evaluate
from reportgen.language.expressions import Language
from reportgen.language.names import nearest
from reportgen.language.syntax import Refused
from reportgen.language.values import Prose
from reportgen.wording.formats import Phrase, printable
from reportgen.wording.patterns import flat

Piece = tuple[str, Evaluate | None]  # words with None, or a citation and what evaluates it
_CITATION = re.compile(r"【([^【】]*)】")
_WIDTH = str.maketrans("｜．（），＝＞＜", "|.(),=><")
# the first name of a citation, after brackets, signs, numbers of a formula and functions
_FIRST = re.compile(r"(?:[\s(+-]|[\d.]+\s*[-+*/]|[^\W\d]\w*\s*\()*([^\W\d]\w*)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DOTTED = re.compile(r"(?<![\w.])([^\W\d]\w*)(\.\w+)?")
_CONDITION = re.compile(r"\b(?:if|else|and|or|not)\b")
_OPERATOR = re.compile(r"[-+*/|<>]|[=!]=")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and prose in order, citations not yet filled in."""

    pieces: tuple[Any, ...]


class ProseReader:
    """Fills in the citations of what people wrote, for one filing or one trial.

    A text is compiled once for each reader, in the reader's language: a trial takes every branch
    of a citation, so what it compiled may never be printed with; and what one workbook says is
    nothing that the next one should find.
    """

    def __init__(self, edition: Edition, language: Language) -> None:
        self.edition = edition
        self.language = language
        self._names = scope_names(edition)
        self._compiled: dict[str, list[Piece]] = {}

    def read(self, text: Prose, scope: Mapping[str, Any]) -> Phrase:
        """The text with its citations filled in, from a scope of all names of the edition.

        Raises Refused for a citation that the language does not have or that cites another text,
        MissingValue for what nobody filled, NumberError for numbers that do not fit.
        """
        pieces: list[str | Phrase] = []
        for source, evaluate in self._pieces(text.text):
            if evaluate is None:
                pieces.append(source)
                continue
            value = evaluate(scope)
            if isinstance(value, Prose | Sentence):
                raise Refused(messages.PROSE_CITES_PROSE.format(source=source))
            pieces.append(printable(value, self.edition, by_convention=True))
        return flat(pieces)

    def text_of(self, value: Any, scope: Mapping[str, Any]) -> str | Phrase:
        """What a template prints for a value, citations of texts and sentences filled in.

        Raises what `read` raises, and NumberError for a number without format.
        """
        if isinstance(value, Prose):
            return self.read(value, scope)
        if isinstance(value, Sentence):
            return flat(p if p.__class__ is str else self.text_of(p, scope) for p in value.pieces)
        return printable(value, self.edition, by_convention=False)

    def _pieces(self, text: str) -> list[Piece]:
        if text not in self._compiled:
            self._compiled[text] = [
                self._citation(piece) if i % 2 else (piece, None)
                for i, piece in enumerate(_CITATION.split(text))
            ]
        return self._compiled[text]

    def _citation(self, inner: str) -> Piece:
        """What stands in 【】: compiled if it means a fact, else words with their brackets."""
        source = inner.translate(_WIDTH).strip()
        if cites(source, self._names):
            return source, self.language.compile(source, self._names)
        return f"【{inner}】", None


def cites(source: str, names: Iterable[str]) -> bool:
    """Whether what stands in 【】 means a fact rather than the number of a document or a remark.

    Its first name is one of `names`, or nearly one with members; or, where something else comes
    first, such a name stands in a formula after it: with a member beside an operator, or in any
    way in a condition.
    """
    known = set(names)

    def fact(name: str, dotted: bool) -> bool:
        return name in known or (dotted and bool(nearest(name, known)))

    first = _FIRST.match(source)
    if first and fact(first[1], "." in source):
        return True
    formula = _QUOTED.sub("''", source)
    cited = [(name, more) for name, more in _DOTTED.findall(formula) if fact(name, bool(more))]
    if _CONDITION.search(formula):
        return bool(cited)
    return bool(_OPERATOR.search(formula)) and any(more for _, more in cited)
