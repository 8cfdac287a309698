"""The units of a sheet's numbers."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.fields import Field, chooser
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition, proper
from reportgen.edition.places import EDITION
from reportgen.edition.sheets import Sheet, Table
from reportgen.edition.soundness.common import items, label, lost
from reportgen.findings import Finding, fault
from reportgen.language.names import nearest


def faults(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    """Units that are not there or cannot be chosen, money without a unit, sums over several."""
    named = [("unit", sheet.unit), *((label(f, "unit"), f.unit) for f in sheet.every_field)]
    for key, unit in named:
        if choice := chooser(unit):
            yield from chosen_unit(edition, sheet, key, choice)
        else:
            yield from unknown_unit(edition, sheet, key, unit)
    if isinstance(sheet, Table):
        yield from total_of_own_units(sheet)
    yield from money_without_unit(sheet)


def quotients(edition: Edition) -> Iterator[Finding]:
    """Units that cannot be made of the two that they name, or say twice what they count in."""
    for name, spec in edition.units.items():
        if spec.quotient and not set(spec.quotient) & edition.lost:
            yield from _quotient(edition, name, spec.quotient)
        if spec.quotient and (spec.dimension or spec.factor != 1):
            yield _of_quotient(name, messages.QUOTIENT_ALONE)


def _quotient(edition: Edition, name: str, parts: tuple[str, str]) -> Iterator[Finding]:
    known = edition.measures
    unknown = [part for part in parts if part not in known]
    for part in unknown:
        text = messages.UNIT_UNKNOWN.format(unit=part, hint=nearest(part, known))
        yield _of_quotient(name, text)
    nested = any(part in edition.units and edition.units[part].quotient for part in parts)
    if not unknown and (nested or not proper(known[parts[0]], known[parts[1]])):
        yield _of_quotient(name, messages.QUOTIENT_IMPROPER)


def _of_quotient(name: str, message: str) -> Finding:
    return fault("quotient", EDITION, f"units.{name}.quotient", message)


def unknown_unit(edition: Edition, sheet: Sheet, key: str, unit: str) -> Iterator[Finding]:
    """A unit that the edition does not have."""
    if unit and unit not in edition.units and unit not in edition.lost:
        message = messages.UNIT_UNKNOWN.format(unit=unit, hint=nearest(unit, edition.units))
        yield fault("unknown-unit", sheet.file, key, message)


def chosen_unit(edition: Edition, sheet: Sheet, key: str, name: str) -> Iterator[Finding]:
    """A unit that is to be chosen where no unit can be chosen, or where nobody must choose."""
    known = items(edition)
    field = known.get(name) or _own(sheet).get(name)
    if lost(edition, name):
        return
    if field is None or not _are_units(edition, field.choices):
        message = messages.UNIT_NOT_CHOSEN.format(name=name)
        yield fault("unit-not-chosen", sheet.file, key, message)
    elif name in known and not field.required:
        yield fault("unit-optional", sheet.file, key, messages.UNIT_OPTIONAL.format(name=name))


def _own(sheet: Sheet) -> dict[str, Field]:
    """The columns of a table, in which each record may choose."""
    return {c.name: c for c in sheet.fields} if isinstance(sheet, Table) else {}


def _are_units(edition: Edition, choices: list[str]) -> bool:
    return bool(choices) and set(choices) <= edition.units.keys() | edition.lost


def total_of_own_units(table: Table) -> Iterator[Finding]:
    """Totals over records each of which has a unit of its own."""
    if not (table.total or table.tree):
        return
    for column in table.values:
        if column.own_unit and column.added:
            message = messages.TOTAL_OF_OWN_UNITS
            yield fault("total-of-own-units", table.file, label(column), message)


def money_without_unit(sheet: Sheet) -> Iterator[Finding]:
    """Money that nobody could read."""
    for field in sheet.every_field:
        if field.kind is FieldKind.MONEY and not (field.unit or sheet.unit):
            yield fault("no-unit", sheet.file, label(field), messages.MONEY_WITHOUT_UNIT)
