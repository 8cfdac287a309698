"""The cells of a file in one pass: those that exist, as openpyxl reads them, and no others."""

from __future__ import annotations

import datetime
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from opened import cells_of as cells_in_memory
from reportgen.findings import Unusable
from reportgen.workbook.reading import grid
from reportgen.workbook.reading.grid import Cell, grid_of
from reportgen.workbook.reading.package import Package
from work import calls_at_most

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REAL = next((Path(__file__).resolve().parents[2] / "workbooks").glob("*.xlsx"))


def read(path: Path, sheet: str = "Sheet") -> grid.Cells:
    return grid_of(Package(path), sheet).cells


def saved(folder: Path, change: Callable[[Any], Any]) -> Path:
    book = Workbook()
    change(book.active)
    book.save(path := folder / "x.xlsx")
    return path


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def sheet_of(rows: str, rest: str = "") -> Callable[[str], str]:
    return lambda _: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rest}</worksheet>'


def with_rows(folder: Path, rows: str, rest: str = "") -> grid.Cells:
    path = saved(folder, lambda sheet: None)
    return read(rewritten(path, "xl/worksheets/sheet1.xml", sheet_of(rows, rest)))


# -- as openpyxl reads them


def test_the_real_workbook_is_read_as_openpyxl_reads_it() -> None:
    package, book = Package(REAL), load_workbook(REAL)
    assert package.sheets.keys() == set(book.sheetnames)
    for sheet in book.worksheets:
        ours = grid_of(package, sheet.title).cells
        theirs = cells_in_memory(sheet)
        assert {at: c._replace(value=None) for at, c in ours.items() if c.formula} == {
            at: c for at, c in theirs.items() if c.formula
        }
        typed = {at: c for at, c in ours.items() if not c.formula}
        assert typed == {at: c for at, c in theirs.items() if not c.formula}


VALUES = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2100, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    ),
    st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)),
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).filter(
        lambda text: not text.startswith("=")
    ),
)


@settings(max_examples=60)
@given(
    values=st.dictionaries(
        st.tuples(st.integers(1, 300), st.integers(1, 60)), VALUES, min_size=1, max_size=12
    )
)
def test_any_values_are_read_as_openpyxl_reads_them(
    tmp_path_factory: pytest.TempPathFactory, values: dict[tuple[int, int], Any]
) -> None:
    def change(sheet: Any) -> None:
        for (row, column), value in values.items():
            sheet.cell(row, column).value = value

    path = saved(tmp_path_factory.mktemp("v"), change)
    sheet = load_workbook(path)["Sheet"]
    assert read(path) == cells_in_memory(sheet)


def test_a_rich_text_is_read_whole(tmp_path: Path) -> None:
    text = CellRichText("年初", TextBlock(InlineFont(b=True), "预算"), "数")
    path = saved(tmp_path, lambda sheet: sheet.append([text]))
    assert read(path)[1, 1].value == "年初预算数"


SPOKEN = "<t>编码</t><rPh sb='0' eb='2'><t>biān mǎ</t></rPh>"


def test_signs_that_tell_how_to_pronounce_a_text_are_none_of_it(tmp_path: Path) -> None:
    row = f"<row r='1'><c r='A1' t='inlineStr'><is>{SPOKEN}</is></c></row>"
    assert with_rows(tmp_path, row) == {(1, 1): Cell("编码")}


def test_shared_texts(tmp_path: Path) -> None:
    cells = "<c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>0</v></c>"
    path = saved(tmp_path, lambda sheet: None)
    rewritten(path, "xl/worksheets/sheet1.xml", sheet_of(f"<row r='1'>{cells}</row>"))
    runs = "<si><r><t>年初</t></r><r><t xml:space='preserve'> 数</t></r></si>"
    texts = f'<sst xmlns="{MAIN}"><si>{SPOKEN}</si>{runs}</sst>'
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", texts)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = f'<Relationship Id="x" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    rewritten(
        path,
        "xl/_rels/workbook.xml.rels",
        lambda text: text.replace("</Relationships>", more),
    )
    assert read(path) == {(1, 1): Cell("年初 数"), (1, 2): Cell("编码")}


