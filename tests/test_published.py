"""The numbers of the published report stand in ours, in the right place; its errors are put right."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from reportgen.tasks import documents

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万元|%)")

# What the published text prints in part 三, heading by heading in its order (second levels by
# their first words). A rate
# of 0% on a zero base and an increase of 0万元 are wording, which the edition says otherwise; they
# are left out.
PUBLISHED = {
    "一、收入支出决算总体情况说明": [
        "3198.03万元",
        "1833.77万元",
        "36.44%",
        "1811.59万元",
        "9.5万元",
    ],
    "二、收入决算情况说明": [
        *(
            "3188.53万元",
            "31.68万元",
            "0.98%",
            "2985.96万元",
            "93.65%",
            "0万元",
            "0%",
            "0万元",
            "0%",
            "0万元",
            "0%",
        ),
        *("0万元", "0%", "202.57万元", "6.35%"),
    ],
    "三、支出决算情况说明": [
        *(
            "2995.46万元",
            "8.62万元",
            "0.29%",
            "1985.7万元",
            "66.29%",
            "1009.76万元",
            "33.71%",
            "0万元",
            "0%",
        ),
        *("0万元", "0%", "0万元", "0%"),
    ],
    "四、财政拨款收入支出决算总体情况说明": [
        *(
            "2995.46万元",
            "2013.81万元",
            "40.2%",
            "1789.06万元",
            "9.5万元",
            "2985.96万元",
            "234.25万元",
            "0万元",
            "0万元",
        ),
    ],
    "（一）一般公共预算财政拨款支出决算总体情况": ["2995.46万元", "100%", "8.62万元", "0.29%"],
    "（二）一般公共预算财政拨款支出决算结构情况": ["2995.46万元", "2995.46万元", "100%"],
    "（三）一般公共预算财政拨款支出决算具体情况": [
        *("3464.92万元", "2995.46万元", "86.45%"),
        *("619.87万元", "250.92万元", "40.48%"),
        *("0万元", "244.53万元", "79.93%"),
        *("682.71万元", "308.53万元", "45.19%"),
        *("125.33万元", "72.4万元", "57.77%"),
        *("370.9万元", "250.94万元", "67.66%"),
        *("93.81万元", "51.1万元", "54.47%"),
        *("958.81万元", "634.56万元", "66.18%"),
        *("397.49万元", "223.85万元", "56.32%"),
        *("96.25万元", "54.48万元", "56.6%"),
        *("0万元", "904.16万元"),
        *("69.7万元", "0万元", "0%"),
        *("50.05万元", "0万元", "0%"),
    ],
    "六、一般公共预算财政拨款基本支出决算情况说明": [
        *(
            "1985.7万元",
            "1947.53万元",
            "597.64万元",
            "437.02万元",
            "51.36万元",
            "57.97万元",
            "125.15万元",
            "131.8万元",
        ),
        *(
            "8.61万元",
            "100.54万元",
            "4万元",
            "58.14万元",
            "149.48万元",
            "63.22万元",
            "1.15万元",
            "1.41万元",
            "138.83万元",
        ),
        *(
            "17.62万元",
            "1.07万元",
            "2.51万元",
            "38.17万元",
            "2.41万元",
            "0.93万元",
            "0.27万元",
            "0.57万元",
            "0.5万元",
        ),
        *(
            "0.4万元",
            "0.56万元",
            "0.3万元",
            "0.57万元",
            "0.76万元",
            "0.07万元",
            "13.15万元",
            "0.39万元",
            "4.12万元",
        ),
        *("0.51万元", "12.18万元", "0.48万元"),
    ],
    "七、政府性基金预算财政拨款收入支出决算情况说明": ["0万元", "0万元", "0万元", "0万元"],
    "八、国有资本经营预算财政拨款支出决算情况说明": ["0万元"],
    "（一）“三公”经费财政拨款支出决算总体情况": ["24.18万元", "18.63万元", "77.05%"],
    "（二）“三公”经费财政拨款支出决算具体情况": [
        *("0万元", "0万元"),
        *(
            "22.73万元",
            "18.06万元",
            "79.45%",
            "11.97万元",
            "82.55%",
            "2.53万元",
            "6.09万元",
            "74%",
            "2.14万元",
        ),
        *("0.57万元", "39.58%", "0.87万元", "0万元", "0.57万元"),
    ],
    "十、机关运行经费支出说明": ["16.23万元", "0.4万元", "2.53%"],
    "十一、政府采购支出说明": [
        *(
            "129.33万元",
            "104.33万元",
            "0万元",
            "25万元",
            "69.89万元",
            "54.04%",
            "69.89万元",
            "100%",
            "43.03%",
            "100%",
        ),
    ],
    "十二、国有资产占用情况说明": ["100万元"],
}
COUNTS = {  # counts and other quantities, in the order of the published text
    "（二）“三公”经费财政拨款支出决算具体情况": [
        "0个",
        "0人次",
        "1辆",
        "8辆",
        "0个",
        "0人次",
        "10个",
        "44人次",
    ],
    "十二、国有资产占用情况说明": ["8辆", "0辆", "0辆", "0辆", "0辆", "0辆", "0辆", "8辆", "0台"],
}
LABELLED = {  # a sample of amounts with what they are the amount of
    "基本工资597.64万元",
    "退职（役）费1.41万元",
    "其他对个人和家庭的补助2.51万元",
    "公务用车运行维护费4.12万元",
    "办公设备购置0.48万元",
}
CORRECTED = {  # what the published text prints wrong, and what is right
    "1009.75万元": "1009.76万元",  # 2995.46 − 1985.70
    "570.02万元": "570.01万元",  # the sum of the eighteen projects
    "2.87%": "0.29%",  # 8.62 ÷ 3004.08
    "73.99%": "74%",  # 6.09 ÷ 8.23
}


@pytest.fixture(scope="module")
def paragraphs(filing, compiled):
    built, *_ = documents.render_all(filing, compiled)
    root = etree.fromstring(zipfile.ZipFile(BytesIO(built.data)).read("word/document.xml"))
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


@pytest.fixture(scope="module")
def narrative(paragraphs):
    """Part 三 by heading: the list of contents and the tables come before it."""
    start = max(i for i, p in enumerate(paragraphs) if p.startswith("第三部分"))
    end = max(i for i, p in enumerate(paragraphs) if p.startswith("第四部分"))
    sections: dict[str, str] = {}
    heading = ""
    for text in paragraphs[start:end]:
        if (
            re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", text)
            and len(text) < 40
        ):
            heading = text
            sections[heading] = ""
        elif heading:
            sections[heading] += f"{text}\n"
    return sections


@pytest.mark.parametrize("heading", PUBLISHED)
def test_every_published_number_stands_in_its_section(narrative, heading):
    assert NUMBER.findall(narrative[heading]) == PUBLISHED[heading]


@pytest.mark.parametrize("heading", COUNTS)
def test_every_published_count_stands_in_its_section(narrative, heading):
    assert re.findall(r"\d+(?:辆|个|人次|台)", narrative[heading]) == COUNTS[heading]


def test_the_first_paragraph_of_the_performance_section(narrative):
    first = narrative["（一）预算绩效管理工作开展情况"].split("\n")[0]
    assert re.findall(r"\d+(?:\.\d+)?(?:万元|%|个)", first) == ["18个", "570.01万元", "56.45%"]


def test_the_three_budgets_against_last_year(narrative):
    text = narrative["四、财政拨款收入支出决算总体情况说明"]
    assert "比2021年度决算数减少234.25万元" in text
    assert text.count("与2021年度决算数持平") == 2


def test_amounts_stand_with_their_labels(narrative):
    text = narrative["六、一般公共预算财政拨款基本支出决算情况说明"]
    assert [label for label in LABELLED if label not in text] == []


def test_published_errors_are_not_repeated(narrative):
    whole = "\n".join(narrative.values())
    for wrong, right in CORRECTED.items():
        assert wrong not in whole
        assert right in whole


def test_part_one_has_the_duties_and_the_fourteen_units(paragraphs, filing):
    start = max(i for i, p in enumerate(paragraphs) if p == "二、机构设置情况")
    units = [str(r.members["名称"]) for r in filing.facts["单位"]]
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
    assert "比年初预算数增加0.4万元，增长2.53%" in text


# The outline of the published document: parts, and the sections of parts 一 to 三.
OUTLINE = [
    *("第一部分　曾都区人力资源和社会保障局概况", "一、部门主要职责", "二、机构设置情况"),
    *(
        "第二部分　2022年度部门决算表",
        "一、收入支出决算总表",
        "二、收入决算表",
        "三、支出决算表",
        "四、财政拨款收入支出决算总表",
    ),
    *("五、一般公共预算财政拨款支出决算表", "六、一般公共预算财政拨款基本支出决算明细表"),
    *("七、政府性基金预算财政拨款收入支出决算表", "八、国有资本经营预算财政拨款支出决算表"),
    "九、财政拨款“三公”经费支出决算表",
    *(
        "第三部分　2022年度部门决算情况说明",
        "一、收入支出决算总体情况说明",
        "二、收入决算情况说明",
        "三、支出决算情况说明",
    ),
    *("四、财政拨款收入支出决算总体情况说明", "五、一般公共预算财政拨款支出决算情况说明"),
    *(
        "六、一般公共预算财政拨款基本支出决算情况说明",
        "七、政府性基金预算财政拨款收入支出决算情况说明",
    ),
    *("八、国有资本经营预算财政拨款支出决算情况说明", "九、财政拨款“三公”经费支出决算情况说明"),
    *(
        "十、机关运行经费支出说明",
        "十一、政府采购支出说明",
        "十二、国有资产占用情况说明",
        "十三、预算绩效情况说明",
    ),
    "十四、财政专项支出、专项转移支付支出情况说明",
    *("第四部分　其他需要说明的情况", "第五部分　名词解释", "第六部分　附件"),
]


def test_the_list_of_contents_is_the_published_outline(paragraphs):
    start = paragraphs.index("目　录") + 1
    assert paragraphs[start : start + len(OUTLINE)] == OUTLINE


def test_every_entry_of_the_contents_is_a_heading(paragraphs):
    for entry in OUTLINE:
        assert paragraphs.count(entry) == 2, entry


def test_empty_tables_say_so(paragraphs):
    whole = "\n".join(paragraphs)
    assert (
        whole.count("本部门本年度无政府性基金预算财政拨款收入支出") == 3
    )  # list of tables, table, section
    assert whole.count("本部门本年度无国有资本经营预算财政拨款支出") == 3
    assert "本部门本年度无财政拨款“三公”经费支出" not in whole


def test_the_glossary_holds_only_what_is_in_use(paragraphs):
    start = max(i for i, p in enumerate(paragraphs) if p.startswith("第五部分"))
    text = "\n".join(paragraphs[start:])
    for term in (
        "一般公共预算财政拨款收入：",
        "其他收入：",
        "“三公”经费：",
        "（项）：",
        "行政单位医疗（项）：",
        "住房公积金（项）：",
    ):
        assert term in text
    for term in (
        "政府性基金预算财政拨款收入：",
        "事业收入：",
        "经营收入：",
        "结余分配：",
        "财政事务",
    ):
        assert term not in text


def test_the_attachments_are_one_a_project(paragraphs, filing):
    start = max(i for i, p in enumerate(paragraphs) if p.startswith("第六部分"))
    listed = [
        p
        for p in paragraphs[start + 1 :]
        if re.match("[一二三四五六七八九十]+、2022年度.*评价报告$", p)
    ]
    assert len(listed) == 19
    assert listed[0] == "一、2022年度曾都区人力资源和社会保障局整体绩效评价报告"
    assert listed[-1] == "十九、2022年度镇办人社中心工作经费项目绩效评价报告"


def test_nothing_is_left_over(paragraphs):
    text = "\n".join(paragraphs)
    for leftover in ("{{", "}}", "{%", "None", "未填", "。。", "，，", "；。", "：。", "  "):
        assert leftover not in text


def test_every_printed_number_is_explained_down_to_cells(filing):
    for path, entry in documents.printed(filing):
        leaves = entry.printed.num.leaves()
        counted = entry.printed.num.op == "计数" or any(
            a.op == "计数" for a in entry.printed.num.args
        )
        rule = entry.printed.num.op == "literal"  # a weight of the edition's scoring
        assert leaves or counted or rule, (path, entry.tag.text, str(entry.printed))
