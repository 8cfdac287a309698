"""Everything that we write passes the schemas of Open XML, and the files that we ship do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import test_courses
import test_tiny
from audit import faults
from departments import qinghe
from filling import empty, fill
from reportgen.tasks import authors, compiling, documents, opening
from reportgen.tasks.filing import Filing, load

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
EDITIONS = [ROOT / "templates" / "hubei-2022", *sorted((TESTS / "editions").iterdir())]
SHIPPED = [*sorted(ROOT.glob("workbooks/*.xlsx")), *sorted(ROOT.glob("templates/**/*.docx"))]


def department(folder: Path) -> Filing:
    edition = opening.open_edition("hubei-2022")
    return load(qinghe.filled(edition, folder / "部门.xlsx"))


def library(folder: Path) -> Filing:
    edition = opening.open_edition(str(test_tiny.TINY))
    path = empty(edition, folder / "馆.xlsx")
    fill(edition, path, test_tiny.FORM, test_tiny.RECORDS)
    return load(path, str(test_tiny.TINY))


def school(folder: Path) -> Filing:
    edition = opening.open_edition(str(test_courses.COURSES))
    path = empty(edition, folder / "校.xlsx")
    fill(edition, path, test_courses.FORM, test_courses.RECORDS)
    return load(path, str(test_courses.COURSES))


def written(filing: Filing, folder: Path) -> list[Path]:
    paths = []
    for built in documents.render_all(filing, compiling.templates(filing.opened)):
        paths.append(folder / f"{len(paths)}.docx")
        paths[-1].write_bytes(built.data)
    return paths


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_file_that_we_ship(path: Path) -> None:
    assert faults(path) == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda path: path.name)
def test_a_blank_workbook(edition: Path, tmp_path: Path) -> None:
    assert faults(empty(opening.open_edition(str(edition)), tmp_path / "空.xlsx")) == []


def test_the_real_documents(filing: Filing, tmp_path: Path) -> None:
    paths = written(filing, tmp_path)
    assert len(paths) > 1
    assert [fault for path in paths for fault in faults(path)] == []


@pytest.mark.parametrize("made", [department, library, school])
def test_documents_of_others(made: Callable[[Path], Filing], tmp_path: Path) -> None:
    paths = written(made(tmp_path), tmp_path)
    assert paths
    assert [fault for path in paths for fault in faults(path)] == []


def test_a_handbook(workbook: Path, tmp_path: Path) -> None:
    authors.handbook(None, workbook, tmp_path / "手册.docx")
    assert faults(tmp_path / "手册.docx") == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    """A font whose size stands before what the schema wants first, as openpyxl writes it."""
    from openpyxl import Workbook

    Workbook().save(tmp_path / "x.xlsx")
    assert faults(tmp_path / "x.xlsx") != []
