"""The properties of base.docx (title, subject, keywords …) as a part with tags: what Word shows of
a report before it is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from reportgen import messages
from reportgen.word.source import xml
from reportgen.word.source.tags import BRACES, Fault, Tag, tags_of
from reportgen.word.source.xml import Element

PART = re.compile(r"docProps/\w+\.xml")


def tagged(parts: Mapping[str, bytes]) -> dict[str, Element]:
    """The roots of the parts of properties that have braces, by name."""
    found = {name: xml.parse(parts[name]) for name in sorted(filter(PART.fullmatch, parts))}
    return {
        name: root
        for name, root in found.items()
        if BRACES.search("".join(map(str, root.itertext())))
    }


def scan(root: Element, file: str, part: str, faults: list[Fault]) -> list[Tag]:
    """The tags of a part of properties in document order; braces that belong to none are faults."""
    tags = []
    for element in root.iter(etree.Element):
        text = element.text or ""
        name = etree.QName(element).localname
        place = messages.PLACE_PROPERTY.format(name=messages.PROPERTIES.get(name, name))
        tags += [
            Tag(text[start:end], file, place, text, part, -1, start, end)
            for start, end in tags_of(text)
        ]
        if BRACES.search("".join(_outside(text))):
            faults.append(Tag("", file, place, text, part).fault(messages.TAG_UNCLOSED))
    return tags


def _outside(text: str) -> Iterator[str]:
    at = 0
    for start, end in tags_of(text):
        yield text[at:start]
        at = end
    yield text[at:]
