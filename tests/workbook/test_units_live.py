"""Numbers of different units in one check: the sheet, which holds 95, says what the program says,
which holds 0.95."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from filling import empty, fill
from office import Shown, recalculated
from reportgen.checks.rules import Loop
from reportgen.findings import EditionFault
from reportgen.language import words
from reportgen.tasks import opening
from reportgen.tasks.filing import load
from reportgen.workbook.live.checks import sides
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing.verdicts import Verdicts

PRESS = Path(__file__).resolve().parents[1] / "editions" / "press"
ROWS = 60
TABLE = f"""title = "各分社"
spare = {ROWS}
columns = [
  {{ name = "社址", label = "分社所在", kind = "text", required = true }},
  {{ name = "人手", label = "人手", kind = "count", unit = "人" }},
  {{ name = "率", label = "退货率（%）", kind = "percent", unit = "百分之" }},
  {{ name = "利", label = "毛利率（‰）", kind = "percent", unit = "千分之" }},
  {{ name = "本", label = "成本（元）", kind = "money", unit = "元" }},
  {{ name = "亿", label = "码洋（亿元）", kind = "money", unit = "亿元" }},
  {{ name = "价", label = "售价", kind = "money", unit = "=社况.币别" }},
  {{ name = "数", label = "数", kind = "number", unit = "=计" }},
  {{ name = "退", label = "退款率（%）", kind = "percent", unit = "百分之" }},
  {{ name = "注", label = "注", kind = "text" }},
  {{ name = "计", label = "计", kind = "choice", choices = ["册", "人", "千元", "百分之"] }},
]
"""
UNITS = """
"亿元" = { dimension = "元", factor = "100000000", places = 2, suffix = "亿元" }
"元每人" = { quotient = ["元", "人"], places = 2, suffix = "元/人" }
"千分之" = { factor = "0.001", places = 1, suffix = "‰" }
"""
FORMULAS = [
    "行.率 <= 1",
    "行.率 > 0.9",
    "0.9 < 行.率",
    "行.率 >= 百分之(95)",
    "1 - 行.率 <= 0.05",
    "行.率 - 0.05 >= 0.85",
    "行.率 * 2 <= 1.8",
    "2 * 行.率 <= 1.8",
    "行.率 / 2 <= 0.45",
    "sum(行.率) <= 0.9",
    "-行.率 >= -0.9",
    "round(行.率 * 2, 0) == 2",
    "round(行.率 * 行.利, 4) <= 0.5",
    "平均(行.率, 行.退) <= 0.9",
    "平均(行.率, -行.退, 行.率) >= 百分之(30)",
    "round(平均(行.率, 行.退) - 0.45, 2) >= 0.01",
    "round(行.本 * 行.率, 2) <= 元(3000)",
    "round(max(行.率, 行.利), 3) <= 0.95",
    "round(行.本 / 行.价, 4) <= 0.5",
    "round(行.本 / 行.亿, 4) <= 0.5",
    "round(行.人手 / 人(20), 2) == 行.率",
    "round(行.本, 0) <= 千元(5)",
    "round(行.亿, 2) >= 元(300000000)",
    "round(行.本 / 行.人手, 2) <= 元每人(300)",
    "round(行.亿 / 行.人手, 0) >= 元每人(15000000)",
    "round(行.本 / 行.人手 + 元每人(100), 1) < 元每人(500)",
    "行.本 >= 元(3000) if 行.本 / 人(10) > 元每人(450) else true",
    "行.价 <= 千元(5)",
    "行.价 <= 元(5000)",
    "行.人手 >= 人(10) if 行.率 > 0.9 else true",
    "行.人手 >= 人(10) if 行.率 > 行.利 else true",
    "行.人手 >= 人(10) if 行.本 > 千元(5) else true",
    "行.人手 >= 人(10) if 行.本 > 行.价 else true",
    "行.人手 >= 人(10) if 行.价 + 元(100) > 行.亿 else true",
    "行.数 >= 千元(3) if 行.计 == '千元' else true",
    "行.数 >= 0.5 if 行.计 == '百分之' else true",
    "行.数 <= 行.率 if 行.计 == '百分之' else true",
    "行.数 <= 行.价 if 行.计 == 社况.币别 else true",
    "(行.数 >= 千元(3)) if 行.计 == '千元' and 行.人手 > 0 else true",
    "行.人手 >= 人(10) if 行.计 == '百分之' and 行.数 > 0.5 else true",
    "行.人手 >= 人(10) if not 行.率 > 0.9 else true",
    "行.人手 >= 人(10) if not (行.计 == '册' and 行.率 > 0.9) else true",
    "行.本 >= 元(3000) if not (行.计 == '册' or not 行.率 > 0.9) else true",
    "行.本 >= 元(3000) if (行.计 == '册' and 行.率 > 0.9) or 行.人手 > 人(9) else true",
    "行.本 >= 元(3000) if not (行.计 == '册' and 行.率 > 0.9) and 行.利 > 0.9 else true",
    "行.本 >= 元(3000) if 行.注 is 已填 else true",
    "行.本 >= 元(3000) if 行.注 is not 已填 else true",
    "行.本 >= 元(3000) if not (行.人手 is 已填 and 行.率 is not 已填) else true",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The press, with a table whose columns count in many units."""
    folder = Path(shutil.copytree(PRESS, tmp_path / "press"))
    table = next((folder / "workbook").glob("*分社.toml"))
    table.write_text(TABLE, encoding="utf-8")
    edition = folder / "edition.toml"
    text = edition.read_text(encoding="utf-8").replace("[units]\n", f"[units]{UNITS}")
    edition.write_text(text, encoding="utf-8")
    return folder


