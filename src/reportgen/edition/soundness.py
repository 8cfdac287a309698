"""What is wrong with an edition's names and numbers: every fault by file and key, without running
anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from reportgen import messages
from reportgen.edition.fields import Column, Field, Row
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.language import expressions, words


def of_sheet(sheet: Sheet) -> list[str]:
    """The faults of one sheet by itself."""
    faults = []
    names: list[str] = []
    for part in _parts(sheet):
        if not part.columns:
            faults.append(f"columns：{messages.KEY_MISSING}")
            continue
        names += [f.name for f in _named(part) if f.name]
        if part.tree and part.key.kind is not FieldKind.CODE:
            faults.append(messages.TREE_WITHOUT_CODE.format(name=part.key.label))
        if isinstance(part, Block):
            if not part.across and not any(c.kind is FieldKind.LABEL for c in part.fields):
                faults.append(messages.LABEL_COLUMN_MISSING)
        elif part.key.numeric:
            faults.append(messages.KEY_IS_A_NUMBER.format(name=part.key.label))
        for field in _every_field(part):
            faults += _faults_of_field(field)
        faults += _faults_of_tree(part)
    if isinstance(sheet, Form):
        names += [block.name for block in sheet.block if block.name]
    faults += [
        messages.NAME_TWICE.format(name=n) for n in sorted({n for n in names if names.count(n) > 1})
    ]
    faults += [messages.NOT_AN_IDENTIFIER.format(name=n) for n in names if not n.isidentifier()]
    for part in _parts(sheet):
        columns = [c.name for c in part.values]
        for field in _every_field(part):
            if field.formula:
                faults += _faults_of_formula(field, columns if isinstance(field, Column) else names)
    return faults


def _parts(sheet: Sheet) -> Sequence[Block | Table]:
    """What has columns of its own: the blocks of a form, a table itself."""
    if isinstance(sheet, Table):
        return [sheet]
    return sheet.blocks if isinstance(sheet, Form) else []


def _lines(part: Block | Table) -> list[Row]:
    return part.lines if isinstance(part, Block) else []


def _every_field(part: Block | Table) -> list[Field]:
    return [*part.fields, *_lines(part)]


def _named(part: Block | Table) -> Sequence[Field]:
    """The fields whose names stand for themselves in the sheet: rows of a block, columns of a
    table."""
    return part.lines if isinstance(part, Block) else part.fields


def _faults_of_tree(part: Block | Table) -> list[str]:
    """Levels that do not fit the codes, budgets that are no neighbours."""
    faults = _faults_of_levels(part) if isinstance(part, Table) else _faults_of_lines(part)
    columns, rows = {c.name for c in part.values}, {r.name for r in _lines(part)}
    fields = [*((c, columns) for c in part.fields), *((r, rows) for r in _lines(part))]
    for field, known in fields:
        if field.budget and field.budget not in known:
            fault = _unknown(field.budget, known)
            faults.append(f"{field.label}.budget：{fault}")
    return faults


def _faults_of_levels(table: Table) -> list[str]:
    faults = []
    if table.levels and len(table.levels) != len(table.tree):
        faults.append(
            messages.LEVELS_DIFFER.format(levels="、".join(table.levels), tree=table.tree)
        )
    own = [c.name for c in table.fields] + [words.LEVEL]
    faults += [
        messages.NAME_TWICE.format(name=n)
        for n in table.levels
        if n in own or table.levels.count(n) > 1
    ]
    return faults


def _faults_of_lines(block: Block) -> list[str]:
    faults = [
        messages.ROW_CODE.format(code=row.code, tree=block.tree)
        for row in block.lines
        if block.tree and row.code and len(row.code) not in block.tree
    ]
    codes = [row.code for row in block.lines if row.code]
    faults += [
        messages.CODE_TWICE.format(code=c) for c in sorted({c for c in codes if codes.count(c) > 1})
    ]
    if block.across and any(c.prior or c.outside for c in block.fields):
        faults.append(messages.ACROSS_BESIDE)
    if block.across and any(r.gap for r in block.lines):
        faults.append(messages.ACROSS_GAP)
    return faults


def _faults_of_field(field: Field) -> list[str]:
    if field.kind is FieldKind.CHOICE and not field.choices:
        return [messages.CHOICE_WITHOUT_CHOICES.format(name=field.label)]
    return []


def _faults_of_formula(field: Field, names: list[str]) -> list[str]:
    try:
        wanted = [name for _, name in expressions.terms(field.formula)]
    except expressions.Refused as refused:
        return [f"{field.label}.formula：{refused}"]
    return [
        f"{field.label}.formula："
        + messages.UNKNOWN_NAME.format(
            kind=messages.KIND_NAME, name=n, hint=expressions.nearest(n, names)
        )
        for n in wanted
        if n not in names
    ]


def across(edition: Edition) -> list[str]:
    """The faults between sheets, roles, documents and the rules of scoring."""
    faults = []
    taken = {words.GUIDE, words.INDEX, words.AUDIT, words.LISTS}  # sheets that the program adds
    for name, where in [(s.name, s.file) for s in edition.sheets] + [
        (d.name, f"edition.toml：derived.{d.name}") for d in edition.derived
    ]:
        if name in taken:
            faults.append(f"{where}：{messages.NAME_TWICE.format(name=name)}")
        if not name.isidentifier():
            faults.append(f"{where}：{messages.NOT_AN_IDENTIFIER.format(name=name)}")
        taken.add(name)
    ids = [c.id for c in edition.checks]
    faults += [
        f"checks.toml：{messages.NAME_TWICE.format(name=n)}"
        for n in sorted({n for n in ids if ids.count(n) > 1})
    ]
    forms = {
        f"{s.name}.{r.name}": r
        for s in edition.forms
        for b in s.blocks
        for r in b.lines
        if not r.gap
    }
    for key, name in (("body", edition.roles.body), ("year", edition.roles.year)):
        if name not in forms:
            fault = messages.UNKNOWN_NAME.format(
                kind=messages.KIND_NAME, name=name, hint=expressions.nearest(name, forms)
            )
            faults.append(f"edition.toml：roles.{key}：{fault}")
    for sheet in edition.sheets:
        faults += [f"{sheet.file}：{fault}" for fault in _faults_of_units(edition, sheet, forms)]
        faults += [f"{sheet.file}：{fault}" for fault in _faults_of_lists(edition, sheet, forms)]
        faults += [f"{sheet.file}：{fault}" for fault in _faults_of_nesting(edition, sheet)]
    tables = {t.name for t in edition.tables}
    for key, table in [
        ("roles.projects", edition.roles.projects),
        *(("document.for", d.each[1]) for d in edition.document),
    ]:
        if table and table not in tables:
            faults.append(f"edition.toml：{key}：{_unknown(table, tables)}")
    for document in edition.document:
        faults += [
            f"edition.toml：document.{fault}" for fault in _faults_of_when(document.when, forms)
        ]
        if document.loop and not (document.each[0].isidentifier() and document.each[1]):
            faults.append(f"edition.toml：document.for：{messages.FOR_SYNTAX}")
    return [*faults, *(f"edition.toml：scoring.{fault}" for fault in _faults_of_scoring(edition))]


def _unknown(name: str, known: Collection[str]) -> str:
    return messages.UNKNOWN_NAME.format(
        kind=messages.KIND_NAME, name=name, hint=expressions.nearest(name, known)
    )


def _faults_of_nesting(edition: Edition, sheet: Sheet) -> Iterator[str]:
    """References to no table, sums of what is not within the record, marks and names that are no
    columns."""
    tables = {t.name: t for t in edition.tables}
    inner = {t.name: t for t in edition.within(sheet.name)}
    for part in _parts(sheet):
        names = {c.name: c for c in part.fields}
        for column in part.fields:
            if column.kind is FieldKind.REF and column.of not in tables:
                yield f"{column.label}.of：{_unknown(column.of, tables)}"
            child, source = column.gathered
            summable = (
                [c.name for c in inner[child].values if c.numeric and not c.derived]
                if child in inner
                else []
            )
            if column.gathers and source not in summable:
                fault = messages.GATHERS_NOTHING.format(name=column.gathers)
                yield f"{column.label}.gathers：{fault}"
            if column.derived and (
                isinstance(part, Block) or sheet.received or column.prior or column.formula
            ):
                yield messages.MADE_ELSEWHERE.format(name=column.label)
            if column.formula and any(
                names[n].derived for _, n in expressions.terms(column.formula) if n in names
            ):
                yield f"{column.label}.formula：{messages.FORMULA_OF_MADE}"
    if isinstance(sheet, Table) and sheet.columns:
        yield from _faults_of_parent(sheet, tables)


def _faults_of_parent(table: Table, tables: Mapping[str, Table]) -> Iterator[str]:
    names = {c.name: c for c in table.fields}
    if table.by and (table.by not in names or not table.parent or names[table.by].derived):
        yield f"by：{messages.BY_NO_COLUMN.format(name=table.by)}"
    mark = names.get(table.withheld)
    if table.withheld and (mark is None or mark.kind is not FieldKind.MARK or table.parent):
        yield f"withheld：{messages.WITHHELD_NO_MARK.format(name=table.withheld)}"
    if table.parent and (table.parent in names or table.tree or table.parent == table.name):
        yield messages.NESTING_CLASH.format(name=table.parent)
    if table.parent in tables and tables[table.parent].parent:
        yield messages.NESTED_TWICE.format(name=table.parent)


def _faults_of_scoring(edition: Edition) -> Iterator[str]:
    rules = edition.scoring
    if rules is None:
        return
    if rules.unit not in edition.units:
        hint = expressions.nearest(rules.unit, edition.units)
        yield f"unit：{messages.UNIT_UNKNOWN.format(unit=rules.unit, hint=hint)}"
    if sum(rules.weights.values()) != 100:
        yield f"weights：{messages.WEIGHTS_NOT_100.format(sum=sum(rules.weights.values()))}"
    if rules.execution not in rules.weights:
        yield f"execution：{_unknown(rules.execution, rules.weights)}"
    if not rules.grades or not rules.bands:
        yield f"grades、bands：{messages.SCORING_EMPTY}"
    for name, levels in (
        ("grades", [g.least for g in rules.grades]),
        ("bands", [b.least for b in rules.bands]),
    ):
        if sorted(levels, reverse=True) != levels:
            yield f"{name}：{messages.NOT_BEST_FIRST}"


def _faults_of_lists(edition: Edition, sheet: Sheet, forms: dict[str, Row]) -> list[str]:
    """Code lists that are not there, conditions on choices that nobody can make."""
    faults = []
    if isinstance(sheet, Table) and sheet.codes in edition.codes:
        headings = list(next(iter(edition.codes[sheet.codes].values()), {}))
        if sheet.named and sheet.named.name not in headings:
            fault = messages.CODES_WITHOUT_NAME.format(list=sheet.codes, name=sheet.named.name)
            faults.append(f"codes：{fault}")
        clash = {words.LEVEL, *sheet.levels}.intersection(headings)
        faults += [f"codes：{messages.NAME_TWICE.format(name=n)}" for n in sorted(clash)]
    for name in (p.codes for p in _parts(sheet) if p.codes and p.codes not in edition.codes):
        hint = expressions.nearest(name, edition.codes)
        faults.append(
            f"codes：{messages.UNKNOWN_NAME.format(kind=messages.KIND_CODES, name=name, hint=hint)}"
        )
    return faults + _faults_of_when(sheet.when, forms)


def _faults_of_when(when: dict[str, list[str]], forms: dict[str, Row]) -> list[str]:
    return [
        f"when：{messages.WHEN_NOT_A_CHOICE.format(name=name)}"
        for name, choices in when.items()
        if name not in forms or not set(choices) <= set(forms[name].choices)
    ]


def _faults_of_units(edition: Edition, sheet: Sheet, forms: dict[str, Row]) -> list[str]:
    faults = []
    fields = [(f.label, f) for f in sheet.every_field]
    own = {c.name: c for c in sheet.fields} if isinstance(sheet, Table) else {}
    for key, unit in [("unit", sheet.unit), *((f"{label}.unit", f.unit) for label, f in fields)]:
        if unit.startswith("="):
            chooser = forms.get(unit[1:]) or own.get(unit[1:])
            if (
                chooser is None
                or not chooser.choices
                or not set(chooser.choices) <= edition.units.keys()
            ):
                faults.append(f"{key}：{messages.UNIT_NOT_CHOSEN.format(name=unit[1:])}")
            elif not chooser.required and unit[1:] in forms:
                faults.append(f"{key}：{messages.UNIT_OPTIONAL.format(name=unit[1:])}")
        elif unit and unit not in edition.units:
            hint = expressions.nearest(unit, edition.units)
            faults.append(f"{key}：{messages.UNIT_UNKNOWN.format(unit=unit, hint=hint)}")
    if isinstance(sheet, Table) and (sheet.total or sheet.tree):
        mixed = [c for c in sheet.values if c.own_unit and c.added]
        faults += [messages.TOTAL_OF_OWN_UNITS.format(name=c.label) for c in mixed]
    faults += [
        messages.MONEY_WITHOUT_UNIT.format(name=n)
        for n, f in fields
        if f.kind is FieldKind.MONEY and not (f.unit or sheet.unit)
    ]
    return faults
