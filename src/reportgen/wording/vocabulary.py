"""All words that sentences are made with, in the order of the handbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from reportgen.language import words
from reportgen.wording.lists import LISTS
from reportgen.wording.ordinals import ORDINALS
from reportgen.wording.phrases import COMPARISONS
from reportgen.wording.records import Phrasing, Use, Wording

_BY_THEMSELVES = (  # what templates and the language have without a function of ours
    Phrasing(words.INSERT, Use.SECTION, None, "{word}('{file}')"),
    Phrasing(words.PRIOR, Use.MEMBER, None, "{prior}.{word}|{unit}"),
)
PHRASINGS: tuple[Phrasing, ...] = (*COMPARISONS, *LISTS, *_BY_THEMSELVES, *ORDINALS)


def functions(wording: Wording, use: Use) -> dict[str, Callable[..., Any]]:
    """Word → its function in the words of an edition, of all words of that use."""
    return {
        phrasing.word: partial(phrasing.function, wording)
        for phrasing in PHRASINGS
        if phrasing.use is use and phrasing.function is not None
    }
