"""The runs of a template: each one that holds a tag is split, so that every tag stands between
runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reportgen.language import words
from reportgen.word.source import xml
from reportgen.word.source.tags import tags_of
from reportgen.word.source.xml import Element, W

_BRACES = re.compile(r"[{}%#]")
_GUARD = {ord(c): 0xE000 + i for i, c in enumerate("{}%#")}
UNGUARD = {v: k for k, v in _GUARD.items()}
MARK = "urn:reportgen:tag"
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


def guarded(source: str) -> str:
    """Braces that are text, out of docxtpl's sight: a brace at the edge of a paragraph must not
    join with the next one's."""
    root = xml.parse(source.encode())
    paragraphs: dict[Element, list[Element]] = {}
    for text, paragraph in xml.text_runs(root):
        paragraphs.setdefault(paragraph, []).append(text)
    for texts in paragraphs.values():
        whole = "".join(t.text or "" for t in texts)
        if not _BRACES.search(whole):
            continue
        out, at = [], 0
        for start, end in tags_of(whole):
            out += [whole[at:start].translate(_GUARD), whole[start:end]]
            at = end
        guarded, at = "".join([*out, whole[at:].translate(_GUARD)]), 0
        for text in texts:
            size = len(text.text or "")
            text.text = guarded[at : at + size]
            at += size
    return etree.tostring(root, encoding="unicode")


def split(root: Element, tags: list[str]) -> list[Site]:
    """Gives each tag in a run a place of its own between runs, and each print the XML that it
    needs round its text."""
    sites: dict[Site, int] = {}
    merging: list[Element] = []
    for run in [
        r for r in root.iter(f"{W}r") if any(_is_tag(e) for t in r.iterchildren(f"{W}t") for e in t)
    ]:
        properties = run.find(f"{W}rPr")
        paragraph = next(run.iterancestors(f"{W}p"), None)
        site = sites.setdefault(_site(run, properties, paragraph, root.nsmap), len(sites))
        for piece in _pieces(run):
            if _is_tag(piece):
                source = tags[int(piece.get("k", "0"))]
                if source.startswith("{{"):
                    piece.set("site", str(site))
                if MERGES.search(source):
                    merging.append(piece)
                run.addprevious(piece)
            else:
                own = etree.Element(f"{W}r")
                if properties is not None:
                    own.append(deepcopy(properties))
                own.append(piece)
                run.addprevious(own)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
    for tag in merging:
        _mark_cell(tag)
    return list(sites)


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
    properties.insert(at, _marker(tag, "m"))
    properties.addnext(_marker(tag, "b"))
    cell.append(_marker(tag, "e"))


def _marker(tag: Element, site: str) -> Element:
    return etree.Element(f"{{{MARK}}}tag", {"k": tag.get("k", "0"), "site": site})


def cells(root: Element) -> dict[int, str]:
    """What stands in each cell with |纵并 where it goes on from the one above: a paragraph that
    says nothing."""
    found = {}
    for tag in root.iter(f"{{{MARK}}}tag"):
        if tag.get("site") == "b":
            inner = tag.getparent().find(f"{W}p/{W}pPr")  # type: ignore[union-attr]
            found[int(tag.get("k", "0"))] = (
                f"<w:p>{xml.serialise(inner, root.nsmap) if inner is not None else ''}</w:p>"
            )
    return found


def _is_tag(element: Element) -> bool:
    return bool(element.tag == f"{{{MARK}}}tag")


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


def _site(
    run: Element,
    properties: Element | None,
    paragraph: Element | None,
    known: Mapping[str | None, str],
) -> Site:
    own = xml.serialise(properties, known) if properties is not None else ""
    between = final = page = ""
    if paragraph is not None:
        around = []  # what stands between the paragraph and the run is closed and opened again
        for element in run.iterancestors():
            if element is paragraph:
                break
            around.append(element)
        inner = paragraph.find(f"{W}pPr")
        whole = xml.serialise(inner, known) if inner is not None else ""
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        page = xml.serialise(section, known) if section is not None else ""
        before = "".join(map(xml.closing, around)) + "</w:p><w:p>"
        after = "".join(xml.opening(e, known) for e in reversed(around))
        between, final = before + whole.replace(page, "") + after, before + whole + after
    return Site(f'<w:r>{own}<w:t xml:space="preserve">', "</w:t></w:r>", between, final, page)
