"""Which texts can be the key of a record: any of up to 60 signs but control signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from reportgen import messages
from reportgen.language.names import alike
from reportgen.language.values import Text

LONGEST = 60


def fault(key: str) -> str:
    """What forbids a text to be a key, in words; nothing where it can be one."""
    if len(key) > LONGEST:
        return messages.KEY_TOO_LONG.format(length=len(key), limit=LONGEST)
    if any(unicodedata.category(sign) == "Cc" for sign in key):
        return messages.KEY_CONTROL
    return ""


def twin(key: str, known: Iterable[str]) -> str | None:
    """The known key that differs from `key` only in the width of its signs, None if none does."""
    said = alike(key)
    return next((other for other in known if alike(other) == said), None)


def as_written(key: str, reference: object) -> Text:
    """The key that a reference means, at the cell of the reference."""
    text = Text(key)
    text.place = getattr(reference, "place", None)
    return text
