"""An edition (年度方案): the folder of TOML and .docx that holds all that a year or a province may change.

`load` gives typed models or tells every fault it can see, each by file and key. What the models mean is documented
field by field; ARCHITECTURE.md shows how the parts use them.
"""

from __future__ import annotations

import csv
import re
import tomllib
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar, get_args

import msgspec

from reportgen import expressions, messages, words
from reportgen.findings import EditionFault, Severity
from reportgen.numbers import Unit

Kind = Literal["money", "count", "number", "percent", "year", "text", "prose", "date", "choice", "code", "mark", "label", "line"]
NUMBERS = frozenset({"money", "count", "number", "percent", "year"})
Differences = Literal["printed", "exact"]
_CHOICES: dict[str, tuple[str, ...]] = {  # by key
    "kind": get_args(Kind),
    "severity": tuple(s.value for s in Severity),
    "differences": get_args(Differences),
}
_CAPTIONS = frozenset({"label", "line"})  # filled in by the form itself


CodeList = dict[str, dict[str, str]]


class Model(msgspec.Struct, forbid_unknown_fields=True, dict=True, kw_only=True):
    """Base of what is read from TOML: an unknown key is a fault."""


class Field(Model):
    """What every slot for a value has, be it a column of an open table or a row of a form."""

    label: str = ""  # as printed; headings and rows are found by it
    name: str = ""  # the identifier in expressions; derived from the label where it is not given
    kind: Kind | None = None
    unit: str = ""  # a unit of the edition, or one that the workbook chooses: "=表.项", "=列" in the same row
    required: bool = False
    help: str = ""
    choices: list[str] = []
    formula: str = ""  # a sum of other names, for a total
    budget: str = ""  # the column (of a row: the row) that this one is measured against

    @property
    def numeric(self) -> bool:
        """Whether values of this field are numbers."""
        return self.kind in NUMBERS


class Column(Field):
    """A column of a block. `prior` gives last year's column beside the table."""

    prior: bool = False
    outside: bool = False  # a helper column to the right of the official table
    group: str = ""  # the heading above this one and its neighbours of the same group
    width: float = 0


class Row(Field):
    """A row of a block with fixed rows. `total = true` sums the rows above it, from the last total on."""

    total: bool = False
    gap: bool = False  # an empty line of the official form
    code: str = ""  # of an official classification; found by it, and with `tree` the sum of the codes under it


class Block(Model):
    """Columns × rows. Without `rows` the rows are open: records, found by their key, the first column."""

    columns: list[str | Column] = []
    name: str = ""
    rows: list[str | Row] | None = None
    spare: int = 20  # blank records in a new workbook
    tree: list[int] = []  # lengths of the codes of each level; the last is the detail
    levels: list[str] = []  # the members under which a record gives the names of its levels: 类 款 项
    codes: str = ""  # the list in codes/ that the codes and their names must agree with
    total: str = ""  # label of the total row over the records
    across: bool = False  # one line: the rows side by side, a group of them for each column

    @cached_property
    def fields(self) -> list[Column]:
        """The columns as models."""
        return [_field(c, Column) for c in self.columns]

    @cached_property
    def lines(self) -> list[Row]:
        """The fixed rows as models."""
        return [_field(r, Row) for r in self.rows or []]

    @cached_property
    def values(self) -> list[Column]:
        """The columns that hold values."""
        return [c for c in self.fields if not self.captions(c)]

    def captions(self, column: Column) -> bool:
        """Whether the form itself fills a column (labels, line numbers, the codes of fixed rows)."""
        return column.kind in _CAPTIONS or (column.kind == "code" and self.rows is not None)

    @property
    def key(self) -> Column:
        """The column that names a record (open) or a row (fixed)."""
        return self.fields[0]

    @property
    def named(self) -> Column | None:
        """The column that says in words what the key means: the first text beside it."""
        return next((c for c in self.fields[1:] if c.kind == "text"), None)

    def slot(self, row: Row, column: Column) -> Field:
        """The field of the cell where `row` meets `column`: the row's kind wins where it has one."""
        return row if row.kind is not None else column


