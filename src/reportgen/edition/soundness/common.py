"""What the rules of soundness share: the parts of a sheet, the items of forms, unknown names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportgen import messages
from reportgen.edition.fields import Field, Row
from reportgen.edition.models import Edition
from reportgen.edition.sheets import Block, Form, Sheet, Table
from reportgen.findings import Finding, fault
from reportgen.language.names import nearest, path
from reportgen.language.syntax import is_name

_SHOWN = 40  # characters of a text that a message shows


def parts(sheet: Sheet) -> Sequence[Block | Table]:
    """What has columns of its own: the blocks of a form, a table itself."""
    if isinstance(sheet, Table):
        return [sheet]
    return sheet.blocks if isinstance(sheet, Form) else []


def lines(part: Block | Table) -> list[Row]:
    """The fixed rows of a block, none of a table."""
    return part.lines if isinstance(part, Block) else []


def items(edition: Edition) -> dict[str, Row]:
    """The rows of all forms by name: 表.项."""
    return {
        f"{form.name}.{row.name}": row
        for form in edition.forms
        for block in form.blocks
        for row in block.lines
        if not row.gap
    }


def lost(edition: Edition, name: str) -> bool:
    """Whether a name, dotted or not, belongs to what another fault took away."""
    return path(name)[0] in edition.lost


def label(field: Field, key: str = "") -> str:
    """The key of a field's fault: its label, and one of its own keys."""
    return f"{field.label}.{key}" if key else field.label


def unknown_name(name: str, known: Collection[str], kind: str = messages.KIND_NAME) -> str:
    """没有名称“…”，是否指“…”？"""
    return messages.UNKNOWN_NAME.format(kind=kind, name=name, hint=nearest(name, known))


def name_twice(file: str, names: Collection[str], key: str = "") -> Iterator[Finding]:
    """Each of some names that stand twice."""
    for name in names:
        yield fault("name-twice", file, key, messages.NAME_TWICE.format(name=name))


def no_identifier(file: str, names: Collection[str], key: str = "") -> Iterator[Finding]:
    """Each of some names that no expression could write."""
    for name in names:
        if not is_name(name):
            message = messages.NOT_AN_IDENTIFIER.format(name=name)
            yield fault("not-an-identifier", file, key, message)


def shown_text(text: str) -> str:
    """A text of an edition as a message may show it: short, and without signs that act."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(sign if sign.isprintable() else "�" for sign in short)
