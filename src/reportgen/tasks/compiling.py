"""The templates of an edition: read, compiled once, and tried unless they were proved before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.samples import specimen
from reportgen.findings import (
    EditionFault,
    Severity,
)
from reportgen.tasks.jobs import Compiled
from reportgen.tasks.proofs import TEMPLATES, Proof

if TYPE_CHECKING:
    from reportgen.tasks.opening import OpenEdition
    from reportgen.word.source.tags import Fault
    from reportgen.word.template.compile import CompiledDocument


def templates(plan: OpenEdition) -> Compiled:
    """The compiled templates of the edition's documents; raises EditionFault with all faults at
    once. What was proved before is not tried again."""
    proof = Proof(plan.edition.folder, TEMPLATES)
    if proof.known:
        compiled = _compiled(plan)
    else:
        compiled, told = template_faults(plan)
        errors = [f"{plan.edition.name}/{f}" for f in told if f.severity is Severity.ERROR]
        if errors:
            raise EditionFault(errors)
        proof.keep()
    ready = [document.ready() for document in compiled]
    return list(zip(ready, plan.edition.document, strict=True))


def _compiled(plan: OpenEdition) -> list[CompiledDocument]:
    from reportgen.word.source import document_files
    from reportgen.word.template.compile import compiled

    edition, language = plan.edition, plan.languages.templates
    read = (document_files.read(edition, document) for document in edition.document)
    return [compiled(sources, edition, language) for sources in read]


def template_faults(plan: OpenEdition) -> tuple[list[CompiledDocument], list[Fault]]:
    """The templates of every document, compiled; and all that is wrong with them, told without a
    workbook."""
    from reportgen.word.authors import check

    facts = specimen(plan.edition, plan.languages.sheets)
    documents = _compiled(plan)
    told = [
        fault
        for document in documents
        for fault in check.faults(document, plan.edition, plan.languages, facts)
    ]
    return documents, list(dict.fromkeys(told))


def outlines(opened: OpenEdition) -> Compiled:
    """The documents of an edition without their looks: all that a rehearsal needs, at a third of
    the cost."""
    from reportgen.word.source import document_files
    from reportgen.word.template.outline import outline

    edition, language = opened.edition, opened.languages.templates
    return [
        (outline(document_files.read(edition, document), edition, language), document)
        for document in edition.document
    ]
