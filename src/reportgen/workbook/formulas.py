"""Checks and totals as Excel formulas: the second life of every rule.

The meaning is that of `checks`: text in a cell, then a missing cell, then the comparison with the room that rounding
leaves. A total that equals the sum of its own parts has their room, any other half a step; no formula of Excel 2010
or later is needed to tell them apart. Decimals are rounded before they are compared, so floats do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes
from openpyxl.utils import get_column_letter

from reportgen import messages, totals, words
from reportgen.checks import Rule, parts
from reportgen.edition import Edition
from reportgen.expressions import Refused
from reportgen.workbook.layout import Layout, Plan, Slot

LIMIT = 8000  # Excel takes 8,192 characters
_SIGNS = {"eq": "=0", "ne": "<>0", "lt": "<0", "lteq": "<=0", "gt": ">0", "gteq": ">=0"}


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of a column of records. `under` narrows it to the detail rows whose code begins with that cell's."""

    sheet: str
    column: str
    first: int
    last: int
    codes: str = ""  # letter of the code column, for a table with levels
    detail: int = 0  # length of the detail codes
    under: str = ""

    @property
    def range(self) -> str:
        """'收支'!$C$6:$C$40."""
        return f"{quoted(self.sheet)}!${self.column}${self.first}:${self.column}${self.last}"

    @property
    def picks(self) -> str:
        """The conditions of SUMPRODUCT that keep the detail rows, empty where every row is one."""
        if not self.codes:
            return ""
        codes = f"{quoted(self.sheet)}!${self.codes}${self.first}:${self.codes}${self.last}"
        under = f'--(LEFT({codes},LEN({self.under}))={self.under}&""),' if self.under else ""
        return f"--(LEN({codes})={self.detail}),{under}"

    @property
    def sum(self) -> str:
        """Its sum."""
        return f"SUMPRODUCT({self.picks}{self.range})" if self.codes else f"SUM({self.range})"

    @property
    def filled(self) -> str:
        """How many of its cells hold a number."""
        return f"SUMPRODUCT({self.picks}--ISNUMBER({self.range}))" if self.codes else f"COUNT({self.range})"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `slot` is known for a fixed one (it may be a total), None for a cell of a record."""

    sheet: str
    address: str
    slot: Slot | None = None
    blank_is_zero: bool = True

    @property
    def ref(self) -> str:
        """'收支'!C37."""
        return f"{quoted(self.sheet)}!{self.address}"


Atom = Cell | Span


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


@dataclass(frozen=True)
class Formulas:
    """Translates the rules of an edition to formulas over its layout."""

    edition: Edition
    layout: Layout

    def total(self, slot: Slot) -> str:
        """What a total's cell computes until something is typed over it."""
        return self._joined(self._parts(slot))

    def across(self, plan: Plan, name: str, row: int) -> str:
        """What the total in column `name` of a record computes."""
        assert plan.open is not None
        pairs = totals.of_records(plan.open)[name]
        return self._joined([(sign, self._record_cell(plan, part, row)) for sign, part in pairs])

    def verdict(self, rule: Rule, row: int = 0) -> tuple[str, str, str, str]:
        """(left, right, room for rounding, state) of a rule as formulas without `=`; `row` is the record's."""
        condition, comparison = parts(rule.tree)
        env = _Env(self, rule, row)
        left, right = env.value(comparison.expr), env.value(comparison.ops[0].expr)
        atoms = env.atoms(comparison.expr) + env.atoms(comparison.ops[0].expr)
        self._one_unit(rule, atoms)
        slack = self._slack(env.linear(comparison)) if comparison.ops[0].op in ("eq", "lteq", "gteq") else "0"
        state = f'IF({self._text(atoms)},"{words.TEXT_NUMBER}",IF({self._unfilled(atoms)},"{words.UNFILLED}",""))'
        if condition is not None:
            state = f'IF({env.condition(condition)},{state},"{words.MET}")'
        for formula in (left, right, slack, state):
            if len(formula) > LIMIT:
                raise Refused(messages.FORMULA_TOO_LONG.format(length=len(formula), limit=LIMIT))
        return left, right, slack, state

    def conclusion(self, rule: Rule, left: str, right: str, slack: str, state: str) -> str:
        """The verdict of a rule, given references to (or formulas of) its four parts."""
        op = parts(rule.tree)[1].ops[0].op
        good, bad = (words.BALANCED, words.OFF) if op == "eq" else (words.MET, words.NOT_MET)
        gap = f"ROUND(({left})-({right}),6)"
        room = f'IF(ABS({gap})<=({slack})+1E-9,"{words.ROUNDING} ","{bad} ")&FIXED(ABS({gap}),2,TRUE)'
        return f'IF({state}<>"",{state},IFERROR(IF({gap}{_SIGNS[op]},"{good}",{room}),"{words.NOT_COMPUTABLE}"))'

    def empty(self, plan: Plan, prior: bool) -> str:
        """Whether this year's (last year's) numbers of a table are all blank: no input, and no total but 0."""
        inputs, sums = self._regions(plan, prior)
        zero = "".join(f",IFERROR(SUMPRODUCT(--({ref}<>0),--ISNUMBER({ref}))=0,FALSE)" for ref in sums)
        return f"AND(COUNT({joined_ranges(inputs)})=0{zero})" if inputs else "FALSE"

    def anything(self, plan: Plan) -> str:
        """How many input cells of a sheet are filled."""
        if plan.open:
            letters = [c.letter for c in plan.columns if not c.column.formula]
            refs = [Span(plan.sheet.name, letter, plan.guard, plan.foot - 1).range for letter in letters]
        else:
            refs = [Cell(s.sheet, s.cell).ref for s in plan.slots.values() if not s.sums]
        return f"COUNTA({joined_ranges(refs)})"

    def filled(self, plan: Plan) -> tuple[int, str]:
        """(how many cells of a form must be filled, how many of those are)."""
        refs = [Cell(s.sheet, s.cell).ref for s in plan.slots.values() if s.field.required]
        return len(refs), f"COUNTA({joined_ranges(refs)})" if refs else "0"

    def _regions(self, plan: Plan, prior: bool) -> tuple[list[str], list[str]]:
        """The references of a sheet's numbers, inputs and totals apart."""
        inputs: list[str] = []
        sums: list[str] = []
        if plan.open:
            for c in plan.columns:
                if c.column.numeric and c.prior == prior:
                    ref = Span(plan.sheet.name, c.letter, plan.guard, plan.foot).range
                    (sums if c.column.formula and not prior else inputs).append(ref)
        for slot in plan.slots.values():
            if slot.field.numeric and slot.name.endswith(f".{words.PRIOR}") == prior:
                (sums if slot.sums or plan.open else inputs).append(Cell(slot.sheet, slot.cell).ref)
        return inputs, sums

    # -- pieces ---------------------------------------------------------------------------------------------------

    def _parts(self, slot: Slot) -> list[tuple[int, Atom]]:
        plan = self.layout.plans[slot.sheet]
        if plan.open:
            name = slot.name.split(".", 2)[2]
            return [(1, self.span(plan, name))]
        return [(sign, self.cell(self.layout.slots[name])) for sign, name in slot.sums[0]]

    def cell(self, slot: Slot) -> Cell:
        """The cell of a fixed slot."""
        return Cell(slot.sheet, slot.cell, slot, slot.received)

    def span(self, plan: Plan, name: str, under: str = "") -> Span:
        """The cells of a column of records."""
        column = plan.by_name(name)
        block = plan.open
        if column is None or block is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
        codes, detail = "", 0
        if block.tree:
            codes, detail = plan.columns[0].letter, block.tree[-1]
        return Span(plan.sheet.name, column.letter, plan.guard, plan.foot, codes, detail, under)

    def _record_cell(self, plan: Plan, name: str, row: int) -> Cell:
        column = plan.by_name(name)
        if column is None:
            raise Refused(messages.NOT_LIVE.format(what=f"{plan.sheet.name}.{name}"))
        return Cell(plan.sheet.name, f"{column.letter}{row}", None, plan.sheet.received)

    def _is_total(self, atom: Atom) -> bool:
        if not isinstance(atom, Cell) or atom.slot is None:
            return False
        return bool(atom.slot.sums) or self.layout.plans[atom.sheet].open is not None

    def value(self, atom: Atom) -> str:
        """The number of a cell or the sum of a span; a cleared total counts as its parts."""
        if isinstance(atom, Span):
            return atom.sum
        if self._is_total(atom):
            assert atom.slot is not None
            return f"IF(ISBLANK({atom.ref}),{self.total(atom.slot)},{atom.ref})"
        return atom.ref

    def _joined(self, parts: list[tuple[int, Atom]]) -> str:
        if len(parts) > 2 and all(sign > 0 and isinstance(a, Cell) and not self._is_total(a) for sign, a in parts):
            return f"SUM({joined_ranges([a.ref for _, a in parts if isinstance(a, Cell)])})"
        text = "".join(("+" if sign > 0 else "-") + self.value(a) for sign, a in parts)
        return text.removeprefix("+")

    def _slack(self, terms: list[tuple[float, Atom]]) -> str:
        """Σ |coefficient| × half a step, over the cells that hold a number; a cell on both sides cancels."""
        merged: dict[Atom, float] = {}
        for k, atom in terms:
            merged[atom] = merged.get(atom, 0) + k
        texts = []
        plain: dict[float, list[str]] = {}
        for atom, k in merged.items():
            if k and isinstance(atom, Cell) and not self._is_total(atom):
                plain.setdefault(abs(k) * self._half(atom), []).append(atom.ref)
            elif k:
                texts.append(f"{abs(k):g}*({self._room(atom)})")
        texts += [f"{half:g}*COUNT({joined_ranges(refs)})" for half, refs in plain.items() if half]
        return "+".join(texts) or "0"

    def _room(self, atom: Atom) -> str:
        half = self._half(atom)
        if isinstance(atom, Span):
            return f"{half:g}*{atom.filled}"
        assert atom.slot is not None
        own = self._parts(atom.slot)
        equal = f"OR(ISBLANK({atom.ref}),ROUND({atom.ref}-({self._joined(own)}),6)=0)"
        return f"IF(IFERROR({equal},FALSE),{self._slack([(s, a) for s, a in own])},{half:g})"

    def _half(self, atom: Atom) -> float:
        """Half a step of the last declared decimal, in the sheet's own unit; 0 for numbers that are exact."""
        unit = self._unit(atom)
        return 0.5 * 10.0 ** -unit[1] if unit else 0.0

    def _unit(self, atom: Atom) -> tuple[str, int] | None:
        sheet = self.edition.sheet(atom.sheet)
        field = self._field(atom)
        if field is None or field.kind != "money":
            return None
        name = field.unit or sheet.unit
        if name.startswith("="):
            target = self.layout.slots.get(name[1:])
            choices = target.field.choices if target else []
            places = {self.edition.units[c].places for c in choices if c in self.edition.units}
            if len(places) != 1:
                raise Refused(messages.UNIT_PLACES_DIFFER.format(name=name[1:]))
            return name, places.pop()
        return name, self.edition.units[name].places

    def _field(self, atom: Atom):  # type: ignore[no-untyped-def]
        if isinstance(atom, Cell) and atom.slot is not None:
            return atom.slot.field
        letter = atom.column if isinstance(atom, Span) else "".join(filter(str.isalpha, atom.address))
        plan = self.layout.plans[atom.sheet]
        return next((c.column for c in plan.columns if c.letter == letter), None)

    def _one_unit(self, rule: Rule, atoms: list[Atom]) -> None:
        units = {u[0] for a in atoms if (u := self._unit(a))}
        if len(units) > 1:
            raise Refused(messages.UNITS_IN_CHECK.format(units="、".join(sorted(units))))

    def _text(self, atoms: list[Atom]) -> str:
        refs = joined_ranges(self._leaf_refs(atoms, set()))
        return f"COUNTA({refs})>COUNT({refs})" if refs else "FALSE"

    def _leaf_refs(self, atoms: list[Atom], seen: set[Atom]) -> list[str]:
        refs: list[str] = []
        for atom in atoms:
            if atom in seen or (isinstance(atom, Cell) and not self._numeric(atom)):
                continue
            seen.add(atom)
            refs.append(atom.range if isinstance(atom, Span) else atom.ref)
            if self._is_total(atom):
                assert isinstance(atom, Cell) and atom.slot is not None
                refs += self._leaf_refs([a for _, a in self._parts(atom.slot)], seen)
        return refs

    def _is_prior(self, atom: Atom) -> bool:
        letter = atom.column if isinstance(atom, Span) else "".join(filter(str.isalpha, atom.address))
        return any(c.prior and c.letter == letter for c in self.layout.plans[atom.sheet].columns)

    def _numeric(self, atom: Atom) -> bool:
        field = self._field(atom)
        return field is not None and bool(field.numeric)

    def _unfilled(self, atoms: list[Atom]) -> str:
        """Whether a table behind the atoms is empty without leave, or a cell of a form is blank."""
        tests = []
        for name in dict.fromkeys(a.sheet for a in atoms):
            sheet = self.edition.sheet(name)
            if sheet.received and not sheet.empty:
                priors = {self._is_prior(a) for a in atoms if a.sheet == name}
                tests += [empty_flag(self.edition, name, prior) for prior in sorted(priors)]
        for atom in atoms:
            if isinstance(atom, Cell) and not atom.blank_is_zero and not self._is_total(atom):
                tests.append(f"ISBLANK({atom.ref})")
        return f"OR({','.join(dict.fromkeys(tests))})" if tests else "FALSE"


