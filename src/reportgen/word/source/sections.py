"""The section files of a document: read and looked at. What cannot be spliced is told by file and
paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from reportgen import files as package
from reportgen import messages
from reportgen.findings import Severity, Unusable
from reportgen.word.source import lint, xml
from reportgen.word.source.mend import mend
from reportgen.word.source.tags import Fault, Tag, paragraphs, scan
from reportgen.word.source.xml import Element, W

DOCUMENT = "word/document.xml"
COMMENTS = "word/comments.xml"
_NEEDED = (DOCUMENT, "word/styles.xml")
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")


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


def opened(path: Path, file: str, base: Section | None = None, proved: bool = False) -> Section:
    """A section file, or with no `base` the base itself. What cannot be read at all is a fault
    like any other. A section that was `proved` sound is not looked through for what may not stand
    in it, nor in the parts that its text does not need."""
    section = Section(path, file)
    try:
        section.parts = package.parts(path, _NEEDED if proved and base is not None else ())
        section.roots = {DOCUMENT: _document(section.parts)}
        styles = lint.style_names(section.parts)
        if base is None:
            margins = filter(_MARGIN.fullmatch, sorted(section.parts))
            section.roots |= {name: xml.parse(section.parts[name]) for name in margins}
            if not styles or not _ends_in_page(section.roots[DOCUMENT]):
                raise Unusable(messages.NOT_A_DOCX.format(file=path))
            section.styles = lint.style_ids(section.parts)
        told = _look(section, base, styles, proved)
        if not proved:
            _look_beside(section, told)
        section.faults = list(dict.fromkeys(section.faults))
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


def _look(section: Section, base: Section | None, styles: Mapping[str, str], proved: bool) -> bool:
    """Finds the tags in the text, and what is wrong with it: whether it has anything attached."""
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
        if not proved:
            faults += [*lint.hidden(root, places), *lint.unfit(root, places)]
        if base is not None:
            faults += lint.spliceable(root, places, styles, base.styles)
        if base is not None and not proved:
            attached = list(lint.attached(root, places))
            faults += attached
            told = bool(attached)
    return told


def _look_beside(section: Section, told: bool) -> None:
    """What is wrong with comments and with the package. `told`: what is attached was told."""
    file, faults = section.file, section.faults
    if COMMENTS in section.parts:
        root = xml.parse(section.parts[COMMENTS])
        faults += lint.commented(root, paragraphs(root, file, COMMENTS, _label(COMMENTS)))
    faults += lint.packed(section.parts, file, told)


def _label(part: str) -> str:
    """A part in words: 正文, 页脚1."""
    found = re.fullmatch(r"word/([a-z]+)(\d*)\.xml", part)
    if found is None:
        return messages.PART_BODY
    return messages.PARTS.get(found[1], messages.PART_BODY).format(n=found[2])
