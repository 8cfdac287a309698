"""An edition (年度方案): the folder of TOML and .docx that holds all that a year or a province may
change.

`load` gives typed models or tells every fault it can see, each by file and key. What the models
mean is documented field by field; ARCHITECTURE.md shows how the parts use them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar, get_args

import msgspec

from reportgen import messages
from reportgen.findings import Severity
from reportgen.language import words
from reportgen.language.numbers import Unit

FieldKind = Literal[
    "money",
    "count",
    "score",
    "number",
    "percent",
    "year",
    "text",
    "prose",
    "date",
    "choice",
    "code",
    "ref",
    "mark",
    "label",
    "line",
]
NUMBERS = frozenset({"money", "count", "score", "number", "percent", "year"})
ADDED = frozenset({"money", "count", "score"})  # the kinds that add up down a column
Reverse = Literal["ratio", "difference"]
Differences = Literal["printed", "exact"]
CHOICES: dict[str, tuple[str, ...]] = {  # by key
    "kind": get_args(FieldKind),
    "severity": tuple(s.value for s in Severity),
    "differences": get_args(Differences),
    "reverse": get_args(Reverse),
}
_CAPTIONS = frozenset({"label", "line"})  # filled in by the form itself


CodeList = dict[str, dict[str, str]]


class Model(msgspec.Struct, forbid_unknown_fields=True, dict=True, kw_only=True):
    """Base of what is read from TOML: an unknown key is a fault."""


class Field(Model):
    """What every slot for a value has, be it a column of an open table or a row of a form."""

    label: str = ""  # as printed; headings and rows are found by it
    name: str = ""  # the identifier in expressions; derived from the label where it is not given
    kind: FieldKind | None = None
    # a unit of the edition, or one that the workbook chooses: "=表.项", "=列" in the same row
    unit: str = ""
    required: bool = False
    help: str = ""
    choices: list[str] = []
    formula: str = ""  # a sum of other names, for a total
    budget: str = ""  # the column (of a row: the row) that this one is measured against
    blank: Literal[0] | None = None  # a number that nobody typed is 0, not missing

    @property
    def own_unit(self) -> str:
        """The column in which each record chooses the unit, "" where it does not. Such numbers are
        exact as typed."""
        return self.unit[1:] if self.unit.startswith("=") and "." not in self.unit else ""

    @property
    def derived(self) -> bool:
        """Whether the program makes its values of others, so that nobody types them."""
        return False

    @property
    def numeric(self) -> bool:
        """Whether values of this field are numbers."""
        return self.kind in NUMBERS


class Column(Field):
    """A column of a block. `prior` gives last year's column beside the table.

    Nobody types what is made of other cells: `formula` adds up cells of the same record, `gathers`
    (表.列) a column of the rows within it, `computed` is anything of the language over the record,
    which is called 行.
    """

    prior: bool = False
    of: str = ""  # of a reference (ref): the table whose records it names by their key
    gathers: str = ""
    computed: str = ""
    outside: bool = False  # a helper column to the right of the official table
    group: str = ""  # the heading above this one and its neighbours of the same group
    width: float = 0

    @property
    def derived(self) -> bool:
        """Whether the program makes its values of others, so that nobody types them."""
        return bool(self.gathers or self.computed)


class Row(Field):
    """A row of a block with fixed rows. `total = true` sums the rows above it, from the last total
    on."""

    total: bool = False
    gap: bool = False  # an empty line of the official form
    # of an official classification; found by it, and with `tree` the sum of the codes under it
    code: str = ""


class Block(Model):
    """Columns × rows. Without `rows` the rows are open: records, found by their key, the first
    column.

    Where the first column is a reference, the records are rows within the records of another table
    (项目资金 within 项目): a project has them as a member of the table's name, and they have the
    project as a member of its table's name.
    """

    columns: list[str | Column] = []
    name: str = ""
    rows: list[str | Row] | None = None
    spare: int = 20  # blank records in a new workbook
    tree: list[int] = []  # lengths of the codes of each level; the last is the detail
    levels: list[
        str
    ] = []  # the members under which a record gives the names of its levels: 类 款 项
    codes: str = ""  # the list in codes/ that the codes and their names must agree with
    total: str = ""  # label of the total row over the records
    across: bool = False  # one line: the rows side by side, a group of them for each column
    by: str = (
        ""  # of rows within a record: the column that names each of them, once in every record
    )
    withheld: str = (
        ""  # the mark of records that are counted and added up, but never printed (涉密)
    )

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
    def parent(self) -> str:
        """The table within whose records the rows belong, "" where they stand for themselves."""
        return self.key.of if self.rows is None and self.key.kind == "ref" else ""

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return next(c for c in self.fields if c.name == name)

    @property
    def named(self) -> Column | None:
        """The column that says in words what the key means: the first text beside it."""
        return next((c for c in self.fields[1:] if c.kind == "text"), None)

    def slot(self, row: Row, column: Column) -> Field:
        """The field of the cell where `row` meets `column`: the row's kind wins where it has one."""
        return row if row.kind is not None else column


