"""What people do to a workbook, and what is read of it: facts and findings, never a traceback."""

from __future__ import annotations

import contextlib
import datetime
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.chart import BarChart
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desk import Desk
from filling import empty
from opened import OpenBook
from reportgen import messages
from reportgen.edition.fields import Column
from reportgen.edition.kinds import FieldKind
from reportgen.edition.sheets import Table
from reportgen.facts.content import FormContent, TableContent
from reportgen.findings import Place, Unusable
from reportgen.language import words
from reportgen.language.names import Name, path
from reportgen.language.numbers import Missing, MissingValue, Num
from reportgen.language.slack import slack
from reportgen.language.values import Blank, Facts, Prose, look
from reportgen.tasks import documents, jobs, opening
from reportgen.tasks.filing import Filing, load, read_and_check
from reportgen.workbook.reading import read as reading
from reportgen.workbook.reading.book import Book, edition_name
from reportgen.workbook.reading.cells import normal

GRID, TREE, SPENT, FORM, UNITS, REASONS, TEXTS = (
    "收支总表",
    "收入决算",
    "支出决算",
    "基本信息",
    "单位",
    "变动原因",
    "部门文字",
)
TEN_THOUSAND = 10000
TEXT_NUMBER = "六、经营收入 的数字存成了文本，已按数字读取，但 Excel 合计会漏掉它。请把单元格改为数字格式后重新输入。(text-number)"


@pytest.fixture(scope="module")
def sound(plan: opening.OpenEdition, workbook: Path) -> reading.WorkbookRead:
    return reading.read(Book(workbook), plan.edition, plan.layout)


def told(found: reading.WorkbookRead) -> list[str]:
    return [f"{f.severity.value} {f}" for f in found.findings]


def plain(value: Any) -> Any:
    """A fact without its place, for comparison."""
    if isinstance(value, Num):
        return value.value, value.unit.name
    if isinstance(value, Missing):
        return "missing"
    if isinstance(value, Blank):
        return "blank"
    return value.text if isinstance(value, Prose) else value


def facts(found: reading.WorkbookRead) -> dict[str, Any]:
    """All that was read, by name."""

    def of_form(sheet: str, content: FormContent) -> Iterator[tuple[str, Any]]:
        for name, value in content.cells.items():
            yield str(name), plain(value)
        yield f"{sheet}.{words.EMPTY}", content.empty

    def of_table(sheet: str, content: TableContent) -> Iterator[tuple[str, Any]]:
        for name, value in content.total.items():
            yield f"{sheet}.{words.TOTALS}.{name}", plain(value)
        for i, record in enumerate(content.records):
            for name, value in record.items():
                yield f"{sheet}#{i}.{name}", plain(value)
        yield f"{sheet}.{words.EMPTY}", content.empty

    read = found.content
    forms = {n: v for sheet, content in read.forms.items() for n, v in of_form(sheet, content)}
    return forms | {
        n: v for sheet, content in read.tables.items() for n, v in of_table(sheet, content)
    }


def content_of(found: reading.WorkbookRead, sheet: str) -> FormContent | TableContent:
    return found.content.forms.get(sheet) or found.content.tables[sheet]


def values_of(content: FormContent | TableContent) -> list[Any]:
    if isinstance(content, FormContent):
        return list(content.cells.values())
    return [v for r in content.records for v in r.values()]


def differing(found: reading.WorkbookRead, sound: reading.WorkbookRead) -> dict[str, Any]:
    """The facts that are not those of the untouched workbook."""
    before, after = facts(sound), facts(found)
    return {
        n: after.get(n, "gone")
        for n in before | after
        if before.get(n, "gone") != after.get(n, "gone")
    }


def test_untouched_workbook(sound: reading.WorkbookRead) -> None:
    assert told(sound) == []
    read = facts(sound)
    assert read[f"{GRID}.本年收入合计"] == (Decimal("31885300.00"), "万元")
    assert read[f"{GRID}.经营收入"] == (0, "万元")
    assert read[f"{TREE}#2.编码"] == "2080101"
    assert read[f"{TREE}#2.财政拨款收入"] == (Decimal("2509200.00"), "万元")
    assert read[f"{FORM}.年度"] == (2022, "年")
    assert read[f"{UNITS}#0.类别"] == "本级"
    assert read[f"{REASONS}#0.收入合计"] == ""
    assert read[f"{TREE}.空表"] is False


def test_what_a_test_changes_is_undone(desk: Desk, sound: reading.WorkbookRead) -> None:
    """Else one test would be about what another one did."""
    unmerge(desk.page(TREE)).insert_rows(4, 2)
    unmerge(desk.page(GRID)).delete_cols(2)
    desk.put(f"{FORM}.公开日期", "九月")
    del desk.book[REASONS]
    assert differing(desk.read(), sound) != {}
    desk.undo()
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}
    assert desk.page(TREE).merged_cells.ranges


# -- one number cell
# -------------------------------------------------------------------------------------------------------

READ_THROUGH: list[tuple[Any, str]] = [
    (None, "0"),
    ("", "0"),
    ("  \n", "0"),
    ("\u3000", "0"),
    (0, "0"),
    (12.34, "12.34"),
    (-5, "-5"),
    (0.1 + 0.2, "0.3"),
    (1e-7, "0.0000001"),
    (999999999999999, "999999999999999"),
]


