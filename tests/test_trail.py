"""The trail is complete: what changes a printed number is in its trail, and what is in its trail
changes it."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import replace
from decimal import Decimal

import pytest

from filling import address
from reportgen.facts.assembly import assemble
from reportgen.facts.content import Content, FormContent
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, Num
from reportgen.language.values import Facts, Prose, Record, Rows
from reportgen.tasks import documents, jobs, opening
from reportgen.tasks.filing import Filing
from reportgen.wording.prose import ProseReader
from reportgen.workbook.reading import read as reading
from reportgen.workbook.reading.book import Book

RAISE = Decimal("1000.00")


class Read:
    """The workbook read once; each trial raises some cells among what was read and assembles the
    facts anew."""

    def __init__(self, plan: opening.OpenEdition, path, templates: jobs.Compiled) -> None:
        self.plan, self.path, self.templates = plan, path, templates
        self.content = reading.read(Book(path), plan.edition, plan.layout).content
        # a reason for every change, so that every case can be told
        for reason in self.content.tables["变动原因"].records:
            reason.update({name: words.MARK for name, value in reason.items() if value == ""})
        for sheet in self.content.forms.values():  # and what texts there may be
            sheet.cells.update(
                {
                    n: Prose("另有说明", n)
                    for n, v in sheet.cells.items()
                    if self._text_missing(n, v)
                }
            )
        for name, sheet in self.content.tables.items():
            kinds = {c.name: c.kind for c in plan.edition.table(name).fields}
            for record in sheet.records:
                missing = {
                    k
                    for k, v in record.items()
                    if isinstance(v, Missing) and kinds.get(k) == "prose"
                }
                record.update({k: Prose("另有说明", Name(name, column=k)) for k in missing})
        self.cells = sorted({c for s in self._sheets() for c in _money(s)})

    def printed(self, raised: Collection[str] = ()) -> list[tuple[str, str, frozenset[str]]]:
        """(where, text, cells of the trail) of every printed number, in order. An exact zero is
        marked: a share of zero stays zero whatever the whole."""
        sheets = self._raised(raised)
        names = assemble(self.plan.edition, sheets, self.plan.languages.sheets)
        prose = ProseReader(self.plan.edition, self.plan.languages.prose)
        filing = Filing(self.plan, self.path, names, [], [], prose)
        found = []
        for built in documents.render_all(filing, self.templates):
            for e in built.ledger:
                where = f"{e.tag.file.rpartition('/')[2]} {e.tag.place} {e.tag.text}"
                text = str(e.printed) + (
                    "（零）" if e.printed.num.op == "/" and e.printed.num.value == 0 else ""
                )
                if e.printed.num.unit.dimension == "分":
                    text = text.removesuffix("分") + "分"
                found.append(
                    (where, text, frozenset(str(leaf.place) for leaf in e.printed.num.leaves()))
                )
        return found

    def _text_missing(self, name, value) -> bool:
        return (
            isinstance(value, Missing) and self.plan.layout.slots[str(name)].field.kind == "prose"
        )

    def _raised(self, cells: Collection[str]):
        """The sheets as read, their numbers copied, since facts are hung on them; some of them
        greater."""

        def fresh(values):
            return {k: _copied(v, cells) if isinstance(v, Num) else v for k, v in values.items()}

        forms = {n: replace(f, cells=fresh(f.cells)) for n, f in self.content.forms.items()}
        tables = {
            n: replace(t, total=fresh(t.total), records=[fresh(r) for r in t.records])
            for n, t in self.content.tables.items()
        }
        return Content(forms, tables)

    def _sheets(self):
        return [*self.content.forms.values(), *self.content.tables.values()]


def _copied(num, raised):
    num = copy(num)
    if raised and str(num.place) in raised:
        num.value += RAISE * num.unit.factor
    return num


def _nums(sheet):
    groups = [sheet.cells] if isinstance(sheet, FormContent) else [sheet.total, *sheet.records]
    for values in groups:
        yield from (v for v in values.values() if isinstance(v, Num))


def _money(sheet):
    return {str(n.place) for n in _nums(sheet) if n.unit.dimension == "元"}


@pytest.fixture(scope="module")
def read(plan, workbook, compiled):
    return Read(plan, workbook, compiled)


PARTS = 8  # of the cells, so that all workers take their share


@pytest.fixture(scope="module")
def printed(read):
    return read.printed()


@pytest.fixture(scope="module")
def before(printed):
    return _by_section(printed)


@pytest.fixture(scope="module")
def groups(read, before):
    """The cells, those together of which no two are in one sheet or in the trail of one printed
    number: what one of them changes in secret is not laid to another."""
    beside = {cell: {c for c in read.cells if _sheet(c) == _sheet(cell)} for cell in read.cells}
    for printed in before.values():
        for _, _, trail in printed:
            for cell in trail & beside.keys():
                beside[cell] |= trail
    groups = []
    for cell in read.cells:
        group = next((g for g in groups if not beside[cell] & g), None)
        if group is None:
            groups.append(group := set())
        group.add(cell)
    return groups


def _sheet(cell):
    return cell.partition("】")[0]


def test_there_are_cells_to_raise(read, groups):
    assert len(read.cells) > 550
    assert sorted(c for group in groups for c in group) == read.cells


@pytest.mark.parametrize("part", range(PARTS))
def test_every_money_cell_raised_changes_just_the_numbers_that_have_it_in_their_trail(
    read, before, groups, part
):
    """Where a raised cell leads to others of its group, each of them is raised alone."""
    wrong = []
    for group in groups[part::PARTS]:
        found, together = _compared(read, before, group)
        wrong += found
        for cell in sorted(together):
            wrong += _compared(read, before, {cell})[0]
    assert not wrong, wrong[:10]


@pytest.mark.deep
@pytest.mark.parametrize("part", range(PARTS))
def test_every_money_cell_raised_alone_changes_just_the_numbers_that_have_it_in_their_trail(
    read, before, part
):
    wrong = [w for cell in read.cells[part::PARTS] for w in _compared(read, before, {cell})[0]]
    assert not wrong, wrong[:10]


def _compared(read, before, raised):
    """What is wrong with the numbers after cells were raised together; and those cells of which
    that cannot be told, since they meet in one number or one sentence that turned another way."""
    wrong, together = [], set()
    after = _by_section(read.printed(raised))
    assert after.keys() == before.keys()
    for section, old in before.items():
        new = after[section]
        if [w for w, _, _ in old] == [w for w, _, _ in new]:
            pairs = [([one], [other]) for one, other in zip(old, new, strict=True)]
        else:  # a case switched: the sentences are compared as a whole
            pairs = [(old, new)]
        for pair in pairs:
            met = {c for side in pair for _, _, trail in side for c in trail & raised}
            if len(met) > 1:
                together |= met
            elif fault := _fault(raised, *pair):
                wrong.append(fault)
    return wrong, together


def _by_section(printed):
    sections = {}
    for where, text, trail in printed:
        sections.setdefault(where.split()[0], []).append((where, text, trail))
    return sections


def _fault(raised, old, new):
    """What is wrong if the texts changed without a raised cell in a trail, or did not change though
    one is in it."""
    changed = [t for _, t, _ in old] != [t for _, t, _ in new]
    traced = [t for _, t, trail in old + new if trail & raised]
    if changed == bool(traced) or (
        not changed and all(t in CANNOT_CHANGE or t.endswith("分") for t in traced)
    ):
        return None
    return raised, old, new


CANNOT_CHANGE = {"0%（零）"}  # nor need a score: one that is full stays so


A = "收支总表."
EXPECTED = {  # cell → the texts of the narrative that it must change, written by hand
    A + "收入总计": {"3198.03万元", "1833.77万元", "36.44%"},
    A + "收入总计.上年": {"1833.77万元", "36.44%"},
    A + "年初结转和结余": {"9.5万元"},
    A + "年初结转和结余.上年": {"1811.59万元"},
    A + "本年收入合计": {"3188.53万元", "31.68万元", "0.98%", "93.65%", "6.35%"},
    A + "本年收入合计.上年": {"31.68万元", "0.98%"},
    A + "本年支出合计": {"2995.46万元", "8.62万元", "0.29%", "66.29%", "33.71%", "100%"},
    "收入决算.总计.财政拨款收入": {"2985.96万元", "93.65%"},
    "支出决算.总计.项目支出": {"1009.76万元", "33.71%"},
    A + "社会保障和就业支出": set(),
    "一般公共预算支出.总计.合计": {"2995.46万元", "100%", "8.62万元", "0.29%", "86.45%", "99.49分"},
    "一般公共预算支出.总计.年初预算": {"3464.92万元", "86.45%"},
    "三公经费.合计.决算数": {"18.63万元", "77.05%"},
    "机关运行经费.决算数": {"16.23万元", "0.4万元", "2.53%"},
    "政府采购.货物.授予中小企业": {"69.89万元", "54.04%", "100%", "43.03%"},
    ("项目资金.执行数", 0): {"570.01万元", "56.45%"},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_numbers_that_a_cell_reaches_are_those_written_by_hand(plan, printed, name):
    sheet, cell = address(plan, *name) if isinstance(name, tuple) else address(plan, name)
    narrative = [(w, t, trail) for w, t, trail in printed if w[0] in "34"]
    reached = {
        t for _, t, trail in narrative if f"【{sheet}】{cell}" in trail and t not in CANNOT_CHANGE
    }
    assert reached == EXPECTED[name]


def test_a_blank_total_is_traced_to_its_parts(desk, plan):
    desk.put("收支总表.收入总计", None)
    filing = desk.filing()
    total = filing.value("收支总表.收入总计")
    assert total.value == Decimal("31980300")
    names = ("本年收入合计", "使用非财政拨款结余", "年初结转和结余")
    assert [str(n.place) for n in total.leaves()] == [
        "【{}】{}".format(*address(plan, A + n)) for n in names
    ]


def test_names_reach_every_value(filing):
    assert isinstance(filing.facts, Facts)
    kinds = {type(v) for v in filing.facts.values()}
    assert Record in kinds
    assert Rows in kinds
