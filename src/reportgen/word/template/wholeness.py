"""What data may leave behind that no program opens: a cell, a text box or a header without a
paragraph, a row without cells, a table without rows. Where a tag may do that, a mark lets printing
mend it."""

from __future__ import annotations

from lxml import etree

from reportgen.word.source.xml import Element, W
from reportgen.word.template.runs import CELLS_AT, ROOM_AT, ROWS_AT, TABLE_AT, TAG_AT

_ROOMS = [W + name for name in ("tc", "txbxContent", "hdr", "ftr")]  # they end with a paragraph
_ROW, _TABLE = f"{W}tr", f"{W}tbl"


def secure(root: Element) -> None:
    """Mends the rooms of a part that are empty as they are; marks those, and the tables, that tags
    may empty."""
    for table in list(root.iter(_TABLE)):
        if next(table.iter(_ROW, TAG_AT), None) is None:
            table.getparent().remove(table)  # type: ignore[union-attr]
    for room in root.iter(*_ROOMS):
        if len(room) == 0 or room[-1].tag in (_TABLE, f"{W}tcPr"):
            etree.SubElement(room, f"{W}p")
    for row in root.iter(_ROW):
        if next(row.iter(f"{W}tc", TAG_AT), None) is None:
            etree.SubElement(etree.SubElement(row, f"{W}tc"), f"{W}p")
    held: dict[Element, list[str]] = {}
    for tag in root.iter(TAG_AT):
        if (found := _room(tag)) is not None:
            held.setdefault(found, []).append(tag.get("k", "0"))
    for room, numbers in held.items():
        if room.tag == _TABLE:
            room.addprevious(etree.Element(TABLE_AT, {"k": numbers[0]}))
            end = etree.Element(ROWS_AT, {"k": numbers[-1]})
            if heads := _heads(room):
                end.set("site", str(heads))
            room.addnext(end)
        else:
            etree.SubElement(room, CELLS_AT if room.tag == _ROW else ROOM_AT, {"k": numbers[-1]})


def _heads(table: Element) -> int:
    """The rows before the first tag, if none follows the last one."""
    rows = [child for child in table if child.tag in (_ROW, TAG_AT)]
    first = next(n for n, row in enumerate(rows) if row.tag == TAG_AT)
    return first if rows[-1].tag == TAG_AT else 0


def _room(tag: Element) -> Element | None:
    """What a tag that took the place of a paragraph or a row stands in."""
    for element in tag.iterancestors():
        if element.tag == f"{W}p":
            return None
        if element.tag in (*_ROOMS, _ROW, _TABLE):
            return element
    return None
