"""What comes out on any terminal: one that knows only GBK or ASCII, one that is closed, one that
nobody reads to its end."""

from __future__ import annotations

import codecs
import io
import os
import sys
import warnings
from contextlib import suppress

_ALIKE = {"−": "-", "☑": "√", "□": "[ ]", "–": "-", "·": ".", "≥": ">=", "≤": "<="}
_HANDLER = "reportgen"


def prepare() -> None:
    """Signs that a terminal does not know are written as alike ones or by their number; libraries
    do not speak to our users."""
    codecs.register_error(_HANDLER, _alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
        sys.unraisablehook = _silent  # what a library cleans up in vain after a failure


def _silent(_unraisable: object) -> None:
    """Says nothing: the failure itself is told."""


def _alike(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for the first sign that cannot be written."""
    assert isinstance(error, UnicodeEncodeError)
    sign = error.object[error.start]
    alike = _ALIKE.get(sign, "")
    if not alike or not _known(alike, error.encoding):
        alike = sign.encode("ascii", "backslashreplace").decode()
    return alike, error.start + 1


def _known(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


def close() -> None:
    """Ends the output so that nothing more can fail when the program ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # nobody reads it: what is left of it goes nowhere
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
