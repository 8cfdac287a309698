"""Totals settled: computed where nobody typed them, given the room of their parts where somebody
did; budgets hung on the numbers that are measured against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportgen.edition.sheets import Sheet
from reportgen.facts.content import SheetContent
from reportgen.findings import Place
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, Num, sum_of
from reportgen.language.slack import slack
from reportgen.language.units import RATIO, Unit
from reportgen.language.values import Blank, Prose


def settled(
    typed: Any,
    parts: Sequence[tuple[int, Any]],
    name: Name,
    unit: Unit = RATIO,
    widen: bool = True,
) -> Any:
    """A total: as typed, or where nobody typed it (None, Blank) the signed sum of its parts under
    that name; an empty sum is 0 of `unit`. What is missing stays missing.

    A typed one that equals its parts to the cent has their room for rounding, since nobody can
    tell whether it was typed; not so (`widen`) across a row, where every cell counts for itself.
    """
    if isinstance(typed, Missing):
        return typed
    untyped = typed is None or isinstance(typed, Blank)
    missing = next((p for _, p in parts if isinstance(p, Missing)), None)
    if missing is not None:
        return missing if untyped else typed
    total = sum_of([p if sign > 0 else -p for sign, p in parts], unit)
    if untyped:
        return computed(name, typed, total)
    if widen and typed.value == total.value:
        typed.half = slack(total)
    return typed


def computed(name: Name, blank: Blank | None, total: Any) -> Any:
    """A sum in the place of the cell that nobody typed it in."""
    if isinstance(total, Missing):
        return total
    place = blank.place if blank else None
    return Num(total.value, total.unit, "sum", total.args, name, place, slack(total))


def measure(budgets: Iterable[tuple[str, str]], members: Mapping[str, Any]) -> None:
    """Hangs on each number the one it is measured against."""
    for name, budget in budgets:
        if budget and isinstance(members[name], Num):
            members[name].budget = members[budget]


def emptiness(sheet: Sheet, read: SheetContent) -> dict[str, Any]:
    """空表, and where a sheet may be empty the sentence that says so."""
    found: dict[str, Any] = {words.EMPTY: read.empty}
    if sheet.empty:
        place = Place(file=sheet.file, cell="empty")
        found[words.EMPTY_NOTE] = Prose(sheet.empty, Name(sheet.name, words.EMPTY_NOTE), place)
    return found
