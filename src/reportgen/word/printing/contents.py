"""目录: the headings of a document that is written, and those that stand alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reportgen import messages
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import literal
from reportgen.language.syntax import Refused
from reportgen.language.values import Record
from reportgen.word.source.tags import Tag
from reportgen.word.template.nodes import For

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


class Contents(list[Record]):
    """目录: the headings of the document, which are known only when all of it is written."""

    name = words.CONTENTS


def heading(text: str, level: int) -> Record:
    """A line of 目录."""
    line = {words.CONTENTS_TEXT: text, words.LEVEL: literal(level)}
    return Record(Name(words.CONTENTS), line)


def contents(text: str, headings: Mapping[str, int]) -> Iterator[Record]:
    """The headings of a written part, in order: paragraphs whose style is one of `headings`."""
    return (heading(title, level) for _, _, title, level in _titles(text, headings))


def _titles(text: str, headings: Mapping[str, int]) -> Iterator[tuple[int, int, str, int]]:
    """Where each heading begins and ends, its text and level."""
    for found in (
        re.finditer(f'<w:pStyle w:val="({"|".join(map(re.escape, headings))})"/>', text)
        if headings
        else ()
    ):
        end = text.find("</w:p>", found.end())
        title = "".join(_TEXT.findall(text, found.end(), end)).strip()
        if title:
            yield found.start(), end, html.unescape(title), headings[found[1]]


def forlorn(
    out: list[str], empty: list[tuple[int, For, Any]], headings: Mapping[str, int]
) -> Iterator[tuple[Tag, Refused]]:
    """Headings that stand alone because a loop under them had no rows: the reader would look for
    what is not there. `empty` are these loops, where in `out` they stand and what they went over;
    each fault is told at its loop."""
    text = "".join(out)
    titles = list(_titles(text, headings))
    told = set()
    for n, node, rows in empty:
        at = sum(map(len, out[:n]))
        before = [t for t in titles if t[1] < at]
        after = next((t for t in titles if t[0] > at), (len(text), 0, "", 0))
        if not before or before[-1] in told or after[3] > before[-1][3]:
            continue
        if not "".join(_TEXT.findall(text, before[-1][1], after[0])).strip():
            told.add(before[-1])
            message = messages.HEADING_FORLORN.format(heading=before[-1][2])
            yield node.tag, Refused(message, rows)
