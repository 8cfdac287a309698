"""How a key is written in a name, and which keys people read as the same."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"0|[1-9][0-9]*")


def member_text(key: str) -> str:
    """A key as an expression writes it after the name of its table: .P01, .2080101, or in brackets
    ['1.1'] where it must. For showing only: a key is any text, so what is joined so can't be taken
    apart again."""
    if key.isidentifier() or _NUMBER.fullmatch(key):
        return f".{key}"
    return f"[{key!r}]"


def alike(key: str) -> str:
    """What two keys have in common that people read as one: the width of signs does not count,
    since nobody sees how wide a digit was typed."""
    return unicodedata.normalize("NFKC", key)
