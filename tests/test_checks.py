"""Every check of the edition fires on one change to clean facts, and is silent on the clean ones."""

from __future__ import annotations

import re
from datetime import date

import pytest

from filling import address
from reportgen.language import words
from reportgen.tasks.filing import Filing

S, R, Z, F = "收支总表.", "收入决算.总计.", "支出决算.总计.", "财政拨款总表."
Y, J, G, Q = "一般公共预算支出.", "基本支出明细.", "三公经费.", "三公情况."
M, K, W, V = "项目资金.", "项目指标.", "整体指标.", "整体绩效."

PARTLY, FAILED = "部分达成并具有一定效果", "未达成且效果较差"


def _indicators(ids, table, qualitative, quantitative):
    """The cases of the checks that every table of indicators has, in the rows of a goal without
    and with numbers."""

    def share(band, percent):
        return ((table + "档次", qualitative), band, (table + "得分率", qualitative), percent)

    return {
        f"{ids}1": ((table + "完成值", quantitative), None),
        f"{ids}2": ((table + "完成情况", qualitative), None),
        f"{ids}3": ((table + "档次", qualitative), PARTLY),
        f"{ids}4": ((table + "得分率", qualitative), 79.99),
        f"{ids}5": share(PARTLY, 49.99),
        f"{ids}6": share(PARTLY, 80),
        f"{ids}7": share(FAILED, 50),
        f"{ids}8": ((table + "完成情况", qualitative), "达到计划标准"),
        f"{ids}9": ((table + "目标值", quantitative), 10**6),
    }