class Sheet(Model):
    """One sheet of the workbook: blocks side by side. A sheet with one block may write it without [[block]]."""

    title: str
    number: str = ""  # as printed in the corner, 公开01表
    unit: str = ""  # for all its money
    received: bool = False  # pasted from official software: blank is 0, typed totals are taken and judged
    required: bool = False  # a table of records must have one at least
    when: dict[str, list[str]] = {}  # asked for only where these choices of a form are made: 表.项 → choices
    empty: str = ""  # prose that says a table has nothing in it; without it an empty table is a fault
    help: str = ""
    block: list[Block] = []
    columns: list[str | Column] = []
    rows: list[str | Row] | None = None
    spare: int = 20
    tree: list[int] = []
    levels: list[str] = []
    codes: str = ""
    total: str = ""
    name: str = ""  # from the file name
    file: str = ""  # where it was read, for messages

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks, the short form of a single block included."""
        if self.block:
            return self.block
        columns = self.columns or [
            Column(label=messages.FORM_ITEM, name=messages.FORM_ITEM, kind="label", width=24),
            Column(label=messages.FORM_VALUE, name=messages.FORM_VALUE, kind="text", width=60),
        ]
        short = {key: getattr(self, key) for key in ("rows", "spare", "tree", "levels", "codes", "total")}
        return [Block(columns=columns, **short)]

    @property
    def open(self) -> bool:
        """Whether the sheet is a table of records."""
        return self.blocks[0].rows is None


class UnitSpec(Model):
    """A unit of measure. `dimension` is the base unit it counts in (empty for rates); `factor` its size in it."""

    dimension: str = ""
    factor: Decimal = Decimal(1)
    places: int = 0
    suffix: str = ""
    trim: bool = False  # drop trailing zeros in sentences
    printed: bool = False  # the unit in which sentences print this dimension

    def unit(self, name: str) -> Unit:
        """The unit as the numbers know it."""
        return Unit(name, self.dimension, self.factor, self.places, self.suffix, self.trim, self.printed)


class Conventions(Model):
    """How the edition prints. `differences`: between printed amounts, or exact ones. `ordinals`: {一} or {1} a level."""

    differences: Differences = "printed"
    ordinals: tuple[str, ...] = ("{一}、", "（{一}）", "{1}.", "（{1}）")
    reasons: str = "{一}是"
    reason_join: str = "；"
    date: str = "{年}年{月}月{日}日"
    item_join: str = "、"
    change_words: tuple[str, str, str] = ("增加", "减少", "持平")
    rate_words: tuple[str, str, str] = ("增长", "下降", "持平")
    order_words: tuple[str, str, str] = ("大于", "小于", "等于")


class Roles(Model):
    """Which facts the program itself needs, by name: the reporting body and the year."""

    body: str
    year: str


class Derived(Model):
    """Arithmetic that several places use, under a name."""

    name: str
    formula: str
    help: str = ""


class Document(Model):
    """A document to write: the sections of a folder in the order of their file names."""

    templates: str
    file: str  # text with {{ }} in the one language


class Check(Model):
    """A relation between facts: one comparison, perhaps under a condition, perhaps for each row of a table."""

    id: str
    formula: str = ""
    loop: str = msgspec.field(default="", name="for")
    severity: Severity = Severity.ERROR
    scope: str = "report"
    message: str = ""
    remedy: str = ""


class Edition(Model):
    """edition.toml, and by `load` the sheets and checks beside it."""

    title: str
    roles: Roles
    units: dict[str, UnitSpec]
    document: list[Document]
    name: str = ""
    conventions: Conventions = msgspec.field(default_factory=Conventions)
    wording: dict[str, dict[str, str]] = {}
    derived: list[Derived] = []
    sheets: list[Sheet] = []
    checks: list[Check] = []
    codes: dict[str, CodeList] = {}  # by name: code → its line of the list, heading → text
    folder: Path = Path()

    @cached_property
    def measures(self) -> dict[str, Unit]:
        """The units by name; years every edition has."""
        year = Unit(words.YEAR, words.YEAR, places=0, suffix=words.YEAR, printed=True)
        return {words.YEAR: year} | {name: spec.unit(name) for name, spec in self.units.items()}

    def printed(self, dimension: str) -> Unit | None:
        """The unit in which sentences print numbers of `dimension`, None if the edition names none."""
        return next((u for u in self.measures.values() if u.printed and u.dimension == dimension), None)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; KeyError if there is none."""
        return next(s for s in self.sheets if s.name == name)


class _Checks(Model):
    check: list[Check] = []


M = TypeVar("M", bound=Model)
F = TypeVar("F", bound=Field)


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
    codes = [line[0] for line in lines[1:] if line]
    faults += [f"{where}：{messages.CODE_TWICE.format(code=c)}" for c in sorted({c for c in codes if codes.count(c) > 1})]
    return {line[0]: dict(zip(heading, line, strict=False)) for line in lines[1:] if line}


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
        return messages.KEY_CHOICE.format(key=key, value=value[1], known="、".join(_CHOICES.get(key.rpartition(".")[2], ())))
    return messages.KEY_TYPE.format(key=key, detail=text)


def _models(model: type[Model]) -> list[type[Model]]:
    parts: dict[type[Model], list[type[Model]]] = {
        Sheet: [Block, Column, Row],
        Edition: [UnitSpec, Conventions, Roles, Derived, Document],
        _Checks: [Check],
    }
    return [model, *parts.get(model, [])]


_ORDINAL = re.compile(r"^(其中：|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])+")


def plain(label: str) -> str:
    """A label as a sentence names it: without leading ordinals and 其中：."""
    return _ORDINAL.sub("", label.strip())


def name_of(label: str) -> str:
    """The identifier of a label: plain, without what stands in brackets, without blanks."""
    return re.sub(r"\s|[（(].*", "", plain(label))


def _field(spec: str | F, model: type[F]) -> F:
    if isinstance(spec, str):
        spec = model(label=spec, gap=not spec) if model is Row else model(label=spec)  # type: ignore[call-arg]
    spec.label = spec.label or spec.name
    spec.name = spec.name or name_of(spec.label)
    if isinstance(spec, Column) and spec.kind is None:
        spec.kind = "money"
    return spec


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
            wrong = chooser is None or not chooser.choices or not set(chooser.choices) <= edition.units.keys()
            if wrong:
                faults.append(f"{key}：{messages.UNIT_NOT_CHOSEN.format(name=unit[1:])}")
        elif unit and unit not in edition.units:
            hint = expressions.nearest(unit, edition.units)
            faults.append(f"{key}：{messages.UNIT_UNKNOWN.format(unit=unit, hint=hint)}")
    faults += [messages.MONEY_WITHOUT_UNIT.format(name=n) for n, f in fields if f.kind == "money" and not (f.unit or sheet.unit)]
    return faults
