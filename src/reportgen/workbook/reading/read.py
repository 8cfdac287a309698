"""A filled workbook → what it says and what is wrong with it. Content never raises: facts and
findings come together.

Headings and row labels are found by their text, not by their position; ranges of records end at
the foot row, or with the last filled row where somebody deleted it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils import get_column_letter

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Column, Field
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.edition.units import unit_of
from reportgen.facts.content import Content, FormContent, SheetContent, TableContent
from reportgen.facts.tables import names
from reportgen.findings import Finding, Place, Severity
from reportgen.language import words
from reportgen.language.expressions import nearest
from reportgen.language.numbers import RATIO, ZERO, Missing, Num, Unit
from reportgen.workbook.layout import FormLayout, Layout, PlannedColumn, TableLayout
from reportgen.workbook.reading import cells
from reportgen.workbook.reading.book import Book, Page
from reportgen.workbook.reading.headings import match, under

_HEADING_SEARCH = 40  # headings must stand in the first rows


@dataclass(slots=True)
class WorkbookRead:
    """What the workbook says, by sheet, and every fault of it."""

    content: Content = field(default_factory=Content)
    findings: list[Finding] = field(default_factory=list)


def read(book: Book, edition: Edition, layout: Layout) -> WorkbookRead:
    """Reads every sheet of the edition. Sheets whose choices others wait for (=表.项, when) are
    read before those."""
    result = WorkbookRead()
    chosen: dict[str, Any] = {}
    for sheet in _in_order(edition.sheets):
        plan = layout.sheets[sheet.name]
        reader = _FormReader if isinstance(plan, FormLayout) else _TableReader
        content = reader(book, edition, plan, chosen, result).content()
        if isinstance(content, FormContent):
            result.content.forms[sheet.name] = content
            chosen.update({name: v for name, v in content.cells.items() if isinstance(v, str)})
        else:
            result.content.tables[sheet.name] = content
    order = {s.name: i for i, s in enumerate(edition.sheets)}
    result.findings.sort(key=lambda f: order.get(f.place.sheet, -1))
    return result


def _in_order(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, each after those whose choices it waits for."""
    done: list[Sheet] = []
    rest = {sheet.name: sheet for sheet in sheets}
    while rest:
        ready = [s for s in rest.values() if not (_waits_for(s) - {s.name}) & rest.keys()] or [
            next(iter(rest.values()))
        ]
        done += ready
        rest = {name: sheet for name, sheet in rest.items() if sheet not in ready}
    return done


def _waits_for(sheet: Sheet) -> set[str]:
    """The sheets that choose its units and whether it is asked for at all, and those whose records
    it names."""
    fields = list(sheet.every_field)
    units = [sheet.unit, *(f.unit for f in fields)]
    named = {f.of for f in fields if isinstance(f, Column) and f.kind is FieldKind.REF}
    return {
        name.partition(".")[0]
        for name in (*(u[1:] for u in units if u.startswith("=")), *sheet.when)
    } | named


