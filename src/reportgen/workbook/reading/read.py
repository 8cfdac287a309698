"""A filled workbook → what it says and what is wrong with it. Content never raises: facts and
findings come together.

Headings and row labels are found by their text, not by their position; ranges of records end at
the foot row, or with the last filled row where somebody deleted it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from reportgen import messages
from reportgen.edition.fields import Column, chooser
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Sheet
from reportgen.facts.content import Content
from reportgen.findings import Finding, Place
from reportgen.language.names import path
from reportgen.workbook.layout import FormLayout, Layout, SheetLayout, TableLayout
from reportgen.workbook.reading import forms, headings, records, shape
from reportgen.workbook.reading.book import Book, Page
from reportgen.workbook.reading.faults import SheetFault
from reportgen.workbook.reading.headings import Headings
from reportgen.workbook.reading.leftovers import tell_copies
from reportgen.workbook.reading.sheet import Reading

_SHOWN = 12  # sheets that a message names
_FEW = 3  # findings of one kind in a sheet that are told each by itself


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """What the workbook says, by sheet, and every fault of it in the order of the sheets."""

    content: Content
    findings: list[Finding]


def read(book: Book, edition: Edition, layout: Layout) -> WorkbookRead:
    """Reads every sheet of the edition. Sheets whose choices others wait for (=表.项, when) are
    read before those."""
    reading = Reading(book, edition)
    for name in in_order(edition.sheets):
        _sheet(reading, layout.sheets[name])
    tell_copies(reading)
    order = {sheet.name: i for i, sheet in enumerate(edition.sheets)}
    findings = sorted(_gathered(reading.findings), key=lambda f: order.get(f.place.sheet, -1))
    return WorkbookRead(reading.content, findings)


# -- the order


def in_order(sheets: Sequence[Sheet]) -> list[str]:
    """The sheets by name, each after those that it waits for; those that wait for each other, and
    those that wait for the same, in their own order."""
    order = {sheet.name: i for i, sheet in enumerate(sheets)}
    waits = {sheet.name: _waits_for(sheet) & order.keys() - {sheet.name} for sheet in sheets}
    sorter = _prepared(waits)
    done: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=order.__getitem__)
        done += ready
        sorter.done(*ready)
    return done


def _prepared(waits: Mapping[str, set[str]]) -> TopologicalSorter[str]:
    """What waits for what; nothing within a circle waits for the others of it."""
    sorter = TopologicalSorter(waits)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = set(error.args[1])
        cut = {n: names - circle if n in circle else names for n, names in waits.items()}
        return _prepared(cut)
    return sorter


def _waits_for(sheet: Sheet) -> set[str]:
    """The sheets that choose its units and whether it is asked for at all, and those whose records
    it names."""
    fields = list(sheet.every_field)
    units = filter(None, (chooser(unit) for unit in (sheet.unit, *(f.unit for f in fields))))
    named = {f.of for f in fields if isinstance(f, Column) and f.kind is FieldKind.REF}
    return named | {path(name)[0] for name in (*units, *sheet.when)}


# -- one sheet


def _sheet(reading: Reading, plan: FormLayout | TableLayout) -> None:
    """Reads a sheet; what is in it is missing where it is not there, or has lost its headings."""
    page = reading.book.page(plan.sheet.name)
    found = _headings(reading, plan, page) if page else None
    if page is None:
        _tell_missing(reading, plan.sheet)
    if page and found and not _shifted(reading, plan, page, found):
        _filled(reading, plan, page, found)
    else:
        _nothing(reading, plan, unread=page is not None or reading.asked(plan.sheet))


def _filled(reading: Reading, plan: FormLayout | TableLayout, page: Page, found: Headings) -> None:
    if isinstance(plan, FormLayout):
        form = forms.FormReader(reading, plan, page, found).content()
        reading.content.forms[plan.sheet.name] = form
        texts = {str(name): value for name, value in form.cells.items() if isinstance(value, str)}
        reading.chosen |= texts
    else:
        table = records.RecordReader(reading, plan, page, found).content()
        reading.content.tables[plan.sheet.name] = table


def _nothing(reading: Reading, plan: FormLayout | TableLayout, unread: bool) -> None:
    if isinstance(plan, FormLayout):
        reading.content.forms[plan.sheet.name] = forms.nothing(plan.sheet, unread)
    else:
        reading.content.tables[plan.sheet.name] = records.nothing(reading, plan, unread)


def _tell_missing(reading: Reading, sheet: Sheet) -> None:
    if reading.asked(sheet):
        remedy = _present(reading.book.names)
        fault = SheetFault("sheet-missing", messages.SHEET_MISSING, remedy)
        reading.tell(Place(sheet=sheet.name), fault)


def _present(names: list[str]) -> str:
    """The remedy for a sheet that is not there: the sheets that are, the first ones of many."""
    more = messages.SHEETS_MORE.format(count=len(names)) if len(names) > _SHOWN else ""
    return messages.SHEETS_PRESENT.format(names="、".join(names[:_SHOWN]), more=more)


def _headings(reading: Reading, plan: SheetLayout, page: Page) -> Headings | None:
    """Where the headings stand, None where one of them is missing, which is told."""
    found = headings.find(page, plan)
    row = found.row or plan.first - 1
    if len(found.missing) > _FEW:
        names = "、".join(f"“{column.heading}”" for column in found.missing)
        message = messages.HEADINGS_MISSING.format(count=len(found.missing), headings=names)
        place = Place(sheet=plan.sheet.name, cell=f"{found.missing[0].letter}{row}")
        reading.tell(place, SheetFault("heading-missing", message, messages.REMEDY_HEADINGS))
        return None
    for column in found.missing:
        place = Place(sheet=plan.sheet.name, cell=f"{column.letter}{row}")
        message = messages.HEADING_MISSING.format(heading=column.heading)
        remedy = messages.REMEDY_HEADING.format(heading=column.heading)
        reading.tell(place, SheetFault("heading-missing", message, remedy))
    return None if found.missing else found


def _shifted(reading: Reading, plan: FormLayout | TableLayout, page: Page, found: Headings) -> bool:
    """Whether what was pasted stands beside its headings, which is told in one sentence."""
    shift = shape.shift(page, plan, found)
    if shift is None:
        return False
    place, message = shift.told(plan.sheet.name, found.row + 1)
    reading.tell(place, SheetFault("shifted", message, messages.REMEDY_SHIFTED))
    return True


def _gathered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, but what is noted about many cells of a sheet is told once."""
    by_kind: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_kind.setdefault((finding.place.sheet, finding.id), []).append(finding)
    for (_, id), alike in by_kind.items():
        if id not in messages.MANY_NOTES or len(alike) <= _FEW:
            yield from alike
            continue
        named = "、".join(finding.place.cell for finding in alike[:_FEW])
        message = messages.MANY_NOTES[id].format(cells=named, count=len(alike))
        yield replace(alike[0], message=message, remedy=messages.REMEDIES_MANY[id], found="")
