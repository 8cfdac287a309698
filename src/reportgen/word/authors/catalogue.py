"""Every tag that an author may write, with its meaning, unit, an example and the sections that use
it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

from reportgen import messages
from reportgen.edition import totals
from reportgen.edition.fields import Column, Field, chooser
from reportgen.edition.kinds import FieldKind
from reportgen.edition.models import Edition, scope_names
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.edition.units import unit_of
from reportgen.facts import samples
from reportgen.language import words
from reportgen.language.names import path, written
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.language.values import Facts, Rows
from reportgen.word.authors.examples import MONEY, amounts, facts, filled_in
from reportgen.wording.formats import FORMATS
from reportgen.wording.languages import Languages
from reportgen.wording.ordinals import Ordinal
from reportgen.wording.prose import ProseReader
from reportgen.wording.vocabulary import PHRASINGS

Uses = Mapping[str, list[str]]  # section → the texts of its tags
_FOR = re.compile(r"\{%\S*\s*for\s+(\w+)\s+in\s+(?:\w+\()*([\w.]+)")
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)+|[^\W\d]\w*")
_LONGEST = 40  # characters of an example
_ANYTHING = "…"  # before a format, whatever it stands behind


@dataclass(frozen=True, slots=True)
class TagEntry:
    """One tag: its text, ready to be copied, and what to know of it."""

    tag: str
    meaning: str
    unit: str = ""
    example: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The tags of a sheet, of a kind of phrase. Tags between a {%p for … %} and its endfor belong
    into that loop."""

    title: str
    entries: list[TagEntry]


@dataclass(slots=True)
class _Writer:
    edition: Edition
    wording: Languages
    names: Facts
    used: dict[str, list[str]]  # name → sections
    prose: ProseReader
    tags: list[str]  # that sections have

    def entry(self, source: str, meaning: str, unit: str = "", row: Any = None) -> TagEntry:
        """The entry of an expression; in a loop its first row is `row`."""
        return TagEntry(
            f"{{{{ {source} }}}}", meaning, unit, self.example(source, row), self.sections(source)
        )

    def example(self, source: str, row: Any = None) -> str:
        """What the tag prints, on one line."""
        scope = self.names.copy()
        scope[words.RECORD] = row
        try:
            value = self.wording.templates.compile(
                source, [*scope_names(self.edition), words.RECORD]
            )(scope)
            if isinstance(value, Ordinal):
                return value.text(1)
            text = str(self.prose.text_of(value, scope)).replace("\n", " ")
        except (Refused, NumberError, MissingValue):
            return ""
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def stands_alone(self, source: str) -> bool:
        """Whether the tag needs no loop round it."""
        try:
            self.wording.templates.compile(source, scope_names(self.edition))
        except Refused:
            return False
        return True

    def sections(self, source: str) -> tuple[str, ...]:
        """The sections that use the name (or the format) of an expression."""
        return self.users(next(iter(_NAME.findall(source)), ""))

    def users(self, name: str) -> tuple[str, ...]:
        """The sections that use a name."""
        return tuple(dict.fromkeys(self.used.get(name, [])))


def groups(edition: Edition, wording: Languages, names: Facts, uses: Uses) -> list[Group]:
    """All tags of an edition in groups: the sheets in their order, derived names, phrases,
    formats. `names` are the facts that examples are taken from."""
    tags = [tag for own in uses.values() for tag in own]
    prose = ProseReader(edition, wording.prose)
    writer = _Writer(edition, wording, names, _used(uses), prose, tags)
    found = [
        Group(f"{sheet.name}（{sheet.title}）", list(_sheet(writer, sheet)))
        for sheet in edition.sheets
    ]
    found.append(Group(messages.GROUP_DERIVED, list(_derived(writer))))
    if edition.phrase:
        found.append(Group(messages.GROUP_OWN_PHRASES, list(_own_phrases(writer))))
    found.append(Group(messages.GROUP_PHRASES, list(_phrases(writer))))
    found.append(Group(messages.GROUP_LOOPS, list(_loops(writer))))
    found.append(Group(messages.GROUP_FORMATS, list(_formats(writer))))
    return found


def _used(uses: Uses) -> dict[str, list[str]]:
    """Name → the sections that use it; names that begin with a loop's variable as those of its
    table."""
    found: dict[str, list[str]] = {}
    for section, tags in uses.items():
        loops = [loop.groups() for tag in tags if (loop := _FOR.match(tag))]
        for name in (n for tag in tags for n in _NAME.findall(tag)):
            parts = path(name)
            first, *rest = parts
            rows = [
                written((path(table)[0], words.RECORD, *rest))
                for variable, table in loops
                if variable == first and rest
            ]
            this_year = written(parts[:-1] if parts[-1] == words.PRIOR else parts)
            for known in [*rows, name, this_year, first]:
                found.setdefault(known, []).append(section)
    return found


