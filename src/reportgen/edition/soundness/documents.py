"""The documents of an edition: what they are written for, and when."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.models import Document, Edition
from reportgen.edition.soundness.choices import when
from reportgen.edition.soundness.common import EDITION, lost, unknown_name
from reportgen.findings import Finding, fault


def faults(edition: Edition) -> Iterator[Finding]:
    """What is wrong with each document; its key says which it is."""
    for document in edition.document:
        yield from loop(edition, document, document.key("for"))
        yield from when(edition, EDITION, document.when, document.key("when"))


def loop(edition: Edition, document: Document, key: str) -> Iterator[Finding]:
    """Documents for each record of no table, or of a table without a word for its record."""
    variable, table = document.each
    tables = [t.name for t in edition.tables]
    if document.loop and not (variable.isidentifier() and table):
        yield fault("for-syntax", EDITION, key, messages.FOR_SYNTAX)
    elif table and table not in tables and not lost(edition, table):
        yield fault("unknown-name", EDITION, key, unknown_name(table, tables))