# check → (name or column and row, new value): one change to the filled workbook that makes it fire
FIRES = {
    "A101": (("单位.类别", 1), "本级"),
    "A102": ("基本信息.决算批复日期", date(2023, 9, 1), "基本信息.公开日期", date(2023, 9, 22)),
    "B101": (S + "年末结转和结余", 203.57, S + "支出总计", 3199.03),
    "B102": (S + "年末结转和结余.上年", 2028.72, S + "支出总计.上年", 5032.80),
    "C101": (S + "其他收入", 203.57, S + "本年收入合计", 3189.53, S + "收入总计", 3199.03),
    "C102": (
        S + "社会保障和就业支出",
        2996.46,
        S + "本年支出合计",
        2996.46,
        S + "支出总计",
        3199.03,
    ),
    "C103": (S + "一般公共预算财政拨款收入", 2986.96, S + "其他收入", 201.57),
    "C104": (S + "上级补助收入", 1, S + "其他收入", 201.57),
    "C105": (S + "事业收入", 1, S + "其他收入", 201.57),
    "C106": (S + "经营收入", 1, S + "其他收入", 201.57),
    "C107": (S + "附属单位上缴收入", 1, S + "其他收入", 201.57),
    "C108": (S + "其他收入", 201.57, S + "上级补助收入", 1),
    "C111": (
        S + "一般公共预算财政拨款收入.上年",
        3221.21,
        S + "本年收入合计.上年",
        3221.21,
        S + "收入总计.上年",
        5032.80,
    ),
    "C112": (
        S + "社会保障和就业支出.上年",
        3005.08,
        S + "本年支出合计.上年",
        3005.08,
        S + "支出总计.上年",
        5032.80,
    ),
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
    "C121": (S + "社会保障和就业支出", 2895.46, S + "教育支出", 100),
    "C421": (F + "社会保障和就业支出.一般公共预算", 2895.46, F + "教育支出.一般公共预算", 100),
    "C422": (F + "城乡社区支出.政府性基金预算", 1),
    "C423": (F + "国有资本经营预算支出.国有资本经营预算", 1),
    "C424": (F + "本年支出合计.一般公共预算", 2996.46),
    "C425": (F + "本年支出合计.政府性基金预算", 1),
    "C426": (F + "本年支出合计.国有资本经营预算", 1),
    "C427": (F + "政府性基金预算财政拨款收入", 1),
    "C428": (F + "年初政府性基金预算财政拨款", 1),
    "C501": (J + "人员经费合计", 1948.53),
    "C502": ((Y + "合计", 2), 251.92),
    "C503": ((Y + "基本支出", 2), 251.92),
    "C504": ((Y + "项目支出", 2), 1),
    "C511": (Y + "总计.合计.上年", 3005.08),
    "E501": ((Y + "差异原因", 2), None),
    "E505": tuple(x for row in range(5) for x in (("变动原因.一般公共预算支出", row), None)),
    "D701": ("政府性基金.总计.年初结转和结余", 1),
    "C901": (J + "因公出国费用", 1),
    "C902": (J + "公务接待费", 1.57),
    "C903": (J + "公务用车运行维护费", 7.09),
    "C904": (J + "公务用车购置", 12.97),
    "C905": (G + "合计.决算数", 2996.46),
    "C906": (Q + "国内接待支出", 1.57),
    "C907": (Q + "公务用车保有量", 9),
    "E901": (Q + "总体差异原因", None),
    "E902": (G + "因公出国费.预算数", 1),
    "E903": (Q + "公务用车购置差异原因", None),
    "E904": (Q + "公务用车运行差异原因", None),
    "E905": (Q + "公务接待差异原因", None),
    "E911": (G + "因公出国费.决算数", 1),
    "E912": (G + "因公出国费.决算数", 1),
    "E913": (Q + "购置车辆数", 0),
    "E914": (Q + "公务用车保有量", 0),
    "E915": (Q + "外宾接待支出", 1),
    "E916": (Q + "外宾接待支出", 1),
    "E917": (Q + "国内接待人次", 0),
    "E918": (Q + "国内接待对象", None),
    "E919": (Q + "国内接待工作", None),
    "C1001": ("机关运行经费.决算数", 39.17),
    "E1001": ("机关运行经费.差异原因", None),
    "C1101": ("政府采购.货物.授予中小企业", 105.33),
    "C1102": ("政府采购.货物.授予小微企业", 45.89),
    "E1201": ("国有资产.其他用车用途", None),
    "E1301": tuple(
        x
        for row in (0, 1, 2)
        for n in ("年初预算数", "全年预算数", "执行数")
        for x in ((M + n, row), 0)
    ),
    "E1302": ((M + "财政收回", 4), 0.5),
    "E1303": ((M + "执行数", 0), 47),
    "E1304": ((M + "原因", 4), None),
    "E1305": ((M + "结转下年", 0), 1),
    "C1303": (V + "全年预算数", 500),
    "C1304": (V + "全年预算数", 2995),
    "E1311": ((K + "分值", 0), 15),
    "E1312": ((K + "分值", 2), 15),
    "E1321": ((W + "分值", 0), 5),
    "E1322": ((W + "分值", 13), 9),
    **_indicators("E133", K, qualitative=0, quantitative=4),
    **_indicators("E134", W, qualitative=11, quantitative=0),
    "E1351": ((K + "目标值", 1), 72),
    "E1352": ((K + "完成值", 1), 70),
    "E1353": (("项目.报告日期", 0), date(2022, 12, 31)),
    "E1354": (V + "报告日期", date(2022, 5, 31)),
    "E1355": (("项目.下年安排", 0), "停止"),
    "A103": ("基本信息.决算批复日期", date(2023, 9, 1), "基本信息.公开日期", date(2023, 8, 31)),
    "B402": (F + "年初一般公共预算财政拨款", 10.5),
    "B403": (F + "政府性基金预算财政拨款收入", 1),
    "B404": (F + "国有资本经营预算财政拨款收入", 1),
    "C406": (F + "年末财政拨款结转和结余.合计", 203.57),
    "C429": (F + "年末财政拨款结转和结余.政府性基金预算", 1),
    "C1302": ((M + "执行数", 0), 486),
    "E920": (G + "因公出国费.决算数", 1),
    "E921": (Q + "外宾接待支出", 1),
    "E922": (Q + "国内接待批次", 0),
}
ALWAYS = {"D101"}  # fires on the published figures themselves, whose years do not join


def put(desk, changes) -> None:
    for name, value in zip(changes[::2], changes[1::2], strict=True):
        desk.put(*(name, value) if isinstance(name, str) else (name[0], value, name[1]))


