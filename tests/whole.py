"""Whether a document is whole: what Word and its like demand of a package before they open it, and
of its text before they show all of it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
KINDS = {  # what refers to a relation, and the kinds of it
    "headerReference": {"header"},
    "footerReference": {"footer"},
    "blip": {"image"},
    "imagedata": {"image"},
    "fill": {"image"},
    "hyperlink": {"hyperlink"},
    "hlinkClick": {"hyperlink"},
}
ROOTS = {  # the root of a part by the kind of the relation that leads to it
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "styles": "styles",
    "settings": "settings",
    "numbering": "numbering",
    "officeDocument": "document",
}
BLOCKS = {W + name for name in ("p", "tbl", "sdt", "customXml")}
FIELD = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)|\s*HYPERLINK\s.*\\l\s+\"([^\"]+)\"", re.I)


def flaws(data: bytes) -> list[str]:
    """All that is wrong with a document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        parts = {name: package.read(name) for name in names}
    roots = {n: etree.fromstring(d) for n, d in parts.items() if n.endswith((".xml", ".rels"))}
    found = [*_typed(parts, roots)]
    for name, root in roots.items():
        if not name.endswith(".rels") and name != TYPES:
            found += [f"{name}: {flaw}" for flaw in _related(name, root, parts, roots)]
            found += [f"{name}: {flaw}" for flaw in _text(root)]
    found += _unique(roots)
    found += _resolved(roots)
    return found


def whole(data: bytes) -> bytes:
    """The document, which must have no flaw."""
    assert flaws(data) == []
    return data


def _typed(parts: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    """Every part has a type, and every type that names a part has one; none is named twice."""
    types = roots[TYPES]
    endings = {e.get("Extension", "").lower() for e in types if e.tag.endswith("Default")}
    named = [e.get("PartName", "").lstrip("/") for e in types if e.tag.endswith("Override")]
    yield from (f"named twice in {TYPES}: {n}" for n, k in Counter(named).items() if k > 1)
    yield from (f"in {TYPES} but nowhere: {n}" for n in named if n not in parts)
    for name in parts:
        if name not in named and name.rpartition(".")[2].lower() not in endings and name != TYPES:
            yield f"no type: {name}"


def _related(
    name: str, root: etree._Element, parts: dict[str, bytes], roots: dict[str, etree._Element]
) -> Iterator[str]:
    """Each reference has its relation, of the right kind, to a part that is there and is what it
    should be."""
    folder, file = posixpath.split(name)
    relations = roots.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    known = {}
    for relation in relations if relations is not None else ():
        number, kind = relation.get("Id"), relation.get("Type", "").rpartition("/")[2]
        if number in known:
            yield f"two relations {number}"
        known[number] = kind
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            continue
        path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if path not in parts:
            yield f"relation {number} leads nowhere: {path}"
        elif kind in ROOTS and etree.QName(roots[path]).localname != ROOTS[kind]:
            yield f"relation {number} of {kind} leads to {path}"
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if not key.startswith(R) or not value:
                continue
            kinds = KINDS.get(etree.QName(element).localname)
            if value not in known:
                yield f"{etree.QName(element).localname} {value} has no relation"
            elif kinds and known[value] not in kinds:
                yield f"{etree.QName(element).localname} {value} is a {known[value]}"


def _text(root: etree._Element) -> Iterator[str]:
    """Bookmarks are paired, cells end with a paragraph, tables have rows of cells, text boxes and
    parts have text, fields are closed, page sections end at the end of a paragraph."""
    begun = Counter(e.get(f"{W}id") for e in root.iter(f"{W}bookmarkStart"))
    ended = Counter(e.get(f"{W}id") for e in root.iter(f"{W}bookmarkEnd"))
    if begun != ended:
        yield f"bookmarks without their other end: {sorted(begun - ended)} {sorted(ended - begun)}"
    for cell in root.iter(f"{W}tc"):
        blocks = [e for e in cell if e.tag in BLOCKS]
        if not blocks or blocks[-1].tag == f"{W}tbl":
            yield "a cell that does not end with a paragraph"
    for table in root.iter(f"{W}tbl"):
        if next(table.iter(f"{W}tr"), None) is None:
            yield "a table without rows"
    for row in root.iter(f"{W}tr"):
        if next(row.iter(f"{W}tc"), None) is None:
            yield "a row without cells"
    for box in root.iter(f"{W}txbxContent", f"{W}hdr", f"{W}ftr", f"{W}footnote", f"{W}endnote"):
        if not any(e.tag in BLOCKS for e in box):
            yield f"{etree.QName(box).localname} without a paragraph"
    kinds = Counter(e.get(f"{W}fldCharType") for e in root.iter(f"{W}fldChar"))
    if kinds["begin"] != kinds["end"]:
        yield "a field that does not end"
    for paragraph in root.iter(f"{W}p"):
        if len(paragraph.findall(f"{W}pPr/{W}sectPr")) > 1:
            yield "a paragraph that ends two page sections"
    if b"urn:reportgen" in etree.tostring(root):
        yield "a mark of the compiler"


def _unique(roots: dict[str, etree._Element]) -> Iterator[str]:
    """Bookmarks, drawings and notes have ids and names of their own."""
    every = [e for name, root in roots.items() if name.startswith("word/") for e in root.iter()]
    for tag, key in (
        (f"{W}bookmarkStart", f"{W}id"),
        (f"{W}bookmarkStart", f"{W}name"),
        (f"{WP}docPr", "id"),
        (f"{W}footnote", f"{W}id"),
        (f"{W}endnote", f"{W}id"),
        (f"{W}footnoteReference", f"{W}id"),
        (f"{W}endnoteReference", f"{W}id"),
    ):
        counted = Counter(e.get(key) for e in every if e.tag == tag and not _twin(e))
        yield from (f"two of {tag} {value}" for value, n in counted.items() if n > 1)


def _twin(element: etree._Element) -> bool:
    """Whether it is the form of a drawing for old programs."""
    return any(etree.QName(a).localname == "Fallback" for a in element.iterancestors())


def _resolved(roots: dict[str, etree._Element]) -> Iterator[str]:
    """Links within the text and cross references lead to a bookmark, notes are there."""
    body = roots[DOCUMENT]
    names = {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}
    wanted = {e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")} - {None, "_top"}
    codes = [e.get(f"{W}instr", "") for e in body.iter(f"{W}fldSimple")]
    codes += ["".join(e.itertext()) for e in body.iter(f"{W}instrText")]
    for code in codes:
        if found := FIELD.match(code):
            wanted.add(found[1] or found[2])
    yield from (f"nothing is called {name}" for name in sorted(wanted - names))
    styles = {e.get(f"{W}styleId") for e in roots["word/styles.xml"].iter(f"{W}style")}
    for name, root in roots.items():
        if name in ("word/styles.xml", "word/numbering.xml"):
            continue
        used = {e.get(f"{W}val") for e in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
        yield from (f"{name}: no style {style}" for style in sorted(used - styles))
    for kind in ("footnote", "endnote"):
        part = roots.get(f"word/{kind}s.xml")
        notes = {e.get(f"{W}id") for e in part} if part is not None else set()
        asked = {e.get(f"{W}id") for e in body.iter(f"{W}{kind}Reference")}
        yield from (f"no {kind} {number}" for number in sorted(asked - notes))
