"""The languages of an edition: for formulas, prose and templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reportgen.edition.models import Edition
from reportgen.language import members
from reportgen.language.expressions import Language
from reportgen.language.functions import FUNCTIONS
from reportgen.language.numbers import Num, literal
from reportgen.language.units import Unit
from reportgen.scoring.verbs import verbs
from reportgen.wording.cases import worded
from reportgen.wording.formats import filters, number
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
    """Functions, filters, tests and members of an edition, but for what `wording_faults` tells of
    its wording."""
    wording, _ = worded(edition)
    own: dict[str, Any] = FUNCTIONS | verbs(edition)
    own |= {name: partial(_constructed, unit) for name, unit in edition.measures.items()}
    prose = Language(
        own | functions(wording, Use.FUNCTION),
        filters(edition),
        members.TESTS | functions(wording, Use.TEST),
        members.MEMBERS | functions(wording, Use.MEMBER),
    )
    return Languages(edition, Language(own), prose, replace(prose, templates=True))


def _constructed(unit: Unit, value: Any) -> Num:
    """万元(100): a number of a unit, for comparisons."""
    num = number(value, unit.name)
    made = literal(num.value * unit.factor)
    return Num(made.value, unit, "literal", half=made.half)
