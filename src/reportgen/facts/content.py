"""What was read of one sheet, before it has names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportgen.language.numbers import Unit


@dataclass(slots=True)
class SheetContent:
    """What was read of one sheet: cells by full name, or records (column → value) with the total
    row."""

    cells: dict[str, Any] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)  # of the columns of a table of records
    empty: bool = False
    unread: bool = False  # the sheet is missing or has lost its headings
