"""What a compiled template is made of: text, prints, loops and branches."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.files import Member
from reportgen.language.closures import Evaluate
from reportgen.word.source.notes import NotesPart
from reportgen.word.source.tags import Tag
from reportgen.word.template.runs import Site


@dataclass(frozen=True, slots=True)
class Print:
    """{{ expression }}, and the fixed text before it: `opened` is that text with the start of a
    run."""

    value: Evaluate
    site: Site
    tag: Tag
    before: str
    opened: str
    numbered: bool = False  # a number stands before it in the paragraph


@dataclass(frozen=True, slots=True)
class Merge:
    """|纵并: whether the cell begins anew or goes on from the one above, decided by what it says.
    `mark` is its column."""

    value: Evaluate
    tag: Tag
    mark: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a cell with |纵并 says where it begins anew; where it goes on it is `empty`."""

    body: list[Node]
    mark: int
    empty: str


@dataclass(frozen=True, slots=True)
class Inserted:
    """Another section file. Numbering begins anew in it, unless it goes `on`."""

    body: list[Node]
    on: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """Where what tags may empty is looked at: a `room` (a cell, a text box) and a row (`cells`) at
    their end, a table where it begins (`table`) and where it ends (`rows`)."""

    kind: str
    heads: int = 0  # of a table: the rows over those of its loops, if it has no others


@dataclass(frozen=True, slots=True)
class Count:
    """The number of a drawing, or of a note under its key."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class For:
    """{% for variable in rows if condition %}"""

    variable: str
    rows: Evaluate
    body: list[Node]
    tag: Tag
    condition: Evaluate | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch: its condition, None of {% else %}."""

    condition: Evaluate | None
    body: list[Node]
    tag: Tag


@dataclass(frozen=True, slots=True)
class If:
    """{% if %} … {% elif %} … {% else %}"""

    branches: list[Branch]


Node = str | Bound | Count | Print | Merge | Merged | Inserted | For | If


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled document: its changing parts as nodes, the others ready for the archive, in
    package order; the levels of the styles that make headings; and its parts of notes, by name.
    `variable` is the record that it is written for, "" for one document."""

    variable: str
    nodes: dict[str, list[Node]]
    fixed: dict[str, Member]
    order: list[str]
    headings: dict[str, int]
    notes: dict[str, NotesPart] = field(default_factory=dict)
