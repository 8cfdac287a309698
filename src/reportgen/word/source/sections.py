"""The section files of a document: read and looked at, then spliced into its base in the order of
their names.

All sections share the base's styles, headers and footers; a section whose page differs from the
one before (landscape tables) gets a page section of its own. What cannot be spliced is told by
file and paragraph.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from reportgen import files as package
from reportgen import messages
from reportgen.findings import Severity, Unusable
from reportgen.word.source import lint, xml
from reportgen.word.source.mend import mend
from reportgen.word.source.tags import TAG, Fault, Tag, paragraphs, scan
from reportgen.word.source.xml import Element, W

DOCUMENT = "word/document.xml"
COMMENTS = "word/comments.xml"
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_PAGE = (f"{W}pgSz", f"{W}pgMar")
_PAPER = (
    "w",
    "h",
    "top",
    "right",
    "bottom",
    "left",
)  # LibreOffice writes the other measures as it likes
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


@dataclass(slots=True)
class Section:
    """One file of an edition, read: its parts, the body's tree with its tags mended, the tags of
    every part that has any, and all that is wrong with it but the names in its tags."""

    path: Path
    file: str  # as messages name it: report/31-收入.docx
    parts: dict[str, bytes] = field(default_factory=dict)
    roots: dict[str, Element] = field(default_factory=dict)
    tags: dict[str, list[Tag]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    styles: dict[str, str] = field(default_factory=dict)  # of the base: name → id
    loose: bool = False  # a tag is broken: blocks cannot be told from each other

    @property
    def sound(self) -> bool:
        """Whether it can be spliced."""
        return not any(f.severity is Severity.ERROR for f in self.faults)


@dataclass(slots=True)
class JoinedDocument:
    """One document's parts, its sections joined; and the tags of the body and of every other part
    that has any, in document order: those of the body of each section by themselves."""

    parts: dict[str, bytes]
    tags: dict[str, list[list[Tag]]]


def opened(path: Path, file: str, base: Section | None = None) -> Section:
    """A section file, or with no `base` the base itself. What cannot be read at all is a fault
    like any other."""
    section = Section(path, file)
    try:
        section.parts = package.parts(path)
        section.roots = {DOCUMENT: _document(section.parts)}
        styles = lint.style_names(section.parts)
        if base is None:
            section.roots |= {
                n: xml.parse(section.parts[n])
                for n in sorted(section.parts)
                if _MARGIN.fullmatch(n)
            }
            if not styles or not _ends_in_page(section.roots[DOCUMENT]):
                raise Unusable(messages.NOT_A_DOCX.format(file=path))
            section.styles = lint.style_ids(section.parts)
        _look(section, base, styles)
    except (Unusable, etree.XMLSyntaxError, KeyError, OSError) as error:
        text = str(error) if isinstance(error, Unusable) else messages.NOT_A_DOCX.format(file=path)
        section.faults = [
            lint.whole(file).fault(text.replace(f" {path}", "").replace(str(path), "").strip())
        ]
        section.roots = {}
    return section


def _document(parts: dict[str, bytes]) -> Element:
    root = xml.parse(parts[DOCUMENT])
    if root.tag != f"{W}document" or root.find(f"{W}body") is None:
        raise KeyError(DOCUMENT)
    return root


def _ends_in_page(root: Element) -> bool:
    body = root.find(f"{W}body")
    return body is not None and len(body) > 0 and body[-1].tag == f"{W}sectPr"


def _look(section: Section, base: Section | None, styles: dict[str, str]) -> None:
    file, faults = section.file, section.faults
    told = False
    for name, root in section.roots.items():
        if base is None and name == DOCUMENT:
            continue  # the base lends its page, styles, headers and footers; its text goes nowhere
        lint.remarks(root)
        content = paragraphs(root, file, name, _label(name))
        faults += mend(content)
        before = len(faults)
        section.tags[name] = scan(content, faults)
        section.loose = section.loose or len(faults) > before
        places = lint.Places(content, file, name)
        faults += [*lint.hidden(root, places), *lint.unfit(root, places)]
        if base is not None:
            attached = list(lint.attached(root, places))
            faults += [*lint.spliceable(root, places, styles, base.styles), *attached]
            told = bool(attached)
    if COMMENTS in section.parts:
        root = xml.parse(section.parts[COMMENTS])
        faults += lint.commented(root, paragraphs(root, file, COMMENTS, _label(COMMENTS)))
    faults += lint.packed(section.parts, file, told)
    section.faults = list(dict.fromkeys(faults))


def _label(part: str) -> str:
    """A part in words: 正文, 页脚1."""
    found = re.fullmatch(r"word/([a-z]+)(\d*)\.xml", part)
    return (
        messages.PARTS.get(found[1], messages.PART_BODY).format(n=found[2])
        if found
        else messages.PART_BODY
    )


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
        for mark in list(own.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)  # type: ignore[union-attr]  # copied by loops, doubled by sections
        for child in list(own):
            if child is not section:
                last.addprevious(child)
        previous = section
    if previous is not None:
        body.replace(last, _bare(previous, references))
    tags |= {name: [found] for name, found in base.tags.items() if found}
    roots = {DOCUMENT: document} | {name: base.roots[name] for name in tags if name != DOCUMENT}
    return JoinedDocument(base.parts | {n: xml.part(root) for n, root in roots.items()}, tags)


def _section(body: Element, default: Element) -> Element:
    return body[-1] if len(body) and body[-1].tag == f"{W}sectPr" else default


def page_of(root: Element) -> list[list[tuple[str, str]]]:
    """The size and margins of the last page section of a document, none where it leaves them to
    the base."""
    body = root.find(f"{W}body")
    return (
        _page(body[-1]) if body is not None and len(body) and body[-1].tag == f"{W}sectPr" else []
    )


def _page(section: Element) -> list[list[tuple[str, str]]]:
    measures = ([(k, e.get(W + k, "")) for k in _PAPER] for e in section if e.tag in _PAGE)
    return [
        [(k, str(round(int(v) / 20)) if v.isdecimal() else v) for k, v in page] for page in measures
    ]


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
