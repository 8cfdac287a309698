"""The section files of a document: read and looked at. What cannot be spliced is told by file and
paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from reportgen import files, messages
from reportgen.findings import Unusable, stops
from reportgen.word.source import (
    attachments,
    lint,
    margins,
    marks,
    notes,
    proof,
    properties,
    styles,
    xml,
)
from reportgen.word.source.attachments import Attachment
from reportgen.word.source.mend import mend
from reportgen.word.source.styles import StyleSheet
from reportgen.word.source.tags import BRACES, Fault, Tag, paragraphs, scan
from reportgen.word.source.xml import Element, W

DOCUMENT = "word/document.xml"
COMMENTS = "word/comments.xml"
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
    sheet: StyleSheet = field(default_factory=lambda: StyleSheet({}))
    styles: dict[str, str] = field(default_factory=dict)  # of the base: name → id
    said: frozenset[str] = frozenset()  # by the headers and footers of the base
    attachments: dict[str, dict[str, Attachment]] = field(default_factory=dict)  # by part, by id
    notes: dict[str, Element] = field(default_factory=dict)  # by the key that the text refers to
    bare: list[Tag] = field(default_factory=list)  # texts in one pair of braces
    loose: bool = False  # a tag is broken: blocks cannot be told from each other

    @property
    def sound(self) -> bool:
        """Whether it can be spliced."""
        return not stops(self.faults)


def opened(path: Path, file: str, base: Section | None = None, proved: bool = False) -> Section:
    """A section file, or with no `base` the base itself. What cannot be read at all is a fault
    like any other. A section that was `proved` sound is not looked through for what may not stand
    in it."""
    section = Section(path, file)
    try:
        section.parts = files.parts(path)
        section.roots = {DOCUMENT: _document(section.parts)}
        section.sheet = styles.StyleSheet(section.parts)
        if base is None:
            own = filter(_MARGIN.fullmatch, sorted(section.parts))
            section.roots |= {name: xml.parse(section.parts[name]) for name in own}
            if not section.sheet.names or not _ends_in_page(section.roots[DOCUMENT]):
                raise Unusable(messages.NOT_A_DOCX.format(file=path))
            section.styles = section.sheet.ids()
            section.said = margins.said(section.parts)
            if not proved:
                wrong = proof.broken(section.parts)
                section.faults += [lint.whole(file, part).fault(text) for part, text in wrong]
        told = _look(section, base, proved)
        if not proved:
            _look_beside(section, told)
        section.faults = list(dict.fromkeys(section.faults))
    except (Unusable, etree.XMLSyntaxError, KeyError, OSError) as error:
        text = str(error) if isinstance(error, Unusable) else messages.NOT_A_DOCX.format(file=path)
        section.faults = [
            lint.whole(file).fault(text.replace(f" {path}", "").replace(str(path), "").strip())
        ]
        section.roots, section.tags = {}, {}
    return section


def _document(parts: dict[str, bytes]) -> Element:
    root = xml.parse(parts[DOCUMENT])
    if root.tag != f"{W}document" or len(root.findall(f"{W}body")) != 1:
        raise KeyError(DOCUMENT)
    return root


def _ends_in_page(root: Element) -> bool:
    body = root.find(f"{W}body")
    return body is not None and len(body) > 0 and body[-1].tag == f"{W}sectPr"


def _look(section: Section, base: Section | None, proved: bool) -> bool:
    """Finds the tags in the text, binds what it refers to, and tells what is wrong with it; whether
    anything is attached that cannot come along."""
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
        section.bare += lint.bare(content)
        faults += (tag.fault(messages.TAG_WITH_LINE) for tag in lint.lined(content))
        section.loose = section.loose or len(faults) > before
        places = lint.Places(content, file, name)
        if not proved:
            faults += [*lint.hidden(root, places), *lint.unfit(root, places)]
        if base is not None:
            if base.roots:  # what is wrong with the base is told there
                faults += styles.fitted(root, places, section.sheet.names, base.styles)
            faults += marks.kept(root, places)
            faults += _notes(section, root, places, base)
            attached = list(_attached(section, root, places, name))
            faults += attached
            told = bool(attached)
            if not proved:
                faults += _unlike(section, root, places, base)
    for name, root in properties.tagged(section.parts).items() if base is None else ():
        section.roots[name] = root
        section.tags[name] = properties.scan(root, file, name, faults)
    return told


def _unlike(section: Section, root: Element, places: lint.Places, base: Section) -> Iterator[Fault]:
    """What a section file says otherwise than the base, or has damaged."""
    if base.roots:
        yield from styles.redefined(root, places, section.sheet, base.sheet)
        page = base.roots[DOCUMENT]
        yield from margins.unprinted(root, places, section.parts, base.said, page)
    yield from lint.numbered(root, places)
    yield from lint.misplaced(root, places)


def _look_beside(section: Section, told: bool) -> None:
    """What is wrong with comments and with the package. `told`: what is attached was told."""
    file, faults = section.file, section.faults
    if COMMENTS in section.parts:
        root = xml.parse(section.parts[COMMENTS])
        faults += lint.commented(root, paragraphs(root, file, COMMENTS, _label(COMMENTS)))
    faults += lint.packed(section.parts, file, told)


def _attached(section: Section, root: Element, places: lint.Places, part: str) -> Iterator[Fault]:
    """Binds what a part's text refers to; what cannot come along is a fault."""
    found = section.attachments.setdefault(part, {})
    for element, message in attachments.attached(root, section.parts, part, found):
        yield places.fault(element, message)


def _notes(section: Section, root: Element, places: lint.Places, base: Section) -> Iterator[Fault]:
    """Binds the references to notes; what is wrong with the notes is told at their place."""
    roots = {}
    for kind in notes.KINDS:
        part = notes.part_of(kind)
        if part in section.parts and root.find(f".//{W}{kind}Reference") is not None:
            roots[kind] = text = xml.parse(section.parts[part])
            content = paragraphs(text, section.file, part, _label(part))
            yield from (p.tag().fault(messages.NOTE_TAG) for p in content if BRACES.search(p.text))
            within = lint.Places(content, section.file, part)
            yield from lint.unfit(text, within)
            yield from lint.numbered(text, within)
            if base.roots:
                yield from styles.fitted(text, within, section.sheet.names, base.styles)
            yield from _attached(section, text, within, part)
    for reference, note in notes.taken(root, roots):
        if note is None:
            lost = messages.ATTACHED_LOST.format(what=messages.ATTACHED_NOTE)
            yield places.fault(reference, lost)
        else:
            key, bound = notes.bound(reference, note)
            section.notes[key] = bound


def _label(part: str) -> str:
    """A part in words: 正文, 页脚1."""
    found = re.fullmatch(r"word/([a-z]+)(\d*)\.xml", part)
    if found is None:
        return messages.PART_BODY
    return messages.PARTS.get(found[1], messages.PART_BODY).format(n=found[2])
