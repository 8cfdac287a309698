"""A part whose tags are marked becomes tokens: the text between tags, the tags, and the walls that
no block goes through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.language import words
from reportgen.word.source import xml
from reportgen.word.source.tags import Tag
from reportgen.word.source.xml import Element, W
from reportgen.word.template.dialect import unguarded
from reportgen.word.template.nodes import Bound
from reportgen.word.template.runs import BEGIN_AT, MARKS, MERGES, TAG_AT, Site

_MARK = re.compile(
    r'<rg:(tag|column|begin|end|room|cells|table|rows) k="(\d+)"(?: site="(\d+)")?/>'
)
_COUNTED = re.compile(
    r'(?<=<wp:)(docPr)\b[^>]*?\sid="([^"]*)"|(?<=<w:)(footnote|endnote)Reference\b[^>]*?w:id="([^"]*)"'
)
_STATEMENT = re.compile(r"\{%-?\s*(\w*)\s*(.*?)\s*-?%\}", re.S)
_NUMBER_BEFORE = re.compile(
    rf"(?:\{{\{{\s*{words.ORDINAL}\(\d\)\s*\}}\}}|[一二三四五六七八九十\d][、.．]|[）)])[ \u3000]*$"
)
_NUMBER_LENGTH = 20  # of the text before a tag that is looked at for a number
_CONTAINERS = {f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}txbxContent"}

Path = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class PrintAt:
    """{{ expression }}. `site` is the XML round it, None where the tag took the place of a whole
    row or paragraph; `number` is that of the tag in its part."""

    expression: str
    tag: Tag
    number: int
    site: Site | None
    merges: bool = False  # it is a |纵并
    numbered: bool = False  # a number stands before it in its paragraph


@dataclass(frozen=True, slots=True)
class StatementAt:
    """{% word rest %}. A block is opened and closed by statements with the same `path`."""

    word: str
    rest: str
    tag: Tag
    path: Path = ()


@dataclass(frozen=True, slots=True)
class ColumnAt:
    """Where a cell says that it goes on from the one above; `number` is that of its |纵并 tag."""

    expression: str
    tag: Tag
    number: int


@dataclass(frozen=True, slots=True)
class CellBegin:
    """Where the content of such a cell begins; `empty` is what it holds where it goes on."""

    number: int
    empty: str


@dataclass(frozen=True, slots=True)
class FileBegin:
    """Where an inserted file begins; its numbering goes `on`, or begins anew."""

    on: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """The end of such a cell or file."""


@dataclass(frozen=True, slots=True)
class CountAt:
    """A number that printing gives: of a drawing, or of a note under its key."""

    kind: str
    key: str


Token = str | Bound | CountAt | PrintAt | StatementAt | ColumnAt | CellBegin | FileBegin | Wall


@dataclass(slots=True)
class Cursor:
    """Goes through tokens; the one read last can be given back."""

    tokens: Sequence[Token]
    position: int = 0

    def __iter__(self) -> Iterator[Token]:
        return self

    def __next__(self) -> Token:
        if self.position == len(self.tokens):
            raise StopIteration
        self.position += 1
        return self.tokens[self.position - 1]

    def back(self) -> None:
        """The token read last is the next again."""
        self.position -= 1


def token(source: str, tag: Tag, number: int, site: Site | None, path: Path) -> Token:
    """The token of a tag, whose text is `source` without what docxtpl reads."""
    if source.startswith("{{"):
        merges = MERGES.search(source) is not None
        return PrintAt(source[2:-2].strip(), tag, number, site, merges, _numbered(tag))
    match = _STATEMENT.fullmatch(source)
    if match is None:
        return StatementAt(source, "", tag, path)
    word, rest = match.groups()
    if word == words.INSERT:
        return FileBegin(rest == words.INSERT_ON)
    if word == words.INSERT_END:
        return Wall()
    return StatementAt(word, rest, tag, path)


def tokens(
    root: Element, sources: Sequence[str], tags: Sequence[Tag], sites: Sequence[Site]
) -> Iterator[tuple[int, Token]]:
    """The tokens of a part in order, each with the number of the tag that it belongs to: a text to
    the tag after it, the last text to one that would follow.

    `sources` and `tags` are in the order of their numbers, `sites` as `runs.split` gives them.
    """
    paths = {_number(mark): _path(mark) for mark in root.iter(TAG_AT)}
    empty = {_number(mark): _empty(mark, root) for mark in root.iter(BEGIN_AT)}
    flat, at = _flat(root), 0
    for mark in _MARK.finditer(flat):
        kind, k, place = mark.groups()
        number = int(k)
        if mark.start() > at:
            yield from ((number, piece) for piece in _counted(flat[at : mark.start()]))
        at = mark.end()
        source, tag = sources[number], tags[number]
        site = sites[int(place)] if place and kind == "tag" else None
        match kind:
            case "column":
                yield number, ColumnAt(source[2:-2].strip(), tag, number)
            case "begin":
                yield number, CellBegin(number, empty[number])
            case "end":
                yield number, Wall()
            case "room" | "cells" | "table" | "rows":
                yield number, Bound(kind, int(place or 0))
            case _:
                yield number, token(source, tag, number, site, paths[number])
    yield from ((len(tags), piece) for piece in _counted(flat[at:]))


def _counted(text: str) -> Iterator[str | CountAt]:
    """A text, cut at the numbers that printing gives: in a loop each is another."""
    at = 0
    for found in _COUNTED.finditer(text):
        group = 2 if found[1] else 4
        yield text[at : found.start(group)]
        yield CountAt(found[group - 1], found[group])
        at = found.end(group)
    yield text[at:]


def _number(mark: Element) -> int:
    return int(mark.get("k", "0"))


def _path(tag: Element) -> Path:
    """What a tag stands in: cells, rows, tables and text boxes as themselves, anything else by its
    kind, so that a block may go over several paragraphs but not from one cell into the next."""
    return tuple(a if a.tag in _CONTAINERS else a.tag for a in tag.iterancestors())


def _empty(begin: Element, root: Element) -> str:
    """What stands in a cell that goes on from the one above: a paragraph that says nothing."""
    cell = begin.getparent()
    assert cell is not None
    properties = cell.find(f"{W}p/{W}pPr")
    inner = xml.serialise(properties, root.nsmap) if properties is not None else ""
    return f"<w:p>{inner}</w:p>"


def _flat(root: Element) -> str:
    """The part as text, its marks without their namespace."""
    text = etree.tostring(root, encoding="unicode").replace(f' xmlns:rg="{MARKS}"', "")
    return xml.DECLARATION + unguarded(text)


def _numbered(tag: Tag) -> bool:
    """Whether a number stands before the tag in its paragraph."""
    before = tag.paragraph[max(0, tag.start - _NUMBER_LENGTH) : tag.start]
    return _NUMBER_BEFORE.search(before) is not None
