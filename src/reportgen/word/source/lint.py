"""What may not stand in a template beside its tags: what cannot be spliced, what would fetch, what
nobody would see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from lxml import etree

from reportgen import messages
from reportgen.word.source import xml
from reportgen.word.source.attachments import is_web
from reportgen.word.source.tags import BRACES, Fault, Paragraph, Tag
from reportgen.word.source.xml import Element, W

AUTHOR = messages.PROGRAM  # of the comments that `word.mark` writes
_FETCHING = re.compile(
    r"^\s*(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|DDEAUTO|DDE|LINK|DATABASE|IMPORT|RD|MACROBUTTON"
    r'|ASK|FILLIN|HYPERLINK(?!\s+(?:\\l|"(?:https?://|mailto:))))\b',
    re.I,
)
_MOVING = re.compile(
    r"^\s*(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|EDITTIME|REVNUM|AUTHOR|USERNAME|LASTSAVEDBY"
    r"|FILENAME|FILESIZE|DOCPROPERTY|INFO|TITLE|SUBJECT|KEYWORDS|COMMENTS|MERGEFIELD)\b",
    re.I,
)
_LISTS = re.compile(r"^\s*(TOC|TOA|INDEX)\b", re.I)
_COUNTS = re.compile(r"^\s*(SEQ|LISTNUM|AUTONUM\w*)\b", re.I)
_TRACKED = frozenset(
    W + name
    for name in (
        *(
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "cellIns",
            "cellDel",
            "cellMerge",
            "rPrChange",
            "pPrChange",
            "sectPrChange",
        ),
        *(
            "tblPrChange",
            "tblGridChange",
            "trPrChange",
            "tcPrChange",
            "tblPrExChange",
            "numberingChange",
        ),
    )
)
_MISPLACED = etree.XPath(
    "//w:tr[parent::w:tc or parent::w:tr or parent::w:p or parent::w:body]"
    " | //w:tc[parent::w:tc or parent::w:tbl or parent::w:p or parent::w:body]"
    " | //w:tbl[parent::w:tbl or parent::w:tr or parent::w:p or parent::w:r]"
    " | //w:p[parent::w:tbl or parent::w:tr or parent::w:p or parent::w:r]",
    namespaces={"w": W[1:-1]},
)
_BARE = re.compile(r"(?<!\{)\{\s*([^\W\d]\w*(?:\.\w+)*)\s*(?:\|[^{}]*)?\}(?!\})")
_LINED = re.compile(r"\{_[{%]")
_SEEN = {f"{W}t", f"{W}delText"}  # the latter is told as a revision
_REMARKS = (f"{W}commentRangeStart", f"{W}commentRangeEnd")
_MACROS = re.compile(r"(?i)(^|/)(vbaProject\.bin|vbaData\.xml|activeX/.*)$")
_OBJECTS = re.compile(r"(?i)^word/embeddings/")


class Places:
    """The paragraph that an element stands in, or the nearest there is."""

    def __init__(self, content: Iterable[Paragraph], file: str, part: str) -> None:
        self.known = {p.element: p for p in content}
        self.whole = whole(file, part)

    def fault(self, element: Element, message: str) -> Fault:
        """The fault at the element."""
        paragraph = (
            element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
        )
        for ancestor in element.iterancestors() if paragraph is None else ():
            paragraph = next(ancestor.iter(f"{W}p"), None)
            if paragraph is not None:
                break
        tag = self.known[paragraph].tag() if paragraph in self.known else self.whole
        return tag.fault(message)


def whole(file: str, part: str = "") -> Tag:
    """A file, or a part of it, as a place."""
    return Tag("", file, "", "", part)


def hidden(root: Element, places: Places) -> Iterator[Fault]:
    """Tags where nothing fills them in: in attributes, comments, and texts that are not printed."""
    for element in root.iter():
        texts = [element.tail or ""]
        if element.tag not in _SEEN:
            texts.append(element.text or "")
        if isinstance(element.tag, str):
            texts += map(str, element.values())
        if BRACES.search("\n".join(texts)):
            yield places.fault(element, messages.TAG_IN_ATTRIBUTE)


def bare(content: Iterable[Paragraph]) -> list[Tag]:
    """Texts in one pair of braces that may be tags with a brace too few."""
    return [p.tag(*m.span()) for p in content if "{" in p.text for m in _BARE.finditer(p.text)]


def name_of(bare: Tag) -> str:
    """The name in such a text, with its members."""
    found = _BARE.match(bare.text)
    return found[1] if found else ""


def lined(content: Iterable[Paragraph]) -> Iterator[Tag]:
    """Where {_{ stands, which another program reads as the braces of a tag."""
    for paragraph in content:
        for found in _LINED.finditer(paragraph.text):
            yield paragraph.tag(*found.span())


def unfit(root: Element, places: Places) -> Iterator[Fault]:
    """What no part of a template may hold, a header no more than a section: revisions, fields that
    fetch, or that say something else on another day or in another file."""
    for element in root.iter(*_TRACKED):
        yield places.fault(element, messages.TRACKED_CHANGE)
    for element, code in fields(root):
        if found := _FETCHING.match(code):
            yield places.fault(element, messages.FIELD_FETCHES.format(field=found[1].upper()))
        elif found := _MOVING.match(code):
            yield places.fault(element, messages.FIELD_MOVES.format(field=found[1].upper()))
        elif _LISTS.match(code):
            yield places.fault(element, messages.FIELD_LISTS)
        elif _COUNTS.match(code):
            yield places.fault(element, messages.SECTION_HAS_NUMBERING)


def fields(root: Element) -> Iterator[tuple[Element, str]]:
    """The codes of fields; Word splits one over as many runs as it likes."""
    for field in root.iter(f"{W}fldSimple"):
        yield field, field.get(f"{W}instr", "")
    begun: list[tuple[Element, list[str]]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append((element, []))
        elif element.tag == f"{W}instrText" and begun:
            begun[-1][1].append(element.text or "")
        elif kind == "end" and begun:
            at, code = begun.pop()
            yield at, "".join(code)
    yield from ((at, "".join(code)) for at, code in begun)


def misplaced(root: Element, places: Places) -> Iterator[Fault]:
    """Rows, cells and tables where none can stand, in a file that some program damaged."""
    found = _MISPLACED(root)
    for element in found if isinstance(found, list) else ():
        if isinstance(element, Element):
            yield places.fault(element, messages.TABLE_BROKEN)


def numbered(root: Element, places: Places) -> Iterator[Fault]:
    """Paragraphs that Word numbers by itself, which reads otherwise in another file."""
    for element in root.iter(f"{W}numPr"):
        number = element.find(f"{W}numId")
        if number is None or number.get(f"{W}val") != "0":  # 0 says: no number
            yield places.fault(element, messages.SECTION_HAS_NUMBERING)


def remarks(root: Element) -> None:
    """Takes out the marks of comments: what authors tell each other does not go into the report."""
    for mark in list(root.iter(*_REMARKS)):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for reference in list(root.iter(f"{W}commentReference")):
        run = reference.getparent()
        if run is not None and run.tag == f"{W}r" and run.getparent() is not None:
            run.getparent().remove(run)  # type: ignore[union-attr]


def commented(root: Element, content: Iterable[Paragraph]) -> Iterator[Fault]:
    """Tags in comments, those that this program wrote left out."""
    ours = {c for c in root.iter(f"{W}comment") if c.get(f"{W}author") == AUTHOR}
    for paragraph in content:
        if (
            BRACES.search(paragraph.text)
            and next(paragraph.element.iterancestors(f"{W}comment"), None) not in ours
        ):
            yield paragraph.tag().fault(messages.TAG_IN_COMMENT)


def packed(parts: Mapping[str, bytes], file: str, told: bool) -> Iterator[Fault]:
    """What the package holds or fetches. `told`: objects and links were told where they stand in
    the text."""
    for name in sorted(parts):
        if _MACROS.search(name):
            yield whole(file, name).fault(messages.PACKAGE_MACRO.format(part=name))
        elif _OBJECTS.match(name) and not told:
            yield whole(file, name).fault(messages.PACKAGE_OBJECT.format(part=name))
        elif name.endswith(".rels") and not (told and name == "word/_rels/document.xml.rels"):
            for relation in xml.parse(parts[name]).iter():
                kind = PurePosixPath(relation.get("Type", "")).name
                target = relation.get("Target", "")
                if relation.get("TargetMode") == "External" and not is_web(kind, target):
                    target = target[:60]
                    remedy = messages.EXTERNAL_REMEDIES.get(kind, messages.EXTERNAL_REMEDY)
                    yield whole(file, name).fault(
                        messages.PACKAGE_EXTERNAL.format(part=name, target=target, remedy=remedy)
                    )
