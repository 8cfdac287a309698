"""The tags of a template where their author wrote them: found, placed, and checked for what
docxtpl would not forgive."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from reportgen import messages
from reportgen.findings import Finding, Place, Severity
from reportgen.word.source import xml
from reportgen.word.source.xml import Element, W

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
BRACES = re.compile(r"\{[{%#]|[}%#]\}|｛[｛%％]|[｝%％]｝")
_TAG_LIMIT = 600
_WORD = re.compile(r"\{%[-+]?(?:(?:tr|tc|p|r)\s)?\s*(\w*)")
_WORDS = ("for", "if", "elif", "else", "endfor", "endif")
_LIFT = re.compile(r"\{([{%#])(tr|tc|p)\s")
_AROUND = 30  # characters of the paragraph that a message shows before and after a tag
_SHOWN = 120  # characters of the tag itself


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as the author wrote it, and where: in words for messages, as paragraph and characters
    of a part for a mark.

    `number` counts the paragraphs of the part, those in tables and text boxes too; -1 is the part
    as a whole.
    """

    text: str
    file: str
    place: str
    paragraph: str
    part: str = ""
    number: int = -1
    start: int = 0
    end: int = 0

    def fault(self, message: str, severity: Severity = Severity.ERROR) -> Fault:
        """What is wrong with it."""
        return Fault(self, message, severity)

    def around(self) -> str:
        """The text of the paragraph round the tag."""
        end = 2 * _AROUND  # of no tag: the beginning
        if self.end:
            end = min(self.end, self.start + _SHOWN)
        first, last = max(0, self.start - _AROUND), end + _AROUND
        before = "…" if first > 0 else ""
        after = "…" if last < len(self.paragraph) else ""
        return before + self.paragraph[first:last] + after


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, and where. A NOTE is what was mended already."""

    tag: Tag
    message: str
    severity: Severity = Severity.ERROR

    @property
    def sentence(self) -> str:
        """File and place first, then the fault, then the text that holds it."""
        tag = self.tag
        text = messages.TEMPLATE_TEXT.format(text=tag.around()) if tag.paragraph else ""
        place = f" {tag.place}" if tag.place else ""
        return messages.TEMPLATE_FAULT.format(
            file=tag.file, place=place, message=self.message, text=text
        )

    def __str__(self) -> str:
        return self.sentence

    def record(self, file: str) -> dict[str, object]:
        """The object that `--format json` prints: as a finding in a file of the edition."""
        place = Place(self.tag.file or file, cell=self.tag.place)
        return Finding("template", self.severity, place, self.message).record(file)


@dataclass(slots=True)
class Paragraph:
    """One paragraph of a part: its number, its place in words, and the runs of its own text (text
    boxes inside it have paragraphs of their own)."""

    element: Element
    number: int
    place: str
    runs: list[tuple[int, Element]]  # with their order in the part
    file: str
    part: str
    text: str = ""

    def read(self) -> Paragraph:
        """Takes its text from its runs, when they were changed."""
        self.text = "".join(t.text or "" for _, t in self.runs)
        return self

    def tag(self, start: int = 0, end: int = 0) -> Tag:
        """A tag from `start` to `end`; without these the paragraph as a whole."""
        return Tag(
            self.text[start:end],
            self.file,
            self.place,
            self.text,
            self.part,
            self.number,
            start,
            end,
        )


def paragraphs(
    root: Element, file: str, part: str, label: str = messages.PART_BODY
) -> list[Paragraph]:
    """Every paragraph of a part, in document order; `label` is the part in words."""
    runs: dict[Element, list[tuple[int, Element]]] = {}
    for i, (text, paragraph) in enumerate((t, p) for t, p in xml.text_runs(root) if t.text):
        runs.setdefault(paragraph, []).append((i, text))
    places = xml.places(root, label)
    return [
        Paragraph(e, n, places[e], runs.get(e, []), file, part).read() for n, e in enumerate(places)
    ]


def tags_of(text: str) -> Iterator[tuple[int, int]]:
    """Where tags begin and end in a text; linear, whatever does not close."""
    at, signs = 0, "{%#"
    while signs and (match := _opening(signs).search(text, at)):
        sign = match[0][1]
        end = text.find("}}" if sign == "{" else f"{sign}}}", match.end())
        if end < 0:
            signs = signs.replace(sign, "")  # nor will a later one close
            at = match.start() + 1
        else:
            at = end + 2
            yield match.start(), at


@cache
def _opening(signs: str) -> re.Pattern[str]:
    return re.compile(r"\{[" + signs + "]")


def _loose(text: str) -> tuple[int, int] | None:
    """Where braces stand that belong to no tag."""
    at = 0
    for start, end in [*tags_of(text), (len(text), len(text))]:
        if found := BRACES.search(text[at:start]):
            return at + found.start(), at + found.end()
        at = end
    return None


def scan(content: list[Paragraph], faults: list[Fault]) -> list[Tag]:
    """The tags of a part in document order; what docxtpl would not find where it stands is a
    fault."""
    found: list[tuple[int, int, Tag, Element]] = []
    for paragraph in content:
        text = paragraph.text
        ends = list(accumulate(len(t.text or "") for _, t in paragraph.runs))
        for start, end in tags_of(text) if "{" in text else ():
            tag = paragraph.tag(start, end)
            touched = _touched(paragraph.runs, ends, start, end)
            faults += _tag_faults(tag, touched)
            found.append((touched[0][0], start, tag, paragraph.element))
        if loose := _loose(text):
            faults.append(paragraph.tag(*loose).fault(messages.TAG_UNCLOSED))
    found.sort(key=lambda f: f[:2])
    _lifted([(tag, paragraph) for _, _, tag, paragraph in found], faults)
    return [tag for _, _, tag, _ in found]


def _tag_faults(tag: Tag, touched: list[tuple[int, Element]]) -> Iterator[Fault]:
    if len(tag.text) > _TAG_LIMIT:
        yield tag.fault(messages.EXPRESSION_TOO_LONG.format(length=len(tag.text), limit=_TAG_LIMIT))
    word = _WORD.match(tag.text)
    if word and word[1] not in _WORDS:
        yield tag.fault(messages.STATEMENT_UNKNOWN.format(word=word[1]))
    if (
        touched[-1][0] - touched[0][0] != len(touched) - 1
        or len({_home(t) for _, t in touched}) > 1
    ):
        yield tag.fault(messages.TAG_ACROSS)


def _touched(
    runs: list[tuple[int, Element]], ends: list[int], start: int, end: int
) -> list[tuple[int, Element]]:
    """The runs that hold some of the characters from `start` to `end`, and those between them that
    are not empty."""
    first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
    return [
        run
        for n, run in enumerate(runs[first : last + 1], first)
        if ends[n] > (ends[n - 1] if n else 0)
    ]


def _home(text: Element) -> Element | None:
    run = text.getparent()
    return run.getparent() if run is not None else None


def _lifted(tags: list[tuple[Tag, Element]], faults: list[Fault]) -> None:
    """Tags for a whole row, cell or paragraph stand alone in it, and nothing of its kind is nested
    in it."""
    held: dict[Element, list[Tag]] = {}
    lifting: dict[Element, Tag] = {}
    for tag, paragraph in tags:
        for container in (paragraph, *paragraph.iterancestors(f"{W}tc", f"{W}tr")):
            held.setdefault(container, []).append(tag)
        if match := _LIFT.match(tag.text):
            kind = W + match[2]
            lifted = paragraph if match[2] == "p" else next(paragraph.iterancestors(kind), None)
            if match[1] == "{":
                faults.append(tag.fault(messages.PRINT_OUTSIDE_TEXT))
            elif lifted is None or next(lifted.iterdescendants(kind), None) is not None:
                faults.append(tag.fault(messages.TAG_ALONE))
            else:
                lifting[lifted] = tag
    for container, tag in lifting.items():
        if len(held[container]) > 1:
            faults.append(tag.fault(messages.TAG_ALONE))
