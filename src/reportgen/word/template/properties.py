"""The properties of a document as a template: plain text, without runs or bookmarks."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.language.expressions import Language
from reportgen.word.source.tags import Tag, tags_of
from reportgen.word.template import dialect
from reportgen.word.template.blocks import Tree, build
from reportgen.word.template.runs import Site
from reportgen.word.template.tokens import Token, token

_SITE = Site("", "", " ", " ", "")


def compile_properties(
    source: str, tags: Sequence[Tag], names: list[str], language: Language
) -> Tree:
    """The tree of a part of properties, whose tags are given in document order."""
    stream: list[Token] = []
    at = 0
    for number, (tag, (start, end)) in enumerate(zip(tags, tags_of(source), strict=True)):
        stream.append(source[at:start])
        at = end
        if not tag.text.startswith("{#"):
            stream.append(token(dialect.source_of(tag), tag, number, _SITE, ()))
    return build([*stream, source[at:]], names, language)
