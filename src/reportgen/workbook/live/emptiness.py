"""What is blank, what is text, and how much of a sheet is filled in, as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from openpyxl.utils import quote_sheetname

from reportgen import messages
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.language import words
from reportgen.workbook.layout import SheetLayout, TableLayout
from reportgen.workbook.live.operands import Cell, Operand, Span, joined_ranges, quoted
from reportgen.workbook.live.sheet_formulas import SheetFormulas

INDEX_FIRST = 5  # the first line of the index sheet, where each sheet has its flags


def empty(sums: SheetFormulas, plan: SheetLayout, prior: bool) -> str:
    """Whether this year's (last year's) numbers of a table are all blank: no input, and no
    total but 0."""
    inputs, totals = _regions(sums, plan, prior)
    zero = [f"IFERROR(SUMPRODUCT(--({t}<>0),--ISNUMBER({t}))=0,FALSE)" for t in totals]
    tests = [f"COUNT({joined_ranges(inputs)})=0", *zero]
    return f"AND({','.join(tests)})" if inputs else "FALSE"


def anything(sums: SheetFormulas, plan: SheetLayout) -> str:
    """How many input cells of a sheet are filled."""
    if isinstance(plan, TableLayout):
        letters = [c.letter for c in plan.columns if c.typed]
        refs = [
            Span(plan.sheet.name, letter, plan.guard, plan.foot - 1).range for letter in letters
        ]
    else:
        refs = [Cell(s.sheet, s.cell).ref for s in plan.slots.values() if not s.sums]
    return f"COUNTA({joined_ranges(refs)})"


def filled(sums: SheetFormulas, plan: SheetLayout) -> tuple[int, str]:
    """(how many cells of a form must be filled, how many of those are)."""
    refs = [Cell(s.sheet, s.cell).ref for s in plan.slots.values() if s.field.required]
    return len(refs), f"COUNTA({joined_ranges(refs)})" if refs else "0"


def _regions(sums: SheetFormulas, plan: SheetLayout, prior: bool) -> tuple[list[str], list[str]]:
    """The references of a sheet's numbers, inputs and totals apart."""
    inputs: list[str] = []
    totals: list[str] = []
    table = isinstance(plan, TableLayout)
    if isinstance(plan, TableLayout):
        for c in plan.columns:
            if c.column.numeric and c.prior == prior and not c.column.derived:
                ref = Span(plan.sheet.name, c.letter, plan.guard, plan.foot).range
                (totals if c.column.formula and not prior else inputs).append(ref)
    for slot in plan.slots.values():
        if slot.field.numeric and slot.name.prior == prior:
            (totals if slot.sums or table else inputs).append(Cell(slot.sheet, slot.cell).ref)
    return inputs, totals


def text(sums: SheetFormulas, operands: Sequence[Operand]) -> str:
    """Whether a cell behind the operands holds anything but a number."""
    within = [a for a in operands if isinstance(a, Span) and a.key]
    tests = [
        f"SUMPRODUCT({a.picks}--ISTEXT({a.range}))>0"
        for a in dict.fromkeys(within)
        if not a.derived and _numeric(sums, a)
    ]
    refs = joined_ranges(_leaf_refs(sums, [a for a in operands if a not in within], set()))
    tests += [f"COUNTA({refs})>COUNT({refs})"] if refs else []
    return f"OR({','.join(tests)})" if len(tests) > 1 else (tests or ["FALSE"])[0]


def _leaf_refs(sums: SheetFormulas, operands: Sequence[Operand], seen: set[Operand]) -> list[str]:
    refs: list[str] = []
    for operand in operands:
        if (
            operand in seen
            or operand.derived
            or (isinstance(operand, Cell) and not _numeric(sums, operand))
        ):
            continue
        seen.add(operand)
        if isinstance(operand, Span):
            refs += [operand.range, *(ref for _, ref in operand.part_ranges)]
        else:
            refs += [operand.ref, *_leaf_refs(sums, [a for _, a in operand.parts], seen)]
    return refs