class _Reader:
    """Reads one sheet."""

    def __init__(
        self,
        book: Book,
        edition: Edition,
        plan: FormLayout | TableLayout,
        chosen: dict[str, Any],
        result: WorkbookRead,
    ) -> None:
        self.book, self.edition, self.plan, self.chosen = book, edition, plan, chosen
        self.findings, self.done = result.findings, result.content
        self.sheet = plan.sheet
        self.heading = 0
        self.asked = all(
            chosen.get(name) in (*choices, None) for name, choices in plan.sheet.when.items()
        )

    def content(self) -> SheetContent:
        page = self.book.page(self.sheet.name)
        if page is None and not self.asked:
            content = self._nothing()
            content.unread = False
            return content
        if page is None:
            hint = messages.SHEETS_PRESENT.format(names="、".join(self.book.names[:12]))
            self._tell("sheet-missing", Place(sheet=self.sheet.name), messages.SHEET_MISSING, hint)
        elif self._find_headings(page):
            return self._read(page)
        return self._nothing()

    # -- finding things

    def _find_headings(self, page: Page) -> bool:
        wanted = [(c, cells.normal(c.heading)) for c in self.plan.columns]
        best: dict[int, int] = {}
        for row in range(1, min(_HEADING_SEARCH, page.last_row) + 1):
            texts = dict(page.row(row))
            if (
                self.plan.grouped
            ):  # a heading without a group stands a row higher, its cell joined with the one below
                texts = dict(page.row(row - 1)) | texts
            found = match(wanted, sorted(texts.items()))
            if self.plan.grouped:  # each under its own group, unless somebody renamed that
                found = max(match(self._in_groups(wanted), under(page, row)), found, key=len)
            if len(found) > len(best):
                best, self.heading = found, row
        self.at = best
        missing = [c for i, (c, _) in enumerate(wanted) if i not in best]
        for column in missing:
            place = Place(
                sheet=self.sheet.name, cell=f"{column.letter}{self.heading or self.plan.first - 1}"
            )
            hint = messages.REMEDY_HEADING.format(heading=column.heading)
            self._tell(
                "heading-missing",
                place,
                messages.HEADING_MISSING.format(heading=column.heading),
                hint,
            )
        return not missing

    def _in_groups(
        self, wanted: list[tuple[PlannedColumn, str]]
    ) -> list[tuple[PlannedColumn, str]]:
        """The headings with their groups: 预算数 over 合计 is not 决算数 over 合计."""
        return [(c, cells.normal(c.group) + text) for c, text in wanted]

    def _column(self, planned: PlannedColumn) -> int:
        return self.at[self.plan.columns.index(planned)]

    def _read(self, page: Page) -> FormContent | TableContent:
        raise NotImplementedError

    def _nothing(self) -> FormContent | TableContent:
        """The facts of a sheet that could not be read: everything missing."""
        raise NotImplementedError

    def _continued(self, page: Page, row: int, code: PlannedColumn) -> str:
        """The rest of a code that goes on in the cells to its right, where no heading claims them:
        302 | 12."""
        rest, at = "", self._column(code) + 1
        while at not in self.at.values() and at <= page.last_column:
            piece = page.text(row, at)
            rest += piece.zfill(2) if piece.isdigit() and len(piece) < 3 else ""
            at += 1
        return rest

    def _cell(
        self, page: Page, row: int, column: int, spec: Field, label: str, total: bool
    ) -> cells.CellRead:
        """One cell as it stands. Our own totals are never believed in: a formula there is as good
        as a blank."""
        cell = page.cells.get((row, column))
        place = Place(sheet=self.sheet.name, cell=f"{get_column_letter(column)}{row}")
        if cell is None:
            return cells.CellRead(None, place)
        value: Any = cell.value
        if cell.data_type == "f":
            if total:
                return cells.CellRead(None, place)
            value = self.book.cached(self.sheet.name, row, column)
            if value is None:
                self._tell(
                    "formula-uncalculated",
                    place,
                    messages.FORMULA_UNCALCULATED.format(name=label),
                    messages.REMEDY_FORMULA,
                )
                return cells.CellRead(None, place, faulty=True)
        if total and not self.sheet.received:
            self._tell(
                "total-typed",
                place,
                messages.TOTAL_TYPED.format(name=label),
                messages.REMEDY_TOTAL_TYPED,
            )
            return cells.CellRead(None, place)
        read, fault = cells.parse(value, spec, label, place, "%" in str(cell.number_format))
        if fault is not None:
            self.findings.append(fault)
        return read

    def _emptiness(self, read: list[tuple[str, cells.CellRead, bool]]) -> dict[bool, bool]:
        """Whether this year's side (False) and last year's (True) of a received table are empty:
        no input holds a number and no total another number than 0. Told once where the edition
        does not allow it."""
        empty = {False: False, True: False}
        for prior in (False, True):
            side = [(r, total) for name, r, total in read if _prior(name) == prior]
            if not self.sheet.received or (not any(c.prior for c in self.plan.columns) and prior):
                continue
            empty[prior] = not any(r.number and (not total or r.value != 0) for r, total in side)
            already = (prior and empty[False]) or not self.asked
            if (
                empty[prior]
                and not already
                and not self.sheet.empty
                and not any(r.faulty for r, _ in side)
            ):
                self._tell_empty(prior)
        return empty

    def _tell_empty(self, prior: bool) -> None:
        first = next((c for c in self.plan.columns if c.prior == prior and c.column.numeric), None)
        cell = f"{get_column_letter(self._column(first))}{self.heading}" if prior and first else ""
        message = messages.PRIOR_EMPTY if prior else messages.TABLE_EMPTY
        remedy = messages.REMEDY_PRIOR_EMPTY if prior else messages.REMEDY_TABLE_EMPTY
        self._tell(
            "table-empty",
            Place(sheet=self.sheet.name, cell=cell),
            message.format(title=self.sheet.title),
            remedy,
        )

    def _value(
        self,
        spec: Field,
        read: cells.CellRead,
        name: str,
        empty: bool,
        total: bool,
        own: Mapping[str, str],
    ) -> Any:
        """The fact that a cell gives: blank is 0 in a received table, to be computed in a total,
        missing elsewhere."""
        if empty and not self.sheet.empty and spec.numeric:
            return Missing(name, read.place)
        unit = self._unit(spec, own)
        fact = cells.fact(read, spec, unit, name, total, self.sheet.received or spec.blank == 0)
        if spec.own_unit and isinstance(fact, Num):
            fact.half = ZERO
        if (
            spec.own_unit
            and read.number
            and spec.own_unit not in own
            and not self._field(spec.own_unit).required
        ):
            self._tell(
                "unit-missing",
                read.place,
                messages.UNIT_CELL_MISSING.format(label=spec.label),
                messages.REMEDY_UNIT_CELL,
            )
            return Missing(name, read.place)
        if isinstance(fact, Missing) and spec.required and not read.faulty and self.asked:
            self._tell(
                "required",
                read.place,
                messages.REQUIRED.format(label=spec.label),
                messages.REMEDY_REQUIRED,
            )
        return fact

    def _unit(self, spec: Field, own: Mapping[str, str]) -> Unit | None:
        """The unit of a field; one that the row itself chose is also the one it is printed in."""
        if not spec.own_unit:
            return unit_of(self.edition, self.sheet, spec, self.chosen)
        unit = unit_of(self.edition, self.sheet, spec, own)
        return replace(unit, printed=True) if unit else None

    def _field(self, name: str) -> Column:
        return next(c.column for c in self.plan.columns if c.name == name)

    def _tell(
        self, id: str, place: Place, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.findings.append(
            Finding(id=id, severity=severity, place=place, message=message, remedy=remedy)
        )


class _FormReader(_Reader):
    """Reads a form."""

    plan: FormLayout
    sheet: Form

    def _read(self, page: Page) -> FormContent:
        content = FormContent()
        values: dict[str, tuple[Field, cells.CellRead]] = {}
        for i, block in enumerate(self.sheet.blocks):
            rows = self._line_across(page, block) if block.across else self._label_rows(page, i)
            for row in block.lines:
                if row.gap:
                    continue
                for planned in self.plan.columns:
                    if (
                        planned.block != i
                        or block.captions(planned.column)
                        or planned.row not in (None, row)
                    ):
                        continue
                    name = totals.name(self.sheet, block, row, planned.column, planned.prior)
                    slot = block.slot(row, planned.column)
                    if row.name not in rows:
                        content.cells[name] = Missing(name, None)
                        continue
                    total = bool(self.plan.slots[name].sums)
                    several = len(block.values) > 1
                    label = row.label + (
                        f"·{planned.heading}" if several else messages.PRIOR_HEADING * planned.prior
                    )
                    values[name] = (
                        slot,
                        self._cell(page, rows[row.name], self._column(planned), slot, label, total),
                    )
        empty = self._emptiness(
            [(n, v, bool(self.plan.slots[n].sums)) for n, (_, v) in values.items()]
        )
        content.empty = empty[False]
        for name, (slot, read) in values.items():
            content.cells[name] = self._value(
                slot, read, name, empty[_prior(name)], bool(self.plan.slots[name].sums), {}
            )
        return content

    def _line_across(self, page: Page, block: Block) -> dict[str, int]:
        """The one row of a block laid across, past the numbers that official tables carry under
        their headings."""
        columns = [self._column(c) for c in self.plan.columns if c.row is not None]
        numbers = [page.text(self.heading + 1, c) for c in columns]
        numbered = numbers == [str(i) for i in range(1, len(columns) + 1)]
        numbered = numbered and any(
            page.text(self.heading + 2, c) for c in columns
        )  # else they are the line itself
        return dict.fromkeys([row.name for row in block.lines], self.heading + 1 + numbered)

    def _label_rows(self, page: Page, block: int) -> dict[str, int]:
        """Row of each line of a block, found by its code or else by its label; one that is not
        there is told."""
        label = next(
            c for c in self.plan.columns if c.block == block and c.column.kind is FieldKind.LABEL
        )
        coded = next(
            (c for c in self.plan.columns if c.block == block and c.column.kind is FieldKind.CODE),
            None,
        )
        column = self._column(label)
        texts: dict[str, int] = {}
        codes: dict[str, int] = {}
        for row in range(self.heading + 1, page.last_row + 1):
            texts.setdefault(page.text(row, column), row)
            if coded:
                codes.setdefault(
                    page.text(row, self._column(coded)) + self._continued(page, row, coded), row
                )
        coded_rows = any(line.code in codes for line in self.sheet.blocks[block].lines if line.code)
        found = {}
        for row, line in enumerate(self.sheet.blocks[block].lines, self.heading + 1):
            if line.gap:
                continue
            if line.code and line.code in codes:
                found[line.name] = codes[line.code]
            elif not (line.code and coded_rows) and cells.normal(line.label) in texts:
                found[line.name] = texts[cells.normal(line.label)]
            else:
                place = Place(sheet=self.sheet.name, cell=f"{get_column_letter(column)}{row}")
                here = (
                    messages.ROW_IS_OTHER.format(text=page.text(row, column))
                    if page.text(row, column)
                    else ""
                )
                self._tell(
                    "row-missing",
                    place,
                    messages.ROW_MISSING.format(label=line.label, here=here),
                    messages.REMEDY_ROW,
                )
        return found

    def _nothing(self) -> FormContent:
        content = FormContent(unread=True)
        for block, row, column, prior in totals.slots(self.sheet):
            name = totals.name(self.sheet, block, row, column, prior)
            content.cells[name] = Missing(name, None)
        return content


class _TableReader(_Reader):
    """Reads a table."""

    plan: TableLayout
    sheet: Table

    def _read(self, page: Page) -> TableContent:
        block = self.sheet
        content = TableContent()
        for planned in self.plan.columns:
            content.units[planned.column.name] = (
                unit_of(self.edition, self.sheet, planned.column, self.chosen) or RATIO
            )
        first, last, total_row = self._record_rows(page)
        across = totals.of_records(block)
        lines: list[tuple[int, dict[str, cells.CellRead]]] = []
        before = len(self.findings)
        for row in range(first, last + 1):
            if words.LINE_NUMBERS in (page.text(row, c) for c in range(1, page.last_column + 1)):
                continue
            line = {}
            for planned in self.plan.columns:
                total = planned.name in across or planned.column.derived
                line[planned.name] = self._cell(
                    page, row, self._column(planned), planned.column, planned.heading, total
                )
            if block.key.kind is FieldKind.CODE and (read := line[block.key.name]).value:
                line[block.key.name] = replace(
                    read, value=read.value + self._continued(page, row, self.plan.columns[0])
                )
            if any(read.filled for read in line.values()):
                lines.append((row, line))
        summed = {c.name for c in totals.summed(block)}
        totals_read = {
            c.name: self._cell(
                page, total_row, self._column(c), c.column, f"{block.total}·{c.heading}", True
            )
            for c in self.plan.columns
            if total_row and c.column.name in summed
        }
        inputs = [
            (n, r, n in across)
            for _, line in lines
            for n, r in line.items()
            if not self._field(n).derived
        ]
        empty = self._emptiness([*inputs, *((n, r, True) for n, r in totals_read.items())])
        content.empty = empty[False]
        content.total = {
            n: self._value(
                self._field(n),
                r,
                f"{self.sheet.name}.{words.TOTALS}.{n}",
                empty[_prior(n)],
                True,
                {},
            )
            for n, r in totals_read.items()
        }
        named = names(self.sheet, [self._texts(block, row, line) for row, line in lines])
        records = [
            (row, self._record(line, name, across, empty))
            for (row, line), name in zip(lines, named, strict=True)
        ]
        content.records = self._checked(records)
        self._scoped(before, {row: str(line[block.key.name].value or "") for row, line in lines})
        if self.sheet.required and not lines and self.asked:
            place = Place(sheet=self.sheet.name, cell=f"{self.plan.columns[0].letter}{first}")
            self._tell(
                "required",
                place,
                messages.NO_RECORDS.format(title=self.sheet.title),
                messages.REMEDY_NO_RECORDS,
            )
        return content

    def _record_rows(self, page: Page) -> tuple[int, int, int | None]:
        """(first, last, total row) of the records, from the total's label and the foot's text."""
        block = self.sheet
        first, last, total_row = self.heading + 1, page.last_row, None
        signed = cells.normal(messages.SIGNATURES.split("：")[0] + "：")
        labels = [
            self._column(c) for c in self.plan.columns if not c.column.numeric and not c.prior
        ]
        for row in range(self.heading + 1, page.last_row + 1):
            texts = {page.text(row, column) for column in labels}
            if block.total and total_row is None and cells.normal(block.total) in texts:
                total_row, first = row, row + 1
            if cells.normal(messages.INSERT_ABOVE) in texts or any(
                t.startswith(signed) for t in texts
            ):
                last = row - 1
                break
        return first, last, total_row

    def _texts(self, block: Table, row: int, line: dict[str, cells.CellRead]) -> dict[str, Any]:
        """What a record is named after; without its key, its row."""
        texts = {
            name: str(line[name].value or "").strip() for name in (block.key.name, block.by) if name
        }
        return {n: t or (str(row) if n == block.key.name else None) for n, t in texts.items()}

    def _record(
        self,
        line: dict[str, cells.CellRead],
        named: str,
        across: dict[str, totals.Parts],
        empty: dict[bool, bool],
    ) -> dict[str, Any]:
        block = self.sheet
        key = str(line[block.key.name].value or "").strip()
        subtotal = len(key) in block.tree[:-1]
        own = {name: read.value for name, read in line.items() if isinstance(read.value, str)}
        return {
            name: self._value(
                self._field(name),
                read,
                f"{named}.{name}",
                empty[_prior(name)],
                name in across or (subtotal and self._helper(name)),
                own,
            )
            for name, read in line.items()
        }

    def _helper(self, name: str) -> bool:
        """Whether a column of numbers stands beside the official table."""
        planned = self.plan.by_name(name)
        return planned is not None and planned.helper

    def _listed(self, block: Table, code: str, record: Mapping[str, Any], place: Place) -> None:
        """Tells a code that the edition's list does not have, and a name that differs from the
        list's."""
        known = self.edition.codes.get(block.codes)
        if known is None:
            return
        name = block.named.name if block.named else ""
        text, listed = record.get(name, Missing(name, None)), known.get(code, {}).get(name)
        if code not in known:
            message = messages.CODE_UNKNOWN.format(code=code, list=block.codes)
            self._tell(
                "code-unknown", place, message, messages.REMEDY_CODE_UNKNOWN, Severity.WARNING
            )
        elif (
            listed and not isinstance(text, Missing) and cells.normal(text) != cells.normal(listed)
        ):
            message = messages.CODE_NAME.format(code=code, text=text, listed=listed)
            self._tell("code-name", place, message, messages.REMEDY_CODE_NAME, Severity.WARNING)

    def _checked(self, records: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
        """The records whose key can be used: present, once, and of a length that the levels of
        codes know."""
        block = self.sheet
        column = get_column_letter(self._column(self.plan.columns[0]))
        kept: dict[str, dict[str, Any]] = {}
        for row, record in records:
            key, place = record[block.key.name], Place(sheet=self.sheet.name, cell=f"{column}{row}")
            if isinstance(key, Missing):
                if not block.key.required:
                    self._tell(
                        "key-missing",
                        place,
                        messages.KEY_CELL_MISSING.format(label=block.key.label),
                        messages.REMEDY_KEY,
                    )
            elif block.parent:
                if self._known(row, record, kept):
                    kept[_within(block, record) or str(row)] = record
            elif str(key) in kept:
                self._tell(
                    "key-twice",
                    place,
                    messages.KEY_CELL_TWICE.format(key=key),
                    messages.REMEDY_TWICE,
                )
            elif block.tree and not (str(key).isdigit() and len(str(key)) in block.tree):
                remedy = messages.REMEDY_CODE.format(lengths="、".join(map(str, block.tree)))
                self._tell("code-length", place, messages.CODE_LENGTH.format(code=key), remedy)
            else:
                kept[str(key)] = record
                self._listed(block, str(key), record, place)
        return list(kept.values())

    def _known(self, row: int, record: dict[str, Any], kept: Collection[str]) -> bool:
        """Whether a row within a record names a record that there is, and is the only one of its
        name in it."""
        block = self.sheet
        sound = True
        for planned in (c for c in self.plan.columns if c.column.kind is FieldKind.REF):
            key, place = (
                record[planned.name],
                Place(
                    sheet=self.sheet.name, cell=f"{get_column_letter(self._column(planned))}{row}"
                ),
            )
            known = self._keys(planned.column.of)
            if known is not None and not isinstance(key, Missing) and str(key) not in known:
                message = messages.REFERENCE_UNKNOWN.format(
                    table=planned.column.of, key=key, hint=nearest(str(key), known)
                )
                self._tell(
                    "reference",
                    place,
                    message,
                    messages.REMEDY_REFERENCE.format(table=planned.column.of),
                )
                sound = sound and planned.name != block.key.name
        if sound and _within(block, record) in kept:
            by = next(c for c in self.plan.columns if c.name == block.by)
            place = Place(sheet=self.sheet.name, cell=f"{get_column_letter(self._column(by))}{row}")
            self._tell(
                "key-twice",
                place,
                messages.KEY_CELL_TWICE.format(key=_within(block, record)),
                messages.REMEDY_TWICE,
            )
            return False
        return sound

    def _keys(self, table: str) -> list[str] | None:
        """The keys of a table that was read; None where it was not, or is not asked for."""
        sheet, read = self.edition.table(table), self.done.tables.get(table)
        asked = all(
            self.chosen.get(name) in (*choices, None) for name, choices in sheet.when.items()
        )
        if read is None or read.unread or not asked:
            return None
        return [str(r[sheet.key.name]) for r in read.records]

    def _scoped(self, before: int, keys: Mapping[int, str]) -> None:
        """Findings in the row of a project stop that project, not the others."""
        projects = self.edition.roles.projects
        if not projects or projects not in (self.sheet.name, self.sheet.parent):
            return
        for i, finding in enumerate(self.findings[before:], before):
            key = keys.get(int("".join(filter(str.isdigit, finding.place.cell)) or 0))
            if key and finding.id != "reference":
                self.findings[i] = replace(finding, scope=f"project:{key}")

    def _nothing(self) -> TableContent:
        content = TableContent(unread=True)
        content.total = {
            c.name: Missing(f"{self.sheet.name}.{words.TOTALS}.{c.name}", None)
            for c in self.plan.columns
        }
        for planned in self.plan.columns:
            content.units[planned.column.name] = (
                unit_of(self.edition, self.sheet, planned.column, self.chosen) or RATIO
            )
        return content


def _within(block: Table, record: Mapping[str, Any]) -> str:
    """What tells a row from the others within its record, "" where nothing must."""
    own = record[block.by] if block.by else None
    return "" if own is None or isinstance(own, Missing) else f"{record[block.key.name]}·{own}"


def _prior(name: str) -> bool:
    return name.endswith(f".{words.PRIOR}")