def changed(desk, changes) -> Filing:
    """What the workbook says with other values in some cells."""
    put(desk, changes)
    filing = desk.filing()
    desk.undo()
    return filing


def faulty(filing) -> set[str]:
    """The checks that do not hold."""
    return {v.rule.check.id for v in filing.verdicts if v.word in (words.OFF, words.NOT_MET)}


def test_every_check_of_the_edition_has_a_case(plan):
    assert FIRES.keys() == {c.id for c in plan.edition.checks}


def implied(plan):
    """The rules that totals imply, by id."""
    own = {c.id for c in plan.edition.checks}
    return [r.check.id for r in plan.rules if r.check.id not in own]


def _about(ids, table, qualitative, quantitative):
    share = dict.fromkeys((f"{ids}{n}" for n in (3, 4, 5, 6, 7)), (table + "得分率", qualitative))
    described = dict.fromkeys((f"{ids}{n}" for n in (2, 8)), (table + "完成情况", qualitative))
    return (
        share
        | described
        | {
            f"{ids}1": (table + "完成值", quantitative),
            f"{ids}9": (table + "偏差原因", quantitative),
        }
    )


# check with a message of its own → the cell that it is about, "" for one about no single cell
ABOUT = dict.fromkeys(
    ("A101", *(f"E{i}" for i in (101, 102, 103, 401, 402, 403, 404, 505))), ""
) | {
    "E501": (Y + "差异原因", 2),
    "E901": Q + "总体差异原因",
    "E902": Q + "出国差异原因",
    "E903": Q + "公务用车购置差异原因",
    "E904": Q + "公务用车运行差异原因",
    "E905": Q + "公务接待差异原因",
    "E911": Q + "出国人次",
    "E912": Q + "出国工作",
    "E913": Q + "购置车辆数",
    "E914": Q + "公务用车保有量",
    "E915": Q + "外宾接待人次",
    "E916": Q + "外宾接待工作",
    "E917": Q + "国内接待人次",
    "E918": Q + "国内接待对象",
    "E919": Q + "国内接待工作",
    "E920": Q + "出国团组数",
    "E921": Q + "外宾接待团组数",
    "E922": Q + "国内接待批次",
    "E1001": "机关运行经费.差异原因",
    "E1201": "国有资产.其他用车用途",
    "A102": "基本信息.公开日期",
    "A103": "基本信息.公开日期",
    "E1301": (M + "全年预算数", 0),
    "E1302": (M + "结余", 4),
    "E1303": (M + "原因", 0),
    "E1304": (M + "原因", 4),
    "E1305": (M + "结转下年", 0),
    "E1311": (K + "分值", 0),
    "E1312": (K + "分值", 2),
    "E1321": (W + "分值", 0),
    "E1322": (W + "分值", 13),
    "E1351": (K + "目标值", 1),
    "E1352": (K + "完成值", 1),
    "E1353": ("项目.报告日期", 0),
    "E1354": V + "报告日期",
    "E1355": ("项目文字.文字", 2),
    **_about("E133", K, qualitative=0, quantitative=4),
    **_about("E134", W, qualitative=11, quantitative=0),
}


def test_every_message_of_the_edition_is_proved(plan):
    assert ABOUT.keys() == {c.id for c in plan.edition.checks if c.message}


@pytest.mark.parametrize("check", FIRES)
def test_one_change_makes_the_check_fire(desk, check):
    """And where the check has a message of its own, that says all it promises, and where."""
    filing = changed(desk, FIRES[check])
    assert check in faulty(filing)
    if check in ABOUT:
        (finding,) = [f for f in filing.findings if f.id == check]
        assert re.fullmatch(promised(desk.plan, check), finding.message)
        assert (finding.place.sheet, finding.place.cell) == place(desk.plan, ABOUT[check])


def promised(plan, check) -> str:
    """A pattern of the check's message with some number wherever one is filled in."""
    (message,) = [c.message for c in plan.edition.checks if c.id == check]
    return re.sub(r"\\\{(found|expected|gap)\\\}", lambda _: r"[\d.]+", re.escape(message))


def place(plan, about) -> tuple[str, str]:
    if not about:
        return "", ""
    return address(plan, *about) if isinstance(about, tuple) else address(plan, about)


