"""What owners of an edition ask for: all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from reportgen.findings import Told
from reportgen.tasks import gate
from reportgen.tasks.compiling import faults_of_templates


def faults(folder: Path) -> list[Told]:
    """Everything that `new`, `check`, `build` and `template check` would refuse of an edition, by
    file and key or paragraph, and the notes on its templates.

    Where edition.toml cannot be read nothing that depends on it can be tried.
    """
    examined, found = gate.examine(folder)
    if examined is None:
        return list(found)
    return [*found, *faults_of_templates(examined.edition, examined.languages, examined.facts)]
