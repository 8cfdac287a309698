"""An edition of another subject, end to end: nothing of final accounts may be needed anywhere."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from commands import run
from filling import address, empty, fill
from reportgen.edition import loading
from reportgen.edition.models import Edition
from reportgen.findings import Finding, Severity
from reportgen.language import words
from reportgen.language.numbers import MissingValue
from reportgen.language.syntax import Refused
from reportgen.tasks import documents, opening
from reportgen.tasks.filing import Filing, load
from reportgen.word.authors.show import lines
from reportgen.word.source.document_files import section_files

TESTS = Path(__file__).resolve().parent
TINY = TESTS / "editions" / "tiny"
REAL = TESTS.parent / "templates" / "hubei-2022"

FORM: dict[str, Any] = {
    "馆情.馆名": "临江市图书馆",
    "馆情.统计年份": 2024,
    "馆情.馆长寄语": "全年借出【流通.借出总量】，其中少儿【流通.少儿借阅|千册】。\n欢迎来馆。",
    "馆情.新馆开馆日": datetime.date(2024, 5, 1),
    "馆情.闭馆安排": "周一闭馆",
    "馆情.二十四小时书房": "√",
    "馆情.读者满意率": 97.35,
    "馆情.到馆量": 120500,
    "馆情.入藏量": 1250,
    "馆情.主馆时长": 2808.5,
    "馆情.分馆时长": 1456,
    "流通.图书.中文": 80000,
    "流通.图书.外文": 2000,
    "流通.报刊.中文": 500,
    "流通.视听资料.中文": 1200,
    "流通.视听资料.外文": 300,
    "流通.藏书总量.中外文": 84000,
    "流通.图书.中外文.上年": 79000,
    "流通.报刊.中外文.上年": 520,
    "流通.视听资料.中外文.上年": 1500,
    "流通.成人借阅": 60000,
    "流通.少儿借阅": 40400,
    "流通.成人借阅.上年": 62000,
    "流通.少儿借阅.上年": 30000,
    "流通.网上续借": 5000,
}
EVENTS: list[dict[str, Any]] = [
    {
        "活动名": "周末讲堂",
        "形式": "讲座",
        "场数": 24,
        "亲子场": 0,
        "参加者": 1800,
        "参加者.上年": 1500,
        "讲师费": 12000,
        "布展费": 0,
    },
    {
        "活动名": "古籍展",
        "形式": "展览",
        "场数": 1,
        "亲子场": 0,
        "参加者": 900,
        "参加者.上年": 0,
        "讲师费": 0,
        "布展费": 8500.5,
    },
    {
        "活动名": "拓印",
        "形式": "手工",
        "场数": 12,
        "亲子场": 12,
        "参加者": 360,
        "参加者.上年": 360,
        "讲师费": 1200,
        "布展费": 600,
    },
]
BOUGHT: list[dict[str, Any]] = [
    {"书商": "新知书店", "购入册": 1000, "书款": 38000},
    {"书商": "县印社", "购入册": 250, "书款": 9500.25},
]
REASONS: list[dict[str, Any]] = [
    {"缘由": "少儿馆扩建", "借阅涨落": "√"},
    {"缘由": "借期延长。", "借阅涨落": "是"},
    {"缘由": "与借阅无关", "借阅涨落": None},
]
RECORDS = {"活动": EVENTS, "购置": BOUGHT, "缘由": REASONS}


@pytest.fixture(scope="module")
def library() -> opening.OpenEdition:
    return opening.open_edition(str(TINY))


@pytest.fixture(scope="module")
def master(library: opening.OpenEdition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tiny") / "馆.xlsx"
    return fill(library, empty(library, path), FORM, RECORDS)


@pytest.fixture
def filled(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(master, tmp_path / "馆.xlsx"))


@pytest.fixture(scope="module")
def sound(master: Path) -> Filing:
    return load(master, str(TINY))


def changed(library: opening.OpenEdition, path: Path, changes: dict[str, Any]) -> Filing:
    """The filing after some cells were changed; a column's name with #n means its n-th record."""
    book = load_workbook(path)
    for name, value in changes.items():
        name, _, row = name.partition("#")
        sheet, cell = address(library, name, int(row or 0))
        book[sheet][cell].value = value
    book.save(path)
    return load(path, str(TINY))


