"""What formulas read: one cell, or the cells of a column of records; and how references are
written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.utils import quote_sheetname
from openpyxl.utils.cell import coordinate_from_string

from reportgen.workbook.layout import Slot


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of a column of records. `under` narrows it to the detail rows whose code begins
    with that cell's; `parts` are the columns that a cell of it adds up when it is blank, `inner`
    those that a part adds up in its turn."""

    sheet: str
    column: str
    first: int
    last: int
    codes: str = ""  # letter of the code column, for a table with levels
    detail: int = 0  # length of the detail codes
    under: str = ""
    keys: str = (
        ""  # letter of the column that says to which record a row belongs, and that record's key
    )
    key: str = ""
    where: tuple[str, str] = (
        "",
        "",
    )  # letter of another column, and what it says in the rows that count
    # the program's own numbers: nothing in them is blank, a text "" says that they cannot be told
    # yet
    derived: bool = False
    parts: tuple[tuple[int, str], ...] = ()
    inner: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = ()

    @property
    def range(self) -> str:
        """'收支'!$C$6:$C$40."""
        return self._of(self.column)

    @property
    def part_ranges(self) -> list[tuple[int, str]]:
        """The signed ranges that a blank cell adds up, those behind a blank part included."""
        every = [*self.parts, *(pair for _, parts in self.inner for pair in parts)]
        return [(sign, self._of(letter)) for sign, letter in every]

    def _of(self, letter: str) -> str:
        return f"{quote_sheetname(self.sheet)}!${letter}${self.first}:${letter}${self.last}"

    @property
    def picks(self) -> str:
        """The conditions of SUMPRODUCT that keep the detail rows, or those of one record; empty
        where every row is one."""
        letter, text = self.where
        where = f"--EXACT({self._of(letter)},{quoted(text)})," if letter else ""
        if self.key:
            return f"--{same(self._of(self.keys), self.key)},{where}"
        if not self.codes:
            return where
        codes = self._of(self.codes)
        under = f'--(LEFT({codes},LEN({self.under}))={self.under}&""),' if self.under else ""
        return f"--(LEN({codes})={self.detail}),{under}"

    @property
    def sum(self) -> str:
        """Its sum."""
        typed = f"SUMPRODUCT({self.picks}{self.range})" if self.picks else f"SUM({self.range})"
        return typed + self._where_blank(self._signed(self.parts, self._worth))

    @property
    def filled(self) -> str:
        """How many cells hold a number of those that make its sum."""
        typed = (
            f"SUMPRODUCT({self.picks}--ISNUMBER({self.range}))"
            if self.picks
            else f"COUNT({self.range})"
        )
        return typed + self._where_blank(
            "+".join(self._numbers(letter) for _, letter in self.parts)
        )

    def _worth(self, letter: str) -> str:
        """The range of a part; where it is blank what it adds up."""
        ref, parts = self._of(letter), dict(self.inner).get(letter)
        return f"({ref}+ISBLANK({ref})*({self._signed(parts, self._of)}))" if parts else ref

    def _numbers(self, letter: str) -> str:
        """Whether a part holds a number; where it is blank how many of those that it adds up do."""
        ref, parts = self._of(letter), dict(self.inner).get(letter, ())
        behind = "+".join(f"ISNUMBER({self._of(part)})" for _, part in parts)
        return f"ISNUMBER({ref})" + (f"+ISBLANK({ref})*({behind})" if behind else "")

    @staticmethod
    def _signed(parts: Sequence[tuple[int, str]], worth: Callable[[str], str]) -> str:
        return "".join(
            ("+" if sign > 0 else "-") + worth(letter) for sign, letter in parts
        ).removeprefix("+")

    def _where_blank(self, parts: str) -> str:
        return f"+SUMPRODUCT({self.picks}--ISBLANK({self.range}),{parts})" if parts else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `slot` is known for a fixed one, None for a cell of a record; `parts` are what a
    total adds up."""

    sheet: str
    address: str
    slot: Slot | None = None
    blank_is_zero: bool = True
    parts: tuple[tuple[int, Cell | Span], ...] = ()
    widens: bool = (
        False  # a total down a column, which has the room of its parts where it equals them
    )
    derived: bool = False  # the program's own: "" where it cannot be told yet
    found: str = ""  # the formula that finds it, for a cell of another table's record

    @property
    def column(self) -> str:
        """Its column's letter."""
        return coordinate_from_string(self.address)[0]

    @property
    def row(self) -> int:
        """Its row."""
        return coordinate_from_string(self.address)[1]

    @property
    def ref(self) -> str:
        """'收支'!C37."""
        return self.found or f"{quote_sheetname(self.sheet)}!{self.address}"


def same(keys: str, key: str) -> str:
    """Which of the cells `keys` hold the key that stands in another, sign by sign as the program
    takes them: MATCH would read * ? ~ in a key as wildcards, = would find p01 for P01. A key typed
    as a number is its text."""
    return f'EXACT({keys}&"",{key}&"")'


Operand = Cell | Span
Signed = tuple[int, Operand]


def compact(parts: Sequence[Signed]) -> list[Signed]:
    """Cells under each other that are totals across their rows, by the same columns, as one span:
    a formula over them stays short."""
    done: list[Signed] = []
    run: list[Cell] = []
    for sign, operand in parts:
        if sign > 0 and isinstance(operand, Cell) and _across(operand):
            if run and not _follows(run[-1], operand):
                done += _spanned(run)
                run = []
            run.append(operand)
        else:
            done += [*_spanned(run), (sign, operand)]
            run = []
    return done + _spanned(run)


def _follows(above: Cell, cell: Cell) -> bool:
    return (
        cell.column == above.column
        and cell.row == above.row + 1
        and _across(cell) == _across(above)
    )


def _across(cell: Cell) -> tuple[tuple[int, str], ...] | None:
    """The signed columns of a total across its row, None for any other cell."""
    parts = [
        (sign, part)
        for sign, part in cell.parts
        if isinstance(part, Cell) and part.row == cell.row and not part.parts
    ]
    return (
        tuple((sign, part.column) for sign, part in parts)
        if parts and len(parts) == len(cell.parts)
        else None
    )


def _spanned(run: list[Cell]) -> list[Signed]:
    if len(run) < 3:
        return [(1, cell) for cell in run]
    return [
        (1, Span(run[0].sheet, run[0].column, run[0].row, run[-1].row, parts=_across(run[0]) or ()))
    ]


def joined_ranges(refs: list[str]) -> str:
    """References as arguments, neighbours in a column joined to ranges: C5,C6,C7 → C5:C7."""
    runs: list[tuple[str, str, int, int]] = []  # sheet, column, first row, last row
    whole: list[str] = []
    for ref in dict.fromkeys(refs):
        sheet, _, address = ref.rpartition("!")
        if ":" in address:
            whole.append(ref)
            continue
        column, row = coordinate_from_string(address)
        if runs and runs[-1][:2] == (sheet, column) and runs[-1][3] == row - 1:
            runs[-1] = (sheet, column, runs[-1][2], row)
        else:
            runs.append((sheet, column, row, row))
    cells = [f"{s}!{c}{a}" if a == b else f"{s}!{c}{a}:{c}{b}" for s, c, a, b in runs]
    return ",".join([*cells, *whole])


def quoted(text: str) -> str:
    """A text as a formula writes it: an author's quotation marks do not end it."""
    return '"' + text.replace('"', '""') + '"'
