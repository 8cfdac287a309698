"""The comments of a package that may be faulty in any way.

python-docx has the like, but refuses what this is for: it opens no file with a relation to a part
that is gone or with the content type of a template, and drops parts that nothing relates to, a
macro that the author is told to remove among them.
"""

from __future__ import annotations

from lxml import etree

from reportgen.word.source import lint, xml
from reportgen.word.source.sections import COMMENTS
from reportgen.word.source.xml import Element, W

_TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_NO_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_DATE = "2000-01-01T00:00:00Z"  # no clock: the same comments give the same file


class Comments:
    """The comments of a package; `parts` are its parts by name."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        if COMMENTS in parts:
            self.root = xml.parse(parts[COMMENTS])
        else:
            self.root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        self.last = max((int(c.get(f"{W}id", "0")) for c in self.root), default=-1)

    def add(self, text: str) -> str:
        """Adds a comment of this program; gives its id, by which the text refers to it."""
        self.last += 1
        comment = etree.SubElement(self.root, f"{W}comment", {f"{W}id": str(self.last)})
        comment.set(f"{W}author", lint.AUTHOR)
        comment.set(f"{W}date", _DATE)
        comment.set(f"{W}initials", "rg")
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t", {xml.SPACE: "preserve"}).text = text
        return str(self.last)

    def written(self) -> dict[str, bytes]:
        """The parts that hold the comments and make them known to the document."""
        types = xml.parse(self.parts[_TYPES])
        relations = xml.parse(self.parts.get(_RELATIONS, _NO_RELATIONS))
        _type(types)
        _relate(relations)
        changed = {COMMENTS: self.root, _TYPES: types, _RELATIONS: relations}
        return {name: xml.part(root) for name, root in changed.items()}


def _type(types: Element) -> None:
    if any(override.get("PartName") == f"/{COMMENTS}" for override in types):
        return
    override = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
    override.set("PartName", f"/{COMMENTS}")
    override.set("ContentType", _CONTENT_TYPE)


def _relate(relations: Element) -> None:
    if any(relation.get("Type") == _RELATION for relation in relations):
        return
    known = {relation.get("Id") for relation in relations}
    number = 1
    while f"rId{number}" in known:
        number += 1
    relation = etree.SubElement(relations, f"{{{etree.QName(relations).namespace}}}Relationship")
    relation.set("Id", f"rId{number}")
    relation.set("Type", _RELATION)
    relation.set("Target", "comments.xml")
