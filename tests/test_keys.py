"""Any short text is the key of a record: what is written of it is found and printed all the same."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes
from openpyxl import load_workbook

from filling import empty, fill
from office import recalculated
from reportgen.checks.telling import side
from reportgen.findings import Place
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import Num, literal
from reportgen.language.syntax import Refused, parse
from reportgen.language.values import Record, Rows
from reportgen.ledger import build_record
from reportgen.ledger.explain import chain
from reportgen.tasks import compiling, documents, jobs, opening
from reportgen.tasks.filing import Filing, load
from reportgen.word.authors.show import lines
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing.verdicts import Verdicts
from test_courses import COURSES, FORM, RECORDS

REAL = Path(__file__).resolve().parents[1] / "workbooks" / "zengdu-hrss-2022.xlsx"
File = Callable[..., Filing]
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
    "..1.",
    "一[2]（3）",
    "甲'乙\"丙“丁”",
    "+甲",
    "经费",
    "true",
    "甲 乙　丙",
    "99%",
    "0101",
    "👨‍👩‍👧",
    "长" * 60,
]


@pytest.fixture(scope="module")
def school() -> opening.OpenEdition:
    return opening.open_edition(str(COURSES))


@pytest.fixture(scope="module")
def file(school: opening.OpenEdition, tmp_path_factory: pytest.TempPathFactory) -> File:
    blank = empty(school, tmp_path_factory.mktemp("keys") / "课.xlsx").read_bytes()

    @lru_cache(maxsize=None, typed=True)  # 7 and 7.0 are typed otherwise
    def make(key: Any, within: str = "", other: str = "C") -> Filing:
        path = tmp_path_factory.mktemp("filled") / "课.xlsx"
        path.write_bytes(blank)
        fill(school, path, FORM, renamed(key, within or key, other))
        return load(path, str(COURSES))

    return make


def renamed(key: Any, within: Any, other: str) -> dict[str, list[dict[str, Any]]]:
    """The records of the courses, with the keys of A and C changed."""
    return {
        table: [row | {"课号": _new(table, row["课号"], key, within, other)} for row in rows]
        for table, rows in RECORDS.items()
    }


def _new(table: str, old: str, key: Any, within: Any, other: str) -> Any:
    if old == "A":
        return key if table == "课程" else within
    return other if old == "C" else old


def errors(filing: Filing) -> list[str]:
    return [str(f) for f in filing.findings if f.severity == "error"]


@cache
def templates(edition: Path) -> jobs.Compiled:
    return compiling.templates(opening.open_edition(str(edition)))


def texts(filing: Filing, path: Path, project: str = "") -> dict[str, list[str]]:
    found = {}
    compiled = templates(filing.opened.edition.folder)
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
    assert filing.value(f"课程[{key!r}].课名") == "剪纸"
    assert list(texts(filing, tmp_path / "x.docx", project=key)) == ["单课/01剪纸.docx"]


@pytest.mark.parametrize("key", STRANGE)
def test_a_row_within_a_record_is_found_by_its_name(file: File, key: str) -> None:
    assert file(key).value(f"经费[{key!r}].高二.花销").value == 210.5


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


@pytest.mark.parametrize(("typed", "key"), [(7, "7"), (7.0, "7"), (1.1, "1.1"), (0.1 + 0.2, "0.3")])
def test_a_number_typed_as_a_key_is_its_text(file: File, typed: float, key: str) -> None:
    filing = file(typed)
    assert errors(filing) == []
    assert _course(filing).name.key == key


def test_a_key_with_a_line_break_is_told(file: File) -> None:
    assert any("控制字符" in e for e in errors(file("a\nb")))


# -- names


@pytest.mark.parametrize("key", [*(k for k in STRANGE if k != "预算"), "{{ 甲 }} %}"])
def test_every_name_that_is_shown_can_be_asked_for(file: File, key: str) -> None:
    filing = file(key)
    course = _course(filing)
    row = course.members["经费"].items[1]
    assert filing.value(str(course.name)) is course
    assert filing.value(str(course.members["得点"].name)) is course.members["得点"]
    assert filing.value(str(row.name)) is row
    assert filing.value(str(row.members["花销"].name)) is row.members["花销"]


@pytest.mark.parametrize("key", ["２０１", "一、（1）", "Ｐ.1"])
def test_a_record_is_found_by_a_key_of_another_width(file: File, key: str) -> None:
    """The terminal's input method, and the command that explains, make signs of usual width."""
    filing, typed = file(key), unicodedata.normalize("NFKC", key)
    course = _course(filing)
    assert filing.value(f"课程[{typed!r}].得点") is course.members["得点"]
    assert filing.value(f"经费[{typed!r}].高一.花销").value == 900
    (job,) = jobs.jobs(filing, templates(COURSES), project=typed)
    assert job.record is course


