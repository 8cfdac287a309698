"""From a filing to documents, strung together: rehearsed, rendered, and written once all that can
be told has been told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import messages
from reportgen.findings import Finding, Stopped, Unusable
from reportgen.language.members import str_of
from reportgen.language.names import path
from reportgen.language.numbers import Missing
from reportgen.language.values import look
from reportgen.ledger import build_record
from reportgen.ledger.output_folder import Unwanted, output_folder
from reportgen.tasks.compiling import templates
from reportgen.tasks.jobs import Compiled, Job, jobs
from reportgen.tasks.rehearsal import rehearsed

if TYPE_CHECKING:
    from reportgen.tasks.filing import Filing
    from reportgen.word.printing.render import PrintedEntry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build found, what it wrote, what it could not write with the reason, and what is there
    of an earlier build that the workbook does not ask for any more."""

    findings: list[Finding]
    written: list[Path]
    refused: list[str]
    unwanted: Unwanted = field(default_factory=Unwanted)


def render_job(filing: Filing, job: Job) -> build_record.Built:
    """One document in memory; raises Stopped with every value that it lacks."""
    from reportgen.word.printing import render

    if job.fault:
        raise Stopped(job.fault)
    try:
        data, ledger = render.render(
            job.template,
            filing.opened.edition,
            filing.prose,
            filing.facts,
            job.record,
        )
    except render.RenderFault as fault:
        raise Stopped(
            messages.RENDER_STOPPED.format(count=len(fault.faults), faults=fault)
        ) from fault
    return build_record.Built(job.path, data, ledger)


def render_all(filing: Filing, compiled: Compiled) -> list[build_record.Built]:
    """Every document of a filing, in memory, under its file name."""
    return [render_job(filing, job) for job in jobs(filing, compiled)]


def build(
    filing: Filing, out: Path, force: bool = False, only: str = "", project: str = ""
) -> Outcome:
    """Writes the documents, trace.json and build.json. What a finding forbids is left out and
    told; files that people edited since are refused, all told first."""
    built, refused = [], []
    compiled = templates(filing.opened)
    filing = rehearsed(filing, compiled)
    for job in jobs(filing, compiled, only, project):
        if stopped := job.stopped_by(filing.findings):
            refused.append(messages.NOT_BUILT.format(file=job.path, count=len(stopped)))
            continue
        try:
            built.append(render_job(filing, job))
        except Stopped as fault:
            refused.append(messages.NOT_RENDERED.format(file=job.path, fault=fault))
    if refused and not built:
        return Outcome(filing.findings, [], refused)
    with output_folder(out) as folder:
        if not force and (told := list(folder.edited(built))):
            raise Unusable("\n".join(told))
        record = build_record.record(filing.workbook, filing.opened.edition, filing.findings)
        wanted = _wanted(jobs(filing, compiled))
        unwanted = folder.write(built, record, _subject(filing), wanted)
    return Outcome(filing.findings, [out / d.path for d in built], refused, unwanted)


def _wanted(every: Sequence[Job]) -> list[Path] | None:
    """The names of all documents that a workbook asks for, None where one cannot be told."""
    if any(job.fault for job in every):
        return None
    return [job.path for job in every]


def _subject(filing: Filing) -> str:
    """Of whom and what year the documents tell."""
    roles = filing.opened.edition.roles
    told = [look(filing.facts, path(name)) for name in (roles.body, roles.year)]
    return " ".join(str_of(value) for value in told if not isinstance(value, Missing))


def printed(filing: Filing) -> Iterator[tuple[Path, PrintedEntry]]:
    """Every number that the documents print, for looking one up by its text."""
    for document in render_all(filing, templates(filing.opened)):
        yield from ((document.path, entry) for entry in document.ledger)