def test_clean_facts_fire_none(filing):
    assert faulty(filing) == ALWAYS


def _chain(table, codes, values):
    """Names and values for the total row and a row for each level of the codes, all with the same
    numbers."""
    for name, value in values.items():
        yield from (f"{table}.总计.{name}", value)
        for row in range(len(codes)):
            yield from ((f"{table}.{name}", row), value)
    for row, code in enumerate(codes):
        yield from ((f"{table}.编码", row), code, (f"{table}.名称", row), code)


GIVEN = (  # the body has neither of the two: without numbers there would be no totals to prove
    *_chain(
        "政府性基金",
        ("212", "21208", "2120899"),
        {
            "年初结转和结余": 3,
            "本年收入": 5,
            "本年支出": 6,
            "基本支出": 2,
            "项目支出": 4,
            "年末结转和结余": 2,
            "年末结转和结余.上年": 3,
        },
    ),
    *_chain("国有资本经营", ("223", "22301", "2230105"), {"合计": 3, "基本支出": 1, "项目支出": 2}),
)


def test_every_total_of_the_received_tables_is_proved(desk, plan):
    """Each typed total raised by one: its own rule is off, and one finding tells it with both
    values and cells."""
    put(desk, GIVEN)
    proved = set()
    for slot in plan.layout.slots.values():
        cell = desk.cell(str(slot.name))
        old = cell.value
        total = slot.received and (slot.sums or slot.sheet in plan.layout.tables)
        if not total or not isinstance(old, int | float):
            continue
        cell.value = round(old + 1, 2)
        filing = desk.filing()
        cell.value = old
        off = {v.rule.check.id for v in filing.verdicts if v.word == words.OFF and v.row is None}
        assert str(slot.name) in off
        told = [f for f in filing.findings if f.severity == "error"]
        assert [(f.place.sheet, f.place.cell) for f in told][:1] == [(slot.sheet, slot.cell)], (
            slot.name
        )
        assert told[0].found == f"{old + 1:.2f}"
        assert f"{old + 1:.2f}" in str(told[0])
        proved.add(slot.sheet)
    assert proved == {s.name for s in plan.edition.sheets if s.received}


def test_a_wrong_total_is_told_once_with_place_fault_and_remedy(desk):
    filing = changed(desk, (S + "支出总计", 3298.03))
    (error,) = [f for f in filing.findings if f.severity == "error"]
    assert str(error) == (
        "【收支总表】F35 支出总计 3298.03，应等于 F31 本年支出合计 ＋ F32 结余分配 ＋ F33 年末结转和结余 3198.03，差 100.00。"
        "请核对合计数和各分项，或清空合计单元格由程序计算。(收支总表.支出总计)"
    )


@pytest.mark.parametrize("name", [S + "收入总计", S + "支出总计", F + "收入总计"])
def test_one_cell_has_one_name_whoever_tells_of_it(desk, name):
    """Both totals of a two-sided table bear the label 总计."""
    own = name.partition(".")[2]
    (read, *_) = [f for f in changed(desk, (name, "见附表")).findings if f.id == "not-a-number"]
    (told,) = [f for f in changed(desk, (name, 1)).findings if f.id == name]
    assert read.message.startswith(f"{own} 应填数字")
    assert told.message.startswith(f"{own} 1.00，应等于")
    assert read.place == told.place


def test_a_gap_that_rounding_explains_is_a_note_and_a_larger_one_an_error(desk):
    small = changed(desk, (S + "其他收入", 202.58))
    assert {f.severity.value for f in small.findings if f.id == S + "本年收入合计"} == {"note"}
    large = changed(desk, (S + "其他收入", 202.67))
    assert {f.severity.value for f in large.findings if f.id == S + "本年收入合计"} == {"error"}


def test_implied_rules_are_named_after_their_total(plan):
    assert S + "收入总计" in implied(plan)
    assert Z + "基本支出" in implied(plan)
    assert R + "合计.上年" in implied(plan)


