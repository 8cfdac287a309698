"""What is made once in a run of the tests, whichever worker needs it first."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

RUN_FOLDER = "REPORTGEN_TEST_RUN"  # the variable that names the folder of this run to all workers


def made(name: str, make: Callable[[Path], object]) -> Path:
    """The file or folder of that name, which `make` has written to the path that it is given;
    nobody may change it."""
    path = Path(os.environ[RUN_FOLDER]) / "made" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f"{path.name}.lock")):
        if not path.exists():
            unfinished = path.with_name(f"unfinished-{path.name}")
            make(unfinished)
            unfinished.rename(path)
    return path
