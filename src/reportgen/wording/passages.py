"""The phrases of an edition: a text with parameters, {{ }} and {% if %}, that several places print.

A phrase is called like a function. What it prints stays words and numbers in order, so that its
numbers are known like any other; texts that people wrote are read where they are printed.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportgen import messages
from reportgen.edition.bounds import PHRASE_PIECES
from reportgen.edition.models import Edition, PhraseText, scope_names
from reportgen.edition.places import EDITION
from reportgen.findings import Finding, fault
from reportgen.language.closures import EVERY_BRANCH, Evaluate, Scope, Scoped
from reportgen.language.expressions import Language
from reportgen.language.numbers import NumberError
from reportgen.language.syntax import Refused
from reportgen.language.values import Prose
from reportgen.wording.directions import Written, belied
from reportgen.wording.formats import Phrase, printable
from reportgen.wording.patterns import flat
from reportgen.wording.prose import Sentence

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.S)
_STATEMENT = re.compile(r"\{%\s*(\w*)\s*(.*?)\s*%\}", re.S)
_STRAY = re.compile(r"\{[{%]|[%}]\}")
_MAX_DEPTH = 12  # conditions within conditions


@dataclass(frozen=True, slots=True)
class Shown:
    """{{ expression }}, and the way it is written."""

    value: Evaluate
    written: Written


@dataclass(frozen=True, slots=True)
class Choice:
    """{% if %} … {% else %}: conditions (None of else), each with what is printed where it is the
    first to hold."""

    branches: list[tuple[Evaluate | None, list[Piece]]]


Piece = str | Shown | Choice


@dataclass(eq=False, slots=True)
class Passage(Scoped):
    """A phrase of an edition as a function of the language."""

    name: str
    parameters: Sequence[str]
    edition: Edition
    pieces: list[Piece] = field(default_factory=list)

    def takes(self, count: int) -> None:
        """Refuses any other number of arguments than it has parameters."""
        wanted = len(self.parameters)
        if count != wanted:
            names = "、".join(self.parameters)
            listed = messages.PHRASE_PARAMETERS.format(names=names) if names else ""
            text = messages.PHRASE_ARGUMENTS.format(
                name=self.name, wanted=wanted, parameters=listed, given=count
            )
            raise Refused(text)

    def __call__(self, scope: Scope, *values: Any) -> Phrase | Sentence:
        """Words and numbers in order, with texts of people among them as a Sentence.

        Raises Refused and NumberError, which name the phrase, for what cannot be printed, and
        MissingValue for what nobody filled.
        """
        given = dict(zip(self.parameters, values, strict=True))
        inner = ChainMap(given, scope)  # type: ignore[arg-type]  # nothing is written to it
        printed: list[Any] = []
        try:
            for text in self._printed(self.pieces, inner):
                printed += _opened(text)
                if len(printed) > PHRASE_PIECES:
                    raise Refused(messages.PHRASE_PRINTS_TOO_MUCH.format(limit=PHRASE_PIECES))
        except (Refused, NumberError) as error:
            text = messages.PHRASE_FAULT.format(name=self.name, fault=error)
            raise error.__class__(text, *error.about) from error
        if any(isinstance(piece, Prose) for piece in printed):
            return Sentence(tuple(printed))
        return flat(printed)

    def _printed(self, pieces: list[Piece], scope: Scope) -> Iterator[Any]:
        for piece in pieces:
            if isinstance(piece, str):
                yield piece
            elif isinstance(piece, Choice):
                yield from self._chosen(piece, scope)
            else:
                value = piece.value(scope)
                if EVERY_BRANCH in scope and (word := belied(piece.written, value, self.edition)):
                    raise Refused(messages.LITERAL_DIRECTION.format(word=word))
                prose = isinstance(value, Prose | Sentence)
                yield value if prose else printable(value, self.edition, False)

    def _chosen(self, choice: Choice, scope: Scope) -> Iterator[Any]:
        """What the first branch prints whose condition holds; in a trial all are gone through."""
        for condition, pieces in choice.branches:
            holds = condition is None or bool(condition(scope))
            if holds or EVERY_BRANCH in scope:
                yield from self._printed(pieces, scope)
            if holds and EVERY_BRANCH not in scope:
                return


def _opened(text: Any) -> Sequence[Any]:
    """What a piece consists of."""
    if isinstance(text, Sentence):
        return [piece for inner in text.pieces for piece in _opened(inner)]
    return text if isinstance(text, Phrase) else [text]


def passages(edition: Edition, language: Language) -> tuple[dict[str, Passage], list[Finding]]:
    """The phrases of an edition by name, and what is wrong with the tags in their texts, by key.

    `language` is that of templates, without phrases; one that is at fault is there all the same,
    so that nothing is told of those who use it.
    """
    found = {name: Passage(name, spec.parameters, edition) for name, spec in edition.phrase.items()}
    own = Language(
        {**found, **language.functions},
        language.filters,
        language.tests,
        language.members,
        templates=True,
    )
    faults: list[Finding] = []
    for name, spec in edition.phrase.items():
        reader = _Reader(spec, [*scope_names(edition), *spec.parameters], own)
        found[name].pieces = reader.read()
        key = f"phrase.{name}"
        if name in language.functions and name not in edition.lost:
            message = messages.PHRASE_NAME_TAKEN.format(name=name)
            faults.append(fault("phrase", EDITION, key, message))
        faults += [fault("phrase", EDITION, f"{key}.text", told) for told in reader.faults]
    return found, faults


class _Reader:
    """Compiles the text of a phrase; goes on after a fault, so that all are told."""

    def __init__(self, spec: PhraseText, names: Sequence[str], language: Language) -> None:
        self.language, self.names = language, names
        self.faults: list[str] = []
        self.parts = enumerate(_TAG.split(spec.text))  # words, tag, words, tag, words
        self.statement: tuple[str, str] | None = None  # the one that ended what was read last
        self.conditions: list[str] = []  # of the choices round what is read

    def read(self) -> list[Piece]:
        """The whole text."""
        pieces = self._pieces()
        while self.statement is not None:
            self._tell(messages.BLOCK_NOT_OPEN.format(tag=self.statement[0]))
            pieces += self._pieces()
        return pieces

    def _pieces(self) -> list[Piece]:
        """What stands before the next elif, else or endif, or the end."""
        pieces: list[Piece] = []
        self.statement = None
        for n, part in self.parts:
            if n % 2 and part.startswith("{{"):
                before = pieces[-1] if pieces and isinstance(pieces[-1], str) else ""
                written = Written(before, part, list(self.conditions))
                pieces.append(Shown(self._compiled(part[2:-2]), written))
            elif n % 2:
                word, rest = self._statement(part)
                if word in ("elif", "else", "endif"):
                    self.statement = word, rest
                    return pieces
                pieces += self._opened(word, rest)
            elif part:
                if _STRAY.search(part):
                    self._tell(messages.TAG_UNCLOSED)
                pieces.append(part)
        return pieces

    def _statement(self, tag: str) -> tuple[str, str]:
        match = _STATEMENT.fullmatch(tag)
        word, rest = match.groups() if match else ("", "")
        return word, rest

    def _opened(self, word: str, rest: str) -> list[Piece]:
        if word != "if":
            if word != "endfor":  # its beginning is told
                self._tell(messages.PHRASE_STATEMENT.format(word=word))
            return []
        self.conditions.append(rest)
        if len(self.conditions) > _MAX_DEPTH:
            self._tell(messages.BLOCKS_TOO_DEEP.format(limit=_MAX_DEPTH))
        choice = Choice([(self._compiled(rest), self._pieces())])
        while self.statement is not None and self.statement[0] != "endif":
            choice.branches.append(self._branch(*self.statement, choice))
        if self.statement is None:
            self._tell(messages.BLOCK_NOT_CLOSED.format(tag=f"{{% if {rest} %}}", wanted="endif"))
        self.statement = None
        self.conditions.pop()
        return [choice]

    def _branch(self, word: str, rest: str, choice: Choice) -> tuple[Evaluate | None, list[Piece]]:
        if choice.branches[-1][0] is None:
            self._tell(messages.BLOCK_AFTER_ELSE.format(found=word))
        elif word == "else" and rest:
            self._tell(messages.BLOCK_AFTER_ELSE.format(found=rest))
        self.conditions[-1] += f" {rest}"
        return None if word == "else" else self._compiled(rest), self._pieces()

    def _compiled(self, source: str) -> Evaluate:
        try:
            return self.language.compile(source.strip(), self.names)
        except Refused as refused:
            self._tell(str(refused))
            return lambda _scope: ""

    def _tell(self, message: str) -> None:
        self.faults.append(message)
