"""The sheets around the tables: the guide, the index with the state of each sheet, the lists of
choices."""

from __future__ import annotations

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import messages
from reportgen.edition.sheets import Table
from reportgen.language import words
from reportgen.workbook.layout import SheetLayout
from reportgen.workbook.live import emptiness
from reportgen.workbook.live.emptiness import INDEX_FIRST
from reportgen.workbook.live.operands import quoted
from reportgen.workbook.writing import style
from reportgen.workbook.writing.new_workbook import NewWorkbook
from reportgen.workbook.writing.style import as_text
from reportgen.workbook.writing.verdicts import BAD


def guide(new: NewWorkbook) -> None:
    """Writes how to fill the workbook in, on one screen."""
    page = new.page(words.GUIDE)
    as_text(page.cell(1, 1), new.edition.title)
    style.title(page, 3)
    for row, (label, text) in enumerate(messages.GUIDE_LINES, 3):
        style.label(page.cell(row, 1, label))
        style.text(page.cell(row, 2, text))
        style.height(page, row, text, 90)
    row = 3 + len(messages.GUIDE_LINES)
    style.label(page.cell(row, 1, words.EDITION_LABEL))
    style.text(as_text(page.cell(row, 2), new.edition.name))
    style.colour_key(page, row + 2)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 16, 90
    style.protect(page)


def index(new: NewWorkbook, page: Worksheet) -> None:
    """Writes every sheet with its state; hidden beside it whether this and last year are empty."""
    page.cell(1, 1, messages.INDEX_TITLE)
    style.title(page, 4)
    for column, (text, width) in enumerate(messages.INDEX_COLUMNS, 1):
        style.heading(page.cell(INDEX_FIRST - 1, column, text))
        page.column_dimensions[get_column_letter(column)].width = width
    for i, plan in enumerate(new.layout.sheets.values()):
        row = INDEX_FIRST + i
        page.cell(row, 1, i + 1)
        link = as_text(page.cell(row, 2), plan.sheet.name)
        link.hyperlink = f"#{quote_sheetname(plan.sheet.name)}!A1"
        as_text(page.cell(row, 3), plan.sheet.title)
        page.cell(row, 4, f"={_state(new, plan)}")
        page.cell(row, 6, f"={emptiness.empty(new.sums, plan, prior=False)}")
        page.cell(row, 7, f"={emptiness.empty(new.sums, plan, prior=True)}")
        for column in range(1, 5):
            style.listed(page.cell(row, column))
        style.link(link)
    for letter in "FG":
        page.column_dimensions[letter].hidden = True
    style.verdict_colours(page, f"D{INDEX_FIRST}:D{INDEX_FIRST + len(new.layout.sheets)}")
    style.protect(page)


def _state(new: NewWorkbook, plan: SheetLayout) -> str:
    """未填 / 有问题 / 填写中 / 已填, of one sheet."""
    letter = get_column_letter(plan.check_column)
    verdicts = f"{quote_sheetname(plan.sheet.name)}!${letter}${plan.first}:${letter}${plan.foot}"
    bad = "+".join(f'COUNTIF({verdicts},"{pattern}")' for pattern in BAD)
    wanted, filled = emptiness.filled(new.sums, plan)
    open_ = f"{wanted}>{filled}" if wanted else "FALSE"
    nothing = f"{emptiness.anything(new.sums, plan)}=0"
    todo = f'COUNTIF({verdicts},"{words.UNFILLED}")>0'
    empty = messages.STATE_EMPTY_ALLOWED if _optional(plan) else messages.STATE_EMPTY
    partly = f'IF(OR({open_},{todo}),"{messages.STATE_PARTLY}","{messages.STATE_DONE}")'
    judged = f'IF({bad}>0,"{messages.STATE_FAULTY}",{partly})'
    begun = f'IF({nothing},"{empty}",{judged})'
    return f'IF({_unasked(new, plan)},"{messages.STATE_UNASKED}",{begun})'


def _optional(plan: SheetLayout) -> bool:
    """Whether nobody need fill in a sheet: the edition says so, or it is a list that may have no
    record."""
    table = plan.sheet if isinstance(plan.sheet, Table) else None
    return bool(plan.sheet.empty) or bool(table and not (table.received or table.required))


def _unasked(new: NewWorkbook, plan: SheetLayout) -> str:
    """Whether the choices made so far do not ask for a sheet."""
    tests = []
    for name, choices in plan.sheet.when.items():
        slot = new.layout.slots[name]
        ref = f"{quote_sheetname(slot.sheet)}!{slot.cell}"
        fitting = ",".join(f"EXACT({ref},{quoted(choice)})" for choice in choices)
        tests.append(f"NOT(OR(ISBLANK({ref}),{fitting}))")
    return f"OR({','.join(tests)})" if tests else "FALSE"


def lists(new: NewWorkbook) -> None:
    """Writes the choices of all drop-downs on a hidden sheet, and names them."""
    page = new.book.create_sheet(words.LISTS)
    page.sheet_state = "hidden"
    for column, (choices, name) in enumerate(new.lists.items(), 1):
        for row, choice in enumerate(choices, 1):
            as_text(page.cell(row, column), choice)
        letter = get_column_letter(column)
        new.book.defined_names[name] = DefinedName(
            name, attr_text=f"{quote_sheetname(words.LISTS)}!${letter}$1:${letter}${len(choices)}"
        )