def opened(folder: Path, formulas: list[str]) -> opening.OpenEdition:
    checks = [
        f'[[check]]\nid = "K{i}"\nfor = "行 in 分社"\nformula = "{formula}"\n'
        for i, formula in enumerate(formulas)
    ]
    (folder / "checks.toml").write_text("\n".join(checks), encoding="utf-8")
    return opening.open_edition(str(folder))


def record(n: int, choose: random.Random) -> dict[str, Any]:
    return {
        "社址": f"第{n}处",
        "人手": choose.choice([0, 9, 10, 19, 20, None]),
        "率": choose.choice([0, 5, 89.9, 90, 90.1, 94.9, 95, 100, 100.1, 45, None]),
        "利": choose.choice([0, 899, 900, 950, 1000, 451.5]),
        "本": choose.choice([0.01, 2999.99, 3000, 4999.99, 5000, 5000.01, 12345.67]),
        "亿": choose.choice([0.01, 2.99, 3, 3.01]),
        "价": choose.choice([1, 4.99, 5, 5.01, 4999.99, 5000, 5000.01]),
        "数": choose.choice([0, 2.99, 3, 49.9, 50, 50.1, 90]),
        "退": choose.choice([0, 45, 90, 90.1, 100, None]),
        "注": choose.choice(["有", " ", None]),
        "计": choose.choice(["册", "人", "千元", "百分之"]),
    }


def of_sheet(plan: opening.OpenEdition, sheets: Shown) -> dict[tuple[str, str], str]:
    """(formula, row's name) → the word of the verdict in the recalculated workbook."""
    layout = plan.layout.tables["分社"]
    verdicts = Verdicts(plan.rules, SheetFormulas(plan.edition, plan.layout))
    found = {}
    for rule in (r for r in plan.rules if r.loop == Loop("行", "分社")):
        column = verdicts.column(layout, rule)
        for row in range(layout.guard + 1, layout.foot):
            said = str(sheets.value("分社", row, column))
            found[rule.check.formula, sheets.value("分社", row, 1)] = said.split()[0]
    return found


@pytest.mark.office
@pytest.mark.parametrize("currency", ["千元", "元"])
def test_the_sheet_says_what_the_program_says_whatever_the_units(
    folder: Path, tmp_path: Path, currency: str
) -> None:
    plan, choose = opened(folder, FORMULAS), random.Random(currency)
    path = empty(plan, tmp_path / "空.xlsx")
    form = {"社况.社名": "甲", "社况.年份": 2024, "社况.币别": currency, "社况.组织": "集团"}
    fill(plan, path, form, {"分社": [record(n, choose) for n in range(ROWS)]})
    program = {
        (v.rule.check.formula, str(v.row.members["社址"])): v.word
        for v in load(path, str(folder)).verdicts
        if v.row is not None and v.rule.loop == Loop("行", "分社")
    }
    sheet = of_sheet(plan, recalculated(path))
    assert sheet.keys() == program.keys()
    assert {k: (sheet[k], program[k]) for k in sheet if sheet[k] != program[k]} == {}
    assert {words.MET, words.NOT_MET, words.UNFILLED} <= set(program.values())


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("行.率 <= 1", "100"),
        ("行.率 <= 百分之(95)", "95"),
        ("行.率 <= 0", "0"),
        ("行.亿 <= 亿元(3)", "3"),
        ("round(行.亿, 2) <= 元(300000000)", "3"),
    ],
)
def test_a_number_is_written_in_the_unit_of_its_sheet(
    folder: Path, formula: str, right: str
) -> None:
    plan = opened(folder, [formula])
    row = plan.layout.tables["分社"].guard + 1
    rule = next(r for r in plan.rules if r.check.formula == formula)
    assert sides(rule, SheetFormulas(plan.edition, plan.layout), row).right == right


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("平均(分社.率) > 0.9", "整列的“平均” 不能翻译成 Excel 公式"),
        ("sum() == 0", "sum 不能翻译成 Excel 公式"),
        ("round(行.率) > 1", "round 不能这样用"),
        ("平均() > 1", "平均 不能这样用"),
        ("计数(前(分社, 3)) > 1", "计数 不能这样用"),
        ("round(行.价 / 行.人手, 2) > 元每人(1)", "元每人 不能翻译成 Excel 公式"),
        ("round(行.人手 / 行.本, 2) > 0.1", "没有声明“人”除以“元”的计量单位"),
        ("not 行.率 > 0.9", "not 只能写在条件里"),
        ("行.率 > 0.9 if 行.计 is 同('册') else true", "没有判断“同”"),
        (
            "行.率 > 0.9 if 开支.用工合计 is 已填 else true",
            "开支.用工合计 is 已填 不能翻译成 Excel 公式",
        ),
    ],
)
def test_what_cannot_live_in_a_sheet_is_told_in_words(
    folder: Path, formula: str, told: str
) -> None:
    with pytest.raises(EditionFault, match=told):
        opened(folder, [formula])


@pytest.mark.parametrize("formula", ["行.本 <= 千元(5)", "行.本 <= 行.亿", "行.本 == 行.价"])
def test_a_check_adds_up_and_compares_cells_of_one_unit(folder: Path, formula: str) -> None:
    """Its two sides, gap and room are told in one unit."""
    with pytest.raises(EditionFault, match="一条审核里的各项要用同一计量单位"):
        opened(folder, [formula])