def _sheet(writer: _Writer, sheet: Sheet) -> Iterator[TagEntry]:
    if isinstance(sheet, Table):
        yield from _table(writer, sheet)
    elif isinstance(sheet, Form):
        yield from _form(writer, sheet)


def _form(writer: _Writer, sheet: Form) -> Iterator[TagEntry]:
    edition = writer.edition
    for block, row, column, prior in totals.slots(sheet):
        if prior:
            continue
        slot = block.slot(row, column)
        unit = unit_of(edition, sheet, slot, {})
        name = str(totals.name(sheet, block, row, column))
        meaning = row.label if len(block.values) == 1 else f"{row.label}·{column.label}"
        yield writer.entry(name + _format(edition, sheet, slot, unit), meaning, _unit(slot, unit))
    yield _rows(writer, sheet, words.ROWS)
    for block in (b for b in sheet.blocks if b.name):
        yield _rows(writer, sheet, block.name)
    if sheet.received:
        yield from _emptiness(writer, sheet)


def _table(writer: _Writer, sheet: Table) -> Iterator[TagEntry]:
    rows: Rows = writer.names[sheet.name]
    first = next(iter(rows), None)
    loop = f"{{%p for {words.RECORD} in {sheet.name} %}}"
    yield TagEntry(
        loop,
        messages.TABLE_LOOP.format(table=sheet.title),
        "",
        "",
        tuple(dict.fromkeys(writer.used.get(sheet.name, []))),
    )
    columns = [(c, unit_of(writer.edition, sheet, c, {})) for c in sheet.fields]
    for column, unit in columns:
        yield _column(writer, sheet, column, unit, first)
    yield TagEntry("{%p endfor %}", messages.TABLE_END)
    for column, unit in ((c, u) for c, u in columns if sheet.total and c in totals.summed(sheet)):
        format = _format(writer.edition, sheet, column, unit)
        source = f"{sheet.name}.{words.TOTALS}.{column.name}{format}"
        yield writer.entry(source, f"{sheet.total}·{column.label}", _unit(column, unit))
    for levels in (words.LEVELS, words.TYPED) if sheet.tree else ():
        yield _rows(writer, sheet, levels)
    if sheet.received:
        yield from _emptiness(writer, sheet)


def _rows(writer: _Writer, sheet: Sheet, rows: str) -> TagEntry:
    """Another way to go through a sheet: its printed rows, those of a block, all levels of its
    codes."""
    tag = f"{{% for {words.RECORD} in {sheet.name}.{rows} %}}…{{% endfor %}}"
    meaning = messages.ROWS.get(rows, messages.ROWS_OF_BLOCK.format(block=rows))
    return TagEntry(tag, meaning, sections=writer.users(f"{sheet.name}.{rows}"))


def _column(
    writer: _Writer, sheet: Sheet, column: Column, unit: Unit | None, first: Any
) -> TagEntry:
    source = f"{words.RECORD}.{column.name}{_format(writer.edition, sheet, column, unit)}"
    sections = tuple(
        dict.fromkeys(writer.used.get(f"{sheet.name}.{words.RECORD}.{column.name}", []))
    )
    return TagEntry(
        f"{{{{ {source} }}}}",
        column.label,
        _unit(column, unit),
        writer.example(source, first) if first else "",
        sections,
    )


def _emptiness(writer: _Writer, sheet: Sheet) -> Iterator[TagEntry]:
    yield TagEntry(
        f"{{% if {sheet.name}.{words.EMPTY} %}}…{{% endif %}}",
        messages.TABLE_EMPTY_TAG,
        sections=writer.users(f"{sheet.name}.{words.EMPTY}"),
    )


def _derived(writer: _Writer) -> Iterator[TagEntry]:
    made_up = samples.facts(writer.edition, writer.wording.sheets, samples.CASES[0])
    for derived in writer.edition.derived:
        value = _known(writer.names, derived.name, made_up)
        if isinstance(value, str):
            yield writer.entry(derived.name, derived.help or derived.formula)
        elif isinstance(value, Num):
            source = f"{derived.name}|{_fitting(writer.edition, value)}"
            yield writer.entry(source, derived.help or derived.formula, value.unit.name)
        else:
            tag = f"{{% if {derived.name} %}}…{{% endif %}}"
            yield TagEntry(
                tag, derived.help or derived.formula, sections=writer.users(derived.name)
            )


def _fitting(edition: Edition, num: Num) -> str:
    """The format that a derived number is shown with: that of its unit; a rate is no bare
    number."""
    units = edition.measures
    known = next((name for name, unit in units.items() if unit == num.unit), "")
    if known or not _is_rate(num):
        return known or words.BARE
    rates = [unit.name for unit in units.values() if unit.per_cent]
    printed = edition.printed(num.unit.dimension)
    return printed.name if printed else next(iter(rates), words.BARE)


def _is_rate(num: Num) -> bool:
    """Whether a number without a unit says what share of another something is."""
    if num.unit.dimension:
        return False
    if num.op == "/" and num.args[1].op != "literal":
        return True
    return any(map(_is_rate, num.args))


