"""What the tests share: the real edition and workbook, opened once; and the mark of tests that need LibreOffice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen import pipeline

ROOT = Path(__file__).resolve().parent.parent
OFFICE = shutil.which("soffice")
_without_office: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if OFFICE and shutil.which("pdftotext"):
        return
    _without_office.extend(i.nodeid for i in items if "office" in i.keywords)
    config.hook.pytest_deselected(items=[i for i in items if "office" in i.keywords])
    items[:] = [i for i in items if "office" not in i.keywords]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _without_office:
        terminalreporter.write_line(
            f"{len(_without_office)} tests need LibreOffice Calc and Writer and poppler and were left out; get them with: "
            "apt-get install libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk"
        )


@pytest.fixture(scope="session")
def plan() -> pipeline.Plan:
    return pipeline.open_edition("hubei-2022")


@pytest.fixture(scope="session")
def workbook() -> Path:
    return ROOT / "workbooks" / "zengdu-hrss-2022.xlsx"


@pytest.fixture(scope="session")
def filing(workbook: Path) -> pipeline.Filing:
    return pipeline.load(workbook)


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))
