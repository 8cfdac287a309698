"""What was read of a workbook: of a form its cells by name, of a table its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportgen.language.names import Name
from reportgen.language.units import Unit


@dataclass(slots=True)
class FormContent:
    """What was read of a form: cells by name."""

    cells: dict[Name, Any] = field(default_factory=dict)
    empty: bool = False
    unread: bool = False  # the sheet is missing or has lost its headings


@dataclass(slots=True)
class TableContent:
    """What was read of a table: its records (column → value, last year's as 合计.上年), the row of
    totals likewise, the units of its columns."""

    records: list[dict[str, Any]] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    empty: bool = False
    unread: bool = False  # the sheet is missing or has lost its headings


SheetContent = FormContent | TableContent


@dataclass(slots=True)
class Content:
    """What was read of a workbook, by the names of its sheets."""

    forms: dict[str, FormContent] = field(default_factory=dict)
    tables: dict[str, TableContent] = field(default_factory=dict)
