"""The page of findings tells every id that reading and rehearsing may give, and every check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
    "checks/**/*.py",
    "tasks/rehearsal.py",
    "tasks/jobs.py",
    "tasks/checking.py",
)
MAKERS = {"Finding", "_error", "misread", "SheetFault"}


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


def ids() -> Iterator[str]:
    """The ids that stand in calls which make a finding."""
    root = Path(reportgen.__file__).parent
    for path in (found for pattern in SOURCES for found in root.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in MAKERS:
                texts = (a.value for a in node.args if isinstance(a, ast.Constant))
                yield from (text for text in texts if isinstance(text, str) and text)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_every_id_is_told_and_no_other() -> None:
    assert set(ids()) == set(messages.FINDINGS)
