"""LibreOffice at the service of tests: recalculating workbooks, rendering documents."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

_BATCH = 60  # one call with hundreds of files stops half-way without a word


def convert(files: Sequence[Path], to: str, out: Path) -> list[Path]:
    """Converts files, each into a file of the same stem in `out`; fails unless all of them came out."""
    out.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    for start in range(0, len(files), _BATCH):
        batch = [str(f) for f in files[start : start + _BATCH]]
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(out), *batch]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    made = [out / f"{f.stem}.{to.partition(':')[0]}" for f in files]
    missing = [m.name for m in made if not m.exists()]
    assert not missing, missing
    return made
