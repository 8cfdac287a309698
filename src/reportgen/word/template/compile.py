"""A spliced document → a compiled template: text, prints, loops and branches, every tag with its
place.

docxtpl reads its dialect (tags split over runs, {%tr %}, {%p %}); what is left is done here once
and never again for a document: every run that holds a tag is split, so that a print writes whole
runs, and branches stay balanced.
"""

from __future__ import annotations

import re

from docxtpl import DocxTemplate
from lxml import etree

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.files import Member
from reportgen.findings import EditionFault
from reportgen.language.expressions import Language
from reportgen.word.source import xml
from reportgen.word.source.document_files import DocumentFiles, names_of
from reportgen.word.source.sections import JoinedDocument, splice
from reportgen.word.source.tags import TAG, Fault, Tag
from reportgen.word.source.xml import Element, W
from reportgen.word.template.blocks import Builder
from reportgen.word.template.nodes import Node, Template
from reportgen.word.template.runs import MARK, UNGUARD, Site, cells, guarded, split

_TOKEN = re.compile(r'<rg:tag k="(\d+)"(?: site="(\d+|[mbe])")?/>')
_KIND = re.compile(r"^(\{[{%][-+]?)(tr|tc|p|r)\s")
_EMPTY = re.compile(r"<w:t(?: [^>]*)?/>")
_VOLATILE = re.compile(r' (?:w:rsid\w*|w14:(?:paraId|textId))="[^"]*"')
_CONTAINERS = {f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}txbxContent"}


def load(sources: DocumentFiles, edition: Edition, language: Language) -> Template:
    """Splices and compiles sources that `word.check` found sound; raises EditionFault for what it
    did not foresee."""
    faults: list[Fault] = []
    spliced = splice(sources.base, sources.sections)
    names = names_of(edition, sources)
    nodes = {
        part: compile_part(spliced.parts[part].decode("utf-8"), tags, names, language, faults)
        for part, tags in spliced.tags.items()
    }
    if faults:
        raise EditionFault(list(dict.fromkeys(map(str, faults))))
    return _template(sources.each[0], spliced, nodes)


def _template(variable: str, spliced: JoinedDocument, nodes: dict[str, list[Node]]) -> Template:
    order = sorted(spliced.parts, key=lambda n: (n != "[Content_Types].xml", n))
    fixed = {n: Member(n, data) for n, data in spliced.parts.items() if n not in nodes}
    return Template(variable, nodes, fixed, order, _headings(spliced.parts["word/styles.xml"]))


def _headings(styles: bytes) -> dict[str, int]:
    """Style → its level in a list of contents, 1 for the highest."""
    found = {}
    for style in xml.parse(styles).iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None and int(level.get(f"{W}val", "9")) < 9:
            found[str(style.get(f"{W}styleId"))] = int(level.get(f"{W}val", "9")) + 1
    return found


def compile_part(
    source: str, tags: list[Tag], names: list[str], language: Language, faults: list[Fault]
) -> list[Node]:
    """One part as nodes. `tags` are those that the author wrote, in document order."""
    kept = [t for t in tags if not t.text.startswith("{#")]
    text = DocxTemplate.patch_xml(None, _EMPTY.sub("", _VOLATILE.sub("", guarded(source))))
    text = re.sub(
        r"\s*\{%-", "{%", re.sub(r"-%\}\s*", "%}", re.sub(r"\{#.*?#\}", "", text, flags=re.S))
    )
    found = TAG.findall(text)
    if len(found) != len(kept):
        lost = messages.TEMPLATE_TAGS_LOST.format(wanted=len(kept), found=len(found))
        faults.append(Tag("", kept[0].file, "", "").fault(lost))
        return []
    found = [
        _KIND.sub(r"\1 ", t.text) for t in kept
    ]  # docxtpl makes quotation marks straight, those in quoted text too
    counter = iter(range(len(found)))
    text = TAG.sub(lambda _: f'<rg:tag k="{next(counter)}"/>', text)
    root = xml.parse(
        re.sub(r"(<w:(?:document|hdr|ftr)\b)", rf'\1 xmlns:rg="{MARK}"', text, count=1).encode()
    )
    sites = split(root, found)
    paths = {int(e.get("k", "0")): _path(e) for e in root.iter(f"{{{MARK}}}tag")}
    empty = cells(root)
    flat = etree.tostring(root, encoding="unicode").replace(f' xmlns:rg="{MARK}"', "")
    flat = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + flat.translate(UNGUARD)
    return Builder(found, kept, sites, paths, list(names), language, faults, empty=empty).build(
        _TOKEN.split(flat)
    )


def _path(tag: Element) -> tuple[object, ...]:
    """What a tag stands in: cells, rows, tables and text boxes as themselves, anything else by its
    kind, so that a block may go over several paragraphs but not from one cell into the next."""
    return tuple(a if a.tag in _CONTAINERS else a.tag for a in tag.iterancestors())


def compile_tags(
    tags: list[Tag], names: list[str], language: Language, faults: list[Fault]
) -> list[Node]:
    """The tags of a part that cannot be compiled, for the sake of their faults: nothing is said of
    their blocks."""
    kept = [t for t in tags if not t.text.startswith("{#")]
    found = [_KIND.sub(r"\1 ", t.text) for t in kept]
    tokens = [token for k in range(len(kept)) for token in ("", str(k), "0")]
    nowhere = Site("", "", "", "", "")
    paths = dict.fromkeys(range(len(kept)), ())
    return Builder(found, kept, [nowhere], paths, list(names), language, faults, loose=True).build(
        [*tokens, ""]
    )


# -- blocks
# ----------------------------------------------------------------------------------------------------------------
