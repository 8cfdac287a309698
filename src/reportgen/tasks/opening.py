"""An edition opened: loaded, proved over specimen facts, ready for every command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import messages
from reportgen.checks import rules as checks
from reportgen.checks.rules import Rule
from reportgen.edition import loading, totals
from reportgen.edition.models import Edition, scope_names
from reportgen.edition.places import find_edition
from reportgen.facts.samples import specimen
from reportgen.findings import EditionFault
from reportgen.language.expressions import Refused
from reportgen.language.numbers import NumberError
from reportgen.language.values import Facts
from reportgen.tasks.proofs import NAMES, Proof
from reportgen.wording.languages import Languages, languages
from reportgen.wording.patterns import pattern

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
    """Loads an edition and proves its names, unless they were proved before and need not be proved
    `anew`. Raises EditionFault with what is wrong, Unusable where there is no such edition."""
    from reportgen.workbook.layout import layout

    folder = find_edition(name)
    proof = Proof(folder, NAMES)
    edition = loading.load(folder)
    words = languages(edition)
    _sound(edition, [*totals.faults(edition), *_syntax_faults(edition, words)])
    try:
        rules = checks.rules(edition, words.sheets)
    except Refused as refused:
        raise EditionFault(
            [f"{edition.name}/{line}" for line in str(refused).splitlines()]
        ) from refused
    if anew or not proof.known:
        _try(edition, words, rules)
        proof.keep()
    return OpenEdition(edition, words, rules, layout(edition))


def _try(edition: Edition, words: Languages, rules: list[Rule]) -> None:
    """Tries every check, derived name and file name over specimen facts."""
    try:
        facts = specimen(edition, words.sheets)
    except Refused as refused:  # a computed column
        raise EditionFault([f"{edition.name}/{refused}"]) from refused
    _sound(edition, [*_derived_faults(edition, facts), *checks.trial(rules, facts)])
    _sound(edition, _file_faults(edition, words, facts))


def _sound(edition: Edition, faults: Iterable[str]) -> None:
    told = [f"{edition.name}/{fault}" for fault in dict.fromkeys(faults)]
    if told:
        raise EditionFault(told)


def _syntax_faults(edition: Edition, words: Languages) -> Iterator[str]:
    for derived in edition.derived:
        try:
            words.sheets.compile(derived.formula, scope_names(edition))
        except Refused as refused:
            yield f"edition.toml：derived.{derived.name}：{refused}"


def _file_faults(edition: Edition, words: Languages, facts: Facts) -> Iterator[str]:
    for document in edition.document:
        variable, table = document.each
        scope = facts.copy()
        scope[variable] = next(iter(facts[table])) if table else None
        try:
            pattern(document.file, edition, words.prose, [*scope_names(edition), variable])(scope)
        except (Refused, NumberError) as error:
            yield f"edition.toml：document.file“{document.file}”：{error}"


def _derived_faults(edition: Edition, facts: Facts) -> Iterator[str]:
    for derived in edition.derived:
        try:
            facts[derived.name]
        except RecursionError:
            yield f"edition.toml：derived.{derived.name}：{messages.DERIVED_CIRCLE}"
        except (Refused, NumberError) as error:
            yield f"edition.toml：derived.{derived.name}：{error}"
