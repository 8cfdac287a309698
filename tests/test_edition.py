"""Faults of an edition: each is told by file and key, with a hint, before anybody fills a
workbook; none is a traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.edition import loading
from reportgen.edition.fields import name_of
from reportgen.findings import EditionFault, Unusable
from reportgen.tasks import compiling, opening
from reportgen.tasks.blank import blank_workbook

TESTS = Path(__file__).resolve().parent
TINY = TESTS / "editions" / "tiny"
FORM, EVENTS, FLOW, BOUGHT, REASONS = (
    f"workbook/{n}.toml" for n in ("01-馆情", "02-活动", "03-流通", "04-购置", "05-缘由")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def prove(folder: Path) -> None:
    """All that an edition must stand before it is used: names, checks, a blank workbook,
    templates."""
    plan = opening.open_edition(str(folder))
    blank_workbook(folder.parent / "空.xlsx", str(folder), None, None)
    compiling.templates(plan)


def spoilt(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The lines told after one passage of a file was replaced; "" as `old` appends."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new) if old else f"{text}\n{new}\n", encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        prove(folder)
    return str(caught.value).splitlines()


def test_the_edition_is_sound(folder: Path) -> None:
    prove(folder)
    edition = loading.load(folder)
    assert [s.name for s in edition.sheets] == ["馆情", "活动", "流通", "购置", "缘由"]
    assert edition.name == "tiny"
    assert edition.sheet("购置").empty == "今年没有购书。"


@dataclass(frozen=True)
class Case:
    file: str
    old: str
    new: str
    told: tuple[str, ...]  # what one line must hold, file and key first
    not_told: str = "\0"


CASES = {
    # -- TOML
    # ------------------------------------------------------------------------------------------------------------
    "unknown key": Case(
        "edition.toml", "title =", "titel =", ("edition.toml：titel：没有这个键", "“title”")
    ),
    "unknown key in a table": Case(
        "edition.toml",
        "reason_join =",
        "reason_jion =",
        ("edition.toml：conventions.reason_jion：没有这个键", "“reason_join”"),
    ),
    "unknown key of a sheet": Case(
        FORM, "title =", 'nummer = "x"\ntitle =', (f"{FORM}：nummer：没有这个键", "“number”")
    ),
    "unknown key of a row": Case(
        FORM, 'kind = "date"', 'knid = "date"', (f"{FORM}：rows[3].knid：没有这个键", "“kind”")
    ),
    "unknown key of a column": Case(
        BOUGHT, "width = 30", "widht = 30", (f"{BOUGHT}：columns[0].widht：没有这个键", "“width”")
    ),
    "unknown key of a check": Case(
        "checks.toml",
        'remedy = "请补写缘由。"',
        'remdy = "x"',
        ("checks.toml：check[2].remdy：没有这个键", "“remedy”"),
    ),
    "missing key": Case(
        "edition.toml",
        'title = "公共图书馆业务年报填报工作簿"',
        "",
        ("edition.toml：title：缺少这个键",),
    ),
    "missing key of roles": Case(
        "edition.toml", 'year = "馆情.统计年份"', "", ("edition.toml：roles.year：缺少这个键",)
    ),
    "missing title of a sheet": Case(
        REASONS, 'title = "涨落缘由"', "", (f"{REASONS}：title：缺少这个键",)
    ),
    "missing columns": Case(
        FLOW,
        "",
        '[[block]]\nname = "多余"\nrows = ["甲"]',
        (f"{FLOW}：block[2].columns：缺少这个键",),
    ),
    "missing id of a check": Case(
        "checks.toml", 'id = "逐行"', "", ("checks.toml：check[3].id：缺少这个键",)
    ),
    "wrong type": Case(BOUGHT, "spare = 8", 'spare = "许多"', (f"{BOUGHT}：spare：值的类型不对",)),
    "wrong type in a unit": Case(
        "edition.toml",
        'dimension = "场", places = 0',
        'dimension = "场", places = "零"',
        ("edition.toml：units", "places：值的类型不对"),
    ),
    "too few words": Case(
        "edition.toml",
        '["多了", "少了", "没有变"]',
        '["多了", "少了"]',
        ("edition.toml：conventions.change_words：值的类型不对",),
    ),
    "bad kind": Case(
        FORM,
        'kind = "date"',
        'kind = "day"',
        (f"{FORM}：rows[3].kind：不能是 'day'", "date"),
        not_told="warning",
    ),
    "bad convention": Case(
        "edition.toml",
        'differences = "exact"',
        'differences = "precise"',
        ("edition.toml：conventions.differences：不能是 'precise'", "printed", "exact"),
        not_told="money",
    ),
    "bad severity": Case(
        "checks.toml",
        'severity = "warning"',
        'severity = "fatal"',
        ("checks.toml：check[2].severity：不能是 'fatal'", "warning"),
        not_told="money",
    ),
    "bad TOML": Case(
        BOUGHT, 'unit = "元"', "unit = 元", (f"{BOUGHT}：TOML 写法有误（第 2 行第 8 列）", "加引号")
    ),
    "bad TOML at the end": Case(
        REASONS, "", "spare = [", (f"{REASONS}：TOML 写法有误", "成对加引号")
    ),
    "a key twice": Case(
        BOUGHT, "spare = 8", "spare = 8\nspare = 9", (f"{BOUGHT}：TOML 写法有误（第 7 行",)
    ),
    # -- names
    # -----------------------------------------------------------------------------------------------------------
    "row twice": Case(
        FORM,
        'label = "入藏量"',
        'label = "（一）入藏量", name = "到馆量"',
        (f"{FORM}：“到馆量”出现了两次", "不能重复"),
    ),
    "column twice": Case(
        BOUGHT, 'name = "书款"', 'name = "购入册"', (f"{BOUGHT}：“购入册”出现了两次",)
    ),
    "derived twice": Case(
        "edition.toml", 'name = "去年"', 'name = "年份"', ("edition.toml：", "“年份”出现了两次")
    ),
    "derived like a sheet": Case(
        "edition.toml", 'name = "周均时长"', 'name = "购置"', ("edition.toml：", "“购置”出现了两次")
    ),
    "check twice": Case(
        "checks.toml", 'id = "逐行"', 'id = "相等"', ("checks.toml：“相等”出现了两次",)
    ),
    "row without identifier": Case(
        FORM,
        'label = "二十四小时书房"',
        'label = "24小时书房"',
        (f"{FORM}：“24小时书房”不能作名称", "请另写 name"),
    ),
    "derived without identifier": Case(
        "edition.toml",
        'name = "周均时长"',
        'name = "周均-时长"',
        ("edition.toml：", "“周均-时长”不能作名称", "请另写 name"),
    ),
    "role unknown": Case(
        "edition.toml",
        'body = "馆情.馆名"',
        'body = "馆情.馆长名"',
        ("edition.toml：roles.body：", "“馆情.馆长名”，是否指“馆情.馆名”？"),
    ),
    "role of an unknown sheet": Case(
        "edition.toml",
        'year = "馆情.统计年份"',
        'year = "馆请.统计年份"',
        ("edition.toml：roles.year：", "“馆请.统计年份”，是否指“馆情.统计年份”？"),
    ),
    # -- units
    # -----------------------------------------------------------------------------------------------------------
    "unit of a column": Case(
        BOUGHT,
        'unit = "册"',
        'unit = "书册"',
        (f"{BOUGHT}：", "unit：没有计量单位“书册”，是否指“册”？"),
    ),
    "unit of a sheet": Case(
        BOUGHT,
        'unit = "元"',
        'unit = "千元"',
        (f"{BOUGHT}：", "unit：没有计量单位“千元”，是否指“元”？"),
    ),
    "unit chosen on an unknown row": Case(
        BOUGHT, 'unit = "元"', 'unit = "=馆情.金额"', (f"{BOUGHT}：", "unit：", "馆情.金额")
    ),
    "unit chosen on an unknown sheet": Case(
        BOUGHT, 'unit = "元"', 'unit = "=没有.金额"', (f"{BOUGHT}：", "unit：", "没有.金额")
    ),
    "unit chosen where nothing is chosen": Case(
        BOUGHT, 'unit = "元"', 'unit = "=馆情.馆名"', (f"{BOUGHT}：", "unit：", "馆情.馆名")
    ),
    "money without unit": Case(BOUGHT, 'unit = "元"\n', "", (f"{BOUGHT}：", "unit", "书款")),
    "units of a total": Case(
        FLOW,
        '"一、成人借阅",',
        '{ label = "一、成人借阅", kind = "count", unit = "人次" },',
        (f"{FLOW}：", "借出总量", "计量单位不同"),
    ),
    "units of a total across": Case(
        FLOW,
        'label = "外文", kind = "count", unit = "册"',
        'label = "外文", kind = "count", unit = "人次"',
        (f"{FLOW}：", "中外文", "计量单位不同"),
    ),
    "text in a total": Case(
        FLOW,
        '"一、成人借阅",',
        '{ label = "一、成人借阅", kind = "text" },',
        (f"{FLOW}：", "借出总量", "成人借阅"),
    ),
    "units of a check": Case(
        "checks.toml",
        "== 馆情.入藏量",
        "== 馆情.到馆量",
        ("checks.toml：相等：计量单位不同", "册", "人次"),
    ),
    # -- tables
    # ----------------------------------------------------------------------------------------------------------
    "choice without choices": Case(
        FORM,
        ', choices = ["全年无休", "周一闭馆"]',
        "",
        (f"{FORM}：闭馆安排：kind 为 choice 时要写 choices",),
    ),
    "choice without choices in a column": Case(
        EVENTS,
        ', choices = ["讲座", "展览", "手工"]',
        "",
        (f"{EVENTS}：活动形式：kind 为 choice 时要写 choices",),
    ),
    "levels without codes": Case(
        BOUGHT,
        "spare = 8",
        "spare = 8\ntree = [2, 4]",
        (f"{BOUGHT}：书商：设了编码层级（tree）", "应为 code"),
    ),
    "form without a column of labels": Case(
        FLOW,
        '  { name = "借阅种类", label = "种类", kind = "label", width = 24 },\n',
        "",
        (f"{FLOW}：", "label"),
    ),
    "records found by a number": Case(
        BOUGHT,
        '{ name = "书商", label = "书商", kind = "text"',
        '{ name = "书商", label = "书商", kind = "year"',
        (f"{BOUGHT}：", "书商"),
    ),
    # -- totals
    # ----------------------------------------------------------------------------------------------------------
    "unknown row in a total": Case(
        FORM,
        "主馆时长 + 分馆时长",
        "主馆时长 + 分管时长",
        (f"{FORM}：开放时长（全年）.formula：没有名称“分管时长”，是否指“分馆时长”？",),
    ),
    "unknown column in a total": Case(
        EVENTS,
        "讲师费 + 布展费",
        "讲师费 + 布展",
        (f"{EVENTS}：活动开销.formula：没有名称“布展”，是否指“布展费”？",),
    ),
    "unknown column in a total across": Case(
        FLOW,
        "中文 + 外文",
        "中文 + 外文书",
        (f"{FLOW}：册数.formula：没有名称“外文书”，是否指“外文”？",),
    ),
    "a row is no column": Case(
        FLOW, "中文 + 外文", "中文 + 报刊", (f"{FLOW}：册数.formula：没有名称“报刊”",)
    ),
    "a total that is no sum": Case(
        EVENTS,
        "讲师费 + 布展费",
        "讲师费 * 2",
        (f"{EVENTS}：活动开销.formula：合计公式“讲师费 * 2”只能由名称相加减",),
    ),
    "a total with open brackets": Case(
        EVENTS,
        "讲师费 + 布展费",
        "(讲师费 + 布展费",
        (f"{EVENTS}：活动开销.formula：看不懂“(讲师费 + 布展费”", "括号"),
    ),
    "a total of itself": Case(
        EVENTS, "讲师费 + 布展费", "讲师费 + 活动开销", (f"{EVENTS}：", "活动开销")
    ),
    # -- derived
    # ---------------------------------------------------------------------------------------------------------
    "unknown name in a derived": Case(
        "edition.toml",
        "年份 - 年(1)",
        "年份数 - 年(1)",
        ("edition.toml：derived.去年：没有名称“年份数”，是否指“年份”？",),
    ),
    "unknown field in a derived": Case(
        "edition.toml",
        "馆情.开放时长 / 52",
        "馆情.开房时长 / 52",
        ("edition.toml：derived.周均时长：馆情 没有“开房时长”，是否指“开放时长”？",),
    ),
    "unknown function in a derived": Case(
        "edition.toml",
        "计数(活动.形式, '讲座')",
        "计数了(活动.形式, '讲座')",
        ("edition.toml：derived.讲座数：没有函数“计数了”，是否指“计数”？",),
    ),
    "wrong arguments in a derived": Case(
        "edition.toml",
        "计数(活动.形式, '讲座')",
        "计数(活动.形式, '讲座', '展览')",
        ("edition.toml：derived.讲座数：计数 不能这样用",),
    ),
    "syntax of a derived": Case(
        "edition.toml",
        "年份 - 年(1)",
        "年份 - 年(1",
        ("edition.toml：derived.去年：看不懂“年份 - 年(1”", "括号"),
    ),
    "power in a derived": Case(
        "edition.toml",
        "馆情.开放时长 / 52",
        "馆情.开放时长 ** 2",
        ("edition.toml：derived.周均时长：算式里不能用乘方",),
    ),
    "units in a derived": Case(
        "edition.toml",
        "馆情.开放时长 / 52",
        "馆情.开放时长 + 馆情.到馆量",
        ("edition.toml：derived.周均时长：计量单位不同", "小时", "人次"),
    ),
    "a derived of itself": Case(
        "edition.toml",
        "年份 - 年(1)",
        "去年 - 年(1)",
        ("edition.toml：derived.去年：这个导出项绕了一圈",),
    ),
    "a circle of two": Case(
        "edition.toml",
        'formula = "馆情.统计年份"',
        'formula = "去年 + 年(1)"',
        ("edition.toml：derived.年份：这个导出项绕了一圈",),
    ),
    # -- checks
    # ----------------------------------------------------------------------------------------------------------
    "unknown name in a check": Case(
        "checks.toml",
        "== 馆情.入藏量",
        "== 馆情表.入藏量",
        ("checks.toml：相等：没有名称“馆情表”，是否指“馆情”？",),
    ),
    "unknown field in a check": Case(
        "checks.toml",
        "== 馆情.入藏量",
        "== 馆情.入馆藏量",
        ("checks.toml：相等：馆情 没有“入馆藏量”，是否指“入藏量”？",),
    ),
    "unknown column in a check": Case(
        "checks.toml",
        "项.亲子场 <=",
        "项.亲子 <=",
        ("checks.toml：逐行：", "没有“亲子”，是否指“亲子场”？"),
    ),
    "no last year's column": Case(
        "checks.toml",
        "== 馆情.入藏量",
        "== 馆情.入藏量.上年",
        ("checks.toml：相等：馆情.入藏量 没有上年数",),
    ),
    "a check that compares nothing": Case(
        "checks.toml",
        "购置.总计.购入册 == 馆情.入藏量",
        "购置.总计.购入册 + 馆情.入藏量",
        ("checks.toml：相等：审核公式应是一个比较",),
    ),
    "two comparisons": Case(
        "checks.toml",
        "项.亲子场 <= 项.场数",
        "0 <= 项.亲子场 <= 项.场数",
        ("checks.toml：逐行：审核公式应是一个比较",),
    ),
    "a condition without else": Case(
        "checks.toml",
        " else true",
        "",
        ("checks.toml：有条件：带条件的审核公式要写成", "else true"),
    ),
    "a condition with else false": Case(
        "checks.toml", "else true", "else false", ("checks.toml：有条件：带条件的审核公式要写成",)
    ),
    "a product": Case(
        "checks.toml",
        "活动.总计.参加者 <= 馆情.到馆量",
        "活动.总计.参加者 * 馆情.读者满意率 <= 馆情.到馆量",
        ("checks.toml：不超过：审核公式里，乘除只能对常数做", "round("),
    ),
    "a derived name in a check": Case(
        "checks.toml", "== 馆情.入藏量", "== 讲座数", ("checks.toml：相等：",)
    ),
    "a unit in a check": Case(
        "checks.toml",
        "活动.总计.参加者 <= 馆情.到馆量",
        "流通.借出总量 <= 千册(5)",
        ("checks.toml：不超过：", "同一计量单位"),
    ),
    "text against number": Case(
        "checks.toml", "== 馆情.入藏量", "== '许多'", ("checks.toml：相等：数字与文字不能比较",)
    ),
    "order of texts": Case(
        "checks.toml",
        "活动.总计.参加者 <= 馆情.到馆量",
        "馆情.馆名 <= 馆情.闭馆安排",
        ("checks.toml：不超过：文字只能比较是否相同",),
    ),
    "a loop over an unknown table": Case(
        "checks.toml",
        'for = "项 in 活动"',
        'for = "项 in 活动表"',
        ("checks.toml：逐行：", "活动表", "“活动”"),
    ),
    "a loop over an unknown part": Case(
        "checks.toml",
        'for = "项 in 活动"',
        'for = "项 in 活动.分组"',
        ("checks.toml：逐行：活动 没有“分组”",),
    ),
    "a loop over a form": Case(
        "checks.toml", 'for = "项 in 活动"', 'for = "项 in 馆情"', ("checks.toml：逐行：", "不是表")
    ),
    "a loop over nothing": Case(
        "checks.toml", 'for = "项 in 活动"', 'for = "项"', ("checks.toml：逐行：", "in")
    ),
    "a loop variable like a table": Case(
        "checks.toml", 'for = "项 in 活动"', 'for = "流通 in 活动"', ("checks.toml：逐行：",)
    ),
    "unknown field under a condition that the trial does not meet": Case(
        "checks.toml",
        "活动.总计.参加者 <= 馆情.到馆量",
        "(活动.总计.参加者 <= 馆情.到馆数) if 馆情.闭馆安排 == '周一闭馆' else true",
        ("checks.toml：不超过：馆情 没有“到馆数”，是否指“到馆量”？",),
    ),
    "a message that cites what there is not": Case(
        "checks.toml",
        "借阅量有涨落，却没有一条缘由打 √。",
        "{上年} 有涨落。",
        ("checks.toml：有条件：", "message", "上年"),
    ),
    # -- wording and documents
    # ---------------------------------------------------------------------------------------------
    "unknown name in a wording": Case(
        "edition.toml",
        "去年还没有，今年有{{ 本数|数 }}",
        "今年有{{ 本数值|数 }}",
        ("edition.toml：wording.比上年.零基数：没有名称“本数值”，是否指“本数”？",),
    ),
    "unknown format in a wording": Case(
        "edition.toml",
        "高了{{ 差|个点 }}",
        "高了{{ 差|百分点 }}",
        ("edition.toml：wording.比上年.升点：没有格式“百分点”",),
    ),
    "a tag left open in a wording": Case(
        "edition.toml",
        "高了{{ 差|个点 }}",
        "高了{{ 差|个点",
        ("edition.toml：wording.比上年.升点：",),
    ),
    "unknown case of a wording": Case(
        "edition.toml", '"升点" =', '"涨点" =', ("edition.toml：wording.比上年.涨点：",)
    ),
    "unknown phrase": Case("edition.toml", '[wording."占比"]', '[wording."占比例"]', ("占比",)),
    "unknown name in a file name": Case(
        "edition.toml",
        "简报/{{ 年份|年 }}借阅简报",
        "简报/{{ 年份数|年 }}借阅简报",
        ("edition.toml：document", "没有名称“年份数”，是否指“年份”？"),
    ),
    "a number without format in a file name": Case(
        "edition.toml",
        "简报/{{ 年份|年 }}借阅简报",
        "简报/{{ 年份 }}借阅简报",
        ("edition.toml：document", "打印数字要写明格式"),
    ),
    "a folder without sections": Case(
        "edition.toml",
        'templates = "简报"',
        'templates = "快报"',
        ("tiny/", "快报", "没有章节模板"),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_fault_is_told_by_file_and_key(folder: Path, case: Case) -> None:
    lines = spoilt(folder, case.file, case.old, case.new)
    hits = [line for line in lines if all(piece in line for piece in case.told)]
    assert hits, f"none of {lines} holds {case.told}"
    assert case.not_told not in hits[0]
    assert all(re.search(r"[^/]\.(toml|docx)|/tiny/", line) for line in lines), lines


def test_circle_of_totals_is_told_and_does_not_hang(folder: Path) -> None:
    path = folder / FORM
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        'label = "主馆时长", kind = "number", unit = "小时"',
        'label = "主馆时长", kind = "number", unit = "小时", formula = "开放时长 - 分馆时长"',
    )
    path.write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "reportgen",
        "new",
        "空.xlsx",
        "--edition",
        str(folder),
    ]
    done = subprocess.run(
        command, cwd=folder.parent, capture_output=True, text=True, encoding="utf-8", timeout=15
    )
    assert done.returncode == 2
    assert f"tiny/{FORM}：" in done.stderr
    assert "时长" in done.stderr


def test_circle_that_a_check_runs_into(folder: Path) -> None:
    """The check needs the derived name before its circle is told."""
    with (folder / "checks.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[check]]\nid = "绕"\nformula = "去年 == 年份"\n')
    lines = spoilt(folder, "edition.toml", "年份 - 年(1)", "去年 - 年(1)")
    assert any("derived.去年：这个导出项绕了一圈" in line for line in lines)


# -- files
# ---------------------------------------------------------------------------------------------------------------


def _drop(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _recode(name: str) -> Callable[[Path], None]:
    def run(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))

    return run


def _copy(name: str, to: str) -> Callable[[Path], None]:
    return lambda folder: shutil.copy(folder / name, folder / to) and None


def _write(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(data) and None


FILES = {
    "no checks": (_drop("checks.toml"), ("tiny/checks.toml：缺少这个文件",)),
    "no base": (_drop("base.docx"), ("base.docx",)),
    "not UTF-8": (_recode("edition.toml"), ("tiny/edition.toml：文件不是 UTF-8 编码", "另存")),
    "a sheet not UTF-8": (_recode(FORM), (f"tiny/{FORM}：文件不是 UTF-8 编码",)),
    "two sheets of a name": (
        _copy(REASONS, "workbook/06-缘由.toml"),
        ("06-缘由.toml", "“缘由”出现了两次"),
    ),
    "a sheet without identifier": (
        _copy(REASONS, "workbook/06-2号.toml"),
        ("06-2号.toml", "“2号”不能作名称"),
    ),
    "a sheet named like the program's": (
        _copy(REASONS, "workbook/06-目录.toml"),
        ("06-目录.toml", "目录"),
    ),
    "base is no docx": (_write("base.docx", b"PK"), ("base.docx", "不是完好的")),
    "section is no docx": (_write("年报/2-服务.docx", b"text"), ("2-服务.docx", "不是完好的")),
}


@pytest.mark.parametrize(("spoil", "told"), FILES.values(), ids=FILES)
def test_fault_of_a_file(
    folder: Path, spoil: Callable[[Path], None], told: tuple[str, ...]
) -> None:
    spoil(folder)
    with pytest.raises(Unusable) as caught:
        prove(folder)
    lines = str(caught.value).splitlines()
    assert any(all(piece in line for piece in told) for line in lines), lines


def test_every_fault_is_told_at_once(folder: Path) -> None:
    for file, old, new in (
        ("edition.toml", "title =", "titel ="),
        ("checks.toml", 'id = "逐行"', 'idd = "逐行"'),
        (FORM, 'kind = "date"', 'kind = "day"'),
        (REASONS, "spare = 6", "spare = ]"),
    ):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(EditionFault) as caught:
        loading.load(folder)
    told = [fault.split("：")[:2] for fault in caught.value.faults]
    files = list(dict.fromkeys(file for file, _ in told))
    assert files == ["tiny/edition.toml", "tiny/checks.toml", f"tiny/{FORM}", f"tiny/{REASONS}"]
    assert [key for file, key in told if file == "tiny/edition.toml"] == ["titel", "title"]


def test_every_fault_of_one_file_is_told(folder: Path) -> None:
    path = folder / FORM
    text = path.read_text(encoding="utf-8").replace('kind = "', 'knd = "', 1)
    path.write_text(text + '\nhlep = "x"\n', encoding="utf-8")
    (folder / "edition.toml").write_text(
        "sheets = []\n" + (folder / "edition.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(EditionFault) as caught:
        loading.load(folder)
    assert caught.value.faults[0] == "tiny/edition.toml：sheets：没有这个键"
    assert [fault.rpartition("：")[2] for fault in caught.value.faults[1:]] == [
        "没有这个键，是否指“kind”？",
        "没有这个键，是否指“help”？",
    ]


def test_edition_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        Unusable, match=r"找不到年度方案“没有的方案”。已找过：templates、.*--edition"
    ):
        opening.open_edition("没有的方案")
    with pytest.raises(EditionFault, match=r"edition\.toml：缺少这个文件"):
        loading.load(tmp_path)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../tiny", "x" * 300, "a\0b", "有/斜杠", "~", "\ud800"], ids=repr
)
def test_names_of_editions_that_no_folder_can_bear(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unusable, match="找不到年度方案"):
        opening.open_edition(name)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("二十六、抗疫特别国债", "抗疫特别国债"),
        ("其中：网上续借", "网上续借"),
        ("（一）图书", "图书"),
        ("(2)图书", "图书"),
        ("1.图书", "图书"),
        ("12、图书", "图书"),
        ("开放时长（全年）", "开放时长"),
        ("结余 (含专用)", "结余"),
        (" 借 出\n总量 ", "借出总量"),
        ("十一局", "十一局"),
    ],
)
def test_names_of_labels(label: str, name: str) -> None:
    assert name_of(label) == name
