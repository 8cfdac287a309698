"""What is printed of a part, in pieces; and what keeps it whole where data leave nothing."""

from __future__ import annotations

import re
from typing import Any

from reportgen.language.values import Facts
from reportgen.word.template.nodes import Bound, For

_FILLED = {  # what stands before the end of what is empty, and what is put in it
    "room": (("<w:tc", "</w:tcPr", "</w:tbl", "<w:txbxContent", "<w:hdr", "<w:ftr"), "<w:p/>"),
    "cells": (("<w:tr", "</w:trPr", "</w:tblPrEx"), "<w:tc><w:p/></w:tc>"),
}
_ROW = re.compile(r"<w:tr[ >]")


class Output(list[str]):
    """A part in pieces, and where in it something depends on the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self.contents: list[tuple[int, For, Facts]] = []  # loops over the headings
        self.empty: list[tuple[int, For, Any]] = []  # loops over no rows, and these
        self.tables: list[int] = []  # where those begin that data may leave without rows


def bound(node: Bound, out: Output) -> tuple[For, Any] | None:
    """Gives a room its paragraph where nothing was printed in it; takes out a table of which no
    row was. Gives the loop over no rows, and these, that left a table with its heading alone."""
    if node.kind == "table":
        out.tables.append(len(out))
    elif node.kind in _FILLED:
        last = next((piece for piece in reversed(out) if piece), "").rstrip()
        openings, filling = _FILLED[node.kind]
        if last[last.rfind("<") :].startswith(openings):
            out.append(filling)
    elif out.tables:
        return _ended(out.tables.pop(), node.heads, out)
    return None


def _ended(start: int, heads: int, out: Output) -> tuple[For, Any] | None:
    if any(at >= start for at, _, _ in out.contents):
        return None  # its rows are the headings, which come last
    empty = next(((loop, rows) for at, loop, rows in out.empty if at >= start), None)
    if not any(map(_ROW.search, out[start:])):
        out[start:] = [""] * (len(out) - start)  # what was printed before keeps its place
    elif empty and heads and sum(len(_ROW.findall(piece)) for piece in out[start:]) == heads:
        return empty
    return None
