"""Citations in prose that cannot be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from reportgen import messages
from reportgen.findings import REPORT, Finding, Place, Severity
from reportgen.language import words
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.values import Facts, Prose, Record, Rows
from reportgen.wording.prose import ProseReader


class _Cited(NamedTuple):
    """A text, what a fault in it stops, and whether it is printed whatever the workbook says."""

    text: Prose
    scope: str
    printed: bool = True


def unprintable(names: Facts, prose: ProseReader, unread: Collection[str]) -> Iterator[Finding]:
    """Citations that cannot be printed, each an error of its cell, or of the key of the edition.

    What a sheet in `unread` lacks has been told already. What the sentence of an empty table
    cites may be missing as long as the table is not empty.
    """
    for text, scope, printed in _texts(list(names.values())):
        try:
            prose.read(text, names)
        except MissingValue as error:
            if printed and error.missing.name.table not in unread:
                yield _finding(text, scope, str(error), messages.REMEDY_CITED)
        except (Refused, NumberError) as error:
            yield _finding(text, scope, str(error).rstrip("？"), messages.REMEDY_PROSE)


def _finding(text: Prose, scope: str, fault: str, remedy: str) -> Finding:
    place = text.place or Place()
    message = messages.PROSE_FAULT.format(fault=fault)
    return Finding("citation", Severity.ERROR, place, message, remedy, str(text.name), scope=scope)


def _texts(values: Iterable[Any]) -> Iterator[_Cited]:
    """Every text of the facts: cells that hold prose, and the sentences of empty tables."""
    for value in values:
        if isinstance(value, Prose):
            yield _Cited(value, REPORT)
        elif isinstance(value, Record):
            yield from _of_record(value)
        elif isinstance(value, Rows):
            yield from _texts(value.items)
            if words.EMPTY_NOTE in value.extras:
                note, empty = value.extras[words.EMPTY_NOTE], value.extras[words.EMPTY]
                yield _Cited(note, REPORT, empty)


def _of_record(record: Record) -> Iterator[_Cited]:
    for name, value in record.members.items():
        if isinstance(value, Prose):
            printed = name != words.EMPTY_NOTE or record.members[words.EMPTY]
            yield _Cited(value, record.scope, printed)
