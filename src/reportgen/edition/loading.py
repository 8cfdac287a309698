"""An edition read from its folder: every fault of its TOML files, code lists and names told at
once, by file and key."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from reportgen import messages
from reportgen.edition.fields import Model
from reportgen.edition.models import Check, CodeList, Edition
from reportgen.edition.shapes import converted, mismatches
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.edition.soundness import across, of_sheet
from reportgen.findings import EditionFault


class _Checks(Model):
    check: list[Check] = msgspec.field(default_factory=list)


M = TypeVar("M", bound=Model)


def load(folder: Path) -> Edition:
    """The edition in `folder`. Raises EditionFault with every fault found in its TOML files and
    names."""
    faults: list[str] = []
    edition = _read(folder / "edition.toml", Edition, faults)
    checks = _read(folder / "checks.toml", _Checks, faults)
    sheets: list[Sheet] = []
    for path in sorted((folder / "workbook").glob("*.toml")):
        sheet = _sheet(path, faults)
        if sheet:
            sheet.name, sheet.file = re.sub(r"^\d+-", "", path.stem), f"workbook/{path.name}"
            faults += [f"{sheet.file}：{fault}" for fault in of_sheet(sheet)]
            sheets.append(sheet)
    if faults or not edition or not checks:
        raise EditionFault([f"{folder.name}/{fault}" for fault in faults])
    edition.name, edition.folder, edition.sheets, edition.checks = (
        folder.name,
        folder,
        sheets,
        checks.check,
    )
    edition.codes = {
        path.stem: _codes(path, faults) for path in sorted((folder / "codes").glob("*.csv"))
    }
    faults += across(edition)
    if faults:
        raise EditionFault([f"{folder.name}/{fault}" for fault in faults])
    return edition


def _sheet(path: Path, faults: list[str]) -> Form | Table | None:
    """A form where the file declares rows or blocks, else a table."""
    data = _toml(path, faults)
    if data is None:
        return None
    if data.keys() & {"rows", "block"}:
        return _converted(path, data, Form, faults)
    return _converted(path, data, Table, faults)


def _read(path: Path, model: type[M], faults: list[str]) -> M | None:
    data = _toml(path, faults)
    return None if data is None else _converted(path, data, model, faults)


def _where(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name == "workbook" else path.name


def _toml(path: Path, faults: list[str]) -> dict[str, Any] | None:
    where = _where(path)
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text)
    except FileNotFoundError:
        faults.append(f"{where}：{messages.FILE_MISSING}")
    except tomllib.TOMLDecodeError:  # a ValueError, as the next is
        faults.append(f"{where}：{messages.TOML_SYNTAX.format(error=_position(text))}")
    except UnicodeDecodeError:
        faults.append(f"{where}：{messages.NOT_UTF8}")
    return None


def _converted(path: Path, data: dict[str, Any], model: type[M], faults: list[str]) -> M | None:
    made = converted(data, model)
    if made is None:
        where = _where(path)
        faults += [f"{where}：{m.key}：{m.message}" for m in mismatches(data, model)]
    return made


def _codes(path: Path, faults: list[str]) -> CodeList:
    """A code list: CSV whose first column is the code, each heading a name."""
    where = f"{path.parent.name}/{path.name}"
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        faults.append(f"{where}：{messages.NOT_UTF8}")
        return {}
    heading = lines[0] if lines else []
    faults += [
        f"{where}：{messages.NOT_AN_IDENTIFIER.format(name=name)}"
        for name in heading
        if not name.isidentifier()
    ]
    faults += [
        f"{where}：{messages.NAME_TWICE.format(name=n)}"
        for n in sorted({n for n in heading if heading.count(n) > 1})
    ]
    codes = [line[0] for line in lines[1:] if line]
    faults += [
        f"{where}：{messages.CODE_TWICE.format(code=c)}"
        for c in sorted({c for c in codes if codes.count(c) > 1})
    ]
    return {
        line[0]: dict.fromkeys(heading, "") | dict(zip(heading, line, strict=False))
        for line in lines[1:]
        if line
    }


def _position(text: str) -> str:
    """Where the TOML of a text is wrong, in words."""
    import tomli  # says it as numbers; tomllib, which is loaded anyway, in English

    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        if error.pos < len(text):
            return messages.LINE_COLUMN.format(line=error.lineno, column=error.colno)
    return messages.FILE_END
