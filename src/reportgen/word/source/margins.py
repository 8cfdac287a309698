"""Headers, footers and paper of a section file: those of base.docx are printed, so what an author
wrote into others is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportgen import messages
from reportgen.findings import Severity
from reportgen.word.source import xml
from reportgen.word.source.attachments import relations
from reportgen.word.source.lint import Places
from reportgen.word.source.pages import SECTION, pages
from reportgen.word.source.tags import Fault
from reportgen.word.source.xml import RELATIONS, Element, W

_DOCUMENT = "word/document.xml"
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")
_NUMBERING = re.compile(r"[\d\s\-—–－―·.,，。/第页共]+")  # what stands round a page number
_SHOWN = 20  # characters of a header
_PICTURES = ("{*}blip", "{*}imagedata")


def unprinted(
    root: Element,
    places: Places,
    parts: Mapping[str, bytes],
    ours: frozenset[str],
    base: Element,
) -> Iterator[Fault]:
    """The headers and footers of a section file that say what those of the base do not, and a
    paper of another size; `parts` are the file's, `ours` is what those of the base say, whose
    document `base` is."""
    own, setups, told = relations(parts, _DOCUMENT), pages(base), set[str]()
    for section in root.iter(SECTION):
        for reference in section.iterchildren(*_REFERENCES):
            relation = own.get(reference.get(f"{RELATIONS}id", ""))
            said = _text(parts.get(relation.target, b"")) if relation else ""
            if said and said not in ours and said not in told:
                told.add(said)
                message = messages.SECTION_HEADER.format(text=said[:_SHOWN])
                yield _fault(section, places, message, Severity.ERROR)
        if setups.other_paper(section):
            yield _fault(section, places, messages.SECTION_PAPER, Severity.NOTE)


def _fault(section: Element, places: Places, message: str, severity: Severity) -> Fault:
    """At the paragraph that ends the section; at the file where its end does."""
    within = section.getparent() is not None and section.getparent().tag == f"{W}pPr"  # type: ignore[union-attr]
    tag = places.fault(section, message).tag if within else places.whole
    return tag.fault(message, severity)


def said(parts: Mapping[str, bytes]) -> frozenset[str]:
    """What the headers and footers of a package say."""
    return frozenset(_said(parts))


def _said(parts: Mapping[str, bytes]) -> Iterator[str]:
    for relation in relations(parts, _DOCUMENT).values():
        if relation.kind in ("header", "footer") and not relation.external:
            yield _text(parts.get(relation.target, b""))


def _text(data: bytes) -> str:
    """What a header says beside the number of the page; "" for nothing."""
    if not data:
        return ""
    root = xml.parse(data)
    text, depth = "", 0
    for element in root.iter(f"{W}t", f"{W}fldChar", *_PICTURES):
        if element.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
        elif element.tag != f"{W}t":
            text += messages.ATTACHED["blip"]
        elif depth <= 0 and next(element.iterancestors(f"{W}fldSimple"), None) is None:
            text += element.text or ""
    return _NUMBERING.sub("", text)
