"""The files of a document → a compiled template: text, prints, loops and branches, every tag with
its place.

docxtpl reads its dialect (`dialect`); what is left is done here once and never again for a
document: every run that holds a tag is split (`runs`), so that a print writes whole runs and
branches stay balanced; what stands between two tags is a token, as they are (`tokens`); and tokens
are built to a tree (`blocks`), those of each file by themselves. The trial goes through the trees
of the files, printing through all of them one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.files import Member
from reportgen.findings import EditionFault
from reportgen.language.expressions import Language
from reportgen.word.source import xml
from reportgen.word.source.document_files import DocumentFiles, names_of
from reportgen.word.source.joining import JoinedDocument, splice
from reportgen.word.source.properties import PART
from reportgen.word.source.sections import DOCUMENT, Section
from reportgen.word.source.tags import TAG, Fault, Tag
from reportgen.word.source.xml import Element, W
from reportgen.word.template import dialect
from reportgen.word.template.blocks import Tree, build
from reportgen.word.template.nodes import Node, Template
from reportgen.word.template.properties import compile_properties
from reportgen.word.template.runs import MARKS, Site, split
from reportgen.word.template.tokens import Token, token, tokens
from reportgen.word.template.wholeness import secure

_ROOT = re.compile(r"(<w:(?:document|hdr|ftr)\b)")


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """A file of a document: the trees of its parts that have tags, and all that is wrong with it
    but what a trial finds."""

    trees: dict[str, list[Node]]
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class CompiledDocument:
    """A document of an edition: its files, base.docx first, and all of them as one template, None
    where something is wrong with a file."""

    sources: DocumentFiles
    files: list[CompiledFile]
    template: Template | None

    def ready(self) -> Template:
        """The template to print with; raises EditionFault with what is wrong, if anything is."""
        if self.template is None:
            told = [*self.sources.faults, *(f for file in self.files for f in file.faults)]
            raise EditionFault(list(dict.fromkeys(told)))
        return self.template


def compiled(sources: DocumentFiles, edition: Edition, language: Language) -> CompiledDocument:
    """Compiles the files of a document. Sound ones are spliced first, their trees becoming part of
    the document; where one is not, each is compiled by itself, for the sake of its faults."""
    names = names_of(edition, sources)
    files = (sources.base, *sources.sections)
    if sources.sections and all(file.sound for file in files):
        return _joined(sources, names, language)
    alone = [_alone(file, names, language) for file in files]
    return CompiledDocument(sources, alone, None)


def _joined(sources: DocumentFiles, names: list[str], language: Language) -> CompiledDocument:
    document = splice(sources.base, sources.sections)
    trees = {
        part: _compiled_part(part, document.parts[part].decode("utf-8"), files, names, language)
        for part, files in document.tags.items()
    }
    own = {part: made[0] for part, made in trees.items() if part != DOCUMENT}
    compiled_files = [_file(sources.base, own)]
    for section, tree in zip(sources.sections, trees[DOCUMENT], strict=True):
        compiled_files.append(_file(section, {DOCUMENT: tree}))
    template = None
    if not any(tree.faults for made in trees.values() for tree in made):
        nodes = {part: [n for tree in made for n in tree.nodes] for part, made in trees.items()}
        template = _template(sources.each[0], document, nodes)
    return CompiledDocument(sources, compiled_files, template)


def _alone(section: Section, names: list[str], language: Language) -> CompiledFile:
    """A file as it is, with nothing before and after it."""
    trees = {}
    for part, tags in section.tags.items():
        if section.loose:
            trees[part] = _loose(tags, names, language)
        elif tags:
            source = etree.tostring(section.roots[part], encoding="unicode")
            (trees[part],) = _compiled_part(part, source, [tags], names, language, section.sound)
    return _file(section, trees)


def _file(section: Section, trees: dict[str, Tree]) -> CompiledFile:
    nodes = {part: tree.nodes for part, tree in trees.items()}
    faults = [f for tree in trees.values() for f in tree.faults]
    return CompiledFile(nodes, [*section.faults, *faults])


def _template(variable: str, spliced: JoinedDocument, nodes: dict[str, list[Node]]) -> Template:
    order = sorted(spliced.parts, key=lambda n: (n != "[Content_Types].xml", n))
    changing = {*nodes, *spliced.notes}
    fixed = {n: Member(n, data) for n, data in spliced.parts.items() if n not in changing}
    return Template(variable, nodes, fixed, order, heading_levels(spliced.parts), spliced.notes)


def heading_levels(parts: Mapping[str, bytes]) -> dict[str, int]:
    """Of the styles of a package those that make headings → their level, 1 for the highest."""
    found = {}
    for style in xml.parse(parts["word/styles.xml"]).iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None and int(level.get(f"{W}val", "9")) < 9:
            found[str(style.get(f"{W}styleId"))] = int(level.get(f"{W}val", "9")) + 1
    return found


def _compiled_part(
    part: str,
    source: str,
    files: Sequence[Sequence[Tag]],
    names: list[str],
    language: Language,
    sound: bool = True,
) -> list[Tree]:
    if PART.fullmatch(part):
        return [compile_properties(source, own, names, language) for own in files]
    return compile_part(source, files, names, language, sound)


def compile_part(
    source: str,
    files: Sequence[Sequence[Tag]],
    names: list[str],
    language: Language,
    sound: bool = True,
) -> list[Tree]:
    """One part as the trees of its `files`, one after the other; of each are given the tags that
    its author wrote, in document order. A block does not go from one file into the next.

    Where docxtpl finds other tags, nothing is said of blocks. In files that are not `sound` a
    fault that was told hides them; in others it is a fault of its own.
    """
    kept = [_compilable(tags) for tags in files]
    tags = [tag for own in kept for tag in own]
    text = dialect.read(source, sound)
    found = len(TAG.findall(text))
    if found != len(tags):
        trees = [_loose(own, names, language) for own in kept]
        if sound:
            lost = messages.TEMPLATE_TAGS_LOST.format(wanted=len(tags), found=found)
            trees[0].faults.append(Tag("", tags[0].file, "", "").fault(lost))
        return trees
    root = _marked(text)
    sources = list(map(dialect.source_of, tags))
    sites = split(root, sources)
    secure(root)
    homes = [n for n, own in enumerate(kept) for _ in own]
    homes.append(len(files) - 1)  # of the text after the last tag
    streams: list[list[Token]] = [[] for _ in files]
    for number, piece in tokens(root, sources, tags, sites):
        streams[homes[number]].append(piece)
    return [build(stream, names, language) for stream in streams]


def _loose(tags: Sequence[Tag], names: list[str], language: Language) -> Tree:
    """The tags of a part that cannot be compiled, for the sake of their faults: nothing is said of
    their blocks."""
    nowhere = Site("", "", "", "", "")
    numbered = enumerate(_compilable(tags))
    stream = [token(dialect.source_of(tag), tag, n, nowhere, ()) for n, tag in numbered]
    return build(stream, names, language, loose=True)


def _compilable(tags: Sequence[Tag]) -> list[Tag]:
    """The tags that are no comments."""
    return [tag for tag in tags if not tag.text.startswith("{#")]


def _marked(text: str) -> Element:
    """A part with an element in the place of each tag, which carries its number."""
    texts = TAG.split(text)
    pieces = [texts[0]]
    for number, after in enumerate(texts[1:]):
        pieces += [f'<rg:tag k="{number}"/>', after]
    return xml.parse(_ROOT.sub(rf'\1 xmlns:rg="{MARKS}"', "".join(pieces), count=1).encode())
