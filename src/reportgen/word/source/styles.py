"""The styles of section files, told by name: every program numbers them as it likes. Styles that
programs add by themselves give way to those of base.docx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from reportgen import messages
from reportgen.findings import Severity
from reportgen.language import words
from reportgen.word.source import xml
from reportgen.word.source.direct import small
from reportgen.word.source.lint import Places
from reportgen.word.source.tags import Fault
from reportgen.word.source.xml import Element, W

_STYLES = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
_RAISED = [f"{n}note {s}" for n in ("foot", "end") for s in ("reference", "characters", "anchor")]
_NOTES = ("footnote", "footnote text", "endnote", "endnote text")
_ADDED = {  # what programs add by themselves: the styles of base.docx that are used instead
    **dict.fromkeys(("table contents", "frame contents"), (words.STYLE_OF_CELLS,)),
    "table heading": (words.STYLE_OF_HEADS, words.STYLE_OF_CELLS),
    **dict.fromkeys(_RAISED, ("footnote reference",)),
    **dict.fromkeys(_NOTES, ("footnote text",)),
    **dict.fromkeys(
        (
            *("hyperlink", "internet link", "followedhyperlink", "visited internet link"),
            *("body text", "text body", "list paragraph", "no spacing", "plain text"),
            *("normal (web)", "standard", "default", "default paragraph font", "normal table"),
            *("header", "footer", "page number", "annotation reference", "annotation text"),
            *("placeholder text", "balloon text", "table normal"),
        ),
        (),
    ),
}
_ADDED_NAMES = {name.replace(" ", ""): name for name in _ADDED}  # ids are names without blanks
_LOOKS = ("sz", "color", "b", "i")
_OFF = "0"
_PLAIN = {"false": "0", "off": "0", "auto": "0", "000000": "0", "true": "1", "on": "1"}
_AFTER_RAISED = [
    W + name for name in ("rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath")
]


class StyleSheet:
    """The styles of a file: their names by id, and what a reader sees of them first."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.data = parts.get("word/styles.xml", b"")
        root = xml.parse(self.data) if self.data else etree.Element("none")
        self.names: dict[str, str] = {}
        self._styles: dict[str, Element] = {}
        self._default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in root.iter(f"{W}style"):
            name, identifier = style.find(f"{W}name"), style.get(f"{W}styleId", "")
            self._styles[identifier] = style
            self.names[identifier] = (
                name.get(f"{W}val", identifier) if name is not None else identifier
            )

    def ids(self) -> dict[str, str]:
        """Style name (in lower case) → id; and each id as a name, for files that say nothing of
        their styles."""
        folded = {_folded(name): i for i, name in self.names.items()}
        return {_folded(i): i for i in self.names} | folded

    def look(self, identifier: str) -> list[str]:
        """Size, colour, bold and italic of a style, with what it inherits."""
        found = _look(self._default) | self._inherited(identifier, ())
        return [found.get(key, _OFF) for key in _LOOKS]

    def _inherited(self, identifier: str, within: tuple[str, ...]) -> dict[str, str]:
        style = self._styles.get(identifier)
        if style is None or identifier in within:
            return {}
        based = style.find(f"{W}basedOn")
        above = based.get(f"{W}val", "") if based is not None else ""
        return self._inherited(above, (*within, identifier)) | _look(style.find(f"{W}rPr"))


def fitted(
    root: Element, places: Places, own: Mapping[str, str], styles: Mapping[str, str]
) -> Iterator[Fault]:
    """Changes the style ids of a text to those that the base has (`styles`, by name) for the names
    that the file's `own` ids have. A style that there is none for is a fault; those that programs
    add by themselves are told in one note."""
    added: dict[str, Fault] = {}
    for element in list(root.iter(*_STYLES)):
        identifier = element.get(f"{W}val", "")
        name = own.get(identifier, identifier)
        if _folded(name) in styles:
            element.set(f"{W}val", styles[_folded(name)])
            continue
        known = _ADDED_NAMES.get(_squeezed(name), _folded(name))
        shown = messages.STYLE_NAMES.get(known, name)
        fault = places.fault(element, messages.SECTION_FOREIGN_STYLE.format(style=shown))
        if known in _ADDED:
            added.setdefault(shown, fault)
            _replace(element, known, styles)
        else:
            yield fault
    if added:
        told = messages.STYLES_REPLACED.format(styles="、".join(f"“{n}”" for n in added))
        yield next(iter(added.values())).tag.fault(told, Severity.NOTE)


def _replace(element: Element, name: str, styles: Mapping[str, str]) -> None:
    """The base's style in the place of one that a program added; none where it has none."""
    ours = next((styles[_folded(n)] for n in _ADDED[name] if _folded(n) in styles), None)
    if ours is not None:
        element.set(f"{W}val", ours)
        return
    properties = element.getparent()
    assert properties is not None
    properties.remove(element)
    paragraph = properties.getparent()
    if name in _NOTES and paragraph is not None:
        small(paragraph)
    if name in _RAISED and properties.find(f"{W}vertAlign") is None:
        after = (i for i, e in enumerate(properties) if e.tag in _AFTER_RAISED)
        raised = etree.Element(f"{W}vertAlign", {f"{W}val": "superscript"})
        properties.insert(next(after, len(properties)), raised)


def _squeezed(name: str) -> str:
    return _folded(name).replace(" ", "")


def _folded(name: str) -> str:
    """Style names as Word compares them: Heading 1 is heading 1."""
    return name.strip().lower()


def _look(properties: Element | None) -> dict[str, str]:
    found = {}
    for element in () if properties is None else properties:
        key = str(element.tag).removeprefix(W)
        if key in _LOOKS:
            value = element.get(f"{W}val", "1").lower()
            found[key] = _PLAIN.get(value, value)
    return found


def redefined(root: Element, places: Places, own: StyleSheet, base: StyleSheet) -> Iterator[Fault]:
    """The styles of base.docx that a section file shows otherwise, each told where it is used
    first: they are printed as base has them. The text has the ids of the base already."""
    if own.data == base.data:
        return
    ids, told = own.ids(), set[str]()
    for element in root.iter(*_STYLES):
        identifier = element.get(f"{W}val", "")
        name = base.names.get(identifier, "")
        theirs = ids.get(_folded(name))
        if name in told or theirs is None:
            continue
        told.add(name)
        if own.look(theirs) != base.look(identifier):
            message = messages.STYLE_REDEFINED.format(style=name)
            yield places.fault(element, message).tag.fault(message, Severity.NOTE)
