"""An edition opened, a workbook read and checked: the steps that every command begins with, strung together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import messages
from reportgen.checks import rules as checks
from reportgen.checks.rules import Rule, Verdict
from reportgen.edition import loading, totals
from reportgen.edition.models import Edition
from reportgen.facts.assembly import assemble
from reportgen.facts.samples import specimen
from reportgen.facts.settling import Names, Prose, Record, Rows, scope_names
from reportgen.findings import REPORT, EditionFault, Finding, Place, Severity, Unusable
from reportgen.language.expressions import Refused
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.wording.phrases import Wording, pattern, prose, wording

if TYPE_CHECKING:
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
    here = Path(__file__).resolve().parent.parent
    return [Path("templates"), here / "templates", here.parent.parent / "templates"]


def find_edition(name: str) -> Path:
    """The folder of an edition given by name or by folder; raises Unusable with the places looked at."""
    given = Path(name)
    if is_edition(given):
        return given.resolve()
    plain = re.fullmatch(r"[\w.-]+", name) is not None and not name.startswith(".")
    for place in edition_places() if plain else []:
        if is_edition(place / name):
            return (place / name).resolve()
    places = "、".join(str(p) for p in edition_places())
    raise Unusable(messages.EDITION_NOT_FOUND.format(name=name, places=places))


def is_edition(folder: Path) -> bool:
    """Whether a folder holds an edition."""
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
    try:
        facts = specimen(edition, words.sheets)
    except Refused as refused:  # a computed column
        raise EditionFault([f"{edition.name}/{refused}"]) from refused
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
        variable, table = document.each
        scope = facts.copy()
        scope[variable] = next(iter(facts[table])) if table else None
        try:
            pattern(document.file, edition, words.prose, [*scope_names(edition), variable])(scope)
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
    from reportgen.workbook.writing import blank

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
    from reportgen.workbook.reading.book import Book, edition_name

    book = Book(workbook)
    plan = open_edition(edition or edition_name(book))
    return file(plan, book)


def file(plan: Plan, book: Any) -> Filing:
    """The facts of an open workbook, and all that is wrong with them, worst first."""
    from reportgen.workbook.reading import read as reader

    result = reader.read(book, plan.edition, plan.layout)
    names = assemble(plan.edition, result.sheets, plan.wording.sheets)
    verdicts = list(checks.verdicts(plan.rules, names))
    unread = {f.place.sheet for f in result.findings if f.severity is Severity.ERROR}
    found = [*result.findings, *checks.findings(verdicts), *_prose_findings(plan, names, unread)]
    order = list(Severity)
    return Filing(plan, book.path, names, sorted(found, key=lambda f: order.index(f.severity)), verdicts)


def _prose_findings(plan: Plan, names: Names, unread: set[str]) -> Iterator[Finding]:
    """Citations that cannot be printed. What a sheet in `unread` lacks has been told already."""
    for text, scope in _proses(list(names.values())):
        place = text.place or Place()
        try:
            prose(text, plan.edition, plan.wording.prose, names)
        except MissingValue as error:
            cited = error.missing.name.partition(".")[0]
            if cited not in unread:
                message = messages.PROSE_FAULT.format(fault=error)
                yield Finding("citation", Severity.ERROR, place, message, messages.REMEDY_CITED, text.name, scope=scope)
        except (Refused, NumberError) as error:
            message = messages.PROSE_FAULT.format(fault=str(error).rstrip("？"))
            yield Finding("citation", Severity.ERROR, place, message, messages.REMEDY_PROSE, text.name, scope=scope)


def _proses(values: Iterable[Any]) -> Iterator[tuple[Prose, str]]:
    """Every text with what a fault in it stops."""
    for value in values:
        if isinstance(value, Prose):
            yield value, REPORT
        elif isinstance(value, Record):
            yield from ((v, value.scope) for v in value.members.values() if isinstance(v, Prose))
        elif isinstance(value, Rows):
            yield from _proses(value.items)


def value_of(filing: Filing, source: str) -> Any:
    """The value of a name or an expression; raises Refused if it is neither."""
    names = scope_names(filing.plan.edition)
    return filing.plan.wording.prose.compile(source, names)(filing.names)
