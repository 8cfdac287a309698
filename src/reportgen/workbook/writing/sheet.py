"""One sheet of a table or form: headings, cells, verdicts, help and foot."""

from __future__ import annotations

from itertools import groupby

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import messages
from reportgen.edition.fields import chooser
from reportgen.edition.kinds import FieldKind
from reportgen.edition.totals import of_records
from reportgen.workbook.layout import FormLayout, PlannedColumn, SheetLayout, TableLayout
from reportgen.workbook.live import computed
from reportgen.workbook.live.operands import quoted
from reportgen.workbook.writing import style
from reportgen.workbook.writing.inputs import dress
from reportgen.workbook.writing.new_workbook import NewWorkbook
from reportgen.workbook.writing.style import as_text


def sheet(new: NewWorkbook, plan: FormLayout | TableLayout) -> None:
    """Writes the sheet."""
    page = new.page(plan.sheet.name)
    for planned in plan.columns:
        _heading(plan, planned, page)
    _groups(plan, page)
    tallest = max(style.lines(c.heading, _width(c)) for c in plan.columns)
    page.row_dimensions[plan.first - 1].height = max(34, 16 * tallest)
    _head(new, plan, page)
    _fixed(new, plan, page)
    if isinstance(plan, TableLayout):
        _records(new, plan, page)
    new.verdicts.beside(plan, page)
    _help(new, plan, page)
    _foot(plan, page)
    sides = len(plan.sheet.blocks) if isinstance(plan, FormLayout) else 1
    page.freeze_panes = f"{'B' if sides == 1 else 'A'}{plan.first}"
    page.print_title_rows = f"1:{plan.first - 1}"
    if isinstance(plan, FormLayout) and not plan.sheet.received:
        style.protect(page)
    style.landscape(page, sum(1 for c in plan.columns if not c.prior) > 4)


def _fixed(new: NewWorkbook, plan: FormLayout | TableLayout, page: Worksheet) -> None:
    """The captions and the cells for values that are no records."""
    captions = plan.captions if isinstance(plan, FormLayout) else {}
    for (row, column), text in captions.items():
        style.caption(as_text(page.cell(row, column), text))
        width = page.column_dimensions[get_column_letter(column)].width
        if style.lines(text, width) > 1:
            style.height(page, row, text, width)
    long_texts = all(slot.field.kind is FieldKind.PROSE for slot in plan.slots.values())
    for slot in plan.slots.values():
        cell = page.cell(slot.row, slot.column)
        total = bool(slot.sums) or isinstance(plan, TableLayout)
        if str(slot.name) in new.prefill:
            as_text(cell, new.prefill[str(slot.name)])
        elif total:
            cell.value = f"={new.sums.total(slot)}"
        dress(new, page, cell.coordinate, slot.field, total)
        if slot.field.kind is FieldKind.PROSE:
            style.height(page, slot.row, "", 1, least=12 if long_texts else 3)


def _heading(plan: SheetLayout, planned: PlannedColumn, page: Worksheet) -> None:
    """A heading, down both rows where it stands in no group and others do."""
    row, column = plan.first - 1, planned.index
    style.heading(page.cell(row, column))
    if plan.grouped:
        style.heading(page.cell(row - 1, column))
    alone = plan.grouped and not planned.group
    as_text(page.cell(row - 1 if alone else row, column), planned.heading)
    page.column_dimensions[planned.letter].width = _width(planned)
    if alone:
        page.merge_cells(start_row=row - 1, end_row=row, start_column=column, end_column=column)


def _width(planned: PlannedColumn) -> float:
    return planned.column.width or style.width(planned.column)


def _groups(plan: SheetLayout, page: Worksheet) -> None:
    """The headings of groups, each over its columns."""
    row = plan.first - 2
    for group, together in groupby(plan.columns, key=lambda c: c.group):
        if not group:
            continue
        indices = [planned.index for planned in together]
        as_text(page.cell(row, indices[0]), group)
        page.merge_cells(
            start_row=row, end_row=row, start_column=indices[0], end_column=indices[-1]
        )


def _head(new: NewWorkbook, plan: SheetLayout, page: Worksheet) -> None:
    """Title, help, the number of the form, the reporting body and the unit of money."""
    sheet = plan.sheet
    last = max(c.index for c in plan.columns if not c.prior and not c.column.outside)
    as_text(page.cell(1, 1), sheet.title)
    style.title(page, last)
    as_text(page.cell(2, 1), sheet.help)
    style.help(page, last)
    if sheet.number:
        style.right(as_text(page.cell(3, last), sheet.number))
    body = new.layout.slots.get(new.edition.roles.body)
    if body and body.sheet != sheet.name:
        cell = f"{quote_sheetname(body.sheet)}!{body.cell}"
        page.cell(3, 1, f'="{messages.BODY_LABEL}"&{cell}')
    if sheet.unit:
        column = max(2, last - 1) if sheet.number else last
        unit = _unit(new, sheet.unit)
        style.right(page.cell(3, column, f'="{messages.UNIT_LABEL}"&{unit}'))


def _unit(new: NewWorkbook, unit: str) -> str:
    """The unit of a sheet's money as a formula: a text, or the cell where it is chosen."""
    choice = chooser(unit)
    if not choice:
        return quoted(unit)
    slot = new.layout.slots[choice]
    return f"{quote_sheetname(slot.sheet)}!{slot.cell}"


def _records(new: NewWorkbook, plan: TableLayout, page: Worksheet) -> None:
    """The label of the total row, the cells for records, and the rows between which they go."""
    if plan.total_row:
        label = next(c for c in plan.columns if not c.column.numeric)
        style.caption(as_text(page.cell(plan.total_row, label.index), plan.sheet.total))
    for planned in plan.columns:
        for row in range(plan.guard, plan.foot):
            _record_cell(new, plan, planned, row, page)
    page.row_dimensions[plan.guard].height = 5
    style.guard(page, plan.guard, plan.columns[-1].index)
    page.cell(plan.foot, 1, messages.INSERT_ABOVE)
    style.guard(page, plan.foot, plan.columns[-1].index)


def _record_cell(
    new: NewWorkbook, plan: TableLayout, planned: PlannedColumn, row: int, page: Worksheet
) -> None:
    cell, column = page.cell(row, planned.index), planned.column
    across = planned.name in of_records(plan.sheet)
    if column.derived and row > plan.guard:
        cell.value = f"={computed.formula(new.sums, plan, planned, row)}"
    elif across and row > plan.guard:
        cell.value = f"={new.sums.across(plan, planned.name, row)}"
    dress(new, page, cell.coordinate, column, across or column.derived)
    if across:
        style.row_total(cell)
    if column.kind is FieldKind.PROSE:
        page.row_dimensions[row].height = 36


def _foot(plan: SheetLayout, page: Worksheet) -> None:
    page.cell(plan.foot + 2, 1, messages.SIGNATURES)
    form = isinstance(plan, FormLayout) and not plan.sheet.received
    style.print_area(page, plan.foot + 2, plan.columns[-1].index + (0 if form else 1))


def _help(new: NewWorkbook, plan: FormLayout | TableLayout, page: Worksheet) -> None:
    """What to write in a row, to the right of it."""
    column = new.verdicts.last_column(plan) + 1
    blocks = plan.sheet.blocks if isinstance(plan, FormLayout) else []
    rows = [
        (line.help, plan.first + i) for b in blocks for i, line in enumerate(b.lines) if line.help
    ]
    for text, row in rows:
        style.note(as_text(page.cell(row, column), text))
    if rows:
        page.column_dimensions[get_column_letter(column)].width = 48
