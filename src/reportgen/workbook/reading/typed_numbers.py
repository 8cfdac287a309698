"""Numbers that people typed as text, and the dash that stands for none."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any


def is_number(value: Any) -> bool:
    """Whether a cell holds a number, also one that was typed as text, or the dash that official
    tables print for none."""
    if isinstance(value, str):
        return is_dash(value) or number_of(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_dash(text: str) -> bool:
    """Whether a text is but a dash, as official tables print it where there is no number."""
    return re.fullmatch(r"[-‐‑‒–—―−]{1,3}", unicodedata.normalize("NFKC", text).strip()) is not None


def number_of(text: str) -> Decimal | None:
    """A number typed as text, None where it is none: full-width digits, thousands marks, a leading
    apostrophe and a % are read through."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").replace("−", "-")
    if plain.endswith("%"):
        number = number_of(plain[:-1])
        return None if number is None else number / 100
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
