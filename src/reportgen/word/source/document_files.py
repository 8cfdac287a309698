"""The files of a document: base.docx and the sections, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen import messages
from reportgen.edition.models import Document, Edition, scope_names
from reportgen.edition.places import BASE
from reportgen.language import words
from reportgen.language.names import path
from reportgen.word.source import lint
from reportgen.word.source.insert import Library
from reportgen.word.source.sections import Section, opened
from reportgen.word.source.tags import Fault, Tag

_OTHER = (".doc", ".docm", ".dot", ".dotx", ".dotm", ".wps", ".wpt", ".odt", ".rtf")
_COPIES = "副本|复件|拷贝|备份|copy|backup|bak"
_COPY = re.compile(
    rf"(?P<of>.*?)\s*(?:[-–_ ]?\s*(?:{_COPIES})\s*(?:[(（]?\d+[)）]?)?|[(（]\d+[)）])", re.I
)
_COPY_BEFORE = re.compile(rf"(?:{_COPIES})(?:\s*[(（]\d+[)）])?\s*[-–_ ]?\s*(?P<of>.+)", re.I)


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
    """Opens base.docx and the sections of a document; what is wrong is in their faults."""
    return _read(_library(edition), document)


def read_all(edition: Edition, proved: bool = False) -> list[DocumentFiles]:
    """Those of every document. What is wrong with an edition that was `proved` is not looked
    for."""
    library = _library(edition, proved)
    return [_read(library, document) for document in edition.document]


def _library(edition: Edition, proved: bool = False) -> Library:
    base = opened(edition.folder / BASE, BASE, proved=proved)
    return Library(edition, base, proved)


def _read(library: Library, document: Document) -> DocumentFiles:
    edition = library.edition
    files = section_files(edition, document)
    none = [] if files else [Tag("", str(document.templates), "", "").fault(messages.NO_SECTIONS)]
    names = [file.relative_to(edition.folder).as_posix() for file in files]
    sections = [
        library.expanded(library.opened(file, name))
        for file, name in zip(files, names, strict=True)
    ]
    if library.proved:
        return DocumentFiles(library.base, sections, none, document.each)
    found = [*none, *strays(edition, document)]
    return _braced(edition, DocumentFiles(library.base, sections, found, document.each))


def read_one(edition: Edition, file: Path) -> DocumentFiles:
    """Opens base.docx and one section file, wherever it lies; beside the files of a document for
    each record it sees the record as they do."""
    library = _library(edition)
    own = (
        d.each for d in edition.document if d.loop and file.resolve().parent in _folders(edition, d)
    )
    section = library.expanded(library.opened(file, file.name))
    return _braced(edition, DocumentFiles(library.base, [section], [], next(own, ("", ""))))


def _braced(edition: Edition, files: DocumentFiles) -> DocumentFiles:
    """The files; tags with a brace too few are told in them."""
    names, sheets = {*names_of(edition, files)}, {sheet.name for sheet in edition.sheets}

    def meant(tag: Tag) -> bool:
        name, *members = path(lint.name_of(tag))
        return name in names and (bool(members) or name not in sheets)  # a sheet prints nothing

    for section in (files.base, *files.sections):
        bare = filter(meant, section.bare)
        section.faults = [*section.faults, *(t.fault(messages.TAG_ONE_BRACE) for t in bare)]
    return files


def _folders(edition: Edition, document: Document) -> set[Path]:
    return {path.resolve().parent for path in section_files(edition, document)}


def names_of(edition: Edition, sources: DocumentFiles) -> list[str]:
    """The names that the tags of a document may start from."""
    return [*scope_names(edition), words.CONTENTS, *filter(None, sources.each[:1])]


def strays(edition: Edition, document: Document) -> Iterator[Fault]:
    """What lies among the section files and would be left out, or printed twice."""
    if isinstance(document.templates, list):
        return
    folder = edition.folder / document.templates
    stems = {found.stem for found in section_files(edition, document)}
    for found in sorted(folder.iterdir()) if folder.is_dir() else ():
        tag = Tag("", found.relative_to(edition.folder).as_posix(), "", "")
        copied = _COPY.fullmatch(found.stem) or _COPY_BEFORE.fullmatch(found.stem)
        if found.name.startswith(("~$", ".")):
            continue
        if found.suffix.lower() in _OTHER:
            yield tag.fault(messages.STRAY_KIND.format(kind=found.suffix))
        elif found.suffix == ".docx" and copied and copied["of"].strip() in stems:
            yield tag.fault(messages.STRAY_COPY.format(file=f"{copied['of'].strip()}.docx"))


def section_files(edition: Edition, document: Document) -> list[Path]:
    """The section files of a document in order; Word's own lock files (~$) are none."""
    if isinstance(document.templates, list):
        return [edition.folder / f"{name}.docx" for name in document.templates]
    return sorted(
        p
        for p in (edition.folder / document.templates).glob("*.docx")
        if not p.name.startswith("~$")
    )
