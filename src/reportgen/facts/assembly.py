"""All names of an edition over what a workbook says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.edition.models import Edition, scope_names
from reportgen.facts.content import SheetContent
from reportgen.facts.grids import grid
from reportgen.facts.nesting import tables
from reportgen.facts.tables import name_levels
from reportgen.language import words
from reportgen.language.expressions import EVERY_BRANCH, Language
from reportgen.language.values import Facts


def assemble(
    edition: Edition,
    read: Mapping[str, SheetContent],
    language: Language,
    every_branch: bool = False,
) -> Facts:
    """All names of the edition over what was read. Blank totals (None) are computed here, typed
    ones get their room. A trial of the edition has every branch of its formulas taken."""
    names = scope_names(edition)
    values: dict[str, Any] = {}
    records = tables(edition, read, language, every_branch)
    for sheet in edition.sheets:
        values[sheet.name] = records[sheet.name] if sheet.open else grid(sheet, read[sheet.name])
        if sheet.open and sheet.blocks[0].tree:
            levels = values[sheet.name].extras[words.LEVELS]
            name_levels(edition, sheet.blocks[0], levels, every_branch)
    derived = {d.name: language.compile(d.formula, names) for d in edition.derived}
    if every_branch:
        values[EVERY_BRANCH] = True
    return Facts(values, derived)
