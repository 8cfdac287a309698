"""Sound section files are joined to one document, in the order of their names.

All sections share the base's styles, headers and footers; a section whose page differs from the
one before (landscape tables) gets a page section of its own.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reportgen.word.source import xml
from reportgen.word.source.sections import DOCUMENT, Section
from reportgen.word.source.tags import TAG, Tag
from reportgen.word.source.xml import Element, W

# size and margins of a page by name, in whole points: LibreOffice rounds as it likes, and writes
# the other measures as it likes
Page = dict[str, str]
_PAPER = ("w", "h", "top", "right", "bottom", "left")
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


@dataclass(slots=True)
class JoinedDocument:
    """One document's parts, its sections joined; and the tags of the body and of every other part
    that has any, in document order: those of the body of each section by themselves."""

    parts: dict[str, bytes]
    tags: dict[str, list[list[Tag]]]


def splice(base: Section, sections: list[Section]) -> JoinedDocument:
    """Joins sound sections; their trees become part of the document."""
    document = deepcopy(base.roots[DOCUMENT])
    body = document.find(f"{W}body")
    assert body is not None
    last = body[-1]
    references = [deepcopy(r) for r in last if r.tag in _REFERENCES]
    for child in list(body)[:-1]:
        body.remove(child)
    tags = {DOCUMENT: [file.tags[DOCUMENT] for file in sections]}
    previous: Element | None = None
    for file in sections:
        own = file.roots[DOCUMENT].find(f"{W}body")
        assert own is not None
        section = _section(own, last)
        if previous is not None and _page(previous) != _page(section):
            _close(body, previous, references)
            references = []
        _unmark(own)
        for child in list(own):
            if child is not section:
                last.addprevious(child)
        previous = section
    if previous is not None:
        body.replace(last, _bare(previous, references))
    tags |= {name: [found] for name, found in base.tags.items() if found}
    roots = {DOCUMENT: document} | {name: base.roots[name] for name in tags if name != DOCUMENT}
    return JoinedDocument(base.parts | {n: xml.part(root) for n, root in roots.items()}, tags)


def _unmark(body: Element) -> None:
    """Takes out bookmarks: loops would copy them, and two sections may have the same."""
    for mark in list(body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)


def _section(body: Element, default: Element) -> Element:
    return body[-1] if len(body) and body[-1].tag == f"{W}sectPr" else default


def page_of(root: Element) -> Page:
    """The page of the last section of a document, empty where it has no page set-up."""
    body = root.find(f"{W}body")
    if body is None or not len(body) or body[-1].tag != f"{W}sectPr":
        return {}
    return _page(body[-1])


def _page(section: Element) -> Page:
    found: Page = {}
    for element in section:
        if element.tag in (f"{W}pgSz", f"{W}pgMar"):
            measures = {name: element.get(W + name) for name in _PAPER}
            found |= {name: _points(v) for name, v in measures.items() if v is not None}
    return found


def _points(twentieths: str) -> str:
    return str(round(int(twentieths) / 20)) if twentieths.isdecimal() else twentieths


def _bare(section: Element, references: list[Element]) -> Element:
    """The section's page set-up with the base's headers and footers (the first section) or those
    of the one before."""
    copy = deepcopy(section)
    for element in list(copy):
        if element.tag in _REFERENCES:
            copy.remove(element)
    for i, reference in enumerate(references):
        copy.insert(i, deepcopy(reference))
    return copy


def _close(body: Element, section: Element, references: list[Element]) -> None:
    """Ends the page section so far in its last paragraph; where that is a table's or will be taken
    out with its tag, in a tiny paragraph of its own."""
    before = body[-2]
    if before.tag != f"{W}p" or TAG.search(xml.paragraph_text(before)):
        before = etree.Element(f"{W}p")
        body[-1].addprevious(before)
        properties = etree.SubElement(before, f"{W}pPr")
        etree.SubElement(properties, f"{W}spacing", {f"{W}line": "20", f"{W}lineRule": "exact"})
    found = before.find(f"{W}pPr")
    if found is None:
        found = etree.Element(f"{W}pPr")
        before.insert(0, found)
    change = found.find(f"{W}pPrChange")
    copy = _bare(section, references)
    if change is not None:
        change.addprevious(copy)
    else:
        found.append(copy)
