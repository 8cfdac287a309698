"""Code lists that a sheet names, and choices that it depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Sheet, Table
from reportgen.edition.soundness.common import items, lost, name_twice, parts, unknown_name
from reportgen.findings import Finding, fault
from reportgen.language import words


def faults(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    """Code lists that are not there or do not fit, conditions on choices that nobody can make."""
    if isinstance(sheet, Table):
        yield from list_without_names(edition, sheet)
        yield from list_with_levels(edition, sheet)
    yield from unknown_list(edition, sheet)
    yield from when(edition, sheet.file, sheet.when, "when")


def headings(edition: Edition, table: Table) -> list[str] | None:
    """The headings of the code list that a table names, None where it is not there or faulty."""
    if table.codes not in edition.codes or f"codes/{table.codes}.csv" in edition.lost:
        return None
    return list(next(iter(edition.codes[table.codes].values()), {}))


def list_without_names(edition: Edition, table: Table) -> Iterator[Finding]:
    """A code list that cannot say whether a record's name is right."""
    known = headings(edition, table)
    if known is not None and table.named and table.named.name not in known:
        message = messages.CODES_WITHOUT_NAME.format(list=table.codes, name=table.named.name)
        yield fault("list-without-names", table.file, "codes", message)


def list_with_levels(edition: Edition, table: Table) -> Iterator[Finding]:
    """A code list with a heading that is the name of a level."""
    taken = {words.LEVEL, *table.levels}.intersection(headings(edition, table) or ())
    yield from name_twice(table.file, sorted(taken), "codes")


def unknown_list(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    """A code list that is not in codes/."""
    for part in parts(sheet):
        if part.codes and part.codes not in edition.codes:
            message = unknown_name(part.codes, edition.codes, messages.KIND_CODES)
            yield fault("unknown-list", sheet.file, "codes", message)


def when(
    edition: Edition, file: str, conditions: Mapping[str, list[str]], key: str
) -> Iterator[Finding]:
    """Conditions on what is no choice, or on choices that it does not have."""
    known = items(edition)
    for name, chosen in conditions.items():
        fits = name in known and set(chosen) <= set(known[name].choices)
        if not fits and not lost(edition, name):
            yield fault("when", file, key, messages.WHEN_NOT_A_CHOICE.format(name=name))
