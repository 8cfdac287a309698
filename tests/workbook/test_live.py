"""The checks that live in the workbook give the verdicts of `check`: LibreOffice recalculates, we
compare word for word."""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from filling import address, fill
from office import Shown, opened, recalculated
from opened import OpenBook
from reportgen.checks.rules import Rule
from reportgen.checks.verdicts import Verdict
from reportgen.edition.kinds import FieldKind
from reportgen.language import words
from reportgen.language.comparisons import Compared
from reportgen.language.numbers import Num, round_half_up
from reportgen.tasks import opening
from reportgen.tasks.filing import Filing, load, read_and_check
from reportgen.workbook.layout import FormLayout, TableLayout
from reportgen.workbook.layout import SheetLayout as SheetPlan
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing.verdicts import FIRST_LINE, VERDICT_COLUMN, Verdicts

pytestmark = pytest.mark.office


def shown(verdict: Verdict) -> str:
    """A verdict of the program as the sheet spells it: 差 0.01."""
    compared = verdict.compared
    spelt = verdict.word in (words.OFF, words.ROUNDING, words.NOT_MET)
    if not spelt or not isinstance(compared, Compared) or compared.op not in ("eq", "lteq", "gteq"):
        return verdict.word
    unit = (
        compared.left.unit
        if isinstance(compared.left, Num) and compared.left.op != "literal"
        else compared.right.unit
    )
    return f"{verdict.word} {round_half_up(abs(compared.gap) / unit.factor, 2)}"


def of_program(filing: Filing) -> dict[tuple[str, str], str]:
    """(rule, record's key or "") → verdict, by `check`."""
    found = {}
    for verdict in filing.verdicts:
        key = ""
        if verdict.row is not None:
            sheet = _table(filing.opened, verdict.rule)
            key = (
                str(verdict.row.members[sheet.sheet.key.name])
                if isinstance(sheet, TableLayout)
                else verdict.row.name.row
            )
        found[verdict.rule.check.id, key] = shown(verdict)
    return found


def of_sheet(plan: opening.OpenEdition, sheets: Shown) -> dict[tuple[str, str], str]:
    """(rule, record's key or "") → verdict, as the recalculated workbook shows it; blank rows left
    out."""
    verdicts = Verdicts(plan.rules, SheetFormulas(plan.edition, plan.layout))
    found = {}
    for line, rule in enumerate(plan.rules, FIRST_LINE):
        if not rule.loop:
            verdict = sheets.value(words.AUDIT, line, VERDICT_COLUMN)
            found[rule.check.id, ""] = str(verdict or "")
            continue
        sheet = _table(plan, rule)
        for row, key in _keys(sheet, rule, sheets):
            value = sheets.value(sheet.sheet.name, row, verdicts.column(sheet, rule))
            if value:
                found[rule.check.id, key] = str(value)
    return found


def _table(plan: opening.OpenEdition, rule: Rule) -> SheetPlan:
    return plan.layout.sheets[rule.loop.table]


def _keys(sheet: SheetPlan, rule: Rule, sheets: Shown) -> list[tuple[int, str]]:
    """The rows that a rule runs over, each with its record's key or its name in a form."""
    if isinstance(sheet, FormLayout):
        return [(at, row.name) for at, row in sheet.lines(rule.loop.part).items()]
    rows = range(sheet.total_row or sheet.guard, sheet.foot)
    keys = [(r, sheets.value(sheet.sheet.name, r, 1)) for r in rows]
    return [(r, str(key).strip()) for r, key in keys if key is not None]


def cells(plan: opening.OpenEdition, book: Workbook, kinds: Container[str]) -> list[Cell]:
    """Every cell for values of these kinds that somebody filled by typing."""
    found = []
    for sheet in plan.layout.sheets.values():
        page = book[sheet.sheet.name]
        found += [page[slot.cell] for slot in sheet.slots.values() if slot.field.kind in kinds]
        if isinstance(sheet, TableLayout):
            rows = range(sheet.guard + 1, sheet.foot)
            columns = [c for c in sheet.columns if c.column.kind in kinds]
            found += [page.cell(row, column.index) for column in columns for row in rows]
    return [c for c in found if c.value is not None and c.data_type != "f"]


