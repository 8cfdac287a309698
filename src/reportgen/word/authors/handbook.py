"""The catalogue of tags as a Word document: a table for each group, to copy tags from.

Written as text: rows that do not break, repeated headings, borders and fonts for Chinese have no
call in python-docx, which takes a second for the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from reportgen import files, messages
from reportgen.word.authors.catalogue import Group
from reportgen.word.source.sections import DOCUMENT

_WIDTHS = (4700, 3500, 1000, 3000, 2300)  # twentieths of a point, of a landscape page
_LARGE, _MIDDLE, _PLAIN, _SMALL = 32, 24, 21, 18  # half points
_SECTIONS = 3  # of a tag, that are named
_MARGINS = "".join(f' w:{side}="1134"' for side in ("top", "right", "bottom", "left"))
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    f'<w:pgMar{_MARGINS} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FLUSH = '<w:ind w:firstLine="0"/>'
_HEADING = f'<w:keepNext/><w:spacing w:before="120" w:after="60"/>{_FLUSH}'
_CELL = f'<w:spacing w:line="240" w:lineRule="auto"/>{_FLUSH}<w:jc w:val="left"/>'


def written(base: Path, title: str, source: str, groups: Iterable[Group]) -> bytes:
    """The handbook, in the package of the edition's base."""
    parts = files.parts(base)
    head, _, _ = parts[DOCUMENT].decode("utf-8").partition("<w:body>")
    body = [
        _heading(f"{title}　{messages.HANDBOOK}", _LARGE),
        _paragraph(messages.HANDBOOK_NOTE.format(source=source), _PLAIN),
    ]
    for group in groups:
        body += [_heading(group.title, _MIDDLE), _table(group)]
    parts[DOCUMENT] = f"{head}<w:body>{''.join(body)}<w:p/>{_PAGE}</w:body></w:document>".encode()
    return files.normalised(parts)


def _heading(text: str, size: int) -> str:
    return _paragraph(text, size, _HEADING, bold=True)


def _paragraph(text: str, size: int, properties: str = _FLUSH, bold: bool = False) -> str:
    """A paragraph of one run; `size` in half points."""
    weight = "<w:b/>" if bold else ""
    run = f'<w:rPr>{_FONT}{weight}<w:sz w:val="{size}"/></w:rPr>'
    content = f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}{content}</w:r></w:p>"


def _table(group: Group) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    properties = (
        f'<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
    )
    rows = [_row(messages.HANDBOOK_HEADINGS, head=True)]
    for entry in group.entries:
        sections = _sections(entry.sections)
        rows.append(_row((entry.tag, entry.meaning, entry.unit, entry.example, sections)))
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _sections(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_SECTIONS])
    if len(names) <= _SECTIONS:
        return shown
    return messages.HANDBOOK_MORE.format(sections=shown, count=len(names))


def _row(texts: tuple[str, ...], head: bool = False) -> str:
    """A row that pages do not break; the heading is repeated on each."""
    header = "<w:tblHeader/>" if head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(text, _SMALL, _CELL, bold=head)}</w:tc>"
        for width, text in zip(_WIDTHS, texts, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"
