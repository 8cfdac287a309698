"""What a build would refuse of a workbook, check tells at its cells: without writing, and the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from departments import qinghe
from desk import Desk
from filling import empty, fill
from once import made
from reportgen.findings import Finding, Severity
from reportgen.tasks import documents, jobs, opening
from reportgen.tasks.compiling import outlines
from reportgen.tasks.filing import Filing
from reportgen.tasks.rehearsal import rehearsed
from reportgen.word.printing.render import rehearse
from reportgen.word.source import document_files
from reportgen.word.template.nodes import Template
from reportgen.word.template.outline import outline
from reportgen.wording.prose import ProseReader
from word import wordml
from word.wordml import box, p, run

CELLS, RECORDS = qinghe.cells(), qinghe.records()
INPUTS = 25  # cells that are spoilt, one workbook each


@pytest.fixture(scope="module")
def outlined(plan: opening.OpenEdition) -> jobs.Compiled:
    return outlines(plan)


@pytest.fixture(scope="module")
def one_qinghe_desk(plan: opening.OpenEdition, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = made("清河.xlsx", lambda path: fill(plan, empty(plan, path), CELLS, RECORDS))
    return Desk(plan, path, tmp_path_factory.mktemp("rehearsal"))


@pytest.fixture
def qinghe_desk(one_qinghe_desk: Desk) -> Iterator[Desk]:
    yield one_qinghe_desk
    one_qinghe_desk.undo()


def errors(filing: Filing) -> list[Finding]:
    return [f for f in filing.findings if f.severity is Severity.ERROR]


def without_findings(filing: Filing) -> Filing:
    return replace(filing, findings=[])


def changed(desk: Desk, changes: Mapping[str, Any]) -> Filing:
    for name, value in changes.items():
        column, _, row = name.partition("#")
        desk.put(column, value, int(row or 0))
    return desk.filing()


def test_a_workbook_that_builds_has_nothing_to_tell(
    desk: Desk, qinghe_desk: Desk, outlined
) -> None:
    for filing in (desk.filing(), qinghe_desk.filing()):
        assert rehearsed(filing, outlined).findings == filing.findings


def small(desk: Desk) -> dict[str, Any]:
    """公用经费 of 40 元 and 40 元: there are some, and each is 0 in 万元."""
    form = desk.plan.layout.forms["基本支出明细"]
    lines = [r.name for b in form.sheet.blocks[1:] for r in b.lines if not r.gap]
    cells = {f"基本支出明细.{name}": None for name in lines}
    return cells | {f"基本支出明细.{name}": 40 for name in ("办公费", "水费")}


def test_amounts_that_all_round_to_nothing_are_told_at_their_cells(
    qinghe_desk: Desk, outlined
) -> None:
    filing = without_findings(changed(qinghe_desk, small(qinghe_desk)))
    told = [f for f in errors(rehearsed(filing, outlined)) if "都是 0" in f.message]
    assert len(told) == 1
    place = qinghe_desk.cell("基本支出明细.办公费").coordinate
    assert f"【基本支出明细】{place}" in f"{told[0].place}{told[0].remedy}"
    assert told[0].place.sheet == "基本支出明细"
    assert "report/36-" in told[0].message


def test_a_value_that_a_document_needs_is_told_once_at_its_cell(
    qinghe_desk: Desk, outlined
) -> None:
    filing = changed(qinghe_desk, {"整体绩效.报告日期": None})
    before = errors(filing)
    told = errors(rehearsed(without_findings(filing), outlined))
    place = f"【整体绩效】{qinghe_desk.cell('整体绩效.报告日期').coordinate}"
    assert [str(f.place) for f in told] == [place]
    assert told[0].message.startswith("整体绩效.报告日期 未填")
    assert errors(rehearsed(filing, outlined)) == before  # 必填 tells it already


def test_a_fault_in_a_project_stops_that_project_only(desk: Desk, outlined) -> None:
    key = desk.cell("项目.编号", row=2).value
    place = desk.put("项目.名称", None, row=2)
    told = errors(rehearsed(without_findings(desk.filing()), outlined))
    assert {str(f.place) for f in told} == {place}
    assert {f.scope for f in told} == {f"project:{key}"}


def spoilt(desk: Desk, seed: int) -> Filing:
    """The workbook with one typed cell emptied, set to 0, or filled with what does not belong."""
    chance = random.Random(seed)
    pages = [p for p in desk.book.worksheets if p.title in desk.plan.layout.sheets]
    page = chance.choice(pages)
    typed = [
        cell
        for row in page.iter_rows(min_row=5)
        for cell in row
        if cell.value is not None and cell.data_type != "f"
    ]
    for cell in chance.sample(typed, min(3, len(typed))):
        cell.value = chance.choice([None, 0, "不适用", 0.001])
    return desk.filing()


@pytest.mark.parametrize("seed", range(INPUTS))
def test_an_outline_refuses_what_the_document_refuses(desk: Desk, outlined, compiled, seed) -> None:
    filing = spoilt(desk, seed)
    for (bare, document), (full, _) in zip(outlined, compiled, strict=True):
        _, table = document.each
        for record in list(filing.facts[table])[:3] if table else [None]:
            one, other = (
                [
                    (u.fault.tag.file, u.fault.tag.place, u.fault.tag.text, str(u.error))
                    for u in rehearse(
                        template, filing.opened.edition, filing.prose, filing.facts, record
                    )
                ]
                for template in (bare, full)
            )
            assert sorted(one) == sorted(other)


def test_check_and_build_tell_the_same(desk: Desk, outlined, tmp_path: Path) -> None:
    desk.put("整体绩效.报告日期", None)
    filing = desk.filing()
    outcome = documents.build(filing, tmp_path / "out")
    assert outcome.findings == rehearsed(filing, outlined).findings


def outline_of(desk: wordml.Desk) -> Template:
    files = document_files.read(desk.edition, desk.edition.document[0])
    return outline(files, desk.edition, desk.wording.templates)


BODIES = {
    "a heading over no rows": (
        p(run("（一）明细"), props='<w:pStyle w:val="Heading1"/>'),
        p(run("{%p for 行 in 乙 %}")),
        p(run("{{ 行.项 }}")),
        p(run("{%p endfor %}")),
    ),
    "a heading with words before no rows": (
        p(run("（一）明细"), props='<w:pStyle w:val="Heading1"/>'),
        p(run("如下：")),
        p(run("{%p for 行 in 乙 %}")),
        p(run("{{ 行.项 }}")),
        p(run("{%p endfor %}")),
    ),
    "a text box between two tags": (
        p(run("{{ 甲.名 }}"), box(p(run("{{ 甲.类 }}"))), run("{{ 甲.文 }}")),
    ),
    "a tag split over runs, a comment, braces that are text": (
        p(run("{{ 甲"), run(".名 }}"), run("{# 甲.数 #}{ 甲 }"), run("{{ 甲.类 }}")),
    ),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_outline_has_the_headings_and_tags_of_the_document(body, tmp_path: Path) -> None:
    desk = wordml.Desk(tmp_path)
    desk.section(*body)
    prose = ProseReader(desk.edition, desk.wording.prose)
    for values in ({}, {"名": wordml.missing("甲.名")}, {"类": wordml.missing("甲.类")}):
        facts = desk.names([], **values)
        told = [
            [(str(u.fault), str(u.error)) for u in rehearse(template, desk.edition, prose, facts)]
            for template in (outline_of(desk), desk.load())
        ]
        assert told[0] == told[1]


def test_only_a_heading_that_stands_alone_is_told(tmp_path: Path) -> None:
    counts = {}
    for name, body in BODIES.items():
        desk = wordml.Desk(tmp_path / name)
        desk.section(*body)
        prose = ProseReader(desk.edition, desk.wording.prose)
        counts[name] = len(rehearse(outline_of(desk), desk.edition, prose, desk.names([])))
    assert list(counts.values()) == [1, 0, 0, 0]


LOOP = [wordml.tr("{%tr for 行 in 乙 %}"), wordml.tr("{{ 行.项 }}"), wordml.tr("{%tr endfor %}")]
HEAD = wordml.tr("头")
INNER = wordml.tbl(HEAD, *LOOP)
TABLES = {
    "a heading over no rows": ([wordml.tbl(HEAD, *LOOP)], 1),
    "two rows of headings": ([wordml.tbl(HEAD, HEAD, *LOOP)], 1),
    "in a cell": ([wordml.tbl(wordml.tr(wordml.tc("外", INNER, wordml.p())))], 1),
    "no heading": ([wordml.tbl(*LOOP)], 0),
    "a row of sums": ([wordml.tbl(HEAD, *LOOP, wordml.tr("计"))], 0),
    "a row for none": (
        [
            wordml.tbl(
                HEAD,
                *LOOP,
                wordml.tr("{%tr if 计数(乙.项) == 0 %}"),
                wordml.tr("无"),
                wordml.tr("{%tr endif %}"),
            )
        ],
        0,
    ),
    "left out by its author": (
        ["{%p if 计数(乙.项) > 0 %}", wordml.tbl(HEAD, *LOOP), "{%p endif %}"],
        0,
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_left_with_its_heading_is_told(name: str, tmp_path: Path) -> None:
    body, count = TABLES[name]
    desk = wordml.Desk(tmp_path)
    desk.section("首", *body, "尾")
    prose = ProseReader(desk.edition, desk.wording.prose)
    for template in (outline_of(desk), desk.load()):
        told = [str(u.error) for u in rehearse(template, desk.edition, prose, desk.names([]))]
        assert len(told) == count
        assert all("表只剩表头" in text for text in told)
        full = rehearse(template, desk.edition, prose, desk.names())
        assert full == []
