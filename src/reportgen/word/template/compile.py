"""A spliced document → a compiled template: text, prints, loops and branches, every tag with its
place.

docxtpl reads its dialect (`dialect`); what is left is done here once and never again for a
document: every run that holds a tag is split (`runs`), so that a print writes whole runs and
branches stay balanced; what stands between two tags is a token, as they are (`tokens`); and tokens
are built to a tree (`blocks`).
"""

from __future__ import annotations

import re

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
from reportgen.word.template import dialect
from reportgen.word.template.blocks import build
from reportgen.word.template.nodes import Node, Template
from reportgen.word.template.runs import MARKS, Site, split
from reportgen.word.template.tokens import token, tokens

_ROOT = re.compile(r"(<w:(?:document|hdr|ftr)\b)")


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
    kept = _compilable(tags)
    text = dialect.read(source)
    found = len(TAG.findall(text))
    if found != len(kept):
        lost = messages.TEMPLATE_TAGS_LOST.format(wanted=len(kept), found=found)
        faults.append(Tag("", kept[0].file, "", "").fault(lost))
        return []
    root = _marked(text)
    sources = list(map(dialect.source_of, kept))
    sites = split(root, sources)
    stream = [t for _, t in tokens(root, sources, kept, sites)]
    nodes, told = build(stream, names, language)
    faults += told
    return nodes


def compile_tags(
    tags: list[Tag], names: list[str], language: Language, faults: list[Fault]
) -> list[Node]:
    """The tags of a part that cannot be compiled, for the sake of their faults: nothing is said of
    their blocks."""
    nowhere = Site("", "", "", "", "")
    kept = enumerate(_compilable(tags))
    stream = [token(dialect.source_of(tag), tag, n, nowhere, ()) for n, tag in kept]
    nodes, told = build(stream, names, language, loose=True)
    faults += told
    return nodes


def _compilable(tags: list[Tag]) -> list[Tag]:
    """The tags that are no comments."""
    return [tag for tag in tags if not tag.text.startswith("{#")]


def _marked(text: str) -> Element:
    """A part with an element in the place of each tag, which carries its number."""
    texts = TAG.split(text)
    pieces = [texts[0]]
    for number, after in enumerate(texts[1:]):
        pieces += [f'<rg:tag k="{number}"/>', after]
    return xml.parse(_ROOT.sub(rf'\1 xmlns:rg="{MARKS}"', "".join(pieces), count=1).encode())