def test_of_a_key_with_a_dot_it_is_told_how_it_is_written(file: File) -> None:
    with pytest.raises(Refused, match=r"课程 没有“1”，是否指“课程\['1\.1'\]”？"):
        file("1.1").value("课程.1.1.得点")


def test_a_record_that_is_called_like_a_column_is_asked_for_in_brackets(file: File) -> None:
    filing = file("预算")
    assert filing.value("课程['预算']") is _course(filing)
    assert filing.value("课程.预算") is filing.facts["课程"].columns["预算"]


def _course(filing: Filing) -> Record:
    """The course whose key is tried."""
    return next(r for r in filing.facts["课程"].items if r.members["课名"] == "剪纸")


def test_a_record_knows_its_table_its_key_and_its_own_name(file: File) -> None:
    course = _course(file("1.1"))
    assert course.name == Name("课程", key="1.1")
    assert course.members["得点"].name == Name("课程", key="1.1", column="得点")
    rows = course.members["经费"].items
    assert [r.name for r in rows] == [Name("经费", key="1.1", own=own) for own in ("高一", "高二")]


def test_a_key_that_is_an_identifier_is_written_with_a_dot(file: File) -> None:
    assert str(_course(file("A")).members["得点"].name) == "课程.A.得点"
    assert str(_course(file("1.1")).members["得点"].name) == "课程['1.1'].得点"


def test_a_key_in_brackets_comes_before_what_else_is_called_so() -> None:
    record = Record(Name("表", key="总计"), {"号": "总计", "额": literal(1)})
    rows = Rows(Name("表"), [record], "号", {})
    rows.extras["总计"] = Record(Name("表", "总计"), {"额": literal(2)})
    assert rows.entry("总计") is record
    assert rows.member("总计") is rows.extras["总计"]
    assert (str(record.name), str(rows.extras["总计"].name)) == ("表['总计']", "表.总计")


signs = st.characters(exclude_categories=("Cs", "Cc"))


@given(st.text(signs, min_size=1, max_size=60), st.text(signs, max_size=20))
def test_a_name_as_shown_says_its_parts(key: str, own: str) -> None:
    name = Name("表", key=key, own=own, column="列", prior=True)
    assert _parts(parse(str(name))) == name.path


def _parts(tree: nodes.Node) -> tuple[str, ...]:
    match tree:
        case nodes.Getattr(node=inner, attr=attr):
            return (*_parts(inner), attr)
        case nodes.Getitem(node=inner, arg=nodes.Const(value=key)):
            return (*_parts(inner), str(key))
    assert isinstance(tree, nodes.Name)
    return (tree.name,)


def test_a_fault_names_the_record(file: File, school: opening.OpenEdition, tmp_path: Path) -> None:
    records = renamed("1.1", "1.1", "C")
    records["要求"][0]["点数"] = 20
    path = fill(school, empty(school, tmp_path / "错.xlsx"), FORM, records)
    told = [f for f in load(path, str(COURSES)).findings if f.severity == "error"]
    assert [(f.id, f.scope) for f in told] == [("K1", "project:1.1")]


def test_a_side_of_a_check_is_called_by_the_whole_key(file: File) -> None:
    rows = {key: _course(file(key)).members["得点"] for key in ("A", "1.1", "201")}
    here = Place(sheet="课程", cell="A1")
    told = {key: side(Num(n.value, n.unit, name=n.name), here) for key, n in rows.items()}
    assert told == {"A": "A·得点", "1.1": "1.1·得点", "201": "得点"}


def test_rows_of_two_records_are_never_taken_for_one(tmp_path: Path) -> None:
    """Joined to one text, 甲 with 乙·丙 and 甲·乙 with 丙 would be the same."""
    folder = Path(shutil.copytree(COURSES, tmp_path / "校"))
    funds = folder / "workbook" / "03-经费.toml"
    text = funds.read_text(encoding="utf-8")
    text = text.replace('kind = "choice", choices = ["高一", "高二"]', 'kind = "text"')
    funds.write_text(text, encoding="utf-8")
    plan = opening.open_edition(str(folder))
    records = {
        "课程": [{"课号": "甲", "课名": "剪纸"}, {"课号": "甲·乙", "课名": "天文"}],
        "经费": [
            {"课号": "甲", "年级": "乙·丙", "预算": 1, "花销": 1},
            {"课号": "甲·乙", "年级": "丙", "预算": 2, "花销": 2},
        ],
    }
    path = fill(plan, empty(plan, tmp_path / "课.xlsx"), FORM, records)
    filing = load(path, str(folder))
    assert [f for f in filing.findings if f.id == "key-twice"] == []
    assert filing.value("经费['甲·乙'].丙.花销").value == 2
    assert filing.value("经费.甲['乙·丙'].花销").value == 1


