"""The text files of an edition: TOML as data, a code list as its lines."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomli

from reportgen import messages
from reportgen.edition.models import CodeList
from reportgen.files import reason
from reportgen.findings import Finding, fault
from reportgen.language.syntax import is_name

LARGEST = 2**20  # bytes of a file


def toml(path: Path, file: str, faults: list[Finding]) -> dict[str, Any] | None:
    """The data of a TOML file, None if it cannot be read. `file` is its path for messages."""
    text = _text(path, file, faults)
    if text is None:
        return None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        where = messages.FILE_END
        if error.pos < len(text):
            where = messages.LINE_COLUMN.format(line=error.lineno, column=error.colno)
        faults.append(fault("toml-syntax", file, "", messages.TOML_SYNTAX.format(error=where)))
    except RecursionError:
        faults.append(fault("toml-syntax", file, "", messages.TOML_TOO_DEEP))
    except ValueError:  # more digits than Python reads
        faults.append(fault("toml-syntax", file, "", messages.TOML_NUMBER_TOO_LONG))
    return None


def code_list(path: Path, file: str, faults: list[Finding]) -> CodeList:
    """A code list: CSV whose first column is the code, each heading a name. Empty if it cannot be
    read."""
    text = _text(path, file, faults)
    try:
        lines = list(csv.reader((text or "").splitlines()))
    except csv.Error:
        faults.append(fault("not-csv", file, "", messages.CODES_NOT_CSV))
        return {}
    heading = lines[0] if lines else []
    codes = [line for line in lines[1:] if line]
    faults += _faults_of_list(file, heading, [line[0] for line in codes])
    empty = dict.fromkeys(heading, "")
    return {line[0]: empty | dict(zip(heading, line, strict=False)) for line in codes}


def _faults_of_list(file: str, heading: list[str], codes: list[str]) -> Iterator[Finding]:
    for name in heading:
        if not is_name(name):
            message = messages.NOT_AN_IDENTIFIER.format(name=name)
            yield fault("not-an-identifier", file, "", message)
    for name in twice(heading):
        yield fault("name-twice", file, "", messages.NAME_TWICE.format(name=name))
    for code in twice(codes):
        yield fault("code-twice", file, "", messages.CODE_TWICE.format(code=code))


def twice(names: list[str]) -> list[str]:
    """The names that stand more than once among `names`, sorted."""
    return sorted(name for name, count in Counter(names).items() if count > 1)


def _text(path: Path, file: str, faults: list[Finding]) -> str | None:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            message = messages.FILE_TOO_LARGE.format(size=size // 1024, limit=LARGEST // 1024)
            faults.append(fault("file-too-large", file, "", message))
            return None
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(fault("file-missing", file, "", messages.FILE_MISSING))
    except UnicodeDecodeError:
        faults.append(fault("not-utf8", file, "", messages.NOT_UTF8))
    except OSError as error:
        faults.append(fault("file-unreadable", file, "", reason(error)))
    return None
