"""Sound section files are joined to one document, in the order of their names.

All sections share the base's pages, styles, headers and footers; a section whose pages lie
otherwise than those before, or have something of their own, gets page sections of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from reportgen.word.source import xml
from reportgen.word.source.attachments import packed
from reportgen.word.source.marks import Marks
from reportgen.word.source.notes import NotesPart
from reportgen.word.source.notes import joined as joined_notes
from reportgen.word.source.pages import SECTION, Pages, breaks, ends, kind_of, pages
from reportgen.word.source.sections import DOCUMENT, Section
from reportgen.word.source.tags import TAG, Tag
from reportgen.word.source.xml import Element, W

T = TypeVar("T")
_LIFTED = re.compile(r"\{[%{][-+]?p\s")  # a tag whose paragraph gives way to it


@dataclass(slots=True)
class JoinedDocument:
    """One document's parts, its sections joined; and the tags of the body and of every other part
    that has any, in document order: those of the body of each section by themselves; and its parts
    of notes by name."""

    parts: dict[str, bytes]
    tags: dict[str, list[list[Tag]]]
    notes: dict[str, NotesPart]


def splice(base: Section, sections: list[Section]) -> JoinedDocument:
    """Joins sound sections; their trees become part of the document."""
    document = deepcopy(base.roots[DOCUMENT])
    body = document.find(f"{W}body")
    assert body is not None
    joined, marks = _Body(body, pages(document)), Marks()
    for file in sections:
        own = file.roots[DOCUMENT].find(f"{W}body")
        assert own is not None
        marks.own(own)
        joined.add(own)
    joined.finish()
    tags = {DOCUMENT: [file.tags[DOCUMENT] for file in sections]}
    tags |= {name: [found] for name, found in base.tags.items() if found}
    roots = {DOCUMENT: document} | {name: base.roots[name] for name in tags if name != DOCUMENT}
    parts = base.parts | {n: xml.part(root) for n, root in roots.items()}
    parts, notes = joined_notes(parts, _union(file.notes for file in sections))
    for part in (DOCUMENT, *notes):
        brought = _union(file.attachments.get(part, {}) for file in sections)
        parts = packed(parts, part, brought)
    return JoinedDocument(parts, tags, notes)


def _union(found: Iterable[Mapping[str, T]]) -> dict[str, T]:
    return {key: value for own in found for key, value in own.items()}


@dataclass(slots=True)
class _Body:
    """A body to which those of section files are added; the pages at its end are `open`, for what
    follows to go on in them."""

    body: Element
    pages: Pages
    open: Element | None = None
    kind: Element | None = None  # how they begin
    first: bool = True
    started: bool = False

    def __post_init__(self) -> None:
        for child in list(self.body):
            self.body.remove(child)

    def add(self, own: Element) -> None:
        """Adds the body of a file, its own page sections fitted to the base's."""
        last, inner = ends(own), breaks(own)
        begin = inner[0] if inner else last
        if self.started and not self.pages.flows(self.open, begin):
            self._close()
        if not self.started:
            self.kind = kind_of(begin)
        self.started = True
        following = [*inner, last][1:]
        for section, after in zip(inner, following, strict=True):
            _move(section)
            section.getparent().replace(section, self._fitted(section))  # type: ignore[union-attr]
            self.kind = kind_of(after)
        self.body.extend([child for child in own if child is not last])
        self.open = last

    def finish(self) -> None:
        """Ends the body with the set-up of its last pages."""
        self.body.append(self._fitted(self.open))

    def _fitted(self, section: Element | None) -> Element:
        fitted = self.pages.fitted(section, self.kind, self.first)
        self.first = False
        return fitted

    def _close(self) -> None:
        """Ends the open pages in the last paragraph, where there is one that stays and ends none
        yet."""
        before = self.body[-1] if len(self.body) else None
        if before is None or not _may_end(before):
            before = _tiny()
            self.body.append(before)
        _properties(before).append(self._fitted(self.open))
        self.started = False


def _may_end(element: Element) -> bool:
    """Whether a page section can end in it: a table is no paragraph, and one with a tag may give
    way."""
    if element.tag != f"{W}p" or TAG.search(xml.paragraph_text(element)):
        return False
    return element.find(f"{W}pPr/{SECTION}") is None


def _move(section: Element) -> None:
    """Takes the end of a page section out of a paragraph that gives way to its tag."""
    paragraph = next(section.iterancestors(f"{W}p"), None)
    if paragraph is not None and _LIFTED.search(xml.paragraph_text(paragraph)):
        following = _tiny()
        paragraph.addnext(following)
        _properties(following).append(section)


def _tiny() -> Element:
    """A paragraph that nobody sees."""
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(properties, f"{W}spacing", {f"{W}line": "20", f"{W}lineRule": "exact"})
    return paragraph


def _properties(paragraph: Element) -> Element:
    found = paragraph.find(f"{W}pPr")
    if found is None:
        found = etree.Element(f"{W}pPr")
        paragraph.insert(0, found)
    return found
