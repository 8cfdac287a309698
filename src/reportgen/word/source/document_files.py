"""The files of a document: base.docx and the sections, in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen import messages
from reportgen.edition.models import Document, Edition, scope_names
from reportgen.language import words
from reportgen.word.source.insert import Library
from reportgen.word.source.sections import Section, opened
from reportgen.word.source.tags import Fault, Tag


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """The files of a document, read: base.docx and its sections in order, with what they insert.
    `faults` are those of the folder; `each` is the variable and the table that the document is
    written for."""

    base: Section
    sections: list[Section]
    faults: list[Fault]
    each: tuple[str, str] = ("", "")


def read(edition: Edition, document: Document) -> DocumentFiles:
    """Opens base.docx and the sections of a document. What is wrong with them is in their faults;
    nothing is raised."""
    base = opened(edition.folder / "base.docx", "base.docx")
    library = Library(edition, base)
    sections = []
    for file in section_files(edition, document):
        name = file.relative_to(edition.folder).as_posix()
        sections.append(library.expanded(opened(file, name, base)))
    faults = []
    if not sections:
        faults.append(Tag("", str(document.templates), "", "").fault(messages.NO_SECTIONS))
    return DocumentFiles(base, sections, faults, document.each)


def read_one(edition: Edition, file: Path) -> DocumentFiles:
    """Opens base.docx and one section file, wherever it lies; beside the files of a document for
    each record it sees the record as they do."""
    base = opened(edition.folder / "base.docx", "base.docx")
    section = Library(edition, base).expanded(opened(file, file.name, base))
    folder = file.resolve().parent
    for document in edition.document:
        if document.loop and folder in _folders(edition, document):
            return DocumentFiles(base, [section], [], document.each)
    return DocumentFiles(base, [section], [])


def _folders(edition: Edition, document: Document) -> set[Path]:
    return {path.resolve().parent for path in section_files(edition, document)}


def names_of(edition: Edition, sources: DocumentFiles) -> list[str]:
    """The names that the tags of a document may start from."""
    return [*scope_names(edition), words.CONTENTS, *filter(None, sources.each[:1])]


def section_files(edition: Edition, document: Document) -> list[Path]:
    """The section files of a document in order; Word's own lock files (~$) are none."""
    if isinstance(document.templates, list):
        return [edition.folder / f"{name}.docx" for name in document.templates]
    found = (edition.folder / document.templates).glob("*.docx")
    return sorted(path for path in found if not path.name.startswith("~$"))
