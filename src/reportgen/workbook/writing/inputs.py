"""A cell for a value: how it looks, and what may be typed into it."""

from __future__ import annotations

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import messages
from reportgen.edition.fields import Column, Field
from reportgen.edition.kinds import LARGEST, YEARS, FieldKind
from reportgen.language import words
from reportgen.workbook.layout import TableLayout
from reportgen.workbook.writing import style
from reportgen.workbook.writing.new_workbook import NewWorkbook


def dress(new: NewWorkbook, page: Worksheet, address: str, spec: Field, total: bool) -> None:
    """Gives a cell its looks, and to one that people fill the choices or numbers that it takes."""
    style.value(page[address], spec, total)
    choices = tuple(spec.choices) or ((words.MARK,) if spec.kind is FieldKind.MARK else ())
    if choices:
        name = new.lists.setdefault(choices, f"{words.LISTS}{len(new.lists) + 1}")
        new.allow(page, address, f"list:{name}", type="list", formula1=f"={name}")
    elif isinstance(spec, Column) and spec.kind is FieldKind.REF:
        keys = f"={_keys(new.layout.tables[spec.of])}"
        new.allow(page, address, f"ref:{spec.of}", type="list", formula1=keys)
    elif spec.kind is FieldKind.YEAR:
        _between(new, page, address, "whole", *map(str, YEARS))
    elif spec.kind is FieldKind.COUNT and not total:
        told = {"errorTitle": messages.NUMBER_WANTED, "error": messages.COUNT_WANTED_HELP}
        _between(new, page, address, "whole", "0", str(LARGEST), **told)
    elif spec.numeric and not total:
        told = {"errorTitle": messages.NUMBER_WANTED, "error": messages.NUMBER_WANTED_HELP}
        _between(new, page, address, "decimal", str(-LARGEST), str(LARGEST), **told)


def _between(
    new: NewWorkbook, page: Worksheet, address: str, kind: str, least: str, most: str, **told: str
) -> None:
    limits = {"type": kind, "operator": "between", "formula1": least, "formula2": most}
    new.allow(page, address, f"{kind}:{least}", **limits, **told)


def _keys(table: TableLayout) -> str:
    """The cells that name the records of a table."""
    letter = table.columns[0].letter
    cells = f"${letter}${table.guard + 1}:${letter}${table.foot - 1}"
    return f"{quote_sheetname(table.sheet.name)}!{cells}"
