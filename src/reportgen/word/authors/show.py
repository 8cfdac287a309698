"""A template as plain text, for review and for diff: paragraphs with their style, tables row by
row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from reportgen import files, messages
from reportgen.edition.places import BASE
from reportgen.findings import Unusable
from reportgen.word.source import xml
from reportgen.word.source.sections import DOCUMENT
from reportgen.word.source.xml import Element, W

_MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
_NOTES = re.compile(r"word/(footnotes|endnotes)\.xml")


def lines(path: Path) -> Iterator[str]:
    """The text of a .docx that is printed: [样式] before a paragraph, | between the cells of a row,
    〔图片〕 for what is no text. Of base.docx these are its headers and footers, of a section file
    its body and notes."""
    parts = files.parts(path)
    try:
        body = xml.parse(parts[DOCUMENT]).find(f"{W}body")
        others = _MARGINS if path.name == BASE else _NOTES
        roots = [xml.parse(parts[name]) for name in sorted(filter(others.fullmatch, parts))]
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Unusable(messages.NOT_A_DOCX.format(file=path)) from error
    if path.name != BASE and body is not None:
        yield from _blocks(body)
    for root in roots:
        yield from _blocks(root)


def _blocks(parent: Element) -> Iterator[str]:
    """Paragraphs and tables, those in content controls and the like too."""
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element)
        elif element.tag == f"{W}tbl":
            yield from map(_row, xml.own(element, f"{W}tr", f"{W}tbl"))
        elif isinstance(element.tag, str):
            yield from _blocks(element)


def _paragraph(paragraph: Element) -> Iterator[str]:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    text = xml.paragraph_text(paragraph) + messages.SHOWN_PICTURE * _pictures(paragraph)
    if text:
        yield f"[{style.get(f'{W}val')}] {text}" if style is not None else text
    for box in paragraph.iter(f"{W}txbxContent"):
        for inner in box.iterchildren(f"{W}p"):
            yield from _paragraph(inner)


def _pictures(paragraph: Element) -> int:
    own = (p for p in paragraph.iter("{*}blip", "{*}imagedata"))
    return sum(next(p.iterancestors(f"{W}p")) is paragraph for p in own)


def _row(row: Element) -> str:
    return "| " + " | ".join(map(_cell, xml.own(row, f"{W}tc", f"{W}tr"))) + " |"


def _cell(cell: Element) -> str:
    return " / ".join(_lines_of(cell))


def _lines_of(cell: Element) -> Iterator[str]:
    """The lines of a cell, empty ones too; the tables and content controls in it as they are."""
    for element in cell:
        if element.tag == f"{W}p":
            yield xml.paragraph_text(element) + messages.SHOWN_PICTURE * _pictures(element)
        elif isinstance(element.tag, str) and element.tag != f"{W}tcPr":
            yield from (
                _blocks(element)
                if element.tag != f"{W}tbl"
                else map(_row, xml.own(element, f"{W}tr", f"{W}tbl"))
            )
