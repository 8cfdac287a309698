"""An edition opened, ready for every command: proved by the gate, unless that was done before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.checks import rules as checks
from reportgen.checks.rules import Rule
from reportgen.edition import loading
from reportgen.edition.models import Edition
from reportgen.edition.places import find_edition
from reportgen.findings import EditionFault
from reportgen.tasks import gate
from reportgen.wording.languages import Languages, languages

if TYPE_CHECKING:
    from reportgen.workbook.layout import Layout


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """An edition ready for use: its language, its rules, and where its values lie."""

    edition: Edition
    languages: Languages
    rules: list[Rule]
    layout: Layout


def open_edition(name: str) -> OpenEdition:
    """The edition of that name or folder. Raises EditionFault with all that the gate refuses but
    templates, Unusable where there is none."""
    folder = find_edition(name)
    faults = gate.examine(folder)[1]
    if faults:
        raise EditionFault(faults, folder.name)
    return _opened(folder)


def _opened(folder: Path) -> OpenEdition:
    from reportgen.workbook.layout import layout

    loaded = loading.read(folder)
    if loaded.edition is None:
        raise EditionFault(loaded.faults, folder.name)
    words = languages(loaded.edition)
    rules, faults = checks.rules(loaded.edition, words.sheets)
    if loaded.faults or faults:
        raise EditionFault([*loaded.faults, *faults], folder.name)
    return OpenEdition(loaded.edition, words, rules, layout(loaded.edition))
