"""A workbook read and checked: what every command about a workbook begins with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.checks.citations import unprintable
from reportgen.checks.telling import findings
from reportgen.checks.verdicts import Verdict, verdicts
from reportgen.edition.models import scope_names
from reportgen.edition.places import named_edition
from reportgen.facts.assembly import assemble
from reportgen.findings import Finding, Severity, stops, worst_first
from reportgen.language.values import Facts
from reportgen.tasks.opening import OpenEdition, open_edition
from reportgen.wording.prose import ProseReader


@dataclass(frozen=True, slots=True)
class Filing:
    """A workbook that was read and checked."""

    opened: OpenEdition
    workbook: Path
    facts: Facts
    findings: list[Finding]
    verdicts: list[Verdict]
    prose: ProseReader

    @property
    def stopped(self) -> bool:
        """Whether a finding forbids the report."""
        return stops(self.findings)

    def value(self, source: str) -> Any:
        """The value of a name or an expression; raises Refused if it is neither."""
        names = scope_names(self.opened.edition)
        return self.opened.languages.prose.compile(source, names)(self.facts)


def load(workbook: Path, edition: str | None = None) -> Filing:
    """Reads and checks a workbook. `edition` overrides the one that the workbook names, which is
    never a path."""
    from reportgen.workbook.reading.book import Book, edition_name

    book = Book(workbook)
    opened = open_edition(edition or str(named_edition(edition_name(book))))
    return read_and_check(opened, book)


def read_and_check(opened: OpenEdition, book: Any) -> Filing:
    """The facts of an open workbook, and all that is wrong with them, worst first."""
    from reportgen.workbook.reading.read import read

    result = read(book, opened.edition, opened.layout)
    names = assemble(opened.edition, result.content, opened.languages.sheets)
    prose = ProseReader(opened.edition, opened.languages.prose)
    told = list(verdicts(opened.rules, names))
    unread = {f.place.sheet for f in result.findings if f.severity is Severity.ERROR}
    found = [*result.findings, *findings(told), *unprintable(names, prose, unread)]
    return Filing(opened, book.path, names, worst_first(found), told, prose)
