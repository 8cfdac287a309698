"""Whether base.docx can be opened at all: what it lends goes into every report as it is, so it is
proved here, once, and no report is read again for it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from lxml import etree

from reportgen import messages
from reportgen.word.source import xml
from reportgen.word.source.attachments import TYPES, Relation, relations
from reportgen.word.source.xml import RELATIONS, Element

_WANTED = {"headerReference": "header", "footerReference": "footer", "blip": "image"}


def broken(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The parts of a package that are no XML, that refer to what is not there or is of another
    kind, or that have no type, each with what is wrong with it."""
    roots: dict[str, Element] = {}
    for name in sorted(parts):
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            roots[name] = xml.parse(parts[name])
        except etree.XMLSyntaxError:
            yield name, messages.PART_BROKEN.format(part=name)
    if TYPES in roots:
        yield from _untyped(roots[TYPES], parts)
    for name, root in roots.items():
        if not name.endswith(".rels") and not _relations_broken(name, parts, roots):
            yield from _dangling(name, root, relations(parts, name), parts)


def _relations_broken(name: str, parts: Mapping[str, bytes], roots: Mapping[str, Element]) -> bool:
    folder, file = posixpath.split(name)
    related = f"{folder}/_rels/{file}.rels"
    return related in parts and related not in roots


def _untyped(types: Element, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    named = {e.get("PartName", "").lstrip("/").lower() for e in types}
    endings = {e.get("Extension", "").lower() for e in types}
    for name in sorted(parts):
        ending = PurePosixPath(name).suffix[1:].lower()
        known = name.lower() in named or ending in endings or name == TYPES
        if not known and not name.endswith("/"):
            yield name, messages.PART_UNTYPED.format(part=name)


def _dangling(
    name: str, root: Element, known: Mapping[str, Relation], parts: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    for relation in known.values():
        if not relation.external and relation.target not in parts:
            yield name, messages.PART_LOST.format(part=name, target=relation.target)
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if not str(key).startswith(RELATIONS) or not value:
                continue
            found = known.get(str(value))
            wanted = _WANTED.get(etree.QName(element).localname)
            if found is None or (wanted and found.kind != wanted):
                yield name, messages.PART_LOST.format(part=name, target=value)
