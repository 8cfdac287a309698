"""WordprocessingML in small: names, safe parsing, places of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from reportgen import messages

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_NAMESPACE}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
Element = etree._Element


def parse(data: bytes) -> Element:
    """The root of a part; raises etree.XMLSyntaxError for what is no XML or brings definitions of
    its own."""
    root = etree.fromstring(data, _PARSER)
    if root.getroottree().docinfo.internalDTD is not None:
        raise etree.XMLSyntaxError("DOCTYPE", 0, 0, 0)  # type: ignore[call-arg, arg-type]
    return root


def part(root: Element) -> bytes:
    """A part as programs write it, with its declaration."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def text_runs(root: Element) -> Iterator[tuple[Element, Element]]:
    """Every w:t of a part with its own (innermost) paragraph, in document order."""
    for text in root.iter(f"{W}t"):
        paragraph = next(text.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield text, paragraph


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph, that of text boxes inside it left out; tabs and breaks as blanks."""
    texts = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(node.iterancestors(f"{W}p")) is paragraph and node.getparent().tag == f"{W}r":  # type: ignore[union-attr]
            texts.append(node.text or "" if node.tag == f"{W}t" else " ")
    return "".join(texts)


def places(root: Element, part: str = messages.PART_BODY) -> dict[Element, str]:
    """Of every paragraph, in document order: 正文第3段, 表1第2行第4格 in a table, 文本框1第2段 in
    a text box."""
    found: dict[Element, str] = {}
    cells: dict[Element, str] = {}
    prefix = "" if part == messages.PART_BODY else part
    for t, table in enumerate(root.iter(f"{W}tbl"), 1):
        for r, row in enumerate(own(table, f"{W}tr", f"{W}tbl"), 1):
            for c, cell in enumerate(own(row, f"{W}tc", f"{W}tr"), 1):
                cells[cell] = prefix + messages.PLACE_CELL.format(table=t, row=r, cell=c)
    boxes = _boxes(root)
    counts: dict[Element | None, int] = {}
    for paragraph in root.iter(f"{W}p"):
        inside = next(paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        n = counts[inside] = counts.get(inside, 0) + 1
        if inside is None:
            found[paragraph] = messages.PLACE_PARAGRAPH.format(part=part, n=n)
        elif inside in boxes:
            box = prefix + messages.PLACE_BOX.format(n=boxes[inside])
            found[paragraph] = messages.PLACE_PARAGRAPH.format(part=box, n=n)
        else:
            several = len(inside.findall(f"{W}p")) > 1
            at = cells.get(inside, messages.PLACE_WHOLE)
            found[paragraph] = messages.PLACE_PARAGRAPH.format(part=at, n=n) if several else at
    return found


def _boxes(root: Element) -> dict[Element, int]:
    """The text boxes by their number. Word writes each twice (mc:Fallback, for old programs): both
    are one box."""
    found: dict[Element, int] = {}
    n = 0
    for box in root.iter(f"{W}txbxContent"):
        if next(box.iterancestors(_FALLBACK), None) is None:
            n += 1
        found[box] = max(n, 1)
    return found


def own(parent: Element, tag: str, kind: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in content controls too, those of nested tables
    not."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag != kind:
            yield from own(child, tag, kind)


def serialise(element: Element, known: Mapping[str | None, str]) -> str:
    """An element as text without the declarations that its root (whose are `known`) carries."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, uri in known.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"', "")
    return text


def opening(element: Element, known: Mapping[str | None, str]) -> str:
    """The start tag of an element alone."""
    alone = deepcopy(element)
    del alone[:]
    alone.text = None
    return serialise(alone, known).removesuffix("/>") + ">"


def closing(element: Element) -> str:
    """Its end tag."""
    return f"</{element.prefix}:{etree.QName(element).localname}>"
