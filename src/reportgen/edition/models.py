"""An edition (年度方案): the folder of TOML and .docx that holds all that a year or a province may
change.

`load` gives typed models or tells every fault it can see, each by file and key. What the models
mean is documented field by field; ARCHITECTURE.md shows how the parts use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from reportgen.edition.fields import Model
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.findings import Severity
from reportgen.language import words
from reportgen.language.units import ANY, Unit

Reverse = Literal["ratio", "difference"]
Differences = Literal["printed", "exact"]

CodeList = dict[str, dict[str, str]]


class UnitSpec(Model, kw_only=True):
    """A unit of measure. `dimension` is the base unit it counts in (empty for rates); `factor` its
    size in it; or it is the `quotient` of two units that have these."""

    quotient: tuple[str, str] | None = None
    dimension: str = ""
    factor: Decimal = Decimal(1)
    places: int = 0
    suffix: str = ""
    trim: bool = False  # drop trailing zeros in sentences
    printed: bool = False  # the unit in which sentences print this dimension

    def unit(self, name: str, known: Mapping[str, Unit] | None = None) -> Unit:
        """The unit as the numbers know it; a quotient that is none of `known` units fits all."""
        dimension, factor = self.dimension, self.factor
        if self.quotient:
            of, by = ((known or {}).get(part) for part in self.quotient)
            if not of or not by or not proper(of, by):
                return Unit(name, ANY)
            dimension, factor = f"{of.dimension}/{by.dimension}", of.factor / by.factor
        return Unit(name, dimension, factor, self.places, self.suffix, self.trim, self.printed)


def proper(of: Unit, by: Unit) -> bool:
    """Whether two units make a third by division."""
    dimensions = {of.dimension, by.dimension}
    return len(dimensions) == 2 and dimensions.isdisjoint(("", ANY))


class Conventions(Model, kw_only=True):
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


class Roles(Model, kw_only=True):
    """Which facts the program itself needs, by name: the reporting body and the year."""

    body: str
    year: str
    # the table whose records may fail one by one: a fault in one does not stop the documents of
    # others
    projects: str = ""


class Derived(Model, kw_only=True):
    """Arithmetic that several places use, under a name."""

    name: str
    formula: str
    help: str = ""


class PhraseText(Model, kw_only=True):
    """A text that several places print: {{ name(…) }}, with its parameters filled in."""

    text: str  # with {{ }} and {% if %} over the parameters and all names of the edition
    parameters: list[str] = []
    help: str = ""


class Document(Model, kw_only=True):
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

    def key(self, name: str) -> str:
        """One of its keys in edition.toml, told by the file that it writes."""
        return f"document.{name}“{self.file}”"

    @property
    def each(self) -> tuple[str, str]:
        """The variable and the table that the document is written for, or two empty texts."""
        variable, _, table = self.loop.partition(" in ")
        return variable.strip(), table.strip()


class Band(Model, kw_only=True):
    """How well a goal without numbers was met: the shares of its weight that may be given, `most`
    itself only in the first."""

    name: str
    least: Decimal
    most: Decimal


class Grade(Model, kw_only=True):
    """A grade and the least score that earns it."""

    name: str
    least: Decimal


class Scoring(Model, kw_only=True):
    """The rules of a performance evaluation: weights, what a goal of at most X earns, bands and
    grades, best first."""

    unit: str  # of scores, a unit of the edition
    weights: dict[str, Decimal]  # of each part, 100 together
    execution: str  # the part that the rate of execution earns
    reverse: Reverse = "ratio"
    bands: list[Band] = []
    grades: list[Grade] = []


class Check(Model, kw_only=True):
    """A relation between facts: one comparison, perhaps under a condition, perhaps for each row of
    a table."""

    id: str
    formula: str = ""
    loop: str = msgspec.field(default="", name="for")
    severity: Severity = Severity.ERROR
    message: str = ""
    remedy: str = ""


class Checks(Model, kw_only=True):
    """checks.toml."""

    check: list[Check] = []


class EditionFile(Model, kw_only=True):
    """edition.toml."""

    title: str
    roles: Roles
    units: dict[str, UnitSpec]
    document: list[Document]
    conventions: Conventions = msgspec.field(default_factory=Conventions)
    wording: dict[str, dict[str, str]] = {}
    phrase: dict[str, PhraseText] = {}
    derived: list[Derived] = []
    scoring: Scoring | None = None


class Edition(EditionFile, kw_only=True):
    """An edition read: edition.toml, and what stands beside it in the folder."""

    name: str = ""  # of the folder
    folder: Path = Path()
    sheets: list[Sheet] = []
    checks: list[Check] = []
    codes: dict[str, CodeList] = {}  # by name: code → its line of the list, heading → text
    # names that a fault took away, told already: nothing more is said of what uses them
    lost: frozenset[str] = frozenset()

    @cached_property
    def measures(self) -> dict[str, Unit]:
        """The units by name; years every edition has. One that is lost fits every other."""
        year = Unit(words.YEAR, words.YEAR, places=0, suffix=words.YEAR, printed=True)
        lost = {name: Unit(name, ANY) for name in self.lost}
        simple = {words.YEAR: year}
        simple |= {n: spec.unit(n) for n, spec in self.units.items() if not spec.quotient}
        own = {name: spec.unit(name, simple) for name, spec in self.units.items()}
        return lost | _dividing({words.YEAR: year} | own, self.units)

    def quotient(self, of: str, by: str) -> Unit | None:
        """The unit of a number of the dimension `of` by one of another, None where none is
        declared."""
        found = next((u for u in self.measures.values() if u.dimension == of), None)
        return dict(found.quotients).get(by) if found else None

    def printed(self, dimension: str) -> Unit | None:
        """The unit in which sentences print numbers of `dimension`, None if the edition names
        none."""
        return next(
            (u for u in self.measures.values() if u.printed and u.dimension == dimension), None
        )

    @property
    def forms(self) -> list[Form]:
        """The sheets with fixed rows."""
        return [s for s in self.sheets if isinstance(s, Form)]

    @property
    def tables(self) -> list[Table]:
        """The sheets of records."""
        return [s for s in self.sheets if isinstance(s, Table)]

    def within(self, name: str) -> list[Table]:
        """The tables whose rows belong within the records of another."""
        return [t for t in self.tables if t.parent == name]

    def table(self, name: str) -> Table:
        """The table of that name; StopIteration if there is none."""
        return next(t for t in self.tables if t.name == name)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; StopIteration if there is none."""
        return next(s for s in self.sheets if s.name == name)


def _dividing(measures: dict[str, Unit], specs: Mapping[str, UnitSpec]) -> dict[str, Unit]:
    """The units, each knowing what its numbers give by others: of several units that which
    sentences print, else the first."""
    made: dict[str, dict[str, Unit]] = {}
    named = [(measures[name], spec.quotient) for name, spec in specs.items() if spec.quotient]
    for unit, (of, by) in sorted(named, key=lambda pair: not pair[0].printed):
        if unit.dimension != ANY:
            own = made.setdefault(measures[of].dimension, {})
            own.setdefault(measures[by].dimension, unit)
    return {
        name: replace(unit, quotients=tuple(made.get(unit.dimension, {}).items()))
        for name, unit in measures.items()
    }


def scope_names(edition: Edition) -> list[str]:
    """The names that expressions of the edition may start from."""
    known = [s.name for s in edition.sheets] + [d.name for d in edition.derived]
    return known + sorted(edition.lost)
