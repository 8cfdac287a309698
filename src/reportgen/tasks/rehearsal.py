"""What a build would refuse of a workbook, told as findings at its cells: every document is gone
through with the facts at hand, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import messages
from reportgen.checks.telling import cells_of, home, see
from reportgen.findings import REPORT, Finding, Place, Severity, stops, worst_first
from reportgen.language.numbers import Missing, MissingValue, Num
from reportgen.language.values import Rows, Values
from reportgen.tasks.compiling import outlines, templates
from reportgen.tasks.filing import Filing, load
from reportgen.tasks.jobs import Compiled, Job, jobs
from reportgen.tasks.proofs import TEMPLATES, Proof

if TYPE_CHECKING:
    from reportgen.tasks.opening import OpenEdition
    from reportgen.word.printing.branching import Unprinted


def checked(workbook: Path, edition: str | None = None) -> Filing:
    """A workbook read, checked and rehearsed: all that would keep its documents from being built.
    Raises Unusable for a file or an edition that cannot be used."""
    filing = load(workbook, edition)
    compiled = _rehearsable(filing.opened)
    if stops(filing.findings, REPORT):
        return filing  # no document would be written
    return rehearsed(filing, compiled)


def _rehearsable(opened: OpenEdition) -> Compiled:
    """Outlines of templates that were proved before; else the templates, proved now: what build
    refuses of an edition, check refuses."""
    if Proof(opened.edition.folder, TEMPLATES).known:
        return outlines(opened)
    return templates(opened)


def rehearsed(filing: Filing, compiled: Compiled) -> Filing:
    """The filing with what its documents cannot print among its findings, worst first. Of a
    document that a finding forbids nothing is said: what it lacks is told already."""
    grouped: dict[tuple[Place, str], list[_Told]] = {}
    every = jobs(filing, compiled)
    for told in _told(filing, every):
        grouped.setdefault((told.place, told.fault), []).append(told)
    found = [_finding(same) for same in grouped.values()]
    found += [job.note for job in every if job.note]
    return replace(filing, findings=worst_first([*filing.findings, *found]))


@dataclass(frozen=True, slots=True)
class _Told:
    """A print that failed: the first cell that it is about, the fault in words, all its cells,
    where the print stands ("" for the name of a file), and what it stops."""

    place: Place
    fault: str
    cells: list[Place]
    where: str
    scope: str
    missing: str = ""  # the name of what nobody filled


def _told(filing: Filing, every: Sequence[Job]) -> Iterator[_Told]:
    from reportgen.word.printing.render import rehearse

    opened = filing.opened
    for job in every:
        if job.stopped_by(filing.findings):
            continue
        scope = job.record.scope if job.record else REPORT
        facts, prose = filing.facts, filing.prose
        told = rehearse(job.template, opened.edition, prose, facts, job.record)
        for unprinted in told:
            yield _of_print(unprinted, scope)
        if job.fault and not told:  # what the name lacks, the text lacks too
            yield _Told(home(job.record), job.fault, [], "", scope)


def _of_print(unprinted: Unprinted, scope: str) -> _Told:
    error, tag, record = unprinted.error, unprinted.fault.tag, unprinted.record
    cells = list(dict.fromkeys(places_of(error)))
    if record is not None and scope == REPORT:
        scope = record.scope
    missing = str(error.missing.name) if isinstance(error, MissingValue) else ""
    place = cells[0] if cells else home(record)
    return _Told(place, str(error), cells, f"{tag.file} {tag.place}", scope, missing)


def _finding(same: list[_Told]) -> Finding:
    """One fault, however often it is met: where first, and how often."""
    told = same[0]
    if not told.where:
        return _error("file-name", told, told.fault, messages.REMEDY_FILE_NAME)
    where = told.where
    if len(same) > 1:
        where = messages.PRINT_PLACES.format(first=where, count=len(same))
    if told.missing:
        message = messages.PRINT_MISSING.format(name=told.missing, where=where)
        return _error("print", told, message, messages.REMEDY_REQUIRED)
    message = messages.PRINT_FAULT.format(fault=told.fault, where=where)
    return _error("print", told, message, see(told.cells) if told.cells else messages.REMEDY_PRINT)


def _error(id: str, told: _Told, message: str, remedy: str) -> Finding:
    return Finding(
        id, Severity.ERROR, told.place, message, remedy, name=told.missing, scope=told.scope
    )


def places_of(error: Exception) -> Iterator[Place]:
    """The cells of the values that an error is about, in their order; of a table without rows its
    sheet."""
    values: Iterable[Any] = getattr(error, "about", ())
    if isinstance(error, MissingValue):
        values = [error.missing]
    for value in values:
        yield from _places(value)


def _places(value: Any) -> Iterator[Place]:
    if isinstance(value, Num):
        if value.place:
            yield value.place
        yield from cells_of(value)
    elif isinstance(value, Values):
        for item in value.items:
            yield from _places(item)
        if not value.items:
            yield Place(sheet=value.name.table)
    elif isinstance(value, Rows) or (isinstance(value, Missing) and value.place is None):
        yield Place(sheet=value.name.table)
    elif place := getattr(value, "place", None):
        yield place
