"""Footnotes and endnotes of section files: each is known by the digest of its text, until printing
gives it its number. So a note in a loop is printed as often as the loop runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reportgen.word.source import xml
from reportgen.word.source.attachments import OFFICE, TYPES, declare, relations_of
from reportgen.word.source.xml import Element, W

DOCUMENT = "word/document.xml"
KINDS = ("footnote", "endnote")
REFERENCES = tuple(f"{W}{kind}Reference" for kind in KINDS)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
_SEPARATORS = "".join(
    f'<w:{{kind}} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{{kind}}>'
    for number, name in ((-1, "separator"), (0, "continuationSeparator"))
)


@dataclass(frozen=True, slots=True)
class NotesPart:
    """A part of notes, but for those of a document: what stands before and after them, the number
    of the first, and by key each note's XML before and after its number."""

    head: str
    tail: str
    first: int
    notes: dict[str, tuple[str, str]]

    def written(self, keys: Iterable[str]) -> str:
        """The part with these notes, numbered in their order."""
        pieces = [self.head]
        for number, key in enumerate(keys, self.first):
            before, after = self.notes[key]
            pieces += [before, str(number), after]
        return "".join([*pieces, self.tail])


def part_of(kind: str) -> str:
    """The name of the part that holds the notes of a kind."""
    return f"word/{kind}s.xml"


def taken(root: Element, parts: Mapping[str, Element]) -> Iterator[tuple[Element, Element | None]]:
    """The references of a text to notes, each bound to its note, which is None where the file has
    lost it; `parts` are the roots of the parts of notes by kind."""
    for reference in root.iter(*REFERENCES):
        kind = etree.QName(reference).localname.removesuffix("Reference")
        number = reference.get(f"{W}id")
        found = (n for n in parts.get(kind, ()) if n.get(f"{W}id") == number)
        yield reference, next(found, None)


def bound(reference: Element, note: Element) -> tuple[str, Element]:
    """Gives a reference the key of its note in the place of its number; the key, and the note
    under it."""
    note = deepcopy(note)
    note.attrib.pop(f"{W}id", "")
    if note.find(f".//{W}p") is None:
        etree.SubElement(note, f"{W}p")
    key = "n" + hashlib.sha256(etree.tostring(note, method="c14n")).hexdigest()[:16]
    note.set(f"{W}id", key)
    reference.set(f"{W}id", key)
    return key, note


def joined(
    parts: dict[str, bytes], notes: Mapping[str, Element]
) -> tuple[dict[str, bytes], dict[str, NotesPart]]:
    """The parts of a package with room for these notes; and by name its parts of notes, where
    there are any."""
    found = {}
    for kind in KINDS:
        own = {key: note for key, note in notes.items() if note.tag == W + kind}
        if own:
            parts = _with_part(parts, kind)
            found[part_of(kind)] = _notes(parts, kind, own)
    return parts, found


def _with_part(parts: dict[str, bytes], kind: str) -> dict[str, bytes]:
    """The parts with one for the notes of a kind, and all that makes it known."""
    name, relating = part_of(kind), relations_of(DOCUMENT)
    if name in parts:
        return parts
    types, relations = xml.parse(parts[TYPES]), xml.parse(parts[relating])
    declare(types, name, _TYPE.format(kind=kind))
    relation = etree.SubElement(relations, f"{{{etree.QName(relations).namespace}}}Relationship")
    relation.set("Id", f"rg{kind}s")
    relation.set("Type", f"{OFFICE}/{kind}s")
    relation.set("Target", f"{kind}s.xml")
    inner = _SEPARATORS.format(kind=kind)
    text = f'<w:{kind}s xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}">{inner}</w:{kind}s>'
    new = {name: text.encode(), TYPES: xml.part(types), relating: xml.part(relations)}
    return parts | new


def _notes(parts: Mapping[str, bytes], kind: str, own: Mapping[str, Element]) -> NotesPart:
    root = xml.parse(parts[part_of(kind)])
    kept = [n for n in root if n.get(f"{W}type") not in (None, "normal")]
    inner = "".join(xml.serialise(n, root.nsmap) for n in kept)
    first = max((int(n.get(f"{W}id", "0")) for n in kept), default=0) + 1
    notes = {}
    for key, note in own.items():
        before, _, after = xml.serialise(note, root.nsmap).partition(key)
        notes[key] = (before, after)
    head = xml.DECLARATION + xml.opening(root, {}) + inner
    return NotesPart(head, xml.closing(root), first, notes)