def told(filing: Filing) -> list[str]:
    return [f"{f.severity.value} {f}" for f in filing.findings]


# -- the edition
# ---------------------------------------------------------------------------------------------------------


def names_of(edition: Edition) -> set[str]:
    """Every name that an edition gives: of sheets, blocks, columns, rows, derived numbers, units
    of money, sections."""
    names = (
        {s.name for s in edition.sheets}
        | {d.name for d in edition.derived}
        | {c.id for c in edition.checks}
        | set(edition.phrase)
    )
    for table in edition.tables:
        names |= {text for c in table.fields for text in (c.name, c.label) if text}
    for form in edition.forms:
        declared = bool(form.block or form.columns)
        for block in form.blocks:
            fields = [*(block.fields if declared else []), *block.lines]
            names |= {block.name, *(f.name for f in fields), *(f.label for f in fields if f.label)}
    for document in edition.document:
        named = [document.templates] if isinstance(document.templates, str) else []
        names |= {*named, *(p.stem for p in section_files(edition, document))}
    return names - {""}


def test_no_name_is_shared_with_the_real_edition() -> None:
    tiny, real = loading.load(TINY), loading.load(REAL)
    assert {"馆情", "活动", "流通", "借出总量", "周均时长", "2-服务", "逐行"} <= names_of(tiny)
    assert {"收支总表", "收入总计", "年度", "10-部门概况", "B101"} <= names_of(real)
    assert names_of(tiny) & names_of(real) == set()
    assert "万元" not in tiny.units


def test_units_and_conventions_are_its_own(sound: Filing) -> None:
    assert str(sound.value("流通.借出总量|千册")) == "100.4千册"
    assert str(sound.value("比上年(流通.借出总量)")) == "比去年多8400，上扬9.1%"
    with pytest.raises(Refused, match="没有格式“万元”"):
        sound.value("流通.借出总量|万元")
    with pytest.raises(Refused, match="没有第 3 级序号，可用 0 至 2"):
        sound.value("次(3)")


def test_differences_are_exact_here(library: opening.OpenEdition, filled: Path) -> None:
    """As printed 0.1 of 0.3 would be 33.3 %; the edition wants exact differences and rates."""
    filing = changed(library, filled, {"馆情.主馆时长": 0.14, "馆情.分馆时长": 0.14})
    assert str(filing.value("占比(馆情.主馆时长, 馆情.开放时长)")) == "50.0%"


# -- blank → filled → check
# ----------------------------------------------------------------------------------------------


def test_blank_workbook_tells_what_is_to_be_filled(
    library: opening.OpenEdition, tmp_path: Path
) -> None:
    filing = load(empty(library, tmp_path / "空.xlsx"), str(TINY))
    assert told(filing) == [
        "error 【馆情】B5 馆名 未填。请填写。(required)",
        "error 【馆情】B6 统计年份 未填。请填写。(required)",
        "error 【馆情】B9 闭馆安排 未填。请填写。(required)",
        "error 【馆情】B12 到馆量 未填。请填写。(required)",
        "error 【流通】 《藏书与借阅》全部未填。请填列本表；确无数据的，至少在一处填 0。(table-empty)",
    ]
    words_by_rule = {v.rule.check.id: v.word for v in filing.verdicts}
    assert words_by_rule["流通.借出总量"] == words.UNFILLED
    assert words_by_rule["相等"] == words.UNFILLED
    assert words_by_rule["有条件"] == words.UNFILLED
    assert "逐行" not in words_by_rule


