"""All names of an edition over what a workbook says."""

from __future__ import annotations

from typing import Any

from reportgen.edition.models import Edition, scope_names
from reportgen.facts.content import Content
from reportgen.facts.grids import grid
from reportgen.facts.nesting import tables
from reportgen.facts.tables import name_levels
from reportgen.findings import Finding
from reportgen.language import words
from reportgen.language.closures import EVERY_BRANCH
from reportgen.language.expressions import Language
from reportgen.language.names import Name
from reportgen.language.numbers import Missing
from reportgen.language.values import Facts


def assemble(
    edition: Edition,
    read: Content,
    language: Language,
    every_branch: bool = False,
    faults: list[Finding] | None = None,
) -> Facts:
    """All names of the edition over what was read. Blank totals are computed here, typed
    ones get their room. A trial of the edition has every branch of its formulas taken. Faults of
    computed columns are added to `faults`; without them they raise Refused."""
    names = scope_names(edition)
    values: dict[str, Any] = {}
    records = tables(edition, read.tables, language, every_branch, faults)
    for form in edition.forms:
        values[form.name] = grid(form, read.forms[form.name])
    for table in edition.tables:
        rows = values[table.name] = records[table.name]
        if table.tree:
            name_levels(edition, table, rows.extras[words.LEVELS], every_branch)
    values = {sheet.name: values[sheet.name] for sheet in edition.sheets}
    values |= {name: Missing(Name(name), None) for name in edition.lost}
    derived = {d.name: language.compile(d.formula, names) for d in edition.derived}
    if every_branch:
        values[EVERY_BRANCH] = True
    return Facts(values, derived)
