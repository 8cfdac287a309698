"""A compiled template over facts → the bytes of a document and the ledger of every number printed
in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.files import Member, archive
from reportgen.language import words
from reportgen.language.expressions import Refused, shown
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.values import Facts, Prose, Record, Rows, Values
from reportgen.word.printing.contents import Contents, contents, forlorn
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.template.nodes import For, If, Inserted, Merge, Merged, Node, Print, Template
from reportgen.word.template.runs import Site
from reportgen.wording.formats import Phrase, Printed, Tabled
from reportgen.wording.ordinals import Ordinal, unnumbered
from reportgen.wording.prose import ProseReader

_FIRST_BOOKMARK = 100000  # above any that a template has
_NO_XML = [*(i for i in range(32) if i not in (9, 10)), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"} | dict.fromkeys(_NO_XML)
_SPECIAL = re.compile("[&<>\\x00-\\x08\\x0a-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
FAULTS = (Refused, MissingValue, NumberError)


_entry = (
    tuple.__new__
)  # a quarter of the time of Entry(...), and there is one for every cell of a table


class RenderFault(Exception):
    """Values that the template needs and the facts do not give, each with its place and the row
    that caused it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class PrintedEntry(NamedTuple):
    """A printed number: its bookmark (None in tables, which have none), the print and the tag that
    asked for it."""

    bookmark: str | None
    printed: Printed
    tag: Tag


@dataclass(slots=True)
class Rendering:
    """One document being written."""

    edition: Edition
    prose: ProseReader
    scope: Facts
    ledger: list[PrintedEntry] = field(default_factory=list)
    counters: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    headings: Mapping[str, int] = field(default_factory=dict)
    later: list[tuple[int, For, Facts]] = field(
        default_factory=list
    )  # loops over the headings, and where they belong
    empty: list[tuple[int, For]] = field(
        default_factory=list
    )  # loops over no rows, and where they stand
    rows: list[tuple[int, Any]] = field(
        default_factory=list
    )  # the rows at hand of the loops, outermost first
    above: dict[int, str] = field(
        default_factory=dict
    )  # what the merged columns of a table say in the row above
    anew: bool = True  # a merged column to the left begins anew in the row at hand
    merged: set[int] = field(default_factory=set)  # the columns that go on from the row above

    def part(self, nodes: list[Node]) -> str:
        """The text of a part."""
        out: list[str] = []
        self.later.clear()
        self.empty.clear()
        self.scope[words.CONTENTS] = Contents()
        self._run(nodes, out)
        empty = list(self.empty)
        if self.later:
            headings = Rows(words.CONTENTS, list(contents("".join(out), self.headings)), "", {})
            whole = self.scope
            for at, node, scope in self.later:
                inner: list[str] = []
                self.scope = scope
                self.scope[words.CONTENTS] = headings
                self._each(node, headings, inner)
                out[at] = "".join(inner)
            self.scope = whole
        self.faults += forlorn(out, empty, self.headings) if empty and self.headings else []
        return "".join(out)

    def _run(self, nodes: list[Node], out: list[str]) -> None:
        record = self.ledger.append
        for node in nodes:
            if isinstance(node, Print):
                before = len(out)
                try:
                    value = self._value(node)
                    kind = value.__class__
                    if kind is Tabled:  # this and the next: nearly every print of a table
                        record(_entry(PrintedEntry, (None, value, node.tag)))
                        out += (node.opened, value, node.site.close)
                    elif kind is str and value and not _SPECIAL.search(value):
                        out += (node.opened, value, node.site.close)
                    else:
                        self._print(node, value, out)
                except FAULTS as error:
                    if (
                        len(out) == before
                    ):  # the preview shows the rest: what stands before the print may close a table
                        out.append(node.before)
                    self._fault(node.tag, error)
            elif isinstance(node, str):
                out.append(node)
            elif isinstance(node, For):
                self._for(node, out)
            elif isinstance(node, If):
                self._if(node, out)
            elif isinstance(node, Merge):
                self._merge(node, out)
            elif isinstance(node, Merged):
                if node.mark in self.merged:
                    out.append(node.empty)
                else:
                    self._run(node.body, out)
            else:
                self._inserted(node, out)

    def _inserted(self, node: Inserted, out: list[str]) -> None:
        counters, self.counters = self.counters, self.counters if node.on else []
        self._run(node.body, out)
        self.counters = counters

    def _merge(self, node: Merge, out: list[str]) -> None:
        """A cell goes on from the one above if it says the same, and if those to its left do."""
        try:
            text = str(node.value(self.scope))
        except FAULTS:  # its print tells
            text = ""
        if self.above.get(node.mark) == text and not self.anew:
            self.merged.add(node.mark)
            out.append("<w:vMerge/>")
        else:
            self.anew = True
            self.merged.discard(node.mark)
            out.append('<w:vMerge w:val="restart"/>')
        self.above[node.mark] = text

    def _value(self, node: Print) -> Any:
        return node.value(self.scope)

    def _fault(self, tag: Tag, error: Exception) -> None:
        """Goes on after it, so that all are told."""
        rows = [
            messages.ROW_AT.format(n=n, name=shown(item) if isinstance(item, Record) else "")
            for n, item in self.rows
        ]
        self.faults.append(tag.fault(str(error) + "".join(rows)))

    def _print(self, node: Print, value: Any, out: list[str]) -> None:
        out.append(node.before)
        if node.numbered and isinstance(value, Prose):
            value = unnumbered(value)  # the template has given it one
        text = self._text(value)
        for piece in text if isinstance(text, Phrase) else (text,):
            self._piece(piece, node, out)

    def _piece(self, piece: str, node: Print, out: list[str]) -> None:
        """Part of a phrase: words, or a number of a sentence, which gets a bookmark."""
        site = node.site
        if isinstance(piece, Printed):
            n = len(self.ledger)
            self.ledger.append(_entry(PrintedEntry, (f"_rg{n}", piece, node.tag)))
            mark = f'w:id="{_FIRST_BOOKMARK + n}"'
            shown = piece.translate(_ESCAPES) if _SPECIAL.search(piece) else piece
            out.append(
                f'<w:bookmarkStart {mark} w:name="_rg{n}"/>{site.open}{shown}{site.close}<w:bookmarkEnd {mark}/>'
            )
        else:
            _paragraphs(piece, site, out)

    def _text(self, value: Any) -> str | Phrase:
        if isinstance(value, str | Phrase):
            return value
        if isinstance(value, Ordinal):
            return value.text(self._next(value.level))
        return self.prose.text_of(value, self.scope)

    def _next(self, level: int) -> int:
        self.counters.extend([0] * (level + 1 - len(self.counters)))
        self.counters[level] += 1
        del self.counters[level + 1 :]
        return self.counters[level]

    def _for(self, node: For, out: list[str]) -> None:
        try:
            rows = node.rows(self.scope)
            if isinstance(rows, Contents):
                self.later.append((len(out), node, self.scope.copy()))
                out.append("")
                return
            if not isinstance(rows, Rows | Values | list):
                raise Refused(messages.NOT_ROWS)
        except FAULTS as error:
            self._fault(node.tag, error)
            return
        self._each(node, rows, out)

    def _each(self, node: For, rows: Iterable[Any], out: list[str]) -> None:
        n = 0
        outer, self.above = (self.above, self.anew, self.merged), {}
        self.merged = set()
        for n, item in enumerate(rows, 1):
            self.scope[node.variable] = item
            self.rows.append((n, item))
            self.anew = n == 1
            self._run(node.body, out)
            self.rows.pop()
        self.above, self.anew, self.merged = outer
        self.scope.pop(node.variable, None)
        if not n:
            self.empty.append((len(out), node))

    def _if(self, node: If, out: list[str]) -> None:
        for condition, body, tag in node.branches:
            try:
                chosen = condition is None or bool(condition(self.scope))
            except FAULTS as error:
                self._fault(tag, error)
                return
            if chosen:
                self._run(body, out)
                return