def test_filled_workbook_has_no_findings(sound: Filing) -> None:
    assert told(sound) == []
    assert {(v.rule.check.id, v.word) for v in sound.verdicts} == {
        ("流通.图书.中外文", "平衡"),
        ("流通.报刊.中外文", "平衡"),
        ("流通.视听资料.中外文", "平衡"),
        ("流通.藏书总量.中文", "平衡"),
        ("流通.藏书总量.外文", "平衡"),
        ("流通.藏书总量.中外文", "平衡"),
        ("流通.藏书总量.中外文′", "平衡"),
        ("流通.藏书总量.中外文.上年", "平衡"),
        ("流通.借出总量", "平衡"),
        ("流通.借出总量.上年", "平衡"),
        ("购置.总计.购入册", "平衡"),
        ("购置.总计.书款", "平衡"),
        ("相等", "平衡"),
        ("不超过", "符合"),
        ("有条件", "符合"),
        ("逐行", "符合"),
        ("逐行", "符合"),
        ("逐行", "符合"),
    }


BROKEN = [
    (
        "equality",
        {"馆情.入藏量": 1251},
        [
            "error 【购置】B5 购入册 1250，应等于 【馆情】B13 入藏量 1251，差 1。请与采编部核对。(相等)"
        ],
    ),
    (
        "at most",
        {"馆情.到馆量": 3059},
        [
            "error 【活动】E5 参加者 3060，不应大于 【馆情】B12 到馆量 3059，超出 1。"
            "请核对 【活动】E5、【馆情】B12、【活动】E7、【活动】E8、【活动】E9。(不超过)"
        ],
    ),
    (
        "condition",
        {"缘由.借阅涨落#0": None, "缘由.借阅涨落#1": "否"},
        ["warning 借阅量有涨落，却没有一条缘由打 √。请补写缘由。(有条件)"],
    ),
    (
        "each row",
        {"活动.亲子场#2": 13},
        [
            "error 【活动】D9 拓印·亲子场 13，不应大于 C9 拓印·场数 12，超出 1。请核对 【活动】D9、【活动】C9。(逐行)"
        ],
    ),
    (
        "a typed total of rows",
        {"流通.借出总量": 100401},
        [
            "error 【流通】H7 借出总量 100401，应等于 H5 成人借阅 ＋ H6 少儿借阅 100400，差 1。"
            "请核对合计数和各分项，或清空合计单元格由程序计算。(流通.借出总量)"
        ],
    ),
    (
        "a typed total across",
        {"流通.报刊.中外文": 501},
        [
            "error 【流通】E6 报刊·中外文 501，应等于 C6 报刊·中文 ＋ D6 报刊·外文 500，差 1。"
            "请核对合计数和各分项，或清空合计单元格由程序计算。(流通.报刊.中外文)"
        ],
    ),
    (
        "last year's total",
        {"流通.借出总量.上年": 91000},
        [
            "error 【流通】K7 上年借出总量 91000，应等于 K5 上年成人借阅 ＋ K6 上年少儿借阅 92000，差 1000。"
            "请核对合计数和各分项，或清空合计单元格由程序计算。(流通.借出总量.上年)"
        ],
    ),
    (
        "a citation",
        {"馆情.馆长寄语": "借出【流通.借出总数】。"},
        [
            "error 【馆情】B7 文字里的引用有误：流通 没有“借出总数”，是否指“借出总量”；"
            "请改正【】里的名称；不是引用的，请换用其他括号。(citation)"
        ],
    ),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN]
)
def test_one_broken_cell_is_told_once(
    library: opening.OpenEdition, filled: Path, changes: dict[str, Any], expected: list[str]
) -> None:
    assert told(changed(library, filled, changes)) == expected


