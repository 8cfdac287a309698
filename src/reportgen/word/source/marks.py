"""Bookmarks and what refers to them. Those that nobody refers to go: programs leave them behind,
and loops would copy them. The others are given names and ids of their own in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen import messages
from reportgen.word.source.lint import Places, fields
from reportgen.word.source.tags import Fault
from reportgen.word.source.xml import Element, W

_BEGIN, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_REFERS = re.compile(
    r'^(\s*(?:REF|PAGEREF|NOTEREF)\s+"?|\s*HYPERLINK\s.*?\\l\s+")([^\s"\\]+)', re.I | re.S
)
_BLOCK = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(for|if|endfor|endif)\b")
_LIFTING = re.compile(r"\{%[-+]?(p|tr|tc)\s")
_TOP = "_top"  # where Word sends a reader without any bookmark


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that refers to a bookmark: a link's attribute, or a field's code."""

    element: Element
    name: str

    def rename(self, name: str) -> None:
        """Lets it refer to the bookmark under another name."""
        element = self.element
        if element.tag == f"{W}hyperlink":
            element.set(f"{W}anchor", name)
        elif element.tag == f"{W}fldSimple":
            element.set(f"{W}instr", _renamed(element.get(f"{W}instr", ""), name))
        else:
            element.text = _renamed(element.text or "", name)


def _renamed(code: str, name: str) -> str:
    return _REFERS.sub(lambda found: found[1] + name, code)


def references(root: Element) -> Iterator[Reference]:
    """All that refers to a bookmark in a text. The code of a field is put into one piece."""
    for link in root.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor", "")
        if anchor and anchor != _TOP:
            yield Reference(link, anchor)
    for element, code in fields(root):
        found = _REFERS.match(code)
        if found is None or found[2] == _TOP:
            continue
        if element.tag == f"{W}fldSimple":
            yield Reference(element, found[2])
        else:
            yield Reference(_joined(element, code), found[2])


def _joined(begin: Element, code: str) -> Element:
    """The first piece of the code of a field that begins here, which gets all of it."""
    root = begin.getroottree().getroot()
    order = list(root.iter(f"{W}fldChar", f"{W}instrText"))
    pieces = []
    for element in order[order.index(begin) + 1 :]:
        if element.tag == f"{W}fldChar":
            break
        pieces.append(element)
    for piece in pieces:
        piece.text = ""
    pieces[0].text = code
    return pieces[0]


def kept(root: Element, places: Places) -> Iterator[Fault]:
    """Takes out the bookmarks that nothing refers to; tells references without a bookmark, and
    bookmarks that a block may repeat or leave out."""
    wanted = {reference.name: reference for reference in references(root)}
    depths = _depths(root) if wanted else {}
    found = set()
    for begin, end in list(_pairs(root)):
        name = begin.get(f"{W}name", "")
        if name not in wanted or name in found or end is None:
            _remove(begin, end)
            continue
        found.add(name)
        if depths.get(begin) or depths.get(end) or _gives_way(begin) or _gives_way(end):
            yield places.fault(begin, messages.BOOKMARK_IN_BLOCK.format(name=name))
    for element, code in fields(root):
        if _REFERS.match(code):
            element.set(f"{W}dirty", "true")  # programs look again when they open the report
    for name, reference in wanted.items():
        if name not in found:
            yield places.fault(reference.element, messages.BOOKMARK_LOST.format(name=name))


def _pairs(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """Each bookmark's begin with its end, the first that has its id; what lacks the other with
    None."""
    ends: dict[str, list[Element]] = {}
    for end in root.iter(_END):
        ends.setdefault(end.get(f"{W}id", ""), []).append(end)
    for begin in root.iter(_BEGIN):
        own = ends.get(begin.get(f"{W}id", ""), [])
        yield begin, own.pop(0) if own else None
    for left in ends.values():
        yield from ((end, None) for end in left)


def _gives_way(mark: Element) -> bool:
    """Whether the paragraph of a mark, or its row, gives way to a tag."""
    row = next(mark.iterancestors(f"{W}tr", f"{W}p"), None)
    return row is not None and _LIFTING.search("".join(map(str, row.itertext()))) is not None


def _remove(*marks: Element | None) -> None:
    for mark in marks:
        if mark is not None and mark.getparent() is not None:
            mark.getparent().remove(mark)  # type: ignore[union-attr]


def marked(root: Element) -> bool:
    """Whether a text has bookmarks."""
    return next(root.iter(_BEGIN), None) is not None


def in_block(paragraph: Element) -> bool:
    """Whether a block stands open where a paragraph begins."""
    return _depths(paragraph.getroottree().getroot(), f"{W}p")[paragraph] > 0


def _depths(root: Element, *others: str) -> dict[Element, int]:
    """How many blocks stand open at each bookmark, and at the `others`."""
    found, depth, text = {}, 0, ""
    for element in root.iter(f"{W}t", _BEGIN, _END, *others):
        if element.tag == f"{W}t":
            text += element.text or ""
            continue
        words = _BLOCK.findall(text)
        depth += sum(-1 if word.startswith("end") else 1 for word in words)
        text = text[text.rfind("{%") :] if "%}" not in text[text.rfind("{%") :] else ""
        found[element] = depth
    return found


@dataclass(slots=True)
class Marks:
    """The bookmarks of a document, as its files are joined."""

    names: set[str] = field(default_factory=set)
    last: int = 1000  # below: those that headers of base.docx may have

    def own(self, root: Element) -> None:
        """Gives the bookmarks of a text ids and, where another has it, names of their own; what
        refers to them follows."""
        renamed: dict[str, str] = {}
        for begin, end in list(_pairs(root)):
            if end is None:
                _remove(begin)
                continue
            self.last += 1
            begin.set(f"{W}id", str(self.last))
            end.set(f"{W}id", str(self.last))
            name = begin.get(f"{W}name", "")
            renamed[name] = self._free(name)
            begin.set(f"{W}name", renamed[name])
        for reference in list(references(root)) if renamed else ():
            if reference.name in renamed:
                reference.rename(renamed[reference.name])

    def _free(self, name: str) -> str:
        free, number = name, 1
        while free in self.names:
            number += 1
            free = f"{name[:34]}_{number}"  # Word takes 40 characters
        self.names.add(free)
        return free
