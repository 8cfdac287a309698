"""A compiled template over facts → the bytes of a document and the ledger of every number printed
in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.files import Member, archive
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import ZERO, Num
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.language.values import Facts, Prose, Record, Rows
from reportgen.word.printing.branching import FAULTS, Branching, Printing, Unprinted
from reportgen.word.printing.contents import Contents, contents, forlorn
from reportgen.word.printing.counting import Counts
from reportgen.word.printing.escaping import bookmarked, plain, write
from reportgen.word.printing.merging import MergeState
from reportgen.word.printing.numbering import Numbering
from reportgen.word.printing.output import Output, bound
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.template.nodes import (
    Bound,
    Count,
    For,
    If,
    Inserted,
    Merge,
    Merged,
    Node,
    Print,
    Template,
)
from reportgen.wording.formats import Phrase, Printed, Tabled
from reportgen.wording.ordinals import Ordinal, unnumbered
from reportgen.wording.prose import ProseReader

# a quarter of the time of PrintedEntry(...), and there is one for every cell of a table
_entry = tuple.__new__
_WHOLE = Unit("", "", places=0)


class RenderFault(Exception):
    """Values that the template needs and the facts do not give, each with its place and the row
    that caused it."""

    def __init__(self, faults: list[Fault], unprinted: list[Unprinted]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.unprinted = unprinted


class PrintedEntry(NamedTuple):
    """A printed number: its bookmark (None in tables, which have none), the print and the tag that
    asked for it."""

    bookmark: str | None
    printed: Printed
    tag: Tag


@dataclass(slots=True)
class Rendering:
    """One document being written. `headings` are the levels of its styles; where it goes is for
    its `branching` to say."""

    edition: Edition
    prose: ProseReader
    scope: Facts
    headings: Mapping[str, int] = field(default_factory=dict)
    branching: Branching = field(default_factory=Printing)
    ledger: list[PrintedEntry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    merges: MergeState = field(default_factory=MergeState)
    loops: list[tuple[int, Any]] = field(default_factory=list)  # their rows at hand, outer first
    within: list[For] = field(default_factory=list)  # the loops themselves
    counts: Counts = field(default_factory=Counts)

    def part(self, nodes: list[Node]) -> str:
        """The text of a part."""
        out = Output()
        self.scope[words.CONTENTS] = Contents()
        self._run(nodes, out)
        if out.contents:
            self._list_headings(out)
        if out.empty and self.headings:
            for tag, error in forlorn(out, out.empty, self.headings):
                self.tell(tag, error)
        return "".join(out)

    def _list_headings(self, out: Output) -> None:
        """Runs the loops over the headings, now that all are known."""
        lines = list(contents("".join(out), self.headings))
        headings = Rows(Name(words.CONTENTS), lines, "", {})
        whole = self.scope
        for at, node, scope in out.contents:
            self.scope = scope
            self.scope[words.CONTENTS] = headings
            inner = Output()
            self._each(node, headings, inner)
            out[at] = "".join(inner)
        self.scope = whole

    def tell(self, tag: Tag, error: Exception) -> None:
        """Keeps a fault and goes on after it, so that all are told."""
        fault = self.branching.fault(tag, error, self.loops)
        if fault is not None:
            self.faults.append(fault)

    def text(self, value: Any) -> str | Phrase:
        """What is printed for a value; an ordinal counts."""
        if isinstance(value, str | Phrase):
            return value
        if isinstance(value, Ordinal):
            return value.text(self.numbering.next(value.level))
        return self.prose.text_of(value, self.scope)

    def _run(self, nodes: list[Node], out: Output) -> None:
        for node in nodes:
            if isinstance(node, Print):
                self._print(node, out)
            elif isinstance(node, str):
                out.append(node)
            elif isinstance(node, For):
                self._for(node, out)
            elif isinstance(node, If):
                for body in self.branching.bodies(node, self):
                    self._run(body, out)
            elif isinstance(node, Bound):
                self._bound(node, out)
            elif isinstance(node, Count):
                out.append(self.counts.next(node))
            elif isinstance(node, Merge):
                self._merge(node, out)
            elif isinstance(node, Merged):
                if node.mark in self.merges.going_on:
                    out.append(node.empty)
                else:
                    self._run(node.body, out)
            else:
                self._inserted(node, out)

    def _bound(self, node: Bound, out: Output) -> None:
        forlorn = bound(node, out)
        if forlorn:
            loop, rows = forlorn
            self.tell(loop.tag, Refused(messages.TABLE_FORLORN, rows))

    def _print(self, node: Print, out: Output) -> None:
        before = len(out)
        try:
            value = self.branching.value(node, self)
            kind = value.__class__
            if kind is Tabled:  # this and the next: nearly every print of a table
                self.ledger.append(_entry(PrintedEntry, (None, value, node.tag)))
                out += (node.opened, value, node.site.close)
            elif kind is str and value and plain(value):
                out += (node.opened, value, node.site.close)
            else:
                self._write(node, value, out)
        except FAULTS as error:
            if len(out) == before:
                # the preview shows the rest: what stands before the print may close a table
                out.append(node.before)
            self.tell(node.tag, error)

    def _write(self, node: Print, value: Any, out: Output) -> None:
        """Words and numbers in order; a number of a sentence gets a bookmark."""
        out.append(node.before)
        if node.numbered and isinstance(value, Prose):
            value = unnumbered(value)  # the template has given it one
        text = self.text(value)
        for piece in text if isinstance(text, Phrase) else (text,):
            if isinstance(piece, Printed) and not node.site.open:  # no text: a property
                self.ledger.append(_entry(PrintedEntry, (None, piece, node.tag)))
                write(piece, node.site, out)
            elif isinstance(piece, Printed):
                number = len(self.ledger)
                self.ledger.append(_entry(PrintedEntry, (f"_rg{number}", piece, node.tag)))
                out.append(bookmarked(piece, node.site, number))
            else:
                write(piece, node.site, out)

    def _inserted(self, node: Inserted, out: Output) -> None:
        outer = self.numbering
        if not node.on:
            self.numbering = Numbering()
        self._run(node.body, out)
        self.numbering = outer

    def _merge(self, node: Merge, out: Output) -> None:
        try:
            text = str(node.value(self.scope))
        except FAULTS:  # its print tells
            text = ""
        goes_on = self.merges.goes_on(node.mark, text)
        out.append("<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>')

    def _for(self, node: For, out: Output) -> None:
        rows = self.branching.rows(node, self)
        if isinstance(rows, Contents):
            out.contents.append((len(out), node, self.scope.copy()))
            out.append("")
        elif rows is not None:
            self._each(node, rows, out)

    def _each(self, node: For, rows: Iterable[Any], out: Output) -> None:
        outer, self.merges = self.merges, MergeState()
        around = {name: self.scope[name] for name in words.OF_LOOPS if name in self.scope}
        kept = list(self._kept(node, rows))
        self.within.append(node)
        for n, row in enumerate(kept, 1):
            self.scope[node.variable] = row
            self.scope.update(_round(n, len(kept)))
            self.loops.append((n, row))
            self.merges.next_row()
            self._run(node.body, out)
            self.loops.pop()
        self.within.pop()
        self.merges = outer
        for name in (node.variable, *words.OF_LOOPS):
            self.scope.pop(name, None)
        self.scope.update(around)
        if not kept:
            out.empty.append((len(out), node, rows))

    def _kept(self, node: For, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows for which the condition of a loop holds."""
        if node.condition is None:
            yield from rows
            return
        for n, row in enumerate(rows, 1):
            self.scope[node.variable] = row
            self.loops.append((n, row))
            keeps = self.branching.keeps(node.condition, node, self)
            self.loops.pop()
            if keeps:
                yield row


