"""What is left of an edition when everything at fault is taken away, so that the rest can be
tried: what uses a lost name is silent (`Edition.lost`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

import msgspec
from jinja2 import nodes

from reportgen.edition.models import Document, Edition
from reportgen.edition.places import EDITION
from reportgen.edition.sheets import Table
from reportgen.findings import Finding
from reportgen.language import words
from reportgen.language.syntax import Refused, parse


def remainder(edition: Edition, faults: Iterable[Finding]) -> Edition:
    """The edition without the sheets, units, derived numbers, phrases, documents and scoring that
    have a fault."""
    places = {(f.place.file, f.place.cell) for f in faults}
    files, keys = {file for file, _ in places}, {key for file, key in places if file == EDITION}
    lost = {s.name for s in edition.sheets if s.file in files}
    lost |= {d.name for d in edition.derived if f"derived.{d.name}" in keys}
    lost |= {p for p in edition.phrase if any(_within(key, f"phrase.{p}") for key in keys)}
    lost |= {u for u in edition.units if any(_within(key, f"units.{u}") for key in keys)}
    scoring = edition.scoring
    if any(key.startswith("scoring.") for key in keys):
        scoring = None
        lost |= set(words.SCORING_VERBS)
    lost = _with_nested(edition, edition.lost | lost)
    return msgspec.structs.replace(
        edition,
        lost=frozenset(lost),
        sheets=[s for s in edition.sheets if s.name not in lost],
        derived=[d for d in edition.derived if d.name not in lost],
        units={name: unit for name, unit in edition.units.items() if name not in lost},
        phrase={name: p for name, p in edition.phrase.items() if name not in lost},
        document=[d for d in edition.document if _whole(d, keys, lost)],
        scoring=scoring,
    )


def _within(key: str, whole: str) -> bool:
    return key == whole or key.startswith(f"{whole}.")


def _with_nested(edition: Edition, lost: Iterable[str]) -> set[str]:
    """Lost names, and those of the tables that nest in a lost one, or in which it nests."""
    found = set(lost)
    while more := {t.name for t in edition.tables if found & _leaned_on(edition, t)} - found:
        found |= more
    return found


def _leaned_on(edition: Edition, table: Table) -> set[str]:
    """The tables without which a table cannot be made: that of its records, those within them."""
    made = [c.gathered[0] for c in table.fields]
    computed = [member for c in table.fields for member in _members(c.computed)]
    inner = [t.name for t in edition.within(table.name)]
    return {table.parent, *made, *inner, *computed} - {""}


def _members(formula: str) -> Iterator[str]:
    """The members that a formula reads: 里表 of 行.里表. What is no formula is told elsewhere."""
    with suppress(Refused):
        for node in parse(formula).find_all(nodes.Getattr) if formula else ():
            yield node.attr


def _whole(document: Document, keys: Iterable[str], lost: Collection[str]) -> bool:
    """Whether a document has no fault and is not written for a lost table's records."""
    own = {document.key(key) for key in ("for", "when", "templates", "file")}
    return document.each[1] not in lost and own.isdisjoint(keys)
