"""The documents of an edition: what they are written for, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen import messages
from reportgen.edition.models import Document, Edition
from reportgen.edition.places import EDITION
from reportgen.edition.soundness.choices import when
from reportgen.edition.soundness.common import lost, shown_text, unknown_name
from reportgen.findings import Finding, fault
from reportgen.language import words
from reportgen.language.syntax import is_name

_PART = re.compile(r'(?!\.)[^\\/:*?"<>|\x00-\x1f\x7f]+')  # of a path, none that leads up or out


def faults(edition: Edition) -> Iterator[Finding]:
    """What is wrong with each document; its key says which it is."""
    for document in edition.document:
        yield from loop(edition, document, document.key("for"))
        yield from when(edition, EDITION, document.when, document.key("when"))
        yield from templates_outside(document)
        yield from file_outside(document)


def templates_outside(document: Document) -> Iterator[Finding]:
    """Templates that are not named by their path within the folder of the edition."""
    named = document.templates
    for name in [named] if isinstance(named, str) else named:
        if not all(_PART.fullmatch(part) for part in name.split("/")):
            message = messages.TEMPLATE_OUTSIDE.format(name=shown_text(name))
            yield fault("template-outside", EDITION, document.key("templates"), message)


def file_outside(document: Document) -> Iterator[Finding]:
    """A document that would be written outside the folder of a build."""
    if any(part.strip(". ") == "" for part in document.file.split("/")):
        yield fault("file-outside", EDITION, document.key("file"), messages.DOCUMENT_OUTSIDE)


def loop(edition: Edition, document: Document, key: str) -> Iterator[Finding]:
    """Documents for each record of no table, or of a table without a word for its record."""
    variable, table = document.each
    tables = [t.name for t in edition.tables]
    if document.loop and not (is_name(variable) and table):
        yield fault("for-syntax", EDITION, key, messages.FOR_SYNTAX)
    elif variable in words.OF_LOOPS:
        message = messages.NAME_OF_LOOPS.format(name=variable)
        yield fault("for-syntax", EDITION, key, message)
    elif table and table not in tables and not lost(edition, table):
        yield fault("unknown-name", EDITION, key, unknown_name(table, tables))
