"""Codes, levels, groups, lines across, budgets, conditions and lists of contents, over an edition
about a publishing house."""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desk import Desk
from filling import empty, fill, fill_open
from office import Shown, recalculated
from reportgen.checks.rules import Loop
from reportgen.findings import Unusable
from reportgen.language import words
from reportgen.language.comparisons import Compared
from reportgen.language.numbers import Missing, MissingValue, Num, round_half_up
from reportgen.language.syntax import Refused
from reportgen.tasks import compiling, documents, opening
from reportgen.tasks.blank import blank_workbook
from reportgen.tasks.filing import Filing, load, read_and_check
from reportgen.word.authors.show import lines
from reportgen.workbook.layout import Layout
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.reading.book import Book
from reportgen.workbook.writing.verdicts import FIRST_LINE, VERDICT_COLUMN, Verdicts

PRESS = Path(__file__).resolve().parent / "editions" / "press"
FORM: dict[str, Any] = {
    "社况.社名": "江声出版社",
    "社况.年份": 2024,
    "社况.币别": "千元",
    "社况.组织": "集团",
    "社况.付印日": datetime.date(2024, 5, 1),
    "社况.出厂日": datetime.date(2024, 5, 21),
    "社况.编后记": "长篇【书目.1010101.码洋】，观众【指标.读者.实绩】。",
    "社况.大事": "办书展。\n\n出新诗；",
    "社况.运费计划": 3000,
    "社况.运费实付": 2500,
    "开支.审稿费": 4,
    "开支.校对费": 2.5,
    "开支.推广费": 0,
    "开支.审稿费.上年": 3,
    "开支.校对费.上年": 2,
    "开支.推广费.上年": 1,
    "开支.纸款": 5,
    "开支.印工": 3,
    "差旅.书展.计划": 6,
    "差旅.书展.实付": 4,
    "差旅.约稿.计划": 0,
    "差旅.约稿.实付": 1,
}
_COLUMNS = ("书号", "书名", "码洋", "编校", "印制", "计划码洋", "缘故", "码洋.上年")
BOOKS: list[dict[str, Any]] = [
    dict(zip(_COLUMNS, row, strict=False))
    for row in (
        ("101", "文学", 60, 6, 7, None, "按种说明"),
        ("1010101", "长篇小说", 30, 3, 4, 20, "热销", 25),
        ("1010102", "短篇小说", 10, 2, 3, 10, None, 10),
        ("1010201", "新诗", 20, 1, 0, 0, "加印", 0),
        ("1020101", "观星手册", -5, 1, 1, 5, "退货", 5),
    )
]
RECORDS: dict[str, list[dict[str, Any]]] = {
    "分社": [{"社址": "江北", "人手": 12}, {"社址": "江南"}],
    "书目": BOOKS,
    "指标": [
        {"事项": "读者", "实绩": 1200, "目标": 1000, "计量": "人"},
        {"事项": "回头率", "实绩": 45.5, "目标": 40, "计量": "百分之"},
        {"事项": "捐书", "实绩": 3, "计量": "千元"},
    ],
}
NO_PROSE = {"社况.编后记": "无"}


@pytest.fixture(scope="module")
def press() -> opening.OpenEdition:
    return opening.open_edition(str(PRESS))


