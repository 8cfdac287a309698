"""A copy of a template with a Word comment at every place where something is wrong; what was
mended is mended in it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from lxml import etree

from reportgen import files as package
from reportgen.word.source import lint, xml
from reportgen.word.source.mend import mend
from reportgen.word.source.sections import COMMENTS, DOCUMENT
from reportgen.word.source.tags import Fault, paragraphs
from reportgen.word.source.xml import Element, W

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELS = "word/_rels/document.xml.rels"
_DATE = "2000-01-01T00:00:00Z"  # no clock: the same faults give the same copy


def marked(path: Path, faults: list[Fault]) -> bytes:
    """The file with a comment for each fault, at the runs of its tag, at its paragraph, or else at
    the first one."""
    parts = package.parts(path)
    root, remarks = xml.parse(parts[DOCUMENT]), _remarks(parts)
    content = paragraphs(root, "", DOCUMENT)
    mend(content)
    first = max([int(c.get(f"{W}id", "0")) for c in remarks], default=-1) + 1
    places = {f: f.tag.number if f.tag.part == DOCUMENT else -1 for f in faults}
    for n, fault in enumerate(
        sorted(faults, key=lambda f: (places[f], f.tag.start), reverse=True), first
    ):
        here = places[fault] >= 0
        paragraph = content[places[fault]].element if here else next(root.iter(f"{W}p"), None)
        if paragraph is None:
            continue
        runs = _runs(paragraph, fault.tag.start, fault.tag.end) if here and fault.tag.end else []
        _comment(paragraph, runs, n)
        where = "" if here else f"{fault.tag.place or fault.tag.part}："
        remarks.append(_remark(n, where + fault.message))
    parts[DOCUMENT] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    parts[COMMENTS] = etree.tostring(
        remarks, encoding="UTF-8", xml_declaration=True, standalone=True
    )
    return package.normalised(_registered(parts))


def _remarks(parts: dict[str, bytes]) -> Element:
    if COMMENTS in parts:
        return xml.parse(parts[COMMENTS])
    return etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})


def _remark(n: int, text: str) -> Element:
    comment = etree.Element(
        f"{W}comment",
        {f"{W}id": str(n), f"{W}author": lint.AUTHOR, f"{W}date": _DATE, f"{W}initials": "rg"},
    )
    run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
    etree.SubElement(run, f"{W}t", {xml.SPACE: "preserve"}).text = text
    return comment


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
    before, after = deepcopy(run), deepcopy(run)
    n = list(run).index(text)
    whole = text.text or ""
    for piece, kept, content in (
        (before, range(n + 1), whole[:first]),
        (after, range(n, len(run)), whole[last:]),
    ):
        for i, child in enumerate(list(piece)):
            if child.tag != f"{W}rPr" and i not in kept:
                piece.remove(child)
            elif i == n:
                child.text = content
                child.set(xml.SPACE, "preserve")
    for child in [c for c in run if c is not text and c.tag != f"{W}rPr"]:
        run.remove(child)
    text.text = whole[first:last]
    text.set(xml.SPACE, "preserve")
    if first or n > (run[0].tag == f"{W}rPr"):
        run.addprevious(before)
    run.addnext(after)
    return run


def _comment(paragraph: Element, runs: list[Element], n: int) -> None:
    begin, end = (
        etree.Element(f"{W}commentRange{side}", {f"{W}id": str(n)}) for side in ("Start", "End")
    )
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(n)})
    if runs:
        runs[0].addprevious(begin)
        runs[-1].addnext(end)
    else:
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0, begin) if properties is None else properties.addnext(begin)
        paragraph.append(end)
    end.addnext(reference)


def _registered(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The package with its comments part known to the content types and to the document."""
    types, relations = xml.parse(parts["[Content_Types].xml"]), _relations(parts)
    if not any(o.get("PartName") == f"/{COMMENTS}" for o in types):
        override = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
        override.set("PartName", f"/{COMMENTS}")
        override.set("ContentType", _WML)
    if not any(r.get("Type") == _RELATION for r in relations):
        known = {r.get("Id") for r in relations}
        free = next(f"rId{i}" for i in range(1, len(known) + 2) if f"rId{i}" not in known)
        relation = etree.SubElement(
            relations, f"{{{etree.QName(relations).namespace}}}Relationship"
        )
        for key, value in (("Id", free), ("Type", _RELATION), ("Target", "comments.xml")):
            relation.set(key, value)
    written = {"[Content_Types].xml": types, _RELS: relations}
    return parts | {
        name: etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        for name, root in written.items()
    }


def _relations(parts: dict[str, bytes]) -> Element:
    if _RELS in parts:
        return xml.parse(parts[_RELS])
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})  # type: ignore[dict-item]
