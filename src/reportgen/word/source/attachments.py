"""What the text of a section file refers to in other parts of it: pictures, and links to the web.

The reference is given the digest of what it means as its id: the same in every file, so that files
are joined without looking at ids again, and one picture is kept once.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen import messages
from reportgen.word.source import xml
from reportgen.word.source.direct import own_lines
from reportgen.word.source.xml import RELATIONS, Element, W

TYPES = "[Content_Types].xml"
OFFICE = RELATIONS[1:-1]
_IMAGES = {  # how a file of the kind begins, in the order of trying: its ending, its type
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpeg", "image/jpeg"),
    b"GIF8": ("gif", "image/gif"),
    b"BM": ("bmp", "image/bmp"),
    b"II*\x00": ("tiff", "image/tiff"),
    b"MM\x00*": ("tiff", "image/tiff"),
    b"\xd7\xcd\xc6\x9a": ("wmf", "image/x-wmf"),
    b"\x01\x00\x00\x00": ("emf", "image/x-emf"),
}
_WEB = re.compile(r"(?i)(https?://|mailto:)[^\s{}]+")
_PICTURES = ("blip", "imagedata", "fill")
_LINKS = ("hyperlink", "hlinkClick")
_REFERRING = etree.XPath(
    "//*[@r:* or self::w:object or self::w:control or local-name() = 'svgBlip']",
    namespaces={"r": OFFICE, "w": W[1:-1]},
)
_PAGE_PARTS = (f"{W}headerReference", f"{W}footerReference")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, with its data and type, or a link to the web; `kind` is that of its relation."""

    kind: str
    target: str
    data: bytes = b""
    type: str = ""

    def relate(self, relations: Element, identifier: str) -> None:
        """Adds the relation of the text to it."""
        namespace = etree.QName(relations).namespace
        relation = etree.SubElement(relations, f"{{{namespace}}}Relationship")
        relation.set("Id", identifier)
        relation.set("Type", f"{OFFICE}/{self.kind}")
        relation.set("Target", self.target)
        if not self.data:
            relation.set("TargetMode", "External")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: what kind it is of, the part or address that it leads to."""

    kind: str
    target: str
    external: bool


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of another."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def relations(parts: Mapping[str, bytes], part: str) -> dict[str, Relation]:
    """The relations of a part by id."""
    name = relations_of(part)
    found = {}
    for relation in xml.parse(parts[name]) if name in parts else ():
        target, external = relation.get("Target", ""), relation.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = Relation(kind, target, external)
    return found


def is_web(kind: str, target: str) -> bool:
    """Whether a relation is a link that a reader may follow, and that fetches nothing by itself."""
    return kind == "hyperlink" and _WEB.fullmatch(target) is not None


def attached(
    root: Element, parts: Mapping[str, bytes], part: str, found: dict[str, Attachment]
) -> Iterator[tuple[Element, str]]:
    """Binds the references of a part's text to what they mean, which is added to `found` by its
    id; gives those that cannot come along, with the reason."""
    known = relations(parts, part)
    for element in _referring(root):
        if element.tag in _PAGE_PARTS:
            continue
        name = etree.QName(element).localname
        if name == "svgBlip":
            _drop(element)  # the picture is there in another form for programs that show no SVG
        else:
            yield from _bound(element, name, known, parts, found)


def _referring(root: Element) -> list[Element]:
    found = _REFERRING(root)
    return [e for e in found if isinstance(e, Element)] if isinstance(found, list) else []


def _bound(
    element: Element,
    name: str,
    known: Mapping[str, Relation],
    parts: Mapping[str, bytes],
    found: dict[str, Attachment],
) -> Iterator[tuple[Element, str]]:
    if next(element.iterancestors(f"{W}object"), None) is not None:
        return  # told at the object
    if name not in (*_PICTURES, *_LINKS):
        yield element, _refused(name)
        return
    for key in [k for k in element.attrib if str(k).startswith(RELATIONS)]:
        if not element.get(key):
            continue  # says: no relation
        relation = known.get(element.get(key, ""))
        attachment = _attachment(relation, name, parts) if relation else None
        if relation is None:
            yield element, messages.ATTACHED_LOST.format(what=messages.ATTACHED.get(name, name))
        elif attachment is None:
            yield element, _refused(name)
        else:
            identifier = _identifier(attachment)
            found[identifier] = attachment
            if attachment.data:
                _show(element)
            element.set(key, identifier)


def _show(element: Element) -> None:
    """Lets a picture that stands in the line be seen whole."""
    placed = next(element.iterancestors("{*}inline", "{*}anchor", f"{W}pict"), None)
    paragraph = next(element.iterancestors(f"{W}p"), None)
    floats = placed is not None and etree.QName(placed).localname == "anchor"
    if paragraph is not None and not floats:
        own_lines(paragraph)


def _refused(name: str) -> str:
    if name in _LINKS:
        return messages.LINK_REFUSED
    if name in _PICTURES:
        return messages.PICTURE_REFUSED
    return messages.ATTACHED_HERE.format(what=messages.ATTACHED.get(name, messages.ATTACHED_OTHER))


def _attachment(relation: Relation, name: str, parts: Mapping[str, bytes]) -> Attachment | None:
    if name in _LINKS:
        web = relation.external and is_web(relation.kind, relation.target)
        return Attachment("hyperlink", relation.target) if web else None
    data = b"" if relation.external else parts.get(relation.target, b"")
    image = next((found for head, found in _IMAGES.items() if data.startswith(head)), None)
    if relation.kind != "image" or image is None:
        return None
    ending, kind = image
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Attachment("image", f"media/rg{digest}.{ending}", data, kind)


def _identifier(attachment: Attachment) -> str:
    whole = f"{attachment.kind} {attachment.target}"
    return "rg" + hashlib.sha256(whole.encode()).hexdigest()[:16]


def _drop(element: Element) -> None:
    extension = element.getparent()
    if extension is not None and extension.getparent() is not None:
        extension.getparent().remove(extension)  # type: ignore[union-attr]


def packed(
    parts: dict[str, bytes], part: str, attachments: Mapping[str, Attachment]
) -> dict[str, bytes]:
    """The parts of a package with what the text of `part` brings along."""
    if not attachments:
        return parts
    name = relations_of(part)
    root = xml.parse(parts.get(name, _NO_RELATIONS))
    made = dict(parts)
    types = xml.parse(parts[TYPES])
    for identifier, attachment in sorted(attachments.items()):
        attachment.relate(root, identifier)
        if attachment.data:
            target = f"{posixpath.dirname(part)}/{attachment.target}"
            if target not in made:
                declare(types, target, attachment.type)
            made[target] = attachment.data
    return made | {name: xml.part(root), TYPES: xml.part(types)}


def declare(types: Element, part: str, kind: str) -> None:
    """Says in the content types what kind a part is of."""
    override = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
    override.set("PartName", f"/{part}")
    override.set("ContentType", kind)


_NO_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