@pytest.fixture(scope="module")
def blank(press: opening.OpenEdition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty(press, tmp_path_factory.mktemp("press") / "空.xlsx")


Edit = Callable[[Workbook], None]
Cells = Mapping[str, Any]
File = Callable[..., Filing]


@pytest.fixture(scope="module")
def press_desk(press: opening.OpenEdition, blank: Path) -> Desk:
    return Desk(press, blank, blank.parent)


@pytest.fixture
def file(press: opening.OpenEdition, press_desk: Desk) -> Iterator[File]:
    """The filing of the press with some cells otherwise (None clears), its records otherwise, its
    workbook edited."""

    def make(cells: Cells = FORM, records: Cells = RECORDS, edit: Edit | None = None) -> Filing:
        press_desk.undo()
        fill_open(press, press_desk.book, FORM | cells, RECORDS | records)
        if edit:
            edit(press_desk.book)
        return press_desk.filing()

    yield make
    press_desk.undo()


def told(filing: Filing) -> list[str]:
    return [f"{f.severity.value} {f}" for f in filing.findings]


def ids(filing: Filing) -> set[str]:
    return {f.id for f in filing.findings}


def said(filing: Filing, source: str) -> str:
    """A value as a sentence prints it."""
    value = filing.value(source)
    return str(value.text) if hasattr(value, "text") else str(value)


def books(**changed: dict[str, Any]) -> dict[str, Any]:
    """The records of the list of books with some columns otherwise, by code: _101={"码洋": 1}."""
    return {"书目": [b | changed.get(f"_{b['书号']}", {}) for b in BOOKS]}


def report(filing: Filing, out: Path) -> list[str]:
    compiling.templates(filing.opened)
    return list(lines(documents.build(filing, out).written[0]))


# -- round trip
# ----------------------------------------------------------------------------------------------------------


def everything(filing: Filing) -> dict[str, Any]:
    """All that was filled in, as the facts have it: numbers in their own unit."""

    def plain(value: Any) -> Any:
        return (
            value.value / value.unit.factor
            if isinstance(value, Num)
            else str(value)
            if hasattr(value, "text")
            else value
        )

    names = [n for n in FORM if not n.startswith("社况.编")]
    for sheet, rows in RECORDS.items():
        names += [
            f"{sheet}.{next(iter(row.values()))}.{c}"
            for row in rows
            for c, v in row.items()
            if v is not None
        ]
    return {n: plain(filing.value(n)) for n in names if not n.startswith("书目.101.")}


def filled() -> dict[str, Any]:
    found = {n: v for n, v in FORM.items() if not n.startswith("社况.编")}
    for sheet, rows in RECORDS.items():
        found |= {
            f"{sheet}.{next(iter(row.values()))}.{c}": v
            for row in rows
            for c, v in row.items()
            if v is not None
        }
    found["社况.大事"] = found["社况.大事"].replace("\n\n", "\n")  # a blank line is no paragraph
    return {
        n: round(v, 2) if isinstance(v, float) else v
        for n, v in found.items()
        if not n.startswith("书目.101.")
    }


def loosened(page: Worksheet) -> Worksheet:
    """A sheet without merged cells, which openpyxl does not move."""
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    return page


def rows_inserted(book: Workbook) -> None:
    loosened(book["差旅"]).insert_rows(1, 3)
    loosened(book["书目"]).insert_rows(9, 2)
    loosened(book["开支"]).insert_rows(6)


def columns_inserted(book: Workbook) -> None:
    loosened(book["差旅"]).insert_cols(2)
    loosened(book["书目"]).insert_cols(3, 2)
    loosened(book["开支"]).insert_cols(3)


def columns_swapped(book: Workbook) -> None:
    page = loosened(book["书目"])
    for row in range(4, 20):
        for a, b in ((3, 6), (2, 8)):
            one, other = page.cell(row, a), page.cell(row, b)
            one.value, other.value = other.value, one.value


def rows_swapped(book: Workbook) -> None:
    page = book["开支"]
    for column in (1, 2, 3, 8):
        one, other = page.cell(6, column), page.cell(9, column)
        one.value, other.value = other.value, one.value


@pytest.mark.parametrize(
    "edit", [None, rows_inserted, columns_inserted, columns_swapped, rows_swapped]
)
def test_what_was_filled_is_what_is_read(file: File, edit: Edit | None) -> None:
    filing = file(edit=edit)
    assert told(filing) == []
    assert {
        n: str(v) if n.startswith("社况.大") else v for n, v in everything(filing).items()
    } == pytest.approx(filled())


def test_a_blank_workbook_tells_what_is_asked_for(press: opening.OpenEdition, blank: Path) -> None:
    filing = read_and_check(press, Book(blank))
    assert [str(f.place) for f in filing.findings if f.id == "required"] == [
        *("【社况】B5", "【社况】B6", "【社况】B7", "【社况】B8"),
        "【分社】A5",
    ]
    assert [f.place.sheet for f in filing.findings if f.id == "table-empty"] == ["开支", "书目"]


def test_the_report_word_by_word(file: File, tmp_path: Path) -> None:
    assert report(file(), tmp_path) == [
        "[Body] 1 一、江声出版社的书",
        "[Body] 1 开支",
        "[Body] 2 本集团用工",
        "[Heading1] 一、江声出版社的书",
        "[Body] 共55千元",
        "[Body] 文学：60千元",
        "[Body] 小说：40千元",
        "[Body] 文学·小说·长篇小说：30千元，超10千元，多于计划，完成150%，多5千元（20%）",
        "[Body] 文学·小说·短篇小说：10千元，照计划，等于计划，完成100%，不变",
        "[Body] 诗歌：20千元",
        "[Body] 文学·诗歌·新诗：20千元，计划外20千元，多于计划，完成无计划，新增20千元",
        "[Body] 科学：-5千元",
        "[Body] 天文：-5千元",
        "[Body] 科学·天文·观星手册：-5千元，计划5千元，实际-5千元，少于计划，完成-100%，由5千元到-5千元",
        "[Heading1] 开支",
        "[Heading2] 本集团用工",
        "[Body] 用工：审稿费4千元、校对费2.5千元。运费省0.5千元。",
        "[Body] 50101纸款5千元",
        "[Body] 50102印工3千元",
        "[Body] 差旅：书展6千元、书展4千元、约稿（含住宿）1千元。",
        "[Body] 大事：一是办书展；二是出新诗。",
        "[Body] 读者1200人",
        "[Body] 回头率45.5%",
        "[Body] 捐书3千元",
        "[Body] 长篇30千元，观众1200人。",
    ]


# -- codes of fixed rows
# -------------------------------------------------------------------------------------------------


def test_a_shorter_code_is_the_sum_of_those_under_it(file: File) -> None:
    filing = file()
    for name, value in {
        "编辑用工": "6.5",
        "发行用工": "0",
        "用工合计": "6.5",
        "印刷": "8",
        "编辑用工.上年": "5",
    }.items():
        assert said(filing, f"开支.{name}|千元") == f"{value}千元"


@pytest.mark.parametrize(
    ("name", "cell", "value"), [("编辑用工", "C5", 7), ("用工合计", "C11", 6), ("印刷", "F5", 0)]
)
def test_a_typed_sum_of_codes_is_judged(file: File, name: str, cell: str, value: float) -> None:
    (finding,) = [f for f in file({f"开支.{name}": value}).findings if f.id == f"开支.{name}"]
    assert (finding.place.sheet, finding.place.cell, finding.found) == (
        "开支",
        cell,
        f"{value:.2f}",
    )


def test_two_blocks_may_have_the_same_codes(file: File) -> None:
    filing = file()
    assert [said(filing, f"开支.{n}|数") for n in ("审稿费", "纸款")] == ["4", "5"]


@pytest.mark.parametrize("label", ["审稿劳务", None])
def test_a_row_is_found_by_its_code_whatever_its_label(file: File, label: str | None) -> None:
    filing = file(edit=lambda book: book["开支"].__setitem__("B6", label))
    assert told(filing) == []
    assert said(filing, "开支.审稿费|数") == "4"


@pytest.mark.parametrize("code", ["审稿", "50109", "5010", None])
def test_a_row_that_has_lost_its_code_is_told(file: File, code: str | None) -> None:
    filing = file(edit=lambda book: book["开支"].__setitem__("A6", code))
    assert told(filing) == [
        "error 【开支】B6 找不到“审稿费”这一行（这里现为“审稿费”）。请恢复这一行的名称。(row-missing)",
    ]
    assert isinstance(filing.value("开支.编辑用工"), Missing)


@pytest.mark.parametrize("code", [50101, 50101.0, "５０１０１", "501 01"], ids=repr)
def test_a_code_is_read_however_it_is_typed(file: File, code: Any) -> None:
    assert told(file(edit=lambda book: book["开支"].__setitem__("A6", code))) == []


def split(page: Worksheet, columns: int, typed: Callable[[str], Any]) -> None:
    """Codes over several cells: 101 | 01 | 01, in columns without headings."""
    loosened(page).insert_cols(2, columns)
    for row in range(5, 20):
        code = str(page.cell(row, 1).value or "")
        if code.isdigit():
            for i, piece in enumerate([code[:3], code[3:5], code[5:]]):
                page.cell(row, 1 + i).value = typed(piece) if piece else page.cell(row, 1 + i).value


@pytest.mark.parametrize("typed", [str, int])
@pytest.mark.parametrize(("sheet", "columns"), [("书目", 2), ("开支", 1)])
def test_codes_may_be_split_over_cells(
    file: File, typed: Callable[[str], Any], sheet: str, columns: int
) -> None:
    filing = file(edit=lambda book: split(book[sheet], columns, typed))
    assert told(filing) == []
    assert everything(filing) == everything(file())


# -- groups and lines across
# ---------------------------------------------------------------------------------------------


def test_headings_stand_in_groups(blank: Path) -> None:
    book = load_workbook(blank)
    assert [c.value for c in book["书目"][4]][:6] == ["分类号", "名目", "码洋", "成本", None, None]
    assert [c.value for c in book["书目"][5]][:6] == [None, None, None, "小计", "编校", "印制"]
    assert [c.value for c in book["差旅"][4]][:6] == ["计划数", None, None, "实付数", None, None]
    assert [c.value for c in book["差旅"][5]][:6] == ["总数", "书展", "约稿（含住宿）"] * 2
    assert {"D4:F4", "A4:A5"} <= {str(m) for m in book["书目"].merged_cells.ranges}


def test_a_line_across_is_summed_and_judged(file: File) -> None:
    assert said(file(), "差旅.总数.计划|千元") == "6千元"
    filing = file({"差旅.总数.实付": 6})
    assert [(f.id, f.place.cell, f.found, f.expected) for f in filing.findings] == [
        ("差旅.总数.实付", "D6", "6.00", "5.00")
    ]


def test_a_group_may_be_renamed(file: File) -> None:
    def renamed(book: Workbook) -> None:
        book["差旅"]["A4"], book["书目"]["D4"] = "规划数", "本钱"

    filing = file(edit=renamed)
    assert told(filing) == []
    assert said(filing, "差旅.书展.计划|数") == "6"


@pytest.mark.parametrize(
    ("sheet", "cell", "heading"),
    [("差旅", "B5", "书展"), ("书目", "E5", "编校"), ("书目", "A4", "分类号")],
)
def test_a_missing_heading_is_told_where_it_stood(
    file: File, sheet: str, cell: str, heading: str
) -> None:
    filing = file(NO_PROSE, edit=lambda book: book[sheet].__setitem__(cell, None))
    (finding,) = [f for f in filing.findings if f.id == "heading-missing"]
    assert (finding.place.sheet, finding.place.cell[0]) == (sheet, cell[0])
    assert f"找不到列标题“{heading}”。请恢复标题行里的“{heading}”。" in str(finding)


def numbered(page: Worksheet, row: int, columns: range) -> None:
    loosened(page).insert_rows(row)
    for n, column in enumerate(columns, 1):
        page.cell(row, column).value = n


def test_the_row_of_numbers_under_headings_is_skipped(file: File) -> None:
    def official(book: Workbook) -> None:
        numbered(book["差旅"], 6, range(1, 7))
        numbered(book["书目"], 6, range(3, 7))
        book["书目"]["A6"] = "栏次"

    filing = file(edit=official)
    assert told(filing) == []
    assert everything(filing) == everything(file())


# -- code lists and levels
# -----------------------------------------------------------------------------------------------


def levels(filing: Filing, member: str = words.LEVELS) -> list[tuple[str, str, str]]:
    rows = filing.value(f"书目.{member}")
    return [
        (
            r.members["书号"],
            _text(r.members["书名"]),
            f"{r.members['码洋'].to(r.members['码洋'].unit):f}",
        )
        for r in rows
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else type(value).__name__


def test_levels_that_nobody_typed_are_added_up_and_named(file: File) -> None:
    filing = file()
    assert [(code, name, float(number)) for code, name, number in levels(filing)] == [
        ("全部书目", "Absent", 55),
        ("101", "文学", 60),
        ("10101", "小说", 40),
        ("1010101", "长篇小说", 30),
        ("1010102", "短篇小说", 10),
        ("10102", "诗歌", 20),
        ("1010201", "新诗", 20),
        ("102", "科学", -5),
        ("10201", "天文", -5),
        ("1020101", "观星手册", -5),
    ]
    assert [code for code, _, _ in levels(filing, words.TYPED)] == [
        "全部书目",
        *(b["书号"] for b in BOOKS),
    ]


def untyped(filing: Filing, code: str) -> dict[str, Any]:
    return next(dict(r.members) for r in filing.value("书目.分级") if r.members["书号"] == code)


def test_an_untyped_level_has_last_year_and_budget(file: File) -> None:
    row = untyped(file(), "10101")
    number = row["码洋"]
    assert [n.value for n in (number, number.prior, number.budget, row["成本"])] == [
        40000,
        35000,
        30000,
        12000,
    ]
    assert [row[n] for n in ("门", "类")] == ["文学", "小说"]
    assert _text(row["种"]) == "Absent"


@pytest.mark.parametrize(
    ("book", "names"),
    [("1010101", ["文学", "小说", "长篇小说"]), ("1020101", ["科学", "天文", "观星手册"])],
)
def test_a_record_names_its_levels(file: File, book: str, names: list[str]) -> None:
    assert [said(file(), f"书目.{book}.{level}") for level in ("门", "类", "种")] == names


def test_the_typed_name_of_a_level_goes_before_the_list(file: File) -> None:
    filing = file(records=books(_101={"书名": "文艺"}))
    assert said(filing, "书目.1010101.门") == "文艺"
    assert told(filing) == [
        "warning 【书目】A8 编码 101 的名称是“文学”，这里写的是“文艺”。请核对编码和名称。(code-name)",
    ]


def test_further_columns_of_the_list_are_members(file: File) -> None:
    filing = file()
    assert said(filing, "书目.1010102.释义") == "三万字以内"
    assert isinstance(filing.value("书目.1010101.释义"), Missing)


def test_a_code_that_no_list_has_is_a_warning_and_has_no_names(file: File) -> None:
    stranger = {"书号": "1090101", "书名": "杂著", "码洋": 1, "计划码洋": 1}
    filing = file(records={"书目": [*BOOKS, stranger]})
    assert told(filing) == [
        "warning 【书目】A13 编码 1090101 不在《图书分类》里。请核对编码；确为新增科目的可以不改。(code-unknown)",
    ]
    assert said(filing, "书目.1090101.种") == "杂著"
    assert all(isinstance(filing.value(f"书目.1090101.{m}"), Missing) for m in ("门", "类", "释义"))


@pytest.mark.parametrize("code", ["文学", "二", "1011", "101.0", "10-1", "TRUE"], ids=repr)
def test_a_code_cell_with_something_else_is_told(file: File, code: Any) -> None:
    filing = file(edit=lambda book: book["书目"].__setitem__("A8", code))
    assert f"error 【书目】A8 编码“{code}”不对。编码应为 3、5、7 位数字。(code-length)" in told(
        filing
    )


@pytest.mark.parametrize("column", ["码洋.上年", "计划码洋"])
def test_a_blank_subtotal_of_a_helper_column_is_computed_a_typed_one_judged(
    file: File, column: str
) -> None:
    member = column if column.endswith(words.PRIOR) else f"{column}"
    assert file().value("书目.总计.码洋.上年").value == 40000
    row = untyped(file(), "101")
    assert (row["码洋"].prior.value, row["码洋"].budget.value, row["计划码洋"].value) == (
        35000,
        30000,
        30000,
    )
    filing = file(records=books(_101={column: 99}))
    (finding,) = [f for f in filing.findings if f.id == f"书目.分级.{member}"]
    assert (finding.severity.value, finding.found) == ("error", "99.00")


@pytest.mark.parametrize("value", [0, -5, 1])
def test_a_typed_subtotal_must_be_that_of_its_rows(file: File, value: int) -> None:
    filing = file(records=books(_101={"编校": value}))
    (finding,) = [f for f in filing.findings if f.id == "书目.分级.编校"]
    assert (finding.place.cell, finding.found, finding.expected) == ("E8", f"{value}.00", "6.00")


def test_last_year_left_blank_is_told_and_nowhere_zero(file: File) -> None:
    blanks = {f"_{b['书号']}": {"码洋.上年": None} for b in BOOKS}
    filing = file(records=books(**blanks))
    assert told(filing) == [
        "error 【书目】H5 《分类书目》的上年数全部未填。请填列上年数；上年确无数据的，至少在一处填 0。(table-empty)",
    ]
    for name in ("书目.总计.码洋", "书目.1010101.码洋"):
        with pytest.raises(MissingValue):
            filing.value(f"比上年({name})")
    assert isinstance(untyped(filing, "10101")["码洋"].prior, Missing)


def test_a_faulty_cell_makes_its_subtotals_missing(file: File) -> None:
    filing = file(records=books(_1010101={"计划码洋": "无"}))
    assert "not-a-number" in ids(filing)
    assert isinstance(untyped(filing, "101")["计划码洋"], Missing)
    assert isinstance(untyped(filing, "10101")["计划码洋"], Missing)


# -- budgets
# -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "against", "order", "done"),
    [
        ("书目.1010101.码洋", "超10千元", "多于", "150%"),
        ("书目.1010102.码洋", "照计划", "等于", "100%"),
        ("书目.1010201.码洋", "计划外20千元", "多于", "无计划"),
        ("书目.1020101.码洋", "计划5千元，实际-5千元", "少于", "-100%"),
        ("书目.总计.码洋", "超20千元", "多于", "157.1%"),
        ("社况.运费实付", "省0.5千元", "少于", "83.3%"),
        ("差旅.书展.实付", "省2千元", "少于", "66.7%"),
        ("差旅.总数.实付", "省1千元", "少于", "83.3%"),
    ],
)
def test_against_the_budget(file: File, name: str, against: str, order: str, done: str) -> None:
    filing = file()
    assert [said(filing, s.format(name)) for s in ("比预算({})", "{}.较预算", "完成率({})")] == [
        against,
        order,
        done,
    ]


def test_a_number_without_budget_says_so(file: File) -> None:
    with pytest.raises(
        Refused, match=r"开支.审稿费 没有预算数：表中没有写明它与哪一列（行）比较（budget）"
    ):
        file().value("比预算(开支.审稿费)")


def test_a_budget_that_nobody_filled_is_missing(file: File) -> None:
    filing = file({"社况.运费计划": None})
    for source in ("比预算(社况.运费实付)", "完成率(社况.运费实付)", "社况.运费实付.较预算"):
        with pytest.raises(MissingValue, match=r"社况.运费计划 未填【社况】B13"):
            filing.value(source)


# -- conditions on sheets
# ------------------------------------------------------------------------------------------------


def removed(book: Workbook) -> None:
    del book["分社"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("集团", {"required"}), ("单社", set()), (None, {"required"})]
)
def test_a_sheet_is_asked_for_where_the_choice_is_made(
    file: File, kind: str | None, expected: set[str]
) -> None:
    filing = file({"社况.组织": kind}, {"分社": []})
    assert {f.id for f in filing.findings if f.place.sheet == "分社"} == expected