def test_dates_that_are_counted_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["B2"] = day = datetime.datetime(2023, 9, 15)
    book.save(path := tmp_path / "x.xlsx")
    assert read(path)[2, 2].value == day


# -- cells that say less, or more, than ours


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("<row><c><v>1</v></c><c><v>2.5</v></c></row>", {(1, 1): 1, (1, 2): 2.5}),
        ("<row r='7'><c><v>1</v></c></row><row><c><v>2</v></c></row>", {(7, 1): 1, (8, 1): 2}),
        ("<row r='3'><c r='C3'><v>1</v></c><c><v>2</v></c></row>", {(3, 3): 1, (3, 4): 2}),
        ("<row/><row/><row><c><v>1</v></c></row>", {(3, 1): 1}),
        ("<row r='1'><c r='A1' t='b'><v>1</v></c></row>", {(1, 1): True}),
        ("<row r='1'><c r='A1' t='e'><v>#N/A</v></c></row>", {(1, 1): "#N/A"}),
        (
            "<row r='1'><c r='A1' t='d'><v>2023-09-15</v></c></row>",
            {(1, 1): datetime.date(2023, 9, 15)},
        ),
        ("<row r='1'><c r='A1' t='inlineStr'><is><t>甲</t></is></c></row>", {(1, 1): "甲"}),
        (
            "<row r='1'><c r='A1' t='inlineStr'><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>",
            {(1, 1): "甲乙"},
        ),
        ("<row r='1'><c r='A1' t='n'><v>1E+3</v></c></row>", {(1, 1): 1000.0}),
        ("<row r='1'><c r='A1' s='0'/><c r='B1'><v/></c></row>", {}),
    ],
)
def test_what_other_programs_leave_out(tmp_path: Path, rows: str, cells: dict[Any, Any]) -> None:
    found = {at: cell.value for at, cell in with_rows(tmp_path, rows).items()}
    assert found == cells


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("<c r='A1'><f>1+1</f></c>", Cell(None, formula=True)),
        ("<c r='A1'><f>1+1</f><v>2</v></c>", Cell(2, formula=True)),
        ("<c r='A1' t='str'><f>\"\"</f><v></v></c>", Cell("", formula=True)),
        ("<c r='A1' t='str'><f>B1</f><v>甲</v></c>", Cell("甲", formula=True)),
        ("<c r='A1'><f t='shared' si='0'/><v>3</v></c>", Cell(3, formula=True)),
        ("<c r='A1'><f t='array' ref='A1:A2'>B1:B2</f><v>4</v></c>", Cell(4, formula=True)),
    ],
)
def test_a_formula_has_its_last_result(tmp_path: Path, cell: str, read: Cell) -> None:
    assert with_rows(tmp_path, f"<row r='1'>{cell}</row>") == {(1, 1): read}


def test_a_day_that_there_is_not_is_an_error_value(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda sheet: sheet.append([datetime.date(2023, 9, 15)]))
    rewritten(
        path, "xl/worksheets/sheet1.xml", lambda text: text.replace("45184", "99999999999999")
    )
    assert read(path)[1, 1].value == "#VALUE!"


WRONG = [
    "<row r='1'><c r='AAAA1'><v>1</v></c></row>",
    "<row r='1'><c r='A0'><v>1</v></c></row>",
    "<row r='1'><c r='A1048577'><v>1</v></c></row>",
    "<row r='1'><c r='XFE1'><v>1</v></c></row>",
    "<row r='x'><c r='A1'><v>1</v></c></row>",
    "<row r='1'><c r='A1' t='s'><v>99</v></c></row>",
    "<row r='1'><c r='A1' s='99'><v>1</v></c></row>",
    "<row r='1'><c r='A1'><v>一</v></c></row>",
    f"<row r='1'><c r='A1'><v>{'9' * 5000}</v></c></row>",
]


@pytest.mark.parametrize("rows", WRONG)
def test_what_no_program_writes_is_refused_in_a_sentence(tmp_path: Path, rows: str) -> None:
    with pytest.raises(Unusable, match="不是能读的工作簿"):
        with_rows(tmp_path, rows)


