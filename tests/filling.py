"""Workbooks as files: blank ones, and values written into them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from once import made
from reportgen import files
from reportgen.edition.places import digest_of
from reportgen.tasks.opening import OpenEdition
from reportgen.workbook.writing import blank
from reportgen.workbook.writing import fill as filled


def empty(plan: OpenEdition, path: Path) -> Path:
    """A blank workbook of the edition, as its folder is now."""

    def write(path: Path) -> None:
        blank.write(path, plan.edition, plan.layout, plan.rules)

    return Path(shutil.copyfile(made(f"{digest_of(plan.edition.folder)}.xlsx", write), path))


def fill(
    plan: OpenEdition,
    path: Path,
    cells: Mapping[str, Any],
    records: Mapping[str, Iterable[Mapping[str, Any]]] = {},
) -> Path:
    """Writes fixed cells by full name, and the records of tables row by row."""
    book = load_workbook(path)
    fill_open(plan, book, cells, records)
    book.save(path)
    return path


def fill_open(
    plan: OpenEdition,
    book: Workbook,
    cells: Mapping[str, Any],
    records: Mapping[str, Iterable[Mapping[str, Any]]] = {},
) -> None:
    """The same in a workbook that is open."""
    filled.fill(book, plan.layout, cells, {table: list(rows) for table, rows in records.items()})


def address(plan: OpenEdition, name: str, row: int = 0) -> tuple[str, str]:
    """(sheet, cell) of a fixed name, or of a column in the `row`-th record, 0 first."""
    return filled.address(plan.layout, name, row)


def misspell(edition: Path) -> None:
    """Misspells a name in a section file of a copy of the library's edition."""
    section = next((edition / "年报").glob("2-*.docx"))
    parts = files.parts(section)
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("流通.借出总量|册", "流通.借出总亮|册").encode()
    section.write_bytes(files.normalised(parts))
