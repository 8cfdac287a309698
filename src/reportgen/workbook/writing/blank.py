"""The blank workbook as a clerk meets it: guide, index, one sheet a table with live verdicts, and
the list of checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import files as package
from reportgen import messages
from reportgen.checks.rules import Rule
from reportgen.edition.fields import Column, Field
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.totals import of_records
from reportgen.language import words
from reportgen.workbook.layout import FormLayout, Layout, SheetLayout, TableLayout
from reportgen.workbook.live import computed, emptiness
from reportgen.workbook.live.emptiness import INDEX_FIRST
from reportgen.workbook.live.operands import quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing import style
from reportgen.workbook.writing.verdicts import BAD, Verdicts


@dataclass
class _Build:
    edition: Edition
    layout: Layout
    sums: SheetFormulas
    verdicts: Verdicts
    book: Workbook = field(default_factory=Workbook)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def page(self, name: str) -> Worksheet:
        """A new sheet with the common print set-up."""
        page: Worksheet = self.book.create_sheet(name)
        style.print_setup(page)
        return page


def write(
    path: Path,
    edition: Edition,
    layout: Layout,
    rules: Sequence[Rule],
    prefill: Mapping[str, Any] | None = None,
) -> None:
    """Writes a blank workbook of the edition; `prefill` gives values by full name (基本信息.年度 →
    2022)."""
    sums = SheetFormulas(edition, layout)
    build = _Build(edition, layout, sums, Verdicts(rules, sums))
    build.book.remove(build.book.worksheets[0])
    _guide(build)
    index = build.page(words.INDEX)
    for plan in layout.sheets.values():
        _sheet(build, plan, prefill or {})
    build.verdicts.list(build.page(words.AUDIT))
    _index(build, index)
    _lists(build)
    build.book.calculation.fullCalcOnLoad = True
    build.book.properties.creator = messages.PROGRAM
    build.book.active = 1
    with package.replacing(path) as temporary:
        build.book.save(temporary)


# -- one sheet -------------------------------------------------------------------------------------


def _sheet(build: _Build, plan: FormLayout | TableLayout, prefill: Mapping[str, Any]) -> None:
    page = build.page(plan.sheet.name)
    _headings(plan, page)
    _head(build, plan, page)
    if isinstance(plan, FormLayout):
        for (row, column), text in plan.captions.items():
            style.caption(page.cell(row, column, text))
    prose = all(
        slot.field.kind is FieldKind.PROSE for slot in plan.slots.values()
    )  # a form for long texts
    for slot in plan.slots.values():
        cell = page.cell(slot.row, slot.column)
        total = bool(slot.sums) or isinstance(plan, TableLayout)
        if slot.name in prefill:
            cell.value = prefill[slot.name]
        elif total:
            cell.value = f"={build.sums.total(slot)}"
        _dress(build, page, cell.coordinate, slot.field, total)
        if slot.field.kind is FieldKind.PROSE:
            style.height(page, slot.row, "", 1, least=12 if prose else 3)
    if isinstance(plan, TableLayout):
        _records(build, plan, page)
    build.verdicts.beside(plan, page)
    _help(build, plan, page)
    _foot(plan, page)
    sides = len(plan.sheet.blocks) if isinstance(plan, FormLayout) else 1
    page.freeze_panes = f"{'B' if sides == 1 else 'A'}{plan.first}"
    page.print_title_rows = f"1:{plan.first - 1}"
    if isinstance(plan, FormLayout) and not plan.sheet.received:
        style.protect(page)
    style.landscape(page, sum(1 for c in plan.columns if not c.prior) > 4)


def _headings(plan: SheetLayout, page: Worksheet) -> None:
    """The headings; of groups the group's over its columns, and what stands in no group down both
    rows."""
    row = plan.first - 1
    for planned in plan.columns:
        style.heading(page.cell(row, planned.index))
        if plan.grouped:
            style.heading(page.cell(row - 1, planned.index))
        page.cell(
            row if planned.group or not plan.grouped else row - 1, planned.index, planned.heading
        )
        page.column_dimensions[planned.letter].width = planned.column.width or style.width(
            planned.column
        )
        if plan.grouped and not planned.group:
            page.merge_cells(
                start_row=row - 1, end_row=row, start_column=planned.index, end_column=planned.index
            )
    for group, together in groupby(plan.columns, key=lambda c: c.group):
        members = list(together)
        if group:
            page.cell(row - 1, members[0].index, group)
            page.merge_cells(
                start_row=row - 1,
                end_row=row - 1,
                start_column=members[0].index,
                end_column=members[-1].index,
            )
    page.row_dimensions[row].height = 34


def _head(build: _Build, plan: SheetLayout, page: Worksheet) -> None:
    sheet, last = (
        plan.sheet,
        max(c.index for c in plan.columns if not c.prior and not c.column.outside),
    )
    page.cell(1, 1, sheet.title)
    style.title(page, last)
    page.cell(2, 1, sheet.help)
    style.help(page, last)
    if sheet.number:
        style.right(page.cell(3, last, sheet.number))
    body = build.layout.slots.get(build.edition.roles.body)
    if body and body.sheet != sheet.name:
        page.cell(3, 1, f'="{messages.BODY_LABEL}"&{quoted(body.sheet)}!{body.cell}')
    if sheet.unit:
        unit = f'"{sheet.unit}"'
        if sheet.unit.startswith("="):
            chooser = build.layout.slots[sheet.unit[1:]]
            unit = f"{quoted(chooser.sheet)}!{chooser.cell}"
        style.right(
            page.cell(
                3, max(2, last - 1) if sheet.number else last, f'="{messages.UNIT_LABEL}"&{unit}'
            )
        )


def _records(build: _Build, plan: TableLayout, page: Worksheet) -> None:
    across = of_records(plan.sheet)
    if plan.total_row:
        label = next(c for c in plan.columns if not c.column.numeric)
        style.caption(page.cell(plan.total_row, label.index, plan.sheet.total))
    for planned in plan.columns:
        for row in range(plan.guard, plan.foot):
            cell = page.cell(row, planned.index)
            total = planned.name in across or planned.column.derived
            if planned.column.derived and row > plan.guard:
                cell.value = f"={computed.formula(build.sums, plan, planned, row)}"
            elif total:
                cell.value = (
                    f"={build.sums.across(plan, planned.name, row)}" if row > plan.guard else None
                )
            _dress(build, page, cell.coordinate, planned.column, total)
            if planned.name in across:
                style.row_total(cell)
            if planned.column.kind is FieldKind.PROSE:
                page.row_dimensions[row].height = 36
    page.row_dimensions[plan.guard].height = 5
    style.guard(page, plan.guard, plan.columns[-1].index)
    page.cell(plan.foot, 1, messages.INSERT_ABOVE)
    style.guard(page, plan.foot, plan.columns[-1].index)


def _dress(build: _Build, page: Worksheet, address: str, spec: Field, total: bool) -> None:
    cell = page[address]
    style.value(cell, spec, total)
    choices = tuple(spec.choices) or ((words.MARK,) if spec.kind is FieldKind.MARK else ())
    if choices:
        name = build.lists.setdefault(choices, f"{words.LISTS}{len(build.lists) + 1}")
        _validation(
            page,
            f"list:{name}",
            lambda: DataValidation(type="list", formula1=f"={name}", allow_blank=True),
        ).add(cell)
    elif isinstance(spec, Column) and spec.kind is FieldKind.REF:
        other = build.layout.tables[spec.of]
        keys = f"={quoted(spec.of)}!${other.columns[0].letter}${other.guard + 1}:${other.columns[0].letter}${other.foot - 1}"
        _validation(
            page,
            f"ref:{spec.of}",
            lambda: DataValidation(type="list", formula1=keys, allow_blank=True),
        ).add(cell)
    elif spec.kind is FieldKind.YEAR:
        _validation(
            page,
            "year",
            lambda: DataValidation(
                type="whole", operator="between", formula1="1990", formula2="2100", allow_blank=True
            ),
        ).add(cell)
    elif spec.numeric and not total:
        _validation(
            page,
            "number",
            lambda: DataValidation(
                type="decimal",
                operator="between",
                formula1="-1E+14",
                formula2="1E+14",
                allow_blank=True,
                errorTitle=messages.NUMBER_WANTED,
                error=messages.NUMBER_WANTED_HELP,
            ),
        ).add(cell)


def _validation(page: Worksheet, key: str, make: Any) -> DataValidation:
    known: dict[str, DataValidation] = page.__dict__.setdefault("_reportgen_validations", {})
    if key not in known:
        known[key] = make()
        known[key].showErrorMessage = True
        page.add_data_validation(known[key])
    return known[key]


def _foot(plan: SheetLayout, page: Worksheet) -> None:
    page.cell(plan.foot + 2, 1, messages.SIGNATURES)
    form = isinstance(plan, FormLayout) and not plan.sheet.received
    style.print_area(page, plan.foot + 2, plan.columns[-1].index + (0 if form else 1))


def _help(build: _Build, plan: SheetLayout, page: Worksheet) -> None:
    """What to write in a row, to the right of it."""
    column = build.verdicts.last_column(plan) + 1
    blocks = plan.sheet.blocks if isinstance(plan, FormLayout) else []
    rows = [
        (line.help, plan.first + i) for b in blocks for i, line in enumerate(b.lines) if line.help
    ]
    for text, row in rows:
        style.note(page.cell(row, column, text))
    if rows:
        page.column_dimensions[get_column_letter(column)].width = 48


# -- guide, index, lists ---------------------------------------------------------------------------


def _guide(build: _Build) -> None:
    page = build.page(words.GUIDE)
    page.cell(1, 1, build.edition.title)
    style.title(page, 3)
    for row, (label, text) in enumerate(messages.GUIDE_LINES, 3):
        style.label(page.cell(row, 1, label))
        style.text(page.cell(row, 2, text))
        style.height(page, row, text, 90)
    row = 3 + len(messages.GUIDE_LINES)
    style.label(page.cell(row, 1, words.EDITION_LABEL))
    style.text(page.cell(row, 2, build.edition.name))
    style.colour_key(page, row + 2)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 16, 90
    style.protect(page)


def _index(build: _Build, page: Worksheet) -> None:
    page.cell(1, 1, messages.INDEX_TITLE)
    style.title(page, 4)
    for column, (text, width) in enumerate(messages.INDEX_COLUMNS, 1):
        style.heading(page.cell(INDEX_FIRST - 1, column, text))
        page.column_dimensions[get_column_letter(column)].width = width
    for i, plan in enumerate(build.layout.sheets.values()):
        row = INDEX_FIRST + i
        page.cell(row, 1, i + 1)
        link = page.cell(row, 2, plan.sheet.name)
        link.hyperlink = f"#{quoted(plan.sheet.name)}!A1"
        page.cell(row, 3, plan.sheet.title)
        page.cell(row, 4, f"={_state(build, plan)}")
        page.cell(row, 6, f"={emptiness.empty(build.sums, plan, prior=False)}")
        page.cell(row, 7, f"={emptiness.empty(build.sums, plan, prior=True)}")
        for column in range(1, 5):
            style.listed(page.cell(row, column))
        style.link(link)
    for letter in "FG":
        page.column_dimensions[letter].hidden = True
    style.verdict_colours(page, f"D{INDEX_FIRST}:D{INDEX_FIRST + len(build.layout.sheets)}")
    style.protect(page)


def _state(build: _Build, plan: SheetLayout) -> str:
    """未填 / 有问题 / 填写中 / 已填, of one sheet."""
    letter = get_column_letter(plan.check_column)
    verdicts = f"{quoted(plan.sheet.name)}!${letter}${plan.first}:${letter}${plan.foot}"
    bad = "+".join(f'COUNTIF({verdicts},"{pattern}")' for pattern in BAD)
    wanted, filled = emptiness.filled(build.sums, plan)
    open_ = f"{wanted}>{filled}" if wanted else "FALSE"
    nothing = f"{emptiness.anything(build.sums, plan)}=0"
    todo = f'COUNTIF({verdicts},"{words.UNFILLED}")>0'
    empty = messages.STATE_EMPTY if not plan.sheet.empty else messages.STATE_EMPTY_ALLOWED
    return (
        f'IF({_unasked(build, plan)},"{messages.STATE_UNASKED}",IF({nothing},"{empty}",IF({bad}>0,"{messages.STATE_FAULTY}",'
        f'IF(OR({open_},{todo}),"{messages.STATE_PARTLY}","{messages.STATE_DONE}"))))'
    )


def _unasked(build: _Build, plan: SheetLayout) -> str:
    """Whether the choices made so far do not ask for a sheet."""
    tests = []
    for name, choices in plan.sheet.when.items():
        slot = build.layout.slots[name]
        ref = f"{quoted(slot.sheet)}!{slot.cell}"
        fitting = ",".join(f'EXACT({ref},"{choice}")' for choice in choices)
        tests.append(f"NOT(OR(ISBLANK({ref}),{fitting}))")
    return f"OR({','.join(tests)})" if tests else "FALSE"


def _lists(build: _Build) -> None:
    page = build.book.create_sheet(words.LISTS)
    page.sheet_state = "hidden"
    for column, (choices, name) in enumerate(build.lists.items(), 1):
        for row, choice in enumerate(choices, 1):
            page.cell(row, column, choice)
        letter = get_column_letter(column)
        build.book.defined_names[name] = DefinedName(
            name, attr_text=f"{quoted(words.LISTS)}!${letter}$1:${letter}${len(choices)}"
        )