_SHORT = (
    "rows",
    "spare",
    "tree",
    "levels",
    "codes",
    "total",
    "by",
    "withheld",
)  # of a block written in its sheet


class Sheet(Model):
    """One sheet of the workbook: blocks side by side. A sheet with one block may write it without
    [[block]]."""

    title: str
    number: str = ""  # as printed in the corner, 公开01表
    unit: str = ""  # for all its money
    received: bool = (
        False  # pasted from official software: blank is 0, typed totals are taken and judged
    )
    required: bool = False  # a table of records must have one at least
    when: dict[
        str, list[str]
    ] = {}  # asked for only where these choices of a form are made: 表.项 → choices
    empty: str = (
        ""  # prose that says a table has nothing in it; without it an empty table is a fault
    )
    help: str = ""
    block: list[Block] = []
    columns: list[str | Column] = []
    rows: list[str | Row] | None = None
    spare: int = 20
    tree: list[int] = []
    levels: list[str] = []
    codes: str = ""
    total: str = ""
    by: str = ""
    withheld: str = ""
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
        short = {key: getattr(self, key) for key in _SHORT}
        return [Block(columns=columns, **short)]

    @property
    def open(self) -> bool:
        """Whether the sheet is a table of records."""
        return self.blocks[0].rows is None


class UnitSpec(Model):
    """A unit of measure. `dimension` is the base unit it counts in (empty for rates); `factor` its
    size in it."""

    dimension: str = ""
    factor: Decimal = Decimal(1)
    places: int = 0
    suffix: str = ""
    trim: bool = False  # drop trailing zeros in sentences
    printed: bool = False  # the unit in which sentences print this dimension

    def unit(self, name: str) -> Unit:
        """The unit as the numbers know it."""
        return Unit(
            name, self.dimension, self.factor, self.places, self.suffix, self.trim, self.printed
        )


class Conventions(Model):
    """How the edition prints. `differences`: between printed amounts, or exact ones. `ordinals`:
    {一} or {1} a level."""

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
    # the table whose records may fail one by one: a fault in one does not stop the documents of
    # others
    projects: str = ""


class Derived(Model):
    """Arithmetic that several places use, under a name."""

    name: str
    formula: str
    help: str = ""


class Document(Model):
    """A document to write: the sections of a folder in the order of their file names, or those
    named, in their order.

    With `for = "项 in 项目"` one is written for every record of a table; `when` is that of
    sheets.
    """

    templates: str | list[str]
    file: str  # text with {{ }} in the one language
    loop: str = msgspec.field(default="", name="for")
    when: dict[
        str, list[str]
    ] = {}  # written only where these choices of a form are made: 表.项 → choices

    @property
    def each(self) -> tuple[str, str]:
        """The variable and the table that the document is written for, or two empty texts."""
        variable, _, table = self.loop.partition(" in ")
        return variable.strip(), table.strip()


class Band(Model):
    """How well a goal without numbers was met: the shares of its weight that may be given, `most`
    itself only in the first."""

    name: str
    least: Decimal
    most: Decimal


class Grade(Model):
    """A grade and the least score that earns it."""

    name: str
    least: Decimal


class Scoring(Model):
    """The rules of a performance evaluation: weights, what a goal of at most X earns, bands and
    grades, best first."""

    unit: str  # of scores, a unit of the edition
    weights: dict[str, Decimal]  # of each part, 100 together
    execution: str  # the part that the rate of execution earns
    reverse: Reverse = "ratio"
    bands: list[Band] = []
    grades: list[Grade] = []


class Check(Model):
    """A relation between facts: one comparison, perhaps under a condition, perhaps for each row of
    a table."""

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
    scoring: Scoring | None = None
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
        """The unit in which sentences print numbers of `dimension`, None if the edition names
        none."""
        return next(
            (u for u in self.measures.values() if u.printed and u.dimension == dimension), None
        )

    def within(self, name: str) -> list[Sheet]:
        """The tables whose rows belong within the records of another."""
        return [s for s in self.sheets if s.open and s.blocks[0].parent == name]

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; KeyError if there is none."""
        return next(s for s in self.sheets if s.name == name)


F = TypeVar("F", bound=Field)
_ORDINAL = re.compile(
    r"^(其中：|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])+"
)


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


def scope_names(edition: Edition) -> list[str]:
    """The names that expressions of the edition may start from."""
    return [s.name for s in edition.sheets] + [d.name for d in edition.derived]
