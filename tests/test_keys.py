"""Any short text is the key of a record: what is written of it is found and printed all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from filling import empty, fill
from reportgen.tasks import compiling, documents, jobs, opening
from reportgen.tasks import filing as pipeline
from reportgen.word.authors.show import lines
from test_courses import COURSES, FORM, RECORDS

REAL = Path(__file__).resolve().parents[1] / "workbooks" / "zengdu-hrss-2022.xlsx"
File = Callable[..., pipeline.Filing]
STRANGE = [
    "1.1",
    "1.1.2",
    "一、（1）",
    "['x']",
    "it's",
    'a"b',
    "２０１",
    "A*",
    "A?",
    "~A",
    "甲/乙",
    "甲\\乙",
    "甲:乙",
    "-1",
    "a" * 60,
    "🙂",
    "上年",
    "行",
    "总计",
    "空表",
    "预算",
]


@pytest.fixture(scope="module")
def school() -> opening.OpenEdition:
    return opening.open_edition(str(COURSES))


@pytest.fixture(scope="module")
def file(school: opening.OpenEdition, tmp_path_factory: pytest.TempPathFactory) -> File:
    blank = empty(school, tmp_path_factory.mktemp("keys") / "课.xlsx").read_bytes()

    def make(key: str, within: str = "", other: str = "C") -> pipeline.Filing:
        path = tmp_path_factory.mktemp("filled") / "课.xlsx"
        path.write_bytes(blank)
        fill(school, path, FORM, renamed(key, within or key, other))
        return pipeline.load(path, str(COURSES))

    return make


def renamed(key: str, within: str, other: str) -> dict[str, list[dict[str, Any]]]:
    """The records of the courses, with the keys of A and C changed."""
    return {
        table: [row | {"课号": _new(table, row["课号"], key, within, other)} for row in rows]
        for table, rows in RECORDS.items()
    }


def _new(table: str, old: str, key: str, within: str, other: str) -> str:
    if old == "A":
        return key if table == "课程" else within
    return other if old == "C" else old


def errors(filing: pipeline.Filing) -> list[str]:
    return [str(f) for f in filing.findings if f.severity == "error"]


def texts(filing: pipeline.Filing, path: Path, project: str = "") -> dict[str, list[str]]:
    compiled = compiling.templates(filing.opened)
    found = {}
    for job in jobs.jobs(filing, compiled, project=project):
        path.write_bytes(documents.render_job(filing, job).data)
        found[str(job.path)] = list(lines(path))
    return found


@pytest.mark.parametrize("key", STRANGE)
def test_a_strange_key_prints_what_a_plain_one_prints(file: File, tmp_path: Path, key: str) -> None:
    filing = file(key)
    assert errors(filing) == []
    assert texts(filing, tmp_path / "x.docx") == texts(file("A"), tmp_path / "x.docx")


@pytest.mark.parametrize("key", STRANGE)
def test_a_record_is_asked_for_by_its_key(file: File, tmp_path: Path, key: str) -> None:
    filing = file(key)
    assert pipeline.value_of(filing, f"课程[{key!r}].课名") == "剪纸"
    assert list(texts(filing, tmp_path / "x.docx", project=key)) == ["单课/01剪纸.docx"]


@pytest.mark.parametrize("key", STRANGE)
def test_a_row_within_a_record_is_found_by_its_name(file: File, key: str) -> None:
    assert pipeline.value_of(file(key), f"经费[{key!r}].高二.花销").value == 210.5


def test_a_reference_may_be_typed_in_another_width(file: File, tmp_path: Path) -> None:
    filing = file("201", within="２０１")
    assert errors(filing) == []
    assert texts(filing, tmp_path / "x.docx") == texts(file("A"), tmp_path / "x.docx")


def test_two_keys_that_look_the_same_are_told_with_the_first_cell(file: File) -> None:
    told = [e for e in errors(file("201", other="２０１")) if "全角" in e]
    assert len(told) == 1
    assert "“２０１”与 【课程】" in told[0]
    assert "“201”" in told[0]


def test_a_key_of_more_than_sixty_signs_is_told(file: File) -> None:
    assert any("有 61 个字符，最多 60 个" in e for e in errors(file("a" * 61)))


def test_a_key_with_a_line_break_is_told(file: File) -> None:
    assert any("控制字符" in e for e in errors(file("a\nb")))


@pytest.fixture(scope="module")
def dotted(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Filing:
    path = tmp_path_factory.mktemp("real") / "dot.xlsx"
    book = load_workbook(REAL)
    for sheet in ("项目", "项目资金", "项目指标", "项目文字"):
        for cell in (cell for row in book[sheet].iter_rows() for cell in row):
            if cell.value == "P01":
                cell.value = "1.1"
    book.save(path)
    return pipeline.load(path)


def test_a_project_number_with_a_dot_keeps_amounts_and_scores(dotted: pipeline.Filing) -> None:
    usual = pipeline.load(REAL)
    for name in ("得分", "执行得分", "执行数", "全年预算数"):
        mine = pipeline.value_of(dotted, f"项目['1.1'].{name}")
        assert mine.value == pipeline.value_of(usual, f"项目.P01.{name}").value


def test_a_project_number_with_a_dot_keeps_the_texts_of_the_unit(
    dotted: pipeline.Filing, tmp_path: Path
) -> None:
    found = texts(dotted, tmp_path / "x.docx", project="1.1")
    assert found == texts(pipeline.load(REAL), tmp_path / "x.docx", project="P01")
