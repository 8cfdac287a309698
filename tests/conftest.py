"""What the tests share: the real edition and workbook, opened once; and the mark of tests that
need LibreOffice."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import machine
from desk import Desk
from once import RUN_FOLDER
from reportgen.tasks import compiling, jobs, opening
from reportgen.tasks.filing import Filing, load

ROOT = Path(__file__).resolve().parent.parent
# nearly all that the tests make lives on, as in a command: what does not is seldom looked for
gc.set_threshold(50_000)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a command need not be compiled for each test
LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files anew")
    parser.addoption("--deep", action="store_true", help="run the tests marked deep as well")


def pytest_configure(config: pytest.Config) -> None:
    """The folder of this run, which workers and commands share: what is proved of an edition is
    remembered there, for these tests alone, and what is made once for all of them."""
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.mkdtemp()
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ.update({RUN_FOLDER: folder, "XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder})


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what nobody asked for or what cannot run here; puts the tests that wait for
    LibreOffice first, so that no worker is left alone with them at the end."""
    if not config.getoption("--deep"):
        _leave_out(config, items, "deep", "are deep; to run them: pytest --deep")
    if any(_marked(i, "office") for i in items) and machine.missing() and not os.environ.get("CI"):
        packages = " ".join(machine.packages())
        _leave_out(config, items, "office", f"need LibreOffice; to run them: install {packages}")
    items.sort(key=lambda i: not _marked(i, "office"))


def _marked(item: pytest.Item, mark: str) -> bool:
    return item.get_closest_marker(mark) is not None


def _leave_out(config: pytest.Config, items: list[pytest.Item], mark: str, why: str) -> None:
    out = [i for i in items if _marked(i, mark)]
    if not out:
        return
    items[:] = [i for i in items if not _marked(i, mark)]
    config.hook.pytest_deselected(items=out)
    told = config.stash.setdefault(LEFT_OUT, [])
    told.append(f"{len(out)} tests were left out: they {why}")
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = told


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist tells which tests it left out; all of them leave out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def plan() -> opening.OpenEdition:
    return opening.open_edition("hubei-2022")


@pytest.fixture(scope="session")
def compiled(plan: opening.OpenEdition) -> jobs.Compiled:
    """The templates of the real edition."""
    return compiling.templates(plan)


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
def filing(workbook: Path) -> Filing:
    return load(workbook)


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))