def texts(plan: opening.OpenEdition, book: Workbook) -> list[Cell]:
    """The texts and dates of the tables in which checks read some."""
    named = [
        f"{c.loop} {c.formula}"
        for c in plan.edition.checks
        if words.LENGTH in c.formula or words.DAYS in c.formula
    ]
    return [
        c
        for c in cells(plan, book, {"prose", "date"})
        if any(c.parent.title in text for text in named)
    ]


def with_formulas(plan: opening.OpenEdition, book: Workbook) -> None:
    """Puts the blank workbook's formulas back in place of typed totals."""
    sums = SheetFormulas(plan.edition, plan.layout)
    for slot in plan.layout.slots.values():
        if slot.received and (slot.sums or slot.sheet in plan.layout.tables):
            book[slot.sheet][slot.cell].value = f"={sums.total(slot)}"


def pasted(plan: opening.OpenEdition, book: Workbook) -> Workbook:
    """The totals across records cleared where nobody typed over them: a paste leaves no formulas."""
    for sheet in plan.layout.tables.values():
        for column in (c for c in sheet.columns if c.column.formula and not c.prior):
            for row in range(sheet.guard + 1, sheet.foot):
                cell = book[sheet.sheet.name].cell(row, column.index)
                cell.value = None if cell.data_type == "f" else cell.value
    return book


def mutation(cell: Cell, choose: random.Random) -> Any:
    """Another number at the declared decimals, nothing, zero, or the sign turned; of what is
    counted a whole one; a later date; a text of blanks."""
    old: Any = cell.value
    if isinstance(old, datetime.date):
        return choose.choice([None, old + datetime.timedelta(5)])
    if isinstance(old, str):
        return choose.choice([None, " \n　"])
    if cell.number_format == FieldKind.COUNT.traits.number_format:
        return choose.choice([None, 0, old + 1, old + 1000])
    change = choose.choice([0.01, -0.01, 0.02, 0.03, 0.05, 1, -1, 1000, "cleared", "zero", "sign"])
    if isinstance(change, str):
        return {"cleared": None, "zero": 0, "sign": -old}[change]
    return round(old + change, 2)


DATES = {
    "基本信息.决算批复日期": datetime.date(2023, 9, 1),
    "基本信息.公开日期": datetime.date(2023, 9, 21),
}
FUND = {
    "年初结转和结余": 3,
    "本年收入": 5.01,
    "本年支出": 6,
    "基本支出": 2,
    "项目支出": 4,
    "年末结转和结余": 2.01,
    "年末结转和结余.上年": 3,
}
GIVEN = {  # tables that the body leaves empty
    "政府性基金": [{"编码": code, "名称": code} | FUND for code in ("212", "21208", "2120899")],
    "国有资本经营": [
        {"编码": c, "名称": c, "合计": 3.02, "基本支出": 1, "项目支出": 2.02}
        for c in ("223", "22301", "2230105")
    ],
}


def changes(
    numbers: list[Cell], worded: list[Cell], choose: random.Random
) -> Iterator[dict[Cell, Any]]:
    """What people may do to a few cells: first nothing, then other values."""
    yield {}
    for _ in range(21):
        chosen = [*choose.sample(numbers, 3), *choose.sample(worded, 2)]
        yield {cell: mutation(cell, choose) for cell in chosen}


