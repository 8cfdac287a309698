"""docxtpl's dialect in a part: tags split over runs are joined, {%tr %} and {%p %} take the place
of their row or paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.word.source import xml
from reportgen.word.source.tags import Tag, tags_of
from reportgen.word.source.xml import Element, W

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_BRACES = re.compile(r"[{}%#]")
_GUARD = {ord(c): 0xE000 + i for i, c in enumerate("{}%#")}
_UNGUARD = {v: k for k, v in _GUARD.items()}
_EMPTY = re.compile(r"<w:t(?: [^>]*)?/>")
_VOLATILE = re.compile(r' (?:w:rsid\w*|w14:(?:paraId|textId))="[^"]*"')
_STRAY = etree.XPath(
    "//*[not(self::w:t)]/text()[contains(., '{') or contains(., '}')]/parent::*",
    namespaces={"w": W[1:-1]},
)
_COMMENT = re.compile(r"\{#.*?#\}", re.S)
_BLANKS_AFTER = re.compile(r"-%\}\s*")
_BLANKS_BEFORE = re.compile(r"\s*\{%-")
_KIND = re.compile(r"^(\{[{%][-+]?)(tr|tc|p|r)\s")


def read(source: str, sound: bool = True) -> str:
    """A part in which every tag stands in one text, the whole of what it is for; comments are gone,
    and so is what programs note of their own sessions. In a part that is not `sound` braces may
    stand where no text is."""
    text = _EMPTY.sub("", _VOLATILE.sub("", _guarded(source, sound)))
    text = _reader().patch_xml(text)
    for blank, kept in ((_COMMENT, ""), (_BLANKS_AFTER, "%}"), (_BLANKS_BEFORE, "{%")):
        text = blank.sub(kept, text)
    return text


@cache
def _reader() -> DocxTemplate:
    from docxtpl import DocxTemplate  # as long to import as a hundred parts to read

    return DocxTemplate("")  # opens no file before it renders, which it never does


def source_of(tag: Tag) -> str:
    """A tag as `read` leaves it, its quotation marks as the author wrote them: docxtpl makes them
    straight, those in quoted text too."""
    return _KIND.sub(r"\1 ", tag.text)


def _guarded(source: str, sound: bool) -> str:
    """Braces that are text, out of docxtpl's sight: a brace at the edge of a paragraph must not
    join with the next one's."""
    root = xml.parse(source.encode())
    paragraphs: dict[Element, list[Element]] = {}
    for text, paragraph in xml.text_runs(root):
        paragraphs.setdefault(paragraph, []).append(text)
    for texts in paragraphs.values():
        whole = "".join(t.text or "" for t in texts)
        if _BRACES.search(whole):
            _write(texts, _outside_tags(whole))
    for element in _stray(root) if sound else root.iter():
        _guard(element)
    return etree.tostring(root, encoding="unicode")


def _stray(root: Element) -> Iterator[Element]:
    """What has braces in a text that is not printed, and what such a text follows."""
    found = _STRAY(root)
    for element in found if isinstance(found, list) else ():
        if isinstance(element, Element):
            yield element
            yield from element


def _guard(element: Element) -> None:
    """Hides the braces of an element that is no text to be printed."""
    element.tail = element.tail and element.tail.translate(_GUARD)
    if element.tag == f"{W}t":
        return
    element.text = element.text and element.text.translate(_GUARD)
    for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
        if _BRACES.search(str(value)):
            element.set(name, str(value).translate(_GUARD))


def _outside_tags(whole: str) -> str:
    """The text of a paragraph, its braces replaced but those of tags."""
    out, at = [], 0
    for start, end in tags_of(whole):
        out += [whole[at:start].translate(_GUARD), whole[start:end]]
        at = end
    return "".join([*out, whole[at:].translate(_GUARD)])


def _write(texts: list[Element], whole: str) -> None:
    at = 0
    for text in texts:
        end = at + len(text.text or "")
        text.text = whole[at:end]
        at = end


def unguarded(text: str) -> str:
    """The braces that `read` hid, again."""
    return text.translate(_UNGUARD)
