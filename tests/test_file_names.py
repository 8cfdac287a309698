"""The files of a build: named in signs that every file system bears, no two of them alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from filling import empty, fill
from reportgen.findings import Severity, Unusable
from reportgen.tasks import compiling, documents, jobs, opening, rehearsal
from reportgen.tasks.file_names import safe
from reportgen.tasks.filing import Filing, load
from test_courses import COURSES, FORM

NAMES = {
    "1.1": "1.1",
    'a:b*c?d"e<f>g|h\\i': "a：b＊c？d＂e＜f＞g｜h＼i",
    "甲\n乙\x7f": "甲＿乙＿",
    " 甲. ": "甲．",
    "..": "．．",
    ".hidden": "．hidden",
    "con": "ｃｏｎ",
    "NUL.1": "ＮＵＬ.1",
    "COM1": "ＣＯＭ１",
    "CONTRACT": "CONTRACT",
    "": "",
    "  ": "",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items(), ids=repr)
def test_what_file_systems_refuse_becomes_the_sign_that_looks_like_it(text: str, name: str) -> None:
    assert safe(text) == name


@pytest.mark.parametrize("text", ["长" * 200, "🎓" * 100, "a" * 300, "长" * 78 + "." * 20])
@pytest.mark.parametrize("mark", ["", "（12）"])
def test_a_file_name_is_never_too_long(tmp_path: Path, text: str, mark: str) -> None:
    name = safe(text, mark) + ".docx"
    assert 60 < len(name) <= 85
    assert len(name.encode()) <= 255
    assert name.endswith(mark + ".docx")
    (tmp_path / name).touch()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The courses, each in a file that is called by its name alone."""
    folder = Path(shutil.copytree(COURSES, tmp_path_factory.mktemp("edition") / "校"))
    toml = folder / "edition.toml"
    old = toml.read_text(encoding="utf-8")
    new = old.replace("单课/{{ 课.序号 }}{{ 课.课名 }}", "单课/{{ 课.课名 }}")
    assert new != old
    toml.write_text(new, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def school(folder: Path) -> opening.OpenEdition:
    return opening.open_edition(str(folder))


@pytest.fixture(scope="module")
def compiled(school: opening.OpenEdition) -> jobs.Compiled:
    return compiling.templates(school)


def named(folder: Path, school: opening.OpenEdition, *names: str) -> Filing:
    """Courses of these names."""
    courses = [{"课号": f"K{n}", "课名": name} for n, name in enumerate(names, 1)]
    path = fill(school, empty(school, folder / "名.xlsx"), FORM, {"课程": courses})
    return load(path, str(school.edition.folder))


def paths(filing: Filing, compiled: jobs.Compiled, **which: str) -> list[str]:
    return [job.path.as_posix() for job in jobs.jobs(filing, compiled, **which)]


def test_a_stroke_in_a_name_makes_no_folder(
    tmp_path: Path, school: opening.OpenEdition, compiled: jobs.Compiled
) -> None:
    filing = named(tmp_path, school, "a/b", "../../c")
    assert paths(filing, compiled, only="projects") == ["单课/a／b.docx", "单课/．．／..／c.docx"]


def test_files_of_one_name_get_the_number_of_their_record(
    tmp_path: Path, school: opening.OpenEdition, compiled: jobs.Compiled
) -> None:
    filing = named(tmp_path, school, "a?", "a？", "A？", "b", "a？（2）")
    found = paths(filing, compiled, only="projects")
    assert found == [
        "单课/a？.docx",
        "单课/a？（2）.docx",
        "单课/A？（3）.docx",
        "单课/b.docx",
        "单课/a？（2）（5）.docx",
    ]
    assert paths(filing, compiled, project="K3") == [found[2]]


def test_long_names_that_differ_at_their_end_are_two_files(
    tmp_path: Path, school: opening.OpenEdition, compiled: jobs.Compiled
) -> None:
    filing = named(tmp_path, school, "长" * 90, "长" * 99)
    first, second = paths(filing, compiled, only="projects")
    assert first == f"单课/{'长' * 80}.docx"
    assert second == f"单课/{'长' * 77}（2）.docx"


NOTE = (
    "【课程】A7 另有一份文件也叫 单课/a？.docx，这一份写作 单课/a？（2）.docx。"
    "要文件名不带序号，请把两行写得不同。(file-numbered)"
)


def test_check_and_build_note_a_file_that_is_called_otherwise(
    tmp_path: Path, school: opening.OpenEdition
) -> None:
    filing = named(tmp_path, school, "a?", "a？")
    checked = rehearsal.checked(filing.workbook, str(school.edition.folder))
    built = documents.build(filing, tmp_path / "out", project="K1")
    for findings in (checked.findings, built.findings):
        assert [str(f) for f in findings if f.severity is Severity.NOTE] == [NOTE]


def test_two_documents_of_one_name_are_a_fault_of_the_edition(
    tmp_path: Path, school: opening.OpenEdition, compiled: jobs.Compiled
) -> None:
    filing = named(tmp_path, school, "a")
    with pytest.raises(Unusable, match="同一个名称"):
        jobs.jobs(filing, [*compiled, compiled[0]])
