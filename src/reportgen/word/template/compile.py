"""A spliced document → a compiled template: text, prints, loops and branches, every tag with its place.

docxtpl reads its dialect (tags split over runs, {%tr %}, {%p %}); what is left is done here once and never again for
a document: every run that holds a tag is split, so that a print writes whole runs, and branches stay balanced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docxtpl import DocxTemplate
from lxml import etree

from reportgen import messages
from reportgen.edition.models import Document, Edition
from reportgen.facts.settling import scope_names
from reportgen.files import Member
from reportgen.findings import EditionFault
from reportgen.language import words
from reportgen.language.expressions import Evaluate, Language, Refused, Scope
from reportgen.language.numbers import Missing
from reportgen.word.source import xml
from reportgen.word.source.insert import Library
from reportgen.word.source.sections import Section, Spliced, opened, splice
from reportgen.word.source.tags import TAG, Fault, Tag
from reportgen.word.source.xml import Element, W
from reportgen.word.template.runs import MARK, MERGES, UNGUARD, Site, cells, guarded, split

_TOKEN = re.compile(r'<rg:tag k="(\d+)"(?: site="(\d+|[mbe])")?/>')
_KIND = re.compile(r"^(\{[{%][-+]?)(tr|tc|p|r)\s")
_STATEMENT = re.compile(r"\{%-?\s*(\w*)\s*(.*?)\s*-?%\}", re.S)
_EMPTY = re.compile(r"<w:t(?: [^>]*)?/>")
_VOLATILE = re.compile(r' (?:w:rsid\w*|w14:(?:paraId|textId))="[^"]*"')
_CELL_END = "</w:tc>"
_CLOSING = ("endfor", "endif", "else", "elif", words.INSERT_END)
_NUMBER_BEFORE = re.compile(rf"(?:\{{\{{\s*{words.ORDINAL}\(\d\)\s*\}}\}}|[一二三四五六七八九十\d][、.．]|[）)])[ \u3000]*$")
_CONTAINERS = {f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}txbxContent"}
_MAX_NESTING = 4  # loops within loops
_MAX_DEPTH = 40  # blocks within blocks


@dataclass(frozen=True, slots=True)
class Print:
    """{{ expression }}, and the fixed text before it: `opened` is that text with the start of a run."""

    value: Evaluate
    site: Site
    tag: Tag
    before: str
    opened: str
    numbered: bool = False  # a number stands before it in the paragraph


@dataclass(frozen=True, slots=True)
class Merge:
    """|纵并: whether the cell begins anew or goes on from the one above, decided by what it says. `mark` is its column."""

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
class For:
    """{% for variable in rows %}"""

    variable: str
    rows: Evaluate
    body: list[Node]
    tag: Tag


@dataclass(frozen=True, slots=True)
class If:
    """{% if %} … {% elif %} … {% else %}: the condition of the last branch may be None."""

    branches: list[tuple[Evaluate | None, list[Node], Tag]]


Node = str | Print | Merge | Merged | Inserted | For | If


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled document: its changing parts as nodes, the others ready for the archive, in package order; and the
    levels of the styles that make headings. `variable` is the record that it is written for, "" for one document."""

    variable: str
    nodes: dict[str, list[Node]]
    fixed: dict[str, Member]
    order: list[str]
    headings: dict[str, int]


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a document, read: base.docx and its sections in order, with what they insert. `faults` are those of the
    folder; `each` is the variable and the table that the document is written for."""

    base: Section
    sections: list[Section]
    faults: list[Fault]
    each: tuple[str, str] = ("", "")


def read(edition: Edition, document: Document) -> Sources:
    """Opens base.docx and the sections of a document; what is wrong with them is in their faults."""
    base = opened(edition.folder / "base.docx", "base.docx")
    library = Library(edition, base)
    files = section_files(edition, document)
    none = [] if files else [Tag("", str(document.templates), "", "").fault(messages.NO_SECTIONS)]
    names = [file.relative_to(edition.folder).as_posix() for file in files]
    sections = [library.expanded(opened(file, name, base)) for file, name in zip(files, names, strict=True)]
    return Sources(base, sections, none, document.each)


def read_one(edition: Edition, file: Path) -> Sources:
    """Opens base.docx and one section file, wherever it lies; beside the files of a document for each record it sees the
    record as they do."""
    base = opened(edition.folder / "base.docx", "base.docx")
    own = (d.each for d in edition.document if d.loop and file.resolve().parent in _folders(edition, d))
    return Sources(base, [Library(edition, base).expanded(opened(file, file.name, base))], [], next(own, ("", "")))


def _folders(edition: Edition, document: Document) -> set[Path]:
    return {path.resolve().parent for path in section_files(edition, document)}


def load(sources: Sources, edition: Edition, language: Language) -> Template:
    """Splices and compiles sources that `word.check` found sound; raises EditionFault for what it did not foresee."""
    faults: list[Fault] = []
    spliced = splice(sources.base, sources.sections)
    names = names_of(edition, sources)
    nodes = {
        part: compile_part(spliced.parts[part].decode("utf-8"), tags, names, language, faults)
        for part, tags in spliced.tags.items()
    }
    if faults:
        raise EditionFault(list(dict.fromkeys(map(str, faults))))
    return _template(sources.each[0], spliced, nodes)


def names_of(edition: Edition, sources: Sources) -> list[str]:
    """The names that the tags of a document may start from."""
    return [*scope_names(edition), words.CONTENTS, *filter(None, sources.each[:1])]


def section_files(edition: Edition, document: Document) -> list[Path]:
    """The section files of a document in order; Word's own lock files (~$) are none."""
    if isinstance(document.templates, list):
        return [edition.folder / f"{name}.docx" for name in document.templates]
    return sorted(p for p in (edition.folder / document.templates).glob("*.docx") if not p.name.startswith("~$"))


