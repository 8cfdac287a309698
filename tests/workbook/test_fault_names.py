"""A fault of a cell says which fact is lacking for it, and in which record it stands."""

from __future__ import annotations

from typing import Any

import pytest

from desk import Desk
from reportgen.findings import Finding


def record(finding: Finding) -> dict[str, object]:
    return finding.record("甲.xlsx")


@pytest.mark.parametrize(
    ("name", "row", "value", "id", "called", "key"),
    [
        ("收支总表.经营收入", 0, "无", "not-a-number", "收支总表.经营收入", ""),
        ("收支总表.经营收入", 0, "１２", "text-number", "收支总表.经营收入", ""),
        ("基本信息.报告类型", 0, "处", "choice", "基本信息.报告类型", ""),
        ("收入决算.合计.上年", 2, "无", "not-a-number", "收入决算.2080101.合计.上年", "2080101"),
        ("项目.报告日期", 1, "某日", "date", "项目.P02.报告日期", "P02"),
        ("项目资金.单位", 1, None, "required", "项目资金.P01.2.单位", "P01"),
        ("收入决算.编码", 3, "2080101", "key-twice", "收入决算.2080101.编码", "2080101"),
    ],
)
def test_a_fault_names_the_fact_and_the_record(
    desk: Desk, name: str, row: int, value: Any, id: str, called: str, key: str
) -> None:
    where = desk.put(name, value, row)
    told = [record(f) for f in desk.read().findings]
    assert [(t["id"], t["name"], t["key"]) for t in told] == [(id, called, key)]
    assert f"【{told[0]['sheet']}】{told[0]['cell']}" == where


def test_a_fault_of_a_total_names_the_total(desk: Desk) -> None:
    sheet = desk.plan.layout.sheets["收入决算"]
    desk.page("收入决算")[f"{sheet.columns[2].letter}5"] = "无"
    told = [record(f) for f in desk.read().findings]
    assert [(t["id"], t["name"], t["key"]) for t in told] == [
        ("not-a-number", "收入决算.总计.合计", "")
    ]


def test_a_check_over_records_tells_the_key_of_the_record(desk: Desk) -> None:
    desk.put("项目资金.执行数", 99999, row=0)
    told = [record(f) for f in desk.filing().findings if f.scope == "project:P01"]
    assert told
    assert {t["key"] for t in told} == {"P01"}
