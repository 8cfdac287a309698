"""The languages of an edition: for formulas, prose and templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reportgen.edition.models import Edition
from reportgen.findings import Finding
from reportgen.language import members
from reportgen.language.expressions import Language
from reportgen.language.functions import FUNCTIONS
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, Num, literal
from reportgen.language.units import Unit
from reportgen.scoring.verbs import verbs
from reportgen.wording.cases import worded
from reportgen.wording.formats import filters, number
from reportgen.wording.passages import passages
from reportgen.wording.records import Use
from reportgen.wording.vocabulary import functions


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of an edition: `sheets` for formulas and derived names, `prose` and
    `templates` for what is printed."""

    edition: Edition
    sheets: Language
    prose: Language
    templates: Language


def languages_of(edition: Edition) -> Languages:
    """Functions, filters, tests and members of an edition, but for what `wording_faults` and
    `phrase_faults` tell. A lost name is silent as function and format: nothing comes of it."""
    languages, _ = _with_phrases(edition)
    return languages


def phrase_faults(edition: Edition) -> list[Finding]:
    """All that is wrong with the tags in the phrases of an edition, each fault by its key."""
    return _with_phrases(edition)[1]


def _with_phrases(edition: Edition) -> tuple[Languages, list[Finding]]:
    languages = _plain(edition)
    found, faults = passages(edition, languages.templates)
    prose = languages.prose
    prose = replace(prose, functions={**found, **prose.functions})
    templates = replace(prose, templates=True)
    return replace(languages, prose=prose, templates=templates), faults


def _plain(edition: Edition) -> Languages:
    """The languages without the phrases of the edition."""
    wording, _ = worded(edition)
    lost = dict.fromkeys(edition.lost, _nothing)
    own: dict[str, Any] = FUNCTIONS | verbs(edition)
    own |= {name: partial(_constructed, unit) for name, unit in edition.measures.items()}
    prose = Language(
        own | functions(wording, Use.FUNCTION) | lost,
        filters(edition) | lost,
        members.TESTS | functions(wording, Use.TEST),
        members.MEMBERS | functions(wording, Use.MEMBER),
    )
    sheets = Language(own | lost, lost)
    return Languages(edition, sheets, prose, replace(prose, templates=True))


def _nothing(*_values: Any) -> Missing:
    return Missing(Name(""), None)


def _constructed(unit: Unit, value: Any) -> Num:
    """万元(100): a number of a unit, for comparisons."""
    num = number(value, unit.name)
    made = literal(num.value * unit.factor)
    return Num(made.value, unit, "literal", half=made.half)
