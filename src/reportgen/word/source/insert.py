"""插入('project/自评表'): a section file within another. The tag's paragraph gives way to the
file's text, and its tags see what the tag's place sees: the row of a loop. Numbering (次) begins
anew in it; with 插入('…', '续') it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language import words
from reportgen.language.names import nearest
from reportgen.word.source.marks import Marks, in_block, marked
from reportgen.word.source.pages import SECTION, ends, pages
from reportgen.word.source.sections import DOCUMENT, Section, opened
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.source.xml import Element, W

_CALL = re.compile(
    rf"\{{\{{\s*{words.INSERT}\s*\(\s*(['\"])(.*?)\1\s*(?:,\s*(['\"])({words.INSERT_ON})\3\s*)?\)\s*\}}\}}"
)
_ANY = re.compile(rf"\{{\{{\s*{words.INSERT}\s*\(")
_PATH = re.compile(r"\w[\w-]*(?:/\w[\w-]*)*")
_DEEPEST = 4  # files within files
OPENING, CLOSING = f"{{%p {words.INSERT} %}}", f"{{%p {words.INSERT_END} %}}"
_ON = f"{{%p {words.INSERT} {words.INSERT_ON} %}}"


@dataclass(slots=True)
class Library:
    """The files of an edition that others insert, each opened once. Those of an edition that was
    `proved` are known to be sound."""

    edition: Edition
    base: Section
    proved: bool = False
    known: dict[str, Section] = field(default_factory=dict)

    def opened(self, path: Path, file: str) -> Section:
        """A section file of the edition, as its author left it."""
        return opened(path, file, self.base, self.proved)

    def expanded(self, section: Section, within: tuple[str, ...] = ()) -> Section:
        """The section with what it inserts in place; what is wrong with either is in its faults."""
        tags = section.tags.get(DOCUMENT, [])
        calls = [tag for tag in tags if _ANY.match(tag.text)]
        if not calls or not section.roots:
            return section
        whole = _copied(section)
        paragraphs = list(whole.roots[DOCUMENT].iter(f"{W}p"))
        kept: list[Tag] = []
        names = Marks()
        names.own(whole.roots[DOCUMENT])
        for tag in tags:
            if tag not in calls:
                kept.append(tag)
                continue
            paragraph = paragraphs[tag.number]
            found = self._called(tag, paragraph, section, within, whole.faults)
            if found is not None:
                kept += _insert(found, tag, paragraph, names)
                _bring_along(found, whole)
        whole.tags[DOCUMENT] = kept
        return whole

    def _called(
        self,
        tag: Tag,
        paragraph: Element,
        section: Section,
        within: tuple[str, ...],
        faults: list[Fault],
    ) -> Section | None:
        """The file that a tag asks for, its own insertions in place; None with a fault where that
        cannot be."""
        match = _CALL.fullmatch(tag.text)
        name = match[2] if match else ""
        message = self._misplaced(tag, paragraph) or self._unknown(name, within)
        if message is not None:
            faults.append(tag.fault(message))
            _plain(paragraph, "")
            return None
        if name not in self.known:
            self.known[name] = self.opened(self._path(name), f"{name}.docx")
        found = self.expanded(self.known[name], (*within, name))
        if found.roots and self.base.roots and not self._goes_on(section, found):
            faults.append(tag.fault(messages.INSERT_PAGE.format(name=name)))
        if found.roots and marked(found.roots[DOCUMENT]) and in_block(paragraph):
            faults.append(tag.fault(messages.INSERT_MARKED.format(name=name)))
        faults += [f for f in found.faults if f not in faults]
        return found if found.sound and found.roots else None

    def _unknown(self, name: str, within: tuple[str, ...]) -> str | None:
        """Why a file of that name cannot be inserted."""
        if not _PATH.fullmatch(name) or not self._path(name).is_file():
            hint = nearest(name, list(_files(self.edition)))
            return messages.INSERT_UNKNOWN.format(name=name, hint=hint)
        if name in within or len(within) >= _DEEPEST:
            return messages.INSERT_CIRCLE.format(name=name)
        return None

    def _path(self, name: str) -> Path:
        return self.edition.folder / f"{name}.docx"

    def _goes_on(self, section: Section, found: Section) -> bool:
        """Whether the text after an inserted file can stand on its last page."""
        own, theirs = (s.roots[DOCUMENT].find(f"{W}body") for s in (section, found))
        if own is None or theirs is None:
            return True
        return pages(self.base.roots[DOCUMENT]).flows(ends(own), ends(theirs))

    @staticmethod
    def _misplaced(tag: Tag, paragraph: Element) -> str | None:
        if tag.paragraph.strip() != tag.text:
            return messages.INSERT_ALONE
        parent = paragraph.getparent()
        return None if parent is not None and parent.tag == f"{W}body" else messages.INSERT_IN_TABLE


def _files(edition: Edition) -> Iterator[str]:
    for path in sorted(edition.folder.rglob("*.docx")):
        if not path.name.startswith("~$"):
            yield path.relative_to(edition.folder).with_suffix("").as_posix()


def _copied(section: Section) -> Section:
    """The section, free to be changed."""
    return replace(
        section,
        roots=section.roots | {DOCUMENT: deepcopy(section.roots[DOCUMENT])},
        faults=list(section.faults),
        tags=dict(section.tags),
        attachments={part: dict(own) for part, own in section.attachments.items()},
        notes=dict(section.notes),
        bare=list(section.bare),
    )


def _insert(found: Section, tag: Tag, paragraph: Element, names: Marks) -> list[Tag]:
    """Puts the text of a file in the place of a tag's paragraph; the tags that stand there now."""
    match = _CALL.fullmatch(tag.text)
    opening = _ON if match and match[4] else OPENING
    inserted = deepcopy(found.roots[DOCUMENT])
    names.own(inserted)
    _place(paragraph, inserted, opening)
    own = found.tags.get(DOCUMENT, [])
    return [replace(tag, text=opening), *own, replace(tag, text=CLOSING)]


def _bring_along(found: Section, whole: Section) -> None:
    """Adds to a section what the text of an inserted file refers to."""
    whole.bare += found.bare
    whole.notes |= found.notes
    for part, own in found.attachments.items():
        whole.attachments.setdefault(part, {}).update(own)


def _place(paragraph: Element, root: Element, opening: str) -> None:
    """The body of a file in the place of a paragraph, between the tags that open and close it."""
    body = root.find(f"{W}body")
    assert body is not None
    closing = deepcopy(paragraph)
    for page in list(paragraph.iter(SECTION)):
        page.getparent().remove(page)  # type: ignore[union-attr]
    _plain(paragraph, opening)
    _plain(closing, CLOSING)
    paragraph.addnext(closing)
    for element in list(body):
        if element.tag != SECTION:
            closing.addprevious(element)


def _plain(paragraph: Element, text: str) -> None:
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