def _template(variable: str, spliced: Spliced, nodes: dict[str, list[Node]]) -> Template:
    order = sorted(spliced.parts, key=lambda n: (n != "[Content_Types].xml", n))
    fixed = {n: Member(n, data) for n, data in spliced.parts.items() if n not in nodes}
    return Template(variable, nodes, fixed, order, _headings(spliced.parts["word/styles.xml"]))


def _headings(styles: bytes) -> dict[str, int]:
    """Style → its level in a list of contents, 1 for the highest."""
    found = {}
    for style in xml.parse(styles).iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None and int(level.get(f"{W}val", "9")) < 9:
            found[str(style.get(f"{W}styleId"))] = int(level.get(f"{W}val", "9")) + 1
    return found


def compile_part(source: str, tags: list[Tag], names: list[str], language: Language, faults: list[Fault]) -> list[Node]:
    """One part as nodes. `tags` are those that the author wrote, in document order."""
    kept = [t for t in tags if not t.text.startswith("{#")]
    text = DocxTemplate.patch_xml(None, _EMPTY.sub("", _VOLATILE.sub("", guarded(source))))
    text = re.sub(r"\s*\{%-", "{%", re.sub(r"-%\}\s*", "%}", re.sub(r"\{#.*?#\}", "", text, flags=re.S)))
    found = TAG.findall(text)
    if len(found) != len(kept):
        lost = messages.TEMPLATE_TAGS_LOST.format(wanted=len(kept), found=len(found))
        faults.append(Tag("", kept[0].file, "", "").fault(lost))
        return []
    found = [_KIND.sub(r"\1 ", t.text) for t in kept]  # docxtpl makes quotation marks straight, those in quoted text too
    counter = iter(range(len(found)))
    text = TAG.sub(lambda _: f'<rg:tag k="{next(counter)}"/>', text)
    root = xml.parse(re.sub(r"(<w:(?:document|hdr|ftr)\b)", rf'\1 xmlns:rg="{MARK}"', text, count=1).encode())
    sites = split(root, found)
    paths = {int(e.get("k", "0")): _path(e) for e in root.iter(f"{{{MARK}}}tag")}
    empty = cells(root)
    flat = etree.tostring(root, encoding="unicode").replace(f' xmlns:rg="{MARK}"', "")
    flat = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + flat.translate(UNGUARD)
    return _Builder(found, kept, sites, paths, list(names), language, faults, empty=empty).build(_TOKEN.split(flat))


def _path(tag: Element) -> tuple[object, ...]:
    """What a tag stands in: cells, rows, tables and text boxes as themselves, anything else by its kind, so that a block
    may go over several paragraphs but not from one cell into the next."""
    return tuple(a if a.tag in _CONTAINERS else a.tag for a in tag.iterancestors())


