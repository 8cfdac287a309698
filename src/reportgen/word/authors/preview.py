"""One section over many cases, one below the other: what an author sees without a department's
workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.language.expressions import Language
from reportgen.language.values import Facts
from reportgen.word.printing.render import PrintedEntry, Rendering, counting, packed
from reportgen.word.source.sections import DOCUMENT
from reportgen.word.template.nodes import Template
from reportgen.wording.prose import ProseReader

_BODY = re.compile(r"(.*<w:body>)(.*?)(<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:body>.*)", re.S)
_PAGE = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.S)
_LABEL = (
    "<w:p><w:pPr><w:keepNext/><w:pBdr>"
    '<w:top w:val="single" w:sz="6" w:space="4" w:color="2E74B5"/></w:pBdr>'
    '<w:spacing w:before="{space}" w:after="60"/></w:pPr>'
    '<w:r><w:rPr><w:b/><w:color w:val="{color}"/><w:sz w:val="21"/></w:rPr>'
    '<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
)
_BLUE, _RED = "2E74B5", "C00000"


def cases_printed(
    template: Template, edition: Edition, prose: Language, cases: Iterable[tuple[str, Facts]]
) -> bytes:
    """A document with what the template prints in each case; cases that print the same are named
    once more, not shown. What a case cannot print stands in its place as a message."""
    ledger: list[PrintedEntry] = []
    seen: dict[str, str] = {}
    blocks: list[str] = []
    counts = counting(template)
    head = tail = ""
    parts: dict[str, str] = {}
    reader = ProseReader(edition, prose)
    for n, (case, names) in enumerate(cases, 1):
        scope = names.copy()
        rendering = Rendering(
            edition, reader, scope, template.headings, ledger=ledger, counts=counts
        )
        parts = {name: rendering.part(nodes) for name, nodes in template.nodes.items()}
        found = _BODY.fullmatch(parts[DOCUMENT])
        assert found is not None
        head, body, tail = found.groups()
        told = [label(str(f), _RED, 0) for f in dict.fromkeys(rendering.faults)]
        content = _PAGE.sub("", body) + "".join(told)
        known = re.sub(r"_rg\d+|\bid=\"\d+\"", "", content)
        same = seen.setdefault(known, case)
        if same == case:
            blocks += [label(messages.PREVIEW_CASE.format(n=n, case=case)), content]
        else:
            blocks.append(label(messages.PREVIEW_SAME.format(n=n, case=case, same=same)))
    parts[DOCUMENT] = f"{head}{''.join(blocks)}{tail}"
    return packed(template, parts, counts)


def label(text: str, color: str = _BLUE, space: int = 240) -> str:
    """A line that is not the template's own."""
    return _LABEL.format(text=escape(text, quote=False), color=color, space=space)