@pytest.mark.parametrize(("kind", "expected"), [("集团", ["sheet-missing"]), ("单社", [])])
def test_a_sheet_may_be_missing_where_it_is_not_asked_for(
    file: File, kind: str, expected: list[str]
) -> None:
    assert [f.id for f in file({"社况.组织": kind}, {"分社": []}, removed).findings] == expected


# -- tables that may be empty
# --------------------------------------------------------------------------------------------

NO_TRAVEL = dict.fromkeys([n for n in FORM if n.startswith("差旅.")])


@pytest.mark.parametrize(("kind", "name"), [("集团", "本集团"), ("单社", "本社")])
def test_an_empty_table_says_so_in_prose_with_citations(
    file: File, tmp_path: Path, kind: str, name: str
) -> None:
    filing = file(NO_TRAVEL | {"社况.组织": kind}, {"分社": []} if kind == "单社" else {})
    assert told(filing) == []
    assert filing.value("差旅.空表") is True
    assert f"[Body] {name}没有差旅开支。" in report(filing, tmp_path)


def test_one_zero_makes_it_filled(file: File) -> None:
    filing = file(NO_TRAVEL | {"差旅.书展.计划": 0})
    assert filing.value("差旅.空表") is False
    with pytest.raises(Refused, match=r"差旅.各项.实付 都是 0，没有可以列出的"):
        filing.value("分列(差旅.各项.实付)")


