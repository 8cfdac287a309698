"""Facts of an edition that the words of the language can be shown with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from reportgen.edition import totals
from reportgen.edition.fields import Column, Field
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Form, Table
from reportgen.language import words

MONEY = "money"


def facts(edition: Edition) -> dict[str, str]:
    """What a fact is good for → the first of the edition that is; what it has none of is left
    out.

    prior, budget: a number with last year's, with a budget; money: an amount; unit: a format of
    amounts; items: amounts of a block; prose: a text; texts, marks: a column of reasons and one
    of ticks beside it; choice, chosen: a choice and what it can be; file: a section to insert.
    """
    found = {
        "prior": next(_measured(edition, "prior"), ""),
        "budget": next(_measured(edition, "budget"), ""),
        MONEY: next(_of_kind(edition, FieldKind.MONEY), ""),
        "unit": _unit_of_money(edition),
        "items": next(_items(edition), ""),
        "prose": next(_of_kind(edition, FieldKind.PROSE), ""),
        "file": _file(edition),
    }
    found |= _ticked(edition) | _chosen(edition)
    return {use: name for use, name in found.items() if name}


def filled_in(example: str, word: str, known: Mapping[str, str]) -> str:
    """The example of a word with facts of the edition, "" where it has none that fit."""
    try:
        return example.format(word=word, **known)
    except KeyError:
        return ""


def amounts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Columns of amounts that people type into tables of their own, each with its table."""
    for table in edition.tables:
        for column in table.fields:
            if column.kind is FieldKind.MONEY and not (column.derived or table.parent):
                yield table.name, column.name


def _slots(edition: Edition) -> Iterator[tuple[str, Field]]:
    """The cells of all forms by name, those of last year left out."""
    for form in edition.forms:
        for block, row, column, prior in totals.slots(form):
            if not prior:
                yield str(totals.name(form, block, row, column)), block.slot(row, column)


def _of_kind(edition: Edition, kind: FieldKind) -> Iterator[str]:
    return (name for name, slot in _slots(edition) if slot.kind is kind)


def _unit_of_money(edition: Edition) -> str:
    units = edition.measures.values()
    return next((u.name for u in units if u.dimension == words.YUAN), words.BARE)


def _measured(edition: Edition, by: Literal["prior", "budget"]) -> Iterator[str]:
    """Names of numbers with a last year's one (prior) or with a budget."""
    for sheet in edition.sheets:
        if isinstance(sheet, Form):
            yield from _measured_cells(sheet, by)
        elif isinstance(sheet, Table) and sheet.total:
            for column in totals.summed(sheet):
                if getattr(column, by):
                    yield f"{sheet.name}.{words.TOTALS}.{column.name}"


def _measured_cells(form: Form, by: Literal["prior", "budget"]) -> Iterator[str]:
    for block, row, column, prior in totals.slots(form):
        measured = getattr(column, by) or (by == "budget" and row.budget)
        if measured and not prior and block.slot(row, column).numeric:
            yield str(totals.name(form, block, row, column))


def _items(edition: Edition) -> Iterator[str]:
    for form in edition.forms:
        for block in form.blocks:
            if block.name and block.rows:
                yield f"{form.name}.{block.name}.{block.values[0].name}"


def _file(edition: Edition) -> str:
    """A file that could stand in a section: of a document by itself that names its files."""
    named = [d.templates for d in edition.document if isinstance(d.templates, list) and not d.loop]
    return next((files[0] for files in named if files), "")


def _chosen(edition: Edition) -> dict[str, str]:
    for name, slot in _slots(edition):
        if slot.kind is FieldKind.CHOICE:
            return {"choice": name, "chosen": slot.choices[0]}
    return {}


def _ticked(edition: Edition) -> dict[str, str]:
    for table in edition.tables:
        texts = [c for c in table.fields if c.kind in (FieldKind.TEXT, FieldKind.PROSE)]
        marks = [c for c in table.fields if _is_open_mark(table, c)]
        if texts and marks:
            of = f"{table.name}."
            return {"texts": of + texts[0].name, "marks": of + marks[0].name}
    return {}


def _is_open_mark(table: Table, column: Column) -> bool:
    """Whether it is ticked by those who fill the table, and does not withhold its row."""
    return column.kind is FieldKind.MARK and column.name != table.withheld