def test_the_condition_holds_where_nothing_changed(
    library: opening.OpenEdition, filled: Path
) -> None:
    same = {
        "流通.成人借阅.上年": 60000,
        "流通.少儿借阅.上年": 40400,
        "缘由.借阅涨落#0": None,
        "缘由.借阅涨落#1": None,
    }
    filing = changed(library, filled, same)
    assert told(filing) == []
    assert str(filing.value("比上年(流通.借出总量)")) == "同去年一样"


def test_a_total_typed_into_a_form_is_not_taken(library: opening.OpenEdition, filled: Path) -> None:
    filing = changed(library, filled, {"馆情.开放时长": 9999})
    assert told(filing) == [
        "error 【馆情】B16 开放时长（全年） 由程序计算，这里填的数不会采用。请清空这个单元格。(total-typed)"
    ]
    assert str(filing.value("馆情.开放时长|小时")) == "4264.5小时"


def test_a_total_typed_over_records_of_a_form_is_not_taken(
    library: opening.OpenEdition, filled: Path
) -> None:
    filing = changed(library, filled, {"活动.总计.场数": 1, "活动.活动开销#0": 5})
    assert sorted(told(filing)) == [
        "error 【活动】C5 全部活动·办了几场 由程序计算，这里填的数不会采用。请清空这个单元格。(total-typed)",
        "error 【活动】H7 活动开销 由程序计算，这里填的数不会采用。请清空这个单元格。(total-typed)",
    ]
    assert str(filing.value("活动.总计.场数|场")) == "37场"
    assert str(filing.value("活动.总计.活动开销|元")) == "22300.50元"


def test_percent_cells_are_read_by_their_format(library: opening.OpenEdition, filled: Path) -> None:
    book = load_workbook(filled)
    cell = book["馆情"][library.layout.slots["馆情.读者满意率"].cell]
    cell.value, cell.number_format = 0.9735, "0.00%"
    book.save(filled)
    assert str(load(filled, str(TINY)).value("馆情.读者满意率|百分之")) == "97.4%"


def test_the_declared_empty_table_is_no_fault(
    library: opening.OpenEdition, filled: Path, tmp_path: Path
) -> None:
    nothing = {f"购置.{c}#{i}": None for c in ("书商", "购入册", "书款") for i in range(2)}
    filing = changed(library, filled, nothing | {"馆情.入藏量": 0})
    assert told(filing) == []
    assert filing.value("购置.空表") is True
    assert filing.value("流通.空表") is False
    report = [line for p in documents.build(filing, tmp_path / "out").written for line in lines(p)]
    assert "[Body] 今年没有购书。" in report
    assert not any("付书款" in line for line in report)


def test_one_zero_makes_a_table_filled(library: opening.OpenEdition, filled: Path) -> None:
    flow = {n: None for n in FORM if n.startswith("流通.")}
    filing = changed(library, filled, flow)
    assert [f.id for f in filing.findings] == [
        "table-empty"
    ]  # what cites the table is not told again
    filing = changed(
        library, filled, {"流通.网上续借": 0, "流通.成人借阅.上年": 0, "馆情.馆长寄语": None}
    )
    assert told(filing) == []
    assert str(filing.value("流通.藏书总量.中外文|册")) == "0册"


def test_last_year_left_blank_is_told_and_is_not_zero(
    library: opening.OpenEdition, filled: Path
) -> None:
    filing = changed(
        library,
        filled,
        {n: None for n in FORM if n.startswith("流通.") and n.endswith(words.PRIOR)},
    )
    assert told(filing) == [
        "error 【流通】J4 《藏书与借阅》的上年数全部未填。请填列上年数；上年确无数据的，至少在一处填 0。(table-empty)"
    ]
    with pytest.raises(MissingValue, match=r"流通\.借出总量\.上年 未填【流通】K7"):
        filing.value("比上年(流通.借出总量)")


# -- build
# ---------------------------------------------------------------------------------------------------------------