@dataclass(frozen=True)
class _Env:
    """One rule being translated: names resolve to cells, those of the loop variable to the record's row."""

    formulas: Formulas
    rule: Rule
    row: int

    def resolve(self, node: nodes.Node) -> Atom | None:
        path: list[str] = []
        while isinstance(node, nodes.Getattr):
            path.insert(0, node.attr)
            node = node.node
        if not isinstance(node, nodes.Name):
            return None
        layout = self.formulas.layout
        if self.rule.loop and node.name == self.rule.loop[0]:
            plan = layout.plans[self.rule.loop[1].split(".")[0]]
            return self._row_cell(plan, ".".join(path))
        dotted = ".".join([node.name, *path])
        if dotted in layout.slots:
            return self.formulas.cell(layout.slots[dotted])
        if node.name in layout.plans and layout.plans[node.name].open:
            return self.formulas.span(layout.plans[node.name], ".".join(path))
        raise Refused(messages.NOT_LIVE.format(what=dotted))

    def _row_cell(self, plan: Plan, name: str) -> Cell:
        slot = plan.slots.get(f"{plan.sheet.name}.{words.TOTALS}.{name}")
        if slot is not None and self.row == plan.total_row:
            return self.formulas.cell(slot)
        return self.formulas._record_cell(plan, name, self.row)

    def value(self, node: nodes.Node) -> str:
        match node:
            case nodes.Const(value=bool() | str()):
                raise Refused(messages.NOT_LIVE.format(what=str(node.value)))
            case nodes.Const(value=value):
                return f"{value}"
            case nodes.Name() | nodes.Getattr():
                atom = self.resolve(node)
                assert atom is not None
                return self.formulas.value(atom)
            case nodes.Neg(node=inner):
                return f"-({self.value(inner)})"
            case nodes.Add() | nodes.Sub():
                sign = "+" if isinstance(node, nodes.Add) else "-"
                return f"({self.value(node.left)}){sign}({self.value(node.right)})"
            case nodes.Mul() | nodes.Div():
                sign = "*" if isinstance(node, nodes.Mul) else "/"
                return f"({self.value(node.left)}){sign}({self.value(node.right)})"
            case nodes.Call(node=nodes.Name(name=name), args=args):
                return self._call(name, args)
            case nodes.CondExpr(test=test, expr1=then, expr2=other) if other is not None:
                return f"IF({self.condition(test)},{self.value(then)},{self.value(other)})"
        raise Refused(messages.NOT_LIVE.format(what=type(node).__name__))

    def _call(self, name: str, args: list[nodes.Expr]) -> str:
        if name == words.BELOW:
            return self._below(args).sum
        if name == words.COUNT and isinstance(args[1], nodes.Const):
            span = self.resolve(args[0])
            assert isinstance(span, Span)
            return f'COUNTIF({span.range},"{args[1].value}")'
        if name == words.ROUND:
            return f"ROUND(ROUND({self.value(args[0])},9),{self.value(args[1])})"
        if name == words.SUM:
            atoms = [(1, a) if (a := self.resolve(arg)) else None for arg in args if not isinstance(arg, nodes.Neg)]
            if len(atoms) == len(args) and all(atoms):
                return self.formulas._joined([a for a in atoms if a])
            return "+".join(f"({self.value(a)})" for a in args)
        if name in (words.MIN, words.MAX, words.ABS):
            return f"{name.upper()}({','.join(self.value(a) for a in args)})"
        raise Refused(messages.NOT_LIVE.format(what=name))

    def _below(self, args: list[nodes.Expr]) -> Span:
        span, code = self.resolve(args[0]), self.resolve(args[1])
        assert isinstance(span, Span) and isinstance(code, Cell)
        return self.formulas.span(self.formulas.layout.plans[span.sheet], self._column_name(args[0]), under=f"${code.address}")

    def _column_name(self, node: nodes.Expr) -> str:
        path: list[str] = []
        inner: nodes.Node = node
        while isinstance(inner, nodes.Getattr):
            path.insert(0, inner.attr)
            inner = inner.node
        return ".".join(path)

    def condition(self, node: nodes.Node) -> str:
        """A condition as a formula: comparisons of numbers, of a text with a literal, joined by and, or, not."""
        match node:
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=nodes.Const(value=str() as text))]):
                atom = self.resolve(left)
                assert isinstance(atom, Cell)
                return f'{"" if op == "eq" else "NOT"}(EXACT({atom.ref},"{text}"))'
            case nodes.Compare(expr=nodes.Getattr(attr=words.LEVEL), ops=[nodes.Operand(op="gt", expr=nodes.Const(value=0))]):
                return f"{self.row}<>{self._total_row()}"
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
                return f"ROUND(({self.value(left)})-({self.value(right)}),6){_SIGNS[op]}"
            case nodes.And(left=left, right=right):
                return f"AND({self.condition(left)},{self.condition(right)})"
            case nodes.Or(left=left, right=right):
                return f"OR({self.condition(left)},{self.condition(right)})"
            case nodes.Not(node=inner):
                return f"NOT({self.condition(inner)})"
        raise Refused(messages.NOT_LIVE.format(what=type(node).__name__))

    def _total_row(self) -> int:
        assert self.rule.loop is not None
        return self.formulas.layout.plans[self.rule.loop[1].split(".")[0]].total_row or 0

    def atoms(self, node: nodes.Node) -> list[Atom]:
        """The cells and spans that a formula reads."""
        match node:
            case nodes.Name() | nodes.Getattr():
                atom = self.resolve(node)
                return [atom] if atom else []
            case nodes.Call(node=nodes.Name(name=words.BELOW), args=args):
                return [self._below(args)]
            case nodes.Call(node=nodes.Name(name=words.COUNT)):
                return []
            case nodes.Call(args=args):
                return [atom for arg in args for atom in self.atoms(arg)]
            case nodes.CondExpr(expr1=then, expr2=other) if other is not None:
                return self.atoms(then) + self.atoms(other)
            case nodes.BinExpr(left=left, right=right):
                return self.atoms(left) + self.atoms(right)
            case nodes.Neg(node=inner):
                return self.atoms(inner)
        return []

    def linear(self, comparison: nodes.Compare) -> list[tuple[float, Atom]]:
        """Left minus right as coefficients of cells and spans; what is not linear must stand under round()."""
        return self._terms(comparison.expr, 1.0) + self._terms(comparison.ops[0].expr, -1.0)

    def _terms(self, node: nodes.Node, k: float) -> list[tuple[float, Atom]]:
        match node:
            case nodes.Name() | nodes.Getattr():
                atom = self.resolve(node)
                return [(k, atom)] if atom else []
            case nodes.Neg(node=inner):
                return self._terms(inner, -k)
            case nodes.Add(left=left, right=right):
                return self._terms(left, k) + self._terms(right, k)
            case nodes.Sub(left=left, right=right):
                return self._terms(left, k) + self._terms(right, -k)
            case nodes.Mul(left=nodes.Const(value=factor), right=inner) | nodes.Mul(left=inner, right=nodes.Const(value=factor)):
                return self._terms(inner, k * float(factor))
            case nodes.Div(left=inner, right=nodes.Const(value=factor)):
                return self._terms(inner, k / float(factor))
            case nodes.Call(node=nodes.Name(name=words.BELOW), args=args):
                return [(k, self._below(args))]
            case nodes.Call(node=nodes.Name(name=words.SUM), args=args):
                return [term for arg in args for term in self._terms(arg, k)]
            case nodes.Const() | nodes.Call(node=nodes.Name(name=words.ROUND | words.COUNT)):
                return []
        raise Refused(messages.NOT_LINEAR)


