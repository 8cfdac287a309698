"""The commands as a user gives them, in this process: what only a process of its own shows
(encodings, closed outputs, interrupts) is tested with one."""

from __future__ import annotations

import gc
import io
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess

from reportgen.cli.main import main


def run(*args: object, cwd: Path | None = None) -> CompletedProcess[str]:
    """What a command prints and its exit code; an exception that it lets through is raised."""
    words = [str(arg) for arg in args]
    with _as_a_program(["reportgen", *words], cwd) as (out, err):
        try:
            main()
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return CompletedProcess(words, code, _written(out), _written(err))


@contextmanager
def _as_a_program(
    words: list[str], cwd: Path | None
) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """What a process of its own would have for itself, and what a command changes in it."""
    before = sys.argv, sys.stdout, sys.stderr, sys.unraisablehook, os.getcwd(), gc.get_threshold()
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    sys.argv, sys.stdout, sys.stderr = words, out, err
    os.chdir(cwd or before[4])
    try:
        with warnings.catch_warnings():
            yield out, err
    finally:
        sys.argv, sys.stdout, sys.stderr, sys.unraisablehook = before[:4]
        os.chdir(before[4])
        gc.set_threshold(*before[5])
        gc.unfreeze()


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
