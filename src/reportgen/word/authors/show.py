"""A template as plain text, for review and for diff: paragraphs with their style, tables row by
row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from reportgen import files as package
from reportgen import messages
from reportgen.findings import Unusable
from reportgen.word.source import xml
from reportgen.word.source.sections import DOCUMENT
from reportgen.word.source.xml import Element, W


def lines(path: Path) -> Iterator[str]:
    """The text of a .docx: [样式] before a paragraph, | between the cells of a row."""
    try:
        root = xml.parse(package.parts(path)[DOCUMENT])
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Unusable(messages.NOT_A_DOCX.format(file=path)) from error
    body = root.find(f"{W}body")
    for element in body if body is not None else []:
        if element.tag == f"{W}p":
            yield from _paragraph(element)
        elif element.tag == f"{W}tbl":
            for row in element.iterchildren(f"{W}tr"):
                yield "| " + " | ".join(_cell(c) for c in row.iterchildren(f"{W}tc")) + " |"


def _paragraph(paragraph: Element) -> Iterator[str]:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    text = xml.paragraph_text(paragraph)
    if text:
        yield f"[{style.get(f'{W}val')}] {text}" if style is not None else text
    for box in paragraph.iter(f"{W}txbxContent"):
        for inner in box.iterchildren(f"{W}p"):
            yield from _paragraph(inner)


def _cell(cell: Element) -> str:
    return " / ".join(xml.paragraph_text(p) for p in cell.iterchildren(f"{W}p"))
