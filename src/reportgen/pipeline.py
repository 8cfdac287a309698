"""The only file that strings the steps together: edition, workbook, facts, checks, documents."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import checks, loading, messages, output, package, totals
from reportgen.assembly import assemble
from reportgen.checks import Rule, Verdict
from reportgen.edition import Edition
from reportgen.expressions import Refused
from reportgen.facts import Names, Prose, Record, Rows, scope_names
from reportgen.findings import EditionFault, Finding, Place, Severity, Stopped, Unusable
from reportgen.numbers import MissingValue, NumberError
from reportgen.samples import specimen
from reportgen.wording.phrases import Wording, pattern, prose, wording

if TYPE_CHECKING:
    from reportgen.catalogue import Group
    from reportgen.word.render import Entry
    from reportgen.word.tags import Fault
    from reportgen.word.template import Sources, Template
    from reportgen.workbook.layout import Layout


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition ready for use: its language, its rules, and where its values lie."""

    edition: Edition
    wording: Wording
    rules: list[Rule]
    layout: Layout


@dataclass(frozen=True, slots=True)
class Filing:
    """A workbook that was read and checked."""

    plan: Plan
    workbook: Path
    names: Names
    findings: list[Finding]
    verdicts: list[Verdict]

    @property
    def stopped(self) -> bool:
        """Whether a finding forbids the report."""
        return any(f.severity is Severity.ERROR for f in self.findings)


# -- editions --------------------------------------------------------------------------------------------------------------


def edition_places() -> list[Path]:
    """Where editions are looked for: beside the user, then beside the program (a checkout's or the installed ones)."""
    here = Path(__file__).resolve().parent
    return [Path("templates"), here / "templates", here.parent.parent / "templates"]


def find_edition(name: str) -> Path:
    """The folder of an edition given by name or by folder; raises Unusable with the places looked at."""
    given = Path(name)
    if _is_edition(given):
        return given.resolve()
    plain = re.fullmatch(r"[\w.-]+", name) is not None and not name.startswith(".")
    for place in edition_places() if plain else []:
        if _is_edition(place / name):
            return (place / name).resolve()
    places = "、".join(str(p) for p in edition_places())
    raise Unusable(messages.EDITION_NOT_FOUND.format(name=name, places=places))


def _is_edition(folder: Path) -> bool:
    try:
        return (folder / "edition.toml").is_file()
    except (OSError, ValueError):  # a name that no file system can bear: it comes from a workbook
        return False


def default_edition() -> str:
    """The name of the newest edition at hand: the last in name order of the first place that has any."""
    for place in edition_places():
        found = sorted(p.parent.name for p in place.glob("*/edition.toml"))
        if found:
            return found[-1]
    raise Unusable(messages.EDITION_NOT_FOUND.format(name="", places="、".join(map(str, edition_places()))))


def open_edition(name: str) -> Plan:
    """Loads an edition and proves its names: every check and derived name is tried over specimen facts."""
    from reportgen.workbook.layout import layout

    edition = loading.load(find_edition(name))
    words = wording(edition)
    _sound(edition, [*totals.faults(edition), *_syntax_faults(edition, words)])
    try:
        rules = checks.rules(edition, words.sheets)
        trial = checks.rules(edition, replace(words.sheets, dry=True))
    except Refused as refused:
        raise EditionFault([f"{edition.name}/{line}" for line in str(refused).splitlines()]) from refused
    facts = specimen(edition, words.sheets)
    _sound(edition, [*_derived_faults(edition, facts), *checks.trial(trial, facts)])
    _sound(edition, _file_faults(edition, words, facts))
    return Plan(edition, words, rules, layout(edition))


def _sound(edition: Edition, faults: Iterable[str]) -> None:
    told = [f"{edition.name}/{fault}" for fault in dict.fromkeys(faults)]
    if told:
        raise EditionFault(told)


def _syntax_faults(edition: Edition, words: Wording) -> Iterator[str]:
    for derived in edition.derived:
        try:
            words.sheets.compile(derived.formula, scope_names(edition))
        except Refused as refused:
            yield f"edition.toml：derived.{derived.name}：{refused}"


def _file_faults(edition: Edition, words: Wording, facts: Names) -> Iterator[str]:
    for document in edition.document:
        try:
            pattern(document.file, edition, words.prose, scope_names(edition))(facts)
        except (Refused, NumberError) as error:
            yield f"edition.toml：document.file“{document.file}”：{error}"


def _derived_faults(edition: Edition, facts: Names) -> Iterator[str]:
    for derived in edition.derived:
        try:
            facts[derived.name]
        except RecursionError:
            yield f"edition.toml：derived.{derived.name}：{messages.DERIVED_CIRCLE}"
        except (Refused, NumberError) as error:
            yield f"edition.toml：derived.{derived.name}：{error}"