def _round(n: int, count: int) -> dict[str, Any]:
    """What a loop knows of its n-th round of so many."""
    number = Num(Decimal(n), _WHOLE, "literal", name=Name(words.ROUND_NUMBER), half=ZERO)
    return {words.ROUND_NUMBER: number, words.LAST_ROUND: n == count}


def render(
    template: Template,
    edition: Edition,
    prose: ProseReader,
    names: Facts,
    record: Record | None = None,
) -> tuple[bytes, list[PrintedEntry]]:
    """The document (for a `record`, if it is written for each) and its ledger. `prose` reads the
    texts of the filing. Raises RenderFault with every value that is missing or cannot be
    printed."""
    printing = Printing()
    rendering = _rendering(template, edition, prose, names, record, printing)
    parts = {name: rendering.part(nodes) for name, nodes in template.nodes.items()}
    if rendering.faults:
        raise RenderFault(list(dict.fromkeys(rendering.faults)), printing.unprinted)
    return packed(template, parts, rendering.counts), rendering.ledger


def counting(template: Template) -> Counts:
    """Nothing counted yet of a template."""
    return Counts({name: part.first for name, part in template.notes.items()})


def packed(template: Template, parts: Mapping[str, str], counts: Counts) -> bytes:
    """The document whose changing parts are these, with the notes that they count."""
    notes = {name: own.written(counts.notes(name)) for name, own in template.notes.items()}
    members = {n: Member(n, text.encode()) for n, text in {**parts, **notes}.items()}
    return archive(members.get(name) or template.fixed[name] for name in template.order)


def rehearse(
    template: Template,
    edition: Edition,
    prose: ProseReader,
    names: Facts,
    record: Record | None = None,
) -> list[Unprinted]:
    """What `render` would refuse to print, without writing anything; an outline will do."""
    printing = Printing()
    rendering = _rendering(template, edition, prose, names, record, printing)
    for nodes in template.nodes.values():
        rendering.part(nodes)
    return printing.unprinted


def _rendering(
    template: Template,
    edition: Edition,
    prose: ProseReader,
    names: Facts,
    record: Record | None,
    printing: Printing,
) -> Rendering:
    counts = counting(template)
    rendering = Rendering(edition, prose, names.copy(), template.headings, printing, counts=counts)
    if record is not None:
        rendering.scope[template.variable] = record
    return rendering
