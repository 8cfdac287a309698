"""The runs of a template: each one that holds a tag is split, so that every tag stands between
runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reportgen.language import words
from reportgen.word.source import xml
from reportgen.word.source.xml import Element, W

MARKS = "urn:reportgen:tag"  # the namespace of what stands in the place of tags
TAG_AT, COLUMN_AT, BEGIN_AT, END_AT, ROOM_AT, CELLS_AT, TABLE_AT, ROWS_AT = (
    f"{{{MARKS}}}{name}"
    for name in ("tag", "column", "begin", "end", "room", "cells", "table", "rows")
)
MERGES = re.compile(rf"\|\s*{words.MERGE}\s*-?\}}\}}$")
_BEFORE_MERGE = {W + name for name in ("cnfStyle", "tcW", "gridSpan", "hMerge")}


@dataclass(frozen=True, slots=True)
class Site:
    """The XML round a print: before and after each run of text, and between two paragraphs."""

    open: str
    close: str
    paragraph: str
    # the same before the last line: with the page set-up, which ends its section after all lines
    final: str
    page: str  # that page set-up, empty in nearly every paragraph


def split(root: Element, sources: Sequence[str]) -> list[Site]:
    """Gives each tag in a run a place of its own between runs, and each print the XML that it
    needs round its text.

    `sources` are the texts of the tags by number. A print carries the number of its site, which is
    its place in what is returned.
    """
    sites: dict[Site, int] = {}
    merging: list[Element] = []
    for run in list(filter(_tagged, root.iter(f"{W}r"))):
        site = sites.setdefault(_site(run, root.nsmap), len(sites))
        for tag in _split(run):
            source = sources[int(tag.get("k", "0"))]
            if source.startswith("{{"):
                tag.set("site", str(site))
            if MERGES.search(source):
                merging.append(tag)
    for tag in merging:
        _mark_cell(tag)
    return list(sites)


def _tagged(run: Element) -> bool:
    return any(child.tag == TAG_AT for text in run.iterchildren(f"{W}t") for child in text)


def _split(run: Element) -> Iterator[Element]:
    """Puts the pieces of a run in its place, tags as they are, all else in runs like it; gives its
    tags."""
    properties = run.find(f"{W}rPr")
    for piece in _pieces(run):
        if piece.tag == TAG_AT:
            run.addprevious(piece)
            yield piece
            continue
        own = etree.Element(f"{W}r")
        if properties is not None:
            own.append(deepcopy(properties))
        own.append(piece)
        run.addprevious(own)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _pieces(run: Element) -> Iterator[Element]:
    """The children of a run, its texts cut at the tags in them."""
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t" or not len(child):
            yield child
            continue
        tags = list(child)
        yield from _text(child.text)
        for tag in tags:
            after, tag.tail = tag.tail, None
            yield tag
            yield from _text(after)


def _text(content: str | None) -> Iterator[Element]:
    if content:
        text = etree.Element(f"{W}t", {xml.SPACE: "preserve"})
        text.text = content
        yield text


def _mark_cell(tag: Element) -> None:
    """Lets the cell of a tag say whether it goes on from the one above: in the place that the
    schema gives to that."""
    cell = next(tag.iterancestors(f"{W}tc"), None)
    if cell is None:
        return
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    for old in properties.findall(f"{W}vMerge"):
        properties.remove(old)
    at = next((i for i, e in enumerate(properties) if e.tag not in _BEFORE_MERGE), len(properties))
    number = {"k": tag.get("k", "0")}
    properties.insert(at, etree.Element(COLUMN_AT, number))
    properties.addnext(etree.Element(BEGIN_AT, number))
    cell.append(etree.Element(END_AT, number))


def _site(run: Element, known: Mapping[str | None, str]) -> Site:
    """The XML round a print in this run; `known` are the namespaces that the part declares."""
    properties = _serialised(run.find(f"{W}rPr"), known)
    opening, closing = f'<w:r>{properties}<w:t xml:space="preserve">', "</w:t></w:r>"
    paragraph = next(run.iterancestors(f"{W}p"), None)
    if paragraph is None:
        return Site(opening, closing, "", "", "")
    around = list(_between(run, paragraph))
    before = "".join(map(xml.closing, around)) + "</w:p><w:p>"
    after = "".join(xml.opening(e, known) for e in reversed(around))
    whole = _serialised(paragraph.find(f"{W}pPr"), known)
    page = _serialised(paragraph.find(f"{W}pPr/{W}sectPr"), known)
    between = before + whole.replace(page, "") + after
    return Site(opening, closing, between, before + whole + after, page)


def _serialised(element: Element | None, known: Mapping[str | None, str]) -> str:
    return xml.serialise(element, known) if element is not None else ""


def _between(run: Element, paragraph: Element) -> Iterator[Element]:
    """What stands between a run and its paragraph: closed and opened again round a new one."""
    for element in run.iterancestors():
        if element is paragraph:
            return
        yield element