# -- the live sheet


@pytest.mark.office
@pytest.mark.parametrize("key", ["*", "C~", "?", "c", 1.5], ids=str)
def test_the_sheet_finds_the_rows_of_a_key_as_the_program_does(file: File, key: Any) -> None:
    """Wildcards stand for no other key, small letters for no capitals, and a number typed as a key
    is its text."""
    filing = file(key)
    shown = recalculated(filing.workbook)
    columns = {c.name: c.index for c in filing.opened.layout.tables["课程"].columns}
    for record in filing.facts["课程"].items:
        row = int("".join(filter(str.isdigit, record.members["课名"].place.cell)))
        for name in ("预算", "花销"):
            live = shown.value("课程", row, columns[name])
            assert live == float(record.members[name].value), name
        assert shown.value("课程", row, columns["等第"]) == record.members["等第"]
        assert (shown.value("课程", row, columns["欠缺"]) or "") == record.members["欠缺"]


OUTER = """
[[check]]
id = "K3"
for = "行 in 经费"
formula = "行.课程.得点 >= 点(72)"
message = "得点不够。"
remedy = "请核对。"
"""


@pytest.mark.office
@pytest.mark.parametrize("key", ["*", "?", "a"])
def test_a_check_of_the_sheet_reads_the_record_of_that_very_key(tmp_path: Path, key: str) -> None:
    """A comes first, and is the one that a wildcard would find."""
    folder = Path(shutil.copytree(COURSES, tmp_path / "校"))
    with (folder / "checks.toml").open("a", encoding="utf-8") as checks:
        checks.write(OUTER)
    plan = opening.open_edition(str(folder))
    path = fill(plan, empty(plan, tmp_path / "课.xlsx"), FORM, renamed("A", "A", key))
    filing = load(path, str(folder))
    told = [v for v in filing.verdicts if v.rule.check.id == "K3"]
    verdicts = Verdicts(filing.opened.rules, SheetFormulas(plan.edition, plan.layout))
    layout, shown = plan.layout.tables["经费"], recalculated(path)
    column = verdicts.column(layout, told[0].rule)
    live = [shown.value("经费", layout.guard + 1 + n, column).split()[0] for n in range(len(told))]
    assert live == [v.word for v in told]
    assert [v.word == words.MET for v in told] == [False, False, False, True]


# -- the real workbook


@pytest.fixture(scope="module")
def dotted(tmp_path_factory: pytest.TempPathFactory) -> Filing:
    path = tmp_path_factory.mktemp("real") / "dot.xlsx"
    book = load_workbook(REAL)
    for sheet in ("项目", "项目资金", "项目指标", "项目文字"):
        for cell in (cell for row in book[sheet].iter_rows() for cell in row):
            if cell.value == "P01":
                cell.value = "1.1"
    book.save(path)
    return load(path)


def test_a_project_number_with_a_dot_keeps_amounts_and_scores(
    dotted: Filing, filing: Filing
) -> None:
    for name in ("得分", "执行得分", "执行数", "全年预算数"):
        mine = dotted.value(f"项目['1.1'].{name}")
        assert mine.value == filing.value(f"项目.P01.{name}").value


def test_a_project_number_with_a_dot_keeps_the_texts_of_the_unit(
    dotted: Filing, filing: Filing, tmp_path: Path
) -> None:
    found = texts(dotted, tmp_path / "x.docx", project="1.1")
    assert found == texts(filing, tmp_path / "x.docx", project="P01")


def test_the_trail_names_the_project_by_its_whole_number(dotted: Filing) -> None:
    (job,) = jobs.jobs(dotted, templates(dotted.opened.edition.folder), project="1.1")
    traced = [build_record.traced(entry) for entry in documents.render_job(dotted, job).ledger]
    assert "项目['1.1'].得分" in {t.name for t in traced}
    explained = list(chain(dotted.value("项目['1.1'].得分"), dotted.opened.edition))
    assert explained[0].startswith("项目['1.1'].得分 = ")


def test_check_says_of_a_project_number_with_a_dot_what_it_says_of_any(
    dotted: Filing, filing: Filing
) -> None:
    assert list(map(str, dotted.findings)) == list(map(str, filing.findings))
