"""The numbers of the published report stand in ours, in the right place; its errors are put right."""

from __future__ import annotations

import re
import zipfile

import pytest
from lxml import etree

from reportgen import pipeline

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What the published text prints in part 一 and in sections 一 to 四 of part 三, in its order.
PUBLISHED = {
    "一、收入支出决算总体情况说明": ["3198.03万元", "1833.77万元", "36.44%", "1811.59万元", "9.5万元"],
    "四、财政拨款收入支出决算总体情况说明": ["2995.46万元", "2013.81万元", "40.2%", "1789.06万元", "9.5万元"],
    "二、收入决算情况说明": [
        *("3188.53万元", "31.68万元", "0.98%", "2985.96万元", "93.65%", "0万元", "0%", "0万元", "0%", "0万元", "0%"),
        *("0万元", "0%", "202.57万元", "6.35%"),
    ],
    "三、支出决算情况说明": [
        *("2995.46万元", "8.62万元", "0.29%", "1985.7万元", "66.29%", "1009.76万元", "33.71%", "0万元", "0%"),
        *("0万元", "0%", "0万元", "0%"),
    ],
}
CORRECTED = {"1009.75万元": "1009.76万元"}  # 2995.46 − 1985.70


@pytest.fixture(scope="module")
def paragraphs(filing):
    (built,) = pipeline.render_all(filing, pipeline.templates(filing.plan))
    with zipfile.ZipFile(__import__("io").BytesIO(built.data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


@pytest.mark.parametrize("heading", PUBLISHED)
def test_every_published_number_stands_in_its_section(paragraphs, heading):
    text = paragraphs[paragraphs.index(heading) + 1]
    assert re.findall(r"\d+(?:\.\d+)?(?:万元|%)", text) == PUBLISHED[heading]


def test_the_three_budgets_against_last_year(paragraphs):
    text = paragraphs[paragraphs.index("四、财政拨款收入支出决算总体情况说明") + 2]
    assert re.findall(r"\d+(?:\.\d+)?万元", text) == ["2985.96万元", "234.25万元", "0万元", "0万元"]
    assert "比2021年度决算数减少234.25万元" in text
    assert text.count("与2021年度决算数持平") == 2


def test_published_errors_are_not_repeated(paragraphs):
    whole = "\n".join(paragraphs)
    for wrong, right in CORRECTED.items():
        assert wrong not in whole
        assert right in whole


def test_part_one_has_the_duties_and_the_fourteen_units(paragraphs, filing):
    start = paragraphs.index("二、机构设置情况")
    units = [str(r.members["名称"]) for r in filing.names["单位"]]
    assert len(units) == 14
    assert "和13个下属单位决算组成" in paragraphs[start + 1]
    assert "共14个" in paragraphs[start + 2]
    listed = paragraphs[start + 3 : start + 17]
    assert listed == [f"{i}.{u}" + "（本级）" * (i == 1) for i, u in enumerate(units, 1)]


def test_the_tables_print_the_received_totals(paragraphs):
    whole = "\n".join(paragraphs)
    for table, total in (("收入决算表", "3188.53"), ("支出决算表", "2995.46")):
        assert table in whole
        assert total in paragraphs
    assert "1009.76" in paragraphs
    assert "1985.71" not in paragraphs  # what the rows add up to: the received total is printed


def test_directions_agree_with_signs(paragraphs):
    text = "".join(paragraphs)
    assert "各减少1833.77万元，下降36.44%" in text
    assert "收入合计减少31.68万元，下降0.98%" in text
    assert "支出合计减少8.62万元，下降0.29%" in text


def test_nothing_is_left_over(paragraphs):
    text = "\n".join(paragraphs)
    for leftover in ("{{", "}}", "{%", "None", "未填", "。。", "，，", "；。", "：。", "  "):
        assert leftover not in text


def test_every_printed_number_is_explained_down_to_cells(filing):
    for path, entry in pipeline.printed(filing):
        leaves = entry.printed.num.leaves()
        counted = entry.printed.num.op == "计数" or any(a.op == "计数" for a in entry.printed.num.args)
        assert leaves or counted, (path, entry.tag.text, str(entry.printed))