def text_of(paths: list[Path], root: Path) -> str:
    return "".join(
        f"== {p.relative_to(root)}\n" + "".join(f"{line}\n" for line in lines(p)) for p in paths
    )


def test_the_report_word_by_word(sound: Filing, tmp_path: Path, renew: bool) -> None:
    golden = TINY / "golden.txt"
    text = text_of(documents.build(sound, tmp_path).written, tmp_path)
    if renew:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_some_numbers_of_the_report_are_right(sound: Filing, tmp_path: Path) -> None:
    """The golden file may be renewed; these were worked out by hand."""
    report = text_of(documents.build(sound, tmp_path).written, tmp_path)
    for piece in (
        "每周82小时",  # 4264.5 ÷ 52 = 82.01
        "比去年多8400，上扬9.1%",  # 8400 ÷ 92000
        "少儿借阅占40.2%，上扬34.7%",  # 40400 ÷ 100400, 10400 ÷ 30000
        "成人借阅少了2000册",
        "其一，少儿馆扩建。其二，借期延长。",
        "22300.50元（贰万贰仟叁佰元零伍角整）",
        "（二）古籍展（展览）：1场，去年还没有，今年有900。",
        "（三）拓印（手工）：12场，亲子12场，同去年一样。",
        "新馆2024.5.1开馆",
        "| 藏书总量 | 5 | 81700 | 2300 | 84000 |  |  |  |",
        "1. 周末讲堂比去年多300，上扬20.0%，去年1500人次；2. 古籍展",  # 拓印: the same as last year
        "平均每人次花费7.29元/人次",  # 22300.50 ÷ 3060
        "每种活动7,433.50元，最多的是周末讲堂",  # (12000 + 8500.50 + 1800) ÷ 3
        "== 简报/2024年借阅简报.docx",
    ):
        assert piece in report
    assert "{" not in report
    assert "与借阅无关" not in report


def test_header_and_page_turn_come_through(sound: Filing, tmp_path: Path) -> None:
    path = documents.build(sound, tmp_path).written[0]
    with zipfile.ZipFile(path) as package:
        document = package.read("word/document.xml").decode()
        headers = "".join(
            package.read(n).decode() for n in package.namelist() if n.startswith("word/header")
        )
    assert "临江市图书馆" in headers
    paragraphs = document.split("</w:p>")

    def at(text: str) -> int:
        return next(i for i, p in enumerate(paragraphs) if text in p)

    turns = [i for i, p in enumerate(paragraphs) for _ in range(p.count("<w:sectPr"))]
    assert len(turns) == 2
    assert (
        at("欢迎来馆") <= turns[0] < at("附表")
    )  # the prose that ends the upright pages has two paragraphs
    assert [i for i, p in enumerate(paragraphs) if 'w:orient="landscape"' in p] == turns[1:]
    assert document.count("<w:headerReference") == document.count("<w:sectPr")


def test_trace_leads_to_cells(sound: Filing, tmp_path: Path) -> None:
    documents.build(sound, tmp_path)
    traces = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    assert [d["document"] for d in traces] == [
        "临江市图书馆2024年业务年报.docx",
        "简报/2024年借阅简报.docx",
    ]
    brief = traces[1]["numbers"]
    assert [n["text"] for n in brief] == ["2024年", "100.4千册"]
    assert brief[1] | {"id": ""} == {
        "id": "",
        "text": "100.4千册",
        "value": "100400",
        "unit": "册",
        "name": "流通.借出总量",
        "formula": "sum(流通.成人借阅, 流通.少儿借阅)",
        "cells": ["【流通】H5", "【流通】H6"],
        "section": "简报/1-借阅.docx",
        "place": "正文第1段",
    }


