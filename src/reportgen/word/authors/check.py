"""All that is wrong with the templates of a document, told in one run and without a department's
workbook.

The tree of every file is printed over specimen facts, every branch taken: the code that will print
the report, and the very tree that it will print, say what cannot be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.findings import Severity
from reportgen.language.closures import Evaluate
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, MissingValue
from reportgen.language.values import Facts
from reportgen.word.printing.branching import FAULTS, rows_of
from reportgen.word.printing.contents import Contents, heading
from reportgen.word.printing.render import Rendering
from reportgen.word.source.sections import DOCUMENT
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.template.compile import CompiledDocument
from reportgen.word.template.nodes import For, If, Node, Print
from reportgen.wording.directions import Written, belied
from reportgen.wording.languages import Languages
from reportgen.wording.prose import ProseReader


def faults(
    document: CompiledDocument, edition: Edition, wording: Languages, facts: Facts
) -> list[Fault]:
    """Every fault of base.docx and the sections in the order of files and places; notes of what
    was mended among them. `facts` are a specimen, which has every branch taken."""
    told = list(document.sources.faults)
    variable, table = document.sources.each
    prose = ProseReader(edition, wording.prose)
    for file in document.files:
        scope = facts.copy()
        if variable:
            scope[variable] = next(iter(facts[table]))
        trial = Rendering(edition, prose, scope, branching=Trial())
        for nodes in file.trees.values():
            trial.part(nodes)
        told += sorted([*file.faults, *trial.faults], key=_place)
    return _once(told)


def _once(told: list[Fault]) -> list[Fault]:
    """The faults without those that are told again later."""
    later: set[tuple[str, int]] = set()
    kept = []
    for fault in reversed(told):
        key = (str(fault), fault.tag.start)
        if key not in later:
            later.add(key)
            kept.append(fault)
    return kept[::-1]


def _place(fault: Fault) -> tuple[bool, str, int, int]:
    """For the order of faults in a file: those of the file as a whole first, then the body's."""
    tag = fault.tag
    return tag.part not in ("", DOCUMENT), tag.part, tag.number, tag.start


def stops(told: list[Fault]) -> bool:
    """Whether one of them forbids printing."""
    return any(f.severity is Severity.ERROR for f in told)


@dataclass(slots=True)
class Trial:
    """A trial goes everywhere: into every branch, and at least once into every loop. What could
    not be compiled is Missing, and nothing more is said of it."""

    conditions: list[str] = field(default_factory=list)  # round the tag at hand

    def value(self, node: Print, rendering: Rendering) -> Any:
        """What the tag prints; tells of words before it that the value may belie."""
        value = node.value(rendering.scope)
        tag = node.tag
        loops = [loop.tag.text for loop in rendering.within if loop.condition]
        written = Written(tag.paragraph[: tag.start], tag.text, [*self.conditions, *loops])
        word = belied(written, value, rendering.edition)
        if word:
            rendering.faults.append(tag.fault(messages.LITERAL_DIRECTION.format(word=word)))
        return value

    def rows(self, node: For, rendering: Rendering) -> Iterable[Any]:
        """The specimen's rows; a heading of no text for the headings."""
        try:
            rows = node.rows(rendering.scope)
            if isinstance(rows, Contents):
                return [heading("", 1)]
            if not isinstance(rows, Missing):
                return rows_of(rows)
        except FAULTS as error:
            rendering.tell(node.tag, error)
        return [Missing(Name(""), None)]

    def keeps(self, condition: Evaluate, node: For, rendering: Rendering) -> bool:
        """True; the condition is tried."""
        try:
            bool(condition(rendering.scope))
        except FAULTS as error:
            rendering.tell(node.tag, error)
        return True

    def bodies(self, node: If, rendering: Rendering) -> Iterator[list[Node]]:
        """All branches, each after its condition was tried."""
        self.conditions.append(" ".join(branch.tag.text for branch in node.branches))
        for branch in node.branches:
            try:
                if branch.condition is not None:
                    bool(branch.condition(rendering.scope))
            except FAULTS as error:
                rendering.tell(branch.tag, error)
            yield branch.body
        self.conditions.pop()

    def fault(self, tag: Tag, error: Exception, loops: Sequence[tuple[int, Any]]) -> Fault | None:
        """The error: the rows of a specimen say nothing, and what it lacks less."""
        return None if isinstance(error, MissingValue) else tag.fault(str(error))
