"""The pages of a document. base.docx says what they look like: paper, margins, grid, headers and
footers, for pages that stand and for pages that lie. A section file says which of the two it
takes, and what is its own: columns, a title page, page numbers that begin anew."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reportgen.word.source.xml import Element, W

SECTION = f"{W}sectPr"
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")
_ORDER = [  # ECMA-376 part 1, 17.6.17 and 17.6.19
    W + name
    for name in (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz"),
        *("pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt"),
        *("vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid"),
    )
]
_TURNED = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}  # as Word turns
_OFF = ("0", "false", "off")
_OTHER_PAPER = 0.1  # A4 and Letter differ by less, A3 by more


@dataclass(frozen=True, slots=True)
class Pages:
    """The page set-ups of base.docx, whether a page lies → its set-up; `usual` is that of its
    last page."""

    setups: dict[bool, Element]
    usual: bool

    def fitted(self, section: Element | None, kind: Element | None, first: bool) -> Element:
        """The set-up of a page section: base's, with what is the section's own. `kind` says how
        it begins; what base says of its first page holds for the `first` one alone."""
        base = self.setups[self.lies(section)]
        copy = deepcopy(base)
        if not first:
            _begin(copy)
        for element in [*self._own(section), *([] if kind is None else [kind])]:
            _put(copy, element)
        return copy

    def lies(self, section: Element | None) -> bool:
        """Whether a section's pages lie; those of a file that says nothing are as base's last."""
        return self.usual if section is None else _lies(section, self.usual)

    def own(self, section: Element | None) -> bool:
        """Whether a section has something of its own, so that it shares its pages with no
        other."""
        return next(self._own(section), None) is not None

    def flows(self, before: Element | None, after: Element | None) -> bool:
        """Whether one section goes on in the pages of the one before."""
        alike = self.lies(before) == self.lies(after)
        return alike and not self.own(before) and not self.own(after)

    def other_paper(self, section: Element) -> bool:
        """Whether a section asks for a paper of another size than base's."""
        theirs, ours = _area(section), _area(self.setups[self.usual])
        return bool(theirs and ours) and abs(theirs / ours - 1) > _OTHER_PAPER

    def _own(self, section: Element | None) -> Iterator[Element]:
        base = self.setups[self.lies(section)]
        for element in () if section is None else section:
            if _says(element) and not _same(element, base.find(element.tag)):
                yield element


def pages(root: Element) -> Pages:
    """The pages of base.docx: the last one, and of the others the last that lies otherwise. Where
    there is none, the page is turned as Word turns it."""
    sections = list(root.iter(SECTION))
    found: dict[bool, Element] = {}
    inherited: dict[tuple[str, str], Element] = {}
    for section in sections:
        inherited |= _references(section)
        lies = _lies(section, False)
        found[lies] = _normal(section, inherited)
    usual = _lies(sections[-1], False)
    last = found[usual]
    found.setdefault(not usual, _turned(last))
    others = _references(last) | _references(found[not usual])
    found[not usual] = _normal(found[not usual], others)
    return Pages(found, usual)


def ends(body: Element) -> Element | None:
    """The set-up of the last page section of a body, None where it has none."""
    return body[-1] if len(body) and body[-1].tag == SECTION else None


def breaks(body: Element) -> list[Element]:
    """The set-ups of the page sections that end within a body, in order, one in a paragraph;
    those in tables and text boxes, which mean nothing, are taken out."""
    found: dict[Element, Element] = {}
    for section in [s for s in body.iter(SECTION) if s.getparent() is not body]:
        paragraph = next(section.iterancestors(f"{W}p"), None)
        within = next(section.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        if paragraph is None or paragraph in found or within is not None:
            section.getparent().remove(section)  # type: ignore[union-attr]
        else:
            found[paragraph] = section
    return list(found.values())


def kind_of(section: Element | None) -> Element | None:
    """How a section begins, None on a new page as nearly all do."""
    kind = section.find(f"{W}type") if section is not None else None
    return None if kind is None or kind.get(f"{W}val", "nextPage") == "nextPage" else kind


def _lies(section: Element, unknown: bool) -> bool:
    size = section.find(f"{W}pgSz")
    if size is None:
        return unknown
    width, height = _number(size, "w"), _number(size, "h")
    return size.get(f"{W}orient") == "landscape" or width > height


def _area(section: Element) -> float:
    size = section.find(f"{W}pgSz")
    return 0.0 if size is None else _number(size, "w") * _number(size, "h")


def _number(element: Element, name: str) -> float:
    try:
        return float(element.get(W + name, "0"))
    except ValueError:
        return 0.0


def _references(section: Element) -> dict[tuple[str, str], Element]:
    own = (r for r in section if r.tag in _REFERENCES)
    return {(str(r.tag), r.get(f"{W}type", "default")): r for r in own}


def _normal(section: Element, references: dict[tuple[str, str], Element]) -> Element:
    """A set-up with all its headers and footers: what base inherits from page to page does not
    hang on the order of pages in a report, where a condition may leave some out."""
    copy = deepcopy(section)
    for element in [e for e in copy if e.tag in (*_REFERENCES, f"{W}type", f"{W}sectPrChange")]:
        copy.remove(element)
    for i, reference in enumerate(references.values()):
        copy.insert(i, deepcopy(reference))
    return copy


def _turned(section: Element) -> Element:
    copy = deepcopy(section)
    size, margins = copy.find(f"{W}pgSz"), copy.find(f"{W}pgMar")
    if size is not None:
        width, height = size.get(f"{W}w", "11906"), size.get(f"{W}h", "16838")
        lies = size.attrib.pop(f"{W}orient", "portrait") == "landscape" or int(width) > int(height)
        size.set(f"{W}w", height)
        size.set(f"{W}h", width)
        if not lies:
            size.set(f"{W}orient", "landscape")
    if margins is not None:
        old = {side: margins.get(W + side, "0") for side in _TURNED}
        for side, source in _TURNED.items():
            margins.set(W + side, old[source])
    return copy


def _begin(section: Element) -> None:
    """Takes out what base says of the first page of a report."""
    title, numbers = section.find(f"{W}titlePg"), section.find(f"{W}pgNumType")
    if title is not None:
        section.remove(title)
    if numbers is not None:
        numbers.attrib.pop(f"{W}start", "")


def _says(element: Element) -> bool:
    """Whether it is for a section to say, and says something: programs write down the usual as
    well."""
    value = element.get(f"{W}val", "")
    if element.tag == f"{W}cols":
        return _number(element, "num") > 1 or len(element) > 1
    if element.tag == f"{W}pgNumType":
        return f"{W}start" in element.attrib or element.get(f"{W}fmt", "decimal") != "decimal"
    if element.tag == f"{W}titlePg":
        return value not in _OFF
    return element.tag == f"{W}vAlign" and value not in ("", "top")


def _same(element: Element, other: Element | None) -> bool:
    return other is not None and etree.tostring(element, with_tail=False, method="c14n") == (
        etree.tostring(other, with_tail=False, method="c14n")
    )


def _put(section: Element, element: Element) -> None:
    """Puts an element in its place among the others, instead of the one that says the same."""
    old = section.find(element.tag)
    if old is not None:
        section.remove(old)
    rank = _ORDER.index(str(element.tag))
    known = {tag: n for n, tag in enumerate(_ORDER)}
    later = (i for i, e in enumerate(section) if known.get(str(e.tag), len(known)) > rank)
    section.insert(next(later, len(section)), deepcopy(element))
