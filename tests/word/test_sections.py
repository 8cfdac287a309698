"""Section files as programs save them, made with python-docx: each prints right, or is told at
its place; and every result is whole."""

from __future__ import annotations
