"""Two made-up bodies and the real one, end to end: the whole text by golden files, and scanned for
what no text may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal as D
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from departments import qinghe, scan, unit
from departments.cases import CASES, G
from filling import address
from once import made
from opened import Known, OpenBook
from reportgen.findings import Unusable
from reportgen.tasks import documents, jobs, opening
from reportgen.tasks.filing import Filing, read_and_check
from reportgen.word.authors.show import lines

GOLDEN = Path(__file__).resolve().parent / "departments"
MADE = {"qinghe": qinghe.filled, "unit": unit.filled}
REPORTS = ("real", "qinghe", "unit")
RECKONED = {
    "real": 126,
    "qinghe": 66,
    "unit": 26,
}  # sentences that are reckoned anew: fewer would mean that one is overlooked
EMPTY = {
    "基本支出明细": 0,
    "政府性基金": 3,
    "国有资本经营": 3,
    "三公经费": 3,
}  # how often the sentence of an empty table stands


@dataclass
class Report:
    """A body's facts and the lines of its report; `varied` gives those lines after some cells were
    changed."""

    plan: opening.OpenEdition
    templates: list[Any]
    path: Path
    book: Workbook
    folder: Path
    known: Known = field(default_factory=dict)

    def text(self) -> list[str]:
        """The lines of the report, whatever the checks say."""
        built = documents.render_all(self.filing(), self.templates)[0]
        path = self.folder / "报告.docx"
        path.write_bytes(built.data)
        return list(lines(path))

    def filing(self) -> Filing:
        return read_and_check(self.plan, OpenBook(self.path, self.book, self.known))

    def varied(self, changes: Mapping[str, Any]) -> list[str]:
        with self.changed(changes):
            return self.text()

    @contextmanager
    def changed(self, changes: Mapping[str, Any]) -> Iterator[None]:
        """Cells changed in memory; a column's name with #n means its n-th record."""
        places = [
            address(self.plan, name.partition("#")[0], int(name.partition("#")[2] or 0))
            for name in changes
        ]
        cells = [self.book[sheet][cell] for sheet, cell in places]
        before = [cell.value for cell in cells]
        for cell, value in zip(cells, changes.values(), strict=True):
            cell.value = value
        try:
            yield
        finally:
            for cell, value in zip(cells, before, strict=True):
                cell.value = value


@pytest.fixture(scope="module")
def reports(plan, compiled, workbook, tmp_path_factory) -> dict[str, Report]:
    folder = tmp_path_factory.mktemp("reports")
    paths = {name: made(f"{name}.xlsx", partial(fill, plan)) for name, fill in MADE.items()}
    return {
        name: Report(plan, compiled, path, load_workbook(path), folder)
        for name, path in {**paths, "real": workbook}.items()
    }


@pytest.fixture(scope="module")
def written(reports) -> dict[str, list[str]]:
    return {name: report.text() for name, report in reports.items()}


# -- the whole text
# --------------------------------------------------------------------------------------------------------


def test_the_made_up_workbooks_are_clean(reports):
    told = {
        name: [(f.severity.value, f.id) for f in reports[name].filing().findings] for name in MADE
    }
    assert told == {"qinghe": [], "unit": []}


@pytest.mark.parametrize("name", MADE)
def test_golden(written, renew, name):
    golden, text = GOLDEN / f"{name}.txt", "\n".join(written[name]) + "\n"
    if renew:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_amounts_against_last_year_are_those_of_the_cells(written):
    """Where the report prints one year only, the difference comes from the facts:
    比2021年度决算数增加2460万元."""
    text = "\n".join(written["qinghe"])
    for name, now, before in qinghe.FISCAL[:3]:
        this, last = (round(D(n) / 10000, 2).normalize() for n in (now, before))
        word = "增加" if this > last else "减少"
        assert (
            f"{name}{this:f}万元，比2021年度决算数{word}{abs(this - last):f}万元，主要原因是："
            in text
        )


def test_prose_cites_facts_and_keeps_what_is_no_citation(written):
    (line,) = (line for line in written["qinghe"] if "清财绩" in line)
    assert line == (
        "按照清财绩【2023】9号文件评价，整体支出得分“96.5”分。全年执行25550.27万元，支出进度 > 95% 且 < 100%（A&B 档）；"
        "接待游客356.2万人，旅游综合收入12.36亿元，群众满意率97.35%，惠民演出120场。"
    )


def test_a_secret_project_is_counted_and_nothing_of_it_told(reports, written):
    """Neither its name nor its amounts, nor a sum from which they could be told."""
    text = "\n".join(written["qinghe"])
    assert (
        "自评项目6个，其中涉密项目1个，按规定不公开自评结果；其余项目资金合计12450.57万元" in text
    )
    for secret in ("文物安防", "S04", "6.65", "7.77", "1.11", "12457.22"):
        assert not re.search(rf"(?<![\d.]){re.escape(secret)}", text), secret
    filing = reports["qinghe"].filing()
    assert len(filing.value("项目").items) == 6
    files = [job.path.name for job in jobs.jobs(filing, reports["qinghe"].templates)]
    assert [name[:2] for name in files[2:]] == ["01", "02", "03", "04", "05"]
    with pytest.raises(Unusable, match="文物安防"):
        jobs.jobs(filing, reports["qinghe"].templates, project="文物安防")


# -- one fact at a time
# ------------------------------------------------------------------------------------------------------


def _case(name: str) -> Any:
    return pytest.param(*CASES[name], id=name)


@pytest.mark.parametrize(("name", "changes", "phrase", "never"), list(map(_case, CASES)))
def test_the_right_case_appears(reports, written, name, changes, phrase, never):
    lines = reports[name].varied(changes)
    text = "\n".join(lines)
    assert phrase in text
    assert phrase not in "\n".join(written[name]) or never in "\n".join(written[name])
    assert never not in text
    assert [fault for scanner in scan.SCANNERS.values() for fault in scanner(lines)] == []


