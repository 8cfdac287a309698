"""LibreOffice at the service of tests: one runs for each worker, converts documents, and
recalculates workbooks while their cells are filled."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from openpyxl.cell import Cell
from openpyxl.utils.datetime import to_excel

import machine
from once import made

SERVER = Path(__file__).with_name("office_server.py")
SECONDS = 300  # for one request


class _Office:
    """A running LibreOffice; it ends when its input is closed, at the latest with this process."""

    def __init__(self) -> None:
        program = machine.office_python()
        assert program, f"LibreOffice is needed: install {machine.packages()}"
        self.server = subprocess.Popen(
            [program, str(SERVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )

    def ask(self, request: str, *arguments: Any) -> Any:
        assert self.server.stdin
        assert self.server.stdout
        watch = Timer(SECONDS, os.killpg, (self.server.pid, signal.SIGKILL))
        watch.start()
        print(json.dumps([request, *arguments]), file=self.server.stdin, flush=True)
        line = self.server.stdout.readline()
        watch.cancel()
        assert line, f"LibreOffice gave up at {request} {arguments}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["result"]


_office = cache(_Office)


# -- documents


def convert(files: Sequence[Path], to: str, out: Path) -> list[Path]:
    """Converts files, each into a file of the same stem in `out`."""
    out.mkdir(parents=True, exist_ok=True)
    converted = [out / f"{f.stem}.{to}" for f in files]
    for file, target in zip(files, converted, strict=True):
        _office().ask("convert", file.as_uri(), target.as_uri())
    return converted


def as_pdf(document: bytes) -> Path:
    """The pages of a document, converted once in a run; the document lies beside them."""

    def write(folder: Path) -> None:
        folder.mkdir()
        (folder / "document.docx").write_bytes(document)
        convert([folder / "document.docx"], "pdf", folder)

    return made(hashlib.sha256(document).hexdigest(), write) / "document.pdf"


def append_paragraph(file: Path, text: str) -> None:
    """What a person does who opens a document, types a paragraph at its end and saves it."""
    _office().ask("append", file.as_uri(), text)


# -- workbooks


class Shown:
    """What the cells of a recalculated workbook show."""

    def __init__(self, sheets: Mapping[str, list[list[Any]]]) -> None:
        self._sheets = sheets

    def value(self, sheet: str, row: int, column: int) -> Any:
        """A number (whole ones as int), a text, or None where nothing is."""
        rows = self._sheets[sheet]
        if row > len(rows) or column > len(rows[0]):
            return None
        found = rows[row - 1][column - 1]
        whole = isinstance(found, float) and found.is_integer()
        return int(found) if whole else None if found == "" else found


class OpenWorkbook:
    """A workbook that is open in LibreOffice beside the same one in memory."""

    def put(self, values: Mapping[Cell, Any]) -> None:
        """Fills cells of the workbook in memory, and the same ones in LibreOffice as a person
        would, which recalculates."""
        for cell, value in values.items():
            cell.value = value
        filled = [(c.parent.title, c.coordinate, _plain(v)) for c, v in values.items()]
        _office().ask("put", filled)

    @contextmanager
    def changed(self, values: Mapping[Cell, Any]) -> Iterator[None]:
        """Cells filled otherwise for a while."""
        before = {cell: cell.value for cell in values}
        self.put(values)
        yield
        self.put(before)

    def shown(self) -> Shown:
        return Shown(_office().ask("values"))


def _plain(value: Any) -> Any:
    return to_excel(value) if isinstance(value, datetime.date) else value


@contextmanager
def opened(path: Path) -> Iterator[OpenWorkbook]:
    """A copy of a workbook opened in LibreOffice, all of it calculated: another office may have the
    file itself open, and would keep it."""
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        _office().ask("open", copy.as_uri())
        try:
            yield OpenWorkbook()
        finally:
            _office().ask("close")


def recalculated(path: Path) -> Shown:
    """What a workbook shows when it is opened."""
    with opened(path) as workbook:
        return workbook.shown()
