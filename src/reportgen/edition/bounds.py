"""How much an edition may ask for: a stranger's file is told what is too much of it before anything
is made of it, so that no number of its own can hold up or fill the computer.

The bounds are far above what any form needs: a sheet of ten thousand rows is no form.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from reportgen import messages
from reportgen.edition.mismatches import KeyPath, Mismatch

DEEPEST = 12  # levels of tables and lists
LONGEST_TEXT = 8_000  # characters; a cell takes 32,767
MANY = 2_000  # entries of a list or table
LARGEST = 10**15
NUMBERS = {  # key → least and most
    "spare": (Decimal(0), 1_000),
    "width": (Decimal(0), 255),
    "places": (Decimal(0), 12),
    "factor": (Decimal("0.000001"), 10**12),
}
LISTS = {  # key → most entries
    "choices": 500,
    "columns": 200,
    "block": 20,
    "derived": 500,
    "parameters": 12,
    "check": 1_000,
    "document": 200,
    "tree": 12,
    "levels": 12,
}
PHRASES_DEEP = 5  # phrases within phrases
PHRASE_TAGS = 500  # of a phrase, those of the phrases in it included
PHRASE_PIECES = 2_000  # words and numbers that a phrase prints
_OPEN = frozenset("\n\t")  # the control characters that a text may have


def beyond(value: Any, path: KeyPath = ()) -> Iterator[Mismatch]:
    """What is too much in the data of a TOML file: too deep, too long, too large, or no text."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if len(path) > DEEPEST:
        yield Mismatch("too-deep", path, messages.TOML_TOO_DEEP)
    elif isinstance(value, dict | list):
        yield from _many(value, key, path)
    elif isinstance(value, str) and key != "factor":
        yield from _of_text(value, path)
    else:
        yield from _of_number(value, key, path)


def _many(value: dict[str, Any] | list[Any], key: str, path: KeyPath) -> Iterator[Mismatch]:
    own = isinstance(value, list) and path[-1:] == (key,)
    most = LISTS.get(key, MANY) if own else MANY
    if len(value) > most:
        message = messages.TOO_MANY_ENTRIES.format(count=len(value), limit=most)
        yield Mismatch("too-many", path, message)
        return
    for part, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, str):
            yield from _of_text(part, path)
        yield from beyond(item, (*path, part))


def _of_text(text: str, path: KeyPath) -> Iterator[Mismatch]:
    if len(text) > LONGEST_TEXT:
        message = messages.TEXT_TOO_LONG.format(length=len(text), limit=LONGEST_TEXT)
        yield Mismatch("too-long", path, message)
    elif any(_acts(sign) for sign in text):
        yield Mismatch("control-character", path, messages.TEXT_CONTROL)


def _acts(sign: str) -> bool:
    """Whether a character is none that any file of ours may hold."""
    return (sign < " " and sign not in _OPEN) or sign in "\x7f\ufffe\uffff"


def _of_number(value: Any, key: str, path: KeyPath) -> Iterator[Mismatch]:
    least, most = NUMBERS.get(key, (Decimal(-LARGEST), LARGEST))
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return
    try:
        number = Decimal(value)
    except InvalidOperation:
        return  # no number at all: its type is told
    if not number.is_finite() or not least <= number <= most:
        message = messages.NUMBER_BEYOND.format(least=least, most=most)
        yield Mismatch("number-beyond", path, message)
