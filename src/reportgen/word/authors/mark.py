"""A copy of a template with a Word comment at every place where something is wrong; what was
mended is mended in it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from lxml import etree

from reportgen import files
from reportgen.word.authors.comments import Comments
from reportgen.word.source import xml
from reportgen.word.source.mend import mend
from reportgen.word.source.sections import DOCUMENT
from reportgen.word.source.tags import Fault, paragraphs
from reportgen.word.source.xml import Element, W

_PROPERTIES = f"{W}rPr"


def marked(path: Path, faults: list[Fault]) -> bytes:
    """The file with a comment for each fault, at the runs of its tag, at its paragraph, or else at
    the first one.

    Raises Unusable for what is no package, KeyError or XMLSyntaxError for one without a document.
    """
    parts = files.parts(path)
    root, comments = xml.parse(parts[DOCUMENT]), Comments(parts)
    content = paragraphs(root, "", DOCUMENT)
    mend(content)
    elements = [paragraph.element for paragraph in content]
    for fault in sorted(faults, key=_place, reverse=True):  # a cut moves only what stands after it
        _mark(fault, elements, comments)
    return files.normalised({**parts, DOCUMENT: xml.part(root), **comments.written()})


def _place(fault: Fault) -> tuple[int, int]:
    """The paragraph of a fault in the body and where it begins in it; -1 of a fault elsewhere."""
    number = fault.tag.number if fault.tag.part == DOCUMENT else -1
    return number, fault.tag.start


def _mark(fault: Fault, elements: list[Element], comments: Comments) -> None:
    tag, (number, start) = fault.tag, _place(fault)
    if number >= 0:
        runs = _runs(elements[number], start, tag.end) if tag.end else []
        _comment(elements[number], runs, comments.add(fault.message))
    elif elements:
        _comment(elements[0], [], comments.add(f"{tag.place or tag.part}：{fault.message}"))


def _runs(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that hold the characters from `start` to `end`, and nothing else: those at the
    edges are cut."""
    found: list[Element] = []
    at = 0
    for text, owner in list(xml.text_runs(paragraph)):
        if owner is not paragraph:
            continue
        size = len(text.text or "")
        first, last = max(start - at, 0), min(end - at, size)
        at += size
        run = text.getparent()
        if first < last and run is not None and run.tag == f"{W}r":
            found.append(_cut(run, text, first, last))
    return found


def _cut(run: Element, text: Element, first: int, last: int) -> Element:
    """Takes what stands before and after the characters of one text out into runs of their own."""
    whole, position, size = text.text or "", run.index(text), len(run)
    before = _piece(run, position, range(position + 1), whole[:first])
    after = _piece(run, position, range(position, size), whole[last:])
    others = [c for c in run if c is not text and c.tag != _PROPERTIES]
    follows = any(run.index(other) < position for other in others)
    for other in others:
        run.remove(other)
    _write(text, whole[first:last])
    if first > 0 or follows:
        run.addprevious(before)
    run.addnext(after)
    return run


def _piece(run: Element, position: int, kept: range, content: str) -> Element:
    """A run like this one with the children at the `kept` positions only, and other content in the
    text at `position`."""
    piece = deepcopy(run)
    _write(piece[position], content)
    for i, child in enumerate(list(piece)):
        if child.tag != _PROPERTIES and i not in kept:
            piece.remove(child)
    return piece


def _write(text: Element, content: str) -> None:
    text.text = content
    text.set(xml.SPACE, "preserve")


def _comment(paragraph: Element, runs: list[Element], number: str) -> None:
    """Puts the marks of a comment round the runs, or round the whole paragraph."""
    begin, end = _mark_of("commentRangeStart", number), _mark_of("commentRangeEnd", number)
    properties = paragraph.find(f"{W}pPr")
    if runs:
        runs[0].addprevious(begin)
        runs[-1].addnext(end)
    else:
        if properties is None:
            paragraph.insert(0, begin)
        else:
            properties.addnext(begin)
        paragraph.append(end)
    reference = etree.Element(f"{W}r")
    reference.append(_mark_of("commentReference", number))
    end.addnext(reference)


def _mark_of(name: str, number: str) -> Element:
    return etree.Element(f"{W}{name}", {f"{W}id": number})
