"""One fact changed at a time: what is changed, in whose workbook; the phrase that must appear, and what must not."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

G, T = "一般公共预算支出.", "三公经费."
CASES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "last year zero": (
        "qinghe",
        {"收支总表.收入总计.上年": 0},
        "收、支总计各增加26174.73万元，上年为0，不计算增长率。主要",
        "无穷",
    ),
    "same as last year": ("qinghe", {"收支总表.收入总计.上年": D("261747345.56")}, "收、支总计持平。\n", "持平。主要"),
    "same as printed": ("qinghe", {"收支总表.收入总计.上年": D("261747349.99")}, "收、支总计持平。\n", "增长0%"),
    "falls": ("qinghe", {"收支总表.收入总计.上年": D("300000000")}, "各减少3825.27万元，下降12.75%。", "各增加199"),
    "a budget stays": (
        *("qinghe", {"财政拨款总表.政府性基金预算财政拨款收入.上年": 100600000}),
        *("收入10060万元，与2021年度决算数持平。国有", "10060万元，比"),
    ),
    "no budget": (
        "qinghe",
        {G + "年初预算#0": 0, G + "差异原因#0": "甲"},
        "年初预算0万元，决算1234.57万元，决算数大于",
        "完成0%，决算数大于",
    ),
    "budget met": (
        "qinghe",
        {G + "年初预算#1": D("7777777.94")},
        "完成100%，决算数等于预算数。\n[ListItem] 3.",
        "数字资源",
    ),
    "over the budget": (
        "qinghe",
        {G + "年初预算#0": 12000000, G + "差异原因#0": "甲。"},
        "完成102.88%，决算数大于预算数，主要原因是：甲。\n",
        "甲。。",
    ),
    "nothing spent": ("qinghe", {T + "因公出国费.决算数": 0}, "完成0%，比年初预算减少8万元", "主要用于：参加"),
    "trips as budgeted": ("qinghe", {T + "因公出国费.决算数": 80000}, "完成100%，与年初预算持平。全年", "机票"),
    "trips without budget": ("qinghe", {T + "因公出国费.预算数": 0}, "决算8.5万元，比年初预算增加8.5万元", "完成0%，比"),
    "a car bought": (
        "qinghe",
        {f"{T}公务用车购置费.{c}": 200000 for c in ("预算数", "决算数")},
        "购置费决算20万元，为年初预算的100%，与年初预算持平。",
        "置费支出0",
    ),
    "no foreign guests": ("qinghe", {"三公情况.外宾接待支出": 0}, "外宾接待支出0万元。2022年", "洽谈"),
    "office as budgeted": ("qinghe", {"机关运行经费.年初预算数": D("1456789.01")}, "机关运行经费支出145.68万元，", "压减"),
    "office without budget": ("qinghe", {"机关运行经费.年初预算数": 0}, "增加145.68万元。主要", "145.68万元，增长"),
    "nothing for small firms": (
        *("qinghe", {f"政府采购.{k}.{c}": 0 for k in ("货物", "服务") for c in ("授予中小企业", "授予小微企业")}),
        *("授予中小企业的有0万元，占采购支出的0%。\n", "其中小微企业"),
    ),
    "nothing built": ("qinghe", {"政府采购.工程.采购支出": 0}, "64.8%；服务合同", "工程合同授予"),
    "cars": ("qinghe", {"国有资产.其他用车": 2, "国有资产.其他用车用途": "下乡演出。"}, "共有车辆2辆，其中", "没有车辆"),
    "no targets": ("qinghe", {f"数据.目标值#{i}": None for i in range(5)}, "惠民演出120场。\n[Heading2]", "年初设有目标值"),
    "budget of an empty table": (
        *("unit", {T + "因公出国费.预算数": 1, "三公情况.出国差异原因": "取消", "三公情况.总体差异原因": "取消"}),
        *("年初预算1万元，决算0万元，完成0%，决算数小于预算数，主要原因是：取消。", "经费支出，此表为空表"),
    ),
    "nothing last year": (
        *("unit", {f"收支总表.{n}.上年": 0 for n in ("一般公共预算财政拨款收入", "文化旅游体育与传媒支出")}),
        *("收入合计增加122.3万元，上年为0，不计算增长率。主要", "收入合计增加1.3"),
    ),
    "a reason of two lines": (
        *("qinghe", {"变动原因.原因#1": "修缮收尾\n道路完工。"}),
        *("主要原因是：一是修缮收尾；二是道路完工。", "道路完工。。"),
    ),
}