def new(path: Path, edition: str, year: int | None, body: str | None) -> None:
    """Writes a blank workbook; never over an existing file."""
    from reportgen.workbook import blank

    if path.suffix.lower() != ".xlsx":
        raise Unusable(messages.NOT_XLSX_NAME.format(file=path))
    if path.exists():
        raise Unusable(messages.FILE_EXISTS.format(file=path))
    plan = open_edition(edition)
    roles = plan.edition.roles
    prefill = {roles.year: year, roles.body: body}
    try:
        blank.write(path, plan.edition, plan.layout, plan.rules, {k: v for k, v in prefill.items() if v is not None})
    except Refused as refused:
        raise EditionFault([f"{plan.edition.name}/checks.toml：{refused}"]) from refused


# -- workbooks -------------------------------------------------------------------------------------------------------------


def load(workbook: Path, edition: str | None = None) -> Filing:
    """Reads and checks a workbook. `edition` overrides the one that the workbook names."""
    from reportgen.workbook.book import Book, edition_name

    book = Book(workbook)
    plan = open_edition(edition or edition_name(book))
    return file(plan, book)


def file(plan: Plan, book: Any) -> Filing:
    """The facts of an open workbook, and all that is wrong with them, worst first."""
    from reportgen.workbook import read as reader

    result = reader.read(book, plan.edition, plan.layout)
    names = assemble(plan.edition, result.sheets, plan.wording.sheets)
    verdicts = list(checks.verdicts(plan.rules, names))
    unread = {f.place.sheet for f in result.findings if f.severity is Severity.ERROR}
    found = [*result.findings, *checks.findings(verdicts), *_prose_findings(plan, names, unread)]
    order = list(Severity)
    return Filing(plan, book.path, names, sorted(found, key=lambda f: order.index(f.severity)), verdicts)


def _prose_findings(plan: Plan, names: Names, unread: set[str]) -> Iterator[Finding]:
    """Citations that cannot be printed. What a sheet in `unread` lacks has been told already."""
    for text in _proses(list(names.values())):
        place = text.place or Place()
        try:
            prose(text, plan.edition, plan.wording.prose, names)
        except MissingValue as error:
            cited = error.missing.name.partition(".")[0]
            if cited not in unread:
                message = messages.PROSE_FAULT.format(fault=error)
                yield Finding("citation", Severity.ERROR, place, message, messages.REMEDY_CITED, text.name)
        except (Refused, NumberError) as error:
            message = messages.PROSE_FAULT.format(fault=str(error).rstrip("？"))
            yield Finding("citation", Severity.ERROR, place, message, messages.REMEDY_PROSE, text.name)


def _proses(values: Iterable[Any]) -> Iterator[Prose]:
    for value in values:
        if isinstance(value, Prose):
            yield value
        elif isinstance(value, Record):
            yield from _proses(v for v in value.members.values() if isinstance(v, Prose))
        elif isinstance(value, Rows):
            yield from _proses(value.items)


# -- documents -------------------------------------------------------------------------------------------------------------


def templates(plan: Plan) -> list[tuple[Template, str]]:
    """The compiled templates of the edition's documents with the patterns of their file names; all faults at once."""
    from reportgen.word import check, template

    read, told = template_faults(plan)
    if check.stops(told):
        raise EditionFault([f"{plan.edition.name}/{f}" for f in told if f.severity is Severity.ERROR])
    compiled = [
        (template.load(sources, plan.edition, plan.wording.templates), document.file)
        for sources, document in zip(read, plan.edition.document, strict=True)
    ]
    gc.freeze()  # edition and templates live as long as the process: no collection need walk them again
    return compiled


def template_faults(plan: Plan) -> tuple[list[Sources], list[Fault]]:
    """The templates of every document, read; and all that is wrong with them, without a workbook."""
    from reportgen.word import check, template

    facts = specimen(plan.edition, plan.wording.sheets)
    read = [template.read(plan.edition, document.templates) for document in plan.edition.document]
    told = [f for sources in read for f in check.faults(sources, plan.edition, plan.wording, facts)]
    return read, list(dict.fromkeys(told))


def preview(file: Path, edition: str | None, out: Path) -> Path:
    """Writes one section over many made-up cases. Without `edition` that of the file's own folder is used, if it has one."""
    from reportgen import samples
    from reportgen.word import check, template
    from reportgen.word.preview import preview as pages

    beside = file.resolve().parent.parent
    plan = open_edition(edition or (str(beside) if _is_edition(beside) else default_edition()))
    sources = template.read_one(plan.edition, file)
    told = check.faults(sources, plan.edition, plan.wording, specimen(plan.edition, plan.wording.sheets))
    if check.stops(told):
        raise EditionFault([str(f) for f in told if f.severity is Severity.ERROR])
    compiled = template.load(sources, plan.edition, plan.wording.templates)
    cases = [(case.name, samples.facts(plan.edition, plan.wording.sheets, case)) for case in samples.CASES]
    written = out / f"{file.stem}-{messages.PREVIEW}.docx"
    package.write(written, pages(compiled, plan.edition, plan.wording.prose, cases))
    return written


