"""Where the verdicts of the rules stand in the workbook: the list of checks, and 检查 beside the
cells.

A rule over fixed cells has its line in the list, with both sides; the 检查 cell of the row it is
about points there. A rule for every record stands in a hidden column of its table; its line in the
list tells the worst of it. 检查 is the worst of the hidden cells to its right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinja2 import nodes
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from reportgen import messages
from reportgen.checks.rules import Rule, parts
from reportgen.language import words
from reportgen.workbook.layout import FormLayout, SheetLayout, Slot, TableLayout
from reportgen.workbook.live.checks import Sides, conclusion, sides
from reportgen.workbook.live.fractions import asked, asks
from reportgen.workbook.live.names import dotted
from reportgen.workbook.live.sheet_formulas import SheetFormulas
from reportgen.workbook.writing import style
from reportgen.workbook.writing.rule_text import worded
from reportgen.workbook.writing.style import as_text

FIRST_LINE = 4  # of the list of checks
VERDICT_COLUMN = 7
BAD = (words.TEXT_NUMBER, f"{words.OFF} *", f"{words.NOT_MET}*", words.NOT_COMPUTABLE)

SheetRow = tuple[str, int]  # sheet, row


@dataclass
class Verdicts:
    """The rules of an edition by the place of their verdicts."""

    rules: Sequence[Rule]
    sums: SheetFormulas
    fixed: dict[SheetRow, list[int]] = field(default_factory=dict)  # → lines of the list
    each: dict[str, list[Rule]] = field(default_factory=dict)  # sheet → rules for its records

    def __post_init__(self) -> None:
        for line, rule in enumerate(self.rules, FIRST_LINE):
            home = self._home(rule)
            if rule.loop:
                self.each.setdefault(rule.loop.table, []).append(rule)
            elif home:
                self.fixed.setdefault((home.sheet, home.row), []).append(line)

    def _home(self, rule: Rule) -> Slot | None:
        """The first fixed cell that a rule names: the one beside which its verdict stands."""
        found = [rule.tree, *parts(rule.tree)[1].find_all((nodes.Getattr, nodes.Name))]
        return next((s for node in found if (s := self.sums.layout.slots.get(dotted(node)))), None)

    def column(self, plan: SheetLayout, rule: Rule) -> int:
        """The hidden column of a rule for every record."""
        position = next(i for i, r in enumerate(self.each[plan.sheet.name]) if r is rule)
        return plan.check_column + 1 + position

    def last_column(self, plan: FormLayout | TableLayout) -> int:
        """The last hidden column of a sheet; the one of 检查 itself where there is none."""
        return self._rules_end(plan) + asks(self.sums, plan)

    def _rules_end(self, plan: SheetLayout) -> int:
        """The last hidden column with the verdict of a rule."""
        most = max((len(v) for (s, _), v in self.fixed.items() if s == plan.sheet.name), default=0)
        return plan.check_column + most + len(self.each.get(plan.sheet.name, []))

    def beside(self, plan: FormLayout | TableLayout, page: Worksheet) -> None:
        """Writes 检查 and its hidden columns; nothing where no rule is about the sheet."""
        first, last = plan.check_column + 1, self.last_column(plan)
        if last < first:
            return
        style.heading(page.cell(plan.first - 1, plan.check_column, words.CHECK_COLUMN))
        page.column_dimensions[get_column_letter(plan.check_column)].width = 14
        for row in range(plan.first, plan.foot + 1):
            cells = self._row(plan, row)
            if question := asked(self.sums, plan, row):
                cells[self._rules_end(plan) + 1] = question
            for column, formula in cells.items():
                page.cell(row, column, f"={formula}")
            if cells:
                own = f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"
                style.verdict(page.cell(row, plan.check_column, f"={worst(own)}"))
        for column in range(first, last + 1):
            page.column_dimensions[get_column_letter(column)].hidden = True
        letter = get_column_letter(plan.check_column)
        style.verdict_colours(page, f"{letter}{plan.first}:{letter}{plan.foot}")

    def _row(self, plan: FormLayout | TableLayout, row: int) -> dict[int, str]:
        """The verdicts about one row: hidden column → formula."""
        every = self.each.get(plan.sheet.name, [])
        rules = [
            r
            for r in every
            if isinstance(plan, TableLayout) or (r.loop and row in plan.lines(r.loop.part))
        ]
        start = plan.check_column + 1 + len(every)
        lines = self.fixed.get((plan.sheet.name, row), [])
        letter = get_column_letter(VERDICT_COLUMN)
        found = {
            start + i: f"{quote_sheetname(words.AUDIT)}!${letter}${line}"
            for i, line in enumerate(lines)
        }
        if isinstance(plan, FormLayout):
            return found | {
                self.column(plan, rule): conclusion(rule, sides(rule, self.sums, row))
                for rule in rules
            }
        return found if row == plan.foot else found | self._of_record(plan, row, rules)

    def _of_record(self, plan: TableLayout, row: int, rules: Sequence[Rule]) -> dict[int, str]:
        """The verdicts about a row of records, or their total: none while nothing is filled in, and
        none about a subtotal but of rules over all levels."""
        found = {}
        blank = f"COUNTA({_typed_cells(plan, row)})=0"
        for rule in rules:
            verdict = conclusion(rule, sides(rule, self.sums, row))
            if row != plan.total_row:
                passed = blank if over_totals(rule) else f"OR({blank}{_subtotal(plan, row)})"
                found[self.column(plan, rule)] = f'IF({passed},"",{verdict})'
            elif over_totals(rule):
                found[self.column(plan, rule)] = verdict
        return found

    def list(self, page: Worksheet) -> None:
        """Writes the list of checks: every rule with both sides, room for rounding and verdict."""
        page.cell(1, 1, messages.AUDIT_TITLE)
        style.title(page, VERDICT_COLUMN)
        for column, (text, width) in enumerate(messages.AUDIT_COLUMNS, 1):
            style.heading(page.cell(FIRST_LINE - 1, column, text))
            page.column_dimensions[get_column_letter(column)].width = width
        page.cell(2, 1, messages.AUDIT_HELP)
        style.help(page, VERDICT_COLUMN)
        for line, rule in enumerate(self.rules, FIRST_LINE):
            as_text(page.cell(line, 1), rule.check.id)
            as_text(page.cell(line, 2), worded(rule))
            style.height(
                page, line, worded(rule), dict(messages.AUDIT_COLUMNS)[messages.AUDIT_COLUMNS[1][0]]
            )
            self._line(page, line, rule)
            for column in range(1, VERDICT_COLUMN + 1):
                style.listed(page.cell(line, column))
        style.verdict_colours(page, f"G{FIRST_LINE}:G{FIRST_LINE + len(self.rules)}")
        page.freeze_panes = f"A{FIRST_LINE}"
        page.print_title_rows = f"1:{FIRST_LINE - 1}"
        style.landscape(page, True)
        style.protect(page)

    def _line(self, page: Worksheet, line: int, rule: Rule) -> None:
        if rule.loop:
            plan = self.sums.layout.sheets[rule.loop.table]
            letter = get_column_letter(self.column(plan, rule))
            cells = (
                f"{quote_sheetname(plan.sheet.name)}!${letter}${plan.first}:${letter}${plan.foot}"
            )
            page.cell(line, VERDICT_COLUMN, f"={worst(cells)}")
            return
        four = sides(rule, self.sums)
        for column, formula in enumerate((four.left, four.right, four.slack, four.state), 3):
            page.cell(line, column, f"={formula}").number_format = "0.00####"
        own = Sides(f"C{line}", f"D{line}", f"E{line}", f"F{line}")
        page.cell(line, VERDICT_COLUMN, f"={conclusion(rule, own)}")


def _typed_cells(plan: TableLayout, row: int) -> str:
    """The cells of a record that people fill in, neighbours joined to ranges."""
    runs: list[list[int]] = []
    for index in (c.index for c in plan.columns if c.typed):
        if runs and runs[-1][1] == index - 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    letters = ((get_column_letter(first), get_column_letter(last)) for first, last in runs)
    return ",".join(f"{first}{row}:{last}{row}" for first, last in letters)


def _subtotal(plan: TableLayout, row: int) -> str:
    """Whether a record stands on a level above the last, as one more test; none without levels."""
    tree = plan.sheet.tree
    return f",LEN({plan.columns[0].letter}{row})<>{tree[-1]}" if tree else ""


def over_totals(rule: Rule) -> bool:
    """Whether a rule for records runs over the total row too, as one over 填列 does."""
    return rule.loop is not None and rule.loop.over_totals


def worst(cells: str) -> str:
    """The gravest verdict among cells in one row or column, as a formula."""

    def pick(pattern: str, otherwise: str) -> str:
        first = f'INDEX({cells},MATCH("{pattern}",{cells},0))'
        return f'IF(COUNTIF({cells},"{pattern}")>0,{first},{otherwise})'

    text = '""'
    for pattern in (
        words.MET,
        words.BALANCED,
        f"{words.ROUNDING}*",
        words.UNFILLED,
        words.FRACTION,
        *reversed(BAD),
    ):
        text = pick(pattern, text)
    return text
