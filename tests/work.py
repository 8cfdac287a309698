"""How much work something takes, counted and not timed: a busy machine makes no difference."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any


class TooMuch(AssertionError):
    """More work than it may take; the work is broken off."""


@contextmanager
def calls_at_most(limit: int) -> Iterator[None]:
    """Fails as soon as the block has called more functions than that, of Python or of C."""
    number = count(1)

    def counted(frame: Any, event: str, argument: Any) -> None:
        if event in ("call", "c_call") and next(number) > limit:
            raise TooMuch(f"more than {limit} calls")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        yield
    finally:
        sys.setprofile(before)
