"""How a number came about: a name, an expression, or a number as the report prints it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from reportgen import messages
from reportgen.findings import Stopped, Unusable
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.syntax import Refused
from reportgen.ledger.explain import chain
from reportgen.tasks import documents
from reportgen.tasks.filing import Filing, load


def explained(workbook: Path, what: str, edition: str | None = None) -> Iterator[str]:
    """The chain of a number down to its cells, line by line. What begins with a digit is a number
    as the report prints it, its unit perhaps left out; anything else is a name or an expression.
    Raises Stopped where the report could not print anything, Unusable where nothing is so called.
    """
    filing = load(workbook, edition)
    text = unicodedata.normalize("NFKC", what).strip()
    if text.removeprefix("-")[:1].isdigit():
        return _printed(filing, text.replace(",", ""))
    return _named(filing, text)


def _named(filing: Filing, text: str) -> Iterator[str]:
    try:
        yield from list(chain(filing.value(text), filing.opened.edition))
    except (Refused, NumberError, MissingValue) as refused:
        raise Unusable(messages.EXPLAIN_NOTHING.format(text=text, hint=refused)) from refused


def _printed(filing: Filing, text: str) -> Iterator[str]:
    """Where the report prints a number, and its chain for each of these places."""
    if filing.stopped:
        raise Stopped(messages.EXPLAIN_STOPPED)
    every = (entry for _, entry in documents.printed(filing))
    entries = [e for e in every if _alike(e.printed.replace(",", ""), text)]
    if not entries:
        raise Unusable(messages.EXPLAIN_NOT_PRINTED.format(text=text))
    yield messages.EXPLAIN_PRINTED.format(text=text, count=len(entries))
    for entry in entries:
        yield f"\n{entry.tag.file} {entry.tag.place}：{entry.tag.text}"
        for line in chain(entry.printed, filing.opened.edition):
            yield f"  {line}"


def _alike(printed: str, text: str) -> bool:
    """Whether a printed number is the one asked for; the unit may be left out."""
    rest = printed.removeprefix(text)
    unit_left_out = printed.startswith(text) and not any(c.isdigit() or c == "." for c in rest)
    return printed == text or unit_left_out
