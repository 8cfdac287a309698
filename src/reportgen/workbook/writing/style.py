"""How the sheets look: input cells are coloured and framed, totals grey, verdicts green or red.
Looks only."""

from __future__ import annotations

from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import messages
from reportgen.edition.fields import Column, Field
from reportgen.edition.kinds import Traits
from reportgen.language import words

AnyCell = Cell | MergedCell

_LINE = Side(style="thin", color="FF7F7F7F")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INPUT = PatternFill("solid", fgColor="FFFFF8E1")
_TOTAL = PatternFill("solid", fgColor="FFEDEDED")
_HEAD = PatternFill("solid", fgColor="FFD9E5F2")
_BODY = Font(name="宋体", size=11)
_BOLD = Font(name="黑体", size=11)
_SMALL = Font(name="宋体", size=10, color="FF595959")


def as_text(cell: AnyCell, value: Any) -> AnyCell:
    """Writes a value of an edition, a person or a register: a text stays a text, whatever it begins
    with. A formula is only what this program makes."""
    cell.value = value
    if isinstance(value, str) and cell.data_type != "s":
        cell.data_type = "s"
        cell.quotePrefix = True  # so that it stays one when somebody edits the cell
    return cell


def width(column: Column) -> float:
    """The width of a column whose edition gives none."""
    return column.kind.traits.width if column.kind else Traits().width


def title(page: Worksheet, last: int) -> None:
    """Row 1 across the table."""
    page["A1"].font = Font(name="方正小标宋简体", size=18)
    page["A1"].alignment = Alignment(horizontal="center", vertical="center")
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    page.row_dimensions[1].height = 34


def help(page: Worksheet, last: int) -> None:
    """Row 2 across the table: what to do here."""
    page["A2"].font = _SMALL
    page["A2"].alignment = Alignment(wrap_text=True, vertical="center")
    page.merge_cells(start_row=2, start_column=1, end_row=2, end_column=last)
    width = sum(page.column_dimensions[get_column_letter(c)].width for c in range(1, last + 1))
    height(page, 2, str(page["A2"].value or ""), max(width, 20))


def heading(cell: AnyCell) -> None:
    """A column heading."""
    cell.font, cell.fill, cell.border = _BOLD, _HEAD, _FRAME
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def caption(cell: AnyCell) -> None:
    """A label that the form prints."""
    cell.font, cell.border = _BODY, _FRAME
    cell.alignment = Alignment(
        horizontal="center" if str(cell.value).isdigit() else "left",
        vertical="center",
        wrap_text=True,
    )


def value(cell: AnyCell, spec: Field, total: bool) -> None:
    """A cell for a value: coloured and framed for input, grey for a total."""
    cell.font, cell.border = _BODY, _FRAME
    cell.fill = _TOTAL if total else _INPUT
    traits = spec.kind.traits if spec.kind else Traits()
    cell.number_format = traits.number_format
    cell.alignment = Alignment(
        horizontal=traits.align,
        vertical="center",
        wrap_text=not spec.numeric,
    )
    cell.protection = Protection(locked=total)


def row_total(cell: AnyCell) -> None:
    """A total across a record shows nothing while the record is blank."""
    cell.number_format = "0.00;-0.00;"


def height(page: Worksheet, row: int, text: str, width: float, least: int = 1) -> None:
    """Room for a text that wraps in a column of `width`; programs do not all measure it
    themselves."""
    page.row_dimensions[row].height = 16 * max(lines(text, width), least)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of `width`."""
    return sum(1 + int(2.1 * len(part) / width) for part in text.split("\n"))


def print_area(page: Worksheet, last_row: int, last_column: int) -> None:
    """What is printed: the table with its verdicts, without the help beside it."""
    page.print_area = f"A1:{get_column_letter(last_column)}{last_row}"


def right(cell: AnyCell) -> None:
    """A caption at the right edge."""
    cell.alignment = Alignment(horizontal="right")
    cell.font = _BODY


def guard(page: Worksheet, row: int, last: int) -> None:
    """The rows between which records go."""
    for column in range(1, last + 1):
        page.cell(row, column).fill = _TOTAL
    page.cell(row, 1).font = _SMALL


def label(cell: AnyCell) -> None:
    """A label of the guide."""
    cell.font, cell.border = _BOLD, _FRAME
    cell.alignment = Alignment(vertical="top")


def text(cell: AnyCell) -> None:
    """A paragraph of the guide."""
    cell.font, cell.border = _BODY, _FRAME
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def listed(cell: AnyCell) -> None:
    """A cell of a list."""
    cell.font, cell.border = _BODY, _FRAME
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def note(cell: AnyCell) -> None:
    """Help beside a row."""
    cell.font = _SMALL
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def link(cell: AnyCell) -> None:
    """A cell that leads to another sheet."""
    cell.font = Font(name="宋体", size=11, color="FF0563C1", underline="single")


def verdict(cell: AnyCell) -> None:
    """检查."""
    cell.font, cell.border = _BODY, _FRAME
    cell.alignment = Alignment(horizontal="center", vertical="center")


def verdict_colours(page: Worksheet, area: str) -> None:
    """Red for what must be mended, amber for what is open, green for what is right. Fonts only:
    fills are for marks."""
    first = area.split(":")[0].replace("$", "")

    def begins(*starts: str) -> str:
        return "OR(" + ",".join(f'LEFT({first},{len(s)})="{s}"' for s in starts) + ")"

    bad = begins(
        f"{words.OFF} ",
        words.NOT_MET,
        words.TEXT_NUMBER,
        words.NOT_COMPUTABLE,
        messages.STATE_FAULTY,
    )
    unsure = begins(words.UNFILLED, words.ROUNDING, words.FRACTION, messages.STATE_PARTLY)
    good = begins(words.BALANCED, words.MET, messages.STATE_DONE)
    for formula, colour in ((bad, "FFC00000"), (unsure, "FFB45F06"), (good, "FF2E7D32")):
        page.conditional_formatting.add(
            area,
            Rule(
                type="expression",
                dxf=DifferentialStyle(font=Font(color=colour, bold=True)),
                formula=[formula],
            ),
        )


def colour_key(page: Worksheet, row: int) -> None:
    """What the colours mean."""
    for i, (fill, meaning) in enumerate(
        ((_INPUT, messages.KEY_INPUT), (_TOTAL, messages.KEY_TOTAL))
    ):
        page.cell(row + i, 1).fill = fill
        page.cell(row + i, 1).border = _FRAME
        page.cell(row + i, 2, meaning).font = _BODY


def protect(page: Worksheet) -> None:
    """Labels locked, without a password: rows, widths and formats stay free."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.formatCells = False
    page.protection.insertRows = False


def print_setup(page: Worksheet) -> None:
    """A4, one page wide, page number at the foot."""
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    assert page.oddFooter is not None
    page.oddFooter.center.text = "&A  &P / &N"


def landscape(page: Worksheet, wide: bool) -> None:
    """Wide tables lie."""
    page.page_setup.orientation = "landscape" if wide else "portrait"
