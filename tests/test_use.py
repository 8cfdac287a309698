"""Nothing is asked of people in vain: every field of the edition is cited by the narrative or
proved by a check."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from reportgen.edition import totals
from reportgen.edition.fields import Column
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Form, Table
from reportgen.tasks import opening
from reportgen.word.authors.show import lines
from reportgen.word.source.document_files import section_files

PROSE = {"数据.完成值"}  # what people cite in their own words
NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)+")
LOOP = re.compile(r"for (\w+) in ([\w.]+)")


def cited(sources: list[str]) -> set[str]:
    """The dotted names in tags and formulas, those of a loop's variable under the table that it
    runs over."""
    found, loops = set(), {}
    for source in sources:
        loops |= dict(LOOP.findall(source))
        for name in NAME.findall(source):
            first, _, rest = name.partition(".")
            found.add(f"{loops[first]}.{rest}" if first in loops else name)
    return found


def narrative(edition: Edition) -> Iterator[str]:
    """The tags of every section but the official tables (2…), file names and derived names."""
    for document in edition.document:
        yield from (f"for {document.loop}" if document.loop else "", document.file)
    for path in sorted(edition.folder.rglob("*.docx")):  # those that others insert too
        if not path.name.startswith(("2", "base")):
            for line in lines(path):
                yield from re.findall(r"\{\{.*?\}\}|\{%.*?%\}", line)
    yield from (d.formula for d in edition.derived)
    for sheet in edition.sheets:
        yield f"for 行 in {sheet.name}"
        yield from (
            text
            for c in sheet.every_field
            if isinstance(c, Column)
            for text in (c.computed, c.gathers)
        )


def used(edition: Edition) -> set[str]:
    names = cited(list(narrative(edition)))
    for check in edition.checks:
        names |= cited([f"for {check.loop}" if check.loop else "", check.formula])
    return names | {name for n in names for name in within(edition, n)} | PROSE


def within(edition: Edition, name: str) -> Iterator[str]:
    """A name of rows within a record by their own table: 项.项目文字.改进措施.文字 is
    项目文字.文字, found by 项目文字.段落."""
    parts = name.split(".")
    for sheet in edition.tables:
        if sheet.name in parts[1:]:
            rest = parts[parts.index(sheet.name, 1) + 1 :]
            yield f"{sheet.name}.{rest[-1] if rest else ''}"
            yield f"{sheet.name}.{sheet.by}"


def summed(sheet: Form) -> set[str]:
    """What the totals of a received table add up: typed totals are proved against it."""
    every = totals.of_form(sheet).values()
    return {str(part) for sums in every for parts in sums for _, part in parts}


def fixed(sheet: Form) -> Iterator[tuple[str, set[str]]]:
    """Each cell of a sheet with fixed rows, with the names under which it may be cited."""
    for block, row, column, _ in totals.slots(sheet):
        name = str(totals.name(sheet, block, row, column))
        yield name, {name, f"{sheet.name}.{block.name}.{column.name}"}


def units(edition: Edition) -> set[str]:
    """What chooses the unit of other cells, and the names of codes, which are proved against the
    code list."""
    found = {
        f.unit[1:] if "." in f.unit else f"{s.name}.{f.unit[1:]}"
        for s in edition.sheets
        for f in s.every_field
    }
    named = {f"{t.name}.{t.named.name}" for t in edition.tables if t.codes and t.named}
    hidden = {f"{t.name}.{t.withheld}" for t in edition.tables}
    return found | named | hidden | {s.unit[1:] for s in edition.sheets}


def unused(edition: Edition, names: set[str]) -> list[str]:
    names = names | units(edition)
    roots = {".".join(n.split(".")[:i]) for n in names for i in range(2, n.count(".") + 2)}
    gaps = []
    for sheet in edition.sheets:
        if isinstance(sheet, Table):
            across = {part for parts in totals.of_records(sheet).values() for _, part in parts}
            of_table = {n.replace(".总计", "").replace(".分级", "") for n in roots}
            gaps += [
                f"{sheet.name}.{c.name}"
                for c in sheet.values
                if not {f"{sheet.name}.{c.name}"} & of_table
                and not (sheet.received and c.name in across)
                and c is not sheet.key
                and not c.derived
            ]
        else:
            proved = summed(sheet) if sheet.received else set()
            gaps += [name for name, ways in fixed(sheet) if not ways & roots and name not in proved]
    return sorted(set(gaps))


def test_every_field_is_cited_or_proved(plan: opening.OpenEdition) -> None:
    assert unused(plan.edition, used(plan.edition)) == []


@pytest.mark.parametrize(
    "name",
    [
        "基本信息.隶属关系",
        "三公情况.国内接待对象",
        "项目资金.执行数",
        "整体指标.目标值",
        "政府采购.工程.授予小微企业",
    ],
)
def test_a_field_that_nothing_cites_is_a_gap(plan: opening.OpenEdition, name: str) -> None:
    column = name.rpartition(".")[2]
    names = {n for n in used(plan.edition) if not n.startswith(name) and f".{column}" not in n}
    assert name in unused(plan.edition, names)


def test_loops_are_resolved() -> None:
    assert cited(["{%p for 行 in 甲.乙 %}", "{{ 行.丙|万元 }}"]) >= {"甲.乙.丙"}


def test_the_sources_are_found(plan: opening.OpenEdition) -> None:
    assert len(section_files(plan.edition, plan.edition.document[0])) > 20
    assert "收支总表.收入总计" in used(plan.edition)
