"""A blank workbook being made: what its sheets share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.edition.models import Edition
from reportgen.workbook.layout import Layout
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing import style
from reportgen.workbook.writing.verdicts import Verdicts


@dataclass
class NewWorkbook:
    """The workbook, and what was put into it so far: `lists` of choices by their defined name,
    `validations` by sheet and what they allow. `prefill` are values by full name."""

    edition: Edition
    layout: Layout
    sums: SheetFormulas
    verdicts: Verdicts
    prefill: Mapping[str, Any] = field(default_factory=dict)
    book: Workbook = field(default_factory=Workbook)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    validations: dict[tuple[str, str], DataValidation] = field(default_factory=dict)

    def page(self, name: str) -> Worksheet:
        """A new sheet with the common print set-up."""
        page: Worksheet = self.book.create_sheet(name)
        style.print_setup(page)
        return page

    def allow(self, page: Worksheet, address: str, key: str, **allowed: Any) -> None:
        """Lets a cell take only what is allowed (`DataValidation`'s own words); cells of a sheet
        with the same `key` share it."""
        validation = self.validations.get((page.title, key))
        if validation is None:
            validation = DataValidation(allow_blank=True, showErrorMessage=True, **allowed)
            self.validations[page.title, key] = validation
            page.add_data_validation(validation)
        validation.sqref.ranges.add(CellRange(address))  # its own add() asks all ranges first
