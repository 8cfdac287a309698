"""The same template and the same facts through plain docxtpl: the yardstick of tests and
benchmarks."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from reportgen import files
from reportgen.edition.models import Document, scope_names
from reportgen.language import words
from reportgen.language.members import member
from reportgen.language.numbers import Num, literal
from reportgen.language.values import Record
from reportgen.tasks import opening
from reportgen.tasks.filing import Filing
from reportgen.word.printing.numbering import Numbering
from reportgen.word.printing.render import Rendering
from reportgen.word.source.document_files import read
from reportgen.word.source.joining import splice


class Insertion(Extension):
    """A section file within another, in Jinja: ordinals begin anew in it, or go on."""

    tags: ClassVar[set[str]] = {words.INSERT}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        on = bool(parser.stream.skip_if(f"name:{words.INSERT_ON}"))
        body = parser.parse_statements((f"name:{words.INSERT_END}",), drop_needle=True)
        call = self.call_method("_counted", [nodes.Const(on)])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _counted(self, on: bool, caller: Any) -> Any:
        outer = self.environment.counters
        if not on:
            self.environment.counters = []
        text = caller()
        self.environment.counters = outer
        return text


class PlainEnvironment(Environment):
    """Jinja as docxtpl uses it, with our members, filters and functions; ordinals count as they
    are printed."""

    def __init__(self, filing: Filing) -> None:
        self.rendering = Rendering(filing.opened.edition, filing.prose, filing.facts.copy())
        super().__init__(autoescape=False, finalize=self._printed, extensions=[Insertion])
        language = filing.opened.languages.templates
        self.filters.update(language.filters)
        self.globals.update({name: _with_literals(f) for name, f in language.functions.items()})
        self.tests.update({name: _with_literals(test) for name, test in language.tests.items()})

    @property
    def counters(self) -> list[int]:
        return self.rendering.numbering.counts

    @counters.setter
    def counters(self, counters: list[int]) -> None:
        self.rendering.numbering = Numbering(counters)

    def getattr(self, obj: Any, attribute: str) -> Any:
        members = self.rendering.prose.language.members
        return members[attribute](obj) if isinstance(obj, Num) else member(obj, attribute)

    def _printed(self, value: Any) -> str:
        return value if isinstance(value, str) else str(self.rendering.text(value))


def _with_literals(function: Any) -> Any:
    """Jinja passes 1 where our language passes a number."""
    return lambda *args: function(*(literal(a) if type(a) is int else a for a in args))


_OPERATORS = (operator.eq, operator.ne, operator.gt, operator.lt, operator.ge, operator.le)


def _value(other: Any) -> Any:
    return other.value if isinstance(other, Num) else other


@contextmanager
def comparable() -> Iterator[None]:
    """Numbers that Python itself can compare, as Jinja does; our language compares them its own
    way."""
    before = {f"__{op.__name__}__": getattr(Num, f"__{op.__name__}__") for op in _OPERATORS}
    for op in _OPERATORS:
        setattr(Num, f"__{op.__name__}__", lambda self, other, op=op: op(self.value, _value(other)))
    try:
        yield
    finally:
        for name, method in before.items():
            setattr(Num, name, method)


def template(plan: opening.OpenEdition, document: Document, path: Path) -> Path:
    """The spliced sections of a document as one .docx, tags and all."""
    sources = read(plan.edition, document)
    spliced = splice(sources.base, sources.sections)
    path.write_bytes(files.normalised(spliced.parts))
    return path


def render(path: Path, filing: Filing, headings: Sequence[Record] = (), **more: Any) -> bytes:
    """The document that plain docxtpl makes of the template; `headings` is what it cannot know:
    the list of contents."""
    document = DocxTemplate(path)
    context = (
        {name: filing.facts[name] for name in scope_names(filing.opened.edition)}
        | {words.CONTENTS: headings}
        | more
    )
    with comparable():
        document.render(context, PlainEnvironment(filing))
    out = BytesIO()
    document.save(out)
    return out.getvalue()
