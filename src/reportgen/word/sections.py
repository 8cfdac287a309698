"""The section files of a document, spliced into its base in the order of their names.

All sections share the base's styles, headers and footers; a section whose page differs from the one before (landscape
tables) gets a page section of its own. What cannot be spliced is told by file and paragraph.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reportgen import messages, package
from reportgen.findings import Unusable
from reportgen.word import xml
from reportgen.word.tags import BRACES, TAG, Tag, scan
from reportgen.word.xml import Element, W

DOCUMENT = "word/document.xml"
_PAGE = (f"{W}pgSz", f"{W}pgMar")
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


@dataclass(slots=True)
class Spliced:
    """One document's parts, its sections joined; and the tags of every part that has any, in document order."""

    parts: dict[str, bytes]
    tags: dict[str, list[Tag]]


def splice(base: Path, files: list[Path], faults: list[str]) -> Spliced:
    """Joins the files. Faults are added to the list, each with its place; the result is sound only if there are none."""
    parts = _base(base)
    document = xml.parse(parts[DOCUMENT])
    styles = _styles(parts)
    body = document.find(f"{W}body")
    assert body is not None
    last = body[-1]
    references = [deepcopy(r) for r in last if r.tag in _REFERENCES]
    for child in list(body)[:-1]:
        body.remove(child)
    tags: dict[str, list[Tag]] = {DOCUMENT: []}
    previous: Element | None = None
    for file in files:
        root = xml.parse(_opened(file)[DOCUMENT])
        tags[DOCUMENT] += scan(root, file.name, faults)
        faults += _unspliceable(root, file.name, styles)
        own = root.find(f"{W}body")
        assert own is not None
        section = _section(own, last)
        if previous is not None and _page(previous) != _page(section):
            _close(body, previous, references)
            references = []
        for mark in list(own.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)  # type: ignore[union-attr]  # copied by loops, doubled by sections
        for child in list(own):
            if child is not section:
                last.addprevious(child)
        previous = section
    if previous is not None:
        body.replace(last, _bare(previous, references))
    parts[DOCUMENT] = etree.tostring(document, encoding="UTF-8", xml_declaration=True, standalone=True)
    for name in sorted(parts):
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            tags[name] = scan(xml.parse(parts[name]), f"{base.name}（{Path(name).stem}）", faults)
    return Spliced(parts, tags)


def _opened(file: Path) -> dict[str, bytes]:
    parts = package.parts(file)
    try:
        root = xml.parse(parts[DOCUMENT])
        body = root.find(f"{W}body")
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Unusable(messages.NOT_A_DOCX.format(file=file)) from error
    if root.tag != f"{W}document" or body is None:
        raise Unusable(messages.NOT_A_DOCX.format(file=file))
    return parts


def _base(file: Path) -> dict[str, bytes]:
    """The base's parts: all of them go into every document, so all that is read or could fetch is looked at."""
    parts = _opened(file)
    try:
        for name, data in parts.items():
            if re.fullmatch(r"word/(styles|header\d*|footer\d*)\.xml", name):
                xml.parse(data)
            elif name.endswith(".rels") and any(r.get("TargetMode") == "External" for r in xml.parse(data).iter()):
                raise Unusable(messages.PACKAGE_EXTERNAL.format(file=file, part=name))
        body = xml.parse(parts[DOCUMENT]).find(f"{W}body")
    except etree.XMLSyntaxError as error:
        raise Unusable(messages.NOT_A_DOCX.format(file=file)) from error
    if "word/styles.xml" not in parts or body is None or not len(body) or body[-1].tag != f"{W}sectPr":
        raise Unusable(messages.NOT_A_DOCX.format(file=file))
    return parts


def _unspliceable(root: Element, file: str, styles: set[str]) -> list[str]:
    faults = []

    places: dict[Element, str] = {}

    def tell(element: Element, message: str) -> None:
        if not places:
            places.update(xml.places(root))
        paragraph = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
        where = places[paragraph] if paragraph is not None else messages.PLACE_WHOLE
        text = xml.paragraph_text(paragraph) if paragraph is not None else ""
        faults.append(Tag("", file, where, text).fault(message))

    for element in root.iter():
        if (element.tag != f"{W}t" and BRACES.search(element.text or "")) or BRACES.search(element.tail or ""):
            tell(element, messages.TAG_IN_ATTRIBUTE)
        if not isinstance(element.tag, str) or element.tag in _REFERENCES:
            continue
        if any(str(name).startswith(xml.RELATIONS) for name in element.attrib):
            tell(element, messages.SECTION_HAS_RELATION)
        elif element.tag == f"{W}numPr":
            tell(element, messages.SECTION_HAS_NUMBERING)
        elif element.tag in (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
            style = element.get(f"{W}val", "")
            if style not in styles:
                tell(element, messages.SECTION_FOREIGN_STYLE.format(style=style))
        elif any(BRACES.search(str(v)) for v in element.attrib.values()):
            tell(element, messages.TAG_IN_ATTRIBUTE)
    return faults


def _styles(parts: dict[str, bytes]) -> set[str]:
    root = xml.parse(parts["word/styles.xml"])
    return {str(s.get(f"{W}styleId")) for s in root.iter(f"{W}style")}


def _section(body: Element, default: Element) -> Element:
    return body[-1] if len(body) and body[-1].tag == f"{W}sectPr" else default


def _page(section: Element) -> list[list[tuple[str, str]]]:
    return [sorted((str(k), str(v)) for k, v in e.attrib.items() if k != f"{W}code") for e in section if e.tag in _PAGE]


def _bare(section: Element, references: list[Element]) -> Element:
    """The section's page set-up with the base's headers and footers (the first section) or those of the one before."""
    copy = deepcopy(section)
    for element in list(copy):
        if element.tag in _REFERENCES:
            copy.remove(element)
    for i, reference in enumerate(references):
        copy.insert(i, deepcopy(reference))
    return copy


def _close(body: Element, section: Element, references: list[Element]) -> None:
    """Ends the page section so far in its last paragraph; where that is a table's or will be taken out with its tag,
    in a tiny paragraph of its own."""
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
