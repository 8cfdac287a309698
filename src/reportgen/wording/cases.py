"""The cases that an edition words of each phrase: compiled, and each of them tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.edition.places import EDITION
from reportgen.findings import Finding, fault
from reportgen.language import words
from reportgen.language.expressions import Language
from reportgen.language.members import pick
from reportgen.language.names import Name, nearest
from reportgen.language.numbers import Num, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.units import RATIO, Unit
from reportgen.wording.formats import filters
from reportgen.wording.patterns import Pattern, pattern
from reportgen.wording.records import Cases, Wording
from reportgen.wording.vocabulary import PHRASINGS

_WORDED = {p.word: p.cases for p in PHRASINGS if p.cases is not None}
_NAMES = (words.CASE_CURRENT, words.CASE_BASE, words.CASE_DIFFERENCE, words.CASE_RATE)
_OF_SHARES = (words.POINTS_UP, words.POINTS_DOWN)  # the cases that amounts never come to
_OF_AMOUNTS = (words.RISE, words.FALL, words.ZERO_BASE, words.SIGN_CHANGE)  # and shares never


def wording_faults(edition: Edition) -> list[Finding]:
    """All that is wrong with the wording of an edition, each fault by its key."""
    return worded(edition)[1]


def worded(edition: Edition) -> tuple[Wording, list[Finding]]:
    """The wording of an edition, and all that is wrong with it: texts that cannot be compiled,
    cases without a text, and texts that no pair of numbers can be printed with.

    A phrase that the edition does not word at all is a fault only where it is used.
    """
    wording, faults = _compiled(edition, Language(filters=filters(edition)))
    for phrase, texts in wording.cases.items():
        for case in _WORDED[phrase].samples:
            if case in texts or case not in edition.wording[phrase]:
                faults += _tried(wording, phrase, case)
    return wording, faults


def _compiled(edition: Edition, language: Language) -> tuple[Wording, list[Finding]]:
    faults: list[Finding] = []
    cases: dict[str, dict[str, Pattern]] = {}
    for phrase, texts in edition.wording.items():
        if phrase not in _WORDED:
            faults.append(_fault(phrase, _unknown(phrase)))
            continue
        cases[phrase] = {}
        for case, text in texts.items():
            try:
                pick(_WORDED[phrase].samples, case, messages.KIND_WORDING)
                cases[phrase][case] = pattern(text, edition, language, _NAMES)
            except Refused as refused:
                faults.append(_fault(f"{phrase}.{case}", refused))
    return Wording(edition, cases), faults


def _unknown(phrase: str) -> str:
    hint = nearest(phrase, _WORDED)
    return messages.UNKNOWN_NAME.format(kind=messages.KIND_WORDING, name=phrase, hint=hint)


def _fault(key: str, message: object) -> Finding:
    return fault("wording", EDITION, f"wording.{key}", str(message))


def _tried(wording: Wording, phrase: str, case: str) -> Iterator[Finding]:
    """The fault of a case that no unit of the edition can be printed in: that of the unit which
    its text names first."""
    told: list[str] = []
    for unit in _units(wording.edition, phrase, case):
        try:
            _print(wording, phrase, _WORDED[phrase], case, unit)
        except (Refused, NumberError) as error:
            told.append(str(error))
        else:
            return
    yield _fault(f"{phrase}.{case}", told[0])


def _print(wording: Wording, phrase: str, cases: Cases, case: str, unit: Unit) -> None:
    """Prints a case over its made-up numbers in a unit."""
    current, base = (Decimal(n) * unit.factor for n in cases.samples[case])
    this = Num(current, unit, name=Name(words.CASE_CURRENT))
    cases.tell(wording, phrase, this, Num(base, unit, name=Name(words.CASE_BASE)))


def _units(edition: Edition, phrase: str, case: str) -> list[Unit]:
    """A unit of each dimension that the numbers of a case may have, those first that its text
    names."""
    units: dict[str, Unit] = {}
    for unit in (*edition.measures.values(), RATIO):
        units.setdefault(unit.dimension, edition.printed(unit.dimension) or unit)
    if case in _OF_SHARES:
        return [units[RATIO.dimension]]
    if case in _OF_AMOUNTS:
        del units[RATIO.dimension]
    formats = re.findall(r"\|\s*(\w+)", edition.wording[phrase].get(case, ""))
    named = [edition.measures[name].dimension for name in formats if name in edition.measures]
    return sorted(units.values(), key=lambda u: (*named, u.dimension).index(u.dimension))