def _is_prior(sums: SheetFormulas, operand: Operand) -> bool:
    columns = sums.layout.sheets[operand.sheet].columns
    return any(c.prior and c.letter == operand.column for c in columns)


def _numeric(sums: SheetFormulas, operand: Operand) -> bool:
    field = sums.field(operand)
    return field is not None and (field.numeric or field.kind is FieldKind.DATE)


def unfilled(sums: SheetFormulas, operands: Sequence[Operand]) -> str:
    """Whether a table behind the operands is empty without leave, or a cell of a form is blank."""
    tests = []
    for name in dict.fromkeys(a.sheet for a in operands):
        sheet = sums.edition.sheet(name)
        if sheet.received and not sheet.empty:
            priors = {_is_prior(sums, a) for a in operands if a.sheet == name}
            tests += [empty_flag(sums.edition, name, prior) for prior in sorted(priors)]
    for operand in _inputs(sums, operands):
        tests += _unfilled(sums, operand)
    return f"OR({','.join(dict.fromkeys(tests))})" if tests else "FALSE"


def _unfilled(sums: SheetFormulas, operand: Operand) -> list[str]:
    """The tests of one operand: "" in what the program makes, a blank where blank is no number."""
    if isinstance(operand, Cell):
        if operand.derived:
            return [f'{operand.ref}=""']
        return [] if operand.blank_is_zero else [f"ISBLANK({operand.ref})"]
    if operand.derived:
        return [f'SUMPRODUCT({operand.picks}--({operand.range}=""))>0']
    if sums.edition.sheet(operand.sheet).received or operand.sheet not in sums.layout.tables:
        return []
    return _blanks(sums, operand)


def _blanks(sums: SheetFormulas, operand: Span) -> list[str]:
    """Whether a record that somebody began has a blank cell in a column where blank is no
    number."""
    field = sums.field(operand)
    if field is not None and field.blank == 0:
        return []
    if operand.parts:
        return [
            test
            for _, letter in operand.parts
            for test in _blanks(sums, replace(operand, column=letter, parts=()))
        ]
    cells = replace(operand, last=operand.last - 1)
    begun = Span(
        operand.sheet, sums.layout.sheets[operand.sheet].columns[0].letter, cells.first, cells.last
    )
    return [f"SUMPRODUCT({cells.picks}--NOT(ISBLANK({begun.range})),--ISBLANK({cells.range}))>0"]


def _inputs(sums: SheetFormulas, operands: Sequence[Operand]) -> Iterator[Operand]:
    """The operands, in place of a form's total the cells that it adds up: nobody types that
    total."""
    for operand in operands:
        if isinstance(operand, Cell) and operand.parts and not operand.blank_is_zero:
            yield from _inputs(sums, [part for _, part in operand.parts])
        else:
            yield operand


def lacks(sums: SheetFormulas, plan: TableLayout, key: str) -> str:
    """What the rows of a table within the record `key` lack, as a formula: 未填, 未填全 or ""."""
    table = plan.sheet.name
    needed = [c.name for c in plan.sheet.fields if c.required or c.computed]
    spans = [sums.span(plan, name, key=key) for name in needed]
    blank = "+".join(_how_many_blank(span) for span in spans)
    rows = f"SUMPRODUCT({spans[0].picks.rstrip(',')})"
    incomplete = messages.TABLE_INCOMPLETE.format(table=table)
    unfilled = messages.TABLE_UNFILLED.format(table=table)
    return f'IF({rows}=0,{quoted(unfilled)},IF({blank}>0,{quoted(incomplete)},""))'


def _how_many_blank(span: Span) -> str:
    blank = f'({span.range}="")' if span.derived else f"ISBLANK({span.range})"
    return f"SUMPRODUCT({span.picks}--{blank})"


def empty_flag(edition: Edition, sheet: str, prior: bool) -> str:
    """The cell of the index that says whether this (or last) year's side of a table is empty."""
    row = next(i for i, s in enumerate(edition.sheets) if s.name == sheet)
    return f"{quote_sheetname(words.INDEX)}!${'G' if prior else 'F'}${INDEX_FIRST + row}"
