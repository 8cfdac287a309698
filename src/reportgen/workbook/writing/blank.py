"""The blank workbook as a clerk meets it: guide, index, one sheet a table with live verdicts, and
the list of checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen import files, messages
from reportgen.checks.rules import Rule
from reportgen.edition.models import Edition
from reportgen.language import words
from reportgen.workbook.layout import Layout
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing import frame
from reportgen.workbook.writing.new_workbook import NewWorkbook
from reportgen.workbook.writing.saving import saved
from reportgen.workbook.writing.sheet import sheet
from reportgen.workbook.writing.verdicts import Verdicts


def write(
    path: Path,
    edition: Edition,
    layout: Layout,
    rules: Sequence[Rule],
    prefill: Mapping[str, Any] | None = None,
) -> None:
    """Writes a blank workbook of the edition; `prefill` gives values by full name (基本信息.年度 →
    2022). Raises Refused for a rule that cannot live in a sheet."""
    sums = SheetFormulas(edition, layout)
    new = NewWorkbook(edition, layout, sums, Verdicts(rules, sums), prefill or {})
    new.book.remove(new.book.worksheets[0])
    frame.guide(new)
    index = new.page(words.INDEX)
    for plan in layout.sheets.values():
        sheet(new, plan)
    new.verdicts.list(new.page(words.AUDIT))
    frame.index(new, index)
    frame.lists(new)
    new.book.calculation.fullCalcOnLoad = True
    new.book.properties.creator = messages.PROGRAM
    new.book.active = 1
    files.write(path, saved(new.book))