def compile_tags(tags: list[Tag], names: list[str], language: Language, faults: list[Fault]) -> list[Node]:
    """The tags of a part that cannot be compiled, for the sake of their faults: nothing is said of their blocks."""
    kept = [t for t in tags if not t.text.startswith("{#")]
    found = [_KIND.sub(r"\1 ", t.text) for t in kept]
    tokens = [token for k in range(len(kept)) for token in ("", str(k), "0")]
    nowhere = Site("", "", "", "", "")
    paths = dict.fromkeys(range(len(kept)), ())
    return _Builder(found, kept, [nowhere], paths, list(names), language, faults, loose=True).build([*tokens, ""])


def _untold(_scope: Scope) -> Missing:
    """Instead of what could not be compiled: nothing more is said of it."""
    return Missing("", None)


# -- blocks ----------------------------------------------------------------------------------------------------------------


@dataclass
class _Builder:
    """Builds the tree of a part; goes on after a fault, so that all are told."""

    patched: list[str]
    tags: list[Tag]
    sites: list[Site]
    paths: Mapping[int, tuple[object, ...]]
    names: list[str]
    language: Language
    faults: list[Fault]
    loose: bool = False  # tags are missing: blocks may not fit, and nothing is said of it
    owed: Counter[str] = field(default_factory=Counter)  # closing statements that come too late, told already
    wanted: list[str] = field(default_factory=list)  # what closes the blocks round the tag at hand
    tokens: Sequence[str | None] = field(default_factory=list)
    position: int = 0
    empty: Mapping[int, str] = field(default_factory=dict)  # the cells to be merged, as they are where they go on
    marked: set[int] = field(default_factory=set)  # the tags whose cells may be merged
    nesting: int = 0
    path: tuple[object, ...] = ()  # of the tag at hand

    def build(self, tokens: Sequence[str | None]) -> list[Node]:
        self.tokens = tokens
        if self._too_deep():
            return []
        nodes, stop = self._block(())
        while stop is not None:
            if not self.loose:
                self._tell(stop[1], messages.BLOCK_NOT_OPEN.format(tag=stop[0]))
            more, stop = self._block(())
            nodes += more
        return nodes

    def _too_deep(self) -> bool:
        depth = 0
        for source, tag in zip(self.patched, self.tags, strict=True):
            word = self._statement(source)[0] if source.startswith("{%") else ""
            depth += (word in ("for", "if")) - (word in ("endfor", "endif"))
            if depth > _MAX_DEPTH:
                self._tell(tag, messages.BLOCKS_TOO_DEEP.format(limit=_MAX_DEPTH))
                return True
        return False

    def _block(self, ends: tuple[str, ...]) -> tuple[list[Node], tuple[str, Tag, str] | None]:
        """Nodes up to one of the closing statements, and that statement (None at the end of the part)."""
        nodes: list[Node] = []
        while self.position < len(self.tokens):
            nodes.append(self.tokens[self.position] or "")
            if self.position + 2 >= len(self.tokens):
                self.position = len(self.tokens)
                break
            k, site = int(self.tokens[self.position + 1] or 0), self.tokens[self.position + 2]
            self.position += 3
            source, tag = self.patched[k], self.tags[k]
            self.path = self.paths[k]
            if site == "m":
                self.marked.add(k + 1)
                nodes.append(Merge(self._compiled(source[2:-2].strip(), tag) or _untold, tag, k + 1))
                continue
            if site == "b":
                body, _ = self._block((_CELL_END,))
                nodes.append(Merged(body, k + 1, self.empty[k]))
                continue
            if site == "e":
                if _CELL_END in ends:
                    return nodes, (_CELL_END, tag, "")
                continue
            if source.startswith("{{"):
                nodes += self._print(source, tag, site, nodes, k + 1)
                continue
            word, rest = self._statement(source)
            if word in ends or (word in _CLOSING and self.owed[word] == 0):
                return nodes, (word, tag, rest)
            if word in _CLOSING:
                self.owed[word] -= 1
                continue
            nodes += self._open(word, rest, tag)
        return [n for n in nodes if n != ""], None

    def _statement(self, source: str) -> tuple[str, str]:
        match = _STATEMENT.fullmatch(source)
        return (match[1], match[2]) if match else (source, "")

    def _print(self, source: str, tag: Tag, site: str | None, nodes: list[Node], k: int) -> list[Node]:
        if site is None:
            self._tell(tag, messages.PRINT_OUTSIDE_TEXT)
            return []
        value = self._compiled(source[2:-2].strip(), tag) or _untold
        before = nodes.pop() if nodes and isinstance(nodes[-1], str) else ""
        around = self.sites[int(site)]
        numbered = bool(_NUMBER_BEFORE.search(tag.paragraph[max(0, tag.start - 20) : tag.start]))
        if MERGES.search(source) and k not in self.marked and not self.loose:
            self._tell(tag, messages.MERGE_OUTSIDE)
        return [Print(value, around, tag, str(before), f"{before}{around.open}", numbered)]

    def _open(self, word: str, rest: str, tag: Tag) -> list[Node]:
        if word == "for":
            return self._for(rest, tag)
        if word == "if":
            return self._if(rest, tag)
        if word == words.INSERT:
            body, _ = self._block((words.INSERT_END,))
            return [Inserted(body, rest == words.INSERT_ON)]
        self._tell(tag, messages.STATEMENT_UNKNOWN.format(word=word))
        return []

    def _for(self, rest: str, tag: Tag) -> list[Node]:
        path = self.path
        match = re.fullmatch(r"(\w+)\s+in\s+(.+)", rest, re.S)
        variable = match[1] if match and match[1].isidentifier() else ""
        if not match or not variable or variable in self.names:
            self._tell(tag, messages.FOR_SYNTAX)
        rows = self._compiled(match[2], tag) if match else None
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            self._tell(tag, messages.LOOPS_TOO_DEEP.format(limit=_MAX_NESTING))
        self.names.append(variable)
        self.wanted.append("endfor")
        body, stop = self._block(("endfor",))
        self.wanted.pop()
        self.names.pop()
        self.nesting -= 1
        self._closed(stop, "endfor", tag, path)
        return [For(variable, rows or _untold, body, tag)]

    def _if(self, rest: str, tag: Tag) -> list[Node]:
        branches: list[tuple[Evaluate | None, list[Node], Tag]] = []
        ended = False  # an else was there
        path = self.path
        condition, opening = self._compiled(rest, tag), tag
        while True:
            self.wanted.append("endif")
            body, stop = self._block(("elif", "else", "endif"))
            self.wanted.pop()
            branches.append((condition, body, opening))
            if stop is None or stop[0] not in ("elif", "else"):
                self._closed(stop, "endif", tag, path)
                return [If(branches)]
            if self.path != path and not self.loose:
                self._tell(stop[1], messages.BLOCK_ACROSS.format(tag=tag.text, found=stop[0]))
            if ended:
                self._tell(stop[1], messages.BLOCK_AFTER_ELSE.format(found=stop[0]))
            ended = stop[0] == "else"
            if ended and stop[2]:
                self._tell(stop[1], messages.BLOCK_AFTER_ELSE.format(found=stop[2]))
            opening = stop[1]
            condition = self._compiled(stop[2], opening) if stop[0] == "elif" else None

    def _closed(self, stop: tuple[str, Tag, str] | None, wanted: str, tag: Tag, path: tuple[object, ...]) -> None:
        if self.loose:
            return
        if stop is None:
            self._tell(tag, messages.BLOCK_NOT_CLOSED.format(tag=tag.text, wanted=wanted))
        elif stop[0] != wanted:
            self.owed[wanted] += 1
            if stop[0] in self.wanted or ("endif" in self.wanted and stop[0] in ("else", "elif")):
                self.position -= 3  # an outer block's: it reads it again
            self._tell(stop[1], messages.BLOCK_CROSSED.format(found=stop[0], wanted=wanted, tag=tag.text))
        elif self.path != path:
            self._tell(stop[1], messages.BLOCK_ACROSS.format(tag=tag.text, found=stop[0]))

    def _compiled(self, source: str, tag: Tag) -> Evaluate | None:
        try:
            return self.language.compile(source, self.names)
        except Refused as refused:
            self._tell(tag, str(refused))
            return None

    def _tell(self, tag: Tag, message: str) -> None:
        self.faults.append(tag.fault(message))