def test_all_missing_reasons_are_told_at_once(desk, plan):
    """Checks that are about no cell do not hide each other."""
    marks = [c.name for c in plan.edition.table("变动原因").fields if c.kind == "mark"]
    changes = [x for m in marks for row in range(5) for x in ((f"变动原因.{m}", row), None)]
    filing = changed(desk, changes)
    assert {f.id for f in filing.findings} >= {"E101", "E102", "E103", "E401", "E402"}


def test_a_count_in_a_message_is_a_whole_number(desk):
    filing = changed(desk, (("单位.类别", 1), "本级"))
    (finding,) = [f for f in filing.findings if f.id == "A101"]
    assert finding.message == "【单位】表里类别为“本级”的应有且只有一行，现有 2 行。"


@pytest.mark.parametrize("year", [22, 2022.5, "二〇二二"])
def test_a_year_has_four_digits(desk, year):
    filing = changed(desk, ("基本信息.年度", year))
    (finding,) = [f for f in filing.findings if f.severity == "error"]
    assert (finding.place.cell, finding.remedy) == ("B7", "请按 2022 的样子填写。")


def test_a_missing_sheet_is_told_once_and_silences_what_needs_it(desk):
    del desk.book["变动原因"]
    assert [f.id for f in desk.filing().findings if f.severity == "error"] == ["sheet-missing"]


# -- the sheets of projects
# --------------------------------------------------------------------------------------------------


def told(desk, changes, severity="error"):
    """(id, scope, place) of what a change brings up, beside the message of the last."""
    found = [f for f in changed(desk, changes).findings if f.severity == severity]
    return [(f.id, f.scope, f.place.cell) for f in found], str(found[-1]) if found else ""


def test_an_unknown_project_or_unit_is_told_with_the_nearest(desk):
    found, text = told(desk, ((M + "单位", 0), "曾都区人才服务中心"))
    assert found[:1] == [("reference", "report", "B7")]
    assert "【单位】" in text
    assert "“曾都区人才服务中心”，是否指“曾都区人才服务局”" in text
    found, _ = told(desk, ((M + "项目编号", 4), "P99"))
    assert ("reference", "report", "A11") in found


def test_a_unit_stands_once_in_a_project(desk):
    filing = changed(desk, ((M + "单位", 1), "曾都区人力资源和社会保障局"))
    (found,) = [f for f in filing.findings if f.id == "key-twice"]
    assert (found.severity, found.scope, found.place.cell) == ("error", "project:P01", "B8")
    assert "P01·曾都区人力资源和社会保障局" in str(found)


def test_a_number_of_an_indicator_needs_its_unit(desk):
    found, _ = told(desk, ((K + "单位", 4), None))
    assert ("unit-missing", "project:P02", "F10") in found
    assert {scope for _, scope, _ in found} == {"project:P02"}


def test_the_name_of_a_standard_is_no_number(desk):
    found, text = told(desk, ((K + "完成值", 4), "计划标准"))
    assert found == [("not-a-number", "project:P02", "G10")]
    assert "应填数字，现为“计划标准”" in text


def test_what_is_computed_is_not_typed(desk):
    found, _ = told(desk, ((K + "得分", 4), 20))
    assert found == [("total-typed", "project:P02", "N10")]
    found, _ = told(desk, (("项目.执行数", 0), 71))
    assert found == [("total-typed", "project:P01", "L7")]


def test_a_blank_carry_over_is_nothing(desk):
    found, _ = told(desk, ((M + "财政收回", 4), None, (M + "结转下年", 4), 1))
    assert found == []


def test_a_project_without_funds_and_indicators_is_told_where_it_stands(desk):
    """The nineteenth project, of which nobody wrote more than its row."""
    typed = {
        "编号": "P19",
        "名称": "新增项目",
        "版式": "摘要式",
        "项目类别": "部门预算项目",
        "项目属性": "新增性项目",
    }
    typed |= {"项目类型": "一次性项目", "下年安排": "继续", "报告日期": date(2023, 6, 1)}
    found, _ = told(desk, tuple(x for n, v in typed.items() for x in ((f"项目.{n}", 18), v)))
    assert found == [(id, "project:P19", "A25") for id in ("E1301", "E1311", "E1312")]