@pytest.mark.parametrize(("value", "expected"), READ_THROUGH, ids=repr)
def test_numbers_and_blanks(desk: Desk, value: Any, expected: str) -> None:
    where = desk.put(f"{GRID}.经营收入", value)
    found = desk.read()
    number = found.content.forms[GRID].cells[Name(GRID, "经营收入")]
    assert told(found) == []
    assert (number.value, number.unit.name) == (Decimal(expected) * TEN_THOUSAND, "万元")
    assert str(number.place) == where
    filled = isinstance(value, int | float)
    assert number.half == (50 if filled else 0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.34", "12.34"),
        ("１２．３４", "12.34"),
        ("1,234.5", "1234.5"),
        ("1，234，567", "1234567"),
        (" 12 ", "12"),
        ("'12", "12"),
        ("－5", "-5"),
        ("−5", "-5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
    ],
)
def test_numbers_as_text_are_read_and_noted(
    desk: Desk, sound: reading.WorkbookRead, value: str, expected: str
) -> None:
    where = desk.put(f"{GRID}.经营收入", value)
    desk.cell(f"{GRID}.经营收入").data_type = "s"
    found = desk.read()
    assert told(found) == [f"note {where} {TEXT_NUMBER}"]
    assert differing(found, sound) == {
        f"{GRID}.经营收入": (Decimal(expected) * TEN_THOUSAND, "万元")
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("无", "无"),
        ("/", "/"),
        ("----", "----"),
        ("12万元", "12万元"),
        ("1,23", "1,23"),
        ("1 234", "1 234"),
        ("1e5", "1e5"),
        ("十二", "十二"),
        ("NaN", "NaN"),
        ("1.2.3", "1.2.3"),
        ("x" * 40, "x" * 30),
        (True, "TRUE"),
        (datetime.datetime(2022, 1, 2), "2022-01-02 0:00:00"),
        (datetime.time(8, 30), "8:30:00"),
    ],
    ids=repr,
)
def test_what_is_no_number_is_told_and_missing(
    desk: Desk, sound: reading.WorkbookRead, value: Any, shown: str
) -> None:
    where = desk.put(f"{GRID}.经营收入", value)
    found = desk.read()
    assert told(found) == [
        f"error {where} 六、经营收入 应填数字，现为“{shown}”。请只填数字；没有发生额的填 0 或留空。(not-a-number)"
    ]
    assert differing(found, sound) == {f"{GRID}.经营收入": "missing"}


@pytest.mark.parametrize("value", [1e15, -(10**15), 1e300, "9" * 400])
def test_huge_numbers(desk: Desk, sound: reading.WorkbookRead, value: Any) -> None:
    where = desk.put(f"{GRID}.经营收入", value)
    found = desk.read()
    assert told(found) == [
        f"error {where} 六、经营收入 的数字过大。请核对是否多输了几位。(too-large)"
    ]
    assert differing(found, sound) == {f"{GRID}.经营收入": "missing"}


@pytest.mark.parametrize(
    "value", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"]
)
@pytest.mark.parametrize("name", [f"{GRID}.经营收入", f"{FORM}.隶属关系"])
def test_error_values(desk: Desk, sound: reading.WorkbookRead, value: str, name: str) -> None:
    where = desk.put(name, value)
    assert desk.cell(name).data_type == "e"
    label = "六、经营收入" if name.startswith(GRID) else "隶属关系"
    found = desk.read()
    assert told(found) == [
        f"error {where} {label} 是错误值 {value}。请改填数字或文字，或修正公式。(error-value)"
    ]
    assert differing(found, sound) == {name: "missing"}


def test_one_bad_cell_is_told_and_not_that_the_table_is_empty(desk: Desk) -> None:
    clear(desk, GRID, lambda prior: not prior)
    desk.put(f"{GRID}.经营收入", "无")
    assert [f.id for f in desk.read().findings] == ["not-a-number"]


# -- blank, zero, missing, empty
# --------------------------------------------------------------------------------------------


def clear(desk: Desk, sheet: str, wanted: Callable[[bool], bool]) -> None:
    """Clears the numbers of a sheet, this year's or last year's, totals included."""
    planned = desk.plan.layout.sheets[sheet]
    page = desk.page(sheet)
    for column in planned.columns:
        if column.column.numeric and wanted(column.prior):
            for row in range(planned.first, planned.foot + 1):
                page.cell(row, column.index).value = None


@pytest.mark.parametrize("sheet", [GRID, TREE, SPENT])
def test_empty_table_is_told_and_never_zero(desk: Desk, sheet: str) -> None:
    clear(desk, sheet, lambda prior: True)
    found = desk.read()
    title = desk.plan.edition.sheet(sheet).title
    assert told(found) == [
        f"error 【{sheet}】 《{title}》全部未填。请填列本表；确无数据的，至少在一处填 0。(table-empty)"
    ]
    content = content_of(found, sheet)
    assert content.empty
    values = [v for v in values_of(content) if not isinstance(v, str)]
    assert values
    assert all(isinstance(v, Missing | Blank) for v in values)


@pytest.mark.parametrize(
    ("sheet", "zero"),
    [(GRID, f"{GRID}.其他收入"), (GRID, f"{GRID}.本年收入合计"), (TREE, f"{TREE}.事业收入")],
)
def test_one_zero_among_the_inputs_fills_a_table(desk: Desk, sheet: str, zero: str) -> None:
    clear(desk, sheet, lambda prior: not prior)
    desk.put(zero, 0, row=2)
    found = desk.read()
    if zero.endswith(
        "合计"
    ):  # a total that shows 0 is what an empty table looks like after calculation
        assert [f.id for f in found.findings] == ["table-empty"]
        return
    assert told(found) == []
    assert not content_of(found, sheet).empty
    everything = facts(found)
    blank = f"{GRID}.事业收入" if sheet == GRID else f"{TREE}#3.其他收入"
    assert everything[blank] == (0, "万元")


