"""The checks that live in the workbook give the verdicts of `check`: LibreOffice recalculates, we compare word for word."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from filling import address
from office import convert
from reportgen import pipeline, words
from reportgen.checks import Verdict
from reportgen.expressions import Compared
from reportgen.numbers import Num, round_half_up
from reportgen.workbook.book import Book
from reportgen.workbook.layout import Plan as SheetPlan
from reportgen.workbook.sums import Sums
from reportgen.workbook.verdicts import FIRST_LINE, VERDICT_COLUMN, Verdicts

pytestmark = pytest.mark.office


def shown(verdict: Verdict) -> str:
    """A verdict of the program as the sheet spells it: 差 0.01."""
    compared = verdict.compared
    spelt = verdict.word in (words.OFF, words.ROUNDING, words.NOT_MET)
    if not spelt or not isinstance(compared, Compared) or compared.op not in ("eq", "lteq", "gteq"):
        return verdict.word
    unit = compared.left.unit if isinstance(compared.left, Num) and compared.left.op != "literal" else compared.right.unit
    return f"{verdict.word} {round_half_up(abs(compared.gap) / unit.factor, 2)}"


def of_program(filing: pipeline.Filing) -> dict[tuple[str, str], str]:
    """(rule, record's key or "") → verdict, by `check`."""
    found = {}
    for verdict in filing.verdicts:
        key = ""
        if verdict.row is not None:
            sheet = filing.plan.layout.plans[verdict.rule.loop[1].split(".")[0]]
            key = str(verdict.row.members[sheet.sheet.blocks[0].key.name])
        found[verdict.rule.check.id, key] = shown(verdict)
    return found


def of_sheet(plan: pipeline.Plan, path: Path) -> dict[tuple[str, str], str]:
    """(rule, record's key or "") → verdict, as the recalculated workbook shows it; blank rows left out."""
    book = load_workbook(path, data_only=True)
    verdicts = Verdicts(plan.rules, Sums(plan.edition, plan.layout))
    found = {}
    for line, rule in enumerate(plan.rules, FIRST_LINE):
        if not rule.loop:
            found[rule.check.id, ""] = str(book[words.AUDIT].cell(line, VERDICT_COLUMN).value or "")
            continue
        sheet = plan.layout.plans[rule.loop[1].split(".")[0]]
        for row, key in _keys(sheet, book[sheet.sheet.name]):
            value = book[sheet.sheet.name].cell(row, verdicts.column(sheet, rule)).value
            if value:
                found[rule.check.id, key] = str(value)
    return found


def _keys(sheet: SheetPlan, page) -> list[tuple[int, str]]:
    rows = range(sheet.total_row or sheet.guard, sheet.foot)
    return [(r, str(page.cell(r, 1).value).strip()) for r in rows if page.cell(r, 1).value not in (None, "")]


def numbers(plan: pipeline.Plan, book: Workbook) -> list[Cell]:
    """Every cell of the received tables that holds a typed number."""
    found = []
    for sheet in plan.layout.plans.values():
        columns = {c.index for c in sheet.columns if c.column.numeric and sheet.sheet.received}
        for row in book[sheet.sheet.name].iter_rows(min_row=sheet.first, max_row=sheet.foot):
            found += [c for c in row if c.column in columns and isinstance(c.value, int | float)]
    return found


def with_formulas(plan: pipeline.Plan, book: Workbook) -> None:
    """Puts the blank workbook's formulas back in place of typed totals."""
    sums = Sums(plan.edition, plan.layout)
    for slot in plan.layout.slots.values():
        if slot.received and (slot.sums or plan.layout.plans[slot.sheet].open):
            book[slot.sheet][slot.cell].value = f"={sums.total(slot)}"


def mutation(old: float, choose: random.Random) -> float | None:
    """Another number at the declared decimals, nothing, zero, or the sign turned."""
    change = choose.choice([0.01, -0.01, 0.02, 0.03, 0.05, 1, -1, 1000, "cleared", "zero", "sign"])
    if isinstance(change, str):
        return {"cleared": None, "zero": 0, "sign": -old}[change]
    return round(old + change, 2)


@pytest.mark.parametrize("typed", [True, False], ids=["totals typed", "totals as formulas"])
def test_the_sheet_and_the_program_agree_on_every_verdict(plan, workbook, tmp_path, typed):
    book, choose = load_workbook(workbook), random.Random(typed)
    if not typed:
        with_formulas(plan, book)
    files = [tmp_path / f"m{i}.xlsx" for i in range(51)]
    book.save(files[0])
    for path in files[1:]:
        cell = choose.choice(numbers(plan, book))
        old = cell.value
        cell.value = mutation(old, choose)
        book.save(path)
        cell.value = old
    seen = set()
    for path, recalculated in zip(files, convert(files, "xlsx", tmp_path / "out"), strict=True):
        program, sheet = of_program(pipeline.file(plan, Book(path))), of_sheet(plan, recalculated)
        assert sheet == program, path.name
        seen |= {v.split()[0] for v in sheet.values()}
    assert {words.BALANCED, words.ROUNDING, words.OFF} <= seen


def test_a_blank_workbook_is_unfilled_everywhere(plan, tmp_path):
    from filling import empty

    path = empty(plan, tmp_path / "blank.xlsx")
    (recalculated,) = convert([path], "xlsx", tmp_path / "out")
    sheet = of_sheet(plan, recalculated)
    assert sheet == {k: v for k, v in of_program(pipeline.load(path)).items() if v != ""}
    assert words.UNFILLED in sheet.values()
    assert words.OFF not in {v.split()[0] for v in sheet.values()}


def test_an_unfilled_last_year_is_unfilled_and_not_zero(plan, workbook, tmp_path):
    path = tmp_path / "p.xlsx"
    shutil.copy(workbook, path)
    book = load_workbook(path)
    name = next(s.name for s in plan.edition.sheets if s.received and s.open)
    sheet = plan.layout.plans[name]
    column = next(c for c in sheet.columns if c.prior)
    for row in range(sheet.first, sheet.foot):
        book[name].cell(row, column.index).value = None
    book.save(path)
    (recalculated,) = convert([path], "xlsx", tmp_path / "out")
    assert of_sheet(plan, recalculated) == of_program(pipeline.load(path))
    total = f"{name}.{words.TOTALS}.{column.name}"
    assert of_sheet(plan, recalculated)[total, ""] == words.UNFILLED


def test_text_in_a_range_is_said_and_not_left_out_silently(plan, workbook, tmp_path):
    places = [address(plan, "收支总表.其他收入"), address(plan, "支出决算.基本支出", 4)]
    files = []
    for i, (sheet, cell) in enumerate(places):
        path = tmp_path / f"t{i}.xlsx"
        shutil.copy(workbook, path)
        book = load_workbook(path)
        book[sheet][cell].value = str(book[sheet][cell].value)
        book.save(path)
        files.append(path)
    first, second = (of_sheet(plan, p) for p in convert(files, "xlsx", tmp_path / "out"))
    assert first["收支总表.本年收入合计", ""] == first["C108", ""] == words.TEXT_NUMBER
    assert first["C102", ""] == words.BALANCED
    assert second["支出决算.总计.基本支出", ""] == words.TEXT_NUMBER
    note = next(f for f in pipeline.load(files[0]).findings if f.id == "text-number")
    assert (note.place.sheet, note.place.cell) == places[0]
