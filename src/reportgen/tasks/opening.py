"""An edition opened, ready for every command: proved by the gate, unless that was done before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.checks.rules import Rule, rules_of
from reportgen.edition import loading
from reportgen.edition.models import Edition
from reportgen.edition.places import find_edition
from reportgen.findings import EditionFault
from reportgen.tasks.proofs import NAMES, Proof
from reportgen.wording.languages import Languages, languages_of

if TYPE_CHECKING:
    from reportgen.workbook.layout import Layout


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """An edition ready for use: its language, its rules, and where its values lie."""

    edition: Edition
    languages: Languages
    rules: list[Rule]
    layout: Layout


def open_edition(name: str, anew: bool = False) -> OpenEdition:
    """The edition of that name or folder, proved unless that was done before; `anew` proves it in
    any case. Raises EditionFault with all that the gate refuses but templates, Unusable where
    there is no such edition."""
    from reportgen.workbook.planning import layout

    folder = find_edition(name)
    proof = Proof(folder, NAMES)
    if anew or not proof.known:
        edition, languages, rules = _proved(folder)
        proof.keep()
    else:
        edition, languages, rules = _read(folder)
    return OpenEdition(edition, languages, rules, layout(edition))


def _proved(folder: Path) -> tuple[Edition, Languages, list[Rule]]:
    from reportgen.tasks import gate  # needed once for an edition

    examined, faults = gate.examine(folder)
    if faults or examined is None:
        raise EditionFault(faults, folder.name)
    return examined.edition, examined.languages, examined.rules


def _read(folder: Path) -> tuple[Edition, Languages, list[Rule]]:
    """An edition that was proved before. Raises EditionFault where it changed meanwhile."""
    loaded = loading.read(folder)
    if loaded.faults or loaded.edition is None:
        raise EditionFault(loaded.faults, folder.name)
    languages = languages_of(loaded.edition)
    rules, faults = rules_of(loaded.edition, languages.sheets)
    if faults:
        raise EditionFault(faults, folder.name)
    return loaded.edition, languages, rules
