"""A compiled template over facts → the bytes of a document and the ledger of every number printed in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from reportgen import messages, words
from reportgen.edition import Edition
from reportgen.expressions import Language, Refused
from reportgen.facts import Names, Record, Rows, Values
from reportgen.numbers import MissingValue, NumberError, literal
from reportgen.package import Member, archive
from reportgen.word.runs import Site
from reportgen.word.tags import Tag
from reportgen.word.template import For, If, Node, Print, Template
from reportgen.wording.formats import Phrase, Printed, Tabled
from reportgen.wording.phrases import Ordinal, text_of

_FIRST_BOOKMARK = 100000  # above any that a template has
_NO_XML = [*(i for i in range(32) if i not in (9, 10)), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"} | dict.fromkeys(_NO_XML)
_SPECIAL = re.compile("[&<>\\x00-\\x08\\x0a-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_FAULTS = (Refused, MissingValue, NumberError)


_entry = tuple.__new__  # a quarter of the time of Entry(...), and there is one for every cell of a table


class RenderFault(Exception):
    """A value that the template needs and the facts do not give. `tag` is where; the text is the message."""

    def __init__(self, tag: Tag, message: str) -> None:
        super().__init__(tag.fault(message))
        self.tag = tag


class Contents(list[Record]):
    """目录: the headings of the document, which are known only when all of it is written."""


class Entry(NamedTuple):
    """A printed number: its bookmark (None in tables, which have none), the print and the tag that asked for it."""

    bookmark: str | None
    printed: Printed
    tag: Tag


@dataclass(slots=True)
class Rendering:
    """One document being written."""

    edition: Edition
    prose: Language
    scope: Names
    ledger: list[Entry] = field(default_factory=list)
    counters: list[int] = field(default_factory=list)
    dry: bool = False
    faults: list[RenderFault] = field(default_factory=list)
    headings: Mapping[str, int] = field(default_factory=dict)
    later: list[tuple[int, For, Names]] = field(default_factory=list)  # loops over the headings, and where they belong

    def part(self, nodes: list[Node]) -> str:
        """The text of a part."""
        out: list[str] = []
        self.later.clear()
        self.scope[words.CONTENTS] = Contents()
        self._run(nodes, out)
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
        return "".join(out)

    def _run(self, nodes: list[Node], out: list[str]) -> None:
        scope, record = self.scope, self.ledger.append
        for node in nodes:
            if isinstance(node, Print):
                try:
                    value = node.value(scope)
                    kind = value.__class__
                    if kind is Tabled:  # this and the next: nearly every print of a table
                        record(_entry(Entry, (None, value, node.tag)))
                        out += (node.opened, value, node.site.close)
                    elif kind is str and value and not _SPECIAL.search(value):
                        out += (node.opened, value, node.site.close)
                    else:
                        self._print(node, value, out)
                except _FAULTS as error:
                    self._fault(node.tag, error)
            elif isinstance(node, str):
                out.append(node)
            elif isinstance(node, For):
                self._for(node, out)
            elif isinstance(node, If):
                self._if(node, out)

    def _fault(self, tag: Tag, error: Exception) -> None:
        fault = RenderFault(tag, str(error))
        if not self.dry:
            raise fault from error
        self.faults.append(fault)

    def _print(self, node: Print, value: Any, out: list[str]) -> None:
        out.append(node.before)
        text = self._text(value)
        for piece in text if isinstance(text, Phrase) else (text,):
            self._piece(piece, node, out)

    def _piece(self, piece: str, node: Print, out: list[str]) -> None:
        """Part of a phrase: words, or a number of a sentence, which gets a bookmark."""
        site = node.site
        if isinstance(piece, Printed):
            n = len(self.ledger)
            self.ledger.append(_entry(Entry, (f"_rg{n}", piece, node.tag)))
            mark = f'w:id="{_FIRST_BOOKMARK + n}"'
            shown = piece.translate(_ESCAPES) if _SPECIAL.search(piece) else piece
            out.append(f'<w:bookmarkStart {mark} w:name="_rg{n}"/>{site.open}{shown}{site.close}<w:bookmarkEnd {mark}/>')
        else:
            _paragraphs(piece, site, out)

    def _text(self, value: Any) -> str | Phrase:
        if isinstance(value, str | Phrase):
            return value
        if isinstance(value, Ordinal):
            return value.text(self._next(value.level))
        return text_of(value, self.edition, self.prose, self.scope)

    def _next(self, level: int) -> int:
        self.counters.extend([0] * (level + 1 - len(self.counters)))
        self.counters[level] += 1
        del self.counters[level + 1 :]
        return self.counters[level]

    def _for(self, node: For, out: list[str]) -> None:
        try:
            rows = node.rows(self.scope)
            if isinstance(rows, Contents) and not self.dry:
                self.later.append((len(out), node, self.scope.copy()))
                out.append("")
                return
            if not isinstance(rows, Rows | Values | list):
                raise Refused(messages.NOT_ROWS)
        except _FAULTS as error:
            self._fault(node.tag, error)
            return
        self._each(node, [_heading("", 1)] if isinstance(rows, Contents) else rows, out)

    def _each(self, node: For, rows: Iterable[Any], out: list[str]) -> None:
        for item in rows:
            self.scope[node.variable] = item
            self._run(node.body, out)
        self.scope.pop(node.variable, None)

    def _if(self, node: If, out: list[str]) -> None:
        for condition, body, tag in node.branches:
            try:
                chosen = condition is None or bool(condition(self.scope))
            except _FAULTS as error:
                self._fault(tag, error)
                chosen = False
            if chosen or self.dry:
                self._run(body, out)
                if not self.dry:
                    return


def _heading(text: str, level: int) -> Record:
    return Record(words.CONTENTS, {words.CONTENTS_TEXT: text, words.LEVEL: literal(level)})


def contents(text: str, headings: Mapping[str, int]) -> Iterator[Record]:
    """The headings of a written part, in order: paragraphs whose style is one of `headings`."""
    for found in re.finditer(f'<w:pStyle w:val="({"|".join(map(re.escape, headings))})"/>', text) if headings else ():
        end = text.find("</w:p>", found.end())
        title = "".join(_TEXT.findall(text, found.end(), end)).strip()
        if title:
            yield _heading(html.unescape(title), headings[found[1]])


def _paragraphs(text: str, site: Site, out: list[str]) -> None:
    """Words as runs: each line a paragraph, what XML reserves escaped."""
    if not _SPECIAL.search(text):
        out.append(f"{site.open}{text}{site.close}" if text else "")
        return
    *lines, last = [f"{site.open}{line.translate(_ESCAPES)}{site.close}" for line in text.split("\n")]
    if lines and site.page:  # the page set-up of the first paragraph moves to the last
        at = next(i for i in reversed(range(len(out))) if site.page in out[i])
        out[at] = "".join(out[at].rsplit(site.page, 1))
    out.append(site.paragraph.join(lines) + (site.final if lines else "") + last)


def render(template: Template, edition: Edition, prose: Language, names: Names) -> tuple[bytes, list[Entry]]:
    """The document and its ledger. Raises RenderFault at the first value that is missing or cannot be printed."""
    rendering = Rendering(edition, prose, names.copy(), headings=template.headings)
    parts = {name: Member(name, rendering.part(nodes).encode()) for name, nodes in template.nodes.items()}
    return archive(parts.get(name) or template.fixed[name] for name in template.order), rendering.ledger


def trial(template: Template, edition: Edition, prose: Language, names: Names) -> list[str]:
    """Every fault that printing over `names` (specimen facts) brings out, every branch taken."""
    rendering = Rendering(edition, replace(prose, dry=True), names.copy(), dry=True)
    for nodes in template.nodes.values():
        rendering.part(nodes)
    return [str(fault) for fault in rendering.faults]
