"""Names that the whole edition shares: those of sheets, derived numbers and checks, and those that
the program itself asks for (roles)."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.edition.places import CHECKS, EDITION
from reportgen.edition.soundness.common import (
    items,
    lost,
    name_twice,
    no_identifier,
    shown_text,
    unknown_name,
)
from reportgen.edition.text_files import twice
from reportgen.findings import Finding, fault
from reportgen.language import words

_ADDED = (words.GUIDE, words.INDEX, words.AUDIT, words.LISTS)  # sheets that the program adds
_LONGEST_NAME = 31  # characters of a sheet's name, in Excel
_MOST_CELLS = 20_000  # of blank rows: thrice what a whole department needs, and seconds to write


def faults(edition: Edition) -> Iterator[Finding]:
    """Names that stand twice, cannot be written, or are asked for and not there."""
    yield from sheets_and_derived(edition)
    yield from name_twice(CHECKS, twice([check.id for check in edition.checks]))
    yield from roles(edition)
    yield from sheet_names_too_long(edition)
    yield from too_many_cells(edition)


def sheets_and_derived(edition: Edition) -> Iterator[Finding]:
    """Sheets and derived numbers that share a name, or whose name no expression could write."""
    taken = set(_ADDED)
    places = [(s.name, s.file, "") for s in edition.sheets]
    places += [(d.name, EDITION, f"derived.{d.name}") for d in edition.derived]
    for name, file, key in places:
        if name in taken:
            yield from name_twice(file, [name], key)
        if name in words.OF_LOOPS:
            message = messages.NAME_OF_LOOPS.format(name=name)
            yield fault("name-twice", file, key, message)
        yield from no_identifier(file, [name], key)
        taken.add(name)


def roles(edition: Edition) -> Iterator[Finding]:
    """Roles that name no item of a form, or no table."""
    known, tables = list(items(edition)), [table.name for table in edition.tables]
    wanted = [("body", edition.roles.body, known), ("year", edition.roles.year, known)]
    if edition.roles.projects:
        wanted.append(("projects", edition.roles.projects, tables))
    for key, name, names in wanted if "roles" not in edition.lost else ():
        if name not in names and not lost(edition, name):
            yield fault("unknown-name", EDITION, f"roles.{key}", unknown_name(name, names))


def sheet_names_too_long(edition: Edition) -> Iterator[Finding]:
    """Sheets that no workbook can have under their name."""
    for sheet in edition.sheets:
        if len(sheet.name) > _LONGEST_NAME:
            name, length = shown_text(sheet.name), len(sheet.name)
            message = messages.SHEET_NAME_TOO_LONG.format(
                name=name, length=length, limit=_LONGEST_NAME
            )
            yield fault("sheet-name-too-long", sheet.file, "", message)


def too_many_cells(edition: Edition) -> Iterator[Finding]:
    """Blank rows of tables that no blank workbook could hold; told of the largest table."""
    sizes = {table.file: table.spare * len(table.columns) for table in edition.tables}
    count = sum(sizes.values())
    if count > _MOST_CELLS:
        largest = max(sizes, key=lambda file: sizes[file])
        message = messages.TOO_MANY_CELLS.format(count=count, limit=_MOST_CELLS)
        yield fault("too-many-cells", largest, "spare", message)