def empty_flag(edition: Edition, sheet: str, prior: bool) -> str:
    """The cell of the index that says whether this year's (last year's) side of a table is empty."""
    row = next(i for i, s in enumerate(edition.sheets) if s.name == sheet)
    return f"{quoted(words.INDEX)}!${'G' if prior else 'F'}${INDEX_FIRST + row}"


INDEX_FIRST = 5


def joined_ranges(refs: list[str]) -> str:
    """References as arguments, neighbours in a column joined to ranges: C5,C6,C7 → C5:C7."""
    runs: list[tuple[str, str, int, int]] = []  # sheet, column, first row, last row
    whole: list[str] = []
    for ref in dict.fromkeys(refs):
        sheet, _, address = ref.rpartition("!")
        if ":" in address:
            whole.append(ref)
            continue
        column, row = "".join(filter(str.isalpha, address)), int("".join(filter(str.isdigit, address)))
        if runs and runs[-1][:2] == (sheet, column) and runs[-1][3] == row - 1:
            runs[-1] = (sheet, column, runs[-1][2], row)
        else:
            runs.append((sheet, column, row, row))
    cells = [f"{s}!{c}{a}" if a == b else f"{s}!{c}{a}:{c}{b}" for s, c, a, b in runs]
    return ",".join([*cells, *whole])


def column_letter(index: int) -> str:
    """A, B, …"""
    return get_column_letter(index)