def _known(names: Facts, name: str, made_up: Facts) -> Any:
    """A value of a workbook, perhaps of one that is still being filled: then a made-up one, which
    is of the same kind."""
    try:
        value = names[name]
    except (Refused, NumberError, MissingValue):
        return made_up[name]
    return made_up[name] if isinstance(value, Missing) else value


def _unit(field: Field, unit: Unit | None) -> str:
    return chooser(field.unit) or (unit.name if unit else "")


def _format(edition: Edition, sheet: Sheet, field: Field, unit: Unit | None) -> str:
    if field.kind is FieldKind.DATE:
        return f"|{words.DATE}"
    if not field.numeric:
        return ""
    if chooser(field.unit):
        return f"|{words.OWN_UNIT}"
    printed = edition.printed(unit.dimension) if unit else None
    named = printed or (unit if unit and unit.name in edition.measures else None)
    return f"|{named.name if named else words.BARE}"


def _own_phrases(writer: _Writer) -> Iterator[TagEntry]:
    """The phrases of the edition, each as a section uses it: where none does, with the names of
    its parameters."""
    for name, phrase in writer.edition.phrase.items():
        used = re.compile(rf"\{{\{{\s*({name}\(.*\))\s*\}}\}}")
        calls = [match[1] for tag in writer.tags if (match := used.fullmatch(tag))]
        source = next(filter(writer.stands_alone, calls), "")
        tag = f"{{{{ {source} }}}}" if source else f"{name}({'，'.join(phrase.parameters)})"
        meaning, users = phrase.help or phrase.text, writer.users(name)
        yield TagEntry(tag, meaning, "", writer.example(source) if source else "", users)


def _phrases(writer: _Writer) -> Iterator[TagEntry]:
    """The phrases and members, each with the first fact of the edition that it can be used with."""
    known = facts(writer.edition)
    for phrasing in PHRASINGS:
        source = filled_in(phrasing.example, phrasing.word, known)
        if source:
            example, users = writer.example(source), writer.users(phrasing.word)
            yield TagEntry(f"{{{{ {source} }}}}", phrasing.meaning, "", example, users)


def _loops(writer: _Writer) -> Iterator[TagEntry]:
    """What can be done with rows beside going through all, over the first amounts of the
    edition."""
    unit = facts(writer.edition)["unit"]
    table, column = next(amounts(writer.edition), ("", ""))
    for pattern, meaning in messages.LOOPS if table else ():
        tag = pattern.format(row=words.RECORD, table=table, key=column, unit=unit)
        example = writer.example(tag[2:-2].strip()) if tag.startswith("{{") else ""
        yield TagEntry(tag, meaning, "", example)


def _formats(writer: _Writer) -> Iterator[TagEntry]:
    """The language's formats, then the units."""
    known = facts(writer.edition)
    for record in FORMATS:
        source, users = filled_in(record.example, record.word, known), writer.users(record.word)
        if source.startswith(_ANYTHING):
            yield TagEntry(source, record.meaning, sections=users)
        elif source:
            example = writer.example(source)
            yield TagEntry(f"{{{{ {source} }}}}", record.meaning, "", example, users)
    for name, unit in writer.edition.measures.items():
        meaning = messages.FORMAT_UNIT.format(unit=name)
        if unit.dimension != words.YUAN:
            entry = writer.entry(f"{name}(100)|{name}", meaning, name)
            if entry.example:  # else the unit has the name of a phrase, 次
                yield entry
        elif MONEY in known:
            source = f"{known[MONEY]}|{name}"
            example, users = writer.example(source), writer.users(name)
            yield TagEntry(f"{{{{ {source} }}}}", meaning, name, example, users)


def about(every: Iterable[Group], word: str) -> list[Group]:
    """The groups with the entries alone in which a word stands; columns in the loop round them."""
    found = [Group(group.title, _about(group.entries, word)) for group in every]
    return [group for group in found if group.entries]


def _about(entries: list[TagEntry], word: str) -> list[TagEntry]:
    hits = [e for e in entries if any(word in text for text in _texts(e))]
    looped = any(f"{words.RECORD}." in e.tag for e in hits)
    return [e for e in entries if e in hits or (looped and e.tag.startswith("{%p"))]


def _texts(entry: TagEntry) -> tuple[str, ...]:
    return entry.tag, entry.meaning, entry.unit, entry.example, *entry.sections


def lines(found: Iterable[Group]) -> Iterator[str]:
    """The groups as a table for a terminal."""
    for group in found:
        yield ""
        yield group.title
        rows = [(e.tag, e.meaning, e.unit, e.example, "、".join(e.sections)) for e in group.entries]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)] if rows else []
        for row in rows:
            yield (
                "  "
                + "  ".join(
                    text + " " * (w - _width(text)) for text, w in zip(row, widths, strict=True)
                ).rstrip()
            )


def _width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
