"""From a filing to documents, strung together: templates compiled, one document or one for each
record, written once all that can be told has been told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import messages
from reportgen.edition.models import Document, Edition, scope_names
from reportgen.facts.samples import specimen
from reportgen.findings import REPORT, EditionFault, Finding, Severity, Stopped, Unusable
from reportgen.language.expressions import Refused, nearest
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.values import Facts, Record, Rows, look
from reportgen.ledger import build_record as output
from reportgen.tasks import proofs
from reportgen.wording.patterns import pattern

if TYPE_CHECKING:
    from reportgen.tasks.filing import Filing
    from reportgen.tasks.opening import OpenEdition
    from reportgen.word.printing.render import PrintedEntry
    from reportgen.word.source.tags import Fault
    from reportgen.word.template.compile import CompiledDocument
    from reportgen.word.template.nodes import Template
    from reportgen.wording.languages import Languages

Compiled = Sequence[tuple["Template", Document]]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to write: for a record, where the edition has one for each."""

    template: Template
    document: Document
    record: Record | None
    path: Path
    fault: str = ""  # of its name

    def stopped_by(self, findings: Sequence[Finding]) -> list[Finding]:
        """What forbids it. A fault in one project stops the report and that project's documents,
        not those of others."""
        own = (REPORT, self.record.scope) if self.record else ()
        return [f for f in findings if f.severity is Severity.ERROR and (not own or f.scope in own)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build found, what it wrote, and what it could not write with the reason."""

    findings: list[Finding]
    written: list[Path]
    refused: list[str]


def templates(plan: OpenEdition) -> Compiled:
    """The compiled templates of the edition's documents, tried unless that was done before.
    Raises EditionFault with all faults at once."""
    compiled = _compiled(plan.edition, plan.languages)
    if not _proved(plan):
        _prove(plan, compiled)
    ready = [document.ready() for document in compiled]
    return list(zip(ready, plan.edition.document, strict=True))


def _proved(plan: OpenEdition) -> bool:
    digest = proofs.with_templates(plan.digest)
    return proofs.stands(plan.edition.folder, proofs.TEMPLATES, digest)


def _prove(plan: OpenEdition, compiled: list[CompiledDocument]) -> None:
    edition = plan.edition
    facts = specimen(edition, plan.languages.sheets)
    told = _tried(compiled, edition, plan.languages, facts)
    errors = [f for f in told if f.severity is Severity.ERROR]
    if errors:
        raise EditionFault(errors, edition.name)
    if plan.digest == proofs.digest(edition.folder):  # nobody wrote meanwhile
        digest = proofs.with_templates(plan.digest)
        proofs.keep(edition.folder, proofs.TEMPLATES, digest)


def template_faults(plan: OpenEdition) -> tuple[list[CompiledDocument], list[Fault]]:
    """The templates of every document, compiled; and all that is wrong with them, told without a
    workbook."""
    documents = _compiled(plan.edition, plan.languages)
    facts = specimen(plan.edition, plan.languages.sheets)
    return documents, _tried(documents, plan.edition, plan.languages, facts)


def faults_of_templates(edition: Edition, languages: Languages, facts: Facts) -> list[Fault]:
    """All that is wrong with the templates of what is left of an edition, over specimen facts."""
    return _tried(_compiled(edition, languages), edition, languages, facts)


def _compiled(edition: Edition, languages: Languages) -> list[CompiledDocument]:
    from reportgen.word.source import document_files
    from reportgen.word.template.compile import compiled

    read = [document_files.read(edition, document) for document in edition.document]
    return [compiled(sources, edition, languages.templates) for sources in read]


def _tried(
    documents: list[CompiledDocument], edition: Edition, languages: Languages, facts: Facts
) -> list[Fault]:
    from reportgen.word.authors import check

    told = [f for document in documents for f in check.faults(document, edition, languages, facts)]
    return list(dict.fromkeys(told))


def jobs(filing: Filing, compiled: Compiled, only: str = "", project: str = "") -> list[Job]:
    """The documents that a filing asks for: all of them, those for each record (`only` projects),
    the others (`only` report), or those of one record, told by its key or its name. Raises
    Unusable for a record that there is none of."""
    wanted = _named(filing, project) if project else None
    found = []
    for template, document in compiled:
        _, table = document.each
        chosen = [(look(filing.facts, name), choices) for name, choices in document.when.items()]
        unasked = any(
            isinstance(choice, str) and choice not in choices for choice, choices in chosen
        )
        if (
            unasked
            or (only == "projects" and not table)
            or (only == "report" and table)
            or (project and not table)
        ):
            continue
        rows: Rows | None = filing.facts[table] if table else None
        for record in rows if rows is not None else [None]:
            if wanted is None or record is wanted:
                found.append(_job(filing, template, document, record))
    sound = [j.path for j in found if not j.fault]
    twice = {path for path in sound if sound.count(path) > 1}
    if twice:
        raise Unusable("\n".join(messages.FILE_TWICE.format(file=path) for path in sorted(twice)))
    return found


def _job(filing: Filing, template: Template, document: Document, record: Record | None) -> Job:
    try:
        return Job(template, document, record, Path(file_name(filing, document, record) + ".docx"))
    except Unusable as fault:  # what it is made of may be missing: that is told first
        return Job(template, document, record, Path(document.file + ".docx"), str(fault))


def _named(filing: Filing, name: str) -> Record:
    """The project of that key, or with that name in any of its texts."""
    table = filing.opened.edition.roles.projects
    rows: list[Record] = list(filing.facts[table]) if table else []
    named = filing.opened.edition.table(table) if table else None
    texts = {
        r: [str(r.members[c.name]) for c in (named.key, named.named) if c] for r in rows if named
    }
    found = [r for r, own in texts.items() if name in own]
    if not found:
        known = [t for own in texts.values() for t in own]
        raise Unusable(messages.PROJECT_UNKNOWN.format(name=name, hint=nearest(name, known)))
    if len(found) > 1:
        keys = "、".join(texts[r][0] for r in found)
        raise Unusable(messages.PROJECT_TWICE.format(count=len(found), name=name, keys=keys))
    return found[0]


def render_job(filing: Filing, job: Job) -> output.Built:
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
    return output.Built(job.path, data, ledger)


def render_all(filing: Filing, compiled: Compiled) -> list[output.Built]:
    """Every document of a filing, in memory, under its file name."""
    return [render_job(filing, job) for job in jobs(filing, compiled)]


def file_name(filing: Filing, document: Document, record: Record | None = None) -> str:
    """A file name from its pattern, without what file systems refuse."""
    edition, words, text = filing.opened.edition, filing.opened.languages, document.file
    names, scope = [*scope_names(edition), document.each[0]], filing.facts.copy()
    scope[document.each[0]] = record
    try:
        name = str(pattern(text, edition, words.prose, names)(scope))
    except (Refused, MissingValue, NumberError) as error:
        raise Unusable(messages.FILE_NAME_FAULT.format(pattern=text, fault=error)) from error
    name = re.sub(r'[\\:*?"<>|\x00-\x1f]', "", name).strip(". ")
    parts = [p.strip(". ")[:80] for p in name.split("/")]
    if not all(parts):
        raise Unusable(messages.FILE_NAME_EMPTY.format(pattern=text))
    return "/".join(parts)


def build(
    filing: Filing, out: Path, force: bool = False, only: str = "", project: str = ""
) -> Outcome:
    """Writes the documents, trace.json and build.json. What a finding forbids is left out and
    told; files that people edited since are refused, all told first."""
    from reportgen.tasks.rehearsal import rehearsed

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
    if not force and (told := list(output.edited_since(built, out))):
        raise Unusable("\n".join(told))
    output.write(filing.workbook, filing.opened.edition, built, filing.findings, out)
    return Outcome(filing.findings, [out / d.path for d in built], refused)


def printed(filing: Filing) -> Iterator[tuple[Path, PrintedEntry]]:
    """Every number that the documents print, for looking one up by its text."""
    for document in render_all(filing, templates(filing.opened)):
        yield from ((document.path, entry) for entry in document.ledger)
