"""A second scheme of scoring and another subject: courses of a school, each with its funds, its
goals and its document."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from filling import empty, fill
from reportgen.findings import EditionFault
from reportgen.language.syntax import Refused
from reportgen.tasks import compiling, documents, jobs, opening
from reportgen.tasks.filing import Filing, load
from reportgen.word.authors.show import lines
from whole import whole

COURSES = Path(__file__).resolve().parent / "editions" / "courses"
FORM = {"校情.校名": "临江中学", "校情.学年": 2024, "校情.办学": "公办"}


def goal(course: str, kind: str, name: str, *rest: Any) -> dict[str, Any]:
    columns = ("方向", "目标", "实际", "量", "点数", "缘故")
    if rest[0] == "定性":
        columns = ("方向", "评", "几成", "点数", "缘故")
    return {"课号": course, "大类": kind, "小类": kind + "一", "要求": name} | dict(
        zip(columns, rest, strict=False)
    )


RECORDS: dict[str, list[dict[str, Any]]] = {
    "课程": [
        {"课号": "A", "课名": "剪纸"},
        {"课号": "B", "课名": "旧课", "停课": "√"},
        {"课号": "C", "课名": "天文"},
    ],
    "经费": [
        {"课号": "A", "年级": "高一", "预算": 1000, "花销": 900},
        {"课号": "A", "年级": "高二", "预算": 200, "花销": 210.5},
        {"课号": "B", "年级": "高一", "预算": 10, "花销": 10},
        {"课号": "C", "年级": "高二", "预算": 300, "花销": 300},
    ],
    "要求": [
        goal("A", "过程", "开课", "≥", 40, 38, "节", 25, "停电两次"),
        goal("A", "过程", "缺席", "≤", 10, 14, "节", 25, "流感"),
        goal("A", "成果", "作品集", "定性", "差", 45, 30, "没有装订"),
        goal("A", "口碑", "满意", "≥", 90, 96.5, "成", 10),
        goal("B", "过程", "开课", "≥", 40, 0, "节", 50, "停课"),
        goal("C", "过程", "观星", "=", 6, 6, "节", 50),
        goal("C", "成果", "小论文", "≥", 12, 13, "篇", 30),
        goal("C", "口碑", "满意", "≥", 90, 90, "成", 10),
    ],
}
File = Callable[..., Filing]


@pytest.fixture(scope="module")
def school() -> opening.OpenEdition:
    return opening.open_edition(str(COURSES))


@pytest.fixture
def file(school: opening.OpenEdition, tmp_path: Path) -> File:
    def make(form: dict[str, Any] = FORM, **records: list[dict[str, Any]]) -> Filing:
        path = fill(school, empty(school, tmp_path / "课.xlsx"), form, RECORDS | records)
        return load(path, str(COURSES))

    return make


def texts(filing: Filing, folder: Path) -> Iterator[tuple[str, list[str]]]:
    for built in documents.render_all(filing, compiling.templates(filing.opened)):
        path = folder / "x.docx"
        path.write_bytes(whole(built.data))
        yield str(built.path), list(lines(path))


def test_the_other_scheme(file: File) -> None:
    """10 for the money, 50, 30 and 10 for the goals; what must not be exceeded loses its share of
    the target."""
    filing = file()
    assert [str(f) for f in filing.findings if f.severity == "error"] == []
    courses = {r.members["课号"]: r.members for r in filing.value("课程").items}
    assert courses["A"]["经费得点"].value == D("9.3")  # 1110.5 of 1200, one decimal
    scores = [r.members["得点"].value for r in filing.value("课程.A.要求").items]
    assert scores == [
        D("23.8"),
        D("15"),
        D("13.5"),
        D("10"),
    ]  # 25×38/40, 25×(1−4/10), 45 in the hundred of 30
    assert (courses["A"]["得点"].value, courses["A"]["等第"]) == (D("71.6"), "乙")
    assert (courses["C"]["得点"].value, courses["C"]["等第"]) == (D("100"), "甲")


def test_every_document(file: File, tmp_path: Path) -> None:
    found = dict(texts(file(), tmp_path))
    assert list(found) == ["临江中学课程总评.docx", "单课/01剪纸.docx", "单课/02天文.docx"]
    body = {
        name: [line.partition("] ")[2] or line for line in text] for name, text in found.items()
    }
    assert [line for line in body["临江中学课程总评.docx"] if line] == [
        "一、2024年临江中学的课",
        "二、剪纸得71.6点，列乙等",
        "1.花销1110.5元，得9.3点",
        "2.开课：停电两次",
        "3.缺席：流感",
        "4.作品集：没有装订",
        "三、天文得100点，列甲等",
        "1.花销300元，得10点",
        "四、完",
    ]
    assert body["单课/01剪纸.docx"][0] == "一、剪纸得71.6点，列乙等"  # numbers of its own
    assert [line for line in found["单课/01剪纸.docx"] if line.startswith("|")] == [
        "| 大类 | 小类 | 要求 | 得点 |",
        "| 过程（50点） | 过程一 | 开课 | 23.8 |",
        "|  |  | 缺席 | 15 |",
        "| 成果（30点） | 成果一 | 作品集 | 13.5 |",
        "| 口碑（10点） | 口碑一 | 满意 | 10 |",
    ]


def test_a_document_that_is_not_asked_for(file: File, tmp_path: Path) -> None:
    assert [name for name, _ in texts(file(FORM | {"校情.办学": "民办"}), tmp_path)] == [
        "单课/01剪纸.docx",
        "单课/02天文.docx",
    ]


def test_what_is_withheld_stands_nowhere(file: File, tmp_path: Path) -> None:
    filing = file()
    assert "旧课" not in str(list(texts(filing, tmp_path)))
    assert len(filing.value("课程").items) == 3
    for hidden in ("课程.B.课名", "要求.B.1.得点", "经费.B.高一.花销"):
        with pytest.raises(Refused, match="标为不公开"):
            filing.value(hidden)


def test_names_of_rows_within_a_record(file: File) -> None:
    filing = file()
    assert filing.value("要求.A.2.实际").value == 14
    assert filing.value("经费.A.高二.花销").value == D("210.5")
    assert filing.value("课程.A.经费.高二.花销").value == D("210.5")
    assert str(filing.value("要求.A.2.实际").place) == "【要求】G7"


def test_a_fault_in_a_course_stops_that_course(file: File) -> None:
    goals = [g | ({"点数": 20} if g["要求"] == "开课" else {}) for g in RECORDS["要求"]]
    filing = file(要求=goals)
    told = {(f.id, f.scope) for f in filing.findings if f.severity == "error"}
    assert told == {("K1", "project:A"), ("K1", "project:B")}
    found = jobs.jobs(filing, compiling.templates(filing.opened))
    assert [bool(job.stopped_by(filing.findings)) for job in found] == [True, True, False]


def test_what_a_course_lacks_is_said(file: File) -> None:
    filing = file(课程=[*RECORDS["课程"], {"课号": "D", "课名": "新课"}])
    (new,) = (r for r in filing.value("课程").items if r.members["课号"] == "D")
    assert new.members["欠缺"] == "经费未填；要求未填"
    goals = [g | ({"实际": None} if g["要求"] == "观星" else {}) for g in RECORDS["要求"]]
    (third,) = (r for r in file(要求=goals).value("课程").items if r.members["课号"] == "C")
    assert third.members["欠缺"] == "要求未填全"


FAULTS = {
    ("02-课程.toml", 'gathers = "经费.预算"', 'gathers = "要求.要求"'): "gathers",
    ("02-课程.toml", 'withheld = "停课"', 'withheld = "课名"'): "withheld",
    ("02-课程.toml", "执行得分(行.预算, 行.花销)", "执行得分(行.预算, 行.花消)"): "是否指“花销”",
    ("02-课程.toml", "等次(行.得点)", "等第(行.得点)"): "等第",
    ("03-经费.toml", 'of = "课程"', 'of = "课"'): "of",
    ("03-经费.toml", 'by = "年级"', 'by = "班级"'): "by",
    ("04-要求.toml", 'of = "课程"', 'of = "经费"'): "经费",
    ("../edition.toml", '"经费" = 10', '"经费" = 20'): "weights",
    ("../edition.toml", 'execution = "经费"', 'execution = "钱"'): "execution",
    ("../edition.toml", 'reverse = "difference"', 'reverse = "both"'): "reverse",
    ("../edition.toml", 'unit = "点"', 'unit = "分"'): "scoring.unit",
    ("../edition.toml", 'for = "课 in 课程"', 'for = "课 in 课表"'): "document.for",
    ("../edition.toml", 'for = "课 in 课程"', 'for = "课程"'): "document.for",
    ("../edition.toml", '"校情.办学" = ["公办"]', '"校情.办学" = ["国办"]'): "document.when",
    ("../edition.toml", 'projects = "课程"', 'projects = "课"'): "roles.projects",
}


@pytest.mark.parametrize(
    ("where", "named"), FAULTS.items(), ids=lambda v: v[2] if isinstance(v, tuple) else None
)
def test_an_edition_with_a_fault_is_refused_by_file_and_key(
    tmp_path: Path, where: tuple[str, str, str], named: str
) -> None:
    file, old, new = where
    folder = Path(shutil.copytree(COURSES, tmp_path / "courses"))
    path = folder / "workbook" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(EditionFault) as fault:
        compiling.templates(opening.open_edition(str(folder)))
    assert named in str(fault.value)
    assert path.name in str(fault.value)
