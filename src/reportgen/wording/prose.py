"""What people wrote, with its citations filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition, scope_names
from reportgen.language.expressions import Evaluate, Language, Refused, nearest
from reportgen.language.values import Prose
from reportgen.wording.formats import Phrase, printable
from reportgen.wording.patterns import flat

_CITATION = re.compile(r"【([^【】]*)】")


_WIDTH = str.maketrans("｜．（），＝＞＜", "|.(),=><")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and prose in order, citations not yet filled in."""

    pieces: tuple[Any, ...]


def prose(text: Prose, edition: Edition, language: Language, scope: Mapping[str, Any]) -> Phrase:
    """A prose cell with its citations filled in. Raises Refused (and its kin) with what is wrong
    in a citation."""
    pieces: list[str | Phrase] = []
    for source, evaluate in _cited(text.text, language, edition):
        if evaluate is None:
            pieces.append(source)
            continue
        value = evaluate(scope)
        if isinstance(value, Prose | Sentence):
            raise Refused(messages.PROSE_CITES_PROSE.format(source=source))
        pieces.append(printable(value, edition, by_convention=True))
    return flat(pieces)


def _cited(text: str, language: Language, edition: Edition) -> list[tuple[str, Evaluate | None]]:
    """The words (with None) and the citations (compiled) of a prose text, in order; remembered by
    the text."""
    if text in language.texts:
        return language.texts[text]
    names = scope_names(edition)
    pieces: list[tuple[str, Evaluate | None]] = []
    for i, piece in enumerate(_CITATION.split(text)):
        source = piece.translate(_WIDTH).strip()
        if i % 2 == 0:
            pieces.append((piece, None))
        elif cites(source, names):
            pieces.append((source, language.compile(source, names)))
        else:
            pieces.append((f"【{piece}】", None))
    language.texts[text] = pieces
    return pieces


def cites(source: str, names: Iterable[str]) -> bool:
    """Whether what stands in 【】 means a fact: its first name is one, or nearly one with members."""
    first = re.match(r"(?:[\s(+-]|[\d.]+\s*[-+*/]|[^\W\d]\w*\s*\()*([^\W\d]\w*)", source)
    known = list(names)
    if first is None:
        return False
    return first[1] in known or ("." in source and bool(nearest(first[1], known)))


def text_of(
    value: Any, edition: Edition, language: Language, scope: Mapping[str, Any]
) -> str | Phrase:
    """What a template prints for a value, prose and sentences resolved."""
    if isinstance(value, Prose):
        return prose(value, edition, language, scope)
    if isinstance(value, Sentence):
        return flat(
            p if p.__class__ is str else text_of(p, edition, language, scope) for p in value.pieces
        )
    return printable(value, edition, by_convention=False)
