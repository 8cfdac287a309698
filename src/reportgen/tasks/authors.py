"""What authors of templates ask for, strung together: faults, previews, and every tag there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import files, messages
from reportgen.edition import places
from reportgen.edition.places import BASE
from reportgen.facts.samples import specimen
from reportgen.findings import EditionFault, Severity, Unusable
from reportgen.tasks import opening
from reportgen.tasks.compiling import template_faults
from reportgen.tasks.filing import load

if TYPE_CHECKING:
    from reportgen.language.values import Facts
    from reportgen.tasks.opening import OpenEdition
    from reportgen.word.authors.catalogue import Group
    from reportgen.word.source.document_files import DocumentFiles
    from reportgen.word.source.tags import Fault


def check_templates(edition: str, marks: Path | None) -> tuple[list[Fault], list[Path]]:
    """All that is wrong with the templates of an edition; with a folder for `marks`, copies of the
    files that have any, each fault a comment in its place."""
    from reportgen.word.authors.mark import marked

    opened = opening.open_edition(edition, anew=True)
    told = template_faults(opened)[1]
    written = []
    for file in dict.fromkeys(f.tag.file for f in told) if marks else ():
        source = opened.edition.folder / file
        try:
            data = marked(source, [f for f in told if f.tag.file == file])
        except (Unusable, KeyError, SyntaxError):  # not to be read at all: the message must do
            continue
        assert marks is not None
        if (marks / file).resolve() == source.resolve():
            raise Unusable(messages.MARKS_IN_PLACE.format(folder=marks))
        if not (marks / file).resolve().is_relative_to(marks.resolve()):
            raise Unusable(messages.MARKS_OUTSIDE.format(file=marks / file, folder=marks))
        files.write(marks / file, data)
        written.append(marks / file)
    return told, written


def preview(file: Path, edition: str | None, out: Path) -> Path:
    """Writes one section over many made-up cases. Without `edition` that of the file's own folder
    is used, if it has one."""
    from reportgen.word.authors import check
    from reportgen.word.authors.preview import cases_printed
    from reportgen.word.source import document_files
    from reportgen.word.template.compile import compiled

    beside = file.resolve().parent.parent
    opened = opening.open_edition(
        edition or (str(beside) if places.is_edition(beside) else places.default_edition())
    )
    sources = document_files.read_one(opened.edition, file)
    document = compiled(sources, opened.edition, opened.languages.templates)
    facts = specimen(opened.edition, opened.languages.sheets)
    told = check.faults(document, opened.edition, opened.languages, facts)
    if check.stops(told):
        raise EditionFault([f for f in told if f.severity is Severity.ERROR])
    written = out / f"{file.stem}-{messages.PREVIEW}.docx"
    files.write(
        written,
        cases_printed(
            document.ready(), opened.edition, opened.languages.prose, cases(opened, sources)
        ),
    )
    return written


def cases(opened: OpenEdition, sources: DocumentFiles) -> list[tuple[str, Facts]]:
    """The made-up facts of a preview; of a section written for each record those that have one,
    and one of their records."""
    from reportgen.facts import samples

    every = [
        (case.name, samples.facts(opened.edition, opened.languages.sheets, case))
        for case in samples.CASES
    ]
    variable, table = sources.each
    if not variable:
        return every
    for _, facts in every:
        facts[variable] = next(iter(facts[table]), None)
    return [(name, facts) for name, facts in every if facts[variable] is not None]


def catalogue(
    edition: str | None, workbook: Path | None, find: str = ""
) -> tuple[OpenEdition, list[Group]]:
    """Every tag of an edition, or those about a word; examples are taken from the workbook, or
    made up. Raises Unusable where there is none."""
    from reportgen.facts import samples
    from reportgen.word.authors.catalogue import about, groups
    from reportgen.word.source import document_files

    if workbook is not None:
        filing = load(workbook, edition)
        opened, names = filing.opened, filing.facts
    else:
        opened = opening.open_edition(edition or places.default_edition())
        names = samples.facts(opened.edition, opened.languages.sheets, samples.CASES[0])
    uses = {}
    for document in opened.edition.document:
        for section in document_files.read(opened.edition, document).sections:
            uses[section.path.stem] = [t.text for tags in section.tags.values() for t in tags]
    found = groups(opened.edition, opened.languages, names, uses)
    if find and not (found := about(found, find)):
        raise Unusable(messages.NO_TAG_FOUND.format(word=find))
    return opened, found


def handbook(edition: str | None, workbook: Path | None, path: Path, find: str = "") -> None:
    """Writes the tags, or those about a word, as a Word document to copy from; never over an
    existing file."""
    from reportgen.word.authors import handbook

    if path.suffix.lower() != ".docx":
        raise Unusable(messages.NOT_DOCX_NAME.format(file=path))
    if path.exists():
        raise Unusable(messages.FILE_EXISTS.format(file=path))
    opened, found = catalogue(edition, workbook, find)
    source = workbook.name if workbook else messages.HANDBOOK_SAMPLES
    files.write(
        path,
        handbook.written(opened.edition.folder / BASE, opened.edition.title, source, found),
    )
