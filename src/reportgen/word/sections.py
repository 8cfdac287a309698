"""The section files of a document, spliced into its base in the order of their names.

All sections share the base's styles, headers and footers; a section whose page differs from the one before (landscape
tables) gets a page section of its own. What cannot be spliced is told by file and paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reportgen import messages, package
from reportgen.findings import Unusable
from reportgen.word import xml
from reportgen.word.xml import Element, W

DOCUMENT = "word/document.xml"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_OPEN = re.compile(r"\{[{%#]|[}%#]\}")
_PAGE = (f"{W}pgSz", f"{W}pgMar")
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")
_TAG_LIMIT = 600


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as the author wrote it, and where: for messages."""

    text: str
    file: str
    place: str
    paragraph: str

    def fault(self, message: str) -> str:
        """File and place first, then the fault, then the paragraph that holds it."""
        return messages.TEMPLATE_FAULT.format(file=self.file, place=self.place, message=message, text=self.paragraph[:80])


@dataclass(slots=True)
class Spliced:
    """One document's parts, its sections joined; and the tags of every part that has any, in document order."""

    parts: dict[str, bytes]
    tags: dict[str, list[Tag]]


def splice(base: Path, files: list[Path], faults: list[str]) -> Spliced:
    """Joins the files. Faults are added to the list, each with its place; the result is sound only if there are none."""
    parts = _opened(base)
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
    if DOCUMENT not in parts:
        raise Unusable(messages.NOT_A_DOCX.format(file=file))
    try:
        xml.parse(parts[DOCUMENT])
    except etree.XMLSyntaxError as error:
        raise Unusable(messages.NOT_A_DOCX.format(file=file)) from error
    return parts


def scan(root: Element, file: str, faults: list[str]) -> list[Tag]:
    """The tags of a part in document order; braces that do not close within their paragraph are faults."""
    found = []
    for paragraph in _paragraphs(root):
        text = "".join(t.text or "" for t, p in xml.text_runs(paragraph) if p is paragraph)
        if "{" not in text and "}" not in text:
            continue
        place = xml.place(root, paragraph)
        for match in TAG.finditer(text):
            tag = Tag(match[0], file, place, text)
            if len(tag.text) > _TAG_LIMIT:
                faults.append(tag.fault(messages.EXPRESSION_TOO_LONG.format(length=len(tag.text), limit=_TAG_LIMIT)))
            found.append(tag)
        if _OPEN.search(TAG.sub("", text)):
            faults.append(Tag("", file, place, text).fault(messages.TAG_UNCLOSED))
    return found


def _paragraphs(root: Element) -> Iterator[Element]:
    """Paragraphs in the order of their first text."""
    seen: set[Element] = set()
    for _, paragraph in xml.text_runs(root):
        if paragraph not in seen:
            seen.add(paragraph)
            yield paragraph


def _unspliceable(root: Element, file: str, styles: set[str]) -> list[str]:
    faults = []

    def tell(element: Element, message: str) -> None:
        paragraph = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
        where = xml.place(root, paragraph) if paragraph is not None else messages.PLACE_WHOLE
        text = xml.paragraph_text(paragraph) if paragraph is not None else ""
        faults.append(Tag("", file, where, text).fault(message))

    for element in root.iter():
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
        elif any("{{" in str(v) or "{%" in str(v) for v in element.attrib.values()):
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