def test_numbers_of_phrases_ratios_and_means_are_traced(sound: Filing, tmp_path: Path) -> None:
    documents.build(sound, tmp_path)
    traces = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    numbers = {n["text"]: n for n in traces[0]["numbers"]}
    assert numbers["1500人次"]["cells"] == ["【活动】J7"]  # last year's, out of a phrase
    ratio = numbers["7.29元/人次"]
    assert (ratio["unit"], ratio["name"]) == ("元/人次", "人均开销")
    mean = numbers["7,433.50元"]
    assert mean["formula"].endswith("÷ 3")
    assert len(mean["cells"]) == 6
    assert numbers["2"]["name"] == "序"


def test_same_input_same_bytes(master: Path, tmp_path: Path) -> None:
    runs = [documents.build(load(master, str(TINY)), tmp_path / run).written for run in "ab"]
    assert [p.read_bytes() for p in runs[0]] == [p.read_bytes() for p in runs[1]]


def test_nothing_is_written_while_faults_remain(
    library: opening.OpenEdition, filled: Path, tmp_path: Path
) -> None:
    filing = changed(library, filled, {"馆情.统计年份": None})
    assert filing.stopped
    outcome = documents.build(filing, tmp_path / "out")
    assert outcome.written == []
    told = "\n".join(outcome.refused)
    assert re.search(r"未生成 .*\.docx：有 1 处必须改(.|\n)*未生成 简报", told)
    assert not (tmp_path / "out").exists()


# -- the command line
# ----------------------------------------------------------------------------------------------------


def test_from_nothing_to_report_by_command(
    library: opening.OpenEdition, sound: Filing, tmp_path: Path
) -> None:
    made = run(
        "new",
        "馆.xlsx",
        "--edition",
        TINY,
        "--year",
        "2024",
        "--name",
        "临江市图书馆",
        cwd=tmp_path,
    )
    assert (made.returncode, made.stdout) == (0, "已生成空白工作簿 馆.xlsx。请按“填表说明”填写。\n")
    again = run("new", "馆.xlsx", "--edition", TINY, cwd=tmp_path)
    assert again.returncode == 2
    assert again.stderr.startswith("馆.xlsx 已经存在，没有覆盖。")

    unfilled = run("check", "馆.xlsx", "-e", TINY, cwd=tmp_path)
    assert unfilled.returncode == 1
    assert unfilled.stdout == (
        "还有 3 处必须改、0 处请核实、0 处提示；改完可生成。\n\n必须改\n"
        "  【馆情】B9 闭馆安排 未填。请填写。(required)\n"
        "  【馆情】B12 到馆量 未填。请填写。(required)\n"
        "  【流通】 《藏书与借阅》全部未填。请填列本表；确无数据的，至少在一处填 0。(table-empty)\n"
    )
    refused = run("build", "馆.xlsx", "-e", TINY, "-o", "out", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, unfilled.stdout)
    assert not (tmp_path / "out").exists()

    rest = {k: v for k, v in FORM.items() if k not in ("馆情.馆名", "馆情.统计年份")}
    fill(library, tmp_path / "馆.xlsx", rest, RECORDS)
    checked = run("check", "馆.xlsx", "-e", TINY, cwd=tmp_path)
    assert (checked.returncode, checked.stdout, checked.stderr) == (
        0,
        "没有发现问题，可以生成。\n",
        "",
    )
    built = run("build", "馆.xlsx", "-e", TINY, "-o", "out", cwd=tmp_path)
    assert built.returncode == 0
    assert built.stdout == (
        "没有发现问题，可以生成。\n已生成 out/临江市图书馆2024年业务年报.docx\n已生成 out/简报/2024年借阅简报.docx\n"
    )
    expected = documents.build(sound, tmp_path / "again").written
    assert [p.read_bytes() for p in expected] == [
        (tmp_path / "out" / p.relative_to(tmp_path / "again")).read_bytes() for p in expected
    ]


