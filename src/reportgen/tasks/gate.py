"""The one gate of an edition: everything that `new`, `check`, `build` and `template check` would
refuse of it, told in one look.

The files are read, their names and numbers compared, and everything written in the language is
tried over specimen facts. What has a fault is left out of the trials that follow, and its name is
lost: so one fault hides no other, and none is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import messages
from reportgen.checks.rules import Rule, rules_of, trial
from reportgen.edition import loading, soundness, totals
from reportgen.edition.models import Document, Edition, scope_names
from reportgen.edition.places import EDITION
from reportgen.edition.remainder import remainder
from reportgen.facts.samples import specimen
from reportgen.findings import Finding, fault
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, MissingValue, NumberError
from reportgen.language.syntax import Refused, mentioned, parse
from reportgen.language.values import Facts
from reportgen.wording.cases import wording_faults
from reportgen.wording.languages import Languages, languages_of, phrase_faults
from reportgen.wording.patterns import pattern


@dataclass(frozen=True, slots=True)
class Examined:
    """What is left of an edition without its faults: its language, rules and specimen facts."""

    edition: Edition
    languages: Languages
    rules: list[Rule]
    facts: Facts


def examine(folder: Path) -> tuple[Examined | None, list[Finding]]:
    """What is sound of an edition, None where edition.toml cannot be read; and all its faults but
    those of templates. Raises nothing."""
    loaded = loading.read(folder)
    faults = list(loaded.faults)
    if loaded.edition is None:
        return None, faults
    edition = _sound(loaded.edition, faults)
    languages = languages_of(edition)
    rules, unfit = rules_of(edition, languages.sheets)
    faults += unfit
    facts = specimen(edition, languages.sheets, faults)
    faults += _derived_faults(edition, facts)
    wrong = list(trial(rules, facts))
    faults += wrong
    faults += _file_name_faults(edition, languages, facts)
    faults += _live_faults(edition, rules, faults)
    return Examined(edition, languages, rules, facts), list(dict.fromkeys(faults))


def _sound(edition: Edition, faults: list[Finding]) -> Edition:
    """The edition without what is wrong with its names, numbers and formulas, which is told."""
    found = [*soundness.faults(edition), *wording_faults(edition)]
    found += phrase_faults(remainder(edition, [f for f in found if not _of_phrase(f)]))
    faults += found
    edition = remainder(edition, found)
    found = [*totals.faults(edition), *_formula_faults(edition)]
    faults += found
    return remainder(edition, found)


def _of_phrase(finding: Finding) -> bool:
    return finding.place.cell.startswith("phrase.")


def _formula_faults(edition: Edition) -> Iterator[Finding]:
    """Derived numbers whose formula cannot be read or uses a name that there is not."""
    language, names = languages_of(edition).sheets, scope_names(edition)
    for derived in edition.derived:
        try:
            language.compile(derived.formula, names)
        except Refused as refused:
            yield _derived_fault(derived.name, str(refused))


def _derived_faults(edition: Edition, facts: Facts) -> list[Finding]:
    """Derived numbers that cannot be computed; their names are missing from then on. What only
    uses one of them is not told."""
    wrong: dict[str, str] = {}
    for derived in edition.derived:
        try:
            facts[derived.name]
        except RecursionError:
            wrong[derived.name] = messages.DERIVED_CIRCLE
        except (Refused, NumberError) as error:
            wrong[derived.name] = str(error)
        except MissingValue:
            facts[derived.name] = Missing(Name(derived.name), None)
    own = [d for d in edition.derived if d.name in wrong and not _inherited(d.formula, wrong)]
    facts.update({name: Missing(Name(name), None) for name in wrong})
    return [_derived_fault(derived.name, wrong[derived.name]) for derived in own]


def _inherited(formula: str, wrong: dict[str, str]) -> bool:
    """Whether a formula uses a name that is wrong by itself, not for going in a circle."""
    used = mentioned(parse(formula)) & wrong.keys()
    return any(wrong[name] != messages.DERIVED_CIRCLE for name in used)


def _derived_fault(name: str, message: str) -> Finding:
    return fault("derived", EDITION, f"derived.{name}", message)


def _file_name_faults(edition: Edition, languages: Languages, facts: Facts) -> Iterator[Finding]:
    """Names of documents that cannot be printed."""
    for document in edition.document:
        try:
            _print_name(document, edition, languages, facts)
        except (Refused, NumberError) as error:
            yield fault("file-name", EDITION, document.key("file"), str(error))
        except MissingValue:
            continue  # of what a fault took away


def _print_name(document: Document, edition: Edition, languages: Languages, facts: Facts) -> None:
    variable, table = document.each
    scope = facts.copy()
    scope[variable] = next(iter(facts[table])) if table else None
    pattern(document.file, edition, languages.prose, [*scope_names(edition), variable])(scope)


def _live_faults(
    edition: Edition, rules: Sequence[Rule], faults: Sequence[Finding]
) -> list[Finding]:
    """Checks and computed columns that no sheet could compute, but for those told already."""
    from reportgen.workbook.live.trial import faults as live_faults
    from reportgen.workbook.planning import layout

    told = {(f.place.file, f.place.cell) for f in faults}
    found = live_faults(edition, layout(edition), rules)
    return [f for f in found if (f.place.file, f.place.cell) not in told]
