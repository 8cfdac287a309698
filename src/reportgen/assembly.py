"""All names of an edition over what a workbook says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen import words
from reportgen.edition import Edition
from reportgen.expressions import Language
from reportgen.facts import Names, Sheetful, scope_names
from reportgen.grids import grid
from reportgen.nesting import tables
from reportgen.tables import name_levels


def assemble(edition: Edition, read: Mapping[str, Sheetful], language: Language) -> Names:
    """All names of the edition over what was read. Blank totals (None) are computed here, typed ones get their room."""
    names = scope_names(edition)
    values: dict[str, Any] = {}
    records = tables(edition, read, language)
    for sheet in edition.sheets:
        values[sheet.name] = records[sheet.name] if sheet.open else grid(sheet, read[sheet.name])
        if sheet.open and sheet.blocks[0].tree:
            name_levels(edition, sheet.blocks[0], values[sheet.name].extras[words.LEVELS], language.dry)
    derived = {d.name: language.compile(d.formula, names) for d in edition.derived}
    return Names(values, derived)
