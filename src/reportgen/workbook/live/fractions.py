"""Whether a per cent was typed as a fraction, as a formula. 95% typed into a cell is 0.95 with a
format that no formula sees, so the sheet asks about what the program knows: anything above 0 and
up to 1 where per cents are wanted."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.language import words
from reportgen.language.units import PER_CENT
from reportgen.workbook.layout import FormLayout, TableLayout
from reportgen.workbook.live.measures import Choice
from reportgen.workbook.live.operands import Cell, quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas


def asks(sums: SheetFormulas, plan: FormLayout | TableLayout) -> bool:
    """Whether a row of the sheet can hold a per cent that was typed as a fraction; the records of
    a table are alike."""
    rows = [plan.guard + 1] if isinstance(plan, TableLayout) else range(plan.first, plan.foot + 1)
    return any(asked(sums, plan, row) for row in rows)


def asked(sums: SheetFormulas, plan: FormLayout | TableLayout, row: int) -> str:
    """The formula that asks about the row: 查百分比 or ""; none where no cell of the row can hold
    a per cent."""
    tests = [test for cell in _typed(sums, plan, row) if (test := _test(sums, cell))]
    if not tests:
        return ""
    return f'IF(OR({",".join(tests)}),"{words.FRACTION}","")'


def _typed(sums: SheetFormulas, plan: FormLayout | TableLayout, row: int) -> Iterator[Cell]:
    """The cells of a row in which people type numbers: none of the total, nor of a guard."""
    if isinstance(plan, FormLayout):
        slots = (slot for slot in plan.slots.values() if slot.row == row)
        yield from (sums.cell(slot) for slot in slots if slot.field.numeric and not slot.sums)
    elif plan.guard < row < plan.foot:
        for column in plan.columns:
            cell = sums.record_cell(plan, column.name, row)
            if column.typed and column.column.numeric and isinstance(cell, Cell):
                yield cell


def _test(sums: SheetFormulas, cell: Cell) -> str:
    """Whether a cell holds a fraction where it should hold per cents; "" where it never should."""
    measure = sums.measure(cell)
    fraction = f"N({cell.ref})<>0,ABS(N({cell.ref}))<=1"
    if measure.choice:
        chosen = _chosen(measure.choice)
        return f"AND({chosen},{fraction})" if chosen else ""
    return f"AND({fraction})" if (measure.dimension, measure.factor) == ("", PER_CENT) else ""


def _chosen(choice: Choice) -> str:
    """Whether a unit that the workbook chooses is one of per cents; "" where none can be."""
    names = [unit.name for unit in choice.units if unit.per_cent]
    tests = [f"EXACT({choice.cell.ref},{quoted(name)})" for name in names]
    if not choice.own and choice.units[0].per_cent:
        tests.append(f"ISBLANK({choice.cell.ref})")
    return f"OR({','.join(tests)})" if tests else ""
