"""The sheets of a workbook: forms with fixed rows, and tables of records.

A sheet's file declares a form where it has `rows` or `[[block]]`, a table otherwise. Whoever needs
to know which it is asks for the type.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from reportgen import messages
from reportgen.edition.fields import Column, Field, Model, Row, as_column, as_row
from reportgen.edition.kinds import FieldKind

Columns = Annotated[list[str | Column], Meta(min_length=1)]


class Columned:
    """What stands in columns: a table, or a block of a form."""

    if TYPE_CHECKING:
        columns: list[str | Column]

    @cached_property
    def fields(self) -> list[Column]:
        """The columns as models."""
        return [as_column(c) for c in self.columns]

    @cached_property
    def values(self) -> list[Column]:
        """The columns that hold values."""
        return [c for c in self.fields if not self.captions(c)]

    def captions(self, column: Column) -> bool:
        """Whether the form itself fills a column: labels and line numbers."""
        return column.kind is not None and column.kind.traits.caption

    @property
    def key(self) -> Column:
        """The first column, which names a record or a row."""
        return self.fields[0]

    def column(self, name: str) -> Column:
        """The column of that name; StopIteration if there is none."""
        return next(c for c in self.fields if c.name == name)


class Block(Columned, Model, kw_only=True):
    """Columns × fixed rows, part of a form."""

    columns: Columns
    rows: list[str | Row]
    name: str = ""
    tree: list[int] = []  # lengths of the codes of each level; the last is the detail
    codes: str = ""  # the list in codes/ that the codes come from
    across: bool = False  # one line: the rows side by side, a group of them for each column

    @cached_property
    def lines(self) -> list[Row]:
        """The fixed rows as models."""
        return [as_row(r) for r in self.rows]

    def captions(self, column: Column) -> bool:
        """Whether the form itself fills a column: labels, line numbers, codes."""
        return super().captions(column) or column.kind is FieldKind.CODE

    def slot(self, row: Row, column: Column) -> Field:
        """The field of the cell where `row` meets `column`: the row's kind wins where it has
        one."""
        return row if row.kind is not None else column


class Sheet(Model, kw_only=True):
    """What forms and tables have in common."""

    NO_KEYS = frozenset({"name", "file"})

    title: str
    number: str = ""  # as printed in the corner, 公开01表
    unit: str = ""  # for all its money
    # pasted from official software: blank is 0, typed totals are taken and judged
    received: bool = False
    # asked for only where these choices of a form are made: 表.项 → choices
    when: dict[str, list[str]] = {}
    # prose that says that nothing is in it; without it an empty official table is a fault
    empty: str = ""
    help: str = ""
    name: str = ""  # of its file, without number and ending
    file: str = ""  # its path in the edition's folder

    @property
    def every_field(self) -> Iterator[Field]:
        """All columns and rows."""
        raise NotImplementedError


class Form(Sheet, kw_only=True):
    """A sheet with fixed rows: blocks side by side. One with a single block may write its rows,
    and its columns, without [[block]]."""

    block: list[Block] = []
    columns: list[str | Column] = []
    rows: list[str | Row] | None = None
    tree: list[int] = []
    codes: str = ""

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks, the short form of a single block included."""
        if self.block:
            return self.block
        columns = self.columns or [
            Column(
                label=messages.FORM_ITEM,
                name=messages.FORM_ITEM,
                kind=FieldKind.LABEL,
                width=24,
            ),
            Column(
                label=messages.FORM_VALUE,
                name=messages.FORM_VALUE,
                kind=FieldKind.TEXT,
                width=60,
            ),
        ]
        return [Block(columns=columns, rows=self.rows or [], tree=self.tree, codes=self.codes)]

    @property
    def every_field(self) -> Iterator[Field]:
        """All columns and rows, block by block."""
        for block in self.blocks:
            yield from block.fields
            yield from block.lines


class Table(Columned, Sheet, kw_only=True):
    """A sheet of records, found by their key, the first column.

    Where the first column is a reference, the records are rows within the records of another table
    (项目资金 within 项目): a project has them as a member of the table's name, and they have the
    project as a member of its table's name.
    """

    columns: Columns
    required: bool = False  # it must have a record at least
    spare: int = 20  # blank records in a new workbook
    tree: list[int] = []  # lengths of the codes of each level; the last is the detail
    # the members under which a record gives the names of its levels: 类 款 项
    levels: list[str] = []
    codes: str = ""  # the list in codes/ that the codes and their names must agree with
    total: str = ""  # label of the total row over the records
    by: str = ""  # of rows within a record: the column that names each, once in every record
    withheld: str = ""  # the mark of records that are counted and added up, never printed (涉密)

    @property
    def every_field(self) -> Iterator[Field]:
        """All columns."""
        yield from self.fields

    @property
    def parent(self) -> str:
        """The table within whose records the rows belong, "" where they stand for themselves."""
        return self.key.of if self.key.kind is FieldKind.REF else ""

    @property
    def named(self) -> Column | None:
        """The column that says in words what the key means: the first text beside it."""
        return next((c for c in self.fields[1:] if c.kind is FieldKind.TEXT), None)
