"""WordprocessingML in small: names, safe parsing, places of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen import messages

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_NAMESPACE}}}"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
Element = etree._Element


def parse(data: bytes) -> Element:
    """The root of a part; raises etree.XMLSyntaxError for what is no XML."""
    return etree.fromstring(data, _PARSER)


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


def place(root: Element, paragraph: Element) -> str:
    """正文第3段, or 表1第2行第4格 for a paragraph in a table."""
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is not None:
        row = next(cell.iterancestors(f"{W}tr"))
        table = next(row.iterancestors(f"{W}tbl"))
        tables = list(root.iter(f"{W}tbl"))
        return messages.PLACE_CELL.format(
            table=tables.index(table) + 1,
            row=list(table.iterchildren(f"{W}tr")).index(row) + 1,
            cell=list(row.iterchildren(f"{W}tc")).index(cell) + 1,
        )
    paragraphs = [p for p in root.iter(f"{W}p") if next(p.iterancestors(f"{W}tc"), None) is None]
    return messages.PLACE_PARAGRAPH.format(n=paragraphs.index(paragraph) + 1)


def serialise(element: Element) -> str:
    """An element as text without the declarations that its root carries."""
    from re import sub

    return sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))