@pytest.mark.parametrize("sheet", [GRID, TREE])
def test_last_year_left_empty(desk: Desk, sheet: str) -> None:
    clear(desk, sheet, lambda prior: prior)
    found = desk.read()
    title = desk.plan.edition.sheet(sheet).title
    planned = desk.plan.layout.sheets[sheet]
    heading = next(c for c in planned.columns if c.prior)
    assert told(found) == [
        f"error 【{sheet}】{heading.letter}{planned.first - 1} 《{title}》的上年数全部未填。"
        "请填列上年数；上年确无数据的，至少在一处填 0。(table-empty)"
    ]
    lasts = {
        n: v
        for n, v in facts(found).items()
        if n.startswith(sheet) and n.endswith(f".{words.PRIOR}")
    }
    assert set(lasts.values()) <= {"missing", "blank"}
    assert not content_of(found, sheet).empty


def test_last_year_left_empty_is_not_a_rise_from_zero(desk: Desk) -> None:
    clear(desk, GRID, lambda prior: prior)
    filing = desk.filing()
    with pytest.raises(MissingValue, match=rf"{GRID}\.一般公共预算财政拨款收入\.上年 未填"):
        filing.value(f"比上年({GRID}.一般公共预算财政拨款收入)")


def test_blank_cells_of_a_form_are_missing(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{FORM}.隶属关系", None)
    desk.put(f"{FORM}.公开日期", None)
    found = desk.read()
    assert told(found) == [f"error {place} 隶属关系 未填。请填写。(required)"]
    assert differing(found, sound) == {f"{FORM}.隶属关系": "missing"}


@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_white_space_is_blank(desk: Desk, sound: reading.WorkbookRead, value: str) -> None:
    place = desk.put(f"{FORM}.部门名称", value)
    found = desk.read()
    assert told(found) == [f"error {place} 部门名称 未填。请填写。(required)"]


# -- kinds of values in forms and records
# -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        datetime.datetime(2023, 9, 5),
        datetime.date(2023, 9, 5),
        "2023-09-05",
        "2023-9-5",
        "2023/9/5",
        "2023.9.5",
        "2023年9月5日",
        "2023 年 9 月 5 日",
        "２０２３年９月５日",
        " 2023-09-05 ",
    ],
    ids=repr,
)
def test_dates_in_several_spellings(desk: Desk, sound: reading.WorkbookRead, value: Any) -> None:
    desk.put(f"{FORM}.决算批复日期", value)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {f"{FORM}.决算批复日期": datetime.date(2023, 9, 5)}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2023-13-01", "2023-13-01"),
        ("2023-02-30", "2023-02-30"),
        ("九月", "九月"),
        ("2023年9月", "2023年9月"),
        (True, "TRUE"),
    ],
)
def test_bad_dates(desk: Desk, sound: reading.WorkbookRead, value: Any, shown: str) -> None:
    place = desk.put(f"{FORM}.决算批复日期", value)
    found = desk.read()
    assert told(found) == [
        f"error {place} 决算批复日期 应填日期，现为“{shown}”。请按 2023-09-15 的样子填写。(date)"
    ]
    date = Name(FORM, "决算批复日期")
    assert found.content.forms[FORM].cells[date].name == date


@pytest.mark.parametrize(
    ("value", "fact", "findings"),
    [
        (2021, (2021, "年"), []),
        ("2021", (2021, "年"), ["note", "text-number"]),
        ("２０２１", (2021, "年"), ["note", "text-number"]),
        ("2021年", "missing", ["error", "not-a-number"]),
        (datetime.datetime(2021, 1, 1), "missing", ["error", "not-a-number"]),
        (None, "missing", ["error", "required"]),
    ],
    ids=repr,
)
def test_years(desk: Desk, value: Any, fact: Any, findings: list[str]) -> None:
    desk.put(f"{FORM}.年度", value)
    if isinstance(value, str):
        desk.cell(f"{FORM}.年度").data_type = "s"
    found = desk.read()
    assert [s for f in found.findings for s in (f.severity.value, f.id)] == findings
    assert facts(found)[f"{FORM}.年度"] == fact


