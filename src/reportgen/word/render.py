"""A compiled template over facts → the bytes of a document and the ledger of every number printed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reportgen import messages
from reportgen.edition import Edition
from reportgen.expressions import Language, Refused
from reportgen.facts import Names, Rows, Values
from reportgen.numbers import MissingValue, NumberError
from reportgen.package import Member, archive
from reportgen.word.sections import Tag
from reportgen.word.template import For, If, Node, Print, Site, Template
from reportgen.wording.formats import Phrase, Printed
from reportgen.wording.phrases import Ordinal, text_of

_FIRST_BOOKMARK = 100000  # above any that a template has
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"} | {i: None for i in range(32) if i not in (9, 10)}
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\n]")
_FAULTS = (Refused, MissingValue, NumberError)


class RenderFault(Exception):
    """A value that the template needs and the facts do not give. `tag` is where; the text is the message."""

    def __init__(self, tag: Tag, message: str) -> None:
        super().__init__(tag.fault(message))
        self.tag = tag


@dataclass(frozen=True, slots=True)
class Entry:
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

    def part(self, nodes: list[Node]) -> str:
        """The text of a part."""
        out: list[str] = []
        self._run(nodes, out)
        return "".join(out)

    def _run(self, nodes: list[Node], out: list[str]) -> None:
        for node in nodes:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, Print):
                try:
                    self._print(node, out)
                except _FAULTS as error:
                    self._fault(node.tag, error)
            elif isinstance(node, For):
                self._for(node, out)
            else:
                self._if(node, out)

    def _fault(self, tag: Tag, error: Exception) -> None:
        fault = RenderFault(tag, str(error))
        if not self.dry:
            raise fault from error
        self.faults.append(fault)

    def _print(self, node: Print, out: list[str]) -> None:
        value = node.value(self.scope)
        if not isinstance(value, str | Phrase):
            value = self._text(value)
        if isinstance(value, Phrase):
            for piece in value:
                self._piece(piece, node, out)
        else:
            self._piece(value, node, out)

    def _text(self, value: Any) -> str | Phrase:
        if isinstance(value, Ordinal):
            return value.text(self._next(value.level))
        return text_of(value, self.edition, self.prose, self.scope)

    def _next(self, level: int) -> int:
        self.counters.extend([0] * (level + 1 - len(self.counters)))
        self.counters[level] += 1
        del self.counters[level + 1 :]
        return self.counters[level]

    def _piece(self, text: str, node: Print, out: list[str]) -> None:
        site = node.site
        if isinstance(text, Printed):
            if text.plain:
                self.ledger.append(Entry(None, text, node.tag))
                out.append(f"{site.open}{text}{site.close}")
                return
            n = len(self.ledger)
            self.ledger.append(Entry(f"_rg{n}", text, node.tag))
            mark = f'w:id="{_FIRST_BOOKMARK + n}"'
            out.append(f'<w:bookmarkStart {mark} w:name="_rg{n}"/>{site.open}{text}{site.close}<w:bookmarkEnd {mark}/>')
        elif _SPECIAL.search(text):
            out.append(_paragraphs(text, site))
        elif text:
            out.append(f"{site.open}{text}{site.close}")

    def _for(self, node: For, out: list[str]) -> None:
        try:
            rows = node.rows(self.scope)
            if not isinstance(rows, Rows | Values | list):
                raise Refused(messages.NOT_ROWS)
        except _FAULTS as error:
            self._fault(node.tag, error)
            return
        outer = self.scope
        for item in rows:
            self.scope = inner = outer.copy()
            inner[node.variable] = item
            self._run(node.body, out)
        self.scope = outer

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


def _paragraphs(text: str, site: Site) -> str:
    lines = text.split("\n")
    return site.paragraph.join(f"{site.open}{line.translate(_ESCAPES)}{site.close}" for line in lines)


def render(template: Template, edition: Edition, prose: Language, names: Names) -> tuple[bytes, list[Entry]]:
    """The document and its ledger. Raises RenderFault at the first value that is missing or cannot be printed."""
    rendering = Rendering(edition, prose, names.copy())
    parts = {name: Member(name, rendering.part(nodes).encode()) for name, nodes in template.nodes.items()}
    return archive(parts.get(name) or template.fixed[name] for name in template.order), rendering.ledger


def trial(template: Template, edition: Edition, prose: Language, names: Names) -> list[str]:
    """Every fault that printing over `names` (specimen facts) brings out, every branch taken."""
    rendering = Rendering(edition, replace(prose, dry=True), names.copy(), dry=True)
    for nodes in template.nodes.values():
        rendering.part(nodes)
    return [str(fault) for fault in rendering.faults]


def texts(nodes: list[Node]) -> Iterator[str]:
    """The fixed text of a template, for tests and tools."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, For):
            yield from texts(node.body)
        elif isinstance(node, If):
            for _, body, _ in node.branches:
                yield from texts(body)
