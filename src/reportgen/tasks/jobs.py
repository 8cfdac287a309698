"""The documents that a filing asks for: one, or one for each record, each in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import messages
from reportgen.checks.telling import home
from reportgen.edition.models import Document
from reportgen.findings import REPORT, Finding, Severity, Unusable
from reportgen.language.names import alike, nearest, path
from reportgen.language.values import Record, Rows, look
from reportgen.tasks.file_names import SUFFIX, file_name, folded, numbered

if TYPE_CHECKING:
    from reportgen.tasks.filing import Filing
    from reportgen.word.template.nodes import Template


Compiled = Sequence[tuple["Template", Document]]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to write: for a record, where the edition has one for each."""

    template: Template
    document: Document
    record: Record | None
    path: Path
    fault: str = ""  # of its name
    number: int = 0  # of the record among those that are printed
    note: Finding | None = None  # why the file is not called as the edition says

    def stopped_by(self, findings: Sequence[Finding]) -> list[Finding]:
        """What forbids it. A fault in one project stops the report and that project's documents,
        not those of others."""
        own = (REPORT, self.record.scope) if self.record else ()
        return [f for f in findings if f.severity is Severity.ERROR and (not own or f.scope in own)]


def jobs(filing: Filing, compiled: Compiled, only: str = "", project: str = "") -> list[Job]:
    """The documents that a filing asks for: all of them, those for each record (`only` projects),
    the others (`only` report), or those of one record, told by its key or its name.

    A record's document is called the same whichever are asked for. Raises Unusable for a record
    that there is none of, and for two documents of one name in the edition.
    """
    wanted = _named(filing, project) if project else None
    every = [job for template, document in compiled for job in _jobs(filing, template, document)]
    return [job for job in _apart(every) if _asked(job, only, wanted)]


def _asked(job: Job, only: str, wanted: Record | None) -> bool:
    if wanted is not None and job.record is not wanted:
        return False
    return not only or (only == "projects") == bool(job.document.each[1])


def _jobs(filing: Filing, template: Template, document: Document) -> list[Job]:
    """A document by itself, or one for each record; none where the choices made so far do not ask
    for it."""
    chosen = [(look(filing.facts, path(name)), choices) for name, choices in document.when.items()]
    if any(isinstance(choice, str) and choice not in choices for choice, choices in chosen):
        return []
    _, table = document.each
    if not table:
        return [_job(filing, template, document)]
    records: Rows = filing.facts[table]
    return [_job(filing, template, document, record, n) for n, record in enumerate(records, 1)]


def _job(
    filing: Filing,
    template: Template,
    document: Document,
    record: Record | None = None,
    number: int = 0,
) -> Job:
    name, fault = document.file, ""
    try:
        name = file_name(filing, document, record)
    except Unusable as told:  # what it is made of may be missing: that is told first
        fault = str(told)
    return Job(template, document, record, Path(name + SUFFIX), fault, number)


def _apart(every: list[Job]) -> list[Job]:
    """The documents, none of them in the file of another: one for a record that would be gets its
    number behind its name, and that is noted."""
    single = [job.path for job in every if job.record is None and not job.fault]
    names = [folded(file) for file in single]
    twice = sorted({file for file in single if names.count(folded(file)) > 1})
    if twice:
        raise Unusable("\n".join(messages.FILE_TWICE.format(file=file) for file in twice))
    taken = set(names)
    return [job if job.record is None or job.fault else _free(job, taken) for job in every]


def _free(job: Job, taken: set[str]) -> Job:
    """The job under a name that is not `taken`, to which it is added."""
    names = chain([job.path], numbered(job.path, job.number))
    file = next(name for name in names if folded(name) not in taken)
    taken.add(folded(file))
    return job if file == job.path else replace(job, path=file, note=_note(job, file))


def _note(job: Job, file: Path) -> Finding:
    message = messages.FILE_NUMBERED.format(file=job.path, other=file)
    scope = job.record.scope if job.record else REPORT
    remedy = messages.REMEDY_FILE_NUMBERED
    return Finding("file-numbered", Severity.NOTE, home(job.record), message, remedy, scope=scope)


def _named(filing: Filing, name: str) -> Record:
    """The project of that key, or with that name in any of its texts."""
    table = filing.opened.edition.roles.projects
    rows: list[Record] = list(filing.facts[table]) if table else []
    named = filing.opened.edition.table(table) if table else None
    texts = {
        r: [str(r.members[c.name]) for c in (named.key, named.named) if c] for r in rows if named
    }
    found = [r for r, own in texts.items() if name in own]
    if not found:  # not as it is written: as it is read
        found = [r for r, own in texts.items() if alike(name) in map(alike, own)]
    if not found:
        known = [t for own in texts.values() for t in own]
        raise Unusable(messages.PROJECT_UNKNOWN.format(name=name, hint=nearest(name, known)))
    if len(found) > 1:
        keys = "、".join(texts[r][0] for r in found)
        raise Unusable(messages.PROJECT_TWICE.format(count=len(found), name=name, keys=keys))
    return found[0]
