"""What a slot for a value may be: a column of a table or block, a row of a form."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

import msgspec

from reportgen.edition.kinds import FieldKind
from reportgen.language.names import path, written


def chooser(unit: str) -> str:
    """Where the workbook chooses a unit (=表.项, =列): in an item of a form, or in a column of the
    same row; "" for a unit that is named."""
    return unit.removeprefix("=") if unit.startswith("=") else ""


class Model(msgspec.Struct, forbid_unknown_fields=True, dict=True, kw_only=True):
    """Base of what is read from TOML: an unknown key is a fault."""

    NO_KEYS: ClassVar[frozenset[str]] = frozenset()  # what the program fills in, and no file


class Field(Model, kw_only=True):
    """What every slot for a value has, be it a column of a table or a row of a form."""

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
        name = chooser(self.unit)
        return "" if len(path(name)) > 1 else name

    @property
    def derived(self) -> bool:
        """Whether the program makes its values of others, so that nobody types them."""
        return False

    @property
    def numeric(self) -> bool:
        """Whether values of this field are numbers."""
        return self.kind is not None and self.kind.traits.numeric

    @property
    def added(self) -> bool:
        """Whether values of this field add up down a column."""
        return self.kind is not None and self.kind.traits.added


class Column(Field, kw_only=True):
    """A column of a table or of a form's block. `prior` gives last year's column beside it.

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

    @property
    def gathered(self) -> tuple[str, str]:
        """The table and the column that `gathers` names, an empty text for what it does not."""
        table, *column = path(self.gathers)
        return table, written(tuple(column))


class Row(Field, kw_only=True):
    """A row of a form. `total = true` sums the rows above it, from the last total on."""

    total: bool = False
    gap: bool = False  # an empty line of the official form
    # of an official classification; found by it, and with `tree` the sum of the codes under it
    code: str = ""


_ORDINAL = re.compile(
    r"^(其中：|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])+"
)


def plain(label: str) -> str:
    """A label as a sentence names it: without leading ordinals and 其中：."""
    return _ORDINAL.sub("", label.strip())


def name_of(label: str) -> str:
    """The identifier of a label: plain, without what stands in brackets, without blanks."""
    return re.sub(r"\s|[（(].*", "", plain(label))


def as_column(spec: str | Column) -> Column:
    """A column as TOML writes it, a text being its label; money unless it says otherwise."""
    column = Column(label=spec) if isinstance(spec, str) else spec
    _name(column)
    column.kind = column.kind or FieldKind.MONEY
    return column


def as_row(spec: str | Row) -> Row:
    """A row as TOML writes it, a text being its label and no text a gap."""
    row = Row(label=spec, gap=not spec) if isinstance(spec, str) else spec
    _name(row)
    return row


def _name(field: Field) -> None:
    field.label = field.label or field.name
    field.name = field.name or name_of(field.label)
