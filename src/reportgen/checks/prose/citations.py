"""Citations in prose that cannot be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.findings import REPORT, Finding, Place, Severity
from reportgen.language.expressions import Language, Refused
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.values import Facts, Prose, Record, Rows
from reportgen.wording.prose import prose


def unprintable(
    names: Facts, edition: Edition, language: Language, unread: Collection[str]
) -> Iterator[Finding]:
    """Citations that cannot be printed. What a sheet in `unread` lacks has been told already."""
    for text, scope in _proses(list(names.values())):
        place = text.place or Place()
        try:
            prose(text, edition, language, names)
        except MissingValue as error:
            cited = error.missing.name.partition(".")[0]
            if cited not in unread:
                message = messages.PROSE_FAULT.format(fault=error)
                yield Finding(
                    "citation",
                    Severity.ERROR,
                    place,
                    message,
                    messages.REMEDY_CITED,
                    text.name,
                    scope=scope,
                )
        except (Refused, NumberError) as error:
            message = messages.PROSE_FAULT.format(fault=str(error).rstrip("？"))
            yield Finding(
                "citation",
                Severity.ERROR,
                place,
                message,
                messages.REMEDY_PROSE,
                text.name,
                scope=scope,
            )


def _proses(values: Iterable[Any]) -> Iterator[tuple[Prose, str]]:
    """Every text with what a fault in it stops."""
    for value in values:
        if isinstance(value, Prose):
            yield value, REPORT
        elif isinstance(value, Record):
            yield from ((v, value.scope) for v in value.members.values() if isinstance(v, Prose))
        elif isinstance(value, Rows):
            yield from _proses(value.items)
