"""What a fact is called: a path of parts, each known for what it is where the name is made.

The key of a record is any text that people type, so a name that was written can't be taken apart
again. Only `path` does that, for the names that editions write: those hold identifiers and no keys.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from reportgen import messages
from reportgen.language import words

Path = tuple[str, ...]  # the parts of a name, in the order in which they are written

_NUMBER = re.compile(r"0|[1-9][0-9]*")
_TAG_END = re.compile(r"(?<=[}%])}")  # stands in no expression, since it ends a tag
_ESCAPED = r"\\x7d"
# what a table has beside its records: a key that says the same is written in brackets
_MEMBERS = frozenset(
    (
        words.PRIOR,
        words.ROWS,
        words.LEVELS,
        words.TYPED,
        words.TOTALS,
        words.EMPTY,
        words.EMPTY_NOTE,
    )
)


class Name(NamedTuple):
    """The name of a fact: 收支总表.收入总计, 支出决算.2080101.合计.上年, 项目['1.1'].得分.

    `table` is the sheet; of what belongs to none (a derived name, a count) all that it is called.
    The text, by `str`, is for showing; an expression that says it finds the fact.
    """

    table: str
    row: str = ""  # a fixed row or a block of a form; of a table 总计, 填列, 分级
    key: str = ""  # of a record
    own: str = ""  # of a row within a record: what tells it from the others there
    column: str = ""
    prior: bool = False  # last year's

    @property
    def path(self) -> Path:
        """Its parts."""
        last = words.PRIOR if self.prior else ""
        parts = (self.table, self.row, self.key, self.own, self.column, last)
        return tuple(part for part in parts if part)

    @property
    def cell(self) -> str:
        """What the cell is called within its row: 合计, or 合计.上年."""
        return last_year(self.column) if self.prior else self.column

    def at(self, column: str, prior: bool = False) -> Name:
        """The name of a cell of this row or record; of a table that of its column."""
        return Name(self.table, self.row, self.key, self.own, column, prior)

    def __str__(self) -> str:
        row = f".{self.row}" if self.row else ""
        column = f".{self.column}" if self.column else ""
        last = f".{words.PRIOR}" if self.prior else ""
        return f"{self.table}{row}{_member(self.key)}{_member(self.own)}{column}{last}"


def _member(key: str) -> str:
    """A key as an expression writes it after the name of its table: .P01, .2080101, or in brackets
    ['1.1'] where it must."""
    if not key:
        return ""
    if key not in _MEMBERS and (key.isidentifier() or _NUMBER.fullmatch(key)):
        return f".{key}"
    return f"[{_TAG_END.sub(_ESCAPED, repr(key))}]"


def last_year(column: str) -> str:
    """What last year's cell of a column is called within its row: 合计.上年."""
    return f"{column}.{words.PRIOR}"


def path(written: str) -> Path:
    """The parts of a name that an edition writes: 表.项 → (表, 项)."""
    return tuple(written.split("."))


def written(parts: Path) -> str:
    """The parts as an edition writes them: (表, 项) → 表.项."""
    return ".".join(parts)


def alike(key: str) -> str:
    """What two keys have in common that people read as one: the width of signs does not count,
    since nobody sees how wide a digit was typed."""
    return unicodedata.normalize("NFKC", key)


def nearest(name: str, known: Collection[str]) -> str:
    """ "，是否指“…”？" with the known name that is most like `name`, or "" if none is."""
    close = difflib.get_close_matches(
        name, sorted(known), n=1, cutoff=0.6 if len(name) > 2 else 0.5
    )
    return messages.DID_YOU_MEAN.format(name=close[0]) if close else ""
