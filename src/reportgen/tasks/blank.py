"""A blank workbook for an edition."""

from __future__ import annotations

from pathlib import Path

from reportgen import messages
from reportgen.findings import Unusable
from reportgen.tasks.opening import open_edition

_LONGEST_NAME = 200  # characters


def blank_workbook(path: Path, edition: str, year: int | None, body: str | None) -> None:
    """Writes a blank workbook; never over an existing file."""
    from reportgen.workbook.writing import blank

    if path.suffix.lower() != ".xlsx":
        raise Unusable(messages.NOT_XLSX_NAME.format(file=path))
    if path.exists():
        raise Unusable(messages.FILE_EXISTS.format(file=path))
    _nameable(body or "")
    opened = open_edition(edition)
    roles = opened.edition.roles
    prefill = {roles.year: year, roles.body: body}
    given = {name: value for name, value in prefill.items() if value is not None}
    blank.write(path, opened.edition, opened.layout, opened.rules, given)


def _nameable(body: str) -> None:
    """Raises Unusable for a name that no cell can hold, or no reader would bear."""
    if not body.isprintable():
        raise Unusable(messages.NAME_CONTROL)
    if len(body) > _LONGEST_NAME:
        message = messages.NAME_TOO_LONG.format(length=len(body), limit=_LONGEST_NAME)
        raise Unusable(message)
