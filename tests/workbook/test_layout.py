"""Where values lie: no two in one place, each found again by the reader, and equal headings on
their own sides."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from filling import empty
from reportgen.edition import totals
from reportgen.edition.fields import Column, Field, Row
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Block, Form, Table
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, Num
from reportgen.language.values import Blank, Prose
from reportgen.tasks import opening
from reportgen.workbook.layout import HEADING_ROW, FormLayout, SheetLayout, TableLayout
from reportgen.workbook.planning import plan
from reportgen.workbook.reading import headings
from reportgen.workbook.reading import read as reading
from reportgen.workbook.reading.book import Book

EDITIONS = ["hubei-2022", str(Path(__file__).resolve().parents[1] / "editions" / "tiny")]


@pytest.fixture(scope="module", params=EDITIONS, ids=["real", "tiny"])
def edition(request: pytest.FixtureRequest) -> opening.OpenEdition:
    return opening.open_edition(request.param)


def places(planned: SheetLayout) -> Iterator[tuple[int, int, str]]:
    """(row, column, what) of everything that a sheet holds: headings, captions, fixed values,
    cells of records, verdicts."""
    for column in planned.columns:
        yield HEADING_ROW, column.index, f"heading {column.name} of block {column.block}"
    yield HEADING_ROW, planned.check_column, "verdicts"
    captions = planned.captions if isinstance(planned, FormLayout) else {}
    for (row, at), text in captions.items():
        yield row, at, f"caption {text}"
    for name, slot in planned.slots.items():
        yield slot.row, slot.column, str(name)
    if isinstance(planned, TableLayout):
        for row in range(planned.guard + 1, planned.foot):
            for column in planned.columns:
                yield row, column.index, f"record {row} {column.name}"


def test_nothing_overlaps(edition: opening.OpenEdition) -> None:
    for planned in edition.layout.sheets.values():
        seen: dict[tuple[int, int], str] = {}
        for row, column, what in places(planned):
            assert (row, column) not in seen, (
                f"{planned.sheet.name}: {what} over {seen[row, column]}"
            )
            seen[row, column] = what
        assert len(seen) > len(planned.columns)


def test_every_value_has_its_slot(edition: opening.OpenEdition) -> None:
    for sheet in edition.edition.sheets:
        planned = edition.layout.sheets[sheet.name]
        if isinstance(sheet, Table):
            expected = {
                f"{sheet.name}.{words.TOTALS}.{c.name}"
                for c in planned.columns
                if sheet.total and c.column.added
            }
        else:
            expected = {str(totals.name(sheet, *slot)) for slot in totals.slots(sheet)}
        assert set(map(str, planned.slots)) == expected
        assert {s.sheet for s in planned.slots.values()} <= {sheet.name}
    assert sum(len(p.slots) for p in edition.layout.sheets.values()) == len(edition.layout.slots)


def test_ranges_of_records(edition: opening.OpenEdition) -> None:
    tables = list(edition.layout.tables.values())
    assert tables
    for planned in tables:
        assert planned.foot - planned.guard - 1 == planned.sheet.spare
        assert planned.total_row == (planned.first if planned.sheet.total else None)
        assert planned.guard == planned.first + bool(planned.sheet.total)
        assert planned.first == HEADING_ROW + (2 if planned.grouped else 1)


def test_last_year_stands_right_of_the_table(edition: opening.OpenEdition) -> None:
    """One empty column between: a table pasted from elsewhere covers its own area only."""
    for planned in edition.layout.sheets.values():
        own = [c.index for c in planned.columns if not c.prior and not c.column.outside]
        helpers = [c.index for c in planned.columns if c.prior or c.column.outside]
        assert own == list(range(1, len(own) + 1))
        assert helpers == list(range(len(own) + 2, len(own) + 2 + len(helpers)))
        assert planned.check_column == max(own + helpers) + 1


# -- the round trip
# --------------------------------------------------------------------------------------------------------


class Values:
    """A distinct value for each cell, of the kind that its field wants."""

    def __init__(self) -> None:
        self.number = 1000

    def next(self, field: Field) -> Any:
        self.number += 1
        match field.kind:
            case "number" if field.own_unit:  # which may count whole things
                return self.number
            case "money" | "percent" | "number" | "score":
                return self.number + 0.25
            case "count":
                return self.number
            case "year":
                return 1990 + self.number % 100
            case "date":
                return datetime.date(2000, 1, 1) + datetime.timedelta(days=self.number)
            case "choice":
                return field.choices[self.number % len(field.choices)]
            case "mark":
                return words.MARK
            case "code":
                return str(2000000 + self.number)
        return f"文字{self.number}"


def _named(records: dict[str, Any], column: Column, i: int, block: Block) -> Any:
    """What the i-th record refers to; the names of rows within a record come in turn, so that none
    comes twice in one."""
    if column.kind == "ref":
        keys = [next(iter(record.values())) for record in records[column.of]]
        return keys[i % len(keys)]
    return column.choices[i % len(column.choices)] if column.name == block.by else None


def plain(value: Any) -> Any:
    if isinstance(value, Num):
        return float(value.value / value.unit.factor)
    return value.text if isinstance(value, Prose) else value


def test_every_cell_is_found_again(edition: opening.OpenEdition, tmp_path: Path) -> None:
    path = empty(edition, tmp_path / "空.xlsx")
    book = load_workbook(path)
    values, typed, records = Values(), {}, {}
    for sheet in edition.edition.sheets:
        planned, page = edition.layout.sheets[sheet.name], book[sheet.name]
        for name, slot in planned.slots.items():
            if not slot.sums and isinstance(planned, FormLayout):
                typed[name] = page.cell(slot.row, slot.column).value = values.next(slot.field)
        if isinstance(planned, TableLayout):
            across = totals.of_records(planned.sheet)
            typing = [c for c in planned.columns if c.name not in across and not c.column.derived]
            records[sheet.name] = [
                {
                    c.name: _named(records, c.column, i, planned.sheet) or values.next(c.column)
                    for c in typing
                }
                for i in range(planned.sheet.spare)
            ]
            for i, record in enumerate(records[sheet.name]):
                for column in planned.columns:
                    if column.name in record:
                        page.cell(planned.guard + 1 + i, column.index).value = record[column.name]
    book.save(path)
    found = reading.read(Book(path), edition.edition, edition.layout)
    assert [f for f in found.findings if f.id != "code-unknown"] == []  # the codes are made up
    read = {n: v for form in found.content.forms.values() for n, v in form.cells.items()}
    for name, value in typed.items():
        assert plain(read[name]) == value, name
        slot = edition.layout.slots[str(name)]
        if isinstance(read[name], Num):
            assert (read[name].place.sheet, read[name].place.cell) == (slot.sheet, slot.cell)
    blanks = {n for n, v in read.items() if isinstance(v, Blank)}
    assert blanks == read.keys() - typed.keys()
    assert {n for n in blanks if not edition.layout.slots[str(n)].sums} == set()
    for sheet_name, rows in records.items():
        got = found.content.tables[sheet_name].records
        assert len(got) == len(rows)
        for expected, record in zip(rows, got, strict=True):
            assert {n: plain(record[n]) for n in expected} == expected


def test_blank_workbook_reads_as_blank(edition: opening.OpenEdition, tmp_path: Path) -> None:
    found = reading.read(
        Book(empty(edition, tmp_path / "空.xlsx")), edition.edition, edition.layout
    )
    assert {f.id for f in found.findings} <= {"required", "table-empty"}
    for table in found.content.tables.values():
        assert table.records == []
    for form in found.content.forms.values():
        assert all(
            isinstance(v, Missing | Blank | str) or v.value == 0 for v in form.cells.values()
        )


# -- small layouts
# ---------------------------------------------------------------------------------------------------------


def two_sides(prior: bool = True) -> Form:
    sides = [
        Block(
            name=name,
            columns=[
                Column(label="项", name=f"{name}项", kind=FieldKind.LABEL),
                Column(label="数", name=f"{name}数", kind=FieldKind.COUNT, prior=prior),
            ],
            rows=[f"{name}一", "", Row(label=f"{name}计", total=True)],
        )
        for name in ("左", "右")
    ]
    return Form(title="两边", block=sides, name="两边", received=True)


def test_two_sides_side_by_side() -> None:
    planned = plan(two_sides())
    assert [(c.letter, c.heading, c.prior) for c in planned.columns] == [
        ("A", "项", False),
        ("B", "数", False),
        ("C", "项", False),
        ("D", "数", False),
        ("F", "左数（上年数）", True),
        ("G", "右数（上年数）", True),
    ]
    assert {str(n): s.cell for n, s in planned.slots.items()} == {
        "两边.左一": "B5",
        "两边.左一.上年": "F5",
        "两边.左计": "B7",
        "两边.左计.上年": "F7",
        "两边.右一": "D5",
        "两边.右一.上年": "G5",
        "两边.右计": "D7",
        "两边.右计.上年": "G7",
    }
    total, part = (Name("两边", row, prior=True) for row in ("左计", "左一"))
    assert planned.slots[total].sums == (((1, part),),)
    assert planned.captions == {
        (5, 1): "左一",
        (6, 1): "",
        (7, 1): "左计",
        (5, 3): "右一",
        (6, 3): "",
        (7, 3): "右计",
    }
    assert (planned.first, planned.foot, planned.check_column) == (5, 7, 8)


TEXTS = ["项", "数", "项", "数"]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["项", "数", "项", "数"], [1, 2, 3, 4]),
        (["", "项", "数", "", "项", "数"], [2, 3, 5, 6]),
        (["项", "注", "数", "项", "数"], [1, 3, 4, 5]),
        (["项", "数", "数", "项"], [1, 2, 4, 3]),  # out of order, but all are there
        (["项", "数", "项"], [1, 2, 3, None]),
        (["项", "项", "数"], [1, None, 2, 3]),  # the left 数 is the one that is gone
        (["数", "项", "数"], [None, 1, 2, 3]),
    ],
)
def test_equal_headings_find_their_own_side(row: list[str], columns: list[int | None]) -> None:
    planned = plan(two_sides(prior=False))
    wanted = [c.heading for c in planned.columns]
    assert wanted == TEXTS
    found = headings.match(wanted, [(i, text) for i, text in enumerate(row, 1) if text])
    assert [found.get(i) for i in range(4)] == columns