def test_a_cost_target_in_the_unit_of_the_workbook_is_the_budget(reports):
    with reports["qinghe"].changed({"项目指标.目标值#1": 110000000, "项目指标.完成值#6": 2468013}):
        told = [
            (f.id, f.scope) for f in reports["qinghe"].filing().findings if f.severity == "error"
        ]
    assert told == [("E1339", "project:P01"), ("E1351", "project:P01"), ("E1352", "project:P02")]


def test_a_last_year_that_nobody_filled_is_told(reports):
    """A table without subtotal rows whose helper column stands empty."""
    with reports["unit"].changed({f"{G}合计.上年#{i}": None for i in range(4)}):
        told = [(f.severity.value, f.id) for f in reports["unit"].filing().findings]
    assert ("error", "table-empty") in told


# -- scans
# -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("scanner", scan.SCANNERS)
def test_nothing_of_this_kind_stands_in_a_report(written, name, scanner):
    assert list(scan.SCANNERS[scanner](written[name])) == []


@pytest.mark.parametrize("name", REPORTS)
def test_no_sentence_with_numbers_is_overlooked(written, name):
    assert len(list(scan.claims(written[name]))) == RECKONED[name]


@pytest.mark.parametrize("name", REPORTS)
def test_a_body_calls_itself_one_thing(written, name):
    own, other = ("本单位", "本部门") if name == "unit" else ("本部门", "本单位")
    assert own in "".join(written[name])
    assert [line for line in written[name] if other in line] == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_contents_are_the_headings(written, name):
    told = [
        scan.bare(line) for line in written[name] if line.startswith(("[Contents1", "[Contents2"))
    ]
    assert told == [
        scan.bare(line)
        for line in written[name]
        if line.startswith(("[Part", "[Heading1", "[TableTitle"))
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_the_sentence_of_an_empty_table_stands_where_it_is_empty(reports, written, name):
    report = reports[name]
    filing = report.filing()
    for sheet, times in EMPTY.items():
        note = report.plan.edition.sheet(sheet).empty.partition("】")[2]
        empty = filing.value(f"{sheet}.空表")
        assert sum(note in line for line in written[name]) == (times if empty else 0), sheet


BAD = {
    "left over": ["本部门{{ x }}", "共 None 个", "nan万元", "决算未填", "见【收支总表.收入总计】"],
    "doubled punctuation": ["增加1万元。。", "原因，，", "甲；。", "一是：。", "、。"],
    "two blanks": ["甲  乙", "甲 "],
    "brackets": ["（甲)", "(甲）", "“甲", "甲”", "【甲"],
    "half-width in Chinese": ["甲,乙", "甲(乙)"],
    "reasons": [
        "原因是：一是甲；三是乙。",
        "原因是：一是甲。",
        "主要是一是甲；二是乙。",
        "原因是：一是一是甲；二是二是乙。",
    ],
    "negative direction": ["增加-3万元", "下降-0.1%"],
    "reckoned anew": [
        "年初预算10万元，决算9万元，完成91%，决算数小于预算数",
        "年初预算10万元，决算9万元，完成90%，决算数大于预算数",
        "年初预算0万元，决算9万元，完成0%，决算数大于预算数",
        "年初预算9万元，决算9万元，决算数等于预算数",
        "费安排年初预算10万元，决算9万元，完成90%，比年初预算增加1万元",
        "费安排年初预算10万元，决算9万元，完成90%，比年初预算减少2万元",
        "费安排年初预算10万元，决算9万元，完成90%，与年初预算持平",
        "公务接待费决算9万元，为年初预算的90%，比年初预算减少2万元",
        "公务接待费决算9万元，年初未安排预算，比年初预算减少9万元",
        "收入合计10万元，与2021年度相比，收入合计增加2万元，增长20%",
        "收入合计10万元，与2021年度相比，收入合计增加2万元，下降25%",
        "收入合计10万元，与2021年度相比，收入合计增加2万元，上年为0，不计算增长率",
        "收入合计10万元。按来源看：财政拨款收入9万元，占91%",
        "1.教育支出（类）9万元，占90%",
        "项目全年预算数为10万元（其中甲4万元、乙6万元），执行数为9万元，完成预算的91%；",
        "项目年初预算9万元，全年预算10万元，实际支出9万元，执行率100%。",
        "2022年度项目预算执行率为90%，按20分计算，得20分。",
        "采购支出合计10万元，合同授予中小企业的有9万元，占采购支出的9%",
    ],
}
GAPS = [
    ["一、甲", "三、乙"],
    ["二、甲"],
    ["（一）甲", "（一）乙"],
    ["1.甲", "2.乙", "4.丙"],
    ["一、甲", "（二）乙"],
    ["1.甲", "（1）乙", "3.丙"],
]
RUNS = [
    ["一、甲", "1.子", "2.丑", "二、乙", "1.寅"],
    ["1.甲", "2.乙", "另：", "1.丙"],
    ["1.甲", "（1）乙", "说明", "2.丙"],
    ["十、甲"],
]


@pytest.mark.parametrize(("scanner", "line"), [(s, line) for s, bad in BAD.items() for line in bad])
def test_a_scanner_finds_what_it_is_for(scanner, line):
    assert list(scan.SCANNERS[scanner]([line]))


@pytest.mark.parametrize("bad", GAPS)
def test_a_gap_in_ordinals_is_found(bad):
    assert list(scan.ordinals(bad))


@pytest.mark.parametrize("good", RUNS[:3])
def test_ordinals_in_order_are_let_be(good):
    assert list(scan.ordinals(good)) == []
