"""Texts that people wrote, read for one filing: the right branch after a trial, nothing kept for
the next."""

from __future__ import annotations

import gc
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from reportgen.checks.citations import unprintable
from reportgen.findings import Finding, Place
from reportgen.language.closures import EVERY_BRANCH
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.values import Facts, Prose, Record, Rows
from reportgen.tasks import documents, opening
from reportgen.tasks.filing import Filing, load, read_and_check
from reportgen.word.authors.show import lines
from reportgen.wording.prose import ProseReader
from reportgen.workbook.reading.book import Book

BRANCHES = "【本主体 if 基本信息.报告类型 == '单位' else 年度|年】本年度无支出"
NOTES = ("10-政府性基金", "11-国有资本经营")  # the sentences of two tables, empty in the workbook


def edition_with(folder: Path, note: str, sheets: tuple[str, ...] = NOTES) -> Path:
    """The real edition, where the sentence of an empty table is another one."""
    copy = Path(shutil.copytree(ROOT / "templates" / "hubei-2022", folder / "edition"))
    for sheet in sheets:
        path = copy / "workbook" / f"{sheet}.toml"
        old = path.read_text(encoding="utf-8").splitlines()
        new = [f'empty = "{note}"' if line.startswith("empty = ") else line for line in old]
        assert new != old
        path.write_text("\n".join(new), encoding="utf-8")
    return copy


def citations(filing: Filing) -> list[Finding]:
    return [f for f in filing.findings if f.id == "citation"]


def test_a_document_takes_the_right_branch_after_a_trial(workbook: Path, tmp_path: Path) -> None:
    """The trial of the templates takes every branch of the same text in the same process."""
    filing = load(workbook, str(edition_with(tmp_path, BRANCHES)))
    written = documents.build(filing, tmp_path / "out", only="report").written
    told = [line for path in written for line in lines(path) if "本年度无支出" in line]
    assert len(told) == 6
    assert all("2022年本年度无支出" in line for line in told)


def test_a_trial_beside_a_filing_changes_nothing_in_it(filing: Filing) -> None:
    """Whichever reads the text first, with one reader or two: the trial takes every branch."""
    edition, language = filing.opened.edition, filing.opened.languages.prose
    trial = filing.facts.copy()
    trial[EVERY_BRANCH] = True
    text, other = Prose(BRANCHES, ""), ProseReader(edition, language)
    for reader, scopes in ((filing.prose, (trial, filing.facts)), (other, (filing.facts, trial))):
        said = {id(scope): str(reader.read(text, scope)) for scope in scopes}
        assert said[id(filing.facts)] == "2022年本年度无支出"
        assert said[id(trial)] == "本部门本年度无支出"


def test_nothing_of_a_filing_is_kept_when_it_is_gone(
    plan: opening.OpenEdition, workbook: Path
) -> None:
    filing = read_and_check(plan, Book(workbook))
    text = Prose("只有这一份工作簿才有的文字：【基本信息.年度】", Name(""))
    assert str(filing.prose.read(text, filing.facts)).endswith("2022年")
    gone = weakref.ref(filing.prose)
    del filing
    gc.collect()
    assert gone() is None


# -- check sees the sentences of empty tables
# ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("【本主休】无支出【基本信息.部门名秤】", "基本信息 没有“部门名秤”，是否指“部门名称”"),
        ("【基本信息.年度 + 收支总表.收入总计】", "计量单位不同，不能相加减或比较"),
    ],
)
def test_a_fault_in_the_sentence_of_an_empty_table_is_told_by_its_key(
    workbook: Path, tmp_path: Path, note: str, fault: str
) -> None:
    filing = load(workbook, str(edition_with(tmp_path, note)))
    told = citations(filing)
    assert [f.name for f in told] == ["政府性基金.空表说明", "国有资本经营.空表说明"]
    for finding, sheet in zip(told, NOTES, strict=True):
        assert str(finding).startswith(f"workbook/{sheet}.toml：empty：文字里的引用有误：")
        assert fault in str(finding)


def noted(shape: str, empty: bool) -> Any:
    """A form or a table, with a sentence that cites a cell that nobody filled."""
    note = {"空表": empty, "空表说明": Prose("无支出【基本信息.备注】", Name("某表", "空表说明"))}
    if shape == "form":
        return Record(Name("某表"), note)
    rows = Rows(Name("某表"), [], "", {})
    rows.extras |= note
    return rows


