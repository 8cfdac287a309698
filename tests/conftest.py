"""What the tests share: the real edition and workbook, opened once; and the mark of tests that
need LibreOffice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from reportgen.tasks import filing as pipeline
from reportgen.tasks import opening

ROOT = Path(__file__).resolve().parent.parent
OFFICE = all(shutil.which(program) for program in ("soffice", "pdftotext"))
LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    office = [i for i in items if "office" in i.keywords]
    if OFFICE or not office:
        return
    items[:] = [i for i in items if "office" not in i.keywords]
    config.hook.pytest_deselected(items=office)
    config.stash[LEFT_OUT] = len(office)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = len(office)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist tells how many tests it left out; all of them see the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{left_out} tests need LibreOffice and poppler and were left out; to run them: "
            "apt-get install libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk"
        )


@pytest.fixture(scope="session")
def plan() -> opening.OpenEdition:
    return opening.open_edition("hubei-2022")


@pytest.fixture(scope="session")
def workbook() -> Path:
    return ROOT / "workbooks" / "zengdu-hrss-2022.xlsx"


@pytest.fixture(scope="session")
def one_desk(
    plan: opening.OpenEdition, workbook: Path, tmp_path_factory: pytest.TempPathFactory
) -> Desk:
    return Desk(plan, workbook, tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(one_desk: Desk) -> Iterator[Desk]:
    """The real workbook, open, to be changed at will."""
    yield one_desk
    one_desk.undo()


@pytest.fixture(scope="session")
def filing(workbook: Path) -> pipeline.Filing:
    return pipeline.load(workbook)


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))
