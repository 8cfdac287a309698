"""What is wrong with the names and numbers of an edition, found without running anything.

One function a fault, or two that are told alike; each yields findings by file and key. Whatever
uses a name that another fault took away (`Edition.lost`) is not told.
"""

from __future__ import annotations

from reportgen.edition.models import Edition
from reportgen.edition.soundness import (
    choices,
    documents,
    names,
    nesting,
    phrases,
    scoring,
    sheets,
    units,
)
from reportgen.findings import Finding


def faults(edition: Edition) -> list[Finding]:
    """Every fault of an edition's names and numbers: sheets first, then what joins them."""
    found = [finding for sheet in edition.sheets for finding in sheets.faults(sheet)]
    found += [*names.faults(edition), *documents.faults(edition), *scoring.faults(edition)]
    found += [*units.quotients(edition), *phrases.faults(edition)]
    for sheet in edition.sheets:
        found += units.faults(edition, sheet)
        found += choices.faults(edition, sheet)
        found += nesting.faults(edition, sheet)
    return found