# -- units of their own
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("指标.读者.实绩|原单位", "1200人"),
        ("指标.回头率.目标|原单位", "40%"),
        ("指标.捐书.实绩|元", "3000元"),
    ],
)
def test_each_record_has_its_own_unit(file: File, source: str, text: str) -> None:
    assert said(file(), source) == text


def test_a_citation_prints_the_own_unit(file: File, tmp_path: Path) -> None:
    filing = file(
        {
            "社况.编后记": "读者【指标.读者.实绩】，【完成率（指标.读者.实绩）】；回头率【指标.回头率.实绩】"
        }
    )
    assert report(filing, tmp_path)[-1] == "[Body] 读者1200人，120%；回头率45.5%"


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (None, "error 【指标】D6 计量 未填。请填写。(required)"),
        (
            "打",
            "error 【指标】D6 计量 不能填“打”。请从下拉列表选择：册、人、千元、百分之。(choice)",
        ),
    ],
)
def test_a_unit_that_is_none_stops_the_report(file: File, unit: str | None, message: str) -> None:
    filing = file(NO_PROSE, {"指标": [{"事项": "读者", "实绩": 1, "计量": unit}]})
    assert told(filing) == [message]
    assert filing.stopped


# -- lists, lengths, days, counts
# ----------------------------------------------------------------------------------------


