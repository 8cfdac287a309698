"""The page of findings tells every id that reading and rehearsing may give, and every check."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest

import reportgen
from conftest import ROOT
from reportgen import messages
from reportgen.checks.reference import page
from reportgen.edition.loading import read
from reportgen.edition.models import Edition

PAGE = ROOT / "docs" / "检查会说什么.md"
SOURCES = (
    "workbook/reading/*.py",
    "checks/*.py",
    "tasks/rehearsal.py",
    "tasks/jobs.py",
    "tasks/checking.py",
)
MAKERS = {"Finding", "_error", "misread", "SheetFault"}
# of an edition; `Tag.fault` of templates takes no id, the record of its faults gives "template"
EDITION_SOURCES = (
    "edition/**/*.py",
    "facts/*.py",
    "checks/rules.py",
    "wording/*.py",
    "workbook/live/*.py",
    "tasks/gate.py",
    "word/source/tags.py",
)
EDITION_MAKERS = {"fault", "_fault", "Mismatch", "Finding"}


@pytest.fixture(scope="module")
def edition() -> Edition:
    found = read(ROOT / "templates" / "hubei-2022").edition
    assert found is not None
    return found


def test_the_page_at_hand_is_current(edition: Edition, renew: bool) -> None:
    if renew:
        PAGE.write_text(page(edition), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(edition)


def test_every_check_has_a_line(edition: Edition) -> None:
    lines = page(edition).splitlines()
    for check in edition.checks:
        assert sum(line.startswith(f"| {check.id} |") for line in lines) == 1


def ids(sources: Iterable[str], makers: Collection[str]) -> set[str]:
    """The ids that stand in calls which make a finding."""
    root = Path(reportgen.__file__).parent
    paths = (found for pattern in sources for found in root.glob(pattern))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    first = (call.args[0] for call in calls if call.args and _called(call) in makers)
    texts = {a.value for a in first if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return texts - {""}


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_every_id_is_told_and_no_other() -> None:
    assert ids(SOURCES, MAKERS) == set(messages.FINDINGS)


def test_every_id_of_an_edition_is_told_and_no_other() -> None:
    assert ids(EDITION_SOURCES, EDITION_MAKERS) == set(messages.EDITION_FAULTS)
