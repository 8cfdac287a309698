"""The reference page of findings, in Markdown: what each id means, of workbooks and of editions,
and an edition's checks."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.models import Check, Edition


def page(edition: Edition) -> str:
    """What reading and rehearsing a workbook may tell, the checks that the edition writes, and
    what is told of an edition itself."""
    return "".join(_lines(edition))


def _lines(edition: Edition) -> Iterator[str]:
    yield messages.FINDINGS_PAGE
    for id, (severity, meaning) in messages.FINDINGS.items():
        yield _row(f"`{id}`", _heading(severity), meaning)
    yield messages.CHECKS_PAGE.format(edition=edition.title)
    for check in edition.checks:
        yield _row(check.id, _heading(check.severity), *_relation(check))
    yield messages.EDITION_FAULTS_PAGE
    for id, meaning in messages.EDITION_FAULTS.items():
        yield _row(f"`{id}`", meaning)


def _relation(check: Check) -> tuple[str, str]:
    """What is compared, for each row of what; and what is said where it does not hold."""
    formula = f"`{check.formula}`"
    if check.loop:
        formula = messages.CHECK_LOOP.format(loop=check.loop) + formula
    return formula, check.message + check.remedy


def _heading(severity: str) -> str:
    return messages.SEVERITY_HEADINGS[severity]


def _row(*cells: str) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(escaped)} |\n"
