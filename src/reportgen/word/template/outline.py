"""The files of a document as a template without its looks: paragraphs, headings, words and tags.

What it prints is no document, but whatever can or cannot be printed is the same, at a third of the
cost: so a workbook is checked for what a build would refuse of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from html import escape
from itertools import accumulate

from lxml import etree

from reportgen.edition.models import Edition
from reportgen.language.expressions import Language
from reportgen.word.source.document_files import DocumentFiles, names_of
from reportgen.word.source.properties import PART
from reportgen.word.source.sections import DOCUMENT, Section
from reportgen.word.source.tags import Fault, Paragraph, Tag, paragraphs, tags_of
from reportgen.word.source.xml import Element, W, own
from reportgen.word.template import dialect
from reportgen.word.template.blocks import build
from reportgen.word.template.compile import heading_levels
from reportgen.word.template.nodes import Bound, Node, Template
from reportgen.word.template.properties import compile_properties
from reportgen.word.template.runs import Site
from reportgen.word.template.tokens import Token, token

_SITE = Site("<w:t>", "</w:t>", "</w:p><w:p>", "</w:p><w:p>", "")
_ROW_TAG = re.compile(r"\s*\{%[-+]?tr\s")
_AFTER_ALL = 10**9  # of any place in a paragraph
# where in the part; a text, the bound of a table, or None for the next tag
_Event = tuple[tuple[int, int], str | Bound | None]


def outline(files: DocumentFiles, edition: Edition, language: Language) -> Template:
    """The outline of sound files: its nodes by part, the sections of the body one after another."""
    names, headings = names_of(edition, files), heading_levels(files.base.parts)
    nodes: dict[str, list[Node]] = {DOCUMENT: []}
    for section in (files.base, *files.sections):
        for part, tags in section.tags.items():
            if PART.fullmatch(part):
                source = etree.tostring(section.roots[part], encoding="unicode")
                nodes[part] = compile_properties(source, tags, names, language).nodes
                continue
            found = list(_tokens(section, part, tags, headings))
            nodes.setdefault(part, []).extend(_built(found, names, language))
    return Template(files.each[0], nodes, {}, [], headings)


def _built(tokens: list[Token], names: list[str], language: Language) -> list[Node]:
    faults: list[Fault]
    nodes, faults = build(tokens, names, language, loose=True)
    return [] if faults else nodes


def _tokens(
    section: Section, part: str, tags: list[Tag], headings: Mapping[str, int]
) -> Iterator[Token]:
    """The tags of a part, comments left out, and all the words between two of them as one."""
    events: list[_Event] = []
    content = paragraphs(section.roots[part], section.file, part)
    known = {p.element: p for p in content if p.runs}
    for table in section.roots[part].iter(f"{W}tbl"):
        events += _bounds(table, known)
    for paragraph in content:
        events += _events(paragraph, headings)
    events.sort(key=lambda event: event[0])
    following, between = iter(tags), list[str]()
    for n, (_, text) in enumerate(events):
        if isinstance(text, Bound):
            yield "".join(between)
            yield text
            between.clear()
            continue
        if text is not None:
            between.append(text)
            continue
        tag = next(following)
        if not tag.text.startswith("{#"):
            yield "".join(between)
            yield token(dialect.source_of(tag), tag, n, _SITE, ())
            between.clear()
    yield "".join(between)


def _events(paragraph: Paragraph, headings: Mapping[str, int]) -> Iterator[_Event]:
    """A paragraph's begin, its words, its tags and its end, each with its place among the runs of
    the part: the paragraphs of a text box lie between the runs of another."""
    if not paragraph.runs:
        return
    ends = list(accumulate(len(run.text or "") for _, run in paragraph.runs))

    def place(at: int) -> tuple[int, int]:
        return paragraph.runs[min(bisect_right(ends, at), len(ends) - 1)][0], at

    style = paragraph.element.find(f"{W}pPr/{W}pStyle")
    name = style.get(f"{W}val", "") if style is not None else ""
    yield (paragraph.runs[0][0], -1), f'<w:pStyle w:val="{name}"/>' if name in headings else ""
    at = 0
    for start, end in tags_of(paragraph.text):
        yield place(at), _words(paragraph.text[at:start])
        yield place(start), None
        at = end
    yield place(at), _words(paragraph.text[at:])
    yield (paragraph.runs[-1][0], len(paragraph.text)), "</w:p>"


def _bounds(table: Element, known: Mapping[Element, Paragraph]) -> Iterator[_Event]:
    """Where a table with rows for tags begins and ends, and its other rows: each before the first
    of its words, so that a rehearsal knows a table that is left with its heading."""
    rows = [[known[p] for p in row.iter(f"{W}p") if p in known] for row in _rows(table)]
    rows = [row for row in rows if row]
    tagged = [any(_ROW_TAG.match(p.text) for p in row) for row in rows]
    if not any(tagged):
        return
    heads = tagged.index(True) if tagged[-1] else 0
    depth = sum(1 for _ in table.iterancestors(f"{W}tbl"))
    yield (rows[0][0].runs[0][0], -3), Bound("table")
    for row, is_tag in zip(rows, tagged, strict=True):
        if not is_tag:
            yield (row[0].runs[0][0], -2), "<w:tr>"
    last = max(p.runs[-1][0] for p in rows[-1])
    yield (last, _AFTER_ALL - depth), Bound("rows", heads)


def _rows(table: Element) -> Iterator[Element]:
    return own(table, f"{W}tr", f"{W}tbl")


def _words(text: str) -> str:
    return f"<w:t>{escape(text, quote=False)}</w:t>" if text else ""