def test_findings_as_json(library: opening.OpenEdition, filled: Path, tmp_path: Path) -> None:
    changed(library, filled, {"馆情.入藏量": 1251})
    done = run("check", filled, "-e", TINY, "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout) == [
        {
            "id": "相等",
            "severity": "error",
            "scope": "report",
            "answered": False,
            "file": "馆.xlsx",
            "sheet": "购置",
            "cell": "B5",
            "key": "",
            "name": "购置.总计.购入册",
            "message": "购入册 1250，应等于 【馆情】B13 入藏量 1251，差 1。",
            "found": "1250",
            "expected": "1251",
            "remedy": "请与采编部核对。",
        }
    ]


EXPLAINED = {
    "馆情.开放时长": (
        "馆情.开放时长 = sum(馆情.主馆时长, 馆情.分馆时长) = 4264.5小时  【馆情】B16（空，由各分项求和）\n"
        "  馆情.主馆时长 = 2808.5小时  【馆情】B14\n"
        "  馆情.分馆时长 = 1456.0小时  【馆情】B15\n"
    ),
    "流通.藏书总量.中外文": "流通.藏书总量.中外文 = 84000册  【流通】E9\n",
    "去年": "去年 = 馆情.统计年份 − 1 = 2023年\n  馆情.统计年份 = 2024年  【馆情】B6\n  1\n",
    "100.4千册": (
        "报告里打印“100.4千册”的地方：2 处\n\n年报/2-服务.docx 正文第3段：{{ 流通.借出总量|千册 }}\n  100.4千册\n"
        "  流通.借出总量 = sum(流通.成人借阅, 流通.少儿借阅) = 100400册  【流通】H7（空，由各分项求和）\n"
        "    流通.成人借阅 = 60000册  【流通】H5\n    流通.少儿借阅 = 40400册  【流通】H6\n"
        "\n简报/1-借阅.docx 正文第1段：{{ 流通.借出总量|千册 }}\n  100.4千册\n"
        "  流通.借出总量 = sum(流通.成人借阅, 流通.少儿借阅) = 100400册  【流通】H7（空，由各分项求和）\n"
        "    流通.成人借阅 = 60000册  【流通】H5\n    流通.少儿借阅 = 40400册  【流通】H6\n"
    ),
}


@pytest.mark.parametrize("what", EXPLAINED)
def test_explain(master: Path, tmp_path: Path, what: str) -> None:
    done = run("explain", master, what, "--edition", TINY, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == EXPLAINED[what]


@pytest.mark.parametrize("what", ["7,433.50", "7433.50元", "7.29元/人次"])
def test_explain_of_a_number_with_thousands(master: Path, tmp_path: Path, what: str) -> None:
    done = run("explain", master, what, "--edition", TINY, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "年报/2-服务.docx 正文第11段" in done.stdout
    assert "【活动】" in done.stdout


def test_explain_of_nothing_names_the_nearest(master: Path, tmp_path: Path) -> None:
    done = run("explain", master, "流通.借出总", "-e", TINY, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "不能说明“流通.借出总”：流通 没有“借出总”，是否指“借出总量”？\n请写名称（表.项）、算式，或报告里印出的数。\n"
    )


def test_the_workbook_names_its_edition(master: Path, tmp_path: Path) -> None:
    """Without --edition the name in the workbook counts: it is found beside the user and nowhere
    else."""
    lost = run("check", master, cwd=tmp_path)
    assert lost.returncode == 2
    assert lost.stderr.startswith("找不到年度方案“tiny”。已找过：templates、")
    shutil.copytree(TINY, tmp_path / "templates" / "tiny")
    found = run("check", master, cwd=tmp_path)
    assert (found.returncode, found.stdout) == (0, "没有发现问题，可以生成。\n")


def test_severities_of_findings_are_typed(library: opening.OpenEdition, filled: Path) -> None:
    findings: list[Finding] = changed(
        library, filled, {"缘由.借阅涨落#0": None, "缘由.借阅涨落#1": None}
    ).findings
    assert [(f.severity, f.id) for f in findings] == [(Severity.WARNING, "有条件")]
