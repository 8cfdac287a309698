"""The catalogue of tags as a Word document: a table for each group, to copy tags from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from reportgen import files as package
from reportgen import messages
from reportgen.word.authors.catalogue import Group
from reportgen.word.source.sections import DOCUMENT

_WIDTHS = (4700, 3500, 1000, 3000, 2300)  # twentieths of a point, of a landscape page
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_SHOWN = 3  # sections of a tag
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def written(base: Path, title: str, source: str, groups: Iterable[Group]) -> bytes:
    """The handbook, in the package of the edition's base."""
    parts = package.parts(base)
    head, _, _ = parts[DOCUMENT].decode("utf-8").partition("<w:body>")
    body = [
        _paragraph(f"{title}　{messages.HANDBOOK}", 32, True),
        _paragraph(messages.HANDBOOK_NOTE.format(source=source), 21),
    ]
    for group in groups:
        body += [_paragraph(group.title, 24, True), _table(group)]
    parts[DOCUMENT] = f"{head}<w:body>{''.join(body)}<w:p/>{_PAGE}</w:body></w:document>".encode()
    return package.normalised(parts)


def _paragraph(text: str, size: int, bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    spacing = (
        '<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:ind w:firstLine="0"/>'
        if bold
        else '<w:ind w:firstLine="0"/>'
    )
    return (
        f'<w:p><w:pPr>{spacing}</w:pPr><w:r><w:rPr>{_FONT}{weight}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'
    )


def _table(group: Group) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in _WIDTHS)
    rows = [_row(messages.HANDBOOK_HEADINGS, head=True)]
    rows += [
        _row((e.tag, e.meaning, e.unit, e.example, _sections(e.sections))) for e in group.entries
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _sections(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_SHOWN])
    return (
        messages.HANDBOOK_MORE.format(sections=shown, count=len(names))
        if len(names) > _SHOWN
        else shown
    )


def _row(texts: tuple[str, ...], head: bool = False) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{_cell(text, head)}</w:tc>'
        for w, text in zip(_WIDTHS, texts, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell(text: str, head: bool) -> str:
    weight = "<w:b/>" if head else ""
    return (
        f'<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="left"/></w:pPr><w:r><w:rPr>'
        f'{_FONT}{weight}<w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'
    )