def _paragraphs(text: str, site: Site, out: list[str]) -> None:
    """Words as runs: each line a paragraph, what XML reserves escaped."""
    if not _SPECIAL.search(text):
        out.append(f"{site.open}{text}{site.close}" if text else "")
        return
    *lines, last = [
        f"{site.open}{line.translate(_ESCAPES)}{site.close}" for line in text.split("\n")
    ]
    if lines and site.page:  # the page set-up of the first paragraph moves to the last
        at = next(i for i in reversed(range(len(out))) if site.page in out[i])
        out[at] = "".join(out[at].rsplit(site.page, 1))
    out.append(site.paragraph.join(lines) + (site.final if lines else "") + last)


def render(
    template: Template,
    edition: Edition,
    prose: ProseReader,
    names: Facts,
    record: Record | None = None,
) -> tuple[bytes, list[PrintedEntry]]:
    """The document (for a `record`, if it is written for each) and its ledger. `prose` reads the
    texts of the filing. Raises RenderFault with every value that is missing or cannot be printed."""
    rendering = Rendering(edition, prose, names.copy(), headings=template.headings)
    if record is not None:
        rendering.scope[template.variable] = record
    parts = {
        name: Member(name, rendering.part(nodes).encode()) for name, nodes in template.nodes.items()
    }
    if rendering.faults:
        raise RenderFault(list(dict.fromkeys(rendering.faults)))
    return archive(
        parts.get(name) or template.fixed[name] for name in template.order
    ), rendering.ledger
