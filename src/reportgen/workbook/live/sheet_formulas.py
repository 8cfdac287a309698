"""What cells and totals are worth in a formula: their value, the room that rounding leaves them,
what is text or blank.

A total that equals the sum of its own parts to the cent has their room, any other half a step; so
no function of Excel 2013 is needed to tell a typed total from a computed one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Field
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.units import choices_of
from reportgen.language import words
from reportgen.language.expressions import Refused
from reportgen.workbook.layout import Layout, PlannedColumn, SheetLayout, Slot, TableLayout
from reportgen.workbook.live.operands import Cell, Operand, Span, compact, joined_ranges, quoted

INDEX_FIRST = 5  # the first line of the index sheet, where each sheet has its flags


@dataclass(frozen=True)
class SheetFormulas:
    """The sheets of an edition as formulas see them."""

    edition: Edition
    layout: Layout

    def total(self, slot: Slot) -> str:
        """What a total's cell computes until something is typed over it."""
        return self.joined(self.cell(slot).parts)

    def across(self, plan: TableLayout, name: str, row: int) -> str:
        """What the total in column `name` of a record computes."""
        cell = self.record_cell(plan, name, row)
        return self.joined(cell.parts) if isinstance(cell, Cell) else cell.sum

    def empty(self, plan: SheetLayout, prior: bool) -> str:
        """Whether this year's (last year's) numbers of a table are all blank: no input, and no
        total but 0."""
        inputs, sums = self._regions(plan, prior)
        zero = "".join(
            f",IFERROR(SUMPRODUCT(--({ref}<>0),--ISNUMBER({ref}))=0,FALSE)" for ref in sums
        )
        return f"AND(COUNT({joined_ranges(inputs)})=0{zero})" if inputs else "FALSE"

    def anything(self, plan: SheetLayout) -> str:
        """How many input cells of a sheet are filled."""
        if isinstance(plan, TableLayout):
            letters = [c.letter for c in plan.columns if c.typed]
            refs = [
                Span(plan.sheet.name, letter, plan.guard, plan.foot - 1).range for letter in letters
            ]
        else:
            refs = [Cell(s.sheet, s.cell).ref for s in plan.slots.values() if not s.sums]
        return f"COUNTA({joined_ranges(refs)})"

    def filled(self, plan: SheetLayout) -> tuple[int, str]:
        """(how many cells of a form must be filled, how many of those are)."""
        refs = [Cell(s.sheet, s.cell).ref for s in plan.slots.values() if s.field.required]
        return len(refs), f"COUNTA({joined_ranges(refs)})" if refs else "0"

    def _regions(self, plan: SheetLayout, prior: bool) -> tuple[list[str], list[str]]:
        """The references of a sheet's numbers, inputs and totals apart."""
        inputs: list[str] = []
        sums: list[str] = []
        table = isinstance(plan, TableLayout)
        if isinstance(plan, TableLayout):
            for c in plan.columns:
                if c.column.numeric and c.prior == prior and not c.column.derived:
                    ref = Span(plan.sheet.name, c.letter, plan.guard, plan.foot).range
                    (sums if c.column.formula and not prior else inputs).append(ref)
        for slot in plan.slots.values():
            if slot.field.numeric and slot.name.endswith(f".{words.PRIOR}") == prior:
                (sums if slot.sums or table else inputs).append(Cell(slot.sheet, slot.cell).ref)
        return inputs, sums

    def cell(self, slot: Slot) -> Cell:
        """The cell of a fixed slot."""
        plan = self.layout.sheets[slot.sheet]
        parts: list[tuple[int, Cell | Span]] = []
        if isinstance(plan, TableLayout):
            parts = [(1, self.span(plan, slot.name.split(".", 2)[2]))]
        elif slot.sums:
            parts = compact(
                [(sign, self.cell(self.layout.slots[name])) for sign, name in slot.sums[0]]
            )
        widens = isinstance(plan, TableLayout) or not (
            slot.sums and totals.across(slot.name, list(slot.sums[0]))
        )
        return Cell(slot.sheet, slot.cell, slot, slot.received, tuple(parts), widens)

    def span(self, plan: TableLayout, name: str, under: str = "", key: str = "") -> Span:
        """The cells of a column of records; with `key` of those within one record. A column that
        gathers stands for the cells that it adds up."""
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
        if column.column.gathers:
            child, _, source = column.column.gathers.partition(".")
            return self.span(self.layout.tables[child], source, key=key)
        tree = plan.sheet.tree
        codes, detail = (plan.columns[0].letter, tree[-1]) if tree else ("", 0)
        across = self._across(plan, name)
        parts = tuple((sign, c.letter) for sign, c in across)
        nested = (
            (c.letter, tuple((s, p.letter) for s, p in self._across(plan, c.name)))
            for _, c in across
        )
        inner = tuple((letter, behind) for letter, behind in nested if behind)
        made, keys = bool(column.column.computed), plan.columns[0].letter
        span = Span(
            plan.sheet.name,
            column.letter,
            plan.guard,
            plan.foot,
            codes,
            detail,
            under,
            keys,
            key,
            derived=made,
        )
        return replace(span, parts=parts, inner=inner)

    def key_cell(self, plan: TableLayout, row: int) -> str:
        """The cell that names a record, as formulas anywhere write it."""
        return f"{quoted(plan.sheet.name)}!${plan.columns[0].letter}{row}"

    def outer_cell(self, plan: TableLayout, name: str, key: str) -> Cell | Span:
        """A cell of the record of another table whose key stands in the cell `key`."""
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
        if column.column.gathers:
            return self.span(plan, name, key=key)
        keys = Span(plan.sheet.name, plan.columns[0].letter, plan.guard, plan.foot).range
        found = f"INDEX({Span(plan.sheet.name, column.letter, plan.guard, plan.foot).range},MATCH({key},{keys},0))"
        return Cell(
            plan.sheet.name,
            f"{column.letter}{plan.guard}",
            derived=bool(column.column.computed),
            found=found,
        )

    def record_cell(self, plan: TableLayout, name: str, row: int) -> Cell | Span:
        """A cell of a record; what it gathers stands for the cells that it adds up."""
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
        if column.column.gathers:
            return self.span(plan, name, key=self.key_cell(plan, row))
        parts: list[tuple[int, Cell | Span]] = [
            (sign, self.record_cell(plan, c.name, row)) for sign, c in self._across(plan, name)
        ]
        if column.helper and not parts and plan.sheet.tree:  # a subtotal that nobody typed
            parts = [(1, self.span(plan, name, under=self.key_cell(plan, row)))]
        zero = plan.sheet.received or column.column.blank == 0
        return Cell(
            plan.sheet.name,
            f"{column.letter}{row}",
            None,
            zero,
            tuple(parts),
            derived=bool(column.column.computed),
        )

    def _across(self, plan: TableLayout, name: str) -> list[tuple[int, PlannedColumn]]:
        """The columns that column `name` of a record adds up, none where it is no total."""
        named = [
            (sign, plan.by_name(part)) for sign, part in totals.of_records(plan.sheet).get(name, [])
        ]
        return [(sign, column) for sign, column in named if column]

    def value(self, atom: Operand) -> str:
        """The number of a cell or the sum of a span; a cleared total counts as its parts."""
        if isinstance(atom, Span):
            return atom.sum
        return (
            f"IF(ISBLANK({atom.ref}),{self.joined(atom.parts)},{atom.ref})"
            if atom.parts
            else atom.ref
        )

    def joined(self, parts: Sequence[tuple[int, Operand]]) -> str:
        """Signed atoms as one sum."""
        plain = [a.ref for sign, a in parts if sign > 0 and isinstance(a, Cell) and not a.parts]
        if len(plain) == len(parts) > 2:
            return f"SUM({joined_ranges(plain)})"
        return "".join(
            ("+" if sign > 0 else "-") + self.value(a) for sign, a in parts
        ).removeprefix("+")

    def slack(self, terms: list[tuple[float, Operand]]) -> str:
        """Σ |coefficient| × half a step, over the cells that hold a number; a cell on both sides
        cancels."""
        merged: dict[Operand, float] = {}
        for k, atom in terms:
            merged[atom] = merged.get(atom, 0) + k
        texts = []
        plain: dict[float, list[str]] = {}
        for atom, k in merged.items():
            if k and isinstance(atom, Cell) and not atom.parts:
                plain.setdefault(abs(k) * self._half(atom), []).append(atom.ref)
            elif k:
                texts.append(f"{abs(k):g}*({self._room(atom)})")
        texts += [f"{half:g}*COUNT({joined_ranges(refs)})" for half, refs in plain.items() if half]
        return "+".join(texts) or "0"

    def _room(self, atom: Operand) -> str:
        half = self._half(atom)
        if isinstance(atom, Span):
            return f"{half:g}*({atom.filled})"
        computed = f"ISBLANK({atom.ref})"
        if atom.widens:  # of a total that equals its parts nobody can tell whether it was typed
            computed = (
                f"IFERROR(OR({computed},ROUND({atom.ref}-({self.joined(atom.parts)}),6)=0),FALSE)"
            )
        return f"IF({computed},{self.slack([(sign, a) for sign, a in atom.parts])},{half:g})"

    def _half(self, atom: Operand) -> float:
        """Half a step of the last declared decimal, in the sheet's own unit; 0 for numbers that
        are exact."""
        if atom.derived:
            return 0.0
        places = (self._unit(atom) or ("", 0))[1]
        return 0.5 * 10.0**-places if places else 0.0

    def _unit(self, atom: Operand) -> tuple[str, int] | None:
        """The unit of an atom as its edition names it, and its decimals; None where it has none."""
        field = self.field(atom)
        if field is None or not field.numeric:
            return None
        if field.own_unit:
            # the record's choice: exact, and its condition must know what it compares with
            return None
        name = field.unit or (
            self.edition.sheet(atom.sheet).unit if field.kind is FieldKind.MONEY else ""
        )
        choices = (
            choices_of(self.edition, self.edition.sheet(atom.sheet), name[1:])
            if name.startswith("=")
            else [name]
        )
        places = {self.edition.units[c].places for c in choices if c in self.edition.units}
        if len(places) > 1:
            raise Refused(messages.UNIT_PLACES_DIFFER.format(name=name[1:]))
        return (name, places.pop()) if places else None

    def field(self, atom: Operand) -> Field | None:
        """What the edition says of the cell or column behind an atom."""
        if isinstance(atom, Cell) and atom.slot is not None:
            return atom.slot.field
        letter = (
            atom.column if isinstance(atom, Span) else "".join(filter(str.isalpha, atom.address))
        )
        plan = self.layout.sheets[atom.sheet]
        return next((c.column for c in plan.columns if c.letter == letter), None)

    def one_unit(self, atoms: list[Operand], called: Collection[str] = ()) -> None:
        """Refuses a check over several units, those of numbers written in it, 万元(5), among them."""
        units = {u[0] for a in atoms if (u := self._unit(a))} | {
            name for name in called if name in self.edition.units
        }
        if len(units) > 1:
            raise Refused(messages.UNITS_IN_CHECK.format(units="、".join(sorted(units))))

    def text(self, atoms: list[Operand]) -> str:
        """Whether a cell behind the atoms holds anything but a number."""
        within = [a for a in atoms if isinstance(a, Span) and a.key]
        tests = [
            f"SUMPRODUCT({a.picks}--ISTEXT({a.range}))>0"
            for a in dict.fromkeys(within)
            if not a.derived and self._numeric(a)
        ]
        refs = joined_ranges(self._leaf_refs([a for a in atoms if a not in within], set()))
        tests += [f"COUNTA({refs})>COUNT({refs})"] if refs else []
        return f"OR({','.join(tests)})" if len(tests) > 1 else (tests or ["FALSE"])[0]

    def _leaf_refs(self, atoms: list[Operand], seen: set[Operand]) -> list[str]:
        refs: list[str] = []
        for atom in atoms:
            if atom in seen or atom.derived or (isinstance(atom, Cell) and not self._numeric(atom)):
                continue
            seen.add(atom)
            if isinstance(atom, Span):
                refs += [atom.range, *(ref for _, ref in atom.part_ranges)]
            else:
                refs += [atom.ref, *self._leaf_refs([a for _, a in atom.parts], seen)]
        return refs

    def _is_prior(self, atom: Operand) -> bool:
        letter = (
            atom.column if isinstance(atom, Span) else "".join(filter(str.isalpha, atom.address))
        )
        return any(c.prior and c.letter == letter for c in self.layout.sheets[atom.sheet].columns)

    def _numeric(self, atom: Operand) -> bool:
        field = self.field(atom)
        return field is not None and (field.numeric or field.kind is FieldKind.DATE)

    def unfilled(self, atoms: list[Operand]) -> str:
        """Whether a table behind the atoms is empty without leave, or a cell of a form is blank."""
        tests = []
        for name in dict.fromkeys(a.sheet for a in atoms):
            sheet = self.edition.sheet(name)
            if sheet.received and not sheet.empty:
                priors = {self._is_prior(a) for a in atoms if a.sheet == name}
                tests += [empty_flag(self.edition, name, prior) for prior in sorted(priors)]
        for atom in self._inputs(atoms):
            if atom.derived:
                picks = atom.picks if isinstance(atom, Span) else ""
                tests.append(
                    f'SUMPRODUCT({picks}--({atom.range}=""))>0'
                    if isinstance(atom, Span)
                    else f'{atom.ref}=""'
                )
            elif isinstance(atom, Cell) and not atom.blank_is_zero:
                tests.append(f"ISBLANK({atom.ref})")
            elif (
                isinstance(atom, Span)
                and not self.edition.sheet(atom.sheet).received
                and atom.sheet in self.layout.tables
            ):
                tests += self._blanks(atom)
        return f"OR({','.join(dict.fromkeys(tests))})" if tests else "FALSE"

    def _blanks(self, atom: Span) -> list[str]:
        """Whether a record that somebody began has a blank cell in a column where blank is no
        number."""
        field = self.field(atom)
        if field is not None and field.blank == 0:
            return []
        if atom.parts:
            return [
                test
                for _, letter in atom.parts
                for test in self._blanks(replace(atom, column=letter, parts=()))
            ]
        cells = replace(atom, last=atom.last - 1)
        begun = Span(
            atom.sheet, self.layout.sheets[atom.sheet].columns[0].letter, cells.first, cells.last
        )
        return [
            f"SUMPRODUCT({cells.picks}--NOT(ISBLANK({begun.range})),--ISBLANK({cells.range}))>0"
        ]

    def _inputs(self, atoms: Sequence[Operand]) -> Iterator[Operand]:
        """The atoms, in place of a form's total the cells that it adds up: nobody types that
        total."""
        for atom in atoms:
            if isinstance(atom, Cell) and atom.parts and not atom.blank_is_zero:
                yield from self._inputs([part for _, part in atom.parts])
            else:
                yield atom


def empty_flag(edition: Edition, sheet: str, prior: bool) -> str:
    """The cell of the index that says whether this year's (last year's) side of a table is empty."""
    row = next(i for i, s in enumerate(edition.sheets) if s.name == sheet)
    return f"{quoted(words.INDEX)}!${'G' if prior else 'F'}${INDEX_FIRST + row}"