def test_a_file_without_styles_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda sheet: sheet.append([1]))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name in parts.keys() - {"xl/styles.xml"}:
            package.writestr(name, parts[name])
    assert read(path) == {(1, 1): Cell(1)}


# -- far cells, merged cells


def fill(where: str) -> Callable[[Any], Any]:
    def change(sheet: Any) -> None:
        sheet["A1"] = "有"
        sheet[where].fill = PatternFill("solid", fgColor="FFFF00")

    return change


def comment(sheet: Any) -> None:
    sheet["A1"] = "有"
    sheet["XFD1048576"].comment = Comment("远", "某")


def merged(*refs: str) -> Callable[[Any], Any]:
    return lambda sheet: sheet.append(["有"]) or [sheet.merge_cells(ref) for ref in refs]


FAR = [fill("A1048576"), fill("XFD1048576"), fill("XFD1"), comment]
FAR_MERGES = ["Z1:Z1048576", "AA1:XFD1048576", "B1:XFD1", "A2:A1048576"]


@pytest.mark.parametrize("change", FAR)
def test_a_far_cell_that_is_only_formatted_costs_nothing(
    tmp_path: Path, change: Callable[[Any], Any]
) -> None:
    path = saved(tmp_path, change)
    with calls_at_most(20_000):
        cells = read(path)
    assert {at: cell.value for at, cell in cells.items()} == {(1, 1): "有"}


@pytest.mark.parametrize("ref", FAR_MERGES)
def test_a_far_merge_costs_nothing(tmp_path: Path, ref: str) -> None:
    path = saved(tmp_path, lambda sheet: sheet.append(["有"]))
    rest = f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", f"</sheetData>{rest}"),
    )
    with calls_at_most(20_000):
        cells = read(path)
    assert {at: cell.value for at, cell in cells.items()} == {(1, 1): "有"}


def test_a_far_typed_cell_is_read_where_it_stands(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["XFD1048576"] = 5

    assert read(saved(tmp_path, change)) == {(1_048_576, 16_384): Cell(5)}


def test_what_lies_under_a_merged_cell_is_not_read(tmp_path: Path) -> None:
    rows = "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
    rows += "<row r='2'><c r='A2'><v>3</v></c><c r='C2'><v>4</v></c></row>"
    found = with_rows(tmp_path, rows, '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    assert {at: cell.value for at, cell in found.items()} == {(1, 1): 1, (2, 3): 4}


def test_merges_over_each_other_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_MOST", 1000)
    rows = "<row r='1'>" + "<c><v>1</v></c>" * 100 + "</row>"
    rest = "<mergeCells>" + '<mergeCell ref="A2:XFD1048576"/>' * 20 + "</mergeCells>"
    with pytest.raises(Unusable, match="不是能读的工作簿"):
        with_rows(tmp_path, rows, rest)


def test_too_many_formatted_cells_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "_MOST", 1000)
    with pytest.raises(Unusable, match="【Sheet】有格式的单元格超过 1000 个"):
        with_rows(tmp_path, "<row r='1'>" + "<c s='0'/>" * 1001 + "</row>")


def test_what_comes_after_the_merges_is_not_read(tmp_path: Path) -> None:
    rest = "<conditionalFormatting sqref='A1'/>" + "<row><c><v>5</v></c></row>"
    assert with_rows(tmp_path, "<row><c><v>1</v></c></row>", rest) == {(1, 1): Cell(1)}


@pytest.mark.parametrize("number", [2**31, 2**40, 10**300, -1])
def test_huge_numbers_of_styles_are_those_of_no_format(tmp_path: Path, number: int) -> None:
    path = saved(tmp_path, lambda sheet: sheet.append([1]))
    rewritten(
        path,
        "xl/styles.xml",
        lambda text: text.replace('numFmtId="0"', f'numFmtId="{number}"', 3),
    )
    assert read(path) == {(1, 1): Cell(1)}


def test_memory_is_that_of_the_filled_cells(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{n}'><c r='A{n}' s='0'/></row>" for n in range(1, 300_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert with_rows(tmp_path, rows) == {}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000  # KB; the file itself has 12 MB, ten times that as a tree