@pytest.mark.parametrize("typed", [True, False], ids=["totals typed", "totals as formulas"])
def test_the_sheet_and_the_program_agree_on_every_verdict(plan, workbook, tmp_path, typed):
    path = Path(shutil.copy(workbook, tmp_path / "m.xlsx"))
    book = pasted(plan, load_workbook(fill(plan, path, DATES, GIVEN)))
    if not typed:
        with_formulas(plan, book)
    book.save(path)
    numbers, worded = cells(plan, book, {"money", "count"}), texts(plan, book)
    seen, wrong, known = set(), [], {}
    with opened(path) as office:
        for change in changes(numbers, worded, random.Random(typed)):
            with office.changed(change):
                sheet = of_sheet(plan, office.shown())
                program = of_program(read_and_check(plan, OpenBook(path, book, known)))
            differ = {
                k: (sheet.get(k), program.get(k))
                for k in sheet.keys() | program
                if sheet.get(k) != program.get(k)
            }
            told = [(c.parent.title, c.coordinate, c.value, new) for c, new in change.items()]
            wrong += [(told, differ)] * bool(differ)
            seen |= {v.split()[0] for v in sheet.values()}
    assert not wrong, wrong
    assert {
        words.BALANCED,
        words.ROUNDING,
        words.OFF,
        words.MET,
        words.NOT_MET,
        words.UNFILLED,
    } <= seen


def test_a_blank_workbook_is_unfilled_everywhere(plan, tmp_path):
    from filling import empty

    path = empty(plan, tmp_path / "blank.xlsx")
    sheet = of_sheet(plan, recalculated(path))
    assert sheet == {k: v for k, v in of_program(load(path)).items() if v != ""}
    assert words.UNFILLED in sheet.values()
    assert words.OFF not in {v.split()[0] for v in sheet.values()}


def test_an_unfilled_last_year_is_unfilled_and_not_zero(plan, workbook, tmp_path):
    path = tmp_path / "p.xlsx"
    shutil.copy(workbook, path)
    book = load_workbook(path)
    name = next(t.name for t in plan.edition.tables if t.received)
    sheet = plan.layout.sheets[name]
    column = next(c for c in sheet.columns if c.prior)
    for row in range(sheet.first, sheet.foot):
        book[name].cell(row, column.index).value = None
    book.save(path)
    sheet = of_sheet(plan, recalculated(path))
    assert sheet == of_program(load(path))
    total = f"{name}.{words.TOTALS}.{column.name}"
    assert sheet[total, ""] == words.UNFILLED


def test_text_in_a_range_is_said_and_not_left_out_silently(plan, workbook):
    book = load_workbook(workbook)
    places = [address(plan, "收支总表.其他收入"), address(plan, "支出决算.基本支出", 4)]
    one, other = (book[sheet][cell] for sheet, cell in places)
    with opened(workbook) as office:
        with office.changed({one: str(one.value)}):
            first = of_sheet(plan, office.shown())
            findings = read_and_check(plan, OpenBook(workbook, book)).findings
        with office.changed({other: str(other.value)}):
            second = of_sheet(plan, office.shown())
    assert first["收支总表.本年收入合计", ""] == first["C108", ""] == words.TEXT_NUMBER
    assert first["C102", ""] == words.BALANCED
    assert second["支出决算.总计.基本支出", ""] == words.TEXT_NUMBER
    note = next(f for f in findings if f.id == "text-number")
    assert (note.place.sheet, note.place.cell) == places[0]


def test_a_total_that_adds_up_a_blank_total_of_the_same_row(plan, workbook, tmp_path):
    """年末 is 年初 + 收入 − 支出, and 支出 itself may be left to be computed."""
    path = tmp_path / "n.xlsx"
    shutil.copy(workbook, path)
    book = pasted(plan, load_workbook(fill(plan, path, DATES, GIVEN)))
    for column in ("本年支出", "年末结转和结余"):
        sheet, cell = address(plan, f"政府性基金.{column}", 2)
        book[sheet][cell].value = None
    book.save(path)
    sheet = of_sheet(plan, recalculated(path))
    assert sheet == of_program(load(path))
    assert sheet["政府性基金.分级.年末结转和结余", "21208"] == words.BALANCED
