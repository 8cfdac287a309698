"""An edition opened, a workbook read and checked: the steps that every command begins with, strung
together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen import messages
from reportgen.checks.prose.citations import unprintable
from reportgen.checks.telling import findings
from reportgen.checks.verdicts import Verdict, verdicts
from reportgen.edition.models import scope_names
from reportgen.edition.places import named_edition
from reportgen.facts.assembly import assemble
from reportgen.findings import Finding, Severity, Unusable, worst_first
from reportgen.language.values import Facts
from reportgen.tasks.opening import OpenEdition, open_edition
from reportgen.wording.prose import ProseReader

_LONGEST_NAME = 200  # characters


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
        return any(f.severity is Severity.ERROR for f in self.findings)


# -- editions --------------------------------------------------------------------------------------


def new(path: Path, edition: str, year: int | None, body: str | None) -> None:
    """Writes a blank workbook; never over an existing file."""
    from reportgen.workbook.writing import blank

    if path.suffix.lower() != ".xlsx":
        raise Unusable(messages.NOT_XLSX_NAME.format(file=path))
    if path.exists():
        raise Unusable(messages.FILE_EXISTS.format(file=path))
    _nameable(body or "")
    plan = open_edition(edition)
    roles = plan.edition.roles
    prefill = {roles.year: year, roles.body: body}
    given = {name: value for name, value in prefill.items() if value is not None}
    blank.write(path, plan.edition, plan.layout, plan.rules, given)


def _nameable(body: str) -> None:
    """Raises Unusable for a name that no cell can hold, or no reader would bear."""
    if not body.isprintable():
        raise Unusable(messages.NAME_CONTROL)
    if len(body) > _LONGEST_NAME:
        message = messages.NAME_TOO_LONG.format(length=len(body), limit=_LONGEST_NAME)
        raise Unusable(message)


# -- workbooks -------------------------------------------------------------------------------------


def load(workbook: Path, edition: str | None = None) -> Filing:
    """Reads and checks a workbook. `edition` overrides the one that the workbook names, which is
    never a path."""
    from reportgen.workbook.reading.book import Book, edition_name

    book = Book(workbook)
    plan = open_edition(edition or str(named_edition(edition_name(book))))
    return read_and_check(plan, book)


def read_and_check(plan: OpenEdition, book: Any) -> Filing:
    """The facts of an open workbook, and all that is wrong with them, worst first."""
    from reportgen.workbook.reading import read as reader

    result = reader.read(book, plan.edition, plan.layout)
    names = assemble(plan.edition, result.content, plan.languages.sheets)
    prose = ProseReader(plan.edition, plan.languages.prose)
    told = list(verdicts(plan.rules, names))
    unread = {f.place.sheet for f in result.findings if f.severity is Severity.ERROR}
    found = [*result.findings, *findings(told), *unprintable(names, prose, unread)]
    return Filing(plan, book.path, names, worst_first(found), told, prose)


def value_of(filing: Filing, source: str) -> Any:
    """The value of a name or an expression; raises Refused if it is neither."""
    names = scope_names(filing.opened.edition)
    return filing.opened.languages.prose.compile(source, names)(filing.facts)
