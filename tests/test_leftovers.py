"""Documents of an earlier build that the workbook asks for no more: removed with their names, or
told where somebody edited them; those of others stay."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from filling import empty, fill
from reportgen.tasks import documents, opening
from reportgen.tasks.documents import Outcome
from reportgen.tasks.filing import load
from test_courses import COURSES, FORM, RECORDS

CUT = "单课/01剪纸.docx"
REPORT = "临江中学课程总评.docx"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(opening.open_edition(str(COURSES)), tmp_path)


class School:
    """A school whose courses change between builds into one folder."""

    def __init__(self, plan: opening.OpenEdition, folder: Path) -> None:
        self.plan, self.folder, self.out = plan, folder, folder / "out"

    def build(
        self,
        courses: list[dict[str, Any]] | None = None,
        form: dict[str, Any] = FORM,
        name: str = "课.xlsx",
        **options: Any,
    ) -> Outcome:
        kept = courses or RECORDS["课程"]
        keys = {course["课号"] for course in kept}
        records = {
            table: [row for row in rows if row["课号"] in keys] for table, rows in RECORDS.items()
        }
        path = empty(self.plan, self.folder / name)
        fill(self.plan, path, form, records | {"课程": kept})
        return documents.build(load(path, str(COURSES)), self.out, **options)

    def names(self) -> set[str]:
        """The documents in the folder, and the folders."""
        found = (p for p in self.out.rglob("*") if p.suffix != ".json")
        return {path.relative_to(self.out).as_posix() for path in found}

    def recorded(self) -> tuple[set[str], set[str]]:
        record = json.loads((self.out / "build.json").read_text(encoding="utf-8"))
        traces = json.loads((self.out / "trace.json").read_text(encoding="utf-8"))
        return {o["file"] for o in record["outputs"]}, {t["document"] for t in traces}


def courses(*keys: str, **changes: Any) -> list[dict[str, Any]]:
    return [course | changes for course in RECORDS["课程"] if course["课号"] in keys]


LATER = {
    "withheld": [*courses("A", 停课="√"), *courses("B", "C")],
    "removed": courses("B", "C"),
}


@pytest.mark.parametrize("why", LATER)
def test_a_document_that_is_wanted_no_more_goes_with_its_names(school: School, why: str) -> None:
    school.build()
    assert CUT in school.names()
    outcome = school.build(LATER[why])
    gone = {CUT, "单课/02天文.docx"}  # the other course is the first now
    assert {p.relative_to(school.out).as_posix() for p in outcome.unwanted.removed} == gone
    documents_now = {REPORT, "单课/01天文.docx"}
    assert school.names() == {*documents_now, "单课"}
    assert school.recorded() == (documents_now, documents_now)
    assert "剪纸" not in (school.out / "trace.json").read_text(encoding="utf-8")


def test_a_document_that_somebody_edited_is_told_until_it_is_gone(school: School) -> None:
    school.build()
    edited = school.out / CUT
    edited.write_bytes(edited.read_bytes() + b"edited")
    for _ in range(2):
        outcome = school.build(LATER["removed"])
        assert outcome.unwanted.left == [edited]
        assert edited.exists()
        assert CUT not in school.recorded()[1]
    edited.unlink()
    assert school.build(LATER["removed"]).unwanted.left == []
    assert CUT not in school.recorded()[0]


def test_a_folder_that_nothing_is_left_in_goes_too(school: School) -> None:
    school.build(courses("A"))
    school.build(courses("A", 停课="√") + courses("B"))
    assert school.names() == {REPORT}


@pytest.mark.parametrize(
    "other",
    [FORM | {"校情.校名": "临河中学"}, FORM | {"校情.学年": 2025}],
    ids=["another school", "another year"],
)
def test_documents_of_others_stay(school: School, other: dict[str, Any]) -> None:
    school.build()
    outcome = school.build(LATER["removed"], form=other)
    assert outcome.unwanted.removed == []
    assert CUT in school.names()
    assert CUT in school.recorded()[0]


def test_what_was_not_asked_for_this_time_stays(school: School) -> None:
    school.build()
    for options in ({"only": "report"}, {"only": "projects"}, {"project": "C"}):
        assert school.build(**options).unwanted.removed == []
    assert {CUT, REPORT, "单课/02天文.docx"} <= school.names()


def test_a_name_in_other_letters_may_be_the_same_file(school: School) -> None:
    school.build(courses("A", 课名="Maths"))
    assert school.build(courses("A", 课名="MATHS")).unwanted.removed == []


def test_nothing_goes_while_the_name_of_a_document_cannot_be_told(school: School) -> None:
    school.build()
    nameless = [*courses("A", 课名=None), *courses("B", "C")]
    assert school.build(nameless).unwanted.removed == []
    assert CUT in school.names()


@pytest.mark.parametrize("name", ["../mine.docx", "{folder}/mine.docx", "link/mine.docx"])
def test_a_record_from_elsewhere_removes_nothing_outside_its_folder(
    school: School, name: str
) -> None:
    school.build()
    mine = school.folder / "mine.docx"
    mine.write_bytes(b"mine")
    (school.out / "link").symlink_to(school.folder)
    record = json.loads((school.out / "build.json").read_text(encoding="utf-8"))
    stranger = record["outputs"][0] | {
        "file": name.format(folder=school.folder),
        "sha256": hashlib.sha256(b"mine").hexdigest(),
    }
    record["outputs"].append(stranger)
    (school.out / "build.json").write_text(json.dumps(record), encoding="utf-8")
    school.build()
    assert mine.read_bytes() == b"mine"
