"""The tags of a template where their author wrote them: found, placed, and checked for what docxtpl would not forgive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen import messages
from reportgen.word import xml
from reportgen.word.xml import Element, W

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_FULL_WIDTH = re.compile("｛[｛%％]|[｝%％]｝")
_TAG_LIMIT = 600
_WORD = re.compile(r"\{%[-+]?(?:(?:tr|tc|p|r)\s)?\s*(\w*)")
_WORDS = ("for", "if", "elif", "else", "endfor", "endif")
_LIFT = re.compile(r"\{[{%#](tr|tc|p)\s")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as the author wrote it, and where: for messages."""

    text: str
    file: str
    place: str
    paragraph: str

    def fault(self, message: str) -> str:
        """File and place first, then the fault, then the paragraph that holds it."""
        return messages.TEMPLATE_FAULT.format(file=self.file, place=self.place, message=message, text=self.paragraph[:80])


def tags_of(text: str) -> Iterator[tuple[int, int]]:
    """Where tags begin and end in a text; linear, whatever does not close."""
    at, signs = 0, "{%#"
    while signs and (match := re.compile(r"\{[" + signs + "]").search(text, at)):
        sign = match[0][1]
        end = text.find("}}" if sign == "{" else f"{sign}}}", match.end())
        if end < 0:
            signs = signs.replace(sign, "")  # nor will a later one close
            at = match.start() + 1
        else:
            at = end + 2
            yield match.start(), at


def _rest(text: str) -> str:
    """A text without its tags."""
    out, at = [], 0
    for start, end in tags_of(text):
        out.append(text[at:start])
        at = end
    return "".join([*out, text[at:]])


def scan(root: Element, file: str, faults: list[str]) -> list[Tag]:
    """The tags of a part in document order; what docxtpl would not find where it stands is a fault."""
    places: dict[Element, str] = {}
    by_paragraph: dict[Element, list[tuple[int, Element]]] = {}
    for i, (run, paragraph) in enumerate((t, p) for t, p in xml.text_runs(root) if t.text):
        by_paragraph.setdefault(paragraph, []).append((i, run))
    found: list[tuple[int, int, Tag, Element]] = []
    for paragraph, runs in by_paragraph.items():
        text = "".join(t.text or "" for _, t in runs)
        if "{" not in text and "}" not in text:
            continue
        places = places or xml.places(root)
        place = places[paragraph]
        for start, end in tags_of(text):
            tag = Tag(text[start:end], file, place, text)
            if len(tag.text) > _TAG_LIMIT:
                faults.append(tag.fault(messages.EXPRESSION_TOO_LONG.format(length=len(tag.text), limit=_TAG_LIMIT)))
            word = _WORD.match(tag.text)
            if word and word[1] not in _WORDS:
                faults.append(tag.fault(messages.STATEMENT_UNKNOWN.format(word=word[1])))
            touched = _touched(runs, start, end)
            if touched[-1][0] - touched[0][0] != len(touched) - 1 or len({_home(t) for _, t in touched}) > 1:
                faults.append(tag.fault(messages.TAG_ACROSS))
            found.append((touched[0][0], start, tag, paragraph))
        if _FULL_WIDTH.search(text):
            faults.append(Tag("", file, place, text).fault(messages.TAG_FULL_WIDTH))
        if BRACES.search(_rest(text)):
            faults.append(Tag("", file, place, text).fault(messages.TAG_UNCLOSED))
    found.sort(key=lambda f: f[:2])
    _lifted([(tag, paragraph) for _, _, tag, paragraph in found], faults)
    return [tag for _, _, tag, _ in found]


def _touched(runs: list[tuple[int, Element]], start: int, end: int) -> list[tuple[int, Element]]:
    touched, at = [], 0
    for i, run in runs:
        size = len(run.text or "")
        if size and at < end and at + size > start:
            touched.append((i, run))
        at += size
    return touched


def _home(text: Element) -> Element | None:
    run = text.getparent()
    return run.getparent() if run is not None else None


def _lifted(tags: list[tuple[Tag, Element]], faults: list[str]) -> None:
    """Tags for a whole row, cell or paragraph stand alone in it, and nothing of its kind is nested in it."""
    held: dict[Element, list[Tag]] = {}
    lifting: dict[Element, Tag] = {}
    for tag, paragraph in tags:
        for container in (paragraph, *paragraph.iterancestors(f"{W}tc", f"{W}tr")):
            held.setdefault(container, []).append(tag)
        if match := _LIFT.match(tag.text):
            kind = W + match[1]
            lifted = paragraph if match[1] == "p" else next(paragraph.iterancestors(kind), None)
            if lifted is None or next(lifted.iterdescendants(kind), None) is not None:
                faults.append(tag.fault(messages.TAG_ALONE))
            else:
                lifting[lifted] = tag
    for container, tag in lifting.items():
        if len(held[container]) > 1:
            faults.append(tag.fault(messages.TAG_ALONE))
