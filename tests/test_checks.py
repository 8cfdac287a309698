"""Every check of the edition fires on one change to clean facts, and is silent on the clean ones."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from filling import address
from reportgen import pipeline, words
from reportgen.workbook.book import Book

S, R, Z, F = "收支总表.", "收入决算.总计.", "支出决算.总计.", "财政拨款总表."

# check → (name or column and row, new value): one change to the filled workbook that makes it fire
FIRES = {
    "A101": (("单位.类别", 1), "本级"),
    "B101": (S + "年末结转和结余", 203.57, S + "支出总计", 3199.03),
    "B102": (S + "年末结转和结余.上年", 2028.72, S + "支出总计.上年", 5032.80),
    "C101": (S + "其他收入", 203.57, S + "本年收入合计", 3189.53, S + "收入总计", 3199.03),
    "C102": (S + "社会保障和就业支出", 2996.46, S + "本年支出合计", 2996.46, S + "支出总计", 3199.03),
    "C103": (S + "一般公共预算财政拨款收入", 2986.96, S + "其他收入", 201.57),
    "C104": (S + "上级补助收入", 1, S + "其他收入", 201.57),
    "C105": (S + "事业收入", 1, S + "其他收入", 201.57),
    "C106": (S + "经营收入", 1, S + "其他收入", 201.57),
    "C107": (S + "附属单位上缴收入", 1, S + "其他收入", 201.57),
    "C108": (S + "其他收入", 201.57, S + "上级补助收入", 1),
    "C111": (S + "一般公共预算财政拨款收入.上年", 3221.21, S + "本年收入合计.上年", 3221.21, S + "收入总计.上年", 5032.80),
    "C112": (S + "社会保障和就业支出.上年", 3005.08, S + "本年支出合计.上年", 3005.08, S + "支出总计.上年", 5032.80),
    "B401": tuple(
        x
        for n, v in (("年末财政拨款结转和结余", 1), ("支出总计", 2996.46))
        for c in (".合计", ".一般公共预算")
        for x in (F + n + c, v)
    ),
    "C401": (F + "一般公共预算财政拨款收入", 2986.96),
    "C402": (F + "政府性基金预算财政拨款收入", 1),
    "C403": (F + "国有资本经营预算财政拨款收入", 1),
    "C404": (F + "本年支出合计.合计", 2996.46),
    "C405": (F + "年初财政拨款结转和结余", 10.5),
    "C411": (F + "一般公共预算财政拨款收入.上年", 3221.21),
    "C412": (F + "政府性基金预算财政拨款收入.上年", 1),
    "C413": (F + "国有资本经营预算财政拨款收入.上年", 1),
    "D101": (S + "年初结转和结余", 8.5),
    "E101": tuple(x for row in range(5) for x in (("变动原因.收支总计", row), None)),
    "E102": tuple(x for row in range(5) for x in (("变动原因.收入合计", row), None)),
    "E103": tuple(x for row in range(5) for x in (("变动原因.支出合计", row), None)),
    "E401": tuple(x for row in range(5) for x in (("变动原因.财政拨款总计", row), None)),
    "E402": tuple(x for row in range(5) for x in (("变动原因.一般公共预算收入", row), None)),
    "E403": (F + "政府性基金预算财政拨款收入", 1),
    "E404": (F + "国有资本经营预算财政拨款收入", 1),
}
ALWAYS = {"D101"}  # fires on the published figures themselves, whose years do not join


def changed(plan, workbook, path, changes) -> pipeline.Filing:
    book = load_workbook(workbook)
    for name, value in zip(changes[::2], changes[1::2], strict=True):
        sheet, cell = address(plan, *name) if isinstance(name, tuple) else address(plan, name)
        book[sheet][cell].value = value
    book.save(path)
    return pipeline.file(plan, Book(path))


def test_every_check_of_the_edition_has_a_case(plan):
    assert FIRES.keys() == {c.id for c in plan.edition.checks}


@pytest.mark.parametrize("check", FIRES)
def test_one_change_makes_the_check_fire(plan, workbook, tmp_path, check):
    filing = changed(plan, workbook, tmp_path / "w.xlsx", FIRES[check])
    bad = {v.rule.check.id for v in filing.verdicts if v.word in (words.OFF, words.NOT_MET)}
    assert check in bad


def test_clean_facts_fire_none(filing):
    bad = {v.rule.check.id for v in filing.verdicts if v.word in (words.OFF, words.NOT_MET)}
    assert bad == ALWAYS


def implied(plan):
    """The rules that totals imply, by id."""
    own = {c.id for c in plan.edition.checks}
    return [r.check.id for r in plan.rules if r.check.id not in own]


def test_every_total_of_the_received_tables_is_proved(plan, workbook, tmp_path):
    """Each typed total raised by one: its own rule is off, and one finding tells it with both values and cells."""
    for slot in plan.layout.slots.values():
        if not slot.received or not (slot.sums or plan.layout.plans[slot.sheet].open):
            continue
        book = load_workbook(workbook)
        old = book[slot.sheet][slot.cell].value
        if not isinstance(old, int | float):
            continue
        book[slot.sheet][slot.cell].value = round(old + 1, 2)
        book.save(tmp_path / "w.xlsx")
        filing = pipeline.file(plan, Book(tmp_path / "w.xlsx"))
        off = {v.rule.check.id for v in filing.verdicts if v.word == words.OFF and v.row is None}
        assert slot.name in off
        told = [f for f in filing.findings if f.severity == "error"]
        assert [(f.place.sheet, f.place.cell) for f in told][:1] == [(slot.sheet, slot.cell)], slot.name
        assert told[0].found == f"{old + 1:.2f}"
        assert f"{old + 1:.2f}" in str(told[0])


def test_a_wrong_total_is_told_once_with_place_fault_and_remedy(plan, workbook, tmp_path):
    filing = changed(plan, workbook, tmp_path / "w.xlsx", (S + "支出总计", 3298.03))
    (error,) = [f for f in filing.findings if f.severity == "error"]
    assert str(error) == (
        "【收支总表】F35 支出总计 3298.03，应等于 F31 本年支出合计 ＋ F32 结余分配 ＋ F33 年末结转和结余 3198.03，差 100.00。"
        "请核对合计数和各分项，或清空合计单元格由程序计算。(收支总表.支出总计)"
    )


def test_a_gap_that_rounding_explains_is_a_note_and_a_larger_one_an_error(plan, workbook, tmp_path):
    small = changed(plan, workbook, tmp_path / "s.xlsx", (S + "其他收入", 202.58))
    assert {f.severity.value for f in small.findings if f.id == S + "本年收入合计"} == {"note"}
    large = changed(plan, workbook, tmp_path / "l.xlsx", (S + "其他收入", 202.67))
    assert {f.severity.value for f in large.findings if f.id == S + "本年收入合计"} == {"error"}


def test_implied_rules_are_named_after_their_total(plan):
    assert S + "收入总计" in implied(plan)
    assert Z + "基本支出" in implied(plan)
    assert R + "合计.上年" in implied(plan)


def test_all_missing_reasons_are_told_at_once(plan, workbook, tmp_path):
    """Checks that are about no cell do not hide each other."""
    marks = [c.name for c in plan.edition.sheet("变动原因").blocks[0].fields if c.kind == "mark"]
    changes = [x for m in marks for row in range(5) for x in ((f"变动原因.{m}", row), None)]
    filing = changed(plan, workbook, tmp_path / "w.xlsx", changes)
    assert {f.id for f in filing.findings} >= {"E101", "E102", "E103", "E401", "E402"}


def test_a_count_in_a_message_is_a_whole_number(plan, workbook, tmp_path):
    filing = changed(plan, workbook, tmp_path / "w.xlsx", (("单位.类别", 1), "本级"))
    (finding,) = [f for f in filing.findings if f.id == "A101"]
    assert finding.message == "【单位】表里类别为“本级”的应有且只有一行，现有 2 行。"


@pytest.mark.parametrize("year", [22, 2022.5, "二〇二二"])
def test_a_year_has_four_digits(plan, workbook, tmp_path, year):
    filing = changed(plan, workbook, tmp_path / "w.xlsx", ("基本信息.年度", year))
    (finding,) = [f for f in filing.findings if f.severity == "error"]
    assert (finding.place.cell, finding.remedy) == ("B7", "请按 2022 的样子填写。")


def test_a_missing_sheet_is_told_once_and_silences_what_needs_it(plan, workbook, tmp_path):
    book = load_workbook(workbook)
    del book["变动原因"]
    book.save(tmp_path / "w.xlsx")
    filing = pipeline.file(plan, Book(tmp_path / "w.xlsx"))
    assert [f.id for f in filing.findings if f.severity == "error"] == ["sheet-missing"]
