"""The templates of an edition: read, compiled once, and tried unless they were proved before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.findings import EditionFault, Severity
from reportgen.tasks.jobs import Compiled
from reportgen.tasks.proofs import TEMPLATES, Proof

if TYPE_CHECKING:
    from reportgen.edition.models import Edition
    from reportgen.language.values import Facts
    from reportgen.tasks.opening import OpenEdition
    from reportgen.word.source.tags import Fault
    from reportgen.word.template.compile import CompiledDocument
    from reportgen.wording.languages import Languages


def templates(opened: OpenEdition) -> Compiled:
    """The compiled templates of the edition's documents; raises EditionFault with all faults at
    once. What was proved before is not tried again."""
    edition = opened.edition
    proof = Proof(edition.folder, TEMPLATES)
    if proof.known:
        compiled = _compiled(edition, opened.languages, proved=True)
    else:
        compiled, told = template_faults(opened)
        errors = [fault for fault in told if fault.severity is Severity.ERROR]
        if errors:
            raise EditionFault(errors, edition.name)
        proof.keep()
    ready = [document.ready() for document in compiled]
    return list(zip(ready, edition.document, strict=True))


def template_faults(opened: OpenEdition) -> tuple[list[CompiledDocument], list[Fault]]:
    """The templates of every document, compiled; and all that is wrong with them, told without a
    workbook."""
    from reportgen.facts.samples import specimen

    documents = _compiled(opened.edition, opened.languages)
    facts = specimen(opened.edition, opened.languages.sheets)
    return documents, _tried(documents, opened.edition, opened.languages, facts)


def faults_of_templates(edition: Edition, languages: Languages, facts: Facts) -> list[Fault]:
    """All that is wrong with the templates of what is left of an edition, over specimen facts."""
    return _tried(_compiled(edition, languages), edition, languages, facts)


def _compiled(
    edition: Edition, languages: Languages, proved: bool = False
) -> list[CompiledDocument]:
    from reportgen.word.source import document_files
    from reportgen.word.template.compile import compiled

    read = document_files.read_all(edition, proved)
    return [compiled(sources, edition, languages.templates) for sources in read]


def _tried(
    documents: list[CompiledDocument], edition: Edition, languages: Languages, facts: Facts
) -> list[Fault]:
    from reportgen.word.authors import check

    told = [f for document in documents for f in check.faults(document, edition, languages, facts)]
    return list(dict.fromkeys(told))


def outlines(opened: OpenEdition) -> Compiled:
    """The documents of a proved edition without their looks: all that a rehearsal needs, at a
    third of the cost."""
    from reportgen.word.source import document_files
    from reportgen.word.template.outline import outline

    edition, language = opened.edition, opened.languages.templates
    read = document_files.read_all(edition, proved=True)
    return [
        (outline(files, edition, language), document)
        for files, document in zip(read, edition.document, strict=True)
    ]