def test_items_of_zero_are_left_out(file: File) -> None:
    filing = file({"开支.推广费": -1.5, "开支.校对费": 0.004})
    assert said(filing, "分列(开支.用工.金额)") == "审稿费4千元、推广费-1.5千元"
    assert said(filing, "分列(开支.用工.金额, 开支.印务.金额)").endswith(
        "推广费-1.5千元、纸款5千元、印工3千元"
    )


def test_items_that_are_all_zero_are_refused(file: File) -> None:
    filing = file({"开支.审稿费": 0, "开支.校对费": None})
    with pytest.raises(Refused, match=r"开支.用工.金额 都是 0，没有可以列出的"):
        filing.value("分列(开支.用工.金额)")


@pytest.mark.parametrize(
    ("text", "length"), [("两 字", 2), (" \n　", 0), (None, 0), ("一行\n二行", 4), ("甲", 1)]
)
def test_lengths_leave_blanks_out(file: File, text: str | None, length: int) -> None:
    filing = file({"社况.编后记": text})
    assert filing.value("字数(社况.编后记)").value == length
    assert ("编后记" in ids(filing)) == (length == 0)


@pytest.mark.parametrize(
    ("day", "days"),
    [((2024, 5, 31), 30), ((2024, 5, 1), 0), ((2024, 4, 1), -30), ((2025, 5, 1), 365)],
)
def test_days_between_dates(file: File, day: tuple[int, int, int], days: int) -> None:
    filing = file({"社况.出厂日": datetime.date(*day)})
    assert filing.value("印制天数").value == days
    assert ids(filing) == ({"工期"} if days > 30 else set())


@pytest.mark.parametrize("name", ["社况.付印日", "社况.出厂日"])
def test_days_with_one_date_missing_are_unfilled(file: File, name: str) -> None:
    filing = file({name: None})
    assert told(filing) == []
    assert [v.word for v in filing.verdicts if v.rule.check.id == "工期"] == [words.UNFILLED]
    with pytest.raises(MissingValue, match=rf"{name} 未填【社况】B"):
        filing.value("印制天数|数")


@pytest.mark.parametrize(
    ("rows", "count"), [([], 0), ([{"社址": "江北"}], 1), (RECORDS["分社"], 2)]
)
def test_counting_a_column(file: File, rows: list[dict[str, Any]], count: int) -> None:
    assert file(records={"分社": rows}).value("分社数").value == count


@pytest.mark.parametrize(
    "source", ["分列(书目)", "分列(社况.社名)", "天数(社况.付印日, 社况.社名)", "天数(社况.付印日)"]
)
def test_misuse_of_functions_is_refused(file: File, source: str) -> None:
    with pytest.raises(Refused, match=r"不能这样用|只能用于数字"):
        file().value(source)


# -- blocks as rows
# ------------------------------------------------------------------------------------------------------


def test_a_block_gives_its_rows_that_are_no_totals(file: File) -> None:
    rows = list(file().value("开支.用工"))
    assert [(r.members["编码"], r.members["行名"]) for r in rows] == [
        ("50101", "审稿费"),
        ("50102", "校对费"),
        ("50201", "推广费"),
    ]
    assert [r.members["行名"] for r in file().value("差旅.各项")] == [
        "书展",
        "约稿（含住宿）",
    ]


def test_a_check_runs_over_the_rows_of_a_block(file: File) -> None:
    filing = file({"开支.审稿费": 7.5})
    (finding,) = filing.findings
    assert (finding.id, str(finding.place), finding.found) == ("逐科目", "【开支】C6", "7.50")
    assert len([v for v in filing.verdicts if v.rule.check.id == "逐科目"]) == 3


# -- faults of the edition
# -----------------------------------------------------------------------------------------------

FORMS, HOUSES, COSTS, LISTED, TRAVEL, GOALS = (
    f"workbook/{name}.toml"
    for name in ("01-社况", "02-分社", "03-开支", "04-书目", "05-差旅", "06-指标")
)
LIST, CHECKS = "codes/图书分类.csv", "checks.toml"
FAULTS = {
    "levels": (LISTED, '"门", "类", "种"', '"门", "类"', "levels：层级名（门、类）要与 tree（[3, 5, 7]）一样多"),
    "code length": (COSTS, '"50201"', '"5020"', "code：编码 5020 的位数不在 tree（[3, 5]）里"),
    "no list": (LISTED, '"图书分类"', '"图书分类法"', "codes：没有编码表“图书分类法”，是否指“图书分类”？"),
    "budget of a column": (LISTED, 'budget = "计划码洋"', 'budget = "计划码样"', "码洋.budget：没有名称“计划码样”，是否指“计划码洋”？"),
    "budget of a row": (FORMS, 'budget = "运费计划"', 'budget = "印费计划"', "运费实付.budget：没有名称“印费计划”，是否指“运费计划”？"),
    "choice of a condition": (HOUSES, '["集团"]', '["公司"]', "when：“社况.组织”要指向一张表单里 kind 为 choice 的一项，值要在它的 choices 里"),
    "name of a condition": (HOUSES, "社况.组织", "社况.社名", "when：“社况.社名”要指向一张表单里 kind 为 choice 的一项，值要在它的 choices 里"),
    "condition on records": (HOUSES, "社况.组织", "指标.计量", "when：“指标.计量”要指向一张表单里 kind 为 choice 的一项，值要在它的 choices 里"),
    "code twice": (LIST, "102,科学,", "101,科学,", "编码 101 出现了两次"),
    "heading": (LIST, "释义", "释 义", "“释 义”不能作名称：只能用汉字、字母、数字和下划线，不能以数字开头，"
        "也不能是 not、true、none 这类算式里的词。请另写 name"),
    "own unit of no column": (GOALS, '"=计量", required', '"=事项", required', "实绩.unit：“=事项”要指向一张表单里 kind 为 choice 的一项，它的 choices 都是计量单位"),
    "own unit unknown": (GOALS, '"百分之"]', '"打"]', "实绩.unit：“=计量”要指向一张表单里 kind 为 choice 的一项，它的 choices 都是计量单位"),
    "tree without codes": (LISTED, 'kind = "code", ', 'kind = "text", ', "分类号：设了编码层级（tree）的表，第一列的 kind 应为 code"),
    "loop over no rows": (CHECKS, "行 in 开支.用工", "行 in 开支.用度", "逐科目：in 后面不是表，不能循环"),
    "loop over a form": (CHECKS, "行 in 开支.用工", "行 in 开支", "逐科目：in 后面不是表，不能循环"),
    "days of a text": (CHECKS, "社况.出厂日)", "社况.社名)", "工期：天数 不能这样用：2000-01-01、样例文字"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PRESS, tmp_path / "press"))


