"""An edition read from its folder: every fault of its TOML files, code lists and names told at once, by file and key."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from reportgen import expressions, messages, words
from reportgen.edition import (
    CHOICES,
    Block,
    Check,
    CodeList,
    Column,
    Conventions,
    Derived,
    Document,
    Edition,
    Field,
    Model,
    Roles,
    Row,
    Sheet,
    UnitSpec,
)
from reportgen.findings import EditionFault


class _Checks(Model):
    check: list[Check] = msgspec.field(default_factory=list)


M = TypeVar("M", bound=Model)


def load(folder: Path) -> Edition:
    """The edition in `folder`. Raises EditionFault with every fault found in its TOML files and names."""
    faults: list[str] = []
    edition = _read(folder / "edition.toml", Edition, faults)
    checks = _read(folder / "checks.toml", _Checks, faults)
    sheets = []
    for path in sorted((folder / "workbook").glob("*.toml")):
        sheet = _read(path, Sheet, faults)
        if sheet:
            sheet.name, sheet.file = re.sub(r"^\d+-", "", path.stem), f"workbook/{path.name}"
            faults += [f"{sheet.file}：{fault}" for fault in _faults_of(sheet)]
            sheets.append(sheet)
    if faults or not edition or not checks:
        raise EditionFault([f"{folder.name}/{fault}" for fault in faults])
    edition.name, edition.folder, edition.sheets, edition.checks = folder.name, folder, sheets, checks.check
    edition.codes = {path.stem: _codes(path, faults) for path in sorted((folder / "codes").glob("*.csv"))}
    faults += _faults_across(edition)
    if faults:
        raise EditionFault([f"{folder.name}/{fault}" for fault in faults])
    return edition


def _read(path: Path, model: type[M], faults: list[str]) -> M | None:
    where = f"{path.parent.name}/{path.name}" if path.parent.name == "workbook" else path.name
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), model, strict=False)
    except FileNotFoundError:
        faults.append(f"{where}：{messages.FILE_MISSING}")
    except UnicodeDecodeError:
        faults.append(f"{where}：{messages.NOT_UTF8}")
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{where}：{messages.TOML_SYNTAX.format(error=_position(error))}")
    except msgspec.ValidationError as error:
        faults.append(f"{where}：{_translated(str(error), model)}")
    return None


def _codes(path: Path, faults: list[str]) -> CodeList:
    """A code list: CSV whose first column is the code, each heading a name."""
    where = f"{path.parent.name}/{path.name}"
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        faults.append(f"{where}：{messages.NOT_UTF8}")
        return {}
    heading = lines[0] if lines else []
    faults += [f"{where}：{messages.NOT_AN_IDENTIFIER.format(name=name)}" for name in heading if not name.isidentifier()]
    faults += [f"{where}：{messages.NAME_TWICE.format(name=n)}" for n in sorted({n for n in heading if heading.count(n) > 1})]
    codes = [line[0] for line in lines[1:] if line]
    faults += [f"{where}：{messages.CODE_TWICE.format(code=c)}" for c in sorted({c for c in codes if codes.count(c) > 1})]
    return {line[0]: dict.fromkeys(heading, "") | dict(zip(heading, line, strict=False)) for line in lines[1:] if line}


def _position(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return messages.LINE_COLUMN.format(line=found[1], column=found[2]) if found else messages.FILE_END


def _translated(error: str, model: type[Model]) -> str:
    """msgspec's message in the user's words: the key first, then what is wrong."""
    text, _, key = error.partition(" - at ")
    key = key.strip("`").removeprefix("$.").removeprefix("$")
    if unknown := re.match(r"Object contains unknown field `(.*)`", text):
        known = [f.encode_name for kind in _models(model) for f in msgspec.structs.fields(kind)]
        name = unknown[1]
        return messages.KEY_UNKNOWN.format(key=f"{key}.{name}".strip("."), hint=expressions.nearest(name, known))
    if missing := re.match(r"Object missing required field `(.*)`", text):
        return messages.KEY_MISSING.format(key=f"{key}.{missing[1]}".strip("."))
    if value := re.match(r"Invalid enum value (.*)", text):
        return messages.KEY_CHOICE.format(key=key, value=value[1], known="、".join(CHOICES.get(key.rpartition(".")[2], ())))
    return messages.KEY_TYPE.format(key=key, detail=text)


def _models(model: type[Model]) -> list[type[Model]]:
    parts: dict[type[Model], list[type[Model]]] = {
        Sheet: [Block, Column, Row],
        Edition: [UnitSpec, Conventions, Roles, Derived, Document],
        _Checks: [Check],
    }
    return [model, *parts.get(model, [])]


def _faults_of(sheet: Sheet) -> list[str]:
    faults = []
    names: list[str] = []
    for block in sheet.blocks:
        if not block.columns:
            faults.append(messages.KEY_MISSING.format(key="columns"))
            continue
        names += [f.name for f in (block.lines if block.rows is not None else block.fields) if f.name]
        if block.tree and block.key.kind != "code":
            faults.append(messages.TREE_WITHOUT_CODE.format(name=block.key.label))
        if block.rows is not None and not block.across and not any(c.kind == "label" for c in block.fields):
            faults.append(messages.LABEL_COLUMN_MISSING)
        if block.rows is None and block.key.numeric:
            faults.append(messages.KEY_IS_A_NUMBER.format(name=block.key.label))
        for field in (*block.fields, *block.lines):
            faults += _faults_of_field(field)
        faults += _faults_of_tree(block)
    names += [block.name for block in sheet.block if block.name]
    faults += [messages.NAME_TWICE.format(name=n) for n in sorted({n for n in names if names.count(n) > 1})]
    faults += [messages.NOT_AN_IDENTIFIER.format(name=n) for n in names if not n.isidentifier()]
    for block in sheet.blocks:
        columns = [c.name for c in block.values]
        for field in (*block.fields, *block.lines):
            if field.formula:
                faults += _faults_of_formula(field, columns if isinstance(field, Column) else names)
    return faults


def _faults_of_tree(block: Block) -> list[str]:
    """Levels that do not fit the codes, budgets that are no neighbours."""
    faults = []
    if block.levels and len(block.levels) != len(block.tree):
        faults.append(messages.LEVELS_DIFFER.format(levels="、".join(block.levels), tree=block.tree))
    faults += [
        messages.ROW_CODE.format(code=row.code, tree=block.tree)
        for row in block.lines
        if block.tree and row.code and len(row.code) not in block.tree
    ]
    codes = [row.code for row in block.lines if row.code]
    faults += [messages.CODE_TWICE.format(code=c) for c in sorted({c for c in codes if codes.count(c) > 1})]
    if block.across and any(c.prior or c.outside for c in block.fields):
        faults.append(messages.ACROSS_BESIDE)
    if block.across and any(r.gap for r in block.lines):
        faults.append(messages.ACROSS_GAP)
    own = [c.name for c in block.fields] + [words.LEVEL]
    faults += [messages.NAME_TWICE.format(name=n) for n in block.levels if n in own or block.levels.count(n) > 1]
    columns, rows = {c.name for c in block.values}, {r.name for r in block.lines}
    for field, known in (*((c, columns) for c in block.fields), *((r, rows) for r in block.lines)):
        if field.budget and field.budget not in known:
            hint = expressions.nearest(field.budget, known)
            fault = messages.UNKNOWN_NAME.format(kind=messages.KIND_NAME, name=field.budget, hint=hint)
            faults.append(f"{field.label}.budget：{fault}")
    return faults


def _faults_of_field(field: Field) -> list[str]:
    if field.kind == "choice" and not field.choices:
        return [messages.CHOICE_WITHOUT_CHOICES.format(name=field.label)]
    return []


def _faults_of_formula(field: Field, names: list[str]) -> list[str]:
    try:
        wanted = [name for _, name in expressions.terms(field.formula)]
    except expressions.Refused as refused:
        return [f"{field.label}.formula：{refused}"]
    return [
        f"{field.label}.formula："
        + messages.UNKNOWN_NAME.format(kind=messages.KIND_NAME, name=n, hint=expressions.nearest(n, names))
        for n in wanted
        if n not in names
    ]


def _faults_across(edition: Edition) -> list[str]:
    faults = []
    taken = {words.GUIDE, words.INDEX, words.AUDIT, words.LISTS}  # sheets that the program adds
    for name, where in [(s.name, s.file) for s in edition.sheets] + [
        (d.name, f"edition.toml：derived.{d.name}") for d in edition.derived
    ]:
        if name in taken:
            faults.append(f"{where}：{messages.NAME_TWICE.format(name=name)}")
        if not name.isidentifier():
            faults.append(f"{where}：{messages.NOT_AN_IDENTIFIER.format(name=name)}")
        taken.add(name)
    ids = [c.id for c in edition.checks]
    faults += [f"checks.toml：{messages.NAME_TWICE.format(name=n)}" for n in sorted({n for n in ids if ids.count(n) > 1})]
    forms = {f"{s.name}.{r.name}": r for s in edition.sheets if not s.open for b in s.blocks for r in b.lines if not r.gap}
    for key, name in (("body", edition.roles.body), ("year", edition.roles.year)):
        if name not in forms:
            fault = messages.UNKNOWN_NAME.format(kind=messages.KIND_NAME, name=name, hint=expressions.nearest(name, forms))
            faults.append(f"edition.toml：roles.{key}：{fault}")
    for sheet in edition.sheets:
        faults += [f"{sheet.file}：{fault}" for fault in _faults_of_units(edition, sheet, forms)]
        faults += [f"{sheet.file}：{fault}" for fault in _faults_of_lists(edition, sheet, forms)]
    return faults


def _faults_of_lists(edition: Edition, sheet: Sheet, forms: dict[str, Row]) -> list[str]:
    """Code lists that are not there, conditions on choices that nobody can make."""
    faults = []
    for block in (b for b in sheet.blocks if b.codes in edition.codes and b.rows is None):
        headings = list(next(iter(edition.codes[block.codes].values()), {}))
        if block.named and block.named.name not in headings:
            faults.append(f"codes：{messages.CODES_WITHOUT_NAME.format(list=block.codes, name=block.named.name)}")
        clash = {words.LEVEL, *block.levels}.intersection(headings)
        faults += [f"codes：{messages.NAME_TWICE.format(name=n)}" for n in sorted(clash)]
    for name in (b.codes for b in sheet.blocks if b.codes and b.codes not in edition.codes):
        hint = expressions.nearest(name, edition.codes)
        faults.append(f"codes：{messages.UNKNOWN_NAME.format(kind=messages.KIND_CODES, name=name, hint=hint)}")
    for name, choices in sheet.when.items():
        if name not in forms or not set(choices) <= set(forms[name].choices):
            faults.append(f"when：{messages.WHEN_NOT_A_CHOICE.format(name=name)}")
    return faults


def _faults_of_units(edition: Edition, sheet: Sheet, forms: dict[str, Row]) -> list[str]:
    faults = []
    fields = [(f.label, f) for b in sheet.blocks for f in (*b.fields, *b.lines)]
    own = {c.name: c for c in sheet.blocks[0].fields} if sheet.open else {}
    for key, unit in [("unit", sheet.unit), *((f"{label}.unit", f.unit) for label, f in fields)]:
        if unit.startswith("="):
            chooser = forms.get(unit[1:]) or own.get(unit[1:])
            if chooser is None or not chooser.choices or not set(chooser.choices) <= edition.units.keys():
                faults.append(f"{key}：{messages.UNIT_NOT_CHOSEN.format(name=unit[1:])}")
            elif not chooser.required:
                faults.append(f"{key}：{messages.UNIT_OPTIONAL.format(name=unit[1:])}")
        elif unit and unit not in edition.units:
            hint = expressions.nearest(unit, edition.units)
            faults.append(f"{key}：{messages.UNIT_UNKNOWN.format(unit=unit, hint=hint)}")
    block = sheet.blocks[0]
    if sheet.open and (block.total or block.tree):
        mixed = [c for c in block.values if c.unit.startswith("=") and "." not in c.unit and c.kind in ("money", "count")]
        faults += [messages.TOTAL_OF_OWN_UNITS.format(name=c.label) for c in mixed]
    faults += [messages.MONEY_WITHOUT_UNIT.format(name=n) for n, f in fields if f.kind == "money" and not (f.unit or sheet.unit)]
    return faults
