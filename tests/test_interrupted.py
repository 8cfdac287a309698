"""A build that is broken off at any moment: every document is old or new, whole, and the next build
gives the folder that an undisturbed one gives."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filling import empty, fill
from reportgen import files
from reportgen.findings import Unusable
from reportgen.ledger import output_folder
from reportgen.tasks import documents, opening
from reportgen.tasks.filing import Filing, load
from test_tiny import FORM, RECORDS, TINY

MOMENTS = 5  # intent, two documents, trace, record


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A workbook, and the same with other numbers in both documents."""
    plan, folder = opening.open_edition(str(TINY)), tmp_path_factory.mktemp("books")
    other = FORM | {"流通.成人借阅": 70000, "馆情.到馆量": 130500}
    made = []
    for name, form in (("旧", FORM), ("新", other)):
        folder.joinpath(name).mkdir()
        path = folder / name / "馆.xlsx"
        made.append(fill(plan, empty(plan, path), form, RECORDS))
    return made


@pytest.fixture(scope="module")
def filings(books: list[Path]) -> list[Filing]:
    return [load(path, str(TINY)) for path in books]


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def undisturbed(
    filings: list[Filing], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed")
    for filing in filings:
        documents.build(filing, folder)
    return contents(folder)


class Killed(BaseException):
    """What a process does not survive; nothing is cleaned up after it."""


def kill(patch: pytest.MonkeyPatch, moment: int, after: bool) -> None:
    """Ends all writing at the moment-th file that takes its place, just before or after it does."""
    replaced = 0
    replace, unlink = os.replace, Path.unlink

    def dying(source: Any, target: Any) -> None:
        nonlocal replaced
        replaced += 1
        if replaced == moment and after:
            replace(source, target)
        if replaced >= moment:
            raise Killed
        replace(source, target)

    def dead(path: Path, missing_ok: bool = False) -> None:
        if replaced < moment:
            unlink(path, missing_ok)

    patch.setattr(os, "replace", dying)
    patch.setattr(Path, "unlink", dead)


def broken_off(filing: Filing, out: Path, moment: int, after: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        kill(patch, moment, after)
        with pytest.raises(Killed):
            documents.build(filing, out)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
@pytest.mark.parametrize("first", [True, False])
def test_the_build_after_a_killed_one_works(
    filings: list[Filing],
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    moment: int,
    after: bool,
    first: bool,
) -> None:
    old, new = filings
    before: dict[str, bytes] = {}
    if not first:
        documents.build(old, tmp_path)
        before = contents(tmp_path)
    broken_off(new, tmp_path, moment, after)
    for name, data in contents(tmp_path).items():
        if name.endswith(".docx"):
            assert data in (before.get(name), undisturbed[name])
    documents.build(new, tmp_path)
    assert contents(tmp_path) == undisturbed


def test_many_kills_in_a_row_leave_nothing_behind(
    filings: list[Filing], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(12)
    for _ in range(30):
        moment, after = chance.randint(1, MOMENTS), chance.random() < 0.5
        broken_off(chance.choice(filings), tmp_path, moment, after)
    documents.build(filings[1], tmp_path)
    assert contents(tmp_path) == undisturbed


@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_is_told_and_then_the_build_works(
    filings: list[Filing],
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    moment: int,
    number: int,
) -> None:
    written, write = 0, Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        nonlocal written
        written += 1
        if written >= moment:
            write(path, data[: len(data) // 2])
            raise OSError(number, os.strerror(number))
        return write(path, data)

    documents.build(filings[0], tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(Unusable) as refused:
            documents.build(filings[1], tmp_path)
    assert os.strerror(number) not in str(refused.value)
    assert "写不了文件" in str(refused.value)
    documents.build(filings[1], tmp_path)
    assert contents(tmp_path) == undisturbed


def test_an_edit_after_a_killed_build_is_still_an_edit(
    filings: list[Filing], tmp_path: Path
) -> None:
    documents.build(filings[0], tmp_path)
    broken_off(filings[1], tmp_path, 2, True)
    report = next(tmp_path.glob("*年报.docx"))
    report.write_bytes(report.read_bytes() + b"edited")
    with pytest.raises(Unusable, match="在生成以后被人改过"):
        documents.build(filings[1], tmp_path)


# -- what cannot be written
# -----------------------------------------------------------------------


def blocked(folder: Path, name: str) -> Callable[[], None]:
    """Puts something in the way, and gives what takes it away again."""
    path = folder / name
    if "." in name:
        path.mkdir(parents=True)
        return path.rmdir
    path.write_bytes(b"")
    return path.unlink


@pytest.mark.parametrize("name", ["build.json", "trace.json", "简报"])
def test_a_name_that_cannot_be_written_is_told_and_later_written(
    filings: list[Filing], undisturbed: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    clear = blocked(tmp_path, name)
    with pytest.raises(Unusable, match=r"写不了文件.*文件夹"):
        documents.build(filings[1], tmp_path)
    clear()
    documents.build(filings[1], tmp_path)
    assert contents(tmp_path) == undisturbed


def test_a_workbook_whose_name_is_no_text(books: list[Path], tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.xlsx"))
    path.write_bytes(books[0].read_bytes())
    documents.build(load(path, str(TINY)), tmp_path / "out")
    record = json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))
    assert record["workbook"]["file"] == "bad�.xlsx"


@pytest.mark.parametrize(
    ("name", "limit", "kept"),
    [
        ("某局", 255, "某局"),
        ("某局", 5, "某"),
        ("😀😀", 7, "😀"),
        ("a局b", 3, "a"),
        ("\udcffa", 9, "a"),
    ],
)
def test_a_name_is_cut_between_characters(name: str, limit: int, kept: str) -> None:
    assert files.cut(name, limit) == kept


@pytest.mark.parametrize("sign", ["😀", "字", "é"])
def test_a_name_of_any_length_is_written(tmp_path: Path, sign: str) -> None:
    plan = opening.open_edition(str(TINY))
    path = fill(plan, empty(plan, tmp_path / "馆.xlsx"), FORM | {"馆情.馆名": sign * 90}, RECORDS)
    outcome = documents.build(load(path, str(TINY)), tmp_path / "out")
    assert all(document.is_file() for document in outcome.written)


# -- two at once, rights, leftovers
# --------------------------------------------------------------


def test_a_build_waits_for_another(
    filings: list[Filing], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    documents.build(filings[0], tmp_path)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with output_folder.output_folder(tmp_path):
            held.set()
            time.sleep(0.2)
            done.set()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    documents.build(filings[1], tmp_path)
    assert done.is_set()
    other.join()
    assert contents(tmp_path) == undisturbed


def test_a_build_that_waited_in_vain_says_so(
    filings: list[Filing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_folder, "PATIENCE", 0.1)
    with (
        output_folder.output_folder(tmp_path),
        pytest.raises(Unusable, match="另一个 reportgen 正在往"),
    ):
        documents.build(filings[0], tmp_path)
    documents.build(filings[0], tmp_path)


@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)])
def test_files_get_the_rights_of_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        files.write(tmp_path / "文.docx", b"data")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "文.docx").stat().st_mode) == mode


def test_lock_files_of_other_programs_stay(filings: list[Filing], tmp_path: Path) -> None:
    for name in (".~lock.文.docx#", "~$文.docx", ".~文.docx"):
        (tmp_path / name).write_bytes(b"theirs")
    (tmp_path / f"{files.TEMPORARY}0123").write_bytes(b"ours")
    documents.build(filings[0], tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert {".~lock.文.docx#", "~$文.docx", ".~文.docx"} <= names
    assert not [name for name in names if name.startswith(files.TEMPORARY)]


# -- real kills
# -----------------------------------------------------------------------------------

DYING = """
import os, signal, sys
from pathlib import Path
moment, after = int(sys.argv[1]), sys.argv[2] == "after"
replaced, replace = 0, os.replace
def dying(source, target):
    global replaced
    replaced += 1
    if replaced == moment and not after: os.kill(os.getpid(), signal.SIGKILL)
    replace(source, target)
    if replaced == moment: os.kill(os.getpid(), signal.SIGKILL)
from reportgen.tasks import documents, filing
loaded = filing.load(Path(sys.argv[3]), sys.argv[5])
os.replace = dying
documents.build(loaded, Path(sys.argv[4]))
"""


def struck(moment: int, when: str, book: Path, out: Path, edition: str) -> None:
    """A process that builds and is killed at a moment."""
    command = [sys.executable, "-c", DYING, str(moment), when, str(book), str(out), edition]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(("moment", "when"), [(2, "after"), (3, "before"), (5, "before")])
def test_a_process_that_was_killed_is_in_nobodys_way(
    books: list[Path],
    filings: list[Filing],
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    moment: int,
    when: str,
) -> None:
    documents.build(filings[0], tmp_path)
    struck(moment, when, books[1], tmp_path, str(TINY))
    documents.build(filings[1], tmp_path)
    assert contents(tmp_path) == undisturbed


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100))
def test_kills_at_any_moment_of_a_whole_build(
    filing: Filing, workbook: Path, tmp_path: Path, seed: int
) -> None:
    """Half of them at a file that takes its place, half at any time."""
    chance = random.Random(seed)
    fresh = tmp_path / "fresh"
    documents.build(filing, fresh)
    out = tmp_path / "out"
    if chance.random() < 0.5:
        documents.build(filing, out)
    if chance.random() < 0.5:
        struck(chance.randint(1, 22), chance.choice(["before", "after"]), workbook, out, "")
    else:
        command = [sys.executable, "-m", "reportgen", "build", str(workbook), "-o", str(out)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(chance.uniform(0, 4))
        process.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        process.communicate()
    documents.build(filing, out)
    assert contents(out) == contents(fresh)