@pytest.mark.parametrize(("where", "old", "new", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_file_and_key(
    folder: Path, where: str, old: str, new: str, fault: str
) -> None:
    text = (folder / where).read_text(encoding="utf-8")
    assert old in text
    (folder / where).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        opening.open_edition(str(folder))
    assert f"press/{where}：{fault}" in str(refused.value).splitlines()


def test_a_code_list_must_be_utf8(folder: Path) -> None:
    (folder / LIST).write_bytes("编码,书名\n101,文学\n".encode("gbk"))
    with pytest.raises(Unusable, match=rf"press/{LIST}：文件不是 UTF-8 编码，请用 UTF-8 另存"):
        opening.open_edition(str(folder))


def test_a_code_list_may_begin_with_a_byte_order_mark(folder: Path) -> None:
    (folder / LIST).write_bytes(b"\xef\xbb\xbf" + (folder / LIST).read_bytes())
    assert opening.open_edition(str(folder)).edition.codes["图书分类"]["101"]["编码"] == "101"


# -- the list of contents
# ------------------------------------------------------------------------------------------------


def test_contents_are_those_of_the_written_document(file: File, tmp_path: Path) -> None:
    filing = file({"社况.社名": "甲<&>社", "社况.组织": "单社"}, {"分社": []})
    assert report(filing, tmp_path)[:3] == [
        "[Body] 1 一、甲<&>社的书",
        "[Body] 1 开支",
        "[Body] 2 本社用工",
    ]


# -- the rules as formulas
# -----------------------------------------------------------------------------------------------


def shown(verdict: Any) -> str:
    """A verdict of the program as the sheet spells it: 差 0.01."""
    compared = verdict.compared
    spelt = verdict.word in (words.OFF, words.ROUNDING, words.NOT_MET)
    if not spelt or not isinstance(compared, Compared) or compared.op not in ("eq", "lteq", "gteq"):
        return str(verdict.word)
    unit = compared.left.unit if compared.left.op != "literal" else compared.right.unit
    return f"{verdict.word} {round_half_up(abs(compared.gap) / unit.factor, 2)}"


def of_sheet(plan: opening.OpenEdition, sheets: Shown) -> dict[tuple[str, str], str]:
    """(rule, row's name or "") → verdict, as the recalculated workbook shows it."""
    verdicts = Verdicts(plan.rules, SheetFormulas(plan.edition, plan.layout))
    found = {}
    for line, rule in enumerate(plan.rules, FIRST_LINE):
        if not rule.loop:
            found[rule.check.id, ""] = sheets.value(words.AUDIT, line, VERDICT_COLUMN)
            continue
        table = rule.loop.table
        column = verdicts.column(plan.layout.sheets[table], rule)
        for row, name in _rows(plan.layout, rule.loop, sheets).items():
            found[rule.check.id, f"{table}.{name}"] = sheets.value(table, row, column)
    return {key: str(value) for key, value in found.items() if value}


def _rows(layout: Layout, loop: Loop, sheets: Shown) -> dict[int, str]:
    """The rows over which a rule runs in a sheet, by name."""
    table = loop.table
    if table in layout.forms:
        return {row: line.name for row, line in layout.forms[table].lines(loop.part).items()}
    planned = layout.tables[table]
    rows = range(planned.guard + 1, planned.foot)
    keys = {row: str(key) for row in rows if (key := sheets.value(table, row, 1))}
    return keys | ({planned.total_row: words.TOTALS} if planned.total_row else {})


def untouched(book: Workbook) -> None:
    pass


def typed(**cells: Any) -> Edit:
    """Cells otherwise: 开支_C6=5."""

    def edit(book: Workbook) -> None:
        for name, value in cells.items():
            sheet, _, cell = name.partition("_")
            book[sheet][cell].value = value

    return edit


def random_numbers(seed: int) -> Edit:
    def edit(book: Workbook) -> None:
        choose = random.Random(seed)
        for name, area in (("开支", "C5:C11"), ("书目", "C7:I12"), ("差旅", "A6:F6")):
            cells = [c for row in book[name][area] for c in row if isinstance(c.value, int | float)]
            for cell in choose.sample(cells, 2):
                cell.value = choose.choice(
                    [None, 0, -cell.value, cell.value + 0.01, cell.value + 100]
                )

    return edit


MUTATIONS: dict[str, Edit] = {
    "untouched": untouched,
    "typed sums of codes": typed(开支_C5=6.5, 开支_C8=0.01, 开支_C11=7),
    "a row above its limit": typed(开支_C6=9),
    "typed helper subtotals": typed(书目_I8=30, 书目_H8=36),
    "a cleared total across": typed(书目_D8=None, 书目_D9=8),
    "last year cleared": typed(**{f"书目_H{row}": None for row in range(6, 13)}),
    "no dates": typed(社况_B9=None),
    "too many days": typed(社况_B10=datetime.date(2024, 7, 1)),
    "no text where none is asked": typed(社况_B8="单社", 社况_B11=None),
    "a text of blanks": typed(社况_B11=" 　 "),
    "travel as planned": typed(差旅_A6=6, 差旅_D6=7, 差旅_E6=6),
    "no travel": typed(**{f"差旅_{c}6": None for c in "ABCDEF"}),
    "codes as numbers": typed(书目_A9=1010101, 书目_A12=1020101),
    **{f"random {seed}": random_numbers(seed) for seed in range(4)},
}


@pytest.mark.office
def test_the_sheet_and_the_program_agree_on_every_verdict(
    press: opening.OpenEdition, blank: Path, tmp_path: Path
) -> None:
    files = []
    for name, edit in {"blank": None, **MUTATIONS}.items():
        path = Path(shutil.copy(blank, tmp_path / f"{name}.xlsx"))
        files.append(path)
        if edit:
            book = load_workbook(fill(press, path, FORM, RECORDS))
            edit(book)
            book.save(path)
    seen = set()
    for path in files:
        told_by_program = read_and_check(press, Book(path)).verdicts
        program = {
            (v.rule.check.id, str(v.row.name) if v.row else ""): shown(v) for v in told_by_program
        }
        assert of_sheet(press, recalculated(path)) == program, path.stem
        seen |= {v.split()[0] for v in program.values()}
    assert {words.BALANCED, words.OFF, words.MET, words.NOT_MET, words.UNFILLED} <= seen


STATES = [
    ({}, "集团", "已填"),
    ({"分社": []}, "集团", "未填"),
    ({"分社": []}, "单社", "不需填报"),
    ({"分社": []}, None, "未填"),
]


@pytest.mark.office
def test_the_index_knows_what_is_not_asked_for(
    press: opening.OpenEdition, blank: Path, tmp_path: Path
) -> None:
    files = [Path(shutil.copy(blank, tmp_path / f"s{i}.xlsx")) for i in range(len(STATES))]
    for path, (records, kind, _) in zip(files, STATES, strict=True):
        fill(press, path, FORM | NO_TRAVEL | {"社况.组织": kind}, RECORDS | records)
    for path, (_, _, state) in zip(files, STATES, strict=True):
        sheets = recalculated(path)
        states = {
            sheets.value(words.INDEX, row, 2): sheets.value(words.INDEX, row, 4)
            for row in range(5, 11)
        }
        assert (states["分社"], states["差旅"]) == (state, "未填（可空）")


# -- editions a little otherwise
# ----------------------------------------------------------------------------------------


def changed(
    folder: Path, tmp_path: Path, where: str, old: str, new: str, records: dict[str, Any]
) -> Filing:
    text = (folder / where).read_text(encoding="utf-8")
    assert old in text
    (folder / where).write_text(text.replace(old, new), encoding="utf-8")
    plan = opening.open_edition(str(folder))
    path = tmp_path / "改.xlsx"
    blank_workbook(path, str(folder), None, None)
    fill(plan, path, {k: v for k, v in FORM.items() if k in plan.layout.slots}, RECORDS | records)
    return load(path, str(folder))


OUTSIDE = '{ name = "缘故"'
FIRST = '{ name = "成本", label = "小计"'


def test_a_code_without_any_under_it_is_typed(folder: Path, tmp_path: Path) -> None:
    changed(folder, tmp_path, COSTS, '  { code = "50201", label = "推广费" },\n', "", {})


def test_a_total_may_stand_before_the_total_it_adds_up(folder: Path, tmp_path: Path) -> None:
    total = '{ name = "全部", label = "全部", formula = "码洋 + 成本" },\n  '
    assert (
        changed(folder, tmp_path, LISTED, FIRST, total + FIRST, {}).value("书目.总计.全部").value
        == 70000
    )


def test_a_helper_column_may_be_a_total(folder: Path, tmp_path: Path) -> None:
    names = {"预甲": "", "预乙": "", "预算": ', formula = "预甲 + 预乙"'}
    new = "".join(
        f'{{ name = "{n}", label = "{n}", outside = true{f} }},\n' for n, f in names.items()
    )
    records = {"书目": [BOOKS[0], *(b | {"预甲": 1, "预乙": 2} for b in BOOKS[1:])]}
    filing = changed(folder, tmp_path, LISTED, OUTSIDE, new + OUTSIDE, records)
    assert untyped(filing, "101")["预算"].value == 9000


def test_a_helper_column_may_have_last_year(folder: Path, tmp_path: Path) -> None:
    records = {"书目": [BOOKS[0], *(b | {"计划码洋.上年": 3} for b in BOOKS[1:])]}
    filing = changed(
        folder,
        tmp_path,
        LISTED,
        'label = "计划码洋", ',
        'label = "计划码洋", prior = true, ',
        records,
    )
    assert untyped(filing, "101")["计划码洋"].prior.value == 9000


def test_rates_are_not_added_up(folder: Path, tmp_path: Path) -> None:
    rate = '{ name = "毛利", label = "毛利", kind = "percent", unit = "百分之", outside = true },\n'
    records = {"书目": [BOOKS[0], *(b | {"毛利": 50} for b in BOOKS[1:])]}
    assert (
        untyped(changed(folder, tmp_path, LISTED, OUTSIDE, rate + OUTSIDE, records), "101")[
            "毛利"
        ].value
        == 0
    )


WRONG = {
    "code twice": (COSTS, '"50102", label = "校对费"', '"50101", label = "校对费"', "编码 50101 出现了两次"),
    "total of own units": (GOALS, 'label = "实绩", kind = "number"', 'label = "实绩", kind = "money"', None),
    "across and last year": (TRAVEL, 'budget = "计划"', "prior = true", "across：横排的表没有旁边的列，不能写 prior 或 outside"),
    "across and gap": (TRAVEL, '{ label = "书展" },', '{ label = "书展" }, "",', "across：横排的表不能有空行"),
    "level and column": (LISTED, '"门", "类"', '"书名", "类"', "“书名”出现了两次，名称在一张表内（表名、导出项、审核编号在整个方案内）不能重复"),
    "loop across": (CHECKS, 'in 开支.用工"\nformula = "行.金额', 'in 差旅.各项"\nformula = "行.实付', "逐科目：in 后面不是表，不能循环"),
    "length of a column": (CHECKS, "字数(社况.编后记)", "字数(书目.书名)", "编后记：字数 不能这样用：书目.书名"),
    "heading twice": (LIST, "释义", "书名", "“书名”出现了两次，名称在一张表内（表名、导出项、审核编号在整个方案内）不能重复"),
}  # fmt: skip


@pytest.mark.parametrize(("where", "old", "new", "fault"), WRONG.values(), ids=WRONG)
def test_an_edition_that_would_mislead_is_refused(
    folder: Path, where: str, old: str, new: str, fault: str | None
) -> None:
    text = (folder / where).read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    if fault is None:
        text, fault = (
            text.replace("spare = 6", 'spare = 6\ntotal = "合计"'),
            (
                "实绩：各行的计量单位不同，不能有合计（total）或小计（tree）。请把它的 kind 改为 number"
            ),
        )
    (folder / where).write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        opening.open_edition(str(folder))
    assert f"press/{where}：{fault}" in str(refused.value).splitlines()


def test_a_list_without_names_is_refused(folder: Path) -> None:
    text = (folder / LIST).read_text(encoding="utf-8")
    (folder / LIST).write_text(text.replace("书名", "品名"), encoding="utf-8")
    with pytest.raises(Unusable, match="codes：《图书分类》里没有“书名”这一列，不能核对名称"):
        opening.open_edition(str(folder))


def test_a_short_line_of_a_list_loses_no_heading(folder: Path, tmp_path: Path) -> None:
    filing = changed(folder, tmp_path, LIST, "101,文学,讲故事的书", "101,文学", {})
    assert filing.value("书目.1010102.释义") == "三万字以内"


@pytest.mark.parametrize("records", [{}, {"书目": []}])
def test_what_a_missing_or_empty_table_would_give_is_not_told_again(
    file: File, records: dict[str, Any]
) -> None:
    filing = file(NO_PROSE, records, None if records else lambda book: book.__delitem__("书目"))
    assert ids(filing) == {"table-empty" if records else "sheet-missing"}


def test_a_missing_sheet_silences_lengths(file: File) -> None:
    filing = file(edit=lambda book: book.__delitem__("社况"))
    assert isinstance(filing.value("字数(社况.编后记)"), Missing)


def test_a_sheet_that_is_not_asked_for_counts_none(file: File) -> None:
    assert file({"社况.组织": "单社"}, {"分社": []}, removed).value("分社数").value == 0


@pytest.mark.parametrize(
    "source",
    [
        "字数(书目.书名)",
        "字数(书目)",
        "字数(社况.年份)",
        "列举(书目.书名)",
        "列举(社况)",
        "计数(社况.社名)",
    ],
)
def test_functions_of_texts_refuse_what_is_none(file: File, source: str) -> None:
    with pytest.raises(Refused, match=r"不能这样用|只能用于数字"):
        file().value(source)


def test_a_line_of_the_numbers_1_to_n_is_no_heading(file: File) -> None:
    def counted(book: Workbook) -> None:
        for column in range(1, 7):
            book["差旅"].cell(6, column).value = column

    assert file(edit=counted).value("差旅.书展.计划").value == 2000


def test_groups_may_change_places(file: File) -> None:
    def swapped(book: Workbook) -> None:
        page = loosened(book["差旅"])
        rows = [[page.cell(row, column).value for column in range(1, 7)] for row in (4, 5, 6)]
        for row, values in enumerate(rows, 4):
            for column in range(6):
                page.cell(row, column + 1).value = values[(column + 3) % 6]

    assert file(edit=swapped).value("差旅.书展.计划").value == 6000


def test_a_typed_subtotal_without_rows_has_its_levels_above(file: File) -> None:
    filing = file(records={"书目": [*BOOKS[:-1], {"书号": "10202", "书名": "历法", "码洋": 0}]})
    assert untyped(filing, "10202")["门"] == "科学"


def test_without_any_codes_rows_are_found_by_label(file: File) -> None:
    def uncoded(book: Workbook) -> None:
        for row in range(5, 12):
            book["开支"].cell(row, 1).value = None

    assert told(file(edit=uncoded)) == []


def test_a_unit_chosen_on_a_later_sheet_is_known(folder: Path, tmp_path: Path) -> None:
    later = 'title = "折合"\nrows = [{ label = "单位", kind = "choice", choices = ["千元", "元"], required = true }]'
    (folder / "workbook" / "09-折合.toml").write_text(later, encoding="utf-8")
    text = (folder / "workbook" / "01-社况.toml").read_text(encoding="utf-8")
    (folder / "workbook" / "01-社况.toml").write_text(
        text.replace('unit = "元"', 'unit = "=折合.单位"'), encoding="utf-8"
    )
    plan = opening.open_edition(str(folder))
    path = empty(plan, tmp_path / "后.xlsx")
    fill(plan, path, FORM | {"折合.单位": "元"}, RECORDS)
    assert read_and_check(plan, Book(path)).value("社况.运费计划").value == 3000


LIVE = {  # formula of a check of the press → what the sheet must say as the program does, or refuse
    "last year of a line": (
        "行.金额 <= 下级(书目.编校, '101') + 下级(书目.编校, '102')",
        "行.金额.上年 <= 行.金额",
    ),
    "a count of keys": (
        "字数(社况.编后记) > 0 if 社况.组织 == '集团' else true",
        "计数(分社.社址) <= 2",
    ),
    "a count of details": (
        "字数(社况.编后记) > 0 if 社况.组织 == '集团' else true",
        "计数(书目.书名) == 4",
    ),
}


@pytest.mark.office
@pytest.mark.parametrize(("old", "new"), LIVE.values(), ids=LIVE)
def test_the_sheet_says_what_the_program_says(
    folder: Path, tmp_path: Path, old: str, new: str
) -> None:
    filing = changed(folder, tmp_path, CHECKS, old, new, {})
    program = {
        (v.rule.check.id, str(v.row.name) if v.row else ""): shown(v) for v in filing.verdicts
    }
    assert of_sheet(filing.opened, recalculated(filing.workbook)) == program


def test_a_text_in_a_row_of_a_block_cannot_live_in_a_sheet(folder: Path, tmp_path: Path) -> None:
    old, new = (
        "行.金额 <= 下级(书目.编校, '101') + 下级(书目.编校, '102')",
        "(行.金额 <= 0) if 行.行名 == '审稿费' else true",
    )
    with pytest.raises(Unusable, match=r"开支.审稿费.行名 不能翻译成 Excel 公式"):
        changed(folder, tmp_path, CHECKS, old, new, {})