@pytest.mark.parametrize("shape", ["form", "table"])
@pytest.mark.parametrize("empty", [True, False])
def test_what_the_sentence_of_an_empty_table_lacks_matters_where_it_is_printed(
    plan: opening.OpenEdition, shape: str, empty: bool
) -> None:
    remark = Missing(Name("基本信息", "备注"), Place(sheet="基本信息", cell="B9"))
    facts = Facts(
        {"基本信息": Record(Name("基本信息"), {"备注": remark}), "表": noted(shape, empty)}, {}
    )
    reader = ProseReader(plan.edition, plan.languages.prose)
    told = [f.message for f in unprintable(facts, reader, [])]
    assert told == ["文字里的引用有误：基本信息.备注 未填【基本信息】B9"] * empty
    assert list(unprintable(facts, reader, ["基本信息"])) == []


# -- what stands in brackets and what cites a fact
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read(filing: Filing) -> Callable[[str], str]:
    """A text of the real workbook, with its citations filled in."""
    return lambda text: str(filing.prose.read(Prose(text, "部门文字.说明"), filing.facts))


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        ("'甲' if 基本信息.报告类型 == '单位' else '乙'", "乙"),
        ("'甲' if 基本信息.报告类型 == '部门' else '乙'", "甲"),
        ('"甲" if 基本信息.报告类型 != "单位" else "乙"', "甲"),
        ("'甲' if 收支总表.收入总计 ＞ 0 else '乙'", "甲"),
        ("'甲' if not 政府性基金.空表 else '乙'", "乙"),
        ("'甲' if 上年度 < 年度 else '乙'", "甲"),
        ("万元(1) + 收支总表.收入总计", "3199.03万元"),
        ("100 * 收支总表.收入总计 / 收支总表.支出总计", "10000%"),
    ],
)
def test_a_citation_may_begin_with_words(
    read: Callable[[str], str], citation: str, text: str
) -> None:
    assert read(f"前【{citation}】后") == f"前{text}后"


@pytest.mark.parametrize(
    ("citation", "fault"),
    [
        ("'甲' if 基本信息.报告类形 == '单位' else '乙'", "是否指“报告类型”"),
        ("'甲' if 基本信自.报告类型 == '单位' else '乙'", "没有名称“基本信自”，是否指“基本信息”"),
        ("'甲' if 基本信息.报告类型 = '单位' else '乙'", "看不懂"),
        ("“甲” if 基本信息.报告类型 == “单位” else “乙”", "看不懂"),
        ("'甲' if 基本信息.报告类型 == '单位'", "没有 else 的 if"),
        ("'约' + 收支总表.收入总计", "“约”不是数字"),
        ("共计 + 收支总表.收入总计", "没有名称“共计”"),
        ("合计 收支总表.收入总计|万元", "看不懂"),
        ("0 < 收支总表.收入总计", "不能直接打印"),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused_not_printed(
    read: Callable[[str], str], citation: str, fault: str
) -> None:
    with pytest.raises((Refused, NumberError), match=fault):
        read(f"前【{citation}】后")


BRACKETS = [
    *(
        "国发【2017】9号",
        "财预【2022】第1-3号",
        "鄂财绩规【2019】5号",
        "〔2022〕【2】",
        "【2022】年度",
    ),
    *("【附件1】", "【附件 1-2】", "【附件1-收支总表】", "【附：收支总表】", "【附表1/收支总表】"),
    *(
        "【注】以上不含税",
        "【注：收入＝支出】",
        "【说明：见附件】",
        "【见《收支总表》】",
        "【】",
        "【 】",
    ),
    *(
        "【1.2】",
        "【3-1】",
        "【A+B】",
        "【C|D】",
        "【一】",
        "【①】",
        "【★】",
        "【*】",
        "【-】",
        "【……】",
    ),
    *("【'十四五'规划】", "【“十四五”规划】", '【"双随机"检查】', "【'收支总表.收入总计'】"),
    *(
        "【人社部发[2020]1号】",
        "【人社-就业】",
        "【收入/支出】",
        "【if】",
        "【Word or WPS】",
        "【is】",
    ),
    *(
        "【2022年收支总表.附】",
        "【注：甲=收支总表.收入总计】",
        "【www.gov.cn/2022-1】",
        "【a.b + c.d】",
    ),
]


@pytest.mark.parametrize("text", BRACKETS)
def test_other_brackets_stay_as_they_were_written(read: Callable[[str], str], text: str) -> None:
    assert read(f"按{text}执行") == f"按{text}执行"


def test_a_formula_that_begins_with_words_is_a_finding_of_its_cell(
    filing: Filing,
) -> None:
    place = Place(sheet="部门文字", cell="B4")
    text = Prose(
        "【'甲' if 基本信息.报告类形 == '单位' else '乙'】", Name("部门文字", "说明"), place
    )
    (finding,) = unprintable(filing.facts | {"某": text}, filing.prose, [])
    assert str(finding).startswith("【部门文字】B4 文字里的引用有误：基本信息 没有“报告类形”")
