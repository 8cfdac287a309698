"""清河区图书馆, a unit made up that reports for itself: 万元, one budget, and nothing of all that
may be missing."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from departments.qinghe import BOUGHT, CARS
from filling import empty, fill
from reportgen.tasks.opening import OpenEdition

# code, name, this year, last year
LINES = [
    ("2070104", "图书馆", "98.2", "97.4"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "11.3", "11"),
    ("2101102", "事业单位医疗", "4.7", "4.6"),
    ("2210201", "住房公积金", "8.1", "8"),
]
CLASSES = ("文化旅游体育与传媒支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出")
FORMS: dict[str, Any] = {
    "基本信息.部门名称": "清河区图书馆",
    "基本信息.报告类型": "单位",
    "基本信息.年度": 2022,
    "基本信息.金额单位": "万元",
    "基本信息.部门级别": "股级",
    "基本信息.隶属关系": "区文化和旅游局所属事业单位",
    "部门文字.主要职责": "收藏、整理文献，提供借阅和阅读推广服务。",
    "部门文字.评价结果应用情况": "评价结果已经用于改进服务。",
    "部门文字.评价结果拟应用情况": "评价结果将作为编制预算的依据。",
}
MONEY = {
    "收支总表.一般公共预算财政拨款收入": "122.3",
    "收支总表.一般公共预算财政拨款收入.上年": "121",
    "财政拨款总表.一般公共预算财政拨款收入": "122.3",
    "财政拨款总表.一般公共预算财政拨款收入.上年": "121",
    "基本支出明细.基本工资": "60",
    "基本支出明细.绩效工资": "32.2",
    "基本支出明细.机关事业单位基本养老保险缴费": "11.3",
    "基本支出明细.职工基本医疗保险缴费": "4.7",
    "基本支出明细.住房公积金": "8.1",
    "基本支出明细.办公费": "6",
}
ZERO = (
    *(f"三公情况.{count}" for count in ("出国团组数", "出国人次", "购置车辆数", "公务用车保有量")),
    *(f"三公情况.外宾接待{count}" for count in ("支出", "团组数", "人次")),
    *(f"三公情况.国内接待{count}" for count in ("支出", "批次", "人次")),
    *("机关运行经费.年初预算数", "机关运行经费.决算数", "国有资产.大型设备"),
    *(f"国有资产.{car}" for car in CARS),
    *(
        f"政府采购.{kind}.{side}"
        for kind, *_ in BOUGHT
        for side in ("采购支出", "授予中小企业", "授予小微企业")
    ),
)
MARKS = ("收支总计", "收入合计", "支出合计", "财政拨款总计", "一般公共预算收入", "一般公共预算支出")


def filled(plan: OpenEdition, path: Path) -> Path:
    """The unit's workbook, without the sheet 单位."""
    cells = FORMS | {name: D(v) for name, v in MONEY.items()} | dict.fromkeys(ZERO, 0)
    for row, (_, _, now, before) in zip(CLASSES, LINES, strict=True):
        cells |= {
            f"收支总表.{row}": D(now),
            f"收支总表.{row}.上年": D(before),
            f"财政拨款总表.{row}.一般公共预算": D(now),
        }
    lines = [
        {"编码": c, "名称": n, "基本支出": D(now), "合计.上年": D(was)} for c, n, now, was in LINES
    ]
    tables = {
        "收入决算": [
            {k.replace("基本支出", "财政拨款收入"): v for k, v in line.items()} for line in lines
        ],
        "支出决算": lines,
        "一般公共预算支出": [line | {"年初预算": line["基本支出"]} for line in lines],
        "变动原因": [{"原因": "人员工资正常调整"} | dict.fromkeys(MARKS, "√")],
    }
    fill(plan, empty(plan, path), cells, tables)
    book = load_workbook(path)
    del book["单位"]
    book.save(path)
    return path
