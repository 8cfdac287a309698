"""The documents that a filing asks for: one, or one for each record, and their file names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import messages
from reportgen.edition.models import Document, scope_names
from reportgen.files import MAX_NAME, cut
from reportgen.findings import REPORT, Finding, Severity, Unusable
from reportgen.language.expressions import Refused, nearest
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.values import Record, Rows, look
from reportgen.wording.patterns import pattern

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

    def stopped_by(self, findings: Sequence[Finding]) -> list[Finding]:
        """What forbids it. A fault in one project stops the report and that project's documents,
        not those of others."""
        own = (REPORT, self.record.scope) if self.record else ()
        return [f for f in findings if f.severity is Severity.ERROR and (not own or f.scope in own)]


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
    parts = [cut(p.strip(". ")[:80], MAX_NAME - len(".docx")) for p in name.split("/")]
    if not all(parts):
        raise Unusable(messages.FILE_NAME_EMPTY.format(pattern=text))
    return "/".join(parts)