def test_wrong_choice(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{FORM}.报告类型", "本级")
    row = desk.put(f"{UNITS}.类别", "下级", row=1)
    found = desk.read()
    assert told(found) == [
        f"error {place} 报告类型 不能填“本级”。请从下拉列表选择：部门、单位。(choice)",
        f"error {row} 类别 不能填“下级”。请从下拉列表选择：本级、下属单位。(choice)",
    ]
    assert differing(found, sound) == {f"{FORM}.报告类型": "missing", f"{UNITS}#1.类别": "missing"}


def test_choice_with_blanks_round_it(desk: Desk, sound: reading.WorkbookRead) -> None:
    desk.put(f"{FORM}.报告类型", " 部门\n")
    assert differing(desk.read(), sound) == {}


@pytest.mark.parametrize(
    "value", ["√", "✓", "✔", "是", "1", 1, 1.0, "v", "V", "y", " √ "], ids=repr
)
def test_marks(desk: Desk, sound: reading.WorkbookRead, value: Any) -> None:
    desk.put(f"{REASONS}.收入合计", value)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {f"{REASONS}#0.收入合计": "√"}


@pytest.mark.parametrize("value", ["否", 0, "0", "×", "n", None], ids=repr)
def test_marks_that_deny(desk: Desk, sound: reading.WorkbookRead, value: Any) -> None:
    desk.put(f"{REASONS}.收支总计", value)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {f"{REASONS}#0.收支总计": ""}


def test_marks_that_are_none(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{REASONS}.收支总计", "大概")
    found = desk.read()
    label = desk.heading(REASONS, "收支总计").value
    assert told(found) == [
        f"error {place} {label} 应填 √ 或留空，现为“大概”。请从下拉列表选择 √。(mark)"
    ]
    assert differing(found, sound) == {f"{REASONS}#0.收支总计": ""}


@pytest.mark.parametrize(
    "value", ["甲\r\n乙\n丙", "甲_x000D_\n乙\r丙", "\n 甲\n乙\n丙 \n"], ids=repr
)
def test_prose_of_several_lines(desk: Desk, value: str) -> None:
    desk.put(f"{TEXTS}.主要职责", value)
    found = desk.read()
    assert told(found) == []
    assert found.content.forms[TEXTS].cells[Name(TEXTS, "主要职责")].text.split("\n") == [
        "甲",
        "乙",
        "丙",
    ]


@pytest.mark.parametrize(("value", "text"), [(12, "12"), (12.0, "12"), (1.5, "1.5")])
def test_numbers_in_text_cells(desk: Desk, value: Any, text: str) -> None:
    desk.put(f"{FORM}.隶属关系", value)
    assert facts(desk.read())[f"{FORM}.隶属关系"] == text


# -- keys
# ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [2080101, 2080101.0, "2080101", " 2080101 "], ids=repr)
def test_codes_as_number_or_text(desk: Desk, sound: reading.WorkbookRead, code: Any) -> None:
    desk.put(f"{TREE}.编码", code, row=2)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


def test_codes_in_full_width_digits_are_the_same_codes(
    desk: Desk, sound: reading.WorkbookRead
) -> None:
    desk.put(f"{TREE}.编码", "２０８０１０１", row=2)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


@pytest.mark.parametrize("code", ["20801011", "2080", "208010A", "2", "类款项"])
def test_codes_of_the_wrong_length(desk: Desk, sound: reading.WorkbookRead, code: str) -> None:
    place = desk.put(f"{TREE}.编码", code, row=2)
    found = desk.read()
    assert told(found) == [
        f"error {place} 编码“{code}”不对。编码应为 3、5、7 位数字。(code-length)"
    ]
    assert len(found.content.tables[TREE].records) == len(sound.content.tables[TREE].records) - 1


def test_codes_twice(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{TREE}.编码", "2080101", row=3)
    found = desk.read()
    assert told(found) == [
        f"error {place} “2080101”出现了两次。请合并为一行，或更正其中一行。(key-twice)"
    ]
    kept = found.content.tables[TREE].records
    assert len(kept) == len(sound.content.tables[TREE].records) - 1
    assert plain(kept[2]["财政拨款收入"]) == (Decimal("2509200.00"), "万元")


def test_key_left_out(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{TREE}.编码", None, row=2)
    found = desk.read()
    assert told(found) == [f"error {place} 功能分类科目编码 未填。请填写。(required)"]
    assert len(found.content.tables[TREE].records) == len(sound.content.tables[TREE].records) - 1


# -- formulas
# ----------------------------------------------------------------------------------------------------------------


def cache(path: Path, sheet: str, cell: str, value: str, kind: str = "n") -> Path:
    """Gives the formula in a cell a result, as a program that calculates would have."""
    names = load_workbook(path, read_only=True).sheetnames
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts[part])
    (found,) = (c for c in root.iter("{*}c") if c.get("r") == cell)
    assert found.find("{*}f") is not None
    result = found.find("{*}v")
    if result is None:
        result = etree.SubElement(found, f"{root.tag.removesuffix('worksheet')}v")
    result.text = value
    found.set("t", kind)
    parts[part] = etree.tostring(root)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def read_from(desk: Desk, path: Path) -> reading.WorkbookRead:
    """What a file of its own says: only there formulas have results."""
    return reading.read(Book(path), desk.plan.edition, desk.plan.layout)


def test_formula_in_an_input_cell_without_result(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{GRID}.经营收入", "=1+1")
    found = read_from(desk, desk.saved())
    assert told(found) == [
        f"error {place} 六、经营收入 是公式，但没有计算结果。请用 Excel 或 WPS 打开、保存一次，或直接填数字。(formula-uncalculated)"
    ]
    assert differing(found, sound) == {f"{GRID}.经营收入": "missing"}


@pytest.mark.parametrize(
    ("value", "kind", "fact", "ids"),
    [
        ("12.5", "n", (Decimal(125000), "万元"), []),
        ("12.5", "str", (Decimal(125000), "万元"), ["text-number"]),
        ("", "str", (0, "万元"), []),
        ("无", "str", "missing", ["not-a-number"]),
        ("#REF!", "e", "missing", ["error-value"]),
        ("1", "b", "missing", ["not-a-number"]),
    ],
)
def test_formula_in_an_input_cell_with_result(
    desk: Desk, sound: reading.WorkbookRead, value: str, kind: str, fact: Any, ids: list[str]
) -> None:
    desk.put(f"{GRID}.经营收入", "=A1")
    path = cache(desk.saved(), GRID, desk.cell(f"{GRID}.经营收入").coordinate, value, kind)
    found = read_from(desk, path)
    assert [f.id for f in found.findings] == ids
    expected = {} if fact == (0, "万元") else {f"{GRID}.经营收入": fact}
    assert differing(found, sound) == expected


def test_formula_in_a_text_cell_and_in_a_key(desk: Desk, sound: reading.WorkbookRead) -> None:
    desk.put(f"{FORM}.隶属关系", '="区"&"属"')
    desk.put(f"{TREE}.编码", "=2080100+1", row=2)
    path = cache(desk.saved(), FORM, desk.cell(f"{FORM}.隶属关系").coordinate, "区属", "str")
    path = cache(path, TREE, desk.cell(f"{TREE}.编码", 2).coordinate, "2080101")
    found = read_from(desk, path)
    assert told(found) == []
    assert differing(found, sound) == {f"{FORM}.隶属关系": "区属"}


def names_of(desk: Desk, path: Path | None = None) -> tuple[Facts, list[str]]:
    filing = read_and_check(desk.plan, Book(path)) if path else desk.filing()
    return filing.facts, [f.id for f in filing.findings if f.severity.value == "error"]


def test_results_of_our_own_totals_are_never_believed(desk: Desk) -> None:
    total = f"{GRID}.本年收入合计"
    desk.put(total, "=SUM(C5:C30)")
    across = desk.put(f"{TREE}.合计", "=SUM(D9:I9)", row=2)
    column = desk.put(f"{TREE}.总计.其他收入", "=SUM(I6:I57)")
    book = cache(desk.saved(), GRID, desk.cell(total).coordinate, "1")
    book = cache(book, TREE, across.partition("】")[2], "2")
    book = cache(book, TREE, column.partition("】")[2], "3")
    names, errors = names_of(desk, book)
    assert errors == []
    assert look(names, path(total)).value == Decimal("31885300.00")
    assert names[TREE].member("2080101").member("合计").value == Decimal("2509200.00")
    assert look(names, path(f"{TREE}.总计.其他收入")).value == Decimal("2025700.00")


def test_blank_total_is_computed_and_its_trail_leads_to_the_parts(desk: Desk) -> None:
    place = desk.put(f"{GRID}.本年收入合计", None)
    names, errors = names_of(desk)
    total = look(names, path(f"{GRID}.本年收入合计"))
    assert errors == []
    assert total.value == Decimal("31885300.00")
    assert str(total.place) == place
    assert total.op == "sum"
    assert [str(a.name) for a in total.args] == [
        f"{GRID}.{n}"
        for n in (
            "一般公共预算财政拨款收入",
            "政府性基金预算财政拨款收入",
            "国有资本经营预算财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        )
    ]
    cells = [desk.cell(str(a.name)).coordinate for a in total.args]
    assert [str(leaf.place) for leaf in total.leaves()] == [f"【{GRID}】{c}" for c in cells]
    assert slack(total) == 100  # two filled cells, half of 0.01 万元 each; blank ones hide nothing


def test_blank_total_over_a_bad_part_is_missing(desk: Desk) -> None:
    desk.put(f"{GRID}.本年收入合计", None)
    desk.put(f"{GRID}.经营收入", "无")
    names, errors = names_of(desk)
    total = look(names, path(f"{GRID}.本年收入合计"))
    assert isinstance(total, Missing)
    assert total.name == Name(GRID, "经营收入")
    assert errors == ["not-a-number"]


def test_typed_total_is_taken_and_judged(desk: Desk) -> None:
    place = desk.put(f"{GRID}.本年收入合计", 3200)
    filing = desk.filing()
    assert look(filing.facts, path(f"{GRID}.本年收入合计")).value == 32000000
    (finding, *_) = [f for f in filing.findings if f.id == f"{GRID}.本年收入合计"]
    assert str(finding.place) == place
    assert finding.message.endswith("3188.53，差 11.47。")
    assert (finding.found, finding.expected) == ("3200.00", "3188.53")
    assert finding.severity.value == "error"


def test_typed_total_that_is_a_cent_off_is_rounding(desk: Desk) -> None:
    desk.put(f"{GRID}.本年收入合计", 3188.54)
    finding = next(f for f in desk.filing().findings if f.id == f"{GRID}.本年收入合计")
    assert finding.severity.value == "note"
    assert "尾差" in finding.message


def test_text_in_a_total_is_told(desk: Desk, sound: reading.WorkbookRead) -> None:
    place = desk.put(f"{GRID}.本年收入合计", "见附表")
    found = desk.read()
    assert told(found) == [
        f"error {place} 本年收入合计 应填数字，现为“见附表”。请只填数字；没有发生额的填 0 或留空。(not-a-number)"
    ]
    assert differing(found, sound) == {f"{GRID}.本年收入合计": "missing"}


# -- moved, inserted, deleted
# ------------------------------------------------------------------------------------------------


def unmerge(page: Worksheet) -> Worksheet:
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))
    return page


RECEIVED_AND_FORMS = [FORM, UNITS, TEXTS, GRID, TREE, REASONS]


@pytest.mark.parametrize("sheet", RECEIVED_AND_FORMS)
def test_headings_one_row_down(desk: Desk, sound: reading.WorkbookRead, sheet: str) -> None:
    unmerge(desk.page(sheet)).insert_rows(4)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


@pytest.mark.parametrize("sheet", RECEIVED_AND_FORMS)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_column_inserted(desk: Desk, sound: reading.WorkbookRead, sheet: str, at: int) -> None:
    unmerge(desk.page(sheet)).insert_cols(at)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


def test_places_follow_moved_cells(desk: Desk) -> None:
    page = unmerge(desk.page(GRID))
    page.insert_rows(4)
    page.insert_cols(2)
    number = desk.read().content.forms[GRID].cells[Name(GRID, "一般公共预算财政拨款收入")]
    row, column = (
        desk.plan.layout.slots[str(number.name)].row,
        desk.plan.layout.slots[str(number.name)].column,
    )
    assert number.place == Place(sheet=GRID, cell=f"{get_column_letter(column + 1)}{row + 1}")


def test_columns_swapped(desk: Desk, sound: reading.WorkbookRead) -> None:
    page = desk.page(TREE)
    a, b = desk.heading(TREE, "财政拨款收入").column, desk.heading(TREE, "其他收入").column
    for row in range(4, 57):
        left, right = page.cell(row, a), page.cell(row, b)
        left.value, right.value = right.value, left.value
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


@pytest.mark.parametrize(
    "text", ["财政拨款\n收入", " 财政拨款 收入 ", "财政拨款收入\u3000"], ids=repr
)
def test_headings_with_blanks_are_found(desk: Desk, sound: reading.WorkbookRead, text: str) -> None:
    desk.heading(TREE, "财政拨款收入").value = text
    assert differing(desk.read(), sound) == {}


def test_heading_missing(desk: Desk) -> None:
    cell = desk.heading(TREE, "财政拨款收入")
    cell.value = "拨款"
    found = desk.read()
    assert told(found) == [
        f"error 【{TREE}】{cell.coordinate} 找不到列标题“财政拨款收入”。请恢复标题行里的“财政拨款收入”。(heading-missing)"
    ]
    assert found.content.tables[TREE].records == []
    assert {plain(v) for v in found.content.tables[TREE].total.values()} == {"missing"}


@pytest.mark.parametrize("side", ["金额", "支出金额"])
def test_heading_missing_on_one_of_two_equal_sides(desk: Desk, side: str) -> None:
    """Both sides have a 金额; the one that was cleared is the one to tell."""
    cell = desk.heading(GRID, side)
    cell.value = None
    found = desk.read()
    assert told(found) == [
        f"error 【{GRID}】{cell.coordinate} 找不到列标题“金额”。请恢复标题行里的“金额”。(heading-missing)"
    ]
    assert set(map(plain, found.content.forms[GRID].cells.values())) == {"missing"}


def test_all_headings_gone(desk: Desk) -> None:
    for column in desk.plan.layout.sheets[FORM].columns:
        desk.heading(FORM, column.name).value = None
    found = desk.read()
    assert [f.id for f in found.findings] == ["heading-missing"] * 2
    assert set(map(plain, found.content.forms[FORM].cells.values())) == {"missing"}


def test_row_label_missing(desk: Desk, sound: reading.WorkbookRead) -> None:
    page, row = desk.page(GRID), desk.cell(f"{GRID}.经营收入").row
    page.cell(row, 1).value = None
    found = desk.read()
    assert len(found.findings) == 1
    assert str(found.findings[0]).startswith(f"【{GRID}】A")
    assert str(found.findings[0]).endswith(
        " 找不到“六、经营收入”这一行。请恢复这一行的名称。(row-missing)"
    )
    assert differing(found, sound) == {
        f"{GRID}.经营收入": "missing",
        f"{GRID}.经营收入.上年": "missing",
    }


def test_rows_of_a_form_moved(desk: Desk, sound: reading.WorkbookRead) -> None:
    desk.page(GRID).insert_rows(8, 3)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


def test_rows_inserted_before_the_foot_are_read(desk: Desk, sound: reading.WorkbookRead) -> None:
    planned = desk.plan.layout.sheets[TREE]
    page = desk.page(TREE)
    page.insert_rows(planned.foot, 2)
    for name, value in {"编码": "2080801", "名称": "死亡抚恤", "财政拨款收入": 1}.items():
        page.cell(planned.foot + 1, planned.by_name(name).index).value = value  # type: ignore[union-attr]
    found = desk.read()
    assert told(found) == []
    count = len(sound.content.tables[TREE].records)
    assert differing(found, sound)[f"{TREE}#{count}.编码"] == "2080801"
    assert differing(found, sound)[f"{TREE}#{count}.财政拨款收入"] == (10000, "万元")
    assert len(found.content.tables[TREE].records) == count + 1


@pytest.mark.parametrize("signatures", [True, False])
def test_foot_row_deleted(desk: Desk, sound: reading.WorkbookRead, signatures: bool) -> None:
    planned = desk.plan.layout.sheets[UNITS]
    page = desk.page(UNITS)
    page.delete_rows(planned.foot)
    if not signatures:
        page.delete_rows(planned.foot, 5)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


def test_records_pasted_over_the_foot_are_read(desk: Desk, sound: reading.WorkbookRead) -> None:
    planned = desk.plan.layout.sheets[UNITS]
    page = desk.page(UNITS)
    count = len(sound.content.tables[UNITS].records)
    for row in range(planned.guard + 1 + count, planned.foot + 8):
        page.cell(row, 1).value, page.cell(row, 2).value = f"第{row}所", "下属单位"
    found = desk.read()
    assert [(f.id, str(f.place)) for f in found.findings] == [
        ("foot-missing", f"【{UNITS}】A{planned.foot}")
    ]
    assert len(found.content.tables[UNITS].records) == planned.foot + 8 - planned.guard - 1


def test_gaps_between_records_are_no_records(desk: Desk, sound: reading.WorkbookRead) -> None:
    planned = desk.plan.layout.sheets[REASONS]
    desk.page(REASONS).insert_rows(planned.guard + 2, 2)
    found = desk.read()
    assert told(found) == []
    assert differing(found, sound) == {}


def test_total_row_deleted_is_computed(desk: Desk) -> None:
    row = desk.plan.layout.sheets[TREE].total_row
    assert row is not None
    desk.page(TREE).delete_rows(row)
    names, errors = names_of(desk)
    assert errors == []
    assert look(names, path(f"{TREE}.总计.其他收入")).value == Decimal("2025700.00")


def test_sheet_missing(desk: Desk) -> None:
    del desk.book[REASONS]
    del desk.book[FORM]
    found = desk.read()
    assert [str(f.place) for f in found.findings] == [f"【{FORM}】", f"【{REASONS}】"]
    for finding in found.findings:
        assert finding.id == "sheet-missing"
        assert finding.message == "缺少这张工作表。"
        assert finding.remedy.startswith(
            f"请从空白工作簿补上，表名要一致。现有：{words.GUIDE}、{words.INDEX}、{UNITS}、"
        )
    assert found.content.tables[REASONS].records == []
    assert set(map(plain, found.content.forms[FORM].cells.values())) == {"missing"}


def test_chart_that_bears_the_name_is_no_sheet(desk: Desk) -> None:
    del desk.book[REASONS]
    desk.book.create_chartsheet(REASONS).add_chart(BarChart())
    assert [f.id for f in desk.read().findings] == ["sheet-missing"]


def test_extra_sheets_and_another_order(desk: Desk, sound: reading.WorkbookRead) -> None:
    desk.book.create_sheet("草稿", 0)["A1"] = "项目"
    desk.book.create_sheet(f"{GRID} (2)")["A4"] = "金额"
    desk.book._sheets.reverse()
    found = desk.read()
    assert [f.id for f in found.findings] == ["sheet-copy"]
    assert differing(found, sound) == {}


def test_findings_come_in_the_order_of_the_sheets(desk: Desk) -> None:
    desk.put(f"{REASONS}.收支总计", "大概")
    desk.put(f"{GRID}.经营收入", "无")
    desk.put(f"{FORM}.年度", None)
    assert [f.place.sheet for f in desk.read().findings] == [FORM, GRID, REASONS]


def test_unit_chosen_in_the_workbook(desk: Desk) -> None:
    desk.put(f"{FORM}.金额单位", "元")
    number = desk.read().content.forms[GRID].cells[Name(GRID, "一般公共预算财政拨款收入")]
    assert (number.value, number.unit.name) == (Decimal("2985.96"), "元")
    assert number.half == Decimal("0.005")


# -- the order of reading, and the foot of a table


def waiting(name: str, *others: str) -> Table:
    """A table whose records name those of others."""
    references = [Column(name=f"见{o}", kind=FieldKind.REF, of=o) for o in others]
    return Table(
        title=name, name=name, columns=[Column(name="名", kind=FieldKind.TEXT), *references]
    )


@pytest.mark.parametrize(
    ("sheets", "order"),
    [
        (["甲", "乙", "丙"], "甲乙丙"),
        (["甲丙", "乙", "丙"], "乙丙甲"),
        (["甲甲", "乙"], "甲乙"),
        (["甲乙", "乙甲", "丙"], "甲乙丙"),
        (["丁乙", "甲乙", "乙丙", "丙甲"], "甲乙丙丁"),
        (["甲无", "乙"], "甲乙"),
    ],
)
def test_sheets_are_read_after_those_that_they_wait_for(sheets: list[str], order: str) -> None:
    """Those that wait for each other are read in their own order."""
    assert "".join(reading.in_order([waiting(*names) for names in sheets])) == order


def test_the_words_of_the_foot_begin_what_the_blank_workbook_writes_there() -> None:
    written = [messages.INSERT_ABOVE, messages.SIGNATURES]
    for text, word in zip(written, words.FOOT, strict=True):
        assert normal(text).startswith(normal(word))


# -- citations in prose
# ------------------------------------------------------------------------------------------------------

CITED = [
    f"{GRID}.收入总数",
    f"{GRID}.收入总计 * 1e400",
    f"{GRID}.收入总计 * 1e300",
    f"{GRID}.收入总计 / 0",
    f"{GRID}.收入总计 * {GRID}.收入总计",
    f"round({GRID}.收入总计, 99)",
    f"round({GRID}.收入总计, {GRID}.收入总计)",
    f"{GRID}.收入总计.上年.上年",
    f"{GRID}.收入总计|表|表",
    f"{GRID}.收入总计|日期",
    f"{GRID}.收入总计 is 同({UNITS})",
    f"{GRID}",
    f"{GRID}.行",
    f"{UNITS}.名称",
    f"列举({REASONS}.原因, {UNITS}.名称)",
    f"计数({GRID}.收入总计, 1)",
    f"min({UNITS}.名称)",
    f"占比({GRID}.收入总计, {UNITS})",
    f"{FORM}.年度 ** 9",
    f"{TEXTS}.主要职责",
    f"{GRID}." * 60 + "x",
    f"{GRID}.__class__",
    f"{FORM}.年度 if",
]


@pytest.mark.parametrize("citation", CITED)
def test_faulty_citations_are_findings(desk: Desk, citation: str) -> None:
    place = desk.put(f"{TEXTS}.机构设置补充说明", f"见【{citation}】。")
    found = [f for f in desk.filing().findings if f.id == "citation"]
    assert [str(f.place) for f in found] == [place]
    assert found[0].message.startswith("文字里的引用有误：")
    assert found[0].remedy == messages.REMEDY_PROSE


@pytest.mark.parametrize(
    "text",
    [
        "【】",
        "【注】",
        "【2022】",
        "【",
        "】【",
        "【((((((】",
        "【某某】",
        "【 】【】",
        "{{ 年度 }}",
        "{% if %}",
    ],
)
def test_brackets_that_cite_nothing_are_text(desk: Desk, text: str) -> None:
    desk.put(f"{TEXTS}.机构设置补充说明", text)
    assert [f for f in desk.filing().findings if f.id == "citation"] == []


def test_amounts_too_large_for_capitals_are_a_finding(desk: Desk) -> None:
    for name in ("一般公共预算财政拨款收入", "本年收入合计", "收入总计"):
        desk.put(f"{GRID}.{name}", 9e14)
    desk.put(f"{TEXTS}.机构设置补充说明", f"共【{GRID}.收入总计|大写】。")
    assert "citation" in [f.id for f in desk.filing().findings]


# -- files that are no workbook
# ----------------------------------------------------------------------------------------------


def _zip(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: p.write_bytes(b"PK\x03\x04 and no more"), "不是完好的"),
        (lambda p: _zip(p, {"a.txt": b"x"}), "不是完好的"),
        (lambda p: _zip(p, {"[Content_Types].xml": b"<Types/>"}), "不是能读的工作簿"),
        (lambda p: _zip(p, {"[Content_Types].xml": b"not xml"}), "不是能读的工作簿"),
        (lambda p: p.mkdir(), "打不开文件"),
        (lambda p: None, "打不开文件"),
    ],
    ids=["cut", "zip", "no parts", "no xml", "folder", "none"],
)
def test_xlsx_that_is_none(tmp_path: Path, make: Callable[[Path], Any], message: str) -> None:
    path = tmp_path / "假.xlsx"
    make(path)
    with pytest.raises(Unusable, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)


BROKEN_PARTS = (
    "xl/workbook.xml",
    "xl/worksheets/sheet6.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
)


@pytest.mark.parametrize("part", BROKEN_PARTS)
@pytest.mark.parametrize("data", [b"", b"<a", b"\x00\xff"])
def test_broken_part_is_a_message(workbook: Path, tmp_path: Path, part: str, data: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(workbook) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert part in parts
    _zip(path, parts | {part: data})
    with pytest.raises(
        Unusable, match=r"不是能读的工作簿。请用 Excel 或 WPS 打开后另存为 \.xlsx 再试"
    ) as caught:
        load(path, "hubei-2022")
    assert str(path) in str(caught.value)


def guide_cell(book: Workbook) -> Any:
    """The cell that names the edition."""
    for row in book[words.GUIDE].iter_rows():
        for cell in row:
            if cell.value == words.EDITION_LABEL:
                return book[words.GUIDE].cell(cell.row, cell.column + 1)
    raise AssertionError


def test_workbook_without_edition(desk: Desk) -> None:
    guide_cell(desk.book).value = None
    with pytest.raises(
        Unusable,
        match=r"里没有写明年度方案（“填表说明”表的“年度方案”）。请用 reportgen new .* --edition",
    ):
        load(desk.saved())
    assert load(desk.saved(), "hubei-2022").opened.edition.name == "hubei-2022"


def test_workbook_without_guide(desk: Desk) -> None:
    del desk.book[words.GUIDE]
    with pytest.raises(Unusable, match="里没有写明年度方案"):
        load(desk.saved())


def test_edition_is_found_where_the_guide_was_moved(desk: Desk) -> None:
    page = unmerge(desk.book[words.GUIDE])
    page.insert_rows(1, 4)
    page.insert_cols(1, 2)
    guide_cell(desk.book).value = " hubei-2022 "
    assert edition_name(OpenBook(desk.path, desk.book)) == "hubei-2022"


@pytest.mark.parametrize("name", ["hubei-1999", "x" * 300, "../../etc", "a/b", 2022], ids=repr)
def test_workbook_of_an_unknown_edition(desk: Desk, name: Any) -> None:
    guide_cell(desk.book).value = name
    with pytest.raises(Unusable, match="找不到年度方案"):
        load(desk.saved())


def test_the_edition_is_no_formula(desk: Desk) -> None:
    guide_cell(desk.book).value = "=1+1"
    with pytest.raises(Unusable, match="没有写明年度方案"):
        load(desk.saved())


def test_workbook_of_another_edition(plan: opening.OpenEdition, tmp_path: Path) -> None:
    """Read with the wrong edition, every sheet is missing: that is told sheet by sheet, and
    nothing breaks."""
    tiny = opening.open_edition(str(Path(__file__).resolve().parents[1] / "editions" / "tiny"))
    path = empty(tiny, tmp_path / "馆.xlsx")
    filing = read_and_check(plan, Book(path))
    missing = [f.place.sheet for f in filing.findings if f.id == "sheet-missing"]
    assert missing == [s.name for s in plan.edition.sheets]
    assert filing.stopped


# -- anything at all
# ---------------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime.datetime(1901, 1, 1), datetime.datetime(2100, 1, 1)),
    TEXT,
    TEXT.map(lambda t: f"={t}"),
    TEXT.map(lambda t: f"【{GRID}.{t}】"),
    st.sampled_from(
        [
            "#REF!",
            "#N/A",
            "#DIV/0!",
            "=1/0",
            "=A1",
            "合计",
            "项目",
            "金额",
            "1,234",
            "２０２２",
            "√",
            "2080101",
            "208",
            messages.INSERT_ABOVE,
            messages.SIGNATURES,
            f"【{GRID}.收入总计|大写】",
            f"【{GRID}.收入总计 * 1e300】",
            "_x000D_\n",
            "9" * 400,
        ]
    ),
)
EDITS = st.lists(
    st.tuples(st.integers(0, 99), st.integers(1, 62), st.integers(1, 14), JUNK),
    min_size=1,
    max_size=25,
)


def edited(desk: Desk, edits: list[tuple[Any, ...]]) -> None:
    sheets = list(desk.plan.layout.sheets)
    for sheet, row, column, junk in edits:
        cell = desk.page(sheets[sheet % len(sheets)]).cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.value = junk


def unbroken(filing: Filing, compiled: jobs.Compiled) -> None:
    """Whatever was read, it is told as findings, or it can be printed."""
    for finding in filing.findings:
        assert finding.place.sheet in {*filing.opened.layout.sheets, ""}
        assert finding.message
        assert (
            not finding.place.cell
            or column_index_from_string(finding.place.cell.rstrip("0123456789")) >= 1
        )
        assert str(finding)
        assert finding.record("乱.xlsx")["severity"] in ("error", "warning", "note")
    if not filing.stopped:
        with contextlib.suppress(
            Unusable
        ):  # a value that a sentence needs may be missing: that is told, not raised as a bug
            documents.render_all(filing, compiled)


@given(edits=EDITS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_content_breaks_the_reader(
    desk: Desk, compiled: jobs.Compiled, edits: list[tuple[Any, ...]]
) -> None:
    edited(desk, edits)
    filing = desk.filing()
    desk.undo()
    unbroken(filing, compiled)


@given(edits=EDITS)
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_content_of_a_file_breaks_the_reader(
    desk: Desk, compiled: jobs.Compiled, edits: list[tuple[Any, ...]]
) -> None:
    """What was saved and opened again may have become something else: a formula without result, an
    escaped sign."""
    edited(desk, edits)
    path = desk.saved()
    desk.undo()
    unbroken(read_and_check(desk.plan, Book(path)), compiled)
