"""The cases that an edition words of each phrase."""

from __future__ import annotations

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.findings import EditionFault
from reportgen.language import words
from reportgen.language.expressions import Language, Refused, nearest, pick
from reportgen.wording.patterns import Pattern, pattern
from reportgen.wording.vocabulary import PHRASINGS

_WORDED = {p.word: p.cases for p in PHRASINGS if p.cases is not None}
_NAMES = (words.CASE_CURRENT, words.CASE_BASE, words.CASE_DIFFERENCE, words.CASE_RATE)


def cases(edition: Edition, language: Language) -> dict[str, dict[str, Pattern]]:
    """Phrase → case → its text, compiled. Raises EditionFault with all that is wrong."""
    faults: list[str] = []
    made: dict[str, dict[str, Pattern]] = {}
    for phrase, texts in edition.wording.items():
        made[phrase] = {}
        if phrase not in _WORDED:
            fault = messages.UNKNOWN_NAME.format(
                kind=messages.KIND_WORDING, name=phrase, hint=nearest(phrase, _WORDED)
            )
            faults.append(f"{edition.name}/edition.toml：wording.{phrase}：{fault}")
            continue
        for case, text in texts.items():
            try:
                pick(_WORDED[phrase].samples, case, messages.KIND_WORDING)
                made[phrase][case] = pattern(text, edition, language, _NAMES)
            except Refused as refused:
                faults.append(f"{edition.name}/edition.toml：wording.{phrase}.{case}：{refused}")
    if faults:
        raise EditionFault(faults)
    return made
