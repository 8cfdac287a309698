"""Totals settled: computed where nobody typed them, given the room of their parts where somebody
did; budgets hung on the numbers that are measured against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reportgen.edition import totals
from reportgen.edition.sheets import Sheet
from reportgen.facts.content import SheetContent
from reportgen.findings import Place
from reportgen.language import words
from reportgen.language.numbers import RATIO, Missing, Num, Unit, sum_of
from reportgen.language.values import Blank, Prose


def settled(
    cells: Mapping[str, Any],
    name: str,
    rules: list[totals.Parts],
    unit: Unit = RATIO,
    widen: bool = True,
) -> Any:
    """A total: computed where blank. A typed one that equals its parts to the cent has their room
    for rounding, since nobody can tell whether it was typed; not so (`widen`) across a row, where
    every cell counts for itself."""
    typed = cells[name]
    parts = [(sign, cells[part]) for sign, part in rules[0]]
    if isinstance(typed, Missing):
        return typed
    missing = next((p for _, p in parts if isinstance(p, Missing)), None)
    if missing is not None:
        return missing if typed is None or isinstance(typed, Blank) else typed
    computed = sum_of([p if sign > 0 else -p for sign, p in parts], unit)
    if typed is None or isinstance(typed, Blank):
        return Num(
            computed.value,
            computed.unit,
            "sum",
            computed.args,
            name,
            getattr(typed, "place", None),
            computed.slack(),
        )
    if widen and typed.value == computed.value:
        typed.half = computed.slack()
    return typed


def computed(name: str, blank: Blank | None, total: Any) -> Any:
    """A sum in the place of the cell that nobody typed it in."""
    if isinstance(total, Missing):
        return total
    return Num(
        total.value,
        total.unit,
        "sum",
        total.args,
        name,
        blank.place if blank else None,
        total.slack(),
    )


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
        found[words.EMPTY_NOTE] = Prose(sheet.empty, f"{sheet.name}.{words.EMPTY_NOTE}", place)
    return found