def catalogue(edition: str | None, workbook: Path | None) -> tuple[Plan, list[Group]]:
    """Every tag of an edition; examples are taken from the workbook, or made up."""
    from reportgen import samples
    from reportgen.catalogue import groups

    if workbook is not None:
        filing = load(workbook, edition)
        plan, names = filing.plan, filing.names
    else:
        plan = open_edition(edition or default_edition())
        names = samples.facts(plan.edition, plan.wording.sheets, samples.CASES[0])
    read, _ = template_faults(plan)
    uses = {s.path.stem: [t.text for tags in s.tags.values() for t in tags] for r in read for s in r.sections}
    return plan, groups(plan.edition, plan.wording, names, uses)


def handbook(edition: str | None, workbook: Path | None, path: Path) -> None:
    """Writes the tags as a Word document to copy from; never over an existing file."""
    from reportgen.word import handbook

    if path.suffix.lower() != ".docx":
        raise Unusable(messages.NOT_DOCX_NAME.format(file=path))
    if path.exists():
        raise Unusable(messages.FILE_EXISTS.format(file=path))
    plan, found = catalogue(edition, workbook)
    source = workbook.name if workbook else messages.HANDBOOK_SAMPLES
    package.write(path, handbook.written(plan.edition.folder / "base.docx", plan.edition.title, source, found))


def check_templates(edition: str, marks: Path | None) -> tuple[list[Fault], list[Path]]:
    """All that is wrong with the templates of an edition; with a folder for `marks`, copies of the files that have any,
    each fault a comment in its place."""
    from reportgen.word.mark import marked

    plan = open_edition(edition)
    told = template_faults(plan)[1]
    written = []
    for file in dict.fromkeys(f.tag.file for f in told) if marks else ():
        source = plan.edition.folder / file
        try:
            data = marked(source, [f for f in told if f.tag.file == file])
        except (Unusable, KeyError, SyntaxError):  # not to be read at all: the message must do
            continue
        assert marks is not None
        if (marks / file).resolve() == source.resolve():
            raise Unusable(messages.MARKS_IN_PLACE.format(folder=marks))
        package.write(marks / file, data)
        written.append(marks / file)
    return told, written


def render_all(filing: Filing, compiled: list[tuple[Template, str]]) -> list[output.Built]:
    """Every document of a filing, in memory, under its file name."""
    from reportgen.word import render

    built = []
    for template, name in compiled:
        try:
            data, ledger = render.render(template, filing.plan.edition, filing.plan.wording.prose, filing.names)
        except render.RenderFault as fault:
            raise Stopped(messages.RENDER_STOPPED.format(count=len(fault.faults), faults=fault)) from fault
        built.append(output.Built(Path(file_name(filing, name) + ".docx"), data, ledger))
    return built


def file_name(filing: Filing, text: str) -> str:
    """A file name from its pattern, without what file systems refuse."""
    edition, words = filing.plan.edition, filing.plan.wording
    try:
        name = str(pattern(text, edition, words.prose, scope_names(edition))(filing.names))
    except (Refused, MissingValue, NumberError) as error:
        raise Unusable(messages.FILE_NAME_FAULT.format(pattern=text, fault=error)) from error
    name = re.sub(r'[\\:*?"<>|\x00-\x1f]', "", name).strip(". ")
    parts = [p.strip(". ")[:80] for p in name.split("/")]
    if not all(parts):
        raise Unusable(messages.FILE_NAME_EMPTY.format(pattern=text))
    return "/".join(parts)


def build(filing: Filing, out: Path, force: bool = False) -> list[Path]:
    """Writes the documents, trace.json and build.json. Files that people edited since are refused, all told first."""
    built = render_all(filing, templates(filing.plan))
    if not force and (told := list(output.edited_since(built, out))):
        raise Unusable("\n".join(told))
    for document in built:
        package.write(out / document.path, document.data)
    package.write(out / "trace.json", output.encoded([output.trace(d) for d in built]))
    package.write(
        out / output.RECORD, output.encoded(output.record(filing.workbook, filing.plan.edition, built, filing.findings))
    )
    return [out / d.path for d in built]


def printed(filing: Filing) -> list[tuple[Path, Entry]]:
    """Every number that the documents print, for looking one up by its text."""
    return [(d.path, e) for d in render_all(filing, templates(filing.plan)) for e in d.ledger]


def value_of(filing: Filing, source: str) -> Any:
    """The value of a name or an expression; raises Refused if it is neither."""
    names = scope_names(filing.plan.edition)
    return filing.plan.wording.prose.compile(source, names)(filing.names)
