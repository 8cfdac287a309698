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
from reportgen.workbook.writing.build import Build
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
    build = Build(edition, layout, sums, Verdicts(rules, sums), prefill or {})
    build.book.remove(build.book.worksheets[0])
    frame.guide(build)
    index = build.page(words.INDEX)
    for plan in layout.sheets.values():
        sheet(build, plan)
    build.verdicts.list(build.page(words.AUDIT))
    frame.index(build, index)
    frame.lists(build)
    build.book.calculation.fullCalcOnLoad = True
    build.book.properties.creator = messages.PROGRAM
    build.book.active = 1
    files.write(path, saved(build.book))
