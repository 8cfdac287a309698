"""What a paragraph of a section file is given directly, where the styles of base.docx would spoil
what stands in it."""

from __future__ import annotations

from lxml import etree

from reportgen.word.source.xml import Element, W

_AFTER_SPACING = [
    W + name
    for name in (
        *("ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection"),
        *("textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr"),
        *("sectPr", "pPrChange"),
    )
]
_AFTER_SIZE = [
    W + name
    for name in (
        *("szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
        *("em", "lang", "eastAsianLayout", "specVanish", "oMath"),
    )
]
_SMALL = "18"  # half points, of a note


def own_lines(paragraph: Element) -> None:
    """Lets the lines of a paragraph be as high as what is in them: of a picture, lines of a fixed
    height would show a strip."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    spacing = properties.find(f"{W}spacing")
    if spacing is None:
        spacing = etree.Element(f"{W}spacing")
        _insert(properties, spacing, _AFTER_SPACING)
    spacing.set(f"{W}line", "240")
    spacing.set(f"{W}lineRule", "auto")


def small(paragraph: Element) -> None:
    """Prints a paragraph small, and flush."""
    own_lines(paragraph)
    properties = paragraph.find(f"{W}pPr")
    if properties is not None and properties.find(f"{W}ind") is None:
        indent = etree.Element(f"{W}ind", {f"{W}firstLineChars": "0", f"{W}firstLine": "0"})
        _insert(properties, indent, _AFTER_SPACING[1:])
    for run in paragraph.iter(f"{W}r"):
        own = run.find(f"{W}rPr")
        if own is None:
            own = etree.Element(f"{W}rPr")
            run.insert(0, own)
        if own.find(f"{W}sz") is None:
            _insert(own, etree.Element(f"{W}sz", {f"{W}val": _SMALL}), _AFTER_SIZE)


def _insert(properties: Element, element: Element, later: list[str]) -> None:
    """Puts a property in its place: before those that come later."""
    at = (i for i, e in enumerate(properties) if e.tag in later)
    properties.insert(next(at, len(properties)), element)
